#include <string.h>

#include "base/idcard.h"

char
idcard_check_char(const char digits17[static 17])
{
	static const int weights[17] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
	int sum = 0;

	for (size_t i = 0; i < 17; i++)
		sum += (digits17[i] - '0') * weights[i];
	return "10X98765432"[sum % 11];
}

static bool
bytes_are_digits(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i] < '0' || p[i] > '9')
			return false;
	return true;
}

static int
digits_value(const char *p, size_t n)
{
	int v = 0;

	for (size_t i = 0; i < n; i++)
		v = v * 10 + (p[i] - '0');
	return v;
}

/* The 18 characters of t in out; the old 15 get their century and their check character. */
static enum idcard_fault
idcard_widen(struct text t, char out[static 19])
{
	if (t.n != 15 && t.n != 18)
		return IDCARD_LENGTH;
	if (!bytes_are_digits(t.p, t.n == 15 ? 15 : 17))
		return IDCARD_DIGITS;
	out[18] = '\0';
	if (t.n == 15) {
		memcpy(out, t.p, 6);
		memcpy(out + 6, "19", 2);
		memcpy(out + 8, t.p + 6, 9);
		out[17] = idcard_check_char(out);
		return IDCARD_FINE;
	}
	memcpy(out, t.p, 18);
	if (out[17] == 'x')
		out[17] = 'X';
	return out[17] == 'X' || bytes_are_digits(out + 17, 1) ? IDCARD_FINE : IDCARD_DIGITS;
}

static bool
birth_read(const char number[static 19], struct day today, struct day *ret)
{
	struct ymd ymd = {
		.year = digits_value(number + 6, 4),
		.month = digits_value(number + 10, 2),
		.day = digits_value(number + 12, 2),
	};

	return ymd.year >= 1880 && day_from_ymd(ymd, ret) == RC_OK && day_compare(*ret, today) <= 0;
}

enum idcard_fault
idcard_read(struct text t, struct day today, struct idcard *ret)
{
	struct idcard card;
	enum idcard_fault fault = idcard_widen(t, card.number);

	if (fault != IDCARD_FINE)
		return fault;
	if (!birth_read(card.number, today, &card.born))
		return IDCARD_BIRTH;
	if (card.number[17] != idcard_check_char(card.number))
		return IDCARD_CHECK;
	card.sex = (card.number[16] - '0') % 2 == 1 ? 1 : 2;
	*ret = card;
	return IDCARD_FINE;
}
