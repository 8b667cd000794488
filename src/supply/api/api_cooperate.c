/* Co-operation for programs: the list and one of them, with no more of the case than its page shows. */
#include "operations/cooperate/cooperate.h"
#include "supply/api/api_internal.h"

#define PAGE 50

static const struct choice boxes[] = { { 1, "in", T("请我们协助的") }, { 2, "out", T("我们请别人协助的") }, { 0, NULL, NULL } };
static const struct choice groups[] = {
	{ COOPERATIONS_OPEN + 1, "open", T("未办结") }, { COOPERATIONS_LATE + 1, "late", T("逾期") },
	{ COOPERATIONS_SOON + 1, "soon", T("快到期") }, { COOPERATIONS_NORMAL + 1, "normal", T("期限内") },
	{ COOPERATIONS_ANSWERED + 1, "answered", T("已答复，待确认") }, { COOPERATIONS_DONE + 1, "done", T("已办结") }, { 0, NULL, NULL },
};
struct cooperations_ask { int box, light; struct text after; };
static const struct field ask_fields[] = {
	{ .key = "box", .kind = FIELD_CHOICE, .label = T("哪些协作"), .choices = boxes, .offset = offsetof(struct cooperations_ask, box) },
	{ .key = "light", .kind = FIELD_CHOICE, .label = T("按期限"), .choices = groups,
	  .offset = offsetof(struct cooperations_ask, light) },
	{ .key = "after", .kind = FIELD_LINE, .label = T("从哪里接着看"), .max = 48,
	  .offset = offsetof(struct cooperations_ask, after) },
};
const struct form cooperations_ask_form = FORM_OF("api.cooperations", T("协作"), ask_fields, struct cooperations_ask);

struct list { struct cooperation_filter f; struct cooperation v[PAGE + 1]; size_t n; };
struct one {
	int64_t id;
	struct cooperation c;
	struct cooperation_round rounds[COOPERATION_ROUNDS_MAX];
	size_t n;
};

static void
put_head(struct exchange *x, struct json *j, const struct cooperation *c)
{
	bool en = x->ctx->lang == LANG_EN && c->kind_name_en.n > 0;

	api_id(j, "id", c->id);
	json_text(j, "number", c->number);
	json_text(j, "kind", c->kind);
	json_text(j, "kind_name", en ? c->kind_name_en : c->kind_name);
	api_choice(x, j, "state", cooperation_state_key(c->state), cooperation_state_label(c->state));
	json_bool(j, "incoming", c->incoming);
	json_text(j, "from", c->from_point_name);
	json_text(j, "to", c->to_point_name);
	api_moment(j, "asked", c->asked_ms);
	api_moment(j, "due", c->due_ms);
	json_begin_array(j, "shared");
	for (int s = 0; s < SHARE_COUNT; s++)
		if ((c->shared & BIT(s)) != 0)
			json_str(j, NULL, cooperation_share_key((enum cooperation_share)s));
	json_end_array(j);
}

static enum rc
list_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct list *a = arg;

	return cooperation_list(tx, actor, &a->f, a->v, PAGE + 1, &a->n);
}

enum rc
api_cooperations(struct exchange *x)
{
	const struct cooperations_ask *in = x->values;
	struct list *a = ARENA_NEW(x->ctx->mem, struct list);
	struct text rest = in->after, head = text_cut(&rest, '-');
	struct json j;
	enum rc rc;

	if (a == NULL)
		return RC_NO_MEMORY;
	a->f = (struct cooperation_filter){ .outgoing = in->box == 2,
		.group = in->light > 0 ? (enum cooperation_group)(in->light - 1) : COOPERATIONS_OPEN };
	if (in->after.n > 0 && (int64_parse(head, 0, INT64_MAX, &a->f.after_due_ms) != RC_OK
	    || int64_parse(rest, 1, INT64_MAX, &a->f.after_id) != RC_OK)) {
		findings_add(&x->findings, "after", T("请用上一页给出的 next"), 0);
		return RC_INVALID;
	}
	rc = db_read(x->ctx, list_tx, a);
	if (rc != RC_OK)
		return rc;
	j = api_open(x);
	json_begin_array(&j, "cooperations");
	for (size_t i = 0; i < a->n && i < PAGE; i++) {
		json_begin_object(&j, NULL);
		put_head(x, &j, &a->v[i]);
		json_end_object(&j);
	}
	json_end_array(&j);
	if (a->n > PAGE)
		json_text(&j, "next", arena_format(x->ctx->mem, "%lld-%lld", (long long)a->v[PAGE - 1].due_ms,
		    (long long)a->v[PAGE - 1].id));
	else
		json_none(&j, "next");
	return api_close(x, &j);
}

static enum rc
one_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct one *a = arg;
	enum rc rc = cooperation_load(tx, actor, a->id, &a->c);

	return rc == RC_OK ? cooperation_rounds(tx, actor, &a->c, a->rounds, COOPERATION_ROUNDS_MAX, &a->n) : rc;
}

enum rc
api_cooperation(struct exchange *x)
{
	struct one *a = ARENA_NEW(x->ctx->mem, struct one);
	struct json j;
	enum rc rc = a != NULL ? http_segment_id(x, "id", &a->id) : RC_NO_MEMORY;

	if (rc == RC_OK)
		rc = db_read(x->ctx, one_tx, a);
	if (rc != RC_OK)
		return rc;
	j = api_open(x);
	put_head(x, &j, &a->c);
	json_int(&j, "revision", a->c.revision);
	json_text(&j, "subject", a->c.subject);
	json_text(&j, "detail", a->c.detail);
	json_text(&j, "person", a->c.person_name);
	if (a->c.place.code != 0)
		api_place(&j, "place", a->c.place);
	json_begin_array(&j, "rounds");
	for (size_t i = 0; i < a->n; i++) {
		json_begin_object(&j, NULL);
		json_text(&j, "words", a->rounds[i].words);
		api_moment(&j, "asked", a->rounds[i].asked_ms);
		api_moment(&j, "due", a->rounds[i].due_ms);
		json_text(&j, "answer", a->rounds[i].answer);
		api_moment(&j, "answered", a->rounds[i].answered_ms);
		json_end_object(&j);
	}
	json_end_array(&j);
	return api_close(x, &j);
}
