/*
 * Legal aid in the demonstration's year: applications come in at the counties' centres, are examined, decided, assigned,
 * worked on, objected to and archived by the same use cases that serve people; on the last day some stand in every state.
 */
#include "app/demo_aid_internal.h"

#include "resources/provider/provider.h"

#include <stdio.h>

#define CASES 400  /* open at once, where none are asked for */
#define STEP_MEMORY ((size_t)64 << 20)
#define LIMIT INT64_C(2988000) /* fen a head and year: twelve months of the minimum wage at the end of 2025 */

struct city_aid { struct demo_aid_open *v; size_t n, cap; int64_t providers, item; };

enum { Q_OPEN, Q_PROVIDERS, Q_ITEM, Q_PROOF };
static const struct db_stmt demo_aid_q[] = {
	[Q_OPEN] = { "demo.aid_open", DB_SYSTEM,
	    "SELECT r.id, r.place, r.revision, r.holder_point, a.state, COALESCE(s.state, 0), COALESCE(p.account, 0),"
	    " (SELECT COUNT(*) FROM aid_change c WHERE c.city = r.city AND c.request = r.id AND c.decided_ms IS NULL),"
	    " COALESCE(u.until_day, 0), COALESCE(a.applied_by, 0), COALESCE(a.examined_by, 0), COALESCE(a.advance_ms, 0),"
	    " COALESCE(a.limit_day, 0), a.preserve, a.kind, a.matter, a.advised, a.own_counsel,"
	    " (SELECT COUNT(*) FROM aid_notice n WHERE n.city = a.city AND n.request = a.request)"
	    " FROM aid a JOIN request r ON r.city = a.city AND r.id = a.request"
	    " LEFT JOIN aid_assignment s ON s.city = a.city AND s.request = a.request AND s.open = 1"
	    " LEFT JOIN provider p ON p.city = s.city AND p.id = s.provider"
	    " LEFT JOIN aid_supplement u ON u.city = a.city AND u.request = a.request"
	    " WHERE a.city = $1 AND a.state < 90 ORDER BY r.id LIMIT $2", 0 },
	[Q_PROVIDERS] = { "demo.aid_providers", DB_SYSTEM, "SELECT COUNT(*) FROM provider WHERE city = $1", 0 },
	[Q_PROOF] = { "demo.aid_proof", DB_SYSTEM, "SELECT MAX(id) FROM attachment WHERE city = $1 AND request = $2", 0 },
	[Q_ITEM] = { "demo.aid_item", DB_SYSTEM, "SELECT id FROM item WHERE city = $1 AND code = 'legal-aid'", 0 },
};
const struct db_set demo_aid_sql = DB_SET("demo_aid", demo_aid_q);

static void
open_read(const struct rows *row, struct demo_aid_open *ret)
{
	*ret = (struct demo_aid_open){ .id = rows_int(row, 0), .place = { rows_int(row, 1) }, .revision = rows_int(row, 2),
		.point = rows_int(row, 3), .state = (enum aid_state)rows_int(row, 4), .assignment = (int)rows_int(row, 5),
		.account_lawyer = rows_int(row, 6), .change = (int)rows_int(row, 7), .until = rows_int(row, 8),
		.applied_by = rows_int(row, 9), .examined_by = rows_int(row, 10), .advanced = rows_int(row, 11) != 0,
		.urgent = rows_int(row, 12) != 0 || rows_int(row, 13) != 0, .kind = (int)rows_int(row, 14), .matter = (int)rows_int(row, 15),
		.advised = (enum aid_advice)rows_int(row, 16), .own_counsel = rows_int(row, 17) != 0, .noticed = rows_int(row, 18) != 0 };
}

static enum rc
open_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct city_aid *a = arg;
	ROWS row = NULL;
	enum rc rc = tx_int(tx, actor, &demo_aid_q[Q_PROVIDERS], NO_ARGS, &a->providers);

	if (rc == RC_OK)
		rc = tx_int(tx, actor, &demo_aid_q[Q_ITEM], NO_ARGS, &a->item);
	if (rc == RC_OK)
		rc = tx_rows(tx, actor, &demo_aid_q[Q_OPEN], ARGS(db_int((int64_t)a->cap)), &row);
	while (rc == RC_OK && a->n < a->cap && (rc = rows_next(row)) == RC_OK)
		open_read(row, &a->v[a->n++]);
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
demo_aid_proof_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct actor system = { .kind = ACTOR_SYSTEM, .city = actor->city };
	struct demo_aid_proof *proof = argument;

	return tx_int(tx, &system, &demo_aid_q[Q_PROOF], ARGS(db_int(proof->request)), &proof->id);
}

/* Room for all that may be open. */
static struct city_aid *
city_new(const struct demo_city *c, struct arena *mem)
{
	struct city_aid *a = ARENA_NEW(mem, struct city_aid);

	if (a == NULL)
		return NULL;
	a->cap = CASES + (size_t)c->aid_many;
	a->v = arena_array(mem, a->cap, sizeof *a->v);
	return a->v != NULL ? a : NULL;
}

/* ---- people ------------------------------------------------------------------------------------------------ */

struct ctx
demo_aid_ctx(struct demo_city *c, struct arena *mem, const struct account *a, struct actor *actor)
{
	*actor = a != NULL ? identity_actor(a, c->app->conf.city) : identity_system(c->app->conf.city);
	return app_ctx(c->app, mem, actor);
}

/* Somebody of that role at that point. */
static const struct account *
at_point(const struct demo_city *c, int64_t point, enum role role)
{
	for (size_t i = 0; i < c->n_accounts; i++)
		if (c->accounts[i].account.point == point && c->accounts[i].account.role == role && c->accounts[i].account.active)
			return &c->accounts[i].account;
	return NULL;
}

static const struct account *
of_city(const struct demo_city *c, enum role role)
{
	for (size_t i = 0; i < c->n_accounts; i++)
		if (c->accounts[i].account.role == role && c->accounts[i].account.active
		    && place_level(c->accounts[i].account.place) == PLACE_CITY)
			return &c->accounts[i].account;
	return NULL;
}

/* A clerk of a county's centre. */
static const struct account *
examiner(const struct demo_city *c, struct demo_random *r)
{
	for (int tries = 0; tries < 200; tries++) {
		const struct account *a = demo_account_find(c, c->windows[demo_below(r, (int64_t)c->n_windows)]);

		if (a != NULL && a->active && place_level(a->place) == PLACE_COUNTY)
			return a;
	}
	return NULL;
}

/* Nine firms with three people each, and the account that a visitor logs in with. */
static enum rc
register_make(struct demo_city *c, struct arena *mem, struct demo_random *r)
{
	struct text csv = TEXT("firm_licence,firm_kind,firm_name,place,firm_phone,licence,name,kind,valid_from,valid_to,practice_from,skills\n");
	static const char *const skills[] = { "labour,civil", "family,civil,minors", "criminal,panel,injury" };
	struct actor actor;
	struct ctx ctx = demo_aid_ctx(c, mem, NULL, &actor);
	struct findings findings = { .n = 0 };
	int64_t rows = 0, id = 0;
	enum rc rc;

	for (int i = 0; i < 27; i++) {
		char name[32];

		demo_name(r, name);
		csv = arena_format(mem, "%.*sYS-F%02d,%s,演示第%d%s,%lld,1990000%04d,YS-L%02d,%s,%s,2015-01-01,,%d-03-01,\"%s\"\n", (int)csv.n, csv.p,
		    i / 3, i / 3 == 8 ? "grassroots" : "law_firm", i / 3 + 1, i / 3 == 8 ? "基层法律服务所" : "律师事务所",
		    (long long)(c->villages[demo_below(r, (int64_t)c->n_villages)].code / 1000000), 100 + i / 3, i, name,
		    i / 3 == 8 ? "legal_worker" : "lawyer", 2008 + i % 16, skills[i % 3]);
	}
	rc = provider_import(&ctx, idem_key_new(), csv, &findings, &rows);
	if (rc != RC_OK)
		return rc;
	rc = firm_save(&ctx, idem_key_new(), &(struct firm_new){ .kind = FIRM_LAW, .licence = TEXT("YS-F99"), .name = TEXT("演示律师事务所"),
	    .phone = TEXT("19900000199"), .place = { c->villages[0].code / 1000000 * 1000000 }, .active = true }, &findings, &id);
	if (rc != RC_OK)
		return rc;
	return provider_save(&ctx, idem_key_new(), &(struct provider_new){ .firm = id, .kind = PROVIDER_LAWYER, .licence = TEXT("YS-L99"),
	    .name = TEXT("演示律师"), .login = TEXT("lawyer"), .valid_from = { 16436 }, .valid_to = DAY_NONE, .practice_from = { 16436 },
	    .away_from = DAY_NONE, .away_to = DAY_NONE, .skills = BIT(SKILL_LABOUR) | BIT(SKILL_CIVIL) | BIT(SKILL_INJURY), .active = true },
	    &findings, &rows);
}

/* ---- applying ------------------------------------------------------------------------------------------------- */

static struct aid_form
form_make(struct demo_random *r, struct day today)
{
	static const enum aid_matter matters[] = { AID_WAGES, AID_WAGES, AID_WAGES, AID_MAINTENANCE, AID_WORK_INJURY, AID_TRAFFIC,
		AID_VIOLENCE, AID_EMPLOYMENT, AID_MEDICAL };
	int64_t members = 1 + demo_below(r, 4);
	int matter = (int)matters[demo_below(r, 9)];
	int64_t percent = 45 + demo_below(r, 90);
	bool pen = demo_chance(r, 60);
	struct aid_form f = { .kind = AID_CIVIL, .matter = matter, .status = AID_ORDINARY, .household = members,
		.income = members * LIMIT / 100 * percent, .own_income = -1, .limit_day = DAY_NONE, .found_day = DAY_NONE,
		.organ = TEXT_NONE, .notice = TEXT_NONE, .confirmed = pen ? AID_SIGNED : AID_THUMBPRINT };

	if (f.matter == AID_WAGES && demo_chance(r, 60)) {
		f.status = AID_MIGRANT;
		f.proof = true;
	}
	if (demo_chance(r, 15))
		f.limit_day = day_add(today, 3 + (int)demo_below(r, 3));
	if (demo_chance(r, 12)) {
		bool minor = demo_chance(r, 50);
		struct day found = day_add(today, -(int)demo_below(r, 3));

		f = (struct aid_form){ .kind = AID_DESIGNATED, .designation = minor ? AID_D_MINOR : AID_D_GRAVEST, .income = -1,
			.own_income = -1, .limit_day = DAY_NONE, .found_day = found,
			.organ = TEXT("演示区人民法院"), .notice = TEXT("（2026）演示通援字"), .confirmed = AID_BY_NOTICE };
		f.gravest = f.designation == AID_D_GRAVEST;
		f.minor = f.designation == AID_D_MINOR;
	}
	return f;
}

bool
demo_aid_make(struct demo_city *c, struct demo_random *r, int64_t item, int64_t at_ms, struct demo_aid_new *ret)
{
	struct day today = day_of_moment(at_ms);
	struct demo_person *p = &ret->person;
	const struct account *clerk = ret->clerk;
	struct place place;

	if (clerk == NULL)
		clerk = examiner(c, r);
	if (clerk == NULL)
		return false;
	demo_person_make(r, today, p);
	ret->clerk = clerk;
	ret->form = form_make(r, today);
	place = c->villages[demo_below(r, (int64_t)c->n_villages)];
	for (int tries = 0; tries < 300 && !place_range_has(place_range(clerk->place), place); tries++)
		place = c->villages[demo_below(r, (int64_t)c->n_villages)];
	ret->request = (struct intake_new){ .topic = TOPIC_WAGE_ARREARS, .item = item, .place = place,
		.detail = text_of(demo_trouble(TOPIC_WAGE_ARREARS, r)), .channel = CHANNEL_WINDOW, .accept_now = true,
		.applicant = APPLICANT_PERSON, .opponent = text_of("演示建设公司"),
		.person = { .name = text_of(p->name), .id_number = text_of(p->id), .phone = text_of(p->phone), .born = p->born, .sex = p->sex,
		    .groups = p->groups, .place = place } };
	return true;
}

/* clerk NULL: of any county. */
static enum rc
apply_one(struct demo_city *c, struct arena *mem, struct demo_random *r, const struct account *clerk, int64_t item, int64_t at_ms)
{
	struct demo_aid_new n = { .clerk = clerk };
	struct findings findings = { .n = 0 };
	struct intake_receipt receipt;
	struct actor actor;
	struct ctx ctx;
	enum rc rc;

	if (!demo_aid_make(c, r, item, at_ms, &n))
		return RC_OK;
	ctx = demo_aid_ctx(c, mem, n.clerk, &actor);
	rc = aid_apply(&ctx, idem_key_new(), &n.request, &n.form, &findings, &receipt);
	return rc == RC_INVALID || rc == RC_REFUSED ? RC_OK : rc;
}

/* ---- going on ---------------------------------------------------------------------------------------------------- */

struct aid_now { struct case_id id; struct aid a; struct request r; struct aid_candidate *v; size_t n; };

static enum rc
now_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct aid_now *n = arg;
	enum rc rc = request_load(tx, actor, n->id, &n->r);

	if (rc == RC_OK)
		rc = aid_load(tx, actor, n->id, &n->a);
	return rc == RC_OK && n->v != NULL ? aid_candidates(tx, actor, &n->r, &n->a, n->v, AID_CANDIDATES_MAX, &n->n) : rc;
}

enum rc
demo_aid_revision(struct ctx *ctx, struct case_id id, int64_t *ret)
{
	struct aid_now now = { .id = id };
	enum rc rc = db_read(ctx, now_tx, &now);

	*ret = now.r.revision;
	return rc;
}

static struct ctx
as(const struct demo_going *g, const struct account *who, struct actor *keep)
{
	return demo_aid_ctx(g->c, g->mem, who, keep);
}

static enum rc
go_examine(const struct demo_going *g)
{
	struct aid_now now = { .id = { g->o->id } };
	struct findings findings = { .n = 0 };
	struct aid_verdict v;
	struct actor actor;
	struct ctx ctx = as(g, g->clerk, &actor);
	struct aid_ask ask = { .id = { g->o->id }, .revision = g->o->revision, .words = TEXT("请带原件，工作日都可以。"), .n = 2,
		.until = day_add(day_of_moment(g->at_ms), 8), .papers = { TEXT("劳动合同或者工友证明"), TEXT("工资记录") } };
	enum rc rc;

	if (g->o->state == AID_APPLIED && g->o->until == 0 && demo_chance(g->r, 30))
		return aid_ask_supplement(&ctx, idem_key_new(), &ask, &v);
	rc = db_read(&ctx, now_tx, &now);
	if (rc != RC_OK)
		return rc;
	return aid_examine(&ctx, idem_key_new(), now.id, now.r.revision, &now.a.form, TEXT("材料齐全，已当面核对。"), &findings, &v);
}

static enum rc
go_decide(const struct demo_going *g)
{
	struct aid_now now = { .id = { g->o->id } };
	struct aid_verdict v;
	struct actor actor;
	struct ctx ctx = as(g, g->chief, &actor);
	struct aid_decide in = { .id = now.id, .revision = g->o->revision, .deviation = TEXT_NONE, .words = TEXT("符合条件，给予援助。") };
	enum rc rc = db_read(&ctx, now_tx, &now);

	if (rc != RC_OK)
		return rc;
	in.grant = g->o->state == AID_CORRECTED || now.a.advised == AID_ADVISED_YES || (now.a.advised != AID_ADVISED_NO && demo_chance(g->r, 60));
	if (in.grant && now.a.advised != AID_ADVISED_YES)
		in.deviation = TEXT("核对了事项和材料，应当援助。");
	if (!in.grant) {
		in.words = TEXT("按申请前十二个月的收入计算，超过经济困难标准。");
		in.grounds = 1u << AID_R_MEANS;
		in.deviation = now.a.advised != AID_ADVISED_NO ? TEXT("核对后认为不在范围内。") : TEXT_NONE;
	}
	return aid_decide(&ctx, idem_key_new(), &in, &v);
}

static enum rc
go_assign(const struct demo_going *g)
{
	struct aid_now now = { .id = { g->o->id }, .v = arena_array(g->mem, AID_CANDIDATES_MAX, sizeof *now.v) };
	enum aid_lawyer_why why;
	struct aid_verdict v;
	struct actor actor;
	struct ctx ctx = as(g, g->clerk, &actor);
	size_t pick = demo_chance(g->r, 85) ? 0 : 1;
	enum rc rc = now.v == NULL ? RC_NO_MEMORY : db_read(&ctx, now_tx, &now);

	if (rc != RC_OK || now.n < 2 || now.v[pick].why != AID_L_MAY)
		return rc;
	return aid_assign(&ctx, idem_key_new(), &(struct aid_assign){ .id = now.id, .revision = g->o->revision,
	    .provider = now.v[pick].provider.id, .words = pick == 0 ? TEXT_NONE : TEXT("受援人住得近，方便见面。") }, &v, &why);
}

static enum rc
go_work(const struct demo_going *g)
{
	static const struct { enum aid_report_kind kind; const char *words; } reports[] = {
		{ AID_R_MEETING, "约见受援人，核对了事实和证据。" }, { AID_R_EVIDENCE, "到用工地点调取了考勤记录。" },
		{ AID_R_FILED, "已向劳动人事争议仲裁委员会递交申请。" }, { AID_R_HEARING, "开庭，双方举证质证。" } };
	size_t k = (size_t)demo_below(g->r, 4);
	const struct account *lawyer = g->o->account_lawyer != 0 ? demo_account_find(g->c, g->o->account_lawyer) : NULL;
	struct case_id id = { g->o->id };
	struct aid_verdict v;
	struct actor actor;
	struct ctx ctx = as(g, lawyer != NULL ? lawyer : g->clerk, &actor);

	if (g->o->assignment == AID_A_ASSIGNED)
		return demo_chance(g->r, 12) ? aid_decline(&ctx, idem_key_new(), id, g->o->revision, TEXT("这段时间开庭多，来不及。"), &v)
		    : aid_accept(&ctx, idem_key_new(), id, g->o->revision, &v);
	if (g->o->state == AID_ASSIGNED)
		return aid_agree(&ctx, idem_key_new(), id, g->o->revision, TEXT_NONE, &v);
	if (demo_chance(g->r, 70) || g->o->state == AID_AGREED)
		return aid_report(&ctx, idem_key_new(), &(struct aid_report_new){ .id = id, .revision = g->o->revision, .kind = (int)reports[k].kind,
		    .day = day_of_moment(g->at_ms), .minute = -1, .minutes = 60 + demo_below(g->r, 120), .words = text_of(reports[k].words), .place = TEXT_NONE, .shown = true }, &v);

	int way = (int)(1 + demo_below(g->r, 5));
	int result = (int)(1 + demo_below(g->r, 3));

	return aid_close(&ctx, idem_key_new(), &(struct aid_closing_new){ .id = id, .revision = g->o->revision, .day = day_of_moment(g->at_ms),
	    .way = way, .result = result, .recovered = demo_below(g->r, 60) * 50000,
	    .words = TEXT("案件办结，文书已送达受援人。") }, &v);
}

static enum rc
go_side(const struct demo_going *g)
{
	struct case_id id = { g->o->id };
	struct aid_verdict v;
	struct actor actor;
	struct ctx ctx = as(g, g->chief, &actor);

	if (g->o->change > 0)
		return aid_change_decide(&ctx, idem_key_new(), id, g->o->revision, demo_chance(g->r, 50), TEXT("核实了联系记录。"), &v);
	if (demo_chance(g->r, 4)) {
		ctx = as(g, g->clerk, &actor);
		return aid_change_ask(&ctx, idem_key_new(), id, g->o->revision, TEXT("受援人说联系不上承办人。"), &v);
	}
	if (demo_chance(g->r, 3))
		return aid_terminate(&ctx, idem_key_new(), &(struct aid_terminate){ .id = id, .revision = g->o->revision,
		    .ground = demo_chance(g->r, 50) ? AID_E_ASKED : AID_E_OWN_COUNSEL, .words = TEXT("受援人书面说明，已核实。") }, &v);
	return go_work(g);
}

static enum rc
go_after(const struct demo_going *g)
{
	struct case_id id = { g->o->id };
	struct aid_verdict v;
	struct actor actor;
	struct ctx ctx = as(g, g->clerk, &actor);
	int64_t rev = g->o->revision;

	switch ((int)g->o->state) {
	case AID_CLOSED:
		return aid_file_submit(&ctx, idem_key_new(), &(struct aid_file_new){ .id = id, .revision = rev, .pages = 20 + demo_below(g->r, 80),
		    .words = TEXT("会见笔录、证据、文书、结案报告。") }, &v);
	case AID_FILE_SUBMITTED:
		return aid_file_check(&ctx, idem_key_new(), id, rev, demo_chance(g->r, 85), TEXT("逐页核对过了。"), &v);
	case AID_FILE_REVIEWED: /* nobody has recorded a standard: no subsidy can be worked out */
		return aid_archive(&ctx, idem_key_new(), id, rev, TEXT("补贴标准未核实，暂未核定。"), &v);
	case AID_REFUSED: case AID_TERMINATED:
		if (demo_chance(g->r, 35))
			return aid_object(&ctx, idem_key_new(), id, rev, TEXT("申请人认为收入算错了，家里有病人。"), &v);
		if (g->o->state == AID_TERMINATED && demo_chance(g->r, 70))
			return aid_file_submit(&ctx, idem_key_new(), &(struct aid_file_new){ .id = id, .revision = rev, .pages = 12, .words = TEXT("终止前的材料。") }, &v);
		return aid_settle(&ctx, idem_key_new(), id, rev, true, TEXT("本人书面表示没有异议。"), &v);
	case AID_UPHELD:
		return aid_settle(&ctx, idem_key_new(), id, rev, false, TEXT_NONE, &v);
	case AID_OBJECTED:
		ctx = as(g, of_city(g->c, ROLE_OFFICIAL), &actor);
		return aid_objection_decide(&ctx, idem_key_new(), id, rev, demo_chance(g->r, 65), TEXT("复核了申请材料和计算过程。"), &v);
	default:
		return RC_OK;
	}
}

static enum rc
go_supplement(const struct demo_going *g)
{
	struct case_id id = { g->o->id };
	struct aid_verdict v;
	struct actor actor;
	struct ctx ctx = as(g, g->clerk, &actor);

	if (day_of_moment(g->at_ms).n > g->o->until)
		return aid_lapse(&ctx, idem_key_new(), id, g->o->revision, TEXT_NONE, &v);
	return demo_chance(g->r, 20) ? aid_give_supplement(&ctx, idem_key_new(), id, g->o->revision, TEXT("材料已补齐。"), &v) : RC_OK;
}

static enum rc
go_on(const struct demo_going *g)
{
	bool done = false;
	enum rc rc = g->c->aid_many > 0 ? demo_aid_more(g, &done) : RC_OK;

	if (done || rc != RC_OK)
		return rc;
	if (g->c->aid_many > 0 && g->o->advanced && g->o->assignment == 0 && (int)g->o->state < (int)AID_GRANTED && demo_chance(g->r, 70))
		return go_assign(g); /* Art. 44: papers later */
	switch ((int)g->o->state) {
	case AID_APPLIED:
		return go_examine(g);
	case AID_SUPPLEMENT:
		return go_supplement(g);
	case AID_EXAMINED: case AID_CORRECTED:
		return go_decide(g);
	case AID_GRANTED:
		return go_assign(g);
	case AID_ASSIGNED: case AID_AGREED: case AID_IN_PROGRESS:
		return go_side(g);
	default:
		return go_after(g);
	}
}

/* How likely somebody gets to it this half-day: a case before the decision sooner than one in court. */
static int
pace(enum aid_state s)
{
	return s < AID_GRANTED ? 40 : s == AID_GRANTED ? 45 : s == AID_IN_PROGRESS ? 6 : s == AID_REFUSED || s == AID_TERMINATED ? 6 : 15;
}

/* Is it a step nobody can take at this moment? */
static bool
is_not_now(enum rc rc)
{
	return rc == RC_REFUSED || rc == RC_CONFLICT || rc == RC_FORBIDDEN || rc == RC_NOT_FOUND || rc == RC_INVALID;
}

/* What one case does at this moment, if anybody gets to it. */
static enum rc
step_one(struct demo_city *c, struct arena *mem, struct demo_random *r, const struct demo_aid_open *o, int64_t at_ms)
{
	struct demo_going g = { .c = c, .mem = mem, .r = r, .o = o, .at_ms = at_ms, .clerk = at_point(c, o->point, ROLE_CLERK),
		.chief = at_point(c, o->point, ROLE_DIRECTOR) };
	enum rc rc = g.clerk != NULL && g.chief != NULL ? go_on(&g) : RC_OK;

	return is_not_now(rc) ? RC_OK : rc; /* somebody looks at it another day */
}

/* How many have come by now of those that the year shall have. */
static int64_t
wanted(const struct demo_city *c, int64_t at_ms)
{
	int64_t whole = c->aid_until_ms - c->aid_from_ms;

	return whole <= 0 ? 0 : c->aid_many * (at_ms - c->aid_from_ms) / whole;
}

/* Papers that steps owe, and those who come today. */
static enum rc
rest_of_day(struct demo_city *c, struct arena *mem, struct demo_random *r, int64_t item, int64_t at_ms)
{
	struct actor actor;
	struct ctx ctx = demo_aid_ctx(c, mem, NULL, &actor);
	int64_t paid = 0;
	enum rc rc = aid_papers_due(&ctx, 30, &paid);

	if (rc != RC_OK || c->aid_many == 0)
		return rc == RC_OK && demo_chance(r, 14) ? apply_one(c, mem, r, NULL, item, at_ms) : rc;
	for (; rc == RC_OK && c->aid_came < wanted(c, at_ms); c->aid_came++) {
		arena_reset(mem);
		rc = demo_aid_come(c, mem, r, item, at_ms);
	}
	return rc;
}

enum rc
demo_aid(struct demo_city *c, struct arena *mem, int64_t at_ms)
{
	struct demo_random r = { (uint64_t)at_ms ^ UINT64_C(0xa1d0c7f4a7c15b21) }; /* of its own: the year is the same without it */
	struct city_aid *all = city_new(c, mem);
	struct arena *own = arena_create(STEP_MEMORY);
	struct actor actor;
	struct ctx ctx = demo_aid_ctx(c, mem, NULL, &actor);
	enum rc rc = all == NULL || own == NULL ? RC_NO_MEMORY : db_read(&ctx, open_tx, all);

	if (rc == RC_OK && all->providers == 0) {
		rc = register_make(c, own, &r);
		if (rc == RC_OK && c->aid_many > 0)
			rc = demo_aid_rates(c, own);
	}
	for (size_t i = 0; rc == RC_OK && i < all->n; i++) {
		if (!demo_chance(&r, pace(all->v[i].state)))
			continue;
		arena_reset(own);
		rc = step_one(c, own, &r, &all->v[i], at_ms);
	}
	if (rc == RC_OK) {
		arena_reset(own);
		rc = rest_of_day(c, own, &r, all->item, at_ms);
	}
	arena_free(own);
	return rc;
}

static const struct account *
login_of(struct demo_city *c, struct arena *mem, const char *login)
{
	struct actor actor;
	struct ctx ctx = demo_aid_ctx(c, mem, NULL, &actor);
	int64_t id = 0;

	return identity_find_login(&ctx, text_of(login), &id) == RC_OK ? demo_account_find(c, id) : NULL;
}

#define LAST 12

/* On the last day the institution that a visitor logs in at has a few in each state before the work itself. */
enum rc
demo_aid_last(struct demo_city *c, struct arena *mem, int64_t at_ms)
{
	static const enum aid_state to[LAST] = { AID_APPLIED, AID_APPLIED, AID_EXAMINED, AID_EXAMINED, AID_GRANTED, AID_GRANTED,
		AID_ASSIGNED, AID_AGREED, AID_IN_PROGRESS, AID_REFUSED, AID_OBJECTED, AID_CLOSED };
	struct demo_random r = { UINT64_C(0xa1d1a57) };
	const struct account *clerk = login_of(c, mem, "aid"), *chief = login_of(c, mem, "aid-director");
	struct actor actor;
	struct ctx ctx = demo_aid_ctx(c, mem, NULL, &actor);
	struct city_aid *all = city_new(c, mem);
	enum rc rc = all == NULL ? RC_NO_MEMORY : db_read(&ctx, open_tx, all);
	int64_t newest = 0;

	if (clerk == NULL || chief == NULL)
		return RC_OK;
	for (size_t k = 0; rc == RC_OK && k < LAST; k++) {
		rc = apply_one(c, mem, &r, clerk, all->item, at_ms);
		for (int tries = 0; rc == RC_OK && tries < 14; tries++) {
			struct demo_going g = { .c = c, .mem = mem, .r = &r, .clerk = clerk, .chief = chief, .at_ms = at_ms };

			all->n = 0;
			rc = db_read(&ctx, open_tx, all);
			for (size_t i = 0; rc == RC_OK && i < all->n; i++)
				if (all->v[i].id > newest)
					g.o = &all->v[i];
			if (rc != RC_OK || g.o == NULL || g.o->state >= to[k])
				break;
			rc = go_on(&g);
			rc = is_not_now(rc) ? RC_OK : rc;
		}
		if (all->n > 0)
			newest = all->v[all->n - 1].id;
	}
	return rc;
}
