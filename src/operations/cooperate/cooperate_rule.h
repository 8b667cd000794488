/* cooperate_rule: which list a light stands for; pure. */
#pragma once

#include "operations/cooperate/cooperate.h"


/* States from..to and due moments from..to, all included. */
struct cooperation_range { int from, to; int64_t due_from_ms, due_to_ms; };
struct cooperation_range cooperation_range_of(enum cooperation_group g, int64_t near_ms, int64_t now_ms);
bool cooperation_words_fit(struct text words);
