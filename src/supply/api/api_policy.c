/*
 * The rules for programs: which are in force, what they ask, what they say.  Anybody may ask; nothing of it is kept.  Who
 * acts for a case may have it kept with the case.
 */
#include "operations/judge/judge.h"
#include "supply/api/api_internal.h"

#define PACKAGES_MAX 40
#define FACTS_BYTES 65536

/* ---- which there are ------------------------------------------------------------------------------------------- */

struct packages { struct policy_row v[PACKAGES_MAX]; struct rules_words words[PACKAGES_MAX]; size_t n; };

static enum rc
packages_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct packages *p = arg;
	struct day today = day_of_moment(tx_now_ms(tx));
	enum rc rc = policy_packages(tx, actor, today, p->v, PACKAGES_MAX, &p->n);

	for (size_t i = 0; rc == RC_OK && i < p->n; i++) {
		const struct rules *r;

		if (p->v[i].current.id == 0)
			continue;
		rc = policy_current(tx, actor, p->v[i].package, today, &p->v[i].current);
		if (rc == RC_OK)
			rc = policy_compile(tx_mem(tx), &p->v[i].current, &r);
		if (rc == RC_OK)
			p->words[i] = rules_package(r)->words;
	}
	return rc;
}

static void
put_words(struct json *j, const char *zh, const char *en, struct rules_words w)
{
	json_text(j, zh, w.zh);
	json_text(j, en, w.en);
}

static void
put_version(struct json *j, const struct policy_version *v)
{
	json_text(j, "package", v->package);
	json_int(j, "version", v->number);
	json_text(j, "hash", v->hash);
	api_day(j, "from", v->from);
}

enum rc
api_policies(struct exchange *x)
{
	struct packages *p = ARENA_NEW(x->ctx->mem, struct packages);
	enum rc rc = p == NULL ? RC_NO_MEMORY : db_read(x->ctx, packages_tx, p);
	struct json j;

	if (rc != RC_OK)
		return rc;
	api_keep(x);
	j = api_open(x);
	json_begin_array(&j, "packages");
	for (size_t i = 0; i < p->n; i++) {
		if (p->v[i].current.id == 0)
			continue;
		json_begin_object(&j, NULL);
		put_version(&j, &p->v[i].current);
		put_words(&j, "name", "name_en", p->words[i]);
		json_end_object(&j);
	}
	json_end_array(&j);
	return api_close(x, &j);
}

/* ---- one of them ------------------------------------------------------------------------------------------------ */

struct opened { struct text package; struct policy_version v; const struct rules *rules; const struct rules_package *k; };

static enum rc
opened_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct opened *o = arg;
	enum rc rc = policy_current(tx, actor, o->package, day_of_moment(tx_now_ms(tx)), &o->v);

	if (rc == RC_OK)
		rc = policy_compile(tx_mem(tx), &o->v, &o->rules);
	if (rc == RC_OK)
		o->k = rules_package(o->rules);
	return rc;
}

static void
put_value(struct json *j, const char *key, const struct rules *r, struct rules_type type, int64_t n)
{
	char out[48];

	json_text(j, key, rules_print(r, type, n, out));
}

static void
put_type(struct json *j, const struct rules *r, struct rules_type type)
{
	static const char *const keys[] = { "truth", "number", "money", "date", "option" };
	const struct rules_package *k = rules_package(r);

	json_str(j, "type", type.kind < sizeof keys / sizeof keys[0] ? keys[type.kind] : "?");
	if (type.kind == RULES_NUMBER || type.kind == RULES_MONEY)
		json_int(j, "decimals", type.decimals);
	if (type.kind != RULES_OPTION)
		return;
	json_begin_array(j, "options");
	for (size_t i = 0; i < k->options[type.options].n; i++) {
		json_begin_object(j, NULL);
		json_text(j, "value", k->options[type.options].option[i].name);
		put_words(j, "label", "label_en", k->options[type.options].option[i].words);
		json_end_object(j);
	}
	json_end_array(j);
}

static void
put_basis(struct json *j, const struct rules_package *k, struct rules_basis b)
{
	if (b.document < 0) {
		json_none(j, "source");
		return;
	}
	json_begin_object(j, "source");
	json_text(j, "document", k->document[b.document].name);
	put_words(j, "title", "title_en", k->document[b.document].title);
	json_text(j, "number", k->document[b.document].number);
	json_text(j, "issuer", k->document[b.document].issuer);
	json_text(j, "article", b.article);
	json_end_object(j);
}

static void
put_entry(struct json *j, const struct opened *o, const struct rules_parameter *p, const struct rules_entry *e)
{
	json_begin_object(j, NULL);
	api_day(j, "from", e->from);
	api_day(j, "to", e->to.n == RULES_FOREVER ? DAY_NONE : e->to);
	if (p->table) {
		json_begin_array(j, "rows");
		for (size_t i = 0; i < e->n_rows; i++) {
			json_begin_object(j, NULL);
			put_value(j, "key", o->rules, p->key, e->row[i].key);
			put_value(j, "value", o->rules, p->type, e->row[i].value);
			json_end_object(j);
		}
		json_end_array(j);
	} else if (e->unset) {
		json_none(j, "value");
	} else {
		put_value(j, "value", o->rules, p->type, e->value);
	}
	json_bool(j, "unverified", e->unverified);
	put_basis(j, o->k, e->basis);
	json_end_object(j);
}

static void
put_parameters(struct json *j, const struct opened *o)
{
	json_begin_array(j, "parameters");
	for (size_t i = 0; i < o->k->n_parameters; i++) {
		const struct rules_parameter *p = &o->k->parameter[i];

		json_begin_object(j, NULL);
		json_text(j, "name", p->name);
		put_words(j, "label", "label_en", p->words);
		put_type(j, o->rules, p->type);
		json_text(j, "unit", p->unit);
		json_begin_array(j, "values");
		for (size_t e = 0; e < p->n_entries; e++)
			put_entry(j, o, p, &p->entry[e]);
		json_end_array(j);
		json_end_object(j);
	}
	json_end_array(j);
}

static void
put_input(struct json *j, const struct opened *o, const struct rules_input *in)
{
	bool bounded = in->type.kind == RULES_NUMBER || in->type.kind == RULES_MONEY;

	json_begin_object(j, NULL);
	json_text(j, "name", in->name);
	put_type(j, o->rules, in->type);
	if (bounded) {
		put_value(j, "min", o->rules, in->type, in->least);
		put_value(j, "max", o->rules, in->type, in->most);
	}
	if (in->has_default)
		put_value(j, "default", o->rules, in->type, in->preset);
	put_words(j, "question", "question_en", in->question);
	put_words(j, "help", "help_en", in->help);
	json_end_object(j);
}

static void
put_facts_asked(struct json *j, const struct opened *o)
{
	json_begin_array(j, "inputs");
	for (size_t i = 0; i < o->k->n_inputs; i++)
		if (o->k->input[i].list < 0)
			put_input(j, o, &o->k->input[i]);
	json_end_array(j);
	json_begin_array(j, "lists");
	for (size_t l = 0; l < o->k->n_lists; l++) {
		const struct rules_list *list = &o->k->list[l];

		json_begin_object(j, NULL);
		json_text(j, "name", list->name);
		json_int(j, "max", list->most);
		put_words(j, "question", "question_en", list->question);
		json_begin_array(j, "fields");
		for (int i = list->first_field; i < list->first_field + list->n_fields; i++)
			put_input(j, o, &o->k->input[i]);
		json_end_array(j);
		json_end_object(j);
	}
	json_end_array(j);
}

enum rc
api_policy(struct exchange *x)
{
	struct opened o = { .package = http_segment(x, "package") };
	enum rc rc = db_read(x->ctx, opened_tx, &o);
	struct json j;

	if (rc != RC_OK)
		return rc;
	api_keep(x);
	j = api_open(x);
	put_version(&j, &o.v);
	put_words(&j, "name", "name_en", o.k->words);
	json_text(&j, "law_date", o.k->law_date >= 0 ? o.k->input[o.k->law_date].name : TEXT_NONE);
	put_parameters(&j, &o);
	put_facts_asked(&j, &o);
	return api_close(x, &j);
}

/* ---- judging ------------------------------------------------------------------------------------------------------ */

/* The body is the facts: {"收入": "1369.99", "成员": [{…}]}.  What does not fit is told with its name and bound. */
static enum rc
facts_read(struct exchange *x, const struct opened *o, struct rules_facts **ret)
{
	struct policy_findings found = { .n = 0 };
	const struct json_value *tree;
	enum rc rc;

	if (x->in->body.n > FACTS_BYTES) {
		findings_add(&x->findings, "", T("内容太长，最多 %lld 字节"), FACTS_BYTES);
		return RC_INVALID;
	}
	rc = json_tree(x->in->body, x->ctx->mem, &tree, &x->findings);
	if (rc == RC_OK)
		rc = policy_facts_read(x->ctx->mem, x->ctx->lang, o->rules, tree, ret, &found);
	for (size_t i = 0; i < found.n; i++)
		findings_add(&x->findings, arena_text(x->ctx->mem, found.v[i].field).p, arena_text(x->ctx->mem, found.v[i].message).p, 0);
	return rc;
}

/* The verdict; with conflicts nothing was judged, and it says so. */
static enum rc
verdict_answer(struct exchange *x, const struct opened *o, const struct rules_facts *f)
{
	struct rules_verdict v;
	enum rc rc = rules_judge(x->ctx->mem, o->rules, f, &v);

	if (rc != RC_OK && (rc != RC_INVALID || v.n_conflicts == 0))
		return rc;
	x->out->type = "application/json";
	policy_verdict_write(&x->out->body, o->rules, &v, true);
	return buf_rc(&x->out->body);
}

enum rc
api_policy_judge_post(struct exchange *x)
{
	struct opened o = { .package = http_segment(x, "package") };
	struct rules_facts *f = NULL;
	enum rc rc = db_read(x->ctx, opened_tx, &o);

	if (rc == RC_OK)
		rc = facts_read(x, &o, &f);
	return rc == RC_OK ? verdict_answer(x, &o, f) : rc;
}

struct case_opened { struct case_id id; struct opened o; };

/* The case first: who may not see it does not learn whether there is such a package. */
static enum rc
case_opened_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct case_opened *c = arg;
	struct request r;
	enum rc rc = request_load(tx, actor, c->id, &r);

	return rc == RC_OK ? opened_tx(tx, actor, &c->o) : rc;
}

static void
conflicts_tell(struct exchange *x, const struct opened *o, const struct rules_facts *f)
{
	struct rules_verdict v;

	if (rules_judge(x->ctx->mem, o->rules, f, &v) == RC_OK) {
		findings_add(&x->findings, o->k->law_date >= 0 ? arena_text(x->ctx->mem, o->k->input[o->k->law_date].name).p : "",
		    T("请填：按哪一天的标准算"), 0);
		return;
	}
	for (size_t i = 0; i < v.n_conflicts; i++)
		findings_add(&x->findings, "", arena_text(x->ctx->mem, policy_words(x->ctx->lang, o->k->conflict[v.conflict[i]].words)).p, 0);
}

enum rc
api_case_policy_post(struct exchange *x)
{
	struct case_opened c = { .o = { .package = http_segment(x, "package") } };
	struct judge_done done = { 0 };
	struct rules_facts *f = NULL;
	struct idem_key key;
	struct json j;
	enum rc rc = http_segment_id(x, "id", &c.id.n);

	if (rc == RC_OK)
		rc = db_read(x->ctx, case_opened_tx, &c);
	if (rc == RC_OK)
		rc = api_key(x, &key);
	if (rc == RC_OK)
		rc = facts_read(x, &c.o, &f);
	if (rc != RC_OK)
		return rc;
	rc = judge_record(x->ctx, key, c.id, &c.o.v, c.o.rules, f, &done);
	if (rc == RC_INVALID)
		conflicts_tell(x, &c.o, f);
	if (rc != RC_OK)
		return rc;
	x->out->status = 201;
	j = api_open(x);
	api_id(&j, "decision", done.decision);
	json_text(&j, "package", c.o.v.package);
	json_int(&j, "version", c.o.v.number);
	return api_close(x, &j);
}
