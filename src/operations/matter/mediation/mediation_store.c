#include "operations/matter/mediation/mediation_store.h"

#define COLUMNS "a.state, a.source, a.category, a.level, a.organ, a.chat_group, a.facts, a.registered_ms, a.registered_by," \
	" a.accepted_ms, a.extended_ms, a.form, a.content, a.duty, a.status_relation, a.drafted_ms, a.mediator_signed_ms," \
	" a.sealed_ms, a.effect_ms, a.agreed_fen, a.crime_persons, a.petition_persons, a.confirm, a.court, a.confirm_sent," \
	" a.confirm_result, a.confirm_number, a.ended_ms, a.ended_side, a.next_request, a.revision, g.name"
#define GROUP_NAME " LEFT JOIN mediation_group g ON g.city = a.city AND g.id = a.chat_group"
#define OF_REQUEST(table) " FROM " table " x JOIN request r ON r.city = x.city AND r.id = x.request"
#define PARTY "x.id, x.side, x.organisation, x.who, x.name_key, x.id_key, x.consent, x.consent_ms, x.signed, x.signed_ms, x.confirm_ms"
#define MEMBER "x.id, x.mediator, x.name, x.kind, x.chosen, x.rank_of, x.words, x.at_ms, x.ended_ms, x.ended_words, m.account," \
	" m.committee"
#define MEDIATOR_OF " LEFT JOIN mediator m ON m.city = x.city AND m.id = x.mediator"
#define SESSION "x.id, x.kind, x.day, x.minute, x.minutes, x.place, x.public, x.words, x.at_ms, n.name"
#define DUTY "x.id, x.side, x.what, x.fen, x.due, x.performed, x.performed_ms, x.missed_ms, x.said, x.said_ms, x.said_words, n.name"
#define DANGER "x.id, x.kind, x.told_ms, x.receiver, x.words, x.at_ms, n.name"
#define NAME_OF(column) " LEFT JOIN account n ON n.city = x.city AND n.id = x." column
#define SET_OF "UPDATE mediation SET "
#define IT " WHERE city = $1 AND request = $2"
#define MEDIATOR "m.id, m.name, m.kind, m.committee, m.place, m.categories, m.account, m.phone, m.active, m.revision," \
	" (SELECT COUNT(*) FROM mediation_member x JOIN mediation a ON a.city = x.city AND a.request = x.request AND a.state < 90" \
	" WHERE x.city = m.city AND x.mediator = m.id AND x.ended_ms IS NULL), (SELECT n.login FROM account n WHERE n.city = m.city" \
	" AND n.id = m.account)"
#define IS_PANEL "m.kind = 5"     /* MEDIATOR_PANEL */

/* What the lists show. */
#define LISTED "a.request, a.state, a.category, a.level, a.source, r.due_ms, r.start_ms, a.accepted_ms, a.effect_ms, r.number," \
	" p.name, n.name, (SELECT x.name FROM mediation_member x WHERE x.city = a.city AND x.request = a.request AND x.kind = 0" \
	" AND x.ended_ms IS NULL ORDER BY x.id LIMIT 1), (SELECT MIN(d.due) FROM mediation_duty d WHERE d.city = a.city" \
	" AND d.request = a.request AND d.performed IS NULL)"
#define LISTED_FROM " FROM mediation a JOIN request r ON r.city = a.city AND r.id = a.request LEFT JOIN person p ON p.city = r.city" \
	" AND p.id = r.person LEFT JOIN account n ON n.city = r.city AND n.id = r.holder"
#define PAGED " AND a.state BETWEEN $5 AND $6 AND (a.state > $7 OR (a.state = $7 AND a.request > $8)) ORDER BY a.state, a.request LIMIT $9"
#define MINE " AND (r.holder = $4 OR EXISTS (SELECT 1 FROM mediation_member x JOIN mediator m ON m.city = x.city AND m.id = x.mediator" \
	" WHERE x.city = a.city AND x.request = a.request AND x.ended_ms IS NULL AND m.account = $4))"

/* Of a time: $4 from, $5 before (moments), and a place: $6, $7. */
#define IN_TIME(column) column " >= $4 AND " column " < $5"
#define ONE_IF(when) "SUM(CASE WHEN " when " THEN 1 ELSE 0 END)"
#define SUM_IF(when, what) "SUM(CASE WHEN " when " THEN " what " ELSE 0 END)"
#define SUCCESS IN_TIME("a.effect_ms")
#define DONE "a.state = 90 AND " IN_TIME("a.ended_ms")

const struct db_stmt mediation_q[Q_COUNT] = {
	[Q_OPEN] = { "mediation.open", DB_SYSTEM,
	    "INSERT INTO mediation (city, request, state, source, category, level, organ, facts, form, content, duty, status_relation,"
	    " agreed_fen, crime_persons, petition_persons, confirm, court, confirm_number, ended_side, revision)"
	    " VALUES ($1, $2, $3, 0, 0, 0, '', '', 0, '', '', 0, 0, 0, 0, 0, '', '', 0, 1) ON CONFLICT (city, request) DO NOTHING", 0 },
	[Q_LOAD] = { "mediation.load", DB_PLACE,
	    "SELECT " COLUMNS " FROM request r JOIN mediation a ON a.city = r.city AND a.request = r.id" GROUP_NAME
	    " WHERE " REQUEST_IN_SCOPE " AND r.id = $5", 0 },
	[Q_LOAD_RECEIPT] = { "mediation.load_receipt", DB_RECEIPT,
	    "SELECT " COLUMNS " FROM mediation a" GROUP_NAME " WHERE a.city = $1 AND a.request = $2", 0 },
	[Q_STEP] = { "mediation.step", DB_SYSTEM, SET_OF "state = $4, revision = revision + 1" IT " AND state = $3", 0 },
	[Q_REGISTER] = { "mediation.register", DB_SYSTEM, SET_OF "source = $3, category = $4, level = $5, organ = $6, chat_group = $7,"
	    " facts = $8, registered_ms = COALESCE(registered_ms, $9), registered_by = COALESCE(registered_by, $10)" IT, 0 },
	[Q_ACCEPTED] = { "mediation.accepted", DB_SYSTEM, SET_OF "accepted_ms = $3" IT " AND accepted_ms IS NULL", 0 },
	[Q_EXTENDED] = { "mediation.extended", DB_SYSTEM, SET_OF "extended_ms = $3" IT " AND extended_ms IS NULL", 0 },
	[Q_DRAFT] = { "mediation.draft", DB_SYSTEM, SET_OF "form = $3, content = $4, duty = $5, status_relation = $6, drafted_ms = $7,"
	    " agreed_fen = $8, crime_persons = $9, petition_persons = $10, mediator_signed_ms = NULL, sealed_ms = NULL" IT, 0 },
	[Q_REDRAFT] = { "mediation.redraft", DB_SYSTEM, SET_OF "form = 0, agreed_fen = 0, crime_persons = 0, petition_persons = 0,"
	    " drafted_ms = NULL, mediator_signed_ms = NULL, sealed_ms = NULL" IT, 0 },
	[Q_MEDIATOR_SIGNED] = { "mediation.mediator_signed", DB_SYSTEM, SET_OF "mediator_signed_ms = $3" IT, 0 },
	[Q_SEALED] = { "mediation.sealed", DB_SYSTEM, SET_OF "sealed_ms = $3" IT, 0 },
	[Q_EFFECT] = { "mediation.effect", DB_SYSTEM, SET_OF "effect_ms = $3" IT " AND effect_ms IS NULL", 0 },
	[Q_CONFIRM] = { "mediation.confirm", DB_SYSTEM, SET_OF "confirm = $4, court = $5, confirm_sent = $6, confirm_result = $7,"
	    " confirm_number = $8" IT " AND confirm = $3", 0 },
	[Q_ENDED] = { "mediation.ended", DB_SYSTEM, SET_OF "ended_ms = $3, ended_side = $4" IT " AND ended_ms IS NULL", 0 },
	[Q_NEXT] = { "mediation.next", DB_SYSTEM, SET_OF "next_request = $3" IT " AND next_request IS NULL", 0 },
	[Q_OUTSIDE_END] = { "mediation.outside_end", DB_SYSTEM, SET_OF "state = $3, ended_ms = $4, revision = revision + 1" IT
	    " AND state < 90", 0 },

	[Q_PARTIES] = { "mediation.parties", DB_PLACE, "SELECT " PARTY OF_REQUEST("mediation_party") " WHERE " REQUEST_IN_SCOPE
	    " AND x.request = $5 ORDER BY x.id LIMIT $6", 0 },
	[Q_PARTIES_RECEIPT] = { "mediation.parties_receipt", DB_RECEIPT, "SELECT " PARTY " FROM mediation_party x WHERE x.city = $1"
	    " AND x.request = $2 ORDER BY x.id LIMIT $3", 0 },
	[Q_PARTY_INSERT] = { "mediation.party_insert", DB_SYSTEM,
	    "INSERT INTO mediation_party (city, id, request, side, organisation, who, name_key, id_key, consent, consent_ms, signed, at_ms,"
	    " account) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11, $12)", 0 },
	[Q_PARTY_CONSENT] = { "mediation.party_consent", DB_SYSTEM, "UPDATE mediation_party SET consent = $4, consent_ms = $5" IT
	    " AND id = $3", 0 },
	[Q_PARTY_SIGN] = { "mediation.party_sign", DB_SYSTEM, "UPDATE mediation_party SET signed = $4, signed_ms = $5" IT
	    " AND id = $3 AND signed = 0", 0 },
	[Q_PARTIES_UNSIGN] = { "mediation.parties_unsign", DB_SYSTEM, "UPDATE mediation_party SET signed = 0, signed_ms = NULL" IT, 0 },
	[Q_PARTY_CONFIRM] = { "mediation.party_confirm", DB_SYSTEM, "UPDATE mediation_party SET confirm_ms = $4" IT
	    " AND id = $3 AND confirm_ms IS NULL", 0 },
	[Q_PARTIES_UNCONFIRM] = { "mediation.parties_unconfirm", DB_SYSTEM, "UPDATE mediation_party SET confirm_ms = NULL" IT, 0 },

	[Q_MEMBERS] = { "mediation.members", DB_PLACE, "SELECT " MEMBER OF_REQUEST("mediation_member") MEDIATOR_OF " WHERE "
	    REQUEST_IN_SCOPE " AND x.request = $5 ORDER BY x.id LIMIT $6", 0 },
	[Q_MEMBERS_RECEIPT] = { "mediation.members_receipt", DB_RECEIPT, "SELECT " MEMBER " FROM mediation_member x" MEDIATOR_OF
	    " WHERE x.city = $1 AND x.request = $2 ORDER BY x.id LIMIT $3", 0 },
	[Q_MEMBER_INSERT] = { "mediation.member_insert", DB_SYSTEM,
	    "INSERT INTO mediation_member (city, id, request, mediator, name, kind, chosen, rank_of, words, at_ms, account, ended_words)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '')", 0 },
	[Q_MEMBER_END] = { "mediation.member_end", DB_SYSTEM, "UPDATE mediation_member SET ended_ms = $4, ended_words = $5" IT
	    " AND id = $3 AND ended_ms IS NULL", 0 },
	[Q_WORKER] = { "mediation.worker", DB_SYSTEM, "SELECT m.account FROM mediation_member x JOIN mediator m ON m.city = x.city"
	    " AND m.id = x.mediator WHERE x.city = $1 AND x.request = $2 AND x.ended_ms IS NULL AND m.account IS NOT NULL"
	    " ORDER BY x.id LIMIT 1", 0 },
	[Q_IS_WORKER] = { "mediation.is_worker", DB_SYSTEM, "SELECT COUNT(*) FROM mediation_member x JOIN mediator m ON m.city = x.city"
	    " AND m.id = x.mediator WHERE x.city = $1 AND x.request = $2 AND x.ended_ms IS NULL AND m.account = $3", 0 },

	[Q_SESSIONS] = { "mediation.sessions", DB_PLACE, "SELECT " SESSION OF_REQUEST("mediation_session") NAME_OF("account") " WHERE "
	    REQUEST_IN_SCOPE " AND x.request = $5 ORDER BY x.day, x.id LIMIT $6", 0 },
	[Q_SESSIONS_RECEIPT] = { "mediation.sessions_receipt", DB_RECEIPT, "SELECT " SESSION " FROM mediation_session x"
	    NAME_OF("account") " WHERE x.city = $1 AND x.request = $2 ORDER BY x.day, x.id LIMIT $3", 0 },
	[Q_SESSION_INSERT] = { "mediation.session_insert", DB_SYSTEM,
	    "INSERT INTO mediation_session (city, id, request, kind, day, minute, minutes, place, public, words, at_ms, account)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)", 0 },

	[Q_DUTIES] = { "mediation.duties", DB_PLACE, "SELECT " DUTY OF_REQUEST("mediation_duty") NAME_OF("performed_by") " WHERE "
	    REQUEST_IN_SCOPE " AND x.request = $5 ORDER BY x.due, x.id LIMIT $6", 0 },
	[Q_DUTIES_RECEIPT] = { "mediation.duties_receipt", DB_RECEIPT, "SELECT " DUTY " FROM mediation_duty x" NAME_OF("performed_by")
	    " WHERE x.city = $1 AND x.request = $2 ORDER BY x.due, x.id LIMIT $3", 0 },
	[Q_DUTY_INSERT] = { "mediation.duty_insert", DB_SYSTEM,
	    "INSERT INTO mediation_duty (city, id, request, side, what, fen, due, said, said_words)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, 0, '')", 0 },
	[Q_DUTIES_DROP] = { "mediation.duties_drop", DB_SYSTEM, "DELETE FROM mediation_duty WHERE city = $1 AND request = $2", 0 },
	[Q_DUTY_PERFORM] = { "mediation.duty_perform", DB_SYSTEM, "UPDATE mediation_duty SET performed = $4, performed_ms = $5,"
	    " performed_by = $6" IT " AND id = $3 AND performed IS NULL", 0 },
	[Q_DUTY_MISS] = { "mediation.duty_miss", DB_SYSTEM, "UPDATE mediation_duty SET missed_ms = $4" IT
	    " AND id = $3 AND performed IS NULL AND missed_ms IS NULL", 0 },
	[Q_DUTY_SAY] = { "mediation.duty_say", DB_SYSTEM, "UPDATE mediation_duty SET said = $4, said_ms = $5, said_words = $6" IT
	    " AND id = $3 AND performed IS NULL", 0 },
	[Q_DUTY_NEXT] = { "mediation.duty_next", DB_SYSTEM, "SELECT due FROM mediation_duty" IT " AND performed IS NULL ORDER BY due, id"
	    " LIMIT 1", 0 },
	[Q_DUTY_OPEN] = { "mediation.duty_open", DB_SYSTEM, "SELECT due, missed_ms FROM mediation_duty" IT
	    " AND id = $3 AND performed IS NULL", 0 },

	[Q_DUTIES_MISSED] = { "mediation.duties_missed", DB_SYSTEM, "SELECT COUNT(*) FROM mediation_duty" IT
	    " AND performed IS NULL AND missed_ms IS NOT NULL", 0 },

	[Q_DANGERS] = { "mediation.dangers", DB_PLACE, "SELECT " DANGER OF_REQUEST("mediation_danger") NAME_OF("account") " WHERE "
	    REQUEST_IN_SCOPE " AND x.request = $5 ORDER BY x.id LIMIT $6", 0 },
	[Q_DANGERS_RECEIPT] = { "mediation.dangers_receipt", DB_RECEIPT, "SELECT " DANGER " FROM mediation_danger x" NAME_OF("account")
	    " WHERE x.city = $1 AND x.request = $2 ORDER BY x.id LIMIT $3", 0 },
	[Q_DANGER_INSERT] = { "mediation.danger_insert", DB_SYSTEM,
	    "INSERT INTO mediation_danger (city, id, request, kind, told_ms, receiver, words, at_ms, account)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)", 0 },
	/* the director above: of the point's own parent, else its own */
	[Q_DIRECTOR] = { "mediation.director", DB_SYSTEM, "SELECT COALESCE(u.director, p.director, 0) FROM point p LEFT JOIN point u"
	    " ON u.city = p.city AND u.id = p.parent WHERE p.city = $1 AND p.id = $2", 0 },

	[Q_OPPONENT] = { "mediation.opponent", DB_PLACE, "SELECT x.name_sealed" OF_REQUEST("request_party") " WHERE " REQUEST_IN_SCOPE
	    " AND x.request = $5 AND x.side = 2 AND x.name_sealed IS NOT NULL ORDER BY x.n LIMIT 1", 0 },
	[Q_AID_ITEM] = { "mediation.aid_item", DB_PUBLIC, "SELECT i.id, (SELECT MAX(v.from_day) FROM item_revision v WHERE v.city = i.city"
	    " AND v.item = i.id AND v.from_day <= $2) FROM item i WHERE i.city = $1 AND i.code = 'legal-aid' AND i.matter = 'legal-aid'", 0 },
	[Q_MEDIATOR_ACCOUNT] = { "mediation.mediator_account", DB_CITY, "SELECT id FROM account WHERE city = $1 AND login = $2"
	    " AND active = 1", 0 },
	[Q_LIST] = { "mediation.list", DB_PLACE, "SELECT " LISTED LISTED_FROM " WHERE " REQUEST_IN_SCOPE PAGED, 0 },
	[Q_LIST_MINE] = { "mediation.list_mine", DB_PLACE, "SELECT " LISTED LISTED_FROM " WHERE " REQUEST_IN_SCOPE MINE PAGED, 0 },

	[Q_MEDIATORS] = { "mediation.mediators", DB_AREA, "SELECT " MEDIATOR " FROM mediator m WHERE m.city = $1"
	    " AND (m.place BETWEEN $2 AND $3 OR " IS_PANEL ") ORDER BY CASE WHEN m.place BETWEEN $2 AND $3 THEN 0 ELSE 1 END, m.place, m.id"
	    " LIMIT $4", 0 },
	/* $2, $3 the county of the case, $4, $5 its town: who is cut off at the limit is farthest away */
	[Q_MEDIATORS_FOR] = { "mediation.mediators_for", DB_CITY, "SELECT " MEDIATOR " FROM mediator m WHERE m.city = $1 AND m.active = 1"
	    " AND (m.place BETWEEN $2 AND $3 OR " IS_PANEL ") ORDER BY CASE WHEN m.place BETWEEN $4 AND $5 THEN 0 WHEN " IS_PANEL
	    " THEN 1 ELSE 2 END, m.place, m.id LIMIT $6", 0 },
	[Q_MEDIATOR_ONE] = { "mediation.mediator_one", DB_CITY, "SELECT " MEDIATOR " FROM mediator m WHERE m.city = $1 AND m.id = $2", 0 },
	[Q_MEDIATOR_INSERT] = { "mediation.mediator_insert", DB_SYSTEM,
	    "INSERT INTO mediator (city, id, name, kind, committee, place, categories, account, phone, active, revision)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)", 0 },
	[Q_MEDIATOR_UPDATE] = { "mediation.mediator_update", DB_SYSTEM,
	    "UPDATE mediator SET name = $4, kind = $5, committee = $6, place = $7, categories = $8, account = $9, phone = $10,"
	    " active = $11, revision = revision + 1 WHERE city = $1 AND id = $2 AND revision = $3", 0 },
	[Q_GROUPS] = { "mediation.groups", DB_AREA, "SELECT g.id, g.name, g.platform, g.place, g.mediator, g.members, g.active, g.since,"
	    " g.revision, m.name, (SELECT COUNT(*) FROM mediation a WHERE a.city = g.city AND a.chat_group = g.id) FROM mediation_group g"
	    " LEFT JOIN mediator m ON m.city = g.city AND m.id = g.mediator WHERE g.city = $1 AND g.place BETWEEN $2 AND $3 ORDER BY g.place, g.id LIMIT $4", 0 },
	[Q_GROUP_INSERT] = { "mediation.group_insert", DB_SYSTEM,
	    "INSERT INTO mediation_group (city, id, name, platform, place, mediator, members, active, since, revision)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)", 0 },
	[Q_GROUP_UPDATE] = { "mediation.group_update", DB_SYSTEM,
	    "UPDATE mediation_group SET name = $4, platform = $5, place = $6, mediator = $7, members = $8, active = $9,"
	    " revision = revision + 1 WHERE city = $1 AND id = $2 AND revision = $3", 0 },
	[Q_GROUP_ONE] = { "mediation.group_one", DB_CITY, "SELECT place FROM mediation_group WHERE city = $1 AND id = $2", 0 },

	[Q_FIGURES] = { "mediation.figures", DB_AREA, "SELECT a.category, a.source, " ONE_IF(IN_TIME("a.accepted_ms")) ", "
	    ONE_IF(SUCCESS) ", " SUM_IF(SUCCESS, "a.agreed_fen") ", " ONE_IF(SUCCESS " AND a.crime_persons > 0") ", "
	    SUM_IF(SUCCESS, "a.crime_persons") ", " ONE_IF(SUCCESS " AND a.petition_persons > 0") ", "
	    SUM_IF(SUCCESS, "a.petition_persons") ", " ONE_IF(DONE)
	    " FROM mediation a JOIN request r ON r.city = a.city AND r.id = a.request WHERE a.city = $1 AND r.place BETWEEN $2 AND $3"
	    " AND r.place BETWEEN $6 AND $7 AND a.source > 0 AND ((" IN_TIME("a.accepted_ms") ") OR (" SUCCESS ") OR (" IN_TIME("a.ended_ms")
	    ")) GROUP BY a.category, a.source", 0 },
	[Q_RECORDS] = { "mediation.records", DB_AREA, "SELECT " LISTED LISTED_FROM " WHERE a.city = $1 AND r.place BETWEEN $2 AND $3"
	    " AND r.place BETWEEN $6 AND $7 AND (($8 = 1 AND " IN_TIME("a.accepted_ms") ") OR ($8 = 2 AND " SUCCESS ") OR ($8 = 3 AND "
	    SUCCESS " AND a.crime_persons > 0) OR ($8 = 4 AND " SUCCESS " AND a.petition_persons > 0) OR ($8 = 5 AND " DONE "))"
	    " AND ($9 = 0 OR a.category = $9) AND ($10 = 0 OR ($10 = 2 AND a.source = 1) OR ($10 = 1 AND a.source IN (2, 3))"
	    " OR ($10 = 3 AND a.source > 3)) AND a.request < $11 ORDER BY a.request DESC LIMIT $12", 0 },
};
const struct db_set mediation_sql = DB_SET("mediation", mediation_q);
