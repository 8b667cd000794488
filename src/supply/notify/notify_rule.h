/* notify_rule: which event concerns whom, when may it be sent, when again, and what does it say?  Pure; private. */
#pragma once

#include "supply/notify/notify.h"

/* ---- whom ------------------------------------------------------------------------------------------- */

struct notify_rule {
	const char *kind;        /* the event's */
	unsigned to;             /* bits of NOTIFY_TO_* */
	enum notify_topic topic; /* for accounts */
	bool urgent;
	const char *voids;       /* what of that kind still waits has become pointless; NULL: nothing */
};
enum {
	NOTIFY_TO_RESIDENT = 1,
	NOTIFY_TO_HOLDER = 2,
	NOTIFY_TO_NAMED = 4,     /* "to=" or "director=" in the event's data */
	NOTIFY_TO_FROM = 8,      /* "from=": who had it */
	NOTIFY_TO_SELF = 16,     /* a resident is told of their own deed, too: a receipt */
};
/* NULL: nobody is told. */
const struct notify_rule *notify_rule_of(struct text kind);

struct notify_facts {
	int64_t author;          /* of the event: account, 0 the resident, -1 the system */
	int64_t holder;
	bool shown;              /* the resident sees it */
	bool reachable;          /* the resident left a phone and did not opt out */
	struct text data;
};
#define NOTIFY_PEOPLE_MAX 4
struct notify_people {
	bool resident;
	int64_t accounts[NOTIFY_PEOPLE_MAX];
	size_t n;
};
/* Who did it is not told of it; nobody twice. */
struct notify_people notify_whom(const struct notify_rule *rule, const struct notify_facts *facts);

/* ---- when --------------------------------------------------------------------------------------------- */

/* The end of the quiet hours that at_ms lies in (first moment at which sending is allowed); 0: it lies in none.
 * Minutes of the day in Shanghai; from > to goes over midnight, from == to is never. */
int64_t notify_quiet_end(int64_t at_ms, int64_t from_minute, int64_t to_minute);
bool notify_is_quiet_way(enum notify_way way); /* e-mail disturbs nobody at night */

#define NOTIFY_TRIES_MAX 8
/* Wait after the n-th try of a message, n >= 1: 30 s, 1 min, 2 min … at most 1 h, and up to a quarter more by its id,
 * so that what failed together does not come back together. */
int64_t notify_retry_ms(int64_t tries, int64_t id);
/* Wait after the n-th failure of a provider in a row: 30 s, 1 min … at most 15 min. */
int64_t notify_gate_ms(int64_t failures);
/* What a row becomes after an attempt; NOTIFY_WAITING: it is tried again. */
enum notify_state notify_after(enum notify_result result, int64_t tries, int64_t age_ms, int64_t give_up_ms);

/* ---- what it says ---------------------------------------------------------------------------------------- */

struct notify_words { struct text number, item, due, phone, what, name; };
#define NOTIFY_BODY_MAX 1000 /* bytes of a message */
/*
 * {number} {item} {due} {phone} {what} {name} filled in; control characters in values become blanks, and a
 * brace in a value is not looked at again.  Cut at a character's border, never beyond cap - 1 bytes.
 */
struct text notify_render(struct text body, const struct notify_words *w, char *out, size_t cap);
/* Every brace belongs to a placeholder known here; otherwise the first that does not, for the finding. */
bool notify_body_is_sound(struct text body, struct text *ret_bad);
