/* The monthly form of people's mediation, counted from the cases themselves. */
#include "operations/matter/mediation/mediation_internal.h"

static void
counts_add(struct mediation_counts *to, const struct mediation_counts *c)
{
	to->accepted += c->accepted;
	to->successful += c->successful;
	to->fen += c->fen;
	to->crime += c->crime;
	to->crime_persons += c->crime_persons;
	to->petition += c->petition;
	to->petition_persons += c->petition_persons;
	to->performed += c->performed;
}

enum rc
mediation_figures(struct tx *tx, const struct actor *actor, const struct mediation_span *s, struct mediation_figures *ret)
{
	struct place_range range = place_range(s->place);
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &mediation_q[Q_FIGURES], ARGS(db_int(day_start_ms(s->from)), db_int(day_start_ms(day_add(s->to, 1))),
	    db_int(range.lo), db_int(range.hi)), &row);

	*ret = (struct mediation_figures){ .total = { .accepted = 0 } };
	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK) {
		int64_t category = rows_int(row, 0), source = rows_int(row, 1);
		struct mediation_counts c = { .accepted = rows_int(row, 2), .successful = rows_int(row, 3), .fen = rows_int(row, 4),
			.crime = rows_int(row, 5), .crime_persons = rows_int(row, 6), .petition = rows_int(row, 7),
			.petition_persons = rows_int(row, 8), .performed = rows_int(row, 9) };

		if (category < 1 || category >= MEDIATION_CATEGORY_COUNT || source < 1 || source >= MEDIATION_SOURCE_COUNT)
			return RC_CORRUPT;
		counts_add(&ret->category[category], &c);
		counts_add(&ret->class[mediation_class_of((enum mediation_source)source)], &c);
		counts_add(&ret->total, &c);
	}
	return rc == RC_DONE ? RC_OK : rc;
}

int64_t
mediation_rate(const struct mediation_counts *c)
{
	return c->accepted == 0 ? -1 : (c->successful * 1000 + c->accepted / 2) / c->accepted;
}

int64_t
mediation_change(int64_t now, int64_t before)
{
	int64_t change = (now - before) * 1000;

	if (before == 0)
		return INT64_MIN;
	return (change >= 0 ? change + before / 2 : change - before / 2) / before;
}
