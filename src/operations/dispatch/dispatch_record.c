/*
 * The canonical bytes of a decision.  Input: one line "case PLACE HOLDER", then one line of FACTS numbers for
 * each candidate in order of account.  Output: one line "RANK ACCOUNT BAR SCORE PARTS…" for each, in order of
 * rank; a barred one has rank 0.  Decimal numbers with one blank between, each line ended by a line feed: one
 * and only one text for the same facts.
 */
#include "operations/dispatch/dispatch_rule.h"

#include <stdlib.h>

#define FACTS 17

static int
account_compare(const void *x, const void *y)
{
	const struct candidate *a = x, *b = y;

	return a->account < b->account ? -1 : a->account > b->account;
}

static void
put_line(struct buf *out, const int64_t *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_char(out, ' ');
		buf_int(out, v[i]);
	}
	buf_char(out, '\n');
}

enum rc
dispatch_input_print(struct buf *out, struct place place, int64_t holder, struct candidate *c, size_t n)
{
	if (n > 1)
		qsort(c, n, sizeof *c, account_compare);
	buf_add(out, TEXT("case "));
	put_line(out, (const int64_t[]){ place.code, holder }, 2);
	for (size_t i = 0; i < n; i++)
		put_line(out, (const int64_t[FACTS]){ c[i].account, c[i].point, c[i].tier, c[i].place.code, c[i].load,
		    c[i].capacity, c[i].lists_items, c[i].has_item, c[i].point_lists_items, c[i].point_has_item,
		    c[i].returned, c[i].open, c[i].duty, c[i].speaks, c[i].conflict, c[i].recent, c[i].served_days }, FACTS);
	return buf_rc(out);
}

enum rc
dispatch_output_print(struct buf *out, const struct candidate *c, size_t n)
{
	int64_t v[4 + PART_COUNT], rank = 0;

	for (size_t i = 0; i < n; i++) {
		v[0] = c[i].bar == BAR_NONE ? ++rank : 0;
		v[1] = c[i].account;
		v[2] = c[i].bar;
		v[3] = c[i].score;
		for (int p = 0; p < PART_COUNT; p++)
			v[4 + p] = c[i].part[p];
		put_line(out, v, 4 + PART_COUNT);
	}
	return buf_rc(out);
}

static enum rc
numbers_read(struct text line, int64_t *ret, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (int64_parse(text_cut(&line, ' '), INT64_MIN, INT64_MAX, &ret[i]) != RC_OK)
			return RC_CORRUPT;
	return line.n == 0 ? RC_OK : RC_CORRUPT;
}

static enum rc
candidate_read(struct text line, struct candidate *ret)
{
	int64_t v[FACTS];
	enum rc rc = numbers_read(line, v, FACTS);

	for (int i = 2; rc == RC_OK && i < FACTS; i++)
		if (i != 3 && (v[i] < -1 || v[i] > INT32_MAX))
			rc = RC_CORRUPT;
	for (int i = 11; rc == RC_OK && i <= 13; i++)
		if (v[i] < FACT_NO || v[i] > FACT_UNKNOWN)
			rc = RC_CORRUPT;
	if (rc != RC_OK)
		return rc;
	*ret = (struct candidate){ .account = v[0], .point = v[1], .tier = (enum tier)v[2], .place = { v[3] },
		.load = (int)v[4], .capacity = (int)v[5], .lists_items = v[6] != 0, .has_item = v[7] != 0,
		.point_lists_items = v[8] != 0, .point_has_item = v[9] != 0, .returned = v[10] != 0,
		.open = (enum fact)v[11], .duty = (enum fact)v[12], .speaks = (enum fact)v[13], .conflict = v[14] != 0,
		.recent = (int)v[15], .served_days = (int)v[16] };
	return RC_OK;
}

enum rc
dispatch_decide_again(const struct decision *d, struct candidate *ret, size_t cap, size_t *ret_n)
{
	struct text rest = d->input, head = text_cut(&rest, '\n');
	int64_t facts[2];
	size_t n = 0;
	enum rc rc = text_equals(text_cut(&head, ' '), TEXT("case")) ? numbers_read(head, facts, 2) : RC_CORRUPT;

	while (rc == RC_OK && rest.n > 0) {
		if (n == cap)
			return RC_TOO_LARGE;
		rc = candidate_read(text_cut(&rest, '\n'), &ret[n++]);
	}
	if (rc != RC_OK)
		return rc;
	dispatch_rank(&d->weights, d->seed, (struct place){ facts[0] }, facts[1], ret, n);
	*ret_n = n;
	return RC_OK;
}

static size_t
lines_of(struct text t)
{
	size_t n = 0;

	for (size_t i = 0; i < t.n; i++)
		n += t.p[i] == '\n';
	return n;
}

enum rc
dispatch_replay(const struct decision *d, struct arena *mem, bool *ret_same)
{
	size_t n = 0, cap = lines_of(d->input) + 1;
	struct candidate *c = arena_array(mem, cap, sizeof *c);
	struct buf out;
	enum rc rc;

	if (c == NULL)
		return RC_NO_MEMORY;
	if (d->engine != DISPATCH_ENGINE) /* another rule: what it would have said is not known here */
		return RC_REFUSED;
	buf_init(&out, DISPATCH_RECORD_MAX);
	rc = dispatch_decide_again(d, c, cap, &n);
	if (rc == RC_OK)
		rc = dispatch_output_print(&out, c, n);
	if (rc == RC_OK)
		*ret_same = text_equals(buf_text(&out), d->output);
	buf_free(&out);
	return rc;
}
