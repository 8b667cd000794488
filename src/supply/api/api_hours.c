/* Whom to ring at this hour, and a call that nobody took, for programs: a telephone exchange, a map, the city's app. */
#include "supply/api/api_internal.h"

#include <stddef.h>

#include "operations/missed/missed.h"
#include "resources/oncall/oncall.h"

struct missed_ask { struct text phone, name, words; int minute; };
#define AT(member) offsetof(struct missed_ask, member)
static const struct field fields[] = {
	{ .key = "phone", .kind = FIELD_PHONE, .label = T("打哪个电话找您"), .required = true, .offset = AT(phone) },
	{ .key = "name", .kind = FIELD_LINE, .label = T("怎么称呼您"), .max = 60, .offset = AT(name) },
	{ .key = "minute", .kind = FIELD_TIME, .label = T("几点打的"), .max = 1439, .hint = T("刚刚打的不用写。"), .offset = AT(minute) },
	{ .key = "words", .kind = FIELD_PARAGRAPH, .label = T("想问什么事"), .max = 500, .offset = AT(words) },
};
const struct form missed_ask_form = FORM_OF("api.missed", T("打了没有人接"), fields, struct missed_ask);

struct duty_arg { int64_t point; struct day day; struct oncall_contact v[ONCALL_MOST]; size_t n; };

static enum rc
duty_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct duty_arg *a = argument;

	return oncall_list(tx, actor, a->point, a->day, a->v, ONCALL_MOST, &a->n);
}

static void
put_contact(struct json *j, const char *key, const struct oncall_contact *k)
{
	if (k == NULL) {
		json_none(j, key);
		return;
	}
	json_begin_object(j, key);
	json_text(j, "office", k->office);
	json_text(j, "name", k->show_name ? k->name : TEXT(""));
	json_text(j, "phone", k->phone);
	json_text(j, "hours", k->hours);
	json_end_object(j);
}

enum rc
api_oncall(struct exchange *x)
{
	struct duty_arg a = { .day = day_of_moment(x->ctx->now_ms) };
	struct oncall_now now;
	struct point p;
	struct json j;
	enum rc rc = network_find_code(x->ctx, http_segment(x, "code"), &p);

	a.point = p.id;
	if (rc == RC_OK)
		rc = db_read(x->ctx, duty_tx, &a);
	if (rc != RC_OK)
		return rc;
	now = oncall_pick(a.v, a.n, x->ctx->now_ms, holidays_current());
	j = api_open(x);
	json_text(&j, "code", p.code);
	json_text(&j, "phone", p.phone);
	json_bool(&j, "open", network_is_open(&p, x->ctx->now_ms, holidays_current()));
	put_contact(&j, "now", now.first);
	put_contact(&j, "next", now.next);
	return api_close(x, &j);
}

enum rc
api_missed_post(struct exchange *x)
{
	const struct missed_ask *in = x->values;
	struct intake_receipt receipt = { .id = 0 };
	struct idem_key key;
	struct point p;
	struct json j;
	enum rc rc = network_find_code(x->ctx, http_segment(x, "code"), &p);

	if (rc == RC_OK)
		rc = api_key(x, &key);
	if (rc == RC_OK)
		rc = missed_note(x->ctx, key, &(struct missed_new){ .point = p.id, .channel = CHANNEL_PORTAL, .name = in->name, .phone = in->phone,
		    .words = in->words, .minute = in->minute }, &x->findings, &receipt);
	if (rc != RC_OK)
		return rc;
	x->out->status = 201;
	j = api_open(x);
	json_str(&j, "number", receipt.number);
	json_str(&j, "code", receipt.code);
	api_moment(&j, "due", receipt.due_ms);
	return api_close(x, &j);
}
