/* The description of the API: made from the route table and the field rows, so that it cannot lag behind. */
#include "app/app.h"

#include "kit/json/json.h"

#include <string.h>

static const char *
method_key(enum http_method m)
{
	switch (m) {
	case HTTP_POST: return "post";
	case HTTP_PUT: return "put";
	case HTTP_DELETE: return "delete";
	case HTTP_GET:
	case HTTP_HEAD:
	case HTTP_OTHER: break;
	}
	return "get";
}

static void
parameters(struct json *j, const struct route *r)
{
	const char *at = r->path;

	json_begin_array(j, "parameters");
	while ((at = strchr(at, '{')) != NULL) {
		const char *end = strchr(at, '}');

		if (end == NULL)
			break;
		json_begin_object(j, NULL);
		json_text(j, "name", (struct text){ at + 1, (size_t)(end - at - 1) });
		json_str(j, "in", "path");
		json_bool(j, "required", true);
		json_begin_object(j, "schema");
		json_str(j, "type", "string");
		json_end_object(j);
		json_end_object(j);
		at = end;
	}
	for (size_t i = 0; r->form != NULL && r->method == HTTP_GET && i < r->form->n; i++) {
		json_begin_object(j, NULL);
		json_str(j, "name", r->form->fields[i].key);
		json_str(j, "in", "query");
		json_bool(j, "required", r->form->fields[i].required);
		json_field_schema(j, "schema", &r->form->fields[i]);
		json_end_object(j);
	}
	json_end_array(j);
}

static void
responses(struct json *j)
{
	static const struct { const char *status, *what; } all[] = {
		{ "200", "OK" }, { "401", "nobody is logged in" }, { "403", "not within the rights" },
		{ "404", "no such record, or not yours to see" }, { "409", "changed since it was read" },
		{ "422", "a field is outside its bound; all findings at once" }, { "503", "storage unavailable; nothing was stored" },
	};

	json_begin_object(j, "responses");
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
		json_begin_object(j, all[i].status);
		json_str(j, "description", all[i].what);
		json_begin_object(j, "content");
		json_begin_object(j, i == 0 ? "application/json" : "application/problem+json");
		json_end_object(j);
		json_end_object(j);
		json_end_object(j);
	}
	json_end_object(j);
}

/* No form says what may stand in it: GET /api/v1/policy/{package} does. */
static void
free_body(struct json *j)
{
	json_begin_object(j, "requestBody");
	json_bool(j, "required", true);
	json_begin_object(j, "content");
	json_begin_object(j, "application/json");
	json_begin_object(j, "schema");
	json_str(j, "type", "object");
	json_bool(j, "additionalProperties", true);
	json_end_object(j);
	json_end_object(j);
	json_end_object(j);
	json_end_object(j);
}

static void
operation(struct json *j, const struct route *r)
{
	json_begin_object(j, method_key(r->method));
	json_str(j, "summary", r->title);
	json_str(j, "x-right", right_key((enum right)r->right));
	parameters(j, r);
	if (r->form != NULL && r->method != HTTP_GET) {
		json_begin_object(j, "requestBody");
		json_bool(j, "required", true);
		json_begin_object(j, "content");
		json_begin_object(j, "application/json");
		json_form_schema(j, "schema", r->form);
		json_end_object(j);
		json_end_object(j);
		json_end_object(j);
	}
	if (r->form == NULL && r->method == HTTP_POST)
		free_body(j);
	responses(j);
	json_end_object(j);
}

/* Paths hold their methods together: a path is written at its first route, with all that share it. */
static bool
seen_before(const struct route_set *sets, size_t n_sets, const struct route *r)
{
	for (size_t i = 0; i < n_sets; i++)
		for (size_t k = 0; k < sets[i].n; k++) {
			const struct route *other = &sets[i].routes[k];

			if (other == r)
				return false;
			if ((other->flags & ROUTE_API) != 0 && strcmp(other->path, r->path) == 0)
				return true;
		}
	return false;
}

static void
path_item(struct json *j, const struct route_set *sets, size_t n_sets, const char *path)
{
	json_begin_object(j, path);
	for (size_t i = 0; i < n_sets; i++)
		for (size_t k = 0; k < sets[i].n; k++)
			if ((sets[i].routes[k].flags & ROUTE_API) != 0 && strcmp(sets[i].routes[k].path, path) == 0)
				operation(j, &sets[i].routes[k]);
	json_end_object(j);
}

enum rc
openapi(struct exchange *x)
{
	size_t n_sets = 0;
	const struct route_set *sets = app_routes(&n_sets);
	struct json j;

	x->out->type = "application/json";
	json_init(&j, &x->out->body);
	json_begin_object(&j, NULL);
	json_str(&j, "openapi", "3.1.0");
	json_begin_object(&j, "info");
	json_str(&j, "title", "zhaofa 遇事找法");
	json_str(&j, "version", "0.1.0");
	json_end_object(&j);
	json_begin_object(&j, "paths");
	for (size_t i = 0; i < n_sets; i++)
		for (size_t k = 0; k < sets[i].n; k++)
			if ((sets[i].routes[k].flags & ROUTE_API) != 0 && !seen_before(sets, n_sets, &sets[i].routes[k]))
				path_item(&j, sets, n_sets, sets[i].routes[k].path);
	json_end_object(&j);
	json_end_object(&j);
	return buf_rc(&x->out->body);
}
