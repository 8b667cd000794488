/* story_complaint_stage: complaints about the people of the stage, for their tests.  Tests only. */
#pragma once

#include "app/story_stage.h"

#include "evaluation/complaint/complaint.h"

enum { BUREAU = 120, CITY_BUREAU, CITY_BUREAU_2 };

/* An official at that place; anybody of the stage or of these, as they act. */
void official_make(struct stage *f, int id, int64_t place);
struct actor one(int id);
/* Somebody slammed a door, with a name and a phone. */
struct complaint_new rude(void);
enum rc give(struct stage *f, const struct actor *a, struct idem_key key,
    const struct complaint_new *in, struct complaint_receipt *ret, struct findings *findings);
/* About that account, written down by the operator of 12348. */
struct complaint_receipt about(struct stage *f, int account);
enum rc seen(struct stage *f, int who, int64_t id, struct complaint_whole **ret);
struct complaint_whole *by_code(struct stage *f, const char *code);
int64_t field(struct stage *f, int64_t id, const char *column);
enum rc act(struct stage *f, int who, int64_t id, struct complaint_act in, enum complaint_why *ret);
enum rc speak(struct stage *f, const struct complaint_receipt *r, struct complaint_act in);

#define MUST(who, id, ...)                                                                         \
	do {                                                                                       \
		enum complaint_why why_ = COMPLAINT_MAY;                                           \
		assert_int_equal(                                                                  \
		    act(f, who, id,                                                                \
			(struct complaint_act){ .day = day_of_moment(stage_now_ms), __VA_ARGS__ }, \
			&why_),                                                                    \
		    RC_OK);                                                                        \
	} while (0)
/* Looked into, found, an apology promised where it is founded, and answered. */
void answered(struct stage *f, int who, int64_t id, enum complaint_finding finding);
