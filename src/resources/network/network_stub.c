#include "resources/network/network.h"
static const struct db_stmt q[] = { { "network.stub", DB_SYSTEM, "SELECT id FROM point WHERE city = $1", 0 } };
const struct db_set network_sql = DB_SET("network", q);
enum rc network_reload(struct ctx *c) { (void)c; return RC_OK; }
enum rc network_is_stale(struct ctx *c, bool *r) { (void)c; *r = false; return RC_OK; }
enum rc network_create_many(struct ctx *c, struct idem_key k, const struct point_new *in, size_t n, struct findings *f, int64_t *ids) { (void)c;(void)k;(void)in;(void)n;(void)f;(void)ids; return RC_INTERNAL; }
const char *point_kind_label(enum point_kind k) { (void)k; return "x"; }
const char *point_kind_key(enum point_kind k) { (void)k; return "x"; }
struct point_state point_state_at(const struct point *p, int64_t at, const struct calendar *c) { (void)p;(void)at;(void)c; return (struct point_state){0}; }
enum rc network_find(struct ctx *c, int64_t p, struct point *r) { (void)c;(void)p;(void)r; return RC_NOT_FOUND; }
enum rc network_find_code(struct ctx *c, struct text p, struct point *r) { (void)c;(void)p;(void)r; return RC_NOT_FOUND; }
enum rc network_list(struct ctx *c, enum point_kind k, struct place w, struct day d, struct point **r, size_t *n) { (void)c;(void)k;(void)w;(void)d; *r = NULL; *n = 0; return RC_OK; }
enum rc network_serving(struct ctx *c, struct place p, struct day d, struct point *r) { (void)c;(void)p;(void)d;(void)r; return RC_NOT_FOUND; }
enum rc network_nearest(struct ctx *c, struct place p, struct geo g, int64_t at, const struct calendar *cal, struct point_near *r, size_t cap, size_t *n) { (void)c;(void)p;(void)g;(void)at;(void)cal;(void)r;(void)cap; *n=0; return RC_OK; }
