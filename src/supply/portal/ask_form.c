#include "supply/portal/ask_form.h"

#include <limits.h>
#include <stddef.h>

#include "kit/msg/msg.h"
#include "standards/catalogue/catalogue.h"

const struct choice naming_choices[] = {
	{ NAMING_NAMED, "named", T("留姓名（方便联系和接着办）") },
	{ NAMING_ANONYMOUS, "anonymous", T("不留姓名，只问问") },
	{ 0, NULL, NULL },
};

const struct choice relation_choices[] = {
	{ RELATION_SELF, "self", T("我自己的事") },
	{ RELATION_FAMILY, "family", T("我是家人，替他/她问") },
	{ RELATION_AGENT, "agent", T("我受委托来问") },
	{ RELATION_VILLAGE, "village", T("我是村（社区）干部，代为反映") },
	{ RELATION_OTHER, "other", T("我是朋友、邻居或其他人") },
	{ 0, NULL, NULL },
};

#define AT(member) offsetof(struct ask, member)

/* In the order of the pages: what (3), where (6), who (10). */
static const struct field fields[] = {
	{ .key = "topic", .kind = FIELD_CHOICE, .label = T("是哪一类事？"), .required = true,
	  .choices = topic_choices, .offset = AT(topic) },
	{ .key = "detail", .kind = FIELD_PARAGRAPH, .label = T("说说经过"),
	  .hint = T("什么时候、在哪里、和谁、您想怎么解决。想到什么写什么，2000 字以内。"), .required = true,
	  .min = 4, .max = ASK_DETAIL_MAX, .offset = AT(detail) },
	{ .key = "item", .kind = FIELD_LINE, .label = T("想办的事项"), .max = 32, .offset = AT(item) },

	{ .key = "town", .kind = FIELD_PLACE, .label = T("在哪个镇（街道）？"),
	  .hint = T("说不清镇（街道）的，选到区、县级市，或者选全市。"), .required = true, .offset = AT(town) },
	{ .key = "village", .kind = FIELD_PLACE, .label = T("在哪个村（社区）？"), .offset = AT(village) },
	{ .key = "applicant", .kind = FIELD_CHOICE, .label = T("是谁的事？"), .required = true,
	  .choices = applicant_choices, .offset = AT(applicant) },
	{ .key = "caller", .kind = FIELD_CHOICE, .label = T("您和当事人是什么关系？"), .required = true,
	  .choices = relation_choices, .offset = AT(caller) },
	{ .key = "urgent", .kind = FIELD_BOOL, .label = T("事情很急：人身安全受威胁，或三天内就到期限"),
	  .hint = T("正在发生危险的，请马上打 110。"), .offset = AT(urgent) },
	{ .key = "groups", .kind = FIELD_FLAGS, .label = T("有下面的情况吗？"),
	  .hint = T("可能可以优先办、免费办。不想说就不选。"), .choices = group_choices, .offset = AT(groups) },

	{ .key = "naming", .kind = FIELD_CHOICE, .label = T("要留姓名吗？"), .required = true,
	  .choices = naming_choices, .offset = AT(naming) },
	{ .key = "name", .kind = FIELD_LINE, .label = T("姓名"), .hint = T("当事人的姓名；不留姓名就空着。"),
	  .min = 1, .max = 60, .offset = AT(name), .autocomplete = "name" },
	{ .key = "phone", .kind = FIELD_PHONE, .label = T("联系电话"),
	  .hint = T("工作人员会打这个电话。不留电话，就凭查询码回来看答复。"), .offset = AT(phone),
	  .autocomplete = "tel" },
	{ .key = "id_number", .kind = FIELD_IDCARD, .label = T("身份证号"),
	  .hint = T("不填不影响咨询。填了可以免得以后重复登记。"), .offset = AT(id_number) },
	{ .key = "caller_name", .kind = FIELD_LINE, .label = T("您的姓名（替别人问的）"), .min = 1, .max = 60,
	  .offset = AT(caller_name) },
	{ .key = "caller_phone", .kind = FIELD_PHONE, .label = T("您的电话（替别人问的）"),
	  .offset = AT(caller_phone) },
	{ .key = "org_name", .kind = FIELD_LINE, .label = T("单位名称"), .min = 2, .max = 100,
	  .offset = AT(org_name), .autocomplete = "organization" },
	{ .key = "credit_code", .kind = FIELD_CREDIT, .label = T("统一社会信用代码"),
	  .hint = T("18 位；手边没有可以不填。"), .offset = AT(credit_code) },
	{ .key = "founded", .kind = FIELD_DAY, .label = T("成立日期"), .min = INT_MIN, .max = 0,
	  .offset = AT(founded) },
	{ .key = "staff", .kind = FIELD_INT, .label = T("从业人数"), .min = 1, .max = 10000000,
	  .offset = AT(staff) },
};

enum { WHAT_N = 3, WHERE_N = 6, FIELDS_N = sizeof fields / sizeof fields[0] };

const struct form ask_form = { "ask", T("求助"), fields, FIELDS_N, sizeof(struct ask) };
const struct form ask_what_form = { "ask.what", T("遇到什么事"), fields, WHAT_N, sizeof(struct ask) };
const struct form ask_where_form = { "ask.where", T("在哪里、是谁的事"), fields + WHAT_N, WHERE_N,
	sizeof(struct ask) };
const struct form ask_who_form = { "ask.who", T("怎么联系您"), fields + WHAT_N + WHERE_N,
	FIELDS_N - WHAT_N - WHERE_N, sizeof(struct ask) };

/* ---- rules over several fields --------------------------------------------------------------------- */

void
ask_judge_who(const struct ask *ask, struct findings *findings)
{
	if (ask->naming == NAMING_NAMED && ask->name.n == 0 && !findings_of(findings, "name"))
		findings_add(findings, "name", T("请写姓名，或者选“不留姓名”"), 0);
	if (ask->caller != RELATION_SELF && ask->caller_name.n == 0 && !findings_of(findings, "caller_name"))
		findings_add(findings, "caller_name", T("替别人问的，请写您自己的姓名"), 0);
	if (applicant_is_organisation((enum applicant_kind)ask->applicant) && ask->org_name.n == 0
	    && !findings_of(findings, "org_name"))
		findings_add(findings, "org_name", T("请写单位名称"), 0);
}

struct place
ask_place(const struct ask *ask)
{
	if (ask->village.code != 0 && place_range_has(place_range(ask->town), ask->village))
		return ask->village;
	return ask->town;
}

struct intake_new
ask_intake(const struct ask *ask, int64_t item)
{
	struct place place = ask_place(ask);
	bool named = ask->naming == NAMING_NAMED;
	struct intake_new in = {
		.topic = (enum topic)ask->topic, .item = item, .detail = ask->detail, .urgent = ask->urgent,
		.place = place, .channel = CHANNEL_PORTAL, .applicant = (enum applicant_kind)ask->applicant,
		.caller = (enum relation)ask->caller,
	};

	in.person = (struct person_new){ .born = DAY_NONE, .groups = ask->groups, .place = place };
	if (named) {
		in.person.name = ask->name;
		in.person.phone = ask->phone;
		in.person.id_number = ask->id_number;
	} else {
		in.contact = ask->phone;
	}
	if (in.caller != RELATION_SELF) {
		in.caller_name = ask->caller_name;
		in.caller_phone = ask->caller_phone;
	}
	if (applicant_is_organisation(in.applicant))
		in.organisation = (struct organisation_new){ .kind = in.applicant, .name = ask->org_name,
			.credit_code = ask->credit_code, .founded = ask->founded,
			.staff = ask->staff > 0 ? ask->staff : -1, .place = place };
	return in;
}

/* ---- the draft --------------------------------------------------------------------------------------- */

void
ask_merge(struct typed *all, const struct form *page, const struct typed *typed)
{
	size_t first = (size_t)(page->fields - fields);

	for (size_t i = 0; typed->v && i < page->n; i++)
		all->v[first + i] = typed->v[i];
}

static bool
is_marked(char c)
{
	return c == '%' || c == '&' || c == '=' || (unsigned char)c < 0x20;
}

/* Only what would be misread is marked: Chinese stays as short as it is. */
static size_t
pack_text(char *out, struct text t)
{
	size_t n = 0;

	for (size_t i = 0; i < t.n; i++) {
		char hex[3];

		if (!is_marked(t.p[i])) {
			out[n++] = t.p[i];
			continue;
		}
		hex[0] = '%';
		hex[1] = "0123456789ABCDEF"[(unsigned char)t.p[i] >> 4];
		hex[2] = "0123456789ABCDEF"[(unsigned char)t.p[i] & 15];
		for (size_t k = 0; k < sizeof hex; k++)
			out[n++] = hex[k];
	}
	return n;
}

static size_t
pack_pair(char *out, struct text name, struct text value)
{
	size_t n = pack_text(out, name);

	out[n++] = '=';
	n += pack_text(out + n, value);
	out[n++] = '&';
	return n;
}

struct text
ask_pack(struct arena *a, const struct typed *all, struct text key)
{
	size_t most = 3 * key.n + 8, n = 0;
	char *out;

	for (size_t i = 0; i < FIELDS_N; i++)
		most += 3 * all->v[i].n + 32;
	out = arena_alloc(a, most);
	if (!out)
		return (struct text){ NULL, 0 };
	n += pack_pair(out, TEXT("key"), key);
	for (size_t i = 0; i < FIELDS_N; i++)
		if (all->v[i].n > 0)
			n += pack_pair(out + n, text_of(fields[i].key), all->v[i]);
	return (struct text){ out, n };
}

static int
hex_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static struct text
unpack_text(struct arena *a, struct text t)
{
	char *out = arena_alloc(a, t.n + 1);
	size_t n = 0;

	if (!out)
		return TEXT_NONE;
	for (size_t i = 0; i < t.n; i++) {
		int high = i + 2 < t.n && t.p[i] == '%' ? hex_of(t.p[i + 1]) : -1;
		int low = high >= 0 ? hex_of(t.p[i + 2]) : -1;

		if (low >= 0) {
			out[n++] = (char)(high * 16 + low);
			i += 2;
		} else {
			out[n++] = t.p[i];
		}
	}
	return (struct text){ out, n };
}

struct params
ask_unpack(struct arena *a, struct text packed)
{
	struct param *v = arena_array(a, FIELDS_N + 1, sizeof *v);
	size_t n = 0;

	while (v && packed.n > 0 && n < FIELDS_N + 1) {
		struct text value = text_cut(&packed, '&');
		struct text name = text_cut(&value, '=');

		if (name.n > 0)
			v[n++] = (struct param){ unpack_text(a, name), unpack_text(a, value) };
	}
	return (struct params){ v, v ? n : 0 };
}
