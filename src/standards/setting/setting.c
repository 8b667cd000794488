#include "standards/setting/setting.h"

#include "kit/audit/audit.h"
#include "kit/log/log.h"

static const struct db_stmt setting_q[] = {
	{ "setting.get", DB_PUBLIC,
	    "SELECT value FROM setting WHERE city = $1 AND key = $2 ORDER BY since_ms DESC LIMIT 1", 0 },
	{ "setting.put", DB_SYSTEM,
	    "INSERT INTO setting (city, key, since_ms, value, account, document) VALUES ($1, $2, $3, $4, $5, $6)"
	    " ON CONFLICT (city, key, since_ms) DO NOTHING", 0 },
	{ "setting.since", DB_PUBLIC, "SELECT coalesce(max(since_ms), 0) FROM setting WHERE city = $1 AND key = $2", 0 },
	{ "setting.history", DB_PUBLIC,
	    "SELECT s.since_ms, s.account, s.value, s.document, coalesce(a.name, '') FROM setting s"
	    " LEFT JOIN account a ON a.city = s.city AND a.id = s.account"
	    " WHERE s.city = $1 AND s.key = $2 ORDER BY s.since_ms DESC LIMIT $3", 0 },
	{ "setting.changes", DB_CITY,
	    "SELECT s.key, s.value, s.document, s.since_ms, (SELECT a.name FROM account a WHERE a.city = s.city AND a.id = s.account)"
	    " FROM setting s WHERE s.city = $1 AND substr(s.key, 1, CAST($2 AS integer)) = $3 ORDER BY s.since_ms DESC, s.key LIMIT $4", 0 },
};
const struct db_set setting_sql = DB_SET("setting", setting_q);
enum { Q_GET, Q_PUT, Q_SINCE, Q_HISTORY, Q_CHANGES };

static const struct setting_group *groups;
static size_t n_groups;

void
setting_groups_set(const struct setting_group *v, size_t n)
{
	groups = v;
	n_groups = n;
}

const struct setting_group *
setting_groups(size_t *ret_n)
{
	*ret_n = n_groups;
	return groups;
}

const struct setting_kind *
setting_find(struct text key)
{
	for (size_t g = 0; g < n_groups; g++)
		for (size_t i = 0; i < groups[g].n; i++)
			if (text_equals(key, text_of(groups[g].v[i].key)))
				return &groups[g].v[i];
	return NULL;
}

enum rc
setting_read(struct tx *tx, const struct actor *actor, const struct setting_kind *k, int64_t *ret)
{
	return setting_int(tx, actor, k->key, k->min, k->max, k->usual, ret);
}

enum rc
setting_int(struct tx *tx, const struct actor *actor, const char *key, int64_t min, int64_t max, int64_t fallback,
    int64_t *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &setting_q[Q_GET], ARGS(db_text(text_of(key))), &row);

	if (rc == RC_NOT_FOUND || (rc == RC_OK && int64_parse(rows_text(row, 0), min, max, ret) != RC_OK)) {
		*ret = fallback;
		return RC_OK;
	}
	return rc;
}

enum rc
setting_text(struct tx *tx, const struct actor *actor, const char *key, struct text fallback, struct text *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &setting_q[Q_GET], ARGS(db_text(text_of(key))), &row);

	if (rc == RC_NOT_FOUND || (rc == RC_OK && (rows_text(row, 0).n == 0 || rows_text(row, 0).n > SETTING_TEXT_MAX))) {
		*ret = fallback;
		return RC_OK;
	}
	if (rc != RC_OK)
		return rc;
	*ret = rows_copy(row, 0);
	return ret->p != NULL ? RC_OK : RC_NO_MEMORY;
}

enum rc
setting_put_text(struct tx *tx, const struct actor *actor, const char *key, struct text value, struct text document)
{
	struct text detail = arena_format(tx_mem(tx), "key=%s value=%.*s", key, (int)value.n, value.p);
	int64_t changed = 0;
	enum rc rc;

	if (detail.p == NULL)
		return RC_NO_MEMORY;
	if (value.n > SETTING_TEXT_MAX || document.n > SETTING_TEXT_MAX)
		return RC_INVALID;
	rc = tx_run(tx, actor, &setting_q[Q_PUT], ARGS(db_text(text_of(key)), db_int(tx_now_ms(tx)), db_text(value),
	    db_int(actor->account), db_text(document)), &changed);
	if (rc == RC_OK && changed == 0)
		rc = RC_CONFLICT;
	return rc == RC_OK ? audit_note(tx, actor, "setting.put", "setting", 0, detail) : rc;
}

enum rc
setting_put(struct tx *tx, const struct actor *actor, const char *key, int64_t value, struct text document)
{
	struct text words = arena_format(tx_mem(tx), "%lld", (long long)value);

	if (words.p == NULL)
		return RC_NO_MEMORY;
	return setting_put_text(tx, actor, key, words, document);
}

enum rc
setting_history(struct tx *tx, const struct actor *actor, const struct setting_kind *k, struct setting_row *ret, size_t cap,
    size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &setting_q[Q_HISTORY], ARGS(db_text(text_of(k->key)), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct setting_row){ .since_ms = rows_int(row, 0), .account = rows_int(row, 1),
			.value = rows_copy(row, 2), .document = rows_copy(row, 3), .name = rows_copy(row, 4) };
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
change_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct setting_change *in = argument;
	int64_t since_ms = 0;
	enum rc rc = tx_int(tx, actor, &setting_q[Q_SINCE], ARGS(db_text(text_of(in->kind->key))), &since_ms);

	if (rc == RC_OK && since_ms != in->seen)
		return RC_CONFLICT;
	return rc == RC_OK ? setting_put(tx, actor, in->kind->key, in->value, in->document) : rc;
}

enum rc
setting_change(struct ctx *ctx, struct idem_key key, const struct setting_change *in)
{
	struct setting_change arg = *in;
	enum rc rc;

	if (!actor_may(ctx->actor, in->kind->right))
		return RC_FORBIDDEN;
	if (in->value < in->kind->min || in->value > in->kind->max || text_is_empty(text_trim(in->document)))
		return RC_INVALID;
	rc = db_command(ctx, key, &(struct command){ .name = "setting.change", .fn = change_tx, .arg = &arg,
	    .asked = ARGS(db_text(text_of(in->kind->key)), db_int(in->seen), db_int(in->value), db_text(in->document)) });
	/* it is stored: what fails here the worker makes good within its tick, as in every other process */
	if (rc == RC_OK && in->kind->changed != NULL && in->kind->changed(ctx) != RC_OK)
		LOG(LOG_WARN, "setting.not_followed_yet", log_text("key", text_of(in->kind->key)));
	return rc;
}

enum rc
setting_changes(struct tx *tx, const struct actor *actor, struct text head, struct setting_past *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &setting_q[Q_CHANGES], ARGS(db_int((int64_t)head.n), db_text(head), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct setting_past){ .key = rows_copy(row, 0), .value = rows_copy(row, 1), .document = rows_copy(row, 2),
			.since_ms = rows_int(row, 3), .name = rows_copy(row, 4) };
	return rc == RC_DONE ? RC_OK : rc;
}
