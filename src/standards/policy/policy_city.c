/*
 * Assumptions, all of them: no figure here is a statistic.  Counties weigh by their number of villages and communities
 * (data/suzhou_divisions.csv), rural shares are those of the same codes; the rest is made up to look like a city.
 */
#include "standards/policy/policy_city.h"

#include "kit/msg/msg.h"

#define MILLE 1000

const struct policy_county policy_counties[POLICY_CITY_COUNTIES] = {
	{ { INT64_C(320505000000) }, "虎丘区" }, { { INT64_C(320506000000) }, "吴中区" },
	{ { INT64_C(320507000000) }, "相城区" }, { { INT64_C(320508000000) }, "姑苏区" },
	{ { INT64_C(320509000000) }, "吴江区" }, { { INT64_C(320576000000) }, "苏州工业园区" },
	{ { INT64_C(320581000000) }, "常熟市" }, { { INT64_C(320582000000) }, "张家港市" },
	{ { INT64_C(320583000000) }, "昆山市" }, { { INT64_C(320585000000) }, "太仓市" },
};
static const struct { uint32_t weight, rural_mille; } county_of[POLICY_CITY_COUNTIES] = {
	{ 94, 244 }, { 218, 394 }, { 143, 447 }, { 171, 11 }, { 310, 677 }, { 165, 0 }, { 359, 598 }, { 273, 509 },
	{ 355, 363 }, { 160, 450 },
};
static const uint32_t persons_weight[] = { 20, 30, 25, 15, 7, 3 }; /* 1 to 6 */
/* Yuan a head and month of a settled urban household, at 0, 10 … 100 of a hundred; straight between. */
static const int64_t decile[] = { 600, 2600, 3600, 4400, 5200, 6100, 7200, 8600, 10500, 14000, 45000 };
#define RURAL_PERCENT 68
#define MIGRANT_PERCENT 85
#define ELDERLY_PERCENT 80
#define DISABLED_PERCENT 78
#define POOR 1100  /* yuan a head and month: may be on assistance */
#define WEAK 2200  /* an elderly or disabled household below it may be without fixed income */

enum { MATTER_WAGES, MATTER_WORK_INJURY, MATTER_TRAFFIC, MATTER_MAINTENANCE, MATTER_VIOLENCE, MATTER_OTHER };
static const char *const matters[] = { "劳动报酬", "工伤事故", "交通事故", "赡养抚养扶养费", "家庭暴力", "其他事项" };
static const uint32_t matter_weight[] = { 25, 10, 25, 20, 5, 15 };
enum { STATUS_NONE, STATUS_WEAK, STATUS_ASSISTED, STATUS_MIGRANT };
static const char *const statuses[] = { "普通人员", "特定群体", "救助优抚对象", "进城务工人员" };

static const char *const group_labels[POLICY_GROUP_COUNT] = {
	T("城镇家庭"), T("农村家庭"), T("一人户"), T("二人户"), T("三人户"), T("四人以上户"), T("有老人的家庭"),
	T("有残疾人的家庭"), T("进城务工家庭"),
};

const char *
policy_group_label(enum policy_group g)
{
	return group_labels[(unsigned)g < POLICY_GROUP_COUNT ? g : POLICY_URBAN];
}

/* ---- one household ---------------------------------------------------------------------------------------------- */

/* splitmix64 */
static uint64_t
mixed(uint64_t *s)
{
	uint64_t z = *s += UINT64_C(0x9E3779B97F4A7C15);

	z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
	return z ^ z >> 31;
}

static uint32_t
draw(uint64_t *s, uint32_t below)
{
	return (uint32_t)((mixed(s) >> 32) * below >> 32);
}

static bool
happens(uint64_t *s, uint32_t mille)
{
	return draw(s, MILLE) < mille;
}

static uint8_t
weighed(uint64_t *s, const uint32_t *weight, size_t n)
{
	uint32_t all = 0, at;
	size_t i = 0;

	for (size_t k = 0; k < n; k++)
		all += weight[k];
	for (at = draw(s, all); at >= weight[i]; i++)
		at -= weight[i];
	return (uint8_t)i;
}

static uint8_t
county_drawn(uint64_t *s)
{
	uint32_t weight[POLICY_CITY_COUNTIES];

	for (size_t i = 0; i < POLICY_CITY_COUNTIES; i++)
		weight[i] = county_of[i].weight;
	return weighed(s, weight, POLICY_CITY_COUNTIES);
}

static bool
in_group(const struct policy_household *h, enum policy_group g)
{
	return (h->groups >> g & 1) != 0;
}

static void
groups_draw(uint64_t *s, struct policy_household *h)
{
	bool rural = happens(s, county_of[h->county].rural_mille);
	bool migrant = happens(s, rural ? 120 : 330);
	bool elderly = happens(s, migrant ? 90 : rural ? 480 : 360);
	bool disabled = happens(s, 60);
	int size = h->persons < 4 ? POLICY_ALONE + h->persons - 1 : POLICY_MORE;

	h->groups = (uint16_t)(1U << (rural ? POLICY_RURAL : POLICY_URBAN) | 1U << size | (unsigned)elderly << POLICY_ELDERLY |
	    (unsigned)disabled << POLICY_DISABLED | (unsigned)migrant << POLICY_MIGRANT);
	h->age = (uint8_t)(elderly ? 60 + draw(s, 32) : 20 + draw(s, 40));
}

/* Fen a head and month. */
static int64_t
head_draw(uint64_t *s, const struct policy_household *h)
{
	uint32_t at = draw(s, 100000), band = at / 10000, in = at % 10000;
	int64_t fen = decile[band] * 100 + (decile[band + 1] - decile[band]) * in / 100;

	if (in_group(h, POLICY_RURAL))
		fen = fen * RURAL_PERCENT / 100;
	if (in_group(h, POLICY_MIGRANT))
		fen = fen * MIGRANT_PERCENT / 100;
	if (in_group(h, POLICY_ELDERLY))
		fen = fen * ELDERLY_PERCENT / 100;
	if (in_group(h, POLICY_DISABLED))
		fen = fen * DISABLED_PERCENT / 100;
	return fen;
}

static uint8_t
status_draw(uint64_t *s, const struct policy_household *h, int64_t head)
{
	bool weak = in_group(h, POLICY_ELDERLY) || in_group(h, POLICY_DISABLED);

	if (head < POOR * 100 && happens(s, 400))
		return STATUS_ASSISTED;
	if (weak && head < WEAK * 100 && happens(s, 200))
		return STATUS_WEAK;
	return in_group(h, POLICY_MIGRANT) ? STATUS_MIGRANT : STATUS_NONE;
}

struct policy_household
policy_household(uint64_t seed, uint64_t i)
{
	uint64_t s = seed;
	struct policy_household h = { .county = 0 };
	int64_t head;

	s = mixed(&s) ^ i;
	h.county = county_drawn(&s);
	h.persons = (uint8_t)(weighed(&s, persons_weight, sizeof persons_weight / sizeof persons_weight[0]) + 1);
	groups_draw(&s, &h);
	head = head_draw(&s, &h);
	h.income = head * 12 * h.persons + draw(&s, 1200);
	h.own = h.persons == 1 ? h.income : h.income * draw(&s, 101) / 100;
	h.status = status_draw(&s, &h, head);
	h.proof = h.status != STATUS_NONE && happens(&s, 800);
	h.matter = weighed(&s, matter_weight, sizeof matter_weight / sizeof matter_weight[0]);
	h.opponent = h.persons > 1 && happens(&s, 30);
	h.engaged = happens(&s, 50);
	return h;
}

/* ---- as facts of a package ------------------------------------------------------------------------------------------ */

enum fact { FACT_DAY, FACT_FIXED, FACT_MATTER, FACT_STATUS, FACT_PROOF, FACT_OPPONENT, FACT_ENGAGED, FACT_PERSONS, FACT_INCOME,
	FACT_OWN, FACT_BORN, FACT_UNKNOWN };

/* What each package asks, and what it is of a household; `fixed` is said of all of them. */
static const struct known { const char *package, *input; enum fact fact; const char *fixed; } known[] = {
	{ "legal_aid", "申请日", FACT_DAY, NULL }, { "legal_aid", "类别", FACT_FIXED, "民事行政" },
	{ "legal_aid", "事项", FACT_MATTER, NULL }, { "legal_aid", "身份", FACT_STATUS, NULL },
	{ "legal_aid", "有证明", FACT_PROOF, NULL }, { "legal_aid", "对方共同生活", FACT_OPPONENT, NULL },
	{ "legal_aid", "已委托", FACT_ENGAGED, NULL }, { "legal_aid", "共同生活人数", FACT_PERSONS, NULL },
	{ "legal_aid", "家庭收入", FACT_INCOME, NULL }, { "legal_aid", "本人收入", FACT_OWN, NULL },
	{ "legal_aid", "裁定再审或抗诉", FACT_UNKNOWN, NULL }, { "legal_aid", "有其他原因", FACT_UNKNOWN, NULL },
	{ "legal_aid", "情形", FACT_UNKNOWN, NULL }, { "legal_aid", "期限届满日", FACT_UNKNOWN, NULL },
	{ "notary_relief", "受理日", FACT_DAY, NULL }, { "notary_relief", "事项", FACT_FIXED, "遗嘱公证" },
	{ "notary_relief", "出生日期", FACT_BORN, NULL }, { "notary_relief", "人员", FACT_UNKNOWN, NULL },
	{ "notary_relief", "受援人", FACT_FIXED, "否" }, { "notary_relief", "标价", FACT_UNKNOWN, NULL },
};

static const struct known *
known_find(const struct rules *r, const struct rules_input *in)
{
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (text_equals(rules_package(r)->name, text_of(known[i].package)) && text_equals(in->name, text_of(known[i].input)))
			return &known[i];
	return NULL;
}

bool
policy_city_fits(const struct rules *r, struct text *ret_lacks)
{
	const struct rules_package *k = rules_package(r);

	for (size_t i = 0; i < k->n_inputs; i++)
		if (k->input[i].list < 0 && !k->input[i].has_default && known_find(r, &k->input[i]) == NULL) {
			*ret_lacks = k->input[i].name;
			return false;
		}
	for (size_t i = 0; i < k->n_lists; i++)
		if (!k->list[i].empty_by_default) {
			*ret_lacks = k->list[i].name;
			return false;
		}
	return true;
}

struct making {
	const struct rules *rules;
	const struct rules_input *in;
	const struct known *k;
	struct day day;
	int64_t fixed;
	int64_t word[8];             /* options of the package for matters or statuses; −1: it has none of that name */
};

static bool
making_begin(struct making *m)
{
	const char *const *names = m->k->fact == FACT_MATTER ? matters : statuses;
	size_t n = m->k->fact == FACT_MATTER ? sizeof matters / sizeof matters[0] :
	    m->k->fact == FACT_STATUS ? sizeof statuses / sizeof statuses[0] : 0;

	for (size_t i = 0; i < n; i++)
		if (rules_read(m->rules, m->in->type, text_of(names[i]), &m->word[i]) != RC_OK)
			m->word[i] = -1;
	return m->k->fact != FACT_FIXED || rules_read(m->rules, m->in->type, text_of(m->k->fixed), &m->fixed) == RC_OK;
}

/* −1: the package has no option of that name.  Only birthdays lie below 0 otherwise. */
static int64_t
fact_of(const struct making *m, const struct policy_household *h, uint64_t i)
{
	switch (m->k->fact) {
	case FACT_DAY:
		return m->day.n;
	case FACT_FIXED:
		return m->fixed;
	case FACT_MATTER:
		return m->word[h->matter];
	case FACT_STATUS:
		return m->word[h->status];
	case FACT_PROOF:
		return h->proof;
	case FACT_OPPONENT:
		return h->opponent;
	case FACT_ENGAGED:
		return h->engaged;
	case FACT_PERSONS:
		return h->persons;
	case FACT_INCOME:
		return h->income;
	case FACT_OWN:
		return h->own;
	case FACT_BORN:
		return m->day.n - (int64_t)h->age * 1461 / 4 - (int64_t)(i % 365);
	case FACT_UNKNOWN:
		break;
	}
	return -1;
}

static enum rc
column_make(struct arena *mem, struct making *m, struct rules_population *p, int input, const struct policy_household *h,
    uint64_t from, size_t n)
{
	int64_t *value = arena_array(mem, n, sizeof *value);
	uint8_t *missing = arena_array(mem, n, sizeof *missing);

	if (value == NULL || missing == NULL)
		return RC_NO_MEMORY;
	if (!making_begin(m))
		return RC_NOT_FOUND;
	for (size_t i = 0; i < n; i++) {
		value[i] = fact_of(m, &h[i], from + i);
		missing[i] = m->k->fact != FACT_BORN && value[i] < 0;
	}
	return rules_population_set(p, input, 0, n, value, missing, NULL);
}

enum rc
policy_city_make(struct arena *mem, const struct rules *r, uint64_t seed, uint64_t from, size_t n, struct day day,
    struct rules_population **ret, uint8_t *county, uint16_t *groups)
{
	const struct rules_package *k = rules_package(r);
	struct policy_household *h = arena_array(mem, n, sizeof *h);
	struct text lacks;
	enum rc rc = h == NULL ? RC_NO_MEMORY : policy_city_fits(r, &lacks) ? rules_population_new(mem, r, n, ret) : RC_NOT_FOUND;

	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		h[i] = policy_household(seed, from + i);
		county[i] = h[i].county;
		groups[i] = h[i].groups;
	}
	for (size_t i = 0; rc == RC_OK && i < k->n_inputs; i++) {
		struct making m = { .rules = r, .in = &k->input[i], .day = day };

		m.k = m.in->list < 0 ? known_find(r, m.in) : NULL;
		if (m.k != NULL && m.k->fact != FACT_UNKNOWN)
			rc = column_make(mem, &m, *ret, (int)i, h, from, n);
	}
	return rc;
}
