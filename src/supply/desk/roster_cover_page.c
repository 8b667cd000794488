/* Somebody's visits between two days handed to one stand-in: all of them, each on its day, or none. */
#include "supply/desk/roster_board_internal.h"

#define COV(member) offsetof(struct roster_cover_values, member)
static const struct field cover_fields[] = {
	{ .key = "provider", .kind = FIELD_KEY, .label = T("谁"), .required = true, .offset = COV(provider) },
	{ .key = "licence", .kind = FIELD_LINE, .label = T("由谁顶（执业证号）"), .required = true, .max = 40, .offset = COV(licence) },
	{ .key = "from", .kind = FIELD_DAY, .label = T("从哪一天起"), .required = true, .min = -31, .max = 366, .offset = COV(from) },
	{ .key = "to", .kind = FIELD_DAY, .label = T("到哪一天"), .required = true, .min = -31, .max = 366, .offset = COV(to) },
	{ .key = "why", .kind = FIELD_LINE, .label = T("为什么"), .required = true, .max = 200, .offset = COV(why) },
};
const struct form roster_cover_form = FORM_OF("roster.cover", T("整月由另一个人顶"), cover_fields, struct roster_cover_values);

struct cover { int64_t plan, provider; struct duty_plan p; struct provider who; };

static enum rc
cover_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct cover *c = argument;
	enum rc rc = duty_plan_load(tx, actor, c->plan, &c->p);

	return rc == RC_OK ? provider_load(tx, actor, c->provider, &c->who) : rc;
}

static enum rc
show(struct exchange *x, struct cover *c, const struct duty_covered *refused)
{
	bool sent = x->route->form == &roster_cover_form;
	struct html h = frame_html(x);
	struct day first = DAY_NONE;
	uint32_t days = 0;
	char from[16], to[16];
	enum rc rc = db_read(x->ctx, cover_tx, c);

	if (rc == RC_OK && !duty_may_plan(x->ctx->actor, c->p.county))
		rc = RC_NOT_FOUND;
	if (rc == RC_OK)
		rc = duty_month_days(c->p.month, &first, &days);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = roster_cover_form.title, .area = FRAME_ROSTER });
	ui_title(&h, roster_cover_form.title, desk_join(x, c->who.name, roster_month_text(x, c->p.month)));
	html_raw(&h, "<p class=\"tools\">");
	ui_link(&h, roster_plan_path(x, c->plan, ""), T("整张值班表"));
	html_raw(&h, "</p>");
	ui_paragraph(&h, T("这几天里他的每一次都由这个人去，日子不变；有一次规则不让，就一次也不改。"));
	if (x->out->status == 409)
		ui_notice_say(&h, UI_LATE, NULL, T("这几天没有排他，或者这张表刚才有人改过。"));
	if (refused != NULL)
		ui_notice(&h, UI_LATE, T("不能这样改"), desk_join(x, desk_join(x, roster_where(x, &refused->slot), roster_day_text(x, refused->slot.day)),
		    desk_say(x, duty_rule_label(refused->rule))));
	if (sent)
		ui_error_summary(&h, &roster_cover_form, &x->findings);
	ui_form_open(&h, &(struct ui_form){ .action = roster_plan_path(x, c->plan, "/cover"), .csrf = x->csrf, .key = desk_key(x) });
	ui_hidden(&h, "provider", desk_int(x, c->provider));
	ui_field(&h, &cover_fields[1], sent ? ui_typed(&roster_cover_form, "licence", &x->typed) : TEXT_NONE, findings_of(&x->findings, "licence"));
	ui_field(&h, &cover_fields[2], sent ? ui_typed(&roster_cover_form, "from", &x->typed) : day_print(first, from), findings_of(&x->findings, "from"));
	ui_field(&h, &cover_fields[3], sent ? ui_typed(&roster_cover_form, "to", &x->typed) : day_print(day_add(first, (int)days - 1), to),
	    findings_of(&x->findings, "to"));
	ui_field(&h, &cover_fields[4], sent ? ui_typed(&roster_cover_form, "why", &x->typed) : TEXT_NONE, findings_of(&x->findings, "why"));
	ui_form_buttons(&h, T("全部交给他"), roster_plan_path(x, c->plan, ""));
	ui_form_close(&h);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
roster_cover_page(struct exchange *x)
{
	struct cover *c = ARENA_NEW(x->ctx->mem, struct cover);
	enum rc rc = c == NULL ? RC_NO_MEMORY : http_segment_id(x, "id", &c->plan);

	if (rc == RC_OK && int64_parse(desk_query(x, "provider"), 1, INT64_MAX, &c->provider) != RC_OK)
		rc = RC_NOT_FOUND;
	return rc == RC_OK ? show(x, c, NULL) : rc;
}

enum rc
roster_cover_post(struct exchange *x)
{
	const struct roster_cover_values *in = x->values;
	struct cover *c = ARENA_NEW(x->ctx->mem, struct cover);
	struct duty_covered done = { .n = 0 };
	enum rc rc = c == NULL ? RC_NO_MEMORY : http_segment_id(x, "id", &c->plan);

	if (rc != RC_OK)
		return rc;
	c->provider = in->provider;
	rc = x->form_rc == RC_OK ? duty_cover(x->ctx, frame_idem_key(x), &(struct duty_cover){ c->plan, in->provider, in->licence, in->from, in->to,
	    in->why }, &x->findings, &done) : x->form_rc;
	if (rc == RC_OK) {
		http_redirect(x->out, roster_plan_path(x, c->plan, ""));
		return RC_OK;
	}
	if (rc != RC_INVALID && rc != RC_CONFLICT && rc != RC_REFUSED)
		return rc;
	x->out->status = rc == RC_CONFLICT ? 409 : 422;
	return show(x, c, rc == RC_REFUSED ? &done : NULL);
}
