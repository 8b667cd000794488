/* Small words of the pages of quality, and what stands of it on other pages. */
#include "evaluation/page/quality_internal.h"

struct text
qp_say(const struct exchange *x, const char *zh)
{
	return text_of(msg(x->ctx->lang, zh));
}

struct text
qp_day(const struct exchange *x, struct day d)
{
	char out[16];

	return day_is_none(d) ? TEXT_NONE : arena_text(x->ctx->mem, day_print(d, out));
}

struct text
qp_when(const struct exchange *x, int64_t at_ms)
{
	char out[32];

	return at_ms <= 0 ? TEXT_NONE : arena_text(x->ctx->mem, moment_print(at_ms, out));
}

struct text
qp_int(const struct exchange *x, int64_t n)
{
	return arena_format(x->ctx->mem, "%lld", (long long)n);
}

struct text
qp_key(const struct exchange *x)
{
	char hex[33];

	idem_key_hex(idem_key_new(), hex);
	return arena_text(x->ctx->mem, text_of(hex));
}

struct text
qp_join(const struct exchange *x, struct text a, struct text b)
{
	if (a.n == 0 || b.n == 0)
		return a.n == 0 ? b : a;
	return arena_format(x->ctx->mem, "%.*s · %.*s", (int)a.n, a.p, (int)b.n, b.p);
}

struct text
qp_points(const struct exchange *x, int64_t tenths)
{
	return tenths < 0 ? TEXT("–") : arena_format(x->ctx->mem, "%lld.%lld", (long long)(tenths / 10), (long long)(tenths % 10));
}

struct text
qp_sayn(const struct exchange *x, const char *zh, int64_t n)
{
	struct finding f = { .message = zh, .bound = n };

	return finding_text(x->ctx->mem, x->ctx->lang, &f);
}

struct text
qp_refusal(const struct exchange *x, struct quality_verdict v)
{
	return qp_sayn(x, quality_no_label(v.why), v.bound);
}

struct text
qp_query(const struct exchange *x, const char *name)
{
	return params_get(x->in->query, name);
}

enum ui_tone
qp_tone(enum quality_grade g)
{
	return g == QUALITY_FAIL ? UI_LATE : g == QUALITY_PASS ? UI_SOON : g == QUALITY_NO_GRADE ? UI_INFO : UI_OK;
}

bool
qp_trouble(struct exchange *x, enum rc rc, struct quality_verdict v, struct text *ret)
{
	if (rc != RC_REFUSED && rc != RC_INVALID && rc != RC_CONFLICT && rc != RC_DUPLICATE)
		return false;
	x->out->status = http_status_of(rc);
	*ret = rc == RC_REFUSED ? qp_refusal(x, v)
	    : rc == RC_CONFLICT ? qp_say(x, T("刚才有人改过了，没有覆盖任何东西。您填的内容还在，核对后再交。"))
	    : rc == RC_DUPLICATE ? qp_say(x, T("这一份以前已经提交过，这次没有再记。")) : qp_say(x, T("有一项填得不对，请核对。"));
	return true;
}

void
qp_back(struct html *h, struct text href, const char *label)
{
	html_raw(h, "<p>");
	ui_link(h, href, label);
	html_raw(h, "</p>");
}

/* ---- on other pages ------------------------------------------------------------------------------------------ */

struct of_provider { int64_t id; struct quality_figure f; };

static enum rc
provider_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct of_provider *p = arg;

	return quality_of_provider(tx, actor, p->id, &p->f);
}

struct text
evaluation_provider_quality(struct exchange *x, int64_t provider)
{
	struct of_provider p = { .id = provider };

	if (db_read(x->ctx, provider_tx, &p) != RC_OK || p.f.files == 0)
		return TEXT_NONE;
	return qp_join(x, arena_format(x->ctx->mem, "%s %.*s", msg(x->ctx->lang, T("案件质量")), (int)qp_points(x, p.f.tenths / p.f.files).n,
	    qp_points(x, p.f.tenths / p.f.files).p), qp_join(x, qp_sayn(x, T("评过 %lld 件"), p.f.files),
	    p.f.grade[QUALITY_FAIL] > 0 ? qp_sayn(x, T("不合格 %lld 件"), p.f.grade[QUALITY_FAIL]) : TEXT_NONE));
}

struct of_case { struct case_id id; struct quality_file v[8]; size_t n; };

static enum rc
case_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct of_case *c = arg;

	return quality_files_of(tx, actor, c->id, c->v, 8, &c->n);
}

/* A link, and what somebody who pays has to know: nothing is withheld by itself. */
void
evaluation_aid_quality(struct html *h, struct exchange *x, struct case_id id)
{
	struct of_case *c = ARENA_NEW(x->ctx->mem, struct of_case);
	const struct quality_file *f;

	if (c == NULL)
		return;
	c->id = id;
	if (db_read(x->ctx, case_tx, c) != RC_OK)
		return;
	f = c->n > 0 ? &c->v[c->n - 1] : NULL;
	if (f != NULL && (f->grade == QUALITY_FAIL || f->rectify == QUALITY_ORDERED || f->rectify == QUALITY_ANSWERED)
	    && f->rectify != QUALITY_ACCEPTED)
		ui_notice_say(h, UI_SOON, T("案件质量评查不合格，整改没有完"), T("补贴发不发、发多少由您决定，系统不会自动扣减。"));
	html_raw(h, "<p>");
	ui_link(h, arena_format(x->ctx->mem, "/desk/request/%lld/quality", (long long)id.n), T("案件质量：评查、旁听、回访"));
	html_raw(h, "</p>");
}
