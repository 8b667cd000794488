/* catalogue_store: the SQL of this subject.  Private. */
#pragma once

#include "standards/catalogue/catalogue.h"

/* The newest revision's from_day; RC_NOT_FOUND when there is no such item. */
enum rc catalogue_newest(struct tx *tx, const struct actor *actor, int64_t item, struct day *ret);
enum rc catalogue_count(struct tx *tx, const struct actor *actor, int64_t *ret);
enum rc catalogue_insert_item(struct tx *tx, const struct actor *actor, int64_t id, const struct item_new *in);
enum rc catalogue_insert_revision(struct tx *tx, const struct actor *actor, int64_t id, const struct item_new *in);
enum rc catalogue_read_list(struct tx *tx, const struct actor *actor, struct day day, bool all, struct item **ret,
    size_t *ret_n);
enum rc catalogue_read_history(struct tx *tx, const struct actor *actor, int64_t item, struct item **ret,
    size_t *ret_n);

struct code_new { const char *kind, *code, *name, *name_en; int sort, flags; };
enum rc code_count(struct tx *tx, const struct actor *actor, const char *kind, int64_t *ret);
enum rc code_insert(struct tx *tx, const struct actor *actor, const struct code_new *in, struct day from);
enum rc code_read_list(struct tx *tx, const struct actor *actor, const char *kind, struct day day,
    struct code_row **ret, size_t *ret_n);
