/*
 * Who may what: every route of the program for every role, through the gate, judged against a table
 * that is written down beside this test and nowhere else; and whose record: every address of a record
 * for people of other places.
 */
#include "app/rights_stage.h"

#include "evaluation/review/review.h"
#include "operations/cooperate/cooperate.h"
#include "operations/dispatch/dispatch.h"
#include "operations/intake/intake.h"
#include "operations/matter/consult/consult.h"

#include <stdio.h>
#include <string.h>

/* ---- every route, every role --------------------------------------------------------------------------------- */

static int
cell_wrong(const struct who *who, const struct route *r, enum right wanted, struct answer a)
{
	bool held = ((who->may >> wanted) & 1) != 0, api = (r->flags & ROUTE_API) != 0;
	bool fine;

	if (held) /* a call with a field at fault is answered before its handler */
		fine = a.status != 401 && a.status != 500 && (a.reached || (api && (a.status == 422 || a.status == 400)));
	else if (who->id == NOBODY)
		fine = !a.reached && (a.status == 401 || (!api && a.status == 303 && a.to_login));
	else
		fine = !a.reached && a.status == 403;
	if (!fine)
		printf("# %s %s for %s (%s %s): status %d, %s\n", method_word(r), r->path, who->login, held ? "has" : "lacks",
		    right_key(wanted), a.status, a.reached ? "let in" : "kept out");
	return !fine;
}

static void
every_route_for_every_role(void **state)
{
	static const struct target none = { 999, 999, 999, 0 };
	struct stage *f = *state;
	int cells = 0, wrong = 0;

	rights_begin(f);
	for (size_t i = 0; i < n_copies; i++) {
		const struct route *r = &copies[i];
		enum right wanted = right_wanted(r);

		if (wanted == RIGHT_NONE || (enum right)r->right != wanted) {
			printf("# %s %s: this test says %s, the route %s\n", method_word(r), r->path, right_key(wanted),
			    right_key((enum right)r->right));
			wrong++;
		}
		for (size_t w = 0; w < ROLES; w++, cells++)
			wrong += cell_wrong(&rights_people[w], r, wanted, send_as(f, w, r, &none, true));
	}
	printf("# rights: %d cells (%zu routes, %d roles)\n", cells, n_copies, ROLES);
	assert_int_equal(wrong, 0);
}

/* A form of nobody's making is refused whoever's browser sends it. */
static void
no_form_without_its_token(void **state)
{
	static const struct target none = { 999, 999, 999, 0 };
	struct stage *f = *state;
	int cells = 0, wrong = 0;

	rights_begin(f);
	for (size_t i = 0; i < n_copies; i++)
		for (size_t w = 0; w < ROLES; w++) {
			const struct route *r = &copies[i];
			struct answer a;

			if (r->method != HTTP_POST || (r->flags & ROUTE_NO_CSRF) != 0 || ((rights_people[w].may >> right_wanted(r)) & 1) == 0
			    || ((r->flags & ROUTE_API) != 0 && rights_people[w].id == NOBODY))
				continue;
			a = send_as(f, w, r, &none, false);
			cells++;
			if (a.reached || a.status != 403) {
				printf("# %s without csrf for %s: status %d\n", r->path, rights_people[w].login, a.status);
				wrong++;
			}
		}
	printf("# rights: %d cells without csrf\n", cells);
	assert_true(cells > 100);
	assert_int_equal(wrong, 0);
}

/* ---- whose record ------------------------------------------------------------------------------------------------ */

static struct ctx
ctx_as(struct stage *f, struct actor *actor, int id)
{
	struct ctx ctx;

	*actor = identity_anonymous(STAGE_CITY);
	for (size_t i = 1; i < PEOPLE; i++)
		if (rights_people[i].id == id) {
			struct account a = { .id = { id }, .role = rights_people[i].role, .place = { rights_people[i].place },
				.point = rights_people[i].point, .active = true };

			*actor = identity_actor(&a, STAGE_CITY);
		}
	ctx = stage_ctx(f, actor);
	ctx.crypt = keys;
	return ctx;
}

static int64_t
number_of(struct stage *f, const char *from, int64_t id)
{
	char sql[256];

	snprintf(sql, sizeof sql, "SELECT %s = %lld", from, (long long)id);
	return stage_int(f, sql);
}

static int64_t
revision_of(struct stage *f, int64_t id)
{
	return number_of(f, "revision FROM request WHERE city = $1 AND id", id);
}

/* A request in the helper's hands, offered to the clerk, with a promise to ring back. */
static struct target
record_make(struct stage *f)
{
	struct actor actor;
	struct ctx ctx = ctx_as(f, &actor, NOBODY);
	struct intake_new in = { .topic = TOPIC_WAGE_ARREARS, .channel = CHANNEL_PORTAL, .applicant = APPLICANT_PERSON,
		.item = stage_int(f, "SELECT id FROM item WHERE city = $1 AND code = 'consult'"), .place = { VILLAGE },
		.detail = TEXT("三个月没有发工资了。"), .person = { .name = TEXT("沈演示"), .phone = TEXT("19900001234"),
		.born = DAY_NONE, .place = { VILLAGE } } };
	struct findings findings = { .n = 0 };
	struct intake_receipt receipt;
	struct dispatch_result offer;
	struct target t = { .point = 0 };

	assert_int_equal(intake_receive(&ctx, idem_key_new(), &in, &findings, &receipt), RC_OK);
	t.id = receipt.id;
	ctx = ctx_as(f, &actor, HELPER);
	assert_int_equal(intake_accept(&ctx, idem_key_new(), (struct case_id){ t.id }, revision_of(f, t.id)), RC_OK);
	assert_int_equal(callback_promise(&ctx, idem_key_new(), (struct case_id){ t.id }, revision_of(f, t.id),
	    stage_now_ms + 3600000), RC_OK);
	assert_int_equal(dispatch_offer(&ctx, idem_key_new(), &(struct dispatch_offer){ .id = { t.id },
	    .revision = revision_of(f, t.id), .to_account = CLERK, .reason = TEXT("请接手") }, &offer), RC_OK);
	t.handover = offer.handover;
	t.callback = number_of(f, "id FROM callback WHERE city = $1 AND request", t.id);
	assert_true(t.callback > 0);
	return t;
}

/* Elsewhere, in other hands, and nobody here was ever asked about it. */
static void
record_move(struct stage *f, const struct target *t, int64_t place)
{
	char sql[256];

	snprintf(sql, sizeof sql, "UPDATE request SET place = %lld, holder = %d WHERE city = 3205 AND id = %lld", (long long)place,
	    KEEPER, (long long)t->id);
	stage_raw(f, sql);
	snprintf(sql, sizeof sql, "UPDATE handover SET from_account = %d, to_account = %d WHERE city = 3205 AND request = %lld",
	    KEEPER, KEEPER, (long long)t->id);
	stage_raw(f, sql);
	snprintf(sql, sizeof sql, "DELETE FROM case_grant WHERE city = 3205 AND request = %lld", (long long)t->id);
	stage_raw(f, sql);
}

static int64_t
place_end(int64_t place)
{
	int64_t unit = place % 100000000 == 0 ? 100000000 : place % 1000000 == 0 ? 1000000 : place % 1000 == 0 ? 1000 : 1;

	return place + unit - 1;
}

static bool
should_see(const struct who *who, int64_t place)
{
	return who->role != ROLE_PROVIDER && who->role != ROLE_AUDITOR && place >= who->place && place <= place_end(who->place);
}

/* All that a step on a case could have written. */
static int64_t
fingerprint(struct stage *f)
{
	return stage_int(f, "SELECT (SELECT SUM(revision * 31 + state + holder) FROM request WHERE city = $1)"
	    " + 7 * (SELECT COUNT(*) FROM event WHERE city = $1) + 11 * (SELECT COUNT(*) FROM message WHERE city = $1)"
	    " + 13 * (SELECT COUNT(*) FROM handover WHERE city = $1) + 17 * (SELECT COUNT(*) FROM holding WHERE city = $1)"
	    " + 19 * (SELECT COUNT(*) FROM attachment WHERE city = $1) + 23 * (SELECT COUNT(*) FROM callback WHERE city = $1)"
	    " + 29 * (SELECT COUNT(*) FROM case_grant WHERE city = $1) + 37 * (SELECT COUNT(*) FROM consult WHERE city = $1)"
	    " + 41 * (SELECT COUNT(*) FROM audit WHERE city = $1) + 43 * (SELECT COUNT(*) FROM follow_up WHERE city = $1)"
	    " + 47 * (SELECT COUNT(*) FROM outbox WHERE city = $1)"
	    " + 53 * (SELECT COALESCE(SUM(revision), 0) FROM cooperation WHERE city = $1)"
	    " + 59 * (SELECT COUNT(*) FROM cooperation_round WHERE city = $1)"
	    " + 61 * (SELECT COUNT(*) FROM transfer_letter WHERE city = $1)"
	    " + 67 * (SELECT COALESCE(SUM(revision), 0) FROM writing WHERE city = $1)"
	    " + 67 * (SELECT COUNT(*) FROM policy_decision WHERE city = $1)");
}

static bool
is_of_request(const struct route *r)
{
	return strncmp(r->path, "/desk/request/{id}", 18) == 0 || strncmp(r->path, "/api/v1/requests/{id}", 21) == 0;
}

static bool
shows_the_record(const struct route *r)
{
	return r->method == HTTP_GET && (strcmp(r->path, "/desk/request/{id}") == 0 || strcmp(r->path, "/desk/request/{id}/panel") == 0
	    || strcmp(r->path, "/api/v1/requests/{id}") == 0);
}

static int
foreign_wrong(struct stage *f, size_t w, const struct route *r, const struct target *t, int64_t place)
{
	int64_t before, after;
	struct answer a;

	if (rights_people[w].id != NOBODY)
		session_of(f, w); /* logging in is audited: before the fingerprint */
	before = fingerprint(f);
	a = send_as(f, w, r, t, true);
	after = fingerprint(f);
	if (a.status == 404 && before == after)
		return 0;
	printf("# %s %s of a record at %lld for %s: status %d%s\n", method_word(r), r->path, (long long)place, rights_people[w].login,
	    a.status, before == after ? "" : ", and something was written");
	return 1;
}

static void
a_record_elsewhere_is_no_record(void **state)
{
	static const int64_t places[] = { VILLAGE, NEXT_VILLAGE, OTHER_VILLAGE, TOWN, COUNTY, 320507100201 };
	struct stage *f = *state;
	int foreign = 0, own = 0, wrong = 0;

	rights_begin(f);
	for (size_t p = 0; p < sizeof places / sizeof places[0]; p++) {
		struct target t = record_make(f);

		record_move(f, &t, places[p]);
		for (size_t i = 0; i < n_copies; i++)
			for (size_t w = 1; is_of_request(&copies[i]) && w < PEOPLE; w++) {
				if (((rights_people[w].may >> right_wanted(&copies[i])) & 1) == 0)
					continue;
				if (!should_see(&rights_people[w], places[p])) {
					wrong += foreign_wrong(f, w, &copies[i], &t, places[p]);
					foreign++;
				} else if (shows_the_record(&copies[i])) {
					int status = send_as(f, w, &copies[i], &t, true).status;

					if (status != 200)
						printf("# %s at %lld for %s: status %d\n", copies[i].path, (long long)places[p], rights_people[w].login, status);
					wrong += status != 200;
					own++;
				}
			}
	}
	printf("# rights: %d cells of other people's records, %d of the own\n", foreign, own);
	assert_true(foreign > 500 && own > 30);
	assert_int_equal(wrong, 0);
}

/* ---- after a move ---------------------------------------------------------------------------------------------------- */

static void
account_set(struct stage *f, int id, enum role role, int64_t place)
{
	char sql[160];

	snprintf(sql, sizeof sql, "UPDATE account SET role = %d, place = %lld, point = NULL WHERE city = 3205 AND id = %d",
	    (int)role, (long long)place, id);
	stage_raw(f, sql);
}

static int
reads_wrong(struct stage *f, const struct target *t, const char *what, int wanted)
{
	int wrong = 0;

	for (size_t i = 0; i < n_copies; i++) {
		int status = shows_the_record(&copies[i]) ? send_as(f, 1, &copies[i], t, true).status : wanted;

		if (status != wanted)
			printf("# %s, %s: status %d, not %d\n", copies[i].path, what, status, wanted);
		wrong += status != wanted;
	}
	return wrong;
}

/* Another place or role: the jurisdiction goes at once, to the day's new one; what one has handled may still
 * be read, as far as the new role reads cases, and no longer be acted on. */
static void
what_one_has_handled_stays_readable_after_a_move(void **state)
{
	struct stage *f = *state;
	struct actor actor;
	struct ctx ctx;
	struct target handled, never, next;
	int wrong = 0;

	rights_begin(f);
	assert_int_equal(rights_people[1].id, HELPER);
	handled = record_make(f);
	ctx = ctx_as(f, &actor, CLERK);
	assert_int_equal(dispatch_accept(&ctx, idem_key_new(), handled.handover), RC_OK);
	never = record_make(f);
	record_move(f, &never, VILLAGE);
	next = record_make(f);
	record_move(f, &next, NEXT_VILLAGE);
	wrong += reads_wrong(f, &never, "before the move", 200) + reads_wrong(f, &next, "before the move", 404);
	account_set(f, HELPER, ROLE_STATION, NEXT_VILLAGE);
	wrong += reads_wrong(f, &handled, "handled", 200) + reads_wrong(f, &never, "never touched", 404)
	    + reads_wrong(f, &next, "of the new place", 200);
	for (size_t i = 0; i < n_copies; i++)
		if (copies[i].method == HTTP_POST && strcmp(copies[i].path, "/desk/request/{id}/say") == 0) {
			int64_t before = fingerprint(f);

			assert_int_equal(send_as(f, 1, &copies[i], &handled, true).status, 403);
			assert_int_equal(fingerprint(f), before);
		}
	account_set(f, HELPER, ROLE_PROVIDER, VILLAGE);
	wrong += reads_wrong(f, &handled, "a provider now", 200) + reads_wrong(f, &never, "a provider now", 404);
	account_set(f, HELPER, ROLE_AUDITOR, CITY);
	wrong += reads_wrong(f, &handled, "an auditor now", 403);
	account_set(f, HELPER, ROLE_ADMIN, CITY);
	wrong += reads_wrong(f, &handled, "an administrator now", 403);
	assert_int_equal(wrong, 0);
}

/* ---- follow-ups ------------------------------------------------------------------------------------------------------ */

struct code_look { struct case_id id; struct review v[4]; size_t n; };

static enum rc
code_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct code_look *l = arg;

	return review_list(tx, actor, l->id, l->v, 4, &l->n);
}

static int64_t
follow_up_make(struct stage *f)
{
	struct actor actor;
	struct target t = record_make(f);
	struct ctx ctx = ctx_as(f, &actor, HELPER), system = f->ctx;
	struct case_id id = { t.id };
	struct code_look look = { .id = id };
	struct consult_verdict verdict;
	unsigned char code[10];
	int64_t follow_up = 0;

	assert_int_equal(dispatch_withdraw(&ctx, idem_key_new(), t.handover), RC_OK);
	assert_int_equal(callback_done(&ctx, idem_key_new(), t.callback, TEXT("reached")), RC_OK);
	assert_int_equal(consult_answer(&ctx, idem_key_new(), &(struct consult_answer){ .id = id, .revision = revision_of(f, t.id),
	    .answer = TEXT("可以申请劳动仲裁。"), .aid_told = true }), RC_OK);
	assert_int_equal(consult_close(&ctx, idem_key_new(), id, revision_of(f, t.id), TEXT("answered"), TEXT_NONE, &verdict), RC_OK);
	assert_int_equal(db_read(&system, code_tx, &look), RC_OK);
	review_code(keys, STAGE_CITY, id, look.v[0].act, code);
	ctx = ctx_as(f, &actor, NOBODY);
	assert_int_equal(review_give(&ctx, idem_key_new(), code, GRADE_BAD, TEXT("没有解决"), REVIEW_LINK, TEXT_NONE, &follow_up), RC_OK);
	assert_true(follow_up > 0);
	return follow_up;
}

static void
a_follow_up_elsewhere_is_none(void **state)
{
	static const int strangers[] = { OTHER_DIRECTOR, OTHER_OFFICIAL };
	struct stage *f = *state;
	struct target t = { 0, 1, 1, 0 };
	int cells = 0, wrong = 0;

	rights_begin(f);
	t.id = follow_up_make(f);
	for (size_t i = 0; i < n_copies; i++) {
		if (strcmp(copies[i].path, "/desk/follow-up/{id}") != 0)
			continue;
		for (size_t w = 1; w < PEOPLE; w++)
			for (size_t s = 0; s < 2; s++)
				if (rights_people[w].id == strangers[s]) {
					wrong += foreign_wrong(f, w, &copies[i], &t, VILLAGE);
					cells++;
				}
		for (size_t w = 1; w < PEOPLE && copies[i].method == HTTP_GET; w++)
			if (rights_people[w].id == DIRECTOR || rights_people[w].id == OFFICIAL) {
				assert_int_equal(send_as(f, w, &copies[i], &t, true).status, 200);
				cells++;
			}
	}
	printf("# rights: %d cells of a follow-up\n", cells);
	assert_int_equal(cells, 6);
	assert_int_equal(wrong, 0);
}

/* ---- co-operation ------------------------------------------------------------------------------------------------------ */

/* The helper asks the hotline; whoever works elsewhere and does not see the place has no such record, not even
 * in part, and nothing is written by trying. */
static void
a_co_operation_elsewhere_is_none(void **state)
{
	static const int strangers[] = { NEXT_HELPER, OTHER_CLERK, OTHER_DIRECTOR, OTHER_OFFICIAL, LAWYER };
	struct stage *f = *state;
	struct actor actor;
	struct ctx ctx;
	struct target t;
	struct cooperation_done done = { .id = 0 };
	int cells = 0, wrong = 0, own = 0;

	rights_begin(f);
	t = record_make(f);
	ctx = ctx_as(f, &actor, HELPER);
	assert_int_equal(cooperation_ask(&ctx, idem_key_new(), &(struct cooperation_ask){ .request = { t.id }, .point = LINE,
	    .kind = TEXT("verify"), .words = TEXT("请核实工资表。"), .shared = SHARE_ALL }, &done), RC_OK);
	t = (struct target){ .id = done.id, .point = LINE };
	for (size_t i = 0; i < n_copies; i++) {
		const struct route *r = &copies[i];

		if (strncmp(r->path, "/desk/cooperate/{id}", 20) != 0 && strcmp(r->path, "/api/v1/cooperations/{id}") != 0)
			continue;
		for (size_t w = 1; w < PEOPLE; w++) {
			for (size_t s = 0; s < sizeof strangers / sizeof strangers[0]; s++)
				if (rights_people[w].id == strangers[s] && ((rights_people[w].may >> right_wanted(r)) & 1) != 0) {
					wrong += foreign_wrong(f, w, r, &t, VILLAGE);
					cells++;
				}
			/* the clerk was offered the case, the others lead or oversee the place */
			if (r->method == HTTP_GET && (rights_people[w].id == HELPER || rights_people[w].id == CLERK || rights_people[w].id == DIRECTOR
			    || rights_people[w].id == OFFICIAL || rights_people[w].id == HOTLINE)) {
				assert_int_equal(send_as(f, w, r, &t, true).status, 200);
				own++;
			}
			/* sees the place, is not at the point asked: reads, and changes nothing */
			if (r->method == HTTP_POST && rights_people[w].id == DIRECTOR && strstr(r->path, "/close") == NULL) {
				int64_t before;
				int status;

				session_of(f, w);
				before = fingerprint(f);
				status = send_as(f, w, r, &t, true).status;
				if (status == 200 || status == 303 || fingerprint(f) != before)
					printf("# %s for the director: status %d\n", r->path, status);
				wrong += status == 200 || status == 303 || fingerprint(f) != before;
				cells++;
			}
		}
	}
	printf("# rights: %d cells of a co-operation, %d of the own\n", cells, own);
	assert_true(cells >= 40);
	assert_int_equal(own, 10);
	assert_int_equal(wrong, 0);
}

/* ---- deny by default --------------------------------------------------------------------------------------------------- */

static void
a_route_without_a_right_is_refused(void **state)
{
	struct route routes[] = { { HTTP_GET, "/a", RIGHT_PUBLIC, probe, NULL, "a", 0, 0 },
		{ HTTP_GET, "/b", RIGHT_AUDIT, probe, NULL, "b", 0, 0 } };
	struct route_set set = { routes, 2 };
	size_t n = 0;

	(void)state;
	assert_null(route_without_right(&set, 1));
	routes[1].right = RIGHT_NONE; /* as when it was left out */
	assert_ptr_equal(route_without_right(&set, 1), &routes[1]);
	routes[1].right = RIGHT_COUNT;
	assert_ptr_equal(route_without_right(&set, 1), &routes[1]);
	routes[1].right = RIGHT_COUNT - 1;
	assert_null(route_without_right(&set, 1));
	routes[0].right = -1;
	assert_ptr_equal(route_without_right(&set, 1), &routes[0]);
	assert_true(n_copies > 0);
	assert_null(route_without_right(app_routes(&n), n));
}

/* The outcome of a commit is not known: no page may say "not stored", and a form of lines comes back with its key. */
static void
an_unknown_outcome_is_not_called_unstored(void **state)
{
	static const struct target none = { 999, 999, 999, 0 };
	struct stage *f = *state;
	int pages = 0, carried = 0, wrong = 0;

	rights_begin(f);
	probe_says = RC_UNKNOWN;
	for (size_t i = 0; i < n_copies; i++) {
		const struct route *r = &copies[i];
		size_t w = 0;
		struct answer a;

		while (w < ROLES && ((rights_people[w].may >> right_wanted(r)) & 1) == 0)
			w++;
		if (r->method != HTTP_POST || (r->flags & ROUTE_API) != 0 || w == ROLES)
			continue;
		a = send_as(f, w, r, &none, true);
		if (!a.reached)
			continue; /* a field of its form was refused before */
		pages++;
		carried += a.carries;
		if (a.status != 503 || !a.says_unknown || a.says_unstored) {
			printf("# %s: status %d, unknown %d, unstored %d\n", r->path, a.status, a.says_unknown, a.says_unstored);
			wrong++;
		}
	}
	probe_says = RC_OK;
	printf("# %d pages of an unknown outcome, %d with their form\n", pages, carried);
	assert_int_equal(wrong, 0);
	assert_true(carried > 20);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_route_for_every_role),
		cmocka_unit_test(no_form_without_its_token),
		cmocka_unit_test(a_record_elsewhere_is_no_record),
		cmocka_unit_test(what_one_has_handled_stays_readable_after_a_move),
		cmocka_unit_test(a_follow_up_elsewhere_is_none),
		cmocka_unit_test(a_co_operation_elsewhere_is_none),
		cmocka_unit_test(an_unknown_outcome_is_not_called_unstored),
		cmocka_unit_test(a_route_without_a_right_is_refused),
	};

	int failed = stage_main("rights", tests, sizeof tests / sizeof tests[0]);

	crypt_close(keys);
	return failed;
}
