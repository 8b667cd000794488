/* What must be said for a complaint to be looked into; all that is missing at once.  Pure. */
#include "evaluation/complaint/complaint_rule.h"

#include "base/phone.h"
#include "base/utf8.h"
#include "kit/msg/msg.h"

static bool
points_at_somebody(const struct complaint_new *in)
{
	return in->request.n != 0 || in->point != 0 || in->account != 0 ||
	    utf8_length(in->whom) >= 2;
}

static void
check_facts(const struct complaint_new *in, struct findings *f)
{
	if (!points_at_somebody(in))
		findings_add(f, "whom", T("不留名的投诉，要写明投诉哪里、哪个人，不然查不了"), 0);
	if (in->request.n == 0 && day_is_none(in->day))
		findings_add(f, "day", T("不留名的投诉，要写明是哪一天的事，不然查不了"), 0);
	if (utf8_length(in->words) < COMPLAINT_FACTS_MIN)
		findings_add(f, "words",
		    T("不留名的投诉，要写明发生了什么，至少%lld个字，不然查不了"),
		    COMPLAINT_FACTS_MIN);
}

static void
check_caller(const struct complaint_new *in, struct findings *f)
{
	char digits[16];

	if (utf8_length(in->name) < 2 || utf8_length(in->name) > 30)
		findings_add(f, "name", T("写上名字，或者选“不留名”"), 0);
	if (phone_read(in->phone, digits) != RC_OK)
		findings_add(f, "phone", T("写上能联系到您的电话，或者选“不留名”"), 0);
	if (utf8_length(in->words) < COMPLAINT_WORDS_MIN)
		findings_add(f, "words", T("写明发生了什么，至少%lld个字"), COMPLAINT_WORDS_MIN);
}

bool
complaint_check(const struct complaint_new *in, struct day today, struct findings *f)
{
	size_t before = f->total;

	if (in->kind <= 0 || in->kind >= COMPLAINT_KINDS)
		findings_add(f, "kind", T("请选一个"), 0);
	if (in->anonymous)
		check_facts(in, f);
	else
		check_caller(in, f);
	if (utf8_length(in->words) > COMPLAINT_WORDS_MAX)
		findings_add(f, "words", T("最多%lld个字"), COMPLAINT_WORDS_MAX);
	if (!day_is_none(in->day) && in->day.n > today.n)
		findings_add(f, "day", T("不能晚于今天"), 0);
	if (in->channel != COMPLAINT_WEB && !in->read_back)
		findings_add(f, "read_back", T("读给来人听，没有错再存"), 0);
	return f->total == before;
}
