/* What recurs under a name at a point's place: market days, visits of teams, rounds with their stops, talks; and when next. */
#include "supply/portal/portal_internal.h"

#include "kit/msg/msg.h"
#include "resources/activity/activity.h"
#include "standards/holidays/holidays.h"
#include "standards/region/region.h"

#define SHOWN 12
#define MONTHS 3

struct here { struct place at; struct day today; struct activity v[SHOWN]; size_t n; };

static enum rc
here_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct here *a = argument;

	return activity_at(tx, actor, a->at, a->today, a->v, SHOWN, &a->n);
}

/* The next day from today on, within some months; DAY_NONE. */
static struct day
next_day(const struct activity *a, struct day today)
{
	struct day first = day_add(today, 1 - day_to_ymd(today).day);

	for (int m = 0; m < MONTHS; m++) {
		struct day month = day_add_months(first, m);
		struct ymd y = day_to_ymd(month);
		uint32_t days = activity_days(a, y.year * 100 + y.month, holidays_current());

		for (int k = 0; k < 31; k++)
			if ((days >> k & 1) != 0 && day_compare(day_add(month, k), today) >= 0)
				return day_add(month, k);
	}
	return DAY_NONE;
}

static void
put_one(struct exchange *x, struct html *h, const struct here *a, const struct activity *v)
{
	struct day next = next_day(v, a->today);
	struct text rule = activity_rule_text(x->ctx->mem, x->ctx->lang, v);
	char day[16];

	html_raw(h, "<li><strong>");
	html_text(h, portal_name(x, v->name, v->name_en));
	html_raw(h, "</strong> ");
	html_text(h, rule);
	if (!day_is_none(next)) {
		html_raw(h, " · ");
		html_say(h, T("下一次："));
		html_text(h, day_print(next, day));
	}
	for (size_t k = 0; k < v->n_stops; k++) {
		const struct activity_stop *s = &v->stop[k];

		html_raw(h, "<br><small>");
		html_text(h, region_name(s->place));
		buf_printf(h->out, " %02d:%02d–%02d:%02d</small>", s->opens / 60, s->opens % 60, s->closes / 60, s->closes % 60);
	}
	if (v->words.n > 0) {
		html_raw(h, "<br>");
		html_text(h, v->words);
	}
	html_raw(h, "</li>");
}

enum rc
portal_put_activities(struct exchange *x, struct html *h, struct place at)
{
	struct here *a = ARENA_NEW(x->ctx->mem, struct here);
	enum rc rc;

	if (a == NULL)
		return RC_NO_MEMORY;
	a->at = at;
	a->today = portal_today(x);
	rc = db_read(x->ctx, here_tx, a);
	if (rc != RC_OK || a->n == 0)
		return rc;
	ui_section_open(h, T("这里定期办的活动"));
	html_raw(h, "<ul>");
	for (size_t i = 0; i < a->n; i++)
		put_one(x, h, a, &a->v[i]);
	html_raw(h, "</ul>");
	ui_section_close(h);
	return RC_OK;
}
