/* A round: what is fixed, the draw with everything it hangs on, who was left out and why, how far it is. */
#include "evaluation/page/quality_internal.h"

#include "resources/identity/identity.h"
#include "standards/region/region.h"

#include <limits.h>

struct round_values { struct text name; int reach; struct day from, to; int64_t wanted, percent, per_file; };
#define R(member) offsetof(struct round_values, member)
enum { REACH_COUNTY = 1, REACH_CITY };
static const struct choice reach_choices[] = { { REACH_COUNTY, "own", T("我管的县（区）") }, { REACH_CITY, "city", T("全市") }, { 0, NULL, NULL } };
static const struct field round_fields[] = {
	{ .key = "name", .kind = FIELD_LINE, .label = T("叫什么"), .required = true, .min = 2, .max = 60, .hint = T("例如：2026年上半年评查。"), .offset = R(name) },
	{ .key = "reach", .kind = FIELD_CHOICE, .label = T("评哪里的案件"), .required = true, .choices = reach_choices, .offset = R(reach) },
	{ .key = "from", .kind = FIELD_DAY, .label = T("结案日期从"), .required = true, .min = INT_MIN, .max = 0, .offset = R(from) },
	{ .key = "to", .kind = FIELD_DAY, .label = T("到"), .required = true, .min = INT_MIN, .max = 0, .offset = R(to) },
	{ .key = "wanted", .kind = FIELD_INT, .label = T("抽几件"), .min = 0, .max = QUALITY_DRAWN_MAX, .hint = T("按比例抽的写 0。"), .offset = R(wanted) },
	{ .key = "percent", .kind = FIELD_INT, .label = T("或者抽百分之几"), .min = 0, .max = 100, .offset = R(percent) },
	{ .key = "per_file", .kind = FIELD_INT, .label = T("一件由几位专家评"), .min = 1, .max = 5, .offset = R(per_file) },
};
const struct form quality_round_form = FORM_OF("quality.round", T("新的评查"), round_fields, struct round_values);

struct draw_values { int64_t revision; struct text witness, number; };
#define D(member) offsetof(struct draw_values, member)
static const struct field draw_fields[] = {
	{ .key = "revision", .kind = FIELD_KEY, .label = T("版本"), .required = true, .max = INT64_MAX, .offset = D(revision) },
	{ .key = "witness", .kind = FIELD_LINE, .label = T("见证人姓名"), .required = true, .min = 2, .max = 40, .hint = T("不是您，也不是专家。"), .offset = D(witness) },
	{ .key = "number", .kind = FIELD_LINE, .label = T("见证人当场报出的数字"), .required = true, .min = 6, .max = 30, .hint = T("6 到 30 位，随便什么数。"), .offset = D(number) },
};
const struct form quality_draw_form = FORM_OF("quality.draw", T("抽取"), draw_fields, struct draw_values);
struct step_values { int64_t revision; };
static const struct field step_fields[] = {
	{ .key = "revision", .kind = FIELD_KEY, .label = T("版本"), .required = true, .max = INT64_MAX, .offset = 0 },
};
const struct form quality_step_form = FORM_OF("quality.step", T("结束评查"), step_fields, struct step_values);

/* ---- a new one -------------------------------------------------------------------------------------------------- */

static struct text
begins(const struct exchange *x, const char *key)
{
	struct day today = day_of_moment(x->ctx->now_ms);
	struct text k = text_of(key);

	if (x->typed.v != NULL && x->in->method == HTTP_POST)
		return ui_typed(&quality_round_form, key, &x->typed);
	if (text_equals(k, TEXT("from")))
		return qp_day(x, day_add_months(today, -12));
	if (text_equals(k, TEXT("to")))
		return qp_day(x, today);
	if (text_equals(k, TEXT("reach")))
		return TEXT("own");
	return text_equals(k, TEXT("wanted")) ? TEXT("10") : text_equals(k, TEXT("percent")) ? TEXT("0") : text_equals(k, TEXT("per_file")) ? TEXT("2") : TEXT_NONE;
}

static enum rc
new_show(struct exchange *x, struct text trouble)
{
	struct html h = frame_html(x);

	frame_desk_open(x, &h, &(struct frame_page){ .title = T("新的评查"), .area = FRAME_QUEUE });
	ui_title(&h, T("新的评查"), TEXT_NONE);
	qp_back(&h, TEXT("/desk/quality"), T("回到案件质量"));
	if (trouble.n > 0)
		ui_notice(&h, UI_LATE, T("没有办成"), trouble);
	ui_paragraph(&h, T("先确定名单：这段时间结案、没有评过的案件，和现任的专家。名单一定就不能改；然后由见证人报一个数字，当场抽取。"));
	ui_error_summary(&h, &quality_round_form, &x->findings);
	ui_form_open(&h, &(struct ui_form){ .action = TEXT("/desk/quality/round/new"), .csrf = x->csrf, .key = frame_key_text(x) });
	html_raw(&h, "<div class=\"columns\">");
	for (size_t i = 0; i < quality_round_form.n; i++)
		ui_field(&h, &quality_round_form.fields[i], begins(x, quality_round_form.fields[i].key),
		    findings_of(&x->findings, quality_round_form.fields[i].key));
	html_raw(&h, "</div>");
	ui_form_buttons(&h, T("确定名单"), TEXT("/desk/quality"));
	ui_form_close(&h);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
quality_round_new_get(struct exchange *x)
{
	return new_show(x, TEXT_NONE);
}

struct place
qp_place(const struct actor *a, bool city)
{
	struct place whole = { a->city * INT64_C(100000000) }, own = { a->places.lo };

	return city || (int)place_level(own) <= (int)PLACE_CITY ? whole : place_up(own, PLACE_COUNTY);
}

enum rc
quality_round_new_post(struct exchange *x)
{
	const struct round_values *in = x->values;
	struct quality_verdict v = { QUALITY_YES, 0 };
	struct text trouble = TEXT_NONE;
	int64_t id = 0;
	enum rc rc = x->form_rc;

	if (rc == RC_OK && (in->wanted == 0) == (in->percent == 0)) {
		findings_add(&x->findings, "wanted", T("写抽几件，或者百分之几，两样写一样"), 0);
		rc = RC_INVALID;
	}
	if (rc == RC_OK)
		rc = quality_round_fix(x->ctx, frame_idem_key(x), &(struct quality_round_new){ .name = text_trim(in->name),
		    .place = qp_place(x->ctx->actor, in->reach == REACH_CITY), .from = in->from, .to = in->to, .wanted = in->wanted, .percent = in->percent,
		    .per_file = in->per_file }, &v, &id);
	if (rc == RC_OK) {
		http_redirect(x->out, arena_format(x->ctx->mem, "/desk/quality/round/%lld", (long long)id));
		return RC_OK;
	}
	if (!qp_trouble(x, rc, v, &trouble))
		return rc;
	return new_show(x, x->findings.total > 0 ? TEXT_NONE : trouble);
}

/* ---- one round ------------------------------------------------------------------------------------------------------- */

#define SEEN_MAX 4000
struct view {
	int64_t id;
	struct quality_round r;
	struct quality_file files[QUALITY_DRAWN_MAX];
	struct quality_seen *seen;
	size_t n, n_seen;
};

static enum rc
view_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct view *v = arg;
	enum rc rc = quality_round_load(tx, actor, v->id, &v->r);

	if (rc == RC_OK)
		rc = quality_files(tx, actor, v->id, v->files, QUALITY_DRAWN_MAX, &v->n);
	return rc == RC_OK ? quality_candidates(tx, actor, v->id, v->seen, SEEN_MAX, &v->n_seen) : rc;
}

/* "甲、乙": those of a file that `fits` says; with the reason behind each name, if asked for. */
enum seen_as { AS_CHOSEN, AS_EXCLUDED, AS_PASSED };

static struct text
names_of(const struct exchange *x, const struct view *v, int64_t file, enum seen_as as)
{
	struct text t = TEXT_NONE;

	for (size_t i = 0; i < v->n_seen; i++) {
		const struct quality_seen *s = &v->seen[i];
		enum seen_as is = s->chosen ? AS_CHOSEN : s->why == QUALITY_MAY ? AS_PASSED : AS_EXCLUDED;
		struct text name = s->name;

		if (s->file != file || is != as || (s->turn > 0 && (as == AS_PASSED || s->why == QUALITY_SEATED)))
			continue;
		if (as == AS_EXCLUDED)
			name = arena_format(x->ctx->mem, "%.*s（%s）", (int)name.n, name.p, msg(x->ctx->lang, quality_why_label(s->why)));
		else if (as == AS_CHOSEN && s->turn > 0)
			name = arena_format(x->ctx->mem, "%.*s（%s）", (int)name.n, name.p, msg(x->ctx->lang, T("后来补抽")));
		t = t.n == 0 ? name : arena_format(x->ctx->mem, "%.*s、%.*s", (int)t.n, t.p, (int)name.n, name.p);
	}
	return t;
}

static void
put_files(struct exchange *x, struct html *h, const struct view *v)
{
	static const struct ui_column columns[] = { { T("次序"), true }, { T("案件"), false }, { T("承办人员"), false }, { T("专家"), false },
		{ T("状态"), false }, { T("得分"), true }, { T("等次"), false } };
	struct ui_table t;

	ui_table_open(&t, h, T("抽中的案件"), columns, 7);
	for (size_t i = 0; i < v->n; i++) {
		const struct quality_file *f = &v->files[i];
		struct text state = qp_say(x, quality_file_label(f->state));

		if (f->state == QUALITY_SCORING && f->lacks > 0)
			state = qp_join(x, state, qp_sayn(x, T("还缺 %lld 位专家"), f->lacks));
		ui_row_open(&t);
		ui_cell(&t, f->must ? qp_say(x, T("必评")) : qp_int(x, f->place_of));
		ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/request/%lld/quality", (long long)f->request), f->number);
		ui_cell(&t, qp_join(x, f->provider_name, f->firm_name));
		ui_cell(&t, names_of(x, v, f->id, AS_CHOSEN));
		ui_cell(&t, state);
		ui_cell(&t, qp_points(x, f->score));
		ui_cell(&t, f->grade != QUALITY_NO_GRADE ? qp_say(x, quality_grade_label(f->grade)) : TEXT_NONE);
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

/* Of each file, who could not be and why; and whom the lot passed over. */
static void
put_excluded(struct exchange *x, struct html *h, const struct view *v)
{
	static const struct ui_column columns[] = { { T("案件"), false }, { T("不能评，为什么"), false }, { T("可以评，没有抽到"), false } };
	struct ui_table t;

	ui_section_open(h, T("谁没有评哪一件，为什么"));
	ui_table_open(&t, h, T("谁没有评哪一件，为什么"), columns, 3);
	for (size_t i = 0; i < v->n; i++) {
		struct text excluded = names_of(x, v, v->files[i].id, AS_EXCLUDED);

		ui_row_open(&t);
		ui_cell(&t, qp_join(x, v->files[i].number, v->files[i].provider_name));
		ui_cell(&t, excluded.n > 0 ? excluded : qp_say(x, T("没有这样的专家")));
		ui_cell(&t, names_of(x, v, v->files[i].id, AS_PASSED));
		ui_row_close(&t);
	}
	ui_table_close(&t);
	ui_section_close(h);
}

static void
put_basis(struct exchange *x, struct html *h, const struct quality_round *r)
{
	struct text from = qp_day(x, r->from), to = qp_day(x, r->to);
	struct ui_fact facts[14];
	size_t n = 0;

	facts[n++] = (struct ui_fact){ .label = T("地方"), .value = region_path(r->place) };
	facts[n++] = (struct ui_fact){ .label = T("结案日期"), .value = arena_format(x->ctx->mem, "%.*s – %.*s", (int)from.n, from.p, (int)to.n, to.p) };
	facts[n++] = (struct ui_fact){ .label = T("可以抽的"), .value = qp_int(x, r->files) };
	facts[n++] = (struct ui_fact){ .label = T("抽多少"), .value = r->wanted > 0 ? qp_int(x, r->wanted) : arena_format(x->ctx->mem, "%lld%%", (long long)r->percent) };
	facts[n++] = (struct ui_fact){ .label = T("一件几位专家"), .value = qp_int(x, r->per_file) };
	facts[n++] = (struct ui_fact){ .label = T("谁定的名单"), .value = qp_join(x, r->fixed_name, qp_when(x, r->fixed_ms)) };
	if (r->state != QUALITY_FIXED) {
		facts[n++] = (struct ui_fact){ .label = T("谁抽的"), .value = qp_join(x, r->drawn_name, qp_when(x, r->drawn_ms)) };
		facts[n++] = (struct ui_fact){ .label = T("见证人"), .value = qp_join(x, r->witness, r->number) };
	}
	ui_section_open(h, T("这一轮"));
	ui_facts(h, facts, n);
	html_raw(h, "<details class=\"why\"><summary>");
	html_say(h, T("为什么谁也左右不了这次抽取"));
	html_raw(h, "</summary><p>");
	html_say(h, T("定名单的人不知道见证人会报什么数字；报数字的人不知道密值；密值的承诺在抽取以前就公布，名单和数字事后改了，重新抽就对不上。任何人都可以用下面的值再抽一次，结果一样；系统核对（verify）每次都这样做。"));
	html_raw(h, "</p><dl class=\"facts break\">");
	for (size_t i = 0; i < 5; i++) {
		const struct { const char *label; struct text value; } v[5] = { { T("名单摘要"), r->digest }, { T("密值的承诺"), r->promise },
			{ T("定名单时审计链的末端"), r->root }, { T("密值"), r->nonce }, { T("种子"), r->seed } };

		html_raw(h, "<div><dt>");
		html_say(h, v[i].label);
		html_raw(h, "</dt><dd><code>");
		html_text(h, v[i].value.n > 0 ? v[i].value : TEXT("–"));
		html_raw(h, "</code></dd></div>");
	}
	html_raw(h, "</dl></details>");
	ui_section_close(h);
}

static void
put_steps(struct exchange *x, struct html *h, const struct quality_round *r)
{
	if (r->state == QUALITY_FIXED) {
		ui_section_open(h, T("抽取"));
		ui_paragraph(h, T("请见证人当场报一个数字。只能抽一次。"));
		ui_error_summary(h, &quality_draw_form, &x->findings);
		ui_form_open(h, &(struct ui_form){ .action = arena_format(x->ctx->mem, "/desk/quality/round/%lld/draw", (long long)r->id), .csrf = x->csrf,
		    .key = frame_key_text(x) });
		ui_hidden(h, "revision", qp_int(x, r->revision));
		for (size_t i = 1; i < quality_draw_form.n; i++)
			ui_form_field(h, &quality_draw_form, quality_draw_form.fields[i].key, &x->typed, &x->findings);
		ui_form_buttons(h, T("抽取"), TEXT_NONE);
		ui_form_close(h);
		ui_section_close(h);
	}
}

static void
put_close(struct exchange *x, struct html *h, const struct quality_round *r)
{
	if (r->state != QUALITY_DRAWN)
		return;
	ui_form_open(h, &(struct ui_form){ .action = arena_format(x->ctx->mem, "/desk/quality/round/%lld/close", (long long)r->id), .csrf = x->csrf,
	    .key = qp_key(x) });
	ui_hidden(h, "revision", qp_int(x, r->revision));
	html_raw(h, "<p><button type=\"submit\" class=\"button\">");
	html_say(h, T("结束评查"));
	html_raw(h, "</button></p>");
	ui_form_close(h);
}

static enum rc
round_show(struct exchange *x, int64_t id, struct text trouble)
{
	struct view *v = ARENA_NEW(x->ctx->mem, struct view);
	struct html h = frame_html(x);
	enum rc rc;

	if (v == NULL || (v->seen = arena_array(x->ctx->mem, SEEN_MAX, sizeof *v->seen)) == NULL)
		return RC_NO_MEMORY;
	v->id = id;
	rc = db_read(x->ctx, view_tx, v);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("案件质量评查"), .area = FRAME_QUEUE });
	ui_title_text(&h, v->r.name, qp_say(x, T("案件质量评查")));
	qp_back(&h, TEXT("/desk/quality"), T("回到案件质量"));
	if (trouble.n > 0)
		ui_notice(&h, UI_LATE, T("没有办成"), trouble);
	html_raw(&h, "<p>");
	ui_tag(&h, v->r.state == QUALITY_CLOSED ? UI_OK : UI_INFO, qp_say(x, quality_round_label(v->r.state)));
	html_raw(&h, "</p>");
	if (v->r.lacking > 0)
		ui_notice_say(&h, UI_SOON, NULL, T("有案件还缺专家：请到那一件里补抽，或者写明理由不评。"));
	put_steps(x, &h, &v->r);
	if (v->n > 0) {
		put_files(x, &h, v);
		put_excluded(x, &h, v);
	}
	put_basis(x, &h, &v->r);
	put_close(x, &h, &v->r);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
quality_round_get(struct exchange *x)
{
	int64_t id = 0;
	enum rc rc = http_segment_id(x, "id", &id);

	return rc == RC_OK ? round_show(x, id, TEXT_NONE) : rc;
}

static enum rc
stepped(struct exchange *x, int64_t id, enum rc rc, struct quality_verdict v)
{
	struct text trouble = TEXT_NONE;

	if (rc == RC_OK) {
		http_redirect(x->out, arena_format(x->ctx->mem, "/desk/quality/round/%lld", (long long)id));
		return RC_OK;
	}
	if (!qp_trouble(x, rc, v, &trouble))
		return rc;
	return round_show(x, id, x->findings.total > 0 ? TEXT_NONE : trouble);
}

enum rc
quality_draw_post(struct exchange *x)
{
	const struct draw_values *in = x->values;
	struct quality_verdict v = { QUALITY_YES, 0 };
	int64_t id = 0;
	enum rc rc = http_segment_id(x, "id", &id);

	if (rc == RC_OK)
		rc = x->form_rc;
	if (rc == RC_OK)
		rc = quality_round_draw(x->ctx, frame_idem_key(x), id, in->revision, in->witness, in->number, &v);
	return stepped(x, id, rc, v);
}

enum rc
quality_close_post(struct exchange *x)
{
	const struct step_values *in = x->values;
	struct quality_verdict v = { QUALITY_YES, 0 };
	int64_t id = 0;
	enum rc rc = http_segment_id(x, "id", &id);

	if (rc == RC_OK)
		rc = x->form_rc;
	if (rc == RC_OK)
		rc = quality_round_close(x->ctx, frame_idem_key(x), id, in->revision, &v);
	return stepped(x, id, rc, v);
}
