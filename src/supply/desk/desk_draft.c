/* Drafts of the desk: what was typed and not sent, kept per account and form, sealed by operations/intake. */
#include "supply/desk/desk_internal.h"

#define FIELDS_MAX 128

static bool
stays(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

static void
put(struct buf *b, struct text t)
{
	for (size_t i = 0; i < t.n; i++) {
		if (stays(t.p[i]))
			buf_char(b, t.p[i]);
		else
			buf_printf(b, "%%%02X", (unsigned)(unsigned char)t.p[i]);
	}
}

struct text
draft_pack(struct arena *a, struct params fields)
{
	struct text ret = { NULL, 0 };
	struct buf b;

	buf_init(&b, DRAFT_MAX);
	for (size_t i = 0; i < fields.n; i++) {
		const struct param *p = &fields.v[i];

		if (p->value.n == 0 || text_equals(p->name, TEXT("csrf")) || text_equals(p->name, TEXT("key")))
			continue;
		if (b.n > 0)
			buf_char(&b, '&');
		put(&b, p->name);
		buf_char(&b, '=');
		put(&b, p->value);
	}
	if (buf_rc(&b) == RC_OK)
		ret = arena_text(a, buf_text(&b));
	buf_free(&b);
	return ret;
}

static int
hex_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static struct text
unescape(struct arena *a, struct text t)
{
	char *out = arena_alloc(a, t.n + 1);
	size_t n = 0;

	for (size_t i = 0; out != NULL && i < t.n; i++) {
		if (t.p[i] == '%' && i + 2 < t.n && hex_of(t.p[i + 1]) >= 0 && hex_of(t.p[i + 2]) >= 0) {
			out[n++] = (char)(hex_of(t.p[i + 1]) * 16 + hex_of(t.p[i + 2]));
			i += 2;
		} else {
			out[n++] = t.p[i];
		}
	}
	return out == NULL ? TEXT_NONE : (struct text){ out, n };
}

struct params
draft_unpack(struct arena *a, struct text packed)
{
	struct param *v = arena_array(a, FIELDS_MAX, sizeof *v);
	size_t n = 0;

	while (v != NULL && packed.n > 0 && n < FIELDS_MAX) {
		struct text value = text_cut(&packed, '&'), name = text_cut(&value, '=');

		v[n++] = (struct param){ .name = unescape(a, name), .value = unescape(a, value) };
	}
	return (struct params){ v, n };
}

/* "intake", "answer-123": what a page of ours asks for. */
static bool
name_is_ours(struct text t)
{
	if (t.n == 0 || t.n > 40)
		return false;
	for (size_t i = 0; i < t.n; i++)
		if (!((t.p[i] >= 'a' && t.p[i] <= 'z') || (t.p[i] >= '0' && t.p[i] <= '9') || t.p[i] == '-'))
			return false;
	return true;
}

static const char *
stored_name(struct exchange *x, struct text name)
{
	return arena_format(x->ctx->mem, "desk.%.*s", (int)name.n, name.p).p;
}

enum rc
draft_post(struct exchange *x)
{
	struct text name = desk_query(x, "form");
	struct text packed = draft_pack(x->ctx->mem, x->in->form);
	const char *stored = stored_name(x, name);
	enum rc rc;

	if (!name_is_ours(name))
		return RC_INVALID;
	if (packed.p == NULL || stored == NULL)
		return RC_TOO_LARGE;
	rc = draft_save(x->ctx, draft_owner_account(x->ctx->actor->account), stored, packed);
	if (rc == RC_OK)
		x->out->status = 204;
	return rc;
}

bool
desk_draft_typed(struct exchange *x, struct text name, const struct form *form, struct typed *ret)
{
	struct findings findings = { .n = 0 };
	void *values = arena_alloc(x->ctx->mem, form->size);
	const char *stored = stored_name(x, name);
	struct text packed;
	enum rc rc;

	if (values == NULL || stored == NULL)
		return false;
	rc = draft_load(x->ctx, draft_owner_account(x->ctx->actor->account), stored, &packed);
	if (rc != RC_OK || packed.n == 0)
		return false;
	rc = form_read(form, draft_unpack(x->ctx->mem, packed), desk_today(x), x->ctx->mem, values, ret, &findings);
	return rc == RC_OK || rc == RC_INVALID;
}

/* What is sent is done all the same; a draft that stays is swept with the others. */
void
desk_draft_drop(struct exchange *x, struct text name)
{
	const char *stored = stored_name(x, name);
	enum rc rc = stored ? draft_drop(x->ctx, draft_owner_account(x->ctx->actor->account), stored) : RC_OK;

	(void)rc;
}
