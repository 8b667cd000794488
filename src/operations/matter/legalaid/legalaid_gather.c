/* What the papers of a case say of it: read once, before they are set. */
#include "operations/matter/legalaid/legalaid_gather_internal.h"

#include "resources/person/person.h"
#include "standards/setting/setting.h"

/* ---- reading ---------------------------------------------------------------------------------------------- */

enum rc
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

struct text
day_said(struct arena *mem, struct day d)
{
	struct ymd t = day_to_ymd(d);

	return arena_format(mem, "%d年%d月%d日", t.year, t.month, t.day);
}

static struct text
order_said(struct arena *mem, const struct gathered *g, const struct paper *p)
{
	struct text day = day_said(mem, day_of_moment(p->at_ms)), who = g->bureau.n > 0 ? g->bureau : TEXT("司法行政部门");

	return arena_format(mem, "%.*s%.*s《%.*s》（%.*s）", (int)who.n, who.p, (int)day.n, day.p, (int)p->name.n, p->name.p,
	    (int)p->number.n, p->number.p);
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
		if (text_equals(p->kind, TEXT("legalaid.objection")))
			g->ordered = order_said(tx_mem(tx), g, p);
		if (is_decision(p->kind))
			g->objected = arena_format(tx_mem(tx), "%.*s（%.*s）", (int)p->name.n, p->name.p, (int)p->number.n, p->number.p);
	}
	return rc;
}

static enum rc
read_standard(struct tx *tx, const struct actor *system, struct gathered *g)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, system, &aid_run_q[R_STANDARD], ARGS(db_int(g->r.id.n)), &row);
	struct text source, from;

	if (rc != RC_OK)
		return rc;
	source = rows_copy(row, 0);
	from = day_said(tx_mem(tx), (struct day){ (int32_t)rows_int(row, 1) });
	g->standard = arena_format(tx_mem(tx), "%.*s（自%.*s起）", (int)source.n, source.p, (int)from.n, from.p);
	return g->standard.p != NULL ? RC_OK : RC_NO_MEMORY;
}

static enum rc
read_assign(struct tx *tx, const struct actor *actor, struct gathered *g)
{
	struct actor system = { .kind = ACTOR_SYSTEM, .city = actor->city }; /* the case was loaded by its rights */
	enum rc rc = none_is_fine(tx_int(tx, &system, &aid_q[Q_CLOCK_DUE], ARGS(db_int(g->r.id.n), db_int(TARGET_ASSIGN)),
	    &g->assign_due));

	if (rc == RC_OK)
		rc = none_is_fine(read_standard(tx, &system, g));
	return rc == RC_OK && g->lawyer != 0 ? provider_load(tx, actor, g->lawyer, &g->provider) : rc;
}

enum rc
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
	if (rc == RC_OK && g->decided.n == 0 && (g->a.form.kind == AID_DESIGNATED || g->a.form.kind == AID_COMPULSORY))
		g->decided = g->a.form.notice.n > 0 ? g->a.form.notice : TEXT("通知辩护公函");
	return rc == RC_OK ? read_assign(tx, actor, g) : rc;
}

/* ---- saying ------------------------------------------------------------------------------------------------- */

struct text
cause_of(const struct gathered *g)
{
	const struct aid_form *f = &g->a.form;

	if (f->matter != AID_MATTER_NONE && f->matter != AID_OTHER_MATTER)
		return text_of(aid_choice_label(aid_matter_choices, f->matter));
	return g->r.subject.n > 0 ? g->r.subject : text_of(aid_choice_label(aid_kind_choices, f->kind));
}

struct text
form_of(const struct gathered *g)
{
	switch (g->a.form.kind) {
	case AID_ACCUSED: case AID_DESIGNATED: return TEXT("刑事辩护");
	case AID_VICTIM: return TEXT("刑事代理");
	default: return TEXT_NONE;
	}
}

void
say_case(struct paper_facts *f, const struct gathered *g)
{
	paper_say(f, "issuer", g->r.holder_point_name);
	paper_say(f, "applicant", g->r.person_name);
	paper_say(f, "cause", cause_of(g));
	paper_say(f, "phone", g->phone);
}

struct text
where_of(struct arena *mem, const struct gathered *g)
{
	struct text name = g->r.holder_point_name;

	return g->address.n == 0 ? arena_format(mem, "%.*s，或者凭回执在网上提交", (int)name.n, name.p)
	    : arena_format(mem, "%.*s（%.*s），或者凭回执在网上提交", (int)name.n, name.p, (int)g->address.n, g->address.p);
}
