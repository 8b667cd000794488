#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <ini.h>

#include "base/utf8.h"
#include "kit/conf/conf.h"

/* What the callbacks of libinih share. */
struct reading {
	struct text rest;
	int line;             /* of what is being handled */
	struct arena *mem;
	struct conf *conf;
	uint64_t seen;        /* bit per key of the table */
	enum rc rc;           /* first fault */
	struct text why;
};

static const struct conf_key *
key_find(struct text section, struct text key)
{
	for (size_t i = 0; i < conf_keys_n; i++)
		if (text_equals(text_of(conf_keys[i].section), section) &&
		    text_equals(text_of(conf_keys[i].key), key))
			return &conf_keys[i];
	return NULL;
}

static enum rc
value_set_text(struct conf *c, struct arena *a, const struct conf_key *k, struct text value,
    struct text *ret_why)
{
	struct text kept;

	if (value.n > (size_t)k->max) {
		*ret_why = arena_format(a, "%s.%s: longer than %lld bytes", k->section, k->key, (long long)k->max);
		return RC_INVALID;
	}
	if (utf8_check(value, false) != UTF8_FINE) {
		*ret_why = arena_format(a, "%s.%s: not UTF-8, or holds control characters", k->section, k->key);
		return RC_INVALID;
	}
	kept = arena_text(a, value);
	if (kept.p == NULL)
		return RC_NO_MEMORY;
	memcpy((char *)c + k->offset, &kept.p, sizeof(kept.p));
	return RC_OK;
}

static enum rc
value_set(struct conf *c, struct arena *a, const struct conf_key *k, struct text value, struct text *ret_why)
{
	int64_t n;

	if (k->kind == CONF_TEXT)
		return value_set_text(c, a, k, value, ret_why);
	if (int64_parse(value, k->min, k->max, &n) != RC_OK) {
		*ret_why = arena_format(a, "%s.%s = %.*s: a number from %lld to %lld is wanted (%s)", k->section,
		    k->key, (int)utf8_head(value, 40).n, value.n == 0 ? "" : value.p, (long long)k->min,
		    (long long)k->max, k->unit);
		return RC_INVALID;
	}
	memcpy((char *)c + k->offset, &n, sizeof(n));
	return RC_OK;
}

static enum rc
defaults_set(struct conf *c, struct arena *a, struct text *ret_why)
{
	enum rc rc = RC_OK;

	memset(c, 0, sizeof(*c));
	for (size_t i = 0; i < conf_keys_n && rc == RC_OK; i++)
		rc = value_set(c, a, &conf_keys[i], text_of(conf_keys[i].fallback), ret_why);
	return rc;
}

enum rc
conf_set(struct conf *c, struct arena *a, struct text key, struct text value, struct text *ret_why)
{
	struct text rest = key;
	struct text section = text_cut(&rest, '.');
	const struct conf_key *k = key_find(section, rest);

	if (k != NULL)
		return value_set(c, a, k, text_trim(value), ret_why);
	*ret_why = arena_format(a, "%.*s: no such setting", (int)utf8_head(key, 80).n, key.n == 0 ? "" : key.p);
	return RC_INVALID;
}

/* ---- the file ---------------------------------------------------------------------------------- */

static void
reading_fail(struct reading *r, enum rc rc, struct text why)
{
	if (r->rc != RC_OK)
		return;
	r->rc = rc;
	r->why = arena_format(r->mem, "line %d: %.*s", r->line, (int)why.n, why.p == NULL ? "" : why.p);
}

/* A line to libinih, as fgets would.  It keeps no line numbers for its handler: we do.  A line that it
 * would cut in two is a fault; NUL would end its strings early. */
static char *
line_give(char *out, int size, void *arg)
{
	struct reading *r = arg;
	const char *end;
	size_t n;

	if (r->rc != RC_OK || r->rest.n == 0)
		return NULL;
	r->line++;
	end = memchr(r->rest.p, '\n', r->rest.n);
	n = end == NULL ? r->rest.n : (size_t)(end - r->rest.p) + 1;
	if (n > CONF_LINE_MAX || n >= (size_t)size) {
		reading_fail(r, RC_INVALID, TEXT("longer than 190 bytes"));
		return NULL;
	}
	if (memchr(r->rest.p, '\0', n) != NULL) {
		reading_fail(r, RC_INVALID, TEXT("holds a NUL"));
		return NULL;
	}
	memcpy(out, r->rest.p, n);
	out[n] = '\0';
	r->rest = (struct text){ r->rest.p + n, r->rest.n - n };
	return out;
}

static int
pair_take(void *arg, const char *section, const char *name, const char *value)
{
	struct reading *r = arg;
	const struct conf_key *k = key_find(text_of(section), text_of(name));
	struct text why = TEXT_NONE;
	enum rc rc;

	if (k == NULL) {
		why = arena_format(r->mem, "[%s] %s: no such setting", section, name);
		reading_fail(r, RC_INVALID, why);
		return 0;
	}
	if ((r->seen >> (k - conf_keys) & 1) != 0) {
		why = arena_format(r->mem, "[%s] %s: given twice", section, name);
		reading_fail(r, RC_INVALID, why);
		return 0;
	}
	r->seen |= UINT64_C(1) << (k - conf_keys);
	rc = value_set(r->conf, r->mem, k, text_of(value), &why);
	if (rc != RC_OK)
		reading_fail(r, rc, why);
	return rc == RC_OK;
}

enum rc
conf_read(struct text file, struct arena *a, struct conf *ret, struct text *ret_why)
{
	struct conf c;
	struct reading r = { .rest = file, .mem = a, .conf = &c, .rc = RC_OK };
	enum rc rc;
	int line;

	*ret_why = TEXT_NONE;
	rc = defaults_set(&c, a, ret_why);
	if (rc != RC_OK)
		return rc;
	line = ini_parse_stream(line_give, &r, pair_take, &r);
	if (line > 0 && (r.rc == RC_OK || line < r.line)) {
		r.rc = RC_OK;
		r.line = line;
		reading_fail(&r, RC_INVALID, TEXT("neither [section] nor key = value"));
	}
	if (r.rc == RC_OK && line < 0)
		return RC_NO_MEMORY;
	if (r.rc == RC_OK)
		*ret = c;
	else
		*ret_why = r.why;
	return r.rc;
}

static enum rc
file_read(const char *path, struct arena *a, struct text *ret, struct text *ret_why)
{
	char *p = arena_alloc(a, CONF_FILE_MAX + 1);
	size_t n = 0;
	ssize_t got = 1;
	int fd, error;

	if (p == NULL)
		return RC_NO_MEMORY;
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	while (fd >= 0 && n <= CONF_FILE_MAX && (got = read(fd, p + n, CONF_FILE_MAX + 1 - n)) > 0)
		n += (size_t)got;
	error = errno;
	if (fd < 0 || got < 0) {
		*ret_why = arena_format(a, "%s: %s", path, strerrordesc_np(error));
		if (fd >= 0)
			close(fd);
		return RC_NOT_FOUND;
	}
	close(fd);
	if (n > CONF_FILE_MAX) {
		*ret_why = arena_format(a, "%s: larger than %d bytes", path, CONF_FILE_MAX);
		return RC_TOO_LARGE;
	}
	*ret = (struct text){ p, n };
	return RC_OK;
}

enum rc
conf_load(const char *path, struct arena *a, struct conf *ret, struct text *ret_why)
{
	struct text file = TEXT_NONE;
	enum rc rc;

	*ret_why = TEXT_NONE;
	if (path != NULL) {
		rc = file_read(path, a, &file, ret_why);
		if (rc != RC_OK)
			return rc;
	}
	rc = conf_read(file, a, ret, ret_why);
	if (rc == RC_INVALID)
		*ret_why = arena_format(a, "%s: %.*s", path == NULL ? "(defaults)" : path, (int)ret_why->n,
		    ret_why->p == NULL ? "" : ret_why->p);
	return rc;
}

struct text
conf_db(const struct conf *c, struct arena *a)
{
	static const char head[] = "sqlite:STATE/";

	if (!text_starts_with(text_of(c->db), text_of(head)))
		return arena_text(a, text_of(c->db));
	return arena_format(a, "sqlite:%s/%s", c->state, c->db + strlen(head));
}
