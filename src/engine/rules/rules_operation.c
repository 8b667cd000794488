/* rules_operation: operations on values that are all there. */
#include "engine/rules/rules_facts_internal.h"

struct rules_value
rules_known(int64_t n)
{
	return (struct rules_value){ .n = n, .state = RULES_KNOWN, .culprit = -1, .next = -1 };
}

struct rules_value
rules_failed(enum rules_failure why, int culprit, int64_t day)
{
	return (struct rules_value){ .state = RULES_FAILED, .failure = why, .culprit = culprit, .culprit_day = day,
	    .next = -1 };
}

static struct rules_value
rounded(const struct rules_node *e, struct rules_value a, struct rules_value b)
{
	int64_t d;

	if (b.n == 0)
		return rules_failed(RULES_DIVIDED_BY_ZERO, -1, 0);
	d = e->d * (b.n < 0 ? -b.n : b.n);
	return rules_known(rules_round(b.n < 0 ? -a.n : a.n, e->n, d, (enum rules_rounding)e->mode));
}

static struct rules_value
day_value(struct day d)
{
	bool outside = day_is_none(d) || d.n < RULES_DAY_FIRST || d.n > RULES_DAY_LAST;

	return outside ? rules_failed(RULES_DAY_RANGE, -1, 0) : rules_known(d.n);
}

static struct rules_value
day_operation(const struct rules_node *e, int64_t n, int64_t m)
{
	struct day d = { (int32_t)n };
	struct ymd ymd = day_to_ymd(d);

	switch ((int)e->op) {
	case OP_AGE:
		return rules_known(day_age(d, (struct day){ (int32_t)m }));
	case OP_YEAR:
		return rules_known(ymd.year);
	case OP_DAY_ADD:
		return day_value(e->mode ? day_add_months(d, (int)e->n) : day_add(d, (int)e->n));
	case OP_YEAR_FIRST:
		ymd.month = 1;
		ymd.day = 1;
		break;
	case OP_YEAR_LAST:
		ymd.month = 12;
		ymd.day = 31;
		break;
	default: /* OP_MONTH_FIRST */
		ymd.day = 1;
	}
	return day_from_ymd(ymd, &d) == RC_OK ? rules_known(d.n) : rules_failed(RULES_DAY_RANGE, -1, 0);
}

struct rules_value
rules_operation(const struct rules_node *e, struct rules_value a, struct rules_value b)
{
	switch ((int)e->op) {
	case OP_ADD:
		return rules_known(a.n + b.n);
	case OP_SUB:
	case OP_DAYS:
		return rules_known(a.n - b.n);
	case OP_MUL:
		return rules_known(a.n * b.n);
	case OP_LARGER:
		return rules_known(a.n > b.n ? a.n : b.n);
	case OP_SMALLER:
		return rules_known(a.n < b.n ? a.n : b.n);
	case OP_EQ:
		return rules_known(a.n == b.n);
	case OP_NE:
		return rules_known(a.n != b.n);
	case OP_LT:
		return rules_known(a.n < b.n);
	case OP_LE:
		return rules_known(a.n <= b.n);
	case OP_NOT:
		return rules_known(!a.n);
	case OP_ABS:
		return rules_known(a.n < 0 ? -a.n : a.n);
	case OP_SCALE:
		return rules_known(a.n * e->n);
	case OP_IN:
		return rules_known((int64_t)(((uint64_t)e->n >> a.n) & 1));
	case OP_ROUND:
		return rounded(e, a, b);
	default:
		return day_operation(e, a.n, b.n);
	}
}
