/* The made-up city asked what a draft does: what of the query is used, the figures, and the files made of them. */
#include "supply/admin/policy_whatif_internal.h"

#include <stdatomic.h>

#include "kit/csv/csv.h"
#include "kit/xlsx/xlsx.h"

#define QUICK 59000
#define XLSX_MAX ((size_t)8 << 20)

static atomic_flag whole_city = ATOMIC_FLAG_INIT; /* one at a time: it takes a worker for seconds */

bool
policy_city_curves(const struct rules_parameter *p)
{
	return !p->table && (p->type.kind == RULES_NUMBER || p->type.kind == RULES_MONEY);
}

/* ---- what is asked ----------------------------------------------------------------------------------------------- */

static void
size_read(struct exchange *x, struct policy_city_view *c)
{
	struct text seed = admin_query(x, "seed"), n = admin_query(x, "households");
	int64_t s = 1;

	c->households = text_equals(n, TEXT("5900000")) ? POLICY_CITY_HOUSEHOLDS : text_equals(n, TEXT("590000")) ? 590000 : QUICK;
	if (seed.n > 0 && int64_parse(seed, 0, INT64_MAX, &s) != RC_OK)
		c->wrong = T("种子应是不小于 0 的整数，先用了 1");
	c->seed = (uint64_t)s;
}

/* The value on the draft's day; false: none, or nobody has stated it. */
static bool
value_on(const struct rules *r, struct text name, struct day day, int64_t *ret)
{
	int p = rules_parameter_find(r, name), at = p < 0 ? -1 : rules_entry_at(&rules_package(r)->parameter[p], day);

	if (at < 0 || rules_package(r)->parameter[p].entry[at].unset)
		return false;
	*ret = rules_package(r)->parameter[p].entry[at].value;
	return true;
}

/* The one asked for, else the first that the draft changes; −1 none. */
static int
parameter_read(struct exchange *x, struct policy_city_view *c, struct day day)
{
	const struct rules_package *k = rules_package(c->after);
	struct text name = admin_query(x, "name");
	int asked = name.n > 0 ? rules_parameter_find(c->after, name) : -1;

	if (asked >= 0 && policy_city_curves(&k->parameter[asked]))
		return asked;
	for (size_t i = 0; i < k->n_parameters; i++) {
		int64_t a = 0, b = 0;
		bool was = value_on(c->before, k->parameter[i].name, day, &a), is = value_on(c->after, k->parameter[i].name, day, &b);

		if (policy_city_curves(&k->parameter[i]) && is && (!was || a != b))
			return (int)i;
	}
	return -1;
}

/* 1, 2 or 5 times a power of ten, not below n. */
static int64_t
round_step(int64_t n)
{
	int64_t step = 1;

	while (step * 10 <= n)
		step *= 10;
	return n <= step ? step : n <= 2 * step ? 2 * step : n <= 5 * step ? 5 * step : 10 * step;
}

static int64_t
clipped(int64_t n, const struct rules_parameter *p)
{
	return n < p->least ? p->least : n > p->most ? p->most : n;
}

static void
grid_make(struct exchange *x, struct policy_city_view *c, const struct rules_parameter *p)
{
	struct text from = admin_query(x, "from"), to = admin_query(x, "to");
	int64_t low = (c->has_was && c->was < c->is ? c->was : c->is) / 2, high = (c->has_was && c->was > c->is ? c->was : c->is) * 2, a, b, step;

	if (from.n > 0 && to.n > 0) {
		if (rules_read(c->after, p->type, from, &a) == RC_OK && rules_read(c->after, p->type, to, &b) == RC_OK && a >= p->least &&
		    b <= p->most && a <= b) {
			low = a;
			high = b;
		} else {
			c->wrong = T("曲线的范围应在参数能取的值之内，从小到大；先用了默认的范围");
		}
	}
	low = clipped(low, p);
	high = clipped(high, p);
	step = round_step((high - low) / (JUDGE_GRID_MAX - 2) + 1);
	if (step > 1)
		low = clipped(low / step * step, p);
	for (int64_t v = low; v <= high && c->grid.n < JUDGE_GRID_MAX; v += step)
		c->value[c->grid.n++] = v;
}

/* ---- worked out ----------------------------------------------------------------------------------------------------- */

struct drawing { uint64_t seed; struct day day; };

static enum rc
city_make(void *arg, struct arena *mem, const struct rules *r, uint64_t from, size_t n, struct rules_population **ret,
    uint8_t *place, uint16_t *groups)
{
	const struct drawing *d = arg;

	return policy_city_make(mem, r, d->seed, from, n, d->day, ret, place, groups);
}

static enum rc
figures_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	return judge_figures_now(tx, actor, arg);
}

static enum rc
work(struct exchange *x, struct policy_city_view *c, struct day day)
{
	struct drawing d = { c->seed, day };
	struct judge_people people = { (uint64_t)c->households, city_make, &d };
	int slow = 0;
	enum rc rc = judge_reach(c->before, c->after, &people, &c->reach);

	c->factor = POLICY_CITY_HOUSEHOLDS / c->households;
	c->grid = (struct judge_grid){ .parameter = parameter_read(x, c, day), .value = c->value };
	if (rc != RC_OK || c->grid.parameter < 0 || judge_best(c->after) < 0)
		return rc;
	c->grid.entry = rules_entry_at(&rules_package(c->after)->parameter[c->grid.parameter], day);
	if (c->grid.entry < 0 || !value_on(c->after, rules_package(c->after)->parameter[c->grid.parameter].name, day, &c->is))
		return rc;
	c->has_was = value_on(c->before, rules_package(c->after)->parameter[c->grid.parameter].name, day, &c->was);
	grid_make(x, c, &rules_package(c->after)->parameter[c->grid.parameter]);
	return judge_curve(c->after, &people, &c->grid, c->count, &slow);
}

enum rc
policy_city_work(struct exchange *x, const struct policy_shown *s, struct policy_city_view *c)
{
	bool mine = false;
	enum rc rc;

	*c = (struct policy_city_view){ .before = s->before, .after = s->rules, .grid = { .parameter = -1 } };
	rc = rules_with_trials(x->ctx->mem, s->rules, &c->after);
	if (rc != RC_OK)
		return rc;
	if (!policy_city_fits(c->before, &c->lacks) || !policy_city_fits(c->after, &c->lacks))
		return RC_OK;
	size_read(x, c);
	if (c->households == POLICY_CITY_HOUSEHOLDS) {
		mine = !atomic_flag_test_and_set(&whole_city);
		c->busy = !mine;
		c->households = mine ? c->households : QUICK;
	}
	rc = work(x, c, s->v.change);
	if (mine)
		atomic_flag_clear(&whole_city);
	return rc == RC_OK ? db_read(x->ctx, figures_tx, &c->figures) : rc;
}

struct text
policy_city_query(struct exchange *x, const struct policy_city_view *c, const char *head)
{
	const struct rules_parameter *p = c->grid.n == 0 ? NULL : &rules_package(c->after)->parameter[c->grid.parameter];
	struct text name = p == NULL ? TEXT_NONE : admin_url(x, p->name), from = TEXT_NONE, to = TEXT_NONE;
	char a[48], b[48];

	if (p != NULL) {
		from = rules_print(c->after, p->type, c->value[0], a);
		to = rules_print(c->after, p->type, c->value[c->grid.n - 1], b);
	}
	return arena_format(x->ctx->mem, "%swhatif=1&seed=%llu&households=%lld&name=%.*s&from=%.*s&to=%.*s", head,
	    (unsigned long long)c->seed, (long long)c->households, (int)name.n, name.p == NULL ? "" : name.p, (int)from.n,
	    from.p == NULL ? "" : from.p, (int)to.n, to.p == NULL ? "" : to.p);
}

/* ---- files ------------------------------------------------------------------------------------------------------------- */

/* A table on its way into either kind of file. */
struct sheet { struct xlsx *book; struct buf *csv; bool begun; };

static void
put_text(struct sheet *s, struct text t, bool head)
{
	if (s->book != NULL && head)
		xlsx_head(s->book, t);
	else if (s->book != NULL)
		xlsx_text(s->book, t);
	if (s->csv == NULL)
		return;
	if (s->begun)
		csv_comma(s->csv);
	csv_cell(s->csv, t);
	s->begun = true;
}

static void
put_number(struct sheet *s, int64_t n)
{
	if (s->book != NULL)
		xlsx_number(s->book, n, 0);
	if (s->csv == NULL)
		return;
	if (s->begun)
		csv_comma(s->csv);
	csv_cell_int(s->csv, n);
	s->begun = true;
}

static void
put_end(struct sheet *s)
{
	if (s->book != NULL)
		xlsx_row(s->book);
	if (s->csv != NULL)
		csv_line(s->csv);
	s->begun = false;
}

static void
put_tally(struct sheet *s, struct text what, struct text name, const struct judge_tally *t, int64_t factor)
{
	const int64_t n[] = { t->n, t->was, t->is, t->gains, t->loses, t->other, t->open };

	put_text(s, what, false);
	put_text(s, name, false);
	for (size_t i = 0; i < sizeof n / sizeof n[0]; i++)
		put_number(s, n[i] * factor);
	put_end(s);
}

static void
put_reach(struct exchange *x, struct sheet *s, const struct policy_city_view *c)
{
	static const char *const heads[] = { T("分组"), T("名称"), T("示范家庭"), T("现行给予"), T("草稿给予"), T("会更有利"),
		T("会更不利"), T("其他变化"), T("不能断定") };

	for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
		put_text(s, admin_say(x, heads[i]), true);
	put_end(s);
	for (size_t i = 0; i < POLICY_CITY_COUNTIES; i++)
		put_tally(s, admin_say(x, T("区县")), text_of(policy_counties[i].name), &c->reach.place[i], c->factor);
	for (int g = 0; g < POLICY_GROUP_COUNT; g++)
		put_tally(s, admin_say(x, T("人群")), admin_say(x, policy_group_label((enum policy_group)g)), &c->reach.group[g], c->factor);
	put_tally(s, admin_say(x, T("合计")), TEXT_NONE, &c->reach.all, c->factor);
}

static void
put_curve(struct exchange *x, struct sheet *s, const struct policy_city_view *c)
{
	const struct rules_parameter *p = &rules_package(c->after)->parameter[c->grid.parameter];

	put_text(s, policy_name(x->ctx->lang, p->name, p->words), true);
	put_text(s, admin_say(x, T("给予的示范家庭")), true);
	put_end(s);
	for (size_t i = 0; i < c->grid.n; i++) {
		char out[48];

		if (s->book != NULL)
			xlsx_number(s->book, c->value[i], p->type.decimals);
		else
			put_text(s, rules_print(c->after, p->type, c->value[i], out), false);
		put_number(s, (int64_t)c->count[i] * c->factor);
		put_end(s);
	}
}

static void
put_figure(struct exchange *x, struct xlsx *b, const char *label, int64_t was, int64_t is, int64_t limit, int decimals)
{
	const int64_t v[] = { was, is, limit };

	xlsx_text(b, admin_say(x, label));
	for (size_t i = 0; i < 3; i++)
		if (v[i] < 0)
			xlsx_text(b, admin_say(x, T("不能判断")));
		else
			xlsx_number(b, v[i], decimals);
	xlsx_row(b);
}

static void
put_load(struct exchange *x, struct xlsx *b, const struct policy_city_view *c)
{
	struct judge_load was = judge_load(&c->figures, c->reach.all.was * c->factor), is = judge_load(&c->figures, c->reach.all.is * c->factor);

	xlsx_head(b, admin_say(x, T("一年")));
	xlsx_head(b, admin_say(x, T("现行")));
	xlsx_head(b, admin_say(x, T("草稿")));
	xlsx_head(b, admin_say(x, T("能承受")));
	xlsx_row(b);
	put_figure(x, b, T("预计申请（件，一年）"), was.applications, is.applications, JUDGE_UNKNOWN, 0);
	put_figure(x, b, T("律师小时（一年）"), was.hours, is.hours, c->figures.v[JUDGE_CAPACITY], 2);
	put_figure(x, b, T("补贴（元，一年）"), was.cost, is.cost, c->figures.v[JUDGE_BUDGET], 2);
}

/* What the figures are of, and that they are none of the world. */
static void
put_about(struct exchange *x, struct xlsx *b, const struct policy_shown *s, const struct policy_city_view *c)
{
	struct text day = admin_day(x, s->v.change);

	xlsx_head(b, admin_say(x, T("示范家庭（虚构）")));
	xlsx_row(b);
	xlsx_text(b, admin_say(x, T("城市是按种子编出来的：区县按村（社区）数分，收入、人口、身份的比例都是假定。只能看方向和大小，不能当预测。")));
	xlsx_row(b);
	xlsx_text(b, policy_title(x, s->rules));
	xlsx_number(b, s->v.number, 0);
	xlsx_row(b);
	xlsx_text(b, admin_say(x, T("按哪一天算")));
	xlsx_text(b, day);
	xlsx_row(b);
	xlsx_text(b, admin_say(x, T("种子")));
	xlsx_number(b, (int64_t)c->seed, 0);
	xlsx_row(b);
	xlsx_text(b, admin_say(x, T("算多少户")));
	xlsx_number(b, c->households, 0);
	xlsx_row(b);
}

static enum rc
opened(struct exchange *x, struct policy_shown **ret_shown, struct policy_city_view **ret)
{
	struct policy_shown *s = ARENA_NEW(x->ctx->mem, struct policy_shown);
	struct policy_city_view *c = ARENA_NEW(x->ctx->mem, struct policy_city_view);
	enum rc rc = s == NULL || c == NULL ? RC_NO_MEMORY : policy_shown_read(x, s);

	if (rc == RC_OK && s->before == NULL)
		rc = RC_NOT_FOUND;
	if (rc == RC_OK)
		rc = policy_city_work(x, s, c);
	if (rc == RC_OK && c->lacks.n > 0)
		rc = RC_NOT_FOUND;
	*ret_shown = s;
	*ret = c;
	return rc;
}

enum rc
policy_whatif_csv(struct exchange *x)
{
	struct policy_shown *s;
	struct policy_city_view *c;
	struct sheet sheet = { .csv = &x->out->body };
	bool curve = text_equals(admin_query(x, "table"), TEXT("curve"));
	enum rc rc = opened(x, &s, &c);

	if (rc == RC_OK && curve && c->grid.n == 0)
		rc = RC_NOT_FOUND;
	if (rc != RC_OK)
		return rc;
	x->out->type = "text/csv; charset=utf-8";
	http_header(x->out, "Content-Disposition", curve ? TEXT("attachment; filename=\"curve.csv\"") : TEXT("attachment; filename=\"whatif.csv\""));
	csv_mark(&x->out->body);
	buf_printf(&x->out->body, "# %s\r\n", msg(x->ctx->lang, T("示范家庭（虚构）：各项比例和收入都是假定，不是统计")));
	if (curve)
		put_curve(x, &sheet, c);
	else
		put_reach(x, &sheet, c);
	return buf_rc(&x->out->body);
}

enum rc
policy_whatif_xlsx(struct exchange *x)
{
	struct policy_shown *s;
	struct policy_city_view *c;
	struct sheet sheet = { .book = NULL };
	enum rc rc = opened(x, &s, &c);

	if (rc == RC_OK)
		rc = xlsx_open(&sheet.book);
	if (rc != RC_OK)
		return rc;
	xlsx_sheet(sheet.book, admin_say(x, T("说明")));
	put_about(x, sheet.book, s, c);
	xlsx_sheet(sheet.book, admin_say(x, T("区县和人群")));
	put_reach(x, &sheet, c);
	xlsx_sheet(sheet.book, admin_say(x, T("申请、律师和经费")));
	put_load(x, sheet.book, c);
	if (c->grid.n > 0) {
		xlsx_sheet(sheet.book, admin_say(x, T("曲线")));
		put_curve(x, &sheet, c);
	}
	x->out->type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
	http_header(x->out, "Content-Disposition", TEXT("attachment; filename=\"whatif.xlsx\""));
	return xlsx_close(sheet.book, &x->out->body);
}
