/* Mediation for programs: one case with its steps and their refusals, by its right or by the resident's code. */
#include "kit/msg/msg.h"
#include "operations/matter/mediation/mediation.h"
#include "supply/api/api_internal.h"

#define MANY 60

struct mediation_arg {
	struct case_id id;
	struct request r;
	struct mediation m;
	unsigned sides;
	struct mediation_party parties[MEDIATION_PARTIES_MAX];
	struct mediation_member members[MANY];
	struct mediation_duty duties[MANY];
	size_t n_parties, n_members, n_duties;
};

static enum rc
mediation_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct mediation_arg *a = arg;
	bool resident = actor->kind == ACTOR_RECEIPT;
	enum rc rc;

	if (resident)
		a->id.n = actor->request;
	rc = resident ? request_load_receipt(tx, actor, &a->r) : request_load(tx, actor, a->id, &a->r);
	if (rc == RC_OK)
		rc = mediation_load(tx, actor, a->id, &a->m);
	if (rc == RC_OK)
		rc = mediation_sides(tx, actor, &a->r, &a->sides);
	if (rc == RC_OK)
		rc = mediation_parties(tx, actor, a->id, a->parties, MEDIATION_PARTIES_MAX, &a->n_parties);
	if (rc == RC_OK)
		rc = mediation_members(tx, actor, a->id, a->members, MANY, &a->n_members);
	return rc == RC_OK ? mediation_duties(tx, actor, a->id, a->duties, MANY, &a->n_duties) : rc;
}

static void
put_label(struct exchange *x, struct json *j, const char *name, const struct choice *choices, int value)
{
	const struct choice *c = choice_by_value(choices, value);

	if (c == NULL)
		json_none(j, name);
	else
		api_choice(x, j, name, c->key, c->label);
}

/* Every row of the table from this state: may this caller take it now, and if not, why. */
static void
put_steps(struct exchange *x, struct json *j, const struct mediation_arg *a)
{
	struct mediation_facts f = { .state = a->m.state, .sides = a->sides, .received = a->r.state > REQUEST_RECEIVED };

	json_begin_array(j, "steps");
	for (size_t i = 0; request_is_open(a->r.state) && i < mediation_edges_n; i++) {
		const struct mediation_edge *e = &mediation_edges[i];
		struct mediation_verdict v;

		if (e->from != a->m.state)
			continue;
		v = mediation_step_judge(&f, e->step);
		json_begin_object(j, NULL);
		api_choice(x, j, "step", mediation_step_key(e->step), mediation_step_label(e->step));
		api_choice(x, j, "verdict", mediation_why_key(v.why), mediation_why_label(v.why));
		json_bool(j, "may", v.why == MEDIATION_MAY);
		json_str(j, "basis", e->basis);
		json_end_object(j);
	}
	json_end_array(j);
}

/* A party's name stays sealed: whoever may, reads it on the page. */
static void
put_people(struct exchange *x, struct json *j, const struct mediation_arg *a)
{
	json_begin_array(j, "parties");
	for (size_t i = 0; i < a->n_parties; i++) {
		json_begin_object(j, NULL);
		put_label(x, j, "side", mediation_side_choices, (int)a->parties[i].side);
		json_bool(j, "organisation", a->parties[i].organisation);
		put_label(x, j, "consent", mediation_consent_choices, a->parties[i].consent);
		api_moment(j, "signed", a->parties[i].signed_ms);
		api_moment(j, "confirmation_asked", a->parties[i].confirm_ms);
		json_end_object(j);
	}
	json_end_array(j);
	json_begin_array(j, "mediators");
	for (size_t i = 0; i < a->n_members; i++)
		if (a->members[i].kind == MEDIATION_NO_HELPER && a->members[i].ended_ms == 0) {
			json_begin_object(j, NULL);
			json_text(j, "name", a->members[i].name);
			json_text(j, "committee", a->members[i].committee);
			put_label(x, j, "chosen", mediation_chosen_choices, a->members[i].chosen);
			json_end_object(j);
		}
	json_end_array(j);
}

static void
put_duties(struct exchange *x, struct json *j, const struct mediation_arg *a)
{
	json_begin_array(j, "duties");
	for (size_t i = 0; i < a->n_duties; i++) {
		const struct mediation_duty *d = &a->duties[i];

		json_begin_object(j, NULL);
		put_label(x, j, "side", mediation_side_choices, (int)d->side);
		json_text(j, "what", d->what);
		json_int(j, "fen", d->fen);
		api_day(j, "due", d->due);
		api_day(j, "performed", d->performed);
		api_moment(j, "missed", d->missed_ms);
		json_end_object(j);
	}
	json_end_array(j);
}

static enum rc
put_mediation(struct exchange *x, const struct mediation_arg *a)
{
	const struct mediation *m = &a->m;
	struct json j = api_open(x);

	json_text(&j, "number", a->r.number);
	json_int(&j, "revision", a->r.revision);
	api_choice(x, &j, "state", mediation_state_key(m->state), mediation_state_label(m->state));
	put_label(x, &j, "category", mediation_category_choices, m->category);
	put_label(x, &j, "source", mediation_source_choices, m->source);
	put_label(x, &j, "level", mediation_level_choices, m->level);
	api_moment(&j, "accepted", m->accepted_ms);
	put_label(x, &j, "form", mediation_form_choices, m->form);
	json_text(&j, "content", m->content);
	api_moment(&j, "effect", m->effect_ms);
	json_int(&j, "agreed_fen", m->agreed_fen);
	put_label(x, &j, "confirmation", mediation_confirm_choices, m->confirm);
	api_moment(&j, "ended", m->ended_ms);
	put_people(x, &j, a);
	put_duties(x, &j, a);
	put_steps(x, &j, a);
	return api_close(x, &j);
}

enum rc
api_mediation(struct exchange *x)
{
	struct mediation_arg *a = ARENA_NEW(x->ctx->mem, struct mediation_arg);
	enum rc rc = a == NULL ? RC_NO_MEMORY : http_segment_id(x, "id", &a->id.n);

	if (rc == RC_OK)
		rc = db_read(x->ctx, mediation_tx, a);
	return rc == RC_OK ? put_mediation(x, a) : rc;
}

enum rc
api_progress_mediation(struct exchange *x)
{
	struct mediation_arg *a = ARENA_NEW(x->ctx->mem, struct mediation_arg);
	struct actor actor;
	struct ctx ctx;
	enum rc rc = a == NULL ? RC_NO_MEMORY : api_receipt_enter(x, &actor, &ctx);

	if (rc == RC_OK)
		rc = db_read(&ctx, mediation_tx, a);
	return rc == RC_OK ? put_mediation(x, a) : rc;
}
