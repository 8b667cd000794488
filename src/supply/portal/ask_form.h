/*
 * ask_form: what is asked of somebody who wants help, on which page, and how is it kept until it is
 * sent?  One struct, one list of fields, three pages of it; the draft holds all that was typed, right
 * or wrong.
 */
#pragma once

#include "kit/form/form.h"
#include "operations/intake/intake.h"

enum naming { NAMING_NONE, NAMING_NAMED, NAMING_ANONYMOUS };

struct ask {
	int topic;                   /* enum topic */
	struct text detail;
	struct text item;            /* code; empty: the one that fits the topic */
	struct place town, village;  /* town: a town, or only a county or the city; village: 0 not said */
	bool urgent;
	int applicant;               /* enum applicant_kind */
	int caller;                  /* enum relation */
	uint64_t groups;
	int naming;
	struct text name, phone, id_number;
	struct text caller_name, caller_phone;
	struct text org_name, credit_code;
	struct day founded;
	int64_t staff;               /* 0: not said */
};

#define ASK_DETAIL_MAX 2000 /* code points: with every other field a draft stays below DRAFT_MAX */

extern const struct form ask_form;                                     /* all of it */
extern const struct form ask_what_form, ask_where_form, ask_who_form;  /* one page each */
extern const struct choice naming_choices[], relation_choices[];

/* What no single field can tell: the name that goes with an answer.  Pure. */
void ask_judge_who(const struct ask *ask, struct findings *findings);
/* As fine as said; the village counts only inside the town. */
struct place ask_place(const struct ask *ask);
/* What intake gets.  item: its id. */
struct intake_new ask_intake(const struct ask *ask, int64_t item);

/* ---- the draft: "field=typed&...", in the order of ask_form ------------------------------------------- */

/* Take over into `all` (in ask_form's order) what was typed on one page. */
void ask_merge(struct typed *all, const struct form *page, const struct typed *typed);
/* p is NULL past the arena's bound. */
struct text ask_pack(struct arena *a, const struct typed *all, struct text key);
/* The fields back, as params in the arena; what is no draft gives none. */
struct params ask_unpack(struct arena *a, struct text packed);
