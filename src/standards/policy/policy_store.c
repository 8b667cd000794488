#include "standards/policy/policy_store.h"

#define VERSION_COLUMNS "v.id, v.package, v.number, v.state, v.from_day, v.change_day, v.base, v.hash, v.author," \
	" v.made_ms, v.words, v.held, v.broke, v.report, v.decided_by, v.decided_ms, v.decided_words," \
	" (SELECT a.name FROM account a WHERE a.city = v.city AND a.id = v.author)," \
	" (SELECT a.name FROM account a WHERE a.city = v.city AND a.id = v.decided_by)"
#define DECISION_COLUMNS "d.id, d.request, d.version, d.at_ms, d.account, d.hash, v.package, d.law_day, d.input, d.output," \
	" v.number, (SELECT a.name FROM account a WHERE a.city = d.city AND a.id = d.account)"
#define DECISION_FROM " FROM policy_decision d JOIN policy_version v ON v.city = d.city AND v.id = d.version"

static const struct db_stmt policy_q[] = {
	{ "policy.current", DB_PUBLIC,
	    "SELECT " VERSION_COLUMNS ", v.text FROM policy_version v WHERE v.city = $1 AND v.package = $2 AND v.state = 1"
	    " AND v.from_day <= $3 ORDER BY v.number DESC LIMIT 1", 0 },
	{ "policy.version", DB_CITY,
	    "SELECT " VERSION_COLUMNS ", v.text FROM policy_version v WHERE v.city = $1 AND v.id = $2", 0 },
	{ "policy.versions", DB_CITY,
	    "SELECT " VERSION_COLUMNS " FROM policy_version v WHERE v.city = $1 AND v.package = $2"
	    " ORDER BY v.number DESC LIMIT $3", 0 },
	{ "policy.packages", DB_PUBLIC,
	    "SELECT v.package, sum(CASE WHEN v.state = 0 THEN 1 ELSE 0 END), max(CASE WHEN v.state = 1 AND v.from_day <= $2"
	    " THEN v.number ELSE 0 END) FROM policy_version v WHERE v.city = $1 GROUP BY v.package ORDER BY v.package LIMIT $3", 0 },
	{ "policy.by_number", DB_PUBLIC,
	    "SELECT " VERSION_COLUMNS " FROM policy_version v WHERE v.city = $1 AND v.package = $2 AND v.number = $3", 0 },
	{ "policy.newest_approved", DB_PUBLIC,
	    "SELECT v.id FROM policy_version v WHERE v.city = $1 AND v.package = $2 AND v.state = 1"
	    " ORDER BY v.number DESC LIMIT 1", 0 },
	{ "policy.has_text", DB_SYSTEM,
	    "SELECT count(*) FROM policy_version v WHERE v.city = $1 AND v.package = $2 AND v.hash = $3", 0 },
	{ "policy.last_number", DB_SYSTEM,
	    "SELECT coalesce(max(v.number), 0) FROM policy_version v WHERE v.city = $1 AND v.package = $2", 0 },
	{ "policy.version_put", DB_SYSTEM,
	    "INSERT INTO policy_version (city, id, package, number, state, from_day, change_day, base, text, hash, author, made_ms,"
	    " words, held, broke, report, decided_by, decided_ms, decided_words)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)", 0 },
	{ "policy.version_decide", DB_SYSTEM,
	    "UPDATE policy_version SET state = $3, decided_by = $4, decided_ms = $5, decided_words = $6"
	    " WHERE city = $1 AND id = $2 AND state = 0", 0 },
	{ "policy.decision_put", DB_SYSTEM,
	    "INSERT INTO policy_decision (city, id, request, version, hash, at_ms, account, law_day, input, output)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)", 0 },
	{ "policy.decisions", DB_CITY,
	    "SELECT " DECISION_COLUMNS DECISION_FROM " WHERE d.city = $1 AND d.request = $2 ORDER BY d.id DESC LIMIT $3", 0 },
	{ "policy.decision", DB_CITY,
	    "SELECT " DECISION_COLUMNS DECISION_FROM " WHERE d.city = $1 AND d.id = $2 AND d.request = $3", 0 },
	{ "policy.decisions_after", DB_SYSTEM,
	    "SELECT " DECISION_COLUMNS DECISION_FROM " WHERE d.city = $1 AND d.id > $2 ORDER BY d.id LIMIT $3", 0 },
	{ "policy.decisions_before", DB_SYSTEM,
	    "SELECT " DECISION_COLUMNS DECISION_FROM " WHERE d.city = $1 AND v.package = $2 AND d.law_day < $3"
	    " ORDER BY d.id DESC LIMIT $4", 0 },
};
const struct db_set policy_sql = DB_SET("policy", policy_q);
enum { Q_CURRENT, Q_VERSION, Q_VERSIONS, Q_PACKAGES, Q_BY_NUMBER, Q_NEWEST_APPROVED, Q_HAS_TEXT, Q_LAST_NUMBER, Q_PUT, Q_DECIDE,
	Q_DECISION_PUT, Q_DECISIONS, Q_DECISION, Q_DECISIONS_AFTER, Q_DECISIONS_BEFORE };

static struct policy_version
version_of(const struct rows *row, bool text)
{
	return (struct policy_version){ .id = rows_int(row, 0), .package = rows_copy(row, 1), .number = (int)rows_int(row, 2),
		.state = (enum policy_state)rows_int(row, 3), .from = { (int32_t)rows_int(row, 4) },
		.change = { (int32_t)rows_int(row, 5) }, .base = rows_int(row, 6), .hash = rows_copy(row, 7),
		.author = rows_int(row, 8), .made_ms = rows_int(row, 9), .words = rows_copy(row, 10),
		.held = (int)rows_int(row, 11), .broke = (int)rows_int(row, 12), .report = rows_copy(row, 13),
		.decided_by = rows_int(row, 14), .decided_ms = rows_int(row, 15), .decided_words = rows_copy(row, 16),
		.author_name = rows_copy(row, 17), .decided_name = rows_copy(row, 18),
		.text = text ? rows_copy(row, 19) : TEXT_NONE };
}

enum rc
policy_current(struct tx *tx, const struct actor *actor, struct text package, struct day day, struct policy_version *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &policy_q[Q_CURRENT], ARGS(db_text(package), db_int(day.n)), &row);

	if (rc == RC_OK)
		*ret = version_of(row, true);
	return rc;
}

enum rc
policy_version_load(struct tx *tx, const struct actor *actor, int64_t id, struct policy_version *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &policy_q[Q_VERSION], ARGS(db_int(id)), &row);

	if (rc == RC_OK)
		*ret = version_of(row, true);
	return rc;
}

enum rc
policy_versions(struct tx *tx, const struct actor *actor, struct text package, struct policy_version *ret, size_t cap,
    size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &policy_q[Q_VERSIONS], ARGS(db_text(package), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = version_of(row, false);
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
by_number(struct tx *tx, const struct actor *actor, struct text package, int number, struct policy_version *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &policy_q[Q_BY_NUMBER], ARGS(db_text(package), db_int(number)), &row);

	if (rc == RC_OK)
		*ret = version_of(row, false);
	return rc;
}

enum rc
policy_packages(struct tx *tx, const struct actor *actor, struct day day, struct policy_row *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &policy_q[Q_PACKAGES], ARGS(db_int(day.n), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct policy_row){ .package = rows_copy(row, 0), .drafts = rows_int(row, 1),
			.current = { .number = (int)rows_int(row, 2) } };
	if (rc == RC_DONE)
		rc = RC_OK;
	for (size_t i = 0; rc == RC_OK && i < *ret_n; i++)
		if (ret[i].current.number > 0)
			rc = by_number(tx, actor, ret[i].package, ret[i].current.number, &ret[i].current);
	return rc;
}

enum rc
policy_newest_approved(struct tx *tx, const struct actor *actor, struct text package, int64_t *ret)
{
	enum rc rc = tx_int(tx, actor, &policy_q[Q_NEWEST_APPROVED], ARGS(db_text(package)), ret);

	if (rc == RC_NOT_FOUND)
		*ret = 0;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc
policy_has_text(struct tx *tx, const struct actor *actor, struct text package, struct text hash, bool *ret)
{
	int64_t n = 0;
	enum rc rc = tx_int(tx, actor, &policy_q[Q_HAS_TEXT], ARGS(db_text(package), db_text(hash)), &n);

	*ret = n > 0;
	return rc;
}

enum rc
policy_version_put(struct tx *tx, const struct actor *actor, const struct policy_version *in, int64_t *ret_id)
{
	bool program = actor->kind == ACTOR_SYSTEM, decided = in->state != POLICY_DRAFT;
	int64_t id = tx_id(tx), last = 0;
	enum rc rc = tx_int(tx, actor, &policy_q[Q_LAST_NUMBER], ARGS(db_text(in->package)), &last);

	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &policy_q[Q_PUT], ARGS(db_int(id), db_text(in->package), db_int(last + 1),
		    db_int(in->state), db_int(in->from.n), db_int(in->change.n), db_int(in->base), db_text(in->text),
		    db_text(in->hash), db_int(program ? -1 : actor->account), db_int(tx_now_ms(tx)), db_text(in->words),
		    db_int(in->held), db_int(in->broke), db_text(in->report), decided ? db_int(-1) : db_null(),
		    decided ? db_int(tx_now_ms(tx)) : db_null(), decided ? db_text(TEXT_NONE) : db_null()));
	if (rc == RC_OK)
		*ret_id = id;
	return rc;
}

enum rc
policy_version_decide(struct tx *tx, const struct actor *actor, int64_t id, enum policy_state to, struct text words)
{
	return tx_run_one(tx, actor, &policy_q[Q_DECIDE], ARGS(db_int(id), db_int(to), db_int(actor->account),
	    db_int(tx_now_ms(tx)), db_text(words)));
}

/* ---- decisions ------------------------------------------------------------------------------------------ */

enum rc
policy_decision_put(struct tx *tx, const struct actor *actor, const struct policy_decision *in, int64_t *ret_id)
{
	int64_t id = tx_id(tx);
	enum rc rc = tx_run_one(tx, actor, &policy_q[Q_DECISION_PUT], ARGS(db_int(id), db_key(in->request),
	    db_int(in->version), db_text(in->hash), db_int(tx_now_ms(tx)),
	    db_int(actor->kind == ACTOR_SYSTEM ? -1 : actor->account), db_int(in->law_day.n), db_text(in->input),
	    db_text(in->output)));

	if (rc == RC_OK)
		*ret_id = id;
	return rc;
}

static enum rc
gather(struct rows *row, struct policy_decision *ret, size_t cap, size_t *ret_n)
{
	enum rc rc = RC_OK;

	while (*ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct policy_decision){ .id = rows_int(row, 0), .request = rows_int(row, 1),
			.version = rows_int(row, 2), .at_ms = rows_int(row, 3), .account = rows_int(row, 4),
			.hash = rows_copy(row, 5), .package = rows_copy(row, 6), .law_day = { (int32_t)rows_int(row, 7) },
			.input = rows_copy(row, 8), .output = rows_copy(row, 9), .number = (int)rows_int(row, 10),
			.account_name = rows_copy(row, 11) };
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
policy_decisions(struct tx *tx, const struct actor *actor, int64_t request, struct policy_decision *ret, size_t cap,
    size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &policy_q[Q_DECISIONS], ARGS(db_int(request), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	return rc == RC_OK ? gather(row, ret, cap, ret_n) : rc;
}

enum rc
policy_decision_load(struct tx *tx, const struct actor *actor, int64_t request, int64_t id, struct policy_decision *ret)
{
	ROWS row = NULL;
	size_t n = 0;
	enum rc rc = tx_rows(tx, actor, &policy_q[Q_DECISION], ARGS(db_int(id), db_int(request)), &row);

	if (rc == RC_OK)
		rc = gather(row, ret, 1, &n);
	return rc == RC_OK && n == 0 ? RC_NOT_FOUND : rc;
}

enum rc
policy_decisions_after(struct tx *tx, const struct actor *actor, int64_t after, struct policy_decision *ret, size_t cap,
    size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &policy_q[Q_DECISIONS_AFTER], ARGS(db_int(after), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	return rc == RC_OK ? gather(row, ret, cap, ret_n) : rc;
}

enum rc
policy_decisions_before(struct tx *tx, const struct actor *actor, struct text package, struct day before,
    struct policy_decision *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &policy_q[Q_DECISIONS_BEFORE], ARGS(db_text(package), db_int(before.n),
	    db_int((int64_t)cap)), &row);

	*ret_n = 0;
	return rc == RC_OK ? gather(row, ret, cap, ret_n) : rc;
}
