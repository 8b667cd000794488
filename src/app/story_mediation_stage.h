/* story_mediation_stage: the small city with its mediators, and steps of a mediation in one call each.  Tests only. */
#pragma once

#include "app/story_stage.h"

#include "operations/matter/mediation/mediation.h"

extern int64_t village_mediator, town_mediator, labour_panel; /* of the register */
void mediation_city(struct stage *f);
/* Unpaid wages brought for mediation, taken in by HELPER and accepted. */
int64_t quarrel(struct stage *f);
/* A step with these values; who 0: the resident of the case.  The findings and the reason stay in `said`. */
struct said { enum rc rc; struct findings findings; struct mediation_verdict verdict; int64_t next; };
extern struct said said;
enum rc step(struct stage *f, int who, int64_t id, enum mediation_step s, struct mediation_values in);
struct mediation_values nothing(void);
struct mediation mediation_of(struct stage *f, int64_t id);
/* Parties of a case as the office reads them; *ret_n of them. */
struct mediation_party *parties_of(struct stage *f, int64_t id, size_t *ret_n);
int64_t duty_of(struct stage *f, int64_t id, int n);
void register_it(struct stage *f, int64_t id, enum mediation_category category);
void add_party(struct stage *f, int64_t id, enum mediation_side side, const char *name, const char *number, enum rc want);
void all_agree(struct stage *f, int64_t id);
/* Registered, agreed to, accepted, with a mediator and a session. */
int64_t talking(struct stage *f);
/* Two duties of the other side: 3,000 yuan on the 10th of July, 2,000 on the 10th of August. */
struct mediation_values two_payments(enum mediation_form form);
int64_t agreed(struct stage *f);
int64_t due_at(struct stage *f, int64_t id, enum clock_target target); /* 0: met; -1: none */
void go_to(const char *day);
int64_t last_of(const char *day);
