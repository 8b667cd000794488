#include "evaluation/quality/quality_rule.h"

#include "base/utf8.h"

/* ---- checklists (our own: see data/quality) -------------------------------------------------------------------- */

static const char *const autos[QUALITY_AUTO_COUNT] = { "", "accept", "meeting", "file_read", "evidence", "hearing", "report",
	"limits", "file" };

static enum quality_list_why
item_parse(struct text line, struct quality_item *ret)
{
	struct text points = text_trim(text_cut(&line, '|')), from = text_trim(text_cut(&line, '|'));
	struct text label = text_trim(text_cut(&line, '|'));
	int64_t n = 0;
	int a = 0;

	if (int64_parse(points, 1, QUALITY_WHOLE, &n) != RC_OK)
		return QUALITY_LIST_POINTS;
	while (a < QUALITY_AUTO_COUNT && !text_equals(from, text_of(autos[a])))
		a++;
	if (a == QUALITY_AUTO_COUNT)
		return QUALITY_LIST_AUTO;
	if (utf8_length(label) < 2 || utf8_length(label) > 60)
		return QUALITY_LIST_LABEL;
	ret->points = (int)n;
	ret->from = (enum quality_auto)a;
	ret->label = label;
	ret->hint = text_trim(line);
	return QUALITY_LIST_OK;
}

enum quality_list_why
quality_checklist_parse(struct text body, struct quality_checklist *ret, int *ret_line)
{
	int whole = 0;

	ret->n = 0;
	for (*ret_line = 1; body.n > 0; ++*ret_line) {
		struct text line = text_trim(text_cut(&body, '\n'));
		enum quality_list_why why;

		if (line.n == 0 || line.p[0] == '#')
			continue;
		if (ret->n == QUALITY_ITEMS_MAX)
			return QUALITY_LIST_MANY;
		why = text_contains(line, TEXT("|")) ? item_parse(line, &ret->v[ret->n]) : QUALITY_LIST_LINE;
		if (why != QUALITY_LIST_OK)
			return why;
		whole += ret->v[ret->n++].points;
	}
	*ret_line = whole;
	return whole == QUALITY_WHOLE ? QUALITY_LIST_OK : QUALITY_LIST_WHOLE;
}

enum quality_kind
quality_kind_of(int aid_kind)
{
	return aid_kind == AID_CIVIL || aid_kind == AID_RETRIAL ? QUALITY_CIVIL : QUALITY_CRIMINAL;
}

/* ---- what the records suggest -------------------------------------------------------------------------------------- */

/* All for `full` and more, half for one less, nothing below. */
static int
graded(int points, int64_t n, int64_t full)
{
	return n >= full ? points : n == full - 1 && n > 0 ? points / 2 : 0;
}

/* The other way round: all for none, half for one. */
static int
spared(int points, int64_t n)
{
	return n <= 0 ? points : n == 1 ? points / 2 : 0;
}

int
quality_suggest(enum quality_auto from, int points, const struct quality_facts *f, int64_t *ret_n)
{
	switch (from) {
	case QUALITY_A_ACCEPT:
		*ret_n = f->accept_days;
		return f->accept_days < 0 ? -1 : f->accept_days <= 3 ? points : f->accept_days <= 5 ? points / 2 : 0;
	case QUALITY_A_MEETING:
		*ret_n = f->meetings;
		return graded(points, f->meetings, 1);
	case QUALITY_A_FILE_READ:
		*ret_n = f->file_reads;
		return graded(points, f->file_reads, 1);
	case QUALITY_A_EVIDENCE:
		*ret_n = f->evidence;
		return graded(points, f->evidence, 1);
	case QUALITY_A_HEARING: /* none may be right: a settled case has none */
		*ret_n = f->hearings;
		return f->hearings > 0 ? points : -1;
	case QUALITY_A_REPORT:
		*ret_n = f->reports;
		return graded(points, f->reports, 2);
	case QUALITY_A_LIMITS:
		*ret_n = f->late;
		return spared(points, f->late);
	case QUALITY_A_FILE:
		*ret_n = f->returned;
		return spared(points, f->returned);
	case QUALITY_NO_AUTO: case QUALITY_AUTO_COUNT:
		break;
	}
	*ret_n = 0;
	return -1;
}

/* ---- dice: xoshiro256++ out of 32 bytes, a stream for each use, both stirred together ----------------------------------------------------- */

struct dice { uint64_t s[4]; };

static uint64_t
mixed(uint64_t *z)
{
	uint64_t x = (*z += UINT64_C(0x9e3779b97f4a7c15));

	x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
	return x ^ (x >> 31);
}

static struct dice
dice_of(const unsigned char seed[static 32], uint64_t stream)
{
	struct dice d;

	for (size_t i = 0; i < 4; i++) {
		d.s[i] = 0;
		for (size_t k = 0; k < 8; k++)
			d.s[i] = d.s[i] << 8 | seed[i * 8 + k];
		stream ^= d.s[i];
		stream = mixed(&stream);
	}
	for (size_t i = 0; i < 4; i++)
		d.s[i] ^= mixed(&stream);
	return d;
}

static uint64_t
turned(uint64_t x, unsigned by)
{
	return x << by | x >> (64 - by);
}

static uint64_t
thrown(struct dice *d)
{
	uint64_t out = turned(d->s[0] + d->s[3], 23) + d->s[0], t = d->s[1] << 17;

	d->s[2] ^= d->s[0];
	d->s[3] ^= d->s[1];
	d->s[1] ^= d->s[2];
	d->s[0] ^= d->s[3];
	d->s[2] ^= t;
	d->s[3] = turned(d->s[3], 45);
	return out;
}

/* 0 .. n-1, all equally likely: what lies past the last whole multiple is thrown again. */
static uint64_t
below(struct dice *d, uint64_t n)
{
	uint64_t over = (0 - n) % n, x;

	do
		x = thrown(d);
	while (x < over);
	return x % n;
}

/* ---- the draw --------------------------------------------------------------------------------------------------------- */

int64_t
quality_sample(int64_t n, int64_t wanted, int64_t percent)
{
	int64_t k = wanted > 0 ? wanted : (n * percent + 99) / 100;

	if (k < 1)
		k = 1;
	return k < n ? k : n;
}

void
quality_shuffle(const unsigned char seed[static 32], uint32_t *order, size_t n)
{
	struct dice d = dice_of(seed, 0);

	for (size_t i = 0; i < n; i++)
		order[i] = (uint32_t)i;
	for (size_t i = n; i > 1; i--) {
		size_t k = (size_t)below(&d, i);
		uint32_t was = order[i - 1];

		order[i - 1] = order[k];
		order[k] = was;
	}
}

static bool
goes_before(const struct quality_seat *a, const struct quality_seat *b)
{
	if (a->load != b->load)
		return a->load < b->load;
	return a->lot != b->lot ? a->lot < b->lot : a->account < b->account;
}

size_t
quality_pick(const unsigned char seed[static 32], int64_t file, int turn, size_t k, struct quality_seat *v, size_t n)
{
	struct dice d = dice_of(seed, (uint64_t)file * 31 + (uint64_t)turn + 1);
	size_t found = 0;

	for (size_t i = 0; i < n; i++) {
		v[i].chosen = false;
		v[i].lot = thrown(&d);
	}
	for (; found < k; found++) {
		struct quality_seat *best = NULL;

		for (size_t i = 0; i < n; i++)
			if (v[i].why == QUALITY_MAY && !v[i].chosen && (best == NULL || goes_before(&v[i], best)))
				best = &v[i];
		if (best == NULL)
			break;
		best->chosen = true;
	}
	return found;
}

/* ---- scores -------------------------------------------------------------------------------------------------------------- */

static void
sort(int *v, size_t n)
{
	for (size_t i = 1; i < n; i++)
		for (size_t k = i; k > 0 && v[k] < v[k - 1]; k--) {
			int was = v[k];

			v[k] = v[k - 1];
			v[k - 1] = was;
		}
}

static int
mean(const int *v, size_t n)
{
	int sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += v[i];
	return (sum * 10 * 2 + (int)n) / (2 * (int)n);
}

enum quality_settled
quality_settle(const int *scores, size_t n, size_t per_file, int gap, int *ret_tenths)
{
	int v[QUALITY_SCORES_MAX], least = QUALITY_WHOLE + 1;
	size_t at = 0, times = 0;

	if (n < per_file || n == 0 || n > QUALITY_SCORES_MAX)
		return QUALITY_WAIT;
	for (size_t i = 0; i < n; i++)
		v[i] = scores[i];
	sort(v, n);
	if (n == per_file && n > 1 && v[n - 1] - v[0] > gap)
		return QUALITY_ONE_MORE;
	for (size_t i = 1; i < n; i++) {
		if (v[i] - v[i - 1] < least) {
			least = v[i] - v[i - 1];
			at = i - 1;
			times = 0;
		}
		times += v[i] - v[i - 1] == least;
	}
	*ret_tenths = n > per_file && n > 2 && times == 1 ? mean(v + at, 2) : mean(v, n);
	return QUALITY_SETTLED;
}

enum quality_grade
quality_grade_of(int tenths, const struct quality_bounds *b)
{
	if (tenths >= b->excellent * 10)
		return QUALITY_EXCELLENT;
	if (tenths >= b->good * 10)
		return QUALITY_GOOD;
	return tenths >= b->pass * 10 ? QUALITY_PASS : QUALITY_FAIL;
}

struct quality_verdict
quality_marks_judge(const struct quality_checklist *c, const struct quality_mark *v, const int *suggested,
    const struct quality_bounds *b, int *ret_score)
{
	int sum = 0;

	for (int i = 0; i < c->n; i++) {
		bool low = v[i].points * 100 < c->v[i].points * b->low_percent;

		if (v[i].points < 0 || v[i].points > c->v[i].points)
			return (struct quality_verdict){ QUALITY_OUT_OF_BOUNDS, i + 1 };
		if ((low || (suggested[i] >= 0 && v[i].points < suggested[i])) && utf8_length(text_trim(v[i].note)) < QUALITY_WORDS_MIN)
			return (struct quality_verdict){ QUALITY_NO_NOTE, i + 1 };
		if (utf8_length(v[i].note) > QUALITY_WORDS_MAX)
			return (struct quality_verdict){ QUALITY_OUT_OF_BOUNDS, i + 1 };
		sum += v[i].points;
	}
	*ret_score = sum;
	return (struct quality_verdict){ QUALITY_YES, 0 };
}

bool
quality_was_heard(bool spoke, struct day told, struct day today, int64_t days)
{
	return spoke || today.n > told.n + days;
}

/* ---- answers ----------------------------------------------------------------------------------------------------------------- */

int
quality_answers_pack(const int *v, int n)
{
	int packed = 0;

	for (int i = 0; i < n; i++) {
		if (v[i] < 1 || v[i] > 5)
			return -1;
		packed = packed * 10 + v[i];
	}
	return packed;
}

bool
quality_answers_low(int packed)
{
	for (; packed > 0; packed /= 10)
		if (packed % 10 <= 2)
			return true;
	return false;
}
