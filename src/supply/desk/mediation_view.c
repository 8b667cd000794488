/* A mediation, read whole, and small words of its pages. */
#include "supply/desk/mediation_internal.h"

#include "base/fen.h"
#include "standards/holidays/holidays.h"

struct text
mediation_path(const struct exchange *x, struct case_id id, const char *tail)
{
	return arena_format(x->ctx->mem, "/desk/request/%lld/mediation%s", (long long)id.n, tail);
}

struct text
mediation_day_text(const struct exchange *x, struct day d)
{
	char out[16];

	return day_is_none(d) ? TEXT_NONE : arena_text(x->ctx->mem, day_print(d, out));
}

struct text
mediation_yuan(const struct exchange *x, int64_t fen)
{
	char out[32];
	struct text n = fen_print((struct fen){ fen }, out);

	return fen == 0 ? TEXT_NONE : arena_format(x->ctx->mem, "%.*s %s", (int)n.n, n.p, msg(x->ctx->lang, T("元")));
}

struct text
mediation_why_text(const struct exchange *x, const struct mediation_verdict *v)
{
	struct text t = desk_say(x, mediation_why_label(v->why)), day;

	if (v->why != MEDIATION_CONFIRM_LATE)
		return t;
	day = mediation_day_text(x, (struct day){ (int32_t)v->bound });
	return arena_format(x->ctx->mem, "%.*s %.*s", (int)t.n, t.p, (int)day.n, day.p);
}

enum ui_tone
mediation_tone(enum mediation_state s)
{
	switch ((int)s) {
	case MEDIATION_AGREED: case MEDIATION_PERFORMED: return UI_OK;
	case MEDIATION_BREACHED: case MEDIATION_BROKEN: return UI_LATE;
	default: return mediation_is_open(s) ? UI_INFO : UI_HOLD;
	}
}

const char *
mediation_side_label(enum mediation_side s)
{
	return s == MEDIATION_SIDE_A ? T("甲方") : T("乙方");
}

struct text
mediation_party_text(const struct exchange *x, const struct mediation_party *p)
{
	return arena_format(x->ctx->mem, "%s %.*s", msg(x->ctx->lang, mediation_side_label(p->side)), (int)p->name.n, p->name.p);
}

struct text
mediation_duty_text(const struct exchange *x, const struct mediation_duty *d)
{
	struct text t = desk_join(x, desk_say(x, mediation_side_label(d->side)), d->what), money = mediation_yuan(x, d->fen);

	return desk_join(x, desk_join(x, t, money), mediation_day_text(x, d->due));
}

struct day
mediation_view_confirm_last(const struct mediation_view *v)
{
	return v->m.effect_ms == 0 ? DAY_NONE : mediation_confirm_last(holidays_current(), day_of_moment(v->m.effect_ms));
}

/* ---- reading ------------------------------------------------------------------------------------------- */

static enum rc
load_rows(struct tx *tx, const struct actor *actor, struct mediation_view *v)
{
	enum rc rc = mediation_parties(tx, actor, v->id, v->parties, MEDIATION_PARTIES_MAX, &v->n_parties);

	if (rc == RC_OK)
		rc = mediation_members(tx, actor, v->id, v->members, MEDIATION_VIEW_ROWS, &v->n_members);
	if (rc == RC_OK)
		rc = mediation_sessions(tx, actor, v->id, v->sessions, MEDIATION_VIEW_ROWS, &v->n_sessions);
	if (rc == RC_OK)
		rc = mediation_duties(tx, actor, v->id, v->duties, MEDIATION_VIEW_ROWS, &v->n_duties);
	if (rc == RC_OK)
		rc = mediation_dangers(tx, actor, v->id, v->dangers, MEDIATION_VIEW_ROWS, &v->n_dangers);
	if (rc == RC_OK)
		rc = paper_list(tx, actor, v->id, v->papers, PAPERS_OF_CASE_MAX, &v->n_papers);
	return rc == RC_OK ? case_clock_list(tx, actor, v->id, v->clocks, CASE_CLOCKS_MAX, &v->n_clocks) : rc;
}

static enum rc
view_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct mediation_view *v = arg;
	enum rc rc = request_load(tx, actor, v->id, &v->r);

	if (rc == RC_OK)
		rc = mediation_load(tx, actor, v->id, &v->m);
	if (rc == RC_OK)
		rc = mediation_sides(tx, actor, &v->r, &v->sides);
	if (rc == RC_OK)
		rc = load_rows(tx, actor, v);
	if (rc == RC_OK && v->mediators_too)
		rc = mediators_for(tx, actor, v->r.place, v->m.category, v->mediators, MEDIATORS_MAX, &v->n_mediators);
	return rc == RC_OK && v->groups_too ? chat_groups(tx, actor, v->groups, MEDIATORS_MAX, &v->n_groups) : rc;
}

static bool
other_side_there(const struct mediation_view *v)
{
	for (size_t i = 0; i < v->n_parties; i++)
		if (v->parties[i].side == MEDIATION_SIDE_B)
			return true;
	return false;
}

enum rc
mediation_view_read(struct exchange *x, struct mediation_view *v)
{
	enum rc rc;

	v->mediators = v->mediators_too ? arena_array(x->ctx->mem, MEDIATORS_MAX, sizeof *v->mediators) : NULL;
	v->groups = v->groups_too ? arena_array(x->ctx->mem, MEDIATORS_MAX, sizeof *v->groups) : NULL;
	if ((v->mediators_too && v->mediators == NULL) || (v->groups_too && v->groups == NULL))
		return RC_NO_MEMORY;
	rc = db_read(x->ctx, view_tx, v);
	if (rc == RC_OK)
		rc = mediation_parties_open(x->ctx, v->parties, v->n_parties);
	return rc == RC_OK && !other_side_there(v) ? mediation_opponent(x->ctx, v->id, &v->opponent) : rc;
}

struct mediation_verdict
mediation_view_judge(const struct mediation_view *v, enum mediation_step step)
{
	struct mediation_facts f = { .state = v->m.state, .sides = v->sides, .received = v->r.state > REQUEST_RECEIVED };

	return mediation_step_judge(&f, step);
}
