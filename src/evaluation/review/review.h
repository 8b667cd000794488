/*
 * review: was the person satisfied, and if not, who looks into it by when?
 *
 * Five grades, one review per service act (一次一评, 国办发〔2019〕51号); 不满意 and 非常不满意 are bad and open a
 * follow-up with its own deadline.  The link's code is derived under a key of the installation, so that
 * it can be printed again and is stored only as a hash; it is shown to the resident alone, behind the
 * receipt's code, on no page of the staff.  Nobody who took part in the request, or works where it was
 * held, can rate it.  The follow-up goes to somebody who did not handle it: the nearest director, else an
 * official of the county or the city; where nobody is free it has no person and waits to be taken, and is
 * due all the same.  What is rated is always stored.
 */
#pragma once

#include "kit/crypt/crypt.h"
#include "operations/request/request.h"
#include "resources/identity/identity.h"

enum grade { GRADE_NONE, GRADE_VERY_BAD, GRADE_BAD, GRADE_FAIR, GRADE_GOOD, GRADE_VERY_GOOD, GRADE_COUNT };
const char *grade_key(enum grade g);    /* "very_good" */
const char *grade_label(enum grade g);  /* T() 非常满意 */
bool grade_is_bad(enum grade g);        /* pure */

enum finding_kind { FOLLOW_FIXED = 1, FOLLOW_EXPLAINED, FOLLOW_NO_BASIS, FOLLOW_MISTAKEN, FOLLOW_COUNT };
const char *finding_label(enum finding_kind f);

/* Working days to look into a bad grade; local rule, shown as a setting (15 by default). */
#define FOLLOW_UP_WORKDAYS 15

void review_configure(struct crypt *crypt); /* once, at start: the hook needs the key */
/* The code of an act's link, 80 bits. */
void review_code(struct crypt *crypt, int64_t city, struct case_id request, int64_t act, unsigned char out[static 10]);

struct review {
	struct case_id request;
	int64_t act, handler, asked_ms, given_ms;
	enum grade grade;
	struct text comment, number, item_name, item_name_en, handler_name, point_name;
};
/* What a link's code asks about; public. */
enum rc review_find(struct ctx *ctx, const unsigned char code[static 10], struct review *ret);
/* Reviews of a request: for its own page (staff, or the resident with the receipt). */
enum rc review_list(struct tx *tx, const struct actor *actor, struct case_id id, struct review *ret, size_t cap, size_t *ret_n);

enum review_channel { REVIEW_LINK = 1, REVIEW_QR, REVIEW_PHONE };
/* peer: the address it came from, kept as a keyed hash beside who was logged in there; empty: not known.
 * RC_CONFLICT: rated already.  RC_REFUSED: this account took part in the matter.  *ret_follow_up 0 when none opened. */
enum rc review_give(struct ctx *ctx, struct idem_key key, const unsigned char code[static 10], enum grade grade,
    struct text comment, enum review_channel channel, struct text peer, int64_t *ret_follow_up);

struct follow_up {
	int64_t id, act, opened_ms, due_ms, done_ms, revision;
	int64_t director;                 /* 0: nobody was free */
	bool free;                        /* nobody who works here is named: it may be taken */
	struct place place;
	struct case_id request;
	enum grade grade;
	enum finding_kind finding;
	struct text words, comment, number, subject, director_name, handler_name;
};
/* Open follow-ups of the actor, the nearest deadline first. */
enum rc follow_up_mine(struct tx *tx, const struct actor *actor, struct follow_up *ret, size_t cap, size_t *ret_n);
enum rc follow_up_area(struct tx *tx, const struct actor *actor, struct follow_up *ret, size_t cap, size_t *ret_n);
enum rc follow_up_load(struct tx *tx, const struct actor *actor, int64_t id, struct follow_up *ret);
/*
 * By somebody who supervises the place and did not handle the matter (RC_FORBIDDEN).  RC_CONFLICT: it has
 * a person by now, or is done.
 */
enum rc follow_up_take(struct ctx *ctx, struct idem_key key, int64_t id, int64_t revision);
enum rc follow_up_do(struct ctx *ctx, struct idem_key key, int64_t id, int64_t revision, enum finding_kind finding,
    struct text words);

extern const struct duty_kind follow_up_duty; /* open follow-ups of an account, for when it leaves */
extern const struct event_hook review_hook; /* asks for a review when a request is closed */
extern const struct db_set review_sql;
