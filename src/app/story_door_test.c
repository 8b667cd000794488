/*
 * The door and what hangs on it: the query code, a form sent again, who can be rung, what a request
 * became, its papers.  On both engines.
 */
#include "app/story_stage.h"

#include "base/code.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define NUMBER "990000199001010017" /* of nobody: there is no area 990000 */

/* ---- the code is nowhere ------------------------------------------------------------------------------ */

struct column { char table[64], name[64]; bool blob; };
struct columns { const char *sql; struct column v[400]; size_t n; };

static enum rc
columns_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct columns *c = arg;
	struct db_stmt stmt = { NULL, DB_PUBLIC, c->sql, 0 };
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &stmt, NO_ARGS, &row);

	while (rc == RC_OK && c->n < 400 && (rc = rows_next(row)) == RC_OK) {
		struct column *v = &c->v[c->n++];
		struct text table = rows_text(row, 0), name = rows_text(row, 1), type = rows_text(row, 2);

		snprintf(v->table, sizeof v->table, "%.*s", (int)table.n, table.p);
		snprintf(v->name, sizeof v->name, "%.*s", (int)name.n, name.p);
		v->blob = text_equals(type, TEXT("bytea"));
	}
	return rc == RC_DONE ? RC_OK : rc;
}

/* Rows of the column that hold these bytes, whatever else stands around them. */
static int64_t
rows_with(struct stage *f, const struct column *c, const char *hex)
{
	char sql[512];

	if (strcmp(f->engine, "sqlite") == 0)
		snprintf(sql, sizeof sql, "SELECT COUNT(*) FROM %s WHERE city = $1 AND instr(CAST(%s AS blob), x'%s') > 0", c->table,
		    c->name, hex);
	else if (c->blob)
		snprintf(sql, sizeof sql, "SELECT COUNT(*) FROM %s WHERE city = $1 AND position(decode('%s', 'hex') in %s) > 0",
		    c->table, hex, c->name);
	else
		snprintf(sql, sizeof sql, "SELECT COUNT(*) FROM %s WHERE city = $1 AND position(decode('%s', 'hex') in"
		    " convert_to(CAST(%s AS text), 'UTF8')) > 0", c->table, hex, c->name);
	return stage_int(f, sql);
}

static int64_t
database_holds(struct stage *f, const void *bytes, size_t n)
{
	struct columns *c = arena_alloc(f->mem, sizeof *c);
	char hex[128];
	int64_t found = 0;

	hex_print(bytes, n, hex);
	*c = (struct columns){ .sql = strcmp(f->engine, "sqlite") == 0
	    ? "SELECT m.name, p.name, p.type FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type = 'table'"
	      " AND m.sql LIKE '%city bigint NOT NULL,%' AND 1 < $1"
	    : "SELECT CAST(a.table_name AS text), CAST(a.column_name AS text), CAST(a.data_type AS text)"
	      " FROM information_schema.columns a JOIN information_schema.columns b ON b.table_schema = a.table_schema"
	      " AND b.table_name = a.table_name AND b.column_name = 'city' WHERE a.table_schema = current_schema() AND 1 < $1" };
	assert_int_equal(db_read(&f->ctx, columns_tx, c), RC_OK);
	assert_true(c->n > 250);
	for (size_t i = 0; i < c->n; i++)
		found += rows_with(f, &c->v[i], hex) > 0;
	return found;
}

static void
the_code_is_stored_nowhere(void **state)
{
	struct stage *f = *state;
	struct intake_receipt r;
	unsigned char bytes[CODE_BYTES];

	begin(f);
	r = ask(f, idem_key_new());
	assert_int_equal(code_parse(text_of(r.code), bytes), RC_OK);
	assert_true(database_holds(f, r.number, strlen(r.number)) > 0); /* the search does find what is there */
	assert_int_equal(database_holds(f, r.code, strlen(r.code)), 0);
	assert_int_equal(database_holds(f, bytes, sizeof bytes), 0);
}

/* ---- sent again ------------------------------------------------------------------------------------------ */

static enum rc
send(struct stage *f, struct idem_key key, const struct intake_new *in, struct intake_receipt *ret)
{
	struct actor nobody = identity_anonymous(STAGE_CITY);
	struct ctx ctx = ctx_as(f, &nobody);
	struct findings findings = { .n = 0 };

	return intake_receive(&ctx, key, in, &findings, ret);
}

/* Every field that the command depends on, changed alone, is another request. */
static void
another_field_is_another_content(void **state)
{
	struct stage *f = *state;
	struct idem_key key = idem_key_new();
	struct intake_new in[8];
	struct intake_receipt first, r;

	begin(f);
	for (int i = 0; i < 8; i++)
		in[i] = wages(f);
	in[0].person.phone = TEXT("19900009999");
	in[1].person.name = TEXT("另一位");
	in[2].place.code = TOWN;
	in[3].topic = TOPIC_UNSURE;
	in[4].urgent = true;
	in[5].subject = TEXT("工资");
	in[6].caller = RELATION_FAMILY;
	in[6].caller_name = TEXT("家里人");
	in[7].contact = TEXT("19900008888");
	first = ask(f, key);
	for (int i = 0; i < 8; i++) {
		memset(&r, 0, sizeof r);
		if (send(f, key, &in[i], &r) != RC_DUPLICATE)
			fail_msg("field %d is not part of the content", i);
		assert_int_equal(r.id, first.id);
		assert_string_equal(r.code, first.code);
	}
	assert_int_equal(send(f, key, &(struct intake_new){ 0 }, &r), RC_INVALID);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM request WHERE city = $1"), 1);
}

/* The staff's commands: the words the same, one number or code another. */
static void
acts_with_other_fields_are_told_apart(void **state)
{
	struct stage *f = *state;
	struct actor helper = as(HELPER);
	struct ctx ctx = ctx_as(f, &helper);
	struct idem_key key = idem_key_new();
	struct consult_verdict verdict;
	struct dispatch_result offered;
	struct intake_receipt r;
	struct consult_answer answer = { .answer = TEXT("可以申请劳动仲裁。") };
	int64_t seen;

	begin(f);
	r = ask(f, idem_key_new());
	assert_int_equal(accept_as(f, HELPER, r.id), RC_OK);
	answer.id.n = r.id;
	answer.revision = revision(f, r.id);
	assert_int_equal(consult_answer(&ctx, key, &answer), RC_OK);
	assert_int_equal(consult_answer(&ctx, key, &answer), RC_OK);
	answer.aid_told = true;
	assert_int_equal(consult_answer(&ctx, key, &answer), RC_DUPLICATE);
	key = idem_key_new();
	seen = revision(f, r.id);
	assert_int_equal(dispatch_offer(&ctx, key, &(struct dispatch_offer){ .id = { r.id }, .revision = seen, .to_account = CLERK,
	    .reason = TEXT("转") }, &offered), RC_OK);
	assert_int_equal(dispatch_offer(&ctx, key, &(struct dispatch_offer){ .id = { r.id }, .revision = seen, .to_account = LAWYER,
	    .reason = TEXT("转") }, &offered), RC_DUPLICATE);
	assert_int_equal(dispatch_withdraw(&ctx, idem_key_new(), offered.handover), RC_OK);
	key = idem_key_new();
	assert_int_equal(consult_tell_aid(&ctx, key, (struct case_id){ r.id }, revision(f, r.id), AID_TOLD), RC_OK);
	seen = revision(f, r.id);
	key = idem_key_new();
	assert_int_equal(consult_close(&ctx, key, (struct case_id){ r.id }, seen, TEXT("answered"), TEXT_NONE, &verdict), RC_OK);
	assert_int_equal(consult_close(&ctx, key, (struct case_id){ r.id }, seen, TEXT("answered"), TEXT_NONE, &verdict), RC_OK);
	assert_int_equal(consult_close(&ctx, key, (struct case_id){ r.id }, seen, TEXT("withdrawn"), TEXT_NONE, &verdict),
	    RC_DUPLICATE);
}

static void
a_form_sent_again_after_its_key_is_forgotten(void **state)
{
	struct stage *f = *state;
	struct idem_key key = idem_key_new();
	struct intake_new in;
	struct intake_receipt first, again = { .id = 0 };

	begin(f);
	first = ask(f, key);
	stage_raw(f, "DELETE FROM command_key WHERE city = 3205");
	again = ask(f, key);
	assert_int_equal(again.id, first.id);
	assert_string_equal(again.number, first.number);
	assert_string_equal(again.code, first.code);
	assert_int_equal(again.due_ms, first.due_ms);
	stage_raw(f, "DELETE FROM command_key WHERE city = 3205");
	in = wages(f);
	in.detail = TEXT("另外一件事。");
	assert_int_equal(send(f, key, &in, &again), RC_DUPLICATE);
	assert_int_equal(again.id, first.id);
	assert_string_equal(again.code, first.code);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM request WHERE city = $1"), 1);
	assert_int_equal(problems(f), 0);
}

/* ---- who can be rung ---------------------------------------------------------------------------------------- */

static enum rc
reveal(struct stage *f, int who, int64_t id, struct person_clear *ret)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);
	struct request r;
	enum rc rc = look(f, 0, id, &r);

	*ret = (struct person_clear){ .phone = "" };
	return rc == RC_OK ? person_reveal(&ctx, story_keys, (struct person_id){ r.person }, TEXT("回电联系"), id, ret) : rc;
}

struct contacts_arg { int64_t id; struct person_contacts ret; };

static enum rc
contacts_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct contacts_arg *c = arg;

	return person_contacts_load(tx, actor, story_keys, c->id, &c->ret);
}

static struct person_contacts
contacts(struct stage *f, int who, int64_t id, enum rc expected)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);
	struct contacts_arg c = { .id = id };

	assert_int_equal(db_read(&ctx, contacts_tx, &c), expected);
	return c.ret;
}

/* A trouble without a name, told by a neighbour: both leave a phone. */
static struct intake_new
nameless(struct stage *f)
{
	struct intake_new in = wages(f);

	in.person = (struct person_new){ .born = DAY_NONE, .place = { VILLAGE } };
	in.contact = TEXT("19900005678");
	in.caller = RELATION_OTHER;
	in.caller_name = TEXT("邻居");
	in.caller_phone = TEXT("19900004321");
	return in;
}

static void
the_holder_can_ring_whoever_left_a_phone(void **state)
{
	struct stage *f = *state;
	struct intake_new in;
	struct intake_receipt r;
	struct person_contacts masked;
	struct person_clear clear;
	struct dispatch_result offer;
	struct consult_verdict verdict;
	struct actor lawyer = as(LAWYER);
	struct ctx ctx;

	begin(f);
	in = nameless(f);
	assert_int_equal(send(f, idem_key_new(), &in, &r), RC_OK);
	masked = contacts(f, HELPER, r.id, RC_OK);
	assert_true(text_equals(masked.contact_masked, TEXT("199****5678")));
	assert_true(text_equals(masked.caller_masked, TEXT("199****4321")));
	contacts(f, STRANGER, r.id, RC_NOT_FOUND);
	assert_int_equal(reveal(f, HELPER, r.id, &clear), RC_OK); /* a station has no right to reveal, but holds it */
	assert_string_equal(clear.contact, "19900005678");
	assert_string_equal(clear.caller_phone, "19900004321");
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM audit WHERE city = $1 AND action = 'person.reveal'"
	    " AND account = 101 AND subject = 'request'"), 1);
	assert_int_equal(reveal(f, CLERK, r.id, &clear), RC_OK); /* has the right, and sees it */
	assert_int_equal(reveal(f, STRANGER, r.id, &clear), RC_NOT_FOUND);
	assert_int_equal(reveal(f, LAWYER, r.id, &clear), RC_NOT_FOUND);
	assert_string_equal(clear.contact, "");
	assert_int_equal(accept_as(f, HELPER, r.id), RC_OK);
	assert_int_equal(offer_as(f, HELPER, r.id, LAWYER, &offer), RC_OK);
	assert_int_equal(reveal(f, LAWYER, r.id, &clear), RC_FORBIDDEN); /* asked, sees it, does not hold it yet */
	ctx = ctx_as(f, &lawyer);
	assert_int_equal(dispatch_accept(&ctx, idem_key_new(), offer.handover), RC_OK);
	assert_int_equal(reveal(f, LAWYER, r.id, &clear), RC_OK);
	assert_string_equal(clear.contact, "19900005678");
	assert_int_equal(reveal(f, HELPER, r.id, &clear), RC_FORBIDDEN); /* not any more */
	assert_int_equal(answer_as(f, LAWYER, r.id, true), RC_OK);
	assert_int_equal(close_as(f, LAWYER, r.id, &verdict), RC_OK);
	assert_int_equal(reveal(f, LAWYER, r.id, &clear), RC_FORBIDDEN); /* closed */
	assert_string_equal(clear.contact, "");
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM audit WHERE city = $1 AND action = 'person.reveal'"), 3);
}

static void
a_known_person_is_rung_at_the_new_phone(void **state)
{
	struct stage *f = *state;
	struct intake_new in;
	struct intake_receipt first, second;
	struct person_contacts c;
	struct person_clear clear;

	begin(f);
	in = wages(f);
	in.person.id_number = TEXT(NUMBER);
	assert_int_equal(send(f, idem_key_new(), &in, &first), RC_OK);
	assert_true(contacts(f, HELPER, first.id, RC_OK).contact_known);
	in.person.phone = TEXT("19900007777");
	assert_int_equal(send(f, idem_key_new(), &in, &second), RC_OK);
	c = contacts(f, HELPER, second.id, RC_OK);
	assert_true(text_equals(c.contact_masked, TEXT("199****7777")));
	assert_false(c.contact_known);
	assert_int_equal(reveal(f, HELPER, second.id, &clear), RC_OK);
	assert_string_equal(clear.contact, "19900007777");
	assert_string_equal(clear.phone, "19900001234"); /* on record */
	assert_string_equal(clear.id_number, NUMBER);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM person WHERE city = $1"), 1);
}

static void
another_name_under_the_number_stays_with_the_request(void **state)
{
	struct stage *f = *state;
	struct intake_new in;
	struct intake_receipt first, second;
	struct request r;

	begin(f);
	in = wages(f);
	in.person.id_number = TEXT(NUMBER);
	assert_int_equal(send(f, idem_key_new(), &in, &first), RC_OK);
	assert_int_equal(first.differs, 0);
	in.person.name = TEXT("沈另名");
	assert_int_equal(send(f, idem_key_new(), &in, &second), RC_OK);
	assert_int_equal(second.differs, PERSON_DIFFERS_NAME);
	assert_int_equal(look(f, HELPER, first.id, &r), RC_OK);
	assert_true(text_is_empty(r.told_name) && r.differs == 0);
	assert_int_equal(look(f, HELPER, second.id, &r), RC_OK);
	assert_true(text_equals(r.told_name, TEXT("沈另名")));
	assert_true(text_equals(r.person_name, TEXT("沈演示"))); /* the record is unchanged */
	assert_int_equal(r.differs, PERSON_DIFFERS_NAME);
}

/* ---- what it became ---------------------------------------------------------------------------------------------- */

struct earlier_arg { struct case_id ids[INTAKE_EARLIER_MAX]; size_t n; };

static enum rc
earlier_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct earlier_arg *e = arg;

	return intake_earlier(tx, actor, e->ids, INTAKE_EARLIER_MAX, &e->n);
}

static int64_t
convert_as(struct stage *f, int who, int64_t id, const char *item)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);
	struct consult_convert in = { .id = { id }, .revision = revision(f, id), .note = TEXT("转") };
	struct consult_converted made = { .id = 0 };
	char sql[128];

	snprintf(sql, sizeof sql, "SELECT id FROM item WHERE city = $1 AND code = '%s'", item);
	in.item = stage_int(f, sql);
	assert_int_equal(consult_convert(&ctx, idem_key_new(), &in, &made), RC_OK);
	return made.id;
}

static struct actor
enter(struct stage *f, const char *code)
{
	struct actor nobody = identity_anonymous(STAGE_CITY), ret;
	struct ctx ctx = ctx_as(f, &nobody);
	int64_t wait = 0;

	assert_int_equal(intake_enter(&ctx, text_of(code), TEXT("127.0.0.8"), &ret, &wait), RC_OK);
	return ret;
}

static void
the_receipt_follows_what_a_request_becomes(void **state)
{
	struct stage *f = *state;
	struct earlier_arg e = { .n = 9 };
	struct intake_new in;
	struct intake_receipt r;
	struct person_clear clear;
	struct actor resident;
	struct ctx ctx;
	int64_t child, grandchild;

	begin(f);
	in = nameless(f);
	assert_int_equal(send(f, idem_key_new(), &in, &r), RC_OK);
	resident = enter(f, r.code);
	assert_int_equal(resident.request, r.id);
	ctx = ctx_as(f, &resident);
	assert_int_equal(db_read(&ctx, earlier_tx, &e), RC_OK);
	assert_int_equal(e.n, 0);
	assert_int_equal(accept_as(f, HELPER, r.id), RC_OK);
	child = convert_as(f, HELPER, r.id, "notary");
	assert_int_equal(accept_as(f, HELPER, child), RC_OK);
	grandchild = convert_as(f, HELPER, child, "consult");
	resident = enter(f, r.code);
	assert_int_equal(resident.request, grandchild);
	assert_int_equal(db_read(&ctx, earlier_tx, &e), RC_OK);
	assert_int_equal(e.n, 2);
	assert_int_equal(e.ids[0].n, child);
	assert_int_equal(e.ids[1].n, r.id);
	assert_int_equal(consult_say(&ctx, idem_key_new(), (struct case_id){ 0 }, TEXT("还有一句")), RC_OK);
	assert_int_equal(stage_int(f, "SELECT request FROM message WHERE city = $1"), grandchild);
	assert_true(text_equals(contacts(f, HELPER, grandchild, RC_OK).contact_masked, TEXT("199****5678")));
	assert_int_equal(reveal(f, HELPER, grandchild, &clear), RC_OK); /* its phones went along */
	assert_string_equal(clear.contact, "19900005678");
	assert_string_equal(clear.caller_phone, "19900004321");
	assert_int_equal(intake_withdraw(&ctx, idem_key_new(), TEXT("不办了")), RC_OK);
	assert_int_equal(problems(f), 0);
}

/* ---- papers ---------------------------------------------------------------------------------------------------------- */

static struct text
spool(struct stage *f, const char *dir, const char *body, struct attachment *ret)
{
	struct text path = arena_format(f->mem, "%s/spooled", dir);
	FILE *out = fopen(path.p, "wb");

	assert_non_null(out);
	fputs(body, out);
	fclose(out);
	*ret = (struct attachment){ .bytes = (int64_t)strlen(body), .name = TEXT("a.pdf"), .type = TEXT("application/pdf") };
	crypt_hash(text_of(body), ret->sha256);
	return path;
}

static enum rc
attach_as(struct stage *f, const struct actor *a, int64_t id, const char *dir, const char *body, struct idem_key key)
{
	struct ctx ctx = ctx_as(f, a);
	struct attachment file;
	struct text path = spool(f, dir, body, &file);

	return intake_attach(&ctx, key, (struct case_id){ id }, dir, path, &file);
}

/* Is the file of these bytes kept?  age_s > 0: make it so old. */
static bool
kept(struct stage *f, const char *dir, const char *body, int age_s)
{
	unsigned char sha[32];
	char hex[65];
	struct text path;
	struct timespec old[2] = { { .tv_sec = time(NULL) - age_s }, { .tv_sec = time(NULL) - age_s } };

	crypt_hash(text_of(body), sha);
	hex_print(sha, sizeof sha, hex);
	path = arena_format(f->mem, "%s/files/%s", dir, hex);
	if (age_s > 0)
		assert_int_equal(utimensat(AT_FDCWD, path.p, old, 0), 0);
	return access(path.p, F_OK) == 0;
}

static void
a_refused_paper_leaves_no_file(void **state)
{
	struct stage *f = *state;
	struct actor helper = as(HELPER), stranger = as(STRANGER), clerk = as(CLERK);
	struct ctx ctx = ctx_as(f, &f->system);
	struct idem_key last = idem_key_new();
	struct intake_receipt r;
	struct consult_verdict verdict;
	char dir[] = "/tmp/zhaofa-door-XXXXXX", body[32];
	int64_t n = -1;

	begin(f);
	assert_non_null(mkdtemp(dir));
	r = ask(f, idem_key_new());
	assert_int_equal(attach_as(f, &stranger, r.id, dir, "foreign", idem_key_new()), RC_NOT_FOUND);
	assert_int_equal(attach_as(f, &clerk, r.id, dir, "seen", idem_key_new()), RC_FORBIDDEN);
	assert_false(kept(f, dir, "foreign", 0) || kept(f, dir, "seen", 0));
	assert_int_equal(accept_as(f, HELPER, r.id), RC_OK);
	for (int i = 1; i <= UPLOADS_PER_REQUEST; i++) {
		snprintf(body, sizeof body, "paper %d", i);
		assert_int_equal(attach_as(f, &helper, r.id, dir, body, i == 10 ? last : idem_key_new()), RC_OK);
		assert_true(kept(f, dir, body, 0));
	}
	assert_int_equal(attach_as(f, &helper, r.id, dir, "paper 11", idem_key_new()), RC_TOO_LARGE);
	assert_false(kept(f, dir, "paper 11", 0));
	assert_int_equal(attach_as(f, &helper, r.id, dir, "paper 10", last), RC_OK); /* the same again: it is there */
	assert_int_equal(attach_as(f, &helper, r.id, dir, "paper 1", idem_key_new()), RC_TOO_LARGE);
	assert_true(kept(f, dir, "paper 1", 0)); /* another row names it */
	assert_int_equal(answer_as(f, HELPER, r.id, true), RC_OK);
	assert_int_equal(close_as(f, HELPER, r.id, &verdict), RC_OK);
	stage_raw(f, "DELETE FROM attachment WHERE city = 3205 AND bytes = 8"); /* there is room, but it is closed */
	assert_int_equal(attach_as(f, &helper, r.id, dir, "late", idem_key_new()), RC_CONFLICT);
	assert_false(kept(f, dir, "late", 0));
	/* nothing names paper 10 now: a day on it is swept, and nothing else */
	assert_true(kept(f, dir, "paper 9", 90000));
	assert_int_equal(intake_sweep_files(&ctx, dir, -1, time(NULL) - 86400, &n), RC_OK);
	assert_int_equal(n, 0);
	assert_true(kept(f, dir, "paper 10", 0)); /* not yet a day old */
	assert_true(kept(f, dir, "paper 10", 90000));
	assert_int_equal(intake_sweep_files(&ctx, dir, -1, time(NULL) - 86400, &n), RC_OK);
	assert_int_equal(n, 1);
	assert_false(kept(f, dir, "paper 10", 0));
}

/* The database fails in the middle: a file that was moved already goes again. */
static void
a_paper_that_fails_midway_leaves_no_file(void **state)
{
	struct stage *f = *state;
	struct actor helper = as(HELPER);
	struct intake_receipt r;
	char dir[] = "/tmp/zhaofa-door-XXXXXX";
	enum rc rc = RC_UNAVAILABLE;
	int n = 0;

	begin(f);
	assert_non_null(mkdtemp(dir));
	r = ask(f, idem_key_new());
	while (rc != RC_OK && n++ < 60) {
		db_fail_after(f->db, n);
		rc = attach_as(f, &helper, r.id, dir, "paper", idem_key_new());
		db_fail_after(f->db, 0);
		assert_int_equal(kept(f, dir, "paper", 0), rc == RC_OK);
	}
	assert_in_range(n, 5, 59);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM attachment WHERE city = $1"), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_code_is_stored_nowhere),
		cmocka_unit_test(another_field_is_another_content),
		cmocka_unit_test(acts_with_other_fields_are_told_apart),
		cmocka_unit_test(a_form_sent_again_after_its_key_is_forgotten),
		cmocka_unit_test(the_holder_can_ring_whoever_left_a_phone),
		cmocka_unit_test(a_known_person_is_rung_at_the_new_phone),
		cmocka_unit_test(another_name_under_the_number_stays_with_the_request),
		cmocka_unit_test(the_receipt_follows_what_a_request_becomes),
		cmocka_unit_test(a_refused_paper_leaves_no_file),
		cmocka_unit_test(a_paper_that_fails_midway_leaves_no_file),
	};
	int failed = stage_main("story_door", tests, sizeof tests / sizeof tests[0]);

	crypt_close(story_keys);
	return failed;
}
