/*
 * html: how is a page written so that nothing typed can ever become markup?  html_raw() takes
 * literals only; everything else is escaped.  Components (ui_*) live in ui.h.
 */
#pragma once

#include "base/buf.h"
#include "kit/ctx/ctx.h"
#include "kit/msg/msg.h"

struct html {
	struct buf *out;
	enum lang lang;
	bool elder;
	int next_id;   /* for label/for pairs */
	struct arena *mem;  /* for messages with their bound filled in */
	const char *icons;  /* address of the icon sprite; NULL: pages without icons */
	bool desk;          /* staff page: keys are printed on buttons */
	const char *section; /* title of the open section: a table of the same name does not say it twice */
	bool digits;        /* ui_digits(): the next choice takes the keys 1-8 */
};

/* Markup, as a literal. */
#define html_raw(h, lit) buf_add((h)->out, TEXT(lit))
/* Text, escaped for content and for double-quoted attributes. */
void html_text(struct html *h, struct text t);
void html_str(struct html *h, const char *s);
/* A T() text in the page's language, escaped. */
void html_say(struct html *h, const char *zh);
/* A T() format in the page's language; the result is escaped. */
void html_sayf(struct html *h, const char *zh_format, ...) __attribute__((format(printf, 2, 3)));
void html_int(struct html *h, int64_t n);
void html_grouped(struct html *h, int64_t n); /* "5,900,000" */
/* name="value", with a blank before it, value escaped. */
void html_attr(struct html *h, const char *name, struct text value);
/* Text with its line breaks kept as <br>. */
void html_lines(struct html *h, struct text t);
