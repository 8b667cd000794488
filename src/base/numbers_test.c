#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/code.h"
#include "base/credit.h"
#include "base/fen.h"
#include "base/idcard.h"
#include "base/phone.h"
#include "base/place.h"

#define ROWS(a) (sizeof(a) / sizeof((a)[0]))

static void
reads_and_prints_money(void **state)
{
	static const struct { struct text in; int64_t max, want; } row[] = {
		{ TEXT_INIT("1370"), 10000, 137000 },
		{ TEXT_INIT("1369.99"), 10000, 136999 },
		{ TEXT_INIT("0.5"), 10000, 50 },
		{ TEXT_INIT("0.05"), 10000, 5 },
		{ TEXT_INIT("0"), 10000, 0 },
		{ TEXT_INIT("10000"), 10000, 1000000 },
		{ TEXT_INIT("10000.00"), 10000, 1000000 },
		{ TEXT_INIT("10000.01"), 10000, -1 },
		{ TEXT_INIT("10001"), 10000, -1 },
		{ TEXT_INIT("0.005"), 10000, -1 },
		{ TEXT_INIT("1."), 10000, -1 },
		{ TEXT_INIT(".5"), 10000, -1 },
		{ TEXT_INIT(""), 10000, -1 },
		{ TEXT_INIT("-1"), 10000, -1 },
		{ TEXT_INIT("+1"), 10000, -1 },
		{ TEXT_INIT("1.-1"), 10000, -1 },
		{ TEXT_INIT("1,000"), 10000, -1 },
		{ TEXT_INIT("1e3"), 10000, -1 },
		{ TEXT_INIT("92233720368547758.07"), INT64_MAX, INT64_MAX },
		{ TEXT_INIT("92233720368547758.08"), INT64_MAX, -1 },
		{ TEXT_INIT("92233720368547759"), INT64_MAX, -1 },
	};
	char out[32];

	(void)state;
	for (size_t i = 0; i < ROWS(row); i++) {
		struct fen f = { -1 };

		assert_int_equal(fen_parse(row[i].in, row[i].max, &f), row[i].want < 0 ? RC_INVALID : RC_OK);
		assert_true(f.n == row[i].want);
	}
	assert_string_equal(fen_print((struct fen){ 136999 }, out).p, "1,369.99");
	assert_string_equal(fen_print((struct fen){ 99999 }, out).p, "999.99");
	assert_string_equal(fen_print((struct fen){ 100000 }, out).p, "1,000.00");
	assert_string_equal(fen_print((struct fen){ 0 }, out).p, "0.00");
	assert_string_equal(fen_print((struct fen){ 5 }, out).p, "0.05");
	assert_string_equal(fen_print((struct fen){ -100000000 }, out).p, "-1,000,000.00");
	assert_string_equal(fen_print((struct fen){ INT64_MIN }, out).p, "-92,233,720,368,547,758.08");
}

static void
reads_identity_numbers(void **state)
{
	static const struct { struct text in; enum idcard_fault want; const char *number; int sex; } row[] = {
		/* vectors of GB 11643 */
		{ TEXT_INIT("11010519491231002X"), IDCARD_FINE, "11010519491231002X", 2 },
		{ TEXT_INIT("11010519491231002x"), IDCARD_FINE, "11010519491231002X", 2 },
		{ TEXT_INIT("34052419800101001X"), IDCARD_FINE, "34052419800101001X", 1 },
		{ TEXT_INIT("440524188001010014"), IDCARD_FINE, "440524188001010014", 1 },
		{ TEXT_INIT("110105491231002"), IDCARD_FINE, "11010519491231002X", 2 },
		/* no such area: never judged */
		{ TEXT_INIT("990000199001010011"), IDCARD_CHECK, NULL, 0 },
		{ TEXT_INIT(""), IDCARD_LENGTH, NULL, 0 },
		{ TEXT_INIT("11010519491231002"), IDCARD_LENGTH, NULL, 0 },
		{ TEXT_INIT("11010519491231002X0"), IDCARD_LENGTH, NULL, 0 },
		{ TEXT_INIT("1101054912310022"), IDCARD_LENGTH, NULL, 0 },
		{ TEXT_INIT("11010519491231X02X"), IDCARD_DIGITS, NULL, 0 },
		{ TEXT_INIT("11010519491231002Y"), IDCARD_DIGITS, NULL, 0 },
		{ TEXT_INIT("11010549123100X"), IDCARD_DIGITS, NULL, 0 },
		{ TEXT_INIT("110105194912310021"), IDCARD_CHECK, NULL, 0 },
		{ TEXT_INIT("11010519490229002X"), IDCARD_BIRTH, NULL, 0 },
		{ TEXT_INIT("11010519491331002X"), IDCARD_BIRTH, NULL, 0 },
		{ TEXT_INIT("440524187912310014"), IDCARD_BIRTH, NULL, 0 },
	};
	struct day today = { 20634 };

	(void)state;
	for (size_t i = 0; i < ROWS(row); i++) {
		struct idcard card = { .sex = -1 };

		assert_int_equal(idcard_read(row[i].in, today, &card), row[i].want);
		if (row[i].want == IDCARD_FINE) {
			assert_string_equal(card.number, row[i].number);
			assert_int_equal(card.sex, row[i].sex);
		} else {
			assert_int_equal(card.sex, -1);
		}
	}
}

/* A fictitious number with that date of birth. */
static struct text
idcard_made(const char *birth, char out[static 19])
{
	memcpy(out, "990000", 6);
	memcpy(out + 6, birth, 8);
	memcpy(out + 14, "123", 3);
	out[17] = idcard_check_char(out);
	out[18] = '\0';
	return text_of(out);
}

static void
judges_the_birth_not_the_area(void **state)
{
	struct day today = { 20634 }; /* 2026-06-30 */
	struct idcard card;
	char number[19];

	(void)state;
	assert_int_equal(idcard_read(idcard_made("20260630", number), today, &card), IDCARD_FINE);
	assert_int_equal(card.born.n, today.n);
	assert_int_equal(idcard_read(idcard_made("20260701", number), today, &card), IDCARD_BIRTH);
	assert_int_equal(idcard_read(idcard_made("18800101", number), today, &card), IDCARD_FINE);
	assert_int_equal(idcard_read(idcard_made("18791231", number), today, &card), IDCARD_BIRTH);
	assert_int_equal(idcard_read(idcard_made("20000229", number), today, &card), IDCARD_FINE);
	assert_int_equal(idcard_read(idcard_made("19000229", number), today, &card), IDCARD_BIRTH);
	for (int i = 0; i < 17; i++) { /* any one digit changed is seen */
		struct text t = idcard_made("19900101", number);

		number[i] = (char)('0' + (number[i] - '0' + 1) % 10);
		assert_int_not_equal(idcard_read(t, today, &card), IDCARD_FINE);
	}
}

static void
reads_credit_codes(void **state)
{
	static const struct { struct text in; enum credit_fault want; } row[] = {
		{ TEXT_INIT("91350100M000100Y43"), CREDIT_FINE },
		{ TEXT_INIT("91350100m000100y43"), CREDIT_FINE },
		{ TEXT_INIT("91440300708461136T"), CREDIT_FINE },
		{ TEXT_INIT("9144030071526726XG"), CREDIT_FINE },
		{ TEXT_INIT("91110108551385082Q"), CREDIT_FINE },
		{ TEXT_INIT("91350100M000100Y4A"), CREDIT_CHECK },
		{ TEXT_INIT("91350100M000100Y4"), CREDIT_LENGTH },
		{ TEXT_INIT("91350100M000100Y433"), CREDIT_LENGTH },
		{ TEXT_INIT(""), CREDIT_LENGTH },
		{ TEXT_INIT("91350100I000100Y43"), CREDIT_CHARACTER },
		{ TEXT_INIT("91350100O000100Y43"), CREDIT_CHARACTER },
		{ TEXT_INIT("91350100S000100Y43"), CREDIT_CHARACTER },
		{ TEXT_INIT("91350100V000100Y43"), CREDIT_CHARACTER },
		{ TEXT_INIT("91350100Z000100Y43"), CREDIT_CHARACTER },
		{ TEXT_INIT("91350100-000100Y43"), CREDIT_CHARACTER },
		{ TEXT_INIT("91350100\0" "000100Y43"), CREDIT_CHARACTER },
		{ TEXT_INIT("000000000000000000"), CREDIT_FINE }, /* 31 - 0 is read as 0 */
	};

	(void)state;
	for (size_t i = 0; i < ROWS(row); i++) {
		char out[19] = "untouched";

		assert_int_equal(credit_read(row[i].in, out), row[i].want);
		if (row[i].want != CREDIT_FINE)
			assert_string_equal(out, "untouched");
		else
			assert_int_equal(strlen(out), 18);
	}
	assert_true(credit_is_government("113205000000000000"));
	assert_false(credit_is_government("123205000000000000")); /* 事业单位 */
	assert_false(credit_is_government("513205000000000000"));
	assert_false(credit_is_government("91350100M000100Y43"));
}

static void
reads_phones(void **state)
{
	static const struct { struct text in; const char *want; } row[] = {
		{ TEXT_INIT("19900001234"), "19900001234" },
		{ TEXT_INIT("199 0000 1234"), "19900001234" },
		{ TEXT_INIT("+8619900001234"), "19900001234" },
		{ TEXT_INIT("+86 199-0000-1234"), "19900001234" },
		{ TEXT_INIT("13000000000"), "13000000000" },
		{ TEXT_INIT("12900000000"), NULL },
		{ TEXT_INIT("1990000123"), NULL },
		{ TEXT_INIT("199000012345"), NULL },
		{ TEXT_INIT("0512-65550123"), "051265550123" },
		{ TEXT_INIT("051265550123"), "051265550123" },
		{ TEXT_INIT("010-65550123"), "01065550123" },
		{ TEXT_INIT("0912-6555012"), "09126555012" },
		{ TEXT_INIT("020-6555012"), "0206555012" },
		{ TEXT_INIT("0512-655501234"), NULL },
		{ TEXT_INIT("020-655501"), NULL },
		{ TEXT_INIT("0012-65550123"), NULL },
		{ TEXT_INIT("+86051265550123"), NULL },
		{ TEXT_INIT("12348"), "12348" },
		{ TEXT_INIT("110"), "110" },
		{ TEXT_INIT("95588"), "95588" },
		{ TEXT_INIT("210"), NULL },
		{ TEXT_INIT("52348"), NULL },
		{ TEXT_INIT("1234"), NULL },
		{ TEXT_INIT("4008001234"), "4008001234" },
		{ TEXT_INIT("800-000-0000"), "8000000000" },
		{ TEXT_INIT("4108001234"), NULL },
		{ TEXT_INIT("400800123"), NULL },
		{ TEXT_INIT(""), NULL },
		{ TEXT_INIT("-"), NULL },
		{ TEXT_INIT("-110"), NULL },
		{ TEXT_INIT("110-"), NULL },
		{ TEXT_INIT("0512--65550123"), NULL },
		{ TEXT_INIT("1990000123x"), NULL },
		{ TEXT_INIT("1990000123400000000"), NULL },
		{ TEXT_INIT("+86"), NULL },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(row); i++) {
		char out[16] = "untouched";

		assert_int_equal(phone_read(row[i].in, out), row[i].want == NULL ? RC_INVALID : RC_OK);
		assert_string_equal(out, row[i].want == NULL ? "untouched" : row[i].want);
	}
	assert_true(phone_is_mobile("19900001234\0\0\0\0"));
	assert_false(phone_is_mobile("051265550123\0\0\0"));
	assert_false(phone_is_mobile("12348\0\0\0\0\0\0\0\0\0\0"));
}

static void
prints_and_reads_codes(void **state)
{
	static const unsigned char zero[CODE_BYTES];
	unsigned char bytes[CODE_BYTES], back[CODE_BYTES];
	char out[20];

	(void)state;
	code_print(zero, out);
	assert_string_equal(out, "0000-0000-0000-0000");
	memset(bytes, 0xFF, sizeof(bytes));
	code_print(bytes, out);
	assert_string_equal(out, "ZZZZ-ZZZZ-ZZZZ-ZZZZ");
	for (unsigned seed = 1; seed < 500; seed++) {
		for (size_t i = 0; i < CODE_BYTES; i++)
			bytes[i] = (unsigned char)(seed * (i + 3) * 2654435761U >> 13);
		code_print(bytes, out);
		assert_int_equal(code_parse(text_of(out), back), RC_OK);
		assert_memory_equal(bytes, back, CODE_BYTES);
	}
	assert_int_equal(code_parse(TEXT("ol1i 0000 0000 0000"), back), RC_OK);
	code_print(back, out);
	assert_string_equal(out, "0111-0000-0000-0000");
	assert_int_equal(code_parse(TEXT("ABCD-EFGH-JKMN-PQR"), back), RC_INVALID);
	assert_int_equal(code_parse(TEXT("ABCD-EFGH-JKMN-PQRSS"), back), RC_INVALID);
	assert_int_equal(code_parse(TEXT("ABCD-EFGH-JKMN-PQRU"), back), RC_INVALID);
	assert_int_equal(code_parse(TEXT("ABCD-EFGH-JKMN-PQR\0"), back), RC_INVALID);
	assert_int_equal(code_parse(TEXT(""), back), RC_INVALID);
}

static void
prints_and_reads_hex(void **state)
{
	unsigned char bytes[3] = { 0x00, 0xab, 0xff }, back[3];
	char out[7];

	(void)state;
	hex_print(bytes, 3, out);
	assert_string_equal(out, "00abff");
	assert_int_equal(hex_parse(TEXT("00ABff"), back, 3), RC_OK);
	assert_memory_equal(bytes, back, 3);
	assert_int_equal(hex_parse(TEXT("00abf"), back, 3), RC_INVALID);
	assert_int_equal(hex_parse(TEXT("00abff00"), back, 3), RC_INVALID);
	assert_int_equal(hex_parse(TEXT("00abfg"), back, 3), RC_INVALID);
}

static void
reads_places(void **state)
{
	static const struct { struct text in; int64_t want; enum place_level level; int64_t hi; } row[] = {
		{ TEXT_INIT("32"), 320000000000, PLACE_PROVINCE, 329999999999 },
		{ TEXT_INIT("3205"), 320500000000, PLACE_CITY, 320599999999 },
		{ TEXT_INIT("320508"), 320508000000, PLACE_COUNTY, 320508999999 },
		{ TEXT_INIT("320508019"), 320508019000, PLACE_TOWN, 320508019999 },
		{ TEXT_INIT("320508019044"), 320508019044, PLACE_VILLAGE, 320508019044 },
		{ TEXT_INIT("320500000000"), 320500000000, PLACE_CITY, 320599999999 },
		{ TEXT_INIT("441900003"), 441900003000, PLACE_TOWN, 441900003999 }, /* city without counties */
		{ TEXT_INIT("00"), -1, PLACE_NONE, 0 },
		{ TEXT_INIT("000508019044"), -1, PLACE_NONE, 0 },
		{ TEXT_INIT("320"), -1, PLACE_NONE, 0 },
		{ TEXT_INIT("3205080190440"), -1, PLACE_NONE, 0 },
		{ TEXT_INIT("+205"), -1, PLACE_NONE, 0 },
		{ TEXT_INIT("-1"), -1, PLACE_NONE, 0 },
		{ TEXT_INIT("32a5"), -1, PLACE_NONE, 0 },
		{ TEXT_INIT(""), -1, PLACE_NONE, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(row); i++) {
		struct place p = { -1 };

		assert_int_equal(place_parse(row[i].in, &p), row[i].want < 0 ? RC_INVALID : RC_OK);
		assert_true(p.code == row[i].want);
		assert_int_equal(place_level(p), row[i].level);
		assert_true(place_range(p).hi == row[i].hi);
	}
}

static void
knows_what_lies_in_a_place(void **state)
{
	struct place village = { 320508019044 };
	struct place_range city = place_range((struct place){ 320500000000 });

	(void)state;
	assert_true(place_up(village, PLACE_TOWN).code == 320508019000);
	assert_true(place_up(village, PLACE_COUNTY).code == 320508000000);
	assert_true(place_up(village, PLACE_CITY).code == 320500000000);
	assert_true(place_up(village, PLACE_PROVINCE).code == 320000000000);
	assert_true(place_up(village, PLACE_VILLAGE).code == village.code);
	assert_true(place_up((struct place){ 320500000000 }, PLACE_TOWN).code == 320500000000);
	assert_true(place_up(village, PLACE_NONE).code == 0);
	assert_true(place_range_has(city, village));
	assert_true(place_range_has(city, (struct place){ 320500000000 }));
	assert_true(place_range_has(city, (struct place){ 320599999999 }));
	assert_false(place_range_has(city, (struct place){ 320600000000 }));
	assert_false(place_range_has(city, (struct place){ 320499999999 }));
	assert_false(place_range_has(PLACE_RANGE_EMPTY, (struct place){ 1 }));
	assert_false(place_range_has(place_range((struct place){ 0 }), (struct place){ 0 }));
	assert_true(place_city4(village) == 3205);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_and_prints_money),
		cmocka_unit_test(reads_identity_numbers),
		cmocka_unit_test(judges_the_birth_not_the_area),
		cmocka_unit_test(reads_credit_codes),
		cmocka_unit_test(reads_phones),
		cmocka_unit_test(prints_and_reads_codes),
		cmocka_unit_test(prints_and_reads_hex),
		cmocka_unit_test(reads_places),
		cmocka_unit_test(knows_what_lies_in_a_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
