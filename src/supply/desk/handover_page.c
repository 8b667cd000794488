/* Handing a case over: whom, why; accepting, sending back, taking back. */
#include "supply/desk/desk_internal.h"

#include <string.h>

#define SHOWN_CANDIDATES 8
#define SHOWN_BARRED 12
#define POINTS_MAX 200

/* ---- the form ----------------------------------------------------------------------------------------- */

static void
put_candidate(struct exchange *x, struct ui_table *t, const struct candidate *c, size_t rank, bool on)
{
	struct html *h = t->h;

	ui_row_open(t);
	ui_cell_open(t);
	html_raw(h, "<label class=\"pick\"><input type=\"radio\" name=\"account\"");
	html_attr(h, "value", desk_int(x, c->account));
	if (rank == 0)
		html_raw(h, " id=\"f-account\"");
	if (on)
		html_raw(h, " checked");
	if (rank < 8)
		html_attr(h, "data-digit", desk_int(x, (int64_t)rank + 1));
	html_raw(h, "><span>");
	html_text(h, c->name);
	html_raw(h, "</span>");
	if (rank < 8) {
		html_raw(h, " <kbd>");
		html_int(h, (int64_t)rank + 1);
		html_raw(h, "</kbd>");
	}
	html_raw(h, "</label>");
	ui_cell_close(t);
	ui_cell(t, c->point_name);
	ui_cell_int(t, c->score);
	ui_cell_open(t);
	html_raw(h, "<small>");
	html_text(h, dispatch_score_text(x, c));
	html_raw(h, "</small>");
	ui_cell_close(t);
	ui_row_close(t);
}

void
draw_candidates(struct exchange *x, struct html *h, const struct case_view *v, const struct act *act)
{
	static const struct ui_column columns[] = {
		{ T("转给谁"), false }, { T("单位"), false }, { T("得分"), true }, { T("为什么"), false },
	};
	struct text typed = ui_typed(act->form, "account", &x->typed);
	bool any = typed.n > 0 || ui_typed(act->form, "point", &x->typed).n > 0;
	struct ui_table t;

	ui_table_open(&t, h, T("推荐名单：按规则和权重算出来的，同样的情况永远同样的顺序"), columns, 4);
	for (size_t i = 0; i < v->n_candidates && i < SHOWN_CANDIDATES && v->candidates[i].bar == BAR_NONE; i++)
		put_candidate(x, &t, &v->candidates[i], i,
		    any ? text_equals(typed, desk_int(x, v->candidates[i].account)) : i == 0);
	ui_table_close(&t);
}

static void
draw_barred(struct exchange *x, struct html *h, const struct case_view *v)
{
	size_t shown = 0;

	(void)x;
	html_raw(h, "<details><summary>");
	html_say(h, T("没有推荐的人和原因"));
	html_raw(h, "</summary><ul>");
	for (size_t i = 0; i < v->n_candidates && shown < SHOWN_BARRED; i++) {
		const struct candidate *c = &v->candidates[i];

		if (c->bar == BAR_NONE)
			continue;
		shown++;
		html_raw(h, "<li>");
		html_text(h, desk_join(x, c->name, c->point_name));
		html_say(h, T("："));
		html_say(h, dispatch_bar_label(c->bar));
		html_raw(h, "</li>");
	}
	if (shown == 0) {
		html_raw(h, "<li>");
		html_say(h, T("没有人被排除。"));
		html_raw(h, "</li>");
	}
	html_raw(h, "</ul></details>");
}

static void
add_points(struct exchange *x, enum point_kind kind, struct place within, struct ui_option *v, size_t *n)
{
	struct point *points = NULL;
	size_t n_points = 0;

	if (network_list(x->ctx, kind, within, desk_today(x), &points, &n_points) != RC_OK)
		return;
	for (size_t i = 0; i < n_points && *n < POINTS_MAX; i++)
		v[(*n)++] = (struct ui_option){ .value = desk_int(x, points[i].id),
			.label = desk_name(x, points[i].name, points[i].name_en), .group = desk_say(x, point_kind_label(kind)) };
}

/* Where the case could belong: the stations of its town, the centres of its county, every county, the hotline. */
static void
draw_points(struct exchange *x, struct html *h, const struct case_view *v, const struct form *form, const char *key)
{
	struct ui_option *options = arena_array(x->ctx->mem, POINTS_MAX, sizeof *options);
	struct place city = place_up(v->r.place, PLACE_CITY);
	size_t n = 0;

	if (options == NULL)
		return;
	add_points(x, POINT_HOTLINE, city, options, &n);
	add_points(x, POINT_COUNTY, city, options, &n);
	if (place_level(v->r.place) >= PLACE_COUNTY)
		add_points(x, POINT_TOWN, place_up(v->r.place, PLACE_COUNTY), options, &n);
	if (place_level(v->r.place) >= PLACE_TOWN)
		add_points(x, POINT_STATION, place_up(v->r.place, PLACE_TOWN), options, &n);
	ui_field_select(h, form_field(form, key), options, n, ui_typed(form, key, &x->typed),
	    findings_of(&x->findings, key));
}

void
draw_offer(struct exchange *x, struct html *h, const struct case_view *v, const struct act *act)
{
	draw_revision(x, h, v);
	draw_candidates(x, h, v, act);
	ui_form_field(h, act->form, "reason", &x->typed, &x->findings);
	draw_points(x, h, v, act->form, "point");
	draw_barred(x, h, v);
}

void
draw_return(struct exchange *x, struct html *h, const struct case_view *v, const struct act *act)
{
	ui_hidden(h, "handover", desk_int(x, v->offer ? v->offer->id : 0));
	draw_codes(x, h, act->form, "code", "dispatch.return");
	ui_form_field(h, act->form, "reason", &x->typed, &x->findings);
	draw_points(x, h, v, act->form, "better");
}

struct returns_arg { struct case_id id; int64_t n; };

/* ---- commands ------------------------------------------------------------------------------------------- */

bool
desk_code_fits(struct exchange *x, const char *kind, struct text code, const char *field, struct text words,
    const char *words_field)
{
	struct code_row *rows = NULL;
	size_t n = 0;

	if (code_list(x->ctx, kind, desk_today(x), &rows, &n) != RC_OK)
		return true; /* the use case judges, or the database is away and says so itself */
	for (size_t i = 0; i < n; i++) {
		if (!text_equals(rows[i].code, code))
			continue;
		if ((rows[i].flags & OUTCOME_NEEDS_REASON) == 0 || words.n > 0)
			return true;
		findings_add(&x->findings, words_field, T("选了这一项，请写明原因"), 0);
		return false;
	}
	findings_add(&x->findings, field, T("请选择表里的一项"), 0);
	return false;
}

/* Sent back too often, or simply with whom it is already? */
static enum rc
returns_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct returns_arg *arg = argument;

	return dispatch_returns_of(tx, actor, arg->id, &arg->n);
}

static void
refused_findings(struct exchange *x, struct case_id id, const char *field)
{
	struct returns_arg arg = { .id = id };

	if (db_read(x->ctx, returns_tx, &arg) == RC_OK && arg.n >= DISPATCH_RETURNS_MAX)
		findings_add(&x->findings, field, T("已被退回两次，不能再转交，由中心主任裁定"), 0);
	else
		findings_add(&x->findings, field, T("现在就由其负责，不用转"), 0);
}

/* The best at a point; where nobody there stands on the list, its director. */
static int64_t
director_of(struct exchange *x, int64_t id)
{
	struct point point;

	return network_find(x->ctx, id, &point) == RC_OK ? point.director : 0;
}

static enum rc
offer_send(struct exchange *x, struct case_id id, const struct offer_values *in, struct dispatch_result *ret)
{
	struct dispatch_offer offer = { .id = id, .revision = in->revision, .reason = in->reason,
		.to_account = in->point != 0 ? 0 : in->account, .to_point = in->point };
	enum rc rc = dispatch_offer(x->ctx, frame_idem_key(x), &offer, ret);

	if (rc != RC_NOT_FOUND || in->point == 0)
		return rc;
	offer.to_account = director_of(x, in->point);
	return offer.to_account == 0 ? rc : dispatch_offer(x->ctx, frame_idem_key(x), &offer, ret);
}

enum rc
offer_post(struct exchange *x)
{
	const struct offer_values *in = x->values;
	struct dispatch_result done;
	struct case_id id;
	enum rc rc = http_segment_id(x, "id", &id.n);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK && in->account == 0 && in->point == 0) {
		findings_add(&x->findings, "account", T("请选择转给谁"), 0);
		rc = RC_INVALID;
	}
	if (rc == RC_OK) {
		rc = offer_send(x, id, in, &done);
		if (rc == RC_NOT_FOUND)
			findings_add(&x->findings, in->point != 0 ? "point" : "account", T("那里现在没有人能接，请另选"), 0);
		if (rc == RC_REFUSED)
			refused_findings(x, id, in->point != 0 ? "point" : "account");
	}
	return case_end(x, id, "handover", rc == RC_NOT_FOUND && x->findings.n > 0 ? RC_INVALID : rc, "offer");
}

static enum rc
answer_offer(struct exchange *x, enum rc (*command)(struct ctx *, struct idem_key, int64_t), const char *done)
{
	const struct answer_offer_values *in = x->values;
	struct case_id id;
	enum rc rc = http_segment_id(x, "id", &id.n);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = command(x->ctx, frame_idem_key(x), in->handover);
	return case_end(x, id, "", rc, done);
}

enum rc
offer_accept_post(struct exchange *x)
{
	return answer_offer(x, dispatch_accept, "received");
}

enum rc
offer_withdraw_post(struct exchange *x)
{
	return answer_offer(x, dispatch_withdraw, "withdrawn");
}

enum rc
offer_return_post(struct exchange *x)
{
	const struct return_values *in = x->values;
	struct case_id id;
	enum rc rc = http_segment_id(x, "id", &id.n);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK && !desk_code_fits(x, "dispatch.return", in->code, "code", in->reason, "reason"))
		rc = RC_INVALID;
	if (rc == RC_OK && in->better == 0 && !text_equals(in->code, DISPATCH_UNCLEAR)) {
		findings_add(&x->findings, "better", T("请选应该由哪个单位办；真不清楚的，理由选「不清楚应由谁办」"), 0);
		rc = RC_INVALID;
	}
	if (rc == RC_OK)
		rc = dispatch_send_back(x->ctx, frame_idem_key(x), &(struct dispatch_return){ .handover = in->handover,
		    .code = in->code, .reason = in->reason, .better_point = in->better });
	if (rc == RC_INVALID && x->findings.n == 0)
		findings_add(&x->findings, "better", T("请选另一个还在开办的单位，不能是自己单位"), 0);
	if (rc != RC_OK)
		return case_end(x, id, "return", rc, "");
	http_redirect(x->out, TEXT("/desk?done=returned")); /* the case may no longer be theirs to see */
	return RC_OK;
}
