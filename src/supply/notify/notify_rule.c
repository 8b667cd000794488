#include "supply/notify/notify_rule.h"

#include "base/day.h"

#include <string.h>

/* ---- whom ------------------------------------------------------------------------------------------- */

#define R NOTIFY_TO_RESIDENT
#define H NOTIFY_TO_HOLDER
#define N NOTIFY_TO_NAMED

static const struct notify_rule rules[] = {
	{ "intake.received", R | H | NOTIFY_TO_SELF, NOTIFY_NEW, false, NULL },
	{ "request.accepted", R, NOTIFY_NEW, false, NULL },
	{ "intake.declined", R, NOTIFY_NEW, false, NULL },
	{ "consult.answered", R, NOTIFY_NEW, false, NULL },
	{ "consult.converted", R, NOTIFY_NEW, false, NULL },
	{ "request.closed", R, NOTIFY_NEW, false, NULL },
	{ "request.message", R | H | N, NOTIFY_MESSAGE, false, NULL },
	{ "request.attached", H, NOTIFY_MESSAGE, false, NULL },
	{ "intake.withdrawn", H, NOTIFY_MESSAGE, false, NULL },
	{ "dispatch.offered", N, NOTIFY_OFFERED, false, NULL },
	{ "dispatch.withdrawn", 0, NOTIFY_OFFERED, false, "dispatch.offered" },
	{ "dispatch.returned", H, NOTIFY_OFFERED, false, NULL },
	{ "dispatch.assigned", N | NOTIFY_TO_FROM, NOTIFY_NEW, false, "dispatch.offered" },
	{ "dispatch.ruled", R | H | N | NOTIFY_TO_FROM, NOTIFY_NEW, false, "dispatch.offered" },
	{ "clock.recounted", R | H, NOTIFY_DEADLINE, false, NULL },
	{ "clock.ruled", R | H, NOTIFY_DEADLINE, false, NULL },
	{ "clock.paused", R | H, NOTIFY_DEADLINE, false, NULL },
	{ "clock.resumed", R | H, NOTIFY_DEADLINE, false, NULL },
	{ "supervise.warned", H | N, NOTIFY_SUPERVISED, false, NULL },
	{ "supervise.reminded", H | N, NOTIFY_SUPERVISED, false, NULL },
	{ "supervise.ordered", H | N, NOTIFY_SUPERVISED, true, NULL },
	{ "supervise.reported.director", H | N, NOTIFY_SUPERVISED, false, NULL },
	{ "supervise.reported.bureau", H | N, NOTIFY_SUPERVISED, false, NULL },
	{ "supervise.turns_over", H | N, NOTIFY_SUPERVISED, false, NULL },
	{ "supervise.no_clock", H | N, NOTIFY_SUPERVISED, false, NULL },
	{ "transfer.sent", R, NOTIFY_NEW, false, NULL },
	{ "cooperate.asked", N, NOTIFY_OFFERED, false, NULL },
	{ "cooperate.taken", H, NOTIFY_OFFERED, false, NULL },
	{ "cooperate.declined", H, NOTIFY_OFFERED, false, NULL },
	{ "cooperate.answered", H, NOTIFY_OFFERED, false, NULL },
	{ "cooperate.again", N, NOTIFY_OFFERED, false, NULL },
	{ "cooperate.closed", N, NOTIFY_OFFERED, false, NULL },
	{ "cooperate.withdrawn", N, NOTIFY_OFFERED, false, NULL },
	{ "cooperate.ended", N, NOTIFY_OFFERED, false, NULL },
	{ "writing.asked", H, NOTIFY_MESSAGE, false, NULL },
	{ "writing.returned", N, NOTIFY_OFFERED, false, NULL },
	{ "writing.issued", R | N, NOTIFY_OFFERED, false, NULL },
	/* of rosters: whom is noted with each, notify_duty.c tells them */
	{ "duty.published", 0, NOTIFY_DUTY, false, NULL },
	{ "duty.moved", 0, NOTIFY_DUTY, false, NULL },
	{ "duty.given", 0, NOTIFY_DUTY, false, NULL },
	{ "duty.lost", 0, NOTIFY_DUTY, false, NULL },
	{ "duty.cover", 0, NOTIFY_DUTY, false, NULL },
	{ "duty.sick", 0, NOTIFY_DUTY, false, NULL },
	{ "duty.station", 0, NOTIFY_DUTY, false, NULL },
	{ "duty.station_open", 0, NOTIFY_DUTY, false, NULL },
	{ "duty.swap_ask", 0, NOTIFY_DUTY, false, NULL },
	{ "duty.swap_agree", 0, NOTIFY_DUTY, false, NULL },
	{ "duty.swap_decline", 0, NOTIFY_DUTY, false, NULL },
	{ "duty.swap_approve", 0, NOTIFY_DUTY, false, NULL },
	{ "duty.swap_deny", 0, NOTIFY_DUTY, false, NULL },
	{ "duty.swap_withdraw", 0, NOTIFY_DUTY, false, NULL },
	{ "duty.swap_expire", 0, NOTIFY_DUTY, false, NULL },
	{ "duty.swap_overtake", 0, NOTIFY_DUTY, false, NULL },
	{ "aid.apply", H, NOTIFY_MESSAGE, false, NULL },
	{ "aid.ask_supplement", R, NOTIFY_NEW, false, NULL },
	{ "aid.give_supplement", H, NOTIFY_MESSAGE, false, NULL },
	{ "aid.lapse", R, NOTIFY_NEW, false, NULL },
	{ "aid.examine", 0, NOTIFY_NEW, false, NULL },
	{ "aid.grant", R, NOTIFY_NEW, false, NULL },
	{ "aid.refuse", R, NOTIFY_NEW, false, NULL },
	{ "aid.advance", R | H, NOTIFY_NEW, false, NULL },
	{ "aid.assign", R | N, NOTIFY_OFFERED, false, NULL },
	{ "aid.accept", R | H, NOTIFY_NEW, false, NULL },
	{ "aid.decline", H, NOTIFY_MESSAGE, false, "aid.assign" },
	{ "aid.agree", R | H, NOTIFY_NEW, false, NULL },
	{ "aid.report", R | N, NOTIFY_NEW, false, NULL },
	{ "aid.change_ask", H, NOTIFY_MESSAGE, false, NULL },
	{ "aid.change_allow", R | N, NOTIFY_OFFERED, false, NULL },
	{ "aid.change_deny", R, NOTIFY_NEW, false, NULL },
	{ "aid.terminate", R | N, NOTIFY_OFFERED, false, NULL },
	{ "aid.close", R | H, NOTIFY_NEW, false, NULL },
	{ "aid.file", H, NOTIFY_MESSAGE, false, NULL },
	{ "aid.file_return", N, NOTIFY_OFFERED, false, NULL },
	{ "aid.file_pass", N, NOTIFY_OFFERED, false, NULL },
	{ "aid.subsidy", N, NOTIFY_OFFERED, false, NULL },
	{ "aid.pay", N, NOTIFY_OFFERED, false, NULL },
	{ "aid.archive", 0, NOTIFY_NEW, false, NULL },
	{ "aid.object", H, NOTIFY_MESSAGE, false, NULL },
	{ "aid.uphold", R | H, NOTIFY_NEW, false, NULL },
	{ "aid.correct", R | H, NOTIFY_NEW, false, NULL },
	{ "aid.settle", R, NOTIFY_NEW, false, NULL },
	{ "aid.pass_back", R, NOTIFY_NEW, false, NULL },
	{ "aid.move", R | H, NOTIFY_NEW, false, NULL },
	{ "quality.drawn", 0, NOTIFY_NEW, false, NULL }, /* who judges finds it under what is theirs to score */
	{ "quality.heard", N, NOTIFY_OFFERED, false, NULL },
	{ "quality.final", N, NOTIFY_OFFERED, false, NULL },
	{ "quality.order", N, NOTIFY_OFFERED, false, NULL },
	{ "quality.answer", 0, NOTIFY_NEW, false, NULL }, /* stands in the list of the evaluation */
	{ "quality.accept", N, NOTIFY_OFFERED, false, NULL },
	{ "quality.again", N, NOTIFY_OFFERED, false, NULL },
	{ "aid.notice", H, NOTIFY_MESSAGE, false, NULL },
	{ "aid.notice_back", R | N, NOTIFY_OFFERED, false, NULL },
	{ "missed.noted", 0, NOTIFY_NEW, false, NULL }, /* who is to ring back is told of the new request */
	{ "mediation.register", R, NOTIFY_NEW, false, NULL },
	{ "mediation.party", 0, NOTIFY_NEW, false, NULL },
	{ "mediation.consent", 0, NOTIFY_NEW, false, NULL },
	{ "mediation.refuse", R, NOTIFY_NEW, false, NULL },
	{ "mediation.accept", R, NOTIFY_NEW, false, NULL },
	{ "mediation.appoint", R | N, NOTIFY_OFFERED, false, NULL },
	{ "mediation.relieve", R, NOTIFY_NEW, false, NULL },
	{ "mediation.session", R, NOTIFY_NEW, false, NULL },
	{ "mediation.extend", R, NOTIFY_NEW, false, NULL },
	{ "mediation.danger", H | N, NOTIFY_SUPERVISED, false, NULL },
	{ "mediation.draft", R, NOTIFY_NEW, false, NULL },
	{ "mediation.sign", 0, NOTIFY_NEW, false, NULL },
	{ "mediation.effect", R | H, NOTIFY_NEW, false, NULL },
	{ "mediation.redraft", R, NOTIFY_NEW, false, NULL },
	{ "mediation.fail", R, NOTIFY_NEW, false, NULL },
	{ "mediation.end", R | H, NOTIFY_NEW, false, NULL },
	{ "mediation.claim", H, NOTIFY_MESSAGE, false, NULL },
	{ "mediation.perform", R | H, NOTIFY_NEW, false, NULL },
	{ "mediation.fulfil", R, NOTIFY_NEW, false, NULL },
	{ "mediation.mend", R, NOTIFY_NEW, false, NULL },
	{ "mediation.miss", R | H, NOTIFY_DEADLINE, false, NULL },
	{ "mediation.visit", 0, NOTIFY_NEW, false, NULL },
	{ "mediation.break", R, NOTIFY_NEW, false, NULL },
	{ "mediation.confirm_ask", R | H, NOTIFY_NEW, false, NULL },
	{ "mediation.confirm_drop", R, NOTIFY_NEW, false, NULL },
	{ "mediation.confirm_send", R, NOTIFY_NEW, false, NULL },
	{ "mediation.confirm_result", R | H, NOTIFY_NEW, false, NULL },
	{ "policy.judged", 0, NOTIFY_NEW, false, NULL }, /* advice to who asked for it: nobody is told */
	/* who was rated is not told of the grade: it must not come back on who gave it */
	{ "review.follow_up", N, NOTIFY_REVIEW, false, NULL },
};

const struct notify_rule *
notify_rule_of(struct text kind)
{
	for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
		if (text_equals(kind, text_of(rules[i].kind)))
			return &rules[i];
	return NULL;
}

/* "key=number" lines; 0 when the key is not there. */
static int64_t
named(struct text data, struct text key)
{
	int64_t n = 0;

	while (data.n > 0) {
		struct text line = text_cut(&data, '\n'), word = text_cut(&line, '=');

		if (text_equals(word, key) && int64_parse(line, 1, INT64_MAX, &n) == RC_OK)
			return n;
	}
	return 0;
}

static void
person_add(struct notify_people *p, int64_t account, int64_t author)
{
	if (account <= 0 || account == author || p->n == NOTIFY_PEOPLE_MAX)
		return;
	for (size_t i = 0; i < p->n; i++)
		if (p->accounts[i] == account)
			return;
	p->accounts[p->n++] = account;
}

struct notify_people
notify_whom(const struct notify_rule *rule, const struct notify_facts *f)
{
	struct notify_people p = { .n = 0 };

	p.resident = (rule->to & NOTIFY_TO_RESIDENT) != 0 && f->shown && f->reachable
	    && (f->author != 0 || (rule->to & NOTIFY_TO_SELF) != 0);
	if ((rule->to & NOTIFY_TO_NAMED) != 0) {
		person_add(&p, named(f->data, TEXT("to")), f->author);
		person_add(&p, named(f->data, TEXT("director")), f->author);
	}
	if ((rule->to & NOTIFY_TO_FROM) != 0)
		person_add(&p, named(f->data, TEXT("from")), f->author);
	if ((rule->to & NOTIFY_TO_HOLDER) != 0)
		person_add(&p, f->holder, f->author);
	return p;
}

/* ---- when --------------------------------------------------------------------------------------------- */

int64_t
notify_quiet_end(int64_t at_ms, int64_t from, int64_t to)
{
	int64_t minute = moment_minute(at_ms);
	int64_t midnight = day_start_ms(day_of_moment(at_ms));

	if (from == to || from < 0 || to < 0 || from > 1440 || to > 1440)
		return 0;
	if (from < to)
		return minute >= from && minute < to ? midnight + to * 60000 : 0;
	if (minute >= from)
		return midnight + DAY_MS + to * 60000;
	return minute < to ? midnight + to * 60000 : 0;
}

bool
notify_is_quiet_way(enum notify_way way)
{
	return way == NOTIFY_SMS || way == NOTIFY_WECHAT;
}

static int64_t
doubled(int64_t n, int64_t most)
{
	int64_t wait = 30000;

	for (int64_t i = 1; i < n && wait < most; i++)
		wait *= 2;
	return wait < most ? wait : most;
}

int64_t
notify_retry_ms(int64_t tries, int64_t id)
{
	int64_t wait = doubled(tries, 3600000);
	uint64_t mixed = ((uint64_t)id ^ (uint64_t)tries << 56) * UINT64_C(0x9E3779B97F4A7C15);

	return wait + (int64_t)((mixed >> 32) % (uint64_t)(wait / 4 + 1));
}

int64_t
notify_gate_ms(int64_t failures)
{
	return doubled(failures, 900000);
}

enum notify_state
notify_after(enum notify_result result, int64_t tries, int64_t age_ms, int64_t give_up_ms)
{
	switch (result) {
	case NOTIFY_OK:
		return NOTIFY_SENT;
	case NOTIFY_NO:
		return NOTIFY_REFUSED;
	case NOTIFY_NOT_SENT:
		return NOTIFY_DEMO;
	case NOTIFY_NOBODY:
		return NOTIFY_VOID;
	case NOTIFY_LATER:
		return tries >= NOTIFY_TRIES_MAX || age_ms >= give_up_ms ? NOTIFY_GIVEN_UP : NOTIFY_WAITING;
	case NOTIFY_DOWN:
		return age_ms >= give_up_ms ? NOTIFY_GIVEN_UP : NOTIFY_WAITING;
	case NOTIFY_UNKNOWN:
	case NOTIFY_RESULTS:
		break;
	}
	return NOTIFY_WAITING;
}

/* ---- what it says ---------------------------------------------------------------------------------------- */

struct out { char *p; size_t n, cap; bool full; };

/* Whole characters only: a lead byte and its followers, or nothing. */
static void
put(struct out *o, struct text t, bool clean)
{
	for (size_t i = 0; i < t.n && !o->full;) {
		unsigned char c = (unsigned char)t.p[i];
		size_t wide = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;

		if (wide > t.n - i)
			wide = t.n - i;
		if (o->n + wide >= o->cap) {
			o->full = true;
			return;
		}
		memcpy(o->p + o->n, t.p + i, wide);
		if (clean && (c < 0x20 || c == 0x7F))
			o->p[o->n] = ' ';
		o->n += wide;
		i += wide;
	}
}

static const struct { struct text key; size_t at; } places[] = {
	{ TEXT_INIT("number"), offsetof(struct notify_words, number) }, { TEXT_INIT("item"), offsetof(struct notify_words, item) },
	{ TEXT_INIT("due"), offsetof(struct notify_words, due) }, { TEXT_INIT("phone"), offsetof(struct notify_words, phone) },
	{ TEXT_INIT("what"), offsetof(struct notify_words, what) }, { TEXT_INIT("name"), offsetof(struct notify_words, name) },
};

/* The placeholder that begins at t: its value's place in the words, and its length with both braces; -1: none. */
static int
place_at(struct text t, size_t *ret_n)
{
	for (size_t k = 0; k < sizeof places / sizeof places[0]; k++) {
		struct text key = places[k].key;

		if (t.n >= key.n + 2 && t.p[0] == '{' && t.p[key.n + 1] == '}' && memcmp(t.p + 1, key.p, key.n) == 0) {
			*ret_n = key.n + 2;
			return (int)k;
		}
	}
	return -1;
}

struct text
notify_render(struct text body, const struct notify_words *w, char *dest, size_t cap)
{
	struct out o = { dest, 0, cap, cap == 0 };

	while (body.n > 0 && !o.full) {
		size_t n = 0;
		int k = place_at(body, &n);

		if (k >= 0) {
			struct text value;

			memcpy(&value, (const char *)w + places[k].at, sizeof value);
			put(&o, value, true);
		} else {
			for (n = 1; n < body.n && body.p[n] != '{'; n++)
				;
			put(&o, (struct text){ body.p, n }, false);
		}
		body.p += n;
		body.n -= n;
	}
	if (cap > 0)
		dest[o.n] = '\0';
	return (struct text){ dest, o.n };
}

bool
notify_body_is_sound(struct text body, struct text *ret_bad)
{
	for (size_t i = 0; i < body.n;) {
		struct text rest = { body.p + i, body.n - i };
		size_t n = 1;

		if ((rest.p[0] == '{' && place_at(rest, &n) < 0) || rest.p[0] == '}') {
			struct text cut = rest;

			*ret_bad = text_cut(&cut, '}');
			if (ret_bad->n > 24)
				ret_bad->n = 24;
			return false;
		}
		i += n;
	}
	return true;
}
