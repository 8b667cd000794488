/*
 * ui: what are the parts that every page is built of?  One function a component; the gallery
 * (supply/frame) shows each in each state and the browser tests crawl it.
 *
 * Convention: `const char *` is a T() text and is shown in the page's language; `struct text` is data
 * and is shown as it is.  Both are escaped.  Addresses (href, action) are paths of ours.  An empty
 * text or NULL leaves the part out.  No component needs JavaScript, an inline style or a script.
 * Keys printed on buttons work through desk.js (data-key).
 */
#pragma once

#include "base/day.h"
#include "kit/form/form.h"
#include "kit/html/html.h"

/* ---- signs ----------------------------------------------------------------------------------- */

enum ui_tone { UI_PLAIN, UI_INFO, UI_OK, UI_SOON, UI_LATE, UI_HOLD };

/* Order of enum clock_light in engine/clock, so that a cast is enough. */
enum ui_lamp { LAMP_NORMAL, LAMP_SOON, LAMP_LATE, LAMP_PAUSED, LAMP_DONE };

/* ◆ 逾期, ◐ 临期, ● 正常, Ⅱ 暂停, ✓ 办结: shape, colour and words; `detail` follows ("2 天"). */
void ui_lamp(struct html *h, enum ui_lamp lamp, struct text detail);
/* A word in a small frame: 演示, 匿名, 军属. */
void ui_tag(struct html *h, enum ui_tone tone, struct text word);
/* A picture of the sprite (web/icons.txt lists the names), hidden from readers. */
void ui_icon(struct html *h, const char *name);
/* role=status; UI_LATE is role=alert.  title may be NULL. */
void ui_notice(struct html *h, enum ui_tone tone, const char *title, struct text body);
void ui_notice_say(struct html *h, enum ui_tone tone, const char *title, const char *body);

/* ---- page pieces ----------------------------------------------------------------------------- */

/* <h1>, with a small line over it (data or empty). */
void ui_title(struct html *h, const char *title, struct text over);
void ui_title_text(struct html *h, struct text title, struct text over);
void ui_section_open(struct html *h, const char *title); /* <section> with <h2>, labelled by it */
void ui_section_close(struct html *h);
void ui_paragraph(struct html *h, const char *zh);
void ui_link(struct html *h, struct text href, const char *label);
void ui_link_text(struct html *h, struct text href, struct text label);
/* Looks like a button, is a link. */
void ui_button_link(struct html *h, struct text href, const char *label, bool primary);
/* Read this element aloud; hidden until public.js has found a Chinese voice. */
void ui_read_aloud(struct html *h, const char *element_id);

struct ui_tile {
	const char *icon;       /* or NULL */
	const char *label;      /* T(), or NULL: text */
	struct text text;
	struct text detail;
	struct text href;
};
/* Big targets: the eight problems of the home page, the service tiles. */
void ui_tiles(struct html *h, const char *label, const struct ui_tile *v, size_t n);
void ui_steps(struct html *h, const char *const *labels, size_t n, size_t current); /* current 0..n-1 */

/* ---- forms ----------------------------------------------------------------------------------- */

struct ui_form {
	struct text action;
	struct text csrf;        /* x->csrf; empty: left out */
	struct text key;         /* idempotency key in hex; empty: left out */
	const char *draft;       /* address for drafts of public.js/desk.js, or NULL */
	const char *id;          /* or NULL */
	bool upload;             /* multipart */
	bool get;                /* a search: GET, neither csrf nor key */
};
/* novalidate: the server's findings, in the page's language, all at once. */
void ui_form_open(struct html *h, const struct ui_form *form);
/* Hidden field. */
void ui_hidden(struct html *h, const char *name, struct text value);
/* Submit (key "Ctrl+Enter" printed on the desk), and a way back unless empty; closes nothing. */
void ui_form_buttons(struct html *h, const char *submit, struct text back);
void ui_form_close(struct html *h);

/* Summary of all findings with links to their fields; nothing when there are none. */
void ui_error_summary(struct html *h, const struct form *form, const struct findings *findings);
/* Every field in order.  typed NULL or typed->v NULL: empty.  FIELD_PLACE is a text field for a code;
 * pages with a list draw that field with ui_field_select() or ui_place_chooser(). */
void ui_form_fields(struct html *h, const struct form *form, const struct typed *typed,
    const struct findings *findings);
/* One field of any kind.  finding may be NULL.  Ids: "f-KEY", hint "f-KEY-hint", error "f-KEY-error". */
void ui_field(struct html *h, const struct field *field, struct text typed, const struct finding *finding);
/* On the desk the next choice or list of choices takes the keys 1-8, printed on its cards. */
void ui_digits(struct html *h);
/* The same by key out of a form: the usual call of a page that mixes fields and other parts. */
void ui_form_field(struct html *h, const struct form *form, const char *key, const struct typed *typed,
    const struct findings *findings);
/* What was typed in that field; empty when nothing was. */
struct text ui_typed(const struct form *form, const char *key, const struct typed *typed);

struct ui_option { struct text value, label, group; }; /* neighbours of one group make an <optgroup> */
/* A <select> over a list; an empty first row when nothing is chosen. */
void ui_field_select(struct html *h, const struct field *field, const struct ui_option *v, size_t n,
    struct text typed, const struct finding *finding);
/* A text field with suggestions (<datalist>). */
void ui_field_suggest(struct html *h, const struct field *field, const struct ui_option *v, size_t n,
    struct text typed, const struct finding *finding);

/*
 * Town, then village: two selects.  Without JavaScript the button 选好镇，列出村 submits the form with
 * name "list-villages" (formnovalidate): the handler then shows the page again, with the villages of
 * the chosen town and all that was typed.  With JavaScript the choice presses that button.
 */
struct ui_place_chooser {
	const struct field *town, *village;
	const struct ui_option *towns, *villages;
	size_t n_towns, n_villages;
	struct text town_typed, village_typed;
	const struct findings *findings;
};
void ui_place_chooser(struct html *h, const struct ui_place_chooser *c);

struct ui_file {
	const char *key, *label, *hint;
	const char *accept;      /* ".jpg,.png,.pdf" */
	bool several;
};
void ui_file(struct html *h, const struct ui_file *f, const struct finding *finding);

struct ui_answer { const char *label; struct text value; struct text change; /* href */ };
void ui_answers(struct html *h, const struct ui_answer *v, size_t n);

/* ---- what a resident sees --------------------------------------------------------------------- */

enum ui_open { UI_OPEN_UNKNOWN, UI_OPEN_NOW, UI_CLOSED_NOW };

struct ui_station {
	struct text name, address, phone;
	struct text hours;         /* "09:00–17:00", already in words */
	struct text duty;          /* who is there today; empty: not known */
	enum ui_open open;
	int64_t metres;            /* straight line; negative: not known */
	bool estimated;            /* position is an estimate of the demonstration */
	struct text href;          /* its page; empty: this is its page, whose title names it */
	struct text way;           /* how long to get there, in words; shown in place of the metres; empty: not known */
};
void ui_station(struct html *h, const struct ui_station *s);

struct ui_duty { struct text when, name, role, where; bool today; };
void ui_roster(struct html *h, const char *caption, const struct ui_duty *v, size_t n);

struct ui_event { struct text when, what, who; enum ui_tone tone; bool next; /* not yet: what comes */ };
void ui_timeline(struct html *h, const struct ui_event *v, size_t n);

/* Five grades, one tap each: <button name=NAME value=KEY>.  The form is opened and closed inside. */
void ui_review(struct html *h, const struct ui_form *form, const char *name, const struct choice *grades);
/* The number to keep: large, monospaced, with the QR code of `url` beside it. */
void ui_receipt(struct html *h, const char *label, struct text number, struct text code, struct text url);
/* Inline SVG; nothing when the text is too long for a code. */
void ui_qr(struct html *h, struct text what, const char *label);

/* ---- the desk ---------------------------------------------------------------------------------- */

struct ui_chip { const char *label; struct text text; struct text href; int64_t count; /* < 0: none */
	bool on; enum ui_tone tone; };
void ui_chips(struct html *h, const char *label, const struct ui_chip *v, size_t n);

struct ui_queue_row {
	struct text href;          /* opened by Enter */
	struct text panel;         /* the panel's fragment for the right side (htmx); empty: none */
	struct text number;        /* case number; the row's id is made of it */
	struct text name;          /* who */
	struct text reason;        /* what about */
	enum ui_lamp lamp;
	struct text lamp_detail;
	struct text due, place, channel, holder;
	bool selected, urgent;
	struct text more;          /* after the number: item, state */
};
/*
 * id "queue".  With `live` (an SSE address whose stream sends the event "refresh") and `fragment` it
 * refreshes itself: the fragment is asked for with the header HX-Request and answers with the table
 * alone, that is ui_queue_table().  The same holds for a row's `panel` address.
 */
void ui_queue(struct html *h, const char *caption, const struct ui_queue_row *v, size_t n,
    struct text live, struct text fragment);
void ui_queue_table(struct html *h, const char *caption, const struct ui_queue_row *v, size_t n);

/* A table of any columns; cards on phones (each cell carries its column's label). */
struct ui_column { const char *label; bool number; };
struct ui_table { struct html *h; const struct ui_column *v; size_t n, at, rows; };
void ui_table_open(struct ui_table *t, struct html *h, const char *caption, const struct ui_column *v, size_t n);
void ui_row_open(struct ui_table *t);
void ui_cell(struct ui_table *t, struct text value);
void ui_cell_say(struct ui_table *t, const char *zh);
void ui_cell_int(struct ui_table *t, int64_t n);
void ui_cell_link(struct ui_table *t, struct text href, struct text value);
void ui_cell_lamp(struct ui_table *t, enum ui_lamp lamp, struct text detail);
void ui_cell_open(struct ui_table *t); /* then html_* by the caller */
void ui_cell_close(struct ui_table *t);
void ui_row_close(struct ui_table *t);
void ui_table_close(struct ui_table *t); /* one without rows says that there are none */

/* List left, panel right from 900 px on; one under the other below. */
void ui_split_open(struct html *h);
void ui_split_side(struct html *h);  /* here the right side begins (id "panel") */
void ui_split_close(struct html *h);

struct ui_panel {
	struct text title, under;  /* person and reason; case number */
	enum ui_lamp lamp;
	struct text lamp_detail;
	struct text late;          /* red banner when not empty */
};
void ui_panel_open(struct html *h, const struct ui_panel *p);
void ui_panel_close(struct html *h);

struct ui_fact { const char *label; struct text value; struct text href; };
void ui_facts(struct html *h, const struct ui_fact *v, size_t n);

struct ui_action {
	const char *label;
	const char *key;           /* "a", printed on it; NULL: none.  No single key for destructive acts */
	struct text href;          /* a page (GET) */
	const char *dialog;        /* id of a ui_dialog on this page: opened by JavaScript, else href is followed */
	struct text post;          /* or an address to post to, with csrf and idempotency key */
	struct text post_key;      /* hex */
	bool primary, danger;
};
void ui_actions(struct html *h, const struct ui_action *v, size_t n, struct text csrf);
/* 已…，可在 10 秒内撤销 (u). */
void ui_undo(struct html *h, struct text what, const struct ui_form *form);

/* What to say on the phone; paragraphs in order. */
void ui_script(struct html *h, const char *title, const char *const *lines, size_t n, bool open);
/* Time since the call began, counted on from the server's now; without JavaScript the clock time it began. */
void ui_timer(struct html *h, int64_t since_ms, int64_t now_ms, struct text since);

void ui_dialog_open(struct html *h, const char *id, const char *title);
void ui_dialog_close(struct html *h);

struct ui_pager { struct text previous, next; struct text where; /* "第 1–20 件，共 312 件" */ };
void ui_pager(struct html *h, const struct ui_pager *p);

/* ---- figures: each picture has a table of the same data ------------------------------------------ */

struct ui_stat { const char *label; struct text value; const char *unit; struct text note; struct text href;
	enum ui_tone tone; };
void ui_stats(struct html *h, const struct ui_stat *v, size_t n);

struct ui_datum { struct text label; int64_t value; struct text href; enum ui_tone tone; };
struct ui_series { const char *title; const char *unit; const char *label; /* head of the first column */
	const struct ui_datum *v; size_t n; };
void ui_bars(struct html *h, const struct ui_series *s); /* lying bars; values >= 0 */
void ui_line(struct html *h, const struct ui_series *s); /* over time, left to right */

/*
 * How much there would be at each value that could be chosen (ui_curve.c): every point, growing in x, in the picture;
 * those with `row` in the table beside it.  Marks: the value that holds, the one proposed.
 */
struct ui_curve_point { struct text label; int64_t x, value; bool row; };
struct ui_curve_mark { const char *label; int64_t x; };
struct ui_curve {
	struct text title;
	const char *rows_title, *x_label, *unit;
	const struct ui_curve_point *v;
	size_t n;
	const struct ui_curve_mark *mark;
	size_t n_marks;
};
void ui_curve(struct html *h, const struct ui_curve *c);

struct ui_point { int64_t lon_e6, lat_e6; };
struct ui_outline { struct text name; const struct ui_point *v; size_t n; };
struct ui_mark { struct ui_point at; struct text label; struct text href; enum ui_tone tone; };
struct ui_map {
	const char *title;
	const struct ui_outline *outlines;
	size_t n_outlines;
	const struct ui_mark *marks;
	size_t n_marks;
	const char *note;          /* positions are estimates … */
	bool small;                /* mini map of a station: no table of places */
};
void ui_map(struct html *h, const struct ui_map *m);

/* ---- paper and states ----------------------------------------------------------------------------- */

/* A letter that prints on one A4 page: head, number, title; then paragraphs; then who and when. */
struct ui_letter { struct text head, number, title, to, from, date; };
void ui_letter_open(struct html *h, const struct ui_letter *l);
void ui_letter_close(struct html *h, const struct ui_letter *l);

/* Nothing here (yet): says so, and what to do next. */
void ui_empty(struct html *h, const char *title, const char *what_next, struct text href, const char *label);
void ui_loading(struct html *h, const char *what);
/* Something failed: what, whether anything was lost, whom to call. */
void ui_trouble(struct html *h, const char *title, const char *body, struct text request_id);

/* ---- months (ui_month.c) --------------------------------------------------------------------------- */

/* A month as a wall calendar; put_day writes the whole <td> of a day.  first: the month's first day. */
void ui_month(struct html *h, struct day first, void (*put_day)(struct html *h, struct day d, void *arg), void *arg);
const char *ui_weekday_label(struct day d); /* T("周一") */

/* ---- what rules say (ui_verdict.c) ------------------------------------------------------------------- */

struct ui_verdict_line { struct text what, value, reason, basis, since; bool unverified; };
struct ui_verdict {
	enum ui_tone tone;
	struct text question, result;  /* "经济困难审查", "符合" */
	struct text reason, basis;
	const struct text *missing, *unset, *remarks, *stale;
	size_t n_missing, n_unset, n_remarks, n_stale;
	const struct ui_verdict_line *lines; /* what a line needs stands before it */
	size_t n_lines;
};
void ui_verdict(struct html *h, const struct ui_verdict *v);
