/* story_stage: a small city with its people and one trouble, for the tests of whole stories.  Tests only. */
#pragma once

#include "kit/db/db_stage.h"

#include "evaluation/review/review.h"
#include "evaluation/statistics/statistics.h"
#include "operations/dispatch/dispatch.h"
#include "operations/intake/intake.h"
#include "operations/matter/consult/consult.h"
#include "resources/identity/identity.h"

#define VILLAGE INT64_C(320506100201)
#define TOWN INT64_C(320506100000)
#define COUNTY INT64_C(320506000000)
#define OTHER_TOWN INT64_C(320506101000)
#define CITY INT64_C(320500000000)

enum { HELPER = 101, DIRECTOR, CLERK, LAWYER, CHIEF, STRANGER, HOTLINE };
enum { STATION = 201, CENTRE, COUNTY_CENTRE, OTHER_CENTRE, LINE };

extern struct crypt *story_keys;
/* Where problems() looks for the files of attachments; NULL: nowhere. */
extern const char *story_state;

/* One of the people above, as they act. */
struct actor as(int id);
struct ctx ctx_as(struct stage *f, const struct actor *actor);
/* The city, its people, points, items and holidays: first in every test. */
void begin(struct stage *f);
int64_t item_of(struct stage *f);
/* Unpaid wages in the village, by the portal, with a name and a phone. */
struct intake_new wages(struct stage *f);
/* The same handed in by nobody in particular; it must be taken. */
struct intake_receipt ask(struct stage *f, struct idem_key key);
/* As `who` sees it; 0: the system. */
enum rc look(struct stage *f, int who, int64_t id, struct request *ret);
int64_t revision(struct stage *f, int64_t id);
enum rc accept_as(struct stage *f, int who, int64_t id);
enum rc offer_as(struct stage *f, int who, int64_t id, int to, struct dispatch_result *ret);
enum rc answer_as(struct stage *f, int who, int64_t id, bool told);
enum rc close_as(struct stage *f, int who, int64_t id, struct consult_verdict *verdict);
/* The code of the only review of a case, and rating by it. */
void code_of(struct stage *f, int64_t id, unsigned char code[static 10]);
enum rc rate_as(struct stage *f, const struct actor *a, int64_t id, enum grade grade, int64_t *follow_up);
/* Totals by channel of the whole city and the closed records behind the portal's, as `who` may see them. */
struct look {
	struct case_id id;
	struct review v[4];
	size_t n_v;
	struct figure_totals t;
	struct queue_row q[20];
	size_t n_q;
};
struct look figures_as(struct stage *f, int who);
/* What `zhaofa verify` finds bad. */
int64_t problems(struct stage *f);
