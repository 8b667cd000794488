/* story_duty_month: a county with four villages, three who may go there and one who may not; July is planned and published. */
#pragma once

#include "app/story_stage.h"

#include "resources/advisor/advisor.h"
#include "resources/duty/duty.h"
#include "resources/network/network.h"
#include "standards/region/region.h"

#define DUTY_MONTH 202607
#define VILLAGES 4

enum { OFFICIAL = 181, SECOND, OTHER_OFFICIAL };
extern int64_t village[VILLAGES];
extern struct duty_made made;
extern struct findings told;

struct seen { int64_t plan; struct duty_plan p; struct duty_slot v[400]; size_t n; struct duty_public pub[8]; size_t n_pub; };

struct day on(int day);
struct ctx ctx_of(struct stage *f, int who, struct actor *keep);
void people(struct stage *f);
int64_t provider_of(struct stage *f, const char *licence);
enum rc plan(struct stage *f, int who);
enum rc publish(struct stage *f, int who, int64_t id);
const struct seen *see(struct stage *f, int64_t id);
const struct duty_slot *slot_of(const struct seen *s, int64_t place);
int64_t published(struct stage *f);
