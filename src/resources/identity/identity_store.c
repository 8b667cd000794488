#include "resources/identity/identity_store.h"

#define ACCOUNT "a.id, a.login, a.name, a.title, a.role, a.place, a.point, a.active, a.open_load, " \
	"a.capacity, a.created_ms, a.revision, a.city"

const struct db_stmt identity_stmts[IDENTITY_STMT_COUNT] = {
	[ACCOUNT_GET] = { "identity.get", DB_CITY,
		"SELECT " ACCOUNT " FROM account a WHERE a.city = $1 AND a.id = $2", 0 },
	[ACCOUNT_GET_LOGIN] = { "identity.get_login", DB_CITY,
		"SELECT " ACCOUNT " FROM account a WHERE a.city = $1 AND a.login = $2", 0 },
	/* public: the one statement of log-in, before anybody is known */
	[ACCOUNT_SECRET] = { "identity.secret", DB_PUBLIC,
		"SELECT " ACCOUNT ", a.password FROM account a WHERE a.city = $1 AND a.login = $2", 0 },
	[ACCOUNT_SECRET_OWN] = { "identity.secret_own", DB_OWN,
		"SELECT " ACCOUNT ", a.password FROM account a WHERE a.city = $1 AND a.id = $2", 0 },
	[ACCOUNT_MANAGED] = { "identity.managed", DB_PLACE,
		"SELECT " ACCOUNT " FROM account a WHERE a.city = $1 AND a.place BETWEEN $2 AND $3 "
		"AND a.id <> $4 AND a.id = $5", 0 },
	[ACCOUNT_LIST] = { "identity.list", DB_PLACE,
		"SELECT " ACCOUNT ", CASE WHEN a.id = $4 THEN 1 ELSE 0 END FROM account a "
		"WHERE a.city = $1 AND a.place BETWEEN $2 AND $3 AND (a.place, a.id) > ($5, $6) "
		"AND (CAST($7 AS text) = '' OR a.login = $7 OR a.name = $7) "
		"ORDER BY a.place, a.id LIMIT $8", 0 },
	[ACCOUNT_AT_POINT] = { "identity.at_point", DB_CITY,
		"SELECT " ACCOUNT " FROM account a WHERE a.city = $1 AND a.point = $2 AND a.active = 1 "
		"ORDER BY a.id LIMIT $3", 0 },
	[ACCOUNT_INSERT] = { "identity.insert", DB_SYSTEM,
		"INSERT INTO account (city, id, login, name, title, role, place, point, password, active, "
		"open_load, capacity, created_ms, revision) "
		"VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, 0, $10, $11, 1) "
		"ON CONFLICT (city, login) DO NOTHING", 0 },
	[ACCOUNT_CHANGE] = { "identity.change", DB_PLACE,
		"UPDATE account SET role = $5, place = $6, point = $7, active = $8, revision = revision + 1 "
		"WHERE city = $1 AND place BETWEEN $2 AND $3 AND id <> $4 AND id = $9 AND revision = $10", 0 },
	[ACCOUNT_CHANGE_WORK] = { "identity.change_work", DB_PLACE,
		"UPDATE account SET name = $5, title = $6, capacity = $7, revision = revision + 1 "
		"WHERE city = $1 AND place BETWEEN $2 AND $3 AND id <> $4 AND id = $8 AND revision = $9", 0 },
	[ACCOUNT_PASSWORD] = { "identity.password", DB_PLACE,
		"UPDATE account SET password = $5, revision = revision + 1 "
		"WHERE city = $1 AND place BETWEEN $2 AND $3 AND id <> $4 AND id = $6", 0 },
	/* the hash that was checked is still the one stored: nobody changed the password meanwhile */
	[ACCOUNT_REHASH] = { "identity.rehash", DB_SYSTEM,
		"UPDATE account SET password = $2 WHERE city = $1 AND id = $3 AND password = $4 "
		"AND active = 1", 0 },
	/* an account's point lies in its place, or its list shows what it may not open */
	[POINT_OUTSIDE] = { "identity.point_outside", DB_SYSTEM,
		"SELECT COUNT(*) FROM point WHERE city = $1 AND id = $2 AND place NOT BETWEEN $3 AND $4", 0 },
	[ITEM_LIST] = { "identity.items", DB_CITY,
		"SELECT item FROM account_item WHERE city = $1 AND account = $2 ORDER BY item LIMIT $3", 0 },
	[LANGUAGE_LIST] = { "identity.languages", DB_CITY,
	    "SELECT language FROM account_language WHERE city = $1 AND account = $2 ORDER BY language LIMIT $3", 0 },
	[LANGUAGE_CLEAR] = { "identity.languages_clear", DB_SYSTEM,
	    "DELETE FROM account_language WHERE city = $1 AND account = $2", 0 },
	[LANGUAGE_ADD] = { "identity.language_add", DB_SYSTEM,
	    "INSERT INTO account_language (city, account, language) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", 0 },
	[ITEM_CLEAR] = { "identity.items_clear", DB_SYSTEM,
		"DELETE FROM account_item WHERE city = $1 AND account = $2", 0 },
	[ITEM_ADD] = { "identity.item_add", DB_SYSTEM,
		"INSERT INTO account_item (city, account, item) VALUES ($1, $2, $3) "
		"ON CONFLICT (city, account, item) DO NOTHING", 0 },

	/* public: the token is what proves */
	[SESSION_GET] = { "identity.session", DB_PUBLIC,
		"SELECT " ACCOUNT ", s.csrf, s.created_ms, s.seen_ms FROM session s "
		"JOIN account a ON a.city = s.city AND a.id = s.account "
		"WHERE s.city = $1 AND s.token_hash = $2 AND a.active = 1", 0 },
	[SESSION_INSERT] = { "identity.session_insert", DB_SYSTEM,
		"INSERT INTO session (city, token_hash, account, csrf, created_ms, seen_ms, peer) "
		"VALUES ($1, $2, $3, $4, $5, $5, $6)", 0 },
	[SESSION_SEEN] = { "identity.session_seen", DB_SYSTEM,
		"UPDATE session SET seen_ms = $3 WHERE city = $1 AND token_hash = $2 AND seen_ms < $3", 0 },
	[SESSION_END] = { "identity.session_end", DB_SYSTEM,
		"DELETE FROM session WHERE city = $1 AND token_hash = $2 RETURNING account", 0 },
	[SESSION_END_ALL] = { "identity.session_end_all", DB_SYSTEM,
		"DELETE FROM session WHERE city = $1 AND account = $2", 0 },
	[SESSION_SWEEP] = { "identity.session_sweep", DB_SYSTEM,
		"DELETE FROM session WHERE city = $1 AND (created_ms <= $2 OR seen_ms <= $3)", 0 },

	[DELAY_GET] = { "identity.delay", DB_PUBLIC,
		"SELECT until_ms FROM try_delay WHERE city = $1 AND subject = $2", 0 },
	/* $3, $5: counts whose wait ended before, or would end after, begin anew */
	[DELAY_COUNT] = { "identity.delay_count", DB_SYSTEM,
		"INSERT INTO try_delay (city, subject, failures, until_ms) VALUES ($1, $2, 1, $4) "
		"ON CONFLICT (city, subject) DO UPDATE SET failures = "
		"CASE WHEN try_delay.until_ms < $3 OR try_delay.until_ms > $5 THEN 1 ELSE try_delay.failures + 1 END "
		"RETURNING failures", 0 },
	/* no row comes back while the wait runs ($4: now); the row lock lets one of many pass */
	[DELAY_TAKE] = { "identity.delay_take", DB_SYSTEM,
		"INSERT INTO try_delay (city, subject, failures, until_ms) VALUES ($1, $2, 1, $4) "
		"ON CONFLICT (city, subject) DO UPDATE SET failures = "
		"CASE WHEN try_delay.until_ms < $3 OR try_delay.until_ms > $5 THEN 1 ELSE try_delay.failures + 1 END "
		"WHERE try_delay.until_ms <= $4 OR try_delay.until_ms > $5 RETURNING failures", 0 },
	[DELAY_UNTIL] = { "identity.delay_until", DB_SYSTEM,
		"UPDATE try_delay SET until_ms = $3 WHERE city = $1 AND subject = $2", 0 },
	[DELAY_CLEAR] = { "identity.delay_clear", DB_SYSTEM,
		"DELETE FROM try_delay WHERE city = $1 AND subject = $2", 0 },
	[DELAY_GIVE_BACK] = { "identity.delay_give_back", DB_SYSTEM,
		"UPDATE try_delay SET until_ms = $3, failures = failures - 1 "
		"WHERE city = $1 AND subject = $2 AND failures > 0", 0 },
	[KNOWN_GET] = { "identity.known_get", DB_SYSTEM,
		"SELECT COUNT(*) FROM login_network WHERE city = $1 AND login = $2 AND network = $3 AND at_ms >= $4", 0 },
	[KNOWN_SET] = { "identity.known_set", DB_SYSTEM,
		"INSERT INTO login_network (city, login, network, at_ms) VALUES ($1, $2, $3, $4) "
		"ON CONFLICT (city, login, network) DO UPDATE SET at_ms = excluded.at_ms", 0 },
	[KNOWN_SWEEP] = { "identity.known_sweep", DB_SYSTEM,
		"DELETE FROM login_network WHERE city = $1 AND at_ms < $2", 0 },
	[DELAY_SWEEP] = { "identity.delay_sweep", DB_SYSTEM,
		"DELETE FROM try_delay WHERE city = $1 AND until_ms < $2", 0 },
};

const struct db_set identity_sql = DB_SET("identity", identity_stmts);

void
account_read(const struct rows *rows, int col, struct account *ret)
{
	*ret = (struct account){
		.id = { rows_int(rows, col) },
		.login = rows_copy(rows, col + 1),
		.name = rows_copy(rows, col + 2),
		.title = rows_copy(rows, col + 3),
		.role = (enum role)rows_int(rows, col + 4),
		.place = { rows_int(rows, col + 5) },
		.point = rows_int(rows, col + 6),
		.active = rows_int(rows, col + 7) != 0,
		.open_load = rows_int(rows, col + 8),
		.capacity = rows_int(rows, col + 9),
		.created_ms = rows_int(rows, col + 10),
		.revision = rows_int(rows, col + 11),
	};
}

struct idem_key
identity_key(void)
{
	struct idem_key key;

	crypt_random(key.b, sizeof(key.b));
	return key;
}
