/* desk_internal: what the pages of the desk share. */
#pragma once

#include "operations/dispatch/dispatch.h"
#include "operations/intake/intake.h"
#include "operations/matter/consult/consult.h"
#include "operations/paper/paper.h"
#include "resources/identity/identity.h"
#include "resources/network/network.h"
#include "resources/person/person.h"
#include "standards/catalogue/catalogue.h"
#include "standards/region/region.h"
#include "kit/msg/msg.h"
#include "supply/desk/desk.h"
#include "supply/frame/frame.h"

extern struct desk_hooks desk_hooks;

/* ---- words (desk_word.c): texts in ctx->mem ------------------------------------------------------ */

/* A case of legal aid that the actor works on, or worked on, as its lawyer: what the means check is made of stays out. */
bool desk_is_lawyers(const struct actor *actor, const struct request *r);
struct day desk_today(const struct exchange *x);
/* A T() text in the page's language as data. */
struct text desk_say(const struct exchange *x, const char *zh);
/* Data in two languages: the English where it is asked for and there is some. */
struct text desk_name(const struct exchange *x, struct text zh, struct text en);
/* "09:00" today, "06-30 09:00" this year, else "2025-06-30 09:00"; empty for 0 and DUE_NONE. */
struct text desk_when(const struct exchange *x, int64_t at_ms);
/* "2 天", "5 小时", "20 分钟". */
struct text desk_span(const struct exchange *x, int64_t ms);
/* The lamp of a deadline with the time left or over. */
enum ui_lamp desk_lamp(const struct exchange *x, int64_t start_ms, int64_t due_ms, bool open, struct text *ret_detail);
/* "/desk/request/ID", "/desk/request/ID/TAIL". */
struct text desk_case_path(const struct exchange *x, struct case_id id, const char *tail);
/* An idempotency key for one more form of a page. */
struct text desk_key(const struct exchange *x);
/* "a · b", parts that are empty left out. */
struct text desk_join(const struct exchange *x, struct text a, struct text b);
/* "" for 0. */
struct text desk_int(const struct exchange *x, int64_t n);
/* What happened, as data: "accept" of /desk/request/1?done=accept. */
struct text desk_query(const struct exchange *x, const char *name);

/* ---- a case, read in one transaction (case_view.c) --------------------------------------------------- */

#define VIEW_EVENTS 300
#define VIEW_HOLDINGS 60
#define VIEW_MESSAGES 200
#define VIEW_HANDOVERS 60
#define VIEW_CALLBACKS 20
#define VIEW_REASONS 40

struct case_view {
	struct case_id id;
	bool whole;                 /* in: everything; else what the panel shows */
	enum lang lang;             /* in: of names in two languages */
	bool candidates_too;        /* in: whom it could be handed over to */
	struct request r;
	bool may_act;
	bool may_assign;            /* supervises where it lies, and it is open */
	struct person person;       /* id 0: none */
	struct person_contacts contacts; /* phones kept with this request */
	bool may_reveal;
	struct organisation organisation;
	struct consult consult;
	bool has_consult;
	struct case_clock clocks[CASE_CLOCKS_MAX];
	size_t n_clocks;
	struct case_pause *pauses;
	size_t n_pauses;
	const struct case_pause *paused; /* the one that runs, or NULL */
	struct event *events;
	struct holding *holdings;
	struct message *messages;
	struct attachment *files;
	struct paper *papers;       /* issued */
	struct paper_owed *owed;    /* and those that are not yet */
	struct handover *handovers;
	struct callback *callbacks;
	struct candidate *candidates;
	size_t n_events, n_holdings, n_messages, n_files, n_papers, n_owed, n_handovers, n_callbacks, n_candidates;
	const struct handover *offer; /* the one that waits for its answer, or NULL */
	bool offer_to_me, offer_of_mine;
	struct dispatch_wish wish;
	struct text language;       /* of the wish, by name */
	int returns;                /* how often it was sent back */
};
enum rc case_view_read(struct exchange *x, struct case_view *v);
/* The same inside a db_read of the caller. */
enum rc case_view_load(struct tx *tx, const struct actor *actor, struct case_view *v, struct crypt *crypt);

/* ---- parts of a case on a page (case_part.c) ------------------------------------------------------------ */

/* open: with a way to the case itself. */
void case_actions(struct exchange *x, struct html *h, const struct case_view *v, bool open);
void case_panel(struct exchange *x, struct html *h, const struct case_view *v);
void case_facts(struct exchange *x, struct html *h, const struct case_view *v);
void case_clocks(struct exchange *x, struct html *h, const struct case_view *v);
/* That its clocks stand still, why and until when; nothing otherwise. */
void case_paused(struct exchange *x, struct html *h, const struct case_view *v);
void case_timeline(struct exchange *x, struct html *h, const struct case_view *v, size_t most);
void case_handovers(struct exchange *x, struct html *h, const struct case_view *v);
void case_holdings(struct exchange *x, struct html *h, const struct case_view *v);
/* add: with the form that adds one. */
void case_papers(struct exchange *x, struct html *h, const struct case_view *v, bool add);
void case_messages(struct exchange *x, struct html *h, const struct case_view *v);
/* act: with the buttons that note the legal aid notice. */
void case_consult(struct exchange *x, struct html *h, const struct case_view *v, bool act);
struct text case_who(const struct exchange *x, const struct request *r);

/* ---- the page of a case, with one form open or none (case_page.c) ------------------------------------------ */

/* One thing that can be done with a case: its form, its words, how it is drawn. */
struct act {
	const char *key;            /* last part of its address */
	const char *title;          /* T() */
	const char *submit;         /* T() */
	const struct form *form;
	/* Between csrf and the buttons; NULL: the form's fields as they are. */
	void (*draw)(struct exchange *x, struct html *h, const struct case_view *v, const struct act *act);
	bool whole_page;            /* the form is long: the case's texts stay below it */
};
extern const struct act acts[];
/* Parts of those drawings that several use. */
void draw_revision(struct exchange *x, struct html *h, const struct case_view *v);
/* What was typed, or else a value to begin with. */
struct text draw_typed_or(const struct exchange *x, const struct form *form, const char *key, struct text otherwise);
/* Codes of a dated table as a choice of cards, with the keys 1-8. */
void draw_codes(struct exchange *x, struct html *h, const struct form *form, const char *key, const char *kind);
void draw_offer(struct exchange *x, struct html *h, const struct case_view *v, const struct act *act);
void draw_return(struct exchange *x, struct html *h, const struct case_view *v, const struct act *act);
void draw_pause(struct exchange *x, struct html *h, const struct case_view *v, const struct act *act);
void draw_assign(struct exchange *x, struct html *h, const struct case_view *v, const struct act *act);
/* Radio buttons of the best candidates under "account", with the keys 1-8; others: with words on how they rank. */
void draw_candidates(struct exchange *x, struct html *h, const struct case_view *v, const struct act *act);
/* Cases that wait for the actor's ruling; negative: not known (rulings_page.c). */
int64_t rulings_count(struct exchange *x);
/* The parts of a score in words, those that gave something ("地方 30 · 事项 10 · 负担 18（在办 2/20）"). */
struct text dispatch_score_text(const struct exchange *x, const struct candidate *c);
/* Is this a code of the table today?  A finding on `field` when not, or when it needs words and has none. */
bool desk_code_fits(struct exchange *x, const char *kind, struct text code, const char *field, struct text words,
    const char *words_field);

/* ---- drafts (desk_draft.c) -------------------------------------------------------------------------- */

/* Fields as "name=value&...", without csrf and key; p NULL past DRAFT_MAX or the arena. */
struct text draft_pack(struct arena *a, struct params fields);
/* And back; what is no draft gives none. */
struct params draft_unpack(struct arena *a, struct text packed);
/* What was kept of a form of this account, read by its rows; false when there is nothing. */
bool desk_draft_typed(struct exchange *x, struct text name, const struct form *form, struct typed *ret);
void desk_draft_drop(struct exchange *x, struct text name);
const struct act *act_by_key(struct text key);   /* NULL when none */

struct case_note { enum ui_tone tone; const char *title, *body; struct text body_text; };
/* Show the case with the form of `act` (may be NULL) and what was typed there. */
enum rc case_show(struct exchange *x, struct case_id id, const struct act *act, const struct case_note *note);
/* What follows a command on a case: on to the case with ?done=, or the form again with all that was typed. */
enum rc case_end(struct exchange *x, struct case_id id, const char *act, enum rc rc, const char *done);

/* ---- forms (desk_form.c) ---------------------------------------------------------------------------------- */

struct login_values { struct text login, password, next; };
struct password_values { struct text old, fresh, again; };
struct step_values { int64_t revision; };
struct answer_values { int64_t revision; struct text answer; bool aid_told; };
struct close_values { int64_t revision; struct text outcome, note; };
struct decline_values { int64_t revision; struct text reason, helper; };
struct convert_values { int64_t revision; int64_t item; struct text note; };
struct callback_values { int64_t revision; struct day day; int time; };
struct called_values { int64_t callback; int result; };
struct aid_values { int64_t revision; int hint; };
struct say_values { struct text body; };
struct reveal_values { struct text purpose; };
struct offer_values { int64_t revision; int64_t account, point; struct text reason; };
struct assign_values { int64_t revision; int64_t account; struct text login, reason; };
struct pause_values { int64_t revision; struct text code, words; struct day until; int64_t proof; };
struct resume_values { int64_t revision; struct text words; };
struct answer_offer_values { int64_t handover; };
struct return_values { int64_t handover; struct text code, reason; int64_t better; };
struct call_values { struct text phone; int64_t since; };
enum { CALLED_REACHED = 1, CALLED_UNREACHABLE };

extern const struct form login_form, password_form, step_form, answer_form, close_form, decline_form, convert_form,
    callback_form, called_form, aid_form, say_form, reveal_form, offer_form, assign_form, answer_offer_form, return_form,
    call_form, intake_form, pause_form, resume_form;

/* ---- pages ------------------------------------------------------------------------------------------------- */

http_handler login_page, login_post, logout_post, account_page, account_post;
http_handler queue_page, queue_fragment, queue_live, search_page, panel_fragment;
http_handler case_page, act_page, reveal_post, file_page, files_post;
enum rc desk_take_files(struct exchange *x, struct case_id id);
http_handler accept_post, answer_post, close_post, decline_post, convert_post, callback_post, called_post, aid_post,
    say_post, takeover_post, offer_post, offer_accept_post, offer_return_post, offer_withdraw_post, assign_post;
http_handler pause_post, resume_post;
http_handler choice_page, receipt_page, draft_post, why_page;
http_handler dispatch_page, rulings_page;
http_handler intake_page, intake_post, intake_clear_post, duplicates_post, call_page, call_post;

/* ---- supervision orders (order_page.c, order_list_page.c, supervise_rule_page.c) ------------------------------ */

/* The orders of a case, the one that waits for the reader first of all, and the way to issue one. */
void case_supervised(struct exchange *x, struct html *h, const struct case_view *v);
/* Orders the actor must reply to, for the queue's chip; -1 when they cannot be had. */
int64_t order_chip_count(struct exchange *x);
extern const struct form order_reply_form, order_judge_form, order_withdraw_form, order_issue_form, supervise_rules_form;
http_handler order_page, order_sign_post, order_reply_post, order_judge_post, order_withdraw_post;
http_handler orders_page, orders_csv, orders_mine_page, order_new_page, order_new_post;
http_handler supervise_rules_page, supervise_rules_new_page, supervise_rules_post;

/* ---- co-operation (cooperate_page.c, cooperate_list_page.c) ------------------------------------------------------ */

/* What other points were asked about a case. */
void case_cooperation(struct exchange *x, struct html *h, const struct case_view *v);
void draw_cooperate(struct exchange *x, struct html *h, const struct case_view *v, const struct act *act);
/* Co-operations that wait for the actor's point, for the queue's chip; -1 when they cannot be had. */
int64_t cooperate_chip_count(struct exchange *x);
/* Calls that wait to be rung back (missed_page.c), public numbers that wait past the day of the month (oncall_test_page.c); -1: not
 * known, or not for this actor. */
int64_t missed_chip_count(struct exchange *x);
int64_t tests_chip_count(struct exchange *x);
extern const struct form cooperate_form, cooperate_step_form, cooperate_decline_form, cooperate_answer_form,
    cooperate_again_form, cooperate_withdraw_form;
http_handler cooperate_post, cooperate_list_page, cooperate_page, cooperate_take_post, cooperate_decline_post,
    cooperate_answer_post, cooperate_close_post, cooperate_again_post, cooperate_withdraw_post, cooperate_phone_post;

/* ---- taking something in (intake_page.c) ----------------------------------------------------------------- */

/* The town, county or city where this desk stands, and its village if it has one alone. */
struct place desk_own_place(const struct actor *actor);
/* Town and village of a form with fields of these names; a form sent with "list-villages" is shown again. */
void desk_put_place(struct exchange *x, struct html *h, const struct form *form);
/* The code is derived, never stored: it travels to the receipt's page in a cookie that lives half an hour. */
struct intake_receipt;
enum rc desk_to_receipt(struct exchange *x, const struct intake_receipt *r);

/* ---- issued papers (paper_page.c) ------------------------------------------------------------------------------- */

/* Papers issued; below them those still owed, with a button for whoever may act. */
#define VIEW_OWED 12
void case_issued(struct exchange *x, struct html *h, const struct case_view *v);
http_handler paper_page, paper_set_post;

/* ---- simple papers being written (writing_page.c) ------------------------------------------------------------- */

http_handler writing_list_page, writing_begin_post, writing_page, writing_post, writing_preview_page;

/* ---- a case that belongs elsewhere (transfer_page.c) ---------------------------------------------------------------- */

/* Which centre has it when the matter arose in another county; the letter, once it went out of the city. */
void case_belongs(struct exchange *x, struct html *h, const struct case_view *v);
void draw_transfer(struct exchange *x, struct html *h, const struct case_view *v, const struct act *act);
extern const struct form transfer_form;
http_handler transfer_post, letter_page;

/* ---- what the rules say of a case (judge_page.c, judge_form.c) ------------------------------------------------------ */

extern const struct form judge_form;
http_handler judge_list_page, judge_page, judge_post, judged_page;

/* ---- intake's form on other pages (intake_page.c) --------------------------------------------------------- */

/* x->typed as a fresh form begins, or as the draft left it. */
enum rc intake_begin(struct exchange *x, bool *ret_restored);
void intake_begin_with(struct exchange *x, const char *key, struct text value);
void intake_form_show(struct exchange *x, struct html *h);
