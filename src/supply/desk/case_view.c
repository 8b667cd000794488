/* A case with everything its page shows, read over one snapshot. */
#include "supply/desk/desk_internal.h"

static enum rc
load_people(struct tx *tx, const struct actor *actor, struct crypt *crypt, struct case_view *v)
{
	enum rc rc = RC_OK;

	if (v->r.person != 0)
		rc = person_load(tx, actor, crypt, (struct person_id){ v->r.person }, &v->person);
	if (rc == RC_NOT_FOUND) {
		v->person.id.n = 0;
		rc = RC_OK;
	}
	if (rc == RC_OK && v->r.organisation != 0)
		rc = organisation_load(tx, actor, (struct organisation_id){ v->r.organisation }, &v->organisation);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc
load_consult(struct tx *tx, const struct actor *actor, struct case_view *v)
{
	enum rc rc = consult_load(tx, actor, v->id, &v->consult);

	v->has_consult = rc == RC_OK;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* The offer that waits, and on which side of it the actor stands. */
static void
find_offer(const struct actor *actor, struct case_view *v)
{
	for (size_t i = 0; i < v->n_handovers; i++) {
		if (v->handovers[i].state == HANDOVER_OFFERED)
			v->offer = &v->handovers[i];
		v->returns += v->handovers[i].state == HANDOVER_RETURNED;
	}
	if (v->offer == NULL)
		return;
	v->offer_to_me = v->offer->to_account == actor->account
	    || (actor->point != 0 && v->offer->to_point == actor->point);
	v->offer_of_mine = request_may_act(actor, &v->r);
}

static bool
make_room(struct tx *tx, struct case_view *v)
{
	struct arena *mem = tx_mem(tx);

	v->pauses = arena_array(mem, CASE_PAUSES_MAX, sizeof *v->pauses);
	v->events = arena_array(mem, VIEW_EVENTS, sizeof *v->events);
	v->holdings = arena_array(mem, VIEW_HOLDINGS, sizeof *v->holdings);
	v->messages = arena_array(mem, VIEW_MESSAGES, sizeof *v->messages);
	v->files = arena_array(mem, UPLOADS_PER_REQUEST, sizeof *v->files);
	v->papers = arena_array(mem, PAPERS_OF_CASE_MAX, sizeof *v->papers);
	v->owed = arena_array(mem, VIEW_OWED, sizeof *v->owed);
	v->handovers = arena_array(mem, VIEW_HANDOVERS, sizeof *v->handovers);
	v->callbacks = arena_array(mem, VIEW_CALLBACKS, sizeof *v->callbacks);
	v->candidates = v->candidates_too ? arena_array(mem, DISPATCH_CANDIDATES_MAX, sizeof *v->candidates) : NULL;
	return v->pauses && v->events && v->holdings && v->messages && v->files && v->papers && v->owed && v->handovers && v->callbacks
	    && (!v->candidates_too || v->candidates);
}

static enum rc
load_rest(struct tx *tx, const struct actor *actor, struct case_view *v)
{
	enum rc rc = request_holdings(tx, actor, v->id, v->holdings, VIEW_HOLDINGS, &v->n_holdings);

	if (rc == RC_OK)
		rc = request_messages(tx, actor, v->id, v->messages, VIEW_MESSAGES, &v->n_messages);
	if (rc == RC_OK)
		rc = request_attachments(tx, actor, v->id, v->files, UPLOADS_PER_REQUEST, &v->n_files);
	if (rc == RC_OK)
		rc = paper_list(tx, actor, v->id, v->papers, PAPERS_OF_CASE_MAX, &v->n_papers);
	if (rc == RC_OK)
		rc = paper_owed_list(tx, actor, v->id, v->owed, VIEW_OWED, &v->n_owed);
	if (rc == RC_OK)
		rc = callback_list(tx, actor, v->id, v->callbacks, VIEW_CALLBACKS, &v->n_callbacks);
	if (rc == RC_OK && v->candidates_too)
		rc = dispatch_candidates(tx, actor, &v->r, v->candidates, DISPATCH_CANDIDATES_MAX, &v->n_candidates);
	return rc;
}

static enum rc
load_language(struct tx *tx, const struct actor *actor, struct case_view *v)
{
	struct code_row row;
	enum rc rc = v->wish.language.n == 0 ? RC_NOT_FOUND
	    : code_find(tx, actor, "language", v->wish.language, DAY_NONE, &row);

	if (rc == RC_OK)
		v->language = v->lang == LANG_EN && row.name_en.n > 0 ? row.name_en : row.name;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc
case_view_load(struct tx *tx, const struct actor *actor, struct case_view *v, struct crypt *crypt)
{
	enum rc rc = request_load(tx, actor, v->id, &v->r);

	if (rc != RC_OK)
		return rc;
	if (!make_room(tx, v))
		return RC_NO_MEMORY;
	v->may_act = actor_may(actor, RIGHT_CASE_HANDLE) && request_may_act(actor, &v->r);
	v->may_reveal = identity_may_reveal(actor, v->r.holder, request_is_open(v->r.state));
	v->may_assign = request_is_open(v->r.state) && request_may_assign(actor, &v->r);
	rc = load_people(tx, actor, crypt, v);
	if (rc == RC_OK)
		rc = person_contacts_load(tx, actor, crypt, v->id.n, &v->contacts);
	if (rc == RC_OK)
		rc = load_consult(tx, actor, v);
	if (rc == RC_OK)
		rc = case_clock_list(tx, actor, v->id, v->clocks, CASE_CLOCKS_MAX, &v->n_clocks);
	if (rc == RC_OK)
		rc = case_pause_list(tx, actor, v->id, v->pauses, CASE_PAUSES_MAX, &v->n_pauses);
	v->paused = case_pause_running(v->pauses, v->n_pauses);
	if (rc == RC_OK)
		rc = request_events(tx, actor, v->id, desk_is_lawyers(actor, &v->r), v->events, VIEW_EVENTS, &v->n_events);
	if (rc == RC_OK)
		rc = dispatch_history(tx, actor, v->id, v->handovers, VIEW_HANDOVERS, &v->n_handovers);
	if (rc == RC_OK)
		rc = dispatch_wish(tx, actor, v->id, &v->wish);
	if (rc == RC_OK)
		rc = load_language(tx, actor, v);
	if (rc == RC_OK && v->whole)
		rc = load_rest(tx, actor, v);
	find_offer(actor, v);
	return rc;
}

struct read_arg { struct case_view *v; struct crypt *crypt; };

static enum rc
view_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct read_arg *arg = argument;

	return case_view_load(tx, actor, arg->v, arg->crypt);
}

enum rc
case_view_read(struct exchange *x, struct case_view *v)
{
	struct read_arg arg = { v, x->ctx->crypt };

	v->lang = x->ctx->lang;
	return db_read(x->ctx, view_tx, &arg);
}
