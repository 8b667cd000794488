#include "fuzz.h"
#include "evaluation/score/score.h"
#include "operations/paper/paper.h"
#include "supply/portal/topic.h"

static void
faults_check(const struct sheet_faults *f, struct arena *a)
{
	PROMISE(f->n <= SHEET_FAULTS_MAX);
	for (size_t i = 0; i < f->n; i++) {
		struct text t = sheet_fault_text(a, i % 2 == 0 ? LANG_ZH : LANG_EN, &f->v[i]);

		PROMISE(f->v[i].line >= 0 && t.p != NULL && t.n > 0);
		PROMISE(utf8_check(t, true) == UTF8_FINE);
	}
}

/* As long as both are small, the lines of a difference give both texts back. */
static void
diff_check(struct arena *a, struct text before, struct text after)
{
	struct sheet_line *v = NULL;
	size_t n = 0, gone = 0, fresh = 0, same = 0, lines = 0;

	if (sheet_diff(a, before, after, &v, &n) != RC_OK)
		return;
	for (size_t i = 0; i < n; i++) {
		gone += v[i].mark == SHEET_GONE;
		fresh += v[i].mark == SHEET_NEW;
		same += v[i].mark == SHEET_SAME;
	}
	for (struct text rest = after; rest.n > 0; lines++)
		text_cut(&rest, '\n');
	PROMISE(same + fresh == lines && same + fresh + gone == n);
}

/* A scheme that is taken can be counted with: its marks are whole, its last grade begins at 0. */
static void
scheme_check(struct text t)
{
	struct score_scheme_fault faults[SCORE_FAULTS];
	struct score_scheme s;
	int64_t full = 0;
	size_t n = 0;
	bool fine = score_scheme_parse(t, &s, faults, &n);

	PROMISE(fine == (n == 0) && n <= SCORE_FAULTS && s.n_grades <= SCORE_GRADES);
	for (int i = 0; i < SCORE_ITEMS; i++)
		full += s.item[i].full;
	PROMISE(!fine || (full == 10000 && s.n_grades > 0 && s.grade[s.n_grades - 1].least == 0));
}

/* Texts that people write on a page: a template of a paper, a topic of rights, and what is different in two of them. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_create((size_t)32 << 20);
	struct paper_template *paper = a == NULL ? NULL : ARENA_NEW(a, struct paper_template);
	struct topic_text *topic = a == NULL ? NULL : ARENA_NEW(a, struct topic_text);
	struct text t = fuzz_text(data, size), half = { t.p, t.n / 2 };
	struct sheet_faults f = { .n = 0 };
	enum rc rc;

	if (paper == NULL || topic == NULL || utf8_check(t, true) != UTF8_FINE) { /* at the door nothing else comes in */
		arena_free(a);
		return 0;
	}
	rc = paper_template_parse(t, paper, &f);
	PROMISE((rc == RC_OK) == (f.n == 0));
	PROMISE(rc != RC_OK || (paper->n_blocks > 0 && paper->n_blocks <= PAPER_BLOCKS_MAX && paper->n_declared <= PAPER_DECLARED_MAX));
	faults_check(&f, a);
	rc = topic_parse(t, topic, &f);
	PROMISE((rc == RC_OK) == (f.n == 0));
	PROMISE(topic->n_right <= TOPIC_LINES_MAX && topic->n_law <= TOPIC_LINES_MAX && topic->n_paper <= TOPIC_LINES_MAX);
	faults_check(&f, a);
	scheme_check(t);
	diff_check(a, half, t);
	arena_free(a);
	return 0;
}
