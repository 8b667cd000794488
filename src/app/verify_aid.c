/* Legal aid in the stored data: states and requests agree, nobody decided alone, nothing is paid twice. */
#include "app/verify_store.h"

#include "operations/matter/legalaid/legalaid.h"

#include <stdio.h>
#include <string.h>

#define TELL(id, bad, from) "SELECT COUNT(*), COALESCE(SUM(q.bad), 0), COALESCE(MIN(CASE WHEN q.bad = 1 THEN q.id END), 0)" \
	" FROM (SELECT " id " AS id, CASE WHEN " bad " THEN 1 ELSE 0 END AS bad" from ") q"
#define AIDS " FROM aid x LEFT JOIN request r ON r.city = x.city AND r.id = x.request WHERE x.city = $1"
#define CLOCK(target) "EXISTS (SELECT 1 FROM case_clock c WHERE c.city = x.city AND c.request = x.request AND c.target = " target
#define NOTICED "EXISTS (SELECT 1 FROM aid_notice n WHERE n.city = x.city AND n.request = x.request)"
#define DECISIONS " FROM aid_decision x LEFT JOIN aid a ON a.city = x.city AND a.request = x.request WHERE x.city = $1"

enum { Q_CHECKED = 18, Q_STEPS = Q_CHECKED, Q_ALL };
static const struct db_stmt checks[] = {
	{ "verify.aid_request", DB_SYSTEM, TELL("x.request", "r.id IS NULL OR r.matter <> 'legal-aid'", AIDS), 0 },
	{ "verify.aid_open", DB_SYSTEM, TELL("x.request", "(x.state >= 90) <> (r.open = 0)", AIDS), 0 },
	{ "verify.aid_form", DB_SYSTEM, TELL("x.request", "(x.state <> 5 AND x.state < 90) AND (x.kind = 0 OR x.applied_ms IS NULL"
	    " OR x.confirmed = 0)", AIDS), 0 },
	/* the time to decide runs, or was met when it was decided */
	{ "verify.aid_decide_clock", DB_SYSTEM, TELL("x.request", "NOT " CLOCK("4") ") OR (x.state < 30 AND NOT " CLOCK("4")
	    " AND c.met_ms IS NULL)) OR (x.state >= 30 AND " CLOCK("4") " AND c.met_ms IS NULL))", AIDS " AND x.state <> 5"
	    " AND x.applied_ms IS NOT NULL AND NOT " NOTICED), 0 },
	{ "verify.aid_assign_clock", DB_SYSTEM, TELL("x.request", "NOT " CLOCK("5") " AND c.met_ms IS NULL)",
	    AIDS " AND x.state = 30"), 0 },
	{ "verify.aid_decided", DB_SYSTEM, TELL("x.request", "(x.state >= 30 AND x.state <= 91) <> EXISTS (SELECT 1 FROM aid_decision d"
	    " WHERE d.city = x.city AND d.request = x.request AND d.kind IN (1, 2))", AIDS " AND x.state < 92 AND NOT " NOTICED), 0 },
	{ "verify.aid_two_people", DB_SYSTEM, TELL("x.request", "a.request IS NULL OR x.account = 0 OR x.account = a.applied_by"
	    " OR (x.kind IN (1, 2) AND x.account = a.examined_by)", DECISIONS), 0 },
	{ "verify.aid_reasons", DB_SYSTEM, TELL("x.request", "(x.kind = 2 AND (x.grounds = 0 OR x.words = ''))"
	    " OR (x.kind = 1 AND x.advised <> 1 AND x.deviation = '' AND NOT EXISTS (SELECT 1 FROM aid_objection o"
	    " WHERE o.city = x.city AND o.request = x.request AND o.result = 2))"
	    " OR (x.kind = 2 AND x.advised <> 2 AND x.deviation = '')", DECISIONS), 0 },
	{ "verify.aid_judged", DB_SYSTEM, TELL("x.request", "x.kind IN (1, 2) AND NOT " NOTICED " AND NOT EXISTS (SELECT 1"
	    " FROM policy_decision p WHERE p.city = x.city AND p.id = x.judged AND p.request = x.request)", DECISIONS), 0 },
	{ "verify.aid_assigned", DB_SYSTEM, TELL("x.request", "(x.state IN (35, 40, 45)) AND NOT EXISTS (SELECT 1 FROM aid_assignment s"
	    " WHERE s.city = x.city AND s.request = x.request AND s.open = 1)", AIDS), 0 },
	{ "verify.aid_subsidy", DB_SYSTEM, TELL("x.assignment", "s.id IS NULL OR s.request <> x.request"
	    " OR (x.paid_ms IS NULL) <> (x.voucher IS NULL) OR x.paid_by = x.approved_by",
	    " FROM aid_subsidy x LEFT JOIN aid_assignment s ON s.city = x.city AND s.id = x.assignment WHERE x.city = $1"), 0 },
	/* the standard that stands recorded for the day of the application, no other */
	{ "verify.aid_standard", DB_SYSTEM, TELL("x.assignment", "NOT EXISTS (SELECT 1 FROM aid_rate t WHERE t.city = x.city AND t.kind = x.kind"
	    " AND t.from_day = x.from_day AND t.fen = x.fen) OR EXISTS (SELECT 1 FROM aid_rate t WHERE t.city = x.city AND t.kind = x.kind"
	    " AND t.from_day > x.from_day AND t.from_day <= (a.applied_ms + 28800000) / 86400000)",
	    " FROM aid_subsidy x JOIN aid a ON a.city = x.city AND a.request = x.request WHERE x.city = $1"), 0 },
	{ "verify.aid_moves", DB_SYSTEM, TELL("x.request", "(SELECT COALESCE(SUM(z.changes), 0) FROM aid_report z WHERE z.city = x.city"
	    " AND z.request = x.request) <> (SELECT COUNT(*) FROM event e WHERE e.city = x.city AND e.request = x.request"
	    " AND e.kind = 'aid.move')", AIDS), 0 },
	{ "verify.aid_archive", DB_SYSTEM, TELL("x.request", "(x.state = 90) <> (x.archive_number IS NOT NULL)", AIDS), 0 },
	/* at a notice: two kinds alone, nobody decided on means, and the three days ran from the first moment */
	{ "verify.aid_notice", DB_SYSTEM, TELL("x.request", "a.request IS NULL OR a.kind NOT IN (5, 6) OR a.confirmed <> 4 OR a.state < 30"
	    " OR NOT " CLOCK("5") ") OR (x.withdrawn_ms IS NULL) <> (x.withdrawn_by IS NULL) OR (x.withdrawn_ms IS NOT NULL AND a.state <> 93)"
	    " OR EXISTS (SELECT 1 FROM aid_decision d WHERE d.city = x.city AND d.request = x.request AND d.kind = 2)",
	    " FROM aid_notice x LEFT JOIN aid a ON a.city = x.city AND a.request = x.request WHERE x.city = $1"), 0 },
	/* Art. 26 */
	{ "verify.aid_years", DB_SYSTEM, TELL("x.request", "x.at_ms / 86400000 - p.practice_from < a.years * 365", " FROM aid_assignment x"
	    " JOIN aid a ON a.city = x.city AND a.request = x.request JOIN provider p ON p.city = x.city AND p.id = x.provider"
	    " WHERE x.city = $1 AND a.years > 0"), 0 },
	/* before the decision it is the time to decide, then the time to assign, and where the matter has none the request's own */
	{ "verify.aid_clock", DB_SYSTEM, TELL("x.request", "NOT EXISTS (SELECT 1 FROM case_clock c WHERE c.city = x.city"
	    " AND c.request = x.request) OR (r.open = 1 AND NOT EXISTS (SELECT 1 FROM case_clock c WHERE c.city = x.city"
	    " AND c.request = x.request AND c.met_ms IS NULL)) OR (r.open = 0 AND EXISTS (SELECT 1 FROM case_clock c"
	    " WHERE c.city = x.city AND c.request = x.request AND c.met_ms IS NULL))", AIDS), 0 },
	/* duty lawyers: help on the day of a duty or later, passed on by whom and when */
	{ "verify.aid_duty", DB_SYSTEM, TELL("x.id", "d.id IS NULL OR x.at_ms / 86400000 < d.day - 1 OR (x.passed_ms IS NULL) <> (x.passed_by IS NULL)"
	    " OR (x.passed_ms IS NOT NULL AND x.pass_due_ms IS NULL)", " FROM aid_duty_help x LEFT JOIN aid_duty d ON d.city = x.city"
	    " AND d.id = x.duty WHERE x.city = $1"), 0 },
	[Q_STEPS] = { "verify.aid_steps", DB_SYSTEM,
	    "SELECT x.request, x.state, e.kind, e.data FROM aid x JOIN event e ON e.city = x.city AND e.request = x.request"
	    " AND e.kind LIKE 'aid.%' WHERE x.city = $1 ORDER BY x.request, e.id", 0 },
};
static const char *const names[Q_CHECKED] = {
	"legal aid belongs to requests of its matter",
	"legal aid has ended when its request has, and only then",
	"an application has its form, confirmed",
	"every application's time to decide runs, or was met by the decision",
	"who was granted aid and has nobody yet has a clock running",
	"what stands decided has a decision",
	"nobody decided what they recorded or examined",
	"refusals have grounds and words, deviations from advice too",
	"decisions name the verdict of the rules they were made with",
	"who has a lawyer has one",
	"subsidies belong to assignments, and who approved does not pay",
	"a subsidy is what the standard of the day of the application says",
	"an appointment was moved or called off as often as its history says",
	"what is archived has its number",
	"a notice opens a case of its kind, assigned in its own time, never refused",
	"the gravest cases went to lawyers of three years' practice",
	"no case of legal aid is without a running or finished clock",
	"help of duty lawyers belongs to a duty that had begun",
};
const struct db_set verify_aid_sql = DB_SET("verify_aid", checks);

/* "aid=10>15" */
static bool
read_move(struct text data, int64_t *ret_from, int64_t *ret_to)
{
	struct text line = text_cut(&data, '\n'), from;

	if (!text_starts_with(line, TEXT("aid=")))
		return false;
	line = (struct text){ line.p + 4, line.n - 4 };
	from = text_cut(&line, '>');
	return int64_parse(from, 0, 99, ret_from) == RC_OK && int64_parse(line, 0, 99, ret_to) == RC_OK;
}

/* One step: allowed by the table, from where the last one led. */
static bool
step_fits(const struct rows *row, int64_t *state)
{
	struct text kind = rows_text(row, 2);
	int64_t from = 0, to = 0;
	const struct aid_edge *e;

	kind = (struct text){ kind.p + 4, kind.n - 4 };
	if (!read_move(rows_text(row, 3), &from, &to) || (*state != 0 && from != *state))
		return false;
	*state = to;
	e = aid_edge_find((enum aid_state)from, aid_step_by_key(kind));
	return e != NULL && e->to == (enum aid_state)to;
}

static enum rc
steps(struct tx *tx, const struct actor *actor, struct verify *v)
{
	int64_t request = 0, state = 0, end = 0, looked = 0, bad = 0, first = 0;
	bool broken = false;
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &checks[Q_STEPS], NO_ARGS, &row);

	while (rc == RC_OK) {
		rc = rows_next(row);
		if (rc != RC_OK && rc != RC_DONE)
			return rc;
		if (request != 0 && (rc == RC_DONE || rows_int(row, 0) != request)) {
			/* withdrawn or sent away as a request: no step of its own */
			if (broken || (state != end && end != AID_WITHDRAWN && end != AID_ELSEWHERE)) {
				bad++;
				first = first == 0 ? request : first;
			}
			state = 0;
			broken = false;
			looked++;
		}
		if (rc == RC_DONE)
			break;
		request = rows_int(row, 0);
		end = rows_int(row, 1);
		broken = !step_fits(row, &state) || broken;
	}
	if (rc != RC_DONE)
		return rc;
	verify_line(v, "every state of legal aid was reached by allowed steps", looked, bad, first);
	return RC_OK;
}

enum rc
verify_aid(struct tx *tx, const struct actor *actor, struct verify *v)
{
	for (int q = 0; q < Q_CHECKED; q++) {
		ROWS row = NULL;
		enum rc rc = tx_one(tx, actor, &checks[q], NO_ARGS, &row);

		if (rc != RC_OK)
			return rc;
		verify_line(v, names[q], rows_int(row, 0), rows_int(row, 1), rows_int(row, 2));
	}
	return steps(tx, actor, v);
}
