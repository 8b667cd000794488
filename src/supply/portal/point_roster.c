/* Who is on duty at a point today and in the weeks to come, for everybody to know. */
#include "supply/portal/portal_internal.h"

#include "kit/msg/msg.h"
#include "resources/duty/duty.h"
#include "resources/provider/provider.h"

#define AHEAD 31
#define SHOWN 24

struct on_duty { int64_t point; struct day today; struct duty_public v[SHOWN]; size_t n; };

static enum rc
on_duty_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct on_duty *d = argument;

	return duty_of_public(tx, actor, DUTY_OF_STATION, d->point, d->today, day_add(d->today, AHEAD), d->v, SHOWN, &d->n);
}

static struct text
when_text(struct exchange *x, const struct on_duty *d, struct day day)
{
	struct ymd y = day_to_ymd(day);
	const char *weekday = msg(x->ctx->lang, ui_weekday_label(day));

	return day.n == d->today.n ? arena_format(x->ctx->mem, "%s %02d-%02d %s", msg(x->ctx->lang, T("今天")), y.month, y.day, weekday) :
	    arena_format(x->ctx->mem, "%02d-%02d %s", y.month, y.day, weekday);
}

/* Who really comes: "律师 · 顶替某某", "这天来不了". */
static struct text
role_text(struct exchange *x, const struct duty_public *d)
{
	const char *kind = msg(x->ctx->lang, provider_kind_label((enum provider_kind)d->kind));

	if (d->away)
		return arena_format(x->ctx->mem, "%s · %s", kind, msg(x->ctx->lang, T("这天来不了")));
	if (d->instead_of.n > 0)
		return arena_format(x->ctx->mem, "%s · %s %.*s", kind, msg(x->ctx->lang, T("顶替")), (int)d->instead_of.n, d->instead_of.p);
	return text_of(kind);
}

static size_t
here_today(const struct on_duty *d)
{
	size_t n = 0;

	for (size_t i = 0; i < d->n; i++)
		n += d->v[i].day.n == d->today.n && !d->v[i].away;
	return n;
}

/* Nothing where no roster is published for the point. */
enum rc
portal_put_roster(struct exchange *x, struct html *h, const struct point *p)
{
	struct on_duty *d = ARENA_NEW(x->ctx->mem, struct on_duty);
	struct ui_duty *v = arena_array(x->ctx->mem, SHOWN, sizeof *v);
	enum rc rc;

	if (d == NULL || v == NULL)
		return RC_NO_MEMORY;
	d->point = p->id;
	d->today = portal_today(x);
	rc = db_read(x->ctx, on_duty_tx, d);
	if (rc != RC_OK || d->n == 0)
		return rc;
	for (size_t i = 0; i < d->n; i++) {
		v[i].when = when_text(x, d, d->v[i].day);
		v[i].name = d->v[i].name;
		v[i].role = role_text(x, &d->v[i]);
		v[i].where = d->v[i].seat ? portal_say(x, T("窗口值班")) : region_name(d->v[i].place);
		v[i].today = d->v[i].day.n == d->today.n && !d->v[i].away;
	}
	ui_section_open(h, T("谁来值班"));
	if (d->v[0].day.n != d->today.n)
		ui_paragraph(h, T("今天没有安排律师来值班，下面是接下来的日子。"));
	else if (here_today(d) == 0)
		ui_notice_say(h, UI_SOON, NULL, T("今天值班的人来不了，正在找人顶。急事可以打站点电话或者 12348。"));
	ui_roster(h, T("接下来一个月"), v, d->n);
	html_raw(h, "<p>");
	ui_link(h, arena_format(x->ctx->mem, "/feed/point/%.*s.ics", (int)p->code.n, p->code.p), T("把值班日子订到手机日历"));
	html_raw(h, "</p>");
	ui_section_close(h);
	return RC_OK;
}
