/* A month of a station, or of a village, to be printed and hung up: who comes when, whom to ring, a code that leads to today. */
#include "supply/desk/roster_internal.h"

#include "kit/pdf/pdf.h"
#include "standards/holidays/holidays.h"

#define SHOWN 120

struct poster {
	enum duty_whose whose;
	int64_t id;                /* of the point, of the village */
	struct point p;            /* there == false: nowhere to sit, and no page to lead to */
	bool there;
	struct text name;
	int month;
	struct day from, to;
	struct duty_public v[SHOWN];
	size_t n;
};

static enum rc
poster_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct poster *p = argument;

	return duty_of_public(tx, actor, p->whose, p->id, p->from, p->to, p->v, SHOWN, &p->n);
}

/* "9:00 起，3 小时" */
static struct text
hours_text(const struct exchange *x, const struct poster *p, const struct duty_public *d)
{
	int opens = p->there ? point_first_opening(&p->p, d->day, holidays_current()) : -1;
	struct text span = roster_hours(x, d->minutes);

	return opens < 0 ? span : arena_format(x->ctx->mem, "%02d:%02d %s %.*s", opens / 60, opens % 60, msg(x->ctx->lang, T("起")), (int)span.n, span.p);
}

static void
put_rows(struct exchange *x, struct pdf *pdf, const struct poster *p)
{
	static const int weights[] = { 4, 5, 8, 5 };
	struct pdf_cell head[4] = { { desk_say(x, T("哪一天")), 1, true }, { desk_say(x, T("谁")), 1, true }, { desk_say(x, T("哪里的")), 1, true },
		{ desk_say(x, T("什么时候")), 1, true } };

	pdf_table_open(pdf, weights, 4);
	pdf_table_row(pdf, head, 4);
	for (size_t i = 0; i < p->n; i++) {
		struct pdf_cell cells[4] = { { roster_day_text(x, p->v[i].day), 1, false }, { p->v[i].name, 1, false }, { p->v[i].firm, 1, false },
			{ p->v[i].away ? desk_say(x, T("这天来不了")) : hours_text(x, p, &p->v[i]), 1, false } };

		pdf_table_row(pdf, cells, 4);
	}
	pdf_table_close(pdf);
}

static void
put_where(struct exchange *x, struct pdf *pdf, const struct poster *p)
{
	if (!p->there)
		return;
	pdf_flush(pdf, arena_format(x->ctx->mem, "%s：%.*s", msg(x->ctx->lang, T("地址")), (int)p->p.address.n, p->p.address.p));
	pdf_flush(pdf, arena_format(x->ctx->mem, "%s：%.*s", msg(x->ctx->lang, T("站点电话")), (int)p->p.phone.n, p->p.phone.p));
}

static enum rc
draw(struct exchange *x, const struct poster *p)
{
	struct pdf_spec spec = { .title = p->name, .moment_ms = x->ctx->now_ms, .foot = p->there ? desk_say(x, T("扫一扫看今天谁值班")) : TEXT("") };
	struct pdf *pdf = NULL;
	enum rc rc;

	if (p->there)
		spec.code_url = arena_format(x->ctx->mem, "%s/points/%.*s", frame_site_get()->public_url, (int)p->p.code.n, p->p.code.p);
	if (spec.code_url.n > PDF_QR_MAX)
		spec.code_url = TEXT_NONE;
	rc = pdf_open(&spec, &pdf);
	if (rc != RC_OK)
		return rc;
	pdf_title(pdf, p->name);
	pdf_number(pdf, arena_format(x->ctx->mem, "%s %s", roster_month_text(x, p->month).p, msg(x->ctx->lang, T("律师、法律工作者值班表"))));
	put_where(x, pdf, p);
	pdf_space(pdf, 1);
	if (p->n > 0)
		put_rows(x, pdf, p);
	else
		pdf_para(pdf, desk_say(x, T("这个月还没有排人来。")));
	pdf_note(pdf, desk_say(x, T("临时有变动的，以扫码看到的为准。急事随时可以打 12348。")));
	return pdf_close(pdf, &x->out->body);
}

static enum rc
answer(struct exchange *x, struct poster *p)
{
	uint32_t days = 0;
	enum rc rc;

	p->month = roster_month_query(x, duty_month_of(desk_today(x)));
	rc = duty_month_days(p->month, &p->from, &days);
	if (rc != RC_OK)
		return rc;
	p->to = day_add(p->from, (int)days - 1);
	rc = db_read(x->ctx, poster_tx, p);
	if (rc == RC_OK)
		rc = draw(x, p);
	if (rc != RC_OK)
		return rc;
	x->out->type = "application/pdf";
	http_header(x->out, "Content-Disposition", TEXT("inline; filename=\"duty.pdf\""));
	return RC_OK;
}

enum rc
roster_point_poster(struct exchange *x)
{
	struct poster *p = ARENA_NEW(x->ctx->mem, struct poster);
	enum rc rc = p == NULL ? RC_NO_MEMORY : network_find_code(x->ctx, http_segment(x, "code"), &p->p);

	if (rc != RC_OK)
		return rc;
	p->whose = DUTY_OF_STATION;
	p->id = p->p.id;
	p->there = true;
	p->name = desk_name(x, p->p.name, p->p.name_en);
	return answer(x, p);
}

enum rc
roster_village_poster(struct exchange *x)
{
	struct poster *p = ARENA_NEW(x->ctx->mem, struct poster);
	const struct division *d;
	enum rc rc = p == NULL ? RC_NO_MEMORY : int64_parse(http_segment(x, "code"), 1, INT64_MAX, &p->id) == RC_OK ? RC_OK : RC_NOT_FOUND;

	if (rc != RC_OK)
		return rc;
	d = region_find((struct place){ p->id }, desk_today(x));
	if (d == NULL || d->level != PLACE_VILLAGE || p->id / 100000000 != x->ctx->actor->city)
		return RC_NOT_FOUND;
	p->whose = DUTY_OF_VILLAGE;
	p->name = desk_name(x, d->name, d->name_en);
	rc = network_serving(x->ctx, d->place, desk_today(x), &p->p);
	p->there = rc == RC_OK;
	return rc == RC_OK || rc == RC_NOT_FOUND ? answer(x, p) : rc;
}
