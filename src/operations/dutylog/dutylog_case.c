/* Requests of a duty: written down there by whoever is on duty, or taken in at the station that day and offered for the log. */
#include "operations/dutylog/dutylog_store.h"

#include "base/utf8.h"
#include "kit/audit/audit.h"
#include "kit/msg/msg.h"
#include "resources/identity/identity.h"
#include "standards/catalogue/catalogue.h"

enum rc
dutylog_cases(struct tx *tx, const struct actor *actor, const struct duty_slot *s, struct dutylog_case *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &dutylog_q[L_CASES], ARGS(db_int(s->day.n), db_int(s->point), db_int(s->plan), db_int(s->slot),
	    db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct dutylog_case){ .request = rows_int(row, 0), .number = rows_copy(row, 1), .item = rows_copy(row, 2),
			.made = rows_int(row, 3) != 0, .linked = rows_int(row, 4) != 0, .at_ms = rows_int(row, 5), .holder = rows_int(row, 6) };
	return rc == RC_DONE ? RC_OK : rc;
}

/* ---- written down by whoever is on duty ------------------------------------------------------------------------------------ */

struct ask_arg {
	const struct dutylog_ask *in;
	struct duty_slot s;
	struct dutylog l;
	struct item item;
};

static enum rc
ask_read_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct ask_arg *a = argument;
	enum rc rc = dutylog_own_slot(tx, actor, a->in->plan, a->in->slot, &a->s);

	if (rc == RC_OK)
		rc = dutylog_load(tx, actor, a->in->plan, a->in->slot, &a->l);
	return rc == RC_OK ? catalogue_load_code(tx, actor, text_of(topic_item((enum topic)a->in->topic)), day_of_moment(tx_now_ms(tx)), &a->item) : rc;
}

/* In the transaction of the request: a log that somebody has written meanwhile takes no more. */
static enum rc
link_tx(struct tx *tx, const struct actor *actor, struct request *r, void *argument)
{
	const struct ask_arg *a = argument;
	int64_t n = 0;
	enum rc rc = tx_run(tx, actor, &dutylog_q[L_LINK_MADE], ARGS(db_int(r->id.n), db_int(a->in->plan), db_int(a->in->slot),
	    db_int(actor->account), db_int(tx_now_ms(tx))), &n);

	if (rc == RC_OK && n != 1)
		return RC_CONFLICT;
	return rc == RC_OK ? audit_note(tx, actor, "duty.ask", "request", r->id.n, TEXT_NONE) : rc;
}

static bool
ask_check(const struct ctx *ctx, const struct ask_arg *a, struct findings *findings)
{
	if (!a->l.signed_in)
		findings_add(findings, "", T("先签到，再登记"), 0);
	else if (a->l.written)
		findings_add(findings, "", T("日志已经写好，再有人来请到站点窗口登记"), 0);
	else if (a->s.day.n != day_of_moment(ctx->now_ms).n)
		findings_add(findings, "", T("只能在值班当天登记"), 0);
	return findings->total == 0;
}

enum rc
dutylog_receive(struct ctx *ctx, struct idem_key key, const struct dutylog_ask *in, struct findings *findings, struct intake_receipt *ret)
{
	struct ask_arg a = { .in = in };
	const int64_t asked[] = { in->plan, in->slot };
	struct intake_also also = { link_tx, &a, { (const char *)asked, sizeof asked } };
	struct intake_new next = { .also = &also, .topic = (enum topic)in->topic, .channel = CHANNEL_STATION, .scheduled = true, .accept_now = true,
		.applicant = APPLICANT_PERSON, .caller = RELATION_SELF, .detail = in->detail, .person = { .born = DAY_NONE } };
	struct actor there = *ctx->actor;
	struct ctx mine = *ctx;
	enum rc rc = db_read(ctx, ask_read_tx, &a);

	if (rc != RC_OK)
		return rc;
	if (!ask_check(ctx, &a, findings))
		return RC_INVALID;
	there.point = a.s.point; /* on duty they work there: the station has received it */
	mine.actor = &there;
	next.item = a.item.id;
	next.place = next.person.place = a.s.place;
	if (text_is_empty(text_trim(in->name))) {
		next.contact = in->phone;
	} else {
		next.person.name = in->name;
		next.person.phone = in->phone;
	}
	return intake_receive(&mine, key, &next, findings, ret);
}

/* ---- offered for the log ----------------------------------------------------------------------------------------------------- */

enum rc
dutylog_link(struct tx *tx, const struct actor *actor, const struct dutylog_new *in, const struct duty_slot *s)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < in->n_requests; i++)
		rc = tx_run(tx, actor, &dutylog_q[L_LINK], ARGS(db_int(in->requests[i]), db_int(in->plan), db_int(in->slot), db_int(actor->account),
		    db_int(tx_now_ms(tx)), db_int(s->point), db_int(s->day.n)), NULL);
	return rc;
}
