/* New time limits of an item, and the cases that still run by the old ones: an official takes them over, or not. */
#include "supply/admin/admin_internal.h"

#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* msgfmt -c holds the English to the Chinese */

/* All targets of the item as it is in force today; `try`: what it would do. */
static enum rc
rerule(struct exchange *x, const struct item *i, bool try, struct recount_try *ret)
{
	enum rc rc = RC_OK;

	*ret = (struct recount_try){ .running = 0 };
	for (size_t k = 0; rc == RC_OK && k < ITEM_LIMITS_MAX; k++) {
		const struct item_limit *l = &i->limits[k];
		struct clock_ruling in = { .item = i->id, .target = l->target, .rule = l->rule, .source = l->source };
		struct recount_try one = { .running = 0 };

		if (l->rule.count == 0)
			continue;
		rc = request_rerule(x->ctx, &in, try, &one);
		ret->running += one.running;
		ret->later += one.later;
		ret->earlier += one.earlier;
		ret->late_at_once += one.late_at_once;
	}
	return rc;
}

static struct text
effect_words(struct exchange *x, const struct recount_try *e)
{
	return arena_format(x->ctx->mem,
	    msg(x->ctx->lang, T("还按旧时限走的有 %lld 个：改按现在的规定，%lld 个延后、%lld 个提前；%lld 个会立刻逾期，仍按旧时限。")),
	    (long long)e->running, (long long)e->later, (long long)e->earlier, (long long)e->late_at_once);
}

enum rc
rerule_panel(struct exchange *x, struct html *h, const struct item *i)
{
	struct recount_try effect;
	enum rc rc = rerule(x, i, true, &effect);

	if (rc != RC_OK || effect.running == 0)
		return rc;
	ui_section_open(h, T("在办的案件"));
	ui_notice(h, effect.late_at_once > 0 ? UI_SOON : UI_INFO, NULL, effect_words(x, &effect));
	ui_form_open(h, &(struct ui_form){ .action = arena_format(x->ctx->mem, "/desk/catalogue/%.*s/rerule", (int)i->code.n,
	    i->code.p), .csrf = x->csrf });
	ui_form_buttons(h, T("在办的也改按现在的时限"), TEXT_NONE);
	ui_form_close(h);
	ui_section_close(h);
	return RC_OK;
}

struct now_arg { struct text code; struct day day; struct item item; };

static enum rc
now_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct now_arg *n = arg;

	return catalogue_load_code(tx, actor, n->code, n->day, &n->item);
}

/* Doing it twice changes nothing the second time. */
enum rc
rerule_post(struct exchange *x)
{
	struct now_arg arg = { .code = http_segment(x, "code"), .day = admin_today(x) };
	struct recount_try done;
	enum rc rc = db_read(x->ctx, now_tx, &arg);

	if (rc == RC_OK)
		rc = rerule(x, &arg.item, false, &done);
	if (rc == RC_OK)
		http_redirect(x->out, arena_format(x->ctx->mem, "/desk/catalogue/%.*s?done=1", (int)arg.code.n, arg.code.p));
	return rc;
}
