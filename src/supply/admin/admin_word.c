/* Words, cursors and forms as the pages of administration write them. */
#include "supply/admin/admin_internal.h"

#include <stdio.h>

struct day
admin_today(const struct exchange *x)
{
	return day_of_moment(x->ctx->now_ms);
}

struct text
admin_say(const struct exchange *x, const char *zh)
{
	return text_of(msg(x->ctx->lang, zh));
}

struct text
admin_name(const struct exchange *x, struct text zh, struct text en)
{
	return x->ctx->lang == LANG_EN && en.n > 0 ? en : zh;
}

struct text
admin_int(const struct exchange *x, int64_t n)
{
	return arena_format(x->ctx->mem, "%lld", (long long)n);
}

struct text
admin_day(const struct exchange *x, struct day day)
{
	char out[16];

	return arena_text(x->ctx->mem, day_print(day, out));
}

struct text
admin_when(const struct exchange *x, int64_t at_ms)
{
	char out[32];

	return arena_text(x->ctx->mem, moment_print(at_ms, out));
}

struct text
admin_url(const struct exchange *x, struct text value)
{
	static const char digits[] = "0123456789ABCDEF";
	char *out = arena_alloc(x->ctx->mem, value.n * 3 + 1);
	size_t n = 0;

	for (size_t i = 0; out != NULL && i < value.n; i++) {
		unsigned char c = (unsigned char)value.p[i];

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.') {
			out[n++] = (char)c;
			continue;
		}
		out[n++] = '%';
		out[n++] = digits[c >> 4];
		out[n++] = digits[c & 15];
	}
	return (struct text){ out != NULL ? out : "", n };
}

struct text
admin_query(const struct exchange *x, const char *name)
{
	return params_get(x->in->query, name);
}

void
admin_cursor(const struct exchange *x, int64_t *key, int64_t *id)
{
	struct text rest = admin_query(x, "after"), head = text_cut(&rest, '-');

	if (int64_parse(head, 0, INT64_MAX, key) != RC_OK || int64_parse(rest, 0, INT64_MAX, id) != RC_OK)
		*key = *id = 0;
}

struct text
admin_place(const struct exchange *x, struct place p)
{
	struct text path = region_path(p);

	if (p.code == 0)
		return TEXT_NONE;
	return arena_format(x->ctx->mem, "%.*s（%lld）", (int)path.n, path.p, (long long)p.code);
}

/* ---- a form among others -------------------------------------------------------------------------------- */

bool
admin_sent(const struct exchange *x, const struct form *form)
{
	return x->in->method == HTTP_POST && x->route->form == form && x->typed.v != NULL;
}

struct typed
admin_typed(const struct exchange *x, const struct form *form)
{
	struct typed typed = x->typed;

	if (!admin_sent(x, form))
		typed.v = arena_array(x->ctx->mem, form->n, sizeof *typed.v);
	return typed;
}

void
admin_put(const struct form *form, struct typed *typed, const char *key, struct text value)
{
	for (size_t i = 0; typed->v != NULL && i < form->n; i++)
		if (text_equals(text_of(form->fields[i].key), text_of(key)))
			typed->v[i] = value;
}

const struct findings *
admin_findings(const struct exchange *x, const struct form *form)
{
	return admin_sent(x, form) ? &x->findings : NULL;
}

struct text
admin_key(const struct exchange *x, const struct form *form)
{
	char hex[33];

	if (admin_sent(x, form))
		return frame_key_text(x);
	idem_key_hex(idem_key_new(), hex);
	return arena_text(x->ctx->mem, text_of(hex));
}

/* ---- files ------------------------------------------------------------------------------------------------ */

void
admin_file_findings(struct exchange *x, struct html *h, const struct findings *f)
{
	static const struct ui_column columns[] = { { T("行"), true }, { T("列"), false }, { T("问题"), false } };
	struct ui_table t;

	if (f->n == 0)
		return;
	ui_notice_say(h, UI_LATE, T("文件里有错，一行也没有存入"), T("改好下面各行，整个文件再传一次。"));
	ui_table_open(&t, h, T("文件里的错"), columns, sizeof columns / sizeof columns[0]);
	for (size_t i = 0; i < f->n; i++) {
		ui_row_open(&t);
		ui_cell(&t, f->v[i].line > 0 ? admin_int(x, f->v[i].line) : TEXT_NONE);
		ui_cell(&t, f->v[i].field[0] != '\0' ? text_of(f->v[i].field)
		    : f->v[i].column > 0 ? admin_int(x, f->v[i].column) : TEXT_NONE);
		ui_cell(&t, finding_text(x->ctx->mem, x->ctx->lang, &f->v[i]));
		ui_row_close(&t);
	}
	ui_table_close(&t);
	if (f->total > f->n) {
		html_raw(h, "<p>");
		html_sayf(h, T("还有 %lld 处没有列出。"), (long long)(f->total - f->n));
		html_raw(h, "</p>");
	}
}

void
admin_imported(struct html *h, int64_t rows)
{
	ui_notice_say(h, UI_OK, NULL, T("已导入"));
	html_raw(h, "<p>");
	html_sayf(h, T("%lld 行有变化。"), (long long)rows);
	html_raw(h, "</p>");
}

static enum rc
file_read(struct exchange *x, const struct http_file *file, struct text *ret)
{
	char *p = arena_alloc(x->ctx->mem, (size_t)file->size + 1);
	FILE *f;
	size_t n;

	if (p == NULL)
		return RC_NO_MEMORY;
	f = fopen(file->path.p, "rb");
	if (f == NULL)
		return RC_UNAVAILABLE;
	n = fread(p, 1, (size_t)file->size, f);
	fclose(f);
	*ret = (struct text){ p, n };
	return n == (size_t)file->size ? RC_OK : RC_UNAVAILABLE;
}

enum rc
admin_file_bytes(struct exchange *x, const char *field, int64_t most, struct text *ret)
{
	*ret = TEXT_NONE;
	for (size_t i = 0; i < x->in->n_files; i++) {
		const struct http_file *f = &x->in->files[i];

		if (!text_equals(f->field, text_of(field)) || f->size == 0)
			continue;
		return f->size > most ? RC_TOO_LARGE : file_read(x, f, ret);
	}
	return RC_NOT_FOUND;
}

enum rc
admin_file_text(struct exchange *x, struct text *ret)
{
	enum rc rc = admin_file_bytes(x, "csv", ADMIN_FILE_MAX, ret);

	if (rc != RC_NOT_FOUND)
		return rc;
	*ret = params_get(x->in->form, "csv");
	return ret->n > 0 ? RC_OK : RC_INVALID;
}

int64_t
admin_rows_imported(const struct exchange *x)
{
	int64_t rows = -1;

	return int64_parse(admin_query(x, "rows"), 0, INT64_MAX, &rows) == RC_OK ? rows : -1;
}

enum rc
admin_import(struct exchange *x,
    enum rc (*import)(struct exchange *x, struct text csv, struct findings *found, int64_t *ret_rows), const char *address,
    enum rc (*show)(struct exchange *x, const struct findings *found, int64_t rows))
{
	struct findings *found = ARENA_NEW(x->ctx->mem, struct findings);
	struct text csv = TEXT_NONE;
	int64_t rows = 0;
	enum rc rc = x->form_rc, file = admin_file_text(x, &csv);

	if (found == NULL)
		return RC_NO_MEMORY;
	if (file == RC_INVALID)
		findings_add(&x->findings, "csv", T("请选择一个文件"), 0);
	else if (file != RC_OK)
		return file;
	if (rc == RC_OK)
		rc = file;
	if (rc == RC_OK)
		rc = import(x, csv, found, &rows);
	if (rc == RC_OK)
		http_redirect(x->out, arena_format(x->ctx->mem, "%s?rows=%lld", address, (long long)rows));
	if (rc != RC_INVALID && rc != RC_REFUSED)
		return rc;
	x->out->status = 422;
	return show(x, found, -1);
}

/* ---- suggestions -------------------------------------------------------------------------------------------- */

static void
option_add(struct admin_options *o, struct text value, struct text label)
{
	if (o->v != NULL && o->n < ADMIN_OPTIONS_MAX)
		o->v[o->n++] = (struct ui_option){ .value = value, .label = label };
}

struct admin_options
admin_places(struct exchange *x)
{
	static const enum place_level levels[] = { PLACE_CITY, PLACE_COUNTY, PLACE_TOWN };
	struct admin_options o = { .v = arena_array(x->ctx->mem, ADMIN_OPTIONS_MAX, sizeof *o.v) };
	const struct division **d = arena_array(x->ctx->mem, ADMIN_OPTIONS_MAX, sizeof *d);
	struct place city = { x->ctx->actor->city * INT64_C(100000000) };

	for (size_t l = 0; d != NULL && l < sizeof levels / sizeof levels[0]; l++) {
		size_t n = region_list(city, levels[l], admin_today(x), d, ADMIN_OPTIONS_MAX);

		for (size_t i = 0; i < n && i < ADMIN_OPTIONS_MAX; i++)
			if (place_range_has(x->ctx->actor->places, d[i]->place))
				option_add(&o, admin_int(x, d[i]->place.code), d[i]->path);
	}
	return o;
}

struct admin_options
admin_points(struct exchange *x)
{
	static const enum point_kind kinds[] = { POINT_COUNTY, POINT_TOWN, POINT_HOTLINE, POINT_ONLINE };
	struct admin_options o = { .v = arena_array(x->ctx->mem, ADMIN_OPTIONS_MAX, sizeof *o.v) };
	struct place city = { x->ctx->actor->city * INT64_C(100000000) };
	struct point *p;
	size_t n;

	for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
		p = NULL;
		n = 0;
		if (network_list(x->ctx, kinds[k], city, admin_today(x), &p, &n) != RC_OK)
			continue;
		for (size_t i = 0; i < n; i++)
			option_add(&o, p[i].code, admin_name(x, p[i].name, p[i].name_en));
	}
	return o;
}
