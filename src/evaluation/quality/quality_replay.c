/* Every draw made again from what is stored: list, promise, seed, order of files, experts of each file and each turn. */
#include "evaluation/quality/quality_store.h"

struct round_row { int64_t id, wanted, percent, per_file; enum quality_round_state state; struct text digest, promise, root, nonce, number, seed; };

/* Whose load the draw itself counts up. */
struct loads { int64_t account[QUALITY_EXPERTS_MAX], load[QUALITY_EXPERTS_MAX]; size_t n; };

static enum rc
next_round(struct tx *tx, const struct actor *actor, int64_t after, struct round_row *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &quality_q[Q_REPLAY_ROUNDS], ARGS(db_int(after)), &row);

	if (rc == RC_OK)
		*ret = (struct round_row){ .id = rows_int(row, 0), .digest = rows_copy(row, 1), .promise = rows_copy(row, 2),
			.root = rows_copy(row, 3), .nonce = rows_copy(row, 4), .number = rows_copy(row, 5), .seed = rows_copy(row, 6),
			.wanted = rows_int(row, 7), .percent = rows_int(row, 8), .per_file = rows_int(row, 9),
			.state = (enum quality_round_state)rows_int(row, 10) };
	return rc;
}

static enum rc
seats_of(struct tx *tx, const struct actor *actor, int64_t round, struct loads *l)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &quality_q[Q_SEATS], ARGS(db_int(round)), &row);

	l->n = 0;
	while (rc == RC_OK && l->n < QUALITY_EXPERTS_MAX && (rc = rows_next(row)) == RC_OK) {
		l->account[l->n] = rows_int(row, 0);
		l->load[l->n++] = 0;
	}
	return rc == RC_DONE ? RC_OK : rc;
}

/* The list is what its digest says, and the files stand in the order the seed gives. */
static enum rc
list_fits(struct tx *tx, const struct actor *actor, const struct round_row *r, const unsigned char seed[static 32], const struct loads *l,
    bool *ret)
{
	struct quality_listed *v = arena_array(tx_mem(tx), QUALITY_FILES_MAX, sizeof *v);
	int64_t *place_of = arena_array(tx_mem(tx), QUALITY_FILES_MAX, sizeof *place_of), place = 0, left;
	uint32_t *order = arena_array(tx_mem(tx), QUALITY_FILES_MAX, sizeof *order);
	char digest[65];
	ROWS row = NULL;
	size_t n = 0;
	enum rc rc = v == NULL || place_of == NULL || order == NULL ? RC_NO_MEMORY
	    : tx_rows(tx, actor, &quality_q[Q_FILES_ALL], ARGS(db_int(r->id)), &row);

	for (; rc == RC_OK && n < QUALITY_FILES_MAX && (rc = rows_next(row)) == RC_OK; n++) {
		v[n] = (struct quality_listed){ .id = rows_int(row, 0), .request = rows_int(row, 1), .provider = rows_int(row, 2),
			.firm = rows_int(row, 3), .kind = rows_int(row, 4), .checklist = rows_int(row, 5), .must = rows_int(row, 6) };
		place_of[n] = rows_int(row, 7);
	}
	if (rc != RC_OK && rc != RC_DONE)
		return rc;
	quality_digest_make(v, n, l->account, l->n, digest);
	*ret = text_equals(text_of(digest), r->digest);
	if (r->state == QUALITY_FIXED)
		return RC_OK;
	quality_shuffle(seed, order, n);
	left = quality_sample((int64_t)n, r->wanted, r->percent);
	for (size_t i = 0; i < n; i++)
		if (v[i].must != 0 && place < QUALITY_DRAWN_MAX)
			*ret = place_of[i] == ++place && *ret;
	for (size_t i = 0; i < n; i++)
		if (v[order[i]].must == 0) {
			bool drawn = left-- > 0 && place < QUALITY_DRAWN_MAX;

			place += drawn;
			*ret = place_of[order[i]] == (drawn ? place : 0) && *ret;
		}
	return RC_OK;
}

static int64_t *
load_of(struct loads *l, int64_t account)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->account[i] == account)
			return &l->load[i];
	return NULL;
}

/* One turn of one file; in the draw itself the loads must be those that the draw had counted up to there. */
static enum rc
turn_fits(struct tx *tx, const struct actor *actor, const struct round_row *r, const unsigned char seed[static 32], int64_t file, int turn,
    struct loads *l, struct quality_seat *v, bool *ret)
{
	bool chosen[QUALITY_EXPERTS_MAX];
	ROWS row = NULL;
	size_t n = 0;
	enum rc rc = tx_rows(tx, actor, &quality_q[Q_REPLAY_CANDIDATES], ARGS(db_int(file), db_int(turn)), &row);

	for (; rc == RC_OK && n < QUALITY_EXPERTS_MAX && (rc = rows_next(row)) == RC_OK; n++) {
		v[n] = (struct quality_seat){ .account = rows_int(row, 0), .why = (enum quality_why)rows_int(row, 1), .load = rows_int(row, 2) };
		chosen[n] = rows_int(row, 3) != 0;
	}
	if (rc != RC_OK && rc != RC_DONE)
		return rc;
	*ret = *ret && (turn > 0 || n == l->n);
	quality_pick(seed, file, turn, turn > 0 ? 1 : (size_t)r->per_file, v, n);
	for (size_t i = 0; i < n; i++) {
		int64_t *load = turn > 0 ? NULL : load_of(l, v[i].account);

		*ret = *ret && v[i].chosen == chosen[i] && (turn > 0 || (load != NULL && *load == v[i].load));
		if (load != NULL)
			*load += chosen[i];
	}
	return RC_OK;
}

struct turn { int64_t file; int turn; };

static enum rc
turns_fit(struct tx *tx, const struct actor *actor, const struct round_row *r, const unsigned char seed[static 32], struct loads *l, bool *ret)
{
	struct quality_seat *v = arena_array(tx_mem(tx), QUALITY_EXPERTS_MAX, sizeof *v);
	struct turn *t = arena_array(tx_mem(tx), QUALITY_DRAWN_MAX * 8, sizeof *t);
	ROWS row = NULL;
	size_t n = 0;
	enum rc rc = v == NULL || t == NULL ? RC_NO_MEMORY : tx_rows(tx, actor, &quality_q[Q_REPLAY_FILES], ARGS(db_int(r->id)), &row);

	for (; rc == RC_OK && n < QUALITY_DRAWN_MAX * 8 && (rc = rows_next(row)) == RC_OK; n++)
		t[n] = (struct turn){ rows_int(row, 0), (int)rows_int(row, 1) };
	rc = rc == RC_DONE ? RC_OK : rc;
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		rc = turn_fits(tx, actor, r, seed, t[i].file, t[i].turn, l, v, ret);
	return rc;
}

static enum rc
round_fits(struct tx *tx, const struct actor *actor, const struct round_row *r, bool *ret)
{
	struct loads *l = ARENA_NEW(tx_mem(tx), struct loads);
	unsigned char seed[32] = { 0 };
	char hex[65];
	enum rc rc = l == NULL ? RC_NO_MEMORY : seats_of(tx, actor, r->id, l);

	if (rc == RC_OK && r->state == QUALITY_FIXED)
		return list_fits(tx, actor, r, seed, l, ret);
	if (rc != RC_OK)
		return rc;
	quality_promise_make(r->nonce, hex);
	*ret = text_equals(text_of(hex), r->promise);
	quality_seed_make(r->id, r->digest, r->root, r->nonce, r->number, hex);
	*ret = *ret && text_equals(text_of(hex), r->seed) && quality_seed_read(r->seed, seed) == RC_OK;
	if (*ret)
		rc = list_fits(tx, actor, r, seed, l, ret);
	return rc == RC_OK && *ret ? turns_fit(tx, actor, r, seed, l, ret) : rc;
}

enum rc
quality_replay_all(struct tx *tx, const struct actor *actor, int64_t *ret_looked, int64_t *ret_bad, int64_t *ret_first)
{
	struct round_row r = { .id = 0 };
	enum rc rc;

	*ret_looked = *ret_bad = *ret_first = 0;
	while ((rc = next_round(tx, actor, r.id, &r)) == RC_OK) {
		bool fits = true;

		rc = round_fits(tx, actor, &r, &fits);
		if (rc != RC_OK)
			return rc;
		++*ret_looked;
		*ret_bad += !fits;
		if (!fits && *ret_first == 0)
			*ret_first = r.id;
	}
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}
