#include "standards/policy/policy_store.h"

#include "base/place.h"
#include "base/utf8.h"
#include "kit/audit/audit.h"
#include "kit/crypt/crypt.h"
#include "kit/msg/msg.h"

void
policy_hash(struct text t, char out[static POLICY_HASH_CHARS + 1])
{
	static const char digit[] = "0123456789abcdef";
	unsigned char hash[32];

	crypt_hash(t, hash);
	for (int i = 0; i < 32; i++) {
		out[2 * i] = digit[hash[i] >> 4];
		out[2 * i + 1] = digit[hash[i] & 15];
	}
	out[POLICY_HASH_CHARS] = '\0';
}

enum rc
policy_compile(struct arena *mem, const struct policy_version *v, const struct rules **ret)
{
	struct rules_findings *findings = ARENA_NEW(mem, struct rules_findings);
	char hash[POLICY_HASH_CHARS + 1];
	enum rc rc;

	if (findings == NULL)
		return RC_NO_MEMORY;
	policy_hash(v->text, hash);
	if (!text_equals(text_of(hash), v->hash))
		return RC_CORRUPT;
	rc = rules_compile(mem, v->text, findings, ret);
	return rc == RC_INVALID || rc == RC_TOO_LARGE ? RC_CORRUPT : rc;
}

static bool
answers_for_the_city(const struct actor *a)
{
	struct place_range city = place_range((struct place){ a->city * INT64_C(100000000) });

	return a->kind == ACTOR_SYSTEM || (a->places.lo <= city.lo && a->places.hi >= city.hi);
}

/* ---- drafting ------------------------------------------------------------------------------------------- */

struct base_arg {
	struct text package;
	struct day change;
	struct policy_version base;         /* id 0: the package is new */
	int next;                           /* number */
	struct policy_decision *decisions; size_t n;
};

static enum rc
base_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct base_arg *b = arg;
	struct policy_version newest;
	size_t n = 0;
	enum rc rc = policy_newest_approved(tx, actor, b->package, &b->base.id);

	if (rc == RC_OK && b->base.id != 0)
		rc = policy_version_load(tx, actor, b->base.id, &b->base);
	if (rc == RC_OK)
		rc = policy_versions(tx, actor, b->package, &newest, 1, &n);
	b->next = n == 0 ? 1 : newest.number + 1;
	return rc;
}

static enum rc
decisions_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct base_arg *b = arg;

	(void)actor;
	b->decisions = arena_array(tx_mem(tx), POLICY_TRIED_MAX, sizeof *b->decisions);
	if (b->decisions == NULL)
		return RC_NO_MEMORY;
	return policy_decisions_before(tx, actor, b->package, (struct day){ INT32_MAX }, b->decisions, POLICY_TRIED_MAX, &b->n);
}

static struct text
findings_text(struct ctx *ctx, const struct rules_findings *f)
{
	struct text t = TEXT_NONE;

	for (size_t i = 0; i < f->n; i++) {
		struct text one = policy_finding_text(ctx->mem, ctx->lang, &f->finding[i]);

		t = arena_format(ctx->mem, "%.*s%.*s\n", (int)t.n, t.p, (int)one.n, one.p);
	}
	return t;
}

struct put_arg { struct policy_version v; int64_t ret; };

static enum rc
put_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct put_arg *p = arg;
	int64_t newest = 0;
	enum rc rc = policy_newest_approved(tx, actor, p->v.package, &newest);

	if (rc == RC_OK && newest != p->v.base)
		return RC_CONFLICT;
	if (rc == RC_OK)
		rc = policy_version_put(tx, actor, &p->v, &p->ret);
	return rc == RC_OK ? audit_note(tx, actor, "policy.drafted", "policy_version", p->ret, p->v.hash) : rc;
}

/* Compile, try against the base, store as a draft. */
static enum rc
draft_store(struct ctx *ctx, struct idem_key key, struct base_arg *b, struct policy_version *v, const struct rules *before,
    struct text *ret_why, int64_t *ret_id)
{
	struct rules_findings *bad = ARENA_NEW(ctx->mem, struct rules_findings);
	struct put_arg arg = { .v = *v };
	struct command cmd = { .name = "policy.draft", .fn = put_tx, .arg = &arg,
		.asked = ARGS(db_text(v->package), db_text(v->text), db_int(v->change.n), db_int(v->from.n), db_text(v->words)) };
	const struct rules *after;
	struct policy_trial trial;
	char hash[POLICY_HASH_CHARS + 1];
	enum rc rc;

	if (bad == NULL)
		return RC_NO_MEMORY;
	rc = rules_compile(ctx->mem, v->text, bad, &after);
	if (rc == RC_INVALID)
		*ret_why = findings_text(ctx, bad);
	if (rc == RC_OK)
		rc = policy_try(ctx->mem, before, after, v->package, v->change, b->decisions, b->n, &trial);
	if (rc != RC_OK)
		return rc;
	policy_hash(v->text, hash);
	arg.v.hash = arena_text(ctx->mem, text_of(hash));
	arg.v.held = trial.held;
	arg.v.broke = trial.broke;
	arg.v.report = trial.report;
	rc = db_command(ctx, key, &cmd);
	if (rc == RC_OK)
		*ret_id = arg.ret;
	return rc;
}

/* The stored decisions are read as the system: what they hold stays inside the trial. */
static enum rc
decisions_read(struct ctx *ctx, struct base_arg *b)
{
	struct actor system = { .kind = ACTOR_SYSTEM, .city = ctx->actor->city };
	struct ctx inner = *ctx;

	inner.actor = &system;
	return db_read(&inner, decisions_tx, b);
}

enum rc
policy_draft_value(struct ctx *ctx, struct idem_key key, const struct policy_value_change *in, struct findings *findings,
    struct text *ret_why, int64_t *ret_id)
{
	struct base_arg b = { .package = in->package, .change = in->from };
	struct policy_version v = { .package = in->package, .state = POLICY_DRAFT, .from = in->today, .change = in->from,
		.words = text_trim(in->words) };
	const struct rules *before;
	enum rc rc;

	if (!answers_for_the_city(ctx->actor))
		return RC_FORBIDDEN;
	rc = db_read(ctx, base_tx, &b);
	if (rc == RC_OK && b.base.id == 0)
		return RC_NOT_FOUND;
	if (rc == RC_OK && b.base.id != in->seen)
		return RC_CONFLICT;
	if (rc == RC_OK)
		rc = decisions_read(ctx, &b);
	if (rc == RC_OK)
		rc = policy_compile(ctx->mem, &b.base, &before);
	if (rc == RC_OK)
		rc = policy_text_with(ctx->mem, before, in, b.next, findings, &v.text);
	v.base = b.base.id;
	return rc == RC_OK ? draft_store(ctx, key, &b, &v, before, ret_why, ret_id) : rc;
}

static bool
key_is_sound(struct text t)
{
	for (size_t i = 0; i < t.n; i++)
		if (!((t.p[i] >= 'a' && t.p[i] <= 'z') || (i > 0 && (t.p[i] == '_' || (t.p[i] >= '0' && t.p[i] <= '9')))))
			return false;
	return t.n >= 1 && t.n <= 32;
}

static void
check_text_change(const struct policy_text_change *in, struct findings *f)
{
	size_t n = utf8_length(text_trim(in->words));

	if (!key_is_sound(in->package))
		findings_add(f, "package", T("规则包代号用小写字母、数字和下划线，最多%lld个"), 32);
	if (in->text.n == 0 || in->text.n > RULES_TEXT_MAX)
		findings_add(f, "text", T("规则包文本不能为空，最多%lld字节"), RULES_TEXT_MAX);
	if (day_is_none(in->from))
		findings_add(f, "from", T("请填从哪一天起"), 0);
	if (day_is_none(in->change))
		findings_add(f, "change", T("请填从哪一天的案件起结果可以不同"), 0);
	if (n < POLICY_WORDS_MIN)
		findings_add(f, "words", T("至少%lld个字"), POLICY_WORDS_MIN);
	else if (n > POLICY_WORDS_MAX)
		findings_add(f, "words", T("最多%lld个字"), POLICY_WORDS_MAX);
}

enum rc
policy_draft_text(struct ctx *ctx, struct idem_key key, const struct policy_text_change *in, struct findings *findings,
    struct text *ret_why, int64_t *ret_id)
{
	struct base_arg b = { .package = in->package, .change = in->change };
	struct policy_version v = { .package = in->package, .state = POLICY_DRAFT, .from = in->from, .change = in->change,
		.text = in->text, .words = text_trim(in->words) };
	const struct rules *before = NULL;
	enum rc rc;

	if (!answers_for_the_city(ctx->actor))
		return RC_FORBIDDEN;
	check_text_change(in, findings);
	if (findings->total > 0)
		return RC_INVALID;
	rc = db_read(ctx, base_tx, &b);
	if (rc == RC_OK)
		rc = decisions_read(ctx, &b);
	if (rc == RC_OK && b.base.id != 0)
		rc = policy_compile(ctx->mem, &b.base, &before);
	v.base = b.base.id;
	return rc == RC_OK ? draft_store(ctx, key, &b, &v, before, ret_why, ret_id) : rc;
}

/* ---- deciding ------------------------------------------------------------------------------------------------- */

struct decide_arg { int64_t id; enum policy_state to; struct text words; };

static enum rc
decide_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	static const char *const deed[POLICY_STATE_COUNT] = {
		[POLICY_APPROVED] = "policy.approved", [POLICY_REJECTED] = "policy.rejected", [POLICY_WITHDRAWN] = "policy.withdrawn",
	};
	const struct decide_arg *d = arg;
	struct policy_version v;
	int64_t newest = 0;
	enum rc rc = policy_version_load(tx, actor, d->id, &v);

	if (rc == RC_OK && v.state != POLICY_DRAFT)
		return RC_CONFLICT;
	if (rc == RC_OK && (v.author == actor->account) != (d->to == POLICY_WITHDRAWN))
		return RC_REFUSED; /* two people: one drafts, another decides */
	if (rc == RC_OK && d->to == POLICY_APPROVED && v.broke > 0)
		return RC_REFUSED;
	if (rc == RC_OK && d->to == POLICY_APPROVED)
		rc = policy_newest_approved(tx, actor, v.package, &newest);
	if (rc == RC_OK && d->to == POLICY_APPROVED && newest != v.base)
		return RC_CONFLICT;
	if (rc == RC_OK)
		rc = policy_version_decide(tx, actor, d->id, d->to, d->words);
	return rc == RC_OK ? audit_note(tx, actor, deed[d->to], "policy_version", d->id, v.hash) : rc;
}

enum rc
policy_decide(struct ctx *ctx, struct idem_key key, int64_t id, enum policy_state to, struct text words,
    struct findings *findings)
{
	struct decide_arg arg = { id, to, text_trim(words) };
	size_t n = utf8_length(arg.words);

	if (!answers_for_the_city(ctx->actor))
		return RC_FORBIDDEN;
	if (to != POLICY_APPROVED && to != POLICY_REJECTED && to != POLICY_WITHDRAWN)
		return RC_INTERNAL;
	if (to == POLICY_REJECTED && n < POLICY_WORDS_MIN)
		findings_add(findings, "words", T("至少%lld个字"), POLICY_WORDS_MIN);
	if (n > POLICY_WORDS_MAX)
		findings_add(findings, "words", T("最多%lld个字"), POLICY_WORDS_MAX);
	if (findings->total > 0)
		return RC_INVALID;
	return db_command(ctx, key, &(struct command){ .name = "policy.decide", .fn = decide_tx, .arg = &arg,
	    .asked = ARGS(db_int(id), db_int(to), db_text(arg.words)) });
}

/* ---- the program's own ---------------------------------------------------------------------------------------- */

static enum rc
seed_one(struct tx *tx, const struct actor *actor, const struct policy_builtin *b)
{
	struct policy_version newest, v = { .package = text_of(b->package), .text = b->text, .state = POLICY_APPROVED,
		.from = { -25567 }, .change = { -25567 }, .words = TEXT("程序自带") };
	char hash[POLICY_HASH_CHARS + 1];
	bool there = false;
	size_t n = 0;
	int64_t id;
	enum rc rc;

	policy_hash(b->text, hash);
	v.hash = text_of(hash);
	rc = policy_has_text(tx, actor, v.package, v.hash, &there);
	if (rc == RC_OK && !there)
		rc = policy_versions(tx, actor, v.package, &newest, 1, &n);
	if (rc != RC_OK || there)
		return rc;
	if (n > 0 && newest.author != -1) /* the city's own: its officials look at the program's first */
		v.state = POLICY_DRAFT;
	if (rc == RC_OK)
		rc = policy_newest_approved(tx, actor, v.package, &v.base);
	return rc == RC_OK ? policy_version_put(tx, actor, &v, &id) : rc;
}

static enum rc
seed_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	enum rc rc = RC_OK;

	(void)arg;
	for (size_t i = 0; rc == RC_OK && i < policy_builtins_n; i++)
		rc = seed_one(tx, actor, &policy_builtins[i]);
	return rc;
}

enum rc
policy_seed(struct ctx *ctx)
{
	uint64_t texts = 0; /* once for each program that brings other texts */

	for (size_t i = 0; i < policy_builtins_n; i++)
		texts = texts * 31 + text_hash(policy_builtins[i].text);
	return db_command(ctx, idem_key_of("policy.seed", (int64_t)(texts >> 1)), &(struct command){ .name = "policy.seed",
	    .fn = seed_tx });
}
