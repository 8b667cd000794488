/* A request handed in by a program, and how it goes on, by the receipt's code. */
#include "supply/api/api_internal.h"

/* ---- handing in ---------------------------------------------------------------------------------------- */

struct find_arg { struct text code; struct day day; struct item item; };

static enum rc
find_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct find_arg *f = arg;

	return catalogue_load_code(tx, actor, f->code, f->day, &f->item);
}

/* The item asked for by its code, else the one that fits the topic. */
static enum rc
find_item(struct exchange *x, const struct request_ask *in, int64_t *ret)
{
	struct find_arg arg = { .day = day_of_moment(x->ctx->now_ms) };
	enum rc rc;

	arg.code = in->item.n > 0 ? in->item : text_of(topic_item((enum topic)in->topic));
	rc = db_read(x->ctx, find_tx, &arg);
	if (rc == RC_NOT_FOUND || (rc == RC_OK && !arg.item.in_force)) {
		findings_add(&x->findings, "item", T("现在没有这个事项"), 0);
		return RC_INVALID;
	}
	*ret = arg.item.id;
	return rc;
}

static struct intake_new
intake_of(const struct request_ask *in, int64_t item)
{
	struct intake_new next = {
		.topic = (enum topic)in->topic, .item = item, .subject = TEXT_NONE, .detail = in->detail,
		.urgent = in->urgent, .place = in->place, .channel = CHANNEL_PORTAL,
		.applicant = (enum applicant_kind)in->applicant, .caller = (enum relation)in->caller,
		.caller_name = in->caller_name, .caller_phone = in->caller_phone, .contact = TEXT_NONE,
		.person = { .name = in->name, .id_number = in->id_number, .phone = in->phone, .born = DAY_NONE,
		    .groups = in->groups, .place = in->place },
	};

	/* without a name the phone is a contact: nobody is written down by it */
	if (in->name.n == 0 && in->id_number.n == 0) {
		next.contact = in->phone;
		next.person.phone = TEXT_NONE;
	}
	if (applicant_is_organisation(next.applicant))
		next.organisation = (struct organisation_new){ .kind = next.applicant, .name = in->org_name,
			.credit_code = in->credit_code, .founded = in->founded, .staff = in->staff > 0 ? in->staff : -1,
			.place = in->place };
	return next;
}

enum rc
api_request_post(struct exchange *x)
{
	const struct request_ask *in = x->values;
	struct intake_receipt receipt = { .id = 0 };
	struct intake_new next;
	struct idem_key key;
	int64_t item = 0;
	struct json j;
	enum rc rc = api_key(x, &key);

	if (rc == RC_OK)
		rc = find_item(x, in, &item);
	if (rc != RC_OK)
		return rc;
	if (region_find(in->place, day_of_moment(x->ctx->now_ms)) == NULL) {
		findings_add(&x->findings, "place", T("没有这个地方，请重新选择"), 0);
		return RC_INVALID;
	}
	next = intake_of(in, item);
	rc = intake_receive(x->ctx, key, &next, &x->findings, &receipt);
	if (rc != RC_OK)
		return rc; /* a key used for other content too: what was first handed in is not told to who guesses keys */
	x->out->status = 201;
	j = api_open(x);
	json_str(&j, "number", receipt.number);
	json_str(&j, "code", receipt.code);
	api_moment(&j, "due", receipt.due_ms);
	return api_close(x, &j);
}

/* ---- progress --------------------------------------------------------------------------------------------- */

struct progress {
	struct request r;
	struct consult consult;
	struct event *events;
	struct message *messages;
	size_t n_events, n_messages;
	struct case_id ids[INTAKE_EARLIER_MAX];
	struct earlier { struct request r; struct consult consult; } *earlier; /* what it was before, the latest first */
	size_t n_earlier;
};

static enum rc
load_consult(struct tx *tx, const struct actor *actor, struct case_id id, struct consult *ret)
{
	enum rc rc = consult_load(tx, actor, id, ret);

	return rc == RC_NOT_FOUND ? RC_OK : rc; /* not accepted yet */
}

static enum rc
load_earlier(struct tx *tx, const struct actor *actor, struct progress *p)
{
	enum rc rc = intake_earlier(tx, actor, p->ids, INTAKE_EARLIER_MAX, &p->n_earlier);

	p->earlier = arena_array(tx_mem(tx), p->n_earlier + 1, sizeof *p->earlier);
	if (p->earlier == NULL)
		return RC_NO_MEMORY;
	for (size_t i = 0; rc == RC_OK && i < p->n_earlier; i++) {
		struct actor then = *actor;

		then.request = p->ids[i].n;
		rc = request_load_receipt(tx, &then, &p->earlier[i].r);
		if (rc == RC_OK)
			rc = load_consult(tx, &then, p->ids[i], &p->earlier[i].consult);
	}
	return rc;
}

static enum rc
progress_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct progress *p = arg;
	enum rc rc = request_load_receipt(tx, actor, &p->r);

	p->events = arena_array(tx_mem(tx), API_EVENTS, sizeof *p->events);
	p->messages = arena_array(tx_mem(tx), API_MESSAGES, sizeof *p->messages);
	if (p->events == NULL || p->messages == NULL)
		return RC_NO_MEMORY;
	if (rc == RC_OK)
		rc = request_events(tx, actor, p->r.id, true, p->events, API_EVENTS, &p->n_events);
	if (rc == RC_OK)
		rc = request_messages(tx, actor, p->r.id, p->messages, API_MESSAGES, &p->n_messages);
	if (rc == RC_OK)
		rc = load_consult(tx, actor, p->r.id, &p->consult);
	return rc == RC_OK ? load_earlier(tx, actor, p) : rc;
}

static void
put_earlier(struct exchange *x, struct json *j, const struct progress *p)
{
	json_begin_array(j, "earlier");
	for (size_t i = 0; i < p->n_earlier; i++) {
		const struct earlier *e = &p->earlier[i];

		json_begin_object(j, NULL);
		json_text(j, "number", e->r.number);
		api_choice(x, j, "state", request_state_key(e->r.state), request_state_label(e->r.state));
		json_text(j, "subject", e->r.subject);
		json_text(j, "item", x->ctx->lang == LANG_EN && e->r.item_name_en.n > 0 ? e->r.item_name_en : e->r.item_name);
		json_text(j, "answer", e->consult.answer);
		api_moment(j, "answered", e->consult.answered_ms);
		api_moment(j, "closed", e->r.closed_ms);
		json_end_object(j);
	}
	json_end_array(j);
}

enum rc
api_receipt_enter(struct exchange *x, struct actor *actor, struct ctx *ctx)
{
	int64_t wait_s = 0;
	enum rc rc = intake_enter(x->ctx, params_get(x->in->headers, "x-receipt-code"), x->in->peer, actor, &wait_s);

	if (rc == RC_TOO_MANY)
		http_header(x->out, "Retry-After", arena_format(x->ctx->mem, "%lld", (long long)wait_s));
	if (rc == RC_INVALID)
		rc = RC_NOT_FOUND;
	*ctx = *x->ctx;
	ctx->actor = actor;
	return rc;
}

enum rc
api_progress(struct exchange *x)
{
	struct progress p = { .n_events = 0 };
	struct actor actor;
	struct ctx ctx;
	struct json j;
	enum rc rc = api_receipt_enter(x, &actor, &ctx);

	if (rc == RC_OK)
		rc = db_read(&ctx, progress_tx, &p);
	if (rc != RC_OK)
		return rc;
	j = api_open(x);
	json_text(&j, "number", p.r.number);
	api_choice(x, &j, "state", request_state_key(p.r.state), request_state_label(p.r.state));
	json_text(&j, "subject", p.r.subject);
	json_text(&j, "item", x->ctx->lang == LANG_EN && p.r.item_name_en.n > 0 ? p.r.item_name_en : p.r.item_name);
	json_text(&j, "holder", p.r.holder_name);
	json_text(&j, "point", p.r.holder_point_name);
	api_moment(&j, "received", p.r.created_ms);
	api_moment(&j, "due", request_is_open(p.r.state) ? p.r.due_ms : 0);
	json_text(&j, "answer", p.consult.answer);
	api_moment(&j, "answered", p.consult.answered_ms);
	api_moment(&j, "closed", p.r.closed_ms);
	api_events(x, &j, p.events, p.n_events, false);
	api_messages(x, &j, p.messages, p.n_messages);
	put_earlier(x, &j, &p);
	return api_close(x, &j);
}

enum rc
api_message_post(struct exchange *x)
{
	const struct say_ask *in = x->values;
	struct idem_key key;
	struct actor actor;
	struct ctx ctx;
	struct json j;
	enum rc rc = api_key(x, &key);

	if (rc == RC_OK)
		rc = api_receipt_enter(x, &actor, &ctx);
	if (rc == RC_OK)
		rc = consult_say(&ctx, key, (struct case_id){ actor.request }, in->body);
	if (rc != RC_OK)
		return rc;
	x->out->status = 201;
	j = api_open(x);
	json_bool(&j, "said", true);
	return api_close(x, &j);
}
