#include "kit/http/http_inner.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/code.h"
#include "kit/log/log.h"

#define PP_BUFFER 8192 /* bounds a part's header line */

static const char no_memory[] = "服务器繁忙,请稍后再试。/ The server is busy, please try again later.";

int
body_refuse(struct body *b, int status, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(b->why, sizeof(b->why), fmt, ap);
	va_end(ap);
	b->status = status;
	return status;
}

static bool
type_is(struct text type, const char *want)
{
	struct text rest = type, t = text_trim(text_cut(&rest, ';')), w = text_of(want);

	return t.n == w.n && strncasecmp(t.p, w.p, w.n) == 0;
}

/* ---- multipart -------------------------------------------------------------------------------- */

static bool
part_is(const struct body *b, const char *key, const char *file_name)
{
	return b->open && text_equals(b->name, text_of(key)) && b->is_file == (file_name != NULL) &&
	    text_equals(b->file_name, text_of(file_name));
}

static int
file_open(struct body *b)
{
	struct http_file *f = &b->files[b->n_files];
	struct upload *u = &b->uploads[b->n_files];
	unsigned char random[16];
	char hex[33];

	if (!b->files_allowed)
		return body_refuse(b, 415, "此处不接受文件。/ Files are not accepted here.");
	if (b->n_files == HTTP_FILES_MAX)
		return body_refuse(b, 413, "文件过多,最多 %d 个。/ Too many files: at most %d.", HTTP_FILES_MAX,
		    HTTP_FILES_MAX);
	randombytes_buf(random, sizeof(random));
	hex_print(random, sizeof(random), hex);
	*f = (struct http_file){ .field = b->name, .name = b->file_name, .type = b->file_type,
		.path = arena_format(b->mem, "%s/up-%s", b->spool, hex), .taken = &u->taken };
	if (f->path.p == NULL)
		return body_refuse(b, 503, "%s", no_memory);
	crypto_hash_sha256_init(&u->sha);
	u->fd = open(f->path.p, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (u->fd < 0) {
		LOG(LOG_ERROR, "http.spool", log_str("error", strerror(errno)));
		return body_refuse(b, 503, "%s", no_memory);
	}
	b->n_files++;
	return 0;
}

static int
file_write(struct body *b, const char *p, size_t n)
{
	struct http_file *f = &b->files[b->n_files - 1];
	struct upload *u = &b->uploads[b->n_files - 1];

	if ((uint64_t)f->size < sizeof(f->head)) {
		size_t room = sizeof(f->head) - (size_t)f->size;

		memcpy(f->head + f->size, p, n < room ? n : room);
	}
	crypto_hash_sha256_update(&u->sha, (const unsigned char *)p, n);
	f->size += (int64_t)n;
	while (n > 0) {
		ssize_t w = write(u->fd, p, n);

		if (w < 0 && errno == EINTR)
			continue;
		if (w <= 0) {
			LOG(LOG_ERROR, "http.spool", log_str("error", strerror(errno)));
			return body_refuse(b, 503, "%s", no_memory);
		}
		p += w;
		n -= (size_t)w;
	}
	return 0;
}

static int
file_close(struct body *b)
{
	struct upload *u = &b->uploads[b->n_files - 1];
	int rc = close(u->fd);

	u->fd = -1;
	crypto_hash_sha256_final(&u->sha, b->files[b->n_files - 1].sha256);
	return rc == 0 ? 0 : body_refuse(b, 503, "%s", no_memory);
}

static int
field_close(struct body *b)
{
	struct text value = arena_text(b->mem, buf_text(&b->value));

	if (buf_rc(&b->value) != RC_OK || value.p == NULL)
		return body_refuse(b, 413, "文字内容过大,最多 %d 字节。/ Too much text: at most %d bytes.",
		    HTTP_PARTS_BYTES, HTTP_PARTS_BYTES);
	if (b->n_fields == HTTP_FIELDS_MAX)
		return body_refuse(b, 400, "%s", decode_text(DECODE_TOO_MANY));
	b->fields[b->n_fields++] = (struct param){ b->name, value };
	return 0;
}

/* A browser sends an input without a file as a part with an empty file name: that is no file. */
static int
part_close(struct body *b)
{
	int status = 0;

	if (!b->open)
		return 0;
	b->open = false;
	if (!b->is_file)
		return field_close(b);
	if (b->part_n == 0 && b->file_name.n == 0)
		return 0;
	if (b->part_n == 0)
		status = file_open(b);
	return status != 0 ? status : file_close(b);
}

static int
part_open(struct body *b, const char *key, const char *file_name, const char *type)
{
	b->open = true;
	b->is_file = file_name != NULL;
	b->part_n = 0;
	buf_reset(&b->value);
	b->name = arena_text(b->mem, text_of(key));
	b->file_name = arena_text(b->mem, text_of(file_name));
	b->file_type = arena_text(b->mem, text_of(type));
	if (b->name.p == NULL || b->file_name.p == NULL || b->file_type.p == NULL)
		return body_refuse(b, 413, "文字内容过大。/ Too much text.");
	if (decode_check(b->name, false) != DECODE_FINE)
		return body_refuse(b, 400, "%s", decode_text(decode_check(b->name, false)));
	if (decode_check(b->file_name, false) != DECODE_FINE)
		return body_refuse(b, 400, "%s", decode_text(decode_check(b->file_name, false)));
	return 0;
}

static int
part_take(struct body *b, const char *data, size_t n)
{
	int status = 0;

	if (n == 0)
		return 0;
	if (!b->is_file) {
		buf_add(&b->value, (struct text){ data, n });
	} else {
		if (b->part_n == 0)
			status = file_open(b);
		if (status == 0)
			status = file_write(b, data, n);
	}
	b->part_n += (int64_t)n;
	return status;
}

/*
 * MHD may call first with nothing and then again from offset 0 for the same part: an empty value
 * followed by a full one of the same name is therefore taken as one.
 */
static enum MHD_Result
part_piece(void *cls, enum MHD_ValueKind kind, const char *key, const char *file_name, const char *type,
    const char *encoding, const char *data, uint64_t off, size_t n)
{
	struct body *b = cls;
	bool same = part_is(b, key, file_name) && (off > 0 || (b->part_n == 0 && n > 0));
	int status = 0;

	(void)kind;
	(void)encoding;
	if (b->status != 0)
		return MHD_NO;
	if (!same) {
		status = part_close(b);
		if (status == 0)
			status = part_open(b, key == NULL ? "" : key, file_name, type);
	}
	if (status == 0)
		status = part_take(b, data, n);
	return status == 0 ? MHD_YES : MHD_NO;
}

/* RFC 2046 has 1 to 70 characters; MHD wants two and would take an empty one in quotes. */
static bool
boundary_is_usable(struct text type)
{
	while (type.n > 0) {
		struct text value = text_trim(text_cut(&type, ';')), name = text_cut(&value, '=');

		if (text_equals(name, TEXT("boundary")))
			return value.n >= 2 && value.n <= 72 && !text_equals(value, TEXT("\"\""));
	}
	return false;
}

static int
parts_begin(struct body *b, struct MHD_Connection *mhd, struct text type)
{
	if (!boundary_is_usable(type))
		return body_refuse(b, 400, "multipart 请求缺少 boundary。/ Multipart without a usable boundary.");
	b->mem = arena_create(HTTP_PARTS_BYTES + 64 * 1024);
	if (b->mem == NULL)
		return body_refuse(b, 503, "%s", no_memory);
	b->fields = arena_array(b->mem, HTTP_FIELDS_MAX, sizeof(*b->fields));
	b->files = arena_array(b->mem, HTTP_FILES_MAX, sizeof(*b->files));
	b->uploads = arena_array(b->mem, HTTP_FILES_MAX, sizeof(*b->uploads));
	if (b->fields == NULL || b->files == NULL || b->uploads == NULL)
		return body_refuse(b, 503, "%s", no_memory);
	buf_init(&b->value, HTTP_PARTS_BYTES);
	b->pp = MHD_create_post_processor(mhd, PP_BUFFER, part_piece, b);
	if (b->pp == NULL)
		return body_refuse(b, 400, "multipart 请求缺少 boundary。/ Multipart without a usable boundary.");
	return 0;
}

/* ---- any body --------------------------------------------------------------------------------- */

int
body_begin(struct body *b, struct call *c, struct text content_type)
{
	b->spool = c->server->opt.spool;
	b->files_allowed = c->route != NULL && (c->route->flags & ROUTE_UPLOAD) != 0 && b->spool != NULL;
	if (c->route == NULL) {
		b->kind = BODY_DISCARD; /* a 404 or 405 is coming */
		return 0;
	}
	if (type_is(content_type, "multipart/form-data")) {
		b->kind = BODY_PARTS;
		return parts_begin(b, c->mhd, content_type);
	}
	b->kind = type_is(content_type, "application/x-www-form-urlencoded") ? BODY_FORM : BODY_RAW;
	buf_init(&b->raw, (size_t)b->max);
	return 0;
}

int
body_feed(struct body *b, const char *p, size_t n)
{
	b->n += (int64_t)n;
	if (b->n > b->max)
		return body_refuse(b, 413, "请求正文过大,最多 %lld 字节。/ The body is too large: at most %lld bytes.",
		    (long long)b->max, (long long)b->max);
	switch (b->kind) {
	case BODY_DISCARD:
		break;
	case BODY_RAW:
	case BODY_FORM:
		buf_add(&b->raw, (struct text){ p, n });
		if (buf_rc(&b->raw) != RC_OK)
			return body_refuse(b, 503, "%s", no_memory);
		break;
	case BODY_PARTS:
		if (MHD_post_process(b->pp, p, n) != MHD_YES)
			return b->status != 0 ? b->status :
			    body_refuse(b, 400, "multipart 请求格式有误。/ The multipart body is malformed.");
		break;
	}
	return 0;
}

int
body_end(struct body *b)
{
	enum MHD_Result whole;

	if (b->kind != BODY_PARTS)
		return 0;
	whole = MHD_destroy_post_processor(b->pp);
	b->pp = NULL;
	if (b->status == 0 && whole != MHD_YES)
		return body_refuse(b, 400, "multipart 请求不完整。/ The multipart body is incomplete.");
	return b->status != 0 ? b->status : part_close(b);
}

void
body_free(struct body *b)
{
	if (b->pp != NULL)
		(void)MHD_destroy_post_processor(b->pp);
	b->pp = NULL;
	for (size_t i = 0; i < b->n_files; i++) {
		if (b->uploads[i].fd >= 0)
			close(b->uploads[i].fd);
		if (!b->uploads[i].taken)
			(void)unlink(b->files[i].path.p);
	}
	b->n_files = 0;
	buf_free(&b->raw);
	buf_free(&b->value);
	arena_free(b->mem);
	b->mem = NULL;
}

struct text
http_file_take(const struct http_file *file)
{
	*file->taken = true;
	return file->path;
}
