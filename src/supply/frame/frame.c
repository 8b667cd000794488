#include "supply/frame/frame.h"

#include <string.h>

#include "resources/identity/identity.h"

static struct frame_site site = {
	.name = "公共法律服务", .name_en = "Public legal services", .site_code = "", .icp = "",
};

void
frame_site_set(const struct frame_site *s)
{
	site = *s;
}

const struct frame_site *
frame_site_get(void)
{
	return &site;
}

const struct frame_link frame_areas[FRAME_AREA_COUNT] = {
	[FRAME_QUEUE] = { T("工作台"), "/desk", RIGHT_CASE_READ, "g q" },
	[FRAME_INTAKE] = { T("新受理"), "/desk/intake", RIGHT_INTAKE, "n" },
	[FRAME_HOTLINE] = { T("来电"), "/desk/call", RIGHT_INTAKE, "g h" },
	[FRAME_SUPERVISE] = { T("督办"), "/desk/supervise", RIGHT_SUPERVISE, "g v" },
	[FRAME_FIGURES] = { T("统计"), "/desk/figures", RIGHT_FIGURES, "g s" },
	[FRAME_CIRCLE] = { T("半小时圈"), "/desk/circle", RIGHT_FIGURES, "g m" },
	[FRAME_PEOPLE] = { T("人员"), "/desk/people", RIGHT_PEOPLE, "g p" },
	[FRAME_NETWORK] = { T("站点"), "/desk/network", RIGHT_NETWORK, "g n" },
	[FRAME_CATALOGUE] = { T("事项目录"), "/desk/catalogue", RIGHT_CATALOGUE, "g c" },
	[FRAME_POLICY] = { T("政策规则"), "/desk/policy", RIGHT_POLICY, "g r" },
	[FRAME_SETTINGS] = { T("设置"), "/desk/settings", RIGHT_SETTINGS, "g e" },
	[FRAME_AUDIT] = { T("审计"), "/desk/audit", RIGHT_AUDIT, "g a" },
	[FRAME_ADVISORS] = { T("法律顾问"), "/desk/advisors", RIGHT_ADVISORS, "g l" },
	[FRAME_ROSTER] = { T("值班表"), "/desk/roster", RIGHT_STAFF, "g d" },
};

struct text
frame_home(const struct actor *actor)
{
	for (int i = FRAME_NONE + 1; i < FRAME_AREA_COUNT; i++)
		if (i != FRAME_INTAKE && i != FRAME_HOTLINE && actor_may(actor, frame_areas[i].right))
			return text_of(frame_areas[i].path);
	return TEXT("/desk/account");
}

struct html
frame_html(struct exchange *x)
{
	return (struct html){
		.out = &x->out->body, .lang = x->ctx->lang, .elder = x->elder, .mem = x->ctx->mem,
		.icons = asset_path("icons.svg"),
	};
}

bool
frame_wants_fragment(const struct exchange *x)
{
	return text_equals(params_get(x->in->headers, "hx-request"), TEXT("true"));
}

/* ---- addresses ---------------------------------------------------------------------------------- */

static bool
stays_in_url(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	    c == '-' || c == '_' || c == '.' || c == '~' || c == '/';
}

static void
put_url(struct buf *b, struct text t)
{
	for (size_t i = 0; i < t.n; i++) {
		if (stays_in_url(t.p[i]))
			buf_char(b, t.p[i]);
		else
			buf_printf(b, "%%%02X", (unsigned)(unsigned char)t.p[i]);
	}
}

struct text
frame_here_with(const struct exchange *x, const char *name, const char *value)
{
	struct buf b;
	struct text ret;
	char sep = '?';

	buf_init(&b, 4096);
	put_url(&b, x->in->path);
	for (size_t i = 0; i < x->in->query.n; i++) {
		const struct param *p = &x->in->query.v[i];

		if (text_equals(p->name, text_of(name)))
			continue;
		buf_char(&b, sep);
		put_url(&b, p->name);
		buf_char(&b, '=');
		put_url(&b, p->value);
		sep = '&';
	}
	buf_char(&b, sep);
	put_url(&b, text_of(name));
	buf_char(&b, '=');
	put_url(&b, text_of(value));
	ret = buf_rc(&b) == RC_OK ? arena_text(x->ctx->mem, buf_text(&b)) : TEXT("/");
	buf_free(&b);
	return ret.p ? ret : TEXT("/");
}

/* ---- head ------------------------------------------------------------------------------------------ */

static const char *
site_name(const struct html *h)
{
	return h->lang == LANG_EN && site.name_en && site.name_en[0] ? site.name_en : site.name;
}

static void
put_style(struct html *h, const char *name)
{
	const char *path = asset_path(name);

	if (!path)
		return;
	html_raw(h, "<link rel=\"stylesheet\"");
	html_attr(h, "href", text_of(path));
	html_raw(h, ">");
}

static void
put_script(struct html *h, const char *name, bool module)
{
	const char *path = asset_path(name);

	if (!path)
		return;
	html_raw(h, "<script");
	html_attr(h, "src", text_of(path));
	buf_add(h->out, module ? TEXT(" type=\"module\"></script>") : TEXT(" defer></script>"));
}

static void
put_own(struct html *h, const struct frame_page *page)
{
	if (page->style != NULL)
		put_style(h, page->style);
	if (page->script != NULL)
		put_script(h, page->script, false);
}

static void
put_title(struct html *h, const struct frame_page *page)
{
	html_raw(h, "<title>");
	if (page->title)
		html_say(h, page->title);
	html_text(h, page->title_text);
	if (!page->home) {
		html_raw(h, " · ");
		html_str(h, site_name(h));
	}
	html_raw(h, "</title>");
}

static void
head_open(struct html *h, const struct frame_page *page)
{
	html_raw(h, "<!DOCTYPE html><html");
	html_attr(h, "lang", h->lang == LANG_EN ? TEXT("en") : TEXT("zh-CN"));
	if (h->elder)
		html_raw(h, " data-elder");
	html_raw(h, "><head><meta charset=\"utf-8\">"
	    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
	put_title(h, page);
	html_raw(h, "<meta name=\"description\"");
	html_attr(h, "content", text_of(msg(h->lang, page->description ? page->description :
	    T("遇到什么事，找谁，怎么办：免费的法律咨询、调解、法律援助，一个号码、一个窗口、一条进度。"))));
	html_raw(h, "><meta name=\"theme-color\" content=\"#12324a\">");
	if (page->noindex || h->desk)
		html_raw(h, "<meta name=\"robots\" content=\"noindex\">");
	if (asset_path("icon.svg")) {
		html_raw(h, "<link rel=\"icon\" type=\"image/svg+xml\"");
		html_attr(h, "href", text_of(asset_path("icon.svg")));
		html_raw(h, ">");
	}
}

static void
skip_link(struct html *h)
{
	html_raw(h, "<a class=\"skip\" href=\"#main\">");
	html_say(h, T("跳到正文"));
	html_raw(h, "</a>");
}

static void
put_demo(struct html *h)
{
	if (!site.demo)
		return;
	html_raw(h, "<p class=\"demo\"><b>");
	html_say(h, T("演示数据"));
	html_raw(h, "</b> ");
	html_say(h, T("人物、号码均为虚构，村（社区）位置为估算"));
	html_raw(h, "</p>");
}

static void
lang_link(struct exchange *x, struct html *h)
{
	bool en = h->lang == LANG_EN;

	html_raw(h, "<a class=\"switch lang\"");
	html_attr(h, "href", frame_here_with(x, "lang", en ? "zh" : "en"));
	html_attr(h, "lang", en ? TEXT("zh-CN") : TEXT("en"));
	html_attr(h, "hreflang", en ? TEXT("zh-CN") : TEXT("en"));
	buf_add(h->out, en ? TEXT(">中文</a>") : TEXT(">English</a>"));
}

static void
elder_link(struct exchange *x, struct html *h)
{
	html_raw(h, "<a class=\"switch elder\"");
	html_attr(h, "href", frame_here_with(x, "elder", h->elder ? "0" : "1"));
	html_raw(h, ">");
	html_say(h, h->elder ? T("回到标准版") : T("长辈版"));
	html_raw(h, "</a>");
}

static void
call_link(struct html *h)
{
	html_raw(h, "<a class=\"button call\" href=\"tel:12348\">");
	ui_icon(h, "phone");
	html_raw(h, "<span>");
	html_say(h, T("打 12348"));
	html_raw(h, "</span></a>");
}

/* ---- residents ---------------------------------------------------------------------------------------- */

void
frame_public_open(struct exchange *x, struct html *h, const struct frame_page *page)
{
	head_open(h, page);
	put_style(h, "public.css");
	put_script(h, "public.js", true);
	put_own(h, page);
	html_raw(h, "</head><body class=\"public\">");
	skip_link(h);
	html_raw(h, "<header><div class=\"top\"><div><a class=\"site\" href=\"/\">");
	ui_icon(h, "scale");
	html_raw(h, "<span>");
	html_str(h, site_name(h));
	html_raw(h, "</span></a><div class=\"tools\">");
	elder_link(x, h);
	lang_link(x, h);
	call_link(h);
	html_raw(h, "</div></div></div>");
	put_demo(h);
	html_raw(h, "</header>");
	buf_add(h->out, page->wide ? TEXT("<main id=\"main\" tabindex=\"-1\" class=\"wide\">") :
	    TEXT("<main id=\"main\" tabindex=\"-1\">"));
}

static void
put_code(struct html *h, const char *label, const char *code)
{
	html_raw(h, "<span>");
	html_say(h, label);
	if (code && code[0])
		html_str(h, code);
	else
		html_say(h, T("未核实"));
	html_raw(h, "</span> ");
}

void
frame_public_close(struct exchange *x, struct html *h)
{
	(void)x;
	html_raw(h, "</main><footer class=\"foot\"><div><p class=\"strong\">");
	html_say(h, T("公共法律服务是政府办的，咨询和调解不收费。"));
	html_raw(h, "</p><nav");
	html_attr(h, "aria-label", text_of(msg(h->lang, T("页脚"))));
	html_raw(h, ">");
	ui_link(h, TEXT("/"), T("首页"));
	html_raw(h, " ");
	ui_link(h, TEXT("/my"), T("查进度"));
	html_raw(h, " ");
	ui_link(h, TEXT("/points"), T("附近站点"));
	html_raw(h, " ");
	ui_link(h, TEXT("/desk/login"), T("工作人员登录"));
	html_raw(h, "</nav><p class=\"meta\">");
	put_code(h, T("政府网站标识码："), site.site_code);
	put_code(h, T("ICP 备案号："), site.icp);
	html_raw(h, "</p></div></footer></body></html>\n");
}

/* ---- the desk --------------------------------------------------------------------------------------------- */

static void
put_areas(struct exchange *x, struct html *h, enum frame_area current)
{
	html_raw(h, "<nav class=\"areas\"");
	html_attr(h, "aria-label", text_of(msg(h->lang, T("工作区"))));
	html_raw(h, ">");
	for (int i = FRAME_NONE + 1; i < FRAME_AREA_COUNT; i++) {
		const struct frame_link *l = &frame_areas[i];

		if (!actor_may(x->ctx->actor, l->right))
			continue;
		html_raw(h, "<a");
		html_attr(h, "href", text_of(l->path));
		html_attr(h, "data-key", text_of(l->keys));
		if (i == (int)current)
			html_raw(h, " aria-current=\"page\"");
		html_raw(h, ">");
		html_say(h, l->label);
		html_raw(h, "</a>");
	}
	html_raw(h, "</nav>");
}

static void
put_search(struct html *h, struct text search)
{
	html_raw(h, "<form class=\"search\" role=\"search\" action=\"/desk/search\" method=\"get\">"
	    "<input type=\"search\" name=\"q\" data-key=\"/\" autocomplete=\"off\"");
	html_attr(h, "aria-label", text_of(msg(h->lang, T("找案件或人"))));
	html_attr(h, "placeholder", text_of(msg(h->lang, T("找案件或人 /"))));
	if (search.n > 0)
		html_attr(h, "value", search);
	html_raw(h, "><button type=\"submit\"");
	html_attr(h, "aria-label", text_of(msg(h->lang, T("搜索"))));
	html_raw(h, ">");
	ui_icon(h, "search");
	html_raw(h, "</button></form>");
}

/* "通知 3"; past the bound of the count "99+". */
static void
put_bell(struct html *h, int64_t unread)
{
	html_raw(h, "<a class=\"switch bell\" href=\"/desk/notices\">");
	html_say(h, T("通知"));
	if (unread > 0) {
		html_raw(h, " <b>");
		html_int(h, unread > 99 ? 99 : unread);
		buf_add(h->out, unread > 99 ? TEXT("+</b>") : TEXT("</b>"));
		html_raw(h, "<span class=\"hidden\">");
		html_say(h, T("条没看过"));
		html_raw(h, "</span>");
	}
	html_raw(h, "</a>");
}

static void
put_user(struct exchange *x, struct html *h)
{
	struct text user = site.user ? site.user(x) : TEXT_NONE;

	html_raw(h, "<div class=\"me\">");
	if (user.n > 0 && site.unread)
		put_bell(h, site.unread(x));
	if (user.n > 0) {
		html_raw(h, "<a class=\"switch\" href=\"/desk/account\">");
		html_text(h, user);
		html_raw(h, "</a>");
	}
	lang_link(x, h);
	html_raw(h, "<button type=\"button\" class=\"switch\" data-sheet hidden>");
	html_say(h, T("快捷键"));
	html_raw(h, " <kbd>?</kbd></button>");
	if (user.n > 0) {
		ui_form_open(h, &(struct ui_form){ .action = TEXT("/desk/logout"), .csrf = x->csrf });
		html_raw(h, "<button type=\"submit\" class=\"switch\">");
		html_say(h, T("退出"));
		html_raw(h, "</button>");
		ui_form_close(h);
	}
	html_raw(h, "</div>");
}

void
frame_desk_open(struct exchange *x, struct html *h, const struct frame_page *page)
{
	h->desk = true;
	head_open(h, page);
	html_raw(h, "<meta name=\"htmx-config\" content=\"includeIndicatorCSS:false, history:false\">");
	put_style(h, "desk.css");
	put_script(h, "desk.js", false);
	put_own(h, page);
	html_raw(h, "</head><body class=\"desk\">");
	skip_link(h);
	html_raw(h, "<header><div class=\"top\"><a class=\"site\"");
	html_attr(h, "href", frame_home(x->ctx->actor));
	html_raw(h, ">");
	html_str(h, site_name(h));
	html_raw(h, "</a>");
	if (!page->bare) {
		put_areas(x, h, page->area);
		if (x->ctx->actor->kind != ACTOR_ACCOUNT || actor_may(x->ctx->actor, RIGHT_CASE_READ)) /* the gallery shows it to all */
			put_search(h, page->search);
	}
	put_user(x, h);
	html_raw(h, "</div>");
	put_demo(h);
	html_raw(h, "</header><main id=\"main\" tabindex=\"-1\">");
}

struct shortcut { const char *keys, *what; };

static const struct shortcut shortcuts[] = {
	{ "/", T("搜索") }, { "n", T("新受理") }, { "j k", T("下一行、上一行") }, { "Enter", T("打开") },
	{ "Esc", T("返回、关闭") }, { "a", T("受理、接收转交") }, { "r", T("答复") }, { "b", T("要材料") },
	{ "h", T("转交") }, { "c", T("办结") }, { "d", T("约定回电") }, { "o", T("接手") },
	{ "s", T("改派") }, { "v", T("转为其他事项") }, { "x", T("不予受理、退回（先填理由）") }, { "t", T("话术") },
	{ "p", T("打印") }, { "u", T("撤销（10 秒内）") }, { "g q", T("工作台") }, { "g h", T("来电") },
	{ "g v", T("督办") }, { "g s", T("统计") }, { "g m", T("半小时圈") }, { "1–8", T("选事项、结果、转给谁") },
	{ "Ctrl+Enter", T("保存") }, { "?", T("这张表") },
};

static void
put_sheet(struct html *h)
{
	ui_dialog_open(h, "keys", T("快捷键"));
	html_raw(h, "<dl class=\"keys\">");
	for (size_t i = 0; i < sizeof shortcuts / sizeof shortcuts[0]; i++) {
		html_raw(h, "<div><dt><kbd>");
		html_str(h, shortcuts[i].keys);
		html_raw(h, "</kbd></dt><dd>");
		html_say(h, shortcuts[i].what);
		html_raw(h, "</dd></div>");
	}
	html_raw(h, "</dl><p><label class=\"card tick\"><input type=\"checkbox\" data-keys-off><span>");
	html_say(h, T("关掉单键快捷键（Ctrl+Enter 和 Esc 仍然有效）"));
	html_raw(h, "</span></label></p>");
	ui_dialog_close(h);
}

void
frame_desk_close(struct exchange *x, struct html *h)
{
	(void)x;
	html_raw(h, "</main>");
	put_sheet(h);
	html_raw(h, "<div id=\"live\" class=\"hidden\" role=\"status\"></div></body></html>\n");
}

/* ---- errors ------------------------------------------------------------------------------------------------- */

struct trouble { int status; const char *title, *body; };

static const struct trouble troubles[] = {
	{ 403, T("这一页您不能看"), T("您的账号没有这项权限。需要的话，请找本单位管理员。") },
	{ 404, T("没有这一页"), T("网址可能打错了，或者这条记录您看不到。") },
	{ 409, T("刚才有人改过了"), T("您看到的已不是最新内容，没有覆盖任何东西。请返回刷新后再办。") },
	{ 413, T("内容太大"), T("请减少文字或换小一点的文件，再试一次。") },
	{ 429, T("次数太多，请稍等"), T("为了安全，请过一会儿再试。急事请打电话。") },
	{ 503, T("系统暂时用不了"), T("您刚才提交的内容没有存入。请稍后再试，急事请打电话，有人接听。") },
	{ 500, T("出了点问题"), T("这是系统的错，不是您的错。请稍后再试，急事请打电话。") },
};

static const struct trouble *
trouble_of(int status)
{
	size_t n = sizeof troubles / sizeof troubles[0];

	for (size_t i = 0; i < n; i++)
		if (troubles[i].status == status)
			return &troubles[i];
	return &troubles[status < 500 ? 1 : n - 1];
}

static enum rc
trouble_show(struct exchange *x, const struct trouble *t, int status)
{
	struct html h = frame_html(x);
	bool desk = text_starts_with(x->in->path, TEXT("/desk"));
	struct frame_page page = { .title = t->title, .noindex = true };

	x->out->status = status;
	buf_reset(h.out);
	if (desk)
		frame_desk_open(x, &h, &page);
	else
		frame_public_open(x, &h, &page);
	ui_trouble(&h, t->title, t->body, x->in->id);
	if (desk)
		frame_desk_close(x, &h);
	else
		frame_public_close(x, &h);
	return buf_rc(h.out);
}

enum rc
frame_error(struct exchange *x, int status)
{
	return trouble_show(x, trouble_of(status), status);
}

enum rc
frame_unknown(struct exchange *x)
{
	static const struct trouble unknown = { 503, T("不能确定是否已经存好"),
		T("请回到原来的页面，再按一次。同一份不会登记两次；文件要重新选。") };

	return trouble_show(x, &unknown, unknown.status);
}
