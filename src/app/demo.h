/*
 * demo: a living city on the real network, made by the same use cases that serve people, in every state
 * over a year.  All people are fictitious: ID numbers begin with 990000, phones with 1990000, names come
 * from a generator, and every page says 演示数据.  The same seed makes the same city.
 */
#pragma once

#include "app/app.h"
#include "operations/request/request.h"
#include "resources/person/person.h"

#define DEMO_PASSWORD "yanshi-2026"   /* of every account of a demonstration, which is served on loopback only */
#define DEMO_NOW "2026-06-30T09:00+08:00"
#define DEMO_DAYS 365

/* One draw a full expression: C does not say which argument is worked out first, and the same seed is to make the same
 * city whichever compiler built the program. */
struct demo_random { uint64_t s; };
uint64_t demo_next(struct demo_random *r);
/* 0 .. n-1 */
int64_t demo_below(struct demo_random *r, int64_t n);
bool demo_chance(struct demo_random *r, int percent);

/* ---- people and words (demo_words.c) ---- */
struct demo_person { char name[32]; char id[19]; char phone[12]; struct day born; int sex; uint64_t groups; };
void demo_person_make(struct demo_random *r, struct day today, struct demo_person *ret);
void demo_name(struct demo_random *r, char out[static 32]);
/* What somebody with this trouble might say, how it may be answered. */
const char *demo_trouble(enum topic topic, struct demo_random *r);
const char *demo_answer(enum topic topic);
const char *demo_word(const char *kind, struct demo_random *r); /* "ask", "reply", "praise", "blame", "return", "follow" */

/* ---- the city (demo_city.c) ---- */
struct demo_account { int64_t id; struct account account; };
struct demo_city {
	struct app *app;
	struct demo_random random;
	struct demo_account *accounts;   /* by id */
	size_t n_accounts;
	int64_t *stations, *windows, *hotline; /* accounts who receive: ids */
	size_t n_stations, n_windows, n_hotline;
	struct place *villages;
	size_t n_villages;
	int64_t items[16];
	size_t n_items;
	int64_t item_consult;
	int64_t aid_many, aid_came;      /* cases of legal aid asked for, 0: a few; come so far */
	int64_t aid_from_ms, aid_until_ms;
};
enum rc demo_city_build(struct demo_city *city, struct arena *mem);
const struct account *demo_account_find(const struct demo_city *city, int64_t id);

/* ---- the year (demo_year.c) ---- */
enum rc demo_year_live(struct demo_city *city, int64_t requests, int64_t until_ms);

/* ---- supervision (demo_supervise.c): what has come due up to until_ms, at the moments it is looked for ---- */
int64_t demo_supervise_next(int64_t at_ms);
enum rc demo_supervise(struct demo_city *city, struct demo_random *random, struct arena *mem, int64_t *at_ms, int64_t until_ms);

/* ---- co-operation (demo_cooperate.c): what both sides do at this moment, when the clock stands there ---- */
enum rc demo_cooperate(struct demo_city *city, struct arena *mem, int64_t at_ms);
enum rc demo_cooperate_last(struct demo_city *city, struct arena *mem);

/* ---- the rules (demo_policy.c): what they say of a case is kept with it, at this moment ---- */
enum rc demo_policy(struct demo_city *city, struct arena *mem, int64_t at_ms);

/* ---- papers (demo_paper.c): what came in with some applications for legal aid, said in writing ---- */
enum rc demo_paper(struct demo_city *city, struct arena *mem);

/* ---- legal aid (demo_aid.c): what is done at this moment, when the clock stands there ---- */
enum rc demo_aid(struct demo_city *city, struct arena *mem, int64_t at_ms);
enum rc demo_aid_last(struct demo_city *city, struct arena *mem, int64_t at_ms);

/* ---- mediation (demo_mediation.c): what is done at this moment, when the clock stands there ---- */
enum rc demo_mediation(struct demo_city *city, struct arena *mem, int64_t at_ms);
enum rc demo_mediation_last(struct demo_city *city, struct arena *mem, int64_t at_ms);

/* ---- quality (demo_quality.c): what experts and those who manage do at this moment ---- */
enum rc demo_quality(struct demo_city *city, struct arena *mem, int64_t at_ms);
enum rc demo_quality_last(struct demo_city *city, struct arena *mem, int64_t at_ms);

/* ---- after hours (demo_hours.c): who is on duty, test calls, calls nobody took, when the clock stands there ---- */
enum rc demo_hours(struct demo_city *city, struct arena *mem, int64_t at_ms);
enum rc demo_hours_last(struct demo_city *city, struct arena *mem, int64_t at_ms);

/* ---- advisers of villages (demo_advisor.c): the register, this year's contracts, plans for the next ---- */
enum rc demo_advisor(struct demo_city *city, struct arena *mem, int64_t at_ms);

/* ---- the other registers (demo_register.c): bodies and people of every kind, what was decided about them ---- */
/* demo_team.c: teams, visits, hours, a pair */
enum rc demo_team(struct demo_city *city, struct arena *mem, int64_t at_ms);
enum rc demo_register(struct demo_city *city, struct arena *mem, int64_t at_ms);

/* ---- complaints (demo_complaint.c): one now and then, and what its reader does at this moment ---- */
enum rc demo_complaint(struct demo_city *city, struct arena *mem, int64_t at_ms);
extern const struct db_set demo_complaint_sql;
enum rc demo_complaint_last(struct demo_city *city, struct arena *mem, int64_t at_ms);

/* ---- rosters (demo_duty.c): a published month of one county, a draft of the next ---- */
enum rc demo_duty(struct demo_city *city, struct arena *mem, int64_t at_ms);

/* ---- evaluation of advisers (demo_score.c): the lawyer's villages, before the rosters; a closed quarter, after them ---- */
enum rc demo_score_contracts(struct demo_city *city, struct arena *mem, int64_t at_ms);
enum rc demo_score(struct demo_city *city, struct arena *mem, int64_t at_ms);
extern const struct db_set demo_score_sql;

/* Before a demonstration is served: the clock stands after everything that is stored (demo_clock.c). */
enum rc demo_clock_start(struct app *app);

struct demo_login { const char *login, *role, *what; };
extern const struct demo_login demo_logins[];
extern const size_t demo_logins_n;
