#include "resources/duty/duty_store.h"

#define PLAN "SELECT p.id, p.county, p.month, p.version, p.state, p.seed, p.input_hash, p.weights, p.objective, p.bound, p.costs, p.visits," \
	" p.seats, p.persons, p.open_visits, p.open_seats, p.stopped, p.calendar, p.est, p.account, p.at_ms, p.published_by, p.published_ms," \
	" p.freeze_day, p.revision, COALESCE(a.name, ''), COALESCE(b.name, '') FROM duty_plan p LEFT JOIN account a ON a.city = p.city" \
	" AND a.id = p.account LEFT JOIN account b ON b.city = p.city AND b.id = p.published_by WHERE p.city = $1"
#define SLOT "SELECT s.plan, s.slot, s.seat, s.place, s.point, s.nth, s.minutes, s.made_provider, s.made_day, s.provider, s.day, s.why," \
	" s.revision, COALESCE(v.name, ''), COALESCE(f.name, ''), COALESCE(v.account, 0) FROM duty_slot s LEFT JOIN provider v" \
	" ON v.city = s.city AND v.id = s.provider LEFT JOIN firm f ON f.city = v.city AND f.id = v.firm WHERE s.city = $1"
#define VILLAGE "SELECT d.place, COALESCE(d.provider, 0), d.visits, d.minutes, d.ends_in, d.weekdays, d.nth, d.market, d.revision," \
	" COALESCE(p.name, ''), COALESCE(p.licence, '') FROM duty_village d LEFT JOIN provider p ON p.city = d.city AND p.id = d.provider" \
	" WHERE d.city = $1"

/* As days away: after the end of the own licence and of the body's, and under a sanction that bars, on the day of the visit. */
#define UNLICENSED " UNION ALL SELECT p.id, p.valid_to + 1, CAST($3 AS integer) FROM provider p WHERE p.city = $1 AND p.valid_to < $3" \
	" UNION ALL SELECT p.id, f.valid_to + 1, CAST($3 AS integer) FROM firm f JOIN provider p ON p.city = f.city AND p.firm = f.id" \
	" WHERE f.city = $1 AND f.valid_to < $3" \
	" UNION ALL SELECT s.provider, s.from_day, COALESCE(s.to_day, CAST($3 AS integer)) FROM provider_sanction s WHERE s.city = $1" \
	" AND s.provider IS NOT NULL AND s.bars = 1 AND s.from_day <= $3 AND (s.to_day IS NULL OR s.to_day >= $2)" \
	" UNION ALL SELECT p.id, s.from_day, COALESCE(s.to_day, CAST($3 AS integer)) FROM provider_sanction s JOIN provider p" \
	" ON p.city = s.city AND p.firm = s.firm WHERE s.city = $1 AND s.firm IS NOT NULL AND s.bars = 1 AND s.from_day <= $3" \
	" AND (s.to_day IS NULL OR s.to_day >= $2)"
#define SWAP "SELECT w.id, w.plan, w.county, w.slot, w.provider, w.day, w.with_provider, w.with_slot, w.with_day, w.until_day, w.state," \
	" w.difference, w.why, w.at_ms, w.revision, p.name, COALESCE(p.account, 0), q.name, COALESCE(q.account, 0), s.place, s.point, s.seat," \
	" s.minutes, t.place, t.point, t.seat, t.minutes FROM duty_swap w JOIN provider p ON p.city = w.city AND p.id = w.provider" \
	" JOIN provider q ON q.city = w.city AND q.id = w.with_provider JOIN duty_slot s ON s.city = w.city AND s.plan = w.plan" \
	" AND s.slot = w.slot LEFT JOIN duty_slot t ON t.city = w.city AND t.plan = w.plan AND t.slot = w.with_slot WHERE w.city = $1"

#define TURNS(column, was) "SELECT p.county, p.month, p.version, p.state, s.seat, s.place, s.point, s.nth, s.minutes, s.made_day," \
	" COALESCE(s.provider, 0), s.day, x.day, s.revision, COALESCE(v.name, ''), COALESCE(f.name, ''), COALESCE((SELECT q.version" \
	" FROM duty_plan q WHERE q.city = p.city AND q.county = p.county AND q.month = p.month AND q.state = 20), p.version + 1)" \
	" FROM (SELECT a.plan, a.slot, a.day FROM duty_slot a WHERE a.city = $1 AND a." column " = $2 AND a.state = 20 AND a.day >= $3" \
	" UNION SELECT b.plan, b.slot, b.day FROM duty_slot b WHERE b.city = $1 AND b." column " = $2 AND b.state = 30 AND b.day >= $3" \
	" UNION " was ") x JOIN duty_slot s ON s.city = $1 AND s.plan = x.plan AND s.slot = x.slot JOIN duty_plan p ON p.city = s.city" \
	" AND p.id = s.plan LEFT JOIN provider v ON v.city = s.city AND v.id = s.provider LEFT JOIN firm f ON f.city = v.city AND f.id = v.firm" \
	" ORDER BY p.state, x.day, s.plan, s.slot LIMIT $4"
#define TURNS_WAS(where) "SELECT c.plan, c.slot, c.from_day FROM duty_slot o JOIN duty_change c ON c.city = o.city AND c.plan = o.plan" \
	" AND c.slot = o.slot WHERE o.city = $1 AND " where " AND o.state = 20 AND c.from_day >= $3"

#define OPENLY "SELECT s.day, v.name, f.name, s.place, v.kind, s.seat, COALESCE(s.point, 0), s.minutes, CASE WHEN EXISTS (SELECT 1" \
	" FROM duty_away w WHERE w.city = s.city AND w.provider = s.provider AND s.day BETWEEN w.from_day AND w.to_day) THEN 1 ELSE 0 END," \
	" CASE WHEN m.id <> s.provider THEN m.name ELSE '' END FROM duty_slot s JOIN provider v ON v.city = s.city AND v.id = s.provider" \
	" JOIN firm f ON f.city = v.city AND f.id = v.firm LEFT JOIN provider m ON m.city = s.city AND m.id = s.made_provider WHERE s.city = $1"

/* [public]: who is on duty at a station is posted at its door. */
const struct db_stmt duty_q[D_COUNT] = {
	[D_VILLAGE] = { "duty.village", DB_CITY, VILLAGE " AND d.place = $2", 0 },
	[D_VILLAGES] = { "duty.villages", DB_CITY, VILLAGE " AND d.place BETWEEN $2 AND $3 ORDER BY d.place", 0 },
	[D_VILLAGE_PUT] = { "duty.village_put", DB_SYSTEM,
	    "INSERT INTO duty_village (city, place, provider, visits, minutes, ends_in, weekdays, nth, market, account, at_ms, revision)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)", 0 },
	[D_VILLAGE_SET] = { "duty.village_set", DB_SYSTEM,
	    "UPDATE duty_village SET provider = $3, visits = $4, minutes = $5, ends_in = $6, weekdays = $7, nth = $8, market = $9, account = $10,"
	    " at_ms = $11, revision = revision + 1 WHERE city = $1 AND place = $2 AND revision = $12", 0 },
	[D_WINDOWS] = { "duty.windows", DB_CITY,
	    "SELECT w.point, w.weekdays, w.need, w.minutes, w.revision FROM duty_window w JOIN point p ON p.city = w.city AND p.id = w.point"
	    " WHERE w.city = $1 AND p.place BETWEEN $2 AND $3 AND p.closed_day IS NULL ORDER BY w.point LIMIT $4", 0 },
	[D_WINDOW_PUT] = { "duty.window_put", DB_SYSTEM,
	    "INSERT INTO duty_window (city, point, weekdays, need, minutes, account, at_ms, revision) VALUES ($1, $2, $3, $4, $5, $6, $7, 1)"
	    " ON CONFLICT (city, point) DO UPDATE SET weekdays = excluded.weekdays, need = excluded.need, minutes = excluded.minutes,"
	    " account = excluded.account, at_ms = excluded.at_ms, revision = duty_window.revision + 1", 0 },
	[D_WINDOW_DROP] = { "duty.window_drop", DB_SYSTEM, "DELETE FROM duty_window WHERE city = $1 AND point = $2", 0 },
	[D_AWAY_ADD] = { "duty.away_add", DB_SYSTEM,
	    "INSERT INTO duty_away (city, id, provider, from_day, to_day, sick, reason, account, at_ms)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)", 0 },
	[D_AWAYS] = { "duty.aways", DB_CITY,
	    "SELECT id, provider, from_day, to_day, sick, reason FROM duty_away WHERE city = $1 AND provider = $2 AND to_day >= $3"
	    " ORDER BY from_day, id LIMIT $4", 0 },
	[D_AWAYS_COUNTY] = { "duty.aways_all", DB_CITY,
	    "SELECT provider, from_day, to_day FROM duty_away WHERE city = $1 AND to_day >= $2 AND from_day <= $3" UNLICENSED, 0 },
	[D_PIN_ADD] = { "duty.pin_add", DB_SYSTEM,
	    "INSERT INTO duty_pin (city, id, county, month, kind, provider, day, place, point, why, account, at_ms)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)", 0 },
	[D_PIN_DROP] = { "duty.pin_drop", DB_SYSTEM,
	    "UPDATE duty_pin SET dropped_by = $4, dropped_ms = $5 WHERE city = $1 AND county = $2 AND id = $3 AND dropped_ms IS NULL", 0 },
	[D_PINS] = { "duty.pins", DB_CITY,
	    "SELECT d.id, d.county, d.month, d.kind, d.provider, d.day, d.place, d.point, d.why, p.name, p.licence FROM duty_pin d"
	    " JOIN provider p ON p.city = d.city AND p.id = d.provider WHERE d.city = $1 AND d.county = $2 AND d.month = $3"
	    " AND d.dropped_ms IS NULL ORDER BY d.id LIMIT $4", 0 },
	[D_LICENCE] = { "duty.licence", DB_CITY, "SELECT id, kind FROM provider WHERE city = $1 AND licence = $2 AND active = 1", 0 },
	[D_PERSON] = { "duty.person", DB_CITY,
	    "SELECT p.name, p.kind, p.valid_from, p.valid_to, p.away_from, p.away_to, p.active, f.active, f.place, COALESCE(a.home, p.home, 0), p.account"
	    " FROM provider p JOIN firm f ON f.city = p.city AND f.id = p.firm LEFT JOIN advisor a ON a.city = p.city AND a.provider = p.id"
	    " WHERE p.city = $1 AND p.id = $2", 0 },
	/* Lawyers and legal workers of houses in a county. */
	[D_PEOPLE] = { "duty.people", DB_CITY,
	    "SELECT p.id FROM provider p JOIN firm f ON f.city = p.city AND f.id = p.firm WHERE p.city = $1 AND f.place BETWEEN $2 AND $3"
	    " AND p.kind IN (1, 2) AND p.active = 1 AND f.active = 1 ORDER BY p.id LIMIT $4", 0 },
	[D_STAND_INS] = { "duty.stand_ins", DB_CITY,
	    "SELECT c.place, s.provider FROM advisor_substitute s JOIN advisor_contract c ON c.city = s.city AND c.id = s.contract"
	    " WHERE s.city = $1 AND c.place BETWEEN $2 AND $3 AND s.from_day <= $5 AND s.to_day >= $4 ORDER BY c.place, s.from_day", 0 },
	[D_BUSY] = { "duty.busy", DB_CITY,
	    "SELECT s.provider, s.day FROM duty_slot s JOIN duty_plan p ON p.city = s.city AND p.id = s.plan WHERE s.city = $1"
	    " AND s.state = 20 AND s.day BETWEEN $2 AND $3 AND p.county <> $4 AND s.provider IS NOT NULL", 0 },
	[D_WEIGHTS] = { "duty.weights", DB_CITY, "SELECT COUNT(*) FROM setting WHERE city = $1 AND substr(key, 1, 12) = $2", 0 },
	[D_PLAN_ADD] = { "duty.plan_add", DB_SYSTEM,
	    "INSERT INTO duty_plan (city, id, county, month, version, state, seed, input, input_hash, weights, objective, bound, costs, visits,"
	    " seats, persons, open_visits, open_seats, stopped, calendar, est, account, at_ms, revision) VALUES ($1, $2, $3, $4, $5, 10, $6, $7,"
	    " $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, 1)", 0 },
	[D_SLOT_ADD] = { "duty.slot_add", DB_SYSTEM,
	    "INSERT INTO duty_slot (city, plan, slot, state, seat, place, point, nth, minutes, made_provider, made_day, provider, day, why,"
	    " revision) VALUES ($1, $2, $3, 10, $4, $5, $6, $7, $8, $9, $10, $9, $10, $11, 1)", 0 },
	[D_VERSION] = { "duty.version", DB_CITY,
	    "SELECT COALESCE(MAX(version), 0) + 1 FROM duty_plan WHERE city = $1 AND county = $2 AND month = $3", 0 },
	[D_PLAN] = { "duty.plan", DB_CITY, PLAN " AND p.id = $2", 0 },
	[D_PLAN_OWN] = { "duty.plan_own", DB_AREA, PLAN " AND p.county BETWEEN $2 AND $3 AND p.id = $4", 0 },
	[D_PLANS] = { "duty.plans", DB_CITY, PLAN " AND p.county = $2 ORDER BY p.month DESC, p.version DESC LIMIT $3", 0 },
	[D_PLANS_ALL] = { "duty.plans_all", DB_CITY, PLAN " ORDER BY p.month DESC, p.county, p.version DESC LIMIT $2", 0 },
	[D_PLAN_OF] = { "duty.plan_of", DB_CITY, PLAN " AND p.county = $2 AND p.month = $3 AND p.state = 20", 0 },
	[D_INPUT] = { "duty.input", DB_CITY, "SELECT input FROM duty_plan WHERE city = $1 AND id = $2", 0 },
	[D_CLAIMED] = { "duty.claimed", DB_CITY,
	    "SELECT COUNT(*) FROM duty_slot s WHERE s.city = $1 AND s.plan = $2 AND s.provider IS NOT NULL AND EXISTS (SELECT 1 FROM duty_slot o"
	    " JOIN duty_plan q ON q.city = o.city AND q.id = o.plan WHERE o.city = s.city AND o.provider = s.provider AND o.state = 20"
	    " AND o.day = s.day AND q.county <> $3)", 0 },
	[D_PUBLISH] = { "duty.publish", DB_SYSTEM,
	    "UPDATE duty_plan SET state = 20, published_by = $4, published_ms = $5, freeze_day = $6, revision = revision + 1"
	    " WHERE city = $1 AND id = $2 AND revision = $3 AND state = 10", 0 },
	[D_PUBLISH_SLOTS] = { "duty.publish_slots", DB_SYSTEM, "UPDATE duty_slot SET state = 20 WHERE city = $1 AND plan = $2", 0 },
	[D_REPLACE] = { "duty.replace", DB_SYSTEM,
	    "UPDATE duty_plan SET state = 30, revision = revision + 1 WHERE city = $1 AND id = $2 AND state = 20", 0 },
	[D_REPLACE_SLOTS] = { "duty.replace_slots", DB_SYSTEM, "UPDATE duty_slot SET state = 30 WHERE city = $1 AND plan = $2", 0 },
	[D_SLOTS] = { "duty.slots", DB_CITY, SLOT " AND s.plan = $2 ORDER BY s.slot LIMIT $3", 0 },
	[D_SLOT] = { "duty.slot", DB_CITY, SLOT " AND s.plan = $2 AND s.slot = $3", 0 },
	[D_OF_PERSON] = { "duty.of_person", DB_CITY,
	    SLOT " AND s.provider = $2 AND s.state = 20 AND s.day BETWEEN $3 AND $4 ORDER BY s.day, s.plan, s.slot LIMIT $5", 0 },
	[D_OF_POINT] = { "duty.of_point", DB_CITY,
	    SLOT " AND s.point = $2 AND s.state = 20 AND s.day BETWEEN $3 AND $4 ORDER BY s.day, s.plan, s.slot LIMIT $5", 0 },
	[D_OF_POINT_PUBLIC] = { "duty.of_point_public", DB_PUBLIC, OPENLY " AND s.point = $2 AND s.state = 20 AND s.day BETWEEN $3 AND $4"
	    " ORDER BY s.day, s.plan, s.slot LIMIT $5", 0 },
	[D_OF_PLACE_PUBLIC] = { "duty.of_place_public", DB_PUBLIC, OPENLY " AND s.place = $2 AND s.state = 20 AND s.day BETWEEN $3 AND $4"
	    " ORDER BY s.day, s.plan, s.slot LIMIT $5", 0 },
	[D_OF_DAY_PUBLIC] = { "duty.of_day_public", DB_PUBLIC, OPENLY " AND s.state = 20 AND s.day = $2 AND s.place BETWEEN $3 AND $4"
	    " ORDER BY s.place, s.plan, s.slot LIMIT $5", 0 },
	[D_GAPS] = { "duty.gaps", DB_CITY,
	    SLOT " AND s.state = 20 AND (s.provider IS NULL OR v.valid_to < s.day OR f.valid_to < s.day OR EXISTS (SELECT 1 FROM duty_away w WHERE w.city = s.city"
	    " AND w.provider = s.provider AND s.day BETWEEN w.from_day AND w.to_day)) AND s.place BETWEEN $2 AND $3"
	    " AND EXISTS (SELECT 1 FROM duty_plan p WHERE p.city = s.city AND p.id = s.plan AND p.month = $4) ORDER BY s.place, s.slot LIMIT $5", 0 },
	[D_THERE] = { "duty.there", DB_CITY, "SELECT slot FROM duty_attend WHERE city = $1 AND plan = $2", 0 },
	[D_SLOT_SET] = { "duty.slot_set", DB_SYSTEM, /* who has signed in was there: that visit is not given to another */
	    "UPDATE duty_slot SET provider = $5, day = $6, revision = revision + 1 WHERE city = $1 AND plan = $2 AND slot = $3"
	    " AND revision = $4 AND state = 20 AND NOT EXISTS (SELECT 1 FROM duty_attend t WHERE t.city = $1 AND t.plan = $2 AND t.slot = $3)", 0 },
	[D_TOUCH] = { "duty.touch", DB_SYSTEM,
	    "UPDATE duty_plan SET revision = revision + 1 WHERE city = $1 AND id = $2 AND revision = $3 AND state = 20", 0 },
	[D_BOOKED] = { "duty.booked", DB_CITY,
	    "SELECT COUNT(*) FROM duty_slot WHERE city = $1 AND provider = $2 AND state = 20 AND day = $3 AND plan <> $4", 0 },
	[D_CHANGE_ADD] = { "duty.change_add", DB_SYSTEM,
	    "INSERT INTO duty_change (city, id, plan, slot, kind, from_provider, from_day, to_provider, to_day, difference, why, account, at_ms)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)", 0 },
	[D_CHANGES] = { "duty.changes", DB_CITY,
	    "SELECT c.id, c.slot, c.kind, c.from_provider, c.from_day, c.to_provider, c.to_day, c.difference, c.why, c.at_ms, COALESCE(f.name, ''),"
	    " COALESCE(t.name, ''), COALESCE(a.name, '') FROM duty_change c LEFT JOIN provider f ON f.city = c.city AND f.id = c.from_provider"
	    " LEFT JOIN provider t ON t.city = c.city AND t.id = c.to_provider LEFT JOIN account a ON a.city = c.city AND a.id = c.account"
	    " WHERE c.city = $1 AND c.plan = $2 ORDER BY c.id DESC LIMIT $3", 0 },
	/* ---- who is to be told ---- */
	[D_TELL_ADD] = { "duty.tell_add", DB_SYSTEM,
	    "INSERT INTO duty_event (city, id, kind, account, plan, slot, swap, month, place, day, by_account, at_ms, tell)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1)", 0 },
	[D_ACCOUNT] = { "duty.account", DB_CITY, "SELECT COALESCE(account, 0) FROM provider WHERE city = $1 AND id = $2", 0 },
	[D_STATION_ACCOUNTS] = { "duty.station_accounts", DB_CITY,
	    "SELECT id FROM account WHERE city = $1 AND point = $2 AND active = 1 AND role <> $3 ORDER BY id LIMIT $4", 0 },
	[D_PLAN_ACCOUNTS] = { "duty.plan_accounts", DB_CITY,
	    "SELECT DISTINCT v.account FROM duty_slot s JOIN provider v ON v.city = s.city AND v.id = s.provider WHERE s.city = $1"
	    " AND s.plan IN ($2, $3) AND v.account IS NOT NULL ORDER BY v.account LIMIT $4", 0 },
	/* ---- swaps ---- */
	[D_SWAP] = { "duty.swap", DB_CITY, SWAP " AND w.id = $2", 0 },
	[D_SWAPS_PERSON] = { "duty.swaps_person", DB_CITY,
	    SWAP " AND w.id IN (SELECT a.id FROM duty_swap a WHERE a.city = $1 AND a.provider = $2 UNION SELECT b.id FROM duty_swap b"
	    " WHERE b.city = $1 AND b.with_provider = $2) ORDER BY w.id DESC LIMIT $3", 0 },
	[D_SWAPS_COUNTY] = { "duty.swaps_county", DB_AREA, SWAP " AND w.county BETWEEN $2 AND $3 ORDER BY w.id DESC LIMIT $4", 0 },
	[D_SWAPS_OPEN] = { "duty.swaps_open", DB_AREA, SWAP " AND w.county BETWEEN $2 AND $3 AND w.state < 30 ORDER BY w.id DESC LIMIT $4", 0 },
	[D_SWAP_ADD] = { "duty.swap_add", DB_SYSTEM,
	    "INSERT INTO duty_swap (city, id, plan, county, slot, provider, day, with_provider, with_slot, with_day, until_day, state,"
	    " difference, why, account, at_ms, revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 10, $12, $13, $14, $15, 1)", 0 },
	[D_SWAP_SET] = { "duty.swap_set", DB_SYSTEM,
	    "UPDATE duty_swap SET state = $5, difference = $6, revision = revision + 1 WHERE city = $1 AND id = $2 AND state = $3"
	    " AND revision = $4", 0 },
	[D_SWAP_OF_SLOT] = { "duty.swap_of_slot", DB_CITY,
	    SWAP " AND w.plan = $2 AND w.state < 30 AND (w.slot = $3 OR w.with_slot = $3) ORDER BY w.id LIMIT $4", 0 },
	[D_SWAPS_PLAN] = { "duty.swaps_plan", DB_CITY, SWAP " AND w.plan = $2 AND w.state < 30 ORDER BY w.id LIMIT $3", 0 },
	[D_SWAPS_PAST] = { "duty.swaps_past", DB_CITY, SWAP " AND w.state < 30 AND w.until_day <= $2 ORDER BY w.until_day, w.id LIMIT $3", 0 },
	[D_SWAP_STEP_ADD] = { "duty.swap_step_add", DB_SYSTEM,
	    "INSERT INTO duty_swap_step (city, swap, nth, step, from_state, to_state, words, account, at_ms)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)", 0 },
	[D_SWAP_STEPS] = { "duty.swap_steps", DB_CITY,
	    "SELECT d.step, d.words, COALESCE(a.name, ''), d.at_ms FROM duty_swap_step d LEFT JOIN account a ON a.city = d.city"
	    " AND a.id = d.account WHERE d.city = $1 AND d.swap = $2 ORDER BY d.nth LIMIT $3", 0 },
	/* ---- calendars: who comes, and who was to come; nothing else of them ---- */
	[D_TURNS_PERSON] = { "duty.turns_person", DB_PUBLIC, TURNS("provider", "SELECT c.plan, c.slot, c.from_day FROM duty_change c"
	    " WHERE c.city = $1 AND c.from_provider = $2 AND c.from_day >= $3"), 0 },
	[D_TURNS_POINT] = { "duty.turns_point", DB_PUBLIC, TURNS("point", TURNS_WAS("o.point = $2")), 0 },
	[D_TURNS_PLACE] = { "duty.turns_place", DB_PUBLIC, TURNS("place", TURNS_WAS("o.place = $2")), 0 },
};
const struct db_set duty_sql = DB_SET("duty", duty_q);
