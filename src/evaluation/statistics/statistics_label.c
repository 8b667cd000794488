#include "evaluation/statistics/statistics.h"

#include "kit/msg/msg.h"

static const struct { const char *key, *label; } bys[FIGURE_BY_COUNT] = {
	[FIGURE_BY_ITEM] = { "item", T("按事项") },
	[FIGURE_BY_CHANNEL] = { "channel", T("按渠道") },
	[FIGURE_BY_TIER] = { "tier", T("按层级") },
	[FIGURE_BY_COUNTY] = { "county", T("按县级市（区）") },
	[FIGURE_BY_TOWN] = { "town", T("按镇（街道）") },
	[FIGURE_BY_TOPIC] = { "topic", T("按遇到的事") },
	[FIGURE_BY_TIMING] = { "timing", T("定时＋及时") },
	[FIGURE_BY_LINE] = { "line", T("线上＋线下") },
	[FIGURE_BY_GATHERING] = { "gathering", T("集中＋分散") },
	[FIGURE_BY_DAY] = { "day", T("按日") },
};

const char *figure_by_key(enum figure_by by) { return by < FIGURE_BY_COUNT ? bys[by].key : ""; }
const char *figure_by_label(enum figure_by by) { return by < FIGURE_BY_COUNT ? bys[by].label : T("未知"); }

enum figure_by
figure_by_of(struct text key)
{
	for (int i = 0; i < FIGURE_BY_COUNT; i++)
		if (text_equals(key, text_of(bys[i].key)))
			return (enum figure_by)i;
	return FIGURE_BY_COUNT;
}

static const struct { const char *key, *label; } parts[FIGURE_PART_COUNT] = {
	[FIGURE_RECEIVED] = { "received", T("收到（件）") },
	[FIGURE_CONVERTED] = { "converted", T("转办（件）") },
	[FIGURE_OPEN] = { "open", T("在办（件）") },
	[FIGURE_CLOSED] = { "closed", T("办结（件）") },
	[FIGURE_LATE] = { "late", T("逾期（件）") },
};

const char *figure_part_key(enum figure_part p) { return p < FIGURE_PART_COUNT ? parts[p].key : ""; }
const char *figure_part_label(enum figure_part p) { return p < FIGURE_PART_COUNT ? parts[p].label : T("未知"); }

enum figure_part
figure_part_of(struct text key)
{
	for (int i = 0; i < FIGURE_PART_COUNT; i++)
		if (text_equals(key, text_of(parts[i].key)))
			return (enum figure_part)i;
	return FIGURE_PART_COUNT;
}
