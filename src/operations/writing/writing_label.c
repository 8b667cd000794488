#include "operations/writing/writing.h"

#include "kit/msg/msg.h"

const struct choice writing_read_choices[] = {
	{ WRITING_READ_ALOUD, "aloud", T("读给本人听过，本人认可") },
	{ WRITING_READ_SELF, "self", T("本人自己看过，认可") },
	{ 0, NULL, NULL },
};

const char *
writing_state_label(enum writing_state s)
{
	switch (s) {
	case WRITING_DRAFT: return T("正在写");
	case WRITING_ASKED: return T("等待核对");
	case WRITING_RETURNED: return T("退回修改");
	case WRITING_ISSUED: return T("已出具");
	case WRITING_DROPPED: return T("不写了");
	}
	return T("未填写");
}

const char *
writing_why_label(enum writing_why w)
{
	static const char *const labels[WRITING_WHY_COUNT] = {
		[WRITING_MAY] = "",
		[WRITING_NO_STEP] = T("这份文书现在不能这样办，请刷新看看"),
		[WRITING_NOT_YOURS] = T("由承办这一件的站点办理"),
		[WRITING_NOT_ACCEPTED] = T("请先受理这一件"),
		[WRITING_SAME_PERSON] = T("写的人不能核对自己写的，请另一位工作人员核对"),
		[WRITING_NOT_READ_BACK] = T("请先读给本人听，或者让本人看过，再出具"),
		[WRITING_NO_WORDS] = T("请写明哪里要改（至少 4 个字）"),
		[WRITING_INCOMPLETE] = T("还有必填的没有写"),
		[WRITING_UNPRINTABLE] = T("有字体里没有的字，印不出来，请改用常用字"),
		[WRITING_TOO_MANY] = T("这一件已经有 12 份没写完的文书，请先写完或者不写了"),
	};

	return (unsigned)w < WRITING_WHY_COUNT ? labels[w] : "";
}
