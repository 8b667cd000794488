#include "operations/request/request_store.h"

#define COLUMNS "r.id, r.place, r.number, r.item, r.item_from_day, r.matter, r.topic, r.channel, r.tier," \
	" r.point, r.scheduled, r.online, r.gathered, r.applicant, r.person, r.organisation, r.caller," \
	" r.caller_name, r.subject, r.detail, r.urgent, r.groups, r.state, r.holder, r.holder_point," \
	" r.first_contact, r.due_ms, r.start_ms, r.created_ms, r.accepted_ms, r.closed_ms, r.outcome," \
	" r.parent, r.revision, r.told_name, r.differs, p.name, h.name, hp.name, f.name, i.name, i.name_en"
#define JOINED "request r LEFT JOIN person p ON p.city = r.city AND p.id = r.person" \
	" LEFT JOIN account h ON h.city = r.city AND h.id = r.holder" \
	" LEFT JOIN point hp ON hp.city = r.city AND hp.id = r.holder_point" \
	" LEFT JOIN account f ON f.city = r.city AND f.id = r.first_contact" \
	" LEFT JOIN item_revision i ON i.city = r.city AND i.item = r.item AND i.from_day = r.item_from_day"

/* A queue is one walk along an index in order of the deadline; $first.. are the caller's parameters. */
#define QUEUE_COLUMNS "SELECT r.id, r.number, r.subject, r.state, r.channel, r.urgent, r.due_ms, r.start_ms," \
	" r.created_ms, r.holder, p.name, h.name, hp.name, i.name, i.name_en FROM " JOINED
#define QUEUE_PAGE(a, b, c, d, e) " AND r.open = 1 AND r.due_ms >= $" a " AND r.due_ms <= $" b \
	" AND (r.due_ms, r.id) > ($" c ", $" d ") ORDER BY r.due_ms, r.id LIMIT $" e
#define COUNT_PAGE(a, b, c) " AND r.open = 1 AND r.due_ms >= $" a " AND r.due_ms <= $" b " LIMIT $" c ") counted"
#define COUNT_HEAD "SELECT COUNT(*) FROM (SELECT 1 AS one FROM request r WHERE "
#define MINE "r.city = $1 AND r.holder = $2"
/* of these, what the actor may open: a provider sees the granted ones alone */
#define AT_POINT "r.holder_point = (SELECT a.point FROM account a WHERE a.city = $1 AND a.id = $4) AND " REQUEST_IN_SCOPE

#define PAUSE_NAME(column) "(SELECT k." column " FROM code_value k WHERE k.city = p.city AND k.kind = 'clock.pause'" \
	" AND k.code = p.reason ORDER BY k.from_day DESC LIMIT 1)"
#define PAUSE_COLUMNS "p.from_ms, COALESCE(p.to_ms, 0), p.reason, p.targets, p.words, p.until_ms, COALESCE(p.proof, 0)," \
	" a.name, COALESCE(p.ended_by, 0), p.ended_words, " PAUSE_NAME("name") ", " PAUSE_NAME("name_en")

const struct db_stmt request_q[Q_COUNT] = {
	[Q_LOAD] = { "request.load", DB_PLACE,
	    "SELECT " COLUMNS " FROM " JOINED " WHERE " REQUEST_IN_SCOPE " AND r.id = $5", 0 },
	[Q_LOAD_RECEIPT] = { "request.load_receipt", DB_RECEIPT,
	    "SELECT " COLUMNS " FROM " JOINED " WHERE r.city = $1 AND r.id = $2", 0 },
	[Q_FIND_NUMBER] = { "request.find_number", DB_PLACE,
	    "SELECT r.id FROM request r WHERE " REQUEST_IN_SCOPE " AND r.number = $5", 0 },
	[Q_FIND_CODE] = { "request.find_code", DB_PUBLIC,
	    "SELECT r.id FROM request r WHERE r.city = $1 AND r.code_hash = $2", 0 },
	[Q_INSERT] = { "request.insert", DB_SYSTEM,
	    "INSERT INTO request (city, id, place, number, code_hash, item, item_from_day, matter, topic, channel,"
	    " tier, point, scheduled, online, gathered, applicant, person, organisation, caller, caller_name,"
	    " caller_phone, contact, subject, detail, urgent, groups, state, holder, holder_point, first_contact,"
	    " due_ms, start_ms, created_ms, created_day, parent, told_name, differs, asked,"
	    " revision)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,"
	    " $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36,"
	    " $37, $38, 1)", 0 },
	[Q_STEP] = { "request.step", DB_SYSTEM,
	    "UPDATE request SET state = CAST($5 AS smallint), revision = revision + 1,"
	    " accepted_ms = CASE WHEN CAST($5 AS smallint) = 20 AND accepted_ms IS NULL THEN $6 ELSE accepted_ms END"
	    " WHERE city = $1 AND id = $2 AND revision = $3 AND state = $4", 0 },
	[Q_CLOSE] = { "request.close", DB_SYSTEM,
	    "UPDATE request SET closed_ms = $3, closed_day = $4, outcome = $5, due_ms = $6"
	    " WHERE city = $1 AND id = $2", 0 },
	[Q_HOLDER] = { "request.holder", DB_SYSTEM,
	    "UPDATE request SET holder = $3, holder_point = $4 WHERE city = $1 AND id = $2", 0 },
	[Q_DUE] = { "request.due", DB_SYSTEM,
	    "UPDATE request SET due_ms = $3, start_ms = $4 WHERE city = $1 AND id = $2", 0 },
	[Q_EVENT_INSERT] = { "request.event_insert", DB_SYSTEM,
	    "INSERT INTO event (city, request, id, at_ms, account, kind, from_state, to_state, shown, note, data)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)", 0 },
	[Q_HOLDING_LAST] = { "request.holding_last", DB_SYSTEM,
	    "SELECT since_ms, account FROM holding WHERE city = $1 AND request = $2 ORDER BY since_ms DESC LIMIT 1", 0 },
	[Q_HOLDING_INSERT] = { "request.holding_insert", DB_SYSTEM,
	    "INSERT INTO holding (city, request, since_ms, account, point, how, event)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7)", 0 },
	[Q_URGE] = { "request.urge", DB_SYSTEM, "UPDATE request SET urgent = 1 WHERE city = $1 AND id = $2", 0 },
	[Q_GRANT] = { "request.grant", DB_SYSTEM,
	    "INSERT INTO case_grant (city, request, account, since_ms, why) VALUES ($1, $2, $3, $4, $5)"
	    " ON CONFLICT (city, account, request) DO NOTHING", 0 },
	[Q_GRANT_DROP] = { "request.grant_drop", DB_SYSTEM,
	    "DELETE FROM case_grant WHERE city = $1 AND request = $2 AND account = $3"
	    " AND NOT EXISTS (SELECT 1 FROM holding h WHERE h.city = $1 AND h.request = $2 AND h.account = $3)"
	    " AND NOT EXISTS (SELECT 1 FROM event e WHERE e.city = $1 AND e.request = $2 AND e.account = $3"
	    "  AND e.kind <> 'dispatch.returned')", 0 },
	/* nobody is given a case who no longer works here: no row, RC_CONFLICT */
	[Q_LOAD_UP] = { "request.load_up", DB_SYSTEM,
	    "UPDATE account SET open_load = open_load + 1 WHERE city = $1 AND id = $2 AND active = 1", 0 },
	[Q_LOAD_DOWN] = { "request.load_down", DB_SYSTEM,
	    "UPDATE account SET open_load = open_load - 1 WHERE city = $1 AND id = $2", 0 },
	[Q_CLOCK_INSERT] = { "request.clock_insert", DB_SYSTEM,
	    "INSERT INTO case_clock (city, request, target, count, unit, roll, source, start_ms, due_ms, uncertain,"
	    " calendar) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
	    " ON CONFLICT (city, request, target) DO UPDATE SET count = excluded.count, unit = excluded.unit,"
	    " roll = excluded.roll, source = excluded.source, start_ms = excluded.start_ms, due_ms = excluded.due_ms,"
	    " uncertain = excluded.uncertain, calendar = excluded.calendar, met_ms = NULL"
	    " WHERE case_clock.met_ms IS NOT NULL", 0 },
	[Q_CLOCK_MEET] = { "request.clock_meet", DB_SYSTEM,
	    "UPDATE case_clock SET met_ms = $4 WHERE city = $1 AND request = $2 AND target = $3 AND met_ms IS NULL", 0 },
	[Q_CLOCK_MEET_ALL] = { "request.clock_meet_all", DB_SYSTEM,
	    "UPDATE case_clock SET met_ms = $3 WHERE city = $1 AND request = $2 AND met_ms IS NULL", 0 },
	[Q_RUNNING_OLD] = { "request.running_old", DB_SYSTEM,
	    "SELECT c.request, c.target, c.count, c.unit, c.roll, c.start_ms, c.due_ms, c.calendar,"
	    " CASE WHEN EXISTS (SELECT 1 FROM case_pause p WHERE p.city = c.city AND p.request = c.request) THEN 1 ELSE 0 END,"
	    " c.uncertain, r.state"
	    " FROM case_clock c JOIN request r ON r.city = c.city AND r.id = c.request"
	    " WHERE c.city = $1 AND c.calendar < $2 AND c.met_ms IS NULL"
	    " ORDER BY c.calendar, c.request, c.target LIMIT $3", 1 },
	/* $2 the old calendar, $3 the new; from (request, target) = ($4, $5) to ($6, $7) */
	[Q_CLOCKS_COUNTED] = { "request.clocks_counted", DB_SYSTEM,
	    "UPDATE case_clock SET calendar = $3 WHERE city = $1 AND calendar = $2 AND met_ms IS NULL"
	    " AND (request, target) >= ($4, $5) AND (request, target) <= ($6, $7)", 0 },
	/* $2 to $3: requests, where what they show is no longer their nearest unmet deadline */
	[Q_NEAREST_AGAIN] = { "request.nearest_again", DB_SYSTEM,
	    "UPDATE request SET due_ms = n.due_ms, start_ms = n.start_ms FROM (SELECT c.request, c.due_ms, c.start_ms"
	    " FROM case_clock c WHERE c.city = $1 AND c.request BETWEEN $2 AND $3 AND c.met_ms IS NULL"
	    " AND NOT EXISTS (SELECT 1 FROM case_clock o WHERE o.city = c.city AND o.request = c.request AND o.met_ms IS NULL"
	    "  AND (o.due_ms, o.target) < (c.due_ms, c.target))) n"
	    " WHERE request.city = $1 AND request.id = n.request AND request.open = 1 AND request.due_ms <> n.due_ms", 0 },
	/* what a recount wrote, by the ids of its events */
	[Q_RECOUNTED] = { "request.recounted", DB_SYSTEM,
	    "SELECT id, request, data FROM event WHERE city = $1 AND id BETWEEN $2 AND $3 AND kind = 'clock.recounted' ORDER BY id", 0 },
	[Q_RECOUNT_BATCHES] = { "request.recount_batches", DB_SYSTEM,
	    "SELECT id, detail FROM audit WHERE city = $1 AND action = 'clock.recounted' AND subject = 'calendar' ORDER BY id", 0 },
	/* counts and moments alone, so whoever keeps the calendar may ask */
	[Q_RUNNING_ALL] = { "request.running_all", DB_CITY,
	    "SELECT c.request, c.target, c.count, c.unit, c.roll, c.start_ms, c.due_ms, p.from_ms, COALESCE(p.to_ms, 0), p.targets"
	    " FROM case_clock c LEFT JOIN case_pause p ON p.city = c.city AND p.request = c.request"
	    " WHERE c.city = $1 AND c.met_ms IS NULL ORDER BY c.request, c.target, p.from_ms", 0 },
	[Q_RUNNING_WAITING] = { "request.running_waiting", DB_CITY,
	    "SELECT COUNT(*) FROM case_clock WHERE city = $1 AND calendar < $2 AND met_ms IS NULL", 0 },
	/* running clocks of an item ($2) and target ($3) that are not counted by $4 count, $5 unit, $6 roll */
	[Q_RULED_OTHERWISE] = { "request.ruled_otherwise", DB_SYSTEM,
	    "SELECT c.request, c.start_ms, c.due_ms, r.state FROM request r"
	    " JOIN case_clock c ON c.city = r.city AND c.request = r.id"
	    " WHERE r.city = $1 AND r.open = 1 AND r.item = $2 AND c.target = $3 AND c.met_ms IS NULL"
	    " AND (c.count <> $4 OR c.unit <> $5 OR c.roll <> $6) AND c.request > $7 ORDER BY c.request LIMIT $8", 0 },
	[Q_CLOCK_RULE] = { "request.clock_rule", DB_SYSTEM,
	    "UPDATE case_clock SET count = $4, unit = $5, roll = $6, source = $7, due_ms = $8, uncertain = $9, calendar = $10"
	    " WHERE city = $1 AND request = $2 AND target = $3 AND met_ms IS NULL", 0 },
	[Q_PAUSES_OF] = { "request.pauses_of", DB_SYSTEM,
	    "SELECT from_ms, COALESCE(to_ms, 0), targets FROM case_pause WHERE city = $1 AND request = $2"
	    " ORDER BY from_ms", 0 },
	[Q_CLOCK_SET] = { "request.clock_set", DB_SYSTEM,
	    "UPDATE case_clock SET due_ms = $5, uncertain = $6, calendar = $7"
	    " WHERE city = $1 AND request = $2 AND target = $3 AND calendar = $4 AND met_ms IS NULL", 0 },
	/* the clocks still running of one request, each with its calendar */
	[Q_RUNNING_OF] = { "request.running_of", DB_SYSTEM,
	    "SELECT target, count, unit, roll, start_ms, due_ms, calendar FROM case_clock"
	    " WHERE city = $1 AND request = $2 AND met_ms IS NULL ORDER BY target", 0 },
	[Q_PAUSE_BEGIN] = { "request.pause_begin", DB_SYSTEM,
	    "INSERT INTO case_pause (city, request, from_ms, reason, account, targets, words, until_ms, proof)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)", 0 },
	/* $3 now: it ended with its last day, however late somebody comes by; $6 bits of targets it stops one of */
	[Q_PAUSE_END] = { "request.pause_end", DB_SYSTEM,
	    "UPDATE case_pause SET to_ms = CASE WHEN until_ms < $3 THEN until_ms ELSE $3 END, ended_by = $4, ended_words = $5"
	    " WHERE city = $1 AND request = $2 AND to_ms IS NULL AND (targets & $6) <> 0", 0 },
	[Q_PAUSE_PROOF] = { "request.pause_proof", DB_SYSTEM,
	    "SELECT COUNT(*) FROM attachment WHERE city = $1 AND request = $2 AND id = $3", 0 },
	/* what has waited as long as it was meant to at most */
	[Q_PAUSES_OVER] = { "request.pauses_over", DB_SYSTEM,
	    "SELECT request FROM case_pause WHERE city = $1 AND to_ms IS NULL AND until_ms <= $2"
	    " ORDER BY until_ms, request LIMIT $3", 1 },
	[Q_PAUSES] = { "request.pauses", DB_PLACE,
	    "SELECT " PAUSE_COLUMNS " FROM case_pause p JOIN request r ON r.city = p.city AND r.id = p.request"
	    " LEFT JOIN account a ON a.city = p.city AND a.id = p.account"
	    " WHERE " REQUEST_IN_SCOPE " AND r.id = $5 ORDER BY p.from_ms LIMIT $6", 0 },
	[Q_PAUSES_RECEIPT] = { "request.pauses_receipt", DB_RECEIPT,
	    "SELECT " PAUSE_COLUMNS " FROM case_pause p LEFT JOIN account a ON a.city = p.city AND a.id = p.account"
	    " WHERE p.city = $1 AND p.request = $2 ORDER BY p.from_ms LIMIT $3", 0 },
	[Q_CLOCK_NEAREST] = { "request.clock_nearest", DB_SYSTEM,
	    "SELECT due_ms, start_ms FROM case_clock WHERE city = $1 AND request = $2 AND met_ms IS NULL"
	    " ORDER BY due_ms, target LIMIT 1", 0 },
	[Q_CLOCKS] = { "request.clocks", DB_PLACE,
	    "SELECT c.target, c.count, c.unit, c.roll, c.source, c.start_ms, c.due_ms, c.met_ms, c.uncertain"
	    " FROM case_clock c JOIN request r ON r.city = c.city AND r.id = c.request"
	    " WHERE " REQUEST_IN_SCOPE " AND r.id = $5 ORDER BY c.target", 0 },
	[Q_CLOCKS_RECEIPT] = { "request.clocks_receipt", DB_RECEIPT,
	    "SELECT target, count, unit, roll, source, start_ms, due_ms, met_ms, uncertain"
	    " FROM case_clock WHERE city = $1 AND request = $2 ORDER BY target", 0 },
	[Q_EVENTS] = { "request.events", DB_PLACE,
	    "SELECT e.id, e.at_ms, e.account, e.kind, e.from_state, e.to_state, e.shown, e.note, e.data, a.name"
	    " FROM event e JOIN request r ON r.city = e.city AND r.id = e.request"
	    " LEFT JOIN account a ON a.city = e.city AND a.id = e.account"
	    " WHERE " REQUEST_IN_SCOPE " AND r.id = $5 AND e.shown >= $6 ORDER BY e.id LIMIT $7", 0 },
	[Q_EVENTS_RECEIPT] = { "request.events_receipt", DB_RECEIPT,
	    "SELECT e.id, e.at_ms, e.account, e.kind, e.from_state, e.to_state, e.shown, e.note, e.data, a.name"
	    " FROM event e LEFT JOIN account a ON a.city = e.city AND a.id = e.account"
	    " WHERE e.city = $1 AND e.request = $2 AND e.shown = 1 ORDER BY e.id LIMIT $3", 0 },
	[Q_HOLDINGS] = { "request.holdings", DB_PLACE,
	    "SELECT o.since_ms, o.account, o.point, o.how, a.name, p.name FROM holding o"
	    " JOIN request r ON r.city = o.city AND r.id = o.request"
	    " LEFT JOIN account a ON a.city = o.city AND a.id = o.account"
	    " LEFT JOIN point p ON p.city = o.city AND p.id = o.point"
	    " WHERE " REQUEST_IN_SCOPE " AND r.id = $5 ORDER BY o.since_ms LIMIT $6", 0 },
	[Q_MESSAGES] = { "request.messages", DB_PLACE,
	    "SELECT m.id, m.at_ms, m.account, m.body, a.name FROM message m"
	    " JOIN request r ON r.city = m.city AND r.id = m.request"
	    " LEFT JOIN account a ON a.city = m.city AND a.id = m.account"
	    " WHERE " REQUEST_IN_SCOPE " AND r.id = $5 ORDER BY m.id LIMIT $6", 0 },
	[Q_MESSAGES_RECEIPT] = { "request.messages_receipt", DB_RECEIPT,
	    "SELECT m.id, m.at_ms, m.account, m.body, a.name FROM message m"
	    " LEFT JOIN account a ON a.city = m.city AND a.id = m.account"
	    " WHERE m.city = $1 AND m.request = $2 ORDER BY m.id LIMIT $3", 0 },
	[Q_MESSAGE_INSERT] = { "request.message_insert", DB_SYSTEM,
	    "INSERT INTO message (city, request, id, at_ms, account, body) VALUES ($1, $2, $3, $4, $5, $6)", 0 },
	[Q_ATTACH] = { "request.attach", DB_SYSTEM,
	    "INSERT INTO attachment (city, request, id, at_ms, account, name, type, bytes, sha256)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)", 0 },
	[Q_ATTACHMENTS] = { "request.attachments", DB_PLACE,
	    "SELECT t.id, t.at_ms, t.account, t.bytes, t.name, t.type, t.sha256 FROM attachment t"
	    " JOIN request r ON r.city = t.city AND r.id = t.request WHERE " REQUEST_IN_SCOPE " AND r.id = $5"
	    " ORDER BY t.id LIMIT $6", 0 },
	[Q_ATTACHMENTS_RECEIPT] = { "request.attachments_receipt", DB_RECEIPT,
	    "SELECT id, at_ms, account, bytes, name, type, sha256 FROM attachment"
	    " WHERE city = $1 AND request = $2 ORDER BY id LIMIT $3", 0 },

	[Q_QUEUE_MINE] = { "request.queue_mine", DB_OWN,
	    QUEUE_COLUMNS " WHERE " MINE QUEUE_PAGE("3", "4", "5", "6", "7"), 1 },
	[Q_QUEUE_POINT] = { "request.queue_point", DB_PLACE,
	    QUEUE_COLUMNS " WHERE " AT_POINT QUEUE_PAGE("5", "6", "7", "8", "9"), 1 },
	[Q_QUEUE_VILLAGE] = { "request.queue_village", DB_PLACE,
	    QUEUE_COLUMNS " WHERE r.place = $5 AND " REQUEST_IN_SCOPE QUEUE_PAGE("6", "7", "8", "9", "10"), 1 },
	[Q_QUEUE_TOWN] = { "request.queue_town", DB_PLACE,
	    QUEUE_COLUMNS " WHERE r.town = $5 AND " REQUEST_IN_SCOPE QUEUE_PAGE("6", "7", "8", "9", "10"), 1 },
	[Q_QUEUE_COUNTY] = { "request.queue_county", DB_PLACE,
	    QUEUE_COLUMNS " WHERE r.county = $5 AND " REQUEST_IN_SCOPE QUEUE_PAGE("6", "7", "8", "9", "10"), 1 },
	[Q_QUEUE_CITY] = { "request.queue_city", DB_PLACE,
	    QUEUE_COLUMNS " WHERE " REQUEST_IN_SCOPE QUEUE_PAGE("5", "6", "7", "8", "9"), 1 },
	[Q_COUNT_MINE] = { "request.count_mine", DB_OWN, COUNT_HEAD MINE COUNT_PAGE("3", "4", "5"), 1 },
	[Q_COUNT_POINT] = { "request.count_point", DB_PLACE, COUNT_HEAD AT_POINT COUNT_PAGE("5", "6", "7"), 1 },
	[Q_COUNT_VILLAGE] = { "request.count_village", DB_PLACE,
	    COUNT_HEAD "r.place = $5 AND " REQUEST_IN_SCOPE COUNT_PAGE("6", "7", "8"), 1 },
	[Q_COUNT_TOWN] = { "request.count_town", DB_PLACE,
	    COUNT_HEAD "r.town = $5 AND " REQUEST_IN_SCOPE COUNT_PAGE("6", "7", "8"), 1 },
	[Q_COUNT_COUNTY] = { "request.count_county", DB_PLACE,
	    COUNT_HEAD "r.county = $5 AND " REQUEST_IN_SCOPE COUNT_PAGE("6", "7", "8"), 1 },
	[Q_COUNT_CITY] = { "request.count_city", DB_PLACE, COUNT_HEAD REQUEST_IN_SCOPE COUNT_PAGE("5", "6", "7"), 1 },
};

const struct db_set request_sql = DB_SET("request", request_q);
