/* The calls and their fields; how moments, ids and words are written. */
#include "operations/matter/legalaid/legalaid_act.h"
#include "supply/api/api_internal.h"

#include <limits.h>
#include <stddef.h>

struct json
api_open(struct exchange *x)
{
	struct json j;

	x->out->type = "application/json";
	json_init(&j, &x->out->body);
	json_begin_object(&j, NULL);
	return j;
}

enum rc
api_close(struct exchange *x, struct json *j)
{
	json_end_object(j);
	return buf_rc(&x->out->body);
}

void
api_keep(struct exchange *x)
{
	http_header(x->out, "Cache-Control", TEXT("public, max-age=60"));
}

void
api_moment(struct json *j, const char *key, int64_t at_ms)
{
	char out[32];

	if (at_ms <= 0 || at_ms == DUE_NONE)
		json_none(j, key);
	else
		json_text(j, key, moment_print_iso(at_ms, out));
}

void
api_day(struct json *j, const char *key, struct day day)
{
	char out[16];

	if (day_is_none(day))
		json_none(j, key);
	else
		json_text(j, key, day_print(day, out));
}

void
api_id(struct json *j, const char *key, int64_t id)
{
	char out[24];
	size_t n = sizeof out;
	bool negative = id < 0;
	uint64_t rest = negative ? 0 - (uint64_t)id : (uint64_t)id;

	if (id == 0) {
		json_none(j, key);
		return;
	}
	for (; rest > 0; rest /= 10)
		out[--n] = (char)('0' + rest % 10);
	if (negative)
		out[--n] = '-';
	json_text(j, key, (struct text){ out + n, sizeof out - n });
}

void
api_place(struct json *j, const char *key, struct place place)
{
	json_begin_object(j, key);
	api_id(j, "code", place.code);
	json_text(j, "name", region_name(place));
	json_text(j, "path", region_path(place));
	json_end_object(j);
}

void
api_choice(struct exchange *x, struct json *j, const char *name, const char *key, const char *label)
{
	json_begin_object(j, name);
	json_str(j, "key", key);
	json_str(j, "label", msg(x->ctx->lang, label));
	json_end_object(j);
}

enum rc
api_key(struct exchange *x, struct idem_key *ret)
{
	if (idem_key_parse(params_get(x->in->headers, "idempotency-key"), ret) == RC_OK)
		return RC_OK;
	findings_add(&x->findings, "Idempotency-Key", T("请求头 Idempotency-Key 应为 32 位十六进制数，每次提交随机生成"), 32);
	return RC_INVALID;
}

/* ---- fields ---------------------------------------------------------------------------------------------- */

static const struct field division_fields[] = {
	{ .key = "parent", .kind = FIELD_PLACE, .label = T("上级区划"), .offset = offsetof(struct division_ask, parent) },
};
const struct form division_ask_form = FORM_OF("api.divisions", T("区划"), division_fields, struct division_ask);

static const struct field points_fields[] = {
	{ .key = "place", .kind = FIELD_PLACE, .label = T("在哪里"), .offset = offsetof(struct points_ask, place) },
	{ .key = "kind", .kind = FIELD_CHOICE, .label = T("站点类型"), .choices = point_kind_choices,
	  .offset = offsetof(struct points_ask, kind) },
};
const struct form points_ask_form = FORM_OF("api.points", T("站点"), points_fields, struct points_ask);

static const struct choice relation_keys[] = {
	{ RELATION_SELF, "self", T("本人") }, { RELATION_FAMILY, "family", T("家人") },
	{ RELATION_AGENT, "agent", T("代理人") }, { RELATION_VILLAGE, "village", T("村（社区）干部") },
	{ RELATION_OTHER, "other", T("其他人") }, { 0, NULL, NULL },
};

#define AT(member) offsetof(struct request_ask, member)

static const struct field request_fields[] = {
	{ .key = "topic", .kind = FIELD_CHOICE, .label = T("是哪一类事？"), .required = true, .choices = topic_choices,
	  .offset = AT(topic) },
	{ .key = "item", .kind = FIELD_LINE, .label = T("想办的事项"), .max = 32, .offset = AT(item) },
	{ .key = "detail", .kind = FIELD_PARAGRAPH, .label = T("说说经过"), .required = true, .min = 4, .max = 2000,
	  .offset = AT(detail) },
	{ .key = "place", .kind = FIELD_PLACE, .label = T("在哪里"), .required = true, .offset = AT(place) },
	{ .key = "applicant", .kind = FIELD_CHOICE, .label = T("是谁的事？"), .required = true,
	  .choices = applicant_choices, .offset = AT(applicant) },
	{ .key = "caller", .kind = FIELD_CHOICE, .label = T("您和当事人是什么关系？"), .required = true,
	  .choices = relation_keys, .offset = AT(caller) },
	{ .key = "urgent", .kind = FIELD_BOOL, .label = T("事情很急：人身安全受威胁，或三天内就到期限"), .offset = AT(urgent) },
	{ .key = "groups", .kind = FIELD_FLAGS, .label = T("有下面的情况吗？"), .choices = group_choices,
	  .offset = AT(groups) },
	{ .key = "name", .kind = FIELD_LINE, .label = T("姓名"), .min = 1, .max = 60, .offset = AT(name) },
	{ .key = "phone", .kind = FIELD_PHONE, .label = T("联系电话"), .offset = AT(phone) },
	{ .key = "id_number", .kind = FIELD_IDCARD, .label = T("身份证号"), .offset = AT(id_number) },
	{ .key = "caller_name", .kind = FIELD_LINE, .label = T("您的姓名（替别人问的）"), .min = 1, .max = 60,
	  .offset = AT(caller_name) },
	{ .key = "caller_phone", .kind = FIELD_PHONE, .label = T("您的电话（替别人问的）"), .offset = AT(caller_phone) },
	{ .key = "org_name", .kind = FIELD_LINE, .label = T("单位名称"), .min = 2, .max = 100, .offset = AT(org_name) },
	{ .key = "credit_code", .kind = FIELD_CREDIT, .label = T("统一社会信用代码"), .offset = AT(credit_code) },
	{ .key = "founded", .kind = FIELD_DAY, .label = T("成立日期"), .min = INT_MIN, .max = 0, .offset = AT(founded) },
	{ .key = "staff", .kind = FIELD_INT, .label = T("从业人数"), .min = 1, .max = 10000000, .offset = AT(staff) },
};
const struct form request_ask_form = FORM_OF("api.request", T("求助"), request_fields, struct request_ask);

static const struct field say_fields[] = {
	{ .key = "body", .kind = FIELD_PARAGRAPH, .label = T("想说什么"), .required = true, .min = 1, .max = 1000,
	  .offset = offsetof(struct say_ask, body) },
};
const struct form say_ask_form = FORM_OF("api.say", T("留言"), say_fields, struct say_ask);

static const struct choice list_choices[] = {
	{ ASK_MINE, "mine", T("我承办的") }, { ASK_POINT, "point", T("本单位") }, { ASK_AREA, "area", T("辖区") },
	{ 0, NULL, NULL },
};
static const struct field queue_fields[] = {
	{ .key = "list", .kind = FIELD_CHOICE, .label = T("哪些事"), .choices = list_choices,
	  .offset = offsetof(struct queue_ask, list) },
	{ .key = "after", .kind = FIELD_LINE, .label = T("从哪里接着看"), .max = 48, .offset = offsetof(struct queue_ask, after) },
	{ .key = "most", .kind = FIELD_INT, .label = T("最多几件"), .min = 1, .max = 100,
	  .offset = offsetof(struct queue_ask, most) },
};
const struct form queue_ask_form = FORM_OF("api.queue", T("工作台（列表）"), queue_fields, struct queue_ask);

#define REVISION(type) \
	{ .key = "revision", .kind = FIELD_INT, .label = T("版本"), .required = true, .min = 1, .max = INT64_MAX, \
	  .offset = offsetof(struct type, revision) }

static const struct field step_fields[] = { REVISION(step_ask) };
const struct form step_ask_form = FORM_OF("api.step", T("办理"), step_fields, struct step_ask);

static const struct field answer_fields[] = {
	REVISION(answer_ask),
	{ .key = "answer", .kind = FIELD_PARAGRAPH, .label = T("答复"), .required = true, .min = 2, .max = 8000,
	  .offset = offsetof(struct answer_ask, answer) },
	{ .key = "aid_told", .kind = FIELD_BOOL, .label = T("已告知可以申请法律援助的权利和条件（法律援助法第 23 条）"),
	  .offset = offsetof(struct answer_ask, aid_told) },
};
const struct form answer_ask_form = FORM_OF("api.answer", T("答复"), answer_fields, struct answer_ask);

static const struct field close_fields[] = {
	REVISION(close_ask),
	{ .key = "outcome", .kind = FIELD_LINE, .label = T("结果"), .required = true, .max = 40,
	  .offset = offsetof(struct close_ask, outcome) },
	{ .key = "note", .kind = FIELD_PARAGRAPH, .label = T("说明"), .max = 2000, .offset = offsetof(struct close_ask, note) },
};
const struct form close_ask_form = FORM_OF("api.close", T("办结"), close_fields, struct close_ask);

static const struct field assign_fields[] = {
	REVISION(assign_ask),
	{ .key = "to", .kind = FIELD_LINE, .label = T("改派给谁"), .max = 32,
	  .hint = T("登录名；不填就是自己接过来办"), .offset = offsetof(struct assign_ask, to) },
	{ .key = "reason", .kind = FIELD_PARAGRAPH, .label = T("为什么改派"), .required = true, .min = 2, .max = 1000,
	  .offset = offsetof(struct assign_ask, reason) },
};
const struct form assign_ask_form = FORM_OF("api.assign", T("改派"), assign_fields, struct assign_ask);

static const struct field pause_fields[] = {
	REVISION(pause_ask),
	{ .key = "code", .kind = FIELD_LINE, .label = T("为什么暂停"), .required = true, .max = 40,
	  .hint = T("代码表 clock.pause"), .offset = offsetof(struct pause_ask, code) },
	{ .key = "words", .kind = FIELD_PARAGRAPH, .label = T("在等什么、等谁"), .required = true, .min = PAUSE_WORDS_LEAST,
	  .max = PAUSE_WORDS_MOST,
	  .offset = offsetof(struct pause_ask, words) },
	{ .key = "until", .kind = FIELD_DAY, .label = T("最晚等到哪一天"), .required = true, .min = 0, .max = PAUSE_DAYS_MAX,
	  .offset = offsetof(struct pause_ask, until) },
	{ .key = "proof", .kind = FIELD_INT, .label = T("凭据"), .min = 1, .max = INT64_MAX, .offset = offsetof(struct pause_ask, proof) },
};
const struct form pause_ask_form = FORM_OF("api.pause", T("暂停计时"), pause_fields, struct pause_ask);

static const struct field resume_fields[] = {
	REVISION(resume_ask),
	{ .key = "words", .kind = FIELD_PARAGRAPH, .label = T("等到了什么"), .required = true, .min = 2, .max = 1000,
	  .offset = offsetof(struct resume_ask, words) },
};
const struct form resume_ask_form = FORM_OF("api.resume", T("恢复计时"), resume_fields, struct resume_ask);

/* ---- routes ------------------------------------------------------------------------------------------------ */

#define V1 "/api/v1"
#define CASE V1 "/requests/{id}"

const struct route api_routes[] = {
	{ HTTP_GET, V1 "/items", RIGHT_PUBLIC, api_items, NULL, T("服务事项"), ROUTE_API, 0 },
	{ HTTP_GET, V1 "/items/{code}", RIGHT_PUBLIC, api_item, NULL, T("服务事项"), ROUTE_API, 0 },
	{ HTTP_GET, V1 "/divisions", RIGHT_PUBLIC, api_divisions, &division_ask_form, T("区划"), ROUTE_API, 0 },
	{ HTTP_GET, V1 "/points", RIGHT_PUBLIC, api_points, &points_ask_form, T("站点"), ROUTE_API, 0 },
	{ HTTP_GET, V1 "/points/{code}/oncall", RIGHT_PUBLIC, api_oncall, NULL, T("这个时候谁接电话"), ROUTE_API, 0 },
	{ HTTP_POST, V1 "/points/{code}/missed", RIGHT_PUBLIC, api_missed_post, &missed_ask_form, T("打了没有人接"), ROUTE_API, 0 },
	{ HTTP_GET, V1 "/points/{code}/duty", RIGHT_PUBLIC, api_duty_point, &duty_month_form, T("谁来值班"), ROUTE_API, 0 },
	{ HTTP_GET, V1 "/points/duty", RIGHT_PUBLIC, api_duty_today, &duty_place_form, T("今天谁值班"), ROUTE_API, 0 },
	{ HTTP_POST, V1 "/requests", RIGHT_PUBLIC, api_request_post, &request_ask_form, T("求助"), ROUTE_API, 0 },
	{ HTTP_GET, V1 "/progress", RIGHT_PUBLIC, api_progress, NULL, T("查进度"), ROUTE_API, 0 },
	{ HTTP_POST, V1 "/progress/messages", RIGHT_PUBLIC, api_message_post, &say_ask_form, T("留言"), ROUTE_API, 0 },

	{ HTTP_POST, V1 "/complaints", RIGHT_PUBLIC, api_complaint_post, &complaint_ask_form, T("投诉"), ROUTE_API, 0 },
	{ HTTP_GET, V1 "/complaints/progress", RIGHT_PUBLIC, api_complaint_progress, NULL, T("我的投诉"), ROUTE_API, 0 },
	{ HTTP_GET, V1 "/complaints", RIGHT_SUPERVISE, api_complaints, NULL, T("投诉"), ROUTE_API, 0 },
	{ HTTP_GET, V1 "/complaints/{id}", RIGHT_SUPERVISE, api_complaint, NULL, T("投诉"), ROUTE_API, 0 },
	{ HTTP_GET, V1 "/queue", RIGHT_CASE_READ, api_queue, &queue_ask_form, T("工作台（列表）"), ROUTE_API, 0 },
	{ HTTP_GET, V1 "/orders", RIGHT_SUPERVISE, api_orders, &orders_ask_form, T("督办台账"), ROUTE_API, 0 },
	{ HTTP_GET, V1 "/orders/{id}", RIGHT_CASE_READ, api_order, NULL, T("督办单"), ROUTE_API, 0 },
	{ HTTP_GET, CASE, RIGHT_CASE_READ, api_case, NULL, T("案件"), ROUTE_API, 0 },
	{ HTTP_POST, CASE "/accept", RIGHT_CASE_HANDLE, api_accept_post, &step_ask_form, T("受理"), ROUTE_API, 0 },
	{ HTTP_POST, CASE "/answer", RIGHT_CASE_HANDLE, api_answer_post, &answer_ask_form, T("答复"), ROUTE_API, 0 },
	{ HTTP_POST, CASE "/close", RIGHT_CASE_HANDLE, api_close_post, &close_ask_form, T("办结"), ROUTE_API, 0 },
	{ HTTP_POST, CASE "/pause", RIGHT_CASE_HANDLE, api_pause_post, &pause_ask_form, T("暂停计时"), ROUTE_API, 0 },
	{ HTTP_POST, CASE "/resume", RIGHT_CASE_HANDLE, api_resume_post, &resume_ask_form, T("恢复计时"), ROUTE_API, 0 },
	{ HTTP_GET, V1 "/advisor-scores", RIGHT_STAFF, api_scores, &scores_ask_form, T("法律顾问评估"), ROUTE_API, 0 },
	{ HTTP_GET, V1 "/cooperations", RIGHT_CASE_READ, api_cooperations, &cooperations_ask_form, T("协作"), ROUTE_API, 0 },
	{ HTTP_GET, V1 "/cooperations/{id}", RIGHT_CASE_READ, api_cooperation, NULL, T("协作"), ROUTE_API, 0 },
	{ HTTP_GET, V1 "/policy", RIGHT_PUBLIC, api_policies, NULL, T("政策规则"), ROUTE_API, 0 },
	{ HTTP_GET, V1 "/policy/{package}", RIGHT_PUBLIC, api_policy, NULL, T("政策规则"), ROUTE_API, 0 },
	{ HTTP_POST, V1 "/policy/{package}/judge", RIGHT_PUBLIC, api_policy_judge_post, NULL, T("按规则试算"), ROUTE_API, 0 },
	{ HTTP_POST, CASE "/policy/{package}", RIGHT_CASE_HANDLE, api_case_policy_post, NULL,
	    T("按规则试算并记入本案，供办理时参考"), ROUTE_API, 0 },
	{ HTTP_GET, CASE "/mediation", RIGHT_CASE_READ, api_mediation, NULL, T("人民调解"), ROUTE_API, 0 },
	{ HTTP_GET, V1 "/progress/mediation", RIGHT_PUBLIC, api_progress_mediation, NULL, T("我的调解"), ROUTE_API, 0 },
	{ HTTP_GET, V1 "/providers", RIGHT_STAFF, api_providers, &provider_ask_form, T("人员名册"), ROUTE_API, 0 },
	{ HTTP_GET, V1 "/legalaid", RIGHT_CASE_READ, api_legalaid_list, &legalaid_ask_form, T("法律援助案件"), ROUTE_API, 0 },
	{ HTTP_GET, CASE "/legalaid", RIGHT_CASE_READ, api_legalaid, NULL, T("法律援助"), ROUTE_API, 0 },
	{ HTTP_POST, CASE "/legalaid/form", RIGHT_CASE_HANDLE, api_legalaid_form_post, &aid_application_form, T("法律援助申请表"),
	    ROUTE_API, 0 },
	/* which side takes a step the flow asks: bureau, institution and lawyer alike come here */
	{ HTTP_POST, CASE "/legalaid/{step}", RIGHT_CASE_READ, api_legalaid_step_post, &aid_act_form, T("法律援助"), ROUTE_API, 0 },
	{ HTTP_GET, V1 "/progress/legalaid", RIGHT_PUBLIC, api_progress_legalaid, NULL, T("我的法律援助申请"), ROUTE_API, 0 },
	{ HTTP_POST, V1 "/progress/legalaid", RIGHT_PUBLIC, api_progress_legalaid_post, &aid_application_form, T("法律援助申请表"),
	    ROUTE_API, 0 },
	{ HTTP_POST, CASE "/assign", RIGHT_SUPERVISE, api_assign_post, &assign_ask_form, T("改派"), ROUTE_API, 0 },
};
const size_t api_routes_n = sizeof api_routes / sizeof api_routes[0];
