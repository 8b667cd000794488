/*
 * The papers of a mediation, set from what the case holds whenever somebody wants one.  Identity numbers and phones are printed
 * masked, as every page shows them; what is to be written in by hand has its line.
 */
#include "operations/matter/mediation/mediation_internal.h"

#include "base/fen.h"
#include "kit/crypt/crypt.h"
#include "operations/paper/paper.h"
#include "standards/holidays/holidays.h"

static const struct { const char *key, *kind; } kinds[MEDIATION_PAPER_COUNT] = {
	[MEDIATION_PAPER_APPLICATION] = { "application", "mediation.application" },
	[MEDIATION_PAPER_RECORD] = { "record", "mediation.record" },
	[MEDIATION_PAPER_AGREEMENT] = { "agreement", "mediation.agreement" },
	[MEDIATION_PAPER_ORAL] = { "oral", "mediation.oral" },
	[MEDIATION_PAPER_VISIT] = { "visit", "mediation.visit" },
	[MEDIATION_PAPER_CONFIRM] = { "confirm", "mediation.confirm" },
	[MEDIATION_PAPER_END] = { "end", "mediation.end" },
	[MEDIATION_PAPER_INDEX] = { "index", "mediation.index" },
};

const char *
mediation_paper_key(enum mediation_paper p)
{
	return p > 0 && p < MEDIATION_PAPER_COUNT ? kinds[p].key : "none";
}

enum mediation_paper
mediation_paper_by_key(struct text key)
{
	for (int p = MEDIATION_PAPER_APPLICATION; p < MEDIATION_PAPER_COUNT; p++)
		if (text_equals(key, text_of(kinds[p].key)))
			return (enum mediation_paper)p;
	return (enum mediation_paper)0;
}

bool
mediation_paper_fits(enum mediation_paper p, const struct mediation *m, size_t talks, size_t visits)
{
	bool ended_without = m->state == MEDIATION_FAILED || m->state == MEDIATION_ENDED || m->state == MEDIATION_REFUSED || m->state == MEDIATION_BROKEN;

	switch (p) {
	case MEDIATION_PAPER_APPLICATION: return m->source != 0;
	case MEDIATION_PAPER_RECORD: return talks > 0;
	case MEDIATION_PAPER_AGREEMENT: return m->form == MEDIATION_WRITTEN;
	case MEDIATION_PAPER_ORAL: return m->form == MEDIATION_ORAL;
	case MEDIATION_PAPER_VISIT: return visits > 0 && m->effect_ms != 0;
	case MEDIATION_PAPER_CONFIRM: return m->effect_ms != 0 && !m->status && m->confirm != MEDIATION_UNCONFIRMED;
	case MEDIATION_PAPER_END: return ended_without && m->source != 0;
	case MEDIATION_PAPER_INDEX: return m->source != 0 && (m->effect_ms != 0 || !mediation_is_open(m->state));
	case MEDIATION_PAPER_NONE: case MEDIATION_PAPER_COUNT: break;
	}
	return false;
}

/* ---- read before ------------------------------------------------------------------------------------------- */

struct told {
	struct case_id id;
	struct request r;
	struct mediation m;
	struct mediation_party parties[MEDIATION_PARTIES_MAX];
	struct mediation_member members[MEDIATION_ROWS];
	struct mediation_session sessions[MEDIATION_ROWS];
	struct mediation_duty duties[MEDIATION_ROWS];
	struct attachment files[UPLOADS_PER_REQUEST];
	struct paper papers[PAPERS_OF_CASE_MAX];
	size_t n_parties, n_members, n_sessions, n_duties, n_files, n_papers, talks, inquiries, visits;
	unsigned sides;
	struct text committee;
	struct place place;
};

static enum rc
told_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct told *t = argument;
	enum rc rc = request_load(tx, actor, t->id, &t->r);

	if (rc == RC_OK)
		rc = mediation_load(tx, actor, t->id, &t->m);
	if (rc == RC_OK)
		rc = mediation_sides(tx, actor, &t->r, &t->sides);
	if (rc == RC_OK)
		rc = mediation_parties(tx, actor, t->id, t->parties, MEDIATION_PARTIES_MAX, &t->n_parties);
	if (rc == RC_OK)
		rc = mediation_members(tx, actor, t->id, t->members, MEDIATION_ROWS, &t->n_members);
	if (rc == RC_OK)
		rc = mediation_sessions(tx, actor, t->id, t->sessions, MEDIATION_ROWS, &t->n_sessions);
	if (rc == RC_OK)
		rc = mediation_duties(tx, actor, t->id, t->duties, MEDIATION_ROWS, &t->n_duties);
	if (rc == RC_OK)
		rc = request_attachments(tx, actor, t->id, t->files, UPLOADS_PER_REQUEST, &t->n_files);
	return rc == RC_OK ? paper_list(tx, actor, t->id, t->papers, PAPERS_OF_CASE_MAX, &t->n_papers) : rc;
}

static enum rc
told_read(struct ctx *ctx, struct told *t)
{
	enum rc rc = db_read(ctx, told_tx, t);

	if (rc == RC_OK)
		rc = mediation_parties_open(ctx, t->parties, t->n_parties);
	for (size_t i = 0; i < t->n_sessions; i++) {
		t->talks += t->sessions[i].kind != MEDIATION_RETURN_VISIT;
		t->inquiries += t->sessions[i].kind == MEDIATION_INQUIRY;
		t->visits += t->sessions[i].kind == MEDIATION_RETURN_VISIT;
	}
	/* the committee of the first mediator, or who holds the case */
	t->committee = t->r.holder_point_name;
	for (size_t i = t->n_members; i > 0; i--)
		if (t->members[i - 1].kind == MEDIATION_NO_HELPER && t->members[i - 1].committee.n > 0)
			t->committee = t->members[i - 1].committee;
	return rc;
}

/* ---- saying --------------------------------------------------------------------------------------------------- */

static struct text
label(const struct choice *choices, int value)
{
	return text_of(mediation_choice_label(choices, value));
}

static struct text
side_said(enum mediation_side s)
{
	return s == MEDIATION_SIDE_A ? TEXT("甲方") : TEXT("乙方");
}

static struct text
join(struct arena *mem, struct text a, const char *between, struct text b)
{
	return a.n == 0 ? b : arena_format(mem, "%.*s%s%.*s", (int)a.n, a.p, between, (int)b.n, b.p);
}

static struct text
names_of(struct arena *mem, const struct told *t, enum mediation_side side)
{
	struct text all = TEXT_NONE;

	for (size_t i = 0; i < t->n_parties; i++)
		if (t->parties[i].side == side)
			all = join(mem, all, "、", t->parties[i].name);
	return all.n > 0 ? all : TEXT("—");
}

static struct text
members_of(struct arena *mem, const struct told *t, bool helpers)
{
	struct text all = TEXT_NONE;

	for (size_t i = 0; i < t->n_members; i++)
		if (t->members[i].ended_ms == 0 && (t->members[i].kind != MEDIATION_NO_HELPER) == helpers)
			all = join(mem, all, "、", t->members[i].name);
	return all;
}

static struct text
or_dash(struct text t)
{
	return t.n > 0 ? t : TEXT("—");
}

static struct text
amount(struct arena *mem, int64_t fen)
{
	char out[32];
	struct text n = fen_print((struct fen){ fen }, out);

	return fen == 0 ? TEXT("—") : arena_format(mem, "%.*s 元", (int)n.n, n.p);
}

static struct text
when(struct arena *mem, const struct mediation_session *s)
{
	char out[16];
	struct text day = day_print(s->day, out);

	return s->minute < 0 ? arena_text(mem, day) : arena_format(mem, "%.*s %02d:%02d", (int)day.n, day.p, s->minute / 60, s->minute % 60);
}

/* Which columns each list of parties has, the template says; what it does not declare is not said. */
enum { WITH_NUMBER = 1, WITH_PHONE = 2, WITH_ADDRESS = 4, WITH_WILL = 8 };

static void
say_parties(struct paper_facts *f, const struct told *t, unsigned with)
{
	for (size_t i = 0; i < t->n_parties; i++) {
		const struct mediation_party *p = &t->parties[i];
		char out[32];

		paper_say_item(f, "parties", (int)i, "side", side_said(p->side));
		paper_say_item(f, "parties", (int)i, "name", p->name);
		if ((with & WITH_NUMBER) != 0)
			paper_say_item(f, "parties", (int)i, "number", p->id_number.n == 0 ? TEXT("—") : arena_text(f->mem, mask_idcard(p->id_number, out)));
		if ((with & WITH_PHONE) != 0)
			paper_say_item(f, "parties", (int)i, "phone", p->phone.n == 0 ? TEXT("—") : arena_text(f->mem, mask_phone(p->phone, out)));
		if ((with & WITH_ADDRESS) != 0)
			paper_say_item(f, "parties", (int)i, "address", or_dash(p->address));
		if ((with & WITH_WILL) != 0)
			paper_say_item(f, "parties", (int)i, "will", p->consent == MEDIATION_NOT_ASKED ? TEXT("还没有问")
			    : label(mediation_consent_choices, p->consent));
	}
}

static void
say_duties(struct paper_facts *f, const struct told *t)
{
	for (size_t i = 0; i < t->n_duties; i++) {
		char out[16];

		paper_say_item(f, "duties", (int)i, "side", side_said(t->duties[i].side));
		paper_say_item(f, "duties", (int)i, "what", t->duties[i].what);
		paper_say_item(f, "duties", (int)i, "amount", amount(f->mem, t->duties[i].fen));
		paper_say_item(f, "duties", (int)i, "due", arena_text(f->mem, day_print(t->duties[i].due, out)));
	}
}

static void
application_say(struct paper_facts *f, const struct told *t)
{
	paper_say(f, "source", label(mediation_source_choices, t->m.source));
	paper_say(f, "organ", t->m.organ);
	paper_say(f, "level", label(mediation_level_choices, t->m.level));
	paper_say_moment(f, "registered", t->m.registered_ms);
	paper_say_moment(f, "accepted", t->m.accepted_ms);
	say_parties(f, t, WITH_NUMBER | WITH_PHONE | WITH_WILL);
	paper_say(f, "facts", t->m.facts);
	paper_say(f, "mediators", members_of(f->mem, t, false));
	paper_say(f, "clerk", t->r.holder_name);
}

static void
say_sessions(struct paper_facts *f, const struct told *t, const char *list, bool visits)
{
	int n = 0;

	for (size_t i = 0; i < t->n_sessions; i++) {
		const struct mediation_session *s = &t->sessions[i];

		if ((s->kind == MEDIATION_RETURN_VISIT) != visits)
			continue;
		if (!visits) {
			paper_say_item(f, list, n, "kind", label(mediation_record_choices, s->kind));
			paper_say_item(f, list, n, "public", s->public ? TEXT("公开") : TEXT("不公开"));
		}
		paper_say_item(f, list, n, "when", when(f->mem, s));
		paper_say_item(f, list, n, "place", or_dash(s->place));
		paper_say_item(f, list, n, "words", s->words);
		paper_say_item(f, list, n, "clerk", or_dash(s->account_name));
		n++;
	}
}

static void
record_say(struct paper_facts *f, const struct told *t)
{
	paper_say(f, "a", names_of(f->mem, t, MEDIATION_SIDE_A));
	paper_say(f, "b", names_of(f->mem, t, MEDIATION_SIDE_B));
	paper_say(f, "mediators", or_dash(members_of(f->mem, t, false)));
	paper_say(f, "helpers", members_of(f->mem, t, true));
	say_sessions(f, t, "sessions", false);
}

static void
agreement_say(struct paper_facts *f, const struct told *t)
{
	say_parties(f, t, WITH_NUMBER | WITH_ADDRESS);
	paper_say(f, "facts", t->m.facts);
	paper_say(f, "responsibility", t->m.responsibility);
	paper_say(f, "content", t->m.content);
	say_duties(f, t);
	paper_say_int(f, "copies", (int64_t)t->n_parties + 1);
}

static void
oral_say(struct paper_facts *f, const struct told *t)
{
	say_parties(f, t, WITH_NUMBER);
	paper_say(f, "facts", t->m.facts);
	paper_say(f, "content", t->m.content);
	say_duties(f, t);
	paper_say_day(f, "reached", day_of_moment(t->m.effect_ms));
	paper_say(f, "mediators", or_dash(members_of(f->mem, t, false)));
}

static struct text
kept(struct arena *mem, const struct mediation_duty *d)
{
	char out[16];
	struct text day = day_print(d->performed, out);

	if (!day_is_none(d->performed))
		return arena_format(mem, "%.*s 已履行", (int)day.n, day.p);
	return d->missed_ms != 0 ? TEXT("没有按时履行") : TEXT("待履行");
}

static void
visit_say(struct paper_facts *f, const struct told *t)
{
	paper_say(f, "a", names_of(f->mem, t, MEDIATION_SIDE_A));
	paper_say(f, "b", names_of(f->mem, t, MEDIATION_SIDE_B));
	paper_say_day(f, "agreed", day_of_moment(t->m.effect_ms));
	say_sessions(f, t, "visits", true);
	for (size_t i = 0; i < t->n_duties; i++) {
		char out[16];

		paper_say_item(f, "duties", (int)i, "side", side_said(t->duties[i].side));
		paper_say_item(f, "duties", (int)i, "what", join(f->mem, t->duties[i].what, " ", amount(f->mem, t->duties[i].fen)));
		paper_say_item(f, "duties", (int)i, "due", arena_text(f->mem, day_print(t->duties[i].due, out)));
		paper_say_item(f, "duties", (int)i, "kept", kept(f->mem, &t->duties[i]));
	}
}

/* The newest paper of a kind that holds; NULL: none. */
static const struct paper *
paper_of(const struct told *t, const char *kind)
{
	const struct paper *found = NULL;

	for (size_t i = 0; i < t->n_papers; i++)
		if (t->papers[i].void_ms == 0 && text_equals(t->papers[i].kind, text_of(kind)))
			found = &t->papers[i];
	return found;
}

static void
confirm_say(struct paper_facts *f, const struct told *t)
{
	const struct paper *agreement = paper_of(t, "mediation.agreement");

	say_parties(f, t, WITH_NUMBER | WITH_ADDRESS | WITH_PHONE);
	paper_say(f, "court", t->m.court);
	paper_say_day(f, "effect", day_of_moment(t->m.effect_ms));
	paper_say_day(f, "last", mediation_confirm_last(holidays_current(), day_of_moment(t->m.effect_ms)));
	paper_say(f, "agreement", agreement != NULL ? agreement->number : TEXT_NONE);
	paper_say(f, "content", t->m.content);
}

static void
say_way(struct paper_facts *f, int *n, const char *way)
{
	paper_say_item(f, "ways", *n, "", text_of(way));
	*n += 1;
}

/* Art. 26, 32: the other ways, those of labour first where there is an arbitration before a suit. */
static void
say_ways(struct paper_facts *f, const struct told *t)
{
	bool labour = t->m.category == MEDIATION_LABOUR || t->m.category == MEDIATION_WAGES;
	int n = 0;

	if (t->m.state == MEDIATION_BROKEN && t->m.confirm == MEDIATION_CONFIRMED)
		say_way(f, &n, "法院已经裁定协议有效：向人民法院申请强制执行");
	else if (t->m.state == MEDIATION_BROKEN)
		say_way(f, &n, "就调解协议的履行或者内容，向人民法院提起诉讼");
	if (labour && t->m.state != MEDIATION_BROKEN) {
		say_way(f, &n, "向劳动人事争议仲裁委员会申请仲裁");
		say_way(f, &n, "向人力资源社会保障行政部门投诉");
	}
	if (t->m.category == MEDIATION_CONSUMER)
		say_way(f, &n, "向市场监督管理部门投诉，或者打 12315");
	if (t->m.state != MEDIATION_BROKEN)
		say_way(f, &n, labour ? "对仲裁裁决不服的，向人民法院提起诉讼" : "依法通过仲裁、行政途径解决，或者向人民法院提起诉讼");
	say_way(f, &n, "经济困难的，可以申请法律援助，电话 12348");
}

static void
end_say(struct paper_facts *f, const struct told *t)
{
	static const struct { enum mediation_state state; const char *how, *basis; } ends[] = {
		{ MEDIATION_FAILED, "经调解没有达成协议，调解终止", "第二十六条" },
		{ MEDIATION_ENDED, "当事人要求终止，调解终止", "第二十三条" },
		{ MEDIATION_REFUSED, "因一方明确拒绝或者不宜调解，不予调解", "第十七条" },
		{ MEDIATION_BROKEN, "达成的调解协议没有履行", "第三十二条" },
	};

	say_parties(f, t, 0);
	for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
		if (ends[i].state == t->m.state) {
			paper_say(f, "how", text_of(ends[i].how));
			paper_say(f, "basis", text_of(ends[i].basis));
		}
	say_ways(f, t);
	paper_say(f, "aid", t->m.next_request != 0 ? TEXT("是") : TEXT_NONE);
}

/* ---- the file in its order (司发通〔2010〕239号) ------------------------------------------------------------------ */

static void
say_item(struct paper_facts *f, int n, const char *name, struct text what, int64_t count)
{
	paper_say_item(f, "items", n, "name", text_of(name));
	paper_say_item(f, "items", n, "what", what.n > 0 ? what : TEXT("无"));
	paper_say_item(f, "items", n, "count", arena_format(f->mem, "%lld", (long long)count));
}

static void
say_paper(struct paper_facts *f, const struct told *t, int n, const char *name, const char *kind)
{
	const struct paper *p = paper_of(t, kind);

	say_item(f, n, name, p != NULL ? p->number : TEXT_NONE, p != NULL);
}

static void
index_say(struct paper_facts *f, const struct told *t)
{
	struct text files = TEXT_NONE;

	for (size_t i = 0; i < t->n_files; i++)
		files = join(f->mem, files, "；", t->files[i].name);
	paper_say(f, "a", names_of(f->mem, t, MEDIATION_SIDE_A));
	paper_say(f, "b", names_of(f->mem, t, MEDIATION_SIDE_B));
	paper_say(f, "mediators", members_of(f->mem, t, false));
	if (t->m.accepted_ms != 0)
		paper_say_day(f, "accepted", day_of_moment(t->m.accepted_ms));
	if (t->m.ended_ms != 0)
		paper_say_day(f, "ended", day_of_moment(t->m.ended_ms));
	paper_say(f, "result", text_of(mediation_state_label(t->m.state)));
	say_item(f, 0, "封面", TEXT("见本页"), 1);
	say_item(f, 1, "卷宗目录", TEXT("见本页"), 1);
	say_paper(f, t, 2, "申请书或者受理登记表", "mediation.application");
	say_item(f, 3, "调查记录", t->inquiries > 0 ? TEXT("在调解记录里") : TEXT_NONE, (int64_t)t->inquiries);
	say_item(f, 4, "证据", files, (int64_t)t->n_files);
	say_paper(f, t, 5, "调解记录", "mediation.record");
	say_paper(f, t, 6, "调解协议书或者口头协议登记表", t->m.form == MEDIATION_ORAL ? "mediation.oral" : "mediation.agreement");
	say_paper(f, t, 7, "回访记录", "mediation.visit");
	say_paper(f, t, 8, "司法确认材料", "mediation.confirm");
	say_paper(f, t, 9, "情况说明（终止调解告知书）", "mediation.end");
	say_item(f, 10, "封底", TEXT("—"), 1);
}

/* ---- one paper ------------------------------------------------------------------------------------------------------- */

struct issue_arg {
	struct case_id id;
	int64_t revision;
	struct paper_draft draft;
	struct paper_issued issued;
};

static enum rc
issue_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct issue_arg *arg = argument;
	struct request r;
	unsigned sides = 0;
	enum rc rc = request_load(tx, actor, arg->id, &r);

	if (rc == RC_OK && r.revision != arg->revision)
		rc = RC_CONFLICT;
	if (rc == RC_OK)
		rc = mediation_sides(tx, actor, &r, &sides);
	if (rc == RC_OK && (sides & (MEDIATION_WHO_OFFICE | MEDIATION_WHO_MEDIATOR)) == 0)
		rc = RC_FORBIDDEN;
	return rc == RC_OK ? paper_issue(tx, actor, &arg->draft, arg->id, r.place, &arg->issued) : rc;
}

enum rc
mediation_paper_set(struct ctx *ctx, struct idem_key key, struct case_id id, enum mediation_paper p, struct text *ret_why, int64_t *ret_id)
{
	static void (*const say[MEDIATION_PAPER_COUNT])(struct paper_facts *f, const struct told *t) = {
		[MEDIATION_PAPER_APPLICATION] = application_say, [MEDIATION_PAPER_RECORD] = record_say,
		[MEDIATION_PAPER_AGREEMENT] = agreement_say, [MEDIATION_PAPER_ORAL] = oral_say, [MEDIATION_PAPER_VISIT] = visit_say,
		[MEDIATION_PAPER_CONFIRM] = confirm_say, [MEDIATION_PAPER_END] = end_say, [MEDIATION_PAPER_INDEX] = index_say };
	struct told *t = ARENA_NEW(ctx->mem, struct told);
	struct issue_arg arg = { .id = id };
	struct paper_facts f;
	enum rc rc;

	*ret_why = TEXT_NONE;
	*ret_id = 0;
	if (t == NULL)
		return RC_NO_MEMORY;
	t->id = id;
	rc = told_read(ctx, t);
	if (rc != RC_OK)
		return rc;
	if (p <= MEDIATION_PAPER_NONE || p >= MEDIATION_PAPER_COUNT || !mediation_paper_fits(p, &t->m, t->talks, t->visits))
		return RC_REFUSED;
	paper_facts_init(&f, ctx->mem);
	paper_say(&f, "issuer", t->committee);
	if (p != MEDIATION_PAPER_VISIT)
		paper_say(&f, "category", label(mediation_category_choices, t->m.category));
	say[p](&f, t);
	rc = paper_facts_rc(&f);
	if (rc == RC_OK)
		rc = paper_prepare(ctx, kinds[p].kind, &f, &arg.draft, ret_why);
	if (rc != RC_OK)
		return rc;
	arg.revision = t->r.revision;
	rc = db_command(ctx, key, &(struct command){ .name = "mediation.paper", .fn = issue_tx, .arg = &arg, .ret = &arg.issued.id,
	    .ret_size = sizeof arg.issued.id, .asked = ARGS(db_int(id.n), db_int(p), db_int(arg.revision)) });
	*ret_id = arg.issued.id;
	return rc;
}
