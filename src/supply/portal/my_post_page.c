/* What the resident does on the page of the own request. */
#include "supply/portal/my_internal.h"

#include "evaluation/complaint/complaint.h"
#include "supply/notify/notify.h"

#include <stddef.h>
#include <stdio.h>

#include "base/utf8.h"
#include "kit/msg/msg.h"

struct my_code { struct text code; };
static const struct field code_fields[] = {
	{ .key = "code", .kind = FIELD_CODE, .label = T("查询码"), .hint = T("回执上的 16 位，大小写、横线都不用管。投诉的查询码也在这里输入。"),
	  .required = true, .offset = offsetof(struct my_code, code) },
};
const struct form my_form = FORM_OF("my.code", T("查进度"), code_fields, struct my_code);

static const struct field say_fields[] = {
	{ .key = "body", .kind = FIELD_PARAGRAPH, .label = T("想说什么"), .required = true, .min = 1, .max = 1000,
	  .offset = offsetof(struct my_say, body) },
};
const struct form my_say_form = FORM_OF("my.say", T("留言"), say_fields, struct my_say);

struct my_withdraw { struct text reason; };
static const struct field withdraw_fields[] = {
	{ .key = "reason", .kind = FIELD_PARAGRAPH, .label = T("为什么撤回"), .max = 300,
	  .offset = offsetof(struct my_withdraw, reason) },
};
const struct form my_withdraw_form = FORM_OF("my.withdraw", T("撤回求助"), withdraw_fields, struct my_withdraw);

/* The code of a complaint opens the page of the complaint. */
struct complaint_at { struct text code; struct complaint_whole w; };

static enum rc
complaint_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct complaint_at *at = arg;

	return complaint_load_code(tx, actor, at->code, &at->w);
}

static bool
is_complaint(struct exchange *x, struct text code)
{
	struct complaint_at *at = ARENA_NEW(x->ctx->mem, struct complaint_at);

	if (at == NULL)
		return false;
	at->code = code;
	return db_read(x->ctx, complaint_tx, at) == RC_OK;
}

/* ---- the code ---------------------------------------------------------------------------------------- */

enum rc
my_post(struct exchange *x)
{
	struct receipt receipt;
	enum rc rc;

	x->out->status = 422;
	if (x->form_rc != RC_OK)
		return my_ask_code(x, &x->typed, &x->findings);
	if (is_complaint(x, ((const struct my_code *)x->values)->code)) {
		x->out->status = 0;
		http_redirect(x->out, portal_path(x, "/c/", ((const struct my_code *)x->values)->code));
		return RC_OK;
	}
	rc = receipt_enter_code(x, ((const struct my_code *)x->values)->code, &receipt);
	if (rc == RC_NOT_FOUND) {
		findings_add(&x->findings, "code", T("没有这个查询码，请核对"), 0);
		return my_ask_code(x, &x->typed, &x->findings);
	}
	if (rc == RC_TOO_MANY) {
		x->out->status = 429;
		findings_add(&x->findings, "code", T("试错次数太多，请等 %lld 秒再试"), receipt.wait_s);
		return my_ask_code(x, &x->typed, &x->findings);
	}
	x->out->status = 0;
	if (rc != RC_OK)
		return rc;
	receipt_keep(x, receipt.code);
	http_redirect(x->out, TEXT("/my"));
	return RC_OK;
}

enum rc
my_leave_post(struct exchange *x)
{
	receipt_forget(x);
	http_redirect(x->out, TEXT("/"));
	return RC_OK;
}

/* ---- talking, withdrawing ------------------------------------------------------------------------------- */

static enum rc
show_again(struct exchange *x, struct receipt *receipt, const struct form *form)
{
	x->out->status = 422;
	return my_show(x, receipt, &(struct my_again){ form, &x->typed, &x->findings, false });
}

/* It was closed meanwhile: what was typed is shown, with why it was not sent. */
static enum rc
after(struct exchange *x, struct receipt *receipt, const struct form *form, const char *field, enum rc rc)
{
	if (rc == RC_CONFLICT) {
		findings_add(&x->findings, field, T("这件事刚刚有了新变化，没有发出去。请看最新情况"), 0);
		x->out->status = 409;
		return my_show(x, receipt, &(struct my_again){ form, &x->typed, &x->findings, false });
	}
	if (rc == RC_DUPLICATE) { /* an old page sent again with other words */
		findings_add(&x->findings, field, T("这一页以前已经发过一次。改动的内容还没有发出，请再按一次"), 0);
		x->out->status = 409;
		return my_show(x, receipt, &(struct my_again){ form, &x->typed, &x->findings, true });
	}
	if (rc != RC_OK)
		return rc;
	http_redirect(x->out, TEXT("/my"));
	return RC_OK;
}

enum rc
my_say_post(struct exchange *x)
{
	struct receipt receipt;
	bool in;
	enum rc rc = receipt_enter_or_ask(x, &receipt, &in);

	if (!in)
		return rc;
	if (x->form_rc != RC_OK)
		return show_again(x, &receipt, &my_say_form);
	rc = consult_say(&receipt.ctx, frame_idem_key(x), (struct case_id){ receipt.actor.request },
	    ((const struct my_say *)x->values)->body);
	return after(x, &receipt, &my_say_form, "body", rc);
}

enum rc
my_withdraw_post(struct exchange *x)
{
	struct receipt receipt;
	bool in;
	enum rc rc = receipt_enter_or_ask(x, &receipt, &in);

	if (!in)
		return rc;
	if (x->form_rc != RC_OK)
		return show_again(x, &receipt, &my_withdraw_form);
	rc = intake_withdraw(&receipt.ctx, frame_idem_key(x), ((const struct my_withdraw *)x->values)->reason);
	return after(x, &receipt, &my_withdraw_form, "reason", rc);
}

/* ---- papers ------------------------------------------------------------------------------------------------ */

/* As sent, without folders and with nothing in it that a page cannot show. */
static struct text
clean_name(struct text name)
{
	size_t from = 0;

	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] == '/' || name.p[i] == '\\')
			from = i + 1;
	name = (struct text){ name.p + from, name.n - from };
	if (utf8_check(name, false) != UTF8_FINE || utf8_length(name) > 120)
		return TEXT("upload");
	return name;
}

static enum rc
hash_file(struct exchange *x, struct text path, unsigned char out[static 32])
{
	struct crypt_hasher hasher;
	char block[16384];
	struct text name = arena_text(x->ctx->mem, path);
	FILE *f = name.p ? fopen(name.p, "rbe") : NULL;
	size_t n;
	bool bad;

	if (!f)
		return RC_UNAVAILABLE;
	crypt_hasher_start(&hasher);
	while ((n = fread(block, 1, sizeof block, f)) > 0)
		crypt_hasher_add(&hasher, (struct text){ block, n });
	bad = ferror(f) != 0;
	fclose(f);
	crypt_hasher_end(&hasher, out);
	return bad ? RC_UNAVAILABLE : RC_OK;
}

/* One key for each file, made of the form's: a form sent twice attaches nothing twice. */
static struct idem_key
key_of_file(struct idem_key key, size_t i)
{
	key.b[0] = (unsigned char)(key.b[0] ^ (i + 1));
	return key;
}

static enum rc
attach(struct exchange *x, struct receipt *receipt, const struct http_file *in, const char *type, size_t i)
{
	struct attachment file = { .bytes = in->size, .name = clean_name(in->name), .type = text_of(type) };
	enum rc rc = hash_file(x, in->path, file.sha256);

	if (rc != RC_OK)
		return rc;
	return intake_attach(&receipt->ctx, key_of_file(frame_idem_key(x), i),
	    (struct case_id){ receipt->actor.request }, frame_site_get()->state, in->path, &file);
}

/* An empty file field is sent as a file without name. */
static bool
is_file(const struct http_file *f)
{
	return f->name.n > 0 || f->size > 0;
}

static enum upload_fault
check_files(struct exchange *x, const char **types, size_t *ret_n)
{
	enum upload_fault fault = UPLOAD_FINE;

	*ret_n = 0;
	for (size_t i = 0; i < x->in->n_files && fault == UPLOAD_FINE; i++) {
		const struct http_file *f = &x->in->files[i];

		if (!is_file(f))
			continue;
		if (*ret_n == UPLOADS_PER_REQUEST)
			return UPLOAD_COUNT;
		fault = upload_check(f->head, f->name, f->size, &types[(*ret_n)++]);
	}
	return fault;
}

static enum rc
show_file_fault(struct exchange *x, struct receipt *receipt, const char *why)
{
	findings_add(&x->findings, "files", why, 0);
	return show_again(x, receipt, NULL);
}

enum rc
my_files_post(struct exchange *x)
{
	const char *types[UPLOADS_PER_REQUEST];
	struct receipt receipt;
	enum upload_fault fault;
	size_t n = 0, at = 0;
	bool in;
	enum rc rc = receipt_enter_or_ask(x, &receipt, &in);

	if (!in)
		return rc;
	fault = check_files(x, types, &n);
	if (fault != UPLOAD_FINE)
		return show_file_fault(x, &receipt, upload_fault_label(fault));
	if (n == 0)
		return show_file_fault(x, &receipt, T("还没有选择文件"));
	for (size_t i = 0; rc == RC_OK && i < x->in->n_files; i++)
		if (is_file(&x->in->files[i])) {
			rc = attach(x, &receipt, &x->in->files[i], types[at], at);
			at++;
		}
	if (rc == RC_TOO_LARGE)
		return show_file_fault(x, &receipt, upload_fault_label(UPLOAD_COUNT));
	return after(x, &receipt, NULL, "files", rc);
}

/* ---- messages ------------------------------------------------------------------------------------------- */

enum rc
my_notices_post(struct exchange *x)
{
	struct receipt receipt;
	bool in = false;
	enum rc rc = receipt_enter_or_ask(x, &receipt, &in);

	if (!in)
		return rc;
	rc = notify_off_set(&receipt.ctx, text_equals(params_get(x->in->form, "off"), TEXT("1")));
	if (rc == RC_OK)
		http_redirect(x->out, TEXT("/my"));
	return rc;
}
