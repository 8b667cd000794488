/* quality_internal: what the pages of quality share. */
#pragma once

#include "evaluation/page/page.h"
#include "evaluation/quality/quality.h"
#include "kit/msg/msg.h"
#include "supply/frame/frame.h"

#define QP_ROWS 200

struct text qp_say(const struct exchange *x, const char *zh);
struct text qp_day(const struct exchange *x, struct day d);
struct text qp_when(const struct exchange *x, int64_t at_ms);
struct text qp_int(const struct exchange *x, int64_t n);
struct text qp_key(const struct exchange *x);                 /* for one more form of a page */
struct text qp_join(const struct exchange *x, struct text a, struct text b); /* "a · b" */
struct text qp_points(const struct exchange *x, int64_t tenths); /* "82.5"; "–" for none */
/* A T() text with one %lld. */
struct text qp_sayn(const struct exchange *x, const char *zh, int64_t n);
struct text qp_refusal(const struct exchange *x, struct quality_verdict v);
struct text qp_query(const struct exchange *x, const char *name);
enum ui_tone qp_tone(enum quality_grade g);
/* Why a deed came to nothing, and the status that goes with it; false: an error for the gate. */
bool qp_trouble(struct exchange *x, enum rc rc, struct quality_verdict v, struct text *ret);
/* The county of who asks, or the city: what the range of their places is. */
struct place qp_place(const struct actor *actor, bool city);
/* A link back, in a line of its own. */
void qp_back(struct html *h, struct text href, const char *label);

extern const struct form quality_round_form, quality_draw_form, quality_step_form, quality_score_form, quality_back_form, quality_expert_form,
    quality_list_form, quality_deed_form, quality_voice_form, quality_span_form,
    quality_seminar_form;
struct qp_deed { int64_t file, revision; int deed; struct text words; struct day due; };
enum { QP_STATE = 1, QP_UPHOLD, QP_AGAIN, QP_DROP, QP_ORDER, QP_ANSWER, QP_ACCEPT, QP_REDO, QP_MORE };

http_handler quality_home_get, quality_round_new_get, quality_round_new_post, quality_round_get, quality_draw_post, quality_close_post,
    quality_score_get, quality_score_post, quality_back_post, quality_panel_get, quality_expert_post, quality_list_get, quality_list_post,
    quality_case_get, quality_deed_post, quality_voice_get, quality_voice_post, quality_figures_get, quality_records_get, quality_seminars_get, quality_seminar_post;
