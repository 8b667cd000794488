#include <string.h>

#include "engine/route/route_file.h"

#define HEADER_BYTES 4096
#define SECTIONS_MAX (4 + ROUTE_MODES + 5 * ROUTE_MODES)
#define END_MARK UINT32_C(0x01020304)

static const char magic[8] = { 'Z', 'F', 'R', 'O', 'U', 'T', 'E', '\n' };

enum section_kind { SECTION_AT, SECTION_FIRST, SECTION_HEAD, SECTION_MS, SECTION_RANK,
    SECTION_UP_FIRST, SECTION_UP,
	SECTION_DOWN_FIRST, SECTION_DOWN, SECTION_KINDS };

struct section { uint32_t kind, mode; uint64_t offset, bytes, sum; };

struct header {
	char magic[8];
	uint32_t version, end_mark;
	uint64_t sum;                 /* of the header with 0 here */
	uint64_t bytes;               /* of all */
	uint32_t n, m;
	uint32_t provider;
	int32_t data_day;
	char label[128];
	uint32_t n_sections, reserved;
	struct section section[SECTIONS_MAX];
};
_Static_assert(sizeof(struct header) <= HEADER_BYTES, "the header has its place");

/* ---- checksum ------------------------------------------------------------------------------ */

static inline uint64_t
turn(uint64_t v, int by)
{
	return v << by | v >> (64 - by);
}

static inline uint64_t
mixed(uint64_t lane, uint64_t v)
{
	return turn(lane + v * UINT64_C(0xC2B2AE3D27D4EB4F), 31) * UINT64_C(0x9E3779B185EBCA87);
}

static uint64_t
sum_of(const void *bytes, size_t n)
{
	const unsigned char *p = bytes;
	uint64_t lane[4] = { 1, 2, 3, 4 }, sum = n, word;
	size_t i = 0;

	for (; i + 32 <= n; i += 32)
		for (size_t k = 0; k < 4; k++) {
			memcpy(&word, p + i + k * 8, 8);
			lane[k] = mixed(lane[k], word);
		}
	for (; i < n; i++)
		lane[i & 3] = mixed(lane[i & 3], p[i]);
	for (size_t k = 0; k < 4; k++)
		sum = mixed(sum ^ turn(lane[k], (int)k * 13 + 1), lane[k]);
	return sum ^ sum >> 29;
}

/* ---- what there is ------------------------------------------------------------------------- */

struct part { enum section_kind kind; uint32_t mode; const void *p; size_t bytes; };

static size_t
parts_of(const struct route_bundle *b, struct part v[SECTIONS_MAX])
{
	const struct route_net *net = &b->net;
	size_t n = 0, firsts = ((size_t)net->n + 1) * sizeof(uint32_t);

	v[n++] = (struct part){ SECTION_AT, 0, net->at, net->n * sizeof *net->at };
	v[n++] = (struct part){ SECTION_FIRST, 0, net->first, firsts };
	v[n++] = (struct part){ SECTION_HEAD, 0, net->head, net->m * sizeof *net->head };
	for (uint32_t k = 0; k < ROUTE_MODES; k++)
		v[n++] = (struct part){ SECTION_MS, k, net->ms[k], net->m * sizeof(uint32_t) };
	for (uint32_t k = 0; k < ROUTE_MODES; k++) {
		const struct route_hierarchy *h = &b->h[k];

		if (!b->has[k])
			continue;
		v[n++] = (struct part){ SECTION_RANK, k, h->rank, h->n * sizeof *h->rank };
		v[n++] = (struct part){ SECTION_UP_FIRST, k, h->up_first, firsts };
		v[n++] = (struct part){ SECTION_UP, k, h->up, h->up_first[h->n] * sizeof *h->up };
		v[n++] = (struct part){ SECTION_DOWN_FIRST, k, h->down_first, firsts };
		v[n++] = (struct part){ SECTION_DOWN, k, h->down, h->down_first[h->n] * sizeof *h->down };
	}
	return n;
}

static size_t
aligned(size_t n)
{
	return (n + ROUTE_FILE_ALIGN - 1) / ROUTE_FILE_ALIGN * ROUTE_FILE_ALIGN;
}

size_t
route_file_size(const struct route_bundle *b)
{
	struct part part[SECTIONS_MAX];
	size_t n = parts_of(b, part), bytes = HEADER_BYTES;

	for (size_t i = 0; i < n; i++)
		bytes += aligned(part[i].bytes);
	return bytes;
}

void
route_file_write(const struct route_bundle *b, void *to)
{
	struct part part[SECTIONS_MAX];
	struct header h = { .version = ROUTE_FILE_VERSION, .end_mark = END_MARK,
	    .bytes = route_file_size(b), .n = b->net.n,
		.m = b->net.m, .provider = (uint32_t)b->about.provider, .data_day = b->about.data_day };
	size_t at = HEADER_BYTES;

	memset(to, 0, h.bytes);
	memcpy(h.magic, magic, sizeof magic);
	memcpy(h.label, b->about.label, sizeof h.label);
	h.label[sizeof h.label - 1] = '\0';
	h.n_sections = (uint32_t)parts_of(b, part);
	for (uint32_t i = 0; i < h.n_sections; i++) {
		if (part[i].bytes > 0)
			memcpy((char *)to + at, part[i].p, part[i].bytes);
		h.section[i].kind = (uint32_t)part[i].kind;
		h.section[i].mode = part[i].mode;
		h.section[i].offset = at;
		h.section[i].bytes = part[i].bytes;
		h.section[i].sum = sum_of((char *)to + at, aligned(part[i].bytes));
		at += aligned(part[i].bytes);
	}
	h.sum = sum_of(&h, sizeof h);
	memcpy(to, &h, sizeof h);
}

/* ---- reading ------------------------------------------------------------------------------- */

struct opening {
	const char *p;
	struct header h;
	const void *found[SECTION_KINDS][ROUTE_MODES];
	size_t bytes[SECTION_KINDS][ROUTE_MODES];
};

static enum route_file_why
header_check(struct opening *o, size_t n)
{
	uint64_t sum;

	if (n < sizeof magic || memcmp(o->p, magic, sizeof magic) != 0)
		return ROUTE_FILE_NOT_ONE;
	if (n < HEADER_BYTES)
		return ROUTE_FILE_TRUNCATED;
	memcpy(&o->h, o->p, sizeof o->h);
	if (o->h.end_mark != END_MARK || o->h.version != ROUTE_FILE_VERSION)
		return ROUTE_FILE_OTHER_VERSION;
	sum = o->h.sum;
	o->h.sum = 0;
	if (sum_of(&o->h, sizeof o->h) != sum)
		return ROUTE_FILE_DAMAGED;
	for (size_t i = sizeof o->h; i < HEADER_BYTES; i++)
		if (o->p[i] != 0)
			return ROUTE_FILE_DAMAGED;
	if (n < o->h.bytes)
		return ROUTE_FILE_TRUNCATED;
	if (n > o->h.bytes || o->h.n_sections > SECTIONS_MAX || o->h.provider >= ROUTE_PROVIDERS ||
	    o->h.label[sizeof o->h.label - 1] != '\0')
		return ROUTE_FILE_DAMAGED;
	return ROUTE_FILE_FINE;
}

static enum route_file_why
sections_check(struct opening *o)
{
	for (uint32_t i = 0; i < o->h.n_sections; i++) {
		const struct section *s = &o->h.section[i];

		if (s->kind >= SECTION_KINDS || s->mode >= ROUTE_MODES || s->offset % ROUTE_FILE_ALIGN != 0 ||
		    s->offset < HEADER_BYTES || s->offset > o->h.bytes || s->bytes > o->h.bytes - s->offset ||
		    aligned(s->bytes) > o->h.bytes - s->offset ||
		    o->found[s->kind][s->mode] != NULL)
			return ROUTE_FILE_UNSOUND;
		if (sum_of(o->p + s->offset, aligned(s->bytes)) != s->sum)
			return ROUTE_FILE_DAMAGED;
		o->found[s->kind][s->mode] = o->p + s->offset;
		o->bytes[s->kind][s->mode] = s->bytes;
	}
	return ROUTE_FILE_FINE;
}

/* A section of so many elements, or NULL. */
static const void *
taken(const struct opening *o, enum section_kind kind, uint32_t mode, uint64_t n, size_t size)
{
	return o->bytes[(int)kind][mode] == n * size ? o->found[(int)kind][mode] : NULL;
}

static bool
net_take(const struct opening *o, struct route_net *net)
{
	*net = (struct route_net){ .n = o->h.n, .m = o->h.m };
	net->at = taken(o, SECTION_AT, 0, net->n, sizeof *net->at);
	net->first = taken(o, SECTION_FIRST, 0, (uint64_t)net->n + 1, sizeof *net->first);
	net->head = taken(o, SECTION_HEAD, 0, net->m, sizeof *net->head);
	for (uint32_t k = 0; k < ROUTE_MODES; k++) {
		net->ms[k] = taken(o, SECTION_MS, k, net->m, sizeof(uint32_t));
		if (net->ms[k] == NULL)
			return false;
	}
	return net->at != NULL && net->first != NULL && net->head != NULL && route_net_is_sound(net);
}

static bool
hierarchy_take(const struct opening *o, uint32_t mode, struct route_hierarchy *h)
{
	h->n = o->h.n;
	h->rank = taken(o, SECTION_RANK, mode, h->n, sizeof *h->rank);
	h->up_first = taken(o, SECTION_UP_FIRST, mode, (uint64_t)h->n + 1, sizeof *h->up_first);
	h->down_first = taken(o, SECTION_DOWN_FIRST, mode, (uint64_t)h->n + 1, sizeof *h->down_first);
	if (h->rank == NULL || h->up_first == NULL || h->down_first == NULL)
		return false;
	h->up = taken(o, SECTION_UP, mode, h->up_first[h->n], sizeof *h->up);
	h->down = taken(o, SECTION_DOWN, mode, h->down_first[h->n], sizeof *h->down);
	return h->up != NULL && h->down != NULL && route_hierarchy_is_sound(h);
}

enum rc
route_file_open(const void *p, size_t n, struct route_bundle *ret, enum route_file_why *why)
{
	struct opening o = { .p = p };

	*why = header_check(&o, n);
	if (*why == ROUTE_FILE_FINE)
		*why = sections_check(&o);
	if (*why != ROUTE_FILE_FINE)
		return RC_CORRUPT;
	*ret = (struct route_bundle){ .about.data_day = o.h.data_day };
	ret->about.provider = (enum route_provider)o.h.provider;
	memcpy(ret->about.label, o.h.label, sizeof ret->about.label);
	*why = net_take(&o, &ret->net) ? ROUTE_FILE_FINE : ROUTE_FILE_UNSOUND;
	for (uint32_t k = 0; *why == ROUTE_FILE_FINE && k < ROUTE_MODES; k++) {
		ret->has[k] = o.found[SECTION_RANK][k] != NULL;
		if (ret->has[k] && !hierarchy_take(&o, k, &ret->h[k]))
			*why = ROUTE_FILE_UNSOUND;
	}
	return *why == ROUTE_FILE_FINE ? RC_OK : RC_CORRUPT;
}
