/* legalaid_gather: what a case holds that its papers say.  Private to the papers of legal aid. */
#pragma once

#include "operations/matter/legalaid/legalaid_internal.h"
#include "operations/matter/legalaid/legalaid_run_store.h"

/* What the case holds beside its request and its aid. */
struct gathered {
	struct case_id id;
	int64_t lawyer;          /* 0: nobody is assigned by this step */
	struct crypt *crypt;
	struct request r;
	struct aid a;
	struct text id_masked, phone_masked;
	struct text address, phone;
	struct place place;      /* of the institution: whose series */
	struct text bureau, bureau_address, bureau_phone;
	struct text decided;     /* number of the grant */
	struct text objected;    /* name and number of the last decision */
	int64_t assign_due;
	struct provider provider;
	struct text ordered;     /* the bureau's order to correct, with number and day */
	struct text standard;    /* of the subsidy: amount, since when, which paper */
};


/* By the actor's rights; `id`, `lawyer` and `crypt` are set before. */
enum rc gather_tx(struct tx *tx, const struct actor *actor, void *gathered);
/* What it is about, in the law's words; in the applicant's where those say nothing. */
struct text cause_of(const struct gathered *g);
/* 法律援助法 22(3) for criminal cases; of the others the case does not hold which it will be: empty. */
struct text form_of(const struct gathered *g);
/* Who issues, for whom, about what, and the phone. */
void say_case(struct paper_facts *f, const struct gathered *g);
/* RC_NOT_FOUND becomes RC_OK. */
enum rc none_is_fine(enum rc rc);
struct text day_said(struct arena *mem, struct day d); /* "2026年6月30日" */
/* Where papers are brought. */
struct text where_of(struct arena *mem, const struct gathered *g);
