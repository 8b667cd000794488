/* demo_aid_internal: what the files of legal aid in the demonstration share. */
#pragma once

#include "app/demo.h"
#include "operations/intake/intake.h"
#include "operations/matter/legalaid/legalaid_run.h"

/* Of one case, what the next step needs to know. */
struct demo_aid_open {
	int64_t id, revision, point, account_lawyer, applied_by, examined_by, until;
	struct place place;
	enum aid_state state;
	int assignment, change, kind, matter;
	enum aid_advice advised;
	bool urgent, advanced, own_counsel, noticed;
};
struct demo_going {
	struct demo_city *c;
	struct arena *mem;
	struct demo_random *r;
	const struct demo_aid_open *o;
	const struct account *clerk, *chief;
	int64_t at_ms;
};
/* a NULL: the system. */
struct ctx demo_aid_ctx(struct demo_city *c, struct arena *mem, const struct account *a, struct actor *actor);

/* Somebody who comes to a county's centre: to that clerk, NULL: to any.  false: nobody is there to receive them. */
struct demo_aid_new { const struct account *clerk; struct demo_person person; struct intake_new request; struct aid_form form; };
bool demo_aid_make(struct demo_city *c, struct demo_random *r, int64_t item, int64_t at_ms, struct demo_aid_new *ret);

/* Of the newest attachment of a case. */
struct demo_aid_proof { int64_t request, id; };
enum rc demo_aid_proof_tx(struct tx *tx, const struct actor *actor, void *proof);
enum rc demo_aid_revision(struct ctx *ctx, struct case_id id, int64_t *ret);

/* ---- thousands (demo_aid_many.c) ---- */
enum rc demo_aid_come(struct demo_city *c, struct arena *mem, struct demo_random *r, int64_t item, int64_t at_ms);
/* What the small demonstration does not do.  *ret_done false: as there. */
enum rc demo_aid_more(const struct demo_going *g, bool *ret_done);
enum rc demo_aid_rates(struct demo_city *c, struct arena *mem);
