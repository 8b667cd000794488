/* A case that another place has to handle: where it belongs, the letter that goes out of the city, and the letter printed. */
#include "supply/desk/desk_internal.h"

#include "operations/cooperate/cooperate.h"

#include <string.h>

struct transfer_values { int64_t revision; int kind; struct place organ; struct text authority, content, told; };

static const struct choice kinds[] = {
	{ TRANSFER_LITIGATION, "litigation", T("打官司的事：办案机关在那里") },
	{ TRANSFER_DISPUTE, "dispute", T("不打官司的事：处理争议的机关在那里") },
	{ TRANSFER_MATTER, "matter", T("不打官司的事：事情发生在那里") }, { 0, NULL, NULL },
};
static const struct field fields[] = {
	{ .key = "revision", .kind = FIELD_KEY, .label = T("版本"), .required = true, .max = INT64_MAX,
	  .offset = offsetof(struct transfer_values, revision) },
	{ .key = "kind", .kind = FIELD_CHOICE, .label = T("为什么由那里办"), .required = true, .choices = kinds,
	  .offset = offsetof(struct transfer_values, kind) },
	{ .key = "organ", .kind = FIELD_PLACE, .label = T("那里的区划代码"), .required = true,
	  .hint = T("6 位到 12 位；县（区）的代码就是当地身份证号的前 6 位。"),
	  .offset = offsetof(struct transfer_values, organ) },
	{ .key = "authority", .kind = FIELD_LINE, .label = T("函给谁"), .required = true, .min = 2, .max = 100,
	  .hint = T("当地的法律援助机构或公共法律服务中心的全称。"), .offset = offsetof(struct transfer_values, authority) },
	{ .key = "content", .kind = FIELD_PARAGRAPH, .label = T("函的正文"), .required = true, .min = TRANSFER_WORDS_LEAST,
	  .max = TRANSFER_WORDS_MOST, .hint = T("什么事、办到哪一步、请对方做什么。只写对方用得着的。"),
	  .offset = offsetof(struct transfer_values, content) },
	{ .key = "told", .kind = FIELD_PARAGRAPH, .label = T("告诉求助人的话"), .required = true, .min = TRANSFER_WORDS_LEAST,
	  .max = TRANSFER_WORDS_MOST, .hint = T("用大白话：为什么不在这里办、去哪里、找谁、电话多少、带什么。求助人在进度页看得到。"),
	  .offset = offsetof(struct transfer_values, told) },
};
const struct form transfer_form = FORM_OF("desk.transfer", T("转外地办理"), fields, struct transfer_values);

/* ---- where it belongs ------------------------------------------------------------------------------------------ */

static struct place
here_of(const struct exchange *x, const struct request *r)
{
	struct point p;

	return network_find(x->ctx, r->holder_point, &p) == RC_OK ? p.place : place_up(r->place, PLACE_CITY);
}

/* The centre of the county where the matter arose, or whose code was typed. */
static void
put_county(struct exchange *x, struct html *h, const struct case_view *v, struct place organ)
{
	struct point *points = NULL;
	struct place county = place_up(organ, PLACE_COUNTY);
	size_t n = 0;

	if (network_list(x->ctx, POINT_COUNTY, county, desk_today(x), &points, &n) != RC_OK || n == 0)
		return;
	ui_notice(h, UI_INFO, T("按法律援助法第三十八条，这件事由外县（区）的中心办"),
	    desk_join(x, region_name(county), desk_name(x, points[0].name, points[0].name_en)));
	html_raw(h, "<p>");
	ui_link(h, desk_case_path(x, v->id, "handover"), T("在本市：转交给那里的中心，对方接收以前仍由您负责"));
	html_raw(h, "</p>");
}

/* On the case's page: the matter arose in another county than the one that holds it. */
void
case_belongs(struct exchange *x, struct html *h, const struct case_view *v)
{
	if (v->may_act && request_is_open(v->r.state) && v->offer == NULL
	    && place_level(here_of(x, &v->r)) >= PLACE_COUNTY
	    && transfer_judge(here_of(x, &v->r), v->r.place) == TRANSFER_COUNTY)
		put_county(x, h, v, v->r.place);
	if (v->r.outcome.n > 0 && text_equals(v->r.outcome, TEXT(TRANSFER_OUTCOME))) {
		html_raw(h, "<p>");
		ui_link(h, desk_case_path(x, v->id, "letter"), T("已转外地办理，看转出函"));
		html_raw(h, "</p>");
	}
}

void
draw_transfer(struct exchange *x, struct html *h, const struct case_view *v, const struct act *act)
{
	struct text typed = ui_typed(act->form, "organ", &x->typed);
	struct place organ = { 0 };

	ui_paragraph(h, T("只用于外地：办案机关、争议处理机关或者事情发生地不在本市。本市别的县（区）用「转交」。"));
	if (place_parse(typed, &organ) == RC_OK && transfer_judge(here_of(x, &v->r), organ) == TRANSFER_COUNTY)
		put_county(x, h, v, organ);
	draw_revision(x, h, v);
	for (size_t i = 0; i < act->form->n; i++)
		if (strcmp(act->form->fields[i].key, "revision") != 0)
			ui_form_field(h, act->form, act->form->fields[i].key, &x->typed, &x->findings);
}

static const char *
way_words(enum transfer_way way)
{
	switch (way) {
	case TRANSFER_COUNTY:
		return T("这个地方在本市别的县（区）：请用「转交」，不用转出函");
	case TRANSFER_STAYS:
		return T("这个地方就在本县（区），由这里办");
	case TRANSFER_UNCLEAR:
	case TRANSFER_OUTSIDE:
		break;
	}
	return T("看不出是哪个市、哪个县（区），请填到 6 位或更细");
}

enum rc
transfer_post(struct exchange *x)
{
	const struct transfer_values *in = x->values;
	enum transfer_way way = TRANSFER_OUTSIDE;
	struct case_id id;
	enum rc rc = http_segment_id(x, "id", &id.n);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = transfer_out(x->ctx, frame_idem_key(x), &(struct transfer_new){ .id = id, .revision = in->revision,
		    .kind = (enum transfer_kind)in->kind, .organ = in->organ, .authority = in->authority, .content = in->content,
		    .told = in->told }, &way);
	if (rc == RC_REFUSED)
		findings_add(&x->findings, "organ", way_words(way), 0);
	return case_end(x, id, "transfer", rc, "transfer");
}

/* ---- the letter ---------------------------------------------------------------------------------------------------- */

struct letter_arg { struct case_id id; struct transfer_letter letter; };

static enum rc
letter_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct letter_arg *a = arg;

	return transfer_letter_load(tx, actor, a->id, &a->letter);
}

static void
put_lines(struct html *h, struct text t)
{
	html_raw(h, "<p class=\"detail\">");
	html_lines(h, t);
	html_raw(h, "</p>");
}

enum rc
letter_page(struct exchange *x)
{
	struct letter_arg a = { .id = { 0 } };
	struct transfer_letter *l = &a.letter;
	struct html h = frame_html(x);
	char day[16];
	enum rc rc = http_segment_id(x, "id", &a.id.n);

	if (rc == RC_OK)
		rc = db_read(x->ctx, letter_tx, &a);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("转出函"), .area = FRAME_QUEUE });
	ui_title(&h, T("转出函"), l->number);
	html_raw(&h, "<div class=\"actions\"><button type=\"button\" class=\"button\" data-print data-key=\"p\" hidden>");
	html_say(&h, T("打印"));
	html_raw(&h, " <kbd>p</kbd></button></div>");
	ui_facts(&h, (const struct ui_fact[]){
	    { T("函给谁"), l->authority, TEXT_NONE },
	    { T("日期"), arena_text(x->ctx->mem, day_print(day_of_moment(l->at_ms), day)), TEXT_NONE },
	    { T("我方编号"), l->request_number, desk_case_path(x, a.id, "") },
	    { T("谁的事"), l->person_name.n > 0 ? l->person_name : desk_say(x, T("匿名")), TEXT_NONE },
	    { T("事由"), l->subject, TEXT_NONE },
	    { T("那里的区划代码"), desk_int(x, l->organ.code), TEXT_NONE },
	    { T("依据"), l->basis, TEXT_NONE } }, 7);
	ui_section_open(&h, T("函的正文"));
	put_lines(&h, l->content);
	ui_section_close(&h);
	ui_section_open(&h, T("告诉求助人的话"));
	put_lines(&h, l->told);
	ui_section_close(&h);
	ui_facts(&h, (const struct ui_fact[]){
	    { T("发函单位"), desk_join(x, l->point_name, l->point_phone), TEXT_NONE },
	    { T("经办人"), l->account_name, TEXT_NONE } }, 2);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}
