/* zhaofa paper: templates of papers from the command line; no database is needed. */
#include "app/app.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "operations/paper/paper.h"

#define BOUND ((size_t)64 << 20)

static int
usage(void)
{
	fputs("zhaofa paper list                            templates, with the facts each takes\n"
	    "zhaofa paper check FILE|DIR...               templates (*.tpl): faults with their lines\n"
	    "zhaofa paper render FILE|NAME --facts FACTS.json [--number TEXT] [--date YYYY-MM-DD] [--mark TEXT] > PAPER.pdf\n", stderr);
	return 2;
}

static bool
file_read(struct arena *mem, const char *path, size_t most, struct text *ret)
{
	FILE *f = fopen(path, "rb");
	char *p = arena_alloc(mem, most + 1);
	size_t n = 0;
	bool fine = f != NULL && p != NULL;

	if (fine) {
		n = fread(p, 1, most + 1, f);
		fine = !ferror(f) && n <= most;
	}
	if (f != NULL)
		fclose(f);
	if (!fine)
		fprintf(stderr, "zhaofa: paper: %s: unreadable, or past %zu bytes\n", path, most);
	*ret = (struct text){ p, n };
	return fine;
}

static void
findings_print(struct arena *mem, const char *name, const struct sheet_faults *f)
{
	for (size_t i = 0; i < f->n; i++)
		fprintf(stderr, "%s:%d: %s\n", name, f->v[i].line, sheet_fault_text(mem, LANG_EN, &f->v[i]).p);
}

/* ---- check --------------------------------------------------------------------------------------------------- */

static int
check_file(struct arena *mem, const char *path)
{
	struct paper_template *t = ARENA_NEW(mem, struct paper_template);
	struct sheet_faults findings = { .n = 0 };
	struct text source;

	if (t == NULL || !file_read(mem, path, PAPER_TEMPLATE_MAX, &source))
		return 1;
	if (paper_template_parse(source, t, &findings) != RC_OK) {
		findings_print(mem, path, &findings);
		return 1;
	}
	printf("%s: ok, %zu facts, %zu blocks\n", path, t->n_declared, t->n_blocks);
	return 0;
}

#define TEMPLATES_MAX 200

static int
path_compare(const void *a, const void *b)
{
	return text_compare(*(const struct text *)a, *(const struct text *)b);
}

/* Paths of the templates in a folder, in order; false: it is none. */
static bool
templates_find(struct arena *mem, const char *folder, struct text *ret, size_t *ret_n)
{
	DIR *dir = opendir(folder);
	const struct dirent *e;

	*ret_n = 0;
	if (dir == NULL)
		return false;
	while (*ret_n < TEMPLATES_MAX && (e = readdir(dir)) != NULL) {
		if (!text_ends_with(text_of(e->d_name), TEXT(".tpl")))
			continue;
		ret[*ret_n] = arena_format(mem, "%s/%s", folder, e->d_name);
		if (ret[*ret_n].p != NULL)
			(*ret_n)++;
	}
	closedir(dir);
	qsort(ret, *ret_n, sizeof *ret, path_compare);
	return true;
}

static int
check(struct arena *mem, const char *path)
{
	struct text paths[TEMPLATES_MAX];
	size_t n;
	int bad = 0;

	if (!templates_find(mem, path, paths, &n))
		return check_file(mem, path);
	for (size_t i = 0; i < n; i++)
		bad |= check_file(mem, paths[i].p);
	if (n == 0)
		fprintf(stderr, "zhaofa: paper: %s holds no *.tpl\n", path);
	return bad != 0 || n == 0;
}

/* ---- list ------------------------------------------------------------------------------------------------------ */

static void
template_print(const struct paper_template *t)
{
	static const char *const kinds[] = { "text", "words", "day", "time", "money", "count", "list" };
	static const char *const needs[] = { "must", "may", "set" };

	printf("%.*s  %.*s  %.*s字\n", (int)t->id.n, t->id.p, (int)t->name.n, t->name.p, (int)t->series.n, t->series.p);
	for (size_t i = 0; i < t->n_declared; i++) {
		const struct paper_declared *d = &t->declared[i];

		printf("  %.*s%s%.*s  %s %s  %.*s\n", (int)d->list.n, d->list.p, d->list.n > 0 ? "." : "", (int)d->key.n, d->key.p,
		    kinds[d->kind], needs[d->need], (int)d->label.n, d->label.p);
	}
}

static int
list(struct arena *mem)
{
	struct paper_template *t = ARENA_NEW(mem, struct paper_template);
	struct sheet_faults findings = { .n = 0 };
	int bad = t == NULL;

	for (size_t i = 0; t != NULL && i < paper_builtins_n; i++) {
		if (paper_template_parse(paper_builtins[i].source, t, &findings) == RC_OK) {
			template_print(t);
			continue;
		}
		findings_print(mem, paper_builtins[i].id, &findings);
		bad = 1;
	}
	return bad;
}

/* ---- render ------------------------------------------------------------------------------------------------------ */

struct asked { const char *facts, *number, *date, *mark; };

static bool
options_read(int argc, char **argv, struct asked *ret)
{
	const struct { const char *word; const char **to; } words[] = { { "--facts", &ret->facts }, { "--number", &ret->number },
		{ "--date", &ret->date }, { "--mark", &ret->mark } };

	for (int i = 0; i + 1 < argc; i += 2) {
		size_t k = 0;

		while (k < 4 && strcmp(argv[i], words[k].word) != 0)
			k++;
		if (k == 4)
			return false;
		*words[k].to = argv[i + 1];
	}
	return argc % 2 == 0 && ret->facts != NULL;
}

static bool
template_find(struct arena *mem, const char *name, struct paper_template *t)
{
	const struct paper_builtin *b = paper_builtin_find(text_of(name));
	struct sheet_faults findings = { .n = 0 };
	struct text source;

	if (b != NULL)
		source = b->source;
	else if (!file_read(mem, name, PAPER_TEMPLATE_MAX, &source))
		return false;
	if (paper_template_parse(source, t, &findings) == RC_OK)
		return true;
	findings_print(mem, name, &findings);
	return false;
}

static int
render(struct arena *mem, const char *name, const struct asked *q)
{
	struct paper_made made = { .number = text_of(q->number), .mark = text_of(q->mark) };
	struct paper_template *t = ARENA_NEW(mem, struct paper_template);
	struct text json, why = TEXT_NONE;
	struct paper_facts facts;
	struct day day;
	struct buf out;
	enum rc rc;

	if (t == NULL || !template_find(mem, name, t) || !file_read(mem, q->facts, PAPER_CANONICAL_MAX, &json))
		return 1;
	if (day_parse(q->date != NULL ? text_of(q->date) : TEXT("2026-06-30"), &day) != RC_OK)
		return usage();
	made.at_ms = day_start_ms(day);
	paper_facts_init(&facts, mem);
	buf_init(&out, 16 << 20);
	rc = paper_facts_json(&facts, json, &why);
	if (rc == RC_OK)
		rc = paper_render(t, &facts, &made, mem, &out, &why);
	if (rc == RC_OK && fwrite(out.p, 1, out.n, stdout) != out.n)
		rc = RC_UNAVAILABLE;
	if (rc != RC_OK)
		fprintf(stderr, "zhaofa: paper: %s: %.*s (%s)\n", name, (int)why.n, why.p, rc_name(rc));
	buf_free(&out);
	return rc == RC_OK ? 0 : 1;
}

int
cli_paper(int argc, char **argv)
{
	struct arena *mem = arena_create(BOUND);
	struct asked q = { .facts = NULL };
	int code = 2;

	if (mem == NULL)
		return 1;
	if (argc == 2 && strcmp(argv[1], "list") == 0) {
		code = list(mem);
	} else if (argc >= 3 && strcmp(argv[1], "check") == 0) {
		code = 0;
		for (int i = 2; i < argc; i++)
			code |= check(mem, argv[i]);
	} else if (argc >= 5 && strcmp(argv[1], "render") == 0 && options_read(argc - 3, argv + 3, &q)) {
		code = render(mem, argv[2], &q);
	} else {
		usage();
	}
	arena_free(mem);
	return code;
}
