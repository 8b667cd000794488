/* What is odd in the records of a place, and what a person said about it. */
#include "evaluation/score/score_store.h"

#include "base/utf8.h"
#include "kit/audit/audit.h"
#include "kit/msg/msg.h"
#include "resources/identity/identity.h"

#define LINES_MAX 12000

enum rc
score_bounds_read(struct tx *tx, const struct actor *actor, struct score_bounds *ret)
{
	struct { int which; int64_t *to; } v[] = { { SCORE_SAME_WORDS, &ret->words }, { SCORE_EVENING_LOGS, &ret->logs },
		{ SCORE_EVENING_HOURS, &ret->hours }, { SCORE_DAY_MINUTES, &ret->day_minutes }, { SCORE_EARLY, &ret->early }, { SCORE_LATE, &ret->late } };
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < sizeof v / sizeof v[0]; i++)
		rc = setting_read(tx, actor, &score_settings[v[i].which], v[i].to);
	return rc;
}

struct lines { struct score_line *v; struct text *name; size_t n; };

static enum rc
lines_read(struct tx *tx, const struct actor *actor, struct place within, struct day from, struct day to, struct lines *l)
{
	struct place_range r = place_range(within);
	ROWS row = NULL;
	enum rc rc;

	l->v = arena_array(tx_mem(tx), LINES_MAX, sizeof *l->v);
	l->name = arena_array(tx_mem(tx), LINES_MAX, sizeof *l->name);
	if (l->v == NULL || l->name == NULL)
		return RC_NO_MEMORY;
	rc = tx_rows(tx, actor, &score_q[E_LINES], ARGS(db_int(r.lo), db_int(r.hi), db_int(from.n), db_int(to.n), db_int(LINES_MAX)), &row);
	while (rc == RC_OK && l->n < LINES_MAX && (rc = rows_next(row)) == RC_OK) {
		struct score_line x = { .provider = rows_int(row, 0), .plan = rows_int(row, 1), .point = rows_int(row, 2), .place = rows_int(row, 3),
			.slot = (int32_t)rows_int(row, 4), .day = { (int32_t)rows_int(row, 5) }, .here = !rows_is_null(row, 6), .signed_ms = rows_int(row, 6),
			.written = !rows_is_null(row, 7), .written_ms = rows_int(row, 7), .minutes = (int)rows_int(row, 8), .words = (int)rows_int(row, 9),
			.hash = text_hash(text_trim(rows_text(row, 10))) };

		if (!place_range_has(actor->places, (struct place){ x.place }))
			continue;
		l->name[l->n] = rows_copy(row, 11);
		l->v[l->n++] = x;
	}
	return rc == RC_DONE ? RC_OK : rc;
}

static struct score_finding *
finding_of(struct score_finding *v, size_t n, int64_t plan, int64_t slot, int64_t kind)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].line.plan == plan && v[i].line.slot == slot && (int64_t)v[i].kind == kind)
			return &v[i];
	return NULL;
}

static enum rc
looked_read(struct tx *tx, const struct actor *actor, struct place within, struct day from, struct day to, struct score_finding *v, size_t n)
{
	struct place_range r = place_range(within);
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &score_q[E_LOOKED], ARGS(db_int(r.lo), db_int(r.hi), db_int(from.n), db_int(to.n), db_int(LINES_MAX)), &row);

	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK) {
		struct score_finding *f = finding_of(v, n, rows_int(row, 0), rows_int(row, 1), rows_int(row, 2));

		if (f == NULL)
			continue;
		f->decided = true;
		f->upheld = rows_int(row, 3) != 0;
		f->why = rows_copy(row, 4);
		f->decided_ms = rows_int(row, 5);
		f->by = rows_copy(row, 6);
	}
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
score_findings(struct tx *tx, const struct actor *actor, struct place within, int period, struct score_finding *ret, size_t cap, size_t *ret_n)
{
	struct score_found *found = arena_array(tx_mem(tx), cap, sizeof *found);
	struct score_bounds b = { .words = 0 };
	struct lines l = { .n = 0 };
	struct day first, last;
	enum rc rc = found == NULL ? RC_NO_MEMORY : score_bounds_read(tx, actor, &b);

	*ret_n = 0;
	if (rc == RC_OK && !score_period_days(period, &first, &last))
		rc = RC_NOT_FOUND;
	if (rc == RC_OK)
		rc = lines_read(tx, actor, within, first, last, &l);
	for (size_t at = 0, end; rc == RC_OK && at < l.n; at = end) {
		size_t n = 0;

		for (end = at; end < l.n && l.v[end].provider == l.v[at].provider;)
			end++;
		score_scan(l.v + at, end - at, &b, found, cap - *ret_n, &n);
		for (size_t i = 0; i < n; i++) {
			struct score_finding f = { .kind = found[i].kind, .line = l.v[at + found[i].line], .number = found[i].number, .name = l.name[at] };

			if (found[i].other != SIZE_MAX)
				f.other = l.v[at + found[i].other];
			ret[(*ret_n)++] = f;
		}
	}
	return rc == RC_OK ? looked_read(tx, actor, within, first, last, ret, *ret_n) : rc;
}

/* ---- a person's word ----------------------------------------------------------------------------------------------------- */

struct look_arg { const struct score_look *in; };

static enum rc
place_of(struct tx *tx, const struct actor *actor, const struct score_look *in, struct place *ret_place, int *ret_period)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &score_q[E_SLOT], ARGS(db_int(in->plan), db_int(in->slot)), &row);

	if (rc != RC_OK)
		return rc;
	ret_place->code = rows_int(row, 0);
	*ret_period = score_period_of((struct day){ (int32_t)rows_int(row, 1) });
	return RC_OK;
}

static enum rc
look_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct score_look *in = ((struct look_arg *)argument)->in;
	struct score_finding *v = arena_array(tx_mem(tx), SCORE_FINDINGS_MAX, sizeof *v);
	struct place place = { 0 };
	size_t n = 0;
	int64_t put = 0;
	int period = 0;
	enum rc rc = v == NULL ? RC_NO_MEMORY : place_of(tx, actor, in, &place, &period);

	if (rc == RC_OK && !score_may_manage(actor, place))
		rc = RC_NOT_FOUND;
	if (rc == RC_OK) /* the whole county's lines, as the page had them: some findings need two villages */
		rc = score_findings(tx, actor, place_up(place, PLACE_COUNTY), period, v, SCORE_FINDINGS_MAX, &n);
	if (rc == RC_OK && finding_of(v, n, in->plan, in->slot, in->kind) == NULL)
		rc = RC_NOT_FOUND;
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &score_q[E_LOOK_PUT], ARGS(db_int(in->plan), db_int(in->slot), db_int(in->kind), db_int(in->upheld),
		    db_text(text_trim(in->why)), db_int(actor->account), db_int(tx_now_ms(tx))), &put);
	if (rc == RC_OK && put == 0)
		rc = RC_CONFLICT;
	return rc == RC_OK ? audit_note(tx, actor, "score.look", "duty_plan", in->plan, text_of(in->upheld ? "upheld" : "dismissed")) : rc;
}

enum rc
score_look(struct ctx *ctx, struct idem_key key, const struct score_look *in, struct findings *findings)
{
	struct look_arg a = { in };
	struct text why = text_trim(in->why);

	if (ctx->actor->kind != ACTOR_ACCOUNT || !actor_may(ctx->actor, RIGHT_ADVISORS))
		return RC_FORBIDDEN;
	if (in->kind <= SCORE_FIND_NONE || in->kind >= SCORE_FIND_COUNT)
		return RC_NOT_FOUND;
	if (utf8_check(why, true) != UTF8_FINE || utf8_length(why) < SCORE_WORDS_MIN || utf8_length(why) > SCORE_WORDS_MAX) {
		findings_add(findings, "why", T("请写明理由，4 到 500 个字"), 0);
		return RC_INVALID;
	}
	return db_command(ctx, key, &(struct command){ .name = "score.look", .fn = look_tx, .arg = &a, .asked = ARGS(db_int(in->kind),
	    db_int(in->plan), db_int(in->slot), db_int(in->upheld), db_text(in->why)) });
}
