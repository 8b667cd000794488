/* A program's way through: the catalogue, a request, its progress, the desk's steps; both engines. */
#include "kit/db/db_stage.h"

#include "standards/policy/policy_version.h"
#include "evaluation/complaint/complaint.h"
#include "supply/api/api_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VILLAGE INT64_C(320506100201)
#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define P(n, v) { TEXT_INIT(n), TEXT_INIT(v) }

enum { HELPER = 101, STATION = 201 };

static struct crypt *keys;

/* A call as the gate makes it: the form is read first, and a finding answers by itself. */
struct call {
	struct ctx ctx;
	struct http_request in;
	struct http_response out;
	struct exchange x;
	struct param headers[4];
};

static void
begin(struct stage *f)
{
	static const struct matter_kind *const matters[] = { &consult_matter, &referral_matter };
	static char dir[64];
	struct text why;

	if (keys == NULL) {
		snprintf(dir, sizeof dir, "/tmp/zhaofa-api-XXXXXX");
		assert_non_null(mkdtemp(dir));
		assert_int_equal(crypt_open(dir, true, &keys, &why), RC_OK);
	}
	f->ctx.crypt = keys;
	matter_kinds_set(matters, 2);
	assert_int_equal(holidays_seed(&f->ctx), RC_OK);
	assert_int_equal(region_seed(&f->ctx), RC_OK);
	assert_int_equal(catalogue_seed(&f->ctx), RC_OK);
	stage_keep();
	stage_raw(f, "INSERT INTO account (city, id, login, name, title, role, place, point, password, active, open_load,"
	    " capacity, created_ms, revision) VALUES (3205, 101, 'helper', 'helper', '', 1, 320506100201, 201, '', 1, 0, 20, 1, 1)");
	stage_raw(f, "INSERT INTO point (city, id, code, kind, place, name, name_en, address, phone, director, datum,"
	    " opened_day, revision) VALUES (3205, 201, 'p201', 3, 320506100201, 'station', '', '', '1990000', 101, 0, 1, 1)");
	stage_raw(f, "INSERT INTO point_village (city, village, point, from_day, reason)"
	    " VALUES (3205, 320506100201, 201, 1, '')");
	assert_int_equal(network_reload(&f->ctx), RC_OK);
}

static const struct route *
route_of(http_handler *handler)
{
	for (size_t i = 0; i < api_routes_n; i++)
		if (api_routes[i].handler == handler)
			return &api_routes[i];
	fail();
	return &api_routes[0];
}

static enum rc
call(struct stage *f, struct call *c, const struct actor *actor, http_handler *handler, struct params fields)
{
	const struct route *r = route_of(handler);

	c->ctx = stage_ctx(f, actor);
	c->ctx.crypt = keys;
	c->in.method = r->method;
	c->in.peer = TEXT("127.0.0.1");
	c->in.headers.v = c->headers;
	c->out.status = 200;
	buf_init(&c->out.body, (size_t)1 << 20);
	c->x.ctx = &c->ctx;
	c->x.in = &c->in;
	c->x.out = &c->out;
	c->x.route = r;
	memset(&c->x.findings, 0, sizeof c->x.findings);
	if (r->form != NULL) {
		c->x.values = arena_alloc(f->mem, r->form->size);
		assert_non_null(c->x.values);
		c->x.form_rc = form_read(r->form, fields, day_of_moment(c->ctx.now_ms), f->mem, c->x.values, &c->x.typed,
		    &c->x.findings);
		if (c->x.form_rc != RC_OK)
			return c->x.form_rc;
	}
	return handler(&c->x);
}

static void
header(struct call *c, struct text name, struct text value)
{
	c->headers[c->in.headers.n++] = (struct param){ name, value };
}

static bool
says(const struct call *c, const char *words)
{
	return text_contains(buf_text(&c->out.body), text_of(words));
}

/* The value of "KEY":"…" in the answer. */
static struct text
value_of(struct stage *f, const struct call *c, const char *key)
{
	struct text rest = arena_text(f->mem, buf_text(&c->out.body));
	const char *at = strstr(rest.p, arena_format(f->mem, "\"%s\":\"", key).p);

	assert_non_null(at);
	rest = text_of(at + strlen(key) + 4);
	return text_cut(&rest, '"');
}

static const struct param wages[] = {
	P("topic", "wage_arrears"), P("detail", "工资拖了三个月"), P("place", "320506100201"), P("applicant", "person"),
	P("caller", "self"), P("name", "王小明"), P("phone", "19900001234"),
};

static struct text
hand_in(struct stage *f, struct text key, enum rc expected)
{
	struct actor resident = identity_anonymous(STAGE_CITY);
	struct call c = { .in = { .method = HTTP_POST } };
	struct text code = TEXT_NONE;

	header(&c, TEXT("idempotency-key"), key);
	assert_int_equal(call(f, &c, &resident, api_request_post, (struct params){ wages, COUNT(wages) }), expected);
	if (expected == RC_OK) {
		assert_int_equal(c.out.status, 201);
		assert_false(says(&c, "\"id\""));
		code = value_of(f, &c, "code");
	}
	buf_free(&c.out.body);
	return code;
}

#define KEY "0123456789abcdef0123456789abcdef"

static void
without_a_key_nothing_is_written(void **state)
{
	struct stage *f = *state;

	begin(f);
	hand_in(f, TEXT(""), RC_INVALID);
	hand_in(f, TEXT("0123456789abcdef0123456789abcde"), RC_INVALID); /* 31 */
	hand_in(f, TEXT("0123456789abcdef0123456789abcdeg"), RC_INVALID);
	assert_int_equal(stage_int(f, "SELECT count(*) FROM request WHERE city = $1"), 0);
	hand_in(f, TEXT(KEY), RC_OK);
	assert_int_equal(stage_int(f, "SELECT count(*) FROM request WHERE city = $1"), 1);
}

static void
the_same_key_gives_the_same_receipt(void **state)
{
	struct stage *f = *state;
	struct text first, again;

	begin(f);
	first = hand_in(f, TEXT(KEY), RC_OK);
	again = hand_in(f, TEXT(KEY), RC_OK);
	assert_true(first.n == 19 && text_equals(first, again));
	assert_int_equal(stage_int(f, "SELECT count(*) FROM request WHERE city = $1"), 1);
}

static void
the_code_shows_progress_and_takes_messages(void **state)
{
	struct stage *f = *state;
	struct actor resident = identity_anonymous(STAGE_CITY);
	static const struct param body[] = { P("body", "还要带什么？") };
	struct call say = { .in = { .method = HTTP_POST } }, look = { .in = { .method = HTTP_GET } };
	struct call wrong = { .in = { .method = HTTP_GET } };
	struct text code;

	begin(f);
	code = hand_in(f, TEXT(KEY), RC_OK);
	header(&wrong, TEXT("x-receipt-code"), TEXT("AAAA-AAAA-AAAA-AAAA"));
	assert_int_equal(call(f, &wrong, &resident, api_progress, (struct params){ NULL, 0 }), RC_NOT_FOUND);
	header(&say, TEXT("x-receipt-code"), code);
	header(&say, TEXT("idempotency-key"), TEXT("1123456789abcdef0123456789abcdef"));
	assert_int_equal(call(f, &say, &resident, api_message_post, (struct params){ body, 1 }), RC_OK);
	header(&look, TEXT("x-receipt-code"), code);
	assert_int_equal(call(f, &look, &resident, api_progress, (struct params){ NULL, 0 }), RC_OK);
	assert_true(says(&look, "还要带什么") && says(&look, "\"received\"") && says(&look, "intake.received"));
	assert_false(says(&look, "19900001234"));
	buf_free(&say.out.body);
	buf_free(&look.out.body);
	buf_free(&wrong.out.body);
}

static struct actor
helper(void)
{
	struct account a = { .id = { HELPER }, .role = ROLE_STATION, .place = { VILLAGE }, .point = STATION, .active = true };

	return identity_actor(&a, STAGE_CITY);
}

static enum rc
step(struct stage *f, struct text id, http_handler *handler, struct text key, struct params fields, const char *expected)
{
	struct actor actor = helper();
	struct call c = { .in = { .method = HTTP_POST } };
	enum rc rc;

	header(&c, TEXT("idempotency-key"), key);
	c.x.segments[0] = (struct param){ TEXT("id"), id };
	c.x.n_segments = 1;
	rc = call(f, &c, &actor, handler, fields);
	if (rc == RC_OK)
		assert_true(says(&c, expected));
	buf_free(&c.out.body);
	return rc;
}

static void
the_desk_accepts_answers_and_closes(void **state)
{
	struct stage *f = *state;
	struct actor actor = helper();
	struct call queue = { .in = { .method = HTTP_GET } };
	static const struct param one[] = { P("revision", "1") };
	static const struct param answer[] = { P("revision", "2"), P("answer", "先申请劳动仲裁"), P("aid_told", "1") };
	static const struct param none[] = { P("revision", "3"), P("outcome", "no-such") };
	static const struct param close[] = { P("revision", "3"), P("outcome", "answered") };
	struct text id;

	begin(f);
	hand_in(f, TEXT(KEY), RC_OK);
	assert_int_equal(call(f, &queue, &actor, api_queue, (struct params){ NULL, 0 }), RC_OK);
	id = value_of(f, &queue, "id");
	buf_free(&queue.out.body);
	assert_int_equal(step(f, id, api_accept_post, TEXT("2123456789abcdef0123456789abcdef"), (struct params){ one, 1 },
	    "\"accepted\""), RC_OK);
	assert_int_equal(step(f, id, api_accept_post, TEXT("3123456789abcdef0123456789abcdef"), (struct params){ one, 1 }, ""),
	    RC_CONFLICT);
	assert_int_equal(step(f, id, api_answer_post, TEXT("4123456789abcdef0123456789abcdef"), (struct params){ answer, 3 },
	    "先申请劳动仲裁"), RC_OK);
	assert_int_equal(step(f, id, api_close_post, TEXT("5123456789abcdef0123456789abcdef"), (struct params){ none, 2 }, ""),
	    RC_INVALID);
	assert_int_equal(step(f, id, api_close_post, TEXT("5123456789abcdef0123456789abcdef"), (struct params){ close, 2 },
	    "\"closed\""), RC_OK);
}

static struct actor
director(void)
{
	struct actor a = helper();

	a.account = 102;
	a.role = ROLE_DIRECTOR;
	a.rights |= BIT(RIGHT_SUPERVISE);
	return a;
}

static enum rc
order_asked(struct stage *f, const struct actor *actor, struct text id, const char *expected)
{
	struct call c = { .in = { .method = HTTP_GET } };
	enum rc rc;

	c.x.segments[0] = (struct param){ TEXT("id"), id };
	c.x.n_segments = 1;
	rc = call(f, &c, actor, api_order, (struct params){ NULL, 0 });
	if (rc == RC_OK)
		assert_true(says(&c, expected));
	buf_free(&c.out.body);
	return rc;
}

/* The register with its filters; one order, whose words the one who must reply reads once it is signed for. */
static void
orders_are_listed_and_read(void **state)
{
	static const struct param done[] = { P("group", "done") }, wrong[] = { P("group", "no-such"), P("most", "101") };
	struct stage *f = *state;
	struct actor actor = director(), replies = helper();
	struct call list = { .in = { .method = HTTP_GET } }, none = { .in = { .method = HTTP_GET } },
		bad = { .in = { .method = HTTP_GET } };
	struct text id;

	begin(f);
	hand_in(f, TEXT(KEY), RC_OK);
	stage_raw(f, "INSERT INTO supervise_order (city, id, number, request, target, place, level, cause, issuer, to_account, words,"
	    " issued_ms, due_ms, next_ms, rule_ms, state, round, revision, turn) SELECT city, 77, 'D-77', id, 1, place, 3, 'quality', 102,"
	    " holder, 'secret words', 1, 2, 3, 0, 10, 1, 1, 2 FROM request WHERE city = 3205");
	assert_int_equal(call(f, &list, &actor, api_orders, (struct params){ NULL, 0 }), RC_OK);
	assert_true(says(&list, "\"D-77\"") && says(&list, "\"turn\":2") && says(&list, "\"late\":true"));
	assert_false(says(&list, "secret words"));
	id = value_of(f, &list, "id");
	buf_free(&list.out.body);
	assert_int_equal(call(f, &none, &actor, api_orders, (struct params){ done, 1 }), RC_OK);
	assert_false(says(&none, "D-77"));
	buf_free(&none.out.body);
	assert_int_equal(call(f, &bad, &actor, api_orders, (struct params){ wrong, 2 }), RC_INVALID);
	buf_free(&bad.out.body);
	assert_int_equal(order_asked(f, &actor, id, "secret words"), RC_OK);
	assert_int_equal(order_asked(f, &replies, id, "\"words\":null"), RC_OK);
	stage_raw(f, "UPDATE supervise_order SET read_ms = 5, state = 20 WHERE city = 3205");
	assert_int_equal(order_asked(f, &replies, id, "secret words"), RC_OK);
	replies.places = PLACE_RANGE_EMPTY;
	replies.account = 999;
	assert_int_equal(order_asked(f, &replies, id, ""), RC_NOT_FOUND);
}

/* ---- the rules ------------------------------------------------------------------------------------------- */

static enum rc
judge_call(struct stage *f, struct call *c, const struct actor *actor, http_handler *handler, const char *body)
{
	struct http_request in = { .method = HTTP_POST, .body = text_of(body) };

	memset(c, 0, sizeof *c);
	c->in = in;
	c->x.segments[0] = (struct param){ TEXT("package"), TEXT("legal_aid") };
	c->x.segments[1] = (struct param){ TEXT("id"), arena_format(f->mem, "%lld",
	    (long long)stage_int(f, "SELECT COALESCE(max(id), 1) FROM request WHERE city = $1")) };
	c->x.n_segments = 2;
	header(c, TEXT("idempotency-key"), TEXT(KEY));
	return call(f, c, actor, handler, (struct params){ NULL, 0 });
}

static void
anybody_asks_the_rules_and_nothing_is_kept(void **state)
{
	struct stage *f = *state;
	struct actor resident = identity_anonymous(STAGE_CITY);
	struct call c = { .in = { .method = HTTP_GET } };

	begin(f);
	assert_int_equal(policy_seed(&f->ctx), RC_OK);
	assert_int_equal(call(f, &c, &resident, api_policies, (struct params){ NULL, 0 }), RC_OK);
	assert_true(says(&c, "\"package\":\"legal_aid\",\"version\":1"));
	buf_free(&c.out.body);
	assert_int_equal(judge_call(f, &c, &resident, api_policy, ""), RC_OK);
	assert_true(says(&c, "\"name\":\"倍数\"") && says(&c, "\"from\":\"2013-01-17\"") && says(&c, "\"unverified\":true"));
	assert_true(says(&c, "\"name\":\"共同生活人数\",\"type\":\"number\",\"decimals\":0,\"min\":\"1\",\"max\":\"30\""));
	buf_free(&c.out.body);
	assert_int_equal(judge_call(f, &c, &resident, api_policy_judge_post, "{\"申请日\": \"2013-06-15\", \"类别\": \"民事行政\","
	    " \"事项\": \"劳动报酬\", \"身份\": \"普通人员\", \"有证明\": false, \"对方共同生活\": false, \"已委托\": false,"
	    " \"共同生活人数\": 1, \"家庭收入\": \"16440\"}"), RC_OK);
	assert_true(says(&c, "\"value\":\"不符合\"") && says(&c, "\"trace\":["));
	buf_free(&c.out.body);
	assert_int_equal(judge_call(f, &c, &resident, api_policy_judge_post, "{}"), RC_OK);
	assert_true(says(&c, "\"state\":\"missing\""));
	buf_free(&c.out.body);
	assert_int_equal(judge_call(f, &c, &resident, api_policy_judge_post, "{\"共同生活人数\": 31, \"收人\": 1}"), RC_INVALID);
	assert_int_equal(c.x.findings.n, 2);
	assert_string_equal(c.x.findings.v[0].field, "共同生活人数");
	assert_non_null(strstr(c.x.findings.v[0].message, "1 至 30"));
	buf_free(&c.out.body);
	assert_int_equal(judge_call(f, &c, &resident, api_policy_judge_post, "[1"), RC_INVALID);
	buf_free(&c.out.body);
	assert_int_equal(stage_int(f, "SELECT count(*) FROM policy_decision WHERE city = $1"), 0);
}

static void
who_acts_for_a_case_has_it_kept(void **state)
{
	struct stage *f = *state;
	struct actor actor = helper();
	struct text first;
	struct call c;

	begin(f);
	assert_int_equal(policy_seed(&f->ctx), RC_OK);
	hand_in(f, TEXT(KEY), RC_OK);
	assert_int_equal(judge_call(f, &c, &actor, api_case_policy_post, "{\"申请日\": \"2026-06-15\"}"), RC_OK);
	assert_int_equal(c.out.status, 201);
	first = value_of(f, &c, "decision");
	buf_free(&c.out.body);
	assert_int_equal(judge_call(f, &c, &actor, api_case_policy_post, "{\"申请日\": \"2026-06-15\"}"), RC_OK);
	assert_true(text_equals(first, value_of(f, &c, "decision"))); /* the same key, the same answer */
	buf_free(&c.out.body);
	assert_int_equal(judge_call(f, &c, &actor, api_case_policy_post, "{}"), RC_INVALID);
	assert_string_equal(c.x.findings.v[0].field, "申请日");
	buf_free(&c.out.body);
	assert_int_equal(stage_int(f, "SELECT count(*) FROM policy_decision WHERE city = $1 AND request IS NOT NULL"), 1);
}

static void
a_complaint_is_handed_in_and_followed_by_its_code(void **state)
{
	static const struct param bare[] = { P("kind", "delay"), P("words", "太慢了"), P("anonymous", "1") };
	static const struct param full[] = { P("kind", "delay"), P("words", "等了一上午没有人理我们"), P("anonymous", "1"),
		P("day", "2026-06-29"), P("point", "p201") };
	struct stage *f = *state;
	struct actor resident = identity_anonymous(STAGE_CITY), staff = helper();
	struct call bad = { .in = { .method = HTTP_POST } }, good = { .in = { .method = HTTP_POST } };
	struct call look = { .in = { .method = HTTP_GET } }, list = { .in = { .method = HTTP_GET } };
	struct text code;

	begin(f);
	complaint_configure(keys);
	header(&bad, TEXT("idempotency-key"), TEXT(KEY));
	assert_int_equal(call(f, &bad, &resident, api_complaint_post, (struct params){ bare, COUNT(bare) }), RC_INVALID);
	assert_int_equal(bad.x.findings.total, 3); /* whom, when, what */
	header(&good, TEXT("idempotency-key"), TEXT(KEY));
	assert_int_equal(call(f, &good, &resident, api_complaint_post, (struct params){ full, COUNT(full) }), RC_OK);
	assert_int_equal(good.out.status, 201);
	code = value_of(f, &good, "code");
	header(&look, TEXT("x-complaint-code"), code);
	assert_int_equal(call(f, &look, &resident, api_complaint_progress, (struct params){ NULL, 0 }), RC_OK);
	assert_true(says(&look, "\"received\"") && says(&look, "等了一上午没有人理我们") && !says(&look, "evidence"));
	assert_int_equal(call(f, &list, &staff, api_complaints, (struct params){ NULL, 0 }), RC_FORBIDDEN);
	buf_free(&bad.out.body);
	buf_free(&good.out.body);
	buf_free(&look.out.body);
	buf_free(&list.out.body);
	list = (struct call){ .in = { .method = HTTP_GET } };
	header(&list, TEXT("x-complaint-code"), TEXT("AAAA-AAAA-AAAA-AAAA"));
	assert_int_equal(call(f, &list, &resident, api_complaint_progress, (struct params){ NULL, 0 }), RC_NOT_FOUND);
	buf_free(&list.out.body);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_key_nothing_is_written), cmocka_unit_test(the_same_key_gives_the_same_receipt),
		cmocka_unit_test(the_code_shows_progress_and_takes_messages),
		cmocka_unit_test(a_complaint_is_handed_in_and_followed_by_its_code),
		cmocka_unit_test(the_desk_accepts_answers_and_closes), cmocka_unit_test(orders_are_listed_and_read),
		cmocka_unit_test(anybody_asks_the_rules_and_nothing_is_kept), cmocka_unit_test(who_acts_for_a_case_has_it_kept),
	};

	int failed = stage_main("api", tests, COUNT(tests));

	crypt_close(keys);
	return failed;
}
