/*
 * matter: which kinds of business can a request become?  A const table listed in app/, so that intake
 * and conversion reach matters above them without knowing them.
 */
#pragma once

#include "operations/request/request.h"

struct matter_kind {
	const char *key;       /* "consult"; stored in item.matter and request.matter */
	const char *label;     /* T() */
	const char *outcomes;  /* code_value kind of its outcomes: "consult.outcome" */
	/* What the matter keeps beside the request; runs when the request is accepted. */
	enum rc (*open)(struct tx *tx, const struct actor *actor, const struct request *r);
	/* The account that works on it beside the holder's side: writes messages, adds papers, is told of the resident's.
	 * 0: nobody.  NULL: there is never anybody. */
	enum rc (*worker)(struct tx *tx, const struct actor *actor, const struct request *r, int64_t *ret);
	bool own_end;          /* ends by its own steps alone: not declined, closed or converted like a question */
};

void matter_kinds_set(const struct matter_kind *const *kinds, size_t n); /* once, at start */
/* Of a request: see own_end. */
bool matter_has_own_end(const struct request *r);
/* 0: nobody works on it beside the holder's side. */
enum rc matter_worker(struct tx *tx, const struct actor *actor, const struct request *r, int64_t *ret);
/* The holder's side, or who works on it beside them. */
enum rc matter_may_add(struct tx *tx, const struct actor *actor, const struct request *r, bool *ret);
/* NULL when no such matter is built: intake then refuses the item. */
const struct matter_kind *matter_find(struct text key);
