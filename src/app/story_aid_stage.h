/* story_aid_stage: the small city with its legal aid institution, lawyers, the bureau, and the rules.  Tests only. */
#pragma once

#include "app/story_stage.h"

#include "operations/matter/legalaid/legalaid.h"

/* The institution's clerk who examines; the county's CHIEF decides; the bureau's official. */
enum { EXAMINER = 151, BUREAU, LAWYER_TWO, LAWYER_OTHER };
/* Firms, and the lawyers in them: LAWYER and LAWYER_TWO in the first, LAWYER_OTHER in the second. */
enum { FIRM_ONE = 301, FIRM_TWO, PROVIDER_ONE = 311, PROVIDER_TWO, PROVIDER_OTHER };

void aid_city(struct stage *f);              /* begin() and all of that */
struct ctx aid_ctx(struct stage *f, int who, struct actor *keep); /* who 0: the resident of `aid_receipt` */
extern int64_t aid_receipt;
/* An unpaid migrant worker with proof (Art. 42); a family over the line. */
struct aid_form migrant(void);
struct aid_form well_off(void);
/* Taken down by the clerk of the institution for 沈演示 (or the ID given), accepted at once. */
int64_t applied(struct stage *f, const struct aid_form *form);
int64_t applied_by(struct stage *f, int who, const struct aid_form *form, const char *id_number, enum rc want);
enum aid_state state_of(struct stage *f, int64_t id);
struct aid aid_of(struct stage *f, int64_t id);
/* Moment a target is due, ms; 0: met; -1: no such clock. */
int64_t due_of(struct stage *f, int64_t id, enum clock_target target);
/* "COUNT(*) FROM event WHERE city = $1" of one case. */
int64_t of(struct stage *f, const char *what, int64_t id);
void move_to(const char *day);               /* nine in the morning */
int64_t end_of(const char *day);             /* its last millisecond */

enum rc examine(struct stage *f, int who, int64_t id, const struct aid_form *form, struct aid_verdict *v);
enum rc decide(struct stage *f, int who, int64_t id, bool grant, const char *deviation, const char *words, unsigned grounds,
    struct aid_verdict *v);
