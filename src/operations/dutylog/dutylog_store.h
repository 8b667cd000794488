/* dutylog_store: the SQL of this subject.  Private. */
#pragma once

#include "operations/dutylog/dutylog.h"

enum dutylog_q { L_ATTEND, L_ATTEND_ADD, L_LOG, L_LOG_ADD, L_CONFIRM, L_UNSIGNED, L_CASES, L_LINK_MADE, L_LINK, L_COUNT };
extern const struct db_stmt dutylog_q[L_COUNT];
/* A visit of this account's, published, at a point. */
enum rc dutylog_own_slot(struct tx *tx, const struct actor *actor, int64_t plan, uint32_t slot, struct duty_slot *ret);
enum rc dutylog_link(struct tx *tx, const struct actor *actor, const struct dutylog_new *in, const struct duty_slot *s);
