/* api_internal: what the calls share. */
#pragma once

#include "kit/json/json.h"
#include "operations/dispatch/dispatch.h"
#include "operations/intake/intake.h"
#include "operations/matter/consult/consult.h"
#include "resources/identity/identity.h"
#include "resources/network/network.h"
#include "standards/catalogue/catalogue.h"
#include "standards/holidays/holidays.h"
#include "standards/region/region.h"
#include "supply/api/api.h"
#include "supply/frame/frame.h"

/* ---- writing (api.c) --------------------------------------------------------------------------------- */

/* Begins the one object of the answer. */
struct json api_open(struct exchange *x);
enum rc api_close(struct exchange *x, struct json *j);
/* A public list that changes rarely. */
void api_keep(struct exchange *x);
void api_moment(struct json *j, const char *key, int64_t at_ms); /* null for 0 and DUE_NONE */
void api_day(struct json *j, const char *key, struct day day);   /* null for DAY_NONE */
void api_id(struct json *j, const char *key, int64_t id);        /* a string; null for 0 */
void api_place(struct json *j, const char *key, struct place place);
/* {"key":…, "label":…}: the stable key and the words in the language of the call. */
void api_choice(struct exchange *x, struct json *j, const char *name, const char *key, const char *label);
/* The header Idempotency-Key; RC_INVALID with a finding when it is missing or none. */
enum rc api_key(struct exchange *x, struct idem_key *ret);

/* ---- what is asked for --------------------------------------------------------------------------------- */

struct division_ask { struct place parent; };
struct points_ask { struct place place; int kind; };
struct request_ask {
	int topic, applicant, caller;
	struct text item, detail, name, phone, id_number, caller_name, caller_phone, org_name, credit_code;
	struct place place;
	bool urgent;
	uint64_t groups;
	struct day founded;
	int64_t staff;
};
struct say_ask { struct text body; };
struct queue_ask { int list; struct text after; int64_t most; };
struct orders_ask { int group, level; struct text cause; struct place place; int64_t before, most; };
struct step_ask { int64_t revision; };
struct answer_ask { int64_t revision; struct text answer; bool aid_told; };
struct close_ask { int64_t revision; struct text outcome, note; };
struct pause_ask { int64_t revision; struct text code, words; struct day until; int64_t proof; };
struct resume_ask { int64_t revision; struct text words; };
struct assign_ask { int64_t revision; struct text to, reason; };
struct legalaid_ask { int group; struct text after; int64_t most; };
struct duty_ask { int64_t month; struct place place; };
enum { ASK_MINE = 1, ASK_POINT, ASK_AREA };

extern const struct form division_ask_form, points_ask_form, request_ask_form, say_ask_form, queue_ask_form,
    step_ask_form, answer_ask_form, close_ask_form, assign_ask_form, pause_ask_form,
    resume_ask_form, missed_ask_form, cooperations_ask_form, orders_ask_form, legalaid_ask_form, duty_month_form, duty_place_form;

/* The resident with the code of the header X-Receipt-Code; ctx is a copy that acts as them. */
enum rc api_receipt_enter(struct exchange *x, struct actor *actor, struct ctx *ctx);

/* ---- calls ---------------------------------------------------------------------------------------------- */

http_handler api_items, api_item, api_divisions, api_points, api_oncall, api_missed_post;
http_handler api_request_post, api_progress, api_message_post;
http_handler api_duty_point, api_duty_today;
http_handler api_orders, api_order;
http_handler api_queue, api_case, api_accept_post, api_answer_post, api_close_post, api_assign_post,
    api_pause_post, api_resume_post, api_cooperations, api_cooperation;
http_handler api_legalaid_list, api_legalaid, api_legalaid_step_post, api_legalaid_form_post, api_progress_legalaid,
    api_progress_legalaid_post;
http_handler api_mediation, api_progress_mediation;
extern const struct form provider_ask_form;
http_handler api_providers;
http_handler api_policies, api_policy, api_policy_judge_post, api_case_policy_post;

http_handler api_complaint_post, api_complaint_progress, api_complaints, api_complaint;
extern const struct form complaint_ask_form, scores_ask_form;
http_handler api_scores;

#define API_EVENTS 300
#define API_MESSAGES 200
void api_events(struct exchange *x, struct json *j, const struct event *v, size_t n, bool staff);
void api_messages(struct exchange *x, struct json *j, const struct message *v, size_t n);
