/* Supervision orders for programs: the register with its filters, and one order with its replies and steps. */
#include "operations/supervise/supervise.h"
#include "supply/api/api_internal.h"

#define PAGE 50
#define PAGE_MOST 100
#define REPLIES 20
#define SAID 60

static const struct choice register_choices[] = {
	{ ORDERS_ALL + 1, "all", T("全部") }, { ORDERS_WAITING + 1, "waiting", T("待回复") },
	{ ORDERS_LATE + 1, "late", T("逾期未回复") }, { ORDERS_REPLIED + 1, "replied", T("待审核") },
	{ ORDERS_OPEN + 1, "open", T("未办结") }, { ORDERS_DONE + 1, "done", T("已办结") }, { 0, NULL, NULL },
};
static const struct choice register_levels[] = {
	{ SUPERVISE_ORDER, "order", T("督办单") }, { SUPERVISE_DIRECTOR, "director", T("报中心主任") },
	{ SUPERVISE_BUREAU, "bureau", T("报司法行政机关") }, { 0, NULL, NULL },
};
static const struct field orders_fields[] = {
	{ .key = "group", .kind = FIELD_CHOICE, .label = T("哪些督办单"), .choices = register_choices,
	  .offset = offsetof(struct orders_ask, group) },
	{ .key = "cause", .kind = FIELD_LINE, .label = T("督办事由"), .max = 40, .offset = offsetof(struct orders_ask, cause) },
	{ .key = "level", .kind = FIELD_CHOICE, .label = T("到了哪一级"), .choices = register_levels,
	  .offset = offsetof(struct orders_ask, level) },
	{ .key = "place", .kind = FIELD_PLACE, .label = T("哪个地方"), .offset = offsetof(struct orders_ask, place) },
	{ .key = "before", .kind = FIELD_INT, .label = T("从哪里接着看"), .min = 1, .max = INT64_MAX,
	  .offset = offsetof(struct orders_ask, before) },
	{ .key = "most", .kind = FIELD_INT, .label = T("最多几件"), .min = 1, .max = PAGE_MOST,
	  .offset = offsetof(struct orders_ask, most) },
};
const struct form orders_ask_form = FORM_OF("api.orders", T("督办台账"), orders_fields, struct orders_ask);

static void
put_order(struct exchange *x, struct json *j, const struct order *o)
{
	api_id(j, "id", o->id);
	json_text(j, "number", o->number);
	json_int(j, "turn", o->turn);
	api_id(j, "request", o->request.n);
	json_text(j, "request_number", o->request_number);
	json_begin_object(j, "cause");
	json_text(j, "key", o->cause);
	json_text(j, "label", x->ctx->lang == LANG_EN && o->cause_name_en.n > 0 ? o->cause_name_en : o->cause_name);
	json_end_object(j);
	if (o->target != 0)
		api_choice(x, j, "target", target_key(o->target), target_label(o->target));
	else
		json_none(j, "target");
	api_choice(x, j, "level", supervise_step_key(o->level), supervise_step_label(o->level));
	api_choice(x, j, "state", order_state_key(o->state), order_state_label(o->state));
	json_bool(j, "late", order_is_late(o, x->ctx->now_ms));
	json_bool(j, "by_rules", o->issuer == ACCOUNT_SYSTEM);
	json_text(j, "to", o->to_name);
	api_moment(j, "issued", o->issued_ms);
	api_moment(j, "due", o->due_ms);
	api_moment(j, "read", o->read_ms);
	api_moment(j, "reported", o->report_ms);
	api_moment(j, "closed", o->closed_ms);
	json_int(j, "revision", o->revision);
}

/* ---- the register ----------------------------------------------------------------------------------------- */

struct orders_arg { struct order_filter f; struct order v[PAGE_MOST + 1]; size_t most, n; };

static enum rc
orders_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct orders_arg *a = arg;

	return order_list(tx, actor, &a->f, a->v, a->most + 1, &a->n);
}

enum rc
api_orders(struct exchange *x)
{
	const struct orders_ask *in = x->values;
	struct orders_arg *a = ARENA_NEW(x->ctx->mem, struct orders_arg);
	struct json j;
	enum rc rc;

	if (a == NULL)
		return RC_NO_MEMORY;
	a->f = (struct order_filter){ .group = in->group != 0 ? (enum order_group)(in->group - 1) : ORDERS_OPEN,
		.cause = in->cause, .level = (enum supervise_step)in->level, .place = in->place, .before = in->before };
	a->most = in->most > 0 ? (size_t)in->most : PAGE;
	rc = db_read(x->ctx, orders_tx, a);
	if (rc != RC_OK)
		return rc;
	j = api_open(x);
	json_begin_array(&j, "orders");
	for (size_t i = 0; i < a->n && i < a->most; i++) {
		json_begin_object(&j, NULL);
		put_order(x, &j, &a->v[i]);
		json_end_object(&j);
	}
	json_end_array(&j);
	api_id(&j, "next", a->n > a->most ? a->v[a->most - 1].id : 0); /* give it as `before` */
	return api_close(x, &j);
}

/* ---- one ----------------------------------------------------------------------------------------------------- */

struct order_arg {
	int64_t id;
	struct order o;
	struct order_reply replies[REPLIES];
	struct supervise_said said[SAID];
	size_t n_replies, n_said;
};

static enum rc
order_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct order_arg *a = arg;
	enum rc rc = order_load(tx, actor, a->id, &a->o);

	if (rc == RC_OK)
		rc = order_replies(tx, actor, a->id, a->replies, REPLIES, &a->n_replies);
	return rc == RC_OK ? supervise_said_list(tx, actor, a->o.request, a->said, SAID, &a->n_said) : rc;
}

static void
put_replies(struct exchange *x, struct json *j, const struct order_arg *a, bool sealed)
{
	json_begin_array(j, "replies");
	for (size_t i = 0; i < a->n_replies && !sealed; i++) {
		const struct order_reply *r = &a->replies[i];

		json_begin_object(j, NULL);
		json_int(j, "round", r->round);
		api_moment(j, "due", r->due_ms);
		json_text(j, "reply", r->reply);
		json_text(j, "by", r->replied_name);
		api_moment(j, "at", r->replied_ms);
		if (r->verdict == VERDICT_NONE)
			json_none(j, "verdict");
		else
			api_choice(x, j, "verdict", r->verdict == VERDICT_ACCEPTED ? "accepted" : "sent_back",
			    r->verdict == VERDICT_ACCEPTED ? T("通过") : T("退回重报"));
		json_text(j, "verdict_words", r->words);
		api_moment(j, "judged", r->judged_ms);
		json_end_object(j);
	}
	json_end_array(j);
}

static void
put_steps(struct exchange *x, struct json *j, const struct order_arg *a)
{
	json_begin_array(j, "steps");
	for (size_t i = 0; i < a->n_said; i++) {
		const struct supervise_said *s = &a->said[i];

		if (s->target != a->o.target)
			continue;
		json_begin_object(j, NULL);
		api_choice(x, j, "step", supervise_step_key(s->step), supervise_step_label(s->step));
		json_text(j, "to", s->to_name);
		api_moment(j, "at", s->at_ms);
		api_moment(j, "read", s->read_ms);
		json_end_object(j);
	}
	json_end_array(j);
}

enum rc
api_order(struct exchange *x)
{
	struct order_arg *a = ARENA_NEW(x->ctx->mem, struct order_arg);
	enum rc rc = a != NULL ? http_segment_id(x, "id", &a->id) : RC_NO_MEMORY;
	struct json j;
	bool sealed;

	if (rc == RC_OK)
		rc = db_read(x->ctx, order_tx, a);
	if (rc != RC_OK)
		return rc;
	/* as on the page: whoever must reply reads the words once the order is signed for */
	sealed = a->o.to_account == x->ctx->actor->account && a->o.read_ms == 0 && order_is_open(a->o.state);
	j = api_open(x);
	put_order(x, &j, &a->o);
	json_bool(&j, "must_sign", sealed);
	if (sealed)
		json_none(&j, "words");
	else
		json_text(&j, "words", a->o.words);
	put_replies(x, &j, a, sealed);
	put_steps(x, &j, a);
	return api_close(x, &j);
}
