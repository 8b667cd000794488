/* What the files of this folder share.  Private. */
#pragma once

#include "operations/team/team.h"

/* Who changes teams, pairs and hours of a place. */
bool team_keeps(const struct actor *actor, struct place place);
