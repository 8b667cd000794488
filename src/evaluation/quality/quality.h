/*
 * quality: was a case of legal aid handled well, by whose judgement, and what came of it?
 *
 * Peer review of finished cases (法律援助法 57, 58): a panel of experts, a draw that nobody can steer and everybody can make
 * again, checklists as data, scores, the handling person heard, what has to be put right; and what courts, judicial organs
 * and the aided people said (59).  Whoever stands near a case never judges it.
 *
 * The draw: files and experts are fixed first, with their digest, a promise (SHA-256 of a nonce that is a MAC of the round
 * under a key of the house) and the newest sealed head of the audit trail.  Then a witness names a number, and the nonce is
 * opened.  Seed = SHA-256 of round, digest, root, nonce, number.  Who fixes the list does not know the number, who names it
 * does not know the nonce, and neither can be changed afterwards unseen.
 *
 * Checklists, marks and limits are our own (内部, 未核实), not the text of SF/T 0085—2020.
 *
 * RC_REFUSED with *ret: a rule says no, and which.  RC_CONFLICT: changed since.  RC_FORBIDDEN: not yours.  RC_INVALID: a
 * value outside its bounds.  Days are civil days, moments UTC milliseconds, scores of a file tenths of a point.
 */
#pragma once

#include "operations/matter/legalaid/legalaid_run.h"
#include "operations/request/request.h"
#include "standards/setting/setting.h"

enum quality_kind { QUALITY_CIVIL = 1, QUALITY_CRIMINAL, QUALITY_KIND_COUNT };
enum quality_round_state { QUALITY_FIXED = 10, QUALITY_DRAWN = 20, QUALITY_CLOSED = 30 };
enum quality_file_state {
	QUALITY_UNDRAWN = 0, QUALITY_SCORING = 10,
	QUALITY_HEARD = 20,      /* scored: the handling person may speak */
	QUALITY_FINAL = 30, QUALITY_DROPPED = 40,
};
enum quality_task_state { QUALITY_GIVEN = 10, QUALITY_SCORED = 20, QUALITY_STOOD_BACK = 30 };
enum quality_rectify_state { QUALITY_ORDERED = 10, QUALITY_ANSWERED = 20, QUALITY_ACCEPTED = 30, QUALITY_AGAIN = 40 };
enum quality_voice_kind { QUALITY_OBSERVED = 1, QUALITY_OPINION, QUALITY_VISIT, QUALITY_VOICE_COUNT };
enum quality_voice_way { QUALITY_IN_COURT = 1, QUALITY_BY_PHONE, QUALITY_AT_HOME, QUALITY_IN_WRITING, QUALITY_WAY_COUNT };
enum quality_grade { QUALITY_NO_GRADE, QUALITY_EXCELLENT, QUALITY_GOOD, QUALITY_PASS, QUALITY_FAIL, QUALITY_GRADE_COUNT };
/* Why an expert cannot judge a file; the lowest number tells. */
enum quality_why { QUALITY_MAY, QUALITY_OWN_CASE, QUALITY_SAME_FIRM, QUALITY_OPPOSING, QUALITY_OFFICER, QUALITY_RECUSED,
	QUALITY_SEATED, QUALITY_OFF, QUALITY_WHY_COUNT };

extern const struct choice quality_kind_choices[], quality_voice_choices[], quality_way_choices[], quality_answer_choices[];
const char *quality_round_label(enum quality_round_state s);     /* T() */
const char *quality_file_label(enum quality_file_state s);       /* T() */
const char *quality_task_label(enum quality_task_state s);       /* T() */
const char *quality_rectify_label(enum quality_rectify_state s); /* T() */
const char *quality_grade_label(enum quality_grade g);           /* T() */
const char *quality_why_label(enum quality_why w);               /* T() */
const char *quality_question(enum quality_voice_kind kind, int n); /* T(); NULL past the last */
#define QUALITY_QUESTIONS 4

/* ---- pure (quality_rule.c) ----------------------------------------------------------------------------------- */

#define QUALITY_ITEMS_MAX 24
#define QUALITY_WHOLE 100        /* points of a checklist */
#define QUALITY_WORDS_MIN 4
#define QUALITY_WORDS_MAX 2000
enum quality_auto { QUALITY_NO_AUTO, QUALITY_A_ACCEPT, QUALITY_A_MEETING, QUALITY_A_FILE_READ, QUALITY_A_EVIDENCE,
	QUALITY_A_HEARING, QUALITY_A_REPORT, QUALITY_A_LIMITS, QUALITY_A_FILE, QUALITY_AUTO_COUNT };
struct quality_item { int points; enum quality_auto from; struct text label, hint; };
struct quality_checklist { struct quality_item v[QUALITY_ITEMS_MAX]; int n; };
enum quality_list_why { QUALITY_LIST_OK, QUALITY_LIST_LINE, QUALITY_LIST_POINTS, QUALITY_LIST_AUTO, QUALITY_LIST_LABEL,
	QUALITY_LIST_MANY, QUALITY_LIST_WHOLE };
/* Lines "points | auto | label | hint"; views into body.  *ret_line: the line at fault, or what the points add up to. */
enum quality_list_why quality_checklist_parse(struct text body, struct quality_checklist *ret, int *ret_line);
const char *quality_list_why_label(enum quality_list_why w); /* T() with one %lld */
enum quality_kind quality_kind_of(int aid_kind);

/* What the records say of a case. */
struct quality_facts { int64_t meetings, file_reads, evidence, hearings, reports, late, returned, accept_days; };
/* Points they suggest; -1: nothing.  *ret_n: the number behind it. */
int quality_suggest(enum quality_auto from, int points, const struct quality_facts *f, int64_t *ret_n);
const char *quality_auto_label(enum quality_auto from); /* T() with one %lld */

/* As many of n as a round wants: a number, or percent of them rounded up; at least one where there is one. */
int64_t quality_sample(int64_t n, int64_t wanted, int64_t percent);
/* Order of the draw: order[i] is the i-th of n. */
void quality_shuffle(const unsigned char seed[static 32], uint32_t *order, size_t n);
struct quality_seat { int64_t account, load; enum quality_why why; bool chosen; uint64_t lot; };
/* Choose up to k of those who may: fewest files first, then by lot.  Seats in order of account.  How many were found. */
size_t quality_pick(const unsigned char seed[static 32], int64_t file, int turn, size_t k, struct quality_seat *v, size_t n);

enum quality_settled { QUALITY_WAIT, QUALITY_ONE_MORE, QUALITY_SETTLED };
#define QUALITY_SCORES_MAX 8
/*
 * Of n scores where `per_file` experts were asked for: one more when exactly so many lie further apart than gap; more than
 * that: the mean of the two that lie nearest, of all where several pairs do.
 */
enum quality_settled quality_settle(const int *scores, size_t n, size_t per_file, int gap, int *ret_tenths);
struct quality_bounds { int64_t excellent, good, pass, gap, low_percent, hear_days, rectify_days, visit_days; };
enum quality_grade quality_grade_of(int tenths, const struct quality_bounds *b);

struct quality_mark { int points; struct text note; };
enum quality_no { QUALITY_YES, QUALITY_NO_FILES, QUALITY_NO_EXPERTS, QUALITY_NO_NUMBER, QUALITY_NO_WORDS, QUALITY_NO_NOTE,
	QUALITY_OUT_OF_BOUNDS, QUALITY_CONFLICT, QUALITY_DONE, QUALITY_OVER, QUALITY_NOT_NOW, QUALITY_HEAR_FIRST, QUALITY_ONCE,
	QUALITY_STILL_OPEN, QUALITY_NO_DAY, QUALITY_PROMISE, QUALITY_NO_ACCOUNT, QUALITY_NO_CASE, QUALITY_NO_COUNT };
struct quality_verdict { enum quality_no why; int64_t bound; };
const char *quality_no_label(enum quality_no why); /* T(), may have one %lld */
/* Marks of one expert: within bounds, a note where little was given or less than the records say.  bound: the line. */
struct quality_verdict quality_marks_judge(const struct quality_checklist *c, const struct quality_mark *v, const int *suggested,
    const struct quality_bounds *b, int *ret_score);
/* May a decision stand: the statement is there, or the days for it are over (the last one counts for the speaker). */
bool quality_was_heard(bool spoke, struct day told, struct day today, int64_t days);
/* Digits as a number, each 1 to 5; -1: one is not.  And is that dissatisfied: two or less anywhere? */
int quality_answers_pack(const int *v, int n);
bool quality_answers_low(int packed);

/* ---- settings, checklists, panel (quality_panel.c) ------------------------------------------------------------ */

#define QUALITY_SETTINGS_N 8
extern const struct setting_kind quality_settings[QUALITY_SETTINGS_N];
enum rc quality_bounds_read(struct tx *tx, const struct actor *actor, struct quality_bounds *ret);

struct quality_list { enum quality_kind kind; int version; struct text body, source, account_name; int64_t at_ms; };
/* The version given, 0: the newest. */
enum rc quality_list_load(struct tx *tx, const struct actor *actor, enum quality_kind kind, int version, struct quality_list *ret);
/* A new version: RIGHT_AID_REVIEW.  RC_INVALID: *ret_why, *ret_line. */
enum rc quality_list_save(struct ctx *ctx, struct idem_key key, enum quality_kind kind, struct text body, struct text source,
    enum quality_list_why *ret_why, int *ret_line);

struct quality_expert {
	int64_t account;
	struct text name, login, firm_name, field;
	struct day from, to;
	bool active;
	int64_t revision, open;  /* files to score now */
};
#define QUALITY_EXPERTS_MAX 200
enum rc quality_experts(struct tx *tx, const struct actor *actor, struct quality_expert *ret, size_t cap, size_t *ret_n);
struct quality_expert_new { struct text login, field; struct day from, to; bool active; int64_t revision; };
/* revision 0: a new one.  RIGHT_AID_REVIEW. */
enum rc quality_expert_save(struct ctx *ctx, struct idem_key key, const struct quality_expert_new *in, struct quality_verdict *ret);

/* ---- a round and its draw (quality_round.c) ---------------------------------------------------------------------- */

#define QUALITY_FILES_MAX 2000
#define QUALITY_DRAWN_MAX 200
#define QUALITY_PER_FILE 2
struct quality_round {
	int64_t id, wanted, percent, per_file, root_seq, fixed_ms, drawn_ms, closed_ms, revision, files, drawn, done, lacking;
	struct place place;
	enum quality_round_state state;
	struct day from, to;
	struct text name, digest, promise, root, nonce, witness, number, seed, fixed_name, drawn_name;
};
struct quality_round_new { struct text name; struct place place; struct day from, to; int64_t wanted, percent, per_file; };
/* Fix files and experts.  RIGHT_QUALITY over a county or the city. */
enum rc quality_round_fix(struct ctx *ctx, struct idem_key key, const struct quality_round_new *in, struct quality_verdict *ret,
    int64_t *ret_id);
enum rc quality_round_draw(struct ctx *ctx, struct idem_key key, int64_t id, int64_t revision, struct text witness,
    struct text number, struct quality_verdict *ret);
enum rc quality_round_close(struct ctx *ctx, struct idem_key key, int64_t id, int64_t revision, struct quality_verdict *ret);
/* Somebody for a file that lacks experts; *ret.why QUALITY_NO_EXPERTS: still nobody. */
enum rc quality_draw_more(struct ctx *ctx, struct idem_key key, int64_t file, int64_t revision, struct quality_verdict *ret);
enum rc quality_rounds(struct tx *tx, const struct actor *actor, struct quality_round *ret, size_t cap, size_t *ret_n);
enum rc quality_round_load(struct tx *tx, const struct actor *actor, int64_t id, struct quality_round *ret);

struct quality_file {
	int64_t id, round, request, provider, firm, score, heard_ms, statement_ms, decided_ms, revision, account;
	enum quality_kind kind;
	enum quality_file_state state;
	enum quality_grade grade;
	int checklist, place_of, lacks;
	bool must, again;
	struct text number, provider_name, firm_name, statement, decided_words, decided_name, round_name;
	struct place round_place;
	int rectify;             /* enum quality_rectify_state of the newest; 0: none */
	struct day rectify_due;
};
/* Drawn files of a round in the order of the draw; of a case by its own rights. */
enum rc quality_files(struct tx *tx, const struct actor *actor, int64_t round, struct quality_file *ret, size_t cap, size_t *ret_n);
enum rc quality_files_of(struct tx *tx, const struct actor *actor, struct case_id id, struct quality_file *ret, size_t cap,
    size_t *ret_n);
struct quality_seen { int64_t file, account, load; int turn; enum quality_why why; bool chosen; struct text name; };
enum rc quality_candidates(struct tx *tx, const struct actor *actor, int64_t round, struct quality_seen *ret, size_t cap,
    size_t *ret_n);
/* The draws of all rounds made again from what is stored; with the promise opened. */
enum rc quality_replay_all(struct tx *tx, const struct actor *actor, int64_t *ret_looked, int64_t *ret_bad, int64_t *ret_first);

/* ---- scoring (quality_score.c) --------------------------------------------------------------------------------------- */

struct quality_task {
	int64_t id, file, request, score, given_ms, done_ms, revision, account;
	int turn, checklist, aid_kind, aid_matter;
	enum quality_task_state state;
	enum quality_kind kind;
	enum quality_round_state round_state;
	struct text number, round_name, provider_name, firm_name, words, name;
	struct day closed;
};
/* The actor's own, open ones first. */
enum rc quality_mine(struct tx *tx, const struct actor *actor, struct quality_task *ret, size_t cap, size_t *ret_n);
/* What an expert reads of a case: no name, number or phone of the aided person. */
struct quality_work {
	struct quality_task task;
	struct quality_list list;
	struct quality_checklist items;
	struct quality_facts facts;
	int suggested[QUALITY_ITEMS_MAX];
	int64_t numbers[QUALITY_ITEMS_MAX];
	struct quality_mark marks[QUALITY_ITEMS_MAX];
	struct quality_bounds bounds;
	struct aid_report reports[40];
	size_t n_reports, n_marks;
	struct text closing;
};
enum rc quality_work_load(struct tx *tx, const struct actor *actor, int64_t task, struct quality_work *ret);
/* v: one a line of the checklist. */
struct quality_score { int64_t task, revision; struct quality_mark v[QUALITY_ITEMS_MAX]; int n; struct text words; };
enum rc quality_score(struct ctx *ctx, struct idem_key key, const struct quality_score *in, struct quality_verdict *ret);
enum rc quality_stand_back(struct ctx *ctx, struct idem_key key, int64_t task, int64_t revision, struct text words,
    struct quality_verdict *ret);
/* Of a file: marks and words without a name, but for who manages. */
enum rc quality_tasks_of(struct tx *tx, const struct actor *actor, struct case_id id, struct quality_task *ret, size_t cap,
    size_t *ret_n);
struct quality_given { int64_t task; int n, points; struct text note; };
enum rc quality_marks_of(struct tx *tx, const struct actor *actor, struct case_id id, struct quality_given *ret, size_t cap,
    size_t *ret_n);

/* ---- what comes of it (quality_after.c) ------------------------------------------------------------------------------- */

/* The handling person (who manages, for one without an account): words, or none for nothing against it. */
enum rc quality_state(struct ctx *ctx, struct idem_key key, int64_t file, int64_t revision, struct text words,
    struct quality_verdict *ret);
enum quality_deed { QUALITY_UPHOLD = 1, QUALITY_LOOK_AGAIN, QUALITY_DROP, QUALITY_DEED_COUNT };
enum rc quality_decide(struct ctx *ctx, struct idem_key key, int64_t file, int64_t revision, int deed, struct text words,
    struct quality_verdict *ret);
/* due DAY_NONE: as many days as are set. */
enum rc quality_order(struct ctx *ctx, struct idem_key key, int64_t file, int64_t revision, struct text words, struct day due,
    struct quality_verdict *ret);
enum rc quality_answer(struct ctx *ctx, struct idem_key key, int64_t file, int64_t revision, struct text words,
    struct quality_verdict *ret);
enum rc quality_judge(struct ctx *ctx, struct idem_key key, int64_t file, int64_t revision, bool accept, struct text words,
    struct quality_verdict *ret);
struct quality_rectify {
	int64_t id, file, ordered_ms, answered_ms, judged_ms;
	int n;
	enum quality_rectify_state state;
	struct day due;
	struct text words, answer, judged_words;
};
enum rc quality_rectifies_of(struct tx *tx, const struct actor *actor, struct case_id id, struct quality_rectify *ret, size_t cap,
    size_t *ret_n);
/* Own cases that wait for their statement or answer. */
enum rc quality_own(struct tx *tx, const struct actor *actor, struct quality_file *ret, size_t cap, size_t *ret_n);
/* Files that wait for somebody: to be decided, to be put right, lacking experts; where the actor manages. */
enum rc quality_waiting(struct tx *tx, const struct actor *actor, struct quality_file *ret, size_t cap, size_t *ret_n);

/* ---- voices (quality_voice.c) -------------------------------------------------------------------------------------------- */

struct quality_voice_new { struct case_id id; int kind, way; struct day day; bool reached; struct text who, words; int answers[QUALITY_QUESTIONS]; };
enum rc quality_voice_add(struct ctx *ctx, struct idem_key key, const struct quality_voice_new *in, struct quality_verdict *ret);
struct quality_voice {
	int64_t id, request, at_ms;
	enum quality_voice_kind kind;
	enum quality_voice_way way;
	struct day day;
	bool reached, low;
	int answers;
	struct text who, words, account_name, number;
};
enum rc quality_voices_of(struct tx *tx, const struct actor *actor, struct case_id id, struct quality_voice *ret, size_t cap,
    size_t *ret_n);
/* Dissatisfied ones of the jurisdiction, the newest first. */
enum rc quality_voices_low(struct tx *tx, const struct actor *actor, struct quality_voice *ret, size_t cap, size_t *ret_n);
/* Aided people to be asked: not reached yet, fewer than QUALITY_TRIES tries; the longest closed first. */
#define QUALITY_TRIES 3
struct quality_call { int64_t request, tries; struct day closed; struct text number, person_name; };
enum rc quality_calls(struct tx *tx, const struct actor *actor, struct quality_call *ret, size_t cap, size_t *ret_n);

/* ---- seminars and demonstrations (quality_seminar.c) ------------------------------------------------------------------------------ */

enum quality_seminar_kind { QUALITY_SEMINAR = 1, QUALITY_DEMONSTRATION, QUALITY_SEMINAR_COUNT };
extern const struct choice quality_seminar_choices[];
#define QUALITY_SEMINAR_CASES 20
/* cases: numbers, one a line; of cases that the actor may see.  RC_REFUSED with QUALITY_NO_CASE: bound says which line. */
struct quality_seminar_new { int kind; struct place place; struct day day; struct text topic, host, cases, words; int64_t people; };
enum rc quality_seminar_add(struct ctx *ctx, struct idem_key key, const struct quality_seminar_new *in, struct quality_verdict *ret);
struct quality_seminar { int64_t id, people, cases; enum quality_seminar_kind kind; struct place place; struct day day; struct text topic, host, words, account_name; };
/* The whole city's, the newest first. */
enum rc quality_seminars(struct tx *tx, const struct actor *actor, struct quality_seminar *ret, size_t cap, size_t *ret_n);

/* ---- figures ------------------------------------------------------------------------------------------------------------------- */

/* Final files decided in those days: of all, of a county, of a firm.  key: division, firm or provider. */
struct quality_figure { int64_t key, files, tenths, grade[QUALITY_GRADE_COUNT], rectified; struct text name; };
enum quality_by { QUALITY_BY_FIRM = 1, QUALITY_BY_PROVIDER, QUALITY_BY_COUNTY, QUALITY_BY_ALL };
enum rc quality_figures(struct tx *tx, const struct actor *actor, enum quality_by by, struct day from, struct day to,
    struct quality_figure *ret, size_t cap, size_t *ret_n);
/* The records behind: grade 0 all, key 0 all. */
enum rc quality_figure_files(struct tx *tx, const struct actor *actor, enum quality_by by, int64_t key, int grade, struct day from,
    struct day to, struct quality_file *ret, size_t cap, size_t *ret_n);
/* Of one provider, all final files: for the register and the ranking.  files 0: none. */
enum rc quality_of_provider(struct tx *tx, const struct actor *actor, int64_t provider, struct quality_figure *ret);

extern const struct db_set quality_sql, quality_read_sql;
