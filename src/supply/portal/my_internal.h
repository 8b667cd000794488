/* my_internal: one's own request as its page shows it. */
#pragma once

#include "base/code.h"
#include "evaluation/review/review.h"
#include "operations/matter/consult/consult.h"
#include "operations/paper/paper.h"
#include "supply/portal/portal_internal.h"

#define MY_EVENTS 200
#define MY_MESSAGES 200
#define MY_REVIEWS 4

struct my_request {
	struct request r;
	struct case_id earlier[INTAKE_EARLIER_MAX]; /* what it was before, the latest first */
	size_t n_earlier;
	struct event *events;
	struct message *messages;
	struct attachment files[UPLOADS_PER_REQUEST];
	struct paper *papers;             /* issued to the resident */
	struct review reviews[MY_REVIEWS];
	struct consult consult;           /* answered_ms 0: not yet */
	size_t n_events, n_messages, n_files, n_papers, n_reviews;
	struct case_pause pauses[CASE_PAUSES_MAX];
	size_t n_pauses;
	const struct case_pause *paused;  /* its clocks stand still; or NULL */
	struct text outcome;              /* in the page's language; empty: none */
	bool silent;                      /* no messages wanted */
	struct point point;               /* of who holds it; id 0: unknown */
};
enum rc my_load(struct exchange *x, struct receipt *receipt, struct my_request *ret);

/* A form of the page sent and refused: what was typed and what is wrong with it. */
struct my_again {
	const struct form *form;
	const struct typed *typed;
	const struct findings *findings;
	bool used;                        /* its key has sent something else: the form needs a fresh one */
};
enum rc my_show(struct exchange *x, struct receipt *receipt, const struct my_again *again);
struct my_say { struct text body; };
/* The page that asks for the code; wait_s > 0: too many wrong ones. */
enum rc my_ask_code(struct exchange *x, const struct typed *typed, const struct findings *findings);

void my_put_messages(struct exchange *x, struct html *h, const struct message *v, size_t n);
/* The newest act that may be rated, or what was given; nothing when there is none. */
void my_put_review(struct exchange *x, struct html *h, const struct review *reviews, size_t n);
void my_put_papers(struct exchange *x, struct html *h, const struct my_request *m);

/* Five buttons under a place for words; posts to /v/CODE. */
void rate_put_form(struct exchange *x, struct html *h, struct text code, struct text typed_comment,
    const struct findings *findings, struct text channel);
