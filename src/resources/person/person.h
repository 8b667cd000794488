/*
 * person: who brings the matter, and which group do they belong to?  Persons and organisations as they
 * were first written down.  ID number and phone lie sealed beside a blind index; pages see them masked;
 * in clear only with a right, a purpose and a row in the audit trail.
 *
 * Sealing and indexing is slow work and happens before the transaction (person_prepare), storing
 * inside it (person_insert).
 */
#pragma once

#include "base/day.h"
#include "kit/crypt/crypt.h"
#include "kit/db/db.h"
#include "kit/form/form.h"
#include "standards/catalogue/kinds.h"

struct person_id { int64_t n; };
struct organisation_id { int64_t n; };

/* A start-up, committee, public organisation, other enterprise or organisation, government organ. */
bool applicant_is_organisation(enum applicant_kind k);

/* Vulnerable and key groups (S17, S51, S149).  Stored as bits (1 << group) of `groups`. */
enum group {
	GROUP_ELDERLY,           /* 60 completed years (老年人权益保障法 2); derived */
	GROUP_MINOR,             /* under 18 (未成年人保护法 2, 民法典 17); derived */
	GROUP_DISABLED,          /* 残疾人保障法 2 */
	GROUP_MIGRANT_WORKER,    /* 农民工 (保障农民工工资支付条例 2) */
	GROUP_FLOATING,          /* 流动人口 */
	GROUP_MILITARY,          /* 军人军属 */
	GROUP_VETERAN,           /* 退役军人 */
	GROUP_DIBAO,             /* 最低生活保障对象 (社会救助暂行办法) */
	GROUP_DESTITUTE,         /* 特困供养人员 */
	GROUP_HARDSHIP,          /* 其他困难人员 */
	GROUP_WOMAN,             /* rights of women (妇女权益保障法); derived from sex */
	GROUP_FARMER,            /* 农民 (S149) */
	GROUP_COUNT
};
#define GROUP_BIT(g) (UINT64_C(1) << (g))
const char *group_key(enum group g);
const char *group_label(enum group g);
extern const struct choice group_choices[];
extern const struct choice sex_choices[]; /* GB/T 2261.1: 0 unknown, 1 male, 2 female, 9 not stated */

#define SEX_UNKNOWN 0
#define SEX_MALE 1
#define SEX_FEMALE 2
#define SEX_NOT_STATED 9

#define GROUP_ALL (GROUP_BIT(GROUP_COUNT) - 1)

/*
 * What somebody said of themselves.  A number on an identity card also gives born and sex; when they
 * were told too and differ, that is a finding.
 */
struct person_new {
	struct text name;        /* 1..60 code points */
	struct text id_number;   /* resident identity number, 15 or 18; empty: none given */
	struct text phone;       /* as typed; empty: none given */
	struct day born;         /* DAY_NONE: unknown */
	int sex;
	uint64_t groups;         /* as told; derived ones are added */
	struct place place;      /* where they live in this city, else where they were written down; scope */
};

struct organisation_new {
	enum applicant_kind kind;
	struct text name;
	struct text credit_code; /* empty: none at hand */
	struct day founded;      /* DAY_NONE: unknown */
	int64_t staff;           /* persons employed; -1 unknown */
	struct place place;
};

/* ---- rules: pure --------------------------------------------------------------------------------- */

/* ELDERLY from 60 completed years, MINOR below 18, WOMAN by sex; the same bits cleared where they
 * cannot be.  DAY_NONE: nothing derived from age, what was told stays. */
uint64_t group_derive(uint64_t told, struct day born, int sex, struct day today);

/* Settings of S18, changed by officials; unverified numbers say so where they are shown. */
struct startup_rule {
	int years;               /* founded within so many years */
	int64_t staff;           /* at most so many employed */
};
enum applicant_why {
	FIT_FINE,
	FIT_GOVERNMENT,          /* S3: an organ of state cannot be served */
	FIT_OLD,                 /* start-up founded longer ago */
	FIT_LARGE,               /* start-up with more staff */
	FIT_UNFOUNDED,           /* founded in the future */
};
struct applicant_verdict {
	enum applicant_why why;
	bool refer;              /* no start-up: take it as APPLICANT_ENTERPRISE, and say who can help */
	bool unsure;             /* founding day or staff unknown: served, to be checked */
	int64_t bound;           /* the setting that was crossed */
};
/* Age and size are asked of APPLICANT_STARTUP only; the day after the last year is too old.  Whether an
 * item serves the kind at all is catalogue_judge()'s.  credit_code empty or 18 upper-case characters. */
struct applicant_verdict applicant_judge(const struct organisation_new *in, struct startup_rule rule,
    struct day today);
const char *applicant_why_key(enum applicant_why why);
const char *applicant_why_text(enum applicant_why why); /* T(), with %lld for the bound where there is one */

/* ---- persons ---------------------------------------------------------------------------------------- */

/* Ready to be stored; lives in ctx->mem. */
struct person_prepared {
	int64_t id;
	struct text name;
	struct place place;
	struct text id_sealed, phone_sealed;  /* empty: none */
	unsigned char id_index[16], phone_index[16]; /* meaningful where sealed is not empty */
	struct day born;
	int sex;
	uint64_t groups;
};

/*
 * Check, seal, index.  RC_INVALID with findings keyed "name", "id_number", "phone", "born", "sex",
 * "place".  Not inside a transaction.
 */
enum rc person_prepare(struct ctx *ctx, struct crypt *crypt, const struct person_new *in,
    struct person_prepared *ret, struct findings *findings);

/* What the one already stored says otherwise: bits of differences; never changed in silence. */
enum { PERSON_DIFFERS_NAME = 1, PERSON_DIFFERS_PHONE = 2, PERSON_DIFFERS_PLACE = 4, PERSON_DIFFERS_GROUPS = 8 };

struct person_stored {
	struct person_id id;
	bool reused;             /* the same ID number was there: that person is used, unchanged */
	unsigned differs;
};
/* Inside a command.  What differs (a new phone, too) is the caller's to keep with the request. */
enum rc person_insert(struct tx *tx, const struct actor *actor, const struct person_prepared *p,
    struct person_stored *ret);
/* Names and hints of the differences as findings, for the page ("name": 与已登记的不一致 …). */
void person_differences(unsigned differs, struct findings *findings);

struct person {
	struct person_id id;
	struct place place;
	struct text name;
	struct text id_masked, phone_masked;  /* empty: none stored */
	struct day born;
	int sex;
	uint64_t groups;
	int64_t created_ms, revision;
};
/*
 * Masked, by somebody who may see a request of this person (the caller has loaded that request under
 * its own scope), or whose jurisdiction holds the person's place.  Unsealing is fast; it is done here
 * so that the clear number never leaves this module.
 */
enum rc person_load(struct tx *tx, const struct actor *actor, struct crypt *crypt, struct person_id id,
    struct person *ret);

enum person_same { PERSON_SAME_ID = 1, PERSON_SAME_PHONE, PERSON_SAME_NAME_BORN };
struct person_likely {
	struct person_id id;
	enum person_same why;
	struct text name_masked, id_masked, phone_masked;
};
#define PERSON_LIKELY_MAX 5
const char *person_same_label(enum person_same why); /* T() */
/*
 * Likely the same as somebody already written down: same ID number, else same phone, else same name and
 * day of birth (from the ID number, or `born`).  City-wide, hence masked; whoever is logged in.  Empty
 * or half-typed values find nothing and are no error.
 */
enum rc person_find_duplicates(struct ctx *ctx, struct crypt *crypt, struct text id_number,
    struct text phone, struct text name, struct day born, struct person_likely *ret, size_t cap,
    size_t *ret_n);

/*
 * Phones that a request keeps beside its person: the one to ring in this matter (left without a name, or
 * another than the person's on record), and the one of who speaks for them.  Sealed to the request's id.
 */
enum person_phone { PHONE_CONTACT, PHONE_CALLER };
/* Before the transaction; digits as phone_read() gives them. */
enum rc person_phone_seal(struct ctx *ctx, struct crypt *crypt, enum person_phone which, struct text digits,
    int64_t request, struct text *ret);
struct person_contacts {
	struct text contact_masked, caller_masked; /* empty: none left */
	bool contact_known;      /* the same as on record */
};
/* Of a request this actor may see. */
enum rc person_contacts_load(struct tx *tx, const struct actor *actor, struct crypt *crypt, int64_t request,
    struct person_contacts *ret);
struct person_contacts_sealed { struct text contact, caller; };
/* The same phones sealed anew for another request that goes on from this one.  Before the transaction. */
enum rc person_contacts_reseal(struct ctx *ctx, struct crypt *crypt, int64_t from, int64_t to,
    struct person_contacts_sealed *ret);

/* The number at which the resident of a request is told what happens: the one left for this matter, else the
 * person's, else the one of who speaks for them; empty: none.  For what goes out of the house alone: the
 * system actor, in a db_read. */
enum rc person_phone_to_tell(struct tx *tx, const struct actor *actor, struct crypt *crypt, int64_t request,
    struct text *ret);

/*
 * In clear, with a purpose of at least 4 code points and the request it is for (0: none).  The audit
 * row commits with the read or the read fails.  Who may: identity_may_reveal().  The person must be the
 * applicant of a request this account may see, or live in its jurisdiction (else RC_NOT_FOUND); person 0:
 * a request without a name, whose phones are shown alone.  More than
 * the limit within an hour by one account raises the alarm: an audit row "reveal.alarm" and a warning in
 * the log; the reveal itself goes on.  RC_INVALID for a purpose too short or longer than 200.
 */
struct person_clear { char id_number[19]; char phone[24], contact[24], caller_phone[24]; }; /* "": none stored */
enum rc person_reveal(struct ctx *ctx, struct crypt *crypt, struct person_id id, struct text purpose,
    int64_t request, struct person_clear *ret);
void person_set_reveal_limit(int64_t per_hour); /* 30 unless set */

/* ---- organisations -------------------------------------------------------------------------------- */

/* RC_INVALID with findings keyed "org_name", "applicant", "credit_code", "founded", "staff"; a government
 * organ is refused there too (S3).  Fills code_out with the upper-case code ("" when none).  Pure. */
enum rc organisation_check(const struct organisation_new *in, struct day today, char code_out[static 19],
    struct findings *findings);
struct organisation_stored { struct organisation_id id; bool reused; bool name_differs; };
/* Inside a command; the same credit code is the same organisation, unchanged. */
enum rc organisation_insert(struct tx *tx, const struct actor *actor, const struct organisation_new *in,
    const char code[static 19], struct organisation_stored *ret);
struct organisation {
	struct organisation_id id;
	struct place place;
	struct text name;
	enum applicant_kind kind;
	struct text credit_code;
	struct day founded;
	int64_t staff;           /* -1 unknown */
	int64_t created_ms, revision;
};
enum rc organisation_load(struct tx *tx, const struct actor *actor, struct organisation_id id,
    struct organisation *ret);

extern const struct db_set person_sql;
