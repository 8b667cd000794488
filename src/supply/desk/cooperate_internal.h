/* cooperate_internal: what the pages of co-operation share. */
#pragma once

#include "operations/cooperate/cooperate.h"
#include "supply/desk/desk_internal.h"

struct cooperate_values { int64_t point; struct text kind, words; uint64_t shared; };
struct cooperate_step_values { int64_t revision; };
struct cooperate_decline_values { int64_t revision; struct text code, words; };
struct cooperate_words_values { int64_t revision; struct text words; };

/* "/desk/cooperate/ID", "/desk/cooperate/ID/TAIL". */
struct text cooperate_path(const struct exchange *x, int64_t id, const char *tail);
enum ui_lamp cooperate_lamp(const struct exchange *x, const struct cooperation *c);
/* A table of co-operations; incoming: as who was asked. */
void cooperate_table(struct exchange *x, struct html *h, const char *caption, const struct cooperation *v, size_t n,
    bool incoming);
