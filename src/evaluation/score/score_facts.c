#include "evaluation/score/score_internal.h"

#include "kit/crypt/crypt.h"

enum rc
score_facts_print(const struct score_facts *f, struct arena *mem, struct text *ret)
{
	struct buf b;
	enum rc rc;

	buf_init(&b, SCORE_FACTS_BYTES);
	buf_printf(&b, "facts 1\ncontract %lld %d %d %d %d\n", (long long)f->contract, f->period, f->hours, f->from.n, f->to.n);
	for (size_t i = 0; i < f->n_visits; i++) {
		const struct score_visit *v = &f->visit[i];

		buf_printf(&b, "visit %lld %d %d %d %d %d %d %u %d %d %d %d\n", (long long)v->plan, v->slot, v->day.n, v->here, v->excused, v->struck,
		    v->written, v->kinds, v->minutes, v->people, v->words, v->late);
	}
	for (size_t i = 0; i < f->n_reviews; i++)
		buf_printf(&b, "review %lld %lld %d\n", (long long)f->review[i].request, (long long)f->review[i].act, f->review[i].grade);
	if (f->survey.given)
		buf_printf(&b, "survey %d %d %d %d\n", f->survey.v[0], f->survey.v[1], f->survey.v[2], f->survey.v[3]);
	for (int i = 0; i < SCORE_ITEMS; i++)
		if (f->mend[i].is)
			buf_printf(&b, "mend %d %lld\n", i, (long long)f->mend[i].marks);
	rc = buf_rc(&b);
	if (rc == RC_OK)
		*ret = arena_text(mem, buf_text(&b));
	buf_free(&b);
	return rc;
}

/* Numbers of a line; false: fewer or more, or none. */
static bool
numbers(struct text rest, int64_t *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (int64_parse(text_cut(&rest, ' '), INT64_MIN, INT64_MAX, &v[i]) != RC_OK)
			return false;
	return rest.n == 0;
}

static bool
line_read(struct text line, struct score_facts *f)
{
	struct text rest = line, key = text_cut(&rest, ' ');
	int64_t v[12];

	if (text_equals(line, TEXT("facts 1")))
		return true;
	if (text_equals(key, TEXT("contract")) && numbers(rest, v, 5)) {
		f->contract = v[0];
		f->period = (int)v[1];
		f->hours = (int)v[2];
		f->from.n = (int32_t)v[3];
		f->to.n = (int32_t)v[4];
	} else if (text_equals(key, TEXT("visit")) && f->n_visits < SCORE_VISITS_MAX && numbers(rest, v, 12)) {
		struct score_visit visit = { .plan = v[0], .slot = (int32_t)v[1], .day = { (int32_t)v[2] }, .here = v[3] != 0, .excused = v[4] != 0,
			.struck = v[5] != 0, .written = v[6] != 0, .kinds = (unsigned)v[7], .minutes = (int)v[8], .people = (int)v[9],
			.words = (int)v[10], .late = (int)v[11] };

		f->visit[f->n_visits] = visit;
		f->n_visits++;
	} else if (text_equals(key, TEXT("review")) && f->n_reviews < SCORE_REVIEWS_MAX && numbers(rest, v, 3)) {
		struct score_review review = { v[0], v[1], (int)v[2] };

		f->review[f->n_reviews] = review;
		f->n_reviews++;
	} else if (text_equals(key, TEXT("survey")) && numbers(rest, v, 4)) {
		f->survey.given = true;
		for (int i = 0; i < SCORE_ANSWERS; i++)
			f->survey.v[i] = (int)v[i];
	} else if (text_equals(key, TEXT("mend")) && numbers(rest, v, 2) && v[0] >= 0 && v[0] < SCORE_ITEMS) {
		f->mend[v[0]].is = true;
		f->mend[v[0]].marks = v[1];
	} else
		return false;
	return true;
}

static size_t
lines_of(struct text t, struct text head)
{
	size_t n = 0;

	while (t.n > 0)
		n += text_starts_with(text_cut(&t, '\n'), head);
	return n;
}

enum rc
score_facts_parse(struct text t, struct arena *mem, struct score_facts *ret)
{
	*ret = (struct score_facts){ .visit = arena_array(mem, lines_of(t, TEXT("visit ")) + 1, sizeof *ret->visit),
		.review = arena_array(mem, lines_of(t, TEXT("review ")) + 1, sizeof *ret->review) };
	if (ret->visit == NULL || ret->review == NULL)
		return RC_NO_MEMORY;
	if (!text_starts_with(t, TEXT("facts 1\ncontract ")))
		return RC_CORRUPT;
	while (t.n > 0)
		if (!line_read(text_cut(&t, '\n'), ret))
			return RC_CORRUPT;
	return RC_OK;
}

void
score_hash(struct text facts, int64_t scheme, int64_t total, int grade, char out[static SCORE_HASH_CHARS])
{
	static const char digits[] = "0123456789abcdef";
	struct crypt_hasher h;
	unsigned char hash[32];

	crypt_hasher_start(&h);
	crypt_hasher_field(&h, facts);
	crypt_hasher_int(&h, scheme);
	crypt_hasher_int(&h, total);
	crypt_hasher_int(&h, grade);
	crypt_hasher_end(&h, hash);
	for (int i = 0; i < 32; i++) {
		out[2 * i] = digits[hash[i] >> 4];
		out[2 * i + 1] = digits[hash[i] & 15];
	}
	out[64] = '\0';
}
