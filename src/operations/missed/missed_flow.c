#include "operations/missed/missed_store.h"

#include <stdio.h>

#include "base/utf8.h"
#include "kit/msg/msg.h"
#include "operations/matter/consult/consult.h"
#include "resources/network/network.h"
#include "resources/oncall/oncall.h"
#include "standards/catalogue/catalogue.h"
#include "standards/holidays/holidays.h"

#define MINUTE_MS INT64_C(60000)
#define WORDS_MOST 500

const struct setting_kind missed_hours = { .key = "missed.hours", .label = T("未接来电几小时内回电"), .unit = T("小时"),
	.hint = T("从记下来电起算，夜里和节假日也算。只对以后记下的来电有效。"), .min = 1, .max = 72, .usual = 4, .right = RIGHT_SETTINGS };

/* ---- what became of it ---------------------------------------------------------------------------------- */

static const struct { const char *key, *label; } states[MISSED_STATE_COUNT] = {
	[MISSED_WAITING] = { "waiting", T("等着回电") }, [MISSED_LATE] = { "late", T("回电超时") },
	[MISSED_DONE] = { "done", T("按时回了电") }, [MISSED_DONE_LATE] = { "done_late", T("回晚了") },
	[MISSED_ENDED] = { "ended", T("没有回，事情已经结束") },
};

const char *missed_state_key(enum missed_state s) { return states[s].key; }
const char *missed_state_label(enum missed_state s) { return states[s].label; }

bool
missed_is_open(enum missed_state s)
{
	return s == MISSED_WAITING || s == MISSED_LATE;
}

enum missed_state
missed_state_of(int64_t due_ms, int64_t done_ms, bool reached, int64_t now_ms)
{
	if (done_ms == 0)
		return now_ms <= due_ms ? MISSED_WAITING : MISSED_LATE;
	if (!reached)
		return MISSED_ENDED;
	return done_ms <= due_ms ? MISSED_DONE : MISSED_DONE_LATE;
}

/* ---- noting ----------------------------------------------------------------------------------------------- */

struct note_arg { const struct missed_new *in; struct point point; struct item item; };

/* The last time that clocks showed this minute. */
static int64_t
rang_at(int minute, int64_t now_ms)
{
	int64_t at = day_start_ms(day_of_moment(now_ms)) + minute * MINUTE_MS;

	return minute < 0 ? now_ms : at <= now_ms ? at : at - DAY_MS;
}

/* Who is to ring back: whoever of those on duty has an account; *ret_contact: who should have answered. */
static enum rc
duty_find(struct tx *tx, const struct actor *actor, const struct note_arg *a, int64_t rang_ms, int64_t *ret_account, int64_t *ret_contact)
{
	const struct calendar *calendar = holidays_current();
	struct oncall_contact v[ONCALL_MOST];
	struct oncall_now then;
	size_t n = 0;
	enum rc rc = oncall_list(tx, actor, a->in->point, day_of_moment(rang_ms), v, ONCALL_MOST, &n);

	if (rc != RC_OK)
		return rc;
	then = oncall_pick(v, n, rang_ms, calendar);
	*ret_contact = then.first != NULL ? then.first->id : 0;
	*ret_account = 0;
	for (size_t i = 0; i < n && *ret_account == 0; i++)
		if (v[i].account != 0 && oncall_is_on(&v[i], tx_now_ms(tx), calendar))
			*ret_account = v[i].account;
	return RC_OK;
}

static enum rc
clock_begin(struct tx *tx, const struct actor *actor, struct request *r, int64_t *ret_due)
{
	int64_t hours = 0;
	enum rc rc = setting_read(tx, actor, &missed_hours, &hours);
	struct clock_rule rule = { .count = (int)hours, .unit = CLOCK_HOUR };

	*ret_due = clock_due(holidays_current(), rule, tx_now_ms(tx), NULL, 0, tx_now_ms(tx)).due_ms;
	return rc == RC_OK ? case_clock_start(tx, actor, r, TARGET_CALL_BACK, rule, text_of(CATALOGUE_PROMISE)) : rc;
}

static enum rc
note_tx(struct tx *tx, const struct actor *actor, struct request *r, void *argument)
{
	const struct note_arg *a = argument;
	int64_t rang_ms = rang_at(a->in->minute, tx_now_ms(tx)), account = 0, contact = 0, event = 0, due_ms = 0, callback = 0;
	enum rc rc = duty_find(tx, actor, a, rang_ms, &account, &contact);
	struct event_new noted = { .kind = "missed.noted", .shown = true, .note = a->point.name,
		.data = arena_format(tx_mem(tx), "point=%lld\nto=%lld", (long long)a->in->point, (long long)account) };

	if (rc == RC_OK)
		rc = request_step(tx, actor, r, &noted, &event);
	if (rc == RC_OK && account != 0 && account != r->holder)
		rc = request_hold(tx, actor, r, account, a->in->point, HOLDING_ASSIGNED, event);
	if (rc == RC_OK)
		rc = clock_begin(tx, actor, r, &due_ms);
	if (rc == RC_OK)
		rc = callback_put(tx, actor, r, due_ms, &callback);
	if (rc != RC_OK)
		return rc;
	return tx_run(tx, actor, &missed_q[Q_INSERT], ARGS(db_int(tx_id(tx)), db_int(r->id.n), db_int(a->in->point), db_key(contact),
	    db_text(a->point.phone), db_int(rang_ms), db_int(callback), db_int(due_ms)), NULL);
}

static enum rc
item_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct note_arg *a = argument;
	struct day today = day_of_moment(tx_now_ms(tx));
	int64_t id = 0;
	enum rc rc = tx_int(tx, actor, &missed_q[Q_POINT], ARGS(db_int(a->in->point), db_int(today.n)), &id);

	return rc == RC_OK ? catalogue_load_code(tx, actor, text_of(topic_item(TOPIC_UNSURE)), today, &a->item) : rc;
}

static struct intake_new
intake_of(struct ctx *ctx, const struct note_arg *a)
{
	const struct missed_new *in = a->in;
	struct text name = a->point.name, said = text_trim(in->words);
	struct intake_new next = { .topic = TOPIC_UNSURE, .item = a->item.id, .place = a->point.place, .channel = in->channel,
		.applicant = APPLICANT_PERSON, .caller = RELATION_SELF, .person = { .born = DAY_NONE, .place = a->point.place } };

	next.subject = arena_format(ctx->mem, "未接来电：%.*s", (int)name.n, name.p);
	next.detail = said.n > 0 ? said : arena_format(ctx->mem, "打过%.*s的电话%.*s，没有人接，请回电。", (int)name.n, name.p,
	    (int)a->point.phone.n, a->point.phone.p);
	/* without a name the phone is a contact: nobody is written down by it */
	if (text_is_empty(text_trim(in->name))) {
		next.contact = in->phone;
	} else {
		next.person.name = in->name;
		next.person.phone = in->phone;
	}
	return next;
}

enum rc
missed_note(struct ctx *ctx, struct idem_key key, const struct missed_new *in, struct findings *findings, struct intake_receipt *ret)
{
	struct note_arg a = { .in = in };
	const int64_t asked[] = { in->point, in->minute };
	struct intake_also also = { note_tx, &a, { (const char *)asked, sizeof asked } };
	struct intake_new next;
	enum rc rc = network_find(ctx, in->point, &a.point);

	if (rc == RC_OK)
		rc = db_read(ctx, item_tx, &a);
	if (rc != RC_OK)
		return rc;
	if (text_is_empty(in->phone))
		findings_add(findings, "phone", T("请留一个能打通的电话，不然没法回电"), 0);
	if (utf8_length(in->words) > WORDS_MOST)
		findings_add(findings, "words", T("最多%lld个字"), WORDS_MOST);
	if (findings->total > 0)
		return RC_INVALID;
	next = intake_of(ctx, &a);
	next.also = &also;
	rc = intake_receive(ctx, key, &next, findings, ret);
	for (size_t i = 0; i < findings->n; i++)
		if (text_equals(text_of(findings->v[i].field), TEXT("contact")))
			findings->v[i].field = "phone";
	return rc;
}

/* ---- rung back ------------------------------------------------------------------------------------------------ */

static enum rc
called(struct tx *tx, const struct actor *actor, const struct request *r, int64_t event)
{
	struct request copy = *r;
	int64_t n = 0;
	enum rc rc = tx_int(tx, actor, &missed_q[Q_TO_MEET], ARGS(db_int(r->id.n), db_int(TARGET_CALL_BACK)), &n);

	(void)event;
	return rc == RC_OK && n > 0 ? case_clock_meet(tx, actor, &copy, TARGET_CALL_BACK) : rc;
}

const struct event_hook missed_called_hook = { .kind = "consult.called", .run = called };
