#include "standards/setting/setting.h"

#include "kit/audit/audit.h"

static const struct db_stmt setting_q[] = {
	{ "setting.get", DB_PUBLIC,
	    "SELECT value FROM setting WHERE city = $1 AND key = $2 ORDER BY since_ms DESC LIMIT 1", 0 },
	{ "setting.put", DB_SYSTEM,
	    "INSERT INTO setting (city, key, since_ms, value, account, document) VALUES ($1, $2, $3, $4, $5, $6)"
	    " ON CONFLICT (city, key, since_ms) DO NOTHING", 0 },
};
const struct db_set setting_sql = DB_SET("setting", setting_q);
enum { Q_GET, Q_PUT };

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
setting_put(struct tx *tx, const struct actor *actor, const char *key, int64_t value, struct text document)
{
	struct text words = arena_format(tx_mem(tx), "%lld", (long long)value);
	struct text detail = arena_format(tx_mem(tx), "key=%s value=%lld", key, (long long)value);
	int64_t changed = 0;
	enum rc rc;

	if (words.p == NULL || detail.p == NULL)
		return RC_NO_MEMORY;
	if (document.n > SETTING_TEXT_MAX)
		return RC_INVALID;
	rc = tx_run(tx, actor, &setting_q[Q_PUT], ARGS(db_text(text_of(key)), db_int(tx_now_ms(tx)), db_text(words),
	    db_int(actor->account), db_text(document)), &changed);
	if (rc == RC_OK && changed == 0)
		rc = RC_CONFLICT;
	return rc == RC_OK ? audit_note(tx, actor, "setting.put", "setting", 0, detail) : rc;
}
