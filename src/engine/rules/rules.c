/* rules: looking up the parts of a package, its values in words, and the same package with one value changed. */
#include "engine/rules/rules_internal.h"

#include <string.h>

#include "base/utf8.h"

const struct rules_package *
rules_package(const struct rules *r)
{
	return &r->package;
}

int
rules_input_find(const struct rules *r, struct text name)
{
	return rules_field_find(r, -1, name);
}

int
rules_field_find(const struct rules *r, int list, struct text name)
{
	for (size_t i = 0; i < r->package.n_inputs; i++)
		if (r->package.input[i].list == list && text_equals(r->package.input[i].name, name))
			return (int)i;
	return -1;
}

int
rules_list_find(const struct rules *r, struct text name)
{
	for (size_t i = 0; i < r->package.n_lists; i++)
		if (text_equals(r->package.list[i].name, name))
			return (int)i;
	return -1;
}

int
rules_step_find(const struct rules *r, int list, struct text name)
{
	for (size_t i = 0; i < r->package.n_steps; i++)
		if (r->package.step[i].list == list && text_equals(r->package.step[i].name, name))
			return (int)i;
	return -1;
}

int
rules_parameter_find(const struct rules *r, struct text name)
{
	for (size_t i = 0; i < r->package.n_parameters; i++)
		if (text_equals(r->package.parameter[i].name, name))
			return (int)i;
	return -1;
}

/* The second spelling of the built-in options. */
static const struct text frequency_en[FREQUENCY_COUNT] = {
	TEXT_INIT("weekly"), TEXT_INIT("fortnightly"), TEXT_INIT("four_weekly"), TEXT_INIT("monthly"),
	TEXT_INIT("quarterly"), TEXT_INIT("yearly"), TEXT_INIT("irregular"),
};

int
rules_options_find(const struct rules *r, struct text name)
{
	if (text_equals(name, TEXT("pay_frequency")))
		return r->frequency_options;
	for (size_t i = 0; i < r->package.n_options; i++)
		if (text_equals(r->package.options[i].name, name))
			return (int)i;
	return -1;
}

int
rules_option_find(const struct rules *r, int options, struct text name)
{
	const struct rules_options *o = &r->package.options[options];

	for (size_t i = 0; i < o->n; i++)
		if (text_equals(o->option[i].name, name) ||
		    (options == r->frequency_options && text_equals(frequency_en[i], name)))
			return (int)i;
	return -1;
}

/* A copy of the package that may have one entry of one parameter changed; the rest is shared. */
static enum rc
with_entry(struct arena *mem, const struct rules *r, int parameter, int entry, struct rules **ret,
    struct rules_entry **ret_entry)
{
	const struct rules_package *k = &r->package;
	struct rules *copy = ARENA_NEW(mem, struct rules);
	struct rules_parameter *par = arena_array(mem, k->n_parameters, sizeof *par);
	struct rules_entry *e = arena_array(mem, k->parameter[parameter].n_entries, sizeof *e);

	if (copy == NULL || par == NULL || e == NULL)
		return RC_NO_MEMORY;
	*copy = *r;
	for (size_t i = 0; i < k->n_parameters; i++)
		par[i] = k->parameter[i];
	for (size_t i = 0; i < par[parameter].n_entries; i++)
		e[i] = par[parameter].entry[i];
	par[parameter].entry = e;
	copy->package.parameter = par;
	*ret = copy;
	*ret_entry = &e[entry];
	return RC_OK;
}

static bool
has_entry(const struct rules *r, int parameter, int entry, bool table)
{
	const struct rules_package *k = &r->package;

	return parameter >= 0 && (size_t)parameter < k->n_parameters && entry >= 0 &&
	    (size_t)entry < k->parameter[parameter].n_entries && k->parameter[parameter].table == table;
}

enum rc
rules_with_value(struct arena *mem, const struct rules *r, int parameter, int entry, int64_t value,
    const struct rules **ret)
{
	const struct rules_parameter *par;
	struct rules_entry *e;
	struct rules *copy;
	enum rc rc;

	if (!has_entry(r, parameter, entry, false))
		return RC_NOT_FOUND;
	par = &r->package.parameter[parameter];
	if (value < par->least || value > par->most)
		return RC_INVALID;
	rc = with_entry(mem, r, parameter, entry, &copy, &e);
	if (rc != RC_OK)
		return rc;
	e->value = value;
	e->unset = false;
	*ret = copy;
	return RC_OK;
}

/* May the row stand among the others of its entry? */
static bool
row_fits(const struct rules *r, const struct rules_parameter *par, const struct rules_entry *e, size_t row,
    struct rules_row new)
{
	bool option = par->key.kind == RULES_OPTION;

	if (new.value < par->least || new.value > par->most || new.key < 0)
		return false;
	if (option && (size_t)new.key >= r->package.options[par->key.options].n)
		return false;
	for (size_t i = 0; i < e->n_rows; i++) {
		int64_t key = e->row[i].key;

		if (i != row && (option ? key == new.key : i < row ? key >= new.key : key <= new.key))
			return false;
	}
	return true;
}

enum rc
rules_with_row(struct arena *mem, const struct rules *r, int parameter, int entry, int row, struct rules_row new,
    const struct rules **ret)
{
	const struct rules_parameter *par;
	struct rules_entry *e;
	struct rules_row *rows;
	struct rules *copy;
	enum rc rc;

	if (!has_entry(r, parameter, entry, true) || row < 0 ||
	    (size_t)row >= r->package.parameter[parameter].entry[entry].n_rows)
		return RC_NOT_FOUND;
	par = &r->package.parameter[parameter];
	if (!row_fits(r, par, &par->entry[entry], (size_t)row, new))
		return RC_INVALID;
	rows = arena_array(mem, par->entry[entry].n_rows, sizeof *rows);
	rc = with_entry(mem, r, parameter, entry, &copy, &e);
	if (rows == NULL || rc != RC_OK)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < e->n_rows; i++)
		rows[i] = e->row[i];
	rows[row] = new;
	e->row = rows;
	*ret = copy;
	return RC_OK;
}

static struct text
print_number(int64_t value, int decimals, char out[static 48])
{
	char digits[24];
	int n = 0, at = 0;
	uint64_t left = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

	do {
		digits[n++] = (char)('0' + left % 10);
		left /= 10;
	} while (left > 0 || n <= decimals);
	if (value < 0)
		out[at++] = '-';
	while (n > 0) {
		if (n == decimals)
			out[at++] = '.';
		out[at++] = digits[--n];
	}
	out[at] = '\0';
	return (struct text){ out, (size_t)at };
}

struct text
rules_print(const struct rules *r, struct rules_type type, int64_t value, char out[static 48])
{
	switch ((enum rules_kind)type.kind) {
	case RULES_TRUTH:
		return value != 0 ? TEXT("是") : TEXT("否");
	case RULES_NUMBER:
	case RULES_MONEY:
		return print_number(value, type.decimals, out);
	case RULES_DATE:
		return day_print((struct day){ (int32_t)value }, out);
	case RULES_OPTION:
		if (value >= 0 && (size_t)value < r->package.options[type.options].n)
			return r->package.options[type.options].option[value].name;
		break;
	}
	return TEXT_NONE;
}

static enum rc
read_number(struct text t, int decimals, int64_t *ret)
{
	struct text rest = t, whole;
	int64_t a = 0, b = 0, factor;
	bool minus = t.n > 0 && t.p[0] == '-', point = text_contains(t, TEXT("."));
	enum rc rc;

	if (minus)
		rest = (struct text){ t.p + 1, t.n - 1 };
	whole = text_cut(&rest, '.');
	if (whole.n == 0 || whole.n > 18 || whole.p[0] < '0' || whole.p[0] > '9' || (point && rest.n == 0))
		return RC_INVALID;
	while (rest.n > (size_t)decimals && rest.p[rest.n - 1] == '0')
		rest.n--; /* 5.10 has one decimal */
	if (rest.n > (size_t)decimals || (rest.n > 0 && (rest.p[0] < '0' || rest.p[0] > '9')))
		return RC_INVALID;
	rc = int64_parse(whole, 0, INT64_MAX, &a);
	if (rc == RC_OK && rest.n > 0)
		rc = int64_parse(rest, 0, INT64_MAX, &b);
	if (rc != RC_OK)
		return rc;
	factor = rules_power10(decimals);
	b *= rules_power10(decimals - (int)rest.n);
	if (__builtin_mul_overflow(a, factor, &a) || __builtin_add_overflow(a, b, &a))
		return RC_INVALID;
	*ret = minus ? -a : a;
	return RC_OK;
}

enum rc
rules_read(const struct rules *r, struct rules_type type, struct text t, int64_t *ret)
{
	struct day d;
	int i;

	switch ((enum rules_kind)type.kind) {
	case RULES_TRUTH:
		if (!text_equals(t, TEXT("是")) && !text_equals(t, TEXT("否")) && !text_equals(t, TEXT("yes")) &&
		    !text_equals(t, TEXT("no")))
			return RC_INVALID;
		*ret = text_equals(t, TEXT("是")) || text_equals(t, TEXT("yes"));
		return RC_OK;
	case RULES_NUMBER:
	case RULES_MONEY:
		return read_number(t, type.decimals, ret);
	case RULES_DATE:
		if (day_parse(t, &d) != RC_OK)
			return RC_INVALID;
		*ret = d.n;
		return RC_OK;
	case RULES_OPTION:
		i = rules_option_find(r, type.options, t);
		if (i < 0)
			return RC_INVALID;
		*ret = i;
		return RC_OK;
	}
	return RC_INVALID;
}

const char *
rules_fault_key(enum rules_fault f)
{
	static const char *const key[RULES_FAULT_COUNT] = {
		"fine", "bad_byte", "bad_number", "bad_string", "bad_date", "too_long", "expected", "unknown_name",
		"name_taken", "name_reserved", "wrong_type", "money_times_money", "division_outside", "too_many_decimals",
		"may_overflow", "out_of_range", "gap", "overlap", "order", "no_entry", "row_order", "no_law_date",
		"no_otherwise", "no_package", "no_conclusion", "too_many", "too_deep", "needs_default", "not_here",
	};

	return f < RULES_FAULT_COUNT ? key[f] : "unknown";
}

/* ---- how often something is paid ------------------------------------------------------------------ */

static int
day_order(const int64_t *a, const int64_t *b)
{
	return (*a > *b) - (*a < *b);
}

static void
sort_days(int64_t *day, size_t n)
{
	for (size_t i = 1; i < n; i++) /* lists are short */
		for (size_t k = i; k > 0 && day_order(&day[k - 1], &day[k]) > 0; k--) {
			int64_t keep = day[k];

			day[k] = day[k - 1];
			day[k - 1] = keep;
		}
}

/* Every day within `slack` of the corresponding day, `months` apart from the first. */
static bool
by_months(const int64_t *day, size_t n, int months, int slack)
{
	for (size_t i = 1; i < n; i++) {
		int64_t away = day[i] - day_add_months((struct day){ (int32_t)day[0] }, months * (int)i).n;

		if (away < -slack || away > slack)
			return false;
	}
	return true;
}

static bool
by_days(const int64_t *day, size_t n, int gap, int slack)
{
	for (size_t i = 1; i < n; i++) {
		int64_t away = day[i] - day[i - 1] - gap;

		if (away < -slack || away > slack)
			return false;
	}
	return true;
}

enum rules_frequency
rules_frequency_of(int64_t *day, size_t n)
{
	sort_days(day, n);
	if (n < 2)
		return FREQUENCY_UNSTEADY;
	if (by_days(day, n, 7, 2))
		return FREQUENCY_WEEK;
	if (by_days(day, n, 14, 3))
		return FREQUENCY_FORTNIGHT;
	if (by_months(day, n, 1, 0))
		return FREQUENCY_MONTH;
	if (by_days(day, n, 28, 0))
		return FREQUENCY_FOUR_WEEKS;
	if (by_months(day, n, 1, 3))
		return FREQUENCY_MONTH;
	if (by_days(day, n, 28, 3))
		return FREQUENCY_FOUR_WEEKS;
	if (by_months(day, n, 3, 7))
		return FREQUENCY_QUARTER;
	return by_months(day, n, 12, 15) ? FREQUENCY_YEAR : FREQUENCY_UNSTEADY;
}
