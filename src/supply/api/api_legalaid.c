/* Legal aid for programs: cases by what they wait for, one case, its steps with their refusals, the application by its code. */
#include "operations/matter/legalaid/legalaid_act.h"
#include "supply/api/api_internal.h"

#define PAGE 50
#define PAGE_MOST 100
#define MANY 60

static const struct choice group_keys[] = {
	{ 1, "mine", T("我办的") }, { 2, "open", T("全部在办") }, { 3, "examine", T("待审查") }, { 4, "decide", T("待决定") },
	{ 5, "assign", T("待指派") }, { 6, "work", T("办理中") }, { 7, "file", T("结案、案卷、补贴") },
	{ 8, "object", T("不予援助、终止、异议") }, { 9, "ended", T("已办结") }, { 0, NULL, NULL },
};
static const struct { enum aid_state from, last; bool mine; } groups[] = {
	{ AID_UNFILLED, AID_CORRECTED, true }, { AID_UNFILLED, AID_CORRECTED, false }, { AID_UNFILLED, AID_SUPPLEMENT, false },
	{ AID_EXAMINED, AID_EXAMINED, false }, { AID_GRANTED, AID_GRANTED, false }, { AID_ASSIGNED, AID_IN_PROGRESS, false },
	{ AID_CLOSED, AID_SUBSIDY_PAID, false }, { AID_REFUSED, AID_CORRECTED, false }, { AID_ARCHIVED, AID_ELSEWHERE, false },
};
static const struct field ask_fields[] = {
	{ .key = "group", .kind = FIELD_CHOICE, .label = T("看哪些"), .choices = group_keys, .offset = offsetof(struct legalaid_ask, group) },
	{ .key = "after", .kind = FIELD_LINE, .label = T("从哪里接着看"), .max = 48, .offset = offsetof(struct legalaid_ask, after) },
	{ .key = "most", .kind = FIELD_INT, .label = T("最多几件"), .min = 1, .max = PAGE_MOST, .offset = offsetof(struct legalaid_ask, most) },
};
const struct form legalaid_ask_form = FORM_OF("api.legalaid", T("法律援助案件"), ask_fields, struct legalaid_ask);

static void
put_label(struct exchange *x, struct json *j, const char *name, const struct choice *choices, int value)
{
	const struct choice *c = choice_by_value(choices, value);

	if (c == NULL)
		json_none(j, name);
	else
		api_choice(x, j, name, c->key, c->label);
}

/* ---- the list ---------------------------------------------------------------------------------------------- */

struct list_arg { struct aid_filter f; size_t most; struct aid_row v[PAGE_MOST + 1]; size_t n; };

static enum rc
list_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct list_arg *l = arg;

	return aid_list(tx, actor, &l->f, l->v, l->most + 1, &l->n);
}

/* "STATE-ID" of the last row of the page before. */
static enum rc
after_read(struct exchange *x, struct text t, struct aid_filter *f)
{
	struct text rest = t, head = text_cut(&rest, '-');
	int64_t state = 0;

	if (t.n == 0)
		return RC_OK;
	if (int64_parse(head, 0, 99, &state) == RC_OK && int64_parse(rest, 1, INT64_MAX, &f->after_id) == RC_OK) {
		f->after_state = (enum aid_state)state;
		return RC_OK;
	}
	findings_add(&x->findings, "after", T("请用上一页给出的 next"), 0);
	return RC_INVALID;
}

enum rc
api_legalaid_list(struct exchange *x)
{
	const struct legalaid_ask *in = x->values;
	struct list_arg *l = ARENA_NEW(x->ctx->mem, struct list_arg);
	size_t g = in->group > 0 ? (size_t)in->group - 1 : 0;
	struct json j;
	enum rc rc;

	if (l == NULL)
		return RC_NO_MEMORY;
	l->f = (struct aid_filter){ .from = groups[g].from, .last = groups[g].last, .mine = groups[g].mine };
	l->most = in->most > 0 ? (size_t)in->most : PAGE;
	rc = after_read(x, in->after, &l->f);
	if (rc == RC_OK)
		rc = db_read(x->ctx, list_tx, l);
	if (rc != RC_OK)
		return rc;
	j = api_open(x);
	json_begin_array(&j, "cases");
	for (size_t i = 0; i < l->n && i < l->most; i++) {
		const struct aid_row *r = &l->v[i];

		json_begin_object(&j, NULL);
		api_id(&j, "id", r->id.n);
		json_text(&j, "number", r->number);
		api_choice(x, &j, "state", aid_state_key(r->state), aid_state_label(r->state));
		put_label(x, &j, "kind", aid_kind_choices, r->kind);
		put_label(x, &j, "matter", aid_matter_choices, r->matter);
		json_text(&j, "person", r->person_name);
		json_text(&j, "holder", r->holder_name);
		json_text(&j, "lawyer", r->lawyer_name);
		json_bool(&j, "advance", r->advance);
		api_moment(&j, "applied", r->applied_ms);
		api_moment(&j, "due", r->due_ms);
		json_end_object(&j);
	}
	json_end_array(&j);
	if (l->n > l->most)
		json_text(&j, "next", arena_format(x->ctx->mem, "%d-%lld", (int)l->v[l->most - 1].state, (long long)l->v[l->most - 1].id.n));
	else
		json_none(&j, "next");
	return api_close(x, &j);
}

/* ---- one case -------------------------------------------------------------------------------------------------- */

struct aid_arg {
	struct case_id id;
	bool resident;
	struct request r;
	struct aid a;
	unsigned sides;
	struct aid_decision decisions[AID_DECISIONS_MAX];
	struct aid_assignment assignments[MANY];
	struct aid_report reports[MANY];
	struct aid_objection objections[MANY];
	struct aid_file files[MANY];
	struct aid_subsidy subsidies[MANY];
	struct aid_closing closing;
	size_t n_decisions, n_assignments, n_reports, n_objections, n_files, n_subsidies;
	bool has_closing;
};

static enum rc
office_rows(struct tx *tx, const struct actor *actor, struct aid_arg *a)
{
	enum rc rc = aid_files(tx, actor, a->id, a->files, MANY, &a->n_files);

	return rc == RC_OK ? aid_subsidies(tx, actor, a->id, a->subsidies, MANY, &a->n_subsidies) : rc;
}

static enum rc
aid_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct aid_arg *a = arg;
	enum rc rc;

	a->resident = actor->kind == ACTOR_RECEIPT;
	if (a->resident)
		a->id.n = actor->request;
	rc = a->resident ? request_load_receipt(tx, actor, &a->r) : request_load(tx, actor, a->id, &a->r);
	if (rc == RC_OK)
		rc = aid_load(tx, actor, a->id, &a->a);
	if (rc == RC_OK)
		rc = aid_sides(tx, actor, &a->r, &a->sides);
	if (rc == RC_OK)
		rc = aid_decisions(tx, actor, a->id, a->decisions, AID_DECISIONS_MAX, &a->n_decisions);
	if (rc == RC_OK)
		rc = aid_assignments(tx, actor, a->id, a->assignments, MANY, &a->n_assignments);
	if (rc == RC_OK)
		rc = aid_reports(tx, actor, a->id, a->reports, MANY, &a->n_reports);
	if (rc == RC_OK && actor->role != ROLE_PROVIDER) /* what is said of the means is not for the lawyer */
		rc = aid_objections(tx, actor, a->id, a->objections, MANY, &a->n_objections);
	if (rc == RC_OK && !a->resident)
		rc = office_rows(tx, actor, a);
	if (rc != RC_OK)
		return rc;
	rc = aid_closing_load(tx, actor, a->id, &a->closing);
	a->has_closing = rc == RC_OK;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static void
put_form(struct exchange *x, struct json *j, const struct aid_form *f)
{
	json_begin_object(j, "form");
	put_label(x, j, "kind", aid_kind_choices, f->kind);
	put_label(x, j, "matter", aid_matter_choices, f->matter);
	put_label(x, j, "status", aid_status_choices, f->status);
	json_bool(j, "proof", f->proof);
	json_int(j, "household", f->household);
	if (f->income < 0)
		json_none(j, "income_fen");
	else
		json_int(j, "income_fen", f->income);
	put_label(x, j, "designation", aid_designation_choices, f->designation);
	json_text(j, "organ", f->organ);
	json_text(j, "notice", f->notice);
	api_day(j, "limit_day", f->limit_day);
	json_bool(j, "preserve", f->preserve);
	json_bool(j, "minor", f->minor);
	json_bool(j, "gravest", f->gravest);
	put_label(x, j, "confirmed", aid_confirm_choices, f->confirmed);
	json_end_object(j);
}

/* Every row of the table from this state: may this caller take it now, and if not, why. */
static void
put_steps(struct exchange *x, struct json *j, const struct aid_arg *a)
{
	struct aid_facts f = { .state = a->a.state, .sides = a->sides, .accepted = a->r.state > REQUEST_RECEIVED,
		.advance = a->a.advance_ms != 0, .actor = x->ctx->actor->account, .recorded_by = a->a.applied_by,
		.examined_by = a->a.examined_by };

	json_begin_array(j, "steps");
	for (size_t i = 0; request_is_open(a->r.state) && i < aid_edges_n; i++) {
		const struct aid_edge *e = &aid_edges[i];
		struct aid_verdict v;

		if (e->from != a->a.state)
			continue;
		v = aid_step_judge(&f, e->step);
		json_begin_object(j, NULL);
		api_choice(x, j, "step", aid_step_key(e->step), aid_step_label(e->step));
		api_choice(x, j, "verdict", aid_why_key(v.why), aid_why_label(v.why));
		json_bool(j, "may", v.why == AID_MAY);
		json_str(j, "basis", e->basis);
		json_end_object(j);
	}
	json_end_array(j);
}

static void
put_decisions(struct exchange *x, struct json *j, const struct aid_arg *a)
{
	static const struct choice kinds[] = { { AID_DECIDED_GRANT, "grant", T("给予援助") }, { AID_DECIDED_REFUSE, "refuse", T("不予援助") },
		{ AID_DECIDED_TERMINATE, "terminate", T("终止援助") }, { AID_DECIDED_ADVANCE, "advance", T("先行提供援助") }, { 0, NULL, NULL } };

	json_begin_array(j, "decisions");
	for (size_t i = 0; i < a->n_decisions; i++) {
		const struct aid_decision *d = &a->decisions[i];

		json_begin_object(j, NULL);
		put_label(x, j, "kind", kinds, (int)d->kind);
		json_text(j, "number", d->number);
		api_moment(j, "at", d->at_ms);
		json_text(j, "by", d->account_name);
		json_text(j, "words", d->words);
		json_begin_array(j, "grounds");
		for (int g = 0; d->kind == AID_DECIDED_REFUSE && g < AID_REFUSAL_COUNT; g++)
			if ((d->grounds >> g & 1) != 0)
				json_str(j, NULL, choice_by_value(aid_refusal_choices, g)->key);
		if (d->kind == AID_DECIDED_TERMINATE && choice_by_value(aid_end_choices, (int)d->grounds) != NULL)
			json_str(j, NULL, choice_by_value(aid_end_choices, (int)d->grounds)->key);
		json_end_array(j);
		json_end_object(j);
	}
	json_end_array(j);
	json_begin_array(j, "objections");
	for (size_t i = 0; i < a->n_objections; i++) {
		json_begin_object(j, NULL);
		json_text(j, "words", a->objections[i].words);
		api_moment(j, "filed", a->objections[i].filed_ms);
		api_moment(j, "decided", a->objections[i].decided_ms);
		json_bool(j, "upheld", a->objections[i].upheld);
		json_text(j, "decided_words", a->objections[i].decided_words);
		json_end_object(j);
	}
	json_end_array(j);
}

static void
put_work(struct exchange *x, struct json *j, const struct aid_arg *a)
{
	json_begin_array(j, "assignments");
	for (size_t i = 0; i < a->n_assignments; i++) {
		const struct aid_assignment *s = &a->assignments[i];

		json_begin_object(j, NULL);
		json_text(j, "name", s->name);
		json_text(j, "firm", s->firm_name);
		json_text(j, "phone", s->firm_phone);
		json_text(j, "agreement", s->agreement);
		api_moment(j, "at", s->at_ms);
		api_moment(j, "accepted", s->accepted_ms);
		api_moment(j, "ended", s->ended_ms);
		json_end_object(j);
	}
	json_end_array(j);
	json_begin_array(j, "reports");
	for (size_t i = 0; i < a->n_reports; i++) {
		const struct aid_report *r = &a->reports[i];

		json_begin_object(j, NULL);
		if (!a->resident)
			api_id(j, "id", r->id);
		put_label(x, j, "kind", aid_report_choices, r->kind);
		api_day(j, "day", r->day);
		if (r->minute < 0)
			json_none(j, "time");
		else
			json_text(j, "time", arena_format(x->ctx->mem, "%02d:%02d", r->minute / 60, r->minute % 60));
		json_text(j, "place", r->place);
		json_int(j, "minutes", r->minutes);
		json_text(j, "words", r->words);
		json_int(j, "changes", r->changes);
		json_bool(j, "cancelled", r->cancelled_ms != 0);
		json_end_object(j);
	}
	json_end_array(j);
}

static void
put_after(struct exchange *x, struct json *j, const struct aid_arg *a)
{
	if (a->has_closing) {
		json_begin_object(j, "closing");
		api_day(j, "day", a->closing.day);
		put_label(x, j, "way", aid_way_choices, a->closing.way);
		put_label(x, j, "result", aid_result_choices, a->closing.result);
		json_int(j, "recovered_fen", a->closing.recovered);
		json_text(j, "words", a->closing.words);
		json_end_object(j);
	} else {
		json_none(j, "closing");
	}
	json_begin_array(j, "files");
	for (size_t i = 0; i < a->n_files; i++) {
		json_begin_object(j, NULL);
		json_int(j, "pages", a->files[i].pages);
		api_moment(j, "submitted", a->files[i].submitted_ms);
		api_moment(j, "reviewed", a->files[i].reviewed_ms);
		json_bool(j, "passed", a->files[i].passed);
		json_text(j, "reviewed_words", a->files[i].reviewed_words);
		json_end_object(j);
	}
	json_end_array(j);
	json_begin_array(j, "subsidies");
	for (size_t i = 0; i < a->n_subsidies; i++) {
		json_begin_object(j, NULL);
		put_label(x, j, "kind", aid_rate_choices, a->subsidies[i].kind);
		json_int(j, "fen", a->subsidies[i].fen);
		api_day(j, "standard_from", a->subsidies[i].from);
		api_moment(j, "approved", a->subsidies[i].approved_ms);
		api_moment(j, "paid", a->subsidies[i].paid_ms);
		json_text(j, "voucher", a->subsidies[i].voucher);
		json_end_object(j);
	}
	json_end_array(j);
}

static enum rc
aid_answer(struct exchange *x, struct ctx *ctx, struct case_id id)
{
	struct aid_arg *a = ARENA_NEW(x->ctx->mem, struct aid_arg);
	struct json j;
	enum rc rc;

	if (a == NULL)
		return RC_NO_MEMORY;
	a->id = id;
	rc = db_read(ctx, aid_tx, a);
	if (rc != RC_OK)
		return rc;
	j = api_open(x);
	if (!a->resident)
		api_id(&j, "id", a->id.n);
	json_text(&j, "number", a->r.number);
	json_int(&j, "revision", a->r.revision);
	api_choice(x, &j, "state", aid_state_key(a->a.state), aid_state_label(a->a.state));
	json_text(&j, "case_number", a->a.number);
	json_text(&j, "archive_number", a->a.archive_number);
	api_moment(&j, "applied", a->a.applied_ms);
	put_form(x, &j, &a->a.form);
	put_steps(x, &j, a);
	put_decisions(x, &j, a);
	put_work(x, &j, a);
	put_after(x, &j, a);
	return api_close(x, &j);
}

enum rc
api_legalaid(struct exchange *x)
{
	struct case_id id = { 0 };
	enum rc rc = http_segment_id(x, "id", &id.n);

	return rc == RC_OK ? aid_answer(x, x->ctx, id) : rc;
}

/* ---- steps ---------------------------------------------------------------------------------------------------------- */

/* A refusal says which rule, by which article, and what to do instead. */
static enum rc
refused(struct exchange *x, const struct aid_verdict *v)
{
	struct json j = api_open(x);

	x->out->status = http_status_of(RC_REFUSED);
	x->out->type = "application/problem+json";
	json_str(&j, "type", "about:blank");
	json_str(&j, "title", "refused");
	json_int(&j, "status", x->out->status);
	json_str(&j, "detail", msg(x->ctx->lang, aid_why_label(v->why)));
	json_begin_object(&j, "verdict");
	json_str(&j, "key", aid_why_key(v->why));
	json_str(&j, "basis", v->basis != NULL ? v->basis : "");
	json_int(&j, "bound", v->bound);
	json_end_object(&j);
	json_begin_array(&j, "errors");
	for (size_t i = 0; i < x->findings.n; i++) {
		json_begin_object(&j, NULL);
		json_str(&j, "field", x->findings.v[i].field);
		json_text(&j, "message", finding_text(x->ctx->mem, x->ctx->lang, &x->findings.v[i]));
		json_end_object(&j);
	}
	json_end_array(&j);
	return api_close(x, &j);
}

static enum rc
answered(struct exchange *x, struct ctx *ctx, struct case_id id, enum rc rc, const struct aid_verdict *v)
{
	if (rc == RC_REFUSED)
		return refused(x, v);
	return rc == RC_OK ? aid_answer(x, ctx, id) : rc;
}

static enum rc
seen_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	const struct case_id *id = arg;
	struct request r;

	return request_load(tx, actor, *id, &r);
}

/* First of all whether there is such a case for this caller: what is wrong with the values tells nobody else that it exists. */
static enum rc
case_of(struct exchange *x, struct case_id *ret)
{
	enum rc rc = http_segment_id(x, "id", &ret->n);

	return rc == RC_OK ? db_read(x->ctx, seen_tx, ret) : rc;
}

enum rc
api_legalaid_step_post(struct exchange *x)
{
	struct aid_verdict verdict = { .why = AID_MAY, .basis = "" };
	struct aid_act act = { .in = x->values, .step = aid_step_by_key(http_segment(x, "step")) };
	struct idem_key key;
	enum rc rc = case_of(x, &act.id);

	if (rc == RC_OK && act.step == 0)
		rc = RC_NOT_FOUND;
	if (rc == RC_OK)
		rc = api_key(x, &key);
	if (rc == RC_OK)
		rc = aid_act_take(x->ctx, key, &act, &x->findings, &verdict);
	if (rc == RC_OK && act.step == AID_DECLINE) { /* the case may be out of sight now */
		struct json j = api_open(x);

		api_id(&j, "id", act.id.n);
		json_bool(&j, "declined", true);
		return api_close(x, &j);
	}
	return answered(x, x->ctx, act.id, rc, &verdict);
}

/* ---- the application -------------------------------------------------------------------------------------------------- */

/* By whoever writes it down, corrected or examined; or by the receipt's resident. */
static enum rc
form_take(struct exchange *x, struct ctx *ctx, struct case_id id)
{
	const struct aid_form_values *in = x->values;
	struct aid_verdict verdict = { .why = AID_MAY, .basis = "" };
	struct aid_form form = aid_form_of(in, &x->findings);
	bool examine = in->step == AID_FORM_EXAMINE && ctx->actor->kind != ACTOR_RECEIPT;
	struct idem_key key;
	enum rc rc = api_key(x, &key);

	if (rc == RC_OK && x->findings.total > 0)
		rc = RC_INVALID;
	if (rc == RC_OK)
		rc = examine ? aid_examine(ctx, key, id, in->revision, &form, text_trim(in->words), &x->findings, &verdict)
		    : aid_fill(ctx, key, id, in->revision, &form, &x->findings, &verdict);
	return answered(x, ctx, id, rc, &verdict);
}

enum rc
api_legalaid_form_post(struct exchange *x)
{
	struct case_id id = { 0 };
	enum rc rc = case_of(x, &id);

	return rc == RC_OK ? form_take(x, x->ctx, id) : rc;
}

enum rc
api_progress_legalaid(struct exchange *x)
{
	struct actor actor;
	struct ctx ctx;
	enum rc rc = api_receipt_enter(x, &actor, &ctx);

	return rc == RC_OK ? aid_answer(x, &ctx, (struct case_id){ 0 }) : rc;
}

enum rc
api_progress_legalaid_post(struct exchange *x)
{
	struct actor actor;
	struct ctx ctx;
	enum rc rc = api_receipt_enter(x, &actor, &ctx);

	return rc == RC_OK ? form_take(x, &ctx, (struct case_id){ actor.request }) : rc;
}
