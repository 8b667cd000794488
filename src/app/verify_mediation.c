/* Mediation in the stored data: nobody against their will, nothing in effect that is not signed, figures equal a recount. */
#include "app/verify_store.h"

#include "operations/matter/mediation/mediation.h"
#include "standards/holidays/holidays.h"

#define TELL(id, bad, from) "SELECT COUNT(*), COALESCE(SUM(q.bad), 0), COALESCE(MIN(CASE WHEN q.bad = 1 THEN q.id END), 0)" \
	" FROM (SELECT " id " AS id, CASE WHEN " bad " THEN 1 ELSE 0 END AS bad" from ") q"
#define ALL " FROM mediation x LEFT JOIN request r ON r.city = x.city AND r.id = x.request WHERE x.city = $1"
#define RUNS(target) "EXISTS (SELECT 1 FROM case_clock c WHERE c.city = x.city AND c.request = x.request AND c.met_ms IS NULL" \
	" AND c.target = " target ")"
#define ANY(table, of) "EXISTS (SELECT 1 FROM " table " z WHERE z.city = x.city AND z.request = x.request AND " of ")"
#define SUM_OF(table, what, of) "(SELECT COALESCE(SUM(" what "), 0) FROM " table " z WHERE z.city = x.city AND z.request = x.request" \
	" AND " of ")"
#define IN_EFFECT "x.state IN (40, 45, 90, 94)"

enum { Q_CHECKED = 14, Q_STEPS = Q_CHECKED, Q_SENT, Q_RECOUNT, Q_ALL };
static const struct db_stmt checks[] = {
	{ "verify.mediation_request", DB_SYSTEM, TELL("x.request", "r.id IS NULL OR r.matter <> 'mediation'", ALL), 0 },
	{ "verify.mediation_open", DB_SYSTEM, TELL("x.request", "(x.state >= 90) <> (r.open = 0) OR (x.state >= 90) <> (x.ended_ms IS NOT NULL)",
	    ALL), 0 },
	{ "verify.mediation_registered", DB_SYSTEM, TELL("x.request", "x.registered_ms IS NULL OR x.source = 0 OR x.category = 0"
	    " OR x.level = 0 OR x.facts = ''", ALL " AND x.state <> 5 AND x.state < 95"), 0 },
	/* Art. 17 */
	{ "verify.mediation_will", DB_SYSTEM, TELL("x.request", "x.accepted_ms IS NULL OR NOT " ANY("mediation_party", "z.side = 1")
	    " OR NOT " ANY("mediation_party", "z.side = 2") " OR " ANY("mediation_party", "z.consent <> 1"),
	    ALL " AND (x.state BETWEEN 20 AND 91 OR x.state = 94)"), 0 },
	{ "verify.mediation_sides", DB_SYSTEM, TELL("x.id", ANY("mediation_party", "z.id <> x.id AND (z.id_key = x.id_key"
	    " OR (z.name_key = x.name_key AND (z.id_key IS NULL OR x.id_key IS NULL)))"), " FROM mediation_party x WHERE x.city = $1"), 0 },
	/* who sat down with them is known, and when */
	{ "verify.mediation_talks", DB_SYSTEM, TELL("x.request", "NOT " ANY("mediation_member", "z.kind = 0") " OR NOT "
	    ANY("mediation_session", "z.kind <> 3"), ALL " AND x.state IN (30, 35, 40, 45, 90, 94)"), 0 },
	/* Art. 28, 29 */
	{ "verify.mediation_effect", DB_SYSTEM, TELL("x.request", "x.effect_ms IS NULL OR x.content = '' OR x.form = 0 OR (x.form = 1 AND"
	    " (x.mediator_signed_ms IS NULL OR x.sealed_ms IS NULL OR " ANY("mediation_party", "z.signed = 0") "))",
	    ALL " AND " IN_EFFECT), 0 },
	{ "verify.mediation_duties", DB_SYSTEM, TELL("x.request", "NOT " ANY("mediation_duty", "1 = 1") " OR x.agreed_fen <> "
	    SUM_OF("mediation_duty", "z.fen", "1 = 1"), ALL " AND (" IN_EFFECT " OR x.state = 35)"), 0 },
	{ "verify.mediation_performed", DB_SYSTEM, TELL("x.request", "(x.state = 90) <> (NOT " ANY("mediation_duty", "z.performed IS NULL") ")",
	    ALL " AND " IN_EFFECT), 0 },
	{ "verify.mediation_missed", DB_SYSTEM, TELL("x.request", "(x.state IN (45, 94)) <> "
	    ANY("mediation_duty", "z.performed IS NULL AND z.missed_ms IS NOT NULL"), ALL " AND x.state IN (40, 45, 94)"), 0 },
	{ "verify.mediation_clock", DB_SYSTEM, TELL("x.request", "(x.state IN (20, 30, 35)) <> " RUNS("13") " OR (x.state IN (40, 45)) <> "
	    RUNS("14") " OR (x.state IN (40, 45) AND x.confirm = 1) <> " RUNS("15"), ALL), 0 },
	{ "verify.mediation_confirm", DB_SYSTEM, TELL("x.request", "x.status_relation = 1 OR x.effect_ms IS NULL OR "
	    ANY("mediation_party", "z.confirm_ms IS NULL") " OR (x.confirm = 1) <> (x.confirm_sent IS NULL) OR (x.confirm IN (3, 4)) <>"
	    " (x.confirm_result IS NOT NULL) OR (x.confirm >= 2 AND x.court = '')", ALL " AND x.confirm > 0"), 0 },
	{ "verify.mediation_danger", DB_SYSTEM, TELL("x.id", "x.receiver = '' OR x.told_ms > x.at_ms OR r.urgent = 0",
	    " FROM mediation_danger x JOIN request r ON r.city = x.city AND r.id = x.request WHERE x.city = $1"), 0 },
	{ "verify.mediation_next", DB_SYSTEM, TELL("x.request", "(r.state = 80) <> (x.next_request IS NOT NULL) OR (x.next_request IS NOT NULL"
	    " AND NOT EXISTS (SELECT 1 FROM request n WHERE n.city = x.city AND n.id = x.next_request AND n.parent = x.request"
	    " AND n.matter = 'legal-aid'))", ALL), 0 },
	[Q_STEPS] = { "verify.mediation_steps", DB_SYSTEM,
	    "SELECT x.request, x.state, e.kind, e.data FROM mediation x JOIN event e ON e.city = x.city AND e.request = x.request"
	    " AND e.kind LIKE 'mediation.%' WHERE x.city = $1 ORDER BY x.request, e.id", 0 },
	[Q_SENT] = { "verify.mediation_sent", DB_SYSTEM,
	    "SELECT request, effect_ms, confirm_sent FROM mediation WHERE city = $1 AND confirm_sent IS NOT NULL ORDER BY request", 0 },
	[Q_RECOUNT] = { "verify.mediation_recount", DB_SYSTEM,
	    "SELECT COUNT(accepted_ms), COUNT(effect_ms), COALESCE(SUM(CASE WHEN effect_ms IS NOT NULL THEN agreed_fen ELSE 0 END), 0),"
	    " COALESCE(SUM(CASE WHEN state = 90 THEN 1 ELSE 0 END), 0) FROM mediation WHERE city = $1", 0 },
};
static const char *const names[Q_CHECKED] = {
	"mediation belongs to requests of its matter",
	"mediation has ended when its request has, and only then",
	"what is registered says what it is about and where it came from",
	"nobody is mediated with who was not asked or refuses",
	"nobody stands in a dispute twice",
	"who mediated and when is written down",
	"an agreement in effect has its content and all signatures",
	"an agreement binds somebody to something, and its sum is theirs",
	"what is performed is performed whole",
	"what is broken was missed first",
	"the time of each stage runs, and no other",
	"confirmation was asked for by all of them",
	"danger was told to somebody, and at once urgent",
	"what goes on as legal aid is there",
};
const struct db_set verify_mediation_sql = DB_SET("verify_mediation", checks);

struct counted { int64_t looked, bad, first; };

static void
count_one(struct counted *c, int64_t id, bool bad)
{
	c->looked++;
	if (bad) {
		c->bad++;
		c->first = c->first == 0 ? id : c->first;
	}
}

/* "mediation=10>20" of "mediation.accept": allowed by the table, from where the last one led. */
static bool
step_fits(const struct rows *row, int64_t *state)
{
	struct text kind = rows_text(row, 2), data = rows_text(row, 3), line = text_cut(&data, '\n'), key = text_cut(&line, '='),
	    head = text_cut(&kind, '.'), from = text_cut(&line, '>');
	int64_t a = 0, b = 0;
	const struct mediation_edge *e;

	if (head.n == 0 || !text_equals(key, TEXT("mediation")) || int64_parse(from, 0, 99, &a) != RC_OK
	    || int64_parse(line, 0, 99, &b) != RC_OK || (*state != 0 && a != *state))
		return false;
	*state = b;
	e = mediation_edge_find((enum mediation_state)a, mediation_step_by_key(kind));
	return e != NULL && e->to == (enum mediation_state)b;
}

static enum rc
steps(struct tx *tx, const struct actor *actor, struct verify *v)
{
	int64_t request = 0, state = 0, end = 0;
	struct counted c = { 0, 0, 0 };
	bool broken = false;
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &checks[Q_STEPS], NO_ARGS, &row);

	while (rc == RC_OK) {
		rc = rows_next(row);
		if (rc != RC_OK && rc != RC_DONE)
			return rc;
		if (request != 0 && (rc == RC_DONE || rows_int(row, 0) != request)) {
			/* withdrawn or sent away as a request: no step of its own */
			count_one(&c, request, broken || (state != end && end != MEDIATION_WITHDRAWN && end != MEDIATION_ELSEWHERE));
			state = 0;
			broken = false;
		}
		if (rc == RC_DONE)
			break;
		request = rows_int(row, 0);
		end = rows_int(row, 1);
		broken = !step_fits(row, &state) || broken;
	}
	if (rc != RC_DONE)
		return rc;
	verify_line(v, "every state of a mediation was reached by allowed steps", c.looked, c.bad, c.first);
	return RC_OK;
}

/* Art. 33. */
static enum rc
sent_in_time(struct tx *tx, const struct actor *actor, struct verify *v)
{
	struct counted c = { 0, 0, 0 };
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &checks[Q_SENT], NO_ARGS, &row);

	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK)
		count_one(&c, rows_int(row, 0), rows_int(row, 2)
		    > mediation_confirm_last(holidays_current(), day_of_moment(rows_int(row, 1))).n);
	if (rc != RC_DONE)
		return rc;
	verify_line(v, "courts were asked within thirty days of its effect", c.looked, c.bad, c.first);
	return RC_OK;
}

/* The form of all time, by its own way of counting, against the rows. */
static enum rc
recount(struct tx *tx, const struct actor *actor, struct verify *v)
{
	struct mediation_span all = { .from = { 0 }, .to = day_add(day_of_moment(tx_now_ms(tx)), 36500), .place = { actor->city * INT64_C(100000000) } };
	struct mediation_figures *f = ARENA_NEW(tx_mem(tx), struct mediation_figures);
	struct mediation_counts sum[2] = { { .accepted = 0 }, { .accepted = 0 } };
	ROWS row = NULL;
	enum rc rc = f == NULL ? RC_NO_MEMORY : mediation_figures(tx, actor, &all, f);
	bool same;

	if (rc == RC_CORRUPT) { /* a kind or a source that is none: nothing can be counted */
		verify_line(v, "the form of mediation equals a recount", 1, 1, 0);
		return RC_OK;
	}
	if (rc == RC_OK)
		rc = tx_one(tx, actor, &checks[Q_RECOUNT], NO_ARGS, &row);
	if (rc != RC_OK)
		return rc;
	for (int i = 1; i < MEDIATION_CATEGORY_COUNT; i++) {
		sum[0].accepted += f->category[i].accepted;
		sum[0].fen += f->category[i].fen;
	}
	for (int i = 1; i < MEDIATION_CLASS_COUNT; i++) {
		sum[1].accepted += f->class[i].accepted;
		sum[1].fen += f->class[i].fen;
	}
	same = f->total.accepted == rows_int(row, 0) && f->total.successful == rows_int(row, 1) && f->total.fen == rows_int(row, 2)
	    && f->total.performed == rows_int(row, 3) && sum[0].accepted == f->total.accepted && sum[0].fen == f->total.fen
	    && sum[1].accepted == f->total.accepted && sum[1].fen == f->total.fen;
	verify_line(v, "the form of mediation equals a recount", f->total.accepted, same ? 0 : 1, 0);
	return RC_OK;
}

enum rc
verify_mediation(struct tx *tx, const struct actor *actor, struct verify *v)
{
	enum rc rc = RC_OK;

	for (int q = 0; rc == RC_OK && q < Q_CHECKED; q++) {
		ROWS row = NULL;

		rc = tx_one(tx, actor, &checks[q], NO_ARGS, &row);
		if (rc == RC_OK)
			verify_line(v, names[q], rows_int(row, 0), rows_int(row, 1), rows_int(row, 2));
	}
	if (rc == RC_OK)
		rc = steps(tx, actor, v);
	if (rc == RC_OK)
		rc = sent_in_time(tx, actor, v);
	return rc == RC_OK ? recount(tx, actor, v) : rc;
}
