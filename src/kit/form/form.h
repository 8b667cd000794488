/*
 * form: what may be typed here, and what was?  One row per field: parsing, bounds, HTML, JSON, CSV,
 * help and OpenAPI all come from the row.  What was typed is kept, right or wrong.  Pure but for
 * memory from the arena.
 */
#pragma once

#include "base/arena.h"
#include "base/day.h"
#include "base/place.h"
#include "base/text.h"
#include "kit/ctx/ctx.h"

enum field_kind {
	FIELD_LINE,       /* struct text, one line; min..max code points */
	FIELD_PARAGRAPH,  /* struct text, lines kept; min..max code points */
	FIELD_INT,        /* int64_t; min..max */
	FIELD_BOOL,       /* bool; "1", "on", "true"; required: must be true (a consent) */
	FIELD_CHOICE,     /* int: value of a struct choice; 0 when left out */
	FIELD_FLAGS,      /* uint64_t: several choices at once, bit = value; repeated, or joined by ',' */
	FIELD_DAY,        /* struct day; min..max as days from today (INT_MIN/MAX: open); DAY_NONE when left out */
	FIELD_TIME,       /* int: minute of the day from "HH:MM"; -1 when left out */
	FIELD_PHONE,      /* struct text, digits */
	FIELD_IDCARD,     /* struct text, 18 characters */
	FIELD_CREDIT,     /* struct text, 18 characters */
	FIELD_PLACE,      /* struct place: a division code */
	FIELD_KEY,        /* int64_t: an id in decimal, kept out of sight (<input type=hidden>) */
	FIELD_CODE,       /* struct text, 16 characters of a receipt code, upper case, separators removed */
	FIELD_SECRET,     /* struct text: a password; never echoed, never logged */
};

struct choice {
	int value;
	const char *key;    /* stable English key in JSON, CSV and URLs */
	const char *label;  /* T() */
};

struct field {
	const char *key;       /* name in HTML, JSON, CSV */
	enum field_kind kind;
	const char *label;     /* T() */
	const char *hint;      /* T() or NULL */
	bool required;
	int64_t min, max;
	const struct choice *choices; /* ends with a NULL key */
	size_t offset;         /* of the value in the form's struct */
	const char *autocomplete; /* HTML autocomplete token or NULL */
};

struct form {
	const char *key;        /* "intake.new" */
	const char *title;      /* T() */
	const struct field *fields;
	size_t n;
	size_t size;            /* of the struct the values go into */
};

#define FORM_OF(key_, title_, rows, type) \
	{ .key = (key_), .title = (title_), .fields = (rows), .n = sizeof(rows) / sizeof((rows)[0]), .size = sizeof(type) }

struct finding {
	const char *field;      /* key of the field, or "" for the whole form */
	const char *message;    /* T(): names the bound */
	int64_t bound;          /* %lld in the message: the bound crossed, or which character is at fault */
	int line, column;       /* CSV: counted from 1; else 0 */
};

#define FINDINGS_MAX 64
struct findings {
	struct finding v[FINDINGS_MAX];
	size_t n;               /* kept */
	size_t total;           /* found, even past the ones kept */
};

void findings_add(struct findings *f, const char *field, const char *message, int64_t bound);
const struct finding *findings_of(const struct findings *f, const char *field); /* first, or NULL */
/* The message in a language with its bound filled in, in the arena. */
struct text finding_text(struct arena *a, enum lang lang, const struct finding *f);

struct param { struct text name, value; };
struct params { const struct param *v; size_t n; };
struct text params_get(struct params p, const char *name);        /* empty when absent */
bool params_has(struct params p, const char *name);

/* What was typed, per field, in the form's order; for showing it again.  FIELD_FLAGS: the keys joined
 * by ','.  Never NULL, always clean UTF-8: what cannot be shown is U+FFFD. */
struct typed { struct text *v; };

/*
 * Read params into the struct `values` (zeroed first; texts are never NULL).  Blanks around a value
 * are cut off (not of secrets), full-width digits and letters are read as ASCII where a number or a
 * code is asked for, CRLF becomes LF.  Days may also be written 2026/6/30 or 2026.6.30.
 * RC_OK, or RC_INVALID with every finding at once (a field at fault keeps its zero), or
 * RC_NO_MEMORY.  `typed` always holds what was typed (secrets left out; invalid UTF-8 replaced),
 * unless memory ran out.  Params without a field are passed over.
 */
enum rc form_read(const struct form *form, struct params params, struct day today, struct arena *a,
    void *values, struct typed *ret_typed, struct findings *findings);
const struct field *form_field(const struct form *form, const char *key);
const struct choice *choice_by_value(const struct choice *c, int value); /* NULL when none */
const struct choice *choice_by_key(const struct choice *c, struct text key);
bool field_is_text(enum field_kind kind);    /* bounds count code points */
bool field_has_choices(enum field_kind kind);
