/* aid_board_internal: the figures of legal aid as its page and its files show them. */
#pragma once

#include "evaluation/page/page.h"
#include "operations/matter/legalaid/legalaid_run.h"
#include "resources/identity/identity.h"
#include "standards/region/region.h"
#include "supply/frame/frame.h"

#define AID_COUNTIES 40
#define AID_PARTS 40

struct aid_board {
	struct aid_records q;           /* what was asked for */
	struct aid_figures all, of[AID_COUNTIES];
	const struct division *county[AID_COUNTIES];
	size_t n, n_paid, n_parts[AID_BY_RATE];
	struct aid_part parts[AID_BY_RATE][AID_PARTS]; /* by enum aid_by */
	struct aid_paid paid[AID_RATE_COUNT];
};
enum rc aid_board_read(struct exchange *x, struct aid_board **ret);
struct aid_part aid_board_part(const struct aid_figures *f);
const char *aid_part_label(enum aid_by by, int64_t key); /* T() */
struct text aid_board_say(const struct exchange *x, const char *zh);
struct text aid_board_days(const struct exchange *x, int64_t sum_ms, int64_t n);  /* "2.3"; "–" for none */
struct text aid_board_share(const struct exchange *x, int64_t part, int64_t of);  /* "12.5%" */
struct text aid_board_query(const struct exchange *x, const struct aid_span *s);  /* "from=…&to=…&place=…" */
