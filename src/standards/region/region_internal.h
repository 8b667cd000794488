/* region_internal: what the files of this folder share. */
#pragma once

#include "standards/region/region.h"

/* Embedded data/suzhou_divisions.csv and data/suzhou_outlines.csv (tools/embed_data.py). */
extern const char region_divisions_csv[], region_outlines_csv[];
extern const size_t region_divisions_csv_n, region_outlines_csv_n;

/*
 * Give every division of the array (sorted by code, one row per code) without a position an
 * estimate (region_estimate.c).  Towns spread over their county, villages about their town, all
 * inside the county's outline and off the lakes; the same codes and seed give the same positions.
 */
void region_estimate(struct division *v, size_t n, uint64_t seed);

/* Is that place rural?  By the village part of its code (domain 8.3: 200–399 village committees;
 * 400–499 like residents', 500–599 like villagers' committees [H]); false above the village. */
bool region_code_is_rural(struct place p);

/* What an import does to one row (region_flow.c); row.from and row.to say the days. */
enum division_deed { DEED_NONE, DEED_INSERT, DEED_UPDATE, DEED_FOLLOW /* end the old one, begin a new one */ };
struct division_change {
	struct division row;
	enum division_deed deed;
	struct day old_from;  /* DEED_FOLLOW: of the row that ends */
	int line;             /* where it stood in the file */
};

/* region_store.c */
enum rc region_load_all(struct tx *tx, const struct actor *actor, struct arena *keep, struct division **ret,
    size_t *ret_n);
enum rc region_store(struct tx *tx, const struct actor *actor, const struct division_change *c, struct text source);
