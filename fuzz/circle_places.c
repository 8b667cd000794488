#include "circle_import.h"

/* Villages and points: a table in each datum, and in the one its rows name. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text csv = fuzz_text(data, size);

	for (int datum = ROUTE_DATUM_NONE; size <= 65536 && datum <= ROUTE_DATUM_BD09; datum++) {
		struct arena *a = arena_create((size_t)256 << 20);
		struct circle_places places;
		struct findings f = { .n = 0 };
		enum rc rc;

		if (a == NULL)
			return 0;
		rc = circle_places_read(a, csv, (enum route_datum)datum, &places, &f);
		PROMISE(rc == RC_OK ? f.total == 0 : rc == RC_NO_MEMORY || f.total > 0);
		fuzz_findings_check(&f);
		for (uint32_t i = 0; rc == RC_OK && i < places.n; i++) {
			const struct circle_place *p = &places.v[i];

			PROMISE(p->at.lat >= -900000000 && p->at.lat <= 900000000);
			PROMISE(p->at.lon >= -1800000000 && p->at.lon <= 1800000000);
			PROMISE(p->code >= 0 && p->weight >= 0 && p->weight <= 1000000000);
			PROMISE(utf8_check(p->name, true) == UTF8_FINE);
		}
		arena_free(a);
	}
	return 0;
}
