#include "supply/portal/portal_store.h"

#include "supply/portal/portal.h"

enum portal_q { Q_DIRECTOR, Q_WINDOWS, Q_ITEMS, Q_COUNT };

/* [public]: who answers for a point is posted at its door (S172). */
static const struct db_stmt portal_q[Q_COUNT] = {
	[Q_DIRECTOR] = { "portal.director", DB_PUBLIC,
	    "SELECT a.name, a.title FROM point p JOIN account a ON a.city = p.city AND a.id = p.director"
	    " WHERE p.city = $1 AND p.id = $2", 0 },
	[Q_WINDOWS] = { "portal.windows", DB_PUBLIC,
	    "SELECT w.number, w.name, w.general FROM point_window w WHERE w.city = $1 AND w.point = $2"
	    " ORDER BY w.number LIMIT $3", 0 },
	[Q_ITEMS] = { "portal.items", DB_PUBLIC,
	    "SELECT i.item FROM point_item i WHERE i.city = $1 AND i.point = $2 ORDER BY i.item LIMIT $3", 0 },
};

const struct db_set portal_sql = DB_SET("portal", portal_q);

static enum rc
load_director(struct tx *tx, const struct actor *actor, struct point_more *m)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &portal_q[Q_DIRECTOR], ARGS(db_int(m->point)), &row);

	if (rc == RC_OK) {
		m->director = rows_copy(row, 0);
		m->title = rows_copy(row, 1);
	}
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc
load_windows(struct tx *tx, const struct actor *actor, struct point_more *m)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &portal_q[Q_WINDOWS], ARGS(db_int(m->point), db_int(POINT_WINDOWS_MAX)), &row);

	while (rc == RC_OK && m->n_windows < POINT_WINDOWS_MAX && (rc = rows_next(row)) == RC_OK)
		m->windows[m->n_windows++] = (struct point_window){ rows_int(row, 0), rows_copy(row, 1),
			rows_int(row, 2) != 0 };
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
load_items(struct tx *tx, const struct actor *actor, struct point_more *m)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &portal_q[Q_ITEMS], ARGS(db_int(m->point), db_int(POINT_ITEMS_MAX)), &row);

	while (rc == RC_OK && m->n_items < POINT_ITEMS_MAX && (rc = rows_next(row)) == RC_OK)
		m->items[m->n_items++] = rows_int(row, 0);
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
point_more_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct point_more *m = argument;
	enum rc rc;

	m->n_windows = m->n_items = 0;
	rc = load_director(tx, actor, m);
	if (rc == RC_OK)
		rc = load_windows(tx, actor, m);
	return rc == RC_OK ? load_items(tx, actor, m) : rc;
}
