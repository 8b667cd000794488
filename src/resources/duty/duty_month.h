/* duty_month: a month of a county for engine/roster, with what its numbers stand for.  Private. */
#pragma once

#include "kit/ctx/ctx.h"
#include "resources/duty/duty.h"

#define DUTY_VILLAGES_MAX 1000u
#define DUTY_PEOPLE_MAX 1000u
#define DUTY_PINS_MAX 400u

struct duty_who { int64_t id, account; struct text name; }; /* the last two are not kept */
struct duty_where { struct place place; int64_t point; };
struct duty_month {
	struct roster_month m;
	struct place county;
	int month;
	struct day first;
	bool calendar, est;
	struct duty_who *who;             /* [m.n_persons], by id */
	struct duty_where *village;       /* [m.n_villages], by place */
	struct duty_where *window;        /* [m.n_windows], by day */
	int64_t *pin;                     /* [m.n_pins] */
	int64_t pin_lost;                 /* a pin whose person or place is not there; 0: none.  Not kept */
	int32_t stand_in;                 /* price of somebody who is not on a village's list */
};

/* From the registers.  RC_INVALID with a finding when there is nothing to plan. */
enum rc duty_facts(struct ctx *ctx, struct arena *own, const struct duty_plan_new *in, struct findings *findings, struct duty_month *ret);
/* Kept with a plan, and read again: the same bytes on any machine.  Unpacking fails with RC_CORRUPT. */
enum rc duty_pack(struct arena *mem, const struct duty_month *m, struct text *ret);
enum rc duty_unpack(struct arena *mem, struct text t, struct duty_month *ret);
/* The days of the month from..to, as bits; DAY_NONE: open. */
uint32_t duty_days(const struct duty_month *m, struct day from, struct day to);
uint32_t duty_who_at(const struct duty_month *m, int64_t provider); /* ROSTER_NOBODY */
/* The slots of a plan for the engine: as planned, or as they are now.  RC_CORRUPT: they don't fit the month. */
enum rc duty_plan_of_slots(struct arena *mem, const struct duty_month *m, const struct duty_slot *v, size_t n, bool made, struct roster_plan *ret);
/* RC_NOT_FOUND outside the actor's jurisdiction. */
enum rc duty_plan_own(struct tx *tx, const struct actor *actor, int64_t id, struct duty_plan *ret);
