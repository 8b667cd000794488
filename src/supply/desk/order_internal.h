/* order_internal: what the pages of supervision orders share. */
#pragma once

#include "operations/supervise/supervise.h"
#include "supply/desk/desk_internal.h"

struct order_reply_values { int64_t revision; struct text words; };
struct order_judge_values { int64_t revision; int verdict; struct text words; struct day reply_by; };
struct order_withdraw_values { int64_t revision; struct text words; };
struct order_issue_values { struct text cause, words; struct day reply_by; };
struct supervise_rules_values {
	struct day from;
	int64_t count[SUPERVISE_RULES], reply[SUPERVISE_RULES], again_most;
	int unit[SUPERVISE_RULES], reply_unit[SUPERVISE_RULES];
	bool order_night, director_night;
	struct text source;
};

/* "/desk/order/ID", "/desk/order/ID/TAIL". */
struct text order_path(const struct exchange *x, int64_t id, const char *tail);
/* The issuer's words, or the program's own about this cause. */
struct text order_words(const struct exchange *x, const struct order *o);
struct text order_issuer(const struct exchange *x, const struct order *o);
enum ui_lamp order_lamp(const struct exchange *x, const struct order *o);
/* A table of orders; who: with the one who must reply. */
void order_table(struct exchange *x, struct html *h, const char *caption, const struct order *v, size_t n, bool who);
