/* Every step on a case: what the form says, given to the use case; what follows is case_end()'s. */
#include "supply/desk/desk_internal.h"

/* The case of the address, and whether the form could be read at all. */
static enum rc
act_begin(struct exchange *x, struct case_id *id)
{
	return http_segment_id(x, "id", &id->n);
}

enum rc
accept_post(struct exchange *x)
{
	const struct step_values *in = x->values;
	struct case_id id;
	enum rc rc = act_begin(x, &id);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = intake_accept(x->ctx, frame_idem_key(x), id, in->revision);
	return case_end(x, id, "", rc, "accept");
}

enum rc
takeover_post(struct exchange *x)
{
	const struct step_values *in = x->values;
	struct case_id id;
	enum rc rc = act_begin(x, &id);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = dispatch_take_over(x->ctx, frame_idem_key(x), id, in->revision);
	return case_end(x, id, "", rc, "takeover");
}

enum rc
answer_post(struct exchange *x)
{
	const struct answer_values *in = x->values;
	struct case_id id;
	enum rc rc = act_begin(x, &id);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = consult_answer(x->ctx, frame_idem_key(x), &(struct consult_answer){ .id = id, .revision = in->revision,
		    .answer = in->answer, .aid_told = in->aid_told });
	if (rc == RC_OK)
		desk_draft_drop(x, arena_format(x->ctx->mem, "answer-%lld", (long long)id.n));
	return case_end(x, id, "answer", rc, "answer");
}

enum rc
close_post(struct exchange *x)
{
	const struct close_values *in = x->values;
	struct consult_verdict verdict = { .allowed = true };
	struct case_id id;
	enum rc rc = act_begin(x, &id);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK && !desk_code_fits(x, "consult.outcome", in->outcome, "outcome", in->note, "note"))
		rc = RC_INVALID;
	if (rc == RC_OK) {
		rc = consult_close(x->ctx, frame_idem_key(x), id, in->revision, in->outcome, in->note, &verdict);
	}
	if (rc == RC_REFUSED) {
		struct case_note note = { .tone = UI_LATE, .title = T("现在还不能办结"),
			.body_text = desk_join(x, desk_say(x, consult_why_label(verdict.why)), text_of(verdict.article)) };

		x->out->status = 422;
		return case_show(x, id, act_by_key(TEXT("close")), &note);
	}
	return case_end(x, id, "close", rc, "close");
}

enum rc
decline_post(struct exchange *x)
{
	const struct decline_values *in = x->values;
	struct case_id id;
	enum rc rc = act_begin(x, &id);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = intake_decline(x->ctx, frame_idem_key(x), &(struct intake_decline){ .id = id, .revision = in->revision,
		    .reason = in->reason, .helper = in->helper });
	return case_end(x, id, "decline", rc, "decline");
}

enum rc
convert_post(struct exchange *x)
{
	const struct convert_values *in = x->values;
	struct consult_converted made = { .id = 0 };
	struct case_id id;
	enum rc rc = act_begin(x, &id);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK) {
		rc = consult_convert(x->ctx, frame_idem_key(x), &(struct consult_convert){ .id = id, .revision = in->revision,
		    .item = in->item, .note = in->note }, &made);
		if (rc == RC_INVALID)
			findings_add(&x->findings, "item", T("请选择另一个现在办理的事项"), 0);
	}
	if (rc == RC_OK)
		id.n = made.id;
	return case_end(x, id, "convert", rc, "convert");
}

enum rc
callback_post(struct exchange *x)
{
	const struct callback_values *in = x->values;
	struct case_id id;
	enum rc rc = act_begin(x, &id);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK) {
		rc = callback_promise(x->ctx, frame_idem_key(x), id, in->revision,
		    day_start_ms(in->day) + in->time * INT64_C(60000));
		if (rc == RC_INVALID)
			findings_add(&x->findings, "time", T("这个时间已经过了"), 0);
	}
	return case_end(x, id, "callback", rc, "callback");
}

enum rc
called_post(struct exchange *x)
{
	const struct called_values *in = x->values;
	struct case_id id;
	enum rc rc = act_begin(x, &id);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = callback_done(x->ctx, frame_idem_key(x), in->callback,
		    in->result == CALLED_REACHED ? TEXT("reached") : TEXT("unreachable"));
	return case_end(x, id, "", rc, "called");
}

enum rc
aid_post(struct exchange *x)
{
	const struct aid_values *in = x->values;
	struct case_id id;
	enum rc rc = act_begin(x, &id);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = consult_tell_aid(x->ctx, frame_idem_key(x), id, in->revision, (enum aid_hint)in->hint);
	return case_end(x, id, "", rc, "aid");
}

enum rc
say_post(struct exchange *x)
{
	const struct say_values *in = x->values;
	struct case_id id;
	enum rc rc = act_begin(x, &id);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = consult_say(x->ctx, frame_idem_key(x), id, in->body);
	return case_end(x, id, "", rc, "say");
}

/* ---- numbers in clear ----------------------------------------------------------------------------------- */

struct person_arg { struct case_id id; int64_t person; };

static enum rc
person_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct person_arg *arg = argument;
	struct request r;
	enum rc rc = request_load(tx, actor, arg->id, &r);

	if (rc == RC_OK)
		arg->person = r.person;
	return rc;
}

static struct text
number_text(struct exchange *x, const char *label, const char *number)
{
	return number[0] == '\0' ? TEXT_NONE : arena_format(x->ctx->mem, "%s %s", msg(x->ctx->lang, label), number);
}

/* The phone to ring first; the one on record only when it is another. */
static struct text
numbers_text(struct exchange *x, const struct person_clear *c)
{
	bool left = c->contact[0] != '\0', other = left && !text_equals(text_of(c->contact), text_of(c->phone));
	struct text t = number_text(x, T("电话"), left ? c->contact : c->phone);

	if (other)
		t = desk_join(x, t, number_text(x, T("登记在案的电话"), c->phone));
	t = desk_join(x, t, number_text(x, T("反映人的电话"), c->caller_phone));
	return desk_join(x, t, number_text(x, T("身份证"), c->id_number));
}

/* Shown once, on the answer to the form itself: never at an address, never kept. */
enum rc
reveal_post(struct exchange *x)
{
	const struct reveal_values *in = x->values;
	struct person_arg arg = { .person = 0 };
	struct person_clear clear = { .phone = "" };
	enum rc rc = act_begin(x, &arg.id);

	if (rc == RC_OK)
		rc = db_read(x->ctx, person_tx, &arg);
	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = person_reveal(x->ctx, x->ctx->crypt, (struct person_id){ arg.person }, in->purpose, arg.id.n, &clear);
	if (rc == RC_OK) {
		struct case_note note = { .tone = UI_INFO, .title = T("完整号码（已记入审计，离开这一页就不再显示）"),
			.body_text = numbers_text(x, &clear) };

		return case_show(x, arg.id, NULL, &note);
	}
	return case_end(x, arg.id, "reveal", rc, "");
}
