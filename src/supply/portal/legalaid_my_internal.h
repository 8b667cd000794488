/* legalaid_my_internal: the own application for legal aid, as its pages show it. */
#pragma once

#include "operations/matter/legalaid/legalaid_run.h"
#include "supply/portal/my_internal.h"

#define MY_AID_ROWS 40

struct my_aid {
	struct request r;
	struct aid a;
	struct aid_supplement supplement;
	struct aid_decision decisions[AID_DECISIONS_MAX];
	struct aid_assignment assignments[MY_AID_ROWS];
	struct aid_report reports[MY_AID_ROWS];
	struct aid_change changes[MY_AID_ROWS];
	struct aid_objection objections[MY_AID_ROWS];
	struct aid_closing closing;
	struct message *messages;
	struct review reviews[MY_REVIEWS];
	size_t n_decisions, n_assignments, n_reports, n_changes, n_objections, n_messages, n_reviews;
	bool has_supplement, has_closing;
	const struct aid_assignment *current;
	bool has_judged;
	struct policy_decision judged;
	struct policy_version version;
	struct case_clock clocks[CASE_CLOCKS_MAX];
	size_t n_clocks;
	int64_t objection_days;        /* 0: no limit is known */
};
/* RC_NOT_FOUND: no legal aid in it. */
enum rc my_aid_load(struct exchange *x, struct receipt *receipt, struct my_aid *ret);
/* The words that were typed and not taken, above the form of `step`. */
struct my_aid_again { enum aid_step step; const char *trouble; };
#define MY_AID_SAY AID_STEP_COUNT  /* in place of a step: a message was not sent */
/* A form of words alone, to /my/legalaid/STEP. */
void my_aid_put_words(struct exchange *x, struct html *h, const struct my_aid *m, enum aid_step step, const char *submit,
    const struct my_aid_again *again);
/* legalaid_my_lawyer_page.c */
struct text my_aid_next_when(const struct exchange *x, const struct my_aid *m); /* of the nearest appointment; empty: none */
void my_aid_put_ahead(struct exchange *x, struct html *h, const struct my_aid *m);
void my_aid_put_lawyer(struct exchange *x, struct html *h, const struct my_aid *m, const struct my_aid_again *again);
enum rc my_aid_show(struct exchange *x, struct receipt *receipt, const struct my_aid_again *again);
