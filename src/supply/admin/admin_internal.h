/* admin_internal: what the pages of administration share. */
#pragma once

#include "kit/audit/audit.h"
#include "operations/request/request.h"
#include "resources/identity/identity.h"
#include "resources/network/network.h"
#include "standards/catalogue/catalogue.h"
#include "standards/holidays/holidays.h"
#include "standards/region/region.h"
#include "supply/admin/admin.h"
#include "supply/frame/frame.h"

/* ---- words (admin_word.c): texts in ctx->mem ------------------------------------------------------ */

struct day admin_today(const struct exchange *x);
/* A T() text in the page's language as data. */
struct text admin_say(const struct exchange *x, const char *zh);
/* Data in two languages: the English where it is asked for and there is some. */
struct text admin_name(const struct exchange *x, struct text zh, struct text en);
struct text admin_int(const struct exchange *x, int64_t n);
struct text admin_day(const struct exchange *x, struct day day); /* empty for DAY_NONE */
struct text admin_when(const struct exchange *x, int64_t at_ms);
/* A value as it may stand in an address. */
struct text admin_url(const struct exchange *x, struct text value);
struct text admin_query(const struct exchange *x, const char *name);
/* "KEY-ID" of the last row of the page before; 0, 0 when it is none. */
void admin_cursor(const struct exchange *x, int64_t *key, int64_t *id);
/* "姑苏区 金阊街道（320508001000）": a place by name and code. */
struct text admin_place(const struct exchange *x, struct place p);

/* ---- a form among others on a page ------------------------------------------------------------------ */

/* Was this form the one that was sent? */
bool admin_sent(const struct exchange *x, const struct form *form);
/* What was typed into it; when it was not sent, empty fields to be filled with admin_put(). */
struct typed admin_typed(const struct exchange *x, const struct form *form);
void admin_put(const struct form *form, struct typed *typed, const char *key, struct text value);
/* Its findings, or NULL when it was not sent. */
const struct findings *admin_findings(const struct exchange *x, const struct form *form);
/* A key for one form of several: the one it came with, else a fresh one. */
struct text admin_key(const struct exchange *x, const struct form *form);
/* Line, column and words of every finding of a file; nothing when there are none. */
void admin_file_findings(struct exchange *x, struct html *h, const struct findings *f);
/* How many rows of a file changed something. */
void admin_imported(struct html *h, int64_t rows);
/* The whole of an uploaded file, or else the text field `csv`; RC_INVALID when there is neither. */
#define ADMIN_FILE_MAX (INT64_C(4) * 1024 * 1024)
enum rc admin_file_text(struct exchange *x, struct text *ret);

/* The whole of an uploaded file; RC_NOT_FOUND: none was chosen. */
enum rc admin_file_bytes(struct exchange *x, const char *field, int64_t most, struct text *ret);

/*
 * A file sent in: read, imported by `import` (findings per row, all or nothing); then back to `address` with the count,
 * or shown again by `show` with what is wrong.
 */
enum rc admin_import(struct exchange *x,
    enum rc (*import)(struct exchange *x, struct text csv, struct findings *found, int64_t *ret_rows), const char *address,
    enum rc (*show)(struct exchange *x, const struct findings *found, int64_t rows));
/* The count that admin_import() came back with; -1 when there is none. */
int64_t admin_rows_imported(const struct exchange *x);

/* Places and points as suggestions: city, counties and towns; centres, hotline, online. */
#define ADMIN_OPTIONS_MAX 400
struct admin_options { struct ui_option *v; size_t n; };
struct admin_options admin_places(struct exchange *x);
struct admin_options admin_points(struct exchange *x);

/* ---- forms (admin_form.c) ------------------------------------------------------------------------------ */

struct person_new_values { struct text login, name, title, password, point; int role; struct place place; int64_t capacity; };
struct post_values { int64_t revision; int role; struct place place; struct text point; bool active; struct text successor; };
struct work_values { int64_t revision; struct text name, title; int64_t capacity; };
struct secret_values { struct text password; };

extern const struct form account_new_form, account_post_form, account_work_form, account_secret_form;

/* ---- pages ------------------------------------------------------------------------------------------------- */

http_handler people_page, people_new_page, people_new_post;
http_handler account_page_show, account_post_post, account_work_post, account_secret_post;
http_handler audit_page, audit_verify_post;

/* The point of a code typed into field `point`; 0 when empty; a finding and RC_INVALID when there is none, or
 * it lies outside `within`. */
enum rc people_point(struct exchange *x, struct text code, struct place within, int64_t *ret);
/* identity_judge(), as far as the form that was sent has the fields. */
bool people_judge(struct exchange *x, const struct account_new *in);

/* ---- the catalogue ---------------------------------------------------------------------------------------- */

struct item_values {
	struct text code, matter;
	int64_t sort, seen;
	struct day from;
	struct text name, name_en, summary, summary_en, why_public, price_why, basis, materials;
	uint64_t who_may, channels, tiers;
	int price, supply;
	int64_t accept, answer, close;
	int accept_unit, answer_unit, close_unit;
	struct text accept_source, answer_source, close_source;
	bool in_force;
};
extern const struct form item_new_form, item_revise_form;
extern const struct choice admin_channels[], admin_tiers[], admin_units[]; /* units: enum clock_unit + 1 */

http_handler catalogue_page, catalogue_new_page, catalogue_new_post, catalogue_item_page, catalogue_revise_page,
    catalogue_revise_post, rerule_post;
/* Open cases that run by limits other than those of i, the revision in force, with the way to take them over. */
enum rc rerule_panel(struct exchange *x, struct html *h, const struct item *i);

/* ---- points of service ------------------------------------------------------------------------------------- */

struct point_values {
	int64_t revision;
	struct text code;
	int kind;
	struct place place;
	struct text name, name_en, address, phone, director, parent, lon, lat, hours, villages, reason;
	int datum;
	struct day opened;
};
struct point_close_values { int64_t revision; struct day day; };
struct point_except_values { struct day day; int opens, closes; bool usual; struct text note; };
struct file_values { struct text source; int what; };
struct calendar_values { int64_t seen; struct day day; int kind; /* enum day_kind + 1 */ struct text name, source; bool sure; };
enum { FILE_POINTS = 1, FILE_DIVISIONS };
extern const struct form point_new_form, point_change_form, point_close_form, point_except_form, network_file_form,
    holidays_file_form, calendar_form;

http_handler network_page, network_new_page, network_new_post, network_point_page, network_change_page,
    network_change_post, network_close_post, network_except_post, network_file_page, network_file_post;

/* ---- rules of policy --------------------------------------------------------------------------------------- */

extern const struct form policy_value_form, policy_text_form, policy_decide_form, estimate_form;
http_handler policy_list_page, policy_package_page, policy_text_page, policy_value_page, policy_value_post,
    policy_import_page, policy_import_post, policy_version_page, policy_decide_post, policy_whatif_csv, policy_whatif_xlsx, estimate_page, estimate_post, policy_papers_page;

/* ---- texts that the city's people keep (sheet_page.c) ------------------------------------------------------ */

extern const struct form sheet_form, sheet_decide_form;
http_handler sheet_list_page, sheet_page, sheet_version_page, sheet_decide_post, sheet_print_page, sheet_new_page, sheet_new_post;

/* ---- firms and providers of legal aid (provider_page.c) --------------------------------------------------- */

extern const struct form firm_form, provider_form;
http_handler providers_page, provider_page, provider_post, firm_page, firm_post, provider_file_page, provider_file_post;

/* ---- the registers of bodies and people (register_page.c, register_one_page.c, register_me_page.c) ------------- */

/* Keys of choices joined by ',', as a field takes them; their words joined for who reads. */
struct text admin_flags_typed(const struct exchange *x, const struct choice *choices, uint64_t flags);
struct text admin_flags_text(const struct exchange *x, const struct choice *choices, uint64_t flags);
struct text admin_choice_key(const struct choice *choices, int value);
extern const struct form sanction_form, sanction_end_form, assess_form, renewal_decide_form, own_form, renewal_form;
http_handler register_page, register_persons_csv, register_persons_xlsx, register_bodies_csv, register_bodies_xlsx,
    register_persons_file_page, register_persons_file_post, register_bodies_file_page, register_bodies_file_post,
    register_licences_page, register_able_page, register_sanctions_page, register_person_page, register_body_page,
    register_person_sanction_post, register_body_sanction_post, register_assess_post, register_sanction_end_post,
    register_renewals_page, register_renewal_decide_post, register_scan, register_me_page, register_me_post, register_renewal_post;

/* ---- teams, hours, pairs, ratios (team_page.c, service_page.c) ------------------------------------------------ */

extern const struct form team_new_form, team_change_form, team_join_form, team_leave_form, team_visit_form, team_write_form, hours_form,
    pair_form, train_form, pair_end_form, enterprise_form;
http_handler team_list_page, team_new_page, team_new_post, team_page, team_change_post, team_join_post, team_leave_post, team_visit_post,
    team_log_post, volunteering_page, volunteering_post, volunteering_confirm_post, pairs_page, pair_new_page, pair_new_post, pair_page,
    pair_train_post, pair_end_post, ratio_page, ratio_post;

/* ---- settings ------------------------------------------------------------------------------------------------ */

http_handler settings_page, holidays_post, calendar_page, calendar_post;
extern const struct form limit_form;
http_handler limits_page, limit_page, limit_post;

/* ---- weights of dispatch (dispatch_rules_page.c) -------------------------------------------------------------- */

extern const struct form dispatch_rules_form;
http_handler dispatch_rules_page, dispatch_rules_post;
