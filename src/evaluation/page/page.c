#include "evaluation/page/page.h"

#include "evaluation/review/review.h"
#include "kit/msg/msg.h"
#include "resources/identity/identity.h"
#include "supply/frame/frame.h"

#include "base/code.h"

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
	unsigned char code[10];
	char words[20];
	struct text url;

	if (db_read(x->ctx, panel_tx, &a) != RC_OK || a.n == 0)
		return;
	ui_section_open(h, T("请求助人评价"));
	for (size_t i = 0; i < a.n; i++) {
		struct ui_fact facts[] = {
			{ T("评价"), text_of(msg(x->ctx->lang, grade_label(a.v[i].grade))), TEXT_NONE },
			{ T("留言"), a.v[i].comment, TEXT_NONE },
		};

		if (a.v[i].grade != GRADE_NONE) {
			ui_facts(h, facts, 2);
			continue;
		}
		review_code(x->ctx->crypt, x->ctx->actor->city, id, a.v[i].act, code);
		code_print(code, words);
		url = arena_format(x->ctx->mem, "%s/v/%s", frame_site_get()->public_url, words);
		ui_paragraph(h, T("请求助人用手机扫一扫，或打开下面的链接，五档选一。承办人不能代为评价。"));
		ui_link_text(h, arena_format(x->ctx->mem, "/v/%s", words), url);
		ui_qr(h, url, T("评价二维码"));
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

const struct route evaluation_routes[] = {
	{ HTTP_GET, "/desk/supervise", RIGHT_SUPERVISE, supervise_get, NULL, T("督办"), 0, 0 },
	{ HTTP_GET, "/desk/follow-up/{id}", RIGHT_SUPERVISE, follow_up_get, NULL, T("差评回访"), 0, 0 },
	{ HTTP_POST, "/desk/follow-up/{id}", RIGHT_SUPERVISE, follow_up_post, &follow_up_form, T("差评回访"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/figures", RIGHT_FIGURES, figures_get, &figures_form, T("统计"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/figures.csv", RIGHT_FIGURES, figures_csv_get, &figures_form, T("统计"), ROUTE_FORM_KEPT, 0 },
	{ HTTP_GET, "/desk/figures/records", RIGHT_FIGURES, figures_records_get, &figures_form, T("统计明细"), ROUTE_FORM_KEPT, 0 },
};
const size_t evaluation_routes_n = sizeof evaluation_routes / sizeof evaluation_routes[0];
