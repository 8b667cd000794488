#include <zlib.h>

#include "circle_osm.h"

/* A file of blocks, as https://wiki.openstreetmap.org/wiki/PBF_Format has it. */
struct pbf { uint8_t p[131072]; size_t n; };

static void
put(struct pbf *f, const void *p, size_t n)
{
	if (n <= sizeof f->p - f->n) {
		memcpy(f->p + f->n, p, n);
		f->n += n;
	}
}

static void
put_varint(struct pbf *f, size_t v)
{
	uint8_t c;

	for (; v >= 128; v >>= 7) {
		c = (uint8_t)(v | 128);
		put(f, &c, 1);
	}
	c = (uint8_t)v;
	put(f, &c, 1);
}

/* A block of the type, packed. */
static void
put_block(struct pbf *f, const char *type, const uint8_t *p, size_t n)
{
	static uint8_t packed[80000];
	static struct pbf blob, head;
	uLongf packed_n = sizeof packed;
	uint8_t length[4];

	if (compress(packed, &packed_n, p, n) != Z_OK)
		return;
	blob.n = head.n = 0;
	put(&blob, "\x10", 1);
	put_varint(&blob, n);
	put(&blob, "\x1a", 1);
	put_varint(&blob, packed_n);
	put(&blob, packed, packed_n);
	put(&head, "\x0a", 1);
	put_varint(&head, strlen(type));
	put(&head, type, strlen(type));
	put(&head, "\x18", 1);
	put_varint(&head, blob.n);
	for (int i = 0; i < 4; i++)
		length[i] = (uint8_t)(head.n >> (24 - 8 * i));
	put(f, length, sizeof length);
	put(f, head.p, head.n);
	put(f, blob.p, blob.n);
}

/* The first byte even: the rest is a file.  Odd: it is a block of nodes and ways, which is packed into one. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint8_t features[] = "\x22\x0eOsmSchema-V0.6\x22\x0a" "DenseNodes";
	static struct pbf file;

	if (size == 0 || size > 65536)
		return 0;
	if (data[0] % 2 == 0) {
		fuzz_osm_try(data + 1, size - 1, ".osm.pbf");
		return 0;
	}
	file.n = 0;
	put_block(&file, "OSMHeader", features, sizeof features - 1);
	put_block(&file, "OSMData", data + 1, size - 1);
	fuzz_osm_try(file.p, file.n, ".osm.pbf");
	return 0;
}
