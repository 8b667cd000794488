#include <stdio.h>
#include <string.h>

#include "kit/json/json_internal.h"
#include "kit/msg/msg.h"

struct gathering {
	struct arena *mem;
	struct param *v;
	size_t n, cap;
	struct findings *findings;
	bool out_of_memory;
};

static void
place_find(struct findings *f, const char *message, int64_t bound, const json_error_t *at)
{
	findings_add(f, "", message, bound);
	if (at != NULL && f->n == f->total) {
		f->v[f->n - 1].line = at->line > 0 ? at->line : 0;
		f->v[f->n - 1].column = at->column > 0 ? at->column : 0;
	}
}

/* jansson recurses as deep as the text nests: looked at before it is given to it. */
static bool
nesting_is_bounded(struct text t)
{
	int depth = 0;
	bool in_string = false;

	for (size_t i = 0; i < t.n; i++) {
		char c = t.p[i];

		if (in_string && c == '\\')
			i++;
		else if (c == '"')
			in_string = !in_string;
		else if (!in_string && (c == '[' || c == '{') && ++depth > JSON_DEPTH_MAX)
			return false;
		else if (!in_string && (c == ']' || c == '}'))
			depth--;
	}
	return true;
}

json_t *
json_body_parse(struct text body, struct findings *findings)
{
	const size_t flags = JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL;
	json_error_t error;
	json_t *root;

	if (!nesting_is_bounded(body)) {
		place_find(findings, T("JSON 嵌套过深，最多 %lld 层"), JSON_DEPTH_MAX, NULL);
		return NULL;
	}
	root = json_loadb(body.p, body.n, flags, &error);
	if (root == NULL) {
		if (json_error_code(&error) == json_error_duplicate_key)
			place_find(findings, T("第 %lld 行的键已经出现过"), error.line, &error);
		else
			place_find(findings, T("第 %lld 行不是有效的 JSON"), error.line, &error);
	}
	return root;
}

/* A copy of a value as text; p is NULL when it is none that a field can have. */
static struct text
scalar_text(struct gathering *g, const json_t *value)
{
	struct text t = { NULL, 0 };

	switch (json_typeof(value)) {
	case JSON_STRING:
		t = arena_text(g->mem, (struct text){ json_string_value(value), json_string_length(value) });
		break;
	case JSON_INTEGER:
		t = arena_format(g->mem, "%lld", (long long)json_integer_value(value));
		break;
	case JSON_REAL:
		t = arena_format(g->mem, "%.17g", json_real_value(value));
		break;
	case JSON_TRUE:
		t = TEXT("true");
		break;
	case JSON_FALSE:
		t = TEXT("false");
		break;
	case JSON_OBJECT:
	case JSON_ARRAY:
	case JSON_NULL:
	default:
		return t;
	}
	if (t.p == NULL)
		g->out_of_memory = true;
	return t;
}

static void
value_gather(struct gathering *g, const char *key, const json_t *value)
{
	struct text t;

	if (json_is_null(value))
		return;
	t = scalar_text(g, value);
	if (g->out_of_memory)
		return;
	if (t.p == NULL)
		findings_add(g->findings, key, T("这里不能再嵌套对象或数组"), 0);
	else if (g->n == g->cap)
		findings_add(g->findings, key, T("值太多，最多 %lld 个"), JSON_PARAMS_MAX);
	else
		g->v[g->n++] = (struct param){ text_of(key), t };
}

static void
member_gather(struct gathering *g, const char *key, const json_t *value)
{
	if (!json_is_array(value)) {
		value_gather(g, key, value);
		return;
	}
	for (size_t i = 0; i < json_array_size(value) && !g->out_of_memory; i++)
		value_gather(g, key, json_array_get(value, i));
}

static size_t
values_count(json_t *root)
{
	size_t n = 0;
	const char *key;
	json_t *value;

	json_object_foreach(root, key, value)
		n += json_is_array(value) ? json_array_size(value) : 1;
	return n < JSON_PARAMS_MAX ? n : JSON_PARAMS_MAX;
}

static void
root_gather(struct gathering *g, json_t *root)
{
	const char *key;
	json_t *value;

	g->cap = values_count(root);
	g->v = arena_array(g->mem, g->cap, sizeof(struct param));
	g->out_of_memory = g->v == NULL;
	json_object_foreach(root, key, value) {
		struct text kept;

		if (g->out_of_memory)
			return;
		kept = arena_text(g->mem, text_of(key));
		if (kept.p == NULL)
			g->out_of_memory = true;
		else
			member_gather(g, kept.p, value);
	}
}

enum rc
json_params(struct text body, struct arena *a, struct params *ret, struct findings *findings)
{
	struct gathering g = { .mem = a, .findings = findings };
	size_t before = findings->total;
	json_t *root;

	if (body.n > JSON_BODY_MAX) {
		place_find(findings, T("内容过大，最多 %lld 字节"), JSON_BODY_MAX, NULL);
		return RC_TOO_LARGE;
	}
	root = json_body_parse(body, findings);
	if (root == NULL)
		return RC_INVALID;
	if (!json_is_object(root)) {
		place_find(findings, T("应为一个 JSON 对象"), 0, NULL);
		json_decref(root);
		return RC_INVALID;
	}
	root_gather(&g, root);
	json_decref(root);
	if (g.out_of_memory)
		return RC_NO_MEMORY;
	if (findings->total > before)
		return RC_INVALID;
	*ret = (struct params){ g.v, g.n };
	return RC_OK;
}
