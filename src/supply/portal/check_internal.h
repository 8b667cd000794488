/* check_internal: a package of rules that asks a resident one question at a time, and what it made of the answers. */
#pragma once

#include "standards/policy/policy_version.h"
#include "supply/frame/frame_verdict.h"
#include "supply/portal/portal_internal.h"

#define CHECK_ANSWERS_MAX 48

struct asking;
struct check {
	const char *package, *item, *title, *intro;
	void (*put)(struct exchange *x, struct html *h, const struct asking *q); /* what comes of it; NULL: likely or not */
};
struct answer { struct text name, value; };
struct asking {
	const struct check *check;
	struct policy_version version;
	const struct rules *rules;
	const struct rules_package *k;
	struct rules_facts *facts;
	struct rules_verdict verdict;
	struct answer v[CHECK_ANSWERS_MAX];
	size_t n;
	int next;               /* input to ask, -1: none */
	struct text typed;      /* what was typed and could not be taken */
	struct text wrong;      /* why */
};
struct text check_question(struct exchange *x, const struct asking *q, const struct answer *a);
struct text check_answer(struct exchange *x, const struct asking *q, const struct answer *a);

/* The ways out of a trouble, which one first (path_page.c). */
void path_put(struct exchange *x, struct html *h, const struct asking *q);
