/* What a step and an application ask for, one row for each field; and the step taken out of it: the desk's pages and the calls
 * of programs go through the same. */
#include "operations/matter/legalaid/legalaid_act.h"

#include "operations/matter/legalaid/legalaid_notice.h"

#include "base/fen.h"
#include "kit/msg/msg.h"

#define AT(member) offsetof(struct aid_act_values, member)
#define YUAN_MAX INT64_C(1000000000)

static const struct field fields[] = {
	{ .key = "revision", .kind = FIELD_KEY, .label = T("版本"), .required = true, .max = INT64_MAX, .offset = AT(revision) },
	{ .key = "papers", .kind = FIELD_PARAGRAPH, .label = T("缺哪些材料（一行一样）"), .max = 1200,
	  .hint = T("只能告知一次，请想全了再写。下面已经列出这类申请通常要的，有了的删掉。"), .offset = AT(papers) },
	{ .key = "until", .kind = FIELD_DAY, .label = T("最晚哪一天带来"), .min = 0, .max = PAUSE_DAYS_MAX,
	  .hint = T("到那一天为止，七日的审查期限停着。"), .offset = AT(until) },
	{ .key = "grounds", .kind = FIELD_FLAGS, .label = T("不予援助的理由"), .choices = aid_refusal_choices, .offset = AT(grounds) },
	{ .key = "ground", .kind = FIELD_CHOICE, .label = T("终止的理由（第四十八条）"), .choices = aid_end_choices, .offset = AT(ground) },
	{ .key = "proof", .kind = FIELD_KEY, .label = T("凭据"), .max = INT64_MAX, .offset = AT(proof) },
	{ .key = "provider", .kind = FIELD_KEY, .label = T("承办人员"), .max = INT64_MAX, .offset = AT(provider) },
	{ .key = "kind", .kind = FIELD_CHOICE, .label = T("做了什么"), .choices = aid_report_choices, .offset = AT(kind) },
	{ .key = "way", .kind = FIELD_CHOICE, .label = T("怎样结案"), .choices = aid_way_choices, .offset = AT(way) },
	{ .key = "result", .kind = FIELD_CHOICE, .label = T("结果"), .choices = aid_result_choices, .offset = AT(result) },
	{ .key = "recovered", .kind = FIELD_LINE, .label = T("为受援人取得或者挽回（元）"), .max = 16, .hint = T("没有的写 0。"), .offset = AT(recovered) },
	{ .key = "day", .kind = FIELD_DAY, .label = T("哪一天"), .min = INT_MIN, .max = INT_MAX, .offset = AT(day) },
	{ .key = "time", .kind = FIELD_TIME, .label = T("几点（定了才写）"), .offset = AT(time) },
	{ .key = "place", .kind = FIELD_LINE, .label = T("在哪里（法院、法庭、地址）"), .max = AID_PLACE_MAX, .offset = AT(place) },
	{ .key = "report", .kind = FIELD_KEY, .label = T("哪一次"), .max = INT64_MAX, .offset = AT(report) },
	{ .key = "cancel", .kind = FIELD_BOOL, .label = T("取消，不再进行"), .offset = AT(cancel) },
	{ .key = "minutes", .kind = FIELD_INT, .label = T("用了多少分钟"), .min = 0, .max = 1440, .offset = AT(minutes) },
	{ .key = "shown", .kind = FIELD_BOOL, .label = T("让受援人看到"), .offset = AT(shown) },
	{ .key = "pages", .kind = FIELD_INT, .label = T("案卷有多少页"), .min = 1, .max = 9999, .offset = AT(pages) },
	{ .key = "rate", .kind = FIELD_CHOICE, .label = T("按哪一类标准"), .choices = aid_rate_choices, .offset = AT(rate) },
	{ .key = "voucher", .kind = FIELD_LINE, .label = T("发放凭证号"), .max = 60, .offset = AT(voucher) },
	{ .key = "waived", .kind = FIELD_BOOL, .label = T("本人书面表示没有异议"), .offset = AT(waived) },
	{ .key = "deviation", .kind = FIELD_PARAGRAPH, .label = T("与规则意见不一致的理由"), .max = AID_WORDS_MAX,
	  .hint = T("和规则意见一致的不用写。"), .offset = AT(deviation) },
	{ .key = "words", .kind = FIELD_PARAGRAPH, .label = T("理由和说明"), .max = AID_WORDS_MAX, .offset = AT(words) },
};
const struct form aid_act_form = FORM_OF("aid.act", T("法律援助"), fields, struct aid_act_values);

/* ---- the application ---------------------------------------------------------------------------------------- */

#define FORM_AT(member) offsetof(struct aid_form_values, member)
#define FORM_YUAN_MAX INT64_C(100000000)

static const struct choice step_choices[] = {
	{ AID_FORM_SAVE, "save", T("保存申请表") }, { AID_FORM_EXAMINE, "examine", T("审查：请规则提意见") }, { 0, NULL, NULL },
};

static const struct field form_fields[] = {
	{ .key = "revision", .kind = FIELD_KEY, .label = T("版本"), .required = true, .max = INT64_MAX, .offset = FORM_AT(revision) },
	AID_FORM_FIELDS,
	{ .key = "words", .kind = FIELD_PARAGRAPH, .label = T("审查意见"), .max = AID_WORDS_MAX,
	  .hint = T("只写给承办和审批的人看；不审查可以空着。"), .offset = FORM_AT(words) },
	{ .key = "step", .kind = FIELD_CHOICE, .label = T("填好以后"), .required = true, .choices = step_choices, .offset = FORM_AT(step) },
};
const struct form aid_application_form = FORM_OF("aid.application", T("法律援助申请表"), form_fields, struct aid_form_values);

static int64_t
amount(struct text typed, const char *key, struct findings *findings)
{
	struct fen fen;

	if (text_is_empty(text_trim(typed)))
		return -1;
	if (fen_parse(text_trim(typed), FORM_YUAN_MAX, &fen) == RC_OK)
		return fen.n;
	findings_add(findings, key, T("写成数字，最多两位小数，例如 28000.50"), 0);
	return -1;
}

struct aid_form
aid_form_of(const struct aid_form_values *in, struct findings *findings)
{
	return (struct aid_form){ .kind = in->kind, .matter = in->matter, .status = in->status, .designation = in->designation,
		.proof = in->proof, .gravest = in->gravest, .detained = in->detained, .minor = in->minor, .retrial = in->retrial,
		.other_reason = in->other_reason, .own_counsel = in->own_counsel, .opponent_home = in->opponent_home,
		.household = in->household, .income = amount(in->income, "income", findings),
		.own_income = amount(in->own_income, "own_income", findings), .commitment = in->commitment, .preserve = in->preserve,
		.limit_day = in->limit_day, .found_day = in->found_day, .organ = text_trim(in->organ), .notice = text_trim(in->notice),
		.confirmed = in->confirmed };
}

/* ---- taking it --------------------------------------------------------------------------------------------------------- */

struct taking { struct ctx *ctx; struct findings *findings; struct idem_key key; struct case_id id; const struct aid_act_values *in; struct aid_verdict verdict; };

static enum rc
take_papers(struct taking *t)
{
	struct aid_ask ask = { .id = t->id, .revision = t->in->revision, .words = text_trim(t->in->words), .until = t->in->until };

	for (struct text rest = t->in->papers; rest.n > 0;) {
		struct text line = text_trim(text_cut(&rest, '\n'));

		if (line.n == 0)
			continue;
		if (ask.n == AID_PAPERS_MAX) {
			findings_add(t->findings, "papers", T("最多 %lld 样"), AID_PAPERS_MAX);
			return RC_INVALID;
		}
		ask.papers[ask.n++] = line;
	}
	if (day_is_none(ask.until)) {
		findings_add(t->findings, "until", T("请写最晚哪一天"), 0);
		return RC_INVALID;
	}
	return aid_ask_supplement(t->ctx, t->key, &ask, &t->verdict);
}

static enum rc
take_assign(struct taking *t)
{
	enum aid_lawyer_why why = AID_L_MAY;
	enum rc rc = aid_assign(t->ctx, t->key, &(struct aid_assign){ .id = t->id, .revision = t->in->revision,
	    .provider = t->in->provider, .words = text_trim(t->in->words) }, &t->verdict, &why);

	if (rc == RC_REFUSED && t->verdict.why == AID_NOT_THIS_LAWYER)
		findings_add(t->findings, "words", aid_lawyer_why_label(why), 0);
	if (rc == RC_INVALID)
		findings_add(t->findings, "words", T("请选择一位承办人员"), 0);
	return rc;
}

static enum rc
take_report(struct taking *t)
{
	const struct aid_act_values *in = t->in;
	enum rc rc = aid_report(t->ctx, t->key, &(struct aid_report_new){ .id = t->id, .revision = in->revision, .kind = in->kind,
	    .day = in->day, .minute = in->time, .minutes = in->minutes, .words = text_trim(in->words),
	    .place = text_trim(in->place), .shown = in->shown }, &t->verdict);

	if (rc == RC_INVALID)
		findings_add(t->findings, "words", T("请写做了什么、哪一天，说明至少 4 个字"), 0);
	return rc;
}

static enum rc
take_move(struct taking *t)
{
	const struct aid_act_values *in = t->in;
	enum rc rc = aid_move(t->ctx, t->key, &(struct aid_move){ .id = t->id, .revision = in->revision, .report = in->report,
	    .cancel = in->cancel, .day = in->day, .minute = in->time, .place = text_trim(in->place), .words = text_trim(in->words) },
	    &t->verdict);

	if (rc == RC_INVALID)
		findings_add(t->findings, in->cancel || !day_is_none(in->day) ? "report" : "day", T("请选择哪一次、改到哪一天"), 0);
	return rc;
}

static enum rc
take_close(struct taking *t)
{
	const struct aid_act_values *in = t->in;
	struct fen fen = { 0 };
	enum rc rc;

	if (text_trim(in->recovered).n > 0 && fen_parse(text_trim(in->recovered), YUAN_MAX, &fen) != RC_OK) {
		findings_add(t->findings, "recovered", T("写成数字，最多两位小数，例如 28000.50"), 0);
		return RC_INVALID;
	}
	rc = aid_close(t->ctx, t->key, &(struct aid_closing_new){ .id = t->id, .revision = in->revision, .day = in->day,
	    .way = in->way, .result = in->result, .recovered = fen.n, .words = text_trim(in->words) }, &t->verdict);
	if (rc == RC_INVALID)
		findings_add(t->findings, "words", T("请写结案日期（不晚于今天）、方式、结果，报告至少 4 个字"), 0);
	return rc;
}

static enum rc
take_decision(struct taking *t, enum aid_step step)
{
	const struct aid_act_values *in = t->in;
	struct ctx *ctx = t->ctx;

	if (step == AID_TERMINATE)
		return aid_terminate(ctx, t->key, &(struct aid_terminate){ .id = t->id, .revision = in->revision, .ground = in->ground,
		    .proof = in->proof, .words = text_trim(in->words) }, &t->verdict);
	return aid_decide(ctx, t->key, &(struct aid_decide){ .id = t->id, .revision = in->revision, .grant = step == AID_GRANT,
	    .deviation = text_trim(in->deviation), .words = text_trim(in->words), .grounds = (unsigned)in->grounds }, &t->verdict);
}

static enum rc
take_after(struct taking *t, enum aid_step step)
{
	const struct aid_act_values *in = t->in;
	struct text words = text_trim(in->words);
	struct ctx *ctx = t->ctx;

	switch ((int)step) {
	case AID_FILE:
		return aid_file_submit(ctx, t->key, &(struct aid_file_new){ t->id, in->revision, in->pages, words }, &t->verdict);
	case AID_FILE_PASS: case AID_FILE_RETURN:
		return aid_file_check(ctx, t->key, t->id, in->revision, step == AID_FILE_PASS, words, &t->verdict);
	case AID_SUBSIDY:
		return aid_subsidy_approve(ctx, t->key, t->id, in->revision, in->rate, &t->verdict);
	case AID_PAY:
		return aid_subsidy_pay(ctx, t->key, t->id, in->revision, text_trim(in->voucher), &t->verdict);
	case AID_ARCHIVE:
		return aid_archive(ctx, t->key, t->id, in->revision, words, &t->verdict);
	case AID_OBJECT:
		return aid_object(ctx, t->key, t->id, in->revision, words, &t->verdict);
	case AID_UPHOLD: case AID_CORRECT:
		return aid_objection_decide(ctx, t->key, t->id, in->revision, step == AID_UPHOLD, words, &t->verdict);
	case AID_NOTICE_BACK:
		return aid_notice_withdraw(ctx, t->key, t->id, in->revision, words, &t->verdict);
	case AID_SETTLE:
		return aid_settle(ctx, t->key, t->id, in->revision, in->waived, words, &t->verdict);
	default:
		return RC_NOT_FOUND;
	}
}

static enum rc
take(struct taking *t, enum aid_step step)
{
	const struct aid_act_values *in = t->in;
	struct text words = text_trim(in->words);
	struct ctx *ctx = t->ctx;

	switch ((int)step) {
	case AID_ASK_SUPPLEMENT: return take_papers(t);
	case AID_GIVE_SUPPLEMENT: return aid_give_supplement(ctx, t->key, t->id, in->revision, words, &t->verdict);
	case AID_LAPSE: return aid_lapse(ctx, t->key, t->id, in->revision, words, &t->verdict);
	case AID_GRANT: case AID_REFUSE: case AID_TERMINATE: return take_decision(t, step);
	case AID_ADVANCE: return aid_advance(ctx, t->key, t->id, in->revision, words, &t->verdict);
	case AID_PASS_BACK: return aid_pass_back(ctx, t->key, t->id, in->revision, words, &t->verdict);
	case AID_ASSIGN: return take_assign(t);
	case AID_ACCEPT: return aid_accept(ctx, t->key, t->id, in->revision, &t->verdict);
	case AID_DECLINE: return aid_decline(ctx, t->key, t->id, in->revision, words, &t->verdict);
	case AID_AGREE: return aid_agree(ctx, t->key, t->id, in->revision, words, &t->verdict);
	case AID_REPORT: return take_report(t);
	case AID_MOVE: return take_move(t);
	case AID_CLOSE: return take_close(t);
	case AID_CHANGE_ASK: return aid_change_ask(ctx, t->key, t->id, in->revision, words, &t->verdict);
	case AID_CHANGE_ALLOW: case AID_CHANGE_DENY:
		return aid_change_decide(ctx, t->key, t->id, in->revision, step == AID_CHANGE_ALLOW, words, &t->verdict);
	default: return take_after(t, step);
	}
}

enum rc
aid_act_take(struct ctx *ctx, struct idem_key key, const struct aid_act *act, struct findings *findings, struct aid_verdict *ret)
{
	struct taking t = { .ctx = ctx, .findings = findings, .key = key, .id = act->id, .in = act->in,
		.verdict = { .why = AID_MAY, .basis = "" } };
	enum rc rc = take(&t, act->step);

	if (rc == RC_OK)
		(void)(aid_papers_of(ctx, act->id) == RC_OK); /* the step stands: what was not set now, the worker sets */
	*ret = t.verdict;
	if (ret->basis == NULL)
		ret->basis = "";
	return rc;
}
