/*
 * route_file: a network, and hierarchies over it, as bytes that may be mapped and used as they lie.
 *
 * Little-endian; a header of 4,096 bytes (magic, version, who made it, a table of sections), then the
 * sections, each beginning at a multiple of 64.  Every section and the header carry a checksum (four
 * lanes of multiply and rotate, 64 bits: against accidents, not against forgers; what a search relies
 * on is checked besides).  Pure: reading and writing of files is the caller's.
 */
#pragma once

#include "engine/route/route_hierarchy.h"

#define ROUTE_FILE_VERSION 1
#define ROUTE_FILE_ALIGN 64

/* Who says so: what every figure made from the network must carry along. */
enum route_provider { ROUTE_PROVIDER_NET, ROUTE_PROVIDER_SYNTHETIC, ROUTE_PROVIDERS };

struct route_about {
	enum route_provider provider;
	int32_t data_day;              /* days since 1970-01-01; INT32_MIN: unknown */
	char label[128];               /* UTF-8, ends with NUL: "示范路网 seed 1", "OpenStreetMap …" */
};

struct route_bundle {
	struct route_about about;
	struct route_net net;
	bool has[ROUTE_MODES];         /* is there a hierarchy for the mode? */
	struct route_hierarchy h[ROUTE_MODES];
};

enum route_file_why {
	ROUTE_FILE_FINE, ROUTE_FILE_NOT_ONE, ROUTE_FILE_OTHER_VERSION, ROUTE_FILE_TRUNCATED,
	    ROUTE_FILE_DAMAGED,
	ROUTE_FILE_UNSOUND,            /* checksums hold, and yet it is no network */
};

/* How many bytes it takes. */
size_t route_file_size(const struct route_bundle *b);
/* Into `to`, of that size and aligned to 64. */
void route_file_write(const struct route_bundle *b, void *to);
/* Views into the bytes, which must be aligned to 64 and stay; RC_OK, or RC_CORRUPT with *why.  O(size). */
enum rc route_file_open(const void *p, size_t n, struct route_bundle *ret, enum route_file_why *why);
