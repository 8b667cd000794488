#include "supply/notify/notify_store.h"

/* The resident of request r wants no messages. */
#define OFF "EXISTS (SELECT 1 FROM notify_off f WHERE f.city = r.city AND f.subject = 1 AND f.id = r.id)" \
	" OR EXISTS (SELECT 1 FROM notify_off g WHERE g.city = r.city AND g.subject = 2 AND g.id = r.person)"
#define NOTICE_COLUMNS "SELECT n.id, n.request, n.event, n.at_ms, n.read_ms, n.kind, COALESCE(r.number, '')," \
	" CASE WHEN n.kind LIKE 'cooperate.%' THEN '' ELSE COALESCE(r.subject, '') END, r.due_ms, r.open, r.place," \
	" (SELECT COUNT(*) FROM case_grant g WHERE g.city = n.city AND g.account = n.account AND g.request = n.request), n.about" \
	" FROM notice n LEFT JOIN request r ON r.city = n.city AND r.id = n.request"

const struct db_stmt notify_q[Q_COUNT] = {
	/* ---- following ---- */
	[Q_CURSOR] = { "notify.cursor", DB_SYSTEM, "SELECT event FROM notify_cursor WHERE city = $1", 0 },
	[Q_CURSOR_BEGIN] = { "notify.cursor_begin", DB_SYSTEM,
	    "INSERT INTO notify_cursor (city, event, claim_ms) VALUES ($1, $2, 0) ON CONFLICT (city) DO NOTHING", 0 },
	[Q_CURSOR_SET] = { "notify.cursor_set", DB_SYSTEM,
	    "UPDATE notify_cursor SET event = $2 WHERE city = $1 AND event < $2", 0 },
	[Q_EVENTS] = { "notify.events", DB_SYSTEM,
	    "SELECT e.id, e.request, e.at_ms, e.account, e.kind, e.shown, e.data, r.holder, r.urgent,"
	    " CASE WHEN r.contact IS NULL AND r.caller_phone IS NULL AND p.phone_sealed IS NULL THEN 0"
	    "  WHEN " OFF " THEN 0 ELSE 1 END"
	    " FROM event e JOIN request r ON r.city = e.city AND r.id = e.request"
	    " LEFT JOIN person p ON p.city = r.city AND p.id = r.person"
	    " WHERE e.city = $1 AND e.id > $2 ORDER BY e.id LIMIT $3", 1 },
	[Q_STAFF] = { "notify.staff", DB_SYSTEM,
	    "SELECT a.active, CASE WHEN c.mail_sealed IS NULL THEN 0 ELSE c.topics END FROM account a"
	    " LEFT JOIN notify_choice c ON c.city = a.city AND c.account = a.id WHERE a.city = $1 AND a.id = $2", 0 },
	[Q_NOTICE_INSERT] = { "notify.notice_insert", DB_SYSTEM,
	    "INSERT INTO notice (city, account, id, request, event, kind, at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7)"
	    " ON CONFLICT (city, account, event) DO NOTHING", 0 },
	[Q_OUTBOX_INSERT] = { "notify.outbox_insert", DB_SYSTEM,
	    "INSERT INTO outbox (city, id, request, kind, to_sealed, body_sealed, due_ms, lease_ms, tries, event, account, way,"
	    " state, urgent, made_ms) VALUES ($1, $2, $3, $4, $5, $5, $6, 0, 0, $7, $8, $9, 1, $10, $11)"
	    " ON CONFLICT DO NOTHING", 0 },
	/* what an undo has made pointless; a message under way is not called back */
	[Q_OUTBOX_VOID] = { "notify.outbox_void", DB_SYSTEM,
	    "UPDATE outbox SET state = 6, done_ms = $5 WHERE city = $1 AND request = $2 AND kind = $3 AND event < $4"
	    " AND done_ms IS NULL AND lease_ms <= $5", 0 },
	[Q_NOTICE_VOID] = { "notify.notice_void", DB_SYSTEM,
	    "UPDATE notice SET read_ms = $5 WHERE city = $1 AND request = $2 AND kind = $3 AND event < $4 AND read_ms IS NULL", 0 },
	/* ---- claiming: the touched row makes claims of several processes follow each other ---- */
	[Q_CLAIM_TOUCH] = { "notify.claim_touch", DB_SYSTEM, "UPDATE notify_cursor SET claim_ms = $2 WHERE city = $1", 0 },
	[Q_MINUTE] = { "notify.minute", DB_SYSTEM, "SELECT COUNT(*) FROM notify_attempt WHERE city = $1 AND at_ms > $2", 0 },
	[Q_GATE] = { "notify.gate", DB_SYSTEM, "SELECT next_ms, failures FROM notify_gate WHERE city = $1 AND way = $2", 0 },
	[Q_GATE_SHUT] = { "notify.gate_shut", DB_SYSTEM,
	    "INSERT INTO notify_gate (city, way, down_ms, next_ms, failures) VALUES ($1, $2, $3, $4, $5)"
	    " ON CONFLICT (city, way) DO UPDATE SET next_ms = excluded.next_ms, failures = excluded.failures", 0 },
	[Q_GATE_OPEN] = { "notify.gate_open", DB_SYSTEM, "DELETE FROM notify_gate WHERE city = $1 AND way = $2", 0 },
	[Q_QUIET] = { "notify.quiet", DB_SYSTEM,
	    "UPDATE outbox SET due_ms = $4 WHERE city = $1 AND way = $2 AND done_ms IS NULL AND due_ms <= $3"
	    " AND lease_ms <= $3 AND urgent = 0", 0 },
	[Q_DUE] = { "notify.due", DB_SYSTEM,
	    "SELECT o.id, o.request, o.event, o.account, o.tries, o.made_ms, o.lease_ms FROM outbox o WHERE o.city = $1"
	    " AND o.way = $2 AND o.done_ms IS NULL AND o.due_ms <= $3 AND o.lease_ms <= $3 ORDER BY o.due_ms, o.id LIMIT 1", 1 },
	[Q_NEWEST] = { "notify.newest", DB_SYSTEM,
	    "SELECT o.id FROM outbox o WHERE o.city = $1 AND o.request = $2 AND o.account = $3 AND o.way = $4 AND o.event > $5"
	    " AND o.done_ms IS NULL AND o.due_ms <= $6 AND o.lease_ms <= $6 ORDER BY o.event DESC LIMIT 1", 0 },
	[Q_FOLD] = { "notify.fold", DB_SYSTEM,
	    "UPDATE outbox SET state = 5, done_ms = $3 WHERE city = $1 AND id = $2 AND done_ms IS NULL", 0 },
	[Q_FOLD_COUNT] = { "notify.fold_count", DB_SYSTEM,
	    "UPDATE outbox SET more = more + 1 + (SELECT x.more FROM outbox x WHERE x.city = $1 AND x.id = $3)"
	    " WHERE city = $1 AND id = $2", 0 },
	[Q_CLAIM] = { "notify.claim", DB_SYSTEM,
	    "UPDATE outbox SET lease_ms = $4, tries = tries + 1 WHERE city = $1 AND id = $2 AND done_ms IS NULL AND lease_ms = $3", 0 },
	[Q_ATTEMPT_NEXT] = { "notify.attempt_next", DB_SYSTEM,
	    "SELECT COALESCE(MAX(nth), 0) + 1 FROM notify_attempt WHERE city = $1 AND outbox = $2", 0 },
	[Q_ATTEMPT_INSERT] = { "notify.attempt_insert", DB_SYSTEM,
	    "INSERT INTO notify_attempt (city, outbox, nth, at_ms, way, result, code, words, to_masked)"
	    " VALUES ($1, $2, $3, $4, $5, 0, 0, '', '')", 0 },
	/* ---- what is sent ---- */
	[Q_MESSAGE] = { "notify.message", DB_SYSTEM,
	    "SELECT o.kind, o.more, o.to_sealed, o.body_sealed, COALESCE(r.number, nt.about), r.due_ms, r.open, COALESCE(i.name, nt.about), hp.phone,"
	    " CASE WHEN " OFF " THEN 1 ELSE 0 END, a.name, a.active, c.mail_sealed FROM outbox o"
	    " LEFT JOIN request r ON r.city = o.city AND r.id = o.request"
	    " LEFT JOIN item_revision i ON i.city = r.city AND i.item = r.item AND i.from_day = r.item_from_day"
	    " LEFT JOIN point hp ON hp.city = r.city AND hp.id = r.holder_point"
	    " LEFT JOIN notice nt ON nt.city = o.city AND nt.account = o.account AND nt.event = o.event"
	    " LEFT JOIN account a ON a.city = o.city AND a.id = o.account"
	    " LEFT JOIN notify_choice c ON c.city = o.city AND c.account = o.account"
	    " WHERE o.city = $1 AND o.id = $2", 0 },
	[Q_TEMPLATE] = { "notify.template", DB_SYSTEM,
	    "SELECT body, code FROM notice_template WHERE city = $1 AND kind = $2 AND way = $3 AND lang = $4 AND from_day <= $5"
	    " ORDER BY from_day DESC LIMIT 1", 0 },
	[Q_DONE] = { "notify.done", DB_SYSTEM,
	    "UPDATE outbox SET state = $4, done_ms = $5, lease_ms = 0, to_sealed = $6, body_sealed = $7"
	    " WHERE city = $1 AND id = $2 AND lease_ms = $3 AND done_ms IS NULL", 0 },
	[Q_AGAIN] = { "notify.again", DB_SYSTEM,
	    "UPDATE outbox SET due_ms = $4, tries = $5, lease_ms = 0 WHERE city = $1 AND id = $2 AND lease_ms = $3"
	    " AND done_ms IS NULL", 0 },
	[Q_ATTEMPT_DONE] = { "notify.attempt_done", DB_SYSTEM,
	    "UPDATE notify_attempt SET result = $4, code = $5, words = $6, to_masked = $7"
	    " WHERE city = $1 AND outbox = $2 AND nth = $3", 0 },
	/* ---- on the desk ---- */
	[Q_LIST] = { "notify.list", DB_OWN,
	    NOTICE_COLUMNS " WHERE n.city = $1 AND n.account = $2 AND n.id < $3 ORDER BY n.id DESC LIMIT $4", 1 },
	[Q_UNREAD] = { "notify.unread", DB_OWN,
	    "SELECT COUNT(*) FROM (SELECT 1 AS one FROM notice n WHERE n.city = $1 AND n.account = $2 AND n.read_ms IS NULL"
	    " LIMIT $3) counted", 1 },
	[Q_READ] = { "notify.read", DB_OWN,
	    "UPDATE notice SET read_ms = $4 WHERE city = $1 AND account = $2 AND id = $3 AND read_ms IS NULL", 0 },
	[Q_READ_ALL] = { "notify.read_all", DB_OWN,
	    "UPDATE notice SET read_ms = $3 WHERE city = $1 AND account = $2 AND read_ms IS NULL", 0 },
	/* ---- residents ---- */
	[Q_OFF_GET] = { "notify.off_get", DB_RECEIPT,
	    "SELECT COUNT(*) FROM notify_off WHERE city = $1 AND subject = 1 AND id = $2", 0 },
	[Q_OFF_PUT] = { "notify.off_put", DB_RECEIPT,
	    "INSERT INTO notify_off (city, subject, id, since_ms) VALUES ($1, 1, $2, $3)"
	    " ON CONFLICT (city, subject, id) DO NOTHING", 0 },
	[Q_OFF_DROP] = { "notify.off_drop", DB_RECEIPT,
	    "DELETE FROM notify_off WHERE city = $1 AND subject = 1 AND id = $2", 0 },
	/* ---- the calendar: whoever knows its token sees numbers, items and days of that account, no more ---- */
	[Q_FEED] = { "notify.feed", DB_PUBLIC,
	    "SELECT r.number, r.due_ms, i.name FROM notify_feed f JOIN account a ON a.city = f.city AND a.id = f.account"
	    " LEFT JOIN request r ON r.city = f.city AND r.holder = f.account AND r.open = 1 AND r.due_ms < $3"
	    " LEFT JOIN item_revision i ON i.city = r.city AND i.item = r.item AND i.from_day = r.item_from_day"
	    " WHERE f.city = $1 AND f.token_hash = $2 AND a.active = 1 ORDER BY r.due_ms, r.id LIMIT $4", 0 },
	/* what is fixed in the cases whose lawyer the account is now */
	[Q_FEED_APPOINTMENTS] = { "notify.feed_appointments", DB_PUBLIC,
	    "SELECT r.number, z.kind, z.day, z.minute, z.place, z.changes, z.cancelled_ms,"
	    " (SELECT COUNT(*) FROM aid_report y WHERE y.city = z.city AND y.request = z.request AND y.id <= z.id)"
	    " FROM notify_feed f JOIN account a ON a.city = f.city AND a.id = f.account"
	    " JOIN provider p ON p.city = f.city AND p.account = f.account"
	    " JOIN aid_assignment s ON s.city = p.city AND s.provider = p.id AND s.open = 1"
	    " JOIN request r ON r.city = s.city AND r.id = s.request"
	    " JOIN aid_report z ON z.city = s.city AND z.request = s.request AND z.assignment = s.id AND z.kind <> 9"
	    " AND (z.minute IS NOT NULL OR CAST(z.day AS bigint) * 86400000 - 28800000 > z.at_ms)"
	    " AND z.day >= $3 WHERE f.city = $1 AND f.token_hash = $2 AND a.active = 1 ORDER BY z.day, z.id LIMIT $4", 0 },
	[Q_FEED_PROVIDER] = { "notify.feed_provider", DB_PUBLIC,
	    "SELECT p.id FROM notify_feed f JOIN account a ON a.city = f.city AND a.id = f.account JOIN provider p ON p.city = f.city"
	    " AND p.account = f.account WHERE f.city = $1 AND f.token_hash = $2 AND a.active = 1", 0 },
	[Q_FEED_GET] = { "notify.feed_get", DB_OWN, "SELECT made_ms FROM notify_feed WHERE city = $1 AND account = $2", 0 },
	[Q_FEED_PUT] = { "notify.feed_put", DB_OWN,
	    "INSERT INTO notify_feed (city, account, token_hash, made_ms) VALUES ($1, $2, $3, $4)"
	    " ON CONFLICT (city, account) DO UPDATE SET token_hash = excluded.token_hash, made_ms = excluded.made_ms", 0 },
	[Q_FEED_DROP] = { "notify.feed_drop", DB_OWN, "DELETE FROM notify_feed WHERE city = $1 AND account = $2", 0 },
	[Q_CHOICE_GET] = { "notify.choice_get", DB_OWN,
	    "SELECT mail_sealed, topics FROM notify_choice WHERE city = $1 AND account = $2", 0 },
	[Q_CHOICE_PUT] = { "notify.choice_put", DB_OWN,
	    "INSERT INTO notify_choice (city, account, mail_sealed, topics, revision) VALUES ($1, $2, $3, $4, 1)"
	    " ON CONFLICT (city, account) DO UPDATE SET mail_sealed = excluded.mail_sealed, topics = excluded.topics,"
	    " revision = notify_choice.revision + 1", 0 },
	/* ---- administration ---- */
	[Q_GATES] = { "notify.gates", DB_CITY, "SELECT way, down_ms, next_ms FROM notify_gate WHERE city = $1", 0 },
	[Q_WAITING] = { "notify.waiting", DB_CITY,
	    "SELECT way, COUNT(*), MIN(made_ms) FROM outbox WHERE city = $1 AND done_ms IS NULL GROUP BY way", 0 },
	[Q_LOG] = { "notify.log", DB_CITY,
	    "SELECT a.at_ms, a.outbox, a.nth, a.way, a.result, a.code, a.words, a.to_masked, o.kind, o.state, r.number"
	    " FROM notify_attempt a LEFT JOIN outbox o ON o.city = a.city AND o.id = a.outbox"
	    " LEFT JOIN request r ON r.city = o.city AND r.id = o.request"
	    " WHERE a.city = $1 AND (a.at_ms, a.outbox) < ($2, $3) ORDER BY a.at_ms DESC, a.outbox DESC LIMIT $4", 1 },
	[Q_TEMPLATES] = { "notify.templates", DB_CITY,
	    "SELECT t.kind, t.way, t.from_day, t.body, t.code, t.source, t.at_ms, a.name FROM notice_template t"
	    " LEFT JOIN account a ON a.city = t.city AND a.id = t.account WHERE t.city = $1 AND t.lang = 0"
	    " ORDER BY t.kind, t.way, t.from_day DESC LIMIT $2", 0 },
	[Q_TEMPLATE_PUT] = { "notify.template_put", DB_CITY,
	    "INSERT INTO notice_template (city, kind, way, lang, from_day, body, code, source, account, at_ms)"
	    " VALUES ($1, $2, $3, 0, $4, $5, $6, $7, $8, $9) ON CONFLICT (city, kind, way, lang, from_day) DO NOTHING", 0 },
	[Q_TRIAL] = { "notify.trial", DB_CITY,
	    "INSERT INTO outbox (city, id, kind, to_sealed, body_sealed, due_ms, lease_ms, tries, way, state, urgent, made_ms)"
	    " VALUES ($1, $2, 'trial', $3, $4, $5, 0, 0, $6, 1, 1, $5)", 0 },
};

const struct db_set notify_sql = DB_SET("notify", notify_q);
