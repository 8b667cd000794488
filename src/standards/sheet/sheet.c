#include "standards/sheet/sheet.h"

#include "base/place.h"
#include "base/utf8.h"
#include "kit/audit/audit.h"
#include "kit/msg/msg.h"

enum sheet_q { Q_CURRENT, Q_LOAD, Q_LIST, Q_NEWEST, Q_NUMBER, Q_INSERT, Q_DECIDE, Q_COUNT };

#define HEAD "v.id, v.number, v.state, v.from_day, v.base, v.author, v.made_ms, v.words, COALESCE(v.decided_by, 0), COALESCE(v.decided_ms, 0)," \
	" COALESCE(v.decided_words, ''), COALESCE(a.name, ''), COALESCE(b.name, ''), v.name"
#define FROM " FROM sheet_version v LEFT JOIN account a ON a.city = v.city AND a.id = v.author LEFT JOIN account b ON b.city = v.city" \
	" AND b.id = v.decided_by WHERE v.city = $1 AND v.kind = $2 AND v.name = $3"

/* [public]: what these texts say everybody may know. */
static const struct db_stmt sheet_q[Q_COUNT] = {
	[Q_CURRENT] = { "sheet.current", DB_PUBLIC,
	    "SELECT " HEAD ", v.text, v.sample" FROM " AND v.state = 2 AND v.from_day <= $4 ORDER BY v.number DESC LIMIT 1", 0 },
	[Q_LOAD] = { "sheet.load", DB_PUBLIC, "SELECT " HEAD ", v.text, v.sample" FROM " AND v.id = $4", 0 },
	[Q_LIST] = { "sheet.list", DB_PUBLIC, "SELECT " HEAD FROM " ORDER BY v.number DESC LIMIT $4", 0 },
	[Q_NEWEST] = { "sheet.newest", DB_PUBLIC,
	    "SELECT id FROM sheet_version WHERE city = $1 AND kind = $2 AND name = $3 AND state = 2 ORDER BY number DESC LIMIT 1", 0 },
	[Q_NUMBER] = { "sheet.number", DB_SYSTEM,
	    "SELECT COALESCE(MAX(number), 0) FROM sheet_version WHERE city = $1 AND kind = $2 AND name = $3", 0 },
	[Q_INSERT] = { "sheet.insert", DB_SYSTEM,
	    "INSERT INTO sheet_version (city, id, kind, name, number, text, sample, state, from_day, base, author, made_ms, words)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, $9, $10, $11, $12)", 0 },
	[Q_DECIDE] = { "sheet.decide", DB_SYSTEM,
	    "UPDATE sheet_version SET state = $3, decided_by = $4, decided_ms = $5, decided_words = $6 WHERE city = $1 AND id = $2 AND state = 1", 0 },
};
const struct db_set sheet_sql = DB_SET("sheet", sheet_q);

/* ---- kinds ------------------------------------------------------------------------------------------------ */

static const struct sheet_kind *const *kinds;
static size_t n_kinds;

void
sheet_kinds_set(const struct sheet_kind *const *v, size_t n)
{
	kinds = v;
	n_kinds = n;
}

const struct sheet_kind *const *
sheet_kinds(size_t *ret_n)
{
	*ret_n = n_kinds;
	return kinds;
}

const struct sheet_kind *
sheet_kind_find(struct text key)
{
	for (size_t i = 0; i < n_kinds; i++)
		if (text_equals(key, text_of(kinds[i]->key)))
			return kinds[i];
	return NULL;
}

enum rc
sheet_builtin(const struct sheet_kind *k, struct text name, struct sheet_text *ret)
{
	for (size_t i = 0; k->builtin(i, ret); i++)
		if (text_equals(ret->name, name))
			return RC_OK;
	return RC_NOT_FOUND;
}

const char *
sheet_state_label(enum sheet_state s)
{
	switch (s) {
	case SHEET_DRAFT: return T("待审定");
	case SHEET_APPROVED: return T("已审定");
	case SHEET_REJECTED: return T("没有通过");
	case SHEET_WITHDRAWN: return T("已撤回");
	}
	return T("未填写");
}

/* ---- reading ---------------------------------------------------------------------------------------------------- */

static void
version_read(const struct rows *row, bool text, struct sheet_version *v)
{
	*v = (struct sheet_version){ .id = rows_int(row, 0), .number = (int)rows_int(row, 1), .state = (enum sheet_state)rows_int(row, 2),
		.from = { (int32_t)rows_int(row, 3) }, .base = rows_int(row, 4), .author = rows_int(row, 5), .made_ms = rows_int(row, 6),
		.words = rows_copy(row, 7), .decided_by = rows_int(row, 8), .decided_ms = rows_int(row, 9), .decided_words = rows_copy(row, 10),
		.author_name = rows_copy(row, 11), .decided_name = rows_copy(row, 12) };
	v->sheet.name = rows_copy(row, 13);
	if (text) {
		v->sheet.text = rows_copy(row, 14);
		v->sheet.sample = rows_copy(row, 15);
	}
}

static enum rc
own_version(const struct sheet_kind *k, struct text name, struct sheet_version *ret)
{
	*ret = (struct sheet_version){ .state = SHEET_APPROVED, .from = DAY_NONE };
	return sheet_builtin(k, name, &ret->sheet);
}

enum rc
sheet_current(struct tx *tx, const struct actor *actor, const struct sheet_kind *k, struct text name, struct day day, struct sheet_version *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &sheet_q[Q_CURRENT], ARGS(db_text(text_of(k->key)), db_text(name), db_int(day.n)), &row);

	if (rc == RC_NOT_FOUND)
		return own_version(k, name, ret);
	if (rc == RC_OK)
		version_read(row, true, ret);
	return rc;
}

enum rc
sheet_load(struct tx *tx, const struct actor *actor, const struct sheet_kind *k, struct text name, int64_t id, struct sheet_version *ret)
{
	ROWS row = NULL;
	enum rc rc;

	if (id == 0)
		return own_version(k, name, ret);
	rc = tx_one(tx, actor, &sheet_q[Q_LOAD], ARGS(db_text(text_of(k->key)), db_text(name), db_int(id)), &row);
	if (rc == RC_OK)
		version_read(row, true, ret);
	return rc;
}

enum rc
sheet_versions(struct tx *tx, const struct actor *actor, const struct sheet_kind *k, struct text name, struct sheet_version *ret, size_t cap,
    size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &sheet_q[Q_LIST], ARGS(db_text(text_of(k->key)), db_text(name), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		version_read(row, false, &ret[(*ret_n)++]);
	return rc == RC_DONE ? RC_OK : rc;
}

bool
sheet_may_change(const struct actor *a, const struct sheet_kind *k)
{
	struct place_range city = place_range((struct place){ a->city * INT64_C(100000000) });

	return actor_may(a, k->right) && a->places.lo <= city.lo && a->places.hi >= city.hi;
}

/* ---- changing ------------------------------------------------------------------------------------------------------ */

static enum rc
newest(struct tx *tx, const struct actor *actor, const struct sheet_kind *k, struct text name, int64_t *ret)
{
	enum rc rc = tx_int(tx, actor, &sheet_q[Q_NEWEST], ARGS(db_text(text_of(k->key)), db_text(name)), ret);

	if (rc == RC_NOT_FOUND)
		*ret = 0;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

struct draft_arg { const struct sheet_change *in; struct { int64_t id; } ret; };

static enum rc
draft_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct draft_arg *a = argument;
	const struct sheet_change *in = a->in;
	struct text kind = text_of(in->kind->key);
	int64_t base = 0, number = 0;
	enum rc rc = newest(tx, actor, in->kind, in->sheet.name, &base);

	if (rc == RC_OK && base != in->base)
		return RC_CONFLICT;
	if (rc == RC_OK)
		rc = tx_int(tx, actor, &sheet_q[Q_NUMBER], ARGS(db_text(kind), db_text(in->sheet.name)), &number);
	a->ret.id = tx_id(tx);
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &sheet_q[Q_INSERT], ARGS(db_int(a->ret.id), db_text(kind), db_text(in->sheet.name), db_int(number + 1),
		    db_text(in->sheet.text), db_text(in->sheet.sample), db_int(in->from.n), db_int(base), db_int(actor->account),
		    db_int(tx_now_ms(tx)), db_text(in->words)), NULL);
	return rc == RC_OK ? audit_note(tx, actor, "sheet.draft", "sheet_version", a->ret.id, in->sheet.name) : rc;
}

static bool
words_fit(struct text words, size_t least)
{
	size_t n = utf8_length(text_trim(words));

	return n >= least && n <= SHEET_WORDS_MAX;
}

static void
check_change(struct ctx *ctx, const struct sheet_change *in, struct findings *f)
{
	if (in->sheet.text.n == 0 || in->sheet.text.n > SHEET_TEXT_MAX || utf8_check(in->sheet.text, true) != UTF8_FINE)
		findings_add(f, "text", T("文本不能空，最多%lld个字节"), SHEET_TEXT_MAX);
	if (in->sheet.sample.n > SHEET_SAMPLE_MAX || utf8_check(in->sheet.sample, true) != UTF8_FINE)
		findings_add(f, "sample", T("最多%lld个字节"), SHEET_SAMPLE_MAX);
	if (day_is_none(in->from) || day_compare(in->from, day_of_moment(ctx->now_ms)) < 0)
		findings_add(f, "from", T("日期不能早于今天"), 0);
	if (!words_fit(in->words, SHEET_WORDS_MIN))
		findings_add(f, "words", T("请写明为什么改，4 到 200 个字"), 0);
}

enum rc
sheet_draft(struct ctx *ctx, struct idem_key key, const struct sheet_change *in, struct findings *findings, struct sheet_faults *faults,
    int64_t *ret_id)
{
	struct draft_arg a = { .in = in };
	struct sheet_text own;
	enum rc rc = sheet_may_change(ctx->actor, in->kind) ? sheet_builtin(in->kind, in->sheet.name, &own) : RC_FORBIDDEN;

	faults->n = 0;
	if (rc != RC_OK)
		return rc;
	check_change(ctx, in, findings);
	if (findings_of(findings, "text") == NULL)
		rc = in->kind->check(ctx->mem, &in->sheet, faults);
	if (rc != RC_OK && rc != RC_INVALID)
		return rc;
	if (findings->total > 0 || faults->n > 0)
		return RC_INVALID;
	rc = db_command(ctx, key, &(struct command){ .name = "sheet.draft", .fn = draft_tx, .arg = &a, .ret = &a.ret, .ret_size = sizeof a.ret,
	    .asked = ARGS(db_text(text_of(in->kind->key)), db_text(in->sheet.name), db_int(in->base), db_int(in->from.n), db_text(in->words),
	        db_text(in->sheet.sample)), .content = in->sheet.text });
	*ret_id = a.ret.id;
	return rc;
}

struct decide_arg { const struct sheet_kind *kind; struct text name, words; int64_t id; enum sheet_state to; };

static enum rc
decide_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct decide_arg *a = argument;
	struct sheet_version v;
	int64_t base = 0;
	bool own;
	enum rc rc = sheet_load(tx, actor, a->kind, a->name, a->id, &v);

	if (rc == RC_OK)
		rc = newest(tx, actor, a->kind, a->name, &base);
	if (rc != RC_OK)
		return rc;
	if (v.state != SHEET_DRAFT || (a->to == SHEET_APPROVED && v.base != base))
		return RC_CONFLICT;
	own = v.author == actor->account;
	if (own != (a->to == SHEET_WITHDRAWN))
		return RC_REFUSED;
	rc = tx_run_one(tx, actor, &sheet_q[Q_DECIDE], ARGS(db_int(a->id), db_int(a->to), db_int(actor->account), db_int(tx_now_ms(tx)),
	    db_text(a->words)));
	return rc == RC_OK ? audit_note(tx, actor, "sheet.decide", "sheet_version", a->id, text_of(a->to == SHEET_APPROVED ? "approved" : "no")) : rc;
}

enum rc
sheet_decide(struct ctx *ctx, struct idem_key key, const struct sheet_kind *k, struct text name, int64_t id, enum sheet_state to,
    struct text words, struct findings *findings)
{
	struct decide_arg a = { k, name, words, id, to };

	if (!sheet_may_change(ctx->actor, k))
		return RC_FORBIDDEN;
	if (id == 0 || to < SHEET_APPROVED || to > SHEET_WITHDRAWN)
		return RC_INVALID;
	if (!words_fit(words, to == SHEET_REJECTED ? SHEET_WORDS_MIN : 0)) {
		findings_add(findings, "words", T("不通过的要写明原因，最多 200 个字"), 0);
		return RC_INVALID;
	}
	return db_command(ctx, key, &(struct command){ .name = "sheet.decide", .fn = decide_tx, .arg = &a,
	    .asked = ARGS(db_text(text_of(k->key)), db_text(name), db_int(id), db_int(to), db_text(words)) });
}
