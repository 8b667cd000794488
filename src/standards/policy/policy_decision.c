/* policy_decision: what the rules said, with all it was made from; made again years later it must be the same bytes. */
#include "standards/policy/policy_store.h"

static struct text
written(struct arena *mem, struct buf *out)
{
	struct text t = buf_rc(out) == RC_OK ? arena_text(mem, buf_text(out)) : (struct text){ NULL, 0 };

	buf_free(out);
	return t;
}

enum rc
policy_judged(struct arena *mem, const struct policy_version *v, const struct rules *r, const struct rules_facts *f,
    struct rules_verdict *ret_verdict, struct policy_decision *ret)
{
	enum rc rc = rules_judge(mem, r, f, ret_verdict);
	struct policy_decision d = { .version = v->id, .hash = v->hash, .package = v->package, .law_day = DAY_NONE };
	int law = rules_package(r)->law_date;
	int64_t day;
	struct buf out;
	struct json j;

	if (rc != RC_OK)
		return rc;
	if (law >= 0 && rules_fact_known(f, law, &day))
		d.law_day.n = (int32_t)day;
	buf_init(&out, (size_t)1 << 20);
	json_init(&j, &out);
	policy_facts_write(&j, NULL, r, f);
	d.input = written(mem, &out);
	buf_init(&out, (size_t)4 << 20);
	policy_verdict_write(&out, r, ret_verdict, true);
	d.output = written(mem, &out);
	if (d.input.p == NULL || d.output.p == NULL)
		return RC_NO_MEMORY;
	*ret = d;
	return RC_OK;
}

enum rc
policy_decision_open(struct arena *mem, const struct rules *r, const struct policy_decision *d, struct rules_facts **ret_facts,
    struct rules_verdict *ret)
{
	struct policy_findings findings;
	struct findings bad = { 0 };
	const struct json_value *tree;
	enum rc rc = json_tree(d->input, mem, &tree, &bad);

	if (rc == RC_OK)
		rc = policy_facts_read(mem, LANG_ZH, r, tree, ret_facts, &findings);
	if (rc == RC_OK)
		rc = rules_judge(mem, r, *ret_facts, ret);
	return rc == RC_INVALID ? RC_CORRUPT : rc;
}

/* A version opened for replaying: its text is the one it was stored with, and compiles. */
static enum policy_replay
open_version(struct arena *mem, const struct policy_version *v, const struct rules **ret)
{
	char hash[POLICY_HASH_CHARS + 1];

	*ret = NULL;
	policy_hash(v->text, hash);
	if (!text_equals(v->hash, text_of(hash)))
		return POLICY_TAMPERED;
	return policy_compile(mem, v, ret) == RC_OK ? POLICY_SAME : POLICY_UNREADABLE;
}

static enum policy_replay
replay(struct arena *mem, const struct policy_version *v, const struct rules *r, const struct policy_decision *d)
{
	struct policy_findings findings;
	struct findings bad = { 0 };
	const struct json_value *tree;
	struct policy_decision again;
	struct rules_verdict verdict;
	struct rules_facts *f;
	enum rc rc;

	if (!text_equals(d->hash, v->hash))
		return POLICY_TAMPERED;
	rc = json_tree(d->input, mem, &tree, &bad);
	if (rc == RC_OK)
		rc = policy_facts_read(mem, LANG_ZH, r, tree, &f, &findings);
	if (rc == RC_OK)
		rc = policy_judged(mem, v, r, f, &verdict, &again);
	if (rc != RC_OK)
		return POLICY_UNREADABLE;
	return text_equals(again.output, d->output) && text_equals(again.input, d->input) && again.law_day.n == d->law_day.n ?
	    POLICY_SAME : POLICY_OTHER_BYTES;
}

enum policy_replay
policy_replay_one(struct arena *mem, const struct policy_version *v, const struct policy_decision *d)
{
	const struct rules *r;
	enum policy_replay how = open_version(mem, v, &r);

	return how == POLICY_SAME ? replay(mem, v, r, d) : how;
}

#define PIECE 200

struct piece_arg { int64_t after; struct policy_decision v[PIECE]; size_t n; struct policy_replays *ret; };

static enum rc
piece_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct piece_arg *p = arg;
	struct policy_version v = { .id = 0 };
	enum policy_replay opened = POLICY_UNREADABLE;
	const struct rules *r = NULL;
	struct arena *mem = arena_create((size_t)64 << 20);
	enum rc rc = mem == NULL ? RC_NO_MEMORY : policy_decisions_after(tx, actor, p->after, p->v, PIECE, &p->n);

	for (size_t i = 0; rc == RC_OK && i < p->n; i++) {
		enum policy_replay how;

		if (v.id != p->v[i].version) {
			rc = policy_version_load(tx, actor, p->v[i].version, &v);
			if (rc != RC_OK)
				break;
			opened = open_version(tx_mem(tx), &v, &r);
		}
		how = opened == POLICY_SAME ? replay(mem, &v, r, &p->v[i]) : opened;
		p->ret->n[how]++;
		if (how != POLICY_SAME && p->ret->first_bad == 0)
			p->ret->first_bad = p->v[i].id;
		p->after = p->v[i].id;
		arena_reset(mem);
	}
	arena_free(mem);
	return rc;
}

enum rc
policy_replay_all(struct ctx *ctx, struct policy_replays *ret)
{
	struct arena *mem = arena_create((size_t)256 << 20);
	struct piece_arg *p = mem == NULL ? NULL : ARENA_NEW(mem, struct piece_arg);
	struct ctx inner = *ctx;
	int64_t after = 0;
	enum rc rc = p == NULL ? RC_NO_MEMORY : RC_OK;

	*ret = (struct policy_replays){ .first_bad = 0 };
	inner.mem = mem;
	for (size_t n = PIECE; rc == RC_OK && n == PIECE;) {
		*p = (struct piece_arg){ .after = after, .ret = ret };
		rc = db_read(&inner, piece_tx, p);
		n = p->n;
		after = p->after;
		arena_reset(mem);
		p = ARENA_NEW(mem, struct piece_arg);
		rc = p == NULL ? RC_NO_MEMORY : rc;
	}
	arena_free(mem);
	return rc;
}
