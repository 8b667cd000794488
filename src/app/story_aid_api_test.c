/* Legal aid by program: applied for, examined, decided, assigned and worked on through the calls, with the refusals of the
 * pages as verdicts. */
#include "app/story_aid_work.h"

#include "supply/api/api.h"

#include <stdio.h>
#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define P(n, v) { TEXT_INIT(n), TEXT_INIT(v) }
#define NO_FIELDS NULL, 0

/* One call as the gate makes it: the form is read first. */
struct call { int status; char body[20000]; enum rc rc; };

static const struct route *
route_of(enum http_method method, const char *path)
{
	for (size_t i = 0; i < api_routes_n; i++)
		if (api_routes[i].method == method && strcmp(api_routes[i].path, path) == 0)
			return &api_routes[i];
	fail();
	return NULL;
}

static struct text
fresh_key(struct stage *f)
{
	char hex[33];

	idem_key_hex(idem_key_new(), hex);
	return arena_text(f->mem, text_of(hex));
}

struct where { enum http_method method; const char *path; int64_t id; const char *step; struct text code; };

static struct call
call(struct stage *f, struct ctx ctx, struct where to, const struct param *fields, size_t n)
{
	const struct route *r = route_of(to.method, to.path);
	struct param headers[2] = { { TEXT("idempotency-key"), fresh_key(f) }, { TEXT("x-receipt-code"), to.code } };
	struct http_request in = { .method = to.method, .peer = TEXT("127.0.0.1"), .headers = { headers, to.code.n > 0 ? 2 : 1 } };
	struct http_response out = { .status = 200 };
	struct exchange x = { .ctx = &ctx, .in = &in, .out = &out, .route = r };
	struct call c = { .rc = RC_OK };

	buf_init(&out.body, (size_t)1 << 20);
	x.segments[0] = (struct param){ TEXT("id"), arena_format(f->mem, "%lld", (long long)to.id) };
	x.segments[1] = (struct param){ TEXT("step"), text_of(to.step != NULL ? to.step : "") };
	x.n_segments = to.step != NULL ? 2 : to.id != 0 ? 1 : 0;
	if (r->form != NULL) {
		x.values = arena_alloc(f->mem, r->form->size);
		assert_non_null(x.values);
		c.rc = form_read(r->form, (struct params){ fields, n }, day_of_moment(ctx.now_ms), f->mem, x.values, &x.typed, &x.findings);
	}
	if (c.rc == RC_OK)
		c.rc = r->handler(&x);
	c.status = out.status;
	snprintf(c.body, sizeof c.body, "%.*s", (int)buf_text(&out.body).n, buf_text(&out.body).p != NULL ? buf_text(&out.body).p : "");
	buf_free(&out.body);
	return c;
}

static struct call
as_staff(struct stage *f, int who, struct where to, const struct param *fields, size_t n)
{
	struct actor a;

	return call(f, aid_ctx(f, who, &a), to, fields, n);
}

static bool
says(const struct call *c, const char *words)
{
	return strstr(c->body, words) != NULL;
}

static struct text
value_of(struct stage *f, const struct call *c, const char *key)
{
	const char *at = strstr(c->body, arena_format(f->mem, "\"%s\":\"", key).p);
	struct text rest;

	assert_non_null(at);
	rest = arena_text(f->mem, text_of(at + strlen(key) + 4));
	return text_cut(&rest, '"');
}

static struct param
revision_of(struct stage *f, int64_t id)
{
	return (struct param){ TEXT("revision"), arena_format(f->mem, "%lld", (long long)revision(f, id)) };
}

#define CASE "/api/v1/requests/{id}/legalaid"

static struct call
step(struct stage *f, int who, int64_t id, const char *key, const struct param *more, size_t n)
{
	struct param fields[8] = { revision_of(f, id) };

	for (size_t i = 0; i < n; i++)
		fields[i + 1] = more[i];
	return as_staff(f, who, (struct where){ HTTP_POST, CASE "/{step}", id, key, TEXT_NONE }, fields, n + 1);
}

/* ---- by the resident ---------------------------------------------------------------------------------------------- */

static void
a_program_applies_with_the_receipts_code(void **state)
{
	struct stage *f = *state;
	static const struct param ask[] = { P("topic", "wage_arrears"), P("item", "legal-aid"), P("detail", "工资拖了三个月"),
		P("place", "320506100201"), P("applicant", "person"), P("caller", "self"), P("name", "王小明"), P("phone", "19900001234") };
	struct param form[] = { P("revision", "1"), P("kind", "civil"), P("matter", "wages"), P("status", "migrant"), P("proof", "1"),
		P("household", "3"), P("income", "38000"), P("confirmed", "online"), P("step", "save") };
	struct actor nobody = identity_anonymous(STAGE_CITY);
	struct where mine = { .method = HTTP_GET, .path = "/api/v1/progress/legalaid" };
	struct call c;

	aid_city(f);
	c = call(f, ctx_as(f, &nobody), (struct where){ .method = HTTP_POST, .path = "/api/v1/requests" }, ask, COUNT(ask));
	assert_int_equal(c.rc, RC_OK);
	mine.code = value_of(f, &c, "code");
	c = call(f, ctx_as(f, &nobody), mine, NO_FIELDS);
	assert_int_equal(c.rc, RC_OK);
	assert_true(says(&c, "\"key\":\"unfilled\"") && says(&c, "\"step\":{\"key\":\"apply\"") && !says(&c, "\"id\""));
	mine.method = HTTP_POST;
	form[1].value = TEXT("nothing");
	assert_int_equal(call(f, ctx_as(f, &nobody), mine, form, COUNT(form)).rc, RC_INVALID);
	form[1].value = TEXT("civil");
	form[6].value = TEXT("many");
	assert_int_equal(call(f, ctx_as(f, &nobody), mine, form, COUNT(form)).rc, RC_INVALID);
	form[6].value = TEXT("38000");
	c = call(f, ctx_as(f, &nobody), mine, form, COUNT(form));
	assert_int_equal(c.rc, RC_OK);
	assert_true(says(&c, "\"key\":\"applied\"") && says(&c, "\"income_fen\":3800000"));
	mine.method = HTTP_GET;
	mine.code = TEXT("AAAA-AAAA-AAAA-AAAA");
	assert_int_equal(call(f, ctx_as(f, &nobody), mine, NO_FIELDS).rc, RC_NOT_FOUND);
	assert_int_equal(problems(f), 0);
}

/* ---- by the institution and the lawyer --------------------------------------------------------------------------------- */

static void
steps_refuse_with_a_verdict(void **state)
{
	struct stage *f = *state;
	static const struct param words[] = { P("words", "符合条件，给予援助。") };
	static const struct param one[] = { P("provider", "311") }, two[] = { P("provider", "312") };
	static const struct param hearing[] = { P("kind", "hearing"), P("day", "2026-07-20"), P("time", "09:00"), P("place", "演示法院"),
		P("words", "带身份证。"), P("shown", "1") };
	struct param exam[] = { P("revision", "1"), P("kind", "civil"), P("matter", "wages"), P("status", "migrant"), P("proof", "1"),
		P("household", "3"), P("income", "38000"), P("confirmed", "signed"), P("step", "examine"), P("words", "材料已核对。") };
	struct aid_form form = migrant();
	struct call c;
	int64_t id;

	aid_city(f);
	id = applied(f, &form);
	exam[0] = revision_of(f, id);
	c = as_staff(f, EXAMINER, (struct where){ HTTP_POST, CASE "/form", id, NULL, TEXT_NONE }, exam, COUNT(exam));
	assert_int_equal(c.rc, RC_OK);
	assert_true(says(&c, "\"key\":\"examined\""));
	c = step(f, EXAMINER, id, "grant", words, 1);
	assert_int_equal(c.rc, RC_OK);
	assert_int_equal(c.status, http_status_of(RC_REFUSED));
	assert_true(says(&c, "\"title\":\"refused\"") && says(&c, "\"key\":\"not_yours\"") && says(&c, "第四十三条"));
	c = step(f, CHIEF, id, "grant", words, 1);
	assert_true(c.status == 200 && says(&c, "\"key\":\"granted\""));
	c = step(f, EXAMINER, id, "assign", two, 1);
	assert_true(says(&c, "\"key\":\"not_first\""));
	c = step(f, EXAMINER, id, "assign", one, 1);
	assert_true(c.status == 200 && says(&c, "\"name\":\"律师311\""));
	assert_int_equal(step(f, LAWYER_TWO, id, "accept", NULL, 0).rc, RC_NOT_FOUND);
	stage_raw(f, "UPDATE provider SET valid_to = 16001 WHERE city = 3205 AND id = 311");
	c = step(f, LAWYER, id, "accept", NULL, 0);
	assert_true(says(&c, "\"key\":\"licence\""));
	stage_raw(f, "UPDATE provider SET valid_to = NULL WHERE city = 3205 AND id = 311");
	c = step(f, LAWYER, id, "accept", NULL, 0);
	assert_true(c.status == 200 && says(&c, "\"income_fen\":null") && !says(&c, "3800000"));
	assert_int_equal(step(f, LAWYER, id, "agree", NULL, 0).status, 200);
	c = step(f, LAWYER, id, "report", hearing, COUNT(hearing));
	assert_true(c.status == 200 && says(&c, "\"time\":\"09:00\",\"place\":\"演示法院\""));
	assert_int_equal(step(f, LAWYER, id, "report", hearing, 2).rc, RC_INVALID);  /* without words */
	assert_int_equal(step(f, LAWYER, id, "dance", NULL, 0).rc, RC_NOT_FOUND);
	c = as_staff(f, EXAMINER, (struct where){ HTTP_GET, CASE, id, NULL, TEXT_NONE }, NO_FIELDS);
	assert_true(says(&c, "\"income_fen\":3800000") && says(&c, "\"key\":\"close\""));
	assert_int_equal(as_staff(f, STRANGER, (struct where){ HTTP_GET, CASE, id, NULL, TEXT_NONE }, NO_FIELDS).rc, RC_NOT_FOUND);
	assert_int_equal(problems(f), 0);
}

static void
the_list_goes_on_by_its_key(void **state)
{
	struct stage *f = *state;
	struct param ask[] = { P("group", "open"), P("most", "2"), P("after", "") };
	struct where list = { .method = HTTP_GET, .path = "/api/v1/legalaid" };
	struct aid_form form = migrant();
	struct call c;
	int64_t first, last;

	aid_city(f);
	first = granted(f);
	(void)granted(f);
	last = applied(f, &form);                                         /* an earlier state comes first */
	c = as_staff(f, EXAMINER, list, ask, 2);
	assert_true(says(&c, arena_format(f->mem, "\"id\":\"%lld\"", (long long)last).p));
	assert_true(says(&c, arena_format(f->mem, "\"next\":\"30-%lld\"", (long long)first).p));
	ask[2].value = value_of(f, &c, "next");
	c = as_staff(f, EXAMINER, list, ask, 3);
	assert_true(says(&c, "\"next\":null") && !says(&c, arena_format(f->mem, "\"id\":\"%lld\"", (long long)first).p));
	ask[2].value = TEXT("somewhere");
	assert_int_equal(as_staff(f, EXAMINER, list, ask, 3).rc, RC_INVALID);
	c = as_staff(f, LAWYER, list, ask, 2);
	assert_true(says(&c, "\"cases\":[]"));
	assert_int_equal(problems(f), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_program_applies_with_the_receipts_code),
		cmocka_unit_test(steps_refuse_with_a_verdict),
		cmocka_unit_test(the_list_goes_on_by_its_key),
	};
	int failed = stage_main("story_aid_api", tests, sizeof tests / sizeof tests[0]);

	crypt_close(story_keys);
	return failed;
}
