#include "kit/html/ui.h"

#include "base/day.h"

#define CARDS_MOST 12 /* more choices than this: a select instead of cards */

/* ---- small parts ------------------------------------------------------------------------------ */

/* name="f-KEYsuffix" */
static void
id_attr(struct html *h, const char *name, const char *key, const char *suffix)
{
	buf_char(h->out, ' ');
	buf_add(h->out, text_of(name));
	html_raw(h, "=\"f-");
	html_str(h, key);
	html_str(h, suffix);
	html_raw(h, "\"");
}

static void
described_attr(struct html *h, const struct field *f, const struct finding *finding)
{
	if (!f->hint && !finding)
		return;
	html_raw(h, " aria-describedby=\"");
	if (f->hint) {
		html_raw(h, "f-");
		html_str(h, f->key);
		html_raw(h, "-hint");
	}
	if (finding) {
		if (f->hint)
			html_raw(h, " ");
		html_raw(h, "f-");
		html_str(h, f->key);
		html_raw(h, "-error");
	}
	html_raw(h, "\"");
	if (finding)
		html_raw(h, " aria-invalid=\"true\"");
}

static void
put_optional(struct html *h, const struct field *f)
{
	if (f->required)
		return;
	html_raw(h, " <span class=\"optional\">");
	html_say(h, T("（选填）"));
	html_raw(h, "</span>");
}

static void
put_hint(struct html *h, const struct field *f)
{
	if (!f->hint)
		return;
	html_raw(h, "<p class=\"hint\"");
	id_attr(h, "id", f->key, "-hint");
	html_raw(h, ">");
	html_say(h, f->hint);
	html_raw(h, "</p>");
}

static void
put_finding(struct html *h, const char *key, const struct finding *finding)
{
	if (!finding)
		return;
	html_raw(h, "<p class=\"error\"");
	id_attr(h, "id", key, "-error");
	html_raw(h, "><span class=\"hidden\">");
	html_say(h, T("错误："));
	html_raw(h, "</span>");
	html_text(h, finding_text(h->mem, h->lang, finding));
	html_raw(h, "</p>");
}

static void
field_open(struct html *h, const struct finding *finding)
{
	if (finding)
		html_raw(h, "<div class=\"field wrong\">");
	else
		html_raw(h, "<div class=\"field\">");
}

static void
put_label(struct html *h, const struct field *f)
{
	html_raw(h, "<label");
	id_attr(h, "for", f->key, "");
	html_raw(h, ">");
	html_say(h, f->label);
	put_optional(h, f);
	html_raw(h, "</label>");
}

/* What every control has: id, name, required, description. */
static void
control_attrs(struct html *h, const struct field *f, const struct finding *finding)
{
	id_attr(h, "id", f->key, "");
	html_attr(h, "name", text_of(f->key));
	if (f->required)
		html_raw(h, " required");
	described_attr(h, f, finding);
}

/* ---- one-line controls -------------------------------------------------------------------------- */

static bool
reads_as_day(struct text t)
{
	struct day d;

	return t.n == 0 || day_parse(t, &d) == RC_OK;
}

static bool
reads_as_time(struct text t)
{
	return t.n == 0 || (t.n == 5 && t.p[2] == ':');
}

/* A date control throws away what it cannot read; what was typed must stay, so it becomes text then. */
static void
line_type(struct html *h, const struct field *f, struct text typed)
{
	if (f->kind == FIELD_DAY && reads_as_day(typed))
		html_raw(h, " type=\"date\" class=\"short\"");
	else if (f->kind == FIELD_TIME && reads_as_time(typed))
		html_raw(h, " type=\"time\" class=\"short\"");
	else if (f->kind == FIELD_PHONE)
		html_raw(h, " type=\"tel\" class=\"medium\"");
	else if (f->kind == FIELD_SECRET)
		html_raw(h, " type=\"password\" class=\"medium\"");
	else if (f->kind == FIELD_INT || f->kind == FIELD_PLACE)
		html_raw(h, " type=\"text\" inputmode=\"numeric\" class=\"short\"");
	else if (f->kind == FIELD_DAY || f->kind == FIELD_TIME)
		html_raw(h, " type=\"text\" class=\"short\"");
	else if (f->kind == FIELD_IDCARD || f->kind == FIELD_CREDIT || f->kind == FIELD_CODE)
		html_raw(h, " type=\"text\" autocapitalize=\"characters\" spellcheck=\"false\" class=\"medium code\"");
	else if (f->kind == FIELD_LINE && f->max > 0 && f->max <= 30)
		html_raw(h, " type=\"text\" class=\"medium\"");
	else
		html_raw(h, " type=\"text\"");
}

/* No maxlength: a paste that is cut in silence loses text; the finding names the bound instead. */
static void
put_line(struct html *h, const struct field *f, struct text typed, const struct finding *finding, bool suggest)
{
	html_raw(h, "<input");
	line_type(h, f, typed);
	control_attrs(h, f, finding);
	if (typed.n > 0 && f->kind != FIELD_SECRET)
		html_attr(h, "value", typed);
	if (f->autocomplete)
		html_attr(h, "autocomplete", text_of(f->autocomplete));
	else if (f->kind == FIELD_IDCARD || f->kind == FIELD_CREDIT || f->kind == FIELD_CODE || h->desk)
		html_raw(h, " autocomplete=\"off\"");
	if (suggest)
		id_attr(h, "list", f->key, "-list");
	html_raw(h, ">");
}

static void
put_paragraph(struct html *h, const struct field *f, struct text typed, const struct finding *finding)
{
	html_raw(h, "<textarea rows=\"");
	html_int(h, h->desk ? 4 : 6);
	html_raw(h, "\"");
	control_attrs(h, f, finding);
	html_raw(h, ">\n"); /* the parser drops one line feed here, so a typed one stays */
	html_text(h, typed);
	html_raw(h, "</textarea>");
}

/* ---- choices ------------------------------------------------------------------------------------ */

static size_t
choices_count(const struct choice *c)
{
	size_t n = 0;

	while (c && c[n].key)
		n++;
	return n;
}

/* Is this key one of the typed ones?  Several stand with ',' or ' ' between them. */
static bool
typed_has(struct text typed, const char *key)
{
	struct text k = text_of(key);

	for (size_t i = 0, from = 0; i <= typed.n; i++) {
		if (i < typed.n && typed.p[i] != ',' && typed.p[i] != ' ')
			continue;
		if (text_equals((struct text){ typed.p + from, i - from }, k))
			return true;
		from = i + 1;
	}
	return false;
}

static void
put_card(struct html *h, const struct field *f, const struct choice *c, size_t i, bool on, bool digits)
{
	bool radio = f->kind == FIELD_CHOICE;

	html_raw(h, "<label class=\"card\"><input type=\"");
	buf_add(h->out, radio ? TEXT("radio") : TEXT("checkbox"));
	html_raw(h, "\"");
	if (i == 0)
		id_attr(h, "id", f->key, ""); /* where the error summary leads */
	html_attr(h, "name", text_of(f->key));
	html_attr(h, "value", text_of(c->key));
	if (radio && f->required)
		html_raw(h, " required");
	if (on)
		html_raw(h, " checked");
	if (digits && i < 8) {
		html_raw(h, " data-digit=\"");
		html_int(h, (int64_t)i + 1);
		html_raw(h, "\"");
	}
	html_raw(h, "><span>");
	html_say(h, c->label);
	html_raw(h, "</span>");
	if (digits && i < 8) {
		html_raw(h, "<kbd>");
		html_int(h, (int64_t)i + 1);
		html_raw(h, "</kbd>");
	}
	html_raw(h, "</label>");
}

static void
put_cards(struct html *h, const struct field *f, struct text typed, const struct finding *finding)
{
	bool digits = h->desk && h->digits;

	h->digits = false;
	html_raw(h, "<fieldset");
	described_attr(h, f, NULL);
	if (finding)
		html_raw(h, " class=\"field wrong\"");
	else
		html_raw(h, " class=\"field\"");
	html_raw(h, "><legend>");
	html_say(h, f->label);
	put_optional(h, f);
	html_raw(h, "</legend>");
	put_hint(h, f);
	put_finding(h, f->key, finding);
	html_raw(h, "<div class=\"cards\">");
	for (size_t i = 0; f->choices && f->choices[i].key; i++)
		put_card(h, f, &f->choices[i], i, typed_has(typed, f->choices[i].key), digits);
	html_raw(h, "</div></fieldset>");
}

static void
put_option(struct html *h, struct text value, struct text label, bool on)
{
	html_raw(h, "<option");
	html_attr(h, "value", value);
	if (on)
		html_raw(h, " selected");
	html_raw(h, ">");
	html_text(h, label);
	html_raw(h, "</option>");
}

static void
select_open(struct html *h, const struct field *f, const struct finding *finding)
{
	html_raw(h, "<select");
	control_attrs(h, f, finding);
	html_raw(h, "><option value=\"\">");
	html_say(h, T("请选择"));
	html_raw(h, "</option>");
}

static void
put_long_choice(struct html *h, const struct field *f, struct text typed, const struct finding *finding)
{
	select_open(h, f, finding);
	for (size_t i = 0; f->choices[i].key; i++)
		put_option(h, text_of(f->choices[i].key), text_of(msg(h->lang, f->choices[i].label)),
		    text_equals(typed, text_of(f->choices[i].key)));
	html_raw(h, "</select>");
}

static void
put_tick(struct html *h, const struct field *f, struct text typed, const struct finding *finding)
{
	bool on = text_equals(typed, TEXT("1")) || text_equals(typed, TEXT("on")) ||
	    text_equals(typed, TEXT("true"));

	field_open(h, finding);
	html_raw(h, "<label class=\"card tick\"><input type=\"checkbox\" value=\"1\"");
	control_attrs(h, f, finding);
	if (on)
		html_raw(h, " checked");
	html_raw(h, "><span>");
	html_say(h, f->label);
	html_raw(h, "</span></label>");
	put_hint(h, f);
	put_finding(h, f->key, finding);
	html_raw(h, "</div>");
}

/* ---- a field ------------------------------------------------------------------------------------- */

static void
labelled_open(struct html *h, const struct field *f, const struct finding *finding)
{
	field_open(h, finding);
	put_label(h, f);
	put_hint(h, f);
	put_finding(h, f->key, finding);
}

void
ui_field(struct html *h, const struct field *f, struct text typed, const struct finding *finding)
{
	bool cards = f->kind == FIELD_FLAGS ||
	    (f->kind == FIELD_CHOICE && choices_count(f->choices) <= CARDS_MOST);

	if (f->kind == FIELD_KEY) {
		ui_hidden(h, f->key, typed);
		return;
	}
	if (cards) {
		put_cards(h, f, typed, finding);
		return;
	}
	if (f->kind == FIELD_BOOL) {
		put_tick(h, f, typed, finding);
		return;
	}
	labelled_open(h, f, finding);
	if (f->kind == FIELD_PARAGRAPH)
		put_paragraph(h, f, typed, finding);
	else if (f->kind == FIELD_CHOICE)
		put_long_choice(h, f, typed, finding);
	else
		put_line(h, f, typed, finding, false);
	html_raw(h, "</div>");
}

void
ui_digits(struct html *h)
{
	h->digits = true;
}

void
ui_form_fields(struct html *h, const struct form *form, const struct typed *typed,
    const struct findings *findings)
{
	for (size_t i = 0; i < form->n; i++)
		ui_field(h, &form->fields[i], typed && typed->v ? typed->v[i] : TEXT_NONE,
		    findings ? findings_of(findings, form->fields[i].key) : NULL);
}

struct text
ui_typed(const struct form *form, const char *key, const struct typed *typed)
{
	struct text k = text_of(key);

	for (size_t i = 0; typed && typed->v && i < form->n; i++)
		if (text_equals(text_of(form->fields[i].key), k))
			return typed->v[i];
	return TEXT_NONE;
}

void
ui_form_field(struct html *h, const struct form *form, const char *key, const struct typed *typed,
    const struct findings *findings)
{
	const struct field *f = form_field(form, key);

	if (f)
		ui_field(h, f, ui_typed(form, key, typed), findings ? findings_of(findings, key) : NULL);
}

void
ui_field_select(struct html *h, const struct field *f, const struct ui_option *v, size_t n,
    struct text typed, const struct finding *finding)
{
	struct text group = TEXT_NONE;

	labelled_open(h, f, finding);
	select_open(h, f, finding);
	for (size_t i = 0; i < n; i++) {
		if (!text_equals(group, v[i].group)) {
			if (group.n > 0)
				html_raw(h, "</optgroup>");
			group = v[i].group;
			if (group.n > 0) {
				html_raw(h, "<optgroup");
				html_attr(h, "label", group);
				html_raw(h, ">");
			}
		}
		put_option(h, v[i].value, v[i].label, typed.n > 0 && text_equals(typed, v[i].value));
	}
	if (group.n > 0)
		html_raw(h, "</optgroup>");
	html_raw(h, "</select></div>");
}

void
ui_field_suggest(struct html *h, const struct field *f, const struct ui_option *v, size_t n,
    struct text typed, const struct finding *finding)
{
	labelled_open(h, f, finding);
	put_line(h, f, typed, finding, true);
	html_raw(h, "<datalist");
	id_attr(h, "id", f->key, "-list");
	html_raw(h, ">");
	for (size_t i = 0; i < n; i++)
		put_option(h, v[i].value, v[i].label, false);
	html_raw(h, "</datalist></div>");
}

void
ui_place_chooser(struct html *h, const struct ui_place_chooser *c)
{
	html_raw(h, "<div class=\"place\" data-place>");
	ui_field_select(h, c->town, c->towns, c->n_towns, c->town_typed,
	    c->findings ? findings_of(c->findings, c->town->key) : NULL);
	html_raw(h, "<button type=\"submit\" name=\"list-villages\" value=\"1\" class=\"button\" formnovalidate>");
	html_say(h, T("选好镇（街道），列出村（社区）"));
	html_raw(h, "</button>");
	if (c->n_villages > 0)
		ui_field_select(h, c->village, c->villages, c->n_villages, c->village_typed,
		    c->findings ? findings_of(c->findings, c->village->key) : NULL);
	html_raw(h, "</div>");
}

void
ui_file(struct html *h, const struct ui_file *file, const struct finding *finding)
{
	struct field f = { .key = file->key, .label = file->label, .hint = file->hint };

	labelled_open(h, &f, finding);
	html_raw(h, "<input type=\"file\"");
	control_attrs(h, &f, finding);
	if (file->accept)
		html_attr(h, "accept", text_of(file->accept));
	if (file->several)
		html_raw(h, " multiple");
	html_raw(h, "></div>");
}

/* ---- the form around them -------------------------------------------------------------------------- */

void
ui_hidden(struct html *h, const char *name, struct text value)
{
	html_raw(h, "<input type=\"hidden\"");
	html_attr(h, "name", text_of(name));
	html_attr(h, "value", value);
	html_raw(h, ">");
}

void
ui_form_open(struct html *h, const struct ui_form *form)
{
	html_raw(h, "<form novalidate");
	html_attr(h, "action", form->action);
	buf_add(h->out, form->get ? TEXT(" class=\"asking\" method=\"get\"") : TEXT(" method=\"post\" data-once"));
	if (form->id)
		html_attr(h, "id", text_of(form->id));
	if (form->draft)
		html_attr(h, "data-draft", text_of(form->draft));
	if (form->upload)
		html_raw(h, " enctype=\"multipart/form-data\"");
	html_raw(h, ">");
	if (!form->get && form->csrf.n > 0)
		ui_hidden(h, "csrf", form->csrf);
	if (!form->get && form->key.n > 0)
		ui_hidden(h, "key", form->key);
}

void
ui_form_buttons(struct html *h, const char *submit, struct text back)
{
	html_raw(h, "<div class=\"buttons\"><button type=\"submit\" class=\"button primary\"");
	if (h->desk)
		html_raw(h, " data-key=\"Ctrl+Enter\"");
	html_raw(h, ">");
	html_say(h, submit);
	if (h->desk)
		html_raw(h, " <kbd>Ctrl+Enter</kbd>");
	html_raw(h, "</button>");
	if (back.n > 0) {
		html_raw(h, "<a class=\"button\"");
		html_attr(h, "href", back);
		html_raw(h, ">");
		html_say(h, T("返回"));
		html_raw(h, "</a>");
	}
	html_raw(h, "</div>");
}

void
ui_form_close(struct html *h)
{
	html_raw(h, "</form>");
}

static void
put_summary_row(struct html *h, const struct form *form, const struct finding *finding)
{
	const struct field *f = finding->field[0] && form ? form_field(form, finding->field) : NULL;

	html_raw(h, "<li>");
	if (finding->field[0]) {
		html_raw(h, "<a href=\"#f-");
		html_str(h, finding->field);
		html_raw(h, "\">");
		if (f) {
			html_say(h, f->label);
			html_say(h, T("："));
		}
	}
	html_text(h, finding_text(h->mem, h->lang, finding));
	if (finding->field[0])
		html_raw(h, "</a>");
	html_raw(h, "</li>");
}

void
ui_error_summary(struct html *h, const struct form *form, const struct findings *findings)
{
	if (!findings || findings->n == 0)
		return;
	html_raw(h, "<div class=\"summary\" role=\"alert\" tabindex=\"-1\" id=\"errors\"><h2>");
	html_sayf(h, T("有 %d 处需要改正，已填的内容都还在"), (int)findings->total);
	html_raw(h, "</h2><ul>");
	for (size_t i = 0; i < findings->n; i++)
		put_summary_row(h, form, &findings->v[i]);
	html_raw(h, "</ul></div>");
}

void
ui_answers(struct html *h, const struct ui_answer *v, size_t n)
{
	html_raw(h, "<dl class=\"answers\">");
	for (size_t i = 0; i < n; i++) {
		html_raw(h, "<div><dt>");
		html_say(h, v[i].label);
		html_raw(h, "</dt><dd>");
		if (v[i].value.n > 0)
			html_lines(h, v[i].value);
		else
			html_say(h, T("未填"));
		html_raw(h, "</dd>");
		if (v[i].change.n > 0) {
			html_raw(h, "<dd class=\"change\"><a");
			html_attr(h, "href", v[i].change);
			html_raw(h, ">");
			html_say(h, T("修改"));
			html_raw(h, "<span class=\"hidden\"> ");
			html_say(h, v[i].label);
			html_raw(h, "</span></a></dd>");
		}
		html_raw(h, "</div>");
	}
	html_raw(h, "</dl>");
}
