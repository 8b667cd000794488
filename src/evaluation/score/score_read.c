/* What is recorded of the contracts of a place in a period, and what it comes to. */
#include "evaluation/score/score_store.h"

#include "resources/identity/identity.h"

#define VISITS_MAX 12000
#define EXCUSED_MAX 4000

bool
score_may_manage(const struct actor *actor, struct place village)
{
	return actor->kind == ACTOR_SYSTEM || (actor->kind == ACTOR_ACCOUNT && actor_may(actor, RIGHT_ADVISORS) && place_range_has(actor->places, village));
}

static bool
may_read(const struct actor *actor, const struct score *s)
{
	if (score_may_manage(actor, s->village) || (s->account != 0 && actor->kind == ACTOR_ACCOUNT && s->account == actor->account))
		return true;
	return actor->kind == ACTOR_ACCOUNT && actor_may(actor, RIGHT_FIGURES) && place_range_has(actor->places, s->village);
}

/* ---- schemes ----------------------------------------------------------------------------------------------------------- */

static enum rc
parsed(enum rc rc, const struct sheet_version *v, struct score_scheme *ret)
{
	struct score_scheme_fault faults[SCORE_FAULTS];
	size_t n = 0;

	return rc != RC_OK ? rc : score_scheme_parse(v->sheet.text, ret, faults, &n) ? RC_OK : RC_CORRUPT;
}

enum rc
score_scheme_of(struct tx *tx, const struct actor *actor, int period, struct score_scheme *ret, int64_t *ret_version)
{
	struct sheet_version v = { .id = 0 };
	struct day first, last;
	enum rc rc;

	if (!score_period_days(period, &first, &last))
		return RC_NOT_FOUND;
	rc = sheet_current(tx, actor, &score_sheet, TEXT(SCORE_SHEET_NAME), last, &v);
	*ret_version = v.id;
	return parsed(rc, &v, ret);
}

enum rc
score_scheme_load(struct tx *tx, const struct actor *actor, int64_t version, struct score_scheme *ret)
{
	struct sheet_version v;
	enum rc rc = sheet_load(tx, actor, &score_sheet, TEXT(SCORE_SHEET_NAME), version, &v);

	return parsed(rc, &v, ret);
}

/* ---- facts --------------------------------------------------------------------------------------------------------------- */

struct raw { int64_t place, provider; bool today; struct score_visit v; };
struct gather {
	struct place within;
	int64_t contract;        /* 0: all of the place */
	int period;
	bool preview;            /* closed ones, too, as they would be now */
	struct day first, last, today;
	int64_t county_share, version;
	struct score_scheme *scheme;
	struct score *v;
	size_t cap, n;
};

static enum rc
contracts_read(struct tx *tx, const struct actor *actor, struct gather *g)
{
	struct place_range r = place_range(g->within);
	ROWS row = NULL;
	enum rc rc = g->contract != 0 ? tx_rows(tx, actor, &score_q[E_CONTRACT], ARGS(db_int(g->contract)), &row)
	    : tx_rows(tx, actor, &score_q[E_CONTRACTS], ARGS(db_int(r.lo), db_int(r.hi), db_int(g->first.n), db_int(g->last.n),
	        db_int((int64_t)g->cap)), &row);

	while (rc == RC_OK && g->n < g->cap && (rc = rows_next(row)) == RC_OK) {
		struct score s = { .contract = rows_int(row, 0), .village = { rows_int(row, 1) }, .provider = rows_int(row, 2), .fee = rows_int(row, 6),
			.account = rows_int(row, 9), .county_share = (int)g->county_share, .scheme = g->scheme, .scheme_version = g->version };
		struct day from = { (int32_t)rows_int(row, 3) }, to = { (int32_t)rows_int(row, 4) };

		s.facts = (struct score_facts){ .contract = s.contract, .period = g->period, .hours = (int)rows_int(row, 5),
			.from = from.n > g->first.n ? from : g->first, .to = to.n < g->last.n ? to : g->last };
		if (s.facts.to.n < s.facts.from.n || !may_read(actor, &s))
			continue;
		s.name = rows_copy(row, 7);
		s.firm = rows_copy(row, 8);
		g->v[g->n++] = s;
		g->within = g->contract != 0 ? s.village : g->within;
	}
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
visits_read(struct tx *tx, const struct actor *actor, const struct gather *g, struct raw *v, size_t *ret_n)
{
	struct place_range r = place_range(g->within);
	int32_t until = g->today.n < g->last.n ? g->today.n : g->last.n;
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &score_q[E_VISITS], ARGS(db_int(r.lo), db_int(r.hi), db_int(g->first.n), db_int(until),
	    db_int(VISITS_MAX)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < VISITS_MAX && (rc = rows_next(row)) == RC_OK) {
		struct raw x = { .place = rows_int(row, 0), .provider = rows_int(row, 1), .v = { .plan = rows_int(row, 2), .slot = (int32_t)rows_int(row, 3),
			.day = { (int32_t)rows_int(row, 4) }, .here = !rows_is_null(row, 5), .written = !rows_is_null(row, 10), .struck = rows_int(row, 11) != 0 } };

		if (x.v.written) {
			x.v.kinds = (unsigned)rows_int(row, 6);
			x.v.minutes = (int)rows_int(row, 7);
			x.v.people = (int)rows_int(row, 8);
			x.v.words = (int)rows_int(row, 9);
			x.v.late = day_of_moment(rows_int(row, 10)).n - x.v.day.n;
		}
		x.today = x.v.day.n == g->today.n;
		v[(*ret_n)++] = x;
	}
	return rc == RC_DONE ? RC_OK : rc;
}

/* Those of one contract: the adviser's own; a visit of today is missed only when the day is over. */
static enum rc
visits_give(struct arena *mem, struct score *s, const struct raw *v, size_t n)
{
	struct score_facts *f = &s->facts;

	f->visit = arena_array(mem, SCORE_VISITS_MAX < n + 1 ? SCORE_VISITS_MAX : n + 1, sizeof *f->visit);
	if (f->visit == NULL)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < n; i++) {
		if (v[i].provider != s->provider || v[i].v.day.n < f->from.n || v[i].v.day.n > f->to.n || (v[i].today && !v[i].v.here))
			continue;
		if (f->n_visits == SCORE_VISITS_MAX)
			return RC_TOO_MANY;
		f->visit[f->n_visits] = v[i].v;
		f->n_visits++;
	}
	return RC_OK;
}

static enum rc
visits_share(struct tx *tx, const struct actor *actor, struct gather *g)
{
	struct raw *v = arena_array(tx_mem(tx), VISITS_MAX, sizeof *v);
	size_t n = 0, at = 0;
	enum rc rc = v == NULL ? RC_NO_MEMORY : visits_read(tx, actor, g, v, &n);

	for (size_t i = 0; rc == RC_OK && i < g->n; i++) {
		size_t end;

		while (at < n && v[at].place < g->v[i].village.code)
			at++;
		for (end = at; end < n && v[end].place == g->v[i].village.code;)
			end++;
		rc = visits_give(tx_mem(tx), &g->v[i], v + at, end - at);
	}
	return rc;
}

static struct score *
of_contract(struct gather *g, int64_t contract)
{
	for (size_t i = 0; i < g->n; i++)
		if (g->v[i].contract == contract)
			return &g->v[i];
	return NULL;
}

static enum rc
excused_mark(struct tx *tx, const struct actor *actor, struct gather *g)
{
	struct place_range r = place_range(g->within);
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &score_q[E_EXCUSED], ARGS(db_int(r.lo), db_int(r.hi), db_int(g->first.n), db_int(g->last.n),
	    db_int(EXCUSED_MAX)), &row);

	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK) {
		struct score *s = of_contract(g, rows_int(row, 0));

		for (size_t k = 0; s != NULL && k < s->facts.n_visits; k++)
			if (s->facts.visit[k].day.n == rows_int(row, 1) && !s->facts.visit[k].here)
				s->facts.visit[k].excused = true;
	}
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
answers_read(struct tx *tx, const struct actor *actor, struct gather *g)
{
	struct place_range r = place_range(g->within);
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &score_q[E_ANSWERS], ARGS(db_int(g->period), db_int(r.lo), db_int(r.hi), db_int(EXCUSED_MAX)), &row);

	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK) {
		struct score *s = of_contract(g, rows_int(row, 0));

		if (s == NULL)
			continue;
		s->facts.survey.given = true;
		for (int k = 0; k < SCORE_ANSWERS; k++)
			s->facts.survey.v[k] = (int)rows_int(row, k + 1);
	}
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
reviews_read(struct tx *tx, const struct actor *actor, struct score *s)
{
	struct score_facts *f = &s->facts;
	struct place_range r = place_range(s->village);
	ROWS row = NULL;
	enum rc rc;

	if (s->account == 0)
		return RC_OK;
	f->review = arena_array(tx_mem(tx), SCORE_REVIEWS_MAX, sizeof *f->review);
	if (f->review == NULL)
		return RC_NO_MEMORY;
	rc = tx_rows(tx, actor, &score_q[E_REVIEWS], ARGS(db_int(s->account), db_int(day_start_ms(f->from)), db_int(day_start_ms(day_add(f->to, 1))),
	    db_int(r.lo), db_int(r.hi), db_int(SCORE_REVIEWS_MAX)), &row);
	while (rc == RC_OK && f->n_reviews < SCORE_REVIEWS_MAX && (rc = rows_next(row)) == RC_OK) {
		struct score_review x = { rows_int(row, 0), rows_int(row, 1), (int)rows_int(row, 2) };

		f->review[f->n_reviews] = x;
		f->n_reviews++;
	}
	return rc == RC_DONE ? RC_OK : rc;
}

/* ---- what is closed ---------------------------------------------------------------------------------------------------- */

static enum rc
closed_take(struct tx *tx, const struct rows *row, bool preview, struct score *s)
{
	s->closed = (struct score_closed){ .id = rows_int(row, 1), .version = (int)rows_int(row, 2), .account = rows_int(row, 8),
		.at_ms = rows_int(row, 9), .why = rows_copy(row, 10), .appeal = rows_int(row, 11), .by = rows_copy(row, 12),
		.total = rows_int(row, 5), .grade = (int)rows_int(row, 6) };
	if (preview)
		return RC_OK;
	s->scheme_version = rows_int(row, 3);
	s->county_share = (int)rows_int(row, 7);
	return score_facts_parse(rows_copy(row, 4), tx_mem(tx), &s->facts);
}

static enum rc
closed_read(struct tx *tx, const struct actor *actor, struct gather *g)
{
	struct place_range r = place_range(g->within);
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &score_q[E_CLOSED], ARGS(db_int(g->period), db_int(r.lo), db_int(r.hi), db_int(EXCUSED_MAX)), &row);

	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK) {
		struct score *s = of_contract(g, rows_int(row, 0));

		if (s != NULL)
			rc = closed_take(tx, row, g->preview, s);
	}
	return rc == RC_DONE ? RC_OK : rc;
}

/* A closed score is judged by its own version of the scheme. */
static enum rc
judge_all(struct tx *tx, const struct actor *actor, struct gather *g)
{
	struct score_scheme *own = g->scheme;
	int64_t version = g->version;
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < g->n; i++) {
		struct score *s = &g->v[i];

		if (s->scheme_version != version) {
			own = ARENA_NEW(tx_mem(tx), struct score_scheme);
			rc = own == NULL ? RC_NO_MEMORY : score_scheme_load(tx, actor, s->scheme_version, own);
			version = s->scheme_version;
		}
		if (rc != RC_OK)
			return rc;
		s->scheme = own;
		score_judge(own, &s->facts, &s->marks);
		if (s->marks.grade >= 0)
			s->pay = score_pay(s->fee, s->facts.from, s->facts.to, own->grade[s->marks.grade].pay, s->county_share);
	}
	return rc;
}

static enum rc
gather_all(struct tx *tx, const struct actor *actor, struct gather *g)
{
	enum rc rc;

	g->today = day_of_moment(tx_now_ms(tx));
	if (!score_period_days(g->period, &g->first, &g->last))
		return RC_NOT_FOUND;
	g->scheme = ARENA_NEW(tx_mem(tx), struct score_scheme);
	rc = g->scheme == NULL ? RC_NO_MEMORY : score_scheme_of(tx, actor, g->period, g->scheme, &g->version);
	if (rc == RC_OK)
		rc = setting_read(tx, actor, &score_settings[SCORE_COUNTY_SHARE], &g->county_share);
	if (rc == RC_OK)
		rc = contracts_read(tx, actor, g);
	if (rc == RC_OK && g->n > 0)
		rc = visits_share(tx, actor, g);
	if (rc == RC_OK && g->n > 0)
		rc = excused_mark(tx, actor, g);
	if (rc == RC_OK && g->n > 0)
		rc = answers_read(tx, actor, g);
	for (size_t i = 0; rc == RC_OK && i < g->n; i++)
		rc = reviews_read(tx, actor, &g->v[i]);
	if (rc == RC_OK && g->n > 0)
		rc = closed_read(tx, actor, g);
	return rc == RC_OK ? judge_all(tx, actor, g) : rc;
}

enum rc
score_list(struct tx *tx, const struct actor *actor, struct place within, int period, struct score *ret, size_t cap, size_t *ret_n)
{
	struct gather g = { .within = within, .period = period, .v = ret, .cap = cap };
	enum rc rc = gather_all(tx, actor, &g);

	*ret_n = g.n;
	return rc;
}

static enum rc
one(struct tx *tx, const struct actor *actor, int64_t contract, int period, bool preview, struct score *ret)
{
	struct gather g = { .contract = contract, .period = period, .preview = preview, .v = ret, .cap = 1 };
	enum rc rc = contract <= 0 ? RC_NOT_FOUND : gather_all(tx, actor, &g);

	return rc == RC_OK && g.n == 0 ? RC_NOT_FOUND : rc;
}

enum rc
score_load(struct tx *tx, const struct actor *actor, int64_t contract, int period, struct score *ret)
{
	return one(tx, actor, contract, period, false, ret);
}

enum rc
score_preview(struct tx *tx, const struct actor *actor, int64_t contract, int period, struct score *ret)
{
	return one(tx, actor, contract, period, true, ret);
}

enum rc
score_versions(struct tx *tx, const struct actor *actor, int64_t contract, int period, struct score_closed *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &score_q[E_VERSIONS], ARGS(db_int(contract), db_int(period), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK) {
		struct score_closed c = { .id = rows_int(row, 0), .version = (int)rows_int(row, 1), .total = rows_int(row, 2), .grade = (int)rows_int(row, 3),
			.account = rows_int(row, 4), .at_ms = rows_int(row, 5), .why = rows_copy(row, 6), .appeal = rows_int(row, 7), .by = rows_copy(row, 8) };

		ret[*ret_n] = c;
		(*ret_n)++;
	}
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
score_mine(struct tx *tx, const struct actor *actor, struct score_own *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &score_q[E_OWN], ARGS(db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK) {
		struct score_own o = { rows_int(row, 0), { rows_int(row, 1) }, { (int32_t)rows_int(row, 2) }, { (int32_t)rows_int(row, 3) } };

		ret[*ret_n] = o;
		(*ret_n)++;
	}
	return rc == RC_DONE ? RC_OK : rc;
}

/* ---- for verify ---------------------------------------------------------------------------------------------------------- */

struct kept { int64_t id, scheme, total; int grade; struct text facts, hash; };

static enum rc
check_one(struct tx *tx, const struct actor *actor, const struct kept *k, bool *ret_fine)
{
	char hash[SCORE_HASH_CHARS];
	struct score_scheme *scheme = ARENA_NEW(tx_mem(tx), struct score_scheme);
	struct score_facts facts;
	struct score_marks marks;
	struct text again = TEXT_NONE;
	enum rc rc = scheme == NULL ? RC_NO_MEMORY : score_scheme_load(tx, actor, k->scheme, scheme);

	*ret_fine = false;
	if (rc == RC_OK)
		rc = score_facts_parse(k->facts, tx_mem(tx), &facts);
	if (rc == RC_NOT_FOUND || rc == RC_CORRUPT)
		return RC_OK;
	if (rc == RC_OK)
		rc = score_facts_print(&facts, tx_mem(tx), &again);
	if (rc != RC_OK)
		return rc;
	score_judge(scheme, &facts, &marks);
	score_hash(k->facts, k->scheme, k->total, k->grade, hash);
	*ret_fine = text_equals(again, k->facts) && text_equals(k->hash, text_of(hash)) && marks.total == k->total && marks.grade == k->grade;
	return RC_OK;
}

#define CHECK_PAGE 100

enum rc
score_check(struct tx *tx, const struct actor *actor, int64_t *ret_n, int64_t *ret_bad, int64_t *ret_first)
{
	struct kept *v = arena_array(tx_mem(tx), CHECK_PAGE, sizeof *v);
	size_t n = CHECK_PAGE;
	int64_t after = 0;
	enum rc rc = v == NULL ? RC_NO_MEMORY : RC_OK;

	*ret_n = *ret_bad = *ret_first = 0;
	while (rc == RC_OK && n == CHECK_PAGE) {
		ROWS row = NULL;

		n = 0;
		rc = tx_rows(tx, actor, &score_q[E_CHECK], ARGS(db_int(after), db_int(CHECK_PAGE)), &row);
		while (rc == RC_OK && n < CHECK_PAGE && (rc = rows_next(row)) == RC_OK) {
			struct kept k = { rows_int(row, 0), rows_int(row, 1), rows_int(row, 3), (int)rows_int(row, 4), rows_copy(row, 2), rows_copy(row, 5) };

			v[n++] = k;
		}
		rc = rc == RC_DONE ? RC_OK : rc;
		for (size_t i = 0; rc == RC_OK && i < n; i++) {
			bool fine = false;

			rc = check_one(tx, actor, &v[i], &fine);
			after = v[i].id;
			*ret_n += 1;
			if (rc == RC_OK && !fine && (*ret_bad)++ == 0)
				*ret_first = v[i].id;
		}
	}
	return rc;
}
