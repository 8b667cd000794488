/*
 * policy: what do the rules of this city say of this case, and why?  Joins engine/rules with the
 * world: facts that come as JSON, verdicts in words, the packages the program brings, their cases.
 *
 * Versions, drafts and who approved them: policy_version.h.
 */
#pragma once

#include "base/buf.h"
#include "engine/rules/rules_eval.h"
#include "kit/ctx/ctx.h"
#include "kit/json/json.h"

/* ---- words --------------------------------------------------------------------------------------- */

/* "第 3 行第 5 个字：…", in the arena. */
struct text policy_finding_text(struct arena *mem, enum lang lang, const struct rules_finding *f);
/* Why a value failed: "2012-05-31 还没有“最低工资”的标准". */
struct text policy_failure_text(struct arena *mem, enum lang lang, const struct rules *r, const struct rules_value *v);
/* The English where the package gives it. */
struct text policy_words(enum lang lang, struct rules_words w);
/* A name with its words: those when given, else the name. */
struct text policy_name(enum lang lang, struct text name, struct rules_words w);
/* For people: "1,370.00 元", "70", "是", "2026-06-30", an option's words. */
struct text policy_value(struct arena *mem, enum lang lang, const struct rules *r, struct rules_type type, int64_t n);
/* A value of a parameter with its unit: "2,490.00 元/月", "3 年". */
struct text policy_parameter_value(struct arena *mem, enum lang lang, const struct rules *r,
    const struct rules_parameter *par, int64_t n);
/* "《法律援助法》第三十四条", empty for none. */
struct text policy_basis(struct arena *mem, enum lang lang, const struct rules *r, struct rules_basis b);

/* ---- facts and verdicts as JSON -------------------------------------------------------------------- */

struct policy_finding { struct text field, message; };
#define POLICY_FINDING_MAX 40
struct policy_findings { size_t n; struct policy_finding v[POLICY_FINDING_MAX]; };

/*
 * {"收入": "1369.99", "农民工": true, "成员": [{"出生": "1990-01-01"}]}: money and decimals as texts (or
 * whole numbers), absent or null is missing.  RC_INVALID with a finding for each fact that is unknown,
 * of another type, outside its bounds (which it names).
 */
enum rc policy_facts_read(struct arena *mem, enum lang lang, const struct rules *r, const struct json_value *facts,
    struct rules_facts **ret, struct policy_findings *findings);
/* One fact as a person types it into a field; not for the empty text.  False: *ret_why says what it must be. */
bool policy_fact_typed(struct arena *mem, enum lang lang, const struct rules *r, int input, struct text typed, int64_t *ret,
    struct text *ret_why);
/* The known facts in the order of the package: the same facts, the same bytes. */
void policy_facts_write(struct json *j, const char *key, const struct rules *r, const struct rules_facts *f);
/* Outcome, outputs, remarks, what is missing; with trace every line.  The same verdict, the same bytes. */
void policy_verdict_write(struct buf *out, const struct rules *r, const struct rules_verdict *v, bool trace);
/* The same without the package's name and version and without the trace: what two versions must agree on. */
void policy_verdict_body(struct buf *out, const struct rules *r, const struct rules_verdict *v);

/* ---- what the program brings ------------------------------------------------------------------------- */

struct policy_builtin { const char *package, *file; struct text text; }; /* file "": the package itself */
extern const struct policy_builtin policy_builtins[], policy_builtin_cases[];
extern const size_t policy_builtins_n, policy_builtin_cases_n;
const struct policy_builtin *policy_builtin_find(struct text package); /* NULL: none */

/* ---- cases --------------------------------------------------------------------------------------------- */

struct policy_tally { int passed, failed; };
/*
 * Run the cases of one file: a list of {"name", "date", "facts", "expect"}; "expect" maps steps (and
 * 结论) to what they must be, "?" for missing, "!" for failed.  Each that fails is told through say().
 * RC_INVALID for a file that is none, with a finding.
 */
enum rc policy_cases_run(struct arena *mem, const struct rules *r, struct text json, struct policy_tally *tally,
    void (*say)(void *arg, struct text name, struct text what), void *arg, struct findings *findings);
