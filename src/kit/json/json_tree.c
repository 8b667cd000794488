/* json_tree: a document as a tree in the arena. */
#include "kit/json/json_internal.h"

#include "kit/msg/msg.h"

struct growing { struct arena *mem; struct findings *findings; size_t n; enum rc rc; };

static void grow(struct growing *g, const json_t *from, struct json_value *to);

static void
refuse(struct growing *g, const char *message, int64_t bound)
{
	if (g->rc == RC_OK)
		findings_add(g->findings, "", message, bound);
	g->rc = RC_INVALID;
}

static struct json_value *
kids(struct growing *g, struct json_value *to, size_t n)
{
	struct json_value *v = arena_array(g->mem, n + 1, sizeof *v);

	g->n += n;
	if (v == NULL)
		g->rc = RC_NO_MEMORY;
	else if (g->n > JSON_TREE_MAX)
		refuse(g, T("值太多，最多 %lld 个"), JSON_TREE_MAX);
	to->kid = v;
	to->n = n;
	return g->rc == RC_OK ? v : NULL;
}

static struct text
kept(struct growing *g, struct text t)
{
	t = arena_text(g->mem, t);
	if (t.p == NULL)
		g->rc = RC_NO_MEMORY;
	return t;
}

static void
grow_object(struct growing *g, json_t *from, struct json_value *to)
{
	struct json_value *v = kids(g, to, json_object_size(from));
	const char *key;
	json_t *value;

	json_object_foreach(from, key, value) {
		if (v == NULL || g->rc != RC_OK)
			return;
		grow(g, value, v);
		v->key = kept(g, text_of(key));
		v++;
	}
}

static void
grow(struct growing *g, const json_t *from, struct json_value *to)
{
	*to = (struct json_value){ .kind = JSON_IS_NULL };
	switch (json_typeof(from)) {
	case JSON_STRING:
		to->kind = JSON_IS_TEXT;
		to->text = kept(g, (struct text){ json_string_value(from), json_string_length(from) });
		break;
	case JSON_INTEGER:
		to->kind = JSON_IS_NUMBER;
		to->text = arena_format(g->mem, "%lld", (long long)json_integer_value(from));
		break;
	case JSON_REAL:
		refuse(g, T("小数要写成文字，例如 \"1369.99\""), 0);
		break;
	case JSON_TRUE:
	case JSON_FALSE:
		to->kind = JSON_IS_TRUTH;
		to->truth = json_is_true(from);
		break;
	case JSON_ARRAY: {
		struct json_value *v = kids(g, to, json_array_size(from));

		to->kind = JSON_IS_LIST;
		for (size_t i = 0; v != NULL && i < to->n && g->rc == RC_OK; i++)
			grow(g, json_array_get(from, i), &v[i]);
		break;
	}
	case JSON_OBJECT:
		to->kind = JSON_IS_OBJECT;
		grow_object(g, (json_t *)(uintptr_t)from, to); /* its iterator takes no const; nothing is changed */
		break;
	case JSON_NULL:
		break;
	}
}

enum rc
json_tree(struct text body, struct arena *a, const struct json_value **ret, struct findings *findings)
{
	struct growing g = { .mem = a, .findings = findings };
	struct json_value *top = ARENA_NEW(a, struct json_value);
	json_t *root;

	if (top == NULL)
		return RC_NO_MEMORY;
	if (body.n > JSON_BODY_MAX) {
		findings_add(findings, "", T("内容过大，最多 %lld 字节"), JSON_BODY_MAX);
		return RC_TOO_LARGE;
	}
	root = json_body_parse(body, findings);
	if (root == NULL)
		return RC_INVALID;
	grow(&g, root, top);
	json_decref(root);
	if (g.rc == RC_OK)
		*ret = top;
	return g.rc;
}

const struct json_value *
json_member(const struct json_value *object, struct text key)
{
	for (size_t i = 0; object->kind == JSON_IS_OBJECT && i < object->n; i++)
		if (text_equals(object->kid[i].key, key))
			return &object->kid[i];
	return NULL;
}
