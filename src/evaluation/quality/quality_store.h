/* quality_store: the SQL of quality; private. */
#pragma once

#include "evaluation/quality/quality_rule.h"

enum quality_q {
	Q_EXPERTS, Q_EXPERT_INSERT, Q_EXPERT_UPDATE, Q_SITTING, Q_LIST, Q_LIST_NEWEST, Q_LIST_PUT,
	Q_ROOT, Q_ELIGIBLE, Q_ROUND_INSERT, Q_SEAT_INSERT, Q_FILE_INSERT, Q_ROUND_LOAD, Q_ROUNDS, Q_SEATS, Q_FILES_ALL, Q_CONFLICTS,
	Q_LOADS, Q_CANDIDATE, Q_TASK_INSERT, Q_FILE_DRAWN, Q_ROUND_DRAWN, Q_ROUND_CLOSE, Q_ROUND_OPEN_FILES,
	Q_FILE_STEP, Q_FILE_LACKS, Q_TURN, Q_SCORES, Q_TASK_SCORED, Q_TASK_BACK, Q_MARK, Q_OPEN_TASKS,
	Q_FILE_HEARD, Q_FILE_STATEMENT, Q_FILE_AGAIN, Q_FILE_DECIDED, Q_FILE_REVISION, Q_RECTIFY, Q_RECTIFY_ANSWER, Q_RECTIFY_JUDGE,
	Q_VOICE, Q_SEMINAR, Q_SEMINAR_CASE, Q_REPLAY_ROUNDS, Q_REPLAY_FILES, Q_REPLAY_CANDIDATES,
	Q_COUNT
};
enum quality_read {
	L_FILE_AREA, L_FILE_OWN, L_FILE_SYSTEM, L_FILES_ROUND, L_FILES_CASE, L_FILES_OWN, L_WAITING, L_CANDIDATES, L_MINE, L_TASK, L_FACTS, L_REPORTS,
	L_CLOSING, L_TASK_MARKS, L_TASKS_CASE, L_MARKS_CASE, L_RECTIFIES_CASE, L_VOICES_CASE, L_VOICES_LOW, L_CALLS, L_SEMINARS,
	L_FIG_FIRM, L_FIG_PROVIDER, L_FIG_COUNTY, L_FIG_ALL, L_FIG_FILES, L_OF_PROVIDER,
	L_COUNT
};
extern const struct db_stmt quality_q[Q_COUNT], quality_read[L_COUNT];

void quality_file_read(const struct rows *row, struct quality_file *ret);
enum rc quality_refuse(struct quality_verdict *v, enum quality_no why, int64_t bound);
/* Over a county or the city, with RIGHT_QUALITY, this place being inside. */
bool quality_manages(const struct actor *actor, struct place place);
size_t quality_words(struct text t);

/* A file where the actor manages (L_FILE_AREA), as the handling person (L_FILE_OWN), inside a consequence (L_FILE_SYSTEM). */
enum rc quality_file_load(struct tx *tx, const struct actor *actor, enum quality_read how, int64_t id, struct quality_file *ret);
/* An event of its case, written by the program, telling one account (0: nobody); and the deed in the trail. */
enum rc quality_tell(struct tx *tx, const struct actor *actor, const struct quality_file *f, const char *kind, int64_t to,
    struct text note);

/* Seed of the round, as bytes.  RC_CORRUPT. */
enum rc quality_seed_read(struct text hex, unsigned char ret[static 32]);
/* SHA-256 of round, digest, root, nonce, number. */
void quality_seed_make(int64_t round, struct text digest, struct text root, struct text nonce, struct text number, char ret[static 65]);
void quality_promise_make(struct text nonce, char ret[static 65]);
struct quality_listed { int64_t id, request, provider, firm, kind, checklist, must; };
void quality_digest_make(const struct quality_listed *files, size_t n, const int64_t *seats, size_t n_seats, char ret[static 65]);
/* One more expert for a file of a drawn round; f->lacks is brought up to date.  RC_OK also when there is nobody. */
enum rc quality_one_more(struct tx *tx, const struct actor *actor, struct quality_file *f, bool *ret_found);
/* Judge and choose for a file; candidates and tasks are written. */
enum rc quality_seat_file(struct tx *tx, const struct actor *actor, const unsigned char seed[static 32], const struct quality_file *f,
    int turn, size_t k, struct quality_seat *v, size_t n, size_t *ret_found);
