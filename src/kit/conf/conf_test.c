#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "kit/conf/conf.h"

static int
begin(void **state)
{
	*state = arena_create(1 << 20);
	return *state == NULL ? -1 : 0;
}

static int
end(void **state)
{
	arena_free(*state);
	return 0;
}

static void
defaults_alone_are_a_conf(void **state)
{
	struct conf c;
	struct text why;

	assert_int_equal(conf_load(NULL, *state, &c, &why), RC_OK);
	assert_string_equal(c.listen, "127.0.0.1");
	assert_int_equal(c.port, 12348);
	assert_int_equal(c.city, 3205);
	assert_string_equal(c.proxies, "");
	assert_string_equal(conf_db(&c, *state).p, "sqlite:./state/zhaofa.db");
	c.db = "postgresql:///STATE/x";
	assert_string_equal(conf_db(&c, *state).p, "postgresql:///STATE/x");
	assert_true(conf_keys_n <= 64); /* bits of "seen" */
}

static void
faults_name_the_line(void **state)
{
	static const struct { struct text in; const char *why; } row[] = {
		{ TEXT_INIT("[server]\nport = 0\n"), NULL },
		{ TEXT_INIT("[server]\r\nport=65535\r\n"), NULL },
		{ TEXT_INIT("\xEF\xBB\xBF[city]\nname = 昆山市"), NULL },
		{ TEXT_INIT("; note\n# note\n\n[server]\nport = 65536\n"), "line 5: server.port = 65536: a number from 0" },
		{ TEXT_INIT("[server]\nport = -1\n"), "line 2: server.port = -1" },
		{ TEXT_INIT("[server]\nport = \n"), "line 2: server.port = :" },
		{ TEXT_INIT("[server]\nport = 80 80\n"), "line 2: server.port" },
		{ TEXT_INIT("[server]\nworkers = 0\n"), "line 2: server.workers" },
		{ TEXT_INIT("[server]\nprot = 80\n"), "line 2: [server] prot: no such setting" },
		{ TEXT_INIT("port = 80\n"), "line 1: [] port: no such setting" },
		{ TEXT_INIT("[storage]\nport = 80\n"), "line 2: [storage] port: no such setting" },
		{ TEXT_INIT("[server]\nport = 80\n\nport = 80\n"), "line 4: [server] port: given twice" },
		{ TEXT_INIT("[server]\nport = 80\n  81\n"), "line 3: [server] port: given twice" },
		{ TEXT_INIT("[server]\nnonsense\nport = x\n"), "line 2: neither" },
		{ TEXT_INIT("[server]\nport = x\nnonsense\n"), "line 2: server.port = x" },
		{ TEXT_INIT("[server\nport = 1\n"), "line 1: neither" },
		{ TEXT_INIT("[city]\nname = \xff\n"), "line 2: city.name: not UTF-8" },
		{ TEXT_INIT("[city]\nname = a\x07\n"), "line 2: city.name: not UTF-8" },
		{ TEXT_INIT("[city]\nname = a\0b\n"), "line 2: holds a NUL" },
		{ TEXT_INIT("[site]\nsite_code = 123456789012345678901234567890123\n"),
		    "line 2: site.site_code: longer than 32 bytes" },
		{ TEXT_INIT("[site]\nsite_code = 12345678901234567890123456789012\n"), NULL },
	};

	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct conf c = { .port = 4711 };
		struct text why;
		enum rc rc = conf_read(row[i].in, *state, &c, &why);

		assert_int_equal(rc, row[i].why == NULL ? RC_OK : RC_INVALID);
		if (row[i].why == NULL)
			continue;
		if (!text_starts_with(why, text_of(row[i].why)))
			print_message("row %zu: %s\n", i, why.p);
		assert_true(text_starts_with(why, text_of(row[i].why)));
		assert_int_equal(c.port, 4711);
	}
}

static void
lines_and_files_are_bounded(void **state)
{
	char line[400];
	struct conf c;
	struct text why;

	memset(line, 'x', sizeof(line));
	memcpy(line, "[server]\n#", 10);
	line[9 + CONF_LINE_MAX - 1] = '\n';
	assert_int_equal(conf_read((struct text){ line, 9 + CONF_LINE_MAX }, *state, &c, &why), RC_OK);
	line[9 + CONF_LINE_MAX - 1] = 'x';
	line[9 + CONF_LINE_MAX] = '\n';
	assert_int_equal(conf_read((struct text){ line, 10 + CONF_LINE_MAX }, *state, &c, &why), RC_INVALID);
	assert_true(text_starts_with(why, TEXT("line 2: longer")));
	assert_int_equal(conf_read((struct text){ line, 400 }, *state, &c, &why), RC_INVALID);
	assert_int_equal(conf_load("/nowhere/zhaofa.conf", *state, &c, &why), RC_NOT_FOUND);
	assert_string_equal(why.p, "/nowhere/zhaofa.conf: No such file or directory");
	assert_int_equal(conf_load("/", *state, &c, &why), RC_NOT_FOUND);
	assert_int_equal(conf_load("/dev/zero", *state, &c, &why), RC_TOO_LARGE);
}

static void
the_command_line_stands_above_the_file(void **state)
{
	struct conf c;
	struct text why;

	assert_int_equal(conf_load(NULL, *state, &c, &why), RC_OK);
	assert_int_equal(conf_set(&c, *state, TEXT("server.port"), TEXT("8080"), &why), RC_OK);
	assert_int_equal(c.port, 8080);
	assert_int_equal(conf_set(&c, *state, TEXT("storage.state"), TEXT("/tmp/x y"), &why), RC_OK);
	assert_string_equal(c.state, "/tmp/x y");
	assert_int_equal(conf_set(&c, *state, TEXT("server.port"), TEXT("no"), &why), RC_INVALID);
	assert_int_equal(c.port, 8080);
	assert_int_equal(conf_set(&c, *state, TEXT("port"), TEXT("1"), &why), RC_INVALID);
	assert_string_equal(why.p, "port: no such setting");
	assert_int_equal(conf_set(&c, *state, TEXT(""), TEXT(""), &why), RC_INVALID);
}

/* ---- the example beside the program -------------------------------------------------------------- */

static struct text
example_read(void)
{
	static char bytes[CONF_FILE_MAX];
	FILE *f = fopen("zhaofa.conf.example", "r");
	size_t n;

	assert_non_null(f); /* tests run at the root of the repository */
	n = fread(bytes, 1, sizeof(bytes), f);
	fclose(f);
	return (struct text){ bytes, n };
}

static void
put_bound(struct buf *b, const struct conf_key *k)
{
	if (k->kind == CONF_NUMBER)
		buf_printf(b, "# %s, %lld to %lld; default %s\n", k->unit, (long long)k->min, (long long)k->max,
		    k->fallback);
	else
		buf_printf(b, "# text, at most %lld bytes; default %s\n", (long long)k->max,
		    k->fallback[0] == '\0' ? "empty" : k->fallback);
}

/* Table → file: the file is what the table says, byte for byte. */
static void
the_example_says_what_the_table_says(void **state)
{
	struct text file = example_read();
	const char *section = "";
	struct buf b;

	(void)state;
	buf_init(&b, CONF_FILE_MAX);
	buf_add(&b, TEXT("# Settings of zhaofa.  Every key stands here with its default; src/kit/conf/conf_table.c\n"
	    "# holds the same, and a test compares the two.  A key that is unknown or outside its bounds is\n"
	    "# refused at start.  What the command line sets stands above this file.\n"));
	for (size_t i = 0; i < conf_keys_n; i++) {
		const struct conf_key *k = &conf_keys[i];

		if (strcmp(section, k->section) != 0)
			buf_printf(&b, "\n[%s]\n", k->section);
		section = k->section;
		buf_printf(&b, "\n# %s\n", k->meaning);
		put_bound(&b, k);
		buf_printf(&b, "%s =%s%s\n", k->key, k->fallback[0] == '\0' ? "" : " ", k->fallback);
	}
	assert_int_equal(buf_rc(&b), RC_OK);
	if (!text_equals(file, buf_text(&b)) && getenv("ZHAOFA_WRITE_EXAMPLE") != NULL) {
		FILE *f = fopen("zhaofa.conf.example", "w");

		assert_non_null(f);
		assert_int_equal(fwrite(b.p, 1, b.n, f), b.n);
		assert_int_equal(fclose(f), 0);
	}
	assert_true(text_equals(file, buf_text(&b)));
	buf_free(&b);
}

/* File → program: read as settings it gives the defaults, and names nothing the program lacks. */
static void
the_example_is_read_as_the_defaults(void **state)
{
	struct conf c, defaults;
	struct text why;

	assert_int_equal(conf_load(NULL, *state, &defaults, &why), RC_OK);
	assert_int_equal(conf_read(example_read(), *state, &c, &why), RC_OK);
	for (size_t i = 0; i < conf_keys_n; i++) {
		const char *a = (const char *)&c + conf_keys[i].offset, *b = (const char *)&defaults + conf_keys[i].offset;

		if (conf_keys[i].kind == CONF_NUMBER) {
			assert_memory_equal(a, b, sizeof(int64_t));
		} else {
			const char *x, *y;

			memcpy(&x, a, sizeof(x));
			memcpy(&y, b, sizeof(y));
			assert_string_equal(x, y);
		}
	}
}

int
main(void)
{
#define CONF_TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)
	const struct CMUnitTest tests[] = {
		CONF_TEST(defaults_alone_are_a_conf),
		CONF_TEST(faults_name_the_line),
		CONF_TEST(lines_and_files_are_bounded),
		CONF_TEST(the_command_line_stands_above_the_file),
		CONF_TEST(the_example_says_what_the_table_says),
		CONF_TEST(the_example_is_read_as_the_defaults),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
