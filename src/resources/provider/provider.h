/*
 * provider: who gives legal services, from which house, and is their licence good on that day?
 *
 * Bodies (firm: law firms, offices, committees, social bodies, associations) and the people in them.  Professional
 * registers: the same for the whole city, read by whoever is logged in, changed with RIGHT_NETWORK.  Mediators of
 * committees have a register of their own (operations/matter/mediation).  Sanctions, assessments, renewals and
 * warnings: provider_register.h.
 *
 * RC_NOT_FOUND: no such firm or provider.  RC_CONFLICT: it has changed since.  Texts live in tx_mem().
 */
#pragma once

#include "base/day.h"
#include "base/place.h"
#include "kit/db/db.h"
#include "kit/form/form.h"

enum firm_kind { FIRM_LAW = 1, FIRM_GRASSROOTS, FIRM_AID, FIRM_NOTARY, FIRM_APPRAISAL, FIRM_COMMITTEE, FIRM_SALON, FIRM_DIALECT_ROOM,
	FIRM_MIGRANT_CLUB, FIRM_SOCIAL, FIRM_ASSOCIATION, FIRM_OFFICE, FIRM_KIND_COUNT };
/* PROVIDER_VOLUNTEER: of legal aid; PROVIDER_HELPER: any other legal volunteer, by category. */
enum provider_kind { PROVIDER_LAWYER = 1, PROVIDER_GRASSROOTS, PROVIDER_AID_LAWYER, PROVIDER_VOLUNTEER, PROVIDER_NOTARY,
	PROVIDER_APPRAISER, PROVIDER_OFFICER, PROVIDER_HELPER, PROVIDER_KIND_COUNT };
/* Government, social, market: S116–S129. */
enum provider_sector { SECTOR_GOVERNMENT = 1, SECTOR_SOCIAL, SECTOR_MARKET, SECTOR_COUNT };
enum volunteer_category { VOLUNTEER_QUALIFIED = 1, VOLUNTEER_VILLAGE_OFFICIAL, VOLUNTEER_RETIRED_JUDGE, VOLUNTEER_RETIRED_PROSECUTOR,
	VOLUNTEER_LAWYER, VOLUNTEER_STUDENT, VOLUNTEER_OTHER, VOLUNTEER_COUNT };
/* Stored as bits.  The first ones are those of the catalogue's kind "language". */
enum provider_language { LANGUAGE_PUTONGHUA, LANGUAGE_SUZHOU, LANGUAGE_SIGN, LANGUAGE_ENGLISH, LANGUAGE_JAPANESE, LANGUAGE_KOREAN,
	LANGUAGE_SHASHANG, LANGUAGE_JIANGHUAI, LANGUAGE_ZHONGYUAN, LANGUAGE_SOUTHWEST, LANGUAGE_COUNT };
/* Stored as bits.  SKILL_MINORS: familiar with minors (未成年人保护法 104).  SKILL_PANEL: on the panel for major criminal
 * cases. */
enum provider_skill { SKILL_CIVIL, SKILL_LABOUR, SKILL_FAMILY, SKILL_INJURY, SKILL_ADMINISTRATIVE, SKILL_CRIMINAL,
	SKILL_MINORS, SKILL_PANEL, SKILL_COUNT };
extern const struct choice firm_kind_choices[], provider_kind_choices[], provider_skill_choices[], provider_sector_choices[],
    volunteer_category_choices[], provider_language_choices[];
/* What a category of volunteers has to show (S122); number: the number of that paper is asked for. */
struct volunteer_need { enum volunteer_category category; bool number; const char *paper; /* T() */ };
extern const struct volunteer_need volunteer_needs[VOLUNTEER_COUNT];
const char *provider_sector_label(int sector);         /* T() */
const char *volunteer_category_label(int category);    /* T() */
const char *firm_kind_label(enum firm_kind k);         /* T() */
const char *provider_kind_label(enum provider_kind k); /* T() */
const char *provider_skill_label(enum provider_skill s); /* T() */

/* credit: 18 characters, or empty.  Days before 1970, DAY_NONE too: not told; valid_to is the last day. */
struct firm_more { struct text credit; int sector; bool welfare; struct day valid_from, valid_to; };
/* category: of volunteers, else 0; home: 0 the firm's; room: matters at a time, 0 not told. */
struct provider_more { int sector, category; struct text qualification; uint64_t languages; struct place home; int64_t room; };

struct firm {
	int64_t id;
	enum firm_kind kind;
	struct text licence, name, phone;
	struct place place;
	bool active;
	int64_t revision;
	struct firm_more more;
};

struct provider {
	int64_t id, firm;
	enum provider_kind kind;
	struct text licence, name;
	struct day valid_from, valid_to;     /* last day; DAY_NONE: without an end */
	struct day practice_from;
	unsigned skills;
	int64_t account;                     /* 0: nobody logs in */
	struct day away_from, away_to;       /* DAY_NONE: is there; open end */
	bool active;
	int64_t revision;
	struct provider_more more;
	/* read along */
	struct text firm_name;
	struct place firm_place;
	bool firm_active;
	bool barred;                         /* by a sanction, or by the end of the body's licence: provider_bar() */
};

/* ---- pure (provider_rule.c) ---- */

enum provider_why { PROVIDER_MAY, PROVIDER_OFF, PROVIDER_FIRM_OFF, PROVIDER_LICENCE_NOT_YET, PROVIDER_LICENCE_OVER,
	PROVIDER_AWAY, PROVIDER_BARRED, PROVIDER_WHY_COUNT };
/* May they be given a case on that day?  The last day of a licence still counts. */
enum provider_why provider_judge(const struct provider *p, struct day today);
const char *provider_why_label(enum provider_why w); /* T() */
/* Kinds that legal aid is given by; the others are in the register for other services. */
bool provider_gives_aid(enum provider_kind k);
/* Completed years of practice; -1 before it begins. */
int provider_years(const struct provider *p, struct day today);

/* ---- reading ---- */

enum rc firm_load(struct tx *tx, const struct actor *actor, int64_t id, struct firm *ret);
/* By name, after that one ("" from the beginning). */
enum rc firm_list(struct tx *tx, const struct actor *actor, struct text after, struct firm *ret, size_t cap, size_t *ret_n);
enum rc provider_load(struct tx *tx, const struct actor *actor, int64_t id, struct provider *ret);
/* Whom this account is; RC_NOT_FOUND. */
enum rc provider_by_account(struct tx *tx, const struct actor *actor, int64_t account, struct provider *ret);
/* Of one firm (0: of all), after that id; those switched off too. */
enum rc provider_list(struct tx *tx, const struct actor *actor, int64_t firm, int64_t after, struct provider *ret, size_t cap,
    size_t *ret_n);

/* ---- changing: RIGHT_NETWORK, or the system ---- */

struct firm_new { int64_t id, revision; int kind; struct text licence, name, phone; struct place place; bool active; struct firm_more more; };
/* id 0: a new one.  RC_INVALID with findings. */
enum rc firm_save(struct ctx *ctx, struct idem_key key, const struct firm_new *in, struct findings *findings, int64_t *ret_id);
struct provider_new {
	int64_t id, revision, firm;
	int kind;
	struct text licence, name, login;    /* login: of the account; may be empty */
	struct day valid_from, valid_to, practice_from, away_from, away_to;
	uint64_t skills;
	bool active;
	struct provider_more more;
};
enum rc provider_save(struct ctx *ctx, struct idem_key key, const struct provider_new *in, struct findings *findings,
    int64_t *ret_id);
/*
 * A table of both: one row a provider, with the firm it belongs to (made when its licence is not known).  A licence that is
 * known is brought up to date.  All or none; findings carry line and column.  Columns: provider_import_form.
 */
extern const struct form provider_import_form;
#define PROVIDER_IMPORT_ROWS 2000
enum rc provider_import(struct ctx *ctx, struct idem_key key, struct text csv, struct findings *findings, int64_t *ret_rows);

extern const struct db_set provider_sql;
