/* cli_roster: what the words of `zhaofa roster` share. */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/crew.h"
#include "engine/roster/roster.h"
#include "engine/roster/roster_synth.h"

#define ROSTER_CLI_BOUND ((size_t)1 << 30) /* of one arena */

struct roster_asked {
	const char *out, *year, *slot;
	int64_t seed, county, month, seconds, steps, tries, nodes, workers, person, from, to, price;
	int64_t until_ns;                  /* of a run with --seconds */
	const char *const *words;
	int n_words;
	struct arena *mem, *spare;
};

bool cli_roster_text(struct arena *mem, const char *path, struct text *ret); /* says what is wrong */
bool cli_roster_put(const char *path, const struct buf *b);                 /* NULL: standard output */
/* Asked by the engines between steps: is the time of --seconds up?  arg: the roster_asked. */
bool cli_roster_stop(void *arg);
bool cli_roster_year(const char *word, enum roster_synth_year *ret);

/*
 * A month and a plan as text.  Sets of days are hexadecimal, bit 0 the first; days of windows, pins and plans
 * are days of the month, from 1; all else counts from 0, in the order of the file.
 */
void cli_roster_month_put(struct buf *b, const struct roster_month *m);
enum rc cli_roster_month_read(struct arena *mem, struct text t, struct roster_month *ret, uint32_t *ret_line);
void cli_roster_plan_put(struct buf *b, const struct roster_month *m, const struct roster_plan *plan);
enum rc cli_roster_plan_read(struct arena *mem, struct text t, const struct roster_month *m, struct roster_plan *ret,
    uint32_t *ret_line);

int cli_roster_usage(void);
int cli_roster_synth(struct roster_asked *q);
int cli_roster_plan(struct roster_asked *q);
int cli_roster_verify(struct roster_asked *q);
int cli_roster_candidates(struct roster_asked *q);
int cli_roster_sick(struct roster_asked *q);
int cli_roster_bench(struct roster_asked *q);
int cli_roster_nrp(struct roster_asked *q);
int cli_roster_nrp_check(struct roster_asked *q);
