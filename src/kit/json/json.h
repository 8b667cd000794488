/*
 * json: writing JSON without a tree, and reading what others send (jansson, duplicate keys refused,
 * bounded).  The writer keeps commas and nesting; errors stay in the buf.  json_object, json_array and
 * json_null are jansson's names, hence begin_ and none.
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "kit/form/form.h"

/* Nesting up to 63; deeper is our mistake and fails the buf with RC_INTERNAL. */
struct json { struct buf *out; uint64_t comma; unsigned depth; };

void json_init(struct json *j, struct buf *out);
void json_begin_object(struct json *j, const char *key /* NULL in arrays and at the top */);
void json_begin_array(struct json *j, const char *key);
void json_end_object(struct json *j);
void json_end_array(struct json *j);
/* Broken UTF-8 becomes U+FFFD; '<' is written as an escape, so that JSON may stand in a page. */
void json_text(struct json *j, const char *key, struct text t);
void json_str(struct json *j, const char *key, const char *s); /* NULL: null */
void json_int(struct json *j, const char *key, int64_t n);
void json_bool(struct json *j, const char *key, bool b);
void json_none(struct json *j, const char *key); /* null */
/* What the form takes, as a JSON schema: for OpenAPI.  Labels and hints in Chinese. */
void json_field_schema(struct json *j, const char *key, const struct field *field);
void json_form_schema(struct json *j, const char *key, const struct form *form);

#define JSON_BODY_MAX 262144   /* bytes */
#define JSON_DEPTH_MAX 16
#define JSON_PARAMS_MAX 1024

/*
 * A flat JSON object (strings, numbers, booleans, null as if absent, arrays of these joined as
 * repeats) as params in the arena, so that the same form rows read both.  RC_INVALID with a finding
 * that names the key or the line; RC_TOO_LARGE past JSON_BODY_MAX; RC_NO_MEMORY.
 */
enum rc json_params(struct text body, struct arena *a, struct params *ret, struct findings *findings);

/* ---- a document as a tree, for what is no form --------------------------------------------------- */

enum json_kind { JSON_IS_NULL, JSON_IS_TRUTH, JSON_IS_NUMBER, JSON_IS_TEXT, JSON_IS_LIST, JSON_IS_OBJECT };
struct json_value {
	enum json_kind kind;
	struct text key;               /* in an object */
	struct text text;              /* of a text; of a number its digits */
	bool truth;
	const struct json_value *kid;  /* of a list or an object, in the order written */
	size_t n;
};
#define JSON_TREE_MAX 20000 /* values */

/*
 * The document in the arena.  Numbers are whole ones: a decimal is RC_INVALID and belongs into a text,
 * where it stays exact.  Bounds and other findings as for json_params(), but that the top may also be
 * a list.
 */
enum rc json_tree(struct text body, struct arena *a, const struct json_value **ret, struct findings *findings);
const struct json_value *json_member(const struct json_value *object, struct text key); /* NULL: none */
