#include <string.h>

#include "base/utf8.h"
#include "kit/crypt/crypt.h"

/* First `head` and last `tail` bytes of an ASCII text, stars between; at most 31 bytes. */
static struct text
mask_middle(struct text t, size_t head, size_t tail, char out[static 32])
{
	size_t n = t.n > 31 ? 31 : t.n;

	memset(out, '*', n);
	out[n] = '\0';
	if (t.n <= 31) {
		memcpy(out, t.p, head);
		memcpy(out + n - tail, t.p + t.n - tail, tail);
	}
	return (struct text){ out, n };
}

struct text
mask_idcard(struct text number, char out[static 32])
{
	return number.n >= 15 ? mask_middle(number, 4, 4, out) : mask_middle(number, 0, 0, out);
}

struct text
mask_phone(struct text digits, char out[static 32])
{
	if (digits.n >= 11)
		return mask_middle(digits, 3, 4, out);
	return digits.n >= 7 ? mask_middle(digits, 0, 3, out) : mask_middle(digits, 0, 0, out);
}

struct text
mask_name(struct text name, char out[static 64])
{
	struct text first = utf8_head(name, 1);
	size_t points = utf8_length(name), stars = points == 0 ? 0 : points - 1;

	if (first.n > 8) /* not valid UTF-8: show nothing of it */
		first.n = 0;
	if (stars > 3)
		stars = 3;
	memcpy(out, first.p, first.n);
	memset(out + first.n, '*', stars);
	out[first.n + stars] = '\0';
	return (struct text){ out, first.n + stars };
}
