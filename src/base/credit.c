#include <string.h>

#include "base/credit.h"

static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/* 0..30, or -1 for a character that GB 32100 leaves out. */
static int
credit_value(char c)
{
	const char *at = c == '\0' ? NULL : strchr(alphabet, c);

	return at == NULL ? -1 : (int)(at - alphabet);
}

enum credit_fault
credit_read(struct text t, char out[static 19])
{
	char code[19] = { 0 };
	int sum = 0, weight = 1;

	if (t.n != 18)
		return CREDIT_LENGTH;
	for (size_t i = 0; i < 18; i++) {
		code[i] = t.p[i] >= 'a' && t.p[i] <= 'z' ? (char)(t.p[i] - 'a' + 'A') : t.p[i];
		if (credit_value(code[i]) < 0)
			return CREDIT_CHARACTER;
	}
	for (size_t i = 0; i < 17; i++, weight = weight * 3 % 31)
		sum += credit_value(code[i]) * weight;
	if (credit_value(code[17]) != (31 - sum % 31) % 31)
		return CREDIT_CHECK;
	memcpy(out, code, sizeof(code));
	return CREDIT_FINE;
}

bool
credit_is_government(const char code[static 19])
{
	return code[0] == '1' && code[1] == '1';
}
