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

	return duty_of_point_public(tx, actor, d->point, d->today, day_add(d->today, AHEAD), d->v, SHOWN, &d->n);
}

static struct text
when_text(struct exchange *x, const struct on_duty *d, struct day day)
{
	struct ymd y = day_to_ymd(day);
	const char *weekday = msg(x->ctx->lang, ui_weekday_label(day));

	return day.n == d->today.n ? arena_format(x->ctx->mem, "%s %02d-%02d %s", msg(x->ctx->lang, T("今天")), y.month, y.day, weekday) :
	    arena_format(x->ctx->mem, "%02d-%02d %s", y.month, y.day, weekday);
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
		v[i].role = portal_say(x, provider_kind_label((enum provider_kind)d->v[i].kind));
		v[i].where = d->v[i].seat ? portal_say(x, T("窗口值班")) : region_name(d->v[i].place);
		v[i].today = d->v[i].day.n == d->today.n;
	}
	ui_section_open(h, T("谁来值班"));
	if (d->v[0].day.n != d->today.n)
		ui_paragraph(h, T("今天没有安排律师来值班，下面是接下来的日子。"));
	ui_roster(h, T("接下来一个月"), v, d->n);
	ui_section_close(h);
	return RC_OK;
}
