/* What a step asks for, one row for each field; what is wrong with it; and the step taken: pages and programs alike. */
#include "operations/matter/mediation/mediation_internal.h"

#include "base/fen.h"
#include "base/idcard.h"
#include "kit/crypt/crypt.h"
#include "kit/msg/msg.h"
#include "operations/dispatch/dispatch.h"
#include "resources/person/person.h"

#include <limits.h>
#include <stddef.h>
#include <string.h>

#define AT(member) offsetof(struct mediation_values, member)
#define YUAN_MAX INT64_C(1000000000)
static const struct choice said_choices[] = { { 1, "performed", T("已经履行") }, { 2, "not", T("没有履行") }, { 0, NULL, NULL } };
static const struct choice result_choices[] = { { MEDIATION_CONFIRMED, "confirmed", T("法院裁定有效") },
	{ MEDIATION_NOT_CONFIRMED, "not_confirmed", T("法院不予确认") }, { 0, NULL, NULL } };

#define DUTY(i, side_, what_, yuan_, due_) \
	{ .key = "side" #i, .kind = FIELD_CHOICE, .label = side_, .choices = mediation_side_choices, .offset = AT(duties[i].side) }, \
	{ .key = "what" #i, .kind = FIELD_LINE, .label = what_, .max = 200, .offset = AT(duties[i].what) }, \
	{ .key = "yuan" #i, .kind = FIELD_LINE, .label = yuan_, .max = 16, .offset = AT(duties[i].yuan) }, \
	{ .key = "due" #i, .kind = FIELD_DAY, .label = due_, .min = INT_MIN, .max = INT_MAX, .offset = AT(duties[i].due) }
#define MORE(i) DUTY(i, T("由哪一方履行"), T("做什么、怎样履行"), T("付多少钱（元，不付钱的空着）"), T("最晚哪一天"))

static const struct field fields[] = {
	{ .key = "revision", .kind = FIELD_KEY, .label = T("版本"), .required = true, .max = INT64_MAX, .offset = AT(revision) },
	{ .key = "category", .kind = FIELD_CHOICE, .label = T("纠纷类型"), .choices = mediation_category_choices, .offset = AT(category) },
	{ .key = "source", .kind = FIELD_CHOICE, .label = T("来源"), .choices = mediation_source_choices, .offset = AT(source) },
	{ .key = "organ", .kind = FIELD_LINE, .label = T("委托、移送的单位"), .max = 60, .hint = T("委托、移送来的才写。"), .offset = AT(organ) },
	{ .key = "group", .kind = FIELD_KEY, .label = T("哪个群"), .max = INT64_MAX, .offset = AT(group) },
	{ .key = "level", .kind = FIELD_CHOICE, .label = T("难易程度"), .choices = mediation_level_choices, .offset = AT(level) },
	{ .key = "facts", .kind = FIELD_PARAGRAPH, .label = T("纠纷的主要事实和争议"), .max = MEDIATION_WORDS_MAX,
	  .hint = T("写进登记表和协议。当事人已经说过的带过来了，改一改就行。"), .offset = AT(facts) },
	{ .key = "side", .kind = FIELD_CHOICE, .label = T("哪一方"), .choices = mediation_side_choices, .offset = AT(side) },
	{ .key = "organisation", .kind = FIELD_BOOL, .label = T("是单位"), .offset = AT(organisation) },
	{ .key = "name", .kind = FIELD_LINE, .label = T("姓名或者单位名称"), .max = 100, .offset = AT(name) },
	{ .key = "id_number", .kind = FIELD_LINE, .label = T("身份证号或者统一社会信用代码"), .max = 18,
	  .hint = T("不知道的可以空着；填了才能防止同一个人登记在两边。"), .offset = AT(id_number) },
	{ .key = "phone", .kind = FIELD_PHONE, .label = T("电话"), .offset = AT(phone) },
	{ .key = "address", .kind = FIELD_LINE, .label = T("住址"), .max = 120, .offset = AT(address) },
	{ .key = "party", .kind = FIELD_KEY, .label = T("哪一位当事人"), .max = INT64_MAX, .offset = AT(party) },
	{ .key = "consent", .kind = FIELD_CHOICE, .label = T("是否愿意调解"), .choices = mediation_consent_choices, .offset = AT(consent) },
	{ .key = "mediator", .kind = FIELD_KEY, .label = T("调解员"), .max = INT64_MAX, .offset = AT(mediator) },
	{ .key = "chosen", .kind = FIELD_CHOICE, .label = T("怎样确定的"), .choices = mediation_chosen_choices, .offset = AT(chosen) },
	{ .key = "related", .kind = FIELD_BOOL, .label = T("调解员声明：与当事人有亲属等利害关系"), .offset = AT(related) },
	{ .key = "other", .kind = FIELD_BOOL, .label = T("与当事人同名，但不是同一个人"), .offset = AT(other) },
	{ .key = "helper", .kind = FIELD_CHOICE, .label = T("请谁协助"), .choices = mediation_helper_choices, .offset = AT(helper) },
	{ .key = "agreed", .kind = FIELD_BOOL, .label = T("已经征得当事人同意"), .offset = AT(agreed) },
	{ .key = "member", .kind = FIELD_KEY, .label = T("换下哪一位"), .max = INT64_MAX, .offset = AT(member) },
	{ .key = "kind", .kind = FIELD_CHOICE, .label = T("做了什么"), .choices = mediation_record_choices, .offset = AT(kind) },
	{ .key = "danger", .kind = FIELD_CHOICE, .label = T("什么危险"), .choices = mediation_danger_choices, .offset = AT(danger) },
	{ .key = "day", .kind = FIELD_DAY, .label = T("哪一天"), .min = INT_MIN, .max = INT_MAX, .offset = AT(day) },
	{ .key = "time", .kind = FIELD_TIME, .label = T("几点"), .offset = AT(time) },
	{ .key = "minutes", .kind = FIELD_INT, .label = T("用了多少分钟"), .min = 0, .max = 1440, .offset = AT(minutes) },
	{ .key = "place", .kind = FIELD_LINE, .label = T("在哪里"), .max = 100, .offset = AT(place) },
	{ .key = "public", .kind = FIELD_BOOL, .label = T("公开进行"), .hint = T("当事人可以要求公开或者不公开（第二十三条）。"), .offset = AT(public) },
	{ .key = "receiver", .kind = FIELD_LINE, .label = T("公安机关谁接的（单位、姓名或者警号）"), .max = 80, .offset = AT(receiver) },
	{ .key = "form", .kind = FIELD_CHOICE, .label = T("协议形式"), .choices = mediation_form_choices, .offset = AT(form) },
	{ .key = "content", .kind = FIELD_PARAGRAPH, .label = T("协议内容"), .max = MEDIATION_WORDS_MAX, .offset = AT(content) },
	{ .key = "responsibility", .kind = FIELD_PARAGRAPH, .label = T("各方的责任"), .max = 2000, .offset = AT(responsibility) },
	MORE(0), MORE(1), MORE(2), MORE(3), MORE(4), MORE(5),
	{ .key = "status", .kind = FIELD_BOOL, .label = T("内容是确认身份关系、收养关系、婚姻关系（法院不受理司法确认）"), .offset = AT(status) },
	{ .key = "crime_persons", .kind = FIELD_INT, .label = T("防止了民转刑案件：涉及几人（没有的写 0）"), .min = 0, .max = 100000, .offset = AT(crime_persons) },
	{ .key = "petition_persons", .kind = FIELD_INT, .label = T("防止了群体性上访：涉及几人（没有的写 0）"), .min = 0, .max = 100000, .offset = AT(petition_persons) },
	{ .key = "signer", .kind = FIELD_LINE, .label = T("谁"), .max = 20, .offset = AT(signer) },
	{ .key = "sign", .kind = FIELD_CHOICE, .label = T("怎样签的"), .choices = mediation_sign_choices, .offset = AT(sign) },
	{ .key = "duty", .kind = FIELD_KEY, .label = T("哪一项"), .max = INT64_MAX, .offset = AT(duty) },
	{ .key = "said", .kind = FIELD_CHOICE, .label = T("履行了吗"), .choices = said_choices, .offset = AT(said) },
	{ .key = "court", .kind = FIELD_LINE, .label = T("送哪个法院"), .max = 60, .offset = AT(court) },
	{ .key = "result", .kind = FIELD_CHOICE, .label = T("法院怎样裁定"), .choices = result_choices, .offset = AT(result) },
	{ .key = "number", .kind = FIELD_LINE, .label = T("裁定书文号"), .max = 60, .offset = AT(number) },
	{ .key = "aid", .kind = FIELD_BOOL, .label = T("当事人要申请法律援助：转为法律援助申请，不用再填"), .offset = AT(aid) },
	{ .key = "words", .kind = FIELD_PARAGRAPH, .label = T("说明"), .max = MEDIATION_WORDS_MAX, .offset = AT(words) },
};
const struct form mediation_act_form = FORM_OF("mediation.act", T("人民调解"), fields, struct mediation_values);

/* ---- what is wrong with it -------------------------------------------------------------------------------- */

struct taking {
	struct ctx *ctx;
	struct findings *findings;
	const struct mediation_values *in;
	struct mediation_arg arg;
};

static void
want(struct taking *t, bool there, const char *key, const char *message)
{
	if (!there)
		findings_add(t->findings, key, message, 0);
}

static void
want_words(struct taking *t, struct text words, const char *key)
{
	want(t, mediation_words(words) >= MEDIATION_WORDS_MIN, key, T("请写明情况（至少 4 个字）"));
}

static void
check_register(struct taking *t)
{
	const struct mediation_values *in = t->in;
	bool entrusted = in->source != 0 && mediation_class_of((enum mediation_source)in->source) == MEDIATION_CLASS_ENTRUSTED;

	want(t, in->source != 0, "source", T("请选择来源"));
	want(t, in->category != 0, "category", T("请选择纠纷类型"));
	want(t, in->level != 0, "level", T("请选择难易程度"));
	want(t, !entrusted || mediation_words(in->organ) >= 2, "organ", T("委托、移送来的，请写单位名称"));
	want(t, in->source != MEDIATION_GROUP_SOURCE || in->group != 0, "group", T("请选择是哪个群"));
	want_words(t, in->facts, "facts");
}

static void
check_party(struct taking *t)
{
	want(t, t->in->side != 0, "side", T("请选择站在哪一方"));
	want(t, mediation_words(t->in->name) >= 2, "name", T("请写姓名或者单位名称"));
}

static void
check_appoint(struct taking *t)
{
	const struct mediation_values *in = t->in;

	want(t, in->chosen != 0, "chosen", T("请选择怎样确定的"));
	want(t, in->mediator != 0 || in->helper != 0, "mediator", T("请选择一位调解员，或者填写请谁协助"));
	want(t, in->mediator == 0 || in->helper == 0, "helper", T("调解员和协助人请分两次登记"));
	want(t, in->helper == 0 || mediation_words(in->name) >= 2, "name", T("请写协助人的姓名"));
}

static void
check_record(struct taking *t)
{
	want(t, !day_is_none(t->in->day), "day", T("请写哪一天"));
	want_words(t, t->in->words, "words");
}

static void
check_danger(struct taking *t)
{
	const struct mediation_values *in = t->in;

	want(t, in->danger != 0, "danger", T("请选择什么危险"));
	want(t, !day_is_none(in->day), "day", T("请写哪一天报告的"));
	want(t, in->time >= 0, "time", T("请写几点报告的"));
	want(t, mediation_words(in->receiver) >= 2, "receiver", T("请写公安机关谁接的"));
	want_words(t, in->words, "words");
}

static const char *const what_keys[] = { "what0", "what1", "what2", "what3", "what4", "what5" };
static const char *const side_keys[] = { "side0", "side1", "side2", "side3", "side4", "side5" };
static const char *const yuan_keys[] = { "yuan0", "yuan1", "yuan2", "yuan3", "yuan4", "yuan5" };
static const char *const due_keys[] = { "due0", "due1", "due2", "due3", "due4", "due5" };

static void
check_duty(struct taking *t, size_t i, struct day today)
{
	const struct mediation_duty_values *d = &t->in->duties[i];
	struct fen fen = { 0 };

	want(t, text_trim(d->what).n > 0, what_keys[i], T("请写做什么"));
	want(t, d->side != 0, side_keys[i], T("请选择由哪一方履行"));
	want(t, !day_is_none(d->due), due_keys[i], T("请写最晚哪一天履行（第二十九条：履行的方式、期限）"));
	want(t, day_is_none(d->due) || day_compare(d->due, today) >= 0, due_keys[i], T("履行的日期不能早于今天"));
	if (text_trim(d->yuan).n > 0 && fen_parse(text_trim(d->yuan), YUAN_MAX, &fen) != RC_OK)
		findings_add(t->findings, yuan_keys[i], T("写成数字，最多两位小数，例如 28000.50"), 0);
	t->arg.ready.fen[i] = fen.n;
}

/* Art. 29: content, way and time.  An agreement that binds nobody to anything is none. */
static void
check_draft(struct taking *t)
{
	const struct mediation_values *in = t->in;
	struct day today = day_of_moment(t->ctx->now_ms);
	size_t n = 0;

	want(t, in->form != 0, "form", T("请选择书面还是口头"));
	want_words(t, in->content, "content");
	for (size_t i = 0; i < MEDIATION_DUTIES; i++) {
		const struct mediation_duty_values *d = &in->duties[i];

		if (text_trim(d->what).n == 0 && text_trim(d->yuan).n == 0 && day_is_none(d->due) && d->side == 0)
			continue;
		if (i != n)
			findings_add(t->findings, what_keys[n], T("请按次序填写，中间不要空"), 0);
		n = i + 1;
		check_duty(t, i, today);
	}
	t->arg.ready.n_duties = n;
	want(t, n > 0, "what0", T("协议要写明至少一项履行的内容、方式和期限（第二十九条）"));
}

static void
check_confirm(struct taking *t, enum mediation_step step)
{
	const struct mediation_values *in = t->in;

	if (step == MEDIATION_CONFIRM_ASK)
		want(t, in->signer.n > 0 || t->ctx->actor->kind == ACTOR_RECEIPT, "signer", T("请选择谁提出"));
	if (step != MEDIATION_CONFIRM_SEND && step != MEDIATION_CONFIRM_RESULT)
		return;
	want(t, !day_is_none(in->day), "day", T("请写哪一天"));
	if (step == MEDIATION_CONFIRM_SEND)
		want(t, mediation_words(in->court) >= 2, "court", T("请写法院名称"));
	if (step == MEDIATION_CONFIRM_RESULT) {
		want(t, in->result != 0, "result", T("请选择法院怎样裁定"));
		want(t, in->result != MEDIATION_CONFIRMED || text_trim(in->number).n > 0, "number", T("请写裁定书文号"));
	}
}

static void
check(struct taking *t, enum mediation_step step)
{
	const struct mediation_values *in = t->in;

	switch ((int)step) {
	case MEDIATION_REGISTER: check_register(t); break;
	case MEDIATION_PARTY: check_party(t); break;
	case MEDIATION_CONSENT:
		want(t, in->party != 0, "party", T("请选择哪一位当事人"));
		want(t, in->consent != 0, "consent", T("请选择是否愿意调解"));
		break;
	case MEDIATION_APPOINT: check_appoint(t); break;
	case MEDIATION_RELIEVE: want(t, in->member != 0, "member", T("请选择换下哪一位")); break;
	case MEDIATION_SESSION: case MEDIATION_VISIT: check_record(t); break;
	case MEDIATION_DANGER: check_danger(t); break;
	case MEDIATION_DRAFT: check_draft(t); break;
	case MEDIATION_SIGN:
		want(t, in->signer.n > 0, "signer", T("请选择谁签的"));
		want(t, in->sign != 0, "sign", T("请选择怎样签的"));
		break;
	case MEDIATION_CLAIM:
		want(t, in->duty != 0, "duty", T("请选择哪一项"));
		want(t, in->said != 0, "said", T("请选择履行了没有"));
		break;
	case MEDIATION_PERFORM:
		want(t, !day_is_none(in->day), "day", T("请写哪一天履行的"));
		want(t, in->duty != 0, "duty", T("请选择哪一项"));
		break;
	case MEDIATION_MISS: want(t, in->duty != 0, "duty", T("请选择哪一项")); break;
	default: check_confirm(t, step); break;
	}
}

/* ---- made ready before the command ---------------------------------------------------------------------------- */

static struct text
clean(struct arena *mem, struct text t)
{
	struct text s = arena_text(mem, text_trim(t));

	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '\n' || s.p[i] == '\r')
			return (struct text){ s.p, i };
	return s;
}

/* A party's hashes are those of the request's sides, so that the two can be compared. */
static enum rc
party_ready(struct taking *t, struct text name, struct text id_number, struct text phone, struct text address, bool organisation)
{
	struct arena *mem = t->ctx->mem;
	struct mediation_ready *r = &t->arg.ready;
	struct text n = clean(mem, name), i = clean(mem, id_number), p = clean(mem, phone), a = clean(mem, address), plain;
	struct idcard card;
	struct party sides;
	enum rc rc;

	if (i.n > 0 && !organisation && idcard_read(i, day_of_moment(t->ctx->now_ms), &card) != IDCARD_FINE) {
		findings_add(t->findings, "id_number", T("身份证号不对，请核对"), 0);
		return RC_INVALID;
	}
	rc = dispatch_party_prepare(t->ctx, &(struct party_new){ PARTY_ASKING, organisation, n, i }, 0, &sides);
	if (rc == RC_OK)
		rc = db_id(t->ctx->db, &r->party);
	if (rc != RC_OK)
		return rc;
	memcpy(r->name_key, sides.name_key, 16);
	memcpy(r->id_key, sides.id_key, 16);
	r->has_id = sides.has_id;
	plain = arena_format(mem, "%.*s\n%.*s\n%.*s\n%.*s", (int)n.n, n.p, (int)i.n, i.p, (int)p.n, p.p, (int)a.n, a.p);
	return plain.p == NULL ? RC_NO_MEMORY : crypt_seal(t->ctx->crypt, mem, plain,
	    crypt_context(mem, "mediation_party.who", t->ctx->actor->city, r->party), &r->who);
}

struct seen { struct case_id id; struct request r; int64_t mediator; struct text mediator_name; };

static enum rc
seen_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct seen *s = argument;
	ROWS row = NULL;
	enum rc rc = s->mediator != 0 ? tx_one(tx, actor, &mediation_q[Q_MEDIATOR_ONE], ARGS(db_int(s->mediator)), &row)
	    : request_load(tx, actor, s->id, &s->r);

	if (rc == RC_OK && s->mediator != 0)
		s->mediator_name = rows_copy(row, 1);
	return rc;
}

/* Who asked, under the name on record.  Without a name they are added by hand, and so is an organisation: the name on record
 * is that of who came for it. */
static enum rc
register_ready(struct taking *t, struct case_id id)
{
	struct seen s = { .id = id };
	enum rc rc = db_read(t->ctx, seen_tx, &s);

	if (rc != RC_OK || s.r.person_name.n == 0 || s.r.organisation != 0)
		return rc == RC_NOT_FOUND ? RC_OK : rc; /* the step says so */
	return party_ready(t, s.r.person_name, TEXT_NONE, TEXT_NONE, TEXT_NONE, false);
}

static enum rc
appoint_ready(struct taking *t)
{
	struct seen s = { .mediator = t->in->mediator };
	struct party sides;
	enum rc rc = t->in->mediator == 0 ? RC_OK : db_read(t->ctx, seen_tx, &s);

	if (rc != RC_OK || t->in->mediator == 0)
		return rc == RC_NOT_FOUND ? RC_OK : rc;
	rc = dispatch_party_prepare(t->ctx, &(struct party_new){ PARTY_ASKING, false, s.mediator_name, TEXT_NONE }, 0, &sides);
	memcpy(t->arg.ready.name_key, sides.name_key, 16);
	return rc;
}

struct aid_item { int64_t item, from; };

static enum rc
aid_item_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct aid_item *i = argument;
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &mediation_q[Q_AID_ITEM], ARGS(db_int(day_of_moment(tx_now_ms(tx)).n)), &row);

	if (rc == RC_OK)
		*i = (struct aid_item){ rows_int(row, 0), rows_int(row, 1) };
	return rc;
}

static enum rc
next_ready(struct taking *t, struct case_id id)
{
	struct request_new *next = &t->arg.ready.next;
	struct person_contacts_sealed phones;
	struct aid_item item = { 0, 0 };
	enum rc rc = db_read(t->ctx, aid_item_tx, &item);

	if (rc == RC_OK)
		rc = db_id(t->ctx->db, &next->id);
	if (rc == RC_OK)
		rc = person_contacts_reseal(t->ctx, t->ctx->crypt, id.n, next->id, &phones);
	if (rc != RC_OK)
		return rc;
	next->item = item.item;
	next->item_from = (struct day){ (int32_t)item.from };
	next->matter = TEXT("legal-aid");
	next->contact_sealed = phones.contact;
	next->caller_phone_sealed = phones.caller;
	crypt_random(next->code_hash, sizeof next->code_hash); /* reached through the first receipt only */
	return RC_OK;
}

static enum rc
ready(struct taking *t, const struct mediation_act *act)
{
	const struct mediation_values *in = t->in;

	switch ((int)act->step) {
	case MEDIATION_REGISTER: return register_ready(t, act->id);
	case MEDIATION_PARTY: return party_ready(t, in->name, in->id_number, in->phone, in->address, in->organisation);
	case MEDIATION_APPOINT: return appoint_ready(t);
	case MEDIATION_REFUSE: case MEDIATION_FAIL: case MEDIATION_END: case MEDIATION_BREAK:
		return in->aid && t->ctx->actor->kind == ACTOR_ACCOUNT ? next_ready(t, act->id) : RC_OK;
	default: return RC_OK;
	}
}

/* ---- taking it ---------------------------------------------------------------------------------------------------- */

/* shown: the resident reads of it; noted: with its words. */
static const struct { mediation_run *run; bool shown, noted; } runs[MEDIATION_STEP_COUNT] = {
	[MEDIATION_REGISTER] = { mediation_register, true, false }, [MEDIATION_PARTY] = { mediation_party_add, false, false },
	[MEDIATION_CONSENT] = { mediation_consent, false, false }, [MEDIATION_REFUSE] = { mediation_refuse, true, true },
	[MEDIATION_ACCEPT] = { mediation_accept, true, false }, [MEDIATION_APPOINT] = { mediation_appoint, true, false },
	[MEDIATION_RELIEVE] = { mediation_relieve, true, true }, [MEDIATION_SESSION] = { mediation_session, true, false },
	[MEDIATION_EXTEND] = { mediation_extend, true, true }, [MEDIATION_DANGER] = { mediation_danger_tell, false, false },
	[MEDIATION_DRAFT] = { mediation_draft, true, false }, [MEDIATION_SIGN] = { mediation_sign, false, false },
	[MEDIATION_REDRAFT] = { mediation_redraft, true, true }, [MEDIATION_FAIL] = { mediation_fail, true, true },
	[MEDIATION_END] = { mediation_end, true, true }, [MEDIATION_CLAIM] = { mediation_claim, true, true },
	[MEDIATION_PERFORM] = { mediation_perform, true, true }, [MEDIATION_MISS] = { mediation_miss, true, true },
	[MEDIATION_VISIT] = { mediation_visit, false, false }, [MEDIATION_BREAK] = { mediation_break, true, true },
	[MEDIATION_CONFIRM_ASK] = { mediation_confirm_step, true, false }, [MEDIATION_CONFIRM_DROP] = { mediation_confirm_step, true, true },
	[MEDIATION_CONFIRM_SEND] = { mediation_confirm_step, true, false }, [MEDIATION_CONFIRM_RESULT] = { mediation_confirm_step, true, true },
};

static enum rc
act_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct mediation_arg *arg = argument;
	enum mediation_step step = arg->act->step;
	struct mediation_work *w = ARENA_NEW(tx_mem(tx), struct mediation_work);
	struct text words = text_trim(arg->act->in->words);
	enum rc rc = w == NULL ? RC_NO_MEMORY : mediation_begin(tx, actor, w, arg);

	arg->next = 0;
	if (rc == RC_OK)
		rc = runs[step].run(tx, actor, w, arg);
	if (rc == RC_OK)
		rc = mediation_move(tx, actor, w, runs[step].noted ? words : TEXT_NONE, runs[step].shown);
	return rc == RC_OK ? mediation_after(tx, actor, w, step) : rc;
}

/* Every value as "key=value" lines: another submission under a used key is told by it. */
static struct text
values_text(struct arena *mem, const struct mediation_act *act)
{
	const char *base = (const char *)act->in;
	struct text t = arena_format(mem, "%lld %d", (long long)act->id.n, (int)act->step);

	for (size_t i = 0; i < sizeof fields / sizeof fields[0] && t.p != NULL; i++) {
		const struct field *f = &fields[i];
		const void *at = base + f->offset;
		struct text s = TEXT_NONE;
		long long n = 0;

		switch ((int)f->kind) {
		case FIELD_LINE: case FIELD_PARAGRAPH: case FIELD_PHONE: memcpy(&s, at, sizeof s); break;
		case FIELD_INT: case FIELD_KEY: n = *(const int64_t *)at; break;
		case FIELD_DAY: n = ((const struct day *)at)->n; break;
		case FIELD_BOOL: n = *(const bool *)at; break;
		default: n = *(const int *)at; break;
		}
		if (s.n > 0 || n != 0)
			t = arena_format(mem, "%.*s\n%s=%zu %lld %.*s", (int)t.n, t.p, f->key, s.n, n, (int)s.n, s.p);
	}
	return t;
}

enum rc
mediation_act_take(struct ctx *ctx, struct idem_key key, const struct mediation_act *act, struct findings *findings,
    struct mediation_verdict *ret, int64_t *ret_next)
{
	struct taking *t = ARENA_NEW(ctx->mem, struct taking);
	unsigned char digest[32];
	struct text all;
	enum rc rc = t == NULL ? RC_NO_MEMORY : RC_OK;

	*ret = (struct mediation_verdict){ .why = MEDIATION_MAY, .basis = "" };
	*ret_next = 0;
	if (rc != RC_OK)
		return rc;
	if (act->step < MEDIATION_REGISTER || act->step >= MEDIATION_STEP_COUNT || runs[act->step].run == NULL)
		return RC_NOT_FOUND;
	*t = (struct taking){ .ctx = ctx, .findings = findings, .in = act->in, .arg = { .act = act, .verdict = *ret } };
	check(t, act->step);
	if (findings->total > 0)
		return RC_INVALID;
	rc = ready(t, act);
	all = values_text(ctx->mem, act);
	if (rc != RC_OK || all.p == NULL)
		return rc != RC_OK ? rc : RC_NO_MEMORY;
	crypt_mac(ctx->crypt, "mediation.act", all, digest); /* names and numbers are in it: kept as a keyed hash */
	rc = db_command(ctx, key, &(struct command){ .name = "mediation.act", .fn = act_tx, .arg = &t->arg, .ret = &t->arg.next,
	    .ret_size = sizeof t->arg.next, .asked = ARGS(db_blob((struct text){ (const char *)digest, sizeof digest })) });
	*ret = t->arg.verdict;
	*ret_next = t->arg.next;
	return rc;
}
