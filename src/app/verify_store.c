#include "app/verify_store.h"

#include "operations/dispatch/dispatch.h"

_Static_assert(DISPATCH_RETURNS_MAX == 2, "the number stands in verify.ruling");

#define TELL(inner) "SELECT COUNT(*), COALESCE(SUM(q.bad), 0), COALESCE(MIN(CASE WHEN q.bad = 1 THEN q.id END), 0)" \
	" FROM (" inner ") q"
/* `from` names its table x and says "x.city = $1". */
#define CHECK_ID(id, bad, from) TELL("SELECT " id " AS id, CASE WHEN " bad " THEN 1 ELSE 0 END AS bad" from)
#define CHECK(bad, from) CHECK_ID("x.id", bad, from)
#define REQUESTS " FROM request x WHERE x.city = $1"
#define NEWEST_HOLDING(column) "(SELECT h." column " FROM holding h WHERE h.city = x.city AND h.request = x.id" \
	" ORDER BY h.since_ms DESC LIMIT 1)"
#define ORPHAN(table) CHECK_ID("x.request", "r.id IS NULL", " FROM " table " x" \
	" LEFT JOIN request r ON r.city = x.city AND r.id = x.request WHERE x.city = $1 AND x.request IS NOT NULL")
#define NO_DUTY_EVENT "NOT EXISTS (SELECT 1 FROM duty_event d WHERE d.city = x.city AND d.id = x.event AND d.account = x.account" \
	" AND d.kind = x.kind)"
#define OUTSIDE(column) column " / 100000000 <> CAST($1 AS bigint)"
#define PLACE(table) CHECK(OUTSIDE("x.place"), " FROM " table " x WHERE x.city = $1")
#define NO_GRANT(account, request) "NOT EXISTS (SELECT 1 FROM case_grant g WHERE g.city = x.city AND g.account = " account \
	" AND g.request = " request ")"

const struct db_stmt verify_q[Q_COUNT] = {
	[Q_NO_HOLDING] = { "verify.no_holding", DB_SYSTEM,
	    CHECK("NOT EXISTS (SELECT 1 FROM holding h WHERE h.city = x.city AND h.request = x.id)",
	    REQUESTS), 0 },
	[Q_FIRST_HOLDING] = { "verify.first_holding", DB_SYSTEM,
	    CHECK("x.created_ms <> COALESCE((SELECT MIN(h.since_ms) FROM holding h WHERE h.city = x.city"
	    " AND h.request = x.id), 0)",
	    REQUESTS), 0 },
	[Q_LAST_HOLDING] = { "verify.last_holding", DB_SYSTEM,
	    CHECK("x.holder <> COALESCE(" NEWEST_HOLDING("account") ", 0)"
	    " OR x.holder_point <> COALESCE(" NEWEST_HOLDING("point") ", 0)",
	    REQUESTS), 0 },
	[Q_HOLDER_AWAY] = { "verify.holder_away", DB_SYSTEM,
	    CHECK("NOT EXISTS (SELECT 1 FROM account a WHERE a.city = x.city AND a.id = x.holder AND a.active = 1)",
	    REQUESTS " AND x.open = 1"), 0 },
	[Q_NO_CLOCK] = { "verify.no_clock", DB_SYSTEM,
	    CHECK("NOT EXISTS (SELECT 1 FROM case_clock c WHERE c.city = x.city AND c.request = x.id"
	    " AND c.met_ms IS NULL)",
	    REQUESTS " AND x.open = 1"), 0 },
	[Q_NEAREST] = { "verify.nearest", DB_SYSTEM,
	    CHECK("x.due_ms <> COALESCE((SELECT MIN(c.due_ms) FROM case_clock c WHERE c.city = x.city"
	    " AND c.request = x.id AND c.met_ms IS NULL), 0)",
	    REQUESTS " AND x.open = 1"), 0 },
	[Q_PLACE_REQUEST] = { "verify.place_request", DB_SYSTEM, PLACE("request"), 0 },
	[Q_PLACE_PERSON] = { "verify.place_person", DB_SYSTEM, PLACE("person"), 0 },
	[Q_PLACE_ORGANISATION] = { "verify.place_organisation", DB_SYSTEM, PLACE("organisation"), 0 },
	[Q_PLACE_ACCOUNT] = { "verify.place_account", DB_SYSTEM, PLACE("account"), 0 },
	[Q_PLACE_POINT] = { "verify.place_point", DB_SYSTEM, PLACE("point"), 0 },
	[Q_PLACE_VILLAGE] = { "verify.place_village", DB_SYSTEM,
	    CHECK_ID("x.village", OUTSIDE("x.village"), " FROM point_village x WHERE x.city = $1"), 0 },
	/* a review and a follow-up stand where their request stands: that is what their readers see them by */
	[Q_PLACE_REVIEW] = { "verify.place_review", DB_SYSTEM,
	    CHECK_ID("x.request", "x.place <> r.place", " FROM review x JOIN request r ON r.city = x.city AND r.id = x.request"
	    " WHERE x.city = $1"), 0 },
	[Q_PLACE_FOLLOW_UP] = { "verify.place_follow_up", DB_SYSTEM,
	    CHECK("x.place <> r.place", " FROM follow_up x JOIN request r ON r.city = x.city AND r.id = x.request"
	    " WHERE x.city = $1"), 0 },
	[Q_DIVISION] = { "verify.division", DB_SYSTEM,
	    CHECK("NOT EXISTS (SELECT 1 FROM division d WHERE d.city = x.city AND d.code = x.place)",
	    REQUESTS), 0 },
	[Q_HOLDER_GRANT] = { "verify.holder_grant", DB_SYSTEM, CHECK(NO_GRANT("x.holder", "x.id"), REQUESTS), 0 },
	[Q_FIRST_GRANT] = { "verify.first_grant", DB_SYSTEM, CHECK(NO_GRANT("x.first_contact", "x.id"), REQUESTS), 0 },
	[Q_OFFER_GRANT] = { "verify.offer_grant", DB_SYSTEM,
	    CHECK(NO_GRANT("x.to_account", "x.request"), " FROM handover x WHERE x.city = $1 AND x.state = 1"), 0 },
	[Q_DIRECTOR_GRANT] = { "verify.director_grant", DB_SYSTEM,
	    CHECK(NO_GRANT("x.director", "x.request"), " FROM follow_up x WHERE x.city = $1 AND x.director <> 0"), 0 },
	[Q_ORPHAN_EVENT] = { "verify.orphan_event", DB_SYSTEM, ORPHAN("event"), 0 },
	[Q_ORPHAN_MESSAGE] = { "verify.orphan_message", DB_SYSTEM, ORPHAN("message"), 0 },
	[Q_ORPHAN_REVIEW] = { "verify.orphan_review", DB_SYSTEM, ORPHAN("review"), 0 },
	[Q_ORPHAN_CONSULT] = { "verify.orphan_consult", DB_SYSTEM, ORPHAN("consult"), 0 },
	[Q_ORPHAN_HOLDING] = { "verify.orphan_holding", DB_SYSTEM, ORPHAN("holding"), 0 },
	[Q_ORPHAN_HANDOVER] = { "verify.orphan_handover", DB_SYSTEM, ORPHAN("handover"), 0 },
	[Q_ORPHAN_CHOICE] = { "verify.orphan_choice", DB_SYSTEM, ORPHAN("dispatch_choice"), 0 },
	[Q_ORPHAN_CLOCK] = { "verify.orphan_clock", DB_SYSTEM, ORPHAN("case_clock"), 0 },
	[Q_ORPHAN_PAUSE] = { "verify.orphan_pause", DB_SYSTEM, ORPHAN("case_pause"), 0 },
	[Q_ORPHAN_ATTACHMENT] = { "verify.orphan_attachment", DB_SYSTEM, ORPHAN("attachment"), 0 },
	[Q_ORPHAN_CALLBACK] = { "verify.orphan_callback", DB_SYSTEM, ORPHAN("callback"), 0 },
	[Q_ORPHAN_GRANT] = { "verify.orphan_grant", DB_SYSTEM, ORPHAN("case_grant"), 0 },
	[Q_ORPHAN_FOLLOW_UP] = { "verify.orphan_follow_up", DB_SYSTEM, ORPHAN("follow_up"), 0 },
	[Q_ORPHAN_OUTBOX] = { "verify.orphan_outbox", DB_SYSTEM, ORPHAN("outbox"), 0 },
	[Q_ORPHAN_CHILD] = { "verify.orphan_child", DB_SYSTEM,
	    CHECK("COALESCE(k.converted, m.next_request, 0) <> x.id", " FROM request x LEFT JOIN consult k"
	    " ON k.city = x.city AND k.request = x.parent LEFT JOIN mediation m ON m.city = x.city AND m.request = x.parent WHERE x.city = $1 AND x.parent IS NOT NULL"), 0 },
	[Q_CONVERTED] = { "verify.converted", DB_SYSTEM,
	    CHECK_ID("x.request", "r.id IS NULL OR r.parent IS NULL OR r.parent <> x.request", " FROM consult x LEFT JOIN request r"
	    " ON r.city = x.city AND r.id = x.converted WHERE x.city = $1 AND x.converted IS NOT NULL"), 0 },
	/* one walk over the open requests, not one for each account: SQLite looked through all requests for each */
	[Q_OPEN_LOAD] = { "verify.open_load", DB_SYSTEM,
	    CHECK("x.open_load <> COALESCE(c.n, 0)", " FROM account x LEFT JOIN (SELECT r.holder, COUNT(*) AS n FROM request r"
	    " WHERE r.city = $1 AND r.open = 1 GROUP BY r.holder) c ON c.holder = x.id WHERE x.city = $1"), 0 },
	[Q_CLOSED] = { "verify.closed", DB_SYSTEM,
	    CHECK("(x.open = 1 AND (x.closed_ms IS NOT NULL OR x.outcome IS NOT NULL))"
	    " OR (x.open = 0 AND (x.closed_ms IS NULL OR x.outcome IS NULL))",
	    REQUESTS), 0 },
	[Q_REVIEW_ACT] = { "verify.review_act", DB_SYSTEM,
	    CHECK_ID("x.request", "e.id IS NULL OR e.kind <> 'request.closed'", " FROM review x LEFT JOIN event e"
	    " ON e.city = x.city AND e.request = x.request AND e.id = x.act WHERE x.city = $1"), 0 },
	[Q_REVIEW_HANDLER] = { "verify.review_handler", DB_SYSTEM,
	    CHECK_ID("x.request", "NOT EXISTS (SELECT 1 FROM holding h JOIN account a ON a.city = h.city AND a.id = h.account"
	    " WHERE h.city = x.city AND h.request = x.request AND h.account = x.handler AND h.point = x.point)",
	    " FROM review x WHERE x.city = $1"), 0 },
	[Q_BAD_GRADE] = { "verify.bad_grade", DB_SYSTEM,
	    CHECK_ID("x.request", "f.id IS NULL", " FROM review x LEFT JOIN follow_up f"
	    " ON f.city = x.city AND f.request = x.request AND f.act = x.act WHERE x.city = $1 AND x.grade IN (1, 2)"), 0 },
	[Q_FOLLOW_REVIEW] = { "verify.follow_review", DB_SYSTEM,
	    CHECK("v.grade IS NULL OR v.grade > 2", " FROM follow_up x LEFT JOIN review v"
	    " ON v.city = x.city AND v.request = x.request AND v.act = x.act WHERE x.city = $1"), 0 },
	[Q_SELF_FOLLOW] = { "verify.self_follow", DB_SYSTEM,
	    CHECK("EXISTS (SELECT 1 FROM holding h WHERE h.city = x.city AND h.request = x.request"
	    " AND h.account = x.director) OR EXISTS (SELECT 1 FROM consult k WHERE k.city = x.city"
	    " AND k.request = x.request AND k.answered_by = x.director)",
	    " FROM follow_up x WHERE x.city = $1"), 0 },
	[Q_DIRECTOR_AWAY] = { "verify.director_away", DB_SYSTEM,
	    CHECK("NOT EXISTS (SELECT 1 FROM account a WHERE a.city = x.city AND a.id = x.director AND a.active = 1)",
	    " FROM follow_up x WHERE x.city = $1 AND x.director <> 0 AND x.done_ms IS NULL"), 0 },
	[Q_OPEN_OFFER] = { "verify.open_offer", DB_SYSTEM,
	    CHECK("NOT EXISTS (SELECT 1 FROM account a WHERE a.city = x.city AND a.id = x.to_account AND a.active = 1)",
	    " FROM handover x WHERE x.city = $1 AND x.state = 1"), 0 },
	[Q_OFFER_CLOSED] = { "verify.offer_closed", DB_SYSTEM,
	    CHECK("r.open = 0", " FROM handover x JOIN request r ON r.city = x.city AND r.id = x.request"
	    " WHERE x.city = $1 AND x.state = 1"), 0 },
	[Q_CALL_CLOSED] = { "verify.call_closed", DB_SYSTEM,
	    CHECK("r.open = 0", " FROM callback x JOIN request r ON r.city = x.city AND r.id = x.request"
	    " WHERE x.city = $1 AND x.done_ms IS NULL"), 0 },
	[Q_CALL_HOLDER] = { "verify.call_holder", DB_SYSTEM,
	    CHECK("r.holder <> x.account", " FROM callback x JOIN request r ON r.city = x.city AND r.id = x.request"
	    " WHERE x.city = $1 AND x.done_ms IS NULL"), 0 },
	/* no offer waits for this account, and it has neither held the case nor done more than send it back */
	[Q_ASKED_GRANT] = { "verify.asked_grant", DB_SYSTEM,
	    CHECK_ID("x.request", "NOT EXISTS (SELECT 1 FROM handover h WHERE h.city = x.city AND h.request = x.request"
	    " AND h.to_account = x.account AND h.state = 1)"
	    " AND NOT EXISTS (SELECT 1 FROM holding h WHERE h.city = x.city AND h.request = x.request AND h.account = x.account)"
	    " AND NOT EXISTS (SELECT 1 FROM event e WHERE e.city = x.city AND e.request = x.request"
	    " AND e.account = x.account AND e.kind <> 'dispatch.returned')",
	    " FROM case_grant x WHERE x.city = $1 AND x.why = 'handover'"), 0 },
	[Q_PAUSE_CLOSED] = { "verify.pause_closed", DB_SYSTEM,
	    CHECK_ID("x.request", "r.open = 0 OR r.state < 20", " FROM case_pause x JOIN request r ON r.city = x.city AND r.id = x.request"
	    " WHERE x.city = $1 AND x.to_ms IS NULL"), 0 },
	[Q_PAUSE_ORDER] = { "verify.pause_order", DB_SYSTEM,
	    CHECK_ID("x.request", "x.to_ms < x.from_ms OR EXISTS (SELECT 1 FROM case_pause o WHERE o.city = x.city"
	    " AND o.request = x.request AND o.from_ms > x.from_ms AND (x.to_ms IS NULL OR o.from_ms < x.to_ms))",
	    " FROM case_pause x WHERE x.city = $1"), 0 },
	[Q_VILLAGES] = { "verify.villages", DB_SYSTEM,
	    CHECK("c.n > 3 AND c.reason = ''", " FROM point x JOIN (SELECT v.point,"
	    " SUM(CASE WHEN v.to_day IS NULL THEN 1 ELSE 0 END) AS n, MAX(v.reason) AS reason FROM point_village v"
	    " WHERE v.city = $1 GROUP BY v.point) c ON c.point = x.id WHERE x.city = $1 AND x.kind = 3"), 0 },
	[Q_KEYS] = { "verify.keys", DB_SYSTEM,
	    CHECK("x.revision < 1 OR x.created_ms <= 0 OR x.number = ''",
	    REQUESTS), 0 },
	[Q_ORPHAN_NOTICE] = { "verify.orphan_notice", DB_SYSTEM, CHECK_ID("x.request", "r.id IS NULL", " FROM notice x LEFT JOIN request r ON r.city = x.city"
	    " AND r.id = x.request WHERE x.city = $1 AND x.kind NOT LIKE 'duty.%'"), 0 },
	[Q_NOTICE_EVENT] = { "verify.notice_event", DB_SYSTEM,
	    CHECK("NOT EXISTS (SELECT 1 FROM event e WHERE e.city = x.city AND e.request = x.request AND e.id = x.event"
	    " AND e.kind = x.kind) AND " NO_DUTY_EVENT, " FROM notice x WHERE x.city = $1"), 0 },
	[Q_OUTBOX_EVENT] = { "verify.outbox_event", DB_SYSTEM,
	    CHECK("NOT EXISTS (SELECT 1 FROM event e WHERE e.city = x.city AND e.request = x.request AND e.id = x.event"
	    " AND e.kind = x.kind) AND " NO_DUTY_EVENT, " FROM outbox x WHERE x.city = $1 AND x.event <> 0"), 0 },
	[Q_OUTBOX_STATE] = { "verify.outbox_state", DB_SYSTEM,
	    CHECK("(x.state = 1 AND x.done_ms IS NOT NULL) OR (x.state <> 1 AND x.done_ms IS NULL) OR x.state < 1 OR x.state > 7",
	    " FROM outbox x WHERE x.city = $1"), 0 },
	/* sent, refused, demonstration: an attempt says so */
	[Q_OUTBOX_SENT] = { "verify.outbox_sent", DB_SYSTEM,
	    CHECK("NOT EXISTS (SELECT 1 FROM notify_attempt a WHERE a.city = x.city AND a.outbox = x.id"
	    " AND a.result = CASE x.state WHEN 2 THEN 1 WHEN 3 THEN 2 ELSE 5 END)",
	    " FROM outbox x WHERE x.city = $1 AND x.state IN (2, 3, 7)"), 0 },
	[Q_ORPHAN_ATTEMPT] = { "verify.orphan_attempt", DB_SYSTEM,
	    CHECK_ID("x.outbox", "o.id IS NULL OR o.tries > x.n", " FROM (SELECT a.city, a.outbox, COUNT(*) AS n FROM notify_attempt a"
	    " WHERE a.city = $1 GROUP BY a.city, a.outbox) x LEFT JOIN outbox o ON o.city = x.city AND o.id = x.outbox"
	    " WHERE x.city = $1"), 0 },
	[Q_ORPHAN_DECISION] = { "verify.orphan_decision", DB_SYSTEM, ORPHAN("dispatch_decision"), 0 },
	[Q_DECISION_RULES] = { "verify.decision_rules", DB_SYSTEM,
	    CHECK("w.version IS NULL", " FROM dispatch_decision x LEFT JOIN dispatch_rules w ON w.city = x.city AND w.version = x.rules"
	    " WHERE x.city = $1"), 0 },
	/* older programs stored choices candidate by candidate */
	[Q_CHOICE] = { "verify.choice", DB_SYSTEM,
	    CHECK("d.id IS NULL AND NOT EXISTS (SELECT 1 FROM dispatch_choice c WHERE c.city = x.city AND c.id = x.choice)"
	    " OR d.request <> x.request OR d.chosen <> x.to_account",
	    " FROM handover x LEFT JOIN dispatch_decision d ON d.city = x.city AND d.id = x.choice"
	    " WHERE x.city = $1 AND x.choice IS NOT NULL"), 0 },
	[Q_RULING] = { "verify.ruling", DB_SYSTEM,
	    CHECK("COALESCE(x.ruling_ms, 0) <> CASE WHEN b.n >= 2 AND x.open = 1 AND NOT EXISTS (SELECT 1 FROM event e"
	    " WHERE e.city = x.city AND e.request = x.id AND e.kind = 'dispatch.ruled') THEN b.last_ms ELSE 0 END",
	    " FROM request x LEFT JOIN (SELECT h.request, COUNT(*) AS n, MAX(h.answered_ms) AS last_ms FROM handover h"
	    " WHERE h.city = $1 AND h.state = 3 GROUP BY h.request) b ON b.request = x.id"
	    " WHERE x.city = $1 AND (x.ruling_ms IS NOT NULL OR b.n >= 2)"), 0 },
	[Q_ORPHAN_PARTY] = { "verify.orphan_party", DB_SYSTEM, ORPHAN("request_party"), 0 },
	[Q_SPEAKER] = { "verify.speaker", DB_SYSTEM,
	    CHECK_ID("x.account", "a.id IS NULL", " FROM account_language x LEFT JOIN account a ON a.city = x.city AND a.id = x.account"
	    " WHERE x.city = $1"), 0 },
	[Q_EVENTS] = { "verify.events", DB_SYSTEM,
	    "SELECT r.id, r.state, e.from_state, e.to_state FROM request r LEFT JOIN event e"
	    " ON e.city = r.city AND e.request = r.id WHERE r.city = $1 ORDER BY r.id, e.id", 0 },
	[Q_CLOCKS] = { "verify.clocks", DB_SYSTEM,
	    "SELECT c.request, c.count, c.unit, c.roll, c.start_ms, c.due_ms, c.target, p.from_ms, COALESCE(p.to_ms, 0), p.targets"
	    " FROM case_clock c LEFT JOIN case_pause p ON p.city = c.city AND p.request = c.request"
	    " WHERE c.city = $1 AND (c.met_ms IS NULL OR c.calendar = $2) ORDER BY c.request, c.target, p.from_ms", 0 },
	[Q_UNTAKEN] = { "verify.untaken", DB_SYSTEM,
	    "SELECT COUNT(*) FROM follow_up WHERE city = $1 AND director = 0 AND done_ms IS NULL", 0 },
	[Q_FILES] = { "verify.files", DB_SYSTEM,
	    "SELECT sha256, MIN(bytes), MAX(bytes), MIN(request) FROM attachment WHERE city = $1 GROUP BY sha256", 0 },
};
const struct db_set verify_sql = DB_SET("verify", verify_q);

const char *const verify_names[Q_COUNTED] = {
	[Q_NO_HOLDING] = "every request has a holder",
	[Q_FIRST_HOLDING] = "a holder from the first moment on",
	[Q_LAST_HOLDING] = "exactly one holder: the newest holding is the one shown",
	[Q_HOLDER_AWAY] = "who holds an open request works here",
	[Q_NO_CLOCK] = "no open request without a clock",
	[Q_NEAREST] = "the deadline shown is the nearest unmet one",
	[Q_PLACE_REQUEST] = "requests lie inside the city's keys",
	[Q_PLACE_PERSON] = "persons lie inside the city's keys",
	[Q_PLACE_ORGANISATION] = "organisations lie inside the city's keys",
	[Q_PLACE_ACCOUNT] = "accounts lie inside the city's keys",
	[Q_PLACE_POINT] = "points lie inside the city's keys",
	[Q_PLACE_VILLAGE] = "villages served lie inside the city's keys",
	[Q_PLACE_REVIEW] = "reviews stand where their request stands",
	[Q_PLACE_FOLLOW_UP] = "follow-ups stand where their request stands",
	[Q_DIVISION] = "every place is a division",
	[Q_HOLDER_GRANT] = "who holds a request may see it",
	[Q_FIRST_GRANT] = "who was asked first may see it",
	[Q_OFFER_GRANT] = "who is asked to take a request may see it",
	[Q_DIRECTOR_GRANT] = "who follows up a bad grade may see its request",
	[Q_ORPHAN_EVENT] = "events belong to requests",
	[Q_ORPHAN_MESSAGE] = "messages belong to requests",
	[Q_ORPHAN_REVIEW] = "reviews belong to requests",
	[Q_ORPHAN_CONSULT] = "consultations belong to requests",
	[Q_ORPHAN_HOLDING] = "holdings belong to requests",
	[Q_ORPHAN_HANDOVER] = "hand-overs belong to requests",
	[Q_ORPHAN_CHOICE] = "proposals belong to requests",
	[Q_ORPHAN_CLOCK] = "clocks belong to requests",
	[Q_ORPHAN_PAUSE] = "pauses belong to requests",
	[Q_ORPHAN_ATTACHMENT] = "attachments belong to requests",
	[Q_ORPHAN_CALLBACK] = "calls back belong to requests",
	[Q_ORPHAN_GRANT] = "grants belong to requests",
	[Q_ORPHAN_FOLLOW_UP] = "follow-ups belong to requests",
	[Q_ORPHAN_OUTBOX] = "messages going out belong to requests",
	[Q_ORPHAN_CHILD] = "what a request came from was converted into it",
	[Q_CONVERTED] = "what a request was converted into came from it",
	[Q_OPEN_LOAD] = "open loads equal a recount",
	[Q_CLOSED] = "closed means a moment and an outcome",
	[Q_REVIEW_ACT] = "every review rates an act that closed its request",
	[Q_REVIEW_HANDLER] = "who is rated held the request at that point",
	[Q_BAD_GRADE] = "every bad grade has a follow-up",
	[Q_FOLLOW_REVIEW] = "every follow-up has a bad grade",
	[Q_SELF_FOLLOW] = "nobody follows up their own work",
	[Q_DIRECTOR_AWAY] = "who must follow up works here",
	[Q_OPEN_OFFER] = "hand-overs wait for somebody who works here",
	[Q_OFFER_CLOSED] = "no open offer on a closed request",
	[Q_CALL_CLOSED] = "no open callback on a closed request",
	[Q_CALL_HOLDER] = "who holds a case rings back",
	[Q_ASKED_GRANT] = "an offer that is over leaves no right behind",
	[Q_PAUSE_CLOSED] = "what stands still is an accepted open request",
	[Q_PAUSE_ORDER] = "pauses of a request follow each other",
	[Q_VILLAGES] = "a station of more than 3 villages has a reason",
	[Q_KEYS] = "numbers, revisions and moments are there",
	[Q_ORPHAN_NOTICE] = "notices belong to requests",
	[Q_NOTICE_EVENT] = "every notice tells of an event",
	[Q_OUTBOX_EVENT] = "every message tells of an event",
	[Q_OUTBOX_STATE] = "what waits has no end, what has ended does not wait",
	[Q_OUTBOX_SENT] = "what was sent or refused has an attempt that says so",
	[Q_ORPHAN_ATTEMPT] = "attempts belong to messages, and each try is one",
	[Q_ORPHAN_DECISION] = "decisions of dispatch belong to requests",
	[Q_DECISION_RULES] = "decisions of dispatch name weights that are there",
	[Q_CHOICE] = "an offer goes to whom its decision chose",
	[Q_RULING] = "what was sent back too often waits for a ruling, and nothing else does",
	[Q_ORPHAN_PARTY] = "sides belong to requests",
	[Q_SPEAKER] = "languages are spoken by accounts",
};
