#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <unistd.h>

#include <jansson.h>

#include "kit/log/log.h"

static int64_t
noon(void)
{
	return INT64_C(1782781200000);
}

/* What one call writes, read back as JSON; NULL when it wrote nothing. */
static json_t *
line_read(int fd, char *line, size_t size)
{
	ssize_t n = read(fd, line, size - 1);

	if (n <= 0)
		return NULL;
	line[n] = '\0';
	assert_int_equal(line[n - 1], '\n');
	assert_ptr_equal(strchr(line, '\n'), line + n - 1); /* one line */
	return json_loads(line, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
}

static void
writes_one_json_line(void **state)
{
	int fd[2];
	char line[8192];
	json_t *j;

	(void)state;
	assert_int_equal(pipe(fd), 0);
	log_open(fd[1], LOG_INFO, noon);
	LOG(LOG_WARN, "http.request", log_int("status", -503), log_str("path", "/a\"b\\\n"),
	    log_text("bad", TEXT("法\xff\0x")), log_str("none", NULL));
	j = line_read(fd[0], line, sizeof(line));
	assert_non_null(j);
	assert_string_equal(json_string_value(json_object_get(j, "time")), "2026-06-30T09:00:00+08:00");
	assert_string_equal(json_string_value(json_object_get(j, "level")), "warn");
	assert_string_equal(json_string_value(json_object_get(j, "event")), "http.request");
	assert_int_equal(json_integer_value(json_object_get(j, "status")), -503);
	assert_string_equal(json_string_value(json_object_get(j, "path")), "/a\"b\\\n");
	assert_string_equal(json_string_value(json_object_get(j, "none")), "");
	assert_non_null(strstr(line, "法\uFFFD\\u0000x"));
	json_decref(j);
	close(fd[0]);
	close(fd[1]);
}

static void
leaves_out_what_is_below_or_too_long(void **state)
{
	static char longest[9000];
	struct log_field f[8];
	int fd[2];
	char line[8192];
	json_t *j;

	(void)state;
	assert_int_equal(pipe(fd), 0);
	log_open(fd[1], LOG_INFO, NULL);
	log_write(LOG_DEBUG, "quiet", NULL, 0);
	memset(longest, '"', sizeof(longest) - 1);
	for (int i = 0; i < 8; i++)
		f[i] = log_str((const char *[]){ "a", "b", "c", "d", "e", "f", "g", "h" }[i], longest);
	log_write(LOG_ERROR, "long", f, 8);
	j = line_read(fd[0], line, sizeof(line));
	assert_non_null(j);
	assert_string_equal(json_string_value(json_object_get(j, "event")), "long");
	assert_true(json_is_true(json_object_get(j, "cut")));
	assert_int_equal(strlen(json_string_value(json_object_get(j, "a"))), 300);
	assert_null(json_object_get(j, "h"));
	assert_true(strlen(line) <= 4096);
	json_decref(j);
	close(fd[0]);
	close(fd[1]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(writes_one_json_line),
		cmocka_unit_test(leaves_out_what_is_below_or_too_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
