#include <limits.h>

#include "kit/json/json.h"

static const char *
kind_type(enum field_kind kind)
{
	switch (kind) {
	case FIELD_INT:
	case FIELD_KEY:
		return "integer";
	case FIELD_BOOL:
		return "boolean";
	case FIELD_FLAGS:
		return "array";
	case FIELD_LINE:
	case FIELD_PARAGRAPH:
	case FIELD_CHOICE:
	case FIELD_DAY:
	case FIELD_TIME:
	case FIELD_PHONE:
	case FIELD_IDCARD:
	case FIELD_CREDIT:
	case FIELD_PLACE:
	case FIELD_CODE:
	case FIELD_SECRET:
	default:
		return "string";
	}
}

/* ECMA-262, a little wider than the reader, which judges dates and check characters too. */
static const char *
kind_pattern(enum field_kind kind)
{
	switch (kind) {
	case FIELD_TIME:
		return "^([01]?[0-9]|2[0-3]):[0-5][0-9]$";
	case FIELD_PHONE:
		return "^(\\+86)?[0-9 -]{3,19}$";
	case FIELD_IDCARD:
		return "^([0-9]{15}|[0-9]{17}[0-9Xx])$";
	case FIELD_CREDIT:
		return "^[0-9A-HJ-NPQRTUWXYa-hj-npqrtuwxy]{18}$";
	case FIELD_PLACE:
		return "^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$";
	case FIELD_CODE:
		return "^[0-9A-TV-Za-tv-z]([ -]*[0-9A-TV-Za-tv-z]){15}$";
	case FIELD_LINE:
	case FIELD_PARAGRAPH:
	case FIELD_INT:
	case FIELD_BOOL:
	case FIELD_CHOICE:
	case FIELD_FLAGS:
	case FIELD_DAY:
	case FIELD_KEY:
	case FIELD_SECRET:
	default:
		return NULL;
	}
}

static void
schema_choices(struct json *j, const struct choice *choices)
{
	json_begin_array(j, "enum");
	for (const struct choice *c = choices; c != NULL && c->key != NULL; c++)
		json_str(j, NULL, c->key);
	json_end_array(j);
	json_begin_array(j, "x-labels");
	for (const struct choice *c = choices; c != NULL && c->key != NULL; c++)
		json_str(j, NULL, c->label);
	json_end_array(j);
}

static void
schema_bounds(struct json *j, const struct field *f)
{
	if (field_is_text(f->kind)) {
		if (f->min > 0)
			json_int(j, "minLength", f->min);
		json_int(j, "maxLength", f->max);
	} else if (f->kind == FIELD_INT) {
		json_int(j, "minimum", f->min);
		json_int(j, "maximum", f->max);
	} else if (f->kind == FIELD_KEY) {
		json_int(j, "minimum", 0);
	} else if (f->kind == FIELD_DAY) {
		json_str(j, "format", "date");
		if (f->min > INT_MIN)
			json_int(j, "x-days-from-today-minimum", f->min);
		if (f->max < INT_MAX)
			json_int(j, "x-days-from-today-maximum", f->max);
	}
	if (f->kind == FIELD_SECRET)
		json_str(j, "format", "password");
}

void
json_field_schema(struct json *j, const char *key, const struct field *f)
{
	const char *pattern = kind_pattern(f->kind);

	json_begin_object(j, key);
	json_str(j, "type", kind_type(f->kind));
	json_str(j, "title", f->label);
	if (f->hint != NULL)
		json_str(j, "x-hint", f->hint);
	schema_bounds(j, f);
	if (pattern != NULL)
		json_str(j, "pattern", pattern);
	if (f->kind == FIELD_CHOICE)
		schema_choices(j, f->choices);
	if (f->kind == FIELD_FLAGS) {
		json_begin_object(j, "items");
		json_str(j, "type", "string");
		schema_choices(j, f->choices);
		json_end_object(j);
		json_bool(j, "uniqueItems", true);
	}
	json_end_object(j);
}

void
json_form_schema(struct json *j, const char *key, const struct form *form)
{
	json_begin_object(j, key);
	json_str(j, "type", "object");
	json_str(j, "title", form->title);
	json_begin_object(j, "properties");
	for (size_t i = 0; i < form->n; i++)
		json_field_schema(j, form->fields[i].key, &form->fields[i]);
	json_end_object(j);
	json_begin_array(j, "required");
	for (size_t i = 0; i < form->n; i++)
		if (form->fields[i].required)
			json_str(j, NULL, form->fields[i].key);
	json_end_array(j);
	json_end_object(j);
}
