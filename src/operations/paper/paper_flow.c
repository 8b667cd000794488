/* Issuing, voiding, reading. */
#include "operations/paper/paper_internal.h"
#include "operations/paper/paper_store.h"

#include <string.h>

#include "base/code.h"
#include "kit/audit/audit.h"
#include "kit/crypt/crypt.h"
#include "standards/setting/setting.h"

#define BYTES_MAX ((size_t)16 << 20)

static char site[200]; /* before "/p/CODE"; empty: none */

void
paper_site_set(struct text url)
{
	site[0] = '\0';
	if (url.n == 0 || url.n >= sizeof site)
		return;
	memcpy(site, url.p, url.n);
	site[url.n] = '\0';
}

static void
hash_print(struct text t, char out[static 65])
{
	unsigned char hash[32];

	crypt_hash(t, hash);
	hex_print(hash, sizeof hash, out);
}

static enum rc
template_open(struct arena *mem, struct text source, const struct paper_template **ret)
{
	struct paper_template *t = ARENA_NEW(mem, struct paper_template);
	struct sheet_faults *findings = ARENA_NEW(mem, struct sheet_faults);

	if (t == NULL || findings == NULL)
		return RC_NO_MEMORY;
	*ret = t;
	return paper_template_parse(source, t, findings);
}

/* ---- issuing ------------------------------------------------------------------------------------------------------- */

/* Can it be printed at all?  Under a number of the usual length. */
static enum rc
trial(struct ctx *ctx, const struct paper_template *t, const struct paper_facts *facts, struct text *ret_why)
{
	struct paper_made made = { .number = TEXT("320500字〔2026〕第1号"), .at_ms = ctx->now_ms };

	return paper_render(t, facts, &made, ctx->mem, NULL, ret_why);
}

struct source_arg { struct text kind, source; };

static enum rc
source_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct source_arg *a = argument;

	return paper_source(tx, actor, a->kind, day_of_moment(tx_now_ms(tx)), &a->source);
}

enum rc
paper_prepare(struct ctx *ctx, const char *kind, const struct paper_facts *facts, struct paper_draft *ret, struct text *ret_why)
{
	const struct paper_builtin *b = paper_builtin_find(text_of(kind));
	struct source_arg source = { .kind = text_of(kind) };
	const struct paper_template *t;
	unsigned char code[CODE_BYTES];
	enum rc rc, tried;
	struct text plain;
	int64_t id;

	*ret = (struct paper_draft){ .kind = "" };
	*ret_why = TEXT("no such template");
	if (b == NULL)
		return RC_NOT_FOUND;
	rc = db_read(ctx, source_tx, &source);
	if (rc == RC_OK)
		rc = template_open(ctx->mem, source.source, &t);
	if (rc != RC_OK)
		return rc == RC_INVALID ? RC_INTERNAL : rc; /* a test reads them all, a version is read before it is stored */
	tried = trial(ctx, t, facts, ret_why);
	rc = tried == RC_OK || tried == RC_INVALID ? paper_facts_text(facts, &plain) : tried;
	if (rc == RC_OK)
		rc = db_id(ctx->db, &id);
	if (rc != RC_OK)
		return rc;
	*ret = (struct paper_draft){ .id = id, .kind = b->id, .series = t->series, .name = t->name, .source = source.source,
		.shown = t->whom == PAPER_FOR_RESIDENT, .why = tried == RC_OK ? TEXT_NONE : *ret_why };
	hash_print(source.source, ret->hash);
	crypt_random(code, sizeof code);
	code_print(code, ret->code);
	rc = crypt_seal(ctx->crypt, ctx->mem, plain, crypt_context(ctx->mem, PAPER_SEALED_AS, ctx->actor->city, id), &ret->sealed);
	return rc == RC_OK ? tried : rc;
}

/* The division whose series it is. */
static struct place
series_place(struct place p)
{
	return place_level(p) > PLACE_COUNTY ? place_up(p, PLACE_COUNTY) : p;
}

static enum rc
number_take(struct tx *tx, const struct actor *actor, const struct paper_draft *d, struct place place, int year,
    int64_t *ret_seq, struct text *ret_number)
{
	long long six = (long long)(place.code / 1000000);
	struct text prefix, key = arena_format(tx_mem(tx), "paper.prefix.%06lld", six);
	enum rc rc;

	if (key.p == NULL)
		return RC_NO_MEMORY;
	rc = setting_text(tx, actor, key.p, arena_format(tx_mem(tx), "%06lld", six), &prefix);
	if (rc == RC_OK)
		rc = tx_int(tx, actor, &paper_q[Q_SERIES_NEXT], ARGS(db_int(place.code), db_text(d->series), db_int(year)), ret_seq);
	if (rc != RC_OK)
		return rc;
	*ret_number = arena_format(tx_mem(tx), "%.*s%.*s字〔%d〕第%lld号", (int)prefix.n, prefix.p, (int)d->series.n, d->series.p,
	    year, (long long)*ret_seq);
	return ret_number->p != NULL ? RC_OK : RC_NO_MEMORY;
}

enum rc
paper_issue(struct tx *tx, const struct actor *actor, const struct paper_draft *d, struct case_id request, struct place place,
    struct paper_issued *ret)
{
	return paper_issue_as(tx, actor, actor->account, d, request, place, ret);
}

enum rc
paper_issue_as(struct tx *tx, const struct actor *actor, int64_t account, const struct paper_draft *d, struct case_id request,
    struct place place, struct paper_issued *ret)
{
	struct place owner = series_place(place);
	int year = day_to_ymd(day_of_moment(tx_now_ms(tx))).year;
	struct text number = TEXT_NONE, detail, url = TEXT_NONE;
	int64_t seq = 0;
	enum rc rc = number_take(tx, actor, d, owner, year, &seq, &number);

	if (rc != RC_OK)
		return rc;
	if (number.n >= sizeof ret->number)
		return RC_TOO_LARGE;
	if (site[0] != '\0')
		url = arena_format(tx_mem(tx), "%s/p/%s", site, d->code);
	detail = arena_format(tx_mem(tx), "paper=%lld kind=%s template=%s", (long long)d->id, d->kind, d->hash);
	if (url.p == NULL || detail.p == NULL)
		return RC_NO_MEMORY;
	rc = tx_run(tx, actor, &paper_q[Q_TEMPLATE_PUT], ARGS(db_text(text_of(d->hash)), db_text(text_of(d->kind)),
	    db_text(d->source), db_int(tx_now_ms(tx))), NULL);
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &paper_q[Q_PUT], ARGS(db_int(d->id), db_int(request.n), db_int(owner.code),
		    db_text(text_of(d->kind)), db_text(d->name), db_text(d->series), db_int(year), db_int(seq), db_text(number),
		    db_text(text_of(d->hash)), db_blob(d->sealed), db_text(text_of(d->code)), db_text(url), db_int(d->shown),
		    db_int(account), db_int(tx_now_ms(tx))), NULL);
	if (rc == RC_OK)
		rc = audit_note(tx, actor, "paper.issue", "request", request.n, detail);
	if (rc != RC_OK)
		return rc;
	ret->id = d->id;
	memcpy(ret->number, number.p, number.n);
	ret->number[number.n] = '\0';
	return RC_OK;
}

enum rc
paper_void(struct tx *tx, const struct actor *actor, int64_t id, struct text reason)
{
	int64_t changed = 0;
	enum rc rc;

	if (text_trim(reason).n == 0 || reason.n > PAPER_REASON_MAX)
		return RC_INVALID;
	rc = tx_run(tx, actor, &paper_q[Q_VOID], ARGS(db_int(id), db_int(tx_now_ms(tx)), db_int(actor->account), db_text(reason)),
	    &changed);
	if (rc == RC_OK && changed == 0)
		rc = RC_CONFLICT;
	return rc == RC_OK ? audit_note(tx, actor, "paper.void", "paper", id, TEXT_NONE) : rc;
}

/* ---- reading --------------------------------------------------------------------------------------------------------- */

struct print_arg { struct case_id request; int64_t id; struct paper paper; char digest[65]; int64_t copies; struct text keep; };

static enum rc
load_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct print_arg *arg = argument;

	return paper_load(tx, actor, arg->request, arg->id, &arg->paper);
}

/* Who read it; its digest and the print, where it was made just now.  RC_CORRUPT: another is known. */
static enum rc
seen_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct print_arg *arg = argument;
	struct text detail = arena_format(tx_mem(tx), "paper=%lld sha256=%s", (long long)arg->id, arg->digest);
	int64_t changed = 0;
	enum rc rc;

	if (detail.p == NULL)
		return RC_NO_MEMORY;
	rc = tx_run(tx, actor, &paper_q[Q_SEEN], ARGS(db_int(arg->id), db_text(text_of(arg->digest)), db_int(arg->copies)), &changed);
	if (rc == RC_OK && changed == 0)
		rc = RC_CORRUPT;
	if (rc == RC_OK && arg->keep.n > 0)
		rc = tx_run(tx, actor, &paper_q[Q_KEEP], ARGS(db_int(arg->id), db_blob(arg->keep)), NULL);
	return rc == RC_OK ? audit_note(tx, actor, arg->copies > 0 ? "paper.read" : "paper.digest", "request", arg->request.n, detail)
	    : rc;
}

/* What the print is bound to: its paper, with the number and the moment that stand on it. */
static struct text
kept_as(struct arena *mem, int64_t city, const struct paper *p)
{
	return arena_format(mem, "paper.bytes/%lld/%lld\n%.*s\n%lld", (long long)city, (long long)p->id, (int)p->number.n, p->number.p,
	    (long long)p->at_ms);
}

/* As it was printed the first time. */
static enum rc
kept_open(struct ctx *ctx, struct print_arg *arg, struct text *ret, struct text *ret_why)
{
	const struct paper *p = &arg->paper;
	enum rc rc;

	*ret_why = TEXT("the print or its number was changed");
	rc = crypt_unseal(ctx->crypt, ctx->mem, p->kept, kept_as(ctx->mem, ctx->actor->city, p), ret);
	if (rc != RC_OK)
		return rc;
	hash_print(*ret, arg->digest);
	*ret_why = TEXT("it would not be the bytes that were issued");
	return text_equals(p->digest, text_of(arg->digest)) ? RC_OK : RC_CORRUPT;
}

/* Facts unsealed and the template as it was then. */
static enum rc
paper_reopen(struct ctx *ctx, const struct paper *p, struct paper_facts *facts, const struct paper_template **ret, struct text *ret_why)
{
	struct text plain;
	char hash[65];
	enum rc rc;

	*ret_why = TEXT("the template was changed");
	hash_print(p->source, hash);
	if (!text_equals(text_of(hash), p->hash) || template_open(ctx->mem, p->source, ret) != RC_OK)
		return RC_CORRUPT;
	*ret_why = TEXT("the facts were changed");
	rc = crypt_unseal(ctx->crypt, ctx->mem, p->sealed, crypt_context(ctx->mem, PAPER_SEALED_AS, ctx->actor->city, p->id), &plain);
	if (rc != RC_OK)
		return rc;
	paper_facts_init(facts, ctx->mem);
	return paper_facts_parse(facts, plain);
}

static enum rc
paper_draw(struct ctx *ctx, const struct paper *p, struct text mark, struct buf *out, struct text *ret_why)
{
	struct paper_made made = { .number = p->number, .at_ms = p->at_ms, .code = p->code, .url = p->url, .mark = mark };
	const struct paper_template *t;
	struct paper_facts facts;
	enum rc rc = paper_reopen(ctx, p, &facts, &t, ret_why);

	if (rc == RC_OK)
		rc = paper_render(t, &facts, &made, ctx->mem, out, ret_why);
	return rc == RC_INVALID ? RC_CORRUPT : rc;
}

/* The first print: made, compared with what is known of it, and to be kept. */
static enum rc
first_make(struct ctx *ctx, struct print_arg *arg, struct buf *out, struct text *ret_why)
{
	const struct paper *p = &arg->paper;
	enum rc rc = paper_draw(ctx, p, TEXT_NONE, out, ret_why);

	if (rc != RC_OK)
		return rc;
	hash_print(buf_text(out), arg->digest);
	*ret_why = TEXT("it would not be the bytes that were issued");
	if (p->digest.n > 0 && !text_equals(p->digest, text_of(arg->digest)))
		return RC_CORRUPT;
	return crypt_seal(ctx->crypt, ctx->mem, buf_text(out), kept_as(ctx->mem, ctx->actor->city, p), &arg->keep);
}

/* The print, kept or made; one that holds no longer is drawn anew with the mark, and only its original was ever kept. */
static enum rc
paper_bytes(struct ctx *ctx, struct print_arg *arg, struct buf *out, struct text *ret_why)
{
	struct text kept = TEXT_NONE;
	enum rc rc = arg->paper.kept.n > 0 ? kept_open(ctx, arg, &kept, ret_why) : first_make(ctx, arg, out, ret_why);

	if (rc == RC_OK && arg->paper.void_ms != 0) {
		buf_reset(out);
		return paper_draw(ctx, &arg->paper, TEXT("已作废"), out, ret_why);
	}
	if (rc == RC_OK && kept.n > 0) {
		buf_add(out, kept);
		rc = buf_rc(out);
	}
	return rc;
}

static enum rc
print(struct ctx *ctx, struct print_arg *arg, struct buf *out, struct text *ret_why)
{
	enum rc rc;

	*ret_why = TEXT_NONE;
	if (ctx->crypt == NULL)
		return RC_INTERNAL;
	rc = db_read(ctx, load_tx, arg);
	if (rc == RC_OK)
		rc = paper_bytes(ctx, arg, out, ret_why);
	if (rc == RC_OK)
		rc = db_job(ctx, &(struct command){ .name = "paper.read", .fn = seen_tx, .arg = arg });
	if (rc != RC_OK)
		buf_reset(out);
	return rc;
}

enum rc
paper_print(struct ctx *ctx, struct case_id request, int64_t id, struct buf *out, struct text *ret_why)
{
	struct print_arg arg = { .request = request, .id = id, .copies = 1 };

	return print(ctx, &arg, out, ret_why);
}

/* ---- the worker ---------------------------------------------------------------------------------------------------------- */

struct due_arg { int64_t id[64], request[64]; size_t most, n; };

static enum rc
due_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct due_arg *arg = argument;
	ROWS rows = NULL;
	enum rc rc = tx_rows(tx, actor, &paper_q[Q_DUE], ARGS(db_int((int64_t)arg->most)), &rows);

	while (rc == RC_OK && arg->n < arg->most && (rc = rows_next(rows)) == RC_OK) {
		arg->id[arg->n] = rows_int(rows, 0);
		arg->request[arg->n++] = rows_int(rows, 1);
	}
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
paper_digest_due(struct ctx *ctx, size_t most, int64_t *ret_n)
{
	struct due_arg due = { .most = most < 64 ? most : 64 };
	enum rc rc = db_read(ctx, due_tx, &due);

	*ret_n = 0;
	for (size_t i = 0; rc == RC_OK && i < due.n; i++) {
		struct print_arg arg = { .request = { due.request[i] }, .id = due.id[i], .copies = 0 };
		struct text why;
		struct buf out;

		buf_init(&out, BYTES_MAX);
		rc = print(ctx, &arg, &out, &why);
		buf_free(&out);
		*ret_n += rc == RC_OK;
		if (rc == RC_CORRUPT) /* told to whoever reads it; the others are made */
			rc = RC_OK;
	}
	return rc;
}
