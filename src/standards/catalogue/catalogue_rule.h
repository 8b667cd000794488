/* catalogue_rule: may they ask for it?  Pure.  Source: the article's S3, S17–S21. */
#pragma once

#include "standards/catalogue/kinds.h"

struct catalogue_offer { uint32_t who_may, channels, tiers; bool in_force; };

struct catalogue_verdict catalogue_offer_judge(struct catalogue_offer offer, enum applicant_kind who,
    enum channel channel, enum tier tier);
/* Sets that hold nothing outside their enum. */
bool catalogue_set_is_sound(uint64_t set, int first, int count);
