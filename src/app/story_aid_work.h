/* story_aid_work: a case of legal aid brought as far as a lawyer at work.  Tests only. */
#pragma once

#include "app/story_aid_stage.h"

#include "operations/matter/legalaid/legalaid_run.h"

int64_t granted(struct stage *f);
enum rc assign(struct stage *f, int who, int64_t id, int64_t provider, const char *words, struct aid_verdict *v,
    enum aid_lawyer_why *why);
/* One of the steps that carry words alone. */
typedef enum rc plain_step(struct ctx *, struct idem_key, struct case_id, int64_t, struct text, struct aid_verdict *);
enum rc plain(struct stage *f, int who, int64_t id, plain_step *step, const char *words, struct aid_verdict *v);
enum rc accept(struct stage *f, int who, int64_t id, struct aid_verdict *v);
enum rc report(struct stage *f, int who, int64_t id, struct aid_verdict *v);
/* With a lawyer who has accepted, an agreement and a first report. */
int64_t under_way(struct stage *f);
