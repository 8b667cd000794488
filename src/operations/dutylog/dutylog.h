/*
 * dutylog: was somebody there, what did they do, and does the station say so, too?
 *
 * A station shows a code of six digits that changes every day; whoever is on duty types it in on their own phone.  It comes from
 * the installation's key, the point and the day, is stored nowhere, and says nothing of where the phone is.  Wrong codes are
 * counted an account, with waits.  Then the work is written down, once, by the person themself; the village types nothing (S168),
 * the station confirms with one button.
 *
 * RC_NOT_FOUND: not published, or not theirs.  RC_CONFLICT: done already.
 */
#pragma once

#include "operations/intake/intake.h"
#include "resources/duty/duty.h"
#include "resources/network/network.h"

enum dutylog_kind { DUTYLOG_ADVICE, DUTYLOG_LECTURE, DUTYLOG_MEDIATE, DUTYLOG_CONTRACT, DUTYLOG_OPINION, DUTYLOG_DRAFT, DUTYLOG_AID,
	DUTYLOG_PETITION, DUTYLOG_OTHER, DUTYLOG_KINDS };
extern const struct choice dutylog_kind_choices[];
#define DUTYLOG_LATE_DAYS 14     /* so long after the day it can be written down */

#define DUTYLOG_CODE_CHARS 8
void dutylog_code(const struct ctx *ctx, int64_t point, struct day day, char out[static DUTYLOG_CODE_CHARS]);
/* Those who work at the point, and who leads it. */
bool dutylog_may_see_code(const struct actor *actor, const struct point *p);

struct dutylog {
	int64_t plan, provider, point;
	uint32_t slot;
	bool signed_in, written;
	int64_t signed_ms, at_ms, confirmed_by, confirmed_ms;
	unsigned kinds;
	int minutes, people;
	struct text words, confirmed_name;
};
/* Nothing signed or written yet: RC_OK with both false. */
enum rc dutylog_load(struct tx *tx, const struct actor *actor, int64_t plan, uint32_t slot, struct dutylog *ret);
/* Published visits of a month before `today` that nobody signed in to, inside a place. */
enum rc dutylog_unsigned(struct tx *tx, const struct actor *actor, struct place within, struct day from, struct day today,
    struct duty_slot *ret, size_t cap, size_t *ret_n);

/* On the day itself, by the person.  RC_INVALID: the code; RC_TOO_MANY with *ret_wait_s. */
enum rc dutylog_sign_in(struct ctx *ctx, struct idem_key key, int64_t plan, uint32_t slot, struct text code, struct findings *findings,
    int64_t *ret_wait_s);
struct dutylog_new {
	int64_t plan;
	uint32_t slot;
	unsigned kinds;
	int minutes, people;
	struct text words;
	const int64_t *requests;     /* taken in at the station that day, that belong to this duty; others are passed over */
	size_t n_requests;
};
/* After signing in, up to DUTYLOG_LATE_DAYS later. */
enum rc dutylog_write(struct ctx *ctx, struct idem_key key, const struct dutylog_new *in, struct findings *findings);

/*
 * Requests of a duty (S168: nobody types a thing twice).  Whoever is on duty writes one down, on the day and before the log: the
 * station has received it, they hold it.  What was taken in at the station that day and belongs to no duty yet is offered for the
 * log.  A request belongs to one duty at most.
 */
struct dutylog_case { int64_t request, at_ms, holder; struct text number, item; bool made, linked; };
#define DUTYLOG_CASES_MAX 50
enum rc dutylog_cases(struct tx *tx, const struct actor *actor, const struct duty_slot *s, struct dutylog_case *ret, size_t cap, size_t *ret_n);
struct dutylog_ask { int64_t plan; uint32_t slot; int topic; struct text detail, name, phone; /* the last two may be empty */ };
enum rc dutylog_receive(struct ctx *ctx, struct idem_key key, const struct dutylog_ask *in, struct findings *findings, struct intake_receipt *ret);
/* By somebody who works at the point. */
enum rc dutylog_confirm(struct ctx *ctx, struct idem_key key, int64_t plan, uint32_t slot);

extern const struct db_set dutylog_sql;
