/* The calendar as RFC 5545 has it, to the byte. */
#include "supply/notify/notify_ics.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct notify_calendar calendar = { TEXT_INIT("我的期限"), TEXT_INIT("law.example.cn"), TEXT_INIT("最晚"),
	INT64_C(1782781200000), NULL, 0 };

static void
one_deadline(void **state)
{
	/* due 2026-07-03 23:59:59.999 in Shanghai */
	struct notify_entry e = { TEXT("260630-7KQ2-M9XA"), TEXT("法律咨询"), INT64_C(1783094399999) };
	struct buf b;

	(void)state;
	buf_init(&b, 65536);
	notify_ics_write(&b, &calendar, &e, 1, NULL, 0);
	buf_char(&b, '\0');
	assert_int_equal(buf_rc(&b), RC_OK);
	assert_string_equal(b.p, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//zhaofa//deadlines//ZH\r\nCALSCALE:GREGORIAN\r\n"
	    "METHOD:PUBLISH\r\nX-WR-CALNAME:我的期限\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n"
	    "BEGIN:VEVENT\r\nUID:260630-7KQ2-M9XA@law.example.cn\r\nDTSTAMP:20260630T010000Z\r\nDTSTART:20260703T152959Z\r\n"
	    "DTEND:20260703T155959Z\r\nSUMMARY:最晚 23:59 · 260630-7KQ2-M9XA · 法律咨询\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n"
	    "END:VCALENDAR\r\n");
	buf_free(&b);
}

static void
signs_are_escaped_and_lines_folded(void **state)
{
	struct notify_entry e = { TEXT("260630-7KQ2-M9XA"),
		TEXT("一，二;三\\四,五\r\n六：婚姻家庭继承劳动工资消费维权交通事故土地房屋邻里纠纷法律援助公证司法鉴定"), INT64_C(1783094399999) };
	struct text rest, line, unfolded;
	char joined[512] = "";
	struct buf b;

	(void)state;
	buf_init(&b, 65536);
	notify_ics_write(&b, &calendar, &e, 1, NULL, 0);
	assert_int_equal(buf_rc(&b), RC_OK);
	rest = buf_text(&b);
	while (rest.n > 0) {
		line = text_cut(&rest, '\n');
		assert_true(text_ends_with(line, TEXT("\r")));
		assert_true(line.n - 1 <= 75);
		/* no line begins with the rest of a character */
		assert_true(line.n == 0 || ((unsigned char)line.p[line.p[0] == ' '] & 0xC0) != 0x80);
		unfolded = line.p[0] == ' ' ? (struct text){ line.p + 1, line.n - 2 } : (struct text){ line.p, line.n - 1 };
		if (text_starts_with(line, TEXT("SUMMARY")) || line.p[0] == ' ')
			strncat(joined, unfolded.p, unfolded.n);
	}
	assert_string_equal(joined, "SUMMARY:最晚 23:59 · 260630-7KQ2-M9XA · 一，二\\;三\\\\四\\,五\\n六："
	    "婚姻家庭继承劳动工资消费维权交通事故土地房屋邻里纠纷法律援助公证司法鉴定");
	buf_free(&b);
}

static const char *
of_hearing(struct buf *b, const struct notify_appointment *a)
{
	buf_reset(b);
	notify_ics_write(b, &calendar, NULL, 0, a, 1);
	buf_char(b, '\0');
	assert_int_equal(buf_rc(b), RC_OK);
	return strstr(b->p, "BEGIN:VEVENT");
}

/* The same UID all along: what a calendar has taken it moves, and strikes out. */
static void
a_hearing_is_moved_and_called_off(void **state)
{
	struct notify_appointment a = { .number = TEXT("260630-7KQ2-M9XA"), .what = TEXT("开庭"), .place = TEXT("演示法院,三号庭"),
		.nth = 2, .minute = 540 };
	struct buf b;

	(void)state;
	assert_int_equal(day_parse(TEXT("2026-07-20"), &a.day), RC_OK);
	buf_init(&b, 65536);
	assert_string_equal(of_hearing(&b, &a), "BEGIN:VEVENT\r\nUID:260630-7KQ2-M9XA-a2@law.example.cn\r\n"
	    "DTSTAMP:20260630T010000Z\r\nSEQUENCE:0\r\nDTSTART:20260720T010000Z\r\nDURATION:PT1H\r\n"
	    "SUMMARY:开庭 · 260630-7KQ2-M9XA\r\nLOCATION:演示法院\\,三号庭\r\nSTATUS:CONFIRMED\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
	a.day.n += 2;
	a.minute = -1; /* the hour is not fixed yet */
	a.changes = 1;
	assert_string_equal(of_hearing(&b, &a), "BEGIN:VEVENT\r\nUID:260630-7KQ2-M9XA-a2@law.example.cn\r\n"
	    "DTSTAMP:20260630T010000Z\r\nSEQUENCE:1\r\nDTSTART;VALUE=DATE:20260722\r\n"
	    "SUMMARY:开庭 · 260630-7KQ2-M9XA\r\nLOCATION:演示法院\\,三号庭\r\nSTATUS:CONFIRMED\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
	a.cancelled = true;
	a.changes = 2;
	a.place = TEXT_NONE;
	assert_non_null(strstr(of_hearing(&b, &a), "SEQUENCE:2\r\nDTSTART;VALUE=DATE:20260722\r\nSUMMARY:开庭 · 260630-7KQ2-M9XA\r\n"
	    "STATUS:CANCELLED\r\n"));
	buf_free(&b);
}

static void
a_turn_of_duty_stands_at_the_time_of_shanghai(void **state)
{
	struct notify_turn t = { .uid = TEXT("duty-202607-320506100201-0"), .what = TEXT("村（社区）值班 · 新家社区"), .place = TEXT("新家站, 1号"),
		.minute = 510, .minutes = 180, .sequence = 1001 };
	struct notify_calendar c = calendar;
	struct buf b;

	(void)state;
	assert_int_equal(day_parse(TEXT("2026-07-14"), &t.day), RC_OK);
	c.turn = &t;
	c.n_turns = 1;
	buf_init(&b, 65536);
	notify_ics_write(&b, &c, NULL, 0, NULL, 0);
	buf_char(&b, '\0');
	assert_int_equal(buf_rc(&b), RC_OK);
	assert_string_equal(strstr(b.p, "BEGIN:VTIMEZONE"), "BEGIN:VTIMEZONE\r\nTZID:Asia/Shanghai\r\nBEGIN:STANDARD\r\n"
	    "DTSTART:19910915T000000\r\nTZOFFSETFROM:+0900\r\nTZOFFSETTO:+0800\r\nTZNAME:CST\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
	    "BEGIN:VEVENT\r\nUID:duty-202607-320506100201-0@law.example.cn\r\nDTSTAMP:20260630T010000Z\r\nSEQUENCE:1001\r\n"
	    "DTSTART;TZID=Asia/Shanghai:20260714T083000\r\nDURATION:PT180M\r\nSUMMARY:村（社区）值班 · 新家社区\r\n"
	    "LOCATION:新家站\\, 1号\r\nSTATUS:CONFIRMED\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
	t.minute = -1; /* the point's hours say nothing */
	t.cancelled = true;
	buf_reset(&b);
	notify_ics_write(&b, &c, NULL, 0, NULL, 0);
	buf_char(&b, '\0');
	assert_non_null(strstr(b.p, "SEQUENCE:1001\r\nDTSTART;VALUE=DATE:20260714\r\nSUMMARY:"));
	assert_non_null(strstr(b.p, "STATUS:CANCELLED\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"));
	buf_free(&b);
}

static void
an_empty_calendar_is_one(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 65536);
	notify_ics_write(&b, &calendar, NULL, 0, NULL, 0);
	assert_true(text_ends_with(buf_text(&b), TEXT("PT1H\r\nEND:VCALENDAR\r\n")));
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_deadline),
		cmocka_unit_test(signs_are_escaped_and_lines_folded),
		cmocka_unit_test(a_hearing_is_moved_and_called_off),
		cmocka_unit_test(a_turn_of_duty_stands_at_the_time_of_shanghai),
		cmocka_unit_test(an_empty_calendar_is_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
