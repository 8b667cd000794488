/* A template and its facts become a paper. */
#include "operations/paper/paper_internal.h"

#include <string.h>

#include "kit/pdf/pdf.h"

#define UNVERIFIED "【未核实】" /* what the city has yet to state (need "set"): said, never left blank */

struct render {
	const struct paper_template *t;
	const struct paper_facts *f;
	const struct paper_made *made;
	struct arena *mem;
	struct pdf *pdf;
	struct text list;          /* the item that is being written */
	int item;
	int clause;
	struct buf *said;          /* NULL, or what every text says */
	enum rc failed;
};

/* ---- texts ------------------------------------------------------------------------------------------------------- */

static bool
said(const struct render *r, struct text key)
{
	return paper_fact_find(r->f, key, -1, TEXT_NONE) != NULL || paper_items(r->f, key) > 0;
}

/* A list in a text: its items with "；" between them. */
static struct text
list_print(struct render *r, struct text key)
{
	int n = paper_items(r->f, key);
	struct text all;
	struct buf b;

	buf_init(&b, 4 * PAPER_VALUE_MAX);
	for (int i = 0; i < n; i++) {
		const struct text *item = paper_fact_find(r->f, key, i, TEXT_NONE);

		if (i > 0)
			buf_add(&b, TEXT("；"));
		buf_add(&b, item != NULL ? *item : TEXT_NONE);
	}
	all = buf_rc(&b) == RC_OK ? arena_text(r->mem, buf_text(&b)) : TEXT_NONE;
	r->failed = buf_rc(&b) != RC_OK ? buf_rc(&b) : r->failed;
	buf_free(&b);
	return all;
}

static struct text
fact_print(struct render *r, struct text key)
{
	const struct paper_declared *d = paper_declared_find(r->t, key, TEXT_NONE);
	const struct text *value = paper_fact_find(r->f, key, -1, TEXT_NONE);
	char out[32];

	if (text_equals(key, TEXT("number")))
		return r->made->number;
	if (text_equals(key, TEXT("today")))
		return arena_text(r->mem, pdf_date(day_of_moment(r->made->at_ms), out));
	if (d != NULL && d->kind == PAPER_LIST)
		return list_print(r, key);
	if (d == NULL || value == NULL)
		return TEXT(UNVERIFIED); /* paper_facts_check() has let through only those the city has yet to state */
	return paper_value_print(r->mem, d->kind, *value);
}

static struct text
column_print(struct render *r, struct text column)
{
	const struct paper_declared *d = paper_declared_find(r->t, column, r->list);
	const struct text *value = paper_fact_find(r->f, r->list, r->item, column);

	return value == NULL ? TEXT_NONE : paper_value_print(r->mem, d != NULL ? d->kind : PAPER_TEXT, *value);
}

/* Words of the template; \n in them begins a line. */
static void
words_put(struct buf *b, struct text t)
{
	for (size_t i = 0; i < t.n; i++) {
		if (t.p[i] == '\\' && i + 1 < t.n && t.p[i + 1] == 'n') {
			buf_char(b, '\n');
			i++;
		} else {
			buf_char(b, t.p[i]);
		}
	}
}

/* With its placeholders filled; into the arena. */
static struct text
text_fill(struct render *r, struct text t)
{
	struct paper_piece piece;
	struct text filled;
	const char *why = NULL;
	int depth = 0, hidden = 0; /* conditions open; at which depth the text went out of sight */
	struct buf b;

	buf_init(&b, 4 * PAPER_VALUE_MAX);
	while (paper_piece_next(&t, &piece, &why)) {
		if (piece.kind == PIECE_IF || piece.kind == PIECE_UNLESS) {
			depth++;
			if (hidden == 0 && said(r, piece.text) != (piece.kind == PIECE_IF))
				hidden = depth;
		} else if (piece.kind == PIECE_END) {
			if (hidden == depth)
				hidden = 0;
			depth--;
		} else if (hidden == 0 && piece.kind == PIECE_WORDS) {
			words_put(&b, piece.text);
		} else if (hidden == 0) {
			buf_add(&b, piece.kind == PIECE_FACT ? fact_print(r, piece.text) : column_print(r, piece.text));
		}
	}
	filled = buf_rc(&b) == RC_OK ? arena_text(r->mem, buf_text(&b)) : (struct text){ NULL, 0 };
	if (filled.p == NULL) {
		r->failed = buf_rc(&b) != RC_OK ? buf_rc(&b) : RC_NO_MEMORY;
		filled = TEXT_NONE;
	}
	buf_free(&b);
	if (r->said != NULL) {
		buf_add(r->said, filled);
		buf_char(r->said, '\n');
	}
	return filled;
}

/* ---- blocks -------------------------------------------------------------------------------------------------------- */

static void
table_open(struct render *r, struct text rest)
{
	int widths[PDF_COLUMNS_MAX];
	size_t n = 0;

	while (rest.n > 0 && n < PDF_COLUMNS_MAX) {
		int64_t w = 1;

		if (int64_parse(paper_word_cut(&rest), 1, 100, &w) != RC_OK)
			break;
		widths[n++] = (int)w;
	}
	pdf_table_open(r->pdf, widths, n);
}

/* In a row label and value take turns; a lone cell and a head's are labels; an item's are values.  The last cell takes
 * what columns are left. */
static void
row_put(struct render *r, const struct paper_block *b, struct text rest)
{
	struct pdf_cell cells[PDF_COLUMNS_MAX];
	struct text cell;
	bool begun = false;
	int n = 0;

	while (n < b->columns && n < PDF_COLUMNS_MAX && paper_cell_next(&rest, &begun, &cell)) {
		cells[n] = (struct pdf_cell){ .text = text_fill(r, cell), .span = 1,
			.head = b->word == WORD_HEAD || (b->word == WORD_ROW && n % 2 == 0) };
		n++;
	}
	if (n == 0)
		return;
	cells[n - 1].span = b->columns - n + 1;
	pdf_table_row(r->pdf, cells, (size_t)n);
}

static void
items_put(struct render *r, const struct paper_block *b)
{
	struct text rest = b->text, key = paper_word_cut(&rest);
	int n = paper_items(r->f, key);

	r->list = key;
	for (r->item = 0; r->item < n && r->failed == RC_OK; r->item++) {
		if (b->word == WORD_EACH)
			row_put(r, b, rest);
		else if (n == 1)
			pdf_para(r->pdf, text_fill(r, rest));
		else
			pdf_clause(r->pdf, r->item + 1, text_fill(r, rest));
	}
	r->list = TEXT_NONE;
}

static void
seal_put(struct render *r, struct text issuer)
{
	char out[32];

	pdf_seal(r->pdf, issuer, pdf_date(day_of_moment(r->made->at_ms), out), TEXT("（此处加盖公章）"));
}

static void
text_block_put(struct render *r, const struct paper_block *b)
{
	struct text t = text_fill(r, b->text);

	switch (b->word) {
	case WORD_TITLE: pdf_title(r->pdf, t); r->clause = 0; break;
	case WORD_SUBTITLE: pdf_number(r->pdf, t); break;
	case WORD_HEADING: pdf_heading(r->pdf, t); r->clause = 0; break;
	case WORD_FLUSH: pdf_flush(r->pdf, t); break;
	case WORD_RIGHT: pdf_right(r->pdf, t); break;
	case WORD_NOTE: pdf_note(r->pdf, t); break;
	case WORD_CLAUSE: pdf_clause(r->pdf, ++r->clause, t); break;
	case WORD_SIGN: pdf_sign(r->pdf, t); break;
	case WORD_SEAL: seal_put(r, t); break;
	default: pdf_para(r->pdf, t); break;
	}
}

static void
block_put(struct render *r, const struct paper_block *b)
{
	switch (b->word) {
	case WORD_NUMBER: pdf_number(r->pdf, r->made->number); break;
	case WORD_LIST:
	case WORD_EACH: items_put(r, b); break;
	case WORD_TABLE: table_open(r, b->text); break;
	case WORD_ROW:
	case WORD_HEAD: row_put(r, b, b->text); break;
	case WORD_TABLE_END: pdf_table_close(r->pdf); break;
	case WORD_CUT: pdf_cut(r->pdf); break;
	case WORD_BREAK: pdf_break(r->pdf); break;
	case WORD_SPACE: pdf_space(r->pdf, 1); break;
	default: text_block_put(r, b); break;
	}
}

static void
blocks_put(struct render *r)
{
	int depth = 0, hidden = 0;

	for (size_t i = 0; i < r->t->n_blocks && r->failed == RC_OK; i++) {
		const struct paper_block *b = &r->t->blocks[i];

		if (b->word == WORD_IF || b->word == WORD_UNLESS) {
			depth++;
			if (hidden == 0 && said(r, b->text) != (b->word == WORD_IF))
				hidden = depth;
		} else if (b->word == WORD_END) {
			if (hidden == depth)
				hidden = 0;
			depth--;
		} else if (hidden == 0) {
			block_put(r, b);
		}
	}
}

static enum rc
render(struct render *r, const struct paper_made *made, struct buf *out, struct text *ret_why)
{
	struct pdf_spec spec = { .title = r->t->name, .moment_ms = made->at_ms, .mark = made->mark, .foot = made->number,
		.code = made->code, .code_url = made->url };
	enum rc rc = paper_facts_check(r->t, r->f, r->mem, ret_why);
	uint32_t missing;

	if (rc != RC_OK)
		return rc;
	rc = pdf_open(&spec, &r->pdf);
	if (rc != RC_OK) {
		*ret_why = TEXT("no fonts: install fonts-noto-cjk");
		return rc;
	}
	blocks_put(r);
	missing = pdf_missing(r->pdf);
	rc = r->failed != RC_OK ? r->failed : pdf_rc(r->pdf);
	if (rc != RC_OK || out == NULL)
		pdf_drop(r->pdf);
	else
		rc = pdf_close(r->pdf, out);
	if (missing != 0)
		*ret_why = arena_format(r->mem, "no font has U+%04X", (unsigned)missing);
	else if (rc != RC_OK)
		*ret_why = text_of(rc_name(rc));
	return rc;
}

enum rc
paper_render(const struct paper_template *t, const struct paper_facts *f, const struct paper_made *made, struct arena *mem,
    struct buf *out, struct text *ret_why)
{
	struct render r = { .t = t, .f = f, .made = made, .mem = mem };

	return render(&r, made, out, ret_why);
}

enum rc
paper_said(const struct paper_template *t, const struct paper_facts *f, const struct paper_made *made, struct arena *mem,
    struct text *ret, struct text *ret_why)
{
	struct buf said;
	struct render r = { .t = t, .f = f, .made = made, .mem = mem, .said = &said };
	enum rc rc;

	buf_init(&said, 4 * PAPER_CANONICAL_MAX);
	rc = render(&r, made, NULL, ret_why);
	if (rc == RC_OK)
		rc = buf_rc(&said);
	if (rc == RC_OK) {
		*ret = arena_text(mem, buf_text(&said));
		rc = ret->p == NULL ? RC_NO_MEMORY : RC_OK;
	}
	buf_free(&said);
	return rc;
}
