/*
 * The gallery: every component in each of its states, for people to look at and for the browser tests
 * to crawl.  /gallery and /gallery/form show what residents meet, /gallery/desk and /gallery/intake what
 * staff meet.  All of it is invented.
 */
#include "supply/frame/frame.h"

#include "resources/identity/identity.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

struct sample {
	struct text name, phone, idcard, what, secret, code, credit;
	int64_t count, hidden;
	bool agree;
	int trouble, door;
	uint64_t groups;
	struct day born;
	int time;
	struct place town, village;
};

static const struct choice sample_troubles[] = {
	{ 1, "wage", T("工钱、劳动") }, { 2, "family", T("婚姻、家庭") }, { 3, "traffic", T("交通事故") },
	{ 4, "debt", T("欠钱、借贷") }, { 0, NULL, NULL },
};
static const struct choice sample_groups[] = {
	{ 0, "elder", T("六十岁以上") }, { 1, "disabled", T("残疾人") }, { 2, "migrant", T("进城务工") },
	{ 3, "military", T("军人军属") }, { 0, NULL, NULL },
};
static const struct choice sample_doors[] = {
	{ 1, "1", T("网上") }, { 2, "2", T("窗口") }, { 3, "3", T("电话") }, { 4, "4", T("村（社区）站点") },
	{ 5, "5", T("微信") }, { 6, "6", T("来信") }, { 7, "7", T("上门") }, { 8, "8", T("流动服务") },
	{ 9, "9", T("巡回") }, { 10, "10", T("集中活动") }, { 11, "11", T("转来") }, { 12, "12", T("视频") },
	{ 13, "13", T("其他") }, { 0, NULL, NULL },
};
static const struct choice sample_grades[] = {
	{ 5, "5", T("非常满意") }, { 4, "4", T("满意") }, { 3, "3", T("基本满意") }, { 2, "2", T("不满意") },
	{ 1, "1", T("非常不满意") }, { 0, NULL, NULL },
};

#define AT(member) .offset = offsetof(struct sample, member)
static const struct field sample_fields[] = {
	{ .key = "trouble", .kind = FIELD_CHOICE, .label = T("什么事"), .required = true,
	    .choices = sample_troubles, AT(trouble) },
	{ .key = "name", .kind = FIELD_LINE, .label = T("姓名"), .hint = T("可以不写真名，写怎么称呼您"),
	    .required = true, .min = 1, .max = 30, AT(name), .autocomplete = "name" },
	{ .key = "phone", .kind = FIELD_PHONE, .label = T("电话"), .hint = T("方便我们回电"), .required = true,
	    AT(phone), .autocomplete = "tel" },
	{ .key = "idcard", .kind = FIELD_IDCARD, .label = T("身份证号"), AT(idcard) },
	{ .key = "born", .kind = FIELD_DAY, .label = T("出生日期"), AT(born) },
	{ .key = "time", .kind = FIELD_TIME, .label = T("几点方便接电话"), AT(time) },
	{ .key = "count", .kind = FIELD_INT, .label = T("几个人一起来"), .min = 1, .max = 50, AT(count) },
	{ .key = "door", .kind = FIELD_CHOICE, .label = T("从哪里来的"), .choices = sample_doors, AT(door) },
	{ .key = "groups", .kind = FIELD_FLAGS, .label = T("有没有这些情况"), .hint = T("可以多选，用来优先安排"),
	    .choices = sample_groups, AT(groups) },
	{ .key = "what", .kind = FIELD_PARAGRAPH, .label = T("说说经过"), .hint = T("什么时候，跟谁，想要什么结果"),
	    .required = true, .min = 2, .max = 2000, AT(what) },
	{ .key = "code", .kind = FIELD_CODE, .label = T("查询码"), AT(code) },
	{ .key = "credit", .kind = FIELD_CREDIT, .label = T("统一社会信用代码"), AT(credit) },
	{ .key = "secret", .kind = FIELD_SECRET, .label = T("口令"), AT(secret), .autocomplete = "current-password" },
	{ .key = "hidden", .kind = FIELD_KEY, .label = T("编号"), AT(hidden) },
	{ .key = "agree", .kind = FIELD_BOOL, .label = T("我同意工作人员为办这件事看到以上内容"), .required = true,
	    AT(agree) },
	{ .key = "town", .kind = FIELD_PLACE, .label = T("镇（街道）"), AT(town) },
	{ .key = "village", .kind = FIELD_PLACE, .label = T("村（社区）"), AT(village) },
};
static const struct form sample_form = FORM_OF("gallery.sample", T("求助"), sample_fields, struct sample);
#define SAMPLE_OWN 15 /* the last two are drawn by the place chooser */

static const struct ui_option sample_towns[] = {
	{ TEXT_INIT("320509100"), TEXT_INIT("示范一镇"), TEXT_INIT("吴江区") },
	{ TEXT_INIT("320509101"), TEXT_INIT("示范二镇"), TEXT_INIT("吴江区") },
	{ TEXT_INIT("320581100"), TEXT_INIT("示范三镇"), TEXT_INIT("常熟市") },
};
static const struct ui_option sample_villages[] = {
	{ TEXT_INIT("320509100201"), TEXT_INIT("东示范村"), TEXT_INIT("") },
	{ TEXT_INIT("320509100202"), TEXT_INIT("西示范村"), TEXT_INIT("") },
};

/* ---- what residents meet ------------------------------------------------------------------------ */

static void
show_signs(struct html *h)
{
	ui_section_open(h, T("标志"));
	html_raw(h, "<p>");
	ui_lamp(h, LAMP_LATE, TEXT("2 天"));
	html_raw(h, " ");
	ui_lamp(h, LAMP_SOON, TEXT("还有 3 小时"));
	html_raw(h, " ");
	ui_lamp(h, LAMP_NORMAL, TEXT("还有 5 天"));
	html_raw(h, " ");
	ui_lamp(h, LAMP_PAUSED, TEXT_NONE);
	html_raw(h, " ");
	ui_lamp(h, LAMP_DONE, TEXT_NONE);
	html_raw(h, "</p><p>");
	for (enum ui_tone tone = UI_PLAIN; tone <= UI_HOLD; tone++) {
		ui_tag(h, tone, TEXT("标签"));
		html_raw(h, " ");
	}
	html_raw(h, "</p>");
	ui_notice_say(h, UI_INFO, T("咨询不收费"), T("律师当天回电，您不用付钱。"));
	ui_notice_say(h, UI_OK, T("已经收到"), NULL);
	ui_notice_say(h, UI_SOON, NULL, T("今天 17:00 关门，请抓紧来。"));
	ui_notice_say(h, UI_LATE, T("超过时限两天"), T("已提醒站长，今天之内给您回话。"));
	ui_notice_say(h, UI_PLAIN, NULL, T("位置为估算，出门前请先打电话。"));
	ui_section_close(h);
}

static void
show_tiles(struct html *h)
{
	static const struct ui_tile troubles[] = {
		{ "coin", T("工钱、劳动"), TEXT_INIT(""), TEXT_INIT(""), TEXT_INIT("#main") },
		{ "heart", T("婚姻、家庭"), TEXT_INIT(""), TEXT_INIT(""), TEXT_INIT("#main") },
		{ "car", T("交通事故"), TEXT_INIT(""), TEXT_INIT(""), TEXT_INIT("#main") },
		{ "home", T("房子、土地"), TEXT_INIT(""), TEXT_INIT("拆迁、租房、宅基地"), TEXT_INIT("#main") },
		{ "users", T("邻里纠纷"), TEXT_INIT(""), TEXT_INIT(""), TEXT_INIT("#main") },
		{ "help", T("说不清楚"), TEXT_INIT(""), TEXT_INIT("有人帮您理一理"), TEXT_INIT("#main") },
	};
	static const char *const steps[] = { T("什么事"), T("说说经过"), T("怎么找您"), T("看一遍") };

	ui_section_open(h, T("您遇到什么事？"));
	ui_tiles(h, T("常见的事"), troubles, N(troubles));
	ui_section_close(h);
	ui_section_open(h, T("步骤"));
	ui_steps(h, steps, N(steps), 1);
	ui_section_close(h);
}

static void
show_form(struct exchange *x, struct html *h)
{
	struct text typed_v[N(sample_fields)] = { [0] = TEXT("wage"), [1] = TEXT("<b>张三</b>"),
		[2] = TEXT("19900001234"), [3] = TEXT("990000199001011"), [4] = TEXT("1990-02-30"),
		[8] = TEXT("elder,migrant"), [9] = TEXT("老板欠了三个月工钱\n一共两万一") };
	struct typed typed = { typed_v };
	struct findings findings = { .n = 0 };
	struct form own = sample_form;

	own.n = SAMPLE_OWN;
	findings_add(&findings, "idcard", T("身份证号应为 18 位"), 0);
	findings_add(&findings, "born", T("没有这一天"), 0);
	findings_add(&findings, "town", T("请选择镇（街道）"), 0);
	findings_add(&findings, "agree", T("需要您同意才能办理"), 0);
	ui_error_summary(h, &sample_form, &findings);
	ui_form_open(h, &(struct ui_form){ .action = x->in->path, .csrf = TEXT("0"), .key = TEXT("00"), .get = false });
	ui_digits(h);
	ui_form_fields(h, &own, &typed, &findings);
	ui_place_chooser(h, &(struct ui_place_chooser){ .town = &sample_fields[SAMPLE_OWN],
	    .village = &sample_fields[SAMPLE_OWN + 1], .towns = sample_towns, .n_towns = N(sample_towns),
	    .villages = sample_villages, .n_villages = N(sample_villages), .findings = &findings });
	ui_field_suggest(h, &(struct field){ .key = "item", .kind = FIELD_LINE, .label = T("服务事项"), .required = true },
	    sample_towns, N(sample_towns), TEXT_NONE, NULL);
	ui_file(h, &(struct ui_file){ .key = "paper", .label = T("材料照片"), .hint = T("照片或 PDF，每个不超过 10 MB"),
	    .accept = ".jpg,.png,.pdf", .several = true }, NULL);
	ui_form_buttons(h, T("下一步"), TEXT("#main"));
	ui_form_close(h);
}

static void
show_answers(struct html *h)
{
	static const struct ui_answer answers[] = {
		{ T("什么事"), TEXT_INIT("工钱、劳动"), TEXT_INIT("#f-trouble") },
		{ T("说说经过"), TEXT_INIT("老板欠了三个月工钱\n一共两万一"), TEXT_INIT("#f-what") },
		{ T("电话"), TEXT_INIT("199****1234"), TEXT_INIT("#f-phone") },
		{ T("身份证号"), TEXT_INIT(""), TEXT_INIT("#f-idcard") },
	};

	ui_section_open(h, T("核对"));
	ui_answers(h, answers, N(answers));
	ui_section_close(h);
	ui_section_open(h, T("回执"));
	ui_receipt(h, T("受理编号"), TEXT("3205-2026-000123"), TEXT("7K2M-9QXD-4HWP-C3TB"),
	    TEXT("https://example.org/q/7K2M9QXD4HWPC3TB"));
	ui_section_close(h);
}

static void
show_stations(struct html *h)
{
	static const struct ui_station stations[] = {
		{ TEXT_INIT("示范一镇公共法律服务工作站"), TEXT_INIT("人民路 1 号"), TEXT_INIT("0512-65550123"),
		    TEXT_INIT("09:00–17:00"), TEXT_INIT("王律师"), UI_OPEN_NOW, 850, true, TEXT_INIT("#main"), TEXT_INIT("步行 11 分钟") },
		{ TEXT_INIT("东示范村法律服务站"), TEXT_INIT("村委会一楼"), TEXT_INIT(""),
		    TEXT_INIT("09:00–11:30"), TEXT_INIT(""), UI_CLOSED_NOW, 2340, true, TEXT_INIT("#main"), TEXT_INIT("") },
		{ TEXT_INIT("西示范村法律服务站"), TEXT_INIT(""), TEXT_INIT(""), TEXT_INIT(""), TEXT_INIT(""),
		    UI_OPEN_UNKNOWN, -1, false, TEXT_INIT("#main"), TEXT_INIT("") },
	};
	static const struct ui_duty duty[] = {
		{ TEXT_INIT("周二 09:00–11:30"), TEXT_INIT("王律师"), TEXT_INIT("律师"), TEXT_INIT("一号窗口"), true },
		{ TEXT_INIT("周三 09:00–11:30"), TEXT_INIT("李调解员"), TEXT_INIT("人民调解员"), TEXT_INIT("调解室"), false },
	};

	ui_section_open(h, T("附近站点"));
	html_raw(h, "<div class=\"stations\">");
	for (size_t i = 0; i < N(stations); i++)
		ui_station(h, &stations[i]);
	html_raw(h, "</div>");
	ui_roster(h, T("本周值班"), duty, N(duty));
	ui_section_close(h);
}

static const struct ui_event sample_events[] = {
	{ TEXT_INIT("接下来"), TEXT_INIT("王律师今天 16:00 前回电"), TEXT_INIT(""), UI_PLAIN, true },
	{ TEXT_INIT("06-30 09:20"), TEXT_INIT("转给示范一镇工作站"), TEXT_INIT("窗口 李某"), UI_PLAIN, false },
	{ TEXT_INIT("06-29 17:00"), TEXT_INIT("超过回电时限"), TEXT_INIT(""), UI_LATE, false },
	{ TEXT_INIT("06-28 21:04"), TEXT_INIT("收到您的求助"), TEXT_INIT("网上"), UI_OK, false },
};

static void
show_progress(struct exchange *x, struct html *h)
{
	ui_section_open(h, T("查进度"));
	html_raw(h, "<div id=\"aloud\">");
	ui_timeline(h, sample_events, N(sample_events));
	html_raw(h, "</div>");
	ui_read_aloud(h, "aloud");
	ui_section_close(h);
	ui_section_open(h, T("评一评"));
	ui_review(h, &(struct ui_form){ .action = x->in->path, .csrf = TEXT("0"), .key = TEXT("01") }, "grade",
	    sample_grades);
	ui_section_close(h);
}

static void
show_states(struct html *h)
{
	ui_section_open(h, T("状态"));
	ui_empty(h, T("还没有记录"), T("您求助以后，进度会出现在这里。"), TEXT("#main"), T("我要求助"));
	ui_loading(h, T("正在查找附近站点……"));
	ui_pager(h, &(struct ui_pager){ TEXT("#main"), TEXT("#main"), TEXT("21–40 / 312") });
	ui_section_close(h);
}

static void
show_sheets(struct html *h)
{
	static const struct ui_chip sheets[] = {
		{ .label = T("求助"), .href = TEXT_INIT("/gallery/form"), .count = -1 },
		{ .label = T("文书"), .href = TEXT_INIT("/gallery/letter"), .count = -1 },
		{ .label = T("工作台"), .href = TEXT_INIT("/gallery/desk"), .count = -1 },
		{ .label = T("新受理"), .href = TEXT_INIT("/gallery/intake"), .count = -1 },
		{ .label = T("系统忙"), .href = TEXT_INIT("/gallery/trouble"), .count = -1 },
	};

	ui_chips(h, T("部件样张"), sheets, N(sheets));
}

static enum rc
gallery_page(struct exchange *x)
{
	struct html h = frame_html(x);

	frame_public_open(x, &h, &(struct frame_page){ .title = T("部件样张"), .noindex = true });
	ui_title(&h, T("部件样张"), TEXT("public"));
	show_sheets(&h);
	show_tiles(&h);
	show_signs(&h);
	show_answers(&h);
	show_stations(&h);
	show_progress(x, &h);
	show_states(&h);
	frame_public_close(x, &h);
	return buf_rc(h.out);
}

/* ---- paper ----------------------------------------------------------------------------------------- */

static enum rc
gallery_letter_page(struct exchange *x)
{
	static const struct ui_letter letter = { TEXT_INIT("苏州市示范公共法律服务中心"), TEXT_INIT("示范〔2026〕1 号"),
		TEXT_INIT("不予受理告知书"), TEXT_INIT("张某某"), TEXT_INIT("苏州市示范公共法律服务中心"),
		TEXT_INIT("2026 年 6 月 30 日") };
	struct html h = frame_html(x);

	frame_public_open(x, &h, &(struct frame_page){ .title = T("信函样张"), .noindex = true });
	ui_letter_open(&h, &letter);
	ui_paragraph(&h, T("您提出的求助事项已收到。经审查，该事项不属于公共法律服务范围，依法不予受理。"));
	ui_paragraph(&h, T("您可以向有管辖权的人民法院提起诉讼，或者拨打 12348 咨询。"));
	ui_letter_close(&h, &letter);
	frame_public_close(x, &h);
	return buf_rc(h.out);
}

/* ---- what staff meet --------------------------------------------------------------------------------- */

static void
show_queue(struct html *h)
{
	static const struct ui_chip chips[] = {
		{ T("全部"), TEXT_INIT(""), TEXT_INIT("#q"), 12, true, UI_PLAIN },
		{ T("逾期"), TEXT_INIT(""), TEXT_INIT("#q"), 2, false, UI_LATE },
		{ T("临期"), TEXT_INIT(""), TEXT_INIT("#q"), 3, false, UI_SOON },
		{ T("我的"), TEXT_INIT(""), TEXT_INIT("#q"), 5, false, UI_PLAIN },
		{ T("待接收"), TEXT_INIT(""), TEXT_INIT("#q"), -1, false, UI_PLAIN },
	};
	static const char *const reasons[] = {
		"老板拖欠三个月工资", "离婚后探望孩子被拒", "电动车被追尾，对方保险不赔", "邻居加盖二层挡住采光，多次协商不成，村里调解过一次",
		"宅基地继承", "被收取高额违约金", "工伤认定被拖延", "网购退款纠纷", "赡养费", "物业停水停电",
		"借条过了三年", "想立遗嘱",
	};
	static const char *const names[] = { "张某", "王某某", "陈某", "李某某", "赵某", "孙某某", "周某", "吴某某", "郑某",
		"冯某某", "某某公司", "匿名" };
	struct ui_queue_row rows[12];
	char number[12][24];

	for (size_t i = 0; i < 12; i++) {
		int64_t n = (int64_t)i + 101;
		struct buf b;

		buf_init(&b, 64);
		buf_printf(&b, "3205-2026-%06lld", (long long)n);
		for (size_t k = 0; k < sizeof number[i]; k++)
			number[i][k] = k < b.n ? b.p[k] : '\0';
		buf_free(&b);
		rows[i] = (struct ui_queue_row){
			.href = TEXT("#q"), .number = text_of(number[i]), .name = text_of(names[i]),
			.reason = text_of(reasons[i]), .lamp = i < 2 ? LAMP_LATE : i < 5 ? LAMP_SOON : i == 8 ? LAMP_PAUSED :
			    i == 11 ? LAMP_DONE : LAMP_NORMAL,
			.lamp_detail = i < 2 ? TEXT("2 天") : i < 5 ? TEXT("3 小时") : i < 8 ? TEXT("5 天") : TEXT_NONE,
			.due = TEXT("06-30 17:00"), .place = TEXT("示范一镇"), .channel = i % 2 ? TEXT("窗口") : TEXT("网上"),
			.holder = TEXT("李某"), .selected = i == 1, .urgent = i == 0,
		};
	}
	ui_chips(h, T("筛选"), chips, N(chips));
	ui_queue(h, T("待办事项"), rows, 12, TEXT_NONE, TEXT_NONE);
	ui_pager(h, &(struct ui_pager){ TEXT_NONE, TEXT("#q"), TEXT("1–12 / 312") });
}

static void
show_panel(struct html *h)
{
	static const struct ui_fact facts[] = {
		{ T("承办"), TEXT_INIT("李某（示范一镇）"), TEXT_INIT("") },
		{ T("首问"), TEXT_INIT("王某 06-28 21:04"), TEXT_INIT("") },
		{ T("电话"), TEXT_INIT("199****1234"), TEXT_INIT("") },
		{ T("事项"), TEXT_INIT("法律咨询"), TEXT_INIT("#main") },
		{ T("材料"), TEXT_INIT(""), TEXT_INIT("") },
	};
	static const struct ui_action actions[] = {
		{ .label = T("回电"), .key = "d", .href = TEXT_INIT("#panel"), .primary = true },
		{ .label = T("分派"), .key = "a", .href = TEXT_INIT("#panel"), .dialog = "assign" },
		{ .label = T("要材料"), .key = "b", .href = TEXT_INIT("#panel") },
		{ .label = T("结案"), .key = "c", .post = TEXT_INIT("/gallery/desk"), .post_key = TEXT_INIT("00") },
		{ .label = T("不予受理"), .href = TEXT_INIT("#panel"), .danger = true },
	};
	struct ui_panel panel = { TEXT("王某某 · 离婚后探望孩子被拒"), TEXT("3205-2026-000102"), LAMP_LATE, TEXT("2 天"),
		TEXT("回电时限已过 2 天，已提醒站长。") };

	ui_panel_open(h, &panel);
	ui_facts(h, facts, N(facts));
	ui_actions(h, actions, N(actions), TEXT("0"));
	ui_timeline(h, sample_events, N(sample_events));
	ui_panel_close(h);
}

static void
show_call(struct html *h)
{
	static const char *const lines[] = { T("您好，12348，请问您遇到什么事？"), T("我先记下来，您慢慢说。"),
		T("您的事由我负责到底，编号我报给您。") };

	ui_section_open(h, T("来电"));
	ui_timer(h, 1782781200000, 1782781325000, TEXT("09:00"));
	ui_script(h, T("话术"), lines, N(lines), false);
	ui_undo(h, TEXT("已结案：3205-2026-000102"), &(struct ui_form){ .action = TEXT("/gallery/desk"),
	    .csrf = TEXT("0"), .key = TEXT("02") });
	ui_section_close(h);
	ui_dialog_open(h, "assign", T("分派给谁"));
	ui_paragraph(h, T("按地方、事项和在办件数推荐。"));
	ui_dialog_close(h);
}

static void
put_curve(struct html *h)
{
	static const struct ui_curve_mark marks[] = { { T("现行"), 10 }, { T("草稿"), 15 } };
	struct ui_curve_point v[31];

	for (int i = 0; i <= 30; i++)
		v[i] = (struct ui_curve_point){ arena_format(h->mem, "%d.%d", i / 10, i % 10), i, 4000000 - 4000 * (30 - i) * (30 - i),
			i % 5 == 0 };
	ui_curve(h, &(struct ui_curve){ text_of(msg(h->lang, T("标准的倍数"))), T("各个值的结果"), T("值"), T("户"), v, N(v), marks,
	    N(marks) });
}

static void
show_figures(struct html *h)
{
	static const struct ui_stat stats[] = {
		{ T("逾期"), TEXT_INIT("2"), T("件"), TEXT_INIT("比上周少 3"), TEXT_INIT("#q"), UI_LATE },
		{ T("临期"), TEXT_INIT("3"), T("件"), TEXT_INIT(""), TEXT_INIT("#q"), UI_SOON },
		{ T("在办"), TEXT_INIT("312"), T("件"), TEXT_INIT(""), TEXT_INIT(""), UI_INFO },
		{ T("满意率"), TEXT_INIT("98.2%"), NULL, TEXT_INIT("评价 1,204 条"), TEXT_INIT(""), UI_OK },
	};
	static const struct ui_datum by_item[] = {
		{ TEXT_INIT("法律咨询"), 1240, TEXT_INIT("#q"), UI_PLAIN }, { TEXT_INIT("人民调解"), 530, TEXT_INIT("#q"), UI_PLAIN },
		{ TEXT_INIT("法律援助"), 212, TEXT_INIT("#q"), UI_PLAIN }, { TEXT_INIT("逾期"), 2, TEXT_INIT("#q"), UI_LATE },
	};
	static const struct ui_datum by_month[] = {
		{ TEXT_INIT("1 月"), 320, TEXT_INIT(""), UI_PLAIN }, { TEXT_INIT("2 月"), 180, TEXT_INIT(""), UI_PLAIN },
		{ TEXT_INIT("3 月"), 402, TEXT_INIT(""), UI_PLAIN }, { TEXT_INIT("4 月"), 377, TEXT_INIT(""), UI_PLAIN },
		{ TEXT_INIT("5 月"), 431, TEXT_INIT(""), UI_PLAIN }, { TEXT_INIT("6 月"), 455, TEXT_INIT(""), UI_PLAIN },
	};
	static const struct ui_point west[] = { { 120300000, 31000000 }, { 120600000, 31050000 }, { 120620000, 31400000 },
		{ 120350000, 31450000 } };
	static const struct ui_point east[] = { { 120600000, 31050000 }, { 120950000, 31000000 }, { 121000000, 31380000 },
		{ 120620000, 31400000 } };
	static const struct ui_outline outlines[] = { { TEXT_INIT("示范西区"), west, 4 }, { TEXT_INIT("示范东区"), east, 4 } };
	static const struct ui_mark marks[] = {
		{ { 120420000, 31200000 }, TEXT_INIT("示范一镇工作站"), TEXT_INIT("#q"), UI_OK },
		{ { 120700000, 31150000 }, TEXT_INIT("示范二镇工作站"), TEXT_INIT("#q"), UI_PLAIN },
		{ { 120880000, 31300000 }, TEXT_INIT("东示范村：30 分钟到不了"), TEXT_INIT("#q"), UI_LATE },
	};

	ui_section_open(h, T("统计"));
	ui_stats(h, stats, N(stats));
	put_curve(h);
	html_raw(h, "<div class=\"figures\">");
	ui_bars(h, &(struct ui_series){ T("按事项"), T("件"), T("事项"), by_item, N(by_item) });
	ui_line(h, &(struct ui_series){ T("按月"), T("件"), T("月份"), by_month, N(by_month) });
	ui_map(h, &(struct ui_map){ T("半小时圈"), outlines, N(outlines), marks, N(marks), T("位置为估算，出门前请先打电话。"),
	    false });
	html_raw(h, "</div>");
	ui_section_close(h);
}

static enum rc
gallery_desk_page(struct exchange *x)
{
	struct html h = frame_html(x);

	frame_desk_open(x, &h, &(struct frame_page){ .title = T("部件样张"), .area = FRAME_QUEUE });
	html_raw(&h, "<h1 class=\"hidden\" id=\"q\">");
	html_say(&h, T("部件样张"));
	html_raw(&h, "</h1>");
	ui_split_open(&h);
	show_queue(&h);
	ui_split_side(&h);
	show_panel(&h);
	ui_split_close(&h);
	show_call(&h);
	show_figures(&h);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

static enum rc
gallery_form_page(struct exchange *x)
{
	struct html h = frame_html(x);

	frame_public_open(x, &h, &(struct frame_page){ .title = T("表单"), .noindex = true });
	ui_title(&h, T("表单"), TEXT("public"));
	show_form(x, &h);
	frame_public_close(x, &h);
	return buf_rc(h.out);
}

static enum rc
gallery_intake_page(struct exchange *x)
{
	struct html h = frame_html(x);

	frame_desk_open(x, &h, &(struct frame_page){ .title = T("表单"), .area = FRAME_INTAKE });
	ui_title(&h, T("表单"), TEXT("desk"));
	show_form(x, &h);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

static enum rc
gallery_trouble_page(struct exchange *x)
{
	return frame_error(x, 503);
}

const struct route frame_routes[] = {
	{ .method = HTTP_GET, .path = "/gallery", .right = RIGHT_PUBLIC, .handler = gallery_page, .title = T("部件样张") },
	{ .method = HTTP_GET, .path = "/gallery/letter", .right = RIGHT_PUBLIC, .handler = gallery_letter_page,
	    .title = T("信函样张") },
	{ .method = HTTP_GET, .path = "/gallery/desk", .right = RIGHT_PUBLIC, .handler = gallery_desk_page,
	    .title = T("部件样张") },
	{ .method = HTTP_GET, .path = "/gallery/form", .right = RIGHT_PUBLIC, .handler = gallery_form_page,
	    .title = T("表单") },
	{ .method = HTTP_GET, .path = "/gallery/intake", .right = RIGHT_PUBLIC, .handler = gallery_intake_page,
	    .title = T("表单") },
	{ .method = HTTP_GET, .path = "/gallery/trouble", .right = RIGHT_PUBLIC, .handler = gallery_trouble_page,
	    .title = T("出了点问题") },
};
const size_t frame_routes_n = N(frame_routes);
