/*
 * msg_table: the form of the table that tools/po2c.py writes from po/en.po.  Open addressing, linear
 * probing, at most half full; the hash is that of text_hash().  Private to kit/msg.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

struct msg_row {
	uint64_t hash;
	const char *zh; /* NULL: empty slot */
	const char *text;
};

extern const struct msg_row msg_en_rows[];
extern const size_t msg_en_slots; /* a power of two */
