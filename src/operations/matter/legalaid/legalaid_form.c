/* The application form: what must be told, what to bring, and how its facts are put to the rules. */
#include "operations/matter/legalaid/legalaid_internal.h"

#include "base/utf8.h"
#include "kit/msg/msg.h"

#define HOUSEHOLD_MAX 30
#define INCOME_MAX INT64_C(10000000000) /* fen: a hundred million yuan, the package's own bound */

/* ---- what must be told ------------------------------------------------------------------------------- */

static bool
tells_means(const struct aid_form *f)
{
	return f->kind != AID_DESIGNATED && f->kind != AID_COMPULSORY;
}

static void
check_amounts(const struct aid_form *f, struct findings *findings)
{
	if (f->household < 0 || f->household > HOUSEHOLD_MAX)
		findings_add(findings, "household", T("共同生活的人数应在 1 至 %lld 之间"), HOUSEHOLD_MAX);
	if (f->opponent_home && f->household == 1)
		findings_add(findings, "household", T("对方是共同生活的家庭成员，人数却只有一人"), 0);
	if (f->income < -1 || f->income > INCOME_MAX)
		findings_add(findings, "income", T("收入写 0 到一亿元之间的数"), 0);
	if (f->own_income < -1 || f->own_income > INCOME_MAX)
		findings_add(findings, "own_income", T("收入写 0 到一亿元之间的数"), 0);
	if (f->income >= 0 && f->own_income > f->income)
		findings_add(findings, "own_income", T("本人收入不能多于全家收入"), 0);
}

bool
aid_form_check(const struct aid_form *f, struct day today, struct findings *findings)
{
	size_t before = findings->total;

	if (f->kind <= AID_KIND_NONE || f->kind >= AID_KIND_COUNT)
		findings_add(findings, "kind", T("请选择申请哪一类援助"), 0);
	if (f->kind == AID_CIVIL && (f->matter <= AID_MATTER_NONE || f->matter >= AID_MATTER_COUNT))
		findings_add(findings, "matter", T("请选择为了什么事"), 0);
	if (f->matter < AID_MATTER_NONE || f->matter >= AID_MATTER_COUNT)
		findings_add(findings, "matter", T("请选择表里的一项"), 0);
	if (tells_means(f) && (f->status <= AID_STATUS_NONE || f->status >= AID_STATUS_COUNT))
		findings_add(findings, "status", T("请选择属于哪一类人员"), 0);
	if (f->kind == AID_DESIGNATED && (f->designation <= AID_DESIGNATION_NONE || f->designation >= AID_DESIGNATION_COUNT))
		findings_add(findings, "designation", T("请选择通知辩护的情形"), 0);
	if (f->kind == AID_DESIGNATED && text_is_empty(f->organ))
		findings_add(findings, "organ", T("请写通知的办案机关"), 0);
	if (f->confirmed <= AID_UNCONFIRMED || f->confirmed >= AID_CONFIRM_COUNT)
		findings_add(findings, "confirmed", aid_why_label(AID_NOT_CONFIRMED), 0);
	if (f->confirmed == AID_BY_NOTICE && f->kind != AID_DESIGNATED && f->kind != AID_COMPULSORY)
		findings_add(findings, "confirmed", T("只有办案机关通知的案件以通知为准"), 0);
	if (!day_is_none(f->found_day) && day_compare(f->found_day, today) > 0)
		findings_add(findings, "found_day", T("日期不能在今天以后"), 0);
	if (utf8_length(f->organ) > 60)
		findings_add(findings, "organ", T("最多 %lld 个字"), 60);
	if (utf8_length(f->notice) > 60)
		findings_add(findings, "notice", T("最多 %lld 个字"), 60);
	check_amounts(f, findings);
	return findings->total == before;
}

/* ---- what to bring -------------------------------------------------------------------------------------- */

size_t
aid_papers_needed(const struct aid_form *f, const char *ret[static AID_PAPERS_MAX])
{
	size_t n = 0;

	if (!tells_means(f)) {
		ret[n++] = T("办案机关的通知书");
		return n;
	}
	ret[n++] = T("身份证或者其他有效身份证明；代为申请的，还要代理权的证明");
	if (f->kind == AID_RETRIAL)
		ret[n++] = T("法院再审的决定书、裁定书，或者检察院的抗诉书");
	if (f->kind == AID_ACCUSED || f->kind == AID_VICTIM)
		ret[n++] = T("拘留、逮捕通知书，起诉书，或者能说明案件情况的材料");
	else
		ret[n++] = T("和案件有关的材料：合同、欠条、工资记录、病历、事故认定书、裁判文书等，有什么带什么");
	if (f->status == AID_MIGRANT)
		ret[n++] = T("进城务工的证明：劳动合同、工牌、工友或者村（社区）的证明，有一样就行");
	else if (f->status == AID_WEAK_GROUP)
		ret[n++] = T("残疾人证、老年人证或者没有固定生活来源的证明");
	else if (f->status == AID_ON_ASSISTANCE)
		ret[n++] = T("低保证、特困证、优抚证或者司法救助决定书");
	else if (!f->commitment)
		ret[n++] = T("经济困难状况说明表（可以签个人诚信承诺书代替证明）");
	return n;
}

/* ---- as rows -------------------------------------------------------------------------------------------------- */

static struct db_value
day_or_null(struct day d)
{
	return day_is_none(d) ? db_null() : db_int(d.n);
}

static struct db_value
amount_or_null(int64_t fen)
{
	return fen < 0 ? db_null() : db_int(fen);
}

enum rc
aid_form_put(struct tx *tx, const struct actor *actor, int64_t request, const struct aid_form *f)
{
	return tx_run_one(tx, actor, &aid_q[Q_PUT_FORM],
	    ARGS(db_int(request), db_int(f->kind), db_int(f->matter), db_int(f->status), db_int(f->proof),
	        db_int(f->designation), db_int(f->gravest), db_int(f->detained), db_int(f->minor), db_int(f->retrial),
	        db_int(f->other_reason), db_int(f->own_counsel), db_int(f->opponent_home),
	        f->household == 0 ? db_null() : db_int(f->household), amount_or_null(f->income), amount_or_null(f->own_income),
	        db_int(f->commitment), day_or_null(f->limit_day), db_int(f->preserve), db_text(f->organ), db_text(f->notice),
	        day_or_null(f->found_day), db_int(f->confirmed)));
}

struct text
aid_form_bytes(struct arena *mem, const struct aid_form *f)
{
	unsigned flags = f->proof | (unsigned)f->gravest << 1 | (unsigned)f->detained << 2 | (unsigned)f->minor << 3
	    | (unsigned)f->retrial << 4 | (unsigned)f->other_reason << 5 | (unsigned)f->own_counsel << 6
	    | (unsigned)f->opponent_home << 7 | (unsigned)f->commitment << 8 | (unsigned)f->preserve << 9;

	return arena_format(mem, "%d %d %d %d %u %lld %lld %lld %d %d %d\n%.*s\n%.*s", f->kind, f->matter, f->status,
	    f->designation, flags, (long long)f->household, (long long)f->income, (long long)f->own_income, (int)f->limit_day.n,
	    (int)f->found_day.n, f->confirmed, (int)f->organ.n, f->organ.p, (int)f->notice.n, f->notice.p);
}

/* ---- as facts of the package ------------------------------------------------------------------------------------- */

static const char *const kinds[AID_KIND_COUNT] = { NULL, "民事行政", "再审案件", "刑事被追诉人", "刑事被害方", "通知辩护", "强制医疗" };
static const char *const matters[AID_MATTER_COUNT] = { NULL, "国家赔偿", "社保救助", "抚恤金", "赡养抚养扶养费", "劳动报酬",
	"劳动关系", "行为能力", "工伤事故", "交通事故", "食品药品事故", "医疗事故", "环境生态", "英烈人格", "见义勇为", "再审无罪",
	"家庭暴力", "其他事项" };
static const char *const statuses[AID_STATUS_COUNT] = { NULL, "普通人员", "特定群体", "救助优抚对象", "进城务工人员" };
static const char *const designations[AID_DESIGNATION_COUNT] = { NULL, "未成年人", "视听言残疾", "不能完全辨认", "无期死刑",
	"死刑复核", "缺席审判", "法律规定其他", "普通程序", "都不属于" };

struct telling { const struct rules *r; struct rules_facts *f; enum rc rc; };

static void
tell_number(struct telling *t, const char *name, int64_t n)
{
	int input = rules_input_find(t->r, text_of(name));

	if (t->rc == RC_OK)
		t->rc = input < 0 ? RC_CORRUPT : rules_fact_set(t->f, input, n);
}

static void
tell_word(struct telling *t, const char *name, const char *word)
{
	int input = rules_input_find(t->r, text_of(name));
	int64_t n = 0;

	if (t->rc != RC_OK || word == NULL)
		return;
	t->rc = input < 0 ? RC_CORRUPT : rules_read(t->r, rules_package(t->r)->input[input].type, text_of(word), &n);
	if (t->rc == RC_OK)
		t->rc = rules_fact_set(t->f, input, n);
}

static void
tell_truth(struct telling *t, const char *name, bool yes)
{
	tell_number(t, name, yes);
}

static void
tell_means(struct telling *t, const struct aid_form *f)
{
	tell_word(t, "身份", statuses[f->status]);
	tell_truth(t, "有证明", f->proof);
	tell_truth(t, "对方共同生活", f->opponent_home);
	if (f->household > 0)
		tell_number(t, "共同生活人数", f->household);
	if (f->income >= 0)
		tell_number(t, "家庭收入", f->income);
	if (f->own_income >= 0)
		tell_number(t, "本人收入", f->own_income);
	tell_truth(t, "个人承诺", f->commitment);
}

enum rc
aid_facts_make(struct arena *mem, const struct rules *r, const struct aid_form *f, struct day applied, struct rules_facts **ret)
{
	struct telling t = { r, rules_facts_new(mem, r), RC_OK };

	if (t.f == NULL)
		return RC_NO_MEMORY;
	tell_number(&t, "申请日", applied.n);
	tell_word(&t, "类别", kinds[f->kind]);
	tell_word(&t, "事项", matters[f->matter]);
	if (tells_means(f))
		tell_means(&t, f);
	if (f->kind == AID_DESIGNATED)
		tell_word(&t, "情形", designations[f->designation]);
	tell_truth(&t, "裁定再审或抗诉", f->retrial);
	tell_truth(&t, "有其他原因", f->other_reason);
	tell_truth(&t, "已委托", f->own_counsel);
	tell_truth(&t, "有临近期限", !day_is_none(f->limit_day));
	if (!day_is_none(f->limit_day))
		tell_number(&t, "期限届满日", f->limit_day.n);
	tell_truth(&t, "需立即保全", f->preserve);
	*ret = t.f;
	return t.rc == RC_INVALID ? RC_CORRUPT : t.rc;
}

enum aid_advice
aid_advice_of(const struct rules_verdict *v)
{
	const struct rules_package *p = rules_package(v->rules);
	struct rules_type type = p->step[p->conclusion].type;
	char out[48];
	struct text word;

	if (v->conclusion.state != RULES_KNOWN)
		return AID_FACTS_MISSING;
	word = rules_print(v->rules, type, v->conclusion.n, out);
	if (text_equals(word, TEXT("符合")))
		return AID_ADVISED_YES;
	return text_equals(word, TEXT("不符合")) ? AID_ADVISED_NO : AID_ASK_PERSON;
}

int
aid_years_of(const struct rules_verdict *v)
{
	struct rules_value years;
	int step = rules_step_find(v->rules, -1, TEXT("律师年限"));

	if (step < 0 || rules_verdict_step(v, step, -1, &years, NULL) != RC_OK || years.state != RULES_KNOWN)
		return 0;
	return (int)years.n;
}
