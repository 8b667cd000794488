/* Papers of a case: handed out as files, never shown inside our pages; taken in after a look at their first bytes. */
#include "supply/desk/desk_internal.h"

#include "base/code.h"

#include <stdio.h>

struct file_arg { struct case_id id; struct attachment files[UPLOADS_PER_REQUEST]; size_t n; };

static enum rc
file_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct file_arg *arg = argument;

	return request_attachments(tx, actor, arg->id, arg->files, UPLOADS_PER_REQUEST, &arg->n);
}

static enum rc
read_file(struct exchange *x, const struct attachment *f)
{
	char hex[65], chunk[16384];
	struct text path;
	FILE *in;
	size_t n;

	hex_print(f->sha256, sizeof f->sha256, hex);
	path = arena_format(x->ctx->mem, "%s/files/%s", frame_site_get()->state, hex);
	in = path.p ? fopen(path.p, "rb") : NULL;
	if (in == NULL)
		return RC_UNAVAILABLE;
	while ((n = fread(chunk, 1, sizeof chunk, in)) > 0)
		buf_add(&x->out->body, (struct text){ chunk, n });
	n = (size_t)ferror(in);
	fclose(in);
	return n == 0 ? buf_rc(&x->out->body) : RC_UNAVAILABLE;
}

/* RFC 8187: the name as it was, for whoever can read it; nothing in it can end the header. */
static struct text
disposition(struct exchange *x, struct text name)
{
	struct text ret;
	struct buf b;

	buf_init(&b, 4096);
	buf_add(&b, TEXT("attachment; filename*=UTF-8''"));
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-')
			buf_char(&b, c);
		else
			buf_printf(&b, "%%%02X", (unsigned)(unsigned char)c);
	}
	ret = buf_rc(&b) == RC_OK ? arena_text(x->ctx->mem, buf_text(&b)) : TEXT("attachment");
	buf_free(&b);
	return ret.p ? ret : TEXT("attachment");
}

enum rc
file_page(struct exchange *x)
{
	struct file_arg *arg = ARENA_NEW(x->ctx->mem, struct file_arg);
	int64_t at = 0;
	enum rc rc;

	if (arg == NULL)
		return RC_NO_MEMORY;
	rc = http_segment_id(x, "id", &arg->id.n);
	if (rc == RC_OK)
		rc = http_segment_id(x, "n", &at);
	if (rc == RC_OK)
		rc = db_read(x->ctx, file_tx, arg);
	if (rc != RC_OK || at < 1 || (size_t)at > arg->n)
		return rc != RC_OK ? rc : RC_NOT_FOUND;
	rc = read_file(x, &arg->files[at - 1]);
	if (rc != RC_OK)
		return rc;
	x->out->type = arena_text(x->ctx->mem, arg->files[at - 1].type).p;
	http_header(x->out, "Content-Disposition", disposition(x, arg->files[at - 1].name));
	http_header(x->out, "X-Content-Type-Options", TEXT("nosniff"));
	return RC_OK;
}

static enum rc
take_file(struct exchange *x, struct case_id id, const struct http_file *f)
{
	struct attachment a = { .bytes = f->size, .name = f->name };
	const char *type = NULL;
	enum upload_fault fault = upload_check(f->head, f->name, f->size, &type);

	if (fault != UPLOAD_FINE) {
		findings_add(&x->findings, "file", upload_fault_label(fault), 0);
		return RC_INVALID;
	}
	a.type = text_of(type);
	for (size_t i = 0; i < sizeof a.sha256; i++)
		a.sha256[i] = f->sha256[i];
	return intake_attach(x->ctx, frame_idem_key(x), id, frame_site_get()->state, f->path, &a); /* what is not kept goes with the request */
}

/* The one file of an upload; what is wrong with it is a finding on "file". */
enum rc
desk_take_files(struct exchange *x, struct case_id id)
{
	enum rc rc;

	if (x->in->n_files == 0) {
		findings_add(&x->findings, "file", T("请先选一个文件"), 0);
		rc = RC_INVALID;
	} else {
		rc = take_file(x, id, &x->in->files[0]);
	}
	if (rc == RC_TOO_LARGE) {
		findings_add(&x->findings, "file", upload_fault_label(UPLOAD_COUNT), 0);
		rc = RC_INVALID;
	}
	return rc;
}

enum rc
files_post(struct exchange *x)
{
	struct case_id id;
	enum rc rc = http_segment_id(x, "id", &id.n);

	if (rc != RC_OK)
		return rc;
	rc = desk_take_files(x, id);
	return case_end(x, id, "", rc, "files");
}
