/* The counter: application, acceptance, receipt and the one-time list in one command; nothing is half done. */
#include "operations/matter/legalaid/legalaid_internal.h"
#include "operations/matter/legalaid/legalaid_notice.h"
#include "operations/matter/legalaid/legalaid_notice_store.h"

#include "kit/msg/msg.h"

struct counter_ret { enum { COUNTER_FINE, COUNTER_OTHER_NAME, COUNTER_ELSEWHERE } why; struct text other; };
struct counter_arg {
	const struct aid_counter *in;
	struct aid_limits limits;
	struct counter_ret ret;
	struct arena *mem;
};

static enum rc
brought_write(struct tx *tx, const struct actor *actor, struct case_id id, const struct aid_counter *in)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < in->n_brought; i++)
		rc = tx_run(tx, actor, &aid_notice_q[N_BROUGHT_PUT], ARGS(db_int(id.n), db_int((int64_t)i + 1), db_text(text_trim(in->brought[i].name)),
		    db_int(in->brought[i].copies), db_int(in->brought[i].original)), NULL);
	return rc == RC_OK && in->n_brought > 0 ? paper_owe_kind(tx, actor, "legalaid.received", id) : rc;
}

/* Somebody else's number, or somebody else's case: refused before anything stands. */
static enum rc
judge(struct tx *tx, const struct actor *actor, const struct request *r, struct counter_arg *arg)
{
	struct aid_other other;
	enum rc rc;

	if ((r->differs & PERSON_DIFFERS_NAME) != 0 && !arg->in->known_by_name) {
		arg->ret.why = COUNTER_OTHER_NAME;
		return RC_REFUSED;
	}
	rc = aid_other_find(tx, actor, r->id, &other);
	if (rc == RC_NOT_FOUND)
		return RC_OK;
	if (rc != RC_OK)
		return rc;
	arg->ret.why = COUNTER_ELSEWHERE;
	arg->ret.other = arena_format(arg->mem, "同一个人为同一件事已经由%.*s先收到（编号%.*s），由该机构办理：请凭那一件的回执查询，或者拨打该机构电话",
	    (int)other.point_name.n, other.point_name.p, (int)other.number.n, other.number.p);
	return arg->ret.other.p != NULL ? RC_REFUSED : RC_NO_MEMORY;
}

static enum rc
missing_ask(struct tx *tx, const struct actor *actor, struct aid_work *w, const struct aid_counter *in)
{
	struct aid_ask ask = { .id = w->r.id, .until = in->until, .words = TEXT_NONE, .n = in->n_missing };
	struct aid_verdict v = { .why = AID_MAY, .basis = "" };
	enum rc rc;

	for (size_t i = 0; i < in->n_missing; i++)
		ask.papers[i] = text_trim(in->missing[i]);
	w->edge = aid_edge_find(AID_APPLIED, AID_ASK_SUPPLEMENT);
	rc = aid_supplement_write(tx, actor, w, &ask, &v);
	if (rc == RC_OK)
		rc = paper_owe_kind(tx, actor, "legalaid.supplement", w->r.id);
	return rc == RC_OK ? aid_take(tx, actor, w, TEXT_NONE, true, NULL) : rc;
}

static enum rc
counter_with(struct tx *tx, const struct actor *actor, struct request *r, void *argument)
{
	struct counter_arg *arg = argument;
	struct aid_work w;
	enum rc rc = aid_apply_write(tx, actor, r, &arg->in->form, &arg->limits, &w);

	arg->ret = (struct counter_ret){ .why = COUNTER_FINE };
	if (rc == RC_OK)
		rc = judge(tx, actor, &w.r, arg);
	if (rc == RC_OK)
		rc = brought_write(tx, actor, r->id, arg->in);
	if (rc == RC_OK && arg->in->n_missing > 0)
		rc = missing_ask(tx, actor, &w, arg->in);
	*r = w.r;
	return rc;
}

static void
counter_check(const struct aid_counter *in, struct day today, struct findings *findings)
{
	aid_form_check(&in->form, today, findings);
	if (in->form.kind == AID_DESIGNATED || in->form.kind == AID_COMPULSORY)
		findings_add(findings, "kind", T("办案机关通知的，请用“登记通知辩护”"), 0);
	if (text_is_empty(text_trim(in->request.person.name)))
		findings_add(findings, "name", T("申请法律援助要写姓名"), 0);
	for (size_t i = 0; i < in->n_brought; i++)
		if (text_is_empty(text_trim(in->brought[i].name)) || in->brought[i].copies < 1 || in->brought[i].copies > 99)
			findings_add(findings, "brought", T("每样材料写名称；份数 1 至 99"), 0);
	if (in->n_missing > 0 && (day_is_none(in->until) || day_compare(in->until, today) <= 0 || in->until.n - today.n > 60))
		findings_add(findings, "until", aid_why_label(AID_UNTIL_BAD), 0);
}

static struct text
counter_bytes(struct arena *mem, const struct aid_counter *in)
{
	struct text t = aid_form_bytes(mem, &in->form);

	for (size_t i = 0; t.p != NULL && i < in->n_brought; i++)
		t = arena_format(mem, "%.*s\n+%.*s %d %d", (int)t.n, t.p, (int)in->brought[i].name.n, in->brought[i].name.p, in->brought[i].copies,
		    in->brought[i].original);
	for (size_t i = 0; t.p != NULL && i < in->n_missing; i++)
		t = arena_format(mem, "%.*s\n-%.*s", (int)t.n, t.p, (int)in->missing[i].n, in->missing[i].p);
	return t.p == NULL ? t : arena_format(mem, "%.*s\n%d %d", (int)t.n, t.p, (int)in->until.n, in->known_by_name);
}

enum rc
aid_counter_take(struct ctx *ctx, struct idem_key key, const struct aid_counter *in, struct findings *findings,
    struct intake_receipt *ret)
{
	struct counter_arg arg = { .in = in, .mem = ctx->mem };
	struct intake_also also = { .run = counter_with, .arg = &arg, .asked = counter_bytes(ctx->mem, in) };
	struct intake_new request = in->request;
	enum rc rc;

	counter_check(in, day_of_moment(ctx->now_ms), findings);
	if (findings->total > 0)
		return RC_INVALID;
	if (also.asked.p == NULL)
		return RC_NO_MEMORY;
	rc = aid_limits_load(ctx, day_of_moment(ctx->now_ms), &arg.limits);
	if (rc == RC_OK)
		rc = aid_item_find(ctx, &request.item);
	if (rc != RC_OK)
		return rc;
	request.also = &also;
	request.accept_now = true;
	rc = intake_receive(ctx, key, &request, findings, ret);
	if (rc == RC_REFUSED && arg.ret.why == COUNTER_OTHER_NAME)
		findings_add(findings, "id_number", T("这个证件号码登记的是另一个名字：材料可能是别人的。核对原件，确是本人（改名、曾用名）的勾选后再交"), 0);
	if (rc == RC_REFUSED && arg.ret.why == COUNTER_ELSEWHERE)
		findings_add(findings, "matter", arg.ret.other.p, 0);
	return rc;
}

enum rc
aid_brought_list(struct tx *tx, const struct actor *actor, struct case_id id, struct aid_brought *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &aid_notice_q[N_BROUGHT], ARGS(db_int(id.n), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct aid_brought){ .name = rows_copy(row, 0), .copies = (int)rows_int(row, 1), .original = rows_int(row, 2) != 0 };
	return rc == RC_DONE ? RC_OK : rc;
}

struct owed_arg { struct case_id id; int64_t v[AID_PAPERS_MAX]; size_t n; };

static enum rc
owed_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct owed_arg *o = argument;
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &aid_notice_q[N_OWED], ARGS(db_int(o->id.n), db_int(AID_PAPERS_MAX)), &row);

	while (rc == RC_OK && o->n < AID_PAPERS_MAX && (rc = rows_next(row)) == RC_OK)
		o->v[o->n++] = rows_int(row, 0);
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
aid_papers_of(struct ctx *ctx, struct case_id id)
{
	struct owed_arg owed = { .id = id };
	enum rc rc = db_read(ctx, owed_tx, &owed);

	for (size_t i = 0; rc == RC_OK && i < owed.n; i++) {
		struct text why;

		rc = aid_paper_set(ctx, id, owed.v[i], false, &why);
		if (rc == RC_INVALID || rc == RC_CONFLICT || rc == RC_NOT_FOUND) /* it waits; the worker was there first */
			rc = RC_OK;
	}
	return rc;
}
