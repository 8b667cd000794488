/* mediation_internal: what the pages of mediation share. */
#pragma once

#include "operations/matter/mediation/mediation.h"
#include "supply/desk/desk_internal.h"

#define MEDIATION_VIEW_ROWS 60

/* A mediation, read in one transaction; names opened after it. */
struct mediation_view {
	struct case_id id;
	bool mediators_too;         /* in: whom it could be given to */
	bool groups_too;            /* in: chat groups */
	struct request r;
	struct mediation m;
	unsigned sides;
	struct mediation_party parties[MEDIATION_PARTIES_MAX];
	struct mediation_member members[MEDIATION_VIEW_ROWS];
	struct mediation_session sessions[MEDIATION_VIEW_ROWS];
	struct mediation_duty duties[MEDIATION_VIEW_ROWS];
	struct mediation_told dangers[MEDIATION_VIEW_ROWS];
	struct case_clock clocks[CASE_CLOCKS_MAX];
	struct mediator *mediators;
	struct chat_group *groups;
	struct paper papers[PAPERS_OF_CASE_MAX];
	size_t n_papers, n_parties, n_members, n_sessions, n_duties, n_dangers, n_clocks, n_mediators, n_groups;
	struct text opponent;       /* as told at intake; empty: not, or entered already */
};
enum rc mediation_view_read(struct exchange *x, struct mediation_view *v);
struct mediation_verdict mediation_view_judge(const struct mediation_view *v, enum mediation_step step);

struct text mediation_path(const struct exchange *x, struct case_id id, const char *tail);
struct text mediation_day_text(const struct exchange *x, struct day d);
struct text mediation_yuan(const struct exchange *x, int64_t fen); /* "3,000.00 元"; empty for 0 */
struct text mediation_why_text(const struct exchange *x, const struct mediation_verdict *v); /* with the day it names */
enum ui_tone mediation_tone(enum mediation_state s);
const char *mediation_side_label(enum mediation_side s); /* T("甲方") */
/* "甲方 沈演示" */
struct text mediation_party_text(const struct exchange *x, const struct mediation_party *p);
struct text mediation_duty_text(const struct exchange *x, const struct mediation_duty *d);
/* Last day of asking the court; DAY_NONE: not in effect. */
struct day mediation_view_confirm_last(const struct mediation_view *v);
/* A form is needed for it: else one button takes the step. */
bool mediation_step_has_form(enum mediation_step step);

extern const struct form mediator_form, chat_group_form;
http_handler mediation_page, mediation_act_page, mediation_act_post, mediation_paper_post, mediation_list_page, mediators_page, mediators_post, chat_groups_page,
    chat_groups_post;
