/* A notice of court, procuratorate or police: taken in on one page, granted at once, to be assigned within three days. */
#include "supply/desk/legalaid_internal.h"

#include <string.h>

#include "operations/intake/intake.h"

struct notice_values {
	struct text organ, notice, case_no, offence, custody, name, id_number, phone;
	int organ_kind, stage, ground;
	bool compulsory, gravest, minor;
	struct day found, received, hearing;
};
#define AT(member) offsetof(struct notice_values, member)

static const struct field fields[] = {
	{ .key = "organ_kind", .kind = FIELD_CHOICE, .label = T("哪个机关通知的"), .required = true, .choices = aid_organ_choices, .offset = AT(organ_kind) },
	{ .key = "organ", .kind = FIELD_LINE, .label = T("机关全称"), .required = true, .max = 60, .offset = AT(organ) },
	{ .key = "notice", .kind = FIELD_LINE, .label = T("通知文书的编号"), .required = true, .max = 60, .hint = T("没有编号的写“无编号”。"), .offset = AT(notice) },
	{ .key = "case_no", .kind = FIELD_LINE, .label = T("办案机关的案号"), .max = 60, .offset = AT(case_no) },
	{ .key = "stage", .kind = FIELD_CHOICE, .label = T("案件在哪个阶段"), .required = true, .choices = aid_stage_choices, .offset = AT(stage) },
	{ .key = "ground", .kind = FIELD_CHOICE, .label = T("通知辩护的情形"), .choices = aid_designation_choices,
	  .hint = T("强制医疗案件不选，勾下面一项。"), .offset = AT(ground) },
	{ .key = "compulsory", .kind = FIELD_BOOL, .label = T("强制医疗案件（第二十八条）"), .offset = AT(compulsory) },
	{ .key = "gravest", .kind = FIELD_BOOL, .label = T("可能判处无期徒刑、死刑（承办律师要有三年以上执业经历）"), .offset = AT(gravest) },
	{ .key = "minor", .kind = FIELD_BOOL, .label = T("未满十八周岁"), .offset = AT(minor) },
	{ .key = "name", .kind = FIELD_LINE, .label = T("犯罪嫌疑人、被告人姓名"), .required = true, .max = 60, .offset = AT(name) },
	{ .key = "id_number", .kind = FIELD_IDCARD, .label = T("身份证号（通知上有就填）"), .offset = AT(id_number) },
	{ .key = "phone", .kind = FIELD_PHONE, .label = T("家属电话（知道就填）"), .offset = AT(phone) },
	{ .key = "offence", .kind = FIELD_LINE, .label = T("罪名或者案由"), .required = true, .max = 60, .offset = AT(offence) },
	{ .key = "custody", .kind = FIELD_LINE, .label = T("羁押在哪里（没有羁押就空着）"), .max = 60, .offset = AT(custody) },
	{ .key = "found", .kind = FIELD_DAY, .label = T("办案机关哪一天发现没有辩护人"), .min = INT_MIN, .max = 0, .offset = AT(found) },
	{ .key = "received", .kind = FIELD_DAY, .label = T("哪一天收到通知"), .required = true, .min = -30, .max = 0, .offset = AT(received) },
	{ .key = "hearing", .kind = FIELD_DAY, .label = T("开庭日（已经定了就填）"), .min = INT_MIN, .max = INT_MAX, .offset = AT(hearing) },
};
const struct form aid_notice_form = FORM_OF("aid.notice", T("登记通知辩护"), fields, struct notice_values);

static const struct { const char *title; const char *keys[6]; size_t n; } parts[] = {
	{ T("谁通知的"), { "organ_kind", "organ", "notice", "case_no", "stage" }, 5 },
	{ T("什么情形"), { "ground", "compulsory", "gravest", "minor" }, 4 },
	{ T("为谁辩护"), { "name", "id_number", "phone", "offence", "custody" }, 5 },
	{ T("日期"), { "found", "received", "hearing" }, 3 },
};

static enum rc
notice_show(struct exchange *x, const char *trouble)
{
	struct text key = x->in->method == HTTP_POST && x->out->status == 422 ? frame_key_text(x) : desk_key(x);
	struct html h = frame_html(x);

	frame_desk_open(x, &h, &(struct frame_page){ .title = T("登记通知辩护"), .area = FRAME_INTAKE });
	ui_title(&h, T("登记通知辩护"), TEXT_NONE);
	if (trouble != NULL)
		ui_notice_say(&h, UI_SOON, T("没有登记"), trouble);
	ui_paragraph(&h, T("人民法院、人民检察院、公安机关通知的，不审查经济状况，登记就是给予援助；收到之日起三日内指派并函告该机关（第三十六条）。当事人自己请了辩护人的，请该机关撤回通知。"));
	ui_error_summary(&h, &aid_notice_form, &x->findings);
	ui_form_open(&h, &(struct ui_form){ .action = TEXT("/desk/legalaid/notice"), .csrf = x->csrf, .key = key });
	for (size_t p = 0; p < sizeof parts / sizeof parts[0]; p++) {
		ui_section_open(&h, parts[p].title);
		for (size_t i = 0; i < parts[p].n; i++)
			ui_form_field(&h, &aid_notice_form, parts[p].keys[i], &x->typed, &x->findings);
		ui_section_close(&h);
	}
	ui_form_buttons(&h, T("登记通知"), TEXT("/desk/legalaid"));
	ui_form_close(&h);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
legalaid_notice_page(struct exchange *x)
{
	x->typed.v = arena_array(x->ctx->mem, aid_notice_form.n, sizeof *x->typed.v);
	if (x->typed.v == NULL)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < aid_notice_form.n; i++)
		x->typed.v[i] = strcmp(aid_notice_form.fields[i].key, "received") == 0 ? aid_day(x, desk_today(x)) : TEXT_NONE;
	return notice_show(x, NULL);
}

/* The county where this desk stands: the organ's matter, whatever village it began in. */
static struct place
county_of(const struct actor *actor)
{
	struct place own = desk_own_place(actor);

	return place_level(own) > PLACE_COUNTY ? place_up(own, PLACE_COUNTY) : own;
}

enum rc
legalaid_notice_post(struct exchange *x)
{
	const struct notice_values *in = x->values;
	struct intake_receipt receipt = { .id = 0 };
	enum rc rc = x->form_rc;

	if (rc == RC_OK)
		rc = aid_notice_take(x->ctx, frame_idem_key(x), &(struct aid_notice_new){ .organ_kind = in->organ_kind, .stage = in->stage,
		    .ground = in->ground, .compulsory = in->compulsory, .gravest = in->gravest, .minor = in->minor, .organ = in->organ,
		    .notice = in->notice, .case_no = in->case_no, .offence = in->offence, .custody = in->custody, .found = in->found,
		    .received = in->received, .hearing = in->hearing, .name = in->name, .id_number = in->id_number, .phone = in->phone,
		    .place = county_of(x->ctx->actor) }, &x->findings, &receipt);
	if (rc == RC_OK) {
		http_redirect(x->out, aid_path(x, (struct case_id){ receipt.id }, "?done=notice"));
		return RC_OK;
	}
	if (rc != RC_INVALID && rc != RC_REFUSED && rc != RC_DUPLICATE)
		return rc;
	x->out->status = rc == RC_DUPLICATE ? 409 : 422;
	return notice_show(x, rc == RC_DUPLICATE ? T("这张表刚才已经登记成一件了；确实是另一件事，就再按一次登记。") : NULL);
}
