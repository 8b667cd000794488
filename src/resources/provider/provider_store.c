#include "resources/provider/provider_store.h"

#define FIRM "SELECT f.id, f.kind, f.licence, f.name, f.place, f.phone, f.active, f.revision, COALESCE(f.credit, ''), f.sector, f.welfare," \
	" f.valid_from, f.valid_to FROM firm f WHERE f.city = $1"
#define PROVIDER "SELECT p.id, p.firm, p.kind, p.licence, p.name, p.valid_from, p.valid_to, p.practice_from, p.skills," \
	" COALESCE(p.account, 0), p.away_from, p.away_to, p.active, p.revision, f.name, f.active, f.place," \
	" p.sector, p.category, p.qualification, p.languages, COALESCE(p.home, 0), p.room" \
	" FROM provider p JOIN firm f ON f.city = p.city AND f.id = p.firm WHERE p.city = $1"

const struct db_stmt provider_q[Q_COUNT] = {
	[Q_FIRM] = { "provider.firm", DB_CITY, FIRM " AND f.id = $2", 0 },
	[Q_FIRM_LICENCE] = { "provider.firm_licence", DB_CITY, FIRM " AND f.licence = $2", 0 },
	[Q_FIRMS] = { "provider.firms", DB_CITY, FIRM " AND f.name > $2 ORDER BY f.name, f.id LIMIT $3", 0 },
	[Q_FIRM_CREDIT] = { "provider.firm_credit", DB_CITY, FIRM " AND f.credit = $2", 0 },
	[Q_FIRM_INSERT] = { "provider.firm_insert", DB_SYSTEM,
	    "INSERT INTO firm (city, id, kind, licence, name, place, phone, active, credit, sector, welfare, valid_from, valid_to, revision)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1)", 0 },
	[Q_FIRM_UPDATE] = { "provider.firm_update", DB_SYSTEM,
	    "UPDATE firm SET kind = $4, licence = $5, name = $6, place = $7, phone = $8, active = $9, credit = $10,"
	    " sector = $11, welfare = $12, valid_from = $13, valid_to = $14, revision = revision + 1"
	    " WHERE city = $1 AND id = $2 AND revision = $3", 0 },
	[Q_PROVIDER] = { "provider.load", DB_CITY, PROVIDER " AND p.id = $2", 0 },
	[Q_PROVIDER_LICENCE] = { "provider.licence", DB_CITY, PROVIDER " AND p.licence = $2", 0 },
	[Q_PROVIDER_ACCOUNT] = { "provider.account", DB_CITY, PROVIDER " AND p.account = $2", 0 },
	[Q_PROVIDERS] = { "provider.list", DB_CITY, PROVIDER " AND p.id > $2 ORDER BY p.id LIMIT $3", 0 },
	[Q_PROVIDERS_OF] = { "provider.list_of", DB_CITY, PROVIDER " AND p.firm = $2 AND p.id > $3 ORDER BY p.id LIMIT $4", 0 },
	[Q_PROVIDER_INSERT] = { "provider.insert", DB_SYSTEM,
	    "INSERT INTO provider (city, id, firm, kind, licence, name, valid_from, valid_to, practice_from, skills, account,"
	    " away_from, away_to, active, sector, category, qualification, languages, home, room, revision)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, 1)", 0 },
	[Q_PROVIDER_UPDATE] = { "provider.update", DB_SYSTEM,
	    "UPDATE provider SET firm = $4, kind = $5, licence = $6, name = $7, valid_from = $8, valid_to = $9,"
	    " practice_from = $10, skills = $11, account = $12, away_from = $13, away_to = $14, active = $15,"
	    " sector = $16, category = $17, qualification = $18, languages = $19, home = $20, room = $21, revision = revision + 1 WHERE city = $1 AND id = $2 AND revision = $3", 0 },
};
const struct db_set provider_sql = DB_SET("provider", provider_q);

static struct day
day_at(const struct rows *row, int col)
{
	struct day none = DAY_NONE, d = { (int32_t)rows_int(row, col) };

	return rows_is_null(row, col) ? none : d;
}

void
firm_read(const struct rows *row, struct firm *ret)
{
	*ret = (struct firm){ .id = rows_int(row, 0), .kind = (enum firm_kind)rows_int(row, 1), .licence = rows_copy(row, 2),
		.name = rows_copy(row, 3), .place = { rows_int(row, 4) }, .phone = rows_copy(row, 5),
		.active = rows_int(row, 6) != 0, .revision = rows_int(row, 7), .more = { .credit = rows_copy(row, 8),
		    .sector = (int)rows_int(row, 9), .welfare = rows_int(row, 10) != 0, .valid_from = day_at(row, 11), .valid_to = day_at(row, 12) } };
}

void
provider_read(const struct rows *row, struct provider *ret)
{
	*ret = (struct provider){ .id = rows_int(row, 0), .firm = rows_int(row, 1), .kind = (enum provider_kind)rows_int(row, 2),
		.licence = rows_copy(row, 3), .name = rows_copy(row, 4), .valid_from = day_at(row, 5), .valid_to = day_at(row, 6),
		.practice_from = day_at(row, 7), .skills = (unsigned)rows_int(row, 8), .account = rows_int(row, 9),
		.away_from = day_at(row, 10), .away_to = day_at(row, 11), .active = rows_int(row, 12) != 0,
		.revision = rows_int(row, 13), .firm_name = rows_copy(row, 14), .firm_active = rows_int(row, 15) != 0,
		.firm_place = { rows_int(row, 16) }, .more = { .sector = (int)rows_int(row, 17), .category = (int)rows_int(row, 18),
		    .qualification = rows_copy(row, 19), .languages = (uint64_t)rows_int(row, 20), .home = { rows_int(row, 21) },
		    .room = rows_int(row, 22) } };
}
