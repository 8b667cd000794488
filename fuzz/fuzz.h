/* fuzz: what the drivers share.  One driver per parser, one input per call, no state between them. */
#pragma once

#include <limits.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "kit/form/form.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FUZZ_TODAY ((struct day){ 20634 }) /* 2026-06-30 */

/* A promise of a header; broken, it ends the run as a crash does. */
#define PROMISE(what) do { if (!(what)) { fprintf(stderr, "broken: %s\n", #what); abort(); } } while (0)

static inline struct text
fuzz_text(const uint8_t *data, size_t size)
{
	return (struct text){ (const char *)data, size };
}

/* A form with a field of every kind. */
struct fuzz_values {
	struct text line, paragraph, phone, idcard, credit, code, secret;
	int64_t number, key;
	bool yes;
	int choice, time;
	uint64_t flags;
	struct day day;
	struct place place;
};

static const struct choice fuzz_choices[] = { { 1, "a", "甲" }, { 63, "b", "乙" }, { 0, NULL, NULL } };

#define FUZZ_AT(m) .offset = offsetof(struct fuzz_values, m)
static const struct field fuzz_fields[] = {
	{ .key = "l", .kind = FIELD_LINE, .label = "行", .min = 1, .max = 5, FUZZ_AT(line) },
	{ .key = "p", .kind = FIELD_PARAGRAPH, .label = "段", .max = 8, FUZZ_AT(paragraph) },
	{ .key = "n", .kind = FIELD_INT, .label = "数", .min = -3, .max = 99, FUZZ_AT(number) },
	{ .key = "y", .kind = FIELD_BOOL, .label = "是", FUZZ_AT(yes) },
	{ .key = "c", .kind = FIELD_CHOICE, .label = "选", .choices = fuzz_choices, FUZZ_AT(choice) },
	{ .key = "f", .kind = FIELD_FLAGS, .label = "多", .choices = fuzz_choices, FUZZ_AT(flags) },
	{ .key = "d", .kind = FIELD_DAY, .label = "日", .min = -9, .max = 9, FUZZ_AT(day) },
	{ .key = "t", .kind = FIELD_TIME, .label = "时", FUZZ_AT(time) },
	{ .key = "h", .kind = FIELD_PHONE, .label = "电", FUZZ_AT(phone) },
	{ .key = "i", .kind = FIELD_IDCARD, .label = "证", FUZZ_AT(idcard) },
	{ .key = "r", .kind = FIELD_CREDIT, .label = "码", FUZZ_AT(credit) },
	{ .key = "q", .kind = FIELD_PLACE, .label = "地", FUZZ_AT(place) },
	{ .key = "k", .kind = FIELD_KEY, .label = "键", FUZZ_AT(key) },
	{ .key = "o", .kind = FIELD_CODE, .label = "询", FUZZ_AT(code) },
	{ .key = "s", .kind = FIELD_SECRET, .label = "密", .min = 2, .max = 5, FUZZ_AT(secret) },
};
static const struct form fuzz_form = FORM_OF("fuzz", "表", fuzz_fields, struct fuzz_values);

/* What form_read() promises of values it has taken, absent ones included. */
static inline void
fuzz_values_check(const struct fuzz_values *v)
{
	PROMISE(utf8_check(v->line, false) == UTF8_FINE && utf8_length(v->line) <= 5);
	PROMISE(utf8_check(v->paragraph, true) == UTF8_FINE && utf8_length(v->paragraph) <= 8);
	PROMISE(utf8_check(v->secret, false) == UTF8_FINE && utf8_length(v->secret) <= 5);
	PROMISE(v->number >= -3 && v->number <= 99 && v->key >= 0);
	PROMISE(v->choice == 0 || choice_by_value(fuzz_choices, v->choice) != NULL);
	PROMISE((v->flags & ~(UINT64_C(1) << 63 | 2)) == 0);
	PROMISE(v->time >= -1 && v->time < 1440);
	PROMISE(day_is_none(v->day) || (v->day.n >= FUZZ_TODAY.n - 9 && v->day.n <= FUZZ_TODAY.n + 9));
	PROMISE(v->idcard.n == 0 || v->idcard.n == 18);
	PROMISE(v->credit.n == 0 || v->credit.n == 18);
	PROMISE(v->code.n == 0 || v->code.n == 16);
	PROMISE(v->phone.n == 0 || (v->phone.n >= 3 && v->phone.n <= 12));
	PROMISE(v->place.code == 0 || place_level(v->place) != PLACE_NONE);
}

static inline void
fuzz_findings_check(const struct findings *f)
{
	PROMISE(f->n <= FINDINGS_MAX && f->n <= f->total);
	for (size_t i = 0; i < f->n; i++)
		PROMISE(f->v[i].field != NULL && f->v[i].message != NULL && f->v[i].line >= 0 && f->v[i].column >= 0);
}
