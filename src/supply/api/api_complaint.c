/* Complaints for programs: handed in, followed by their code, and for who reads them. */
#include "evaluation/complaint/complaint.h"
#include "supply/api/api_internal.h"

#include <limits.h>

#define PAGE 50

struct complaint_ask {
	int kind, about;
	struct text words, whom, wish, name, phone, point;
	struct day day;
	bool anonymous;
};
#define C(member) offsetof(struct complaint_ask, member)
static const struct choice about_choices[] = {
	{ COMPLAINT_UNSAID, "unsaid", T("说不清，或者写在下面") },
	{ COMPLAINT_HOLDER, "holder", T("现在负责这件事的人") },
	{ COMPLAINT_FIRST, "first", T("第一个接待我的人") },
	{ COMPLAINT_POINT, "point", T("整个站点，不是某一个人") },
	{ 0, NULL, NULL },
};
static const struct field fields[] = {
	{ .key = "kind",
	    .kind = FIELD_CHOICE,
	    .label = T("哪一种"),
	    .required = true,
	    .choices = complaint_kind_choices,
	    .offset = C(kind) },
	{ .key = "words",
	    .kind = FIELD_PARAGRAPH,
	    .label = T("发生了什么"),
	    .required = true,
	    .max = COMPLAINT_WORDS_MAX,
	    .offset = C(words) },
	{ .key = "about",
	    .kind = FIELD_CHOICE,
	    .label = T("投诉谁"),
	    .choices = about_choices,
	    .offset = C(about) },
	{ .key = "point", .kind = FIELD_LINE, .label = T("站点"), .max = 40, .offset = C(point) },
	{ .key = "whom",
	    .kind = FIELD_LINE,
	    .label = T("哪里、哪个人"),
	    .max = 100,
	    .offset = C(whom) },
	{ .key = "day",
	    .kind = FIELD_DAY,
	    .label = T("哪一天的事"),
	    .min = INT_MIN,
	    .max = 0,
	    .offset = C(day) },
	{ .key = "wish",
	    .kind = FIELD_PARAGRAPH,
	    .label = T("希望怎么办"),
	    .max = 500,
	    .offset = C(wish) },
	{ .key = "anonymous", .kind = FIELD_BOOL, .label = T("不留名"), .offset = C(anonymous) },
	{ .key = "name", .kind = FIELD_LINE, .label = T("您的名字"), .max = 30, .offset = C(name) },
	{ .key = "phone",
	    .kind = FIELD_LINE,
	    .label = T("您的电话"),
	    .max = 30,
	    .offset = C(phone) },
};
const struct form complaint_ask_form =
    FORM_OF("api.complaint", T("投诉"), fields, struct complaint_ask);

/* ---- handing in -------------------------------------------------------------------------------------------------- */

/* With X-Receipt-Code it is about that request; without, about a point or what is written. */
static enum rc
about_of(struct exchange *x, const struct complaint_ask *in, struct actor *actor, struct ctx *ctx,
    struct complaint_new *new)
{
	struct point point;

	*actor = identity_anonymous(x->ctx->actor->city);
	*ctx = *x->ctx;
	ctx->actor = actor;
	if (params_get(x->in->headers, "x-receipt-code").n > 0) {
		enum rc rc = api_receipt_enter(x, actor, ctx);

		if (rc != RC_OK)
			return rc;
		new->request.n = actor->request;
	}
	if (in->point.n > 0 && network_find_code(x->ctx, in->point, &point) == RC_OK)
		new->point = point.id;
	else if (in->point.n > 0)
		findings_add(&x->findings, "point", T("没有这个站点"), 0);
	if (new->request.n == 0 &&
	    (new->about == COMPLAINT_HOLDER || new->about == COMPLAINT_FIRST))
		findings_add(&x->findings, "about", T("没有连到您的求助"), 0);
	return x->findings.total > 0 ? RC_INVALID : RC_OK;
}

enum rc
api_complaint_post(struct exchange *x)
{
	const struct complaint_ask *in = x->values;
	struct complaint_new new = { .channel = COMPLAINT_WEB,
		.anonymous = in->anonymous,
		.name = in->name,
		.phone = in->phone,
		.kind = (enum complaint_kind)in->kind,
		.about = (enum complaint_about)in->about,
		.whom = in->whom,
		.day = in->day,
		.words = in->words,
		.wish = in->wish };
	struct complaint_receipt r = { .id = 0 };
	struct actor actor;
	struct idem_key key;
	struct json j;
	struct ctx ctx;
	enum rc rc = api_key(x, &key);

	if (in->anonymous)
		new.name = new.phone = TEXT_NONE;
	if (rc == RC_OK)
		rc = about_of(x, in, &actor, &ctx, &new);
	if (rc == RC_OK)
		rc = complaint_give(&ctx, key, &new, &x->findings, &r);
	if (rc != RC_OK)
		return rc;
	x->out->status = 201;
	j = api_open(x);
	json_str(&j, "number", r.number);
	json_str(&j, "code", r.code);
	api_moment(&j, "verify_due", r.verify_due_ms);
	api_moment(&j, "finish_due", r.finish_due_ms);
	return api_close(x, &j);
}

/* ---- writing ------------------------------------------------------------------------------------------------------- */

static void
put_head(struct exchange *x, struct json *j, const struct complaint *c)
{
	json_text(j, "number", c->number);
	api_choice(x, j, "kind", choice_by_value(complaint_kind_choices, (int)c->kind)->key,
	    complaint_kind_label(c->kind));
	api_choice(x, j, "state", complaint_state_key(c->state), complaint_state_label(c->state));
	json_int(j, "level", c->level);
	json_str(j, "reader", msg(x->ctx->lang, complaint_rank_label(c->reader_rank)));
	json_bool(j, "anonymous", c->anonymous);
	json_text(j, "point", c->point_name);
	api_moment(j, "at", c->at_ms);
	api_moment(j, "verify_due", c->verify_due_ms);
	api_moment(j, "mend_due", c->mend_due_ms);
	api_moment(j, "finish_due", c->finish_due_ms);
	api_moment(j, "told", c->told_ms);
	api_moment(j, "replied", c->replied_ms);
	api_moment(j, "review_until", c->review_until_ms);
	json_int(j, "extended_days", c->extended);
	json_bool(j, "late", c->late != 0);
	json_int(j, "revision", c->revision);
}

static void
put_rounds(struct exchange *x, struct json *j, const struct complaint_whole *w, bool staff)
{
	json_begin_array(j, "rounds");
	for (size_t i = 0; i < w->n_rounds; i++) {
		const struct complaint_round *o = &w->rounds[i];

		json_begin_object(j, NULL);
		json_int(j, "level", o->level);
		if (o->finding != 0)
			api_choice(x, j, "finding",
			    choice_by_value(complaint_finding_choices, (int)o->finding)->key,
			    complaint_finding_label(o->finding));
		else
			json_none(j, "finding");
		json_text(j, "asked", o->asked);
		json_text(j, "reasons", o->reasons);
		if (staff)
			json_text(j, "evidence", o->evidence);
		json_text(j, "reply", o->reply);
		api_moment(j, "replied", o->replied_ms);
		json_end_object(j);
	}
	json_end_array(j);
	json_begin_array(j, "remedies");
	for (size_t i = 0; i < w->n_remedies; i++) {
		const struct complaint_remedy *m = &w->remedies[i];

		json_begin_object(j, NULL);
		api_choice(x, j, "kind",
		    choice_by_value(complaint_remedy_choices, (int)m->kind)->key,
		    complaint_remedy_label(m->kind));
		json_text(j, "words", m->words);
		api_day(j, "due", m->due);
		api_moment(j, "done", m->done_ms);
		json_end_object(j);
	}
	json_end_array(j);
}

/* ---- reading --------------------------------------------------------------------------------------------------------- */

struct one_arg {
	int64_t id;
	struct text code;
	struct complaint_whole w;
};

static enum rc
one_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct one_arg *a = arg;

	return a->id != 0 ? complaint_load(tx, actor, a->id, &a->w)
			  : complaint_load_code(tx, actor, a->code, &a->w);
}

static enum rc
one(struct exchange *x, struct one_arg *a)
{
	struct json j;
	enum rc rc = db_read(x->ctx, one_tx, a);

	if (rc != RC_OK)
		return rc;
	j = api_open(x);
	put_head(x, &j, &a->w.c);
	json_text(&j, "words", a->w.c.words);
	json_text(&j, "whom", a->w.c.whom);
	json_text(&j, "wish", a->w.c.wish);
	put_rounds(x, &j, &a->w, a->id != 0);
	return api_close(x, &j);
}

/* By the header X-Complaint-Code, so that it stands in no log. */
enum rc
api_complaint_progress(struct exchange *x)
{
	struct one_arg *a = ARENA_NEW(x->ctx->mem, struct one_arg);

	if (a == NULL)
		return RC_NO_MEMORY;
	a->code = params_get(x->in->headers, "x-complaint-code");
	return one(x, a);
}

enum rc
api_complaint(struct exchange *x)
{
	struct one_arg *a = ARENA_NEW(x->ctx->mem, struct one_arg);
	enum rc rc = a == NULL ? RC_NO_MEMORY : http_segment_id(x, "id", &a->id);

	return rc == RC_OK ? one(x, a) : rc;
}

struct list_arg {
	struct complaint v[PAGE];
	size_t n;
};

static enum rc
list_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct list_arg *a = arg;

	return complaint_list(tx, actor, true, 0, 0, a->v, PAGE, &a->n);
}

/* What the caller reads or presses for and has not ended, the nearest limit first; at most 50. */
enum rc
api_complaints(struct exchange *x)
{
	struct list_arg *a = ARENA_NEW(x->ctx->mem, struct list_arg);
	struct json j;
	enum rc rc = a == NULL ? RC_NO_MEMORY : db_read(x->ctx, list_tx, a);

	if (rc != RC_OK)
		return rc;
	j = api_open(x);
	json_begin_array(&j, "complaints");
	for (size_t i = 0; i < a->n; i++) {
		json_begin_object(&j, NULL);
		api_id(&j, "id", a->v[i].id);
		put_head(x, &j, &a->v[i]);
		json_end_object(&j);
	}
	json_end_array(&j);
	return api_close(x, &j);
}
