#include "operations/intake/intake_rule.h"
#include "operations/intake/intake_store.h"

#include "base/code.h"
#include "base/phone.h"
#include "kit/msg/msg.h"
#include "operations/dispatch/dispatch.h"
#include "standards/catalogue/catalogue.h"

#include <string.h>

/* Without limits in the catalogue a request is accepted or declined within one working day and closed
 * within fifteen: internal promises, editable per item (item_limit), never law.  So nothing is ever
 * without a clock (S29). */
static const struct clock_rule accept_default = { .count = 1, .unit = CLOCK_WORKDAY, .roll = true };
static const struct clock_rule close_default = { .count = 15, .unit = CLOCK_WORKDAY, .roll = true };

/* ---- the query code ------------------------------------------------------------------------------ */

static void
receipt_code(struct crypt *crypt, struct idem_key key, unsigned char out[static CODE_BYTES])
{
	unsigned char mac[32];

	crypt_mac(crypt, "receipt", (struct text){ (const char *)key.b, sizeof key.b }, mac);
	memcpy(out, mac, CODE_BYTES);
}

static void
receipt_hash(const unsigned char code[static CODE_BYTES], unsigned char out[static 16])
{
	unsigned char sha[32];

	crypt_hash((struct text){ (const char *)code, CODE_BYTES }, sha);
	memcpy(out, sha, 16);
}

/* ---- before the transaction: checks, sealing ------------------------------------------------------- */

/* What is kept under the key: never the code. */
struct kept_receipt {
	int64_t id, due_ms, differs;
	char number[24];
};

struct receive_arg {
	const struct intake_new *in;
	unsigned char asked[16];
	struct request_new next;
	struct person_prepared person;
	bool has_person;
	char credit[19];
	bool has_organisation;
	struct party parties[3];      /* who asks, their organisation, the other side */
	struct findings *findings;
	bool other;                   /* this key stands for another request's words */
	struct kept_receipt ret;
};

/* All that was typed, as one keyed hash: an ID number or a phone could be guessed from a plain one. */
static void
asked_hash(struct crypt *crypt, const struct intake_new *in, unsigned char out[static 16])
{
	const struct person_new *p = &in->person;
	const struct organisation_new *o = &in->organisation;
	const struct text texts[] = { in->subject, in->detail, p->name, p->id_number, p->phone, o->name, o->credit_code,
		in->caller_name, in->caller_phone, in->contact, in->opponent, in->opponent_id, in->language };
	const int64_t numbers[] = { in->topic, in->item, in->urgent, in->place.code, in->channel, in->scheduled,
		in->gathered, in->accept_now, in->applicant, p->born.n, p->sex, (int64_t)p->groups, p->place.code, o->kind,
		o->founded.n, o->staff, o->place.code, in->caller };
	unsigned char sha[32];
	struct crypt_hasher h;

	crypt_hasher_start(&h);
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		crypt_hasher_field(&h, texts[i]);
	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
		crypt_hasher_int(&h, numbers[i]);
	if (in->also != NULL)
		crypt_hasher_field(&h, in->also->asked);
	crypt_hasher_end(&h, sha);
	crypt_index(crypt, "intake.asked", (struct text){ (const char *)sha, sizeof sha }, out);
}

static bool
is_anonymous(const struct intake_new *in)
{
	return text_is_empty(in->person.name) && text_is_empty(in->person.id_number) && text_is_empty(in->person.phone);
}

static enum rc
seal_phone(struct ctx *ctx, struct findings *findings, const char *field, enum person_phone which, struct text phone,
    int64_t id, struct text *ret)
{
	char digits[16];
	enum rc rc;

	if (text_is_empty(phone))
		return RC_OK;
	rc = phone_read(phone, digits);
	if (rc != RC_OK) {
		findings_add(findings, field, T("电话号码不对：手机 11 位，固定电话带区号"), 0);
		return rc;
	}
	return person_phone_seal(ctx, ctx->crypt, which, text_of(digits), id, ret);
}

static void
check_texts(const struct intake_new *in, struct findings *findings)
{
	if (text_is_empty(text_trim(in->detail)))
		findings_add(findings, "detail", T("请写下遇到的事情"), 0);
	if (place_level(in->place) < PLACE_CITY)
		findings_add(findings, "place", T("请选择事情发生的地方"), 0);
	if (in->caller != RELATION_SELF && text_is_empty(in->caller_name))
		findings_add(findings, "caller_name", T("代他人反映时，请写下您的姓名"), 0);
	if (in->applicant == APPLICANT_NONE)
		findings_add(findings, "applicant", T("请选择是谁的事情"), 0);
}

static enum rc
prepare_people(struct ctx *ctx, struct receive_arg *arg)
{
	const struct intake_new *in = arg->in;
	enum rc worst = RC_OK, rc;

	if (!is_anonymous(in)) {
		arg->has_person = true;
		rc = person_prepare(ctx, ctx->crypt, &in->person, &arg->person, arg->findings);
		if (rc != RC_OK)
			worst = rc;
	}
	if (applicant_is_organisation(in->applicant)) {
		arg->has_organisation = true;
		rc = organisation_check(&in->organisation, day_of_moment(ctx->now_ms), arg->credit, arg->findings);
		if (rc != RC_OK)
			worst = rc;
	}
	return worst;
}

/* Sides are kept as hashes, so that whoever served the one is not given the other. */
static enum rc
prepare_parties(struct ctx *ctx, struct receive_arg *arg)
{
	const struct intake_new *in = arg->in;
	const struct party_new sides[3] = {
		{ PARTY_ASKING, false, in->person.name, in->person.id_number },
		{ PARTY_ASKING, true, arg->has_organisation ? in->organisation.name : TEXT_NONE, text_of(arg->credit) },
		{ PARTY_OTHER, false, in->opponent, in->opponent_id },
	};
	enum rc rc = RC_OK;

	if (text_is_empty(text_trim(in->opponent)) && !text_is_empty(text_trim(in->opponent_id)))
		findings_add(arg->findings, "opponent", T("写了对方的证件号码，也请写名字"), 0);
	for (int i = 0; rc == RC_OK && i < 3; i++)
		rc = dispatch_party_prepare(ctx, &sides[i], arg->next.id, &arg->parties[i]);
	return rc;
}

static enum rc
prepare(struct ctx *ctx, struct idem_key key, struct receive_arg *arg)
{
	const struct intake_new *in = arg->in;
	unsigned char code[CODE_BYTES];
	struct request_new *n = &arg->next;
	struct text contact;
	enum rc rc, rc2, rc3;

	receipt_code(ctx->crypt, key, code);
	receipt_hash(code, n->code_hash);
	asked_hash(ctx->crypt, in, arg->asked);
	n->asked = (struct text){ (const char *)arg->asked, sizeof arg->asked };
	rc = db_id(ctx->db, &n->id);
	if (rc != RC_OK)
		return rc;
	check_texts(in, arg->findings);
	rc = prepare_people(ctx, arg);
	if (rc == RC_OK)
		rc = prepare_parties(ctx, arg);
	rc2 = seal_phone(ctx, arg->findings, "caller_phone", PHONE_CALLER, in->caller_phone, n->id,
	    &n->caller_phone_sealed);
	/* the number given for this matter stays with it, also when the person is known by another */
	contact = in->contact;
	if (text_is_empty(contact) && findings_of(arg->findings, "phone") == NULL)
		contact = in->person.phone;
	rc3 = seal_phone(ctx, arg->findings, "contact", PHONE_CONTACT, contact, n->id, &n->contact_sealed);
	n->place = in->place;
	n->item = in->item;
	n->topic = in->topic;
	n->channel = in->channel;
	n->scheduled = in->scheduled;
	n->online = in->channel == CHANNEL_PORTAL || in->channel == CHANNEL_HOTLINE;
	n->gathered = in->gathered;
	n->applicant = in->applicant;
	n->caller = in->caller;
	n->caller_name = in->caller_name;
	n->subject = intake_subject(in->subject, in->detail);
	n->detail = in->detail;
	n->urgent = in->urgent;
	n->groups = arg->has_person ? arg->person.groups : in->person.groups;
	if (rc != RC_OK && rc != RC_INVALID)
		return rc;
	if (rc2 != RC_OK && rc2 != RC_INVALID)
		return rc2;
	if (rc3 != RC_OK && rc3 != RC_INVALID)
		return rc3;
	return arg->findings->total > 0 ? RC_INVALID : RC_OK;
}

/* ---- inside the transaction --------------------------------------------------------------------------- */

static enum rc
judge_place(struct tx *tx, const struct actor *actor, struct receive_arg *arg)
{
	int64_t places = 0;
	enum rc rc = tx_int(tx, actor, &intake_q[Q_DIVISION],
	    ARGS(db_int(arg->in->place.code), db_int(day_of_moment(tx_now_ms(tx)).n)), &places);

	if (rc != RC_OK || places > 0)
		return rc;
	findings_add(arg->findings, "place", T("没有这个地方，请重新选择"), 0);
	return RC_INVALID;
}

static enum rc
judge(struct tx *tx, const struct actor *actor, struct receive_arg *arg)
{
	struct request_new *n = &arg->next;
	struct catalogue_verdict verdict;
	struct code_row language;
	struct item item;
	enum rc rc = catalogue_load(tx, actor, arg->in->item, day_of_moment(tx_now_ms(tx)), &item);

	if (rc == RC_NOT_FOUND) {
		findings_add(arg->findings, "item", T("没有这一事项，请重新选择"), 0);
		return RC_INVALID;
	}
	if (rc != RC_OK)
		return rc;
	verdict = catalogue_judge(&item, n->applicant, n->channel, n->tier);
	if (!verdict.allowed) {
		findings_add(arg->findings, verdict.why == CATALOGUE_CHANNEL || verdict.why == CATALOGUE_TIER
		    || verdict.why == CATALOGUE_WITHDRAWN ? "item" : "applicant", catalogue_why_label(verdict.why), 0);
		return RC_REFUSED;
	}
	if (matter_find(item.matter) == NULL)
		return RC_CORRUPT;
	n->item_from = item.from;
	n->matter = item.matter;
	if (arg->in->language.n > 0)
		rc = code_find(tx, actor, "language", arg->in->language, day_of_moment(tx_now_ms(tx)), &language);
	if (rc == RC_NOT_FOUND) {
		findings_add(arg->findings, "language", T("请选择表里的一项"), 0);
		return RC_INVALID;
	}
	if (rc != RC_OK)
		return rc;
	return judge_place(tx, actor, arg);
}

/* Whoever is asked answers for it (首问负责); at the portal that is whoever is answerable for the place. */
static enum rc
first_contact(struct tx *tx, const struct actor *actor, struct receive_arg *arg)
{
	struct request_new *n = &arg->next;
	int64_t kind = 0;
	enum rc rc;

	if (arg->in->channel == CHANNEL_PORTAL || actor->kind != ACTOR_ACCOUNT) {
		rc = dispatch_first_holder(tx, actor, n->place, &n->holder, &n->holder_point, &n->tier);
		n->tier = TIER_ONLINE;
		n->point = n->holder_point;
		return rc == RC_NOT_FOUND ? RC_UNAVAILABLE : rc;
	}
	n->holder = actor->account;
	n->holder_point = n->point = actor->point;
	rc = tx_int(tx, actor, &intake_q[Q_POINT_TIER], ARGS(db_int(actor->point)), &kind);
	n->tier = (enum tier)kind;
	return rc == RC_NOT_FOUND ? RC_FORBIDDEN : rc; /* who works at no point cannot receive */
}

static enum rc
store_people(struct tx *tx, const struct actor *actor, struct receive_arg *arg)
{
	struct person_stored person = { .id = { 0 } };
	struct organisation_stored organisation = { .id = { 0 } };
	enum rc rc = RC_OK;

	if (arg->has_person)
		rc = person_insert(tx, actor, &arg->person, &person);
	if (rc == RC_OK && arg->has_organisation)
		rc = organisation_insert(tx, actor, &arg->in->organisation, arg->credit, &organisation);
	arg->next.person = person.id.n;
	/* the person on record stays as it was; what was told now stays with this request */
	arg->next.differs = person.differs;
	arg->next.told_name = (person.differs & PERSON_DIFFERS_NAME) != 0 ? arg->person.name : TEXT_NONE;
	arg->next.organisation = organisation.id.n;
	return rc;
}

static enum rc
clock_start(struct tx *tx, const struct actor *actor, struct request *r, const struct item *item,
    enum clock_target target)
{
	const struct item_limit *limit = item_limit_of(item, target);

	if (limit != NULL)
		return case_clock_start(tx, actor, r, target, limit->rule, limit->source);
	if (target == TARGET_ANSWER)
		return RC_OK; /* held by the time to close */
	return case_clock_start(tx, actor, r, target, target == TARGET_ACCEPT ? accept_default : close_default,
	    text_of(CATALOGUE_PROMISE));
}

static enum rc
accept_clock_start(struct tx *tx, const struct actor *actor, struct request *r)
{
	struct item item;
	enum rc rc = catalogue_load_revision(tx, actor, r->item, r->item_from, &item);

	return rc == RC_OK ? clock_start(tx, actor, r, &item, TARGET_ACCEPT) : rc;
}

/* Acceptance: the matter's clocks begin, the matter keeps its own row. */
static enum rc
accept_request(struct tx *tx, const struct actor *actor, struct request *r)
{
	struct event_new event = { .kind = "request.accepted", .to = REQUEST_ACCEPTED, .shown = true };
	const struct matter_kind *matter = matter_find(r->matter);
	struct item item;
	int64_t event_id = 0;
	enum rc rc;

	if (matter == NULL)
		return RC_CORRUPT;
	rc = request_step(tx, actor, r, &event, &event_id);
	if (rc == RC_OK && r->holder != actor->account)
		rc = request_hold(tx, actor, r, actor->account, actor->point, HOLDING_TAKEN_OVER, event_id);
	if (rc == RC_OK)
		rc = catalogue_load_revision(tx, actor, r->item, r->item_from, &item);
	for (int t = TARGET_ANSWER; rc == RC_OK && t < TARGET_ITEM_COUNT; t++)
		rc = clock_start(tx, actor, r, &item, (enum clock_target)t);
	/* met last: a request is never without a clock, not even inside this transaction */
	if (rc == RC_OK)
		rc = case_clock_meet(tx, actor, r, TARGET_ACCEPT);
	if (rc == RC_OK)
		rc = matter->open(tx, actor, r);
	return rc;
}

enum rc
intake_start(struct tx *tx, const struct actor *actor, struct request_new *in, struct request *ret)
{
	struct actor system = { .kind = ACTOR_SYSTEM, .city = actor->city };
	struct request r;
	enum rc rc = request_insert(tx, actor, in);

	if (rc == RC_OK)
		rc = request_load(tx, &system, (struct case_id){ in->id }, &r);
	if (rc == RC_OK)
		rc = accept_clock_start(tx, actor, &r);
	if (rc == RC_OK && in->parent != 0)
		rc = dispatch_party_inherit(tx, actor, r.id, in->parent);
	if (rc == RC_OK && ret != NULL)
		*ret = r;
	return rc;
}

/*
 * A key is forgotten after two days, the code derived from it is not: a form sent again so late finds
 * the request it made.  RC_NOT_FOUND: it made none.
 */
static enum rc
standing_find(struct tx *tx, const struct actor *actor, struct receive_arg *arg)
{
	const struct request_new *n = &arg->next;
	int64_t author = actor->kind == ACTOR_ACCOUNT ? actor->account
	    : actor->kind == ACTOR_SYSTEM ? ACCOUNT_SYSTEM : ACCOUNT_RESIDENT;
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &intake_q[Q_STANDING],
	    ARGS(db_blob((struct text){ (const char *)n->code_hash, sizeof n->code_hash }), db_int(TARGET_ACCEPT)), &row);
	struct text number;

	if (rc != RC_OK)
		return rc;
	if (rows_int(row, 4) != author)
		return RC_CONFLICT; /* somebody else's key */
	arg->ret = (struct kept_receipt){ .id = rows_int(row, 0), .due_ms = rows_int(row, 2), .differs = rows_int(row, 5) };
	number = rows_text(row, 1);
	if (number.n >= sizeof arg->ret.number)
		return RC_CORRUPT;
	memcpy(arg->ret.number, number.p, number.n);
	arg->other = !text_equals(rows_text(row, 3), n->asked);
	return arg->other ? RC_CONFLICT : RC_OK;
}

static enum rc
receive_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct receive_arg *arg = argument;
	struct request r;
	enum rc rc;

	arg->other = false;
	rc = standing_find(tx, actor, arg);
	if (rc != RC_NOT_FOUND)
		return rc;
	rc = first_contact(tx, actor, arg);
	if (rc == RC_OK)
		rc = judge(tx, actor, arg);
	if (rc == RC_OK)
		rc = store_people(tx, actor, arg);
	if (rc == RC_OK)
		rc = intake_start(tx, actor, &arg->next, &r);
	for (int i = 0; rc == RC_OK && i < 3; i++)
		rc = dispatch_party_insert(tx, actor, r.id, &arg->parties[i]);
	if (rc == RC_OK)
		rc = dispatch_wish_set(tx, actor, r.id, arg->in->language);
	if (rc == RC_OK && arg->in->accept_now && actor->kind == ACTOR_ACCOUNT)
		rc = accept_request(tx, actor, &r);
	if (rc == RC_OK && arg->in->also != NULL)
		rc = arg->in->also->run(tx, actor, &r, arg->in->also->arg);
	if (rc != RC_OK)
		return rc;
	arg->ret = (struct kept_receipt){ .id = arg->next.id, .due_ms = r.due_ms, .differs = arg->next.differs };
	memcpy(arg->ret.number, arg->next.number, sizeof arg->ret.number);
	return RC_OK;
}

enum rc
intake_receive(struct ctx *ctx, struct idem_key key, const struct intake_new *in, struct findings *findings,
    struct intake_receipt *ret)
{
	struct receive_arg arg = { .in = in, .findings = findings };
	unsigned char code[CODE_BYTES];
	enum rc rc = prepare(ctx, key, &arg);

	if (rc != RC_OK)
		return rc;
	rc = db_command(ctx, key, &(struct command){ .name = "intake.receive", .fn = receive_tx, .arg = &arg,
	    .ret = &arg.ret, .ret_size = sizeof arg.ret, .asked = ARGS(db_blob(arg.next.asked)) });
	if (rc == RC_CONFLICT && arg.other)
		rc = RC_DUPLICATE;
	if (rc == RC_OK || rc == RC_DUPLICATE) {
		*ret = (struct intake_receipt){ .id = arg.ret.id, .due_ms = arg.ret.due_ms,
			.differs = (unsigned)arg.ret.differs };
		memcpy(ret->number, arg.ret.number, sizeof ret->number);
		receipt_code(ctx->crypt, key, code);
		code_print(code, ret->code);
	}
	return rc;
}

/* ---- accepting, declining, withdrawing ------------------------------------------------------------------- */

struct act_arg {
	struct case_id id;
	int64_t revision;
};

static enum rc
load_received(struct tx *tx, const struct actor *actor, struct case_id id, int64_t revision, struct request *r)
{
	enum rc rc = request_load(tx, actor, id, r);

	if (rc != RC_OK)
		return rc;
	if (!request_may_act(actor, r))
		return RC_FORBIDDEN;
	return r->state == REQUEST_RECEIVED && r->revision == revision ? RC_OK : RC_CONFLICT;
}

static enum rc
accept_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct act_arg *in = argument;
	struct request r;
	enum rc rc = load_received(tx, actor, in->id, in->revision, &r);

	return rc == RC_OK ? accept_request(tx, actor, &r) : rc;
}

enum rc
intake_accept(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision)
{
	struct act_arg arg = { id, revision };

	return db_command(ctx, key, &(struct command){ .name = "intake.accept", .fn = accept_tx, .arg = &arg,
	    .asked = ARGS(db_int(id.n), db_int(revision)) });
}

static enum rc
decline_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct intake_decline *in = argument;
	struct event_new event = { .kind = "intake.declined", .shown = true };
	struct request r;
	enum rc rc = load_received(tx, actor, in->id, in->revision, &r);

	if (rc != RC_OK)
		return rc;
	if (matter_has_own_end(&r))
		return RC_CONFLICT;
	event.note = arena_format(tx_mem(tx), "%.*s\n%.*s", (int)in->reason.n, in->reason.p, (int)in->helper.n,
	    in->helper.p);
	return request_close(tx, actor, &r, REQUEST_DECLINED, TEXT("declined"), &event, NULL);
}

enum rc
intake_decline(struct ctx *ctx, struct idem_key key, const struct intake_decline *in)
{
	struct intake_decline arg = *in;

	if (text_is_empty(in->reason) || text_is_empty(in->helper))
		return RC_INVALID;
	return db_command(ctx, key, &(struct command){ .name = "intake.decline", .fn = decline_tx, .arg = &arg,
	    .asked = ARGS(db_int(in->id.n), db_int(in->revision), db_text(in->reason), db_text(in->helper)) });
}

static enum rc
withdraw_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct text *reason = argument;
	struct event_new event = { .kind = "intake.withdrawn", .shown = true, .note = *reason };
	struct request r;
	enum rc rc = request_load_receipt(tx, actor, &r);

	if (rc != RC_OK)
		return rc;
	if (!request_is_open(r.state))
		return RC_CONFLICT;
	return request_close(tx, actor, &r, REQUEST_WITHDRAWN, TEXT("withdrawn"), &event, NULL);
}

enum rc
intake_withdraw(struct ctx *ctx, struct idem_key key, struct text reason)
{
	return db_command(ctx, key, &(struct command){ .name = "intake.withdraw", .fn = withdraw_tx, .arg = &reason,
	    .asked = ARGS(db_int(ctx->actor->request), db_text(reason)) });
}
