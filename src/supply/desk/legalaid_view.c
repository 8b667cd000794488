/* A case of legal aid, read whole in one transaction, and small words of its pages. */
#include "supply/desk/legalaid_internal.h"

#include "base/fen.h"

struct text
aid_path(const struct exchange *x, struct case_id id, const char *tail)
{
	return arena_format(x->ctx->mem, "/desk/request/%lld/legalaid%s", (long long)id.n, tail);
}

struct text
aid_yuan(const struct exchange *x, int64_t fen)
{
	char out[32];
	struct text n;

	if (fen < 0)
		return desk_say(x, T("未填写"));
	n = fen_print((struct fen){ fen }, out);
	return arena_format(x->ctx->mem, "%.*s %s", (int)n.n, n.p, msg(x->ctx->lang, T("元")));
}

struct text
aid_day(const struct exchange *x, struct day d)
{
	char out[16];

	return day_is_none(d) ? TEXT_NONE : arena_text(x->ctx->mem, day_print(d, out));
}

struct text
aid_when(const struct exchange *x, struct day d, int minute)
{
	struct text day = aid_day(x, d);

	return minute < 0 || day_is_none(d) ? day
	    : arena_format(x->ctx->mem, "%.*s %02d:%02d", (int)day.n, day.p, minute / 60, minute % 60);
}

struct text
aid_hours(const struct exchange *x, int64_t minutes)
{
	if (minutes < 60)
		return arena_format(x->ctx->mem, "%lld %s", (long long)minutes, msg(x->ctx->lang, T("分钟")));
	return arena_format(x->ctx->mem, "%lld.%lld %s", (long long)(minutes / 60), (long long)(minutes % 60 / 6),
	    msg(x->ctx->lang, T("小时")));
}

struct text
aid_report_what(const struct exchange *x, const struct aid_report *r)
{
	struct text what = desk_join(x, desk_say(x, aid_choice_label(aid_report_choices, r->kind)), r->place);

	return r->cancelled_ms != 0 ? desk_join(x, desk_say(x, T("已取消")), what) : what;
}

bool
aid_is_ahead(const struct exchange *x, const struct aid_report *r)
{
	return aid_is_appointment(r) && r->cancelled_ms == 0 && r->day.n >= desk_today(x).n;
}

const struct aid_report *
aid_next_ahead(const struct exchange *x, const struct aid_view *v)
{
	for (size_t i = 0; i < v->n_reports; i++) /* in order of their days */
		if (aid_is_ahead(x, &v->reports[i]))
			return &v->reports[i];
	return NULL;
}

struct text
aid_home(const struct exchange *x, struct case_id id, const char *tail)
{
	return x->ctx->actor->role != ROLE_PROVIDER ? aid_path(x, id, tail)
	    : arena_format(x->ctx->mem, "/desk/aid/%lld%s", (long long)id.n, tail);
}

/* ---- reading ------------------------------------------------------------------------------------------- */

static enum rc
load_decided(struct tx *tx, const struct actor *actor, struct aid_view *v)
{
	enum rc rc = aid_supplement_load(tx, actor, v->id, &v->supplement);

	v->has_supplement = rc == RC_OK;
	if (rc == RC_OK || rc == RC_NOT_FOUND)
		rc = aid_decisions(tx, actor, v->id, v->decisions, AID_DECISIONS_MAX, &v->n_decisions);
	if (rc == RC_OK && !aid_is_decided(v->a.state) && v->a.form.kind != 0) {
		rc = aid_other_find(tx, actor, v->id, &v->other);
		v->has_other = rc == RC_OK;
	}
	if (rc == RC_OK || rc == RC_NOT_FOUND) {
		rc = aid_notice_load(tx, actor, v->id, &v->notice);
		v->has_notice = rc == RC_OK;
	}
	if (rc == RC_OK || rc == RC_NOT_FOUND) {
		rc = aid_judged_load(tx, actor, &v->a, &v->judged, &v->version);
		v->has_judged = rc == RC_OK;
	}
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc
load_work(struct tx *tx, const struct actor *actor, struct aid_view *v)
{
	enum rc rc = aid_assignments(tx, actor, v->id, v->assignments, AID_ROWS, &v->n_assignments);

	v->current = rc == RC_OK ? aid_assignment_current(v->assignments, v->n_assignments) : NULL;
	if (rc == RC_OK)
		rc = aid_reports(tx, actor, v->id, v->reports, AID_ROWS, &v->n_reports);
	if (rc == RC_OK)
		rc = aid_changes(tx, actor, v->id, v->changes, AID_ROWS, &v->n_changes);
	if (rc == RC_OK)
		rc = aid_objections(tx, actor, v->id, v->objections, AID_ROWS, &v->n_objections);
	if (rc == RC_OK)
		rc = aid_files(tx, actor, v->id, v->files, AID_ROWS, &v->n_files);
	if (rc == RC_OK)
		rc = aid_subsidies(tx, actor, v->id, v->subsidies, AID_ROWS, &v->n_subsidies);
	if (rc == RC_OK)
		rc = aid_closing_load(tx, actor, v->id, &v->closing);
	v->has_closing = rc == RC_OK;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc
load_lawyers(struct tx *tx, const struct actor *actor, struct aid_view *v)
{
	enum rc rc = RC_OK;

	if (v->candidates_too)
		rc = aid_candidates(tx, actor, &v->r, &v->a, v->candidates, AID_CANDIDATES_MAX, &v->n_candidates);
	if (rc == RC_OK && v->proposal_of != 0)
		rc = aid_proposal(tx, actor, v->id, v->proposal_of, v->proposed, AID_ROWS, &v->n_proposed);
	return rc;
}

static enum rc
view_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct aid_view *v = arg;
	enum rc rc = request_load(tx, actor, v->id, &v->r);

	if (rc == RC_OK)
		rc = aid_load(tx, actor, v->id, &v->a);
	if (rc == RC_OK)
		rc = aid_sides(tx, actor, &v->r, &v->sides);
	if (rc == RC_OK)
		rc = load_decided(tx, actor, v);
	if (rc == RC_OK)
		rc = load_work(tx, actor, v);
	if (rc == RC_OK)
		rc = request_attachments(tx, actor, v->id, v->papers, UPLOADS_PER_REQUEST, &v->n_papers);
	if (rc == RC_OK && v->messages != NULL)
		rc = request_messages(tx, actor, v->id, v->messages, VIEW_MESSAGES, &v->n_messages);
	if (rc == RC_OK)
		rc = case_clock_list(tx, actor, v->id, v->clocks, CASE_CLOCKS_MAX, &v->n_clocks);
	return rc == RC_OK ? load_lawyers(tx, actor, v) : rc;
}

enum rc
aid_view_read(struct exchange *x, struct aid_view *v)
{
	if (v->candidates_too) {
		v->candidates = arena_array(x->ctx->mem, AID_CANDIDATES_MAX, sizeof *v->candidates);
		if (v->candidates == NULL)
			return RC_NO_MEMORY;
	}
	return db_read(x->ctx, view_tx, v);
}

struct aid_verdict
aid_view_judge(const struct exchange *x, const struct aid_view *v, enum aid_step step)
{
	struct aid_facts f = { .state = v->a.state, .sides = v->sides, .accepted = v->r.state > REQUEST_RECEIVED,
		.advance = v->a.advance_ms != 0, .actor = x->ctx->actor->account, .recorded_by = v->a.applied_by,
		.examined_by = v->a.examined_by };

	return aid_step_judge(&f, step);
}
