/* A simple paper from the first word to its number. */
#include "operations/writing/writing_store.h"

#include "base/utf8.h"
#include "kit/crypt/crypt.h"
#include "operations/writing/writing_rule.h"
#include "standards/region/region.h"

#define PREFIX TEXT("simple.")
#define SEALED_AS "writing.facts"

/* ---- templates ------------------------------------------------------------------------------------------- */

const struct paper_builtin *
writing_kind(size_t i)
{
	for (size_t k = 0; k < paper_builtins_n; k++)
		if (text_starts_with(text_of(paper_builtins[k].id), PREFIX) && i-- == 0)
			return &paper_builtins[k];
	return NULL;
}

const struct paper_template *
writing_template(struct arena *mem, struct text kind)
{
	const struct paper_builtin *b = text_starts_with(kind, PREFIX) ? paper_builtin_find(kind) : NULL;
	struct paper_template *t = ARENA_NEW(mem, struct paper_template);
	struct sheet_faults findings = { .n = 0 };

	return b != NULL && t != NULL && paper_template_parse(b->source, t, &findings) == RC_OK ? t : NULL;
}

enum rc
writing_template_now(struct tx *tx, const struct actor *actor, struct text kind, const struct paper_template **ret)
{
	struct paper_template *t = ARENA_NEW(tx_mem(tx), struct paper_template);
	struct sheet_faults findings = { .n = 0 };
	struct text source;
	enum rc rc = !text_starts_with(kind, PREFIX) ? RC_NOT_FOUND : t == NULL ? RC_NO_MEMORY
	    : paper_source(tx, actor, kind, day_of_moment(tx_now_ms(tx)), &source);

	*ret = t;
	return rc == RC_OK ? paper_template_parse(source, t, &findings) : rc;
}

/* ---- reading ------------------------------------------------------------------------------------------------ */

static struct writing
read_row(const struct rows *row)
{
	int c = 0;
	struct writing w = { .id = rows_int(row, c) };

	w.request.n = rows_int(row, ++c);
	w.kind = rows_copy(row, ++c);
	w.sealed = rows_copy(row, ++c);
	w.state = (enum writing_state)rows_int(row, ++c);
	w.author = rows_int(row, ++c);
	w.begun_ms = rows_int(row, ++c);
	w.at_ms = rows_int(row, ++c);
	w.checker = rows_int(row, ++c);
	w.words = rows_copy(row, ++c);
	w.read = (enum writing_read)rows_int(row, ++c);
	w.paper = rows_int(row, ++c);
	w.revision = rows_int(row, ++c);
	w.author_name = rows_copy(row, ++c);
	w.checker_name = rows_copy(row, ++c);
	return w;
}

enum rc
writing_load(struct tx *tx, const struct actor *actor, struct case_id request, int64_t id, struct writing *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &writing_q[Q_LOAD], ARGS(db_int(request.n), db_int(id)), &row);

	if (rc == RC_OK)
		*ret = read_row(row);
	return rc;
}

enum rc
writing_list(struct tx *tx, const struct actor *actor, struct case_id request, struct writing *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &writing_q[Q_LIST], ARGS(db_int(request.n), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = read_row(row);
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
writing_counts(struct tx *tx, const struct actor *actor, struct day from, struct day to, struct place place, struct writing_count *ret,
    size_t cap, size_t *ret_n)
{
	struct place_range range = place_range(place);
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &writing_q[Q_COUNTS], ARGS(db_int(day_start_ms(from)), db_int(day_start_ms(day_add(to, 1))),
	    db_int(range.lo), db_int(range.hi), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct writing_count){ .kind = rows_copy(row, 0), .issued = rows_int(row, 1) };
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
writing_issued(struct tx *tx, const struct actor *actor, const struct writing_span *s, struct writing_row *ret, size_t cap, size_t *ret_n)
{
	struct place_range range = place_range(s->place);
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &writing_q[Q_ISSUED], ARGS(db_int(day_start_ms(s->from)), db_int(day_start_ms(day_add(s->to, 1))),
	    db_int(range.lo), db_int(range.hi), db_text(s->kind), db_int(s->below > 0 ? s->below : INT64_MAX), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct writing_row){ .id = rows_int(row, 0), .request = rows_int(row, 1), .paper = rows_int(row, 2),
			.at_ms = rows_int(row, 3), .kind = rows_copy(row, 4), .request_number = rows_copy(row, 5), .number = rows_copy(row, 6),
			.author_name = rows_copy(row, 7), .checker_name = rows_copy(row, 8) };
	return rc == RC_DONE ? RC_OK : rc;
}

static struct text
context_of(struct ctx *ctx, int64_t id)
{
	return crypt_context(ctx->mem, SEALED_AS, ctx->actor->city, id);
}

enum rc
writing_facts(struct ctx *ctx, const struct writing *w, struct paper_facts *ret)
{
	struct text plain = TEXT_NONE;
	enum rc rc = crypt_unseal(ctx->crypt, ctx->mem, w->sealed, context_of(ctx, w->id), &plain);

	paper_facts_init(ret, ctx->mem);
	return rc == RC_OK ? paper_facts_parse(ret, plain) : rc;
}

static enum rc
seal(struct ctx *ctx, int64_t id, const struct paper_facts *facts, struct text *ret_plain, struct text *ret)
{
	enum rc rc = paper_facts_text(facts, ret_plain);

	return rc == RC_OK ? crypt_seal(ctx->crypt, ctx->mem, *ret_plain, context_of(ctx, id), ret) : rc;
}

/* ---- one step ------------------------------------------------------------------------------------------------- */

struct step_arg {
	struct writing_head head;
	enum writing_step step;
	struct text plain, sealed, words; /* plain: the facts, to tell one form from another under one key */
	enum writing_read read;
	struct paper_draft draft;
	enum writing_why why;
	struct paper_issued issued;
};

static struct writing_facts
facts_of(const struct actor *actor, const struct request *r, const struct writing *w)
{
	return (struct writing_facts){ .state = w->state, .holds = request_may_act(actor, r), .author = w->author == actor->account,
		.accepted = r->state == REQUEST_ACCEPTED || r->state == REQUEST_ANSWERED };
}

static enum rc
event_write(struct tx *tx, const struct actor *actor, const struct request *r, const struct writing *w, const struct step_arg *a)
{
	const struct paper_template *t = writing_template(tx_mem(tx), w->kind);
	struct text name = t == NULL ? w->kind : t->name;
	struct event_new e = { .shown = a->step == WRITING_ISSUE, .note = name,
		.kind = a->step == WRITING_ASK ? "writing.asked" : a->step == WRITING_RETURN ? "writing.returned" : "writing.issued",
		.data = arena_format(tx_mem(tx), "writing=%lld\nto=%lld", (long long)w->id, (long long)w->author) };

	if (a->step == WRITING_SAVE || a->step == WRITING_DROP)
		return RC_OK;
	return request_note(tx, actor, r, &e);
}

static enum rc
step_write(struct tx *tx, const struct actor *actor, const struct request *r, const struct writing *w, struct step_arg *a)
{
	static const enum writing_state to[] = { [WRITING_SAVE] = WRITING_DRAFT, [WRITING_ASK] = WRITING_ASKED,
		[WRITING_RETURN] = WRITING_RETURNED, [WRITING_ISSUE] = WRITING_ISSUED, [WRITING_DROP] = WRITING_DROPPED };
	bool checks = a->step == WRITING_RETURN || a->step == WRITING_ISSUE;
	enum rc rc = RC_OK;

	if (a->step == WRITING_SAVE || a->step == WRITING_ASK)
		return tx_run_one(tx, actor, &writing_q[Q_SAVE], ARGS(db_int(w->id), db_int(w->revision), db_blob(a->sealed),
		    db_int(to[a->step]), db_int(actor->account), db_int(tx_now_ms(tx))));
	if (a->step == WRITING_ISSUE)
		rc = paper_issue(tx, actor, &a->draft, r->id, r->place, &a->issued);
	if (rc != RC_OK)
		return rc;
	return tx_run_one(tx, actor, &writing_q[Q_MOVE], ARGS(db_int(w->id), db_int(w->revision), db_int(to[a->step]),
	    db_int(tx_now_ms(tx)), checks ? db_int(actor->account) : db_null(), db_text(a->words), db_int(a->read),
	    a->issued.id != 0 ? db_int(a->issued.id) : db_null()));
}

static enum rc
step_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct step_arg *a = argument;
	struct writing_facts f;
	struct request r;
	struct writing w;
	enum rc rc = request_load(tx, actor, a->head.request, &r);

	if (rc == RC_OK)
		rc = writing_load(tx, actor, a->head.request, a->head.id, &w);
	if (rc != RC_OK)
		return rc;
	f = facts_of(actor, &r, &w);
	if (a->step == WRITING_RETURN || a->step == WRITING_ISSUE)
		f.holds = f.holds || request_may_assign(actor, &r); /* a village station has one person: the director checks */
	f.read = a->read;
	f.words = utf8_length(text_trim(a->words));
	a->why = writing_judge(&f, a->step);
	if (a->why != WRITING_MAY)
		return RC_REFUSED;
	if (w.revision != a->head.revision)
		return RC_CONFLICT;
	rc = step_write(tx, actor, &r, &w, a);
	return rc == RC_OK ? event_write(tx, actor, &r, &w, a) : rc;
}

static enum rc
step_run(struct ctx *ctx, struct idem_key key, const char *name, struct step_arg *a, enum writing_why *ret_why)
{
	enum rc rc = utf8_length(a->words) > WRITING_WORDS_MAX ? RC_INVALID : db_command(ctx, key, &(struct command){ .name = name,
	    .fn = step_tx, .arg = a, .ret = &a->issued, .ret_size = sizeof a->issued,
	    .asked = ARGS(db_int(a->head.id), db_int(a->head.revision), db_int(a->step), db_int(a->read), db_text(a->words)),
	    .content = a->plain });

	*ret_why = a->why;
	return rc;
}

/* ---- use cases --------------------------------------------------------------------------------------------------- */

struct begin_arg { struct case_id request; struct text kind, sealed; int64_t id; enum writing_why why; };

static enum rc
begin_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct begin_arg *a = argument;
	struct request r;
	int64_t open = 0;
	enum rc rc = request_load(tx, actor, a->request, &r);

	if (rc != RC_OK)
		return rc;
	a->why = writing_judge(&(struct writing_facts){ .state = WRITING_DRAFT, .holds = request_may_act(actor, &r),
	    .accepted = r.state == REQUEST_ACCEPTED || r.state == REQUEST_ANSWERED }, WRITING_SAVE);
	rc = tx_int(tx, actor, &writing_q[Q_OPEN_COUNT], ARGS(db_int(r.id.n)), &open);
	if (rc == RC_OK && a->why == WRITING_MAY && open >= WRITING_MOST)
		a->why = WRITING_TOO_MANY;
	if (rc != RC_OK || a->why != WRITING_MAY)
		return rc == RC_OK ? RC_REFUSED : rc;
	return tx_run(tx, actor, &writing_q[Q_INSERT], ARGS(db_int(a->id), db_int(r.id.n), db_text(a->kind), db_blob(a->sealed),
	    db_int(actor->account), db_int(tx_now_ms(tx))), NULL);
}

struct held_arg { struct case_id request; struct text kind; struct request r; const struct paper_template *t; };

static enum rc
held_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct held_arg *a = argument;
	enum rc rc = request_load(tx, actor, a->request, &a->r);

	return rc == RC_OK ? writing_template_now(tx, actor, a->kind, &a->t) : rc;
}

static bool
declares(const struct paper_template *t, const char *key)
{
	for (size_t i = 0; i < t->n_declared; i++)
		if (t->declared[i].list.n == 0 && text_equals(t->declared[i].key, text_of(key)))
			return true;
	return false;
}

/* What is known already, under the keys that templates share.  Numbers and phones stay sealed: they are asked for again. */
static void
say_held(struct paper_facts *f, const struct paper_template *t, const struct request *r)
{
	if (declares(t, "person"))
		paper_say(f, "person", r->told_name.n > 0 ? r->told_name : r->person_name);
	if (declares(t, "address"))
		paper_say(f, "address", region_path(r->place));
	if (declares(t, "story"))
		paper_say(f, "story", r->detail);
	if (declares(t, "cause"))
		paper_say(f, "cause", r->subject);
}

enum rc
writing_begin(struct ctx *ctx, struct idem_key key, struct case_id request, struct text kind, int64_t *ret_id, enum writing_why *ret_why)
{
	struct begin_arg a = { .request = request, .kind = kind };
	struct held_arg held = { .request = request, .kind = kind };
	struct paper_facts facts;
	struct text plain;
	enum rc rc = db_read(ctx, held_tx, &held);

	*ret_why = WRITING_MAY;
	if (rc == RC_OK)
		rc = db_id(ctx->db, &a.id);
	if (rc != RC_OK)
		return rc;
	paper_facts_init(&facts, ctx->mem);
	say_held(&facts, held.t, &held.r);
	rc = seal(ctx, a.id, &facts, &plain, &a.sealed);
	if (rc == RC_OK)
		rc = db_command(ctx, key, &(struct command){ .name = "writing.begin", .fn = begin_tx, .arg = &a, .ret = &a.id,
		    .ret_size = sizeof a.id, .asked = ARGS(db_int(request.n), db_text(kind)) });
	*ret_id = a.id;
	*ret_why = a.why;
	return rc;
}

struct load_arg { const struct writing_head *head; struct writing w; const struct paper_template *t; };

static enum rc
load_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct load_arg *a = argument;
	enum rc rc = writing_load(tx, actor, a->head->request, a->head->id, &a->w);

	return rc == RC_OK ? writing_template_now(tx, actor, a->w.kind, &a->t) : rc;
}

enum rc
writing_save(struct ctx *ctx, struct idem_key key, const struct writing_head *h, const struct paper_facts *facts, bool ask,
    struct text *ret_missing, enum writing_why *ret_why)
{
	struct step_arg a = { .head = *h, .step = ask ? WRITING_ASK : WRITING_SAVE, .words = TEXT("") };
	struct load_arg load = { .head = h };
	enum rc rc = db_read(ctx, load_tx, &load);

	*ret_why = WRITING_MAY;
	*ret_missing = TEXT_NONE;
	if (rc != RC_OK)
		return rc;
	rc = paper_facts_rc(facts);
	if (rc == RC_OK && ask)
		rc = paper_facts_check(load.t, facts, ctx->mem, ret_missing);
	if (rc == RC_OK)
		rc = seal(ctx, h->id, facts, &a.plain, &a.sealed);
	return rc == RC_OK ? step_run(ctx, key, ask ? "writing.ask" : "writing.save", &a, ret_why) : rc;
}

enum rc
writing_return(struct ctx *ctx, struct idem_key key, const struct writing_head *h, struct text words, enum writing_why *ret_why)
{
	struct step_arg a = { .head = *h, .step = WRITING_RETURN, .words = words };

	return step_run(ctx, key, "writing.return", &a, ret_why);
}

enum rc
writing_issue(struct ctx *ctx, struct idem_key key, const struct writing_head *h, enum writing_read read, int64_t *ret_paper,
    enum writing_why *ret_why)
{
	struct step_arg a = { .head = *h, .step = WRITING_ISSUE, .read = read, .words = TEXT("") };
	struct load_arg load = { .head = h };
	struct paper_facts facts;
	struct text why = TEXT_NONE;
	enum rc rc = db_read(ctx, load_tx, &load);

	*ret_why = WRITING_MAY;
	if (rc == RC_OK)
		rc = writing_facts(ctx, &load.w, &facts);
	if (rc != RC_OK)
		return rc;
	paper_facts_keep(&facts, load.t); /* as the template that holds today wants them */
	rc = paper_prepare(ctx, arena_text(ctx->mem, load.w.kind).p, &facts, &a.draft, &why);
	if (rc == RC_INVALID) {
		*ret_why = text_ends_with(why, TEXT(": missing")) ? WRITING_INCOMPLETE : WRITING_UNPRINTABLE;
		return RC_REFUSED;
	}
	if (rc == RC_OK)
		rc = step_run(ctx, key, "writing.issue", &a, ret_why);
	*ret_paper = a.issued.id;
	return rc;
}

enum rc
writing_drop(struct ctx *ctx, struct idem_key key, const struct writing_head *h, enum writing_why *ret_why)
{
	struct step_arg a = { .head = *h, .step = WRITING_DROP, .words = TEXT("") };

	return step_run(ctx, key, "writing.drop", &a, ret_why);
}

/* A draft goes with its case. */
static enum rc
ended(struct tx *tx, const struct actor *actor, const struct request *r, int64_t event)
{
	(void)event;
	return tx_run(tx, actor, &writing_q[Q_ENDED], ARGS(db_int(r->id.n), db_int(tx_now_ms(tx))), NULL);
}

const struct event_hook writing_ended_hook = { HOOK_ENDED, ended };
