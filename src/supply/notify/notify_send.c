/* One message at a time: claim it, look up what it says and where it goes, send it, record what came of it. */
#include "supply/notify/notify_rule.h"
#include "supply/notify/notify_store.h"
#include "supply/notify/notify_template.h"

#include "base/phone.h"
#include "base/utf8.h"
#include "kit/msg/msg.h"
#include "operations/request/request.h"
#include "resources/person/person.h"

#include <string.h>

#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* msgfmt -c holds the English to the Chinese */

#define FOLDS_MOST 200 /* in one claim; the next goes on */

struct claim {
	const struct notify_ways *ways;
	bool found;
	enum notify_way way;
	int64_t id, request, event, account, tries, made_ms, lease_ms, nth;
	int64_t gate_failures;       /* of the provider, in a row, before this */
	struct notify_rules rules;
};

/* What is looked up for one message; lives in ctx->mem. */
struct letter {
	const struct claim *claim;
	struct crypt *crypt;
	struct notify_message m;
	enum notify_result result;   /* NOTIFY_NOBODY: there is nothing to send, or nowhere */
	struct text masked;
};

struct record {
	const struct claim *claim;
	struct notify_answer answer;
	enum notify_state state;
	int64_t tries, next_ms, gate_ms;
	struct text to_sealed, body_sealed, words, masked;
};

/* ---- claiming ------------------------------------------------------------------------------------------- */

static bool
way_is_there(const struct notify_ways *ways, enum notify_way way)
{
	return ways->demo || ways->v[way].send != NULL;
}

static enum rc
due_find(struct tx *tx, const struct actor *actor, struct claim *c, int64_t *ret_lease)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &notify_q[Q_DUE], ARGS(db_int(c->way), db_int(tx_now_ms(tx))), &row);

	if (rc != RC_OK)
		return rc;
	c->id = rows_int(row, 0);
	c->request = rows_int(row, 1);
	c->event = rows_int(row, 2);
	c->account = rows_int(row, 3);
	c->tries = rows_int(row, 4);
	c->made_ms = rows_int(row, 5);
	*ret_lease = rows_int(row, 6);
	return RC_OK;
}

/* Something newer waits for the same recipient about the same case: this one is said by it. */
static enum rc
fold(struct tx *tx, const struct actor *actor, const struct claim *c, bool *ret_folded)
{
	int64_t newest = 0, now = tx_now_ms(tx);
	enum rc rc = c->event == 0 ? RC_NOT_FOUND : tx_int(tx, actor, &notify_q[Q_NEWEST], ARGS(db_int(c->request),
	    db_int(c->account), db_int(c->way), db_int(c->event), db_int(now)), &newest);

	*ret_folded = rc == RC_OK;
	if (rc != RC_OK)
		return rc == RC_NOT_FOUND ? RC_OK : rc;
	rc = tx_run_one(tx, actor, &notify_q[Q_FOLD], ARGS(db_int(c->id), db_int(now)));
	return rc == RC_OK ? tx_run_one(tx, actor, &notify_q[Q_FOLD_COUNT], ARGS(db_int(newest), db_int(c->id))) : rc;
}

static enum rc
take(struct tx *tx, const struct actor *actor, struct claim *c, int64_t lease)
{
	enum rc rc;

	c->lease_ms = tx_now_ms(tx) + NOTIFY_LEASE_MS;
	rc = tx_run_one(tx, actor, &notify_q[Q_CLAIM], ARGS(db_int(c->id), db_int(lease), db_int(c->lease_ms)));
	if (rc == RC_OK)
		rc = tx_int(tx, actor, &notify_q[Q_ATTEMPT_NEXT], ARGS(db_int(c->id)), &c->nth);
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &notify_q[Q_ATTEMPT_INSERT], ARGS(db_int(c->id), db_int(c->nth), db_int(tx_now_ms(tx)),
		    db_int(c->way)), NULL);
	c->tries++;
	c->found = rc == RC_OK;
	return rc;
}

/* RC_NOT_FOUND: the provider is down and it is not time to ask again. */
static enum rc
gate_look(struct tx *tx, const struct actor *actor, struct claim *c)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &notify_q[Q_GATE], ARGS(db_int(c->way)), &row);

	c->gate_failures = 0;
	if (rc != RC_OK)
		return rc == RC_NOT_FOUND ? RC_OK : rc;
	c->gate_failures = rows_int(row, 1);
	return rows_int(row, 0) > tx_now_ms(tx) ? RC_NOT_FOUND : RC_OK;
}

static enum rc
claim_way(struct tx *tx, const struct actor *actor, struct claim *c)
{
	int64_t now = tx_now_ms(tx), lease = 0;
	int64_t quiet = notify_is_quiet_way(c->way) ? notify_quiet_end(now, c->rules.quiet_from, c->rules.quiet_to) : 0;
	enum rc rc = gate_look(tx, actor, c);

	if (rc == RC_OK && quiet != 0)
		rc = tx_run(tx, actor, &notify_q[Q_QUIET], ARGS(db_int(c->way), db_int(now), db_int(quiet)), NULL);
	for (int i = 0; rc == RC_OK && i < FOLDS_MOST; i++) {
		bool folded = false;

		rc = due_find(tx, actor, c, &lease);
		if (rc == RC_OK)
			rc = fold(tx, actor, c, &folded);
		if (rc == RC_OK && !folded)
			return take(tx, actor, c, lease);
	}
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc
claim_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct claim *c = arg;
	int64_t now = tx_now_ms(tx), minute = 0;
	enum rc rc = tx_run(tx, actor, &notify_q[Q_CLAIM_TOUCH], ARGS(db_int(now)), NULL);

	c->found = false;
	if (rc == RC_OK)
		rc = notify_rules_load(tx, actor, &c->rules);
	if (rc == RC_OK)
		rc = tx_int(tx, actor, &notify_q[Q_MINUTE], ARGS(db_int(now - 60000)), &minute);
	if (rc != RC_OK || minute >= c->rules.per_minute)
		return rc;
	for (int way = NOTIFY_SMS; rc == RC_OK && !c->found && way < NOTIFY_WAYS; way++) {
		c->way = (enum notify_way)way;
		if (way_is_there(c->ways, c->way))
			rc = claim_way(tx, actor, c);
	}
	return rc;
}

/* Is anything due?  The usual answer is no, and then nothing is written. */
static enum rc
any_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct claim *c = arg;
	int64_t lease;
	enum rc rc = RC_NOT_FOUND;

	for (int way = NOTIFY_SMS; rc == RC_NOT_FOUND && way < NOTIFY_WAYS; way++) {
		c->way = (enum notify_way)way;
		if (!way_is_there(c->ways, c->way))
			continue;
		rc = gate_look(tx, actor, c);
		if (rc == RC_OK)
			rc = due_find(tx, actor, c, &lease);
	}
	return rc;
}

/* ---- what it says and where it goes ------------------------------------------------------------------------- */

static struct text
moment_words(struct arena *mem, int64_t at_ms)
{
	char line[32];

	return at_ms <= 0 || at_ms == DUE_NONE ? TEXT_NONE : arena_text(mem, moment_print(at_ms, line));
}

/* "s***@example.cn" */
static struct text
mask_mail(struct arena *mem, struct text address)
{
	struct text rest = address, head = utf8_head(text_cut(&rest, '@'), 1);

	return arena_format(mem, "%.*s***@%.*s", (int)head.n, head.p, (int)rest.n, rest.p);
}

static enum rc
open_sealed(struct tx *tx, const struct letter *l, struct text sealed, const char *column, int64_t city, int64_t row,
    struct text *ret)
{
	struct text context = crypt_context(tx_mem(tx), column, city, row);

	*ret = TEXT_NONE;
	if (sealed.n == 0)
		return RC_OK;
	return context.p == NULL ? RC_NO_MEMORY : crypt_unseal(l->crypt, tx_mem(tx), sealed, context, ret);
}

static enum rc
where_to(struct tx *tx, const struct actor *actor, struct letter *l, const struct rows *row)
{
	const struct claim *c = l->claim;
	char digits[32];
	enum rc rc;

	if (c->event == 0)
		rc = open_sealed(tx, l, rows_text(row, 2), "outbox.to_sealed", actor->city, c->id, &l->m.to);
	else if (c->account != 0)
		rc = open_sealed(tx, l, rows_text(row, 12), "notify_choice.mail_sealed", actor->city, c->account, &l->m.to);
	else
		rc = person_phone_to_tell(tx, actor, l->crypt, c->request, &l->m.to);
	if (rc != RC_OK)
		return rc;
	if (c->way == NOTIFY_MAIL)
		l->masked = l->m.to.n > 0 ? mask_mail(tx_mem(tx), l->m.to) : TEXT_NONE;
	else if (l->m.to.n > 0)
		l->masked = arena_text(tx_mem(tx), mask_phone(l->m.to, digits));
	return RC_OK;
}

static enum rc
body_find(struct tx *tx, const struct actor *actor, const struct letter *l, struct text kind, struct text *ret_body,
    struct text *ret_code)
{
	const struct notify_default *builtin = notify_default_of(kind, l->claim->way);
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &notify_q[Q_TEMPLATE], ARGS(db_text(kind), db_int(l->claim->way), db_int(LANG_ZH),
	    db_int(day_of_moment(tx_now_ms(tx)).n)), &row);

	*ret_body = *ret_code = TEXT_NONE;
	if (rc == RC_OK) {
		*ret_body = rows_copy(row, 0);
		*ret_code = rows_copy(row, 1);
	} else if (rc == RC_NOT_FOUND && builtin != NULL) {
		*ret_body = text_of(builtin->body);
	}
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc
write_body(struct tx *tx, struct letter *l, struct text body, const struct notify_words *w, int64_t more)
{
	char line[NOTIFY_BODY_MAX];
	struct text t = notify_render(body, w, line, sizeof line);
	struct arena *mem = tx_mem(tx);

	if (more == 0)
		l->m.body = arena_text(mem, t);
	else
		l->m.body = arena_format(mem, msg(LANG_ZH, T("%.*s（此前还有 %lld 条进展）")), (int)t.n, t.p, (long long)more);
	l->m.subject = arena_format(mem, "[%.*s] %.*s", (int)w->number.n, w->number.p, (int)w->what.n, w->what.p);
	return l->m.body.p == NULL || l->m.subject.p == NULL ? RC_NO_MEMORY : RC_OK;
}

static enum rc
letter_read(struct tx *tx, const struct actor *actor, struct letter *l, const struct rows *row)
{
	struct text kind = rows_copy(row, 0), body = TEXT_NONE;
	struct notify_words w = { .number = rows_copy(row, 4), .item = rows_copy(row, 7), .phone = rows_copy(row, 8),
		.due = moment_words(tx_mem(tx), rows_int(row, 5)), .what = text_of(notify_kind_label(kind)), .name = rows_copy(row, 10) };
	bool off = l->claim->account == 0 && rows_int(row, 9) != 0, gone = l->claim->account != 0 && rows_int(row, 11) == 0;
	enum rc rc = where_to(tx, actor, l, row);

	if (rc == RC_OK && l->claim->event == 0)
		rc = open_sealed(tx, l, rows_text(row, 3), "outbox.body_sealed", actor->city, l->claim->id, &body);
	else if (rc == RC_OK)
		rc = body_find(tx, actor, l, kind, &body, &l->m.code);
	if (w.due.n == 0)
		w.due = TEXT("—");
	l->m.number = w.number;
	l->m.item = w.item;
	l->m.due = w.due;
	l->m.phone = w.phone;
	if (off || gone || body.n == 0 || l->m.to.n == 0)
		l->result = NOTIFY_NOBODY;
	return rc == RC_OK ? write_body(tx, l, body, &w, rows_int(row, 1)) : rc;
}

static enum rc
letter_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct letter *l = arg;
	char phone[16];
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &notify_q[Q_MESSAGE], ARGS(db_int(l->claim->id)), &row);

	if (rc == RC_OK)
		rc = letter_read(tx, actor, l, row);
	/* a landline takes no messages */
	if (rc == RC_OK && l->claim->way != NOTIFY_MAIL && (phone_read(l->m.to, phone) != RC_OK || !phone_is_mobile(phone)))
		l->result = NOTIFY_NOBODY;
	return rc;
}

/* ---- recording -------------------------------------------------------------------------------------------------- */

static enum rc
record_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	const struct record *r = arg;
	const struct claim *c = r->claim;
	int64_t now = tx_now_ms(tx);
	enum rc rc = tx_run(tx, actor, &notify_q[Q_ATTEMPT_DONE], ARGS(db_int(c->id), db_int(c->nth), db_int(r->answer.result),
	    db_int(r->answer.code), db_text(r->words), db_text(r->masked)), NULL);

	if (rc == RC_OK && r->state == NOTIFY_WAITING)
		rc = tx_run(tx, actor, &notify_q[Q_AGAIN], ARGS(db_int(c->id), db_int(c->lease_ms), db_int(r->next_ms),
		    db_int(r->tries)), NULL);
	else if (rc == RC_OK)
		rc = tx_run(tx, actor, &notify_q[Q_DONE], ARGS(db_int(c->id), db_int(c->lease_ms), db_int(r->state), db_int(now),
		    db_blob(r->to_sealed), db_blob(r->body_sealed)), NULL);
	if (rc == RC_OK && r->answer.result == NOTIFY_DOWN)
		return tx_run(tx, actor, &notify_q[Q_GATE_SHUT], ARGS(db_int(c->way), db_int(now), db_int(now + r->gate_ms),
		    db_int(c->gate_failures + 1)), NULL);
	if (rc == RC_OK && c->gate_failures > 0 && r->answer.result != NOTIFY_NOBODY)
		rc = tx_run(tx, actor, &notify_q[Q_GATE_OPEN], ARGS(db_int(c->way)), NULL);
	return rc;
}

/* What was sent, and where to, stays sealed beside the row. */
static enum rc
seal(struct ctx *ctx, const struct letter *l, struct record *r)
{
	struct text to = crypt_context(ctx->mem, "outbox.to_sealed", ctx->actor->city, l->claim->id);
	struct text body = crypt_context(ctx->mem, "outbox.body_sealed", ctx->actor->city, l->claim->id);
	enum rc rc = to.p == NULL || body.p == NULL ? RC_NO_MEMORY : RC_OK;

	r->to_sealed = r->body_sealed = TEXT_NONE;
	if (rc == RC_OK && r->state == NOTIFY_SENT)
		rc = crypt_seal(l->crypt, ctx->mem, l->m.to, to, &r->to_sealed);
	if (rc == RC_OK && r->state == NOTIFY_SENT)
		rc = crypt_seal(l->crypt, ctx->mem, l->m.body, body, &r->body_sealed);
	return rc;
}

static enum rc
record(struct ctx *ctx, const struct letter *l, const struct notify_answer *answer)
{
	const struct claim *c = l->claim;
	int64_t age = ctx->now_ms - c->made_ms;
	struct record r = { .claim = c, .answer = *answer, .masked = l->masked, .words = text_of(answer->words),
		.state = notify_after(answer->result, c->tries, age, c->rules.give_up_hours * 3600000),
		/* a provider that is down costs the message no try */
		.tries = answer->result == NOTIFY_DOWN ? c->tries - 1 : c->tries,
		.gate_ms = notify_gate_ms(c->gate_failures + 1) };
	enum rc rc = seal(ctx, l, &r);

	/* after a failure of the provider another message asks next: this one alone may be what it chokes on */
	r.next_ms = ctx->now_ms + (answer->result == NOTIFY_DOWN ? r.gate_ms + 1 : notify_retry_ms(c->tries, c->id));
	if (utf8_check(r.words, false) != UTF8_FINE)
		r.words = TEXT("?");
	return rc == RC_OK ? db_job(ctx, &(struct command){ .name = "notify.record", .fn = record_tx, .arg = &r }) : rc;
}

/* ---- one message --------------------------------------------------------------------------------------------------- */

static enum rc
send_one(struct ctx *ctx, const struct notify_ways *ways, const struct claim *c)
{
	struct letter l = { .claim = c, .crypt = ctx->crypt, .result = NOTIFY_OK, .masked = TEXT_NONE,
		.m = { .way = c->way, .at_ms = ctx->now_ms, .code = TEXT_NONE,
		    .id = arena_format(ctx->mem, "%lld-%lld", (long long)ctx->actor->city, (long long)c->id) } };
	struct notify_answer answer = { .result = NOTIFY_NOT_SENT, .words = "" };
	enum rc rc = l.m.id.p == NULL ? RC_NO_MEMORY : db_read(ctx, letter_tx, &l);

	if (rc != RC_OK)
		return rc; /* the claim runs out and the message is claimed again */
	if (l.result == NOTIFY_NOBODY)
		answer.result = NOTIFY_NOBODY;
	else if (!ways->demo)
		ways->v[c->way].send(ways->v[c->way].arg, &l.m, &answer);
	return record(ctx, &l, &answer);
}

enum rc
notify_send(struct ctx *ctx, const struct notify_ways *ways, size_t most, int64_t *ret_n)
{
	*ret_n = 0;
	while ((size_t)*ret_n < most) {
		struct claim c = { .ways = ways, .found = false };
		enum rc rc = db_read(ctx, any_tx, &c);

		if (rc != RC_OK)
			return rc == RC_NOT_FOUND ? RC_OK : rc;
		rc = db_job(ctx, &(struct command){ .name = "notify.claim", .fn = claim_tx, .arg = &c });
		if (rc != RC_OK || !c.found)
			return rc;
		rc = send_one(ctx, ways, &c);
		if (rc != RC_OK)
			return rc;
		++*ret_n;
	}
	return RC_OK;
}
