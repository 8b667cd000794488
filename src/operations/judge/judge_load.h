/*
 * judge_load: what would it mean for the lawyers and for the budget, if so many households were granted aid?  Worked out
 * from five figures that the bureau states (settings, with who stated them and by which paper).  One that nobody has
 * stated makes what hangs on it unknown; none has a value of its own.
 */
#pragma once

#include "kit/db/db.h"
#include "kit/form/form.h"

enum judge_figure {
	JUDGE_APPLICATIONS, /* a year for 1,000 households that fulfil the conditions */
	JUDGE_HOURS,        /* of a lawyer for one case */
	JUDGE_CAPACITY,     /* hours all lawyers have a year */
	JUDGE_SUBSIDY,      /* yuan for one case */
	JUDGE_BUDGET,       /* yuan a year */
	JUDGE_FIGURE_COUNT
};

#define JUDGE_UNKNOWN INT64_C(-1)

/* Hundredths; JUDGE_UNKNOWN: not stated.  seen: the newest change among them, 0 for none. */
struct judge_figures { int64_t v[JUDGE_FIGURE_COUNT], seen; };

/* key: of the form, without its head of the setting; most: in hundredths, as all are kept. */
struct judge_figure_row { const char *key, *setting, *label, *unit; int64_t most; };
extern const struct judge_figure_row judge_figure_rows[JUDGE_FIGURE_COUNT];

enum rc judge_figures_now(struct tx *tx, const struct actor *actor, struct judge_figures *ret);
/*
 * State them anew, those that differ; who may is asked here (RIGHT_POLICY).  in->seen: what the form was made from;
 * RC_CONFLICT when somebody changed them since.  RC_INVALID: findings on a figure's key.
 */
enum rc judge_figures_set(struct ctx *ctx, struct idem_key key, const struct judge_figures *in, struct text document,
    struct findings *findings);

/* ---- what follows of them: pure ------------------------------------------------------------------------------------- */

/* For so many households; what cannot be told is JUDGE_UNKNOWN.  hours in hundredths, cost in fen. */
struct judge_load { int64_t applications, hours, cost; };
struct judge_load judge_load(const struct judge_figures *f, int64_t granted);
/* Which stated figure is the first that lacks for: applications, hours, cost; JUDGE_FIGURE_COUNT: none. */
enum judge_figure judge_load_lacks(const struct judge_figures *f, enum judge_figure limit);
