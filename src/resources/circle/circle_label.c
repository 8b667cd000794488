#include "kit/msg/msg.h"
#include "resources/circle/circle_class.h"

static const struct { const char *key, *label; } classes[CIRCLE_CLASSES] = {
	[CIRCLE_COVERED] = { "covered", T("在圈内") },
	[CIRCLE_SHUT] = { "shut", T("站点此时不开门") },
	[CIRCLE_EMPTY] = { "empty", T("站点此时没有人值班") },
	[CIRCLE_FAR] = { "far", T("时限内没有站点") },
	[CIRCLE_UNSURE] = { "unsure", T("估算说不准") },
	[CIRCLE_OFF] = { "off", T("附近没有道路") },
	[CIRCLE_NOWHERE] = { "nowhere", T("没有位置") },
};

const char *
circle_class_key(enum circle_class c)
{
	return classes[(unsigned)c < CIRCLE_CLASSES ? c : CIRCLE_NOWHERE].key;
}

const char *
circle_class_label(enum circle_class c)
{
	return classes[(unsigned)c < CIRCLE_CLASSES ? c : CIRCLE_NOWHERE].label;
}

enum circle_class
circle_class_by_key(struct text key)
{
	int c = 0;

	while (c < CIRCLE_CLASSES && !text_equals(key, text_of(classes[c].key)))
		c++;
	return (enum circle_class)c;
}
