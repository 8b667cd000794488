/* Which lines are new, which are gone: the longest run of lines that both have, in order. */
#include "standards/sheet/sheet.h"

static enum rc
lines_of(struct arena *mem, struct text t, struct text **ret, size_t *ret_n)
{
	struct text *v = arena_array(mem, SHEET_LINES_MAX + 1, sizeof *v);

	*ret = v;
	*ret_n = 0;
	if (v == NULL)
		return RC_NO_MEMORY;
	while (t.n > 0 && *ret_n <= SHEET_LINES_MAX)
		v[(*ret_n)++] = text_cut(&t, '\n');
	return *ret_n > SHEET_LINES_MAX ? RC_TOO_LARGE : RC_OK;
}

enum rc
sheet_diff(struct arena *mem, struct text before, struct text after, struct sheet_line **ret, size_t *ret_n)
{
	struct text *a, *b;
	size_t n = 0, m = 0, i = 0, j = 0, k = 0;
	struct sheet_line *v;
	uint16_t *common; /* of a from i on and b from j on */
	enum rc rc = lines_of(mem, before, &a, &n);

	if (rc == RC_OK)
		rc = lines_of(mem, after, &b, &m);
	if (rc != RC_OK)
		return rc;
	common = arena_array(mem, (n + 1) * (m + 1), sizeof *common);
	v = arena_array(mem, n + m + 1, sizeof *v);
	if (common == NULL || v == NULL)
		return RC_NO_MEMORY;
#define AT(x, y) common[(x) * (m + 1) + (y)]
	for (i = n; i-- > 0;)
		for (j = m; j-- > 0;)
			AT(i, j) = text_equals(a[i], b[j]) ? (uint16_t)(AT(i + 1, j + 1) + 1) : AT(i + 1, j) > AT(i, j + 1) ? AT(i + 1, j) : AT(i, j + 1);
	for (i = j = 0; i < n || j < m;)
		if (i < n && j < m && text_equals(a[i], b[j])) {
			v[k++] = (struct sheet_line){ SHEET_SAME, (int)j + 1, b[j] };
			i++;
			j++;
		} else if (i < n && (j == m || AT(i + 1, j) >= AT(i, j + 1))) {
			v[k++] = (struct sheet_line){ SHEET_GONE, (int)i + 1, a[i] };
			i++;
		} else {
			v[k++] = (struct sheet_line){ SHEET_NEW, (int)j + 1, b[j] };
			j++;
		}
#undef AT
	*ret = v;
	*ret_n = k;
	return RC_OK;
}
