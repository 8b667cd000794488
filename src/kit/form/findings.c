#include <string.h>

#include "kit/form/form.h"
#include "kit/msg/msg.h"

void
findings_add(struct findings *f, const char *field, const char *message, int64_t bound)
{
	if (f->n < FINDINGS_MAX)
		f->v[f->n++] = (struct finding){ .field = field, .message = message, .bound = bound };
	f->total++;
}

const struct finding *
findings_of(const struct findings *f, const char *field)
{
	for (size_t i = 0; i < f->n; i++)
		if (strcmp(f->v[i].field, field) == 0)
			return &f->v[i];
	return NULL;
}

/* The message is a translation, so it is searched and never used as a format. */
struct text
finding_text(struct arena *a, enum lang lang, const struct finding *f)
{
	const char *message = msg(lang, f->message);
	const char *at = strstr(message, "%lld");

	if (at == NULL)
		return text_of(message);
	return arena_format(a, "%.*s%lld%s", (int)(at - message), message, (long long)f->bound,
	    at + sizeof("%lld") - 1);
}

struct text
params_get(struct params p, const char *name)
{
	for (size_t i = 0; i < p.n; i++)
		if (text_equals(p.v[i].name, text_of(name)))
			return p.v[i].value;
	return TEXT_NONE;
}

bool
params_has(struct params p, const char *name)
{
	for (size_t i = 0; i < p.n; i++)
		if (text_equals(p.v[i].name, text_of(name)))
			return true;
	return false;
}

const struct field *
form_field(const struct form *form, const char *key)
{
	for (size_t i = 0; i < form->n; i++)
		if (strcmp(form->fields[i].key, key) == 0)
			return &form->fields[i];
	return NULL;
}

const struct choice *
choice_by_value(const struct choice *c, int value)
{
	for (; c != NULL && c->key != NULL; c++)
		if (c->value == value)
			return c;
	return NULL;
}

const struct choice *
choice_by_key(const struct choice *c, struct text key)
{
	for (; c != NULL && c->key != NULL; c++)
		if (text_equals(text_of(c->key), key))
			return c;
	return NULL;
}
