/* duty_now: a published month as it is now, and what is changed in it.  Private. */
#pragma once

#include "resources/duty/duty_month.h"

struct duty_now {
	struct arena *own, *spare;
	int64_t id;
	struct duty_plan plan;
	struct duty_month d;
	struct duty_slot *v;
	bool *there;                       /* by slot: somebody has signed in, so it stays as it is */
	size_t n;
	struct roster_plan is;
	struct roster_person *person;
};
/* In memory of its own, which duty_now_free() gives back, after a failure too. */
enum rc duty_now_read(struct ctx *ctx, struct duty_now *s, int64_t plan);
void duty_now_free(struct duty_now *s);
/* Whoever works in the county may stand in at these villages; what was settled about them, and about who is away, no longer holds. */
enum rc duty_now_open(struct duty_now *s, const bool *village);
/* Where a slot might go, its village opened. */
enum rc duty_now_choose(struct duty_now *s, uint32_t slot, uint32_t most, struct roster_candidates *ret);
int64_t duty_now_price(const struct roster_month *m, const struct roster_plan *p);

struct duty_to { const struct duty_slot *slot; int64_t to; struct day day; };
struct duty_apply {
	int64_t plan, revision, away;      /* away: who is, or 0 */
	enum duty_change_kind kind;
	struct text why;
	int64_t difference;
	struct day from, last;
	const struct duty_to *v;
	size_t n;
};
/* Store what changes, each from what was seen, and note whom it concerns.  RC_CONFLICT: somebody was faster. */
enum rc duty_apply_tx(struct tx *tx, const struct actor *actor, void *apply);
