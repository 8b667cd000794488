/*
 * score: how good was the work of a village's adviser, who can open what it is made of, and what follows?
 *
 * 《村（社区）法律顾问工作评估办法》 (S203) is not known here: the scheme is a text that the city keeps (standards/sheet: drafted by one,
 * approved by another, in force from a day), and the one the program brings is a proposal, 未核实.  A score is of one contract and
 * one quarter or year.  It can be looked at any time; closing keeps its facts, its scheme's version and a hash, so that it comes to
 * the same marks later.  The adviser may appeal one item; somebody else than who closed the score decides, and a correction is a
 * new version.  What is only odd (the same words twice, a month written in one evening) is listed for a person and takes nothing
 * away until that person upholds it.
 *
 * Reading: the adviser their own, RIGHT_ADVISORS and RIGHT_FIGURES inside the jurisdiction.  Changing: RIGHT_ADVISORS inside the
 * jurisdiction.  The village answers four questions, or its paper is typed in by others (S168).
 * RC_NOT_FOUND: elsewhere, or not theirs.  (S166, S202, S203, S206)
 */
#pragma once

#include "evaluation/score/score_marks.h"
#include "kit/db/db.h"
#include "kit/form/form.h"
#include "standards/setting/setting.h"
#include "standards/sheet/sheet.h"

const char *score_item_label(enum score_item i);       /* T() */
const char *score_item_unit(enum score_item i);        /* T(): what have and want count */
const char *score_find_label(enum score_find k);       /* T() */
const char *score_answer_label(int i);                 /* T(): of the village's survey, 0.. */
struct text score_period_text(struct arena *mem, enum lang lang, int period); /* "2026 年第 1 季度" */

enum { SCORE_COUNTY_SHARE, SCORE_DAY_MINUTES, SCORE_EARLY, SCORE_LATE, SCORE_EVENING_LOGS, SCORE_EVENING_HOURS, SCORE_SAME_WORDS,
	SCORE_SETTINGS_N };
extern const struct setting_kind score_settings[SCORE_SETTINGS_N];
extern const struct sheet_kind score_sheet;
#define SCORE_SHEET_NAME "village"
/* The scheme that was in force on the last day of a period, or that version.  RC_CORRUPT: it cannot be read. */
enum rc score_scheme_of(struct tx *tx, const struct actor *actor, int period, struct score_scheme *ret, int64_t *ret_version);
enum rc score_scheme_load(struct tx *tx, const struct actor *actor, int64_t version, struct score_scheme *ret);

/* ---- one contract, one period ------------------------------------------------------------------------------------- */

#define SCORE_CONTRACTS_MAX 400   /* of one county */
struct score_closed {
	int64_t id, account, at_ms, appeal;
	int version;
	struct text why, by;           /* why: of a correction */
	int64_t total;
	int grade;
};
struct score {
	int64_t contract, provider, account, fee;  /* account: of the adviser; 0: none */
	struct place village;
	struct text name, firm;
	struct score_facts facts;
	struct score_scheme *scheme;
	int64_t scheme_version;        /* 0: the program's own */
	struct score_marks marks;
	int county_share;              /* per cent */
	struct score_pay pay;          /* due 0 where there is no grade */
	struct score_closed closed;    /* id 0: a preview */
};
bool score_may_manage(const struct actor *actor, struct place village);
/* Contracts of a place that hold in the period, with what is in force for each: the closed score, or a preview with what is
 * recorded up to now.  Nothing is there for who may not read. */
enum rc score_list(struct tx *tx, const struct actor *actor, struct place within, int period, struct score *ret, size_t cap, size_t *ret_n);
enum rc score_load(struct tx *tx, const struct actor *actor, int64_t contract, int period, struct score *ret);
/* As it would be now, also where it is closed. */
enum rc score_preview(struct tx *tx, const struct actor *actor, int64_t contract, int period, struct score *ret);
/* Versions, the newest first. */
enum rc score_versions(struct tx *tx, const struct actor *actor, int64_t contract, int period, struct score_closed *ret, size_t cap,
    size_t *ret_n);
/* Contracts of the actor as an adviser, the newest first. */
struct score_own { int64_t contract; struct place village; struct day from, to; };
enum rc score_mine(struct tx *tx, const struct actor *actor, struct score_own *ret, size_t cap, size_t *ret_n);

/*
 * Close the scores of a county's (or town's, or village's) contracts that are not closed yet; *ret_n: how many.
 * RC_INVALID with a finding: the period is not over, or logs can still be written.
 */
enum rc score_close(struct ctx *ctx, struct idem_key key, struct place within, int period, struct findings *findings, int64_t *ret_n);

/* ---- the village's word -------------------------------------------------------------------------------------------- */

bool score_may_answer(const struct actor *actor, struct place village);
struct score_answer { int64_t contract; int period; int v[SCORE_ANSWERS]; bool paper; struct text words; };
/* Once a contract and period.  RC_CONFLICT: given, or the score is closed. */
enum rc score_answer(struct ctx *ctx, struct idem_key key, const struct score_answer *in, struct findings *findings);
/* Who advises where, for whoever is logged in. */
struct score_party { struct place village; struct text name, firm; };
enum rc score_party(struct tx *tx, const struct actor *actor, int64_t contract, struct score_party *ret);
/* Contracts of the actor's villages that may be answered for: not answered, not closed. */
struct score_to_answer { int64_t contract; struct place village; struct text name; };
enum rc score_to_answer(struct tx *tx, const struct actor *actor, int period, struct score_to_answer *ret, size_t cap, size_t *ret_n);
struct score_answered { bool given, paper; int v[SCORE_ANSWERS]; int64_t at_ms; struct text words, by; };
enum rc score_answered(struct tx *tx, const struct actor *actor, int64_t contract, int period, struct score_answered *ret);

/* ---- appeals --------------------------------------------------------------------------------------------------------- */

#define SCORE_WORDS_MIN 4
#define SCORE_WORDS_MAX 500
enum score_appeal_state { SCORE_APPEAL_OPEN = 10, SCORE_APPEAL_KEPT = 20, SCORE_APPEAL_MENDED = 30 };
const char *score_appeal_label(enum score_appeal_state s); /* T() */
struct score_appeal {
	int64_t id, score, account, at_ms, decided_by, decided_ms, marks; /* marks: as mended, hundredths */
	enum score_item item;
	enum score_appeal_state state;
	struct text reason, decided_words, by, decided_name;
};
/* Last day on which the adviser may appeal. */
struct day score_appeal_last(const struct score_scheme *s, int64_t closed_ms);
/* By the adviser, of one item of the version in force.  RC_CONFLICT: one is open for that item.  RC_INVALID: too late, no reason. */
enum rc score_appeal(struct ctx *ctx, struct idem_key key, int64_t contract, int period, int item, struct text reason,
    struct findings *findings);
/* marks < 0: the score is kept.  RC_REFUSED: who closed it does not decide. */
enum rc score_decide(struct ctx *ctx, struct idem_key key, int64_t appeal, int64_t marks, struct text words, struct findings *findings);
enum rc score_appeals(struct tx *tx, const struct actor *actor, int64_t contract, int period, struct score_appeal *ret, size_t cap,
    size_t *ret_n);

/* Appeals of a place and period that wait, where the actor may manage; the oldest first. */
struct score_waiting { int64_t appeal, contract, closer, at_ms; struct place village; enum score_item item; struct text name; };
enum rc score_waiting(struct tx *tx, const struct actor *actor, struct place within, int period, struct score_waiting *ret, size_t cap,
    size_t *ret_n);

/* ---- what should be looked at ------------------------------------------------------------------------------------------ */

struct score_finding {
	enum score_find kind;
	struct score_line line, other;       /* other.plan 0: none */
	int64_t number;
	struct text name;
	bool decided, upheld;
	int64_t decided_ms;
	struct text why, by;
};
#define SCORE_FINDINGS_MAX 400
/* Of a place and period, by person and day; those decided, too. */
enum rc score_findings(struct tx *tx, const struct actor *actor, struct place within, int period, struct score_finding *ret, size_t cap,
    size_t *ret_n);
/* RC_NOT_FOUND: there is none of that kind at that visit.  RC_CONFLICT: decided already. */
struct score_look { int kind; int64_t plan; int32_t slot; bool upheld; struct text why; };
enum rc score_look(struct ctx *ctx, struct idem_key key, const struct score_look *in, struct findings *findings);

/* ---- what follows: renewal ----------------------------------------------------------------------------------------------- */

/* Why this contract may be renewed although its last score lies below the bound; another person renews it. */
enum rc score_renewal(struct ctx *ctx, struct idem_key key, int64_t contract, struct text reason, struct findings *findings);
struct score_renewal { bool below; int64_t total, bound, account, at_ms; struct text reason, by; };
enum rc score_renewal_of(struct tx *tx, const struct actor *actor, int64_t contract, struct score_renewal *ret);
/* For resources/advisor: may this adviser have this village again?  RC_INVALID with a finding. */
enum rc score_may_renew(struct tx *tx, const struct actor *actor, struct place village, int64_t provider, int line, struct findings *findings);

/* Is every closed score what its own facts and scheme say?  *ret_first: of those that are not.  System. */
enum rc score_check(struct tx *tx, const struct actor *actor, int64_t *ret_n, int64_t *ret_bad, int64_t *ret_first);

extern const struct db_set score_sql;
