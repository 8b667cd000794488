/* network_store: the SQL of this subject, and what the index is loaded from.  Private. */
#pragma once

#include "resources/network/network.h"

/* Everything, in `keep`: points by id, each with its rows. */
struct network_rows { struct arena *keep; struct point *v; size_t n; int64_t count, revisions; };
enum rc network_load_all(struct tx *tx, const struct actor *actor, struct network_rows *ret);
/* What changes whenever a point does: how many there are, and the sum of their revisions. */
enum rc network_stamp(struct tx *tx, const struct actor *actor, int64_t *ret_count, int64_t *ret_revisions);

struct point_head { int kind; struct place place; struct text code; bool closed; struct day opened; };
enum rc network_head(struct tx *tx, const struct actor *actor, int64_t id, struct point_head *ret);
enum rc network_id_of_code(struct tx *tx, const struct actor *actor, struct text code, int64_t *ret);
enum rc network_count_at(struct tx *tx, const struct actor *actor, struct place p, int64_t *ret);
/* May this account direct a point at that place?  Active, and its jurisdiction holds the place or it works there. */
enum rc network_may_direct(struct tx *tx, const struct actor *actor, int64_t account, struct place p, int64_t point,
    bool *ret);
enum rc network_id_of_login(struct tx *tx, const struct actor *actor, struct text login, int64_t *ret);

enum rc network_insert(struct tx *tx, const struct actor *actor, int64_t id, struct text code, const struct point_new *in);
/* One row must be open at that revision: RC_CONFLICT otherwise. */
enum rc network_update(struct tx *tx, const struct actor *actor, int64_t id, int64_t revision, const struct point_new *in);
enum rc network_touch(struct tx *tx, const struct actor *actor, int64_t id); /* revision + 1 */
enum rc network_put_hours(struct tx *tx, const struct actor *actor, int64_t id, const struct point_new *in);
/* From `day` on it serves these and no others. */
enum rc network_put_villages(struct tx *tx, const struct actor *actor, int64_t id, const struct place *v, size_t n,
    struct text reason, struct day day);
enum rc network_set_closed(struct tx *tx, const struct actor *actor, int64_t id, int64_t revision, struct day day);
enum rc network_put_exception(struct tx *tx, const struct actor *actor, int64_t id, const struct point_exception *in,
    bool remove);
