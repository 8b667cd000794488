/* The desk for programs: the queue, a case, and the steps on it. */
#include "operations/request/clock_label.h"
#include "supply/api/api_internal.h"

#define PAGE 50
#define PAGE_MOST 100

/* ---- the queue --------------------------------------------------------------------------------------------- */

struct queue_arg { struct queue_filter filter; struct queue_row rows[PAGE_MOST + 1]; size_t n; };

static enum rc
queue_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct queue_arg *q = arg;

	return request_queue(tx, actor, &q->filter, q->rows, &q->n);
}

/* "DUE-ID" of the last row of the page before; anything else is a finding. */
static enum rc
after_read(struct exchange *x, struct text t, struct queue_filter *f)
{
	struct text rest = t, head = text_cut(&rest, '-');

	if (t.n == 0)
		return RC_OK;
	if (int64_parse(head, 0, INT64_MAX, &f->after_due_ms) == RC_OK
	    && int64_parse(rest, 1, INT64_MAX, &f->after_id) == RC_OK)
		return RC_OK;
	findings_add(&x->findings, "after", T("请用上一页给出的 next"), 0);
	return RC_INVALID;
}

static enum queue_kind
kind_of(const struct actor *actor, int list)
{
	if (list == ASK_AREA)
		return queue_kind_of(actor);
	return list == ASK_POINT ? QUEUE_POINT : QUEUE_MINE;
}

static void
put_row(struct exchange *x, struct json *j, const struct queue_row *r)
{
	json_begin_object(j, NULL);
	api_id(j, "id", r->id.n);
	json_text(j, "number", r->number);
	json_text(j, "subject", r->subject);
	json_text(j, "person", r->person_name);
	json_text(j, "item", x->ctx->lang == LANG_EN && r->item_name_en.n > 0 ? r->item_name_en : r->item_name);
	api_choice(x, j, "state", request_state_key(r->state), request_state_label(r->state));
	api_choice(x, j, "channel", channel_key(r->channel), channel_label(r->channel));
	json_bool(j, "urgent", r->urgent);
	json_text(j, "holder", r->holder_name);
	json_text(j, "point", r->point_name);
	api_moment(j, "due", r->due_ms);
	api_moment(j, "received", r->created_ms);
	json_end_object(j);
}

enum rc
api_queue(struct exchange *x)
{
	const struct queue_ask *in = x->values;
	struct queue_arg *q = ARENA_NEW(x->ctx->mem, struct queue_arg);
	size_t most = in->most > 0 ? (size_t)in->most : PAGE;
	struct json j;
	enum rc rc;

	if (q == NULL)
		return RC_NO_MEMORY;
	q->filter = (struct queue_filter){ .kind = kind_of(x->ctx->actor, in->list), .place = { x->ctx->actor->places.lo },
		.due_last_ms = DUE_NONE, .most = most + 1 };
	rc = after_read(x, in->after, &q->filter);
	if (rc == RC_OK)
		rc = db_read(x->ctx, queue_tx, q);
	if (rc != RC_OK)
		return rc;
	j = api_open(x);
	json_begin_array(&j, "requests");
	for (size_t i = 0; i < q->n && i < most; i++)
		put_row(x, &j, &q->rows[i]);
	json_end_array(&j);
	if (q->n > most)
		json_text(&j, "next", arena_format(x->ctx->mem, "%lld-%lld", (long long)q->rows[most - 1].due_ms,
		    (long long)q->rows[most - 1].id.n));
	else
		json_none(&j, "next");
	return api_close(x, &j);
}

/* ---- a case --------------------------------------------------------------------------------------------------- */

struct case_arg {
	struct case_id id;
	struct request r;
	struct consult consult;
	struct case_clock clocks[CASE_CLOCKS_MAX];
	struct event *events;
	struct message *messages;
	size_t n_clocks, n_events, n_messages;
};

static enum rc
case_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct case_arg *c = arg;
	enum rc rc = request_load(tx, actor, c->id, &c->r);

	c->events = arena_array(tx_mem(tx), API_EVENTS, sizeof *c->events);
	c->messages = arena_array(tx_mem(tx), API_MESSAGES, sizeof *c->messages);
	if (c->events == NULL || c->messages == NULL)
		return RC_NO_MEMORY;
	if (rc == RC_OK)
		rc = case_clock_list(tx, actor, c->id, c->clocks, CASE_CLOCKS_MAX, &c->n_clocks);
	if (rc == RC_OK)
		rc = request_events(tx, actor, c->id, actor->role == ROLE_PROVIDER && !request_may_act(actor, &c->r), c->events, API_EVENTS, &c->n_events);
	if (rc == RC_OK)
		rc = request_messages(tx, actor, c->id, c->messages, API_MESSAGES, &c->n_messages);
	if (rc != RC_OK)
		return rc;
	rc = consult_load(tx, actor, c->id, &c->consult);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

void
api_events(struct exchange *x, struct json *j, const struct event *v, size_t n, bool staff)
{
	json_begin_array(j, "events");
	for (size_t i = 0; i < n; i++) {
		json_begin_object(j, NULL);
		api_moment(j, "at", v[i].at_ms);
		json_text(j, "kind", v[i].kind);
		json_str(j, "label", msg(x->ctx->lang, event_label(v[i].kind)));
		json_text(j, "who", v[i].account_name);
		json_text(j, "note", event_words(x->ctx->mem, x->ctx->lang, &v[i]));
		if (staff)
			json_bool(j, "shown", v[i].shown);
		json_end_object(j);
	}
	json_end_array(j);
}

void
api_messages(struct exchange *x, struct json *j, const struct message *v, size_t n)
{
	(void)x;
	json_begin_array(j, "messages");
	for (size_t i = 0; i < n; i++) {
		json_begin_object(j, NULL);
		api_moment(j, "at", v[i].at_ms);
		json_bool(j, "resident", v[i].account == ACCOUNT_RESIDENT);
		json_text(j, "who", v[i].account_name);
		json_text(j, "body", v[i].body);
		json_end_object(j);
	}
	json_end_array(j);
}

static void
put_clocks(struct exchange *x, struct json *j, const struct case_clock *v, size_t n)
{
	json_begin_array(j, "clocks");
	for (size_t i = 0; i < n; i++) {
		json_begin_object(j, NULL);
		api_choice(x, j, "target", target_key(v[i].target), target_label(v[i].target));
		json_text(j, "source", v[i].source);
		api_moment(j, "start", v[i].start_ms);
		api_moment(j, "due", v[i].due_ms);
		api_moment(j, "met", v[i].met_ms);
		json_bool(j, "uncertain", v[i].uncertain);
		json_end_object(j);
	}
	json_end_array(j);
}

static void
put_case(struct exchange *x, struct json *j, const struct request *r)
{
	api_id(j, "id", r->id.n);
	json_text(j, "number", r->number);
	json_int(j, "revision", r->revision);
	api_choice(x, j, "state", request_state_key(r->state), request_state_label(r->state));
	api_choice(x, j, "topic", topic_key(r->topic), topic_label(r->topic));
	api_choice(x, j, "channel", channel_key(r->channel), channel_label(r->channel));
	api_choice(x, j, "applicant", applicant_key(r->applicant), applicant_label(r->applicant));
	api_place(j, "place", r->place);
	json_text(j, "item", x->ctx->lang == LANG_EN && r->item_name_en.n > 0 ? r->item_name_en : r->item_name);
	json_text(j, "person", r->person_name);
	json_text(j, "subject", r->subject);
	json_text(j, "detail", r->detail);
	json_bool(j, "urgent", r->urgent);
	json_text(j, "holder", r->holder_name);
	json_text(j, "point", r->holder_point_name);
	json_text(j, "first_contact", r->first_contact_name);
	api_moment(j, "received", r->created_ms);
	api_moment(j, "accepted", r->accepted_ms);
	api_moment(j, "closed", r->closed_ms);
	api_moment(j, "due", r->due_ms);
	json_text(j, "outcome", r->outcome);
	json_bool(j, "may_act", request_may_act(x->ctx->actor, r));
}

static enum rc
case_answer(struct exchange *x, struct case_id id)
{
	struct case_arg c = { .id = id };
	enum rc rc = db_read(x->ctx, case_tx, &c);
	struct json j;

	if (rc != RC_OK)
		return rc;
	j = api_open(x);
	put_case(x, &j, &c.r);
	json_text(&j, "answer", c.consult.answer);
	api_moment(&j, "answered", c.consult.answered_ms);
	json_bool(&j, "aid_told", c.consult.hint != AID_NOT_SAID);
	put_clocks(x, &j, c.clocks, c.n_clocks);
	api_events(x, &j, c.events, c.n_events, true);
	api_messages(x, &j, c.messages, c.n_messages);
	return api_close(x, &j);
}

enum rc
api_case(struct exchange *x)
{
	struct case_id id = { 0 };
	enum rc rc = http_segment_id(x, "id", &id.n);

	return rc == RC_OK ? case_answer(x, id) : rc;
}

/* ---- steps: each answers with the case as it is then ------------------------------------------------------------ */

static enum rc
step_begin(struct exchange *x, struct case_id *id, struct idem_key *key)
{
	enum rc rc = http_segment_id(x, "id", &id->n);

	return rc == RC_OK ? api_key(x, key) : rc;
}

enum rc
api_accept_post(struct exchange *x)
{
	const struct step_ask *in = x->values;
	struct idem_key key;
	struct case_id id;
	enum rc rc = step_begin(x, &id, &key);

	if (rc == RC_OK)
		rc = intake_accept(x->ctx, key, id, in->revision);
	return rc == RC_OK ? case_answer(x, id) : rc;
}

enum rc
api_answer_post(struct exchange *x)
{
	const struct answer_ask *in = x->values;
	struct idem_key key;
	struct case_id id;
	enum rc rc = step_begin(x, &id, &key);

	if (rc == RC_OK)
		rc = consult_answer(x->ctx, key, &(struct consult_answer){ .id = id, .revision = in->revision,
		    .answer = in->answer, .aid_told = in->aid_told });
	return rc == RC_OK ? case_answer(x, id) : rc;
}

enum rc
api_pause_post(struct exchange *x)
{
	const struct pause_ask *in = x->values;
	enum pause_why why = PAUSE_MAY;
	struct idem_key key;
	struct case_id id;
	enum rc rc = step_begin(x, &id, &key);

	if (rc == RC_OK)
		rc = request_pause(x->ctx, key, &(struct pause_new){ .id = id, .revision = in->revision, .code = in->code,
		    .words = in->words, .until = in->until, .proof = in->proof }, &why);
	if (rc == RC_REFUSED)
		findings_add(&x->findings, pause_why_field(why), pause_why_label(why), 0);
	return rc == RC_OK ? case_answer(x, id) : rc;
}

enum rc
api_resume_post(struct exchange *x)
{
	const struct resume_ask *in = x->values;
	struct idem_key key;
	struct case_id id;
	enum rc rc = step_begin(x, &id, &key);

	if (rc == RC_OK)
		rc = request_resume(x->ctx, key, id, in->revision, in->words);
	if (rc == RC_REFUSED)
		findings_add(&x->findings, "", T("现在没有暂停"), 0);
	return rc == RC_OK ? case_answer(x, id) : rc;
}

struct outcome_arg { struct text code; struct day day; struct code_row row; };

static enum rc
outcome_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct outcome_arg *o = arg;

	return code_find(tx, actor, "consult.outcome", o->code, o->day, &o->row);
}

/* A code of the table today, with words where it needs some. */
static enum rc
outcome_check(struct exchange *x, const struct close_ask *in)
{
	struct outcome_arg o = { .code = in->outcome, .day = day_of_moment(x->ctx->now_ms) };
	enum rc rc = db_read(x->ctx, outcome_tx, &o);

	if (rc == RC_NOT_FOUND)
		findings_add(&x->findings, "outcome", T("没有这个结果代码"), 0);
	else if (rc == RC_OK && (o.row.flags & OUTCOME_NEEDS_REASON) != 0 && in->note.n == 0)
		findings_add(&x->findings, "note", T("选了这个结果，要写说明"), 0);
	else
		return rc;
	return RC_INVALID;
}

enum rc
api_close_post(struct exchange *x)
{
	const struct close_ask *in = x->values;
	struct consult_verdict verdict = { .allowed = true };
	struct idem_key key;
	struct case_id id;
	enum rc rc = step_begin(x, &id, &key);

	if (rc == RC_OK)
		rc = outcome_check(x, in);
	if (rc == RC_OK)
		rc = consult_close(x->ctx, key, id, in->revision, in->outcome, in->note, &verdict);
	if (rc == RC_REFUSED)
		findings_add(&x->findings, "", consult_why_label(verdict.why), 0);
	return rc == RC_OK ? case_answer(x, id) : rc;
}

enum rc
api_assign_post(struct exchange *x)
{
	const struct assign_ask *in = x->values;
	int64_t to = 0;
	struct idem_key key;
	struct case_id id;
	enum rc rc = step_begin(x, &id, &key);

	if (rc == RC_OK && in->to.n > 0)
		rc = identity_find_login(x->ctx, in->to, &to);
	if (rc == RC_NOT_FOUND) {
		findings_add(&x->findings, "to", T("没有这个登录名"), 0);
		return RC_INVALID;
	}
	if (rc == RC_OK)
		rc = dispatch_assign(x->ctx, key, &(struct dispatch_assign){ .id = id, .revision = in->revision,
		    .to_account = to, .reason = in->reason });
	if (rc == RC_REFUSED)
		findings_add(&x->findings, "to", T("现在就由其负责，不用改派"), 0);
	if (rc == RC_INVALID && x->findings.n == 0)
		findings_add(&x->findings, "to", T("这个账号停用了，或者不办理事项，请另选"), 0);
	return rc == RC_OK ? case_answer(x, id) : rc;
}
