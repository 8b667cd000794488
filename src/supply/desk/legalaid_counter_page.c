/* An application for legal aid at the counter on one page: who, what, which papers came and which are missing. */
#include "supply/desk/legalaid_internal.h"

#include <string.h>

#include "operations/intake/intake.h"

struct counter_values {
	struct aid_form_values form; /* first: AID_FORM_FIELDS */
	struct text name, id_number, phone, detail, opponent, opponent_id, brought, missing;
	struct place town, village;
	struct day until;
	bool known_by_name;
};
#define AT(member) offsetof(struct counter_values, member)
#define DRAFT TEXT("aid-counter")

static const struct field fields[] = {
	{ .key = "name", .kind = FIELD_LINE, .label = T("姓名"), .required = true, .max = 60, .offset = AT(name) },
	{ .key = "id_number", .kind = FIELD_IDCARD, .label = T("身份证号"), .hint = T("照着原件抄。"), .offset = AT(id_number) },
	{ .key = "known_by_name", .kind = FIELD_BOOL, .label = T("号码登记的是另一个名字，已核对原件，确是本人"), .offset = AT(known_by_name) },
	{ .key = "phone", .kind = FIELD_PHONE, .label = T("电话"), .offset = AT(phone) },
	{ .key = "town", .kind = FIELD_PLACE, .label = T("镇（街道）"), .required = true, .offset = AT(town) },
	{ .key = "village", .kind = FIELD_PLACE, .label = T("村（社区）"), .offset = AT(village) },
	{ .key = "detail", .kind = FIELD_PARAGRAPH, .label = T("事情经过"), .required = true, .min = 2, .max = 4000, .offset = AT(detail) },
	{ .key = "opponent", .kind = FIELD_LINE, .label = T("对方当事人"), .max = 100, .offset = AT(opponent) },
	{ .key = "opponent_id", .kind = FIELD_IDCARD, .label = T("对方身份证号（知道就填）"), .offset = AT(opponent_id) },
	AID_FORM_FIELDS,
	{ .key = "brought", .kind = FIELD_PARAGRAPH, .label = T("带来了哪些材料"), .max = 1000, .offset = AT(brought),
	  .hint = T("一行一样，末尾写份数；收原件的写上“原件”，例如：劳动合同 原件 1。收据上就这样印。") },
	{ .key = "missing", .kind = FIELD_PARAGRAPH, .label = T("还缺哪些材料（一次说全）"), .max = 1000, .offset = AT(missing),
	  .hint = T("一行一样。不缺就空着；写了的，七日从补齐那天接着算，以后不能再要别的。") },
	{ .key = "until", .kind = FIELD_DAY, .label = T("最晚哪一天带来"), .min = 1, .max = 60, .offset = AT(until) },
};
const struct form aid_counter_form = FORM_OF("aid.counter", T("窗口申请法律援助"), fields, struct counter_values);

/* ---- the page ---------------------------------------------------------------------------------------------- */

static struct text
begins_with(const struct exchange *x, const char *key)
{
	struct place own = desk_own_place(x->ctx->actor);

	if (strcmp(key, "town") == 0)
		return desk_int(x, place_level(own) > PLACE_TOWN ? place_up(own, PLACE_TOWN).code : own.code);
	if (strcmp(key, "until") == 0)
		return aid_day(x, day_add(desk_today(x), 10));
	if (strcmp(key, "brought") == 0)
		return desk_say(x, T("居民身份证 1"));
	if (strcmp(key, "kind") == 0)
		return TEXT("civil");
	return strcmp(key, "confirmed") == 0 ? TEXT("signed") : TEXT_NONE;
}

static enum rc
typed_begin(struct exchange *x)
{
	struct typed kept = { NULL };

	x->typed.v = arena_array(x->ctx->mem, aid_counter_form.n, sizeof *x->typed.v);
	if (x->typed.v == NULL)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < aid_counter_form.n; i++)
		x->typed.v[i] = begins_with(x, aid_counter_form.fields[i].key);
	if (desk_draft_typed(x, DRAFT, &aid_counter_form, &kept))
		x->typed = kept;
	return RC_OK;
}

static void
put_fields(struct exchange *x, struct html *h, const char *const *keys, size_t n)
{
	for (size_t i = 0; i < n; i++)
		ui_form_field(h, &aid_counter_form, keys[i], &x->typed, &x->findings);
}

/* Asked of few; open as soon as something stands in it. */
static void
put_few(struct exchange *x, struct html *h, const char *title, const char *const *keys, size_t n)
{
	bool open = false;

	for (size_t i = 0; i < n; i++)
		open = open || ui_typed(&aid_counter_form, keys[i], &x->typed).n > 0 || findings_of(&x->findings, keys[i]) != NULL;
	buf_add(h->out, open ? TEXT("<details class=\"more\" open><summary>") : TEXT("<details class=\"more\"><summary>"));
	html_say(h, title);
	html_raw(h, "</summary>");
	put_fields(x, h, keys, n);
	html_raw(h, "</details>");
}

static void
put_person(struct exchange *x, struct html *h)
{
	static const char *const who[] = { "name", "id_number", "phone" };

	ui_section_open(h, T("谁来申请"));
	html_raw(h, "<div class=\"columns\">");
	put_fields(x, h, who, 3);
	html_raw(h, "</div>");
	if (findings_of(&x->findings, "id_number") != NULL || ui_typed(&aid_counter_form, "known_by_name", &x->typed).n > 0)
		ui_form_field(h, &aid_counter_form, "known_by_name", &x->typed, &x->findings);
	desk_put_place(x, h, &aid_counter_form);
	ui_section_close(h);
}

static void
put_case(struct exchange *x, struct html *h)
{
	static const char *const what[] = { "kind", "matter", "detail", "opponent", "opponent_id" };
	static const char *const means[] = { "status", "proof", "household", "income", "own_income", "opponent_home", "commitment" };
	static const char *const urgent[] = { "limit_day", "preserve", "own_counsel", "retrial" };
	static const char *const crime[] = { "organ", "detained", "gravest", "minor", "other_reason" };

	ui_section_open(h, T("申请什么"));
	put_fields(x, h, what, 5);
	put_few(x, h, T("期限、保全、已请律师、再审"), urgent, 4);
	put_few(x, h, T("刑事案件才填"), crime, 5);
	ui_section_close(h);
	ui_section_open(h, T("经济状况"));
	put_fields(x, h, means, 7);
	ui_section_close(h);
}

static enum rc
counter_show(struct exchange *x, const char *trouble)
{
	static const char *const papers[] = { "brought", "missing", "until", "confirmed" };
	struct text key = x->in->method == HTTP_POST && x->out->status == 422 ? frame_key_text(x) : desk_key(x);
	struct html h = frame_html(x);

	frame_desk_open(x, &h, &(struct frame_page){ .title = T("窗口申请法律援助"), .area = FRAME_INTAKE });
	ui_title(&h, T("窗口申请法律援助"), TEXT_NONE);
	if (trouble != NULL)
		ui_notice_say(&h, UI_SOON, T("没有登记"), trouble);
	ui_paragraph(&h, T("一页填完，交一次：登记、受理、申请表、材料收据、补充材料通知书一起办好，七日开始计算。念给本人听，本人签名或者捺印。"));
	ui_error_summary(&h, &aid_counter_form, &x->findings);
	ui_form_open(&h, &(struct ui_form){ .action = TEXT("/desk/legalaid/new"), .csrf = x->csrf, .key = key, .id = "aid-counter",
	    .draft = "/desk/draft?form=aid-counter" });
	put_person(x, &h);
	put_case(x, &h);
	ui_section_open(&h, T("材料和确认"));
	put_fields(x, &h, papers, 4);
	ui_section_close(&h);
	ui_form_buttons(&h, T("登记申请"), TEXT("/desk/legalaid"));
	ui_form_close(&h);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
legalaid_counter_page(struct exchange *x)
{
	enum rc rc = typed_begin(x);

	return rc == RC_OK ? counter_show(x, NULL) : rc;
}

/* ---- taking it in --------------------------------------------------------------------------------------------- */

static bool
text_has(struct text t, struct text word)
{
	return t.n >= word.n && memmem(t.p, t.n, word.p, word.n) != NULL;
}

/* "劳动合同 原件 2": its name, how it came, how many; one copy where nothing is said. */
static struct aid_brought
brought_of(struct text line)
{
	struct aid_brought b = { .copies = 1, .original = text_has(line, TEXT("原件")) };
	size_t at = line.n;
	int64_t n = 0;

	while (at > 0 && line.p[at - 1] >= '0' && line.p[at - 1] <= '9')
		at--;
	if (at < line.n && at > 0 && (line.p[at - 1] == ' ' || line.p[at - 1] == '\t')
	    && int64_parse((struct text){ line.p + at, line.n - at }, 0, 1000, &n) == RC_OK) {
		b.copies = (int)n;
		line.n = at;
	}
	line = text_trim(line);
	for (size_t i = 0; i < 2; i++) {
		struct text word = i == 0 ? TEXT("复印件") : TEXT("原件");

		if (line.n > word.n && text_ends_with(line, word))
			line = text_trim((struct text){ line.p, line.n - word.n });
	}
	b.name = line;
	return b;
}

static void
papers_read(struct exchange *x, const struct counter_values *in, struct aid_counter *out)
{
	for (struct text rest = in->brought; rest.n > 0;) {
		struct text line = text_trim(text_cut(&rest, '\n'));

		if (line.n == 0)
			continue;
		if (out->n_brought == AID_PAPERS_MAX) {
			findings_add(&x->findings, "brought", T("最多 %lld 样"), AID_PAPERS_MAX);
			return;
		}
		out->brought[out->n_brought++] = brought_of(line);
	}
	for (struct text rest = in->missing; rest.n > 0;) {
		struct text line = text_trim(text_cut(&rest, '\n'));

		if (line.n == 0)
			continue;
		if (out->n_missing == AID_PAPERS_MAX) {
			findings_add(&x->findings, "missing", T("最多 %lld 样"), AID_PAPERS_MAX);
			return;
		}
		out->missing[out->n_missing++] = line;
	}
}

static enum rc
take(struct exchange *x, const struct counter_values *in, struct intake_receipt *ret)
{
	struct aid_counter *c = ARENA_NEW(x->ctx->mem, struct aid_counter);
	struct place place = in->village.code != 0 && place_range_has(place_range(in->town), in->village) ? in->village : in->town;

	if (c == NULL)
		return RC_NO_MEMORY;
	c->form = aid_form_of(&in->form, &x->findings);
	c->until = in->until;
	c->known_by_name = in->known_by_name;
	c->request = (struct intake_new){ .topic = TOPIC_UNSURE, .detail = in->detail, .place = place, .channel = CHANNEL_WINDOW,
		.applicant = APPLICANT_PERSON, .caller = RELATION_SELF, .opponent = in->opponent, .opponent_id = in->opponent_id,
		.person = { .name = in->name, .id_number = in->id_number, .phone = in->phone, .born = DAY_NONE, .place = place } };
	papers_read(x, in, c);
	if (x->findings.total > 0)
		return RC_INVALID;
	return aid_counter_take(x->ctx, frame_idem_key(x), c, &x->findings, ret);
}

enum rc
legalaid_counter_post(struct exchange *x)
{
	struct intake_receipt receipt = { .id = 0 };
	enum rc rc = x->form_rc;

	if (params_has(x->in->form, "list-villages")) {
		x->findings.n = x->findings.total = 0;
		return counter_show(x, NULL);
	}
	if (rc == RC_OK)
		rc = take(x, x->values, &receipt);
	if (rc == RC_OK) {
		desk_draft_drop(x, DRAFT);
		rc = aid_papers_of(x->ctx, (struct case_id){ receipt.id });
		(void)rc; /* the application stands: what was not set now, the worker sets */
		return desk_to_receipt(x, &receipt);
	}
	if (rc != RC_INVALID && rc != RC_REFUSED && rc != RC_DUPLICATE)
		return rc;
	x->out->status = rc == RC_DUPLICATE ? 409 : 422;
	return counter_show(x, rc == RC_DUPLICATE ? T("这张表刚才已经登记成一件了；确实是另一件事，就再按一次登记。") : NULL);
}
