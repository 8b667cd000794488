#include "kit/db/db.h"

#include <stdio.h>
#include <string.h>

/*
 * Is a statement fit for both engines, and does it keep to its scope?  The text is brought into one
 * form first (lower case, one blank between words and signs, literals emptied), then looked through
 * with a table of what must not stand in it.
 */

enum { PLAIN_MAX = 16384, PARAM_MAX = 64 };

struct plain {
	char p[PLAIN_MAX];
	size_t n;
	bool too_long;
	uint64_t params;                /* bit n-1: $n is used */
	bool bad_param;
};

static void
plain_char(struct plain *x, char c)
{
	if (x->n + 1 >= sizeof(x->p)) {
		x->too_long = true;
		return;
	}
	x->p[x->n++] = c;
	x->p[x->n] = '\0';
}

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	    c == '_' || c == '.';
}

static size_t
plain_param(struct plain *x, const char *sql, size_t i)
{
	int n = 0;

	plain_char(x, sql[i++]);
	while (sql[i] >= '0' && sql[i] <= '9' && n < 1000) {
		n = n * 10 + (sql[i] - '0');
		plain_char(x, sql[i++]);
	}
	if (n < 1 || n > PARAM_MAX)
		x->bad_param = true;
	else
		x->params |= UINT64_C(1) << (n - 1);
	return i;
}

static size_t
plain_word(struct plain *x, const char *sql, size_t i)
{
	for (; is_word(sql[i]); i++)
		plain_char(x, sql[i] >= 'A' && sql[i] <= 'Z' ? (char)(sql[i] + ('a' - 'A')) : sql[i]);
	return i;
}

static size_t
plain_literal(struct plain *x, const char *sql, size_t i)
{
	plain_char(x, '\'');
	for (i++; sql[i] != '\0' && sql[i] != '\''; i++)
		;
	return sql[i] == '\0' ? i : i + 1;
}

/* Signs that belong together ("::", "->>") stay together. */
static size_t
plain_sign(struct plain *x, const char *sql, size_t i)
{
	static const char *const pairs[] = { "::", "->", "--", "/*", "||", "<=", ">=", "<>", "!=" };
	size_t k;

	for (k = 0; k < sizeof(pairs) / sizeof(pairs[0]); k++)
		if (strncmp(sql + i, pairs[k], 2) == 0) {
			plain_char(x, sql[i++]);
			break;
		}
	plain_char(x, sql[i]);
	return i + 1;
}

static void
plain_make(struct plain *x, const char *sql)
{
	size_t i = 0;

	x->n = 0;
	x->params = 0;
	x->too_long = x->bad_param = false;
	plain_char(x, ' ');
	while (sql[i] != '\0') {
		if (strchr(" \t\r\n", sql[i]) != NULL) {
			i++;
			continue;
		}
		if (sql[i] == '$')
			i = plain_param(x, sql, i);
		else if (sql[i] == '\'')
			i = plain_literal(x, sql, i);
		else if (is_word(sql[i]))
			i = plain_word(x, sql, i);
		else
			i = plain_sign(x, sql, i);
		plain_char(x, ' ');
	}
}

static bool
has(const struct plain *x, const char *words)
{
	return strstr(x->p, words) != NULL;
}

/* ---- what must not stand in a statement ----------------------------------------------------- */

static const struct { const char *words, *why; } forbidden[] = {
	{ " :: ", "'::' is PostgreSQL's alone: CAST(... AS ...)" },
	{ " ilike ", "ILIKE is PostgreSQL's alone" },
	{ " now ( ", "the moment is a parameter, not now()" },
	{ " current_timestamp ", "the moment is a parameter" },
	{ " current_date ", "the day is a parameter" },
	{ " string_agg ( ", "string_agg is PostgreSQL's alone" },
	{ " group_concat ( ", "group_concat is SQLite's alone" },
	{ " returning * ", "name the columns" },
	{ " select * ", "name the columns" },
	{ " select distinct * ", "name the columns" },
	{ ". * ", "name the columns" },
	{ " skip locked ", "SKIP LOCKED is PostgreSQL's alone" },
	{ " for update ", "FOR UPDATE is PostgreSQL's alone" },
	{ " -> ", "JSON operators differ" },
	{ " ->", "JSON operators differ" },
	{ " \" ", "no double-quoted names" },
	{ " ` ", "no quoted names" },
	{ " [ ", "no quoted names, no arrays" },
	{ " ? ", "parameters are $n" },
	{ " ; ", "one statement" },
	{ " -- ", "comments belong beside the text" },
	{ " /* ", "comments belong beside the text" },
	{ " rowid ", "no rowid" },
	{ " ctid ", "no ctid" },
	{ " insert or ", "INSERT OR is SQLite's alone: ON CONFLICT" },
	{ " replace into ", "REPLACE is SQLite's alone: ON CONFLICT" },
	{ " pragma ", "not for statements" },
	{ " strftime ( ", "moments are numbers" },
	{ " datetime ( ", "moments are numbers" },
	{ " glob ", "GLOB is SQLite's alone" },
	{ " ifnull ( ", "coalesce" },
	{ " random ( ", "differs, and answers must repeat" },
};

static const char *
why_forbidden(const struct plain *x)
{
	size_t i;

	for (i = 0; i < sizeof(forbidden) / sizeof(forbidden[0]); i++)
		if (has(x, forbidden[i].words))
			return forbidden[i].why;
	return NULL;
}

/* ---- scope ---------------------------------------------------------------------------------- */

static unsigned
scope_params(enum db_scope scope)
{
	switch (scope) {
	case DB_PLACE:
		return 4;
	case DB_AREA:
		return 3;
	case DB_OWN:
	case DB_RECEIPT:
		return 2;
	case DB_PUBLIC:
	case DB_CITY:
	case DB_SYSTEM:
		return 1;
	}
	return PARAM_MAX;
}

static const char *
why_params(const struct plain *x, enum db_scope scope)
{
	uint64_t own = (UINT64_C(1) << scope_params(scope)) - 1;

	if (x->bad_param)
		return "a parameter is not $1..$64";
	if ((x->params & own) != own)
		return "a parameter of its scope is not used";
	if ((x->params & (x->params + 1)) != 0)
		return "a parameter between the first and the last is not used";
	return NULL;
}

/* "city = $1" of some table, or "city in ( $1 , 0 )" for what the whole country shares. */
static bool
city_is_compared(const struct plain *x)
{
	static const char *const forms[] = { "city = $1 ", "city in ( $1 , 0 ) " };
	const char *at;
	size_t i;

	for (i = 0; i < 2; i++)
		for (at = strstr(x->p, forms[i]); at != NULL; at = strstr(at + 1, forms[i]))
			if (at > x->p && (at[-1] == ' ' || at[-1] == '.'))
				return true;
	return false;
}

static bool
is_insert(const struct plain *x)
{
	return strncmp(x->p, " insert into ", 13) == 0;
}

/* INSERT INTO t (city, ...) and then $1 in its place. */
static bool
city_is_inserted(const struct plain *x)
{
	char table[64];
	int end = 0;

	if (!is_insert(x) || sscanf(x->p, " insert into %63[a-z0-9_] ( city , %n", table, &end) != 1 ||
	    end == 0)
		return false;
	return has(x, " values ( $1 ,") || has(x, " select $1 ,") ||
	    has(x, " select cast ( $1 as bigint ) ,");
}

static const char *
why_scope(const struct plain *x, enum db_scope scope)
{
	const char *why = why_params(x, scope);

	if (why != NULL)
		return why;
	if ((scope == DB_PLACE || scope == DB_AREA) && is_insert(x))
		return "an INSERT cannot be bound to a place: load with DB_PLACE, then DB_SYSTEM";
	if ((scope == DB_PLACE || scope == DB_AREA) && !has(x, " between $2 and $3 "))
		return "a DB_PLACE or DB_AREA statement says: place BETWEEN $2 AND $3";
	if (is_insert(x) && !city_is_inserted(x))
		return "INSERT INTO t (city, ...) with $1 first";
	if (!is_insert(x) && !city_is_compared(x))
		return "nothing says: city = $1";
	return NULL;
}

static const char *
why_unfit(const struct db_stmt *stmt)
{
	static _Thread_local struct plain x;
	const char *why;

	if (stmt->name == NULL || stmt->name[0] == '\0' || stmt->sql == NULL)
		return "no name or no text";
	plain_make(&x, stmt->sql);
	if (x.too_long)
		return "longer than 16 KiB";
	why = why_forbidden(&x);
	return why != NULL ? why : why_scope(&x, stmt->scope);
}

static bool
name_is_taken(const struct db_set *const *sets, size_t i, size_t k)
{
	const char *name = sets[i]->stmts[k].name;
	size_t a, b;

	for (a = 0; a <= i; a++)
		for (b = 0; b < (a == i ? k : sets[a]->n); b++)
			if (strcmp(sets[a]->stmts[b].name, name) == 0)
				return true;
	return false;
}

const struct db_stmt *
db_check_statements(const struct db_set *const *sets, size_t n, const char **ret_why)
{
	const char *why;
	size_t i, k;

	for (i = 0; i < n; i++)
		for (k = 0; k < sets[i]->n; k++) {
			why = why_unfit(&sets[i]->stmts[k]);
			if (why == NULL && name_is_taken(sets, i, k))
				why = "its name is taken";
			if (why != NULL) {
				*ret_why = why;
				return &sets[i]->stmts[k];
			}
		}
	return NULL;
}
