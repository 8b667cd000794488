/* ask_internal: the draft and the frame of the pages on which somebody asks for help. */
#pragma once

#include "supply/portal/portal_internal.h"

#define ASK_DRAFT "ask" /* name of the draft */

enum { STEP_WHAT, STEP_WHERE, STEP_WHO, STEP_CHECK, STEP_COUNT };

struct ask_draft {
	struct ask values;
	struct typed typed;        /* of ask_form, never NULL inside */
	struct findings findings;  /* all that is wrong or missing in it */
	struct text key;           /* of the submission: the same in every tab */
	bool found;
};

struct ask_step {
	const struct form *form;
	const char *path, *next, *back, *title;
	void (*fields)(struct exchange *x, struct html *h, struct ask_draft *d, const struct findings *f);
};

extern const struct ask_step ask_steps[STEP_CHECK];

enum rc ask_draft_open(struct exchange *x, struct ask_draft *d);
/* RC_OK also when it is too large to keep: the page is then shown with what was typed and says so. */
enum rc ask_draft_close(struct exchange *x, const struct ask_draft *d);
struct text *ask_typed(struct ask_draft *d, const char *key);
/* Findings of one page's fields only. */
void ask_findings_pick(const struct findings *all, const struct form *form, struct findings *ret);
void ask_page_open(struct exchange *x, struct html *h, int step, const char *title);
void ask_put_clear(struct exchange *x, struct html *h);
enum rc ask_show_step(struct exchange *x, int at, const struct ask_step *s, struct ask_draft *d,
    const struct findings *f);

/* The item asked for, else the one that fits the topic. */
enum rc ask_item(struct exchange *x, const struct ask *a, struct item *ret);
/* May they ask for it here?  If not, the page that says why and who can help is written; *ret is its rc. */
bool ask_may(struct exchange *x, const struct ask *a, const struct item *item, enum rc *ret);
