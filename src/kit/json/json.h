/*
 * json: writing JSON without a tree, and reading what others send (jansson, duplicate keys refused,
 * bounded).  The writer keeps commas and nesting; errors stay in the buf.
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "kit/form/form.h"

struct json { struct buf *out; uint64_t comma; unsigned depth; };

void json_init(struct json *j, struct buf *out);
void json_object(struct json *j, const char *key /* NULL in arrays and at the top */);
void json_array(struct json *j, const char *key);
void json_end_object(struct json *j);
void json_end_array(struct json *j);
void json_text(struct json *j, const char *key, struct text t);
void json_str(struct json *j, const char *key, const char *s);
void json_int(struct json *j, const char *key, int64_t n);
void json_bool(struct json *j, const char *key, bool b);
void json_null(struct json *j, const char *key);

/* A flat JSON object (strings, numbers, booleans, null, arrays of strings joined as repeats) as
 * params, so that the same form rows read both.  RC_INVALID with a finding that names the place. */
enum rc json_params(struct text body, struct arena *a, struct params *ret, struct findings *findings);
