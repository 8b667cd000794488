#include <stdio.h>
#include <string.h>

#include "base/checked.h"
#include "base/fen.h"

/* "5" is fifty fen, "05" five. */
static enum rc
cents_parse(struct text t, int64_t *ret)
{
	enum rc rc;

	if (t.n < 1 || t.n > 2 || t.p[0] < '0' || t.p[0] > '9')
		return RC_INVALID;
	rc = int64_parse(t, 0, 99, ret);
	if (rc == RC_OK && t.n == 1)
		*ret *= 10;
	return rc;
}

enum rc
fen_parse(struct text yuan, int64_t max_yuan, struct fen *ret)
{
	struct text cents = yuan;
	struct text whole = text_cut(&cents, '.');
	int64_t n, part = 0;
	enum rc rc;

	if (whole.n == 0 || whole.p[0] < '0' || whole.p[0] > '9')
		return RC_INVALID;
	rc = int64_parse(whole, 0, max_yuan, &n);
	if (rc == RC_OK && whole.n < yuan.n)
		rc = cents_parse(cents, &part);
	if (rc != RC_OK)
		return rc;
	if (n == max_yuan && part > 0)
		return RC_INVALID;
	if (int64_mul_overflows(n, 100, &n) || int64_add_overflows(n, part, &n))
		return RC_INVALID;
	ret->n = n;
	return RC_OK;
}

struct text
fen_print(struct fen f, char out[static 32])
{
	char reversed[32];
	uint64_t rest = f.n < 0 ? 0 - (uint64_t)f.n : (uint64_t)f.n;
	size_t n = 0;

	for (int digits = 0; digits < 3 || rest != 0; digits++) {
		if (digits == 2)
			reversed[n++] = '.';
		else if (digits > 2 && (digits - 2) % 3 == 0)
			reversed[n++] = ',';
		reversed[n++] = (char)('0' + rest % 10);
		rest /= 10;
	}
	if (f.n < 0)
		reversed[n++] = '-';
	for (size_t i = 0; i < n; i++)
		out[i] = reversed[n - 1 - i];
	out[n] = '\0';
	return (struct text){ out, n };
}
