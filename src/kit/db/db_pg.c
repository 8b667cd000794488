#include "kit/db/db_engine.h"

static enum rc
pg_open(struct db *db, bool create, struct text *ret_why)
{
	(void)db, (void)create;
	*ret_why = db_why("not yet");
	return RC_UNAVAILABLE;
}

const struct db_engine db_engine_pg = { .name = "postgresql", .open = pg_open };
