#include "kit/db/db_stage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kit/audit/audit.h"
#include "resources/identity/identity.h"
#include "resources/person/person_store.h"

/* fictitious: no area 990000 */
#define ID_A "990000199001010017" /* 1990-01-01, male */
#define ID_B "990000199001010025" /* 1990-01-01, female */
#define ID_OLD "990000196006300036" /* 1960-06-30, male */
#define PHONE_A "19900001234"
#define MUDU INT64_C(320506100000)
#define VILLAGE INT64_C(320506100201)
#define KUNSHAN INT64_C(320583000000)

static struct crypt *keys;
static char key_dir[64];

static void
keys_begin(void)
{
	struct text why;

	snprintf(key_dir, sizeof(key_dir), "/tmp/zhaofa-person-XXXXXX");
	assert_non_null(mkdtemp(key_dir));
	assert_int_equal(crypt_open(key_dir, true, &keys, &why), RC_OK);
}

static void
keys_end(void)
{
	static const char *const files[] = { "seal.key", "index.key", "session.key", "audit.key" };
	char path[128];

	crypt_close(keys);
	for (int i = 0; i < 4; i++) {
		snprintf(path, sizeof(path), "%s/%s", key_dir, files[i]);
		unlink(path);
	}
	rmdir(key_dir);
}

/* ---- what most tests do ------------------------------------------------------------------------------------ */

static struct person_new
somebody(void)
{
	return (struct person_new){ .name = TEXT(" 演示甲 "), .id_number = TEXT(ID_A), .phone = TEXT("199-0000-1234"),
		.born = DAY_NONE, .sex = SEX_UNKNOWN, .groups = GROUP_BIT(GROUP_DISABLED), .place = { VILLAGE } };
}

static struct actor
staff(int64_t account, enum role role, int64_t place)
{
	struct account a = { .id = { account }, .role = role, .place = { place } };

	return identity_actor(&a, STAGE_CITY);
}

static enum rc
insert_fn(struct tx *tx, const struct actor *actor, void *p)
{
	struct { struct person_prepared p; struct person_stored ret; } *arg = p;

	return person_insert(tx, actor, &arg->p, &arg->ret);
}

static enum rc
store(struct stage *s, const struct person_new *in, struct person_stored *ret)
{
	struct { struct person_prepared p; struct person_stored ret; } arg = { 0 };
	struct findings f = { 0 };
	struct ctx ctx = stage_ctx(s, &s->system);
	enum rc rc = person_prepare(&ctx, keys, in, &arg.p, &f);

	if (rc == RC_OK)
		rc = db_command(&ctx, idem_key_new(), &(struct command){ .name = "test.person", .fn = insert_fn,
		    .arg = &arg });
	*ret = arg.ret;
	return rc;
}

static struct person_id
stored(struct stage *s, struct person_new in)
{
	struct person_stored ret;

	assert_int_equal(store(s, &in, &ret), RC_OK);
	assert_false(ret.reused);
	return ret.id;
}

struct load_arg { struct person_id id; struct person ret; };

static enum rc
load_fn(struct tx *tx, const struct actor *actor, void *p)
{
	struct load_arg *arg = p;

	return person_load(tx, actor, keys, arg->id, &arg->ret);
}

static enum rc
load(struct stage *s, struct actor actor, struct person_id id, struct person *ret)
{
	struct load_arg arg = { .id = id };
	struct ctx ctx = stage_ctx(s, &actor);
	enum rc rc = db_read(&ctx, load_fn, &arg);

	*ret = arg.ret;
	return rc;
}

/* A request of the person at a place, as intake would leave it. */
static void
request(struct stage *s, int64_t id, struct person_id person, int64_t place)
{
	bool pg = strcmp(s->engine, "postgresql") == 0;
	char sql[1024], code[64];

	snprintf(code, sizeof(code), "%s%032llx'", pg ? "'\\x" : "x'", (unsigned long long)id);
	snprintf(sql, sizeof(sql), "INSERT INTO request (city, id, place, number, code_hash, item, item_from_day, "
	    "matter, topic, channel, tier, point, scheduled, online, gathered, applicant, person, caller, subject, "
	    "detail, urgent, groups, state, holder, holder_point, first_contact, due_ms, start_ms, created_ms, "
	    "created_day, revision) VALUES (3205, %lld, %lld, 'n%lld', %s, 1, 0, 'consult', 1, 2, 2, 9, 0, 0, 0, 1, "
	    "%lld, 0, 'x', 'x', 0, 0, 10, 7, 9, 7, 1, 1, 1, 1, 1)", (long long)id, (long long)place, (long long)id,
	    code, (long long)person.n);
	stage_raw(s, sql);
}

static void
same(struct text a, const char *b)
{
	assert_int_equal(a.n, strlen(b));
	assert_memory_equal(a.p, b, a.n);
}

/* ---- writing down ----------------------------------------------------------------------------------------- */

static void
statements_are_sound(void **state)
{
	struct stage *s = *state;
	const struct db_set *const sets[] = { &person_sql };
	const char *why = "";
	struct text words = TEXT_NONE;
	const struct db_stmt *bad = db_check_statements(sets, 1, &why);

	if (bad != NULL)
		fail_msg("%s: %s", bad->name, why);
	assert_null(db_prepare_all(s->db, sets, 1, &words));
}

static const char *
first_fault(struct stage *s, struct person_new in, size_t *ret_total)
{
	struct findings f = { 0 };
	struct person_prepared p;
	struct ctx ctx = stage_ctx(s, &s->system);
	enum rc rc = person_prepare(&ctx, keys, &in, &p, &f);

	assert_int_equal(rc, f.total == 0 ? RC_OK : RC_INVALID);
	*ret_total = f.total;
	return f.total == 0 ? "" : f.v[0].field;
}

static void
prepare_names_each_fault(void **state)
{
	struct stage *s = *state;
	struct person_new in = somebody();
	char name[61 * 3 + 1];
	size_t n;

	assert_string_equal(first_fault(s, in, &n), "");
	for (int i = 0; i < 61; i++)
		memcpy(name + 3 * i, "张", 3);
	in.name = (struct text){ name, 60 * 3 };
	assert_string_equal(first_fault(s, in, &n), "");
	in.name = (struct text){ name, 61 * 3 };
	assert_string_equal(first_fault(s, in, &n), "name");
	in.name = TEXT(" ");
	assert_string_equal(first_fault(s, in, &n), "name");
	in.name = TEXT("张\xff");
	assert_string_equal(first_fault(s, in, &n), "name");
	in = somebody();
	in.id_number = TEXT("990000199001010018"); /* check digit */
	assert_string_equal(first_fault(s, in, &n), "id_number");
	in.id_number = TEXT("99000019900101001");
	assert_string_equal(first_fault(s, in, &n), "id_number");
	in.id_number = TEXT("99000019900230001X");
	assert_string_equal(first_fault(s, in, &n), "id_number");
	in = somebody();
	in.phone = TEXT("1990000123");
	assert_string_equal(first_fault(s, in, &n), "phone");
	in.phone = TEXT("12348"); /* a number, but nobody's */
	assert_string_equal(first_fault(s, in, &n), "phone");
	in.phone = TEXT("0512-6555012");
	assert_string_equal(first_fault(s, in, &n), "");
	in = somebody();
	in.place = (struct place){ INT64_C(320600000000) };
	assert_string_equal(first_fault(s, in, &n), "place");
	in.place = (struct place){ INT64_C(320000000000) };
	assert_string_equal(first_fault(s, in, &n), "place");
	in = somebody();
	in.sex = 3;
	assert_string_equal(first_fault(s, in, &n), "sex");
	in = (struct person_new){ .name = TEXT_NONE, .id_number = TEXT("x"), .phone = TEXT("x"), .born = DAY_NONE,
		.sex = 5 };
	first_fault(s, in, &n);
	assert_int_equal(n, 5); /* all at once */
}

static void
prepare_compares_with_the_number(void **state)
{
	struct stage *s = *state;
	struct person_new in = somebody();
	struct day born = day_of_moment(stage_now_ms);
	size_t n;

	in.sex = SEX_FEMALE;
	assert_string_equal(first_fault(s, in, &n), "sex");
	in.sex = SEX_MALE;
	in.born = born;
	assert_string_equal(first_fault(s, in, &n), "born");
	assert_int_equal(day_from_ymd((struct ymd){ 1990, 1, 1 }, &in.born), RC_OK);
	assert_string_equal(first_fault(s, in, &n), "");
	in.id_number = TEXT_NONE;
	in.born = born;
	assert_string_equal(first_fault(s, in, &n), ""); /* born today */
	in.born = day_add(born, 1);
	assert_string_equal(first_fault(s, in, &n), "born");
	assert_int_equal(day_from_ymd((struct ymd){ 1880, 1, 1 }, &in.born), RC_OK);
	assert_string_equal(first_fault(s, in, &n), "");
	in.born = day_add(in.born, -1);
	assert_string_equal(first_fault(s, in, &n), "born");
}

static void
person_lies_sealed_and_shows_masked(void **state)
{
	struct stage *s = *state;
	struct person_id id = stored(s, somebody());
	struct person p;
	struct ymd born;

	assert_int_equal(load(s, staff(7, ROLE_CLERK, MUDU), id, &p), RC_OK);
	same(p.name, "演示甲");
	same(p.id_masked, "9900**********0017");
	same(p.phone_masked, "199****1234");
	born = day_to_ymd(p.born);
	assert_true(born.year == 1990 && born.month == 1 && born.day == 1 && p.sex == SEX_MALE);
	assert_int_equal(p.groups, GROUP_BIT(GROUP_DISABLED));
	assert_int_equal(stage_int(s, "SELECT count(*) FROM person WHERE city = $1 AND length(id_sealed) = 50 "
	    "AND length(phone_sealed) = 43 AND length(id_index) = 16 AND length(phone_index) = 16"), 1);
}

static void
derived_groups_are_stored(void **state)
{
	struct stage *s = *state;
	struct person_new in = somebody();
	struct person p;

	in.id_number = TEXT(ID_OLD);
	assert_int_equal(load(s, s->system, stored(s, in), &p), RC_OK);
	assert_int_equal(p.groups, GROUP_BIT(GROUP_DISABLED) | GROUP_BIT(GROUP_ELDERLY));
}

static void
person_without_numbers_is_taken(void **state)
{
	struct stage *s = *state;
	struct person_new in = { .name = TEXT("演示乙"), .id_number = TEXT_NONE, .phone = TEXT("  "),
		.born = DAY_NONE, .sex = SEX_NOT_STATED, .place = { MUDU } };
	struct person_id id = stored(s, in);
	struct person p;

	stored(s, in); /* without a number nobody is taken for the same */
	assert_int_equal(load(s, s->system, id, &p), RC_OK);
	assert_true(p.id_masked.n == 0 && p.phone_masked.n == 0 && day_is_none(p.born));
	assert_int_equal(stage_int(s, "SELECT count(*) FROM person WHERE city = $1 AND id_kind = 0 "
	    "AND id_sealed IS NULL AND id_index IS NULL AND phone_index IS NULL"), 2);
}

static void
same_number_is_the_same_person(void **state)
{
	struct stage *s = *state;
	struct person_new in = somebody();
	struct person_id id = stored(s, in);
	struct person_stored again;
	struct findings f = { 0 };
	struct person p;

	assert_int_equal(store(s, &in, &again), RC_OK);
	assert_true(again.reused && again.id.n == id.n && again.differs == 0);
	in.phone = TEXT_NONE; /* said nothing: no difference */
	in.groups = 0;
	assert_int_equal(store(s, &in, &again), RC_OK);
	assert_int_equal(again.differs, 0);
	in.name = TEXT("演示丙");
	in.phone = TEXT("19900005678");
	in.place.code = KUNSHAN;
	in.groups = GROUP_BIT(GROUP_VETERAN);
	assert_int_equal(store(s, &in, &again), RC_OK);
	assert_true(again.reused && again.id.n == id.n);
	assert_int_equal(again.differs, PERSON_DIFFERS_NAME | PERSON_DIFFERS_PHONE | PERSON_DIFFERS_PLACE
	    | PERSON_DIFFERS_GROUPS);
	person_differences(again.differs, &f);
	assert_int_equal(f.total, 4);
	assert_int_equal(load(s, s->system, id, &p), RC_OK);
	same(p.name, "演示甲"); /* unchanged */
	same(p.phone_masked, "199****1234");
	assert_true(p.place.code == VILLAGE && p.groups == GROUP_BIT(GROUP_DISABLED));
	assert_int_equal(stage_int(s, "SELECT count(*) FROM person WHERE city = $1"), 1);
}

static void
sealed_columns_belong_to_their_row(void **state)
{
	struct stage *s = *state;
	struct person_new other = somebody();
	struct person_id a = stored(s, somebody()), b;
	struct person p;
	char sql[256];

	other.id_number = TEXT(ID_B);
	b = stored(s, other);
	snprintf(sql, sizeof(sql), "UPDATE person SET phone_sealed = (SELECT q.phone_sealed FROM person q "
	    "WHERE q.id = %lld) WHERE id = %lld", (long long)a.n, (long long)b.n);
	stage_raw(s, sql);
	assert_int_equal(load(s, s->system, a, &p), RC_OK);
	assert_int_equal(load(s, s->system, b, &p), RC_CORRUPT);
}

/* ---- who sees ------------------------------------------------------------------------------------------------ */

static void
person_is_seen_by_place_or_request(void **state)
{
	struct stage *s = *state;
	struct person_id id = stored(s, somebody());
	struct person p;
	struct actor nobody = identity_anonymous(STAGE_CITY);

	assert_int_equal(load(s, staff(7, ROLE_STATION, VILLAGE), id, &p), RC_OK);
	assert_int_equal(load(s, staff(8, ROLE_CLERK, KUNSHAN), id, &p), RC_NOT_FOUND);
	assert_int_equal(load(s, staff(9, ROLE_PROVIDER, MUDU), id, &p), RC_NOT_FOUND);
	assert_int_equal(load(s, staff(10, ROLE_AUDITOR, INT64_C(320500000000)), id, &p), RC_NOT_FOUND);
	assert_int_equal(load(s, nobody, id, &p), RC_UNAUTHENTICATED);
	request(s, 500, id, KUNSHAN);
	assert_int_equal(load(s, staff(8, ROLE_CLERK, KUNSHAN), id, &p), RC_OK);
	assert_int_equal(load(s, staff(9, ROLE_PROVIDER, MUDU), id, &p), RC_NOT_FOUND);
	stage_raw(s, "INSERT INTO case_grant (city, account, request, since_ms, why) VALUES (3205, 9, 500, 1, 'holder')");
	assert_int_equal(load(s, staff(9, ROLE_PROVIDER, MUDU), id, &p), RC_OK);
	assert_int_equal(load(s, staff(11, ROLE_PROVIDER, MUDU), id, &p), RC_NOT_FOUND);
}

static size_t
likely(struct stage *s, const char *id, const char *phone, const char *name, struct day born,
    struct person_likely *ret)
{
	struct actor clerk = staff(8, ROLE_CLERK, KUNSHAN); /* another county: city-wide, masked */
	struct ctx ctx = stage_ctx(s, &clerk);
	size_t n = 0;

	assert_int_equal(person_find_duplicates(&ctx, keys, text_of(id), text_of(phone), text_of(name), born, ret,
	    PERSON_LIKELY_MAX, &n), RC_OK);
	return n;
}

static void
duplicates_are_found_masked(void **state)
{
	struct stage *s = *state;
	struct person_likely v[PERSON_LIKELY_MAX];
	struct person_new in = somebody();
	struct day born;
	struct person_id a = stored(s, in), b;
	struct actor nobody = identity_anonymous(STAGE_CITY);
	struct ctx ctx = stage_ctx(s, &nobody);
	size_t n;

	in.id_number = TEXT(ID_B);
	b = stored(s, in); /* the same phone and name */
	assert_int_equal(day_from_ymd((struct ymd){ 1990, 1, 1 }, &born), RC_OK);
	assert_int_equal(likely(s, ID_A, "", "", DAY_NONE, v), 1);
	assert_true(v[0].id.n == a.n && v[0].why == PERSON_SAME_ID);
	same(v[0].name_masked, "演**");
	same(v[0].id_masked, "9900**********0017");
	same(v[0].phone_masked, "199****1234");
	assert_int_equal(likely(s, ID_A, PHONE_A, "演示甲", DAY_NONE, v), 2); /* each once, by the best reason */
	assert_true(v[0].why == PERSON_SAME_ID && v[1].why == PERSON_SAME_PHONE && v[1].id.n == b.n);
	assert_int_equal(likely(s, "", "", "演示甲", born, v), 2);
	assert_int_equal(v[0].why, PERSON_SAME_NAME_BORN);
	assert_int_equal(likely(s, "", "", "演示甲", day_add(born, 1), v), 0);
	assert_int_equal(likely(s, "", "", "演示甲", DAY_NONE, v), 0);
	assert_int_equal(likely(s, "9900001990", "199", "演\xff", born, v), 0); /* half-typed */
	assert_int_equal(likely(s, "", "", "", DAY_NONE, v), 0);
	assert_int_equal(person_find_duplicates(&ctx, keys, TEXT(ID_A), TEXT_NONE, TEXT_NONE, DAY_NONE, v, 5, &n),
	    RC_UNAUTHENTICATED);
}

static void
duplicates_are_five_at_most(void **state)
{
	struct stage *s = *state;
	struct person_likely v[PERSON_LIKELY_MAX];
	struct person_new in = somebody();

	in.id_number = TEXT_NONE;
	for (int i = 0; i < 7; i++)
		stored(s, in);
	assert_int_equal(likely(s, "", PHONE_A, "", DAY_NONE, v), 5);
}

/* ---- in clear --------------------------------------------------------------------------------------------- */

static enum rc
reveal(struct stage *s, struct actor actor, struct person_id id, const char *purpose, int64_t for_request,
    struct person_clear *ret)
{
	struct ctx ctx = stage_ctx(s, &actor);

	*ret = (struct person_clear){ .phone = "" };
	return person_reveal(&ctx, keys, id, text_of(purpose), for_request, ret);
}

static void
reveal_needs_right_purpose_and_sight(void **state)
{
	struct stage *s = *state;
	struct person_id id = stored(s, somebody()), other;
	struct person_new in = somebody();
	struct actor clerk = staff(7, ROLE_CLERK, MUDU);
	struct person_clear c;

	in.id_number = TEXT(ID_B);
	other = stored(s, in);
	request(s, 500, id, MUDU);
	request(s, 501, other, MUDU);
	assert_int_equal(reveal(s, staff(7, ROLE_STATION, VILLAGE), id, "核对身份信息", 0, &c), RC_FORBIDDEN);
	assert_int_equal(reveal(s, staff(7, ROLE_ADMIN, MUDU), id, "核对身份信息", 0, &c), RC_FORBIDDEN);
	assert_int_equal(reveal(s, s->system, id, "核对身份信息", 0, &c), RC_FORBIDDEN);
	assert_int_equal(reveal(s, clerk, id, " 核身份 ", 0, &c), RC_INVALID);   /* 3 */
	assert_int_equal(reveal(s, staff(7, ROLE_CLERK, KUNSHAN), id, "核对身份", 0, &c), RC_NOT_FOUND);
	assert_int_equal(reveal(s, clerk, id, "核对身份", 501, &c), RC_NOT_FOUND); /* somebody else's request */
	assert_int_equal(reveal(s, clerk, id, "核对身份", 777, &c), RC_NOT_FOUND);
	assert_string_equal(c.id_number, "");
	assert_int_equal(stage_int(s, "SELECT count(*) FROM audit WHERE city = $1"), 0);
	assert_int_equal(reveal(s, clerk, id, "核对身份", 500, &c), RC_OK);      /* 4 */
	assert_string_equal(c.id_number, ID_A);
	assert_string_equal(c.phone, PHONE_A);
	assert_int_equal(stage_int(s, "SELECT count(*) FROM audit WHERE city = $1 AND action = 'person.reveal' "
	    "AND account = 7 AND subject = 'person' AND detail = 'request=500 purpose=核对身份'"), 1);
	/* nothing clear stays behind */
	assert_int_equal(stage_int(s, "SELECT count(*) FROM command_key WHERE city = $1 AND length(answer) > 0"), 0);
}

static void
reveal_takes_a_purpose_of_bounded_length(void **state)
{
	struct stage *s = *state;
	struct person_id id = stored(s, somebody());
	struct person_clear c;
	char purpose[202];

	memset(purpose, 'x', sizeof(purpose));
	purpose[200] = '\0';
	assert_int_equal(reveal(s, staff(7, ROLE_CLERK, MUDU), id, purpose, 0, &c), RC_OK);
	purpose[200] = 'x';
	purpose[201] = '\0';
	assert_int_equal(reveal(s, staff(7, ROLE_CLERK, MUDU), id, purpose, 0, &c), RC_INVALID);
}

static int64_t
alarms(struct stage *s)
{
	return stage_int(s, "SELECT count(*) FROM audit WHERE city = $1 AND action = 'reveal.alarm'");
}

static void
reveals_past_the_rate_raise_the_alarm(void **state)
{
	struct stage *s = *state;
	struct person_id id = stored(s, somebody());
	struct actor clerk = staff(7, ROLE_CLERK, MUDU);
	struct person_clear c;

	person_set_reveal_limit(3);
	for (int i = 0; i < 3; i++)
		assert_int_equal(reveal(s, clerk, id, "核对身份", 0, &c), RC_OK);
	assert_int_equal(alarms(s), 0);
	assert_int_equal(reveal(s, staff(8, ROLE_CLERK, MUDU), id, "核对身份", 0, &c), RC_OK); /* another account */
	assert_int_equal(alarms(s), 0);
	assert_int_equal(reveal(s, clerk, id, "核对身份", 0, &c), RC_OK);
	assert_string_equal(c.id_number, ID_A); /* goes on */
	assert_int_equal(alarms(s), 1);
	stage_now_ms += 3600000; /* an hour later: one in the hour */
	assert_int_equal(reveal(s, clerk, id, "核对身份", 0, &c), RC_OK);
	assert_int_equal(alarms(s), 1);
	person_set_reveal_limit(30);
}

static void
reveal_without_its_trace_shows_nothing(void **state)
{
	struct stage *s = *state;
	struct person_id id = stored(s, somebody());
	struct person_clear c;
	enum rc rc = RC_UNAVAILABLE;
	int n;

	for (n = 1; n < 40 && rc != RC_OK; n++) {
		db_fail_after(s->db, n);
		rc = reveal(s, staff(7, ROLE_CLERK, MUDU), id, "核对身份", 0, &c);
		db_fail_after(s->db, 0);
		assert_int_equal(c.id_number[0] != '\0', rc == RC_OK);
		assert_int_equal(stage_int(s, "SELECT count(*) FROM audit WHERE city = $1"), rc == RC_OK);
	}
	assert_in_range(n, 5, 39);
}

/* ---- organisations ----------------------------------------------------------------------------------------- */

#define FIRM "91990000MA00000008"

struct firm_arg { struct organisation_new in; char code[19]; struct organisation_stored ret; struct organisation got; };

static enum rc
firm_fn(struct tx *tx, const struct actor *actor, void *p)
{
	struct firm_arg *arg = p;
	enum rc rc = organisation_insert(tx, actor, &arg->in, arg->code, &arg->ret);

	return rc == RC_OK ? organisation_load(tx, actor, arg->ret.id, &arg->got) : rc;
}

static void
organisations_are_known_by_their_code(void **state)
{
	struct stage *s = *state;
	struct firm_arg arg = { .in = { .kind = APPLICANT_STARTUP, .name = TEXT_INIT("演示商行"),
		.credit_code = TEXT_INIT(FIRM), .founded = DAY_NONE, .staff = -1, .place = { MUDU } }, .code = FIRM };
	struct command cmd = { .name = "test.firm", .fn = firm_fn, .arg = &arg };
	int64_t first;

	assert_int_equal(db_command(&s->ctx, idem_key_new(), &cmd), RC_OK);
	assert_false(arg.ret.reused);
	first = arg.ret.id.n;
	assert_int_equal(arg.got.staff, -1);
	assert_true(day_is_none(arg.got.founded));
	assert_int_equal(arg.got.kind, APPLICANT_STARTUP);
	arg.in.name = TEXT("演示商店");
	assert_int_equal(db_command(&s->ctx, idem_key_new(), &cmd), RC_OK);
	assert_true(arg.ret.reused && arg.ret.name_differs && arg.ret.id.n == first);
	arg.code[0] = '\0';
	arg.in.staff = 0;
	assert_int_equal(db_command(&s->ctx, idem_key_new(), &cmd), RC_OK);
	assert_true(!arg.ret.reused && arg.ret.id.n != first && arg.got.staff == 0);
	assert_int_equal(stage_int(s, "SELECT count(*) FROM organisation WHERE city = $1"), 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(statements_are_sound),
		cmocka_unit_test(prepare_names_each_fault),
		cmocka_unit_test(prepare_compares_with_the_number),
		cmocka_unit_test(person_lies_sealed_and_shows_masked),
		cmocka_unit_test(derived_groups_are_stored),
		cmocka_unit_test(person_without_numbers_is_taken),
		cmocka_unit_test(same_number_is_the_same_person),
		cmocka_unit_test(sealed_columns_belong_to_their_row),
		cmocka_unit_test(person_is_seen_by_place_or_request),
		cmocka_unit_test(duplicates_are_found_masked),
		cmocka_unit_test(duplicates_are_five_at_most),
		cmocka_unit_test(reveal_needs_right_purpose_and_sight),
		cmocka_unit_test(reveal_takes_a_purpose_of_bounded_length),
		cmocka_unit_test(reveals_past_the_rate_raise_the_alarm),
		cmocka_unit_test(reveal_without_its_trace_shows_nothing),
		cmocka_unit_test(organisations_are_known_by_their_code),
	};
	int failed;

	keys_begin();
	failed = stage_main("person", tests, sizeof(tests) / sizeof(tests[0]));
	keys_end();
	return failed;
}
