/* What the files of this folder share.  Private. */
#pragma once

#include "operations/matter/mediation/mediation_rule.h"
#include "operations/matter/mediation/mediation_store.h"

#define MEDIATION_ROWS 60

/* A case as a step finds it. */
struct mediation_work {
	struct request r;
	struct mediation a;
	unsigned sides;
	const struct mediation_edge *edge;
	struct mediation_party parties[MEDIATION_PARTIES_MAX];
	size_t n_parties;
	struct mediation_member members[MEDIATION_ROWS];
	size_t n_members;
	int64_t tell;             /* account named in the event: to be told; 0: nobody */
	struct text tail;         /* more "key=value" lines for the event, each begun by a line feed */
};

/* What is sealed, hashed and looked up before the command. */
struct mediation_ready {
	int64_t party;            /* its id */
	struct text who;          /* sealed */
	unsigned char name_key[16], id_key[16];
	bool has_id;
	int64_t fen[MEDIATION_DUTIES];
	size_t n_duties;
	struct request_new next;  /* what it goes on as */
};
struct mediation_arg {
	const struct mediation_act *act;
	struct mediation_ready ready;
	struct mediation_verdict verdict;
	int64_t next;
};
/* One step's own part, between judging and moving; RC_REFUSED with the verdict's reason set. */
typedef enum rc mediation_run(struct tx *tx, const struct actor *actor, struct mediation_work *w, struct mediation_arg *arg);
mediation_run mediation_register, mediation_party_add, mediation_consent, mediation_refuse, mediation_accept, mediation_appoint,
    mediation_relieve, mediation_session, mediation_extend, mediation_danger_tell, mediation_fail, mediation_end, /* _work.c */
    mediation_draft, mediation_sign, mediation_redraft, mediation_claim, mediation_perform, mediation_miss, mediation_visit,
    mediation_break, /* _agree.c */
    mediation_confirm_step; /* _confirm.c */

enum rc mediation_refused(struct mediation_arg *arg, enum mediation_why why);
size_t mediation_words(struct text t); /* characters, blanks around left out */
/* Load and ask whether the step may be taken by this actor now. */
enum rc mediation_begin(struct tx *tx, const struct actor *actor, struct mediation_work *w, struct mediation_arg *arg);
/* Take it: state, clocks, request, event ("mediation.STEP"). */
enum rc mediation_move(struct tx *tx, const struct actor *actor, struct mediation_work *w, struct text note, bool shown);
/* Another step that follows from the one just taken, in the same command. */
enum rc mediation_follow(struct tx *tx, const struct actor *actor, struct mediation_work *w, enum mediation_step step);
/* What follows by itself: in effect when all have signed, the next duty's clock, the end when all is performed. */
enum rc mediation_after(struct tx *tx, const struct actor *actor, struct mediation_work *w, enum mediation_step step);
/* The time to perform runs to the next duty; RC_NOT_FOUND: none is open. */
enum rc mediation_perform_start(struct tx *tx, const struct actor *actor, struct mediation_work *w);
struct mediation_party *mediation_party_of(struct mediation_work *w, int64_t id); /* NULL: not of this case */
size_t mediation_keys(const struct mediation_work *w, struct mediation_key ret[static MEDIATION_PARTIES_MAX]);
