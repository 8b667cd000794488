#include "evaluation/page/page.h"

#include "evaluation/complaint/complaint.h"
#include "evaluation/review/review.h"
#include "kit/msg/msg.h"
#include "resources/identity/identity.h"
#include "supply/frame/frame.h"

struct panel_arg { struct case_id id; struct review v[4]; size_t n; };

static enum rc
panel_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct panel_arg *a = arg;

	return review_list(tx, actor, a->id, a->v, 4, &a->n);
}

void
evaluation_review_panel(struct html *h, struct exchange *x, struct case_id id)
{
	struct panel_arg a = { .id = id };

	if (db_read(x->ctx, panel_tx, &a) != RC_OK || a.n == 0)
		return;
	ui_section_open(h, T("求助人的评价"));
	for (size_t i = 0; i < a.n; i++) {
		const struct ui_fact facts[] = {
			{ T("评价"), text_of(msg(x->ctx->lang, grade_label(a.v[i].grade))), TEXT_NONE },
			{ T("留言"), a.v[i].comment, TEXT_NONE },
		};

		ui_facts(h, facts, a.v[i].grade != GRADE_NONE ? 2 : 1);
		if (a.v[i].grade == GRADE_NONE)
			ui_paragraph(h, T("请求助人自己评：扫回执上的二维码，或在“查进度”输入查询码。工作人员的页面上没有评价入口，办过这件事的人和同一站点的人不能代评。"));
	}
	ui_section_close(h);
}

struct count_arg { struct follow_up f[50]; size_t n; };

static enum rc
count_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct count_arg *a = arg;

	return follow_up_mine(tx, actor, a->f, 50, &a->n);
}

int64_t
evaluation_follow_ups(struct exchange *x)
{
	struct count_arg *a = ARENA_NEW(x->ctx->mem, struct count_arg);

	if (a == NULL || !actor_may(x->ctx->actor, RIGHT_SUPERVISE) || db_read(x->ctx, count_tx, a) != RC_OK)
		return -1;
	return (int64_t)a->n;
}

static enum rc
complaints_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	return complaint_count(tx, actor, arg);
}

int64_t
evaluation_complaints(struct exchange *x)
{
	int64_t n = 0;

	return actor_may(x->ctx->actor, RIGHT_SUPERVISE) && db_read(x->ctx, complaints_tx, &n) == RC_OK ? n : -1;
}

const struct route evaluation_routes[] = {
	{ HTTP_GET, "/desk/supervise", RIGHT_SUPERVISE, supervise_get, NULL, T("督办"), 0, 0 },
	{ HTTP_GET, "/desk/follow-up/{id}", RIGHT_SUPERVISE, follow_up_get, NULL, T("差评回访"), 0, 0 },
	{ HTTP_POST, "/desk/follow-up/{id}", RIGHT_SUPERVISE, follow_up_post, &follow_up_form, T("差评回访"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_POST, "/desk/follow-up/{id}/take", RIGHT_SUPERVISE, follow_up_take_post, &follow_up_take_form, T("认领差评回访"), 0, 0 },
	{ HTTP_GET, "/desk/figures", RIGHT_FIGURES, figures_get, &figures_form, T("统计"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/figures.csv", RIGHT_FIGURES, figures_csv_get, &figures_form, T("统计"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/figures/legalaid", RIGHT_FIGURES, aid_figures_get, &aid_span_form, T("法律援助统计"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/figures/legalaid.csv", RIGHT_FIGURES, aid_figures_csv_get, &aid_span_form, T("法律援助统计"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/figures/legalaid.xlsx", RIGHT_FIGURES, aid_figures_xlsx_get, &aid_span_form, T("法律援助统计"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/figures/legalaid/{figure}", RIGHT_FIGURES, aid_records_get, &aid_span_form, T("法律援助统计明细"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/figures/mediation", RIGHT_FIGURES, mediation_figures_get, &mediation_month_form, T("人民调解统计"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/figures/mediation.csv", RIGHT_FIGURES, mediation_figures_csv_get, &mediation_month_form, T("人民调解统计"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/figures/mediation.xlsx", RIGHT_FIGURES, mediation_figures_xlsx_get, &mediation_month_form, T("人民调解统计"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/figures/mediation/records", RIGHT_FIGURES, mediation_records_get, &mediation_month_form, T("这个数里的案件"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/figures/writing", RIGHT_FIGURES, writing_figures_get, &writing_span_form, T("代写文书统计"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/figures/calls", RIGHT_FIGURES, calls_figures_get, &calls_span_form, T("值班电话统计"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/figures/records", RIGHT_FIGURES, figures_records_get, &figures_form, T("统计明细"), ROUTE_FORM_KEPT, 0 },
};
const size_t evaluation_routes_n = sizeof evaluation_routes / sizeof evaluation_routes[0];
