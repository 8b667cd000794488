/*
 * page: what is late and by whom, what became of bad grades, and how much was done?  The pages of
 * supervision, follow-up and figures; every figure opens to its records.
 */
#pragma once

#include "kit/html/html.h"
#include "kit/http/http.h"
#include "operations/request/request.h"

extern const struct route evaluation_routes[], evaluation_quality_routes[], evaluation_complaint_routes[], evaluation_score_routes[];
extern const size_t evaluation_routes_n, evaluation_quality_routes_n, evaluation_complaint_routes_n, evaluation_score_routes_n;

/* For the page of a closed case: how it was rated, or how the resident can do so (not by this page). */
void evaluation_review_panel(struct html *h, struct exchange *x, struct case_id id);
/* For the page of a case of legal aid, and where its subsidy is approved: how it was judged, as far as somebody must know. */
void evaluation_aid_quality(struct html *h, struct exchange *x, struct case_id id);
/* Beside whom a case could be given to: "案件质量 82.5 分 …"; empty: never evaluated. */
struct text evaluation_provider_quality(struct exchange *x, int64_t provider);
/* Open follow-ups of the actor; -1 when they cannot be had. */
int64_t evaluation_follow_ups(struct exchange *x);
/* Complaints that wait for the actor; -1 when they cannot be had. */
int64_t evaluation_complaints(struct exchange *x);

/* A section of the board: every point of the jurisdiction. */
enum rc point_board(struct exchange *x, struct html *h);
enum rc supervise_get(struct exchange *x);
enum rc follow_up_get(struct exchange *x);
enum rc follow_up_post(struct exchange *x);
enum rc follow_up_take_post(struct exchange *x);
enum rc figures_get(struct exchange *x);
enum rc figures_csv_get(struct exchange *x);
enum rc figures_records_get(struct exchange *x);
/* Legal aid in figures (aid_page.c). */
enum rc aid_figures_get(struct exchange *x);
enum rc aid_records_get(struct exchange *x);
enum rc aid_figures_csv_get(struct exchange *x);
enum rc aid_figures_xlsx_get(struct exchange *x);
/* Mediation in figures (mediation_figures_page.c). */
enum rc mediation_figures_get(struct exchange *x);
enum rc mediation_figures_csv_get(struct exchange *x);
enum rc mediation_figures_xlsx_get(struct exchange *x);
enum rc mediation_records_get(struct exchange *x);
extern const struct form mediation_month_form;
/* Simple papers in figures (writing_page.c). */
enum rc writing_figures_get(struct exchange *x);
/* After hours in figures (hours_figures_page.c). */
enum rc calls_figures_get(struct exchange *x);
extern const struct form calls_span_form, writing_span_form, aid_span_form, follow_up_form, follow_up_take_form, figures_form;
