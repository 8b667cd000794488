/* What the files of this folder share.  Private. */
#pragma once

#include "operations/matter/legalaid/legalaid_rule.h"
#include "operations/matter/legalaid/legalaid_run.h"
#include "operations/matter/legalaid/legalaid_store.h"
#include "operations/paper/paper.h"

/* A case as a step finds it. */
struct aid_work {
	struct request r;
	struct aid a;
	unsigned sides;
	const struct aid_edge *edge;
	const struct aid_limits *limits;
	int64_t tell;            /* account named in the event: to be told; 0: none */
	bool paper_due;          /* its paper could not be printed: the event says so */
	bool goes_on;            /* moved along by the step before it: nobody takes it anew */
};

struct aid_step_head { struct case_id id; int64_t revision; enum aid_step step; };
/*
 * Load the case and ask whether the step may be taken by this actor now; w->limits is kept.  RC_REFUSED with *ret.
 * RC_CONFLICT: no longer at that revision.
 */
enum rc aid_begin(struct tx *tx, const struct actor *actor, const struct aid_step_head *h, struct aid_work *w,
    struct aid_verdict *ret);
/* Take it: state, clocks met and started, request and event ("aid.STEP").  The event's kind, state and data are set here. */
enum rc aid_take(struct tx *tx, const struct actor *actor, struct aid_work *w, struct text note, bool shown, int64_t *ret_event);

/* A step that carries words alone. */
struct aid_plain { struct aid_step_head head; struct aid_limits limits; struct text words; struct aid_verdict verdict; };
enum rc aid_plain_run(struct ctx *ctx, struct idem_key key, const char *name, db_fn *fn, struct aid_plain *arg,
    struct aid_verdict *ret);
/* RC_REFUSED, for this reason. */
enum rc aid_refuse(struct aid_verdict *v, enum aid_why why);
/* Whose case it is now. */
struct aid_open { int64_t id, account, firm, provider; bool accepted; };
/* RC_CORRUPT: the state says that somebody has it, and nobody does. */
enum rc aid_open_one(struct tx *tx, const struct actor *actor, struct case_id id, struct aid_open *ret);
/* May they take it on, or go on, on that day?  RC_REFUSED with *ret.  conflicts: also look at the other side. */
enum rc aid_lawyer_stands(struct tx *tx, const struct actor *actor, struct case_id id, const struct aid_open *o, struct day day,
    bool conflicts, struct aid_verdict *ret);
/* The event of this step names the lawyer whose case it is or was. */
enum rc aid_lawyer_tell(struct tx *tx, const struct actor *actor, struct aid_work *w);

/* The facts of the form as the package asks for them.  RC_CORRUPT: it asks for others. */
enum rc aid_facts_make(struct arena *mem, const struct rules *r, const struct aid_form *form, struct day applied,
    struct rules_facts **ret);
enum aid_advice aid_advice_of(const struct rules_verdict *v);
int aid_years_of(const struct rules_verdict *v);

/* Values of the form as bytes, to tell one form from another. */
struct text aid_form_bytes(struct arena *mem, const struct aid_form *f);
enum rc aid_form_put(struct tx *tx, const struct actor *actor, int64_t request, const struct aid_form *f);
/* A decision, numbered within its case. */
struct aid_decision_new { enum aid_decided kind; struct text deviation, words; unsigned grounds; int64_t proof; };
enum rc aid_decision_write(struct tx *tx, const struct actor *actor, const struct aid_work *w,
    const struct aid_decision_new *in, int *ret_n);
/* Inside the command of its request: the form of an application, as its first step; *ret goes on from there. */
enum rc aid_apply_write(struct tx *tx, const struct actor *actor, const struct request *r, const struct aid_form *form,
    const struct aid_limits *limits, struct aid_work *ret);
enum rc aid_item_find(struct ctx *ctx, int64_t *ret); /* the catalogue's item of legal aid */
/* What is missing is written down and the time to decide stands still; the step itself and its paper are the caller's. */
enum rc aid_supplement_write(struct tx *tx, const struct actor *actor, struct aid_work *w, const struct aid_ask *in, struct aid_verdict *v);
size_t aid_words(struct text t); /* characters, blanks around left out */

/* ---- the paper of a step (legalaid_paper.c) -------------------------------------------------------------------- */

/*
 * Made ready before the command from what the case holds, issued inside it: a decision without its paper is none.  Words
 * that no font prints do not stop a decision: then nothing is ready, and its event says "paper=missing".
 */
struct aid_paper { struct paper_draft draft; struct place place; int64_t revision; bool ready; };
enum rc aid_paper_decide(struct ctx *ctx, const struct aid_decide *in, struct aid_paper *ret);
enum rc aid_paper_supplement(struct ctx *ctx, const struct aid_ask *in, struct aid_paper *ret);
enum rc aid_paper_assign(struct ctx *ctx, const struct aid_assign *in, const struct aid_limits *limits, struct aid_paper *ret);
enum rc aid_paper_terminate(struct ctx *ctx, const struct aid_terminate *in, struct aid_paper *ret);
enum rc aid_paper_objection(struct ctx *ctx, struct case_id id, bool uphold, struct text words, struct aid_paper *ret);
/* Before aid_take(): issued, or owed where it cannot be printed.  RC_CONFLICT: the case was changed since it was made ready. */
enum rc aid_paper_issue(struct tx *tx, const struct actor *actor, struct aid_work *w, const struct aid_paper *p);

/* ---- papers that follow a step (legalaid_owed.c) ------------------------------------------------------------------- */

/* Inside the step, after it was taken. */
enum rc aid_step_owes(struct tx *tx, const struct actor *actor, const struct aid_work *w);
/* The institution has it: whoever held it before owes the letter that passes it on (Art. 39). */
enum rc aid_pass_on_owes(struct tx *tx, const struct actor *actor, const struct request *r);
