/* rights_stage: who tries what?  Private to rights_test. */
#pragma once

#include "kit/db/db_stage.h"

#include "app/app.h"

#define VILLAGE INT64_C(320506100201)
#define NEXT_VILLAGE INT64_C(320506100202)
#define TOWN INT64_C(320506100000)
#define OTHER_TOWN INT64_C(320506101000)
#define OTHER_VILLAGE INT64_C(320506101201)
#define COUNTY INT64_C(320506000000)
#define OTHER_COUNTY INT64_C(320507000000)
#define CITY INT64_C(320500000000)

enum {
	NOBODY = 0, HELPER = 101, CLERK, HOTLINE, LAWYER, DIRECTOR, OFFICIAL, ADMIN, AUDITOR,
	NEXT_HELPER = 121, OTHER_CLERK, OTHER_DIRECTOR, OTHER_OFFICIAL, KEEPER
};
enum { STATION = 201, CENTRE, COUNTY_CENTRE, LINE };
/* The first nine: nobody and one of each role; the others are of other places. */
enum { PEOPLE = 14, ROLES = 9 };

/* may: bits of enum right. */
struct who { int id; const char *login; enum role role; int64_t place; int point; uint64_t may; };
extern const struct who rights_people[PEOPLE];
extern struct session sessions[PEOPLE];
extern struct crypt *keys;

/* The program's routes, each with a probe before its handler. */
#define ROUTES_MAX 512
extern struct route copies[ROUTES_MAX];
extern size_t n_copies;
http_handler probe;
/* Other than RC_OK: what every handler answers from now on, and forms then carry a key. */
extern enum rc probe_says;
/* What the table says the address wants; RIGHT_NONE when it says nothing. */
enum right right_wanted(const struct route *r);
const char *method_word(const struct route *r);

/* Tables, people, points; on an empty stage. */
void rights_begin(struct stage *f);
/* Who is out comes in again. */
const struct session *session_of(struct stage *f, size_t who);
/* id: of the address; the others: of fields so named. */
struct target { int64_t id, handover, callback, point; };
struct answer { int status; bool to_login, reached; bool says_unknown, says_unstored, carries; };
/* The route with fields that its form takes, sent by rights_people[who]. */
struct answer send_as(struct stage *f, size_t who, const struct route *r, const struct target *t, bool with_csrf);
