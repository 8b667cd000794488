#include <string.h>

#include "base/phone.h"

/* Digits of t without what people put between them; 0 when it holds anything else or too many. */
static size_t
phone_digits(struct text t, char out[static 16])
{
	size_t n = 0;
	bool gap = true; /* no separator at the head, nor two together */

	for (size_t i = 0; i < t.n; i++) {
		bool digit = t.p[i] >= '0' && t.p[i] <= '9';

		if (digit && n < 15)
			out[n++] = t.p[i];
		else if (digit || gap || (t.p[i] != '-' && t.p[i] != ' '))
			return 0;
		gap = !digit;
	}
	out[n] = '\0';
	return gap ? 0 : n;
}

bool
phone_is_mobile(const char digits[static 16])
{
	return strnlen(digits, 16) == 11 && digits[0] == '1' && digits[1] >= '3' && digits[1] <= '9';
}

static bool
digits_can_be_called(const char d[static 16], size_t n)
{
	if (n == 3 || n == 5) /* 110, 12348, 95588 */
		return d[0] == '1' || (n == 5 && d[0] == '9');
	if (n == 10 && (d[0] == '4' || d[0] == '8'))
		return d[1] == '0' && d[2] == '0';
	return d[0] == '0' && d[1] != '0' && n >= 10 && n <= 12;
}

enum rc
phone_read(struct text t, char out[static 16])
{
	char digits[16];
	bool abroad = text_starts_with(t, TEXT("+86"));
	size_t n;

	if (abroad)
		t = (struct text){ t.p + 3, t.n - 3 };
	if (abroad && t.n != 0 && (t.p[0] == '-' || t.p[0] == ' '))
		t = (struct text){ t.p + 1, t.n - 1 };
	n = phone_digits(t, digits);
	if (n == 0 || (!phone_is_mobile(digits) && (abroad || !digits_can_be_called(digits, n))))
		return RC_INVALID;
	memcpy(out, digits, n + 1);
	return RC_OK;
}
