/*
 * legalaid_run: who gives the aid that was granted, what they do, how it ends, and what is said against a decision?
 *
 * From the grant to the archive: assignment out of a ranking whose reasons are kept, acceptance, agreement, progress,
 * another lawyer, termination on one of the eight grounds of 法律援助法 48, closing report, file, subsidy by dated
 * standards, archive; and the objection of Art. 49.  Results as in legalaid.h.
 */
#pragma once

#include "operations/matter/legalaid/legalaid.h"
#include "standards/setting/setting.h"

/* ---- assignment (legalaid_assign.c) ----------------------------------------------------------------------- */

#define AID_CANDIDATES_MAX 500
#define AID_PROPOSED 8           /* kept of those who could be; all that could not, up to that many */
/* Everybody of the register, judged and ranked for this case.  A conflict shows by keyed hashes of the parties across
 * all firms; no name is read. */
enum rc aid_candidates(struct tx *tx, const struct actor *actor, const struct request *r, const struct aid *a,
    struct aid_candidate *ret, size_t cap, size_t *ret_n);

struct aid_assign { struct case_id id; int64_t revision, provider; struct text words; };
/* *ret_why says why this one cannot be. */
enum rc aid_assign(struct ctx *ctx, struct idem_key key, const struct aid_assign *in, struct aid_verdict *ret,
    enum aid_lawyer_why *ret_why);

struct aid_assignment {
	int64_t id, provider, firm, at_ms, account, account_of_provider, accepted_ms, agreed_ms, ended_ms, revision;
	enum aid_assignment_state state;
	int place_of;
	struct text words, agreement, ended_words, name, firm_name, firm_phone, assigned_name;
};
/* In order; a receipt's resident reads them too. */
enum rc aid_assignments(struct tx *tx, const struct actor *actor, struct case_id id, struct aid_assignment *ret, size_t cap,
    size_t *ret_n);
/* Of them the one that is open, or NULL. */
const struct aid_assignment *aid_assignment_current(const struct aid_assignment *v, size_t n);
struct aid_proposed { int place_of; int64_t provider, load; enum aid_lawyer_why why; unsigned fit; struct text name, firm_name; };
enum rc aid_proposal(struct tx *tx, const struct actor *actor, struct case_id id, int64_t assignment, struct aid_proposed *ret,
    size_t cap, size_t *ret_n);

/* The lawyer, or the office for one who has no account. */
enum rc aid_accept(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, struct aid_verdict *ret);
enum rc aid_decline(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, struct text words,
    struct aid_verdict *ret);
enum rc aid_agree(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, struct text words,
    struct aid_verdict *ret);

/* ---- the work (legalaid_work.c) -------------------------------------------------------------------------------- */

#define AID_PLACE_MAX 120         /* characters of a place */
struct aid_report_new { struct case_id id; int64_t revision; int kind; struct day day; int minute; int64_t minutes; struct text words, place; bool shown; };
/* Not of the days to which the licence does not reach. */
enum rc aid_report(struct ctx *ctx, struct idem_key key, const struct aid_report_new *in, struct aid_verdict *ret);
/* nth: within its case, never given again; changes: how often it was moved or called off; minute -1: not fixed. */
struct aid_report { int64_t id, at_ms, minutes, nth, changes, cancelled_ms; int kind, minute; struct day day; struct text words, place, account_name; bool shown; };
/* Fixed for a day to come when it was recorded, or for an hour: what somebody goes to. */
bool aid_is_appointment(const struct aid_report *r);
enum rc aid_reports(struct tx *tx, const struct actor *actor, struct case_id id, struct aid_report *ret, size_t cap, size_t *ret_n);

/* What lies ahead goes to another day, time or place, or is called off; the event says what it was. */
struct aid_move { struct case_id id; int64_t revision, report; bool cancel; struct day day; int minute; struct text place, words; };
enum rc aid_move(struct ctx *ctx, struct idem_key key, const struct aid_move *in, struct aid_verdict *ret);
/* Cases whose lawyer the actor is, the newest first, before that assignment (0: from the newest). */
struct aid_task {
	struct case_id id;
	enum aid_state state;
	enum aid_assignment_state assignment_state;
	int matter, kind;
	int64_t assignment, assigned_ms, due_ms; /* due_ms: of agreement or file; 0: none runs */
	struct day next_day;     /* meeting, hearing: the nearest ahead; DAY_NONE */
	int next_minute;
	int64_t returned;        /* how often the file was handed back */
	struct place place;
	struct text number, person_name;
};
enum rc aid_tasks(struct tx *tx, const struct actor *actor, int64_t before, struct aid_task *ret, size_t cap, size_t *ret_n);

/* The number at which the aided person is told, in clear, for their lawyer while the case is theirs (else RC_NOT_FOUND); the
 * audit row is committed before.  Empty: none is kept. */
enum rc aid_client_phone(struct ctx *ctx, struct crypt *crypt, struct idem_key key, struct case_id id, struct text *ret);

/* The aided person, or the lawyer who cannot go on. */
enum rc aid_change_ask(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, struct text words,
    struct aid_verdict *ret);
enum rc aid_change_decide(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, bool allow,
    struct text words, struct aid_verdict *ret);
struct aid_change { int64_t id, asked_ms, asked_by, decided_ms; bool granted; struct text words, decided_words, decided_name; };
enum rc aid_changes(struct tx *tx, const struct actor *actor, struct case_id id, struct aid_change *ret, size_t cap, size_t *ret_n);

struct aid_terminate { struct case_id id; int64_t revision; int ground; int64_t proof; struct text words; };
enum rc aid_terminate(struct ctx *ctx, struct idem_key key, const struct aid_terminate *in, struct aid_verdict *ret);

struct aid_closing_new { struct case_id id; int64_t revision; struct day day; int way, result; int64_t recovered; struct text words; };
enum rc aid_close(struct ctx *ctx, struct idem_key key, const struct aid_closing_new *in, struct aid_verdict *ret);
struct aid_closing { struct day day; int way, result; int64_t recovered, at_ms; struct text words, account_name; };
enum rc aid_closing_load(struct tx *tx, const struct actor *actor, struct case_id id, struct aid_closing *ret);

/* ---- against a decision (legalaid_object.c) ----------------------------------------------------------------------- */

extern const struct setting_kind aid_objection_setting; /* days to object after a decision; 0: nobody has verified one */
#define AID_SETTINGS_N 1
enum rc aid_object(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, struct text words,
    struct aid_verdict *ret);
/* By the bureau: upheld, or to be corrected; with reasons. */
enum rc aid_objection_decide(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, bool uphold,
    struct text words, struct aid_verdict *ret);
struct aid_objection { int64_t id, filed_ms, filed_by, decided_ms; int decision; bool upheld; struct text words, decided_words, decided_name; };
enum rc aid_objections(struct tx *tx, const struct actor *actor, struct case_id id, struct aid_objection *ret, size_t cap,
    size_t *ret_n);
/* Nothing more comes after a refusal, a termination or an upheld decision.  While they may still object: `waived`, with
 * words on how they said so. */
enum rc aid_settle(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, bool waived, struct text words,
    struct aid_verdict *ret);

/* ---- file, subsidy, archive (legalaid_file.c) ------------------------------------------------------------------------ */

struct aid_file_new { struct case_id id; int64_t revision; int64_t pages; struct text words; };
enum rc aid_file_submit(struct ctx *ctx, struct idem_key key, const struct aid_file_new *in, struct aid_verdict *ret);
enum rc aid_file_check(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, bool pass, struct text words,
    struct aid_verdict *ret);
struct aid_file { int n; int64_t pages, submitted_ms, reviewed_ms; bool passed; struct text words, reviewed_words, submitted_name, reviewed_name; };
enum rc aid_files(struct tx *tx, const struct actor *actor, struct case_id id, struct aid_file *ret, size_t cap, size_t *ret_n);

/* The standard of a kind on a day; fen -1: nobody has verified it.  RC_NOT_FOUND: none is recorded. */
struct aid_rate { int kind; struct day from; int64_t fen, at_ms; struct text source, account_name, words; };
enum rc aid_rate_at(struct tx *tx, const struct actor *actor, int kind, struct day day, struct aid_rate *ret);
enum rc aid_rates(struct tx *tx, const struct actor *actor, struct aid_rate *ret, size_t cap, size_t *ret_n);
#define AID_RATE_FEN_MAX INT64_C(10000000)  /* a hundred thousand yuan: our own bound against slips */
#define AID_RATES_MAX 200
struct aid_rate_new { int kind; struct day from; int64_t fen; struct text source, words; }; /* fen -1: not known (未核实) */
/*
 * A standard from a day on, with its paper and why.  The bureau of the whole city (RIGHT_POLICY), or the system.
 * RC_INVALID with findings keyed "kind", "from", "amount", "source", "words": bounds; that kind has one from that day;
 * subsidies for applications since that day are worked out already.
 */
enum rc aid_rate_set(struct ctx *ctx, struct idem_key key, const struct aid_rate_new *in, struct findings *findings);
/* Once for each assignment, by the standard of the day of the grant of aid. */
enum rc aid_subsidy_approve(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, int kind,
    struct aid_verdict *ret);
enum rc aid_subsidy_pay(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, struct text voucher,
    struct aid_verdict *ret);
struct aid_subsidy { int64_t assignment, fen, approved_ms, paid_ms; int kind; struct day from; struct text voucher, provider_name, approved_name, paid_name; };
enum rc aid_subsidies(struct tx *tx, const struct actor *actor, struct case_id id, struct aid_subsidy *ret, size_t cap, size_t *ret_n);
/* Without a subsidy (the institution's own lawyer, no standard): with words. */
enum rc aid_archive(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, struct text words,
    struct aid_verdict *ret);

/* ---- lists and figures (legalaid_list.c) ------------------------------------------------------------------------------- */

/* Cases the actor may see, in a range of states, by (state, id) after that; the nearest deadline read along. */
struct aid_filter { enum aid_state from, last; int64_t after_id; enum aid_state after_state; bool mine; };
struct aid_row { struct case_id id; enum aid_state state; int matter, kind; int64_t applied_ms, due_ms, start_ms, subsidy; bool advance; struct text number, person_name, holder_name, lawyer_name; };
enum rc aid_list(struct tx *tx, const struct actor *actor, const struct aid_filter *f, struct aid_row *ret, size_t cap, size_t *ret_n);

struct aid_span { struct day from, to; struct place place; };
/* Of applications received in those days, inside a place. */
struct aid_figures {
	int64_t applied, granted, refused, withdrawn, open;   /* as they stand now */
	int64_t decided_late, assigned_late;                  /* past seven and three days, as the clock had it */
	int64_t decide_ms, decided, assign_ms, assigned;      /* sums and counts for the averages */
	int64_t refusal[AID_REFUSAL_COUNT];
};
enum rc aid_figures(struct tx *tx, const struct actor *actor, const struct aid_span *span, struct aid_figures *ret);
enum aid_figure { AID_FIG_APPLIED = 1, AID_FIG_GRANTED, AID_FIG_REFUSED, AID_FIG_LATE_DECIDE, AID_FIG_LATE_ASSIGN, AID_FIG_OPEN, AID_FIG_REFUSAL = 100 };
/*
 * Broken down: by matter (of what is no civil case: AID_BY_KIND + kind), by status (enum aid_status), by the groups of the
 * person (a bit; one may be of several).  Parts that hold nothing are left out.
 */
enum aid_by { AID_BY_NONE, AID_BY_MATTER, AID_BY_STATUS, AID_BY_GROUP, AID_BY_RATE };
#define AID_BY_KIND 100
struct aid_part { int64_t key, applied, granted, refused, decided_late, assigned_late, decide_ms, decided, assign_ms, assigned; };
enum rc aid_parts(struct tx *tx, const struct actor *actor, const struct aid_span *span, enum aid_by by, struct aid_part *ret, size_t cap,
    size_t *ret_n);
/* What was approved and paid for them, by kind of standard. */
struct aid_paid { int kind; int64_t n, fen, paid, paid_fen; };
enum rc aid_paid(struct tx *tx, const struct actor *actor, const struct aid_span *span, struct aid_paid *ret, size_t cap, size_t *ret_n);
/* The records behind a figure (AID_FIG_REFUSAL + ground: refused on that), of one part when `by` says of what; after that id. */
struct aid_records { struct aid_span span; int figure; enum aid_by by; int64_t key, after; };
enum rc aid_figure_rows(struct tx *tx, const struct actor *actor, const struct aid_records *q, struct aid_row *ret, size_t cap,
    size_t *ret_n);

extern const struct db_set legalaid_run_sql;
