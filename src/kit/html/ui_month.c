/* A month as a wall calendar: seven columns from Monday on, each day written by the caller. */
#include "kit/html/ui.h"

#include "base/day.h"
#include "kit/msg/msg.h"

#include <stdio.h>

static void
blanks(struct html *h, int n)
{
	for (int i = 0; i < n; i++)
		html_raw(h, "<td class=\"blank\"></td>");
}

const char *
ui_weekday_label(struct day d)
{
	static const char *const days[] = { T("周一"), T("周二"), T("周三"), T("周四"), T("周五"), T("周六"), T("周日") };

	return days[day_weekday(d) - 1];
}

void
ui_month(struct html *h, struct day first, void (*put_day)(struct html *h, struct day d, void *arg), void *arg)
{
	struct day next = day_add_months(first, 1);
	struct ymd y = day_to_ymd(first);
	char caption[32];

	snprintf(caption, sizeof caption, "%d-%02d", y.year, y.month);
	html_raw(h, "<table class=\"month\"><caption>");
	html_str(h, caption);
	html_raw(h, "</caption><thead><tr>");
	for (int i = 0; i < 7; i++) {
		html_raw(h, "<th scope=\"col\">");
		html_say(h, ui_weekday_label((struct day){ i + 4 })); /* 1970-01-05 was a Monday */
		html_raw(h, "</th>");
	}
	html_raw(h, "</tr></thead><tbody><tr>");
	blanks(h, day_weekday(first) - 1);
	for (struct day d = first; d.n < next.n; d = day_add(d, 1)) {
		if (d.n > first.n && day_weekday(d) == 1)
			html_raw(h, "</tr><tr>");
		put_day(h, d, arg);
	}
	blanks(h, 7 - day_weekday(day_add(next, -1)));
	html_raw(h, "</tr></tbody></table>");
}
