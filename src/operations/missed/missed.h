/*
 * missed: somebody rang and nobody answered: who rings back, until when, and was it done?
 *
 * Noted by any door (the point's page, 12348, a window, a program), a missed call becomes a request through the ordinary
 * intake, held by whoever is on duty for that number now, with a promise to ring back (consult.h) and a clock of the target
 * TARGET_CALL_BACK that supervision follows as every other.  What became of it is the promise's: nothing is stored twice.
 * (S173)
 */
#pragma once

#include "operations/intake/intake.h"
#include "operations/request/request.h"

extern const struct setting_kind missed_hours; /* hours to ring back in, counted round the clock; no law gives one */

struct missed_new {
	int64_t point;
	enum channel channel;
	struct text name, phone;     /* of who rang; the name may be empty */
	struct text words;           /* what it was about; may be empty */
	int minute;                  /* of the day, when they rang: the last such moment; -1: now */
};
/* As intake_receive(), with findings on "phone" and "name".  RC_NOT_FOUND: no such point, or it is closed. */
enum rc missed_note(struct ctx *ctx, struct idem_key key, const struct missed_new *in, struct findings *findings, struct intake_receipt *ret);

enum missed_state { MISSED_WAITING, MISSED_LATE, MISSED_DONE, MISSED_DONE_LATE, MISSED_ENDED, MISSED_STATE_COUNT };
const char *missed_state_key(enum missed_state s);
const char *missed_state_label(enum missed_state s); /* T() */
bool missed_is_open(enum missed_state s);
/* Pure.  done_ms 0: not yet; reached: somebody was spoken to.  Exactly at due_ms it is not late. */
enum missed_state missed_state_of(int64_t due_ms, int64_t done_ms, bool reached, int64_t now_ms);

struct missed {
	int64_t id;
	struct case_id request;      /* where it stands now: the case it went on as, if it was converted */
	struct text number, point_code, point_name, point_name_en, phone, office, holder_name;
	int64_t rang_ms, noted_ms, due_ms, done_ms, tries;
	enum missed_state state;
};
struct missed_filter {
	int64_t from_ms, to_ms;      /* noted in [from, to) */
	struct place place;          /* code 0: all that the actor sees */
	int state;                   /* enum missed_state; -1: any */
	bool open;                   /* those that wait alone, the nearest deadline first */
	int64_t before;              /* keyset: ids below; 0: from the newest */
};
/* Newest first. */
enum rc missed_list(struct tx *tx, const struct actor *actor, const struct missed_filter *f, struct missed *ret, size_t cap, size_t *ret_n);
/* Of the jurisdiction. */
enum rc missed_sums(struct tx *tx, const struct actor *actor, const struct missed_filter *f, int64_t ret[static MISSED_STATE_COUNT]);

extern const struct event_hook missed_called_hook;
extern const struct db_set missed_sql;
