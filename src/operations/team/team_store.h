/* team_store: the SQL of team; private. */
#pragma once

#include "operations/team/team.h"

enum team_q {
	M_TEAM, M_TEAMS, M_ADD, M_UPDATE, M_OFFICE, M_MEMBERS, M_JOIN, M_LEAVE, M_IN_IT, M_MEDIATOR, M_LICENCE, M_LEADER_OFF,
	M_VISITS, M_VISIT, M_VISIT_ADD, M_VISIT_WRITE, M_HOURS_OPEN, M_HOURS_ONE, M_HOURS_SUMS, M_HOURS_DAY, M_HOURS_ADD, M_HOURS_CONFIRM,
	M_PAIRS, M_PAIR, M_PAIR_ADD, M_PAIR_END, M_PAIR_MEETS, M_ADVISES, M_TRAININGS, M_TRAIN, M_COUNT
};
extern const struct db_stmt team_q[M_COUNT];

void team_read(const struct rows *row, struct team *ret);
void team_member_read(const struct rows *row, struct team_member *ret);
void visit_read(const struct rows *row, struct team_visit *ret);
void hours_read(const struct rows *row, struct hours *ret);
void pair_read(const struct rows *row, struct pair *ret);
