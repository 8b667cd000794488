/* policy_internal: what the pages of the rules share. */
#pragma once

#include "standards/policy/policy_version.h"
#include "supply/admin/admin_internal.h"

/* The package in force on a day, compiled; with its versions where asked. */
struct policy_open {
	struct text package;
	struct day day;
	bool versions;
	struct policy_version current;
	const struct rules *rules;
	struct policy_version v[POLICY_VERSIONS_SHOWN];
	size_t n;
};
enum rc policy_open_tx(struct tx *tx, const struct actor *actor, void *arg);

/* All packages in force on a day, compiled; rules NULL where none is. */
#define POLICY_PACKAGES_MAX 40
struct policy_all { struct policy_row v[POLICY_PACKAGES_MAX]; const struct rules *rules[POLICY_PACKAGES_MAX]; size_t n; struct day today; };
enum rc policy_all_tx(struct tx *tx, const struct actor *actor, void *arg);

const char *policy_state_label(enum policy_state s); /* T() */
struct text policy_title(const struct exchange *x, const struct rules *r);
struct text policy_path(const struct exchange *x, struct text package, const char *rest);

/* One version with what it was made from, and what it changes. */
#define POLICY_DIFFERENCES_MAX 200
struct policy_shown {
	struct text package;
	int64_t id;
	struct policy_version v, base;
	const struct rules *rules, *before; /* before: NULL for a first version */
	struct policy_diff diff[POLICY_DIFFERENCES_MAX];
	size_t n_diff;
};
/* By the address; RC_NOT_FOUND. */
enum rc policy_shown_read(struct exchange *x, struct policy_shown *s);
/* Its address with something behind it. */
struct text policy_version_path(const struct exchange *x, const struct policy_shown *s, const char *rest);
/* The values of the text that are only tried, in words; empty: none. */
struct text policy_trials(const struct exchange *x, const struct rules *r);
/* The section about whom it would reach; nothing for who may not draft. */
enum rc policy_put_whatif(struct exchange *x, struct html *h, const struct policy_shown *s);

struct policy_value_values {
	int64_t seen;
	struct text name, value, document, title, number, article, words;
	struct day from;
	bool unset, unverified, trial;
};
struct policy_text_values { struct text text, words; struct day from, change; };
struct policy_decide_values { int deed; /* enum policy_state */ struct text words; };
