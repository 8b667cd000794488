/* score_page_internal: what the pages of advisers' scores share. */
#pragma once

#include "evaluation/page/page.h"
#include "evaluation/page/quality_internal.h"
#include "evaluation/score/score.h"

http_handler score_list_get, score_csv_get, score_xlsx_get, score_close_post, score_get, score_appeal_post, score_decide_post, score_renewal_post,
    score_answer_get, score_answer_post, score_findings_get, score_findings_post;
extern const struct form score_close_form, score_appeal_form, score_decide_form, score_renewal_form, score_answer_form, score_look_form;

/* "82.50"; "–" below 0. */
struct text score_points(const struct exchange *x, int64_t hundredths);
struct text score_yuan(const struct exchange *x, int64_t fen);
/* "?period="; this quarter where none is said or it is none. */
int score_period_query(const struct exchange *x);
struct text score_grade_name(const struct exchange *x, const struct score *s); /* "–" for none */
enum ui_tone score_tone(const struct score *s);
struct text score_path(const struct exchange *x, int64_t contract, int period, const char *tail);
/* Whose scores: what the address says, inside what the actor may see; the county of somebody with one. */
struct place score_place_query(const struct exchange *x);
void score_chips(struct exchange *x, struct html *h, struct place within, int period, const char *path);
/* Findings that belong to no field, and what a refusal says; false: an error for the gate. */
bool score_trouble(struct exchange *x, enum rc rc, const char *conflict, struct text *ret);
void score_trouble_put(struct exchange *x, struct html *h, struct text why);
