#include "supply/desk/desk_store.h"

#include "resources/identity/identity.h"
#include "supply/desk/desk.h"

const struct db_stmt desk_q[Q_COUNT] = {
	/* $5 person: what they brought before, as far as the actor may see it, the newest first */
	[Q_EARLIER] = { "desk.earlier", DB_PLACE,
	    "SELECT r.id, r.number, r.subject, r.state, r.created_ms, i.name, i.name_en, h.name FROM request r"
	    " LEFT JOIN item_revision i ON i.city = r.city AND i.item = r.item AND i.from_day = r.item_from_day"
	    " LEFT JOIN account h ON h.city = r.city AND h.id = r.holder"
	    " WHERE " REQUEST_IN_SCOPE " AND r.person = $5 ORDER BY r.id DESC LIMIT $6", 0 },
};

const struct db_set desk_sql = DB_SET("desk", desk_q);
