/*
 * zhaofa circle: networks of ways and what is reached on them, from files to files, without a
 * database.  Refusals in Chinese and English.
 */
#include "app/cli_circle.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "kit/crew/crew_pool.h"
#include "kit/msg/msg.h"

#define TEXT_BYTES ((size_t)1 << 30)
#define OUT_BYTES ((size_t)1 << 30)

int
cli_circle_usage(void)
{
	fputs("zhaofa circle import    --osm FILE | --nodes CSV --edges CSV --datum D   [--speeds CSV] [--within W,S,E,N]\n"
	      "                        [--date DAY] [--label TEXT] [--max-mb N] --out FILE\n"
	      "zhaofa circle synth     [--seed N] [--grain N] --out FILE [--villages CSV --points CSV [--n-points N]]\n"
	      "zhaofa circle build     --net FILE [--mode M] --out FILE                  hierarchies for car and ebike\n"
	      "zhaofa circle cover     --net FILE | --est   --villages CSV --points CSV [--geojson]\n"
	      "zhaofa circle nearest   --net FILE --villages CSV --points CSV [--k N]\n"
	      "zhaofa circle matrix    --net FILE --from CSV --to CSV\n"
	      "zhaofa circle isochrone --net FILE --at LON,LAT [--cell METRES]           GeoJSON\n"
	      "zhaofa circle verify    --net FILE [--pairs N | --all] [--isochrones N] [--seed N]  all ways of asking give one answer\n"
	      "zhaofa circle site      --net FILE --villages CSV [--points CSV] --candidates CSV --add N [--seed N]\n"
	      "                        --model covering [--capacity N] | median | centre, or cover without --add\n"
	      "                        [--write-lp FILE]                                 the model for another solver\n"
	      "                        --model rounds --add STOPS --days N --base CSV    stops on wheels, their days and order\n"
	      "zhaofa circle site      --pmed FILE [--seed N]                            an OR-Library p-median, with its bound\n"
	      "  --mode car|ebike|foot  --minutes N  --datum wgs84|cgcs2000|gcj02|bd09 (of tables and --at: must be said)\n"
	      "  --reach METRES from a street  --workers N  --out FILE\n"
	      "  tables of places: code,lon,lat[,name][,weight][,datum]\n", stderr);
	return 2;
}

/* ---- files --------------------------------------------------------------------------------- */

bool
cli_circle_text(struct circle_asked *q, const char *path, struct text *ret)
{
	FILE *f = path == NULL ? NULL : fopen(path, "rb");
	char *p;
	long n = -1;
	bool fine;

	if (f != NULL && fseek(f, 0, SEEK_END) == 0)
		n = ftell(f);
	if (n < 0 || (size_t)n > TEXT_BYTES) {
		fprintf(stderr, "zhaofa: circle: %s: cannot be read, or past %zu bytes\n",
		    path == NULL ? "(no file)" : path, TEXT_BYTES);
		if (f != NULL)
			fclose(f);
		return false;
	}
	rewind(f);
	p = arena_raw(q->mem, (size_t)n + 1, 1);
	fine = p != NULL && fread(p, 1, (size_t)n, f) == (size_t)n;
	fclose(f);
	if (!fine)
		fprintf(stderr, "zhaofa: circle: %s: cannot be read\n", path);
	*ret = (struct text){ p, (size_t)n };
	return fine;
}

bool
cli_circle_put(const struct circle_asked *q, const struct buf *b)
{
	FILE *f = q->out == NULL ? stdout : fopen(q->out, "wb");
	bool fine = f != NULL && buf_rc(b) == RC_OK && fwrite(b->p, 1, b->n, f) == b->n;

	if (f != NULL && f != stdout)
		fine = fclose(f) == 0 && fine;
	else if (f != NULL)
		fine = fflush(f) == 0 && fine;
	if (!fine)
		fprintf(stderr, "zhaofa: circle: %s: %s\n", q->out == NULL ? "standard output" : q->out,
		    buf_rc(b) == RC_OK ? "cannot be written" : rc_name(buf_rc(b)));
	return fine;
}

bool
cli_circle_datum(const struct circle_asked *q, enum route_datum *ret)
{
	*ret = ROUTE_DATUM_NONE;
	if (q->datum == NULL || route_datum_parse(text_of(q->datum), ret) == RC_OK)
		return true;
	fprintf(stderr, "zhaofa: circle: --datum %s: wgs84, cgcs2000, gcj02 或 bd09\n", q->datum);
	return false;
}

bool
cli_circle_findings(struct circle_asked *q, const char *path, const struct findings *f)
{
	for (size_t i = 0; i < f->n; i++) {
		struct text zh = finding_text(q->mem, LANG_ZH, &f->v[i]), en = finding_text(q->mem,
		    LANG_EN, &f->v[i]);

		fprintf(stderr, "%s: 第 %d 行 line %d: %s: %.*s / %.*s\n", path, f->v[i].line,
		    f->v[i].line, f->v[i].field, (int)zh.n, zh.p, (int)en.n, en.p);
	}
	if (f->total > f->n)
		fprintf(stderr, "%s: 共 %zu 处 / %zu in all\n", path, f->total, f->total);
	return f->total == 0;
}

bool
cli_circle_places(struct circle_asked *q, const char *path, struct circle_places *ret)
{
	struct findings findings = { .n = 0 };
	enum route_datum datum;
	struct text csv;
	enum rc rc;

	if (!cli_circle_datum(q, &datum) || !cli_circle_text(q, path, &csv))
		return false;
	rc = circle_places_read(q->mem, csv, datum, ret, &findings);
	if (rc != RC_OK && findings.total == 0)
		fprintf(stderr, "zhaofa: circle: %s: %s\n", path, rc_name(rc));
	return cli_circle_findings(q, path, &findings) && rc == RC_OK;
}

/* ---- networks ------------------------------------------------------------------------------ */

bool
cli_circle_crew(struct circle_asked *q)
{
	if (q->crew == NULL && q->workers != 1)
		q->crew = crew_pool_start((unsigned)q->workers);
	for (unsigned k = 0; k < crew_workers(q->crew); k++)
		if (q->worker[k] == NULL) {
			q->worker[k] = arena_create(CIRCLE_BOUND);
			if (q->worker[k] == NULL)
				return false;
		}
	return true;
}

static void
about_print(const struct route_bundle *b)
{
	static const char *const provider[] = { [ROUTE_PROVIDER_NET] = "net",
	    [ROUTE_PROVIDER_SYNTHETIC] = "syn" };
	char day[32] = "unknown";

	if (b->about.data_day != INT32_MIN) {
		struct ymd ymd = day_to_ymd((struct day){ b->about.data_day });

		snprintf(day, sizeof day, "%04d-%02d-%02d", ymd.year, ymd.month, ymd.day);
	}
	fprintf(stderr, "%s: %s, data of %s: %u nodes, %u arcs; hierarchies:%s%s%s\n",
	    provider[(int)b->about.provider],
	    b->about.label, day, b->net.n, b->net.m, b->has[ROUTE_CAR] ? " car" : "",
	    b->has[ROUTE_EBIKE] ? " ebike" : "",
	    b->has[ROUTE_FOOT] ? " foot" : "");
}

bool
cli_circle_open(struct circle_asked *q, bool mode, struct circle_road *ret)
{
	enum route_file_why why;
	enum rc rc;

	if (q->net == NULL) {
		cli_circle_usage();
		return false;
	}
	rc = circle_file_open(q->net, &ret->map, &ret->b, &why);
	if (rc != RC_OK) {
		const char *zh = rc == RC_CORRUPT ? circle_file_why_text(why) : T("文件不存在或不能读取");

		fprintf(stderr, "zhaofa: circle: %s: %s / %s\n", q->net, zh, msg(LANG_EN, zh));
		return false;
	}
	about_print(&ret->b);
	if (mode)
		rc = route_graph_of(q->mem, &ret->b.net, q->mode, false, &ret->graph);
	if (mode && rc == RC_OK)
		rc = route_islands(q->mem, q->spare, &ret->graph, &ret->islands);
	if (mode && rc == RC_OK)
		rc = route_grid_new(q->mem, q->spare, &ret->b.net, q->mode, ret->islands.strong, &ret->grid);
	if (rc != RC_OK) {
		fprintf(stderr, "zhaofa: circle: %s: %s\n", q->net, rc_name(rc));
		circle_file_close(&ret->map);
	}
	return rc == RC_OK;
}

void
cli_circle_close(struct circle_road *r)
{
	circle_file_close(&r->map);
}

struct route_stop *
cli_circle_stops(struct circle_asked *q, const struct circle_road *r, const struct circle_places *p,
    uint32_t *ret_off)
{
	struct route_snap how = { (uint32_t)q->reach, 750 }; /* to the street on foot at 4.8 km/h */
	struct route_stop *v = arena_array(q->mem, p->n + 1, sizeof *v);

	*ret_off = 0;
	for (uint32_t i = 0; v != NULL && i < p->n; i++)
		*ret_off += !route_grid_snap(r->grid, &how, p->v[i].at, &v[i]);
	return v;
}

bool
cli_circle_matrix(struct circle_asked *q, const struct circle_road *r,
    const struct route_stop *from, uint32_t n_from,
    const struct route_stop *to, uint32_t n_to, uint32_t limit, struct route_matrix *ret)
{
	struct route_plan *plan;
	enum rc rc;

	if (!cli_circle_crew(q))
		return false;
	if (r->b.has[(int)q->mode] && q->mode != ROUTE_FOOT) {
		rc = route_plan_new(q->mem, &r->b.h[(int)q->mode], to, n_to, &plan);
		if (rc == RC_OK)
			rc = route_matrix_run(q->worker, plan, from, n_from, limit, q->crew,
			    ROUTE_LANES_BEST, ret);
	} else {
		rc = route_matrix_search(q->worker, &r->graph, from, n_from, to, n_to, limit, q->crew, ret);
	}
	if (rc != RC_OK)
		fprintf(stderr, "zhaofa: circle: %s\n", rc_name(rc));
	return rc == RC_OK;
}

/* ---- words --------------------------------------------------------------------------------- */

static bool
number(const char *name, const char *word, int64_t least, int64_t most, int64_t *ret)
{
	if (int64_parse(text_of(word), least, most, ret) == RC_OK)
		return true;
	fprintf(stderr, "zhaofa: circle: --%s %s: %lld 至 / to %lld\n", name, word, (long long)least,
	    (long long)most);
	return false;
}

const char *
cli_circle_mode(enum route_mode mode)
{
	static const char *const names[ROUTE_MODES] = { "car", "ebike", "foot" };

	return names[(int)mode];
}

static bool
mode_parse(struct circle_asked *q, const char *word)
{
	for (int k = 0; k < ROUTE_MODES; k++)
		if (strcmp(word, cli_circle_mode((enum route_mode)k)) == 0) {
			q->mode = (enum route_mode)k;
			q->mode_said = true;
			return true;
		}
	fprintf(stderr, "zhaofa: circle: --mode %s: car, ebike, foot\n", word);
	return false;
}

enum { OPT_TEXT = 1, OPT_NUMBER, OPT_MODE, OPT_FLAG };

static const struct row { const char *name; int kind; size_t at; int64_t least, most; } rows[] = {
#define AT(m) offsetof(struct circle_asked, m)
	{ "net", OPT_TEXT, AT(net), 0, 0 }, { "out", OPT_TEXT, AT(out), 0, 0 }, { "osm", OPT_TEXT,
	    AT(osm), 0, 0 },
	{ "nodes", OPT_TEXT, AT(nodes), 0, 0 }, { "edges", OPT_TEXT, AT(edges), 0, 0 },
	{ "datum", OPT_TEXT, AT(datum), 0, 0 }, { "speeds", OPT_TEXT, AT(speeds), 0, 0 },
	{ "date", OPT_TEXT, AT(date), 0, 0 }, { "label", OPT_TEXT, AT(label), 0, 0 },
	{ "within", OPT_TEXT, AT(within), 0, 0 }, { "villages", OPT_TEXT, AT(villages), 0, 0 },
	{ "points", OPT_TEXT, AT(points), 0, 0 }, { "from", OPT_TEXT, AT(from), 0, 0 }, { "to",
	    OPT_TEXT, AT(to), 0, 0 },
	{ "at", OPT_TEXT, AT(at), 0, 0 }, { "pmed", OPT_TEXT, AT(pmed), 0, 0 },
	{ "candidates", OPT_TEXT, AT(candidates), 0, 0 }, { "add", OPT_NUMBER, AT(add), 1, 10000 },
	{ "model", OPT_TEXT, AT(model), 0, 0 }, { "capacity", OPT_NUMBER, AT(capacity), 1, 100000 },
	{ "mode", OPT_MODE, 0, 0, 0 }, { "geojson", OPT_FLAG, AT(geojson), 0, 0 },
	{ "est", OPT_FLAG, AT(est), 0, 0 }, { "all", OPT_FLAG, AT(all), 0, 0 }, { "minutes",
	    OPT_NUMBER, AT(minutes), 1, 1440 },
	{ "k", OPT_NUMBER, AT(k), 1, 1000 }, { "seed", OPT_NUMBER, AT(seed), 0, INT64_MAX },
	{ "grain", OPT_NUMBER, AT(grain), 1, 8 },
	{ "n-points", OPT_NUMBER, AT(n_points), 1, 1000000 }, { "pairs", OPT_NUMBER, AT(pairs), 1,
	    1000000000 },
	{ "workers", OPT_NUMBER, AT(workers), 0, CREW_WORKERS_MAX }, { "cell", OPT_NUMBER, AT(cell),
	    10, 10000 },
	{ "reach", OPT_NUMBER, AT(reach), 1, 100000 }, { "max-mb", OPT_NUMBER, AT(max_mb), 1, 1000000 },
	{ "isochrones", OPT_NUMBER, AT(isochrones), 0, 100000 }, { "write-lp", OPT_TEXT, AT(write_lp), 0, 0 },
	{ "base", OPT_TEXT, AT(base), 0, 0 }, { "days", OPT_NUMBER, AT(days), 1, 240 },
#undef AT
};
#define N_ROWS (sizeof rows / sizeof rows[0])

static bool
option_take(struct circle_asked *q, const struct row *row, const char *word)
{
	char *to = (char *)q + row->at;

	switch (row->kind) {
	case OPT_TEXT:
		memcpy(to, &word, sizeof word);
		return true;
	case OPT_FLAG:
		*(bool *)to = true;
		return true;
	case OPT_MODE:
		return mode_parse(q, word);
	default:
		return number(row->name, word, row->least, row->most, (int64_t *)(void *)to);
	}
}

static bool
options_take(int argc, char **argv, struct circle_asked *q)
{
	struct option table[N_ROWS + 1] = { { NULL, 0, NULL, 0 } };
	int at;

	for (size_t i = 0; i < N_ROWS; i++) {
		table[i].name = rows[i].name;
		table[i].has_arg = rows[i].kind == OPT_FLAG ? no_argument : required_argument;
		table[i].val = 'a'; /* any: `at` says which */
	}
	for (int o; (o = getopt_long(argc, argv, "", table, &at)) != -1;)
		if (o != 'a' || !option_take(q, &rows[at], optarg))
			return false;
	q->words = (const char *const *)argv + optind;
	q->n_words = argc - optind;
	return q->n_words == 0;
}

static const struct { const char *word; int (*run)(struct circle_asked *q); } words[] = {
	{ "import", cli_circle_import }, { "synth", cli_circle_synth }, { "build", cli_circle_build },
	{ "cover", cli_circle_cover }, { "nearest", cli_circle_nearest }, { "matrix", cli_circle_pairs },
	{ "isochrone", cli_circle_isochrone }, { "site", cli_circle_site }, { "verify", cli_circle_verify },
};

int
cli_circle(int argc, char **argv)
{
	struct circle_asked q = { .minutes = 30, .k = 3, .seed = 1, .n_points = 2100,
	    .pairs = 10000, .cell = 100, .reach = 2000, .grain = 1,
		.max_mb = 16384 };
	int status = -1;

	for (size_t i = 0; argc > 1 && i < sizeof words / sizeof words[0]; i++)
		if (strcmp(argv[1], words[i].word) == 0) {
			if (!options_take(argc - 1, argv + 1, &q))
				return cli_circle_usage();
			q.mem = arena_create(CIRCLE_BOUND);
			q.spare = arena_create(CIRCLE_BOUND);
			status = q.mem == NULL || q.spare == NULL ? 1 : words[i].run(&q);
		}
	crew_pool_stop(q.crew);
	for (unsigned k = 0; k < CREW_WORKERS_MAX; k++)
		arena_free(q.worker[k]);
	arena_free(q.mem);
	arena_free(q.spare);
	return status < 0 ? cli_circle_usage() : status;
}
