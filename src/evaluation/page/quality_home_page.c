/* What is mine to score, what waits for whoever manages, who is to be asked, and the rounds. */
#include "evaluation/page/quality_internal.h"

#include "resources/identity/identity.h"
#include "standards/region/region.h"

struct home {
	struct quality_task mine[QP_ROWS];
	struct quality_file own[QP_ROWS], waiting[QP_ROWS];
	struct quality_round rounds[60];
	struct quality_call calls[60];
	struct quality_voice low[30];
	struct quality_bounds bounds;
	size_t n_mine, n_own, n_waiting, n_rounds, n_calls, n_low;
	bool manages, asks;
};

static enum rc
home_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct home *p = arg;
	enum rc rc = quality_mine(tx, actor, p->mine, QP_ROWS, &p->n_mine);

	if (rc == RC_OK)
		rc = quality_own(tx, actor, p->own, QP_ROWS, &p->n_own);
	if (rc == RC_OK)
		rc = quality_bounds_read(tx, actor, &p->bounds);
	if (rc == RC_OK && p->manages)
		rc = quality_waiting(tx, actor, p->waiting, QP_ROWS, &p->n_waiting);
	if (rc == RC_OK && p->manages)
		rc = quality_rounds(tx, actor, p->rounds, 60, &p->n_rounds);
	if (rc == RC_OK && p->asks)
		rc = quality_calls(tx, actor, p->calls, 60, &p->n_calls);
	if (rc == RC_OK && p->manages)
		rc = quality_voices_low(tx, actor, p->low, 30, &p->n_low);
	return rc;
}

static struct text
case_path(const struct exchange *x, int64_t request)
{
	return arena_format(x->ctx->mem, "/desk/request/%lld/quality", (long long)request);
}

static void
put_tasks(struct exchange *x, struct html *h, const char *title, const struct home *p, bool open)
{
	static const struct ui_column columns[] = { { T("案件"), false }, { T("评查"), false }, { T("承办机构"), false }, { T("给我的日子"), false },
		{ T("状态"), false }, { T("我的评分"), true } };
	struct ui_table t;

	ui_table_open(&t, h, title, columns, 6);
	for (size_t i = 0; i < p->n_mine; i++) {
		const struct quality_task *k = &p->mine[i];

		if ((k->state == QUALITY_GIVEN) != open)
			continue;
		ui_row_open(&t);
		ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/quality/score/%lld", (long long)k->id), k->number);
		ui_cell(&t, k->round_name);
		ui_cell(&t, k->firm_name);
		ui_cell(&t, qp_day(x, day_of_moment(k->given_ms)));
		ui_cell_say(&t, quality_task_label(k->state));
		ui_cell(&t, k->score < 0 ? TEXT("–") : qp_int(x, k->score));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

/* What is to be scored lies open, what was scored behind a line. */
static void
put_mine(struct exchange *x, struct html *h, const struct home *p)
{
	size_t done = 0;

	if (p->n_mine == 0)
		return;
	for (size_t i = 0; i < p->n_mine; i++)
		done += p->mine[i].state != QUALITY_GIVEN;
	ui_section_open(h, T("请我评的"));
	if (done < p->n_mine)
		put_tasks(x, h, T("请我评的"), p, true);
	if (done > 0) {
		html_raw(h, "<details class=\"why\"><summary>");
		html_text(h, qp_sayn(x, T("以前评的 %lld 件"), (int64_t)done));
		html_raw(h, "</summary>");
		put_tasks(x, h, T("以前评的"), p, false);
		html_raw(h, "</details>");
	}
	ui_section_close(h);
}

/* What a file waits for, in words. */
static struct text
waits_for(const struct exchange *x, const struct quality_file *f)
{
	if (f->rectify == QUALITY_ORDERED || f->rectify == QUALITY_ANSWERED) {
		bool late = f->rectify == QUALITY_ORDERED && f->rectify_due.n < day_of_moment(x->ctx->now_ms).n;

		return qp_join(x, qp_say(x, quality_rectify_label((enum quality_rectify_state)f->rectify)), arena_format(x->ctx->mem, "%s %.*s",
		    msg(x->ctx->lang, late ? T("已过期限") : T("期限")), (int)qp_day(x, f->rectify_due).n, qp_day(x, f->rectify_due).p));
	}
	if (f->state == QUALITY_FINAL)
		return qp_say(x, T("不合格，待要求整改"));
	if (f->state == QUALITY_SCORING)
		return qp_sayn(x, T("还缺 %lld 位专家"), f->lacks);
	return qp_say(x, f->statement_ms != 0 ? T("承办人员已陈述，待定分") : T("等承办人员陈述"));
}

static void
put_files(struct exchange *x, struct html *h, const char *title, const struct quality_file *v, size_t n)
{
	static const struct ui_column columns[] = { { T("案件"), false }, { T("评查"), false }, { T("承办人员"), false }, { T("得分"), true },
		{ T("等什么"), false } };
	struct ui_table t;

	if (n == 0)
		return;
	ui_section_open(h, title);
	ui_table_open(&t, h, title, columns, 5);
	for (size_t i = 0; i < n; i++) {
		ui_row_open(&t);
		ui_cell_link(&t, case_path(x, v[i].request), v[i].number);
		ui_cell(&t, v[i].round_name);
		ui_cell(&t, v[i].provider_name);
		ui_cell(&t, qp_points(x, v[i].score));
		ui_cell(&t, waits_for(x, &v[i]));
		ui_row_close(&t);
	}
	ui_table_close(&t);
	ui_section_close(h);
}

static void
put_rounds(struct exchange *x, struct html *h, const struct home *p)
{
	static const struct ui_column columns[] = { { T("评查"), false }, { T("地方"), false }, { T("结案日期"), false }, { T("可抽"), true },
		{ T("抽中"), true }, { T("已定分"), true }, { T("状态"), false } };
	struct ui_table t;

	ui_section_open(h, T("评查"));
	ui_table_open(&t, h, T("评查"), columns, 7);
	for (size_t i = 0; i < p->n_rounds; i++) {
		const struct quality_round *r = &p->rounds[i];
		struct text from = qp_day(x, r->from), to = qp_day(x, r->to);

		ui_row_open(&t);
		ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/quality/round/%lld", (long long)r->id), r->name);
		ui_cell(&t, region_path(r->place));
		ui_cell(&t, arena_format(x->ctx->mem, "%.*s – %.*s", (int)from.n, from.p, (int)to.n, to.p));
		ui_cell_int(&t, r->files);
		ui_cell_int(&t, r->drawn);
		ui_cell_int(&t, r->done);
		ui_cell_say(&t, quality_round_label(r->state));
		ui_row_close(&t);
	}
	ui_table_close(&t);
	ui_section_close(h);
}

static void
put_calls(struct exchange *x, struct html *h, const struct home *p)
{
	static const struct ui_column columns[] = { { T("案件"), false }, { T("受援人"), false }, { T("结案日期"), false }, { T("试过"), true },
		{ T("最晚哪一天回访"), false } };
	struct ui_table t;

	if (p->n_calls == 0)
		return;
	ui_section_open(h, T("待回访的受援人"));
	ui_table_open(&t, h, T("待回访的受援人"), columns, 5);
	for (size_t i = 0; i < p->n_calls; i++) {
		const struct quality_call *c = &p->calls[i];
		struct day due = day_add(c->closed, (int)p->bounds.visit_days);
		bool late = due.n < day_of_moment(x->ctx->now_ms).n;

		ui_row_open(&t);
		ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/request/%lld/quality/voice?kind=visit", (long long)c->request), c->number);
		ui_cell(&t, c->person_name);
		ui_cell(&t, qp_day(x, c->closed));
		ui_cell_int(&t, c->tries);
		ui_cell_lamp(&t, late ? LAMP_LATE : LAMP_NORMAL, qp_day(x, due));
		ui_row_close(&t);
	}
	ui_table_close(&t);
	ui_section_close(h);
}

static void
put_low(struct exchange *x, struct html *h, const struct home *p)
{
	static const struct ui_column columns[] = { { T("案件"), false }, { T("种类"), false }, { T("哪一天"), false }, { T("说了什么"), false } };
	struct ui_table t;

	if (p->n_low == 0)
		return;
	ui_section_open(h, T("不满意的"));
	ui_paragraph(h, T("还没有评过的，下一次评查不用抽，一定要看。"));
	ui_table_open(&t, h, T("不满意的"), columns, 4);
	for (size_t i = 0; i < p->n_low; i++) {
		const struct quality_voice *v = &p->low[i];
		const struct choice *c = choice_by_value(quality_voice_choices, (int)v->kind);

		ui_row_open(&t);
		ui_cell_link(&t, case_path(x, v->request), v->number);
		ui_cell_say(&t, c != NULL ? c->label : "");
		ui_cell(&t, qp_day(x, v->day));
		ui_cell(&t, v->words);
		ui_row_close(&t);
	}
	ui_table_close(&t);
	ui_section_close(h);
}

enum rc
quality_home_get(struct exchange *x)
{
	struct home *p = ARENA_NEW(x->ctx->mem, struct home);
	struct html h = frame_html(x);
	enum rc rc;

	if (p == NULL)
		return RC_NO_MEMORY;
	p->manages = actor_may(x->ctx->actor, RIGHT_QUALITY);
	p->asks = p->manages || actor_may(x->ctx->actor, RIGHT_CASE_HANDLE);
	rc = db_read(x->ctx, home_tx, p);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("案件质量"), .area = FRAME_QUEUE });
	ui_title(&h, T("案件质量"), TEXT_NONE);
	if (p->manages) {
		html_raw(&h, "<p>");
		ui_button_link(&h, TEXT("/desk/quality/round/new"), T("新的评查"), true);
		html_raw(&h, " ");
		ui_button_link(&h, TEXT("/desk/quality/panel"), T("评估专家和检查单"), false);
		html_raw(&h, " ");
		ui_button_link(&h, TEXT("/desk/quality/seminars"), T("研讨和观摩"), false);
		html_raw(&h, " ");
		ui_button_link(&h, TEXT("/desk/figures/quality"), T("质量统计"), false);
		html_raw(&h, "</p>");
	}
	put_files(x, &h, T("我承办的，等我答复"), p->own, p->n_own);
	put_mine(x, &h, p);
	put_files(x, &h, T("等我处理的"), p->waiting, p->n_waiting);
	put_calls(x, &h, p);
	put_low(x, &h, p);
	if (p->manages)
		put_rounds(x, &h, p);
	else if (p->n_mine + p->n_own + p->n_calls == 0)
		ui_empty(&h, T("没有要您做的"), T("抽中请您评的、要您答复的，会列在这里。"), TEXT("/desk"), T("回到工作台"));
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}
