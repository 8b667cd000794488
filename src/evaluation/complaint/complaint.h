/*
 * complaint: somebody was treated badly; who looks into it, by when, and what is mended?
 *
 * A complaint is read by somebody above whoever it is about, never by that person, by nobody below them and by nobody who
 * handled the matter (complaint_reader_choose); who is complained of sees it by no route: every statement of the desk says so
 * (COMPLAINT_MINE in complaint_store.c), and nothing of it is written into the history of the request.  Nobody free:
 * no reader, and an official of the city who has no part in it takes it.
 *
 * Way: received → told and verifying → found → remedies → replied → rated, or asked for review by the next level
 * (twice at most) → closed.  Each level is a round of its own with its reader, finding and reply.
 *
 * Limits, all settings (complaint_limits):
 *   1 working day to verify first, 15 working days to mend   好差评 (国办发〔2019〕51号 leaves both to the place: 未核实)
 *   15 days to tell who takes it                             信访工作条例 (2022)
 *   60 days to finish, at most 30 more once, reason told     信访工作条例 (2022)
 *   30 days to ask for review, 30 to answer; again 30 and 30 信访工作条例 (2022)
 * The day on which something happens is not counted.  Days of the office end on their day, rest day or not; the last day
 * to ask for review moves on to a working day.
 *
 * Name and phone are sealed, shown to the reader alone, and each look is in the audit trail.  An anonymous complaint needs
 * whom, when and what; what is missing is said field by field.
 *
 * RC_REFUSED with *ret: a rule says no, and which.  RC_CONFLICT: changed since.  RC_FORBIDDEN, RC_NOT_FOUND: not yours.
 * Moments are UTC milliseconds, days civil days.
 */
#pragma once

#include "engine/clock/clock.h"
#include "kit/crypt/crypt.h"
#include "kit/db/db.h"
#include "kit/form/form.h"
#include "operations/request/request.h"
#include "resources/identity/identity.h"
#include "standards/setting/setting.h"

enum complaint_state { COMPLAINT_RECEIVED = 1, COMPLAINT_VERIFYING, COMPLAINT_FOUND, COMPLAINT_REPLIED, COMPLAINT_CLOSED,
	COMPLAINT_WITHDRAWN, COMPLAINT_STATES };
enum complaint_channel { COMPLAINT_WEB = 1, COMPLAINT_PHONE, COMPLAINT_WINDOW, COMPLAINT_ORAL, COMPLAINT_CHANNELS };
enum complaint_kind { COMPLAINT_ATTITUDE = 1, COMPLAINT_DELAY, COMPLAINT_REFUSAL, COMPLAINT_MISTAKE, COMPLAINT_MONEY, COMPLAINT_CONDUCT,
	COMPLAINT_PLACE, COMPLAINT_OTHER, COMPLAINT_KINDS };
/* Whom it is about. */
enum complaint_about { COMPLAINT_UNSAID, COMPLAINT_HOLDER, COMPLAINT_FIRST, COMPLAINT_POINT, COMPLAINT_PERSON, COMPLAINT_ABOUTS };
enum complaint_finding { COMPLAINT_FOUNDED = 1, COMPLAINT_PARTLY, COMPLAINT_UNFOUNDED, COMPLAINT_MISTAKEN, COMPLAINT_FINDINGS };
enum complaint_remedy_kind { COMPLAINT_REDO = 1, COMPLAINT_APOLOGY, COMPLAINT_CORRECTION, COMPLAINT_TRAINING, COMPLAINT_SANCTION,
	COMPLAINT_MEASURE, COMPLAINT_REMEDIES };
enum complaint_end { COMPLAINT_END_NONE, COMPLAINT_END_CONTENT, COMPLAINT_END_TIME, COMPLAINT_END_LAST, COMPLAINT_ENDS };
/* How high somebody stands: director of a station, a town's, a county's centre; bureau of a county, of the city. */
enum complaint_rank { COMPLAINT_NO_RANK, COMPLAINT_STATION, COMPLAINT_TOWN, COMPLAINT_CENTRE, COMPLAINT_COUNTY, COMPLAINT_CITY };
/* Bits of what is late. */
enum complaint_target { COMPLAINT_T_VERIFY, COMPLAINT_T_TELL, COMPLAINT_T_MEND, COMPLAINT_T_FINISH, COMPLAINT_TARGETS };

#define COMPLAINT_WORDS_MIN 4
#define COMPLAINT_FACTS_MIN 10    /* of an anonymous complaint */
#define COMPLAINT_WORDS_MAX 2000
#define COMPLAINT_LEVELS 3        /* the first handling, review, second review */

extern const struct choice complaint_kind_choices[], complaint_channel_choices[], complaint_finding_choices[],
    complaint_remedy_choices[], complaint_grade_choices[];
const char *complaint_state_key(enum complaint_state s);
const char *complaint_state_label(enum complaint_state s);      /* T() */
const char *complaint_kind_label(enum complaint_kind k);        /* T() */
const char *complaint_channel_label(enum complaint_channel c);  /* T() */
const char *complaint_finding_label(enum complaint_finding f);  /* T() */
const char *complaint_remedy_label(enum complaint_remedy_kind k); /* T() */
const char *complaint_end_label(enum complaint_end e);          /* T() */
const char *complaint_target_label(enum complaint_target t);    /* T() */
const char *complaint_rank_label(enum complaint_rank r);        /* T(): what the complainant is told of the reader */
const char *complaint_level_label(int level);                   /* T() 办理, 复查, 复核 */
const char *complaint_event_label(struct text kind);            /* T() */

/* ---- settings ---------------------------------------------------------------------------------------------------- */

#define COMPLAINT_SETTINGS_N 12
extern const struct setting_kind complaint_settings[COMPLAINT_SETTINGS_N];
struct complaint_limits { int64_t verify_workdays, mend_workdays, tell_days, finish_days, extend_days, ask_days, review_days,
	rate_permille, rate_least, public_least, burst, quick_seconds; };
enum rc complaint_limits_read(struct tx *tx, const struct actor *actor, struct complaint_limits *ret);

/* ---- giving -------------------------------------------------------------------------------------------------------- */

struct complaint_new {
	enum complaint_channel channel;
	bool anonymous;
	struct text name, phone;       /* of who complains; empty when anonymous */
	enum complaint_kind kind;
	enum complaint_about about;    /* HOLDER and FIRST want a request, POINT a point, PERSON an account */
	struct case_id request;        /* 0: none */
	int64_t act;                   /* the review it began with; 0 */
	int64_t point, account;
	struct place place;            /* where; code 0: taken from request, point or person, else the city */
	struct text whom;              /* in words, where neither is known */
	struct day day;                /* when it happened; DAY_NONE */
	struct text words, wish;
	bool read_back;                /* written down by somebody else: read to them, and right */
};
/* All that is missing, by the keys name, phone, whom, day, words, read_back; true when nothing is.  Pure. */
bool complaint_check(const struct complaint_new *in, struct day today, struct findings *findings);

struct complaint_receipt {
	int64_t id, reader, verify_due_ms, finish_due_ms;
	char number[24], code[20];     /* the code opens it for whoever has it; shown once, stored as a hash */
};
void complaint_configure(struct crypt *crypt); /* once, at start */
/* The code of a complaint, "XXXX-XXXX-XXXX-XXXX": for its receipt, and for the demonstration. */
void complaint_code(int64_t city, int64_t id, char out[static 20]);
/*
 * By a resident (anonymous, or with the receipt of the request it is about), or written down by staff (RIGHT_INTAKE).
 * RC_INVALID: findings.  RC_REFUSED: who writes it down is complained of, or handled the matter (finding on "whom").
 */
enum rc complaint_give(struct ctx *ctx, struct idem_key key, const struct complaint_new *in, struct findings *findings,
    struct complaint_receipt *ret);

/* ---- reading ------------------------------------------------------------------------------------------------------- */

struct complaint {
	int64_t id, at_ms, request, act, point, reader, watcher, revision;
	struct text number, whom, words, wish, reader_name, reader_title, watcher_name, point_name, about_names, request_number, extend_why;
	struct place place;
	enum complaint_state state;
	enum complaint_channel channel;
	enum complaint_kind kind;
	enum complaint_end end;
	struct day day;
	bool anonymous, read_back;
	enum complaint_about about;
	int level, grade, late;        /* late: bits of targets that were pressed for */
	enum complaint_rank reader_rank;
	enum complaint_finding finding; /* of the newest round; 0: none */
	int64_t told_ms, found_ms, replied_ms, closed_ms, mended_ms, graded_ms;
	int64_t verify_due_ms, tell_due_ms, mend_due_ms, finish_due_ms, review_until_ms, next_due_ms;
	int64_t extended, remedies, remedies_open;
};
struct complaint_round {
	int level;
	int64_t reader, opened_ms, due_ms, told_ms, found_ms, replied_ms;
	enum complaint_finding finding;
	struct text reader_name, asked, verified, reasons, evidence, reply;
};
struct complaint_remedy { int64_t id, done_ms; enum complaint_remedy_kind kind; struct text words, who, done_words; struct day due; };
struct complaint_event { int64_t id, at_ms, account; struct text kind, note, account_name; bool shown; };
#define COMPLAINT_REMEDIES_MAX 20
#define COMPLAINT_EVENTS_MAX 100
struct complaint_whole {
	struct complaint c;
	struct complaint_round rounds[COMPLAINT_LEVELS];
	struct complaint_remedy remedies[COMPLAINT_REMEDIES_MAX];
	struct complaint_event events[COMPLAINT_EVENTS_MAX];
	size_t n_rounds, n_remedies, n_events;
};
/* By who reads it, watches over it, or read an earlier round; by an official of the city while it has no reader. */
enum rc complaint_load(struct tx *tx, const struct actor *actor, int64_t id, struct complaint_whole *ret);
/* By whoever has the code: what the complainant may see. */
enum rc complaint_load_code(struct tx *tx, const struct actor *actor, struct text code, struct complaint_whole *ret);
/* Theirs, open ones first by what is due next; after (0, 0) from the beginning. */
enum rc complaint_list(struct tx *tx, const struct actor *actor, bool open, int64_t after_due, int64_t after_id, struct complaint *ret,
    size_t cap, size_t *ret_n);
/* Open ones of the actor as reader. */
enum rc complaint_count(struct tx *tx, const struct actor *actor, int64_t *ret);
/* Who complained, in clear, for the reader: in the audit trail.  RC_NOT_FOUND when anonymous. */
struct complaint_caller { struct text name, phone; };
enum rc complaint_caller(struct ctx *ctx, int64_t id, struct complaint_caller *ret);

/* ---- what the reader does -------------------------------------------------------------------------------------------- */

enum complaint_deed {
	COMPLAINT_TELL = 1,   /* take it up: words say what was looked at first */
	COMPLAINT_FORWARD,    /* it is about that account (or point): another reader, by the rule */
	COMPLAINT_EXTEND,     /* more days to finish, once; words are told */
	COMPLAINT_FIND,       /* finding, words (reasons), evidence */
	COMPLAINT_MEND,       /* a remedy: remedy, words, who, day */
	COMPLAINT_DONE,       /* remedy number `remedy_id` is done: words */
	COMPLAINT_REPLY,      /* words to the complainant */
	COMPLAINT_TAKE,       /* nobody reads it, or the one who watches over it takes it over */
	/* of the complainant, by code */
	COMPLAINT_ADD, COMPLAINT_WITHDRAW, COMPLAINT_RATE, COMPLAINT_REVIEW,
	COMPLAINT_DEEDS
};
enum complaint_why { COMPLAINT_MAY, COMPLAINT_NOT_NOW, COMPLAINT_NO_WORDS, COMPLAINT_NO_FINDING, COMPLAINT_NO_EVIDENCE,
	COMPLAINT_NO_REMEDY, COMPLAINT_NO_REMEDY_NEEDED, COMPLAINT_NO_DAY, COMPLAINT_NO_WHO, COMPLAINT_ONCE, COMPLAINT_TOO_LONG,
	COMPLAINT_OVER, COMPLAINT_LAST, COMPLAINT_NO_GRADE, COMPLAINT_TOO_MANY, COMPLAINT_NO_ACCOUNT, COMPLAINT_SELF, COMPLAINT_WHYS };
struct complaint_verdict { enum complaint_why why; int64_t bound; };
const char *complaint_why_label(enum complaint_why w); /* T(), may have one %lld */

struct complaint_act {
	int64_t id, revision;
	enum complaint_deed deed;
	struct text words, evidence, who, login; /* login: of who it is about (FORWARD) */
	int64_t point, remedy_id, days;
	struct day day;
	enum complaint_finding finding;
	enum complaint_remedy_kind remedy;
	int grade;
};
enum rc complaint_do(struct ctx *ctx, struct idem_key key, const struct complaint_act *in, struct complaint_verdict *ret);
/* By the complainant; act.id is not looked at. */
enum rc complaint_speak(struct ctx *ctx, struct idem_key key, struct text code, const struct complaint_act *in,
    struct complaint_verdict *ret);

/* ---- the worker, and who leaves ------------------------------------------------------------------------------------------ */

/* Presses for what is late: an event, and the next above watches over it, once per target; closes what nobody asked to be
 * reviewed in time.  *ret_n: steps.  System actor; running twice changes nothing. */
enum rc complaint_run(struct ctx *ctx, size_t most, int64_t *ret_n);
extern const struct duty_kind complaint_duty;
/* For verify: is what is stored as the next limit what complaint_next_due() says?  System actor. */
enum rc complaint_dues_check(struct tx *tx, const struct actor *actor, int64_t *ret_looked, int64_t *ret_bad, int64_t *ret_first);

/* ---- pure (complaint_rule.c) --------------------------------------------------------------------------------------------- */

struct complaint_candidate { int64_t account, load; enum complaint_rank rank; bool active, accused, handled, before; };
/*
 * Who reads it: above everybody it is about (floor: the highest of their ranks), at the top another one; the nearest first,
 * then who has the fewest, then the lowest account.  Index, or -1: nobody.
 */
int complaint_reader_choose(const struct complaint_candidate *v, size_t n, enum complaint_rank floor);
/* Of an account: its role and place; and the kind of the highest point it directs (0: none). */
enum complaint_rank complaint_rank_of(enum role role, struct place place, int point_kind);

struct complaint_dues { int64_t verify_ms, tell_ms, mend_ms, finish_ms; };
struct complaint_dues complaint_dues_of(const struct calendar *c, const struct complaint_limits *l, int64_t at_ms, int level);
int64_t complaint_extended_due(const struct calendar *c, int64_t finish_due_ms, int64_t days);
int64_t complaint_ask_until(const struct calendar *c, const struct complaint_limits *l, int64_t replied_ms);
/* The nearest of what is not reached yet; INT64_MAX: nothing runs.  Bits of what is past at now_ms. */
int64_t complaint_next_due(const struct complaint *c);
int complaint_late(const struct complaint *c, int64_t now_ms);
/* May this be done now; l, today and now_ms for what has a limit. */
struct complaint_verdict complaint_judge(const struct complaint *c, const struct complaint_act *in, const struct complaint_limits *l,
    int64_t now_ms);
bool complaint_is_open(enum complaint_state s);
bool complaint_finding_mends(enum complaint_finding f);

/* Of x out of n: bounds of the share in per mille, Wilson's interval at 95 %.  n 0: 0 to 1000. */
struct complaint_share { int64_t low, high; };
struct complaint_share complaint_wilson(int64_t x, int64_t n);
enum complaint_light { COMPLAINT_FEW, COMPLAINT_FINE, COMPLAINT_WATCH, COMPLAINT_HIGH };
/* FEW: fewer than `least` acts.  HIGH: the whole interval lies above the threshold; WATCH: the share does. */
enum complaint_light complaint_light_of(int64_t x, int64_t n, int64_t permille, int64_t least);
const char *complaint_light_label(enum complaint_light l); /* T() */

extern const struct db_set complaint_sql;
