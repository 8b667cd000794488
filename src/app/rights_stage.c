/* People, rules, the program's routes with a probe before each, and one request through the gate. */
#include "app/rights_stage.h"

#include "base/code.h"
#include "evaluation/complaint/complaint.h"
#include "evaluation/review/review.h"
#include "resources/network/network.h"
#include "standards/catalogue/catalogue.h"
#include "standards/holidays/holidays.h"
#include "standards/region/region.h"
#include "supply/frame/frame.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BROWSER "0123456789abcdef0123456789abcdef"
#define PASSWORD "a password of the test"

/* ---- who ------------------------------------------------------------------------------------------------ */

#define R(name) (UINT64_C(1) << RIGHT_##name)
#define ANY (R(PUBLIC) | R(STAFF))
#define CASES (R(INTAKE) | R(CASE_READ) | R(CASE_HANDLE) | R(DISPATCH))
#define LEADS (CASES | R(REVEAL) | R(SUPERVISE) | R(FIGURES) | R(AID_DECIDE) | R(QUALITY))
#define BUREAU (R(CASE_READ) | R(SUPERVISE) | R(FIGURES) | R(SUPERVISE_RULES) | R(POLICY) | R(AID_REVIEW) | R(QUALITY) | R(ADVISORS))

/* What each may, said a second time on purpose: a slip in the table of identity must show here. */
const struct who rights_people[PEOPLE] = {
	{ NOBODY, "anonymous", ROLE_NONE, 0, 0, R(PUBLIC) },
	{ HELPER, "helper", ROLE_STATION, VILLAGE, STATION, ANY | CASES },
	{ CLERK, "clerk", ROLE_CLERK, TOWN, CENTRE, ANY | CASES | R(REVEAL) },
	{ HOTLINE, "hotline", ROLE_HOTLINE, CITY, LINE, ANY | CASES | R(REVEAL) },
	{ LAWYER, "lawyer", ROLE_PROVIDER, COUNTY, COUNTY_CENTRE, ANY | R(CASE_READ) | R(CASE_HANDLE) | R(DISPATCH) },
	{ DIRECTOR, "director", ROLE_DIRECTOR, TOWN, CENTRE, ANY | LEADS },
	{ OFFICIAL, "official", ROLE_OFFICIAL, COUNTY, 0, ANY | BUREAU },
	{ ADMIN, "admin", ROLE_ADMIN, CITY, 0, ANY | R(PEOPLE) | R(NETWORK) | R(CATALOGUE) | R(SETTINGS) },
	{ AUDITOR, "auditor", ROLE_AUDITOR, CITY, 0, ANY | R(AUDIT) },
	/* from here on: of other places, for the second half */
	{ NEXT_HELPER, "next.helper", ROLE_STATION, NEXT_VILLAGE, 0, ANY | CASES },
	{ OTHER_CLERK, "other.clerk", ROLE_CLERK, OTHER_TOWN, 0, ANY | CASES | R(REVEAL) },
	{ OTHER_DIRECTOR, "other.director", ROLE_DIRECTOR, OTHER_TOWN, 0, ANY | LEADS },
	{ OTHER_OFFICIAL, "other.official", ROLE_OFFICIAL, OTHER_COUNTY, 0, ANY | BUREAU },
	{ KEEPER, "keeper", ROLE_DIRECTOR, CITY, 0, ANY | LEADS },
};

/* ---- what ------------------------------------------------------------------------------------------------ */

/* The longest that fits decides.  '=': this path alone.  Below /desk and /api nothing is said by default. */
static const struct { enum http_method method; const char *path; enum right right; } rules[] = {
	{ HTTP_OTHER, "/", RIGHT_PUBLIC },
	{ HTTP_OTHER, "=/desk/login", RIGHT_PUBLIC }, { HTTP_OTHER, "=/desk/logout", RIGHT_STAFF },
	{ HTTP_OTHER, "=/desk/account", RIGHT_STAFF }, { HTTP_OTHER, "=/desk/draft", RIGHT_STAFF },
	{ HTTP_OTHER, "/desk/notices", RIGHT_STAFF },
	{ HTTP_OTHER, "=/desk", RIGHT_CASE_READ }, { HTTP_OTHER, "=/desk/queue", RIGHT_CASE_READ },
	{ HTTP_OTHER, "=/desk/live", RIGHT_CASE_READ }, { HTTP_OTHER, "=/desk/search", RIGHT_CASE_READ },
	{ HTTP_OTHER, "/desk/intake", RIGHT_INTAKE }, { HTTP_OTHER, "/desk/call", RIGHT_INTAKE },
	{ HTTP_GET, "/desk/request/{id}", RIGHT_CASE_READ }, { HTTP_POST, "/desk/request/{id}", RIGHT_CASE_HANDLE },
	{ HTTP_OTHER, "/desk/request/{id}/writing", RIGHT_CASE_HANDLE },
	{ HTTP_OTHER, "/desk/request/{id}/reveal", RIGHT_CASE_HANDLE }, { HTTP_OTHER, "/desk/request/{id}/handover", RIGHT_DISPATCH },
	{ HTTP_OTHER, "/desk/request/{id}/handover/accept", RIGHT_CASE_HANDLE },
	{ HTTP_OTHER, "/desk/request/{id}/assign", RIGHT_SUPERVISE }, { HTTP_POST, "/api/v1/requests/{id}/assign", RIGHT_SUPERVISE },
	{ HTTP_OTHER, "/desk/request/{id}/answer", RIGHT_CASE_HANDLE }, { HTTP_OTHER, "/desk/request/{id}/close", RIGHT_CASE_HANDLE },
	{ HTTP_OTHER, "/desk/request/{id}/pause", RIGHT_CASE_HANDLE }, { HTTP_OTHER, "/desk/request/{id}/resume", RIGHT_CASE_HANDLE },
	{ HTTP_OTHER, "/desk/request/{id}/decline", RIGHT_CASE_HANDLE }, { HTTP_OTHER, "/desk/request/{id}/convert", RIGHT_CASE_HANDLE },
	{ HTTP_OTHER, "/desk/request/{id}/callback", RIGHT_CASE_HANDLE }, { HTTP_OTHER, "/desk/request/{id}/return", RIGHT_CASE_HANDLE },
	{ HTTP_OTHER, "/desk/request/{id}/policy/{package}", RIGHT_CASE_HANDLE },
	{ HTTP_OTHER, "=/desk/rulings", RIGHT_SUPERVISE },
	{ HTTP_POST, "=/desk/legalaid/duty", RIGHT_INTAKE }, { HTTP_POST, "/desk/legalaid/duty/{id}", RIGHT_CASE_HANDLE },
	{ HTTP_OTHER, "/desk/legalaid/new", RIGHT_INTAKE }, { HTTP_OTHER, "/desk/legalaid/notice", RIGHT_INTAKE },
	{ HTTP_OTHER, "/desk/legalaid", RIGHT_CASE_READ }, { HTTP_OTHER, "/desk/request/{id}/legalaid", RIGHT_CASE_READ },
	{ HTTP_OTHER, "/api/v1/requests/{id}/mediation", RIGHT_CASE_READ }, { HTTP_OTHER, "=/desk/mediation", RIGHT_CASE_READ }, { HTTP_OTHER, "/desk/request/{id}/mediation", RIGHT_CASE_READ },
	{ HTTP_OTHER, "/desk/mediation/mediators", RIGHT_CASE_HANDLE }, { HTTP_OTHER, "/desk/mediation/groups", RIGHT_CASE_HANDLE },
	{ HTTP_OTHER, "/desk/request/{id}/legalaid/form", RIGHT_CASE_HANDLE },
	{ HTTP_GET, "/desk/legalaid/rates", RIGHT_STAFF }, { HTTP_POST, "/desk/legalaid/rates", RIGHT_POLICY },
	{ HTTP_OTHER, "/desk/aid", RIGHT_CASE_HANDLE },
	{ HTTP_OTHER, "=/desk/quality", RIGHT_STAFF }, { HTTP_OTHER, "/desk/quality/score", RIGHT_STAFF },
	{ HTTP_OTHER, "/desk/quality/round", RIGHT_QUALITY }, { HTTP_OTHER, "/desk/quality/seminars", RIGHT_QUALITY }, { HTTP_GET, "/desk/quality/panel", RIGHT_QUALITY },
	{ HTTP_POST, "/desk/quality/panel", RIGHT_AID_REVIEW }, { HTTP_GET, "/desk/quality/checklist", RIGHT_QUALITY },
	{ HTTP_POST, "/desk/quality/checklist", RIGHT_AID_REVIEW }, { HTTP_OTHER, "/desk/request/{id}/quality", RIGHT_CASE_READ },
	{ HTTP_GET, "/desk/advisors", RIGHT_STAFF }, { HTTP_OTHER, "/desk/advisors/new", RIGHT_ADVISORS },
	{ HTTP_OTHER, "/desk/advisors/import", RIGHT_ADVISORS }, { HTTP_OTHER, "/desk/advisors/people", RIGHT_ADVISORS },
	{ HTTP_OTHER, "/desk/advisors/plans", RIGHT_ADVISORS }, { HTTP_POST, "/desk/advisors/{id}", RIGHT_ADVISORS },
	{ HTTP_OTHER, "/desk/advisors/scores", RIGHT_STAFF }, { HTTP_OTHER, "=/desk/advisors/scores.csv", RIGHT_STAFF },
	{ HTTP_OTHER, "=/desk/advisors/scores.xlsx", RIGHT_STAFF }, { HTTP_OTHER, "/desk/advisors/scores/close", RIGHT_ADVISORS },
	{ HTTP_OTHER, "/desk/advisors/scores/findings", RIGHT_ADVISORS }, { HTTP_OTHER, "/desk/advisors/scores/{id}/decide", RIGHT_ADVISORS },
	{ HTTP_OTHER, "/desk/advisors/scores/{id}/renewal", RIGHT_ADVISORS },
	{ HTTP_OTHER, "=/api/v1/advisor-scores", RIGHT_STAFF },
	{ HTTP_GET, "=/desk/advisors.csv", RIGHT_STAFF }, { HTTP_GET, "=/desk/advisors.xlsx", RIGHT_STAFF },
	{ HTTP_OTHER, "/desk/register", RIGHT_STAFF }, { HTTP_OTHER, "/desk/register/import", RIGHT_NETWORK },
	{ HTTP_OTHER, "/desk/register/renewals", RIGHT_NETWORK }, { HTTP_POST, "/desk/register/sanctions", RIGHT_NETWORK },
	{ HTTP_POST, "/desk/register/person", RIGHT_NETWORK }, { HTTP_POST, "/desk/register/body", RIGHT_NETWORK },
	{ HTTP_POST, "/desk/register/ratio", RIGHT_NETWORK }, { HTTP_GET, "=/api/v1/providers", RIGHT_STAFF },
	{ HTTP_OTHER, "/desk/teams", RIGHT_STAFF }, { HTTP_OTHER, "/desk/teams/new", RIGHT_SUPERVISE },
	{ HTTP_POST, "/desk/teams/{id}", RIGHT_SUPERVISE }, { HTTP_POST, "/desk/teams/{id}/log", RIGHT_STAFF },
	{ HTTP_OTHER, "/desk/volunteering", RIGHT_STAFF }, { HTTP_OTHER, "/desk/volunteering/{id}", RIGHT_SUPERVISE },
	{ HTTP_OTHER, "/desk/pairs", RIGHT_STAFF }, { HTTP_OTHER, "/desk/pairs/new", RIGHT_SUPERVISE },
	{ HTTP_POST, "/desk/pairs/{id}", RIGHT_SUPERVISE }, { HTTP_POST, "/desk/pairs/{id}/training", RIGHT_STAFF },
	{ HTTP_OTHER, "=/desk/providers", RIGHT_STAFF }, { HTTP_OTHER, "/desk/providers/new", RIGHT_NETWORK },
	{ HTTP_OTHER, "/desk/providers/import", RIGHT_NETWORK }, { HTTP_OTHER, "/desk/providers/{id}", RIGHT_NETWORK },
	{ HTTP_OTHER, "/desk/firms", RIGHT_NETWORK },
	{ HTTP_OTHER, "=/desk/supervise", RIGHT_SUPERVISE }, { HTTP_OTHER, "/desk/follow-up", RIGHT_SUPERVISE },
	{ HTTP_OTHER, "/desk/order/{id}", RIGHT_CASE_READ }, { HTTP_OTHER, "/desk/order/{id}/reply", RIGHT_CASE_HANDLE },
	{ HTTP_OTHER, "/desk/order/{id}/judge", RIGHT_SUPERVISE }, { HTTP_OTHER, "/desk/order/{id}/withdraw", RIGHT_SUPERVISE },
	{ HTTP_OTHER, "/desk/orders", RIGHT_SUPERVISE }, { HTTP_OTHER, "=/desk/orders.csv", RIGHT_SUPERVISE },
	{ HTTP_OTHER, "=/desk/orders/mine", RIGHT_CASE_READ }, { HTTP_OTHER, "/desk/supervise/rules", RIGHT_SUPERVISE },
	{ HTTP_OTHER, "/desk/supervise/rules/new", RIGHT_SUPERVISE_RULES },
	{ HTTP_OTHER, "/desk/request/{id}/transfer", RIGHT_CASE_HANDLE },
	{ HTTP_OTHER, "/desk/request/{id}/cooperate", RIGHT_CASE_HANDLE }, { HTTP_GET, "/desk/cooperate", RIGHT_CASE_READ },
	{ HTTP_POST, "/desk/cooperate/{id}", RIGHT_CASE_HANDLE }, { HTTP_GET, "/api/v1/cooperations", RIGHT_CASE_READ },
	{ HTTP_OTHER, "/desk/duty", RIGHT_STAFF }, { HTTP_OTHER, "=/desk/roster", RIGHT_STAFF }, { HTTP_OTHER, "=/desk/roster/gaps", RIGHT_STAFF },
	{ HTTP_OTHER, "=/desk/roster/{id}", RIGHT_STAFF }, { HTTP_OTHER, "/desk/roster", RIGHT_SUPERVISE },
	{ HTTP_OTHER, "/desk/oncall", RIGHT_STAFF }, { HTTP_OTHER, "/desk/missed", RIGHT_CASE_READ }, { HTTP_OTHER, "/desk/missed/new", RIGHT_INTAKE },
	{ HTTP_POST, "=/api/v1/complaints", RIGHT_PUBLIC }, { HTTP_GET, "/api/v1/complaints", RIGHT_SUPERVISE },
	{ HTTP_OTHER, "=/api/v1/complaints/progress", RIGHT_PUBLIC },
	{ HTTP_OTHER, "/desk/figures/complaints", RIGHT_SUPERVISE }, { HTTP_OTHER, "=/desk/figures/complaints.csv", RIGHT_SUPERVISE },
	{ HTTP_OTHER, "=/desk/figures/complaints.xlsx", RIGHT_SUPERVISE },
	{ HTTP_OTHER, "/desk/complaints", RIGHT_SUPERVISE }, { HTTP_OTHER, "/desk/complaint/{id}", RIGHT_SUPERVISE },
	{ HTTP_OTHER, "/desk/complaint/new", RIGHT_INTAKE }, { HTTP_OTHER, "/desk/complaint/given", RIGHT_INTAKE },
	{ HTTP_OTHER, "/desk/figures", RIGHT_FIGURES }, { HTTP_OTHER, "=/desk/figures.csv", RIGHT_FIGURES },
	{ HTTP_OTHER, "/desk/circle", RIGHT_FIGURES }, { HTTP_OTHER, "/desk/circle/plans", RIGHT_STAFF },
	{ HTTP_OTHER, "/desk/circle/plan/{id}", RIGHT_STAFF }, { HTTP_OTHER, "/desk/circle/plan/{id}/draft", RIGHT_NETWORK },
	{ HTTP_OTHER, "/desk/people", RIGHT_PEOPLE }, { HTTP_OTHER, "/desk/network", RIGHT_NETWORK },
	{ HTTP_OTHER, "/desk/catalogue", RIGHT_CATALOGUE }, { HTTP_OTHER, "/desk/settings", RIGHT_SETTINGS },
	{ HTTP_GET, "/desk/texts", RIGHT_STAFF }, { HTTP_POST, "/desk/texts", RIGHT_POLICY }, { HTTP_GET, "/desk/texts/{kind}/{name}/new", RIGHT_POLICY },
	{ HTTP_GET, "/desk/policy", RIGHT_STAFF }, { HTTP_POST, "/desk/policy", RIGHT_POLICY },
	{ HTTP_OTHER, "/desk/policy/{package}/import", RIGHT_POLICY },
	{ HTTP_OTHER, "=/desk/policy/{package}/version/{id}/whatif.csv", RIGHT_POLICY },
	{ HTTP_OTHER, "=/desk/policy/{package}/version/{id}/whatif.xlsx", RIGHT_POLICY },
	{ HTTP_OTHER, "/desk/audit", RIGHT_AUDIT },
	{ HTTP_OTHER, "/api/v1/circle", RIGHT_PUBLIC }, { HTTP_OTHER, "/api/v1/items", RIGHT_PUBLIC }, { HTTP_OTHER, "=/api/v1/divisions", RIGHT_PUBLIC },
	{ HTTP_OTHER, "/api/v1/policy", RIGHT_PUBLIC }, { HTTP_OTHER, "/api/v1/points", RIGHT_PUBLIC }, { HTTP_OTHER, "/api/v1/progress", RIGHT_PUBLIC },
	{ HTTP_OTHER, "=/api/v1/requests", RIGHT_PUBLIC }, { HTTP_OTHER, "=/api/v1/queue", RIGHT_CASE_READ },
	{ HTTP_OTHER, "=/api/v1/legalaid", RIGHT_CASE_READ }, { HTTP_OTHER, "/api/v1/requests/{id}/legalaid", RIGHT_CASE_READ },
	{ HTTP_POST, "/api/v1/requests/{id}/legalaid/form", RIGHT_CASE_HANDLE },
	{ HTTP_OTHER, "=/api/v1/orders", RIGHT_SUPERVISE }, { HTTP_OTHER, "=/api/v1/orders/{id}", RIGHT_CASE_READ },
	{ HTTP_GET, "/api/v1/requests/{id}", RIGHT_CASE_READ }, { HTTP_POST, "/api/v1/requests/{id}", RIGHT_CASE_HANDLE },
};

static bool
path_is_under(const char *path, const char *rule)
{
	size_t n = strlen(rule);

	if (rule[0] == '=')
		return strcmp(path, rule + 1) == 0;
	if (n == 1)
		return strncmp(path, "/desk", 5) != 0 && strncmp(path, "/api", 4) != 0;
	return strncmp(path, rule, n) == 0 && (path[n] == '\0' || path[n] == '/');
}

enum right
right_wanted(const struct route *r)
{
	enum right best = RIGHT_NONE;
	size_t longest = 0;

	for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
		if ((rules[i].method == HTTP_OTHER || rules[i].method == r->method) && path_is_under(r->path, rules[i].path)
		    && strlen(rules[i].path) > longest) {
			longest = strlen(rules[i].path);
			best = rules[i].right;
		}
	return best;
}

/* ---- the stage -------------------------------------------------------------------------------------------- */

struct crypt *keys;
static char state_dir[64];
static struct app app;

static void
keys_make(void)
{
	struct text why;

	snprintf(state_dir, sizeof state_dir, "/tmp/zhaofa-rights-XXXXXX");
	assert_non_null(mkdtemp(state_dir));
	assert_int_equal(crypt_open(state_dir, true, &keys, &why), RC_OK);
	crypt_set_cost(keys, 1, 64);
	review_configure(keys);
	complaint_configure(keys);
}

static void
people_make(struct stage *f)
{
	char hash[128], sql[768];

	assert_int_equal(crypt_password_hash(keys, TEXT(PASSWORD), hash), RC_OK);
	for (size_t i = 1; i < PEOPLE; i++) {
		snprintf(sql, sizeof sql, "INSERT INTO account (city, id, login, name, title, role, place, point, password, active,"
		    " open_load, capacity, created_ms, revision) VALUES (3205, %d, '%s', '%s', '', %d, %lld, %d, '%s', 1, 0, 20, 1, 1)",
		    rights_people[i].id, rights_people[i].login, rights_people[i].login, rights_people[i].role, (long long)rights_people[i].place, rights_people[i].point, hash);
		stage_raw(f, sql);
	}
}

static void
point_make(struct stage *f, int id, int kind, int64_t place, int director)
{
	char sql[512];

	snprintf(sql, sizeof sql, "INSERT INTO point (city, id, code, kind, place, name, name_en, address, phone, director, parent,"
	    " datum, opened_day, revision) VALUES (3205, %d, 'p%d', %d, %lld, 'point %d', '', '', '1990000', %d, NULL, 0, 1, 1)",
	    id, id, kind, (long long)place, id, director);
	stage_raw(f, sql);
}

static void probes_set(void);

void
rights_begin(struct stage *f)
{
	static struct frame_site site;
	const char *why = NULL;

	if (keys == NULL)
		keys_make();
	if (!app_tables_ready(&why))
		fail_msg("%s", why);
	probes_set();
	app_clock_freeze(stage_now_ms);
	app = (struct app){ .mem = f->mem, .crypt = keys, .db = f->db, .conf = { .city = STAGE_CITY, .state = state_dir,
		.city_name = "苏州市", .public_url = "http://127.0.0.1:12348" } };
	site = (struct frame_site){ .name = "公共法律服务", .name_en = "Legal services", .site_code = "", .icp = "",
		.public_url = app.conf.public_url, .state = state_dir, .user = gate_user };
	frame_site_set(&site);
	f->ctx.crypt = keys;
	assert_int_equal(holidays_seed(&f->ctx), RC_OK);
	assert_int_equal(region_seed(&f->ctx), RC_OK);
	assert_int_equal(catalogue_seed(&f->ctx), RC_OK);
	stage_keep();
	people_make(f);
	point_make(f, COUNTY_CENTRE, 1, COUNTY, KEEPER);
	point_make(f, CENTRE, 2, TOWN, DIRECTOR);
	point_make(f, STATION, 3, VILLAGE, HELPER);
	point_make(f, LINE, 4, CITY, HOTLINE);
	stage_raw(f, "INSERT INTO point_village (city, village, point, from_day, reason) VALUES (3205, 320506100201, 201, 1, '')");
	assert_int_equal(network_reload(&f->ctx), RC_OK);
	memset(sessions, 0, sizeof sessions);
}

/* ---- a probe before every handler: was it let in? ------------------------------------------------------------ */

struct route copies[ROUTES_MAX];
static const struct route *originals[ROUTES_MAX];
size_t n_copies;
static bool reached;
enum rc probe_says = RC_OK;

enum rc
probe(struct exchange *x)
{
	reached = true;
	if (probe_says != RC_OK)
		return probe_says;
	return originals[x->route - copies]->handler(x);
}

/* app's list of sets is its own to write; it is only handed out as const. */
static void
probes_set(void)
{
	union { const struct route_set *read; struct route_set *write; } sets;
	size_t n = 0;

	sets.read = app_routes(&n);
	n_copies = 0;
	for (size_t i = 0; i < n; i++) {
		const struct route *from = sets.read[i].routes;

		sets.write[i].routes = copies + n_copies;
		for (size_t k = 0; k < sets.read[i].n; k++) {
			assert_true(n_copies < ROUTES_MAX);
			originals[n_copies] = &from[k];
			copies[n_copies] = from[k];
			copies[n_copies++].handler = probe;
		}
	}
}

/* ---- one request ----------------------------------------------------------------------------------------------- */

struct session sessions[PEOPLE];

/* Log-out and the like are among what is tried: who is out comes in again. */
const struct session *
session_of(struct stage *f, size_t who)
{
	struct actor nobody = identity_anonymous(STAGE_CITY);
	struct ctx ctx = stage_ctx(f, &nobody);
	struct session now;
	int64_t wait = 0;

	ctx.crypt = keys;
	if (identity_session(&ctx, text_of(sessions[who].token), &now) != RC_OK) {
		stage_raw(f, "DELETE FROM try_delay WHERE city = 3205");
		assert_int_equal(identity_login(&ctx, keys, text_of(rights_people[who].login), TEXT(PASSWORD), TEXT("127.0.0.1"),
		    &sessions[who], &wait), RC_OK);
	}
	return &sessions[who];
}

static void
path_fill(const char *pattern, int64_t id, char *out, size_t cap)
{
	size_t n = 0;

	for (const char *p = pattern; *p != '\0' && n + 24 < cap; p++) {
		if (*p != '{') {
			out[n++] = *p;
			continue;
		}
		n += (size_t)snprintf(out + n, cap - n, "%lld", (long long)(strncmp(p, "{id}", 4) == 0 ? id : 1));
		while (*p != '}')
			p++;
	}
	out[n] = '\0';
}

static const char *
value_for(const struct field *field, const struct target *t, char out[static 32])
{
	int64_t n = field->min > 1 ? field->min : 1;

	if (strcmp(field->key, "handover") == 0)
		n = t->handover;
	else if (strcmp(field->key, "callback") == 0)
		n = t->callback;
	else if (strcmp(field->key, "point") == 0 && t->point != 0)
		n = t->point;
	else if (strcmp(field->key, "revision") == 0 && t->point != 0)
		n = 1; /* of a co-operation that nobody has touched */
	else if (strcmp(field->key, "outcome") == 0)
		return "answered";
	else if (strcmp(field->key, "to") == 0 || strcmp(field->key, "login") == 0)
		return "helper";
	switch (field->kind) {
	case FIELD_LINE: case FIELD_PARAGRAPH: return "演示文字演示";
	case FIELD_BOOL: return "1";
	case FIELD_CHOICE: case FIELD_FLAGS: return field->choices != NULL ? field->choices[0].key : "1";
	case FIELD_DAY: return "2026-06-30";
	case FIELD_TIME: return "15:00";
	case FIELD_PHONE: return "19900001234";
	case FIELD_PLACE: return "320506100201";
	case FIELD_SECRET: return "another password of it";
	case FIELD_INT: case FIELD_KEY: snprintf(out, 32, "%lld", (long long)n); return out;
	case FIELD_IDCARD: case FIELD_CREDIT: case FIELD_CODE: return "";
	}
	return "";
}

#define FIELDS_MAX 48
static size_t
form_fill(struct arena *mem, const struct form *form, const struct target *t, struct param v[static FIELDS_MAX])
{
	size_t n = 0;

	for (size_t i = 0; form != NULL && i < form->n && n + 2 < FIELDS_MAX; i++) {
		char out[32];
		const char *value = value_for(&form->fields[i], t, out);

		if (value[0] != '\0')
			v[n++] = (struct param){ text_of(form->fields[i].key), arena_text(mem, text_of(value)) };
	}
	return n;
}

/* The same fields as JSON; numbers and truths as such. */
static struct text
body_fill(struct arena *mem, const struct form *form, struct param *v, size_t n)
{
	struct text body = TEXT("{");

	for (size_t i = 0; i < n; i++) {
		char key[64];
		const struct field *field;
		const char *quote = "\"";
		struct text value = v[i].value;

		snprintf(key, sizeof key, "%.*s", (int)v[i].name.n, v[i].name.p);
		field = form_field(form, key);
		if (field->kind == FIELD_INT || field->kind == FIELD_BOOL)
			quote = "";
		if (field->kind == FIELD_BOOL)
			value = TEXT("true");
		body = arena_format(mem, "%.*s%s\"%s\":%s%.*s%s", (int)body.n, body.p, i > 0 ? "," : "", key, quote, (int)value.n,
		    value.p, quote);
	}
	return arena_format(mem, "%.*s}", (int)body.n, body.p);
}

static struct text
csrf_for(struct stage *f, struct arena *mem, size_t who)
{
	unsigned char mac[32];
	char hex[65];

	if (rights_people[who].id != NOBODY)
		return text_of(session_of(f, who)->csrf);
	crypt_mac(keys, "csrf", TEXT(BROWSER), mac);
	hex_print(mac, 16, hex);
	return arena_text(mem, text_of(hex));
}

static struct answer
answer_of(struct http_response *out)
{
	struct answer a = { .status = out->status == 0 ? 200 : out->status, .reached = reached };

	for (size_t i = 0; i < out->n_headers; i++)
		if (strcmp(out->headers[i].name, "Location") == 0)
			a.to_login = text_starts_with(out->headers[i].value, TEXT("/desk/login"));
	a.says_unknown = text_contains(buf_text(&out->body), TEXT("不能确定是否已经存好"));
	a.says_unstored = text_contains(buf_text(&out->body), TEXT("没有存入"));
	a.carries = text_contains(buf_text(&out->body), TEXT("name=\"key\" value=\"00112233445566778899aabbccddeeff\""));
	buf_free(&out->body);
	return a;
}

struct answer
send_as(struct stage *f, size_t who, const struct route *r, const struct target *t, bool with_csrf)
{
	static struct arena *mem;
	struct param headers[] = { { TEXT("host"), TEXT("127.0.0.1") }, { TEXT("origin"), TEXT("http://127.0.0.1") },
		{ TEXT("idempotency-key"), TEXT_NONE }, { TEXT("x-csrf-token"), TEXT_NONE } };
	struct param cookies[2] = { { TEXT("browser"), TEXT(BROWSER) } }, form[FIELDS_MAX];
	char path[256], key[33];
	unsigned char fresh[16];
	struct http_response out = { .status = 200 };
	struct http_request in = { .method = r->method, .path = { path, 0 }, .headers = { headers, 3 }, .cookies = { cookies, 1 },
		.peer = TEXT("127.0.0.1"), .id = TEXT("rights") };
	size_t n;

	if (mem == NULL)
		mem = arena_create(64 << 20);
	arena_reset(mem);
	path_fill(r->path, t->id, path, sizeof path);
	in.path = text_of(path);
	crypt_random(fresh, sizeof fresh);
	hex_print(fresh, sizeof fresh, key);
	headers[2].value = text_of(key);
	if (rights_people[who].id != NOBODY)
		cookies[in.cookies.n++] = (struct param){ TEXT("session"), text_of(session_of(f, who)->token) };
	n = form_fill(mem, r->form, t, form);
	if ((r->flags & ROUTE_API) != 0 && r->method == HTTP_POST) {
		in.body = body_fill(mem, r->form, form, n);
		in.content_type = TEXT("application/json");
		headers[3].value = csrf_for(f, mem, who);
		in.headers.n = with_csrf ? 4 : 3;
	} else if (with_csrf) {
		form[n] = (struct param){ TEXT("csrf"), csrf_for(f, mem, who) };
		n++;
		if (probe_says != RC_OK) {
			form[n] = (struct param){ TEXT("key"), TEXT("00112233445566778899aabbccddeeff") };
			n++;
		}
	}
	if (r->method == HTTP_POST)
		in.form = (struct params){ form, n };
	buf_init(&out.body, 16 << 20);
	reached = false;
	gate_serve(&app, mem, &in, &out);
	return answer_of(&out);
}

const char *
method_word(const struct route *r)
{
	return r->method == HTTP_POST ? "POST" : "GET";
}
