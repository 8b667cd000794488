/* policy_facts: facts as JSON, in and out. */
#include "standards/policy/policy.h"

#include "kit/msg/msg.h"

struct reading {
	struct arena *mem;
	enum lang lang;
	const struct rules *rules;
	struct rules_facts *facts;   /* NULL: one fact, as typed into a field */
	struct policy_findings *findings;
	struct text where; /* "成员[1].", in front of a field's name */
};

static void
find(struct reading *x, struct text field, struct text message)
{
	if (x->findings->n < POLICY_FINDING_MAX)
		x->findings->v[x->findings->n++] = (struct policy_finding){
			arena_format(x->mem, "%.*s%.*s", (int)x->where.n, x->where.p, (int)field.n, field.p), message };
}

static struct text
between(struct reading *x, struct rules_type type, int64_t least, int64_t most)
{
	char a[48], b[48];
	struct text from = rules_print(x->rules, type, least, a), to = rules_print(x->rules, type, most, b);
	const char *head = msg(x->lang, T("应在以下范围内：")), *mid = x->lang == LANG_ZH ? "至" : "to";

	return arena_format(x->mem, "%s%.*s %s %.*s", head, (int)from.n, from.p, mid, (int)to.n, to.p);
}

static struct text
options_text(struct reading *x, int options)
{
	const struct rules_options *o = &rules_package(x->rules)->options[options];
	struct text list = text_of(msg(x->lang, T("应是以下之一：")));

	for (size_t i = 0; i < o->n && i < 20; i++)
		list = arena_format(x->mem, "%.*s%s%.*s", (int)list.n, list.p, i == 0 ? "" : "、", (int)o->option[i].name.n,
		    o->option[i].name.p);
	return list;
}

static struct text
wanted(struct reading *x, struct rules_type type)
{
	switch ((enum rules_kind)type.kind) {
	case RULES_TRUTH:
		return text_of(msg(x->lang, T("应是 true 或 false")));
	case RULES_NUMBER:
	case RULES_MONEY:
		return arena_format(x->mem, "%s%d", msg(x->lang, x->facts != NULL ? T("应是数字（小数写成文字），小数位数最多 ") :
		    T("应是数字，小数位数最多 ")), type.decimals);
	case RULES_DATE:
		return text_of(msg(x->lang, T("应是日期，例如 2026-06-30")));
	case RULES_OPTION:
		return options_text(x, type.options);
	}
	return TEXT_NONE;
}

/* False: missing (null), or a finding. */
static bool
value_read(struct reading *x, const struct json_value *v, const struct rules_input *in, int64_t *ret)
{
	bool fits = false;

	if (v->kind == JSON_IS_NULL)
		return false;
	if (v->kind == JSON_IS_TRUTH && in->type.kind == RULES_TRUTH) {
		*ret = v->truth;
		return true;
	}
	if (v->kind == JSON_IS_TEXT || (v->kind == JSON_IS_NUMBER &&
	    (in->type.kind == RULES_NUMBER || in->type.kind == RULES_MONEY)))
		fits = rules_read(x->rules, in->type, v->text, ret) == RC_OK;
	if (!fits)
		find(x, in->name, wanted(x, in->type));
	else if (*ret < in->least || *ret > in->most)
		find(x, in->name, between(x, in->type, in->least, in->most));
	else
		return true;
	return false;
}

bool
policy_fact_typed(struct arena *mem, enum lang lang, const struct rules *r, int input, struct text typed, int64_t *ret,
    struct text *ret_why)
{
	struct policy_findings findings = { .n = 0 };
	struct reading x = { mem, lang, r, NULL, &findings, TEXT_NONE };
	struct json_value v = { .kind = JSON_IS_TEXT, .text = typed };
	bool fits = value_read(&x, &v, &rules_package(r)->input[input], ret);

	*ret_why = findings.n > 0 ? findings.v[0].message : TEXT_NONE;
	return fits;
}

static enum rc
item_read(struct reading *x, int list, int item, const struct json_value *object)
{
	if (object->kind != JSON_IS_OBJECT) {
		find(x, TEXT_NONE, text_of(msg(x->lang, T("每一项应是一个对象"))));
		return RC_OK;
	}
	for (size_t i = 0; i < object->n; i++) {
		int field = rules_field_find(x->rules, list, object->kid[i].key);
		int64_t n;

		if (field < 0)
			find(x, object->kid[i].key, text_of(msg(x->lang, T("没有这个字段"))));
		else if (value_read(x, &object->kid[i], &rules_package(x->rules)->input[field], &n) &&
		    rules_field_set(x->facts, list, item, field, n) != RC_OK)
			return RC_INTERNAL;
	}
	return RC_OK;
}

static enum rc
list_read(struct reading *x, int list, const struct json_value *v)
{
	const struct rules_list *l = &rules_package(x->rules)->list[list];
	enum rc rc;

	if (v->kind == JSON_IS_NULL)
		return RC_OK;
	if (v->kind != JSON_IS_LIST || v->n > (size_t)l->most) {
		find(x, l->name, arena_format(x->mem, "%s%d", msg(x->lang, T("应是一个列表，项数最多 ")), l->most));
		return RC_OK;
	}
	rc = rules_list_set(x->facts, list, (int)v->n);
	for (size_t i = 0; rc == RC_OK && i < v->n; i++) {
		x->where = arena_format(x->mem, "%.*s[%zu].", (int)l->name.n, l->name.p, i + 1);
		rc = item_read(x, list, (int)i, &v->kid[i]);
	}
	x->where = TEXT_NONE;
	return rc;
}

enum rc
policy_facts_read(struct arena *mem, enum lang lang, const struct rules *r, const struct json_value *facts,
    struct rules_facts **ret, struct policy_findings *findings)
{
	struct reading x = { mem, lang, r, rules_facts_new(mem, r), findings, TEXT_NONE };
	enum rc rc = RC_OK;

	if (x.facts == NULL)
		return RC_NO_MEMORY;
	findings->n = 0;
	if (facts->kind != JSON_IS_OBJECT)
		find(&x, TEXT_NONE, text_of(msg(lang, T("事实应是一个 JSON 对象"))));
	for (size_t i = 0; facts->kind == JSON_IS_OBJECT && rc == RC_OK && i < facts->n; i++) {
		const struct json_value *v = &facts->kid[i];
		int list = rules_list_find(r, v->key), input = rules_input_find(r, v->key);
		int64_t n;

		if (list >= 0)
			rc = list_read(&x, list, v);
		else if (input < 0)
			find(&x, v->key, text_of(msg(lang, T("没有这个字段"))));
		else if (value_read(&x, v, &rules_package(r)->input[input], &n))
			rc = rules_fact_set(x.facts, input, n);
	}
	if (rc == RC_OK && findings->n > 0)
		rc = RC_INVALID;
	if (rc == RC_OK)
		*ret = x.facts;
	return rc;
}

static void
value_write(struct json *j, const char *key, const struct rules *r, struct rules_type type, int64_t n)
{
	char out[48];

	if (type.kind == RULES_TRUTH)
		json_bool(j, key, n != 0);
	else
		json_text(j, key, rules_print(r, type, n, out));
}

/* json wants NUL-terminated keys. */
static const char *
key_of(struct text name, char out[static 128])
{
	size_t n = name.n < 127 ? name.n : 127;

	for (size_t i = 0; i < n; i++)
		out[i] = name.p[i];
	out[n] = '\0';
	return out;
}

void
policy_facts_write(struct json *j, const char *key, const struct rules *r, const struct rules_facts *f)
{
	const struct rules_package *k = rules_package(r);
	char name[128];
	int64_t n;

	json_begin_object(j, key);
	for (size_t i = 0; i < k->n_inputs; i++)
		if (k->input[i].list < 0 && rules_fact_known(f, (int)i, &n))
			value_write(j, key_of(k->input[i].name, name), r, k->input[i].type, n);
	for (size_t l = 0; l < k->n_lists; l++) {
		if (rules_list_items(f, (int)l) < 0)
			continue;
		json_begin_array(j, key_of(k->list[l].name, name));
		for (int item = 0; item < rules_list_items(f, (int)l); item++) {
			json_begin_object(j, NULL);
			for (int i = k->list[l].first_field; i < k->list[l].first_field + k->list[l].n_fields; i++)
				if (rules_field_known(f, (int)l, item, i, &n))
					value_write(j, key_of(k->input[i].name, name), r, k->input[i].type, n);
			json_end_object(j);
		}
		json_end_array(j);
	}
	json_end_object(j);
}
