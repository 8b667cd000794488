/* An expert reads what was drawn for them, scores it once, or stands back. */
#include "evaluation/quality/quality_store.h"

#include "kit/audit/audit.h"
#include "resources/identity/identity.h"

/* ---- reading ------------------------------------------------------------------------------------------------- */

static void
task_read(const struct rows *row, struct quality_task *ret)
{
	struct day none = DAY_NONE, closed = { (int32_t)rows_int(row, 20) };

	*ret = (struct quality_task){ .id = rows_int(row, 0), .file = rows_int(row, 1), .request = rows_int(row, 2),
		.score = rows_is_null(row, 3) ? -1 : rows_int(row, 3), .given_ms = rows_int(row, 4), .done_ms = rows_int(row, 5),
		.revision = rows_int(row, 6), .account = rows_int(row, 7), .turn = (int)rows_int(row, 8), .checklist = (int)rows_int(row, 9),
		.aid_kind = (int)rows_int(row, 10), .aid_matter = (int)rows_int(row, 11), .state = (enum quality_task_state)rows_int(row, 12),
		.kind = (enum quality_kind)rows_int(row, 13), .round_state = (enum quality_round_state)rows_int(row, 14),
		.number = rows_copy(row, 15), .round_name = rows_copy(row, 16), .provider_name = rows_copy(row, 17),
		.firm_name = rows_copy(row, 18), .words = rows_copy(row, 19), .closed = rows_is_null(row, 20) ? none : closed,
		.name = rows_copy(row, 21) };
}

static enum rc
tasks_collect(enum rc rc, struct rows *row, struct quality_task *ret, size_t cap, size_t *ret_n)
{
	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		task_read(row, &ret[(*ret_n)++]);
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
quality_mine(struct tx *tx, const struct actor *actor, struct quality_task *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &quality_read[L_MINE], ARGS(db_int((int64_t)cap)), &row);

	return tasks_collect(rc, row, ret, cap, ret_n);
}

enum rc
quality_tasks_of(struct tx *tx, const struct actor *actor, struct case_id id, struct quality_task *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &quality_read[L_TASKS_CASE], ARGS(db_int(id.n), db_int((int64_t)cap)), &row);

	return tasks_collect(rc, row, ret, cap, ret_n);
}

enum rc
quality_marks_of(struct tx *tx, const struct actor *actor, struct case_id id, struct quality_given *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &quality_read[L_MARKS_CASE], ARGS(db_int(id.n), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct quality_given){ rows_int(row, 0), (int)rows_int(row, 1), (int)rows_int(row, 2), rows_copy(row, 3) };
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
facts_read(struct tx *tx, const struct actor *actor, struct quality_work *w)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &quality_read[L_FACTS], ARGS(db_int(w->task.id)), &row);

	if (rc != RC_OK)
		return rc;
	w->facts = (struct quality_facts){ .meetings = rows_int(row, 0), .file_reads = rows_int(row, 1), .evidence = rows_int(row, 2),
		.hearings = rows_int(row, 3), .reports = rows_int(row, 4), .late = rows_int(row, 5), .returned = rows_int(row, 6),
		.accept_days = rows_int(row, 7) };
	for (int i = 0; i < w->items.n; i++)
		w->suggested[i] = quality_suggest(w->items.v[i].from, w->items.v[i].points, &w->facts, &w->numbers[i]);
	return RC_OK;
}

static enum rc
reports_read(struct tx *tx, const struct actor *actor, struct quality_work *w)
{
	size_t cap = sizeof w->reports / sizeof w->reports[0];
	ROWS row = NULL;
	ROWS closing = NULL;
	enum rc rc = tx_rows(tx, actor, &quality_read[L_REPORTS], ARGS(db_int(w->task.id), db_int((int64_t)cap)), &row);

	while (rc == RC_OK && w->n_reports < cap && (rc = rows_next(row)) == RC_OK)
		w->reports[w->n_reports++] = (struct aid_report){ .id = rows_int(row, 0), .at_ms = rows_int(row, 1),
			.kind = (int)rows_int(row, 2), .day = { (int32_t)rows_int(row, 3) }, .minute = (int)rows_int(row, 4),
			.minutes = rows_int(row, 5), .words = rows_copy(row, 6), .shown = rows_int(row, 7) != 0, .account_name = TEXT_NONE };
	if (rc == RC_OK || rc == RC_DONE)
		rc = tx_one(tx, actor, &quality_read[L_CLOSING], ARGS(db_int(w->task.id)), &closing);
	w->closing = rc == RC_OK ? rows_copy(closing, 0) : TEXT_NONE;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc
given_read(struct tx *tx, const struct actor *actor, struct quality_work *w)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &quality_read[L_TASK_MARKS], ARGS(db_int(w->task.id)), &row);

	while (rc == RC_OK && w->n_marks < QUALITY_ITEMS_MAX && (rc = rows_next(row)) == RC_OK) {
		w->marks[w->n_marks].points = (int)rows_int(row, 1);
		w->marks[w->n_marks++].note = rows_copy(row, 2);
	}
	return rc == RC_DONE ? RC_OK : rc;
}

/* What a score is judged by. */
static enum rc
basis_read(struct tx *tx, const struct actor *actor, int64_t task, struct quality_work *w)
{
	ROWS row = NULL;
	int line = 0;
	enum rc rc = tx_one(tx, actor, &quality_read[L_TASK], ARGS(db_int(task)), &row);

	*w = (struct quality_work){ .closing = TEXT_NONE };
	if (rc != RC_OK)
		return rc;
	task_read(row, &w->task);
	rc = quality_list_load(tx, actor, w->task.kind, w->task.checklist, &w->list);
	if (rc == RC_OK && quality_checklist_parse(w->list.body, &w->items, &line) != QUALITY_LIST_OK)
		rc = RC_CORRUPT;
	if (rc == RC_OK)
		rc = quality_bounds_read(tx, actor, &w->bounds);
	return rc == RC_OK ? facts_read(tx, actor, w) : rc;
}

enum rc
quality_work_load(struct tx *tx, const struct actor *actor, int64_t task, struct quality_work *ret)
{
	enum rc rc = basis_read(tx, actor, task, ret);

	if (rc == RC_OK)
		rc = reports_read(tx, actor, ret);
	return rc == RC_OK ? given_read(tx, actor, ret) : rc;
}

/* ---- what a score brings about ------------------------------------------------------------------------------------ */

enum rc
quality_tell(struct tx *tx, const struct actor *actor, const struct quality_file *f, const char *kind, int64_t to, struct text note)
{
	struct actor system = identity_system(actor->city);
	struct request r;
	struct event_new event = { .kind = kind, .note = note, .data = to != 0
	    ? arena_format(tx_mem(tx), "round=%lld\nto=%lld", (long long)f->round, (long long)to)
	    : arena_format(tx_mem(tx), "round=%lld", (long long)f->round) };
	enum rc rc = request_load(tx, &system, (struct case_id){ f->request }, &r);

	/* by the program: who scores stays unnamed in the history of a case */
	return rc == RC_OK ? request_note(tx, &system, &r, &event) : rc;
}

static enum rc
scores_read(struct tx *tx, const struct actor *actor, int64_t file, int *v, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &quality_q[Q_SCORES], ARGS(db_int(file)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < QUALITY_SCORES_MAX && (rc = rows_next(row)) == RC_OK)
		v[(*ret_n)++] = (int)rows_int(row, 0);
	return rc == RC_DONE ? RC_OK : rc;
}

/* Scores are in: settled and told, one more asked for, or others still have it. */
static enum rc
settle(struct tx *tx, const struct actor *actor, int64_t file, int64_t gap)
{
	struct actor system = identity_system(actor->city);
	int scores[QUALITY_SCORES_MAX], tenths = 0;
	struct quality_file f;
	struct quality_round r;
	int64_t open = 0;
	bool found = false;
	size_t n = 0;
	enum quality_settled s;
	enum rc rc = quality_file_load(tx, actor, L_FILE_SYSTEM, file, &f);

	if (rc == RC_OK)
		rc = quality_round_load(tx, &system, f.round, &r);
	if (rc == RC_OK)
		rc = tx_int(tx, actor, &quality_q[Q_OPEN_TASKS], ARGS(db_int(file)), &open);
	if (rc == RC_OK)
		rc = scores_read(tx, actor, file, scores, &n);
	if (rc != RC_OK || open > 0)
		return rc;
	s = quality_settle(scores, n, (size_t)r.per_file, (int)gap, &tenths);
	if (s == QUALITY_ONE_MORE)
		return quality_one_more(tx, actor, &f, &found);
	if (s == QUALITY_WAIT)
		return RC_OK;
	rc = tx_run_one(tx, actor, &quality_q[Q_FILE_HEARD], ARGS(db_int(file), db_int(tenths), db_int(tx_now_ms(tx))));
	return rc == RC_OK ? quality_tell(tx, actor, &f, "quality.heard", f.account, TEXT_NONE) : rc;
}

/* ---- scoring ---------------------------------------------------------------------------------------------------------- */

struct score_arg { const struct quality_score *in; struct quality_verdict verdict; };

/* Still nothing between this expert and the case?  The lowest reason but that they sit on it. */
static enum rc
is_clear(struct tx *tx, const struct actor *actor, const struct quality_task *t, bool *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &quality_q[Q_CONFLICTS], ARGS(db_int(t->request), db_int(t->file),
	    db_int(day_of_moment(tx_now_ms(tx)).n)), &row);

	*ret = true;
	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK)
		if (rows_int(row, 0) == actor->account && rows_int(row, 1) < QUALITY_SEATED)
			*ret = false;
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
task_ready(const struct quality_task *t, struct quality_verdict *v)
{
	if (t->round_state == QUALITY_CLOSED)
		return quality_refuse(v, QUALITY_OVER, 0);
	return t->state != QUALITY_GIVEN ? quality_refuse(v, QUALITY_DONE, 0) : RC_OK;
}

static enum rc
score_write(struct tx *tx, const struct actor *actor, const struct score_arg *arg, const struct quality_work *w, int score)
{
	const struct quality_score *in = arg->in;
	enum rc rc = tx_run_one(tx, actor, &quality_q[Q_TASK_SCORED], ARGS(db_int(in->task), db_int(in->revision), db_int(score),
	    db_text(in->words), db_int(tx_now_ms(tx))));

	for (int i = 0; rc == RC_OK && i < in->n; i++)
		rc = tx_run(tx, actor, &quality_q[Q_MARK], ARGS(db_int(in->task), db_int(i + 1), db_int(in->v[i].points),
		    w->suggested[i] < 0 ? db_null() : db_int(w->suggested[i]), db_text(text_trim(in->v[i].note))), NULL);
	if (rc == RC_OK)
		rc = audit_note(tx, actor, "quality.score", "quality_task", in->task, arena_format(tx_mem(tx), "score=%d", score));
	return rc == RC_OK ? settle(tx, actor, w->task.file, w->bounds.gap) : rc;
}

static enum rc
score_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct score_arg *arg = argument;
	struct quality_work *w = ARENA_NEW(tx_mem(tx), struct quality_work);
	bool clear = false;
	int score = 0;
	enum rc rc = w == NULL ? RC_NO_MEMORY : basis_read(tx, actor, arg->in->task, w);

	if (rc == RC_OK)
		rc = task_ready(&w->task, &arg->verdict);
	if (rc == RC_OK)
		rc = is_clear(tx, actor, &w->task, &clear);
	if (rc == RC_OK && !clear)
		return quality_refuse(&arg->verdict, QUALITY_CONFLICT, 0);
	if (rc != RC_OK)
		return rc;
	if (arg->in->n != w->items.n)
		return RC_INVALID;
	arg->verdict = quality_marks_judge(&w->items, arg->in->v, w->suggested, &w->bounds, &score);
	return arg->verdict.why == QUALITY_YES ? score_write(tx, actor, arg, w, score) : RC_REFUSED;
}

enum rc
quality_score(struct ctx *ctx, struct idem_key key, const struct quality_score *in, struct quality_verdict *ret)
{
	struct score_arg arg = { .in = in };
	struct buf asked;
	enum rc rc;

	*ret = arg.verdict;
	if (in->n < 1 || in->n > QUALITY_ITEMS_MAX || quality_words(in->words) > QUALITY_WORDS_MAX)
		return RC_INVALID;
	buf_init(&asked, 1 << 20);
	for (int i = 0; i < in->n; i++) {
		buf_int(&asked, in->v[i].points);
		buf_char(&asked, ' ');
		buf_int(&asked, (int64_t)in->v[i].note.n);
		buf_char(&asked, ' ');
		buf_add(&asked, in->v[i].note);
	}
	rc = buf_rc(&asked);
	if (rc == RC_OK)
		rc = db_command(ctx, key, &(struct command){ .name = "quality.score", .fn = score_tx, .arg = &arg, .content = buf_text(&asked),
		    .asked = ARGS(db_int(in->task), db_int(in->revision), db_text(in->words)) });
	buf_free(&asked);
	*ret = arg.verdict;
	return rc;
}

/* ---- standing back ------------------------------------------------------------------------------------------------------ */

struct back_arg { int64_t task, revision; struct text words; struct quality_verdict verdict; };

static enum rc
back_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct back_arg *arg = argument;
	struct quality_work *w = ARENA_NEW(tx_mem(tx), struct quality_work);
	struct quality_file f;
	bool found = false;
	enum rc rc = w == NULL ? RC_NO_MEMORY : basis_read(tx, actor, arg->task, w);

	if (rc == RC_OK)
		rc = task_ready(&w->task, &arg->verdict);
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &quality_q[Q_TASK_BACK], ARGS(db_int(arg->task), db_int(arg->revision), db_text(arg->words),
		    db_int(tx_now_ms(tx))));
	if (rc == RC_OK)
		rc = quality_file_load(tx, actor, L_FILE_SYSTEM, w->task.file, &f);
	if (rc == RC_OK)
		rc = quality_one_more(tx, actor, &f, &found);
	if (rc == RC_OK && !found) /* with what it lacked before */
		rc = tx_run(tx, actor, &quality_q[Q_FILE_LACKS], ARGS(db_int(f.id), db_int(f.lacks + 1)), NULL);
	return rc == RC_OK ? audit_note(tx, actor, "quality.stand_back", "quality_task", arg->task, TEXT_NONE) : rc;
}

enum rc
quality_stand_back(struct ctx *ctx, struct idem_key key, int64_t task, int64_t revision, struct text words, struct quality_verdict *ret)
{
	struct back_arg arg = { .task = task, .revision = revision, .words = text_trim(words) };
	enum rc rc;

	*ret = arg.verdict;
	if (quality_words(words) > QUALITY_WORDS_MAX)
		return RC_INVALID;
	if (quality_words(words) < QUALITY_WORDS_MIN)
		return quality_refuse(ret, QUALITY_NO_WORDS, 0);
	rc = db_command(ctx, key, &(struct command){ .name = "quality.stand_back", .fn = back_tx, .arg = &arg,
	    .asked = ARGS(db_int(task), db_int(revision), db_text(arg.words)) });
	*ret = arg.verdict;
	return rc;
}
