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

struct aid_report_new { struct case_id id; int64_t revision; int kind; struct day day; int minute; int64_t minutes; struct text words; bool shown; };
enum rc aid_report(struct ctx *ctx, struct idem_key key, const struct aid_report_new *in, struct aid_verdict *ret);
struct aid_report { int64_t id, at_ms, minutes; int kind, minute; struct day day; struct text words, account_name; bool shown; };
enum rc aid_reports(struct tx *tx, const struct actor *actor, struct case_id id, struct aid_report *ret, size_t cap, size_t *ret_n);

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
struct aid_rate { int kind; struct day from; int64_t fen, at_ms; struct text source, account_name; };
enum rc aid_rate_at(struct tx *tx, const struct actor *actor, int kind, struct day day, struct aid_rate *ret);
enum rc aid_rates(struct tx *tx, const struct actor *actor, struct aid_rate *ret, size_t cap, size_t *ret_n);
/* fen -1: not known.  RIGHT_SETTINGS.  RC_DUPLICATE: that kind has a standard from that day. */
enum rc aid_rate_set(struct ctx *ctx, struct idem_key key, int kind, struct day from, int64_t fen, struct text source);
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
struct aid_row { struct case_id id; enum aid_state state; int matter, kind; int64_t applied_ms, due_ms, start_ms; bool advance; struct text number, person_name, holder_name, lawyer_name; };
enum rc aid_list(struct tx *tx, const struct actor *actor, const struct aid_filter *f, struct aid_row *ret, size_t cap, size_t *ret_n);

/* Of applications received in those days, inside a place. */
struct aid_figures {
	int64_t applied, granted, refused, withdrawn, open;   /* as they stand now */
	int64_t decided_late, assigned_late;                  /* past seven and three days, as the clock had it */
	int64_t decide_ms, decided, assign_ms, assigned;      /* sums and counts for the averages */
	int64_t refusal[AID_REFUSAL_COUNT];
};
enum rc aid_figures(struct tx *tx, const struct actor *actor, struct day from, struct day to, struct place place, struct aid_figures *ret);
enum aid_figure { AID_FIG_APPLIED = 1, AID_FIG_GRANTED, AID_FIG_REFUSED, AID_FIG_LATE_DECIDE, AID_FIG_LATE_ASSIGN, AID_FIG_OPEN, AID_FIG_REFUSAL = 100 };
/* The records behind one of them; AID_FIG_REFUSAL + ground: refused on that. */
enum rc aid_figure_rows(struct tx *tx, const struct actor *actor, struct day from, struct day to, struct place place, int figure, struct aid_row *ret,
    size_t cap, size_t *ret_n);

extern const struct db_set legalaid_run_sql;
