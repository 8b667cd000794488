/* clock_label: what do the days of a deadline say to people?  T() texts for clock_explain()'s steps. */
#pragma once

#include "base/arena.h"
#include "engine/clock/clock_explain.h"
#include "kit/ctx/ctx.h"

/* "第 3 天", "休息日，不计", "暂停，不计" …, and whether it is due.
 * nth: which of the step's days it is, 0 the first; -1: the run as a whole ("第 1–5 天"). */
struct text clock_step_words(struct arena *mem, enum lang lang, const struct clock_step *s, struct clock_rule rule, int nth);
/* What the calendar says: "平日", "周末", "放假日（春节）", "调休上班日（春节）", "上半天班". */
struct text clock_day_words(struct arena *mem, enum lang lang, enum day_kind kind, const char *name);
/* "7 个自然日", "15 个工作日". */
struct text clock_rule_words(struct arena *mem, enum lang lang, struct clock_rule rule);

/* What an event says below its label: its note, and for one of the clocks which deadline moved from when to when. */
struct event;
struct text event_words(struct arena *mem, enum lang lang, const struct event *e);
