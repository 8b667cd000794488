/*
 * The papers of the steps: what the case holds is said to the template before the command, and issued inside it.
 *
 * What nobody has stated stays unsaid (the template prints 【未核实】 or leaves the sentence out).  Identity number and phone
 * are printed masked, as every page shows them: in clear they are read with a purpose and a trace alone.
 */
#include "operations/matter/legalaid/legalaid_internal.h"

#include <string.h>

#include "resources/person/person.h"
#include "standards/setting/setting.h"

/* What the case holds beside its request and its aid. */
struct gathered {
	struct case_id id;
	int64_t lawyer;          /* 0: nobody is assigned by this step */
	struct crypt *crypt;
	struct request r;
	struct aid a;
	struct text id_masked, phone_masked;
	struct text address, phone;
	struct place place;      /* of the institution: whose series */
	struct text bureau, bureau_address, bureau_phone;
	struct text decided;     /* number of the grant */
	struct text objected;    /* name and number of the last decision */
	int64_t assign_due;
	struct provider provider;
};

/* ---- reading ---------------------------------------------------------------------------------------------- */

static enum rc
none_is_fine(enum rc rc)
{
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc
read_person(struct tx *tx, const struct actor *actor, struct gathered *g)
{
	struct person_contacts contacts = { .contact_masked = TEXT_NONE };
	struct person person = { .phone_masked = TEXT_NONE };
	enum rc rc = none_is_fine(person_load(tx, actor, g->crypt, (struct person_id){ g->r.person }, &person));

	if (rc == RC_OK)
		rc = none_is_fine(person_contacts_load(tx, actor, g->crypt, g->r.id.n, &contacts));
	g->id_masked = person.id_masked;
	g->phone_masked = contacts.contact_masked.n > 0 ? contacts.contact_masked : person.phone_masked;
	return rc;
}

static enum rc
read_point(struct tx *tx, const struct actor *actor, struct gathered *g)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &aid_q[Q_POINT_PAPER], ARGS(db_int(g->r.holder_point)), &row);

	g->place = g->r.place;
	if (rc == RC_OK) {
		g->address = rows_copy(row, 0);
		g->phone = rows_copy(row, 1);
		g->place = (struct place){ rows_int(row, 2) };
	}
	return none_is_fine(rc);
}

/* "paper.bureau.320506": who set the institution up, and where an objection is brought. */
static enum rc
bureau_say(struct tx *tx, const struct actor *actor, const char *key, struct place place, struct text *ret)
{
	struct text full = arena_format(tx_mem(tx), "%s.%06lld", key, (long long)(place.code / 1000000));

	return full.p == NULL ? RC_NO_MEMORY : setting_text(tx, actor, full.p, TEXT_NONE, ret);
}

static enum rc
read_bureau(struct tx *tx, const struct actor *actor, struct gathered *g)
{
	enum rc rc = bureau_say(tx, actor, "paper.bureau", g->place, &g->bureau);

	if (rc == RC_OK)
		rc = bureau_say(tx, actor, "paper.bureau_address", g->place, &g->bureau_address);
	return rc == RC_OK ? bureau_say(tx, actor, "paper.bureau_phone", g->place, &g->bureau_phone) : rc;
}

static bool
is_decision(struct text kind)
{
	return text_equals(kind, TEXT("legalaid.grant")) || text_equals(kind, TEXT("legalaid.refuse"))
	    || text_equals(kind, TEXT("legalaid.terminate"));
}

/* The number of the paper that granted it; of the decision, where there was no paper. */
static enum rc
read_decided(struct tx *tx, const struct actor *actor, struct gathered *g)
{
	struct aid_decision decisions[AID_DECISIONS_MAX];
	struct paper *papers = arena_array(tx_mem(tx), PAPERS_OF_CASE_MAX, sizeof *papers);
	size_t n = 0, n_papers = 0;
	enum rc rc = papers == NULL ? RC_NO_MEMORY : aid_decisions(tx, actor, g->r.id, decisions, AID_DECISIONS_MAX, &n);

	if (rc == RC_OK)
		rc = paper_list(tx, actor, g->r.id, papers, PAPERS_OF_CASE_MAX, &n_papers);
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		if (decisions[i].kind == AID_DECIDED_GRANT || decisions[i].kind == AID_DECIDED_ADVANCE)
			g->decided = decisions[i].number;
	g->objected = n > 0 ? decisions[n - 1].number : TEXT_NONE;
	for (size_t i = 0; rc == RC_OK && i < n_papers; i++) {
		const struct paper *p = &papers[i];

		if (p->void_ms != 0)
			continue;
		if (text_equals(p->kind, TEXT("legalaid.grant")))
			g->decided = p->number;
		if (is_decision(p->kind))
			g->objected = arena_format(tx_mem(tx), "%.*s（%.*s）", (int)p->name.n, p->name.p, (int)p->number.n, p->number.p);
	}
	return rc;
}

static enum rc
read_assign(struct tx *tx, const struct actor *actor, struct gathered *g)
{
	struct actor system = { .kind = ACTOR_SYSTEM, .city = actor->city }; /* the case was loaded by its rights */
	enum rc rc = none_is_fine(tx_int(tx, &system, &aid_q[Q_CLOCK_DUE], ARGS(db_int(g->r.id.n), db_int(TARGET_ASSIGN)),
	    &g->assign_due));

	return rc == RC_OK && g->lawyer != 0 ? provider_load(tx, actor, g->lawyer, &g->provider) : rc;
}

static enum rc
gather_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct gathered *g = argument;
	enum rc rc = request_load(tx, actor, g->id, &g->r);

	if (rc == RC_OK)
		rc = aid_load(tx, actor, g->id, &g->a);
	if (rc == RC_OK)
		rc = read_person(tx, actor, g);
	if (rc == RC_OK)
		rc = read_point(tx, actor, g);
	if (rc == RC_OK)
		rc = read_bureau(tx, actor, g);
	if (rc == RC_OK)
		rc = read_decided(tx, actor, g);
	return rc == RC_OK ? read_assign(tx, actor, g) : rc;
}

/* ---- saying ------------------------------------------------------------------------------------------------- */

/* What it is about, in the law's words; in the applicant's where those say nothing. */
static struct text
cause_of(const struct gathered *g)
{
	const struct aid_form *f = &g->a.form;

	if (f->matter != AID_MATTER_NONE && f->matter != AID_OTHER_MATTER)
		return text_of(aid_choice_label(aid_matter_choices, f->matter));
	return g->r.subject.n > 0 ? g->r.subject : text_of(aid_choice_label(aid_kind_choices, f->kind));
}

/* 法律援助法 22(3) for criminal cases; of the others the case does not hold which it will be. */
static struct text
form_of(const struct gathered *g)
{
	switch (g->a.form.kind) {
	case AID_ACCUSED: case AID_DESIGNATED: return TEXT("刑事辩护");
	case AID_VICTIM: return TEXT("刑事代理");
	default: return TEXT_NONE;
	}
}

static void
say_case(struct paper_facts *f, const struct gathered *g)
{
	paper_say(f, "issuer", g->r.holder_point_name);
	paper_say(f, "applicant", g->r.person_name);
	paper_say(f, "cause", cause_of(g));
	paper_say(f, "phone", g->phone);
}

static void
say_bureau(struct paper_facts *f, const struct gathered *g)
{
	paper_say(f, "bureau", g->bureau);
	paper_say(f, "bureau_address", g->bureau_address);
	paper_say(f, "bureau_phone", g->bureau_phone);
}

static struct text
day_said(struct arena *mem, struct day d)
{
	struct ymd t = day_to_ymd(d);

	return arena_format(mem, "%d年%d月%d日", t.year, t.month, t.day);
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
	return rc == RC_INVALID ? RC_OK : rc;
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
	return prepared(ctx, "legalaid.grant", &f, ret);
}

/* Where papers are brought. */
static struct text
where_of(struct arena *mem, const struct gathered *g)
{
	struct text name = g->r.holder_point_name;

	return g->address.n == 0 ? arena_format(mem, "%.*s，或者凭回执在网上提交", (int)name.n, name.p)
	    : arena_format(mem, "%.*s（%.*s），或者凭回执在网上提交", (int)name.n, name.p, (int)g->address.n, g->address.p);
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
	return p->ready ? paper_issue(tx, actor, &p->draft, w->r.id, p->place, &issued) : RC_OK;
}
