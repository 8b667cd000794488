/* An organ's notice: the case opens granted, the three days to assign run at once (Art. 36). */
#include "operations/matter/legalaid/legalaid_internal.h"
#include "operations/matter/legalaid/legalaid_notice.h"
#include "operations/matter/legalaid/legalaid_notice_store.h"
#include "operations/matter/legalaid/legalaid_run_store.h"

#include "base/utf8.h"
#include "kit/msg/msg.h"

#define END { 0, NULL, NULL }
#define LINE_MAX_CHARS 60

const struct choice aid_organ_choices[] = {
	{ AID_COURT, "court", T("人民法院") }, { AID_PROCURATORATE, "procuratorate", T("人民检察院") },
	{ AID_POLICE, "police", T("公安机关") }, END,
};
const struct choice aid_stage_choices[] = {
	{ AID_INVESTIGATION, "investigation", T("侦查") }, { AID_PROSECUTION, "prosecution", T("审查起诉") },
	{ AID_FIRST_INSTANCE, "first", T("一审") }, { AID_SECOND_INSTANCE, "second", T("二审") },
	{ AID_DEATH_CHECK, "death_check", T("死刑复核") }, { AID_COMPULSORY_CASE, "compulsory", T("强制医疗") }, END,
};

const char *
aid_notice_why_label(enum aid_notice_why w)
{
	static const char *const labels[AID_N_WHY_COUNT] = {
		[AID_N_MAY] = T("可以办"),
		[AID_N_NO_GROUND] = T("不属于第二十五条、第二十八条的情形：本人或者近亲属可以自己申请（第二十四条）"),
		[AID_N_ORGAN_STAGE] = T("这个机关不办理这个阶段的案件，请核对通知"),
		[AID_N_COURT_ONLY] = T("这种情形由人民法院通知"),
		[AID_N_STAGE_ONLY] = T("这种情形不会在这个阶段通知，请核对通知"),
		[AID_N_DAYS] = T("日期不对：收到通知不早于发现之日，不晚于今天"),
		[AID_N_HEARING] = T("开庭日在收到通知之前，请核对"),
	};

	return labels[(unsigned)w < AID_N_WHY_COUNT ? w : AID_N_NO_GROUND];
}

/* ---- taking it in --------------------------------------------------------------------------------------- */

static void
line_check(struct findings *f, const char *key, struct text t, const char *missing)
{
	if (missing != NULL && text_is_empty(text_trim(t)))
		findings_add(f, key, missing, 0);
	if (utf8_length(t) > LINE_MAX_CHARS)
		findings_add(f, key, T("最多 %lld 个字"), LINE_MAX_CHARS);
}

static const char *
field_of(enum aid_notice_why why)
{
	switch (why) {
	case AID_N_ORGAN_STAGE: return "stage";
	case AID_N_COURT_ONLY: return "organ_kind";
	case AID_N_DAYS: return "received";
	case AID_N_HEARING: return "hearing";
	case AID_N_MAY: case AID_N_NO_GROUND: case AID_N_STAGE_ONLY: case AID_N_WHY_COUNT: break;
	}
	return "ground";
}

static bool
notice_check(const struct aid_notice_new *in, struct day today, struct findings *findings)
{
	struct aid_notice_facts f = { .organ = (enum aid_organ)in->organ_kind, .stage = (enum aid_stage)in->stage,
		.ground = (enum aid_designation)in->ground, .compulsory = in->compulsory, .found = in->found, .received = in->received,
		.hearing = in->hearing, .today = today };
	enum aid_notice_why why;

	if (in->organ_kind <= AID_ORGAN_NONE || in->organ_kind >= AID_ORGAN_COUNT)
		findings_add(findings, "organ_kind", T("请选择哪个机关通知的"), 0);
	if (in->stage <= AID_STAGE_NONE || in->stage >= AID_STAGE_COUNT)
		findings_add(findings, "stage", T("请选择案件在哪个阶段"), 0);
	line_check(findings, "organ", in->organ, T("请写通知的办案机关"));
	line_check(findings, "notice", in->notice, T("请写通知文书的编号；没有编号的写“无编号”"));
	line_check(findings, "case_no", in->case_no, NULL);
	line_check(findings, "offence", in->offence, T("请写通知上的罪名或者案由"));
	line_check(findings, "custody", in->custody, NULL);
	line_check(findings, "name", in->name, T("请写犯罪嫌疑人、被告人的姓名"));
	if (day_is_none(in->received))
		findings_add(findings, "received", T("请写哪一天收到通知"), 0);
	if (findings->total > 0)
		return false;
	why = aid_notice_judge(&f);
	if (why != AID_N_MAY)
		findings_add(findings, field_of(why), aid_notice_why_label(why), 0);
	return why == AID_N_MAY;
}

static struct aid_form
form_of_notice(const struct aid_notice_new *in)
{
	return (struct aid_form){ .kind = in->compulsory ? AID_COMPULSORY : AID_DESIGNATED,
		.designation = in->compulsory ? AID_DESIGNATION_NONE : in->ground, .income = -1, .own_income = -1, .limit_day = DAY_NONE,
		.found_day = in->found, .organ = text_trim(in->organ), .notice = text_trim(in->notice), .confirmed = AID_BY_NOTICE,
		.gravest = aid_notice_years((enum aid_designation)in->ground, in->gravest) > 0, .minor = in->minor || in->ground == AID_D_MINOR,
		.detained = !text_is_empty(text_trim(in->custody)) };
}

struct take_arg { const struct aid_notice_new *in; struct aid_form form; struct aid_limits limits; bool elsewhere; };

static enum rc
notice_write(struct tx *tx, const struct actor *actor, int64_t request, const struct aid_notice_new *in)
{
	return tx_run(tx, actor, &aid_notice_q[N_PUT], ARGS(db_int(request), db_int(in->organ_kind), db_int(in->stage),
	    db_text(text_trim(in->case_no)), db_text(text_trim(in->offence)), db_text(text_trim(in->custody)),
	    day_is_none(in->hearing) ? db_null() : db_int(in->hearing.n), db_int(in->received.n), db_int(actor->account),
	    db_int(tx_now_ms(tx))), NULL);
}

static enum rc
take_with(struct tx *tx, const struct actor *actor, struct request *r, void *argument)
{
	struct take_arg *arg = argument;
	struct aid_work w = { .r = *r, .a = { .state = AID_UNFILLED, .before = AID_NONE, .form = arg->form }, .limits = &arg->limits,
		.edge = aid_edge_find(AID_UNFILLED, AID_NOTICE) };
	int64_t kind = 0;
	enum rc rc = tx_int(tx, actor, &aid_q[Q_POINT_KIND], ARGS(db_int(r->holder_point)), &kind);

	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	arg->elsewhere = kind != TIER_COUNTY;
	if (arg->elsewhere)
		return RC_REFUSED;
	rc = tx_run(tx, actor, &aid_q[Q_OPEN], ARGS(db_int(r->id.n), db_int(AID_UNFILLED)), NULL);
	if (rc == RC_OK)
		rc = aid_form_put(tx, actor, r->id.n, &arg->form);
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &aid_q[Q_APPLIED], ARGS(db_int(r->id.n), db_int(tx_now_ms(tx)), db_int(actor->account)), NULL);
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &aid_notice_q[N_GRANTED], ARGS(db_int(r->id.n), db_int(aid_notice_years(
		    (enum aid_designation)arg->in->ground, arg->in->gravest)), db_text(arena_format(tx_mem(tx), "A%.*s", (int)r->number.n,
		    r->number.p))));
	if (rc == RC_OK)
		rc = notice_write(tx, actor, r->id.n, arg->in);
	if (rc == RC_OK)
		rc = aid_take(tx, actor, &w, TEXT_NONE, true, NULL);
	*r = w.r;
	return rc;
}

static enum rc
item_tx(struct tx *tx, const struct actor *actor, void *ret)
{
	return tx_int(tx, actor, &aid_notice_q[N_ITEM], NO_ARGS, ret);
}

enum rc
aid_item_find(struct ctx *ctx, int64_t *ret)
{
	return db_read(ctx, item_tx, ret);
}

enum rc
aid_notice_take(struct ctx *ctx, struct idem_key key, const struct aid_notice_new *in, struct findings *findings,
    struct intake_receipt *ret)
{
	struct take_arg arg = { .in = in, .form = form_of_notice(in) };
	struct intake_also also = { .run = take_with, .arg = &arg };
	struct intake_new request = { .also = &also, .topic = TOPIC_UNSURE, .subject = text_trim(in->offence), .detail = text_trim(in->offence),
		.place = in->place, .channel = CHANNEL_WINDOW, .accept_now = true, .applicant = APPLICANT_PERSON, .caller = RELATION_SELF,
		.person = { .name = text_trim(in->name), .id_number = in->id_number, .phone = in->phone, .born = DAY_NONE, .place = in->place } };
	struct text form = aid_form_bytes(ctx->mem, &arg.form);
	enum rc rc;

	if (!notice_check(in, day_of_moment(ctx->now_ms), findings))
		return RC_INVALID;
	also.asked = arena_format(ctx->mem, "%.*s\n%d %d %d %d\n%.*s\n%.*s", (int)form.n, form.p, in->organ_kind, in->stage, (int)in->hearing.n,
	    (int)in->received.n, (int)in->case_no.n, in->case_no.p, (int)in->custody.n, in->custody.p);
	if (form.p == NULL || also.asked.p == NULL)
		return RC_NO_MEMORY;
	rc = aid_limits_load(ctx, day_of_moment(ctx->now_ms), &arg.limits);
	if (rc == RC_OK)
		rc = aid_item_find(ctx, &request.item);
	if (rc != RC_OK)
		return rc;
	arg.limits.target[TARGET_ASSIGN] = arg.limits.by_notice;
	rc = intake_receive(ctx, key, &request, findings, ret);
	if (rc == RC_REFUSED && arg.elsewhere)
		findings_add(findings, "organ", T("通知由县（区）法律援助机构收：请转给它登记"), 0);
	return rc;
}

/* ---- taken back -------------------------------------------------------------------------------------------- */

static enum rc
withdraw_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct aid_plain *arg = argument;
	struct aid_work w = { .limits = &arg->limits };
	int64_t changed = 0;
	enum rc rc = aid_begin(tx, actor, &arg->head, &w, &arg->verdict);

	if (rc == RC_OK && aid_words(arg->words) < AID_WORDS_MIN)
		return aid_refuse(&arg->verdict, AID_NO_WORDS);
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &aid_notice_q[N_WITHDRAW], ARGS(db_int(w.r.id.n), db_int(tx_now_ms(tx)), db_int(actor->account),
		    db_text(arg->words)), &changed);
	if (rc == RC_OK && changed == 0)
		return aid_refuse(&arg->verdict, AID_NO_NOTICE);
	if (rc == RC_OK)
		rc = aid_lawyer_tell(tx, actor, &w);
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &aid_run_q[R_END], ARGS(db_int(w.r.id.n), db_int(AID_A_TERMINATED), db_int(tx_now_ms(tx)),
		    db_text(arg->words)), NULL);
	return rc == RC_OK ? aid_take(tx, actor, &w, arg->words, true, NULL) : rc;
}

enum rc
aid_notice_withdraw(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, struct text words, struct aid_verdict *ret)
{
	struct aid_plain arg = { .head = { id, revision, AID_NOTICE_BACK }, .words = words };

	return aid_plain_run(ctx, key, "aid.notice_back", withdraw_tx, &arg, ret);
}

enum rc
aid_notice_load(struct tx *tx, const struct actor *actor, struct case_id id, struct aid_notice *ret)
{
	struct day none = DAY_NONE;
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &aid_notice_q[N_LOAD], ARGS(db_int(id.n)), &row);

	if (rc != RC_OK)
		return rc;
	*ret = (struct aid_notice){ .organ_kind = (int)rows_int(row, 0), .stage = (int)rows_int(row, 1), .case_no = rows_copy(row, 2),
		.offence = rows_copy(row, 3), .custody = rows_copy(row, 4), .received = { (int32_t)rows_int(row, 6) }, .at_ms = rows_int(row, 7),
		.withdrawn_ms = rows_int(row, 8), .withdrawn_words = rows_copy(row, 9), .account_name = rows_copy(row, 10) };
	ret->hearing = none;
	if (!rows_is_null(row, 5))
		ret->hearing.n = (int32_t)rows_int(row, 5);
	return RC_OK;
}
