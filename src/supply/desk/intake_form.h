/*
 * intake_form: what is asked on the one screen of intake, and how does it become what operations/intake
 * gets?  Pure but for the arena of the findings' texts.
 */
#pragma once

#include "kit/form/form.h"
#include "operations/intake/intake.h"

struct intake_values {
	struct text item;            /* code of the catalogue */
	struct text name, id_number, phone;
	bool anonymous;
	struct text detail;
	struct place town, village;  /* town: also a county or the city; village: 0 not said */
	int channel;
	int topic;
	struct text subject;
	bool urgent, accept_now, scheduled, gathered;
	uint64_t groups;
	int applicant;
	struct text org_name, credit_code;
	struct day founded;
	int64_t staff;               /* 0: not said */
	int caller;
	struct text caller_name, caller_phone;
	struct text opponent, opponent_id, language;
};

extern const struct form intake_form;

/* What no single field can tell: a name or the tick for none.  Pure. */
void intake_judge(const struct intake_values *in, struct findings *findings);
/* As fine as said; the village counts only inside the town. */
struct place intake_place(const struct intake_values *in);
/* item: its id. */
struct intake_new intake_of(const struct intake_values *in, int64_t item);
/* Findings of the use case, keyed as the record is, under the fields of this form. */
void intake_rekey(struct findings *findings);
