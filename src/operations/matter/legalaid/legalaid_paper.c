/*
 * The papers of the steps: what the case holds is said to the template before the command, and issued inside it.
 *
 * What nobody has stated stays unsaid (the template prints 【未核实】 or leaves the sentence out).  Identity number and phone
 * are printed masked, as every page shows them: in clear they are read with a purpose and a trace alone.
 */
#include "operations/matter/legalaid/legalaid_gather_internal.h"

#include <string.h>

/* ---- saying ------------------------------------------------------------------------------------------------- */

static void
say_bureau(struct paper_facts *f, const struct gathered *g)
{
	paper_say(f, "bureau", g->bureau);
	paper_say(f, "bureau_address", g->bureau_address);
	paper_say(f, "bureau_phone", g->bureau_phone);
}

/* The article without the name of the law, which the template prints. */
static struct text
article_of(const char *basis)
{
	const char *at = strstr(basis, "第");

	return text_of(at != NULL ? at : "");
}

static void
say_refusal(struct paper_facts *f, const struct gathered *g, const struct aid_decide *in)
{
	struct text basis = TEXT_NONE;
	int n = 0;

	for (int i = 0; i < AID_REFUSAL_COUNT; i++) {
		struct text article = article_of(aid_refusal_basis((enum aid_refusal)i));

		if ((in->grounds & BIT(i)) == 0)
			continue;
		paper_say_item(f, "reasons", n++, "", text_of(aid_choice_label(aid_refusal_choices, i)));
		basis = arena_format(f->mem, "%.*s%s%.*s", (int)basis.n, basis.p, basis.n > 0 ? "、" : "", (int)article.n, article.p);
	}
	paper_say_item(f, "reasons", n, "", in->words);
	paper_say(f, "basis", basis);
	say_bureau(f, g);
}

/* ---- one paper ------------------------------------------------------------------------------------------------- */

/* RC_OK also for a case that cannot be read or was changed since, and for words no font prints: the step says so. */
static enum rc
gather(struct ctx *ctx, struct case_id id, int64_t lawyer, struct gathered *g, struct paper_facts *f, struct aid_paper *ret)
{
	enum rc rc;

	*g = (struct gathered){ .id = id, .lawyer = lawyer, .crypt = ctx->crypt };
	*ret = (struct aid_paper){ .ready = false };
	rc = db_read(ctx, gather_tx, g);
	if (rc != RC_OK)
		return rc;
	ret->place = g->place;
	ret->revision = g->r.revision;
	paper_facts_init(f, ctx->mem);
	say_case(f, g);
	return RC_OK;
}

static enum rc
prepared(struct ctx *ctx, const char *kind, const struct paper_facts *f, struct aid_paper *ret)
{
	struct text why = TEXT_NONE;
	enum rc rc = paper_facts_rc(f);

	if (rc == RC_OK)
		rc = paper_prepare(ctx, kind, f, &ret->draft, &why);
	ret->ready = rc == RC_OK;
	return rc == RC_INVALID && ret->draft.id != 0 ? RC_OK : rc;
}

enum rc
aid_paper_decide(struct ctx *ctx, const struct aid_decide *in, struct aid_paper *ret)
{
	struct paper_facts f;
	struct gathered g;
	enum rc rc = gather(ctx, in->id, 0, &g, &f, ret);

	if (rc != RC_OK)
		return none_is_fine(rc);
	paper_say(&f, "id_number", g.id_masked);
	if (g.a.applied_ms != 0)
		paper_say_day(&f, "applied", day_of_moment(g.a.applied_ms));
	if (!in->grant) {
		say_refusal(&f, &g, in);
		return prepared(ctx, "legalaid.refuse", &f, ret);
	}
	paper_say(&f, "form", form_of(&g));
	paper_say(&f, "basis", text_of(aid_grant_basis(&g.a.form)));
	paper_say(&f, "waived", text_of(aid_waived_basis(&g.a.form)));
	if (g.a.advance_ms != 0)
		paper_say(&f, "urgent", day_said(ctx->mem, day_of_moment(g.a.advance_ms)));
	if (g.a.state == AID_CORRECTED)
		paper_say(&f, "ordered", g.ordered);
	return prepared(ctx, "legalaid.grant", &f, ret);
}

enum rc
aid_paper_supplement(struct ctx *ctx, const struct aid_ask *in, struct aid_paper *ret)
{
	struct paper_facts f;
	struct gathered g;
	enum rc rc = gather(ctx, in->id, 0, &g, &f, ret);

	if (rc != RC_OK)
		return none_is_fine(rc);
	if (g.a.applied_ms != 0)
		paper_say_day(&f, "applied", day_of_moment(g.a.applied_ms));
	for (size_t i = 0; i < in->n; i++)
		paper_say_item(&f, "missing", (int)i, "", text_trim(in->papers[i]));
	paper_say(&f, "words", in->words);
	paper_say_day(&f, "due", in->until);
	paper_say(&f, "clerk", g.r.holder_name);
	paper_say(&f, "where", where_of(ctx->mem, &g));
	return prepared(ctx, "legalaid.supplement", &f, ret);
}

enum rc
aid_paper_assign(struct ctx *ctx, const struct aid_assign *in, const struct aid_limits *limits, struct aid_paper *ret)
{
	struct paper_facts f;
	struct gathered g;
	enum rc rc = gather(ctx, in->id, in->provider, &g, &f, ret);

	if (rc != RC_OK)
		return none_is_fine(rc);
	paper_say(&f, "firm", g.provider.firm_name);
	paper_say(&f, "lawyer", g.provider.name);
	paper_say(&f, "applicant_phone", g.phone_masked);
	paper_say(&f, "form", form_of(&g));
	paper_say(&f, "organ", g.a.form.organ);
	paper_say(&f, "decided", g.decided);
	if (g.assign_due > 0)
		paper_say_day(&f, "due", day_of_moment(g.assign_due));
	if (limits->target[TARGET_AGREE].rule.count > 0)
		paper_say_int(&f, "agreement_days", limits->target[TARGET_AGREE].rule.count);
	paper_say(&f, "clerk", g.r.holder_name);
	return prepared(ctx, "legalaid.assign", &f, ret);
}

enum rc
aid_paper_terminate(struct ctx *ctx, const struct aid_terminate *in, struct aid_paper *ret)
{
	const char *item = strstr(aid_end_basis((enum aid_end_ground)in->ground), "条第");
	struct paper_facts f;
	struct gathered g;
	enum rc rc = gather(ctx, in->id, 0, &g, &f, ret);

	if (rc != RC_OK)
		return none_is_fine(rc);
	paper_say(&f, "id_number", g.id_masked);
	paper_say(&f, "granted", g.decided);
	paper_say(&f, "item", text_of(item != NULL ? item + sizeof "条" - 1 : ""));
	paper_say(&f, "ground", text_of(aid_choice_label(aid_end_choices, in->ground)));
	paper_say(&f, "reason", in->words);
	say_bureau(&f, &g);
	return prepared(ctx, "legalaid.terminate", &f, ret);
}

struct claim { struct case_id id; struct aid_objection v[AID_DECISIONS_MAX]; size_t n; };

static enum rc
claim_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct claim *c = argument;

	return aid_objections(tx, actor, c->id, c->v, AID_DECISIONS_MAX, &c->n);
}

enum rc
aid_paper_objection(struct ctx *ctx, struct case_id id, bool uphold, struct text words, struct aid_paper *ret)
{
	struct claim claim = { .id = id };
	struct paper_facts f;
	struct gathered g;
	enum rc rc = gather(ctx, id, 0, &g, &f, ret);

	if (rc == RC_OK)
		rc = db_read(ctx, claim_tx, &claim);
	if (rc != RC_OK)
		return none_is_fine(rc);
	paper_facts_init(&f, ctx->mem); /* the bureau says this one */
	paper_say(&f, "issuer", g.bureau);
	paper_say(&f, "applicant", g.r.person_name);
	paper_say(&f, "institution", g.r.holder_point_name);
	paper_say(&f, "decision", g.objected);
	if (claim.n > 0) {
		paper_say_day(&f, "received", day_of_moment(claim.v[claim.n - 1].filed_ms));
		paper_say(&f, "claim", claim.v[claim.n - 1].words);
	}
	paper_say(&f, uphold ? "opinion" : "corrected", words); /* an order to correct says why and what in one */
	paper_say(&f, "upheld", uphold ? TEXT("是") : TEXT_NONE);
	return prepared(ctx, "legalaid.objection", &f, ret);
}

enum rc
aid_paper_issue(struct tx *tx, const struct actor *actor, struct aid_work *w, const struct aid_paper *p)
{
	struct paper_issued issued;

	if (p->revision != w->r.revision)
		return RC_CONFLICT;
	w->paper_due = !p->ready;
	return p->ready ? paper_issue(tx, actor, &p->draft, w->r.id, p->place, &issued)
	    : paper_owe(tx, actor, &p->draft, w->r.id, p->place);
}
