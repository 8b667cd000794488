/* Rights by who somebody is or what happened: the list, and one topic with its first steps, its papers and where to go. */
#include "supply/portal/portal_internal.h"

#include "kit/msg/msg.h"
#include "operations/writing/writing.h"
#include "standards/holidays/holidays.h"
#include "supply/portal/topic.h"

#define TOPICS_MAX 40

struct topics { struct day day; struct text name; struct topic_text v[TOPICS_MAX]; size_t n; };

static enum rc
one_load(struct tx *tx, const struct actor *actor, struct text name, struct day day, struct topic_text *ret)
{
	struct sheet_version v;
	struct sheet_faults faults;
	enum rc rc = sheet_current(tx, actor, &topic_sheet, name, day, &v);

	if (rc == RC_OK)
		rc = topic_parse(v.sheet.text, ret, &faults);
	return rc == RC_INVALID ? RC_CORRUPT : rc;
}

/* All of them, or the one that is named. */
static enum rc
topics_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct topics *t = argument;
	struct sheet_text s;
	enum rc rc = RC_OK;

	if (t->name.n > 0) {
		t->n = 1;
		return one_load(tx, actor, t->name, t->day, &t->v[0]);
	}
	for (; rc == RC_OK && t->n < TOPICS_MAX && topic_sheet.builtin(t->n, &s); t->n++)
		rc = one_load(tx, actor, s.name, t->day, &t->v[t->n]);
	return rc;
}

static enum rc
topics_read(struct exchange *x, struct text name, struct topics **ret)
{
	struct topics *t = ARENA_NEW(x->ctx->mem, struct topics);

	*ret = t;
	if (t == NULL)
		return RC_NO_MEMORY;
	t->n = 0;
	t->day = portal_today(x);
	t->name = name;
	return db_read(x->ctx, topics_tx, t);
}

static struct text
say(struct exchange *x, struct topic_words w)
{
	return portal_name(x, w.zh, w.en);
}

static const char *
icon_of(struct exchange *x, struct text icon)
{
	static const char *const known[] = { "coin", "heart", "users", "user", "car", "home", "shield", "file-text", "briefcase", "help" };

	(void)x;
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (text_equals(icon, text_of(known[i])))
			return known[i];
	return "help";
}

static enum rc
topics_put(struct exchange *x, struct html *h)
{
	struct topics *t = NULL;
	struct ui_tile tiles[TOPICS_MAX];
	enum rc rc = topics_read(x, TEXT_NONE, &t);

	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < t->n; i++)
		tiles[i] = (struct ui_tile){ .icon = icon_of(x, t->v[i].icon), .text = say(x, t->v[i].name), .detail = say(x, t->v[i].lead),
			.href = portal_path(x, "/rights/", t->v[i].id) };
	ui_tiles(h, T("维权专题"), tiles, t->n);
	return RC_OK;
}

enum rc
topics_page(struct exchange *x)
{
	struct html h = frame_html(x);
	enum rc rc;

	frame_public_open(x, &h, &(struct frame_page){ .title = T("维权专题"), .wide = true,
	    .description = T("欠薪、消费、老年人、残疾人、未成年人、外来务工人员：有什么权利，先做什么，找谁。") });
	ui_title(&h, T("维权专题"), TEXT_NONE);
	ui_paragraph(&h, T("有什么权利，先做什么，去哪里，写什么。不用登录，免费。"));
	rc = topics_put(x, &h);
	html_raw(&h, "<p>");
	ui_button_link(&h, TEXT("/check/paths"), T("不知道该走哪条路？答几个问题"), false);
	html_raw(&h, "</p>");
	frame_public_close(x, &h);
	return rc == RC_OK ? buf_rc(h.out) : rc;
}

/* ---- one ------------------------------------------------------------------------------------------------------ */

static void
put_words(struct exchange *x, struct html *h, const char *title, const struct topic_words *v, size_t n, bool ordered)
{
	ui_section_open(h, title);
	if (ordered)
		html_raw(h, "<ol>");
	else
		html_raw(h, "<ul>");
	for (size_t i = 0; i < n; i++) {
		html_raw(h, "<li>");
		html_text(h, say(x, v[i]));
		html_raw(h, "</li>");
	}
	if (ordered)
		html_raw(h, "</ol>");
	else
		html_raw(h, "</ul>");
	ui_section_close(h);
}

/* On to the guide with what is known from here. */
static void
put_guide(struct exchange *x, struct html *h, const struct topic_text *t)
{
	ui_form_open(h, &(struct ui_form){ .action = TEXT("/check/paths"), .csrf = x->csrf });
	for (size_t i = 0; i < t->n_guide; i++)
		ui_hidden(h, "a[]", t->guide[i]);
	html_raw(h, "<div class=\"buttons\"><button type=\"submit\" class=\"button primary\">");
	html_say(h, T("看看该走哪条路，最晚哪一天"));
	html_raw(h, "</button>");
	ui_button_link(h, arena_format(x->ctx->mem, "/ask?topic=%.*s", (int)t->about.n, t->about.p), T("写下来，请人联系我"), false);
	ui_button_link(h, TEXT("/check/legal_aid"), T("能不能申请法律援助"), false);
	portal_call(h, TEXT("12348"));
	html_raw(h, "</div>");
	ui_form_close(h);
}

static void
put_papers(struct exchange *x, struct html *h, const struct topic_text *t)
{
	if (t->n_paper == 0)
		return;
	ui_section_open(h, T("要写的文书"));
	html_raw(h, "<ul>");
	for (size_t i = 0; i < t->n_paper; i++) {
		const struct paper_template *p = writing_template(x->ctx->mem, t->paper[i]);

		html_raw(h, "<li>");
		html_text(h, p == NULL ? t->paper[i] : p->name);
		html_raw(h, "</li>");
	}
	html_raw(h, "</ul><p>");
	html_say(h, T("不会写的，站点有人帮您写，读给您听，不收费。"));
	html_raw(h, " ");
	ui_link(h, TEXT("/items/drafting"), T("简单法律文书代写"));
	html_raw(h, "</p>");
	ui_section_close(h);
}

static void
put_near(struct exchange *x, struct html *h)
{
	struct point_near near[8];
	struct place p = portal_place(x);
	size_t n = 0, at = 0;

	if (p.code == 0 || portal_near(x, p, near, 8, &n) != RC_OK || n == 0) {
		html_raw(h, "<p>");
		ui_button_link(h, TEXT("/points"), T("找最近的站点"), false);
		html_raw(h, "</p>");
		return;
	}
	while (at + 1 < n && !near[at].state.open)
		at++;
	portal_station(x, h, &near[near[at].state.open ? at : 0], false);
	html_raw(h, "<p>");
	ui_link(h, TEXT("/points"), T("其他站点，换个地方"));
	html_raw(h, "</p>");
}

static void
put_laws(struct exchange *x, struct html *h, const struct topic_text *t)
{
	ui_section_open(h, T("依据"));
	html_raw(h, "<ul>");
	for (size_t i = 0; i < t->n_law; i++) {
		html_raw(h, "<li>");
		html_text(h, say(x, t->law[i].words));
		if (!t->law[i].verified) {
			html_raw(h, " ");
			ui_tag(h, UI_HOLD, portal_say(x, T("未核实")));
		}
		html_raw(h, "</li>");
	}
	html_raw(h, "</ul>");
	ui_section_close(h);
}

enum rc
topic_page(struct exchange *x)
{
	struct topics *t = NULL;
	struct html h = frame_html(x);
	enum rc rc = topics_read(x, http_segment(x, "topic"), &t);
	const struct topic_text *one;

	if (rc != RC_OK)
		return rc;
	one = &t->v[0];
	frame_public_open(x, &h, &(struct frame_page){ .title_text = say(x, one->name) });
	ui_title_text(&h, say(x, one->name), TEXT_NONE);
	html_raw(&h, "<p class=\"lead\">");
	html_text(&h, say(x, one->lead));
	html_raw(&h, "</p>");
	put_words(x, &h, T("有什么权利"), one->right, one->n_right, false);
	put_words(x, &h, T("先做什么"), one->step, one->n_step, true);
	put_guide(x, &h, one);
	put_words(x, &h, T("去哪里"), one->where, one->n_where, false);
	put_near(x, &h);
	put_papers(x, &h, one);
	put_laws(x, &h, one);
	html_raw(&h, "<p>");
	ui_link(&h, TEXT("/rights"), T("别的专题"));
	html_raw(&h, "</p>");
	frame_public_close(x, &h);
	return buf_rc(h.out);
}
