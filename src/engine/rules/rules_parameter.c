/*
 * rules_parameter: dated values.  An entry holds from its day up to the day before the next one, or up
 * to its own 至; then the next must begin the day after (no gap, no overlap).  Also the small parts
 * that several statements share: types, words, ranges, sources.
 */
#include "engine/rules/rules_internal.h"

#define ENTRY_MAX 200
#define ROW_MAX 100
#define TRIAL_MAX 20

bool
rules_words_parse(struct rules_parser *p, struct rules_words *ret)
{
	const struct rules_token *t = rules_peek(p);

	if (!rules_expect(p, T_STRING, TEXT("“…”")))
		return false;
	ret->zh = t->text;
	ret->en = TEXT_NONE;
	if (rules_peek(p)->kind == T_DIVIDE && p->token[p->at + 1].kind == T_STRING) {
		rules_take(p);
		ret->en = rules_take(p)->text;
	}
	return true;
}

bool
rules_name_parse(struct rules_parser *p, struct text *ret)
{
	const struct rules_token *t = rules_peek(p);

	if (t->kind != T_NAME) {
		rules_find(p, t, RULES_EXPECTED, TEXT("名称"), t->text);
		return false;
	}
	if (rules_word_reserved(t->word)) {
		rules_find(p, t, RULES_NAME_RESERVED, t->text, TEXT_NONE);
		return false;
	}
	rules_take(p);
	*ret = t->text;
	return true;
}

/* 依据 法律援助法 “第三十四条” */
bool
rules_basis_parse(struct rules_parser *p, struct rules_basis *ret)
{
	const struct rules_token *t = rules_peek(p);

	if (t->kind != T_NAME) {
		rules_find(p, t, RULES_EXPECTED, rules_word_text(W_DOCUMENT), t->text);
		return false;
	}
	rules_take(p);
	ret->document = -1;
	ret->article = TEXT_NONE;
	for (size_t i = 0; i < p->rules->package.n_documents; i++)
		if (text_equals(p->document[i].name, t->text))
			ret->document = (int)i;
	if (ret->document < 0) {
		rules_find(p, t, RULES_UNKNOWN_NAME, t->text, TEXT_NONE);
		return false;
	}
	if (rules_peek(p)->kind == T_STRING)
		ret->article = rules_take(p)->text;
	return true;
}

bool
rules_type_parse(struct rules_parser *p, struct rules_type *ret)
{
	const struct rules_token *t = rules_take(p);
	int options;

	*ret = (struct rules_type){ .kind = RULES_TRUTH };
	switch ((int)t->word) {
	case W_TRUTH:
		return true;
	case W_MONEY:
		ret->kind = RULES_MONEY;
		ret->decimals = 2;
		return true;
	case W_INTEGER:
		ret->kind = RULES_NUMBER;
		return true;
	case W_DAY:
		ret->kind = RULES_DATE;
		return true;
	case W_DECIMAL:
		ret->kind = RULES_NUMBER;
		ret->decimals = 2;
		if (rules_peek(p)->kind == T_NUMBER && !rules_peek(p)->first) {
			const struct rules_token *d = rules_take(p);

			if (d->decimals != 0 || d->n > RULES_DECIMAL_MAX) {
				rules_find(p, d, RULES_TOO_MANY_DECIMALS, TEXT_NONE, TEXT_NONE);
				return false;
			}
			ret->decimals = (uint8_t)d->n;
		}
		return true;
	default:
		break;
	}
	options = t->kind == T_NAME ? rules_options_find(p->rules, t->text) : -1;
	if (options >= 0) {
		*ret = (struct rules_type){ RULES_OPTION, 0, (uint16_t)options };
		return true;
	}
	rules_find(p, t, RULES_EXPECTED, TEXT("是否、整数、小数、金额、日期"), t->text);
	return false;
}

/* What a type holds when nothing is said: money 0 to 100 million yuan, a parameter to 10 million. */
void
rules_range_of(struct rules_type type, bool parameter, const struct rules_parser *p, int64_t *least, int64_t *most)
{
	*least = 0;
	switch ((enum rules_kind)type.kind) {
	case RULES_TRUTH:
		*most = 1;
		break;
	case RULES_NUMBER:
		*most = (type.decimals > 0 ? 100 : 1000000) * rules_power10(type.decimals);
		break;
	case RULES_MONEY:
		*most = parameter ? 1000000000 : 10000000000;
		break;
	case RULES_DATE:
		*least = RULES_DAY_LEAST;
		*most = RULES_DAY_MOST;
		break;
	case RULES_OPTION:
		*most = (int64_t)p->options[type.options].n - 1;
		break;
	}
}

static bool
number_constant(struct rules_parser *p, struct rules_type type, int64_t *ret)
{
	bool minus = rules_take_kind(p, T_MINUS);
	const struct rules_token *t = rules_peek(p);

	if (t->kind != T_NUMBER || (t->unit == UNIT_MONEY && type.kind != RULES_MONEY) ||
	    (t->unit != UNIT_NONE && t->unit != UNIT_MONEY)) {
		rules_find(p, t, RULES_EXPECTED, rules_type_name(p, type), t->text);
		return false;
	}
	rules_take(p);
	if (t->decimals > type.decimals) {
		rules_find(p, t, RULES_TOO_MANY_DECIMALS, TEXT_NONE, TEXT_NONE);
		return false;
	}
	if (__builtin_mul_overflow(t->n, rules_power10(type.decimals - t->decimals), ret)) {
		rules_find(p, t, RULES_BAD_NUMBER, t->text, TEXT_NONE);
		return false;
	}
	*ret = minus ? -*ret : *ret;
	return true;
}

bool
rules_constant(struct rules_parser *p, struct rules_type type, int64_t least, int64_t most, int64_t *ret)
{
	const struct rules_token *t = rules_peek(p);
	int i;

	switch ((enum rules_kind)type.kind) {
	case RULES_NUMBER:
	case RULES_MONEY:
		if (!number_constant(p, type, ret))
			return false;
		break;
	case RULES_TRUTH:
		if (t->word != W_YES && t->word != W_NO) {
			rules_find(p, t, RULES_EXPECTED, TEXT("是、否"), t->text);
			return false;
		}
		rules_take(p);
		*ret = t->word == W_YES;
		break;
	case RULES_DATE:
		if (!rules_expect(p, T_DAY, TEXT("日期")))
			return false;
		*ret = t->n;
		break;
	case RULES_OPTION:
		i = t->kind == T_NAME ? rules_option_find(p->rules, type.options, t->text) : -1;
		if (i < 0) {
			rules_find(p, t, RULES_UNKNOWN_NAME, t->text, TEXT_NONE);
			return false;
		}
		rules_take(p);
		*ret = i;
		break;
	}
	if (*ret < least || *ret > most) {
		char out[48];
		struct text bound = rules_print(p->rules, type, *ret < least ? least : most, out);

		rules_find(p, t, RULES_OUT_OF_RANGE, t->text, arena_text(p->mem, bound));
		return false;
	}
	return true;
}

bool
rules_range_parse(struct rules_parser *p, struct rules_type type, int64_t *least, int64_t *most)
{
	const struct rules_token *at = rules_peek(p);
	int64_t a, b, limit = INT64_C(1000000000000000);

	if (!rules_constant(p, type, -limit, limit, &a) || !rules_expect_word(p, W_TO) ||
	    !rules_constant(p, type, -limit, limit, &b))
		return false;
	if (a > b) {
		rules_find(p, at, RULES_ORDER, TEXT_NONE, TEXT_NONE);
		return false;
	}
	*least = a;
	*most = b;
	return true;
}

static bool
attributes(struct rules_parser *p, struct rules_parameter *par)
{
	for (;;) {
		if (rules_take_word(p, W_NAME)) {
			if (!rules_words_parse(p, &par->words))
				return false;
		} else if (rules_take_word(p, W_UNIT)) {
			const struct rules_token *t = rules_peek(p);

			if (!rules_expect(p, T_STRING, TEXT("“…”")))
				return false;
			par->unit = t->text;
		} else if (rules_take_word(p, W_RANGE)) {
			if (!rules_range_parse(p, par->type, &par->least, &par->most))
				return false;
		} else if (rules_take_word(p, W_STALE)) {
			const struct rules_token *t = rules_take(p);

			if (t->kind != T_NUMBER || t->unit != UNIT_DAYS || t->n < 1 || t->n > 40000) {
				rules_find(p, t, RULES_EXPECTED, TEXT("天"), t->text);
				return false;
			}
			par->stale_days = (int)t->n;
		} else {
			return true;
		}
	}
}

static bool
rows(struct rules_parser *p, const struct rules_parameter *par, struct rules_entry *e)
{
	struct rules_row *row = rules_alloc(p, ROW_MAX * sizeof *row);
	int64_t least, most;

	if (row == NULL)
		return false;
	rules_range_of(par->key, false, p, &least, &most);
	while (rules_is(p, W_ROW)) {
		const struct rules_token *at = rules_take(p);
		struct rules_row r;

		if (!rules_constant(p, par->key, least, most, &r.key) || !rules_expect_word(p, W_GIVES) ||
		    !rules_constant(p, par->type, par->least, par->most, &r.value))
			return false;
		for (size_t i = 0; i < e->n_rows; i++)
			if (par->key.kind == RULES_OPTION ? row[i].key == r.key : row[i].key >= r.key) {
				rules_find(p, at, RULES_ROW_ORDER, TEXT_NONE, TEXT_NONE);
				return false;
			}
		if (e->n_rows == ROW_MAX) {
			rules_find(p, at, RULES_TOO_MANY, TEXT_NONE, TEXT_NONE);
			return false;
		}
		row[e->n_rows++] = r;
	}
	e->row = row;
	if (e->n_rows == 0 && !e->unset) {
		rules_find(p, rules_peek(p), RULES_EXPECTED, rules_word_text(W_ROW), rules_peek(p)->text);
		return false;
	}
	return true;
}

/* One "自 2013-07-01 值 1530 依据 …". */
static bool
entry(struct rules_parser *p, struct rules_parameter *par, struct rules_entry *e)
{
	const struct rules_token *t = rules_take(p), *day = rules_peek(p);

	*e = (struct rules_entry){ .to = { RULES_FOREVER }, .basis = { .document = -1 }, .line = t->line };
	if (!rules_expect(p, T_DAY, TEXT("日期")))
		return false;
	e->from.n = (int32_t)day->n;
	if (rules_take_word(p, W_TO)) {
		day = rules_peek(p);
		if (!rules_expect(p, T_DAY, TEXT("日期")))
			return false;
		e->to.n = (int32_t)day->n;
		if (e->to.n < e->from.n) {
			rules_find(p, day, RULES_ORDER, TEXT_NONE, TEXT_NONE);
			return false;
		}
	}
	if (rules_take_word(p, W_VALUE) || !par->table) {
		if (rules_take_word(p, W_UNSET))
			e->unset = true;
		else if (!rules_constant(p, par->type, par->least, par->most, &e->value))
			return false;
	}
	for (;;) {
		if (rules_take_word(p, W_BASIS)) {
			if (!rules_basis_parse(p, &e->basis))
				return false;
		} else if (rules_take_word(p, W_UNVERIFIED)) {
			e->unverified = true;
		} else if (e->to.n == RULES_FOREVER && rules_take_word(p, W_TRIAL)) {
			e->trial = true;
		} else {
			break;
		}
	}
	return !par->table || rows(p, par, e);
}

/* The new entry after the one before it: order, overlap, gap. */
static bool
follows(struct rules_parser *p, const struct rules_token *at, struct rules_entry *before, const struct rules_entry *e)
{
	enum rules_fault fault = RULES_FINE;

	if (e->from.n <= before->from.n)
		fault = RULES_ORDER;
	else if (before->to.n == RULES_FOREVER)
		before->to.n = e->from.n - 1;
	else if (e->from.n <= before->to.n)
		fault = RULES_OVERLAP;
	else if (e->from.n > before->to.n + 1)
		fault = RULES_GAP;
	if (fault == RULES_FINE)
		return true;
	rules_find(p, at, fault, at->text, TEXT_NONE);
	return false;
}

/* "自 2027-01-01 值 2800 试算": kept apart from what holds. */
static bool
trial_add(struct rules_parser *p, const struct rules_token *at, struct rules_parameter *par, const struct rules_entry *e)
{
	struct rules_entry *all = rules_alloc(p, (par->n_trials + 1) * sizeof *all);

	if (all == NULL)
		return false;
	if (par->n_trials == TRIAL_MAX || (par->n_trials > 0 && par->trial[par->n_trials - 1].from.n >= e->from.n)) {
		rules_find(p, at, par->n_trials == TRIAL_MAX ? RULES_TOO_MANY : RULES_ORDER, at->text, TEXT_NONE);
		return false;
	}
	for (size_t i = 0; i < par->n_trials; i++)
		all[i] = par->trial[i];
	all[par->n_trials++] = *e;
	par->trial = all;
	return true;
}

/* One entry and where it belongs. */
static bool
entry_add(struct rules_parser *p, struct rules_parameter *par, struct rules_entry *all)
{
	const struct rules_token *from = &p->token[p->at + 1];
	struct rules_entry *e = &all[par->n_entries];

	if (par->n_entries == ENTRY_MAX) {
		rules_find(p, from, RULES_TOO_MANY, TEXT_NONE, TEXT_NONE);
		return false;
	}
	if (!entry(p, par, e))
		return false;
	e->last_line = p->token[p->at - 1].line;
	if (e->trial)
		return trial_add(p, from, par, e);
	if (par->n_entries > 0 && !follows(p, from, e - 1, e))
		return false;
	par->n_entries++;
	return true;
}

/* 参数 最低工资 金额 单位 “元/月” …; 参数 基数 表 按 整数 得 金额 … */
void
rules_parameter_statement(struct rules_parser *p)
{
	struct rules_package *k = &p->rules->package;
	struct rules_parameter *par = &p->parameter[k->n_parameters];
	struct rules_entry *e;
	const struct rules_token *at = rules_peek(p);

	*par = (struct rules_parameter){ .line = at->line };
	if (!rules_name_parse(p, &par->name))
		return;
	if (rules_take_word(p, W_BY)) {
		par->table = true;
		if (!rules_type_parse(p, &par->key) || !rules_expect_word(p, W_GIVES))
			return;
		if (par->key.kind == RULES_TRUTH || par->key.kind == RULES_DATE) {
			rules_find(p, at, RULES_WRONG_TYPE, TEXT("数"), rules_type_name(p, par->key));
			return;
		}
	}
	if (!rules_type_parse(p, &par->type))
		return;
	rules_range_of(par->type, true, p, &par->least, &par->most);
	if (!attributes(p, par))
		return;
	e = rules_alloc(p, ENTRY_MAX * sizeof *e);
	if (e == NULL)
		return;
	while (rules_is(p, W_FROM))
		if (!entry_add(p, par, e))
			return;
	par->entry = e;
	if (par->n_entries == 0)
		rules_find(p, at, RULES_NO_ENTRY, at->text, TEXT_NONE);
	else
		k->n_parameters++;
}

int
rules_entry_at(const struct rules_parameter *par, struct day d)
{
	size_t low = 0, high = par->n_entries;

	while (low < high) { /* the last entry that begins by d */
		size_t middle = (low + high) / 2;

		if (par->entry[middle].from.n <= d.n)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == 0 || day_is_none(d) || d.n > par->entry[low - 1].to.n)
		return -1;
	return (int)low - 1;
}

/* ---- values only to be tried ------------------------------------------------------------------------------------- */

bool
rules_has_trials(const struct rules *r)
{
	for (size_t i = 0; i < r->package.n_parameters; i++)
		if (r->package.parameter[i].n_trials > 0)
			return true;
	return false;
}

/* Both kinds by date; a tried one in the place of one that begins on its day. */
static enum rc
merged(struct arena *mem, const struct rules_parameter *from, struct rules_parameter *to)
{
	struct rules_entry *e = arena_array(mem, from->n_entries + from->n_trials, sizeof *e);
	size_t n = 0, a = 0, b = 0;

	if (e == NULL)
		return RC_NO_MEMORY;
	while (a < from->n_entries || b < from->n_trials) {
		if (b == from->n_trials || (a < from->n_entries && from->entry[a].from.n < from->trial[b].from.n))
			e[n++] = from->entry[a++];
		else {
			a += a < from->n_entries && from->entry[a].from.n == from->trial[b].from.n;
			e[n++] = from->trial[b++];
		}
		if (n > 1 && e[n - 2].to.n >= e[n - 1].from.n)
			e[n - 2].to.n = e[n - 1].from.n - 1;
	}
	*to = *from;
	to->entry = e;
	to->n_entries = n;
	to->n_trials = 0;
	return RC_OK;
}

enum rc
rules_with_trials(struct arena *mem, const struct rules *r, const struct rules **ret)
{
	struct rules *copy;
	struct rules_parameter *par;
	enum rc rc = RC_OK;

	*ret = r;
	if (!rules_has_trials(r))
		return RC_OK;
	copy = ARENA_NEW(mem, struct rules);
	par = arena_array(mem, r->package.n_parameters, sizeof *par);
	if (copy == NULL || par == NULL)
		return RC_NO_MEMORY;
	*copy = *r;
	for (size_t i = 0; rc == RC_OK && i < r->package.n_parameters; i++)
		rc = merged(mem, &r->package.parameter[i], &par[i]);
	copy->package.parameter = par;
	*ret = copy;
	return rc;
}

/* ---- rows of tables ------------------------------------------------------------------------------------------------- */

int
rules_row_of(const struct rules_parameter *par, const struct rules_entry *e, int64_t key)
{
	int found = -1;

	for (size_t i = 0; i < e->n_rows; i++)
		if (par->key.kind == RULES_OPTION ? e->row[i].key == key : e->row[i].key <= key)
			found = (int)i;
	return found;
}

bool
rules_marginal(const struct rules_entry *e, int64_t key, int64_t *ret)
{
	int64_t total = 0;

	if (e->n_rows == 0 || key < e->row[0].key)
		return false;
	for (size_t i = 0; i < e->n_rows && e->row[i].key <= key; i++) {
		int64_t end = i + 1 < e->n_rows && e->row[i + 1].key < key ? e->row[i + 1].key : key;

		total += (end - e->row[i].key) * e->row[i].value;
	}
	*ret = total;
	return true;
}
