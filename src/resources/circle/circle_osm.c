#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

#include "kit/msg/msg.h"
#include "resources/circle/circle_ids_internal.h"
#include "resources/circle/circle_osm_internal.h"

#define TIMES_MAX 200                    /* a gzip of roads holds about 12 times itself */
#define NODES_BYTES ((size_t)3 << 30)
#define WAYS_BYTES ((size_t)2 << 30)

struct reading {
	struct circle_import *m;
	const struct circle_speeds *speeds;
	struct circle_bounds bounds;
	struct buf nodes;                 /* struct osm_node */
	struct buf refs;                  /* int64_t */
	struct buf ways;                  /* struct way */
};
struct way { struct circle_way way; size_t first_ref; uint32_t n_refs; };

const char *
circle_osm_why_text(enum circle_osm_why why)
{
	switch ((int)why) {
	case CIRCLE_OSM_NO_FILE: return T("文件不存在或不能读取");
	case CIRCLE_OSM_FORM: return T("只认 .osm、.osm.gz 和 .osm.pbf 文件");
	case CIRCLE_OSM_TOO_LARGE: return T("解开后超过上限");
	case CIRCLE_OSM_EMPTY: return T("文件里没有可以通行的道路");
	case CIRCLE_OSM_NO_ROOM: return T("临时目录写不下");
	default: return T("文件不完整或已损坏");
	}
}

/* ---- unpacking ----------------------------------------------------------------------------- */

static bool
ends_with(const char *path, const char *end)
{
	return text_ends_with(text_of(path), text_of(end));
}

static enum circle_osm_why
unpack(gzFile from, int to, uint64_t most)
{
	unsigned char b[65536];
	uint64_t total = 0;

	for (;;) {
		int n = gzread(from, b, sizeof b), fault;

		if (n < 0)
			return CIRCLE_OSM_DAMAGED;
		if (n == 0) {
			gzerror(from, &fault);
			return fault == Z_OK || fault == Z_STREAM_END ? CIRCLE_OSM_FINE : CIRCLE_OSM_DAMAGED;
		}
		total += (uint64_t)n;
		if (total > most)
			return CIRCLE_OSM_TOO_LARGE;
		for (ssize_t at = 0, done; at < n; at += done) {
			done = write(to, b + at, (size_t)(n - at));
			if (done <= 0)
				return CIRCLE_OSM_NO_ROOM;
		}
	}
}

/* The file unpacked into one of our own, whose name goes into `to`. */
static enum circle_osm_why
unpack_file(const char *path, uint64_t most, char *to, size_t room)
{
	const char *dir = getenv("TMPDIR");
	enum circle_osm_why why;
	struct stat st;
	gzFile from;
	int fd;

	if (stat(path, &st) != 0)
		return CIRCLE_OSM_NO_FILE;
	if ((uint64_t)st.st_size * TIMES_MAX < most)
		most = (uint64_t)st.st_size * TIMES_MAX;
	if (snprintf(to, room, "%s/zhaofa-XXXXXX.osm", dir != NULL ? dir : "/tmp") >= (int)room)
		return CIRCLE_OSM_NO_ROOM;
	from = gzopen(path, "rb");
	if (from == NULL)
		return CIRCLE_OSM_NO_FILE;
	fd = mkostemps(to, 4, O_CLOEXEC);
	if (fd < 0) {
		gzclose(from);
		return CIRCLE_OSM_NO_ROOM;
	}
	why = unpack(from, fd, most);
	gzclose(from);
	close(fd);
	if (why != CIRCLE_OSM_FINE)
		unlink(to);
	return why;
}

/* ---- what the child says ------------------------------------------------------------------- */

static bool
way_take(struct reading *r, FILE *in)
{
	char tags[OSM_TAGS_MAX];
	struct circle_tag tag[64];
	struct osm_way w;
	struct way way;
	size_t n_tags = 0, refs_n = r->refs.n;
	char *to;

	if (fread(&w, sizeof w, 1, in) != 1 || w.n_refs > OSM_REFS_MAX || w.n_tags > OSM_TAGS_MAX)
		return false;
	to = buf_grow(&r->refs, w.n_refs * sizeof(int64_t));
	if (to == NULL || fread(to, sizeof(int64_t), w.n_refs, in) != w.n_refs || fread(tags, 1,
	    w.n_tags, in) != w.n_tags)
		return false;
	for (size_t at = 0; at < w.n_tags && n_tags < sizeof tag / sizeof tag[0]; n_tags++) {
		tag[n_tags].key = text_of(tags + at);
		at += tag[n_tags].key.n + 1;
		tag[n_tags].value = text_of(tags + at);
		at += tag[n_tags].value.n + 1;
	}
	r->m->ways_read++;
	if (!circle_way_of(r->speeds, tag, n_tags, &way.way)) {
		r->refs.n = refs_n;
		return true;
	}
	way.first_ref = refs_n / sizeof(int64_t);
	way.n_refs = w.n_refs;
	buf_add(&r->ways, (struct text){ (const char *)&way, sizeof way });
	return buf_rc(&r->ways) == RC_OK;
}

/* True when it said all. */
static bool
child_hear(struct reading *r, FILE *in)
{
	for (;;) {
		int kind = fgetc(in);
		struct osm_node n;

		switch (kind) {
		case OSM_NODE:
			if (fread(&n, sizeof n, 1, in) != 1)
				return false;
			r->m->nodes_read++;
			if (n.at.lon == INT32_MAX || !bounds_have(r->bounds, n.at))
				r->m->outside++;
			else
				buf_add(&r->nodes, (struct text){ (const char *)&n, sizeof n });
			if (buf_rc(&r->nodes) != RC_OK)
				return false;
			break;
		case OSM_WAY:
			if (!way_take(r, in))
				return false;
			break;
		case OSM_RESTRICTION:
			r->m->restrictions++;
			break;
		case OSM_END:
			return true;
		default:
			return false;
		}
	}
}

static enum circle_osm_why
file_read(struct reading *r, const char *path)
{
	int ends[2], status = 0;
	bool all = false;
	pid_t child;
	FILE *in;

	if (access(path, R_OK) != 0)
		return CIRCLE_OSM_NO_FILE;
	if (pipe2(ends, O_CLOEXEC) != 0)
		return CIRCLE_OSM_NO_ROOM;
	fflush(NULL);
	child = fork();
	if (child == 0) {
		close(ends[0]);
		osm_child(path, ends[1]);
	}
	close(ends[1]);
	in = fdopen(ends[0], "rb");
	if (in != NULL && child > 0)
		all = child_hear(r, in);
	if (in != NULL)
		fclose(in);
	else
		close(ends[0]);
	if (child > 0 && !all)
		kill(child, SIGKILL);
	while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	if (buf_rc(&r->nodes) != RC_OK || buf_rc(&r->ways) != RC_OK || buf_rc(&r->refs) != RC_OK)
		return CIRCLE_OSM_TOO_LARGE;
	if (all && WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return CIRCLE_OSM_FINE;
	return child > 0 && WIFEXITED(status) &&
	    WEXITSTATUS(status) == 2 ? CIRCLE_OSM_TOO_LARGE : CIRCLE_OSM_DAMAGED;
}

/* ---- from ways to links -------------------------------------------------------------------- */

struct linking {
	struct circle_import *m;
	const struct osm_node *node;
	struct ids ids;
	uint32_t *number;               /* of each node read: in the network, or ROUTE_NONE */
	struct route_point *at;
	struct route_link *link;
};

static uint32_t
node_use(struct linking *l, uint32_t node)
{
	if (l->number[node] == ROUTE_NONE) {
		l->number[node] = l->m->links.n;
		l->at[l->m->links.n] = l->node[node].at;
		bounds_widen(l->m, l->node[node].at, l->m->links.n == 0);
		l->m->links.n++;
	}
	return l->number[node];
}

static void
link_add(struct linking *l, uint32_t a, uint32_t b, const uint32_t mh[ROUTE_MODES], double metres)
{
	struct route_link link = { .from = a, .to = b };
	bool open = false;

	for (int k = 0; k < ROUTE_MODES; k++) {
		link.ms[k] = ms_for(metres, mh[k]);
		open = open || link.ms[k] != ROUTE_NEVER;
	}
	if (open)
		l->link[l->m->links.m++] = link;
}

static void
way_link(struct linking *l, const struct way *w, const int64_t *ref)
{
	uint32_t before = ROUTE_NONE;

	for (uint32_t i = 0; i < w->n_refs; i++) {
		uint32_t here = ids_find(&l->ids, ref[i]);

		if (here == ROUTE_NONE)
			l->m->lost++;
		if (here != ROUTE_NONE && before != ROUTE_NONE && here != before) {
			uint32_t a = node_use(l, before), b = node_use(l, here);
			double metres = route_metres(l->at[a], l->at[b]);

			link_add(l, a, b, w->way.forth, metres);
			link_add(l, b, a, w->way.back, metres);
		}
		before = here;
	}
}

static enum rc
links_make(struct arena *mem, struct arena *spare, struct reading *r)
{
	struct linking l = { .m = r->m, .node = (const struct osm_node *)(const void *)r->nodes.p };
	const struct way *way = (const struct way *)(const void *)r->ways.p;
	size_t n_nodes = r->nodes.n / sizeof(struct osm_node), n_ways = r->ways.n / sizeof(struct way), used;

	if (n_nodes >= ROUTE_NODES_MAX || r->refs.n / sizeof(int64_t) >= UINT32_MAX / 2)
		return RC_NO_MEMORY;
	used = n_nodes < r->refs.n / sizeof(int64_t) ? n_nodes : r->refs.n / sizeof(int64_t);
	l.ids = (struct ids){ arena_raw(spare, n_nodes, sizeof *l.ids.v), n_nodes };
	l.number = arena_raw(spare, n_nodes, sizeof *l.number);
	l.at = arena_raw(mem, used, sizeof *l.at);
	l.link = arena_raw(mem, r->refs.n / sizeof(int64_t) * 2, sizeof *l.link);
	if (l.ids.v == NULL || l.number == NULL || l.at == NULL || l.link == NULL)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < n_nodes; i++) {
		l.ids.v[i] = (struct id_pair){ l.node[i].id, (uint32_t)i };
		l.number[i] = ROUTE_NONE;
	}
	r->m->doubles = ids_sort(&l.ids);
	for (size_t i = 0; i < n_ways; i++)
		way_link(&l, &way[i], (const int64_t *)(const void *)r->refs.p + way[i].first_ref);
	r->m->links.at = l.at;
	r->m->links.link = l.link;
	return RC_OK;
}

enum rc
circle_osm_import(struct arena *mem, struct arena *spare, const char *path,
    const struct circle_speeds *speeds,
    struct circle_bounds bounds, uint64_t most, struct circle_import *ret, enum circle_osm_why *why)
{
	struct reading r = { .m = ret, .speeds = speeds, .bounds = bounds };
	bool packed = ends_with(path, ".osm.gz");
	char unpacked[4096];
	enum rc rc = RC_OK;

	*ret = (struct circle_import){ .nodes_read = 0 };
	*why = CIRCLE_OSM_FORM;
	if (!packed && !ends_with(path, ".osm") && !ends_with(path, ".pbf"))
		return RC_INVALID;
	*why = packed ? unpack_file(path, most, unpacked, sizeof unpacked) : CIRCLE_OSM_FINE;
	if (*why != CIRCLE_OSM_FINE)
		return RC_INVALID;
	buf_init(&r.nodes, NODES_BYTES);
	buf_init(&r.refs, WAYS_BYTES);
	buf_init(&r.ways, WAYS_BYTES);
	*why = file_read(&r, packed ? unpacked : path);
	if (packed)
		unlink(unpacked);
	if (*why == CIRCLE_OSM_FINE)
		rc = links_make(mem, spare, &r);
	buf_free(&r.nodes);
	buf_free(&r.refs);
	buf_free(&r.ways);
	if (*why == CIRCLE_OSM_FINE && rc == RC_OK && ret->links.m == 0)
		*why = CIRCLE_OSM_EMPTY;
	return rc == RC_OK && *why != CIRCLE_OSM_FINE ? RC_INVALID : rc;
}
