/* The people who work there and the points they work at: every county, town and village of the region. */
#include "app/demo.h"

#include "kit/audit/audit.h"
#include "resources/network/network.h"
#include "standards/catalogue/catalogue.h"
#include "standards/region/region.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The town whose staff have short logins, for the one account per role that `run` prints. */
#define DIVISIONS_MAX 4000
#define SHOW_COUNTY INT64_C(320506000000)

const struct demo_login demo_logins[] = {
	{ "station", "station", "村（社区）站点工作人员 / village station helper" },
	{ "clerk", "clerk", "镇中心窗口人员 / window clerk of a town centre" },
	{ "hotline", "hotline", "12348 话务员 / hotline operator" },
	{ "lawyer", "provider", "律师 / lawyer" },
	{ "director", "director", "镇中心主任（司法所所长） / director of a town centre" },
	{ "official", "official", "市司法局 / official of the city bureau" },
	{ "admin", "admin", "系统管理员 / administrator" },
	{ "auditor", "auditor", "审计员 / auditor" },
	{ "aid", "clerk", "县（区）法律援助机构审查人员 / examiner of the county's legal aid institution" },
	{ "aid-director", "director", "县（区）法律援助机构负责人（决定） / decides on legal aid" },
	{ "lawyer2", "provider", "律师，第二人（换班） / a second lawyer, to swap duty with" },
	{ "official2", "official", "市司法局，第二人（审定规则） / official of the city bureau, the second person" },
};
const size_t demo_logins_n = sizeof demo_logins / sizeof demo_logins[0];

struct seat {                 /* an account to be, and the point it will work at */
	struct account_new account;
	int64_t id;
	int point;                /* index in points, or -1 */
	char login[24], name[32];
};

struct plan {
	struct demo_city *city;
	struct arena *mem;
	struct seat *seats;
	size_t n_seats, cap_seats;
	struct point_new *points;
	int *parents;             /* index of the point above, or -1 */
	int64_t *point_ids;
	int *directors;           /* seat of the director */
	size_t n_points, cap_points;
	size_t n_counties, n_towns; /* points come in this order: counties, towns, hotline and online, stations */
	char hash[128];
};

static const struct db_stmt demo_q[] = {
	{ "demo.account_point", DB_SYSTEM, "UPDATE account SET point = $3 WHERE city = $1 AND id = $2", 0 },
	{ "demo.population", DB_SYSTEM, "UPDATE division SET population = $3, source = '示范人口（虚构）' WHERE city = $1 AND code = $2", 0 },
};
const struct db_set demo_sql = DB_SET("demo", demo_q);

/* ---- planning ------------------------------------------------------------------------------------- */

static size_t
seat_add(struct plan *p, enum role role, const char *login, struct place place, int point, const char *title, int64_t capacity)
{
	struct seat *s = &p->seats[p->n_seats];

	if (p->n_seats >= p->cap_seats)
		abort(); /* our own count of the region was wrong */
	demo_name(&p->city->random, s->name);
	snprintf(s->login, sizeof s->login, "%s", login);
	s->account = (struct account_new){ .login = text_of(s->login), .name = text_of(s->name), .title = text_of(title),
		.role = role, .place = place, .capacity = capacity };
	s->point = point;
	return p->n_seats++;
}

static void
seat_login(struct plan *p, size_t seat, const char *login)
{
	struct seat *s = &p->seats[seat];

	snprintf(s->login, sizeof s->login, "%s", login);
	s->account.login = text_of(s->login);
}

static void
hours_week(struct point_new *pt, int last_day)
{
	for (int d = 1; d <= last_day; d++) {
		pt->hours[pt->n_hours++] = (struct point_hours){ d, 9 * 60, 12 * 60 };
		pt->hours[pt->n_hours++] = (struct point_hours){ d, 13 * 60 + 30, 17 * 60 };
	}
}

static int
point_add(struct plan *p, enum point_kind kind, struct place place, struct text name, int parent)
{
	struct point_new *pt = &p->points[p->n_points];
	const struct division *d = region_find(place, DAY_NONE);

	if (p->n_points >= p->cap_points)
		abort();
	*pt = (struct point_new){ .kind = (int)kind, .place = place, .name = name, .opened = day_add(day_of_moment(app_now_ms()), -400) };
	pt->phone = arena_format(p->mem, "1990000%04d", (int)(p->n_points % 10000));
	pt->address = arena_format(p->mem, "%.*s（示范地址）", d != NULL ? (int)d->path.n : 0, d != NULL ? d->path.p : "");
	if (d != NULL)
		pt->position = d->position;
	p->parents[p->n_points] = parent;
	return (int)p->n_points++;
}

static struct text
named(struct plan *p, struct text place, const char *what)
{
	return arena_format(p->mem, "%.*s%s", (int)place.n, place.p, what);
}

static void
login_make(char out[static 24], char kind, int64_t code, int digits)
{
	int64_t shown = code;

	for (int i = 12; i > digits; i--)
		shown /= 10;
	snprintf(out, 24, "%c%lld", kind, (long long)shown);
}

static void
county_plan(struct plan *p, const struct division *d)
{
	int at = point_add(p, POINT_COUNTY, d->place, named(p, d->name, "公共法律服务中心"), -1);
	char login[24];

	hours_week(&p->points[at], 5);
	login_make(login, 'd', d->place.code, 6);
	p->directors[at] = (int)seat_add(p, ROLE_DIRECTOR, login, d->place, at, "中心主任（局领导兼任）", 60);
	if (d->place.code == SHOW_COUNTY)
		seat_login(p, (size_t)p->directors[at], "aid-director");
	for (int i = 0; i < 3; i++) {
		size_t seat;

		login_make(login, (char)('x' + i), d->place.code, 6);
		seat = seat_add(p, ROLE_CLERK, login, d->place, at, "综合服务窗口", 80);
		if (i == 0 && d->place.code == SHOW_COUNTY)
			seat_login(p, seat, "aid");
	}
	for (int i = 0; i < 4; i++) {
		size_t seat;

		login_make(login, (char)('k' + i), d->place.code, 6);
		seat = seat_add(p, ROLE_PROVIDER, login, d->place, at, "律师", 60);
		if (i == 0 && d->place.code == SHOW_COUNTY)
			seat_login(p, seat, "lawyer");
		if (i == 1 && d->place.code == SHOW_COUNTY)
			seat_login(p, seat, "lawyer2");
	}
	login_make(login, 'o', d->place.code, 6);
	seat_add(p, ROLE_OFFICIAL, login, d->place, -1, "司法局", 0);
}

/* Some town centres stay open on two evenings: the map by the hour then has something to show. */
static void
evenings(struct point_new *pt)
{
	for (int d = 2; d <= 4; d += 2)
		pt->hours[pt->n_hours++] = (struct point_hours){ d, 18 * 60, 20 * 60 + 30 };
}

static void
town_plan(struct plan *p, const struct division *d, int county)
{
	int at = point_add(p, POINT_TOWN, d->place, named(p, d->name, "公共法律服务中心"), county);
	char login[24];
	size_t director, clerk;

	hours_week(&p->points[at], 5);
	if (d->place.code / 1000 % 3 == 0)
		evenings(&p->points[at]);
	login_make(login, 'd', d->place.code, 9);
	director = seat_add(p, ROLE_DIRECTOR, login, d->place, at, "中心主任（司法所所长）", 40);
	p->directors[at] = (int)director;
	login_make(login, 'c', d->place.code, 9);
	clerk = seat_add(p, ROLE_CLERK, login, d->place, at, "窗口", 60);
	if (p->points[county].place.code == SHOW_COUNTY && d->place.code / 1000 % 1000 == 100) {
		seat_login(p, director, "director");
		seat_login(p, clerk, "clerk");
	}
}

/* A fixed station serves one village, sometimes its neighbours too, never more than three (S112). */
static void
stations_plan(struct plan *p, const struct division *town, int centre)
{
	const struct division *v[256];
	size_t n = region_children(town->place, DAY_NONE, v, 256);
	bool show = p->seats[p->directors[centre]].login[0] == 'd' && strcmp(p->seats[p->directors[centre]].login, "director") == 0;

	for (size_t i = 0; i < n;) {
		size_t take = demo_chance(&p->city->random, 10) ? (demo_chance(&p->city->random, 30) ? 3 : 2) : 1;
		int at = point_add(p, POINT_STATION, v[i]->place, named(p, v[i]->name, "便民法律服务站"), centre);
		char login[24];
		size_t seat;

		if (take > n - i)
			take = n - i;
		hours_week(&p->points[at], 5);
		for (size_t k = 0; k < take; k++)
			p->points[at].villages[p->points[at].n_villages++] = v[i + k]->place;
		login_make(login, 's', v[i]->place.code, 12);
		seat = seat_add(p, ROLE_STATION, login, take == 1 ? v[i]->place : town->place, at, "站点工作人员", 20);
		p->directors[at] = (int)seat;
		if (show && i == 0)
			seat_login(p, seat, "station");
		i += take;
	}
}

static void
city_plan(struct plan *p, struct place city)
{
	int at = point_add(p, POINT_HOTLINE, city, TEXT("12348 公共法律服务热线"), -1);
	char login[24];

	p->points[at].phone = TEXT("12348");
	for (int d = 1; d <= 8; d++)
		p->points[at].hours[p->points[at].n_hours++] = (struct point_hours){ d, 0, 24 * 60 };
	p->directors[at] = (int)seat_add(p, ROLE_DIRECTOR, "hotline-director", city, at, "12348 平台主任", 100);
	for (int i = 0; i < 6; i++) {
		snprintf(login, sizeof login, "hotline%s", i == 0 ? "" : (const char[]){ (char)('1' + i), '\0' });
		seat_add(p, ROLE_HOTLINE, login, city, at, "话务员", 200);
	}
	seat_add(p, ROLE_OFFICIAL, "official", city, -1, "市司法局", 0);
	seat_add(p, ROLE_ADMIN, "admin", city, -1, "系统管理员", 0);
	seat_add(p, ROLE_AUDITOR, "auditor", city, -1, "审计员", 0);
	seat_add(p, ROLE_OFFICIAL, "official2", city, -1, "市司法局", 0);
}

static void
plan_all(struct plan *p)
{
	struct place city = { p->city->app->conf.city * INT64_C(100000000) };
	const struct division *counties[32], *towns[64];
	size_t n = region_children(city, DAY_NONE, counties, 32);

	for (size_t i = 0; i < n; i++)
		county_plan(p, counties[i]);
	p->n_counties = n;
	for (size_t i = 0; i < n; i++) {
		size_t m = region_children(counties[i]->place, DAY_NONE, towns, 64);

		for (size_t k = 0; k < m; k++)
			town_plan(p, towns[k], (int)i);
	}
	p->n_towns = p->n_points - n;
	city_plan(p, city);
	for (size_t i = 0; i < p->n_towns; i++)
		stations_plan(p, region_find(p->points[n + i].place, DAY_NONE), (int)(n + i));
}

/* ---- making it real -------------------------------------------------------------------------------- */

static enum rc
seats_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct plan *p = arg;
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < p->n_seats; i++) {
		struct account_id id = { 0 };

		rc = identity_insert(tx, actor, &p->seats[i].account, p->hash, &id);
		p->seats[i].id = id.n;
		if (rc != RC_OK)
			fprintf(stderr, "demo: account %s: %s\n", p->seats[i].login, rc_name(rc));
	}
	return rc;
}

static enum rc
points_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct plan *p = arg;
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < p->n_seats; i++)
		if (p->seats[i].point >= 0)
			rc = tx_run_one(tx, actor, &demo_q[0],
			    ARGS(db_int(p->seats[i].id), db_int(p->point_ids[p->seats[i].point])));
	return rc;
}

/* Made-up people: 600 to 7,600 a village, by its code. */
static enum rc
people_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	const struct plan *p = arg;
	struct place city = { p->city->app->conf.city * INT64_C(100000000) };
	const struct division **v = arena_array(tx_mem(tx), DIVISIONS_MAX, sizeof *v);
	size_t n = v == NULL ? 0 : region_list(city, PLACE_VILLAGE, DAY_NONE, v, DIVISIONS_MAX);
	enum rc rc = v == NULL ? RC_NO_MEMORY : RC_OK;

	for (size_t i = 0; rc == RC_OK && i < n && i < DIVISIONS_MAX; i++) {
		uint64_t h = (uint64_t)v[i]->place.code * UINT64_C(0x9e3779b97f4a7c15);
		int64_t people = 600 + (int64_t)((h >> 40) % 5000) + (v[i]->rural ? 0 : 2000);

		rc = tx_run_one(tx, actor, &demo_q[1], ARGS(db_int(v[i]->place.code), db_int(people)));
	}
	return rc;
}

static enum rc
points_create(struct ctx *ctx, struct plan *p, size_t from, size_t to)
{
	struct findings findings = { .n = 0 };
	enum rc rc;

	for (size_t i = from; i < to; i++) {
		p->points[i].director = p->seats[p->directors[i]].id;
		p->points[i].parent = p->parents[i] >= 0 ? p->point_ids[p->parents[i]] : 0;
	}
	rc = network_create_many(ctx, idem_key_new(), p->points + from, to - from, &findings, p->point_ids + from);
	for (size_t i = 0; i < findings.n && i < 5; i++)
		fprintf(stderr, "demo: point %d: %s: %s\n", findings.v[i].line, findings.v[i].field, findings.v[i].message);
	return rc;
}

static enum rc
make_real(struct ctx *ctx, struct plan *p)
{
	size_t centres = p->n_counties + p->n_towns;
	enum rc rc;

	rc = db_command(ctx, idem_key_new(), &(struct command){ .name = "demo.seats", .fn = seats_tx, .arg = p });
	if (rc == RC_OK)
		rc = points_create(ctx, p, 0, p->n_counties);
	if (rc == RC_OK)
		rc = points_create(ctx, p, p->n_counties, centres + 1);
	if (rc == RC_OK)
		rc = points_create(ctx, p, centres + 1, p->n_points);
	if (rc == RC_OK)
		rc = db_command(ctx, idem_key_new(), &(struct command){ .name = "demo.points", .fn = points_tx, .arg = p });
	if (rc == RC_OK)
		rc = db_command(ctx, idem_key_new(), &(struct command){ .name = "demo.people", .fn = people_tx, .arg = p });
	if (rc == RC_OK)
		rc = region_reload(ctx);
	return rc;
}

/* ---- what the year needs of it ------------------------------------------------------------------------ */

static int
by_id(const void *x, const void *y)
{
	const struct demo_account *a = x, *b = y;

	return a->id < b->id ? -1 : a->id > b->id;
}

static enum rc
accounts_keep(struct demo_city *city, const struct plan *p, struct arena *mem)
{
	city->accounts = arena_array(mem, p->n_seats, sizeof *city->accounts);
	city->stations = arena_array(mem, p->n_seats, sizeof *city->stations);
	city->windows = arena_array(mem, p->n_seats, sizeof *city->windows);
	city->hotline = arena_array(mem, 16, sizeof *city->hotline);
	if (city->accounts == NULL || city->stations == NULL || city->windows == NULL || city->hotline == NULL)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < p->n_seats; i++) {
		const struct seat *s = &p->seats[i];

		city->accounts[city->n_accounts++] = (struct demo_account){ .id = s->id, .account = { .id = { s->id },
		    .role = s->account.role, .place = s->account.place, .active = true,
		    .point = s->point >= 0 ? p->point_ids[s->point] : 0 } };
		if (s->account.role == ROLE_STATION)
			city->stations[city->n_stations++] = s->id;
		if (s->account.role == ROLE_CLERK)
			city->windows[city->n_windows++] = s->id;
		if (s->account.role == ROLE_HOTLINE)
			city->hotline[city->n_hotline++] = s->id;
	}
	qsort(city->accounts, city->n_accounts, sizeof *city->accounts, by_id);
	return RC_OK;
}

const struct account *
demo_account_find(const struct demo_city *city, int64_t id)
{
	struct demo_account key = { .id = id };
	const struct demo_account *found = bsearch(&key, city->accounts, city->n_accounts, sizeof key, by_id);

	return found != NULL ? &found->account : NULL;
}

static enum rc
items_keep(struct ctx *ctx, struct demo_city *city)
{
	struct item *items = NULL;
	size_t n = 0;
	enum rc rc = catalogue_list(ctx, day_of_moment(ctx->now_ms), false, &items, &n);

	for (size_t i = 0; rc == RC_OK && i < n && city->n_items < 16; i++) {
		/* what ends by steps of its own is lived by demo_aid.c; consult is first by its sort */
		city->items[city->n_items++] = text_equals(items[i].matter, TEXT("legal-aid")) || text_equals(items[i].matter, TEXT("mediation"))
		    ? items[0].id : items[i].id; /* those come by their own ways */
		if (text_equals(items[i].code, TEXT("consult")))
			city->item_consult = items[i].id;
	}
	return rc == RC_OK && city->item_consult == 0 ? RC_CORRUPT : rc;
}

enum rc
demo_city_build(struct demo_city *city, struct arena *mem)
{
	struct actor system = identity_system(city->app->conf.city);
	struct place all = { city->app->conf.city * INT64_C(100000000) };
	struct ctx ctx = app_ctx(city->app, mem, &system);
	const struct division **v = arena_array(mem, 4096, sizeof *v);
	struct plan *p = ARENA_NEW(mem, struct plan);
	size_t villages = v != NULL ? region_list(all, PLACE_VILLAGE, DAY_NONE, v, 4096) : 0;
	enum rc rc;

	if (p == NULL)
		return RC_NO_MEMORY;
	*p = (struct plan){ .city = city, .mem = mem, .cap_seats = villages + 1024, .cap_points = villages + 512 };
	p->seats = arena_array(mem, p->cap_seats, sizeof *p->seats);
	p->points = arena_array(mem, p->cap_points, sizeof *p->points);
	p->parents = arena_array(mem, p->cap_points, sizeof *p->parents);
	p->directors = arena_array(mem, p->cap_points, sizeof *p->directors);
	p->point_ids = arena_array(mem, p->cap_points, sizeof *p->point_ids);
	city->villages = arena_array(mem, villages + 1, sizeof *city->villages);
	if (p->seats == NULL || p->points == NULL || p->parents == NULL || p->directors == NULL || p->point_ids == NULL
	    || city->villages == NULL)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < villages; i++)
		city->villages[city->n_villages++] = v[i]->place;
	rc = crypt_password_hash(city->app->crypt, TEXT(DEMO_PASSWORD), p->hash);
	if (rc != RC_OK)
		return rc;
	plan_all(p);
	rc = make_real(&ctx, p);
	if (rc == RC_OK)
		rc = accounts_keep(city, p, mem);
	return rc == RC_OK ? items_keep(&ctx, city) : rc;
}
