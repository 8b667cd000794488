/*
 * topic: what are the rights of somebody whose wages are not paid, who is old, who bought something bad, and what comes first?
 *
 * A text of data/topics/ that the city's people keep by version (standards/sheet): a word a line, Chinese before " / ", English
 * behind it.  Laws that were read whole are said as such, others as 未核实.  Parsing is pure.
 */
#pragma once

#include "standards/sheet/sheet.h"

#define TOPIC_LINES_MAX 12
struct topic_words { struct text zh, en; };
struct topic_law { struct topic_words words; bool verified; };
struct topic_text {
	struct text id, icon, about;         /* about: key of enum topic, of a request that comes of it */
	struct topic_words name, lead;
	struct text guide[4];                /* "事情=欠薪": answers already given to the guide "paths" */
	struct topic_words right[TOPIC_LINES_MAX], step[TOPIC_LINES_MAX], where[TOPIC_LINES_MAX];
	struct text paper[TOPIC_LINES_MAX];  /* templates of simple papers */
	struct topic_law law[TOPIC_LINES_MAX];
	size_t n_guide, n_right, n_step, n_where, n_paper, n_law;
};
/* Views into the source.  RC_INVALID with every fault and its line. */
enum rc topic_parse(struct text source, struct topic_text *ret, struct sheet_faults *faults);

struct topic_builtin { const char *name; struct text text; };
extern const struct topic_builtin topic_builtins[]; /* data/topics/, made at build */
extern const size_t topic_builtins_n;
extern const struct sheet_kind topic_sheet;
