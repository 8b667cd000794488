/* One register of the papers behind the rules: each once, whichever packages rest on it, and where. */
#include "supply/admin/policy_internal.h"

#define PAPERS_MAX 400

/* A paper by title and number; where[i]: how many values and rules of package i name it. */
struct paper { const struct rules_document *d; int where[POLICY_PACKAGES_MAX]; };
struct papers { struct policy_all all; struct paper v[PAPERS_MAX]; size_t n; };

static int
entries_resting(const struct rules_entry *e, size_t n, int document)
{
	int uses = 0;

	for (size_t i = 0; i < n; i++)
		uses += e[i].basis.document == document;
	return uses;
}

static int
notes_resting(const struct rules_note *v, size_t n, int document)
{
	int uses = 0;

	for (size_t i = 0; i < n; i++)
		uses += v[i].basis.document == document;
	return uses;
}

/* Values, steps, cases of decisions, remarks and contradictions that name it. */
static int
resting(const struct rules_package *k, int document)
{
	int uses = notes_resting(k->remark, k->n_remarks, document) + notes_resting(k->conflict, k->n_conflicts, document);

	for (size_t i = 0; i < k->n_parameters; i++)
		uses += entries_resting(k->parameter[i].entry, k->parameter[i].n_entries, document) +
		    entries_resting(k->parameter[i].trial, k->parameter[i].n_trials, document);
	for (size_t i = 0; i < k->n_steps; i++) {
		uses += k->step[i].basis.document == document;
		for (size_t c = 0; c < k->step[i].n_rules; c++)
			uses += k->step[i].rule[c].basis.document == document;
	}
	return uses;
}

static struct paper *
paper_of(struct papers *p, const struct rules_document *d)
{
	for (size_t i = 0; i < p->n; i++)
		if (text_equals(p->v[i].d->title.zh, d->title.zh) && text_equals(p->v[i].d->number, d->number))
			return &p->v[i];
	if (p->n == PAPERS_MAX)
		return NULL;
	p->v[p->n].d = d;
	return &p->v[p->n++];
}

static void
papers_gather(struct papers *p)
{
	for (size_t i = 0; i < p->all.n; i++) {
		const struct rules_package *k = p->all.rules[i] == NULL ? NULL : rules_package(p->all.rules[i]);

		for (size_t d = 0; k != NULL && d < k->n_documents; d++) {
			struct paper *at = paper_of(p, &k->document[d]);

			if (at == NULL)
				return;
			at->where[i] += resting(k, (int)d);
			if (at->d->unverified && !k->document[d].unverified)
				at->d = &k->document[d]; /* somebody has seen it */
		}
	}
}

static void
put_where(struct exchange *x, struct ui_table *t, const struct papers *p, const struct paper *v)
{
	struct html *h = t->h;
	bool any = false;

	ui_cell_open(t);
	html_raw(h, "<span>");
	for (size_t i = 0; i < p->all.n; i++) {
		if (v->where[i] == 0)
			continue;
		if (any)
			html_raw(h, "; ");
		any = true;
		ui_link_text(h, policy_path(x, p->all.v[i].package, ""), policy_title(x, p->all.rules[i]));
		html_raw(h, " ");
		html_sayf(h, T("%d 处"), v->where[i]);
	}
	if (!any)
		html_say(h, T("没有规则引用"));
	html_raw(h, "</span>");
	ui_cell_close(t);
}

enum rc
policy_papers_page(struct exchange *x)
{
	static const struct ui_column columns[] = {
		{ T("文件"), false }, { T("文号"), false }, { T("机关"), false }, { T("施行"), false }, { T("哪些规则依据它"), false },
	};
	struct papers *p = ARENA_NEW(x->ctx->mem, struct papers);
	struct html h = frame_html(x);
	struct ui_table t;
	enum rc rc;

	if (p == NULL)
		return RC_NO_MEMORY;
	p->all.today = admin_today(x);
	rc = db_read(x->ctx, policy_all_tx, &p->all);
	if (rc != RC_OK)
		return rc;
	papers_gather(p);
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("政策文件一览"), .area = FRAME_POLICY });
	ui_title(&h, T("政策文件一览"), TEXT_NONE);
	html_raw(&h, "<p>");
	ui_link(&h, TEXT("/desk/policy"), T("政策规则"));
	html_raw(&h, "</p>");
	ui_paragraph(&h, T("现行规则包引用的全部文件，各列一次；标「未核实」的还没有人看过原文。"));
	ui_table_open(&t, &h, T("依据的文件"), columns, 5);
	for (size_t i = 0; i < p->n; i++) {
		const struct rules_document *d = p->v[i].d;

		ui_row_open(&t);
		ui_cell_open(&t);
		html_raw(&h, "<span>");
		html_text(&h, policy_words(x->ctx->lang, d->title));
		html_raw(&h, " ");
		if (d->unverified)
			ui_tag(&h, UI_SOON, admin_say(x, T("未核实")));
		html_raw(&h, "</span>");
		ui_cell_close(&t);
		ui_cell(&t, d->number);
		ui_cell(&t, d->issuer);
		ui_cell(&t, admin_day(x, day_is_none(d->effective) ? d->issued : d->effective));
		put_where(x, &t, p, &p->v[i]);
		ui_row_close(&t);
	}
	ui_table_close(&t);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}
