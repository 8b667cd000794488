/*
 * The side of an import that touches other people's bytes: libreadosm in a process of its own, that
 * may use so much time and memory, write no file, and say what it found through one pipe.
 */
#include <readosm.h>
#include <math.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <signal.h>
#include <unistd.h>

#include "resources/circle/circle_osm_internal.h"

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1 /* gcc */
#elif defined(__has_feature)
#define SANITIZED __has_feature(address_sanitizer) /* clang */
#else
#define SANITIZED 0
#endif

#define SECONDS_MAX 1200
#define MEMORY_MAX ((rlim_t)3 << 30)

struct sender { int fd; size_t n; bool broken; unsigned char b[65536]; };

static void
sender_flush(struct sender *s)
{
	for (size_t at = 0; at < s->n && !s->broken;) {
		ssize_t got = write(s->fd, s->b + at, s->n - at);

		if (got <= 0)
			s->broken = true;
		else
			at += (size_t)got;
	}
	s->n = 0;
}

static void
send_bytes(struct sender *s, const void *p, size_t n)
{
	const unsigned char *from = p;

	while (n > 0 && !s->broken) {
		size_t part = sizeof s->b - s->n < n ? sizeof s->b - s->n : n;

		memcpy(s->b + s->n, from, part);
		s->n += part;
		from += part;
		n -= part;
		if (s->n == sizeof s->b)
			sender_flush(s);
	}
}

static void
send_kind(struct sender *s, enum osm_kind kind)
{
	unsigned char c = (unsigned char)kind;

	send_bytes(s, &c, 1);
}

static struct sender *
sender_of(const void *p)
{
	return (struct sender *)(uintptr_t)p;
}

static int
node_met(const void *arg, const readosm_node *node)
{
	struct sender *s = sender_of(arg);
	struct osm_node n = { .id = node->id, .at = { INT32_MAX, INT32_MAX } }; /* on no globe */

	if (node->longitude >= -180 && node->longitude <= 180 && node->latitude >= -90 &&
	    node->latitude <= 90)
		n.at = (struct route_point){ (int32_t)lround(node->longitude * 1e7),
		    (int32_t)lround(node->latitude * 1e7) };
	send_kind(s, OSM_NODE);
	send_bytes(s, &n, sizeof n);
	return s->broken ? READOSM_ABORT : READOSM_OK;
}

/* What circle_way_of() looks at. */
static const char *const wanted[] = { "highway", "area", "access", "vehicle", "motor_vehicle",
    "motorcar", "bicycle", "foot",
	"oneway", "oneway:bicycle", "junction", "maxspeed" };

static bool
is_wanted(const char *key)
{
	for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
		if (strcmp(key, wanted[i]) == 0)
			return true;
	return false;
}

static size_t
tags_write(const readosm_way *way, char *to, bool *ret_highway)
{
	size_t n = 0;

	*ret_highway = false;
	for (int i = 0; i < way->tag_count; i++) {
		const char *key = way->tags[i].key, *value = way->tags[i].value;
		size_t key_n, value_n;

		if (key == NULL || value == NULL || !is_wanted(key))
			continue;
		key_n = strlen(key) + 1;
		value_n = strlen(value) + 1;
		if (value_n > 64 || n + key_n + value_n > OSM_TAGS_MAX)
			continue;
		memcpy(to + n, key, key_n);
		memcpy(to + n + key_n, value, value_n);
		n += key_n + value_n;
		*ret_highway = *ret_highway || strcmp(key, "highway") == 0;
	}
	return n;
}

static int
way_met(const void *arg, const readosm_way *way)
{
	struct sender *s = sender_of(arg);
	char tags[OSM_TAGS_MAX];
	struct osm_way w = { .id = way->id };
	bool highway;

	w.n_tags = (uint32_t)tags_write(way, tags, &highway);
	if (!highway || way->node_ref_count < 2 || way->node_refs == NULL)
		return READOSM_OK;
	w.n_refs = way->node_ref_count < OSM_REFS_MAX ? (uint32_t)way->node_ref_count : OSM_REFS_MAX;
	send_kind(s, OSM_WAY);
	send_bytes(s, &w, sizeof w);
	for (uint32_t i = 0; i < w.n_refs; i++) {
		int64_t ref = way->node_refs[i];

		send_bytes(s, &ref, sizeof ref);
	}
	send_bytes(s, tags, w.n_tags);
	return s->broken ? READOSM_ABORT : READOSM_OK;
}

/* Only that it is there: how many turns are taken for allowed that are not. */
static int
relation_met(const void *arg, const readosm_relation *relation)
{
	struct sender *s = sender_of(arg);

	for (int i = 0; i < relation->tag_count; i++) {
		const char *key = relation->tags[i].key, *value = relation->tags[i].value;

		if (key == NULL || value == NULL || strcmp(key, "type") != 0 || strncmp(value, "restriction", 11) != 0)
			continue;
		send_kind(s, OSM_RESTRICTION);
		break;
	}
	return s->broken ? READOSM_ABORT : READOSM_OK;
}

static void
limit(__rlimit_resource_t what, rlim_t most)
{
	struct rlimit r = { most, most };

	setrlimit(what, &r);
}

static void
limits_set(void)
{
	static const int falls[] = { SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL };

	for (size_t i = 0; i < sizeof falls / sizeof falls[0]; i++)
		signal(falls[i], SIG_DFL); /* whoever forked may have handlers, which would speak for the parent */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_CPU, SECONDS_MAX);
	limit(RLIMIT_FSIZE, 0);
	limit(RLIMIT_NPROC, 0);
	if (!SANITIZED)
		limit(RLIMIT_AS, MEMORY_MAX); /* the sanitizer maps terabytes */
}

_Noreturn void
osm_child(const char *path, int fd)
{
	static struct sender s;
	const void *osm = NULL;
	int fault;

	limits_set();
	s.fd = fd;
	fault = readosm_open(path, &osm);
	if (fault == READOSM_OK)
		fault = readosm_parse(osm, &s, node_met, way_met, relation_met);
	if (fault == READOSM_OK) {
		send_kind(&s, OSM_END);
		sender_flush(&s);
	}
	_exit(fault == READOSM_OK && !s.broken ? 0 : fault == READOSM_INSUFFICIENT_MEMORY ? 2 : 1);
}
