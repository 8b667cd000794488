/* policy_text: the text of a package with one more value in it.  Everything else stays as it was, line by line. */
#include "standards/policy/policy_version.h"

#include "base/utf8.h"
#include "kit/msg/msg.h"

/* What goes between quotation marks in a package. */
static void
check_words(struct findings *f, const char *field, struct text t, size_t least, size_t most)
{
	size_t n = utf8_length(text_trim(t));

	if (n < least)
		findings_add(f, field, T("至少%lld个字"), (int64_t)least);
	else if (n > most)
		findings_add(f, field, T("最多%lld个字"), (int64_t)most);
	else if (text_contains(t, TEXT("\"")) || text_contains(t, TEXT("”")) || text_contains(t, TEXT("“")) ||
	    text_contains(t, TEXT("\n")))
		findings_add(f, field, T("不能有双引号或换行"), 0);
}

static int
document_find(const struct rules_package *k, struct text name)
{
	for (size_t i = 0; i < k->n_documents; i++)
		if (text_equals(k->document[i].name, name))
			return (int)i;
	return -1;
}

/* A name no document has: "文件7". */
static struct text
document_name(struct arena *mem, const struct rules_package *k)
{
	struct text name = TEXT_NONE;

	for (size_t n = k->n_documents + 1; name.n == 0 || document_find(k, name) >= 0; n++)
		name = arena_format(mem, "文%zu", n);
	return name;
}

static void
check_source(const struct rules_package *k, const struct policy_value_change *in, struct findings *f)
{
	if (in->document.n > 0) {
		if (document_find(k, in->document) < 0)
			findings_add(f, "document", T("没有这份文件"), 0);
	} else {
		check_words(f, "title", in->title, 4, 100);
		check_words(f, "number", in->number, 0, 60);
	}
	check_words(f, "article", in->article, 0, 60);
	check_words(f, "words", in->words, POLICY_WORDS_MIN, POLICY_WORDS_MAX);
}

/* The bound in the finding's own unit: the whole part of it. */
static void
check_value(const struct rules *r, const struct rules_parameter *par, const struct policy_value_change *in,
    struct findings *f, int64_t *ret)
{
	int64_t unit = 1;

	*ret = 0;
	for (int i = 0; i < par->type.decimals; i++)
		unit *= 10;
	if (in->unset)
		return;
	if (rules_read(r, par->type, text_trim(in->value), ret) != RC_OK)
		findings_add(f, "value", par->type.kind == RULES_NUMBER || par->type.kind == RULES_MONEY ?
		    T("应是数字，小数最多%lld位") : T("应是这个参数能取的值"), par->type.decimals);
	else if (*ret < par->least)
		findings_add(f, "value", T("最小是%lld"), par->least / unit);
	else if (*ret > par->most)
		findings_add(f, "value", T("最大是%lld"), par->most / unit);
}

/* Index of the entry that the new one follows; -1 before the first.  *ret_replace: it takes that one's place. */
static int
place_of(const struct rules_parameter *par, const struct policy_value_change *in, struct findings *f, bool *ret_replace)
{
	int k = -1;

	for (size_t i = 0; i < par->n_entries; i++)
		if (par->entry[i].from.n <= in->from.n)
			k = (int)i;
	if (in->trial) {
		*ret_replace = false;
		if (!day_is_none(in->from) && in->from.n <= in->today.n)
			findings_add(f, "from", T("只供试算的值应从今天以后的日期起"), 0);
		return k;
	}
	*ret_replace = k >= 0 && par->entry[k].from.n == in->from.n;
	if (*ret_replace && !par->entry[k].unset && !par->entry[k].unverified && in->from.n <= in->today.n)
		findings_add(f, "from", T("这一天起已有核实过的值，而且已经施行；改用以后的日期"), 0);
	return k;
}

static struct text
entry_line(struct arena *mem, const struct rules *r, const struct rules_parameter *par,
    const struct policy_value_change *in, int64_t value, struct text document)
{
	char day[16], out[48];
	struct text from = day_print(in->from, day), v = in->unset ? TEXT("空") : rules_print(r, par->type, value, out);
	struct text article = text_trim(in->article), quoted = TEXT_NONE;

	if (article.n > 0)
		quoted = arena_format(mem, " “%.*s”", (int)article.n, article.p);
	return arena_format(mem, "  自 %.*s 值 %.*s 依据 %.*s%.*s%s%s\n", (int)from.n, from.p, (int)v.n, v.p, (int)document.n,
	    document.p, (int)quoted.n, quoted.p, in->unverified || in->unset ? " 未核实" : "", in->trial ? " 试算" : "");
}

static struct text
document_line(struct arena *mem, const struct policy_value_change *in, struct text name)
{
	struct text title = text_trim(in->title), number = text_trim(in->number), quoted = TEXT_NONE;

	if (number.n > 0)
		quoted = arena_format(mem, " 文号 “%.*s”", (int)number.n, number.p);
	return arena_format(mem, "文件 %.*s “%.*s”%.*s\n", (int)name.n, name.p, (int)title.n, title.p, (int)quoted.n, quoted.p);
}

/* A value that was only tried from that day: the new one takes its place, whether it is to hold or to be tried. */
static const struct rules_entry *
trial_from(const struct rules_parameter *par, struct day from)
{
	for (size_t i = 0; i < par->n_trials; i++)
		if (par->trial[i].from.n == from.n)
			return &par->trial[i];
	return NULL;
}

/* The line behind which the entry is written; tried values keep their order among themselves. */
static int
line_before(const struct rules_parameter *par, const struct policy_value_change *in, int at)
{
	int line = at < 0 ? par->entry[0].line - 1 : par->entry[at].last_line;

	for (size_t i = 0; in->trial && i < par->n_trials; i++)
		if (par->trial[i].from.n < in->from.n && par->trial[i].last_line > line)
			line = par->trial[i].last_line;
	return line;
}

static bool
stands_on(const struct rules_entry *e, int line)
{
	return e != NULL && line >= e->line && line <= e->last_line;
}

/* The version's own number instead of what stands there. */
static void
numbered(struct buf *out, const struct rules_package *k, struct text source, int number)
{
	size_t at = (size_t)(k->version.p - k->source.p);


	buf_add(out, (struct text){ source.p, at });
	buf_int(out, number);
	buf_add(out, (struct text){ source.p + at + k->version.n, source.n - at - k->version.n });
}

enum rc
policy_text_with(struct arena *mem, const struct rules *r, const struct policy_value_change *in, int number,
    struct findings *findings, struct text *ret)
{
	const struct rules_package *k = rules_package(r);
	int p = rules_parameter_find(r, in->parameter), at, after, line = 1;
	const struct rules_entry *tried;
	const struct rules_parameter *par = p < 0 ? NULL : &k->parameter[p];
	struct text entry, document = in->document, rest;
	bool replace;
	int64_t value;
	struct buf out;
	enum rc rc;

	if (par == NULL || par->table) {
		findings_add(findings, "parameter", par == NULL ? T("没有这个参数") : T("成表的参数请改整个文本"), 0);
		return RC_INVALID;
	}
	if (day_is_none(in->from))
		findings_add(findings, "from", T("请填从哪一天起"), 0);
	check_value(r, par, in, findings, &value);
	check_source(k, in, findings);
	at = place_of(par, in, findings, &replace);
	if (findings->total > 0)
		return RC_INVALID;
	if (document.n == 0)
		document = document_name(mem, k);
	entry = entry_line(mem, r, par, in, value, document);
	buf_init(&out, RULES_TEXT_MAX + 1000);
	numbered(&out, k, k->source, number);
	rest = arena_text(mem, buf_text(&out));
	buf_reset(&out);
	tried = trial_from(par, in->from);
	after = line_before(par, in, at);
	for (; rest.n > 0 && rest.p != NULL; line++) {
		bool ends = text_contains(rest, TEXT("\n"));
		struct text one = text_cut(&rest, '\n');

		if (!stands_on(tried, line) && !(replace && stands_on(&par->entry[at], line))) {
			buf_add(&out, one);
			if (ends || line == after)
				buf_char(&out, '\n');
		}
		if (line == after)
			buf_add(&out, entry);
		if (line == k->head_line && in->document.n == 0)
			buf_add(&out, document_line(mem, in, document));
	}
	rc = buf_rc(&out);
	if (rc == RC_OK) {
		*ret = arena_text(mem, buf_text(&out));
		rc = ret->p == NULL ? RC_NO_MEMORY : RC_OK;
	}
	buf_free(&out);
	return rc;
}
