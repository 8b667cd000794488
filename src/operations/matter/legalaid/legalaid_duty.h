/*
 * legalaid_duty: which lawyer is on duty at which court or detention house on which day, and whom did they help?
 *
 * 值班律师, 法律援助法 14, 30, 37: help without a case: advice, which procedure, another measure than custody, opinions.
 * Who then wants legal aid is passed on to the institution within 24 hours (Art. 39(2)).
 *
 * Results as in legalaid.h.  Who is on duty is written down by the institution's people; help by the lawyer, or by them
 * for a lawyer without an account.  A lawyer reads the own duty alone.
 */
#pragma once

#include "operations/matter/legalaid/legalaid_notice.h"

enum aid_station { AID_STATION_NONE, AID_AT_COURT, AID_AT_PROCURATORATE, AID_AT_DETENTION, AID_STATION_COUNT };
/* Art. 30, 37 and 刑事诉讼法 36: bits. */
enum aid_help { AID_H_ADVICE, AID_H_PROCEDURE, AID_H_MEASURE, AID_H_OPINION, AID_H_MEETING, AID_H_FILE, AID_H_PLEA, AID_HELP_COUNT };
extern const struct choice aid_station_choices[], aid_help_choices[];

struct aid_duty_new { struct place place; struct text station; int station_kind; struct day day; int64_t provider; };
/* RC_INVALID with findings: no lawyer, a licence that is not good on that day, on duty there already. */
enum rc aid_duty_put(struct ctx *ctx, struct idem_key key, const struct aid_duty_new *in, struct findings *findings);
struct aid_duty { int64_t id, provider, provider_account, helped; struct text station, name, firm_name; int station_kind; struct day day; };
/* Days from..to, the first day first; a lawyer's own. */
enum rc aid_duties(struct tx *tx, const struct actor *actor, struct day from, struct day to, struct aid_duty *ret, size_t cap, size_t *ret_n);

struct aid_help_new { int64_t duty; struct text name, words; int stage; unsigned given; bool wants_aid; };
/* Not before the day of duty, and not on a day to come. */
enum rc aid_help_put(struct ctx *ctx, struct idem_key key, const struct aid_help_new *in, struct findings *findings);
struct aid_help_row { int64_t id, pass_due_ms, passed_ms, at_ms; struct text sealed, name, words, account_name; int stage; unsigned given; };
/* Names opened; of one duty that the actor may read.  RC_NOT_FOUND. */
enum rc aid_helps(struct ctx *ctx, int64_t duty, struct aid_duty *ret_duty, struct aid_help_row *ret, size_t cap, size_t *ret_n);
/* The institution has the application.  RC_CONFLICT: it had it before, or there is none. */
enum rc aid_help_pass(struct ctx *ctx, struct idem_key key, int64_t duty, int64_t help);

extern const struct db_set legalaid_duty_sql;
