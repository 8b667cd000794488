#include "supply/desk/intake_form.h"

#include <limits.h>
#include <stddef.h>
#include <string.h>

#include "kit/msg/msg.h"
#include "standards/catalogue/catalogue.h"

static const struct choice desk_channel_choices[] = {
	{ CHANNEL_WINDOW, "window", T("窗口") }, { CHANNEL_STATION, "station", T("村（社区）站点") },
	{ CHANNEL_HOTLINE, "hotline", T("12348 热线") }, { 0, NULL, NULL },
};

static const struct choice desk_relation_choices[] = {
	{ RELATION_SELF, "self", T("本人") }, { RELATION_FAMILY, "family", T("近亲属") },
	{ RELATION_AGENT, "agent", T("受托人") }, { RELATION_VILLAGE, "village", T("村（社区）代为反映") },
	{ RELATION_OTHER, "other", T("其他人") }, { 0, NULL, NULL },
};

#define AT(member) offsetof(struct intake_values, member)

static const struct field fields[] = {
	{ .key = "item", .kind = FIELD_LINE, .label = T("办什么事"), .required = true, .max = 32, .offset = AT(item) },
	{ .key = "name", .kind = FIELD_LINE, .label = T("姓名"), .max = 60, .offset = AT(name) },
	{ .key = "id_number", .kind = FIELD_IDCARD, .label = T("身份证号"), .offset = AT(id_number) },
	{ .key = "phone", .kind = FIELD_PHONE, .label = T("电话"), .offset = AT(phone) },
	{ .key = "anonymous", .kind = FIELD_BOOL, .label = T("不留姓名"), .offset = AT(anonymous) },
	{ .key = "detail", .kind = FIELD_PARAGRAPH, .label = T("事情经过"), .required = true, .min = 2, .max = 4000,
	  .offset = AT(detail) },
	{ .key = "town", .kind = FIELD_PLACE, .label = T("镇（街道）"), .required = true, .offset = AT(town) },
	{ .key = "village", .kind = FIELD_PLACE, .label = T("村（社区）"), .offset = AT(village) },
	{ .key = "channel", .kind = FIELD_CHOICE, .label = T("渠道"), .required = true, .choices = desk_channel_choices,
	  .offset = AT(channel) },
	{ .key = "topic", .kind = FIELD_CHOICE, .label = T("哪一类纠纷"), .required = true, .choices = topic_choices,
	  .offset = AT(topic) },
	{ .key = "subject", .kind = FIELD_LINE, .label = T("事由（不填取经过的开头）"), .max = 60,
	  .offset = AT(subject) },
	{ .key = "urgent", .kind = FIELD_BOOL, .label = T("急"), .offset = AT(urgent) },
	{ .key = "accept_now", .kind = FIELD_BOOL, .label = T("当场受理"), .offset = AT(accept_now) },
	{ .key = "scheduled", .kind = FIELD_BOOL, .label = T("预约来的"), .offset = AT(scheduled) },
	{ .key = "gathered", .kind = FIELD_BOOL, .label = T("集中服务"), .offset = AT(gathered) },
	{ .key = "groups", .kind = FIELD_FLAGS, .label = T("人群"), .choices = group_choices, .offset = AT(groups) },
	{ .key = "applicant", .kind = FIELD_CHOICE, .label = T("谁的事"), .required = true, .choices = applicant_choices,
	  .offset = AT(applicant) },
	{ .key = "org_name", .kind = FIELD_LINE, .label = T("单位名称"), .max = 100, .offset = AT(org_name) },
	{ .key = "credit_code", .kind = FIELD_CREDIT, .label = T("统一社会信用代码"), .offset = AT(credit_code) },
	{ .key = "founded", .kind = FIELD_DAY, .label = T("成立日期"), .min = INT_MIN, .max = 0, .offset = AT(founded) },
	{ .key = "staff", .kind = FIELD_INT, .label = T("从业人数"), .min = 1, .max = 10000000, .offset = AT(staff) },
	{ .key = "caller", .kind = FIELD_CHOICE, .label = T("谁来说的"), .required = true, .choices = desk_relation_choices,
	  .offset = AT(caller) },
	{ .key = "caller_name", .kind = FIELD_LINE, .label = T("代说人姓名"), .max = 60, .offset = AT(caller_name) },
	{ .key = "caller_phone", .kind = FIELD_PHONE, .label = T("代说人电话"), .offset = AT(caller_phone) },
	{ .key = "opponent", .kind = FIELD_LINE, .label = T("对方当事人"), .max = 100, .offset = AT(opponent),
	  .hint = T("只用来避免利益冲突：办过对方案件的人不会接这件。加密保存，名单上不显示。") },
	{ .key = "opponent_id", .kind = FIELD_IDCARD, .label = T("对方身份证号（知道就填）"), .offset = AT(opponent_id) },
	{ .key = "language", .kind = FIELD_LINE, .label = T("希望用什么语言"), .max = 32, .offset = AT(language) },
};

const struct form intake_form = FORM_OF("desk.intake", T("新受理"), fields, struct intake_values);

void
intake_judge(const struct intake_values *in, struct findings *findings)
{
	bool named = !text_is_empty(in->name) || !text_is_empty(in->id_number);

	if (in->anonymous && named)
		findings_add(findings, "anonymous", T("已经写了姓名或身份证号，就不能再勾「不留姓名」"), 0);
	if (!in->anonymous && text_is_empty(in->name))
		findings_add(findings, "name", T("请填姓名；对方不愿说的，勾「不留姓名」"), 0);
}

struct place
intake_place(const struct intake_values *in)
{
	return in->village.code != 0 && place_range_has(place_range(in->town), in->village) ? in->village : in->town;
}

struct intake_new
intake_of(const struct intake_values *in, int64_t item)
{
	struct place place = intake_place(in);
	struct intake_new out = {
		.topic = (enum topic)in->topic, .item = item, .subject = in->subject, .detail = in->detail,
		.urgent = in->urgent, .place = place, .channel = (enum channel)in->channel, .scheduled = in->scheduled,
		.gathered = in->gathered, .accept_now = in->accept_now, .applicant = (enum applicant_kind)in->applicant,
		.person = { .born = DAY_NONE, .groups = in->groups, .place = place },
		.organisation = { .kind = (enum applicant_kind)in->applicant, .name = in->org_name,
			.credit_code = in->credit_code, .founded = in->founded, .staff = in->staff == 0 ? -1 : in->staff,
			.place = place },
		.caller = (enum relation)in->caller, .caller_name = in->caller_name, .caller_phone = in->caller_phone,
		.opponent = in->opponent, .opponent_id = in->opponent_id, .language = in->language,
	};

	if (in->anonymous) {
		out.contact = in->phone; /* a number left without a name */
		return out;
	}
	out.person.name = in->name;
	out.person.id_number = in->id_number;
	out.person.phone = in->phone;
	return out;
}

void
intake_rekey(struct findings *findings)
{
	static const struct { const char *from, *to; } keys[] = {
		{ "place", "town" }, { "contact", "phone" }, { "born", "id_number" }, { "sex", "id_number" },
	};

	for (size_t i = 0; i < findings->n; i++)
		for (size_t k = 0; k < sizeof keys / sizeof keys[0]; k++)
			if (strcmp(findings->v[i].field, keys[k].from) == 0)
				findings->v[i].field = keys[k].to;
}
