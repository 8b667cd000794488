/* A round: files and experts are fixed, a witness names a number, the draw is made; nobody could have steered it. */
#include "evaluation/quality/quality_store.h"

#include "base/code.h"
#include "base/utf8.h"
#include "kit/audit/audit.h"
#include "kit/crypt/crypt.h"

/* ---- what the draw hangs on -------------------------------------------------------------------------------- */

void
quality_seed_make(int64_t round, struct text digest, struct text root, struct text nonce, struct text number, char ret[static 65])
{
	unsigned char out[32];
	struct crypt_hasher h;

	crypt_hasher_start(&h);
	crypt_hasher_field(&h, TEXT("quality-draw-1"));
	crypt_hasher_int(&h, round);
	crypt_hasher_field(&h, digest);
	crypt_hasher_field(&h, root);
	crypt_hasher_field(&h, nonce);
	crypt_hasher_field(&h, number);
	crypt_hasher_end(&h, out);
	hex_print(out, 32, ret);
}

void
quality_promise_make(struct text nonce, char ret[static 65])
{
	unsigned char out[32];

	crypt_hash(nonce, out);
	hex_print(out, 32, ret);
}

void
quality_digest_make(const struct quality_listed *files, size_t n, const int64_t *seats, size_t n_seats, char ret[static 65])
{
	unsigned char out[32];
	struct crypt_hasher h;

	crypt_hasher_start(&h);
	crypt_hasher_int(&h, (int64_t)n);
	for (size_t i = 0; i < n; i++) {
		crypt_hasher_int(&h, files[i].id);
		crypt_hasher_int(&h, files[i].request);
		crypt_hasher_int(&h, files[i].provider);
		crypt_hasher_int(&h, files[i].firm);
		crypt_hasher_int(&h, files[i].kind);
		crypt_hasher_int(&h, files[i].checklist);
		crypt_hasher_int(&h, files[i].must);
	}
	for (size_t i = 0; i < n_seats; i++)
		crypt_hasher_int(&h, seats[i]);
	crypt_hasher_end(&h, out);
	hex_print(out, 32, ret);
}

enum rc
quality_seed_read(struct text hex, unsigned char ret[static 32])
{
	if (hex.n != 64)
		return RC_CORRUPT;
	for (size_t i = 0; i < 64; i++) {
		char c = hex.p[i];
		int v = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;

		if (v < 0)
			return RC_CORRUPT;
		ret[i / 2] = (unsigned char)(i % 2 == 0 ? v << 4 : ret[i / 2] | v);
	}
	return RC_OK;
}

/* A MAC of the round under a key of the house: nobody holds it, and it is the same again. */
static enum rc
nonce_of(struct ctx *ctx, int64_t round, struct text *ret)
{
	struct text value = arena_format(ctx->mem, "%lld", (long long)round);
	char hex[65];
	unsigned char mac[32];

	if (ctx->crypt == NULL || value.p == NULL)
		return RC_INTERNAL;
	crypt_mac(ctx->crypt, "quality-draw", value, mac);
	hex_print(mac, 32, hex);
	*ret = arena_text(ctx->mem, text_of(hex));
	return ret->p == NULL ? RC_NO_MEMORY : RC_OK;
}

/* ---- reading ------------------------------------------------------------------------------------------------- */

static void
round_read(const struct rows *row, struct quality_round *ret)
{
	*ret = (struct quality_round){ .id = rows_int(row, 0), .place = { rows_int(row, 1) }, .name = rows_copy(row, 2),
		.state = (enum quality_round_state)rows_int(row, 3), .from = { (int32_t)rows_int(row, 4) }, .to = { (int32_t)rows_int(row, 5) },
		.wanted = rows_int(row, 6), .percent = rows_int(row, 7), .per_file = rows_int(row, 8), .digest = rows_copy(row, 9),
		.promise = rows_copy(row, 10), .root_seq = rows_int(row, 11), .root = rows_copy(row, 12), .fixed_ms = rows_int(row, 13),
		.nonce = rows_copy(row, 14), .witness = rows_copy(row, 15), .number = rows_copy(row, 16), .seed = rows_copy(row, 17),
		.drawn_ms = rows_int(row, 18), .closed_ms = rows_int(row, 19), .revision = rows_int(row, 20), .fixed_name = rows_copy(row, 21),
		.drawn_name = rows_copy(row, 22), .files = rows_int(row, 23), .drawn = rows_int(row, 24), .done = rows_int(row, 25),
		.lacking = rows_int(row, 26) };
}

enum rc
quality_round_load(struct tx *tx, const struct actor *actor, int64_t id, struct quality_round *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &quality_q[Q_ROUND_LOAD], ARGS(db_int(id)), &row);

	if (rc == RC_OK)
		round_read(row, ret);
	return rc;
}

enum rc
quality_rounds(struct tx *tx, const struct actor *actor, struct quality_round *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &quality_q[Q_ROUNDS], ARGS(db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		round_read(row, &ret[(*ret_n)++]);
	return rc == RC_DONE ? RC_OK : rc;
}

/* ---- fixing the list -------------------------------------------------------------------------------------------- */

struct fix_arg {
	const struct quality_round_new *in;
	int64_t id;
	char promise[65];
	struct quality_verdict verdict;
	struct { int64_t id; } ret;
};

/* Everything that could be drawn, and everybody who could judge. */
struct fixed { struct quality_listed *files; int64_t seats[QUALITY_EXPERTS_MAX]; size_t n, n_seats; int version[QUALITY_KIND_COUNT]; };

static enum rc
versions_read(struct tx *tx, const struct actor *actor, struct fixed *x)
{
	enum rc rc = RC_OK;

	for (int k = QUALITY_CIVIL; rc == RC_OK && k < QUALITY_KIND_COUNT; k++) {
		struct quality_list list;

		rc = quality_list_load(tx, actor, (enum quality_kind)k, 0, &list);
		x->version[k] = rc == RC_OK ? list.version : 0;
		if (rc == RC_OK)
			rc = tx_run(tx, actor, &quality_q[Q_LIST_PUT], ARGS(db_int(k), db_int(list.version), db_text(list.body),
			    db_text(list.source), db_int(-1), db_int(tx_now_ms(tx))), NULL);
	}
	return rc;
}

static enum rc
files_read(struct tx *tx, const struct actor *actor, const struct quality_round_new *in, struct fixed *x)
{
	struct place_range r = place_range(in->place);
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &quality_q[Q_ELIGIBLE], ARGS(db_int(in->from.n), db_int(in->to.n), db_int(r.lo), db_int(r.hi),
	    db_int(QUALITY_FILES_MAX)), &row);

	while (rc == RC_OK && x->n < QUALITY_FILES_MAX && (rc = rows_next(row)) == RC_OK) {
		struct quality_listed *f = &x->files[x->n++];

		f->request = rows_int(row, 0);
		f->provider = rows_int(row, 1);
		f->firm = rows_int(row, 2);
		f->kind = quality_kind_of((int)rows_int(row, 3));
		f->checklist = x->version[f->kind];
		f->must = rows_int(row, 4);
	}
	for (size_t i = 0; i < x->n; i++)
		x->files[i].id = tx_id(tx);
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
seats_read(struct tx *tx, const struct actor *actor, struct fixed *x)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &quality_q[Q_SITTING], ARGS(db_int(day_of_moment(tx_now_ms(tx)).n)), &row);

	while (rc == RC_OK && x->n_seats < QUALITY_EXPERTS_MAX && (rc = rows_next(row)) == RC_OK)
		x->seats[x->n_seats++] = rows_int(row, 0);
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
root_read(struct tx *tx, const struct actor *actor, int64_t *ret_seq, char ret[static 65])
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &quality_q[Q_ROOT], NO_ARGS, &row);

	*ret_seq = 0;
	ret[0] = '\0';
	if (rc == RC_OK && rows_text(row, 1).n == 32) {
		*ret_seq = rows_int(row, 0);
		hex_print((const unsigned char *)rows_text(row, 1).p, 32, ret);
	}
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc
fixed_write(struct tx *tx, const struct actor *actor, struct fix_arg *arg, const struct fixed *x)
{
	const struct quality_round_new *in = arg->in;
	char digest[65], root[65];
	int64_t seq = 0;
	enum rc rc = root_read(tx, actor, &seq, root);

	quality_digest_make(x->files, x->n, x->seats, x->n_seats, digest);
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &quality_q[Q_ROUND_INSERT], ARGS(db_int(arg->id), db_int(in->place.code), db_text(in->name),
		    db_int(in->from.n), db_int(in->to.n), db_int(in->wanted), db_int(in->percent), db_int(in->per_file),
		    db_text(text_of(digest)), db_text(text_of(arg->promise)), db_int(seq), db_text(text_of(root)), db_int(tx_now_ms(tx)),
		    db_int(actor->account)), NULL);
	for (size_t i = 0; rc == RC_OK && i < x->n_seats; i++)
		rc = tx_run(tx, actor, &quality_q[Q_SEAT_INSERT], ARGS(db_int(arg->id), db_int(x->seats[i])), NULL);
	for (size_t i = 0; rc == RC_OK && i < x->n; i++) {
		const struct quality_listed *f = &x->files[i];

		rc = tx_run(tx, actor, &quality_q[Q_FILE_INSERT], ARGS(db_int(f->id), db_int(arg->id), db_int(f->request), db_int(f->kind),
		    db_int(f->checklist), db_int(f->provider), db_int(f->firm), db_int(f->must)), NULL);
	}
	if (rc == RC_OK)
		rc = audit_note(tx, actor, "quality.fix", "quality_round", arg->id, arena_format(tx_mem(tx), "list=%s\npromise=%s", digest,
		    arg->promise));
	return rc;
}

static enum rc
fix_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct fix_arg *arg = argument;
	struct fixed *x = ARENA_NEW(tx_mem(tx), struct fixed);
	enum rc rc;

	if (x == NULL || (x->files = arena_array(tx_mem(tx), QUALITY_FILES_MAX, sizeof *x->files)) == NULL)
		return RC_NO_MEMORY;
	rc = versions_read(tx, actor, x);
	if (rc == RC_OK)
		rc = files_read(tx, actor, arg->in, x);
	if (rc == RC_OK && x->n == 0)
		return quality_refuse(&arg->verdict, QUALITY_NO_FILES, 0);
	if (rc == RC_OK)
		rc = seats_read(tx, actor, x);
	if (rc == RC_OK && x->n_seats < (size_t)arg->in->per_file)
		return quality_refuse(&arg->verdict, QUALITY_NO_EXPERTS, (int64_t)x->n_seats);
	arg->ret.id = arg->id;
	return rc == RC_OK ? fixed_write(tx, actor, arg, x) : rc;
}

enum rc
quality_round_fix(struct ctx *ctx, struct idem_key key, const struct quality_round_new *in, struct quality_verdict *ret, int64_t *ret_id)
{
	struct fix_arg arg = { .in = in };
	struct text nonce;
	enum rc rc;

	*ret = arg.verdict;
	if (!quality_manages(ctx->actor, in->place))
		return RC_FORBIDDEN;
	if (utf8_length(in->name) < 2 || utf8_length(in->name) > 60 || day_is_none(in->from) || day_is_none(in->to) || in->to.n < in->from.n
	    || in->wanted < 0 || in->wanted > QUALITY_DRAWN_MAX || in->percent < 0 || in->percent > 100
	    || (in->wanted == 0) == (in->percent == 0) || in->per_file < 1 || in->per_file > 5)
		return RC_INVALID;
	rc = db_id(ctx->db, &arg.id);
	if (rc == RC_OK)
		rc = nonce_of(ctx, arg.id, &nonce);
	if (rc != RC_OK)
		return rc;
	quality_promise_make(nonce, arg.promise);
	rc = db_command(ctx, key, &(struct command){ .name = "quality.fix", .fn = fix_tx, .arg = &arg, .ret = &arg.ret,
	    .ret_size = sizeof arg.ret, .asked = ARGS(db_text(in->name), db_int(in->place.code), db_int(in->from.n), db_int(in->to.n),
	        db_int(in->wanted), db_int(in->percent), db_int(in->per_file)) });
	*ret = arg.verdict;
	*ret_id = arg.ret.id;
	return rc;
}

/* ---- whoever judges a file ------------------------------------------------------------------------------------------ */

static void
mark(struct quality_seat *v, size_t n, int64_t account, enum quality_why why, int64_t load)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].account == account) {
			if (why != QUALITY_MAY && (v[i].why == QUALITY_MAY || why < v[i].why))
				v[i].why = why;
			v[i].load += load;
		}
}

static enum rc
conflicts_mark(struct tx *tx, const struct actor *actor, const struct quality_file *f, struct quality_seat *v, size_t n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &quality_q[Q_CONFLICTS], ARGS(db_int(f->request), db_int(f->id),
	    db_int(day_of_moment(tx_now_ms(tx)).n)), &row);

	for (size_t i = 0; i < n; i++)
		v[i].why = QUALITY_MAY;
	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK)
		mark(v, n, rows_int(row, 0), (enum quality_why)rows_int(row, 1), 0);
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
quality_seat_file(struct tx *tx, const struct actor *actor, const unsigned char seed[static 32], const struct quality_file *f, int turn,
    size_t k, struct quality_seat *v, size_t n, size_t *ret_found)
{
	enum rc rc = conflicts_mark(tx, actor, f, v, n);

	if (rc == RC_OK)
		*ret_found = quality_pick(seed, f->id, turn, k, v, n);
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		rc = tx_run(tx, actor, &quality_q[Q_CANDIDATE], ARGS(db_int(f->id), db_int(turn), db_int(v[i].account), db_int(v[i].why),
		    db_int(v[i].load), db_int(v[i].chosen)), NULL);
		if (rc == RC_OK && v[i].chosen)
			rc = tx_run(tx, actor, &quality_q[Q_TASK_INSERT], ARGS(db_int(tx_id(tx)), db_int(f->id), db_int(v[i].account), db_int(turn),
			    db_int(tx_now_ms(tx))), NULL);
		v[i].load += v[i].chosen;
	}
	return rc;
}

static enum rc
panel_read(struct tx *tx, const struct actor *actor, int64_t round, bool of_round, struct quality_seat *v, size_t *ret_n)
{
	ROWS row = NULL;
	ROWS load = NULL;
	enum rc rc = of_round ? tx_rows(tx, actor, &quality_q[Q_SEATS], ARGS(db_int(round)), &row)
	    : tx_rows(tx, actor, &quality_q[Q_SITTING], ARGS(db_int(day_of_moment(tx_now_ms(tx)).n)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < QUALITY_EXPERTS_MAX && (rc = rows_next(row)) == RC_OK)
		v[(*ret_n)++] = (struct quality_seat){ .account = rows_int(row, 0) };
	rc = rc == RC_DONE ? RC_OK : rc;
	if (rc == RC_OK)
		rc = tx_rows(tx, actor, &quality_q[Q_LOADS], ARGS(db_int(round)), &load);
	while (rc == RC_OK && (rc = rows_next(load)) == RC_OK)
		mark(v, *ret_n, rows_int(load, 0), QUALITY_MAY, rows_int(load, 1));
	return rc == RC_DONE ? RC_OK : rc;
}

/* ---- the draw ------------------------------------------------------------------------------------------------------------ */

struct draw_arg {
	int64_t id, revision;
	struct text witness, number, nonce;
	struct quality_verdict verdict;
};

static enum rc
listed_read(struct tx *tx, const struct actor *actor, int64_t round, struct quality_listed *v, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &quality_q[Q_FILES_ALL], ARGS(db_int(round)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < QUALITY_FILES_MAX && (rc = rows_next(row)) == RC_OK)
		v[(*ret_n)++] = (struct quality_listed){ .id = rows_int(row, 0), .request = rows_int(row, 1), .provider = rows_int(row, 2),
			.firm = rows_int(row, 3), .kind = rows_int(row, 4), .checklist = rows_int(row, 5), .must = rows_int(row, 6) };
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
draw_one(struct tx *tx, const struct actor *actor, const struct quality_round *r, const unsigned char seed[static 32],
    const struct quality_listed *l, int64_t place_of, struct quality_seat *seats, size_t n)
{
	struct quality_file f = { .id = l->id, .request = l->request, .round = r->id };
	size_t found = 0;
	enum rc rc = quality_seat_file(tx, actor, seed, &f, 0, (size_t)r->per_file, seats, n, &found);

	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &quality_q[Q_FILE_DRAWN], ARGS(db_int(l->id), db_int(place_of), db_int(r->per_file - (int64_t)found)));
	return rc == RC_OK ? quality_tell(tx, actor, &f, "quality.drawn", 0, TEXT_NONE) : rc;
}

/* First those that must be looked at, then as many of the others as the round wants. */
static enum rc
draw_all(struct tx *tx, const struct actor *actor, const struct quality_round *r, struct text hex, const struct quality_listed *v, size_t n)
{
	struct quality_seat *seats = arena_array(tx_mem(tx), QUALITY_EXPERTS_MAX, sizeof *seats);
	uint32_t *order = arena_array(tx_mem(tx), n, sizeof *order);
	int64_t place_of = 0, left = quality_sample((int64_t)n, r->wanted, r->percent);
	unsigned char seed[32];
	size_t n_seats = 0;
	enum rc rc = seats == NULL || order == NULL ? RC_NO_MEMORY : quality_seed_read(hex, seed);

	if (rc == RC_OK)
		rc = panel_read(tx, actor, r->id, true, seats, &n_seats);
	if (rc != RC_OK)
		return rc;
	quality_shuffle(seed, order, n);
	for (size_t i = 0; rc == RC_OK && i < n && place_of < QUALITY_DRAWN_MAX; i++)
		if (v[i].must != 0)
			rc = draw_one(tx, actor, r, seed, &v[i], ++place_of, seats, n_seats);
	for (size_t i = 0; rc == RC_OK && i < n && left > 0 && place_of < QUALITY_DRAWN_MAX; i++)
		if (v[order[i]].must == 0) {
			rc = draw_one(tx, actor, r, seed, &v[order[i]], ++place_of, seats, n_seats);
			left--;
		}
	return rc;
}

static enum rc
draw_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct draw_arg *arg = argument;
	struct quality_listed *v = arena_array(tx_mem(tx), QUALITY_FILES_MAX, sizeof *v);
	char promise[65], seed[65];
	struct quality_round r;
	size_t n = 0;
	enum rc rc = v == NULL ? RC_NO_MEMORY : quality_round_load(tx, actor, arg->id, &r);

	if (rc != RC_OK)
		return rc;
	if (!quality_manages(actor, r.place))
		return RC_FORBIDDEN;
	if (r.state != QUALITY_FIXED)
		return quality_refuse(&arg->verdict, QUALITY_NOT_NOW, 0);
	quality_promise_make(arg->nonce, promise);
	if (!text_equals(text_of(promise), r.promise)) /* the keys are others than when it was fixed */
		return quality_refuse(&arg->verdict, QUALITY_PROMISE, 0);
	quality_seed_make(r.id, r.digest, r.root, arg->nonce, arg->number, seed);
	rc = listed_read(tx, actor, r.id, v, &n);
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &quality_q[Q_ROUND_DRAWN], ARGS(db_int(r.id), db_int(arg->revision), db_text(arg->nonce),
		    db_text(arg->witness), db_text(arg->number), db_text(text_of(seed)), db_int(tx_now_ms(tx)), db_int(actor->account)));
	if (rc == RC_OK)
		rc = draw_all(tx, actor, &r, text_of(seed), v, n);
	return rc == RC_OK ? audit_note(tx, actor, "quality.draw", "quality_round", r.id, arena_format(tx_mem(tx), "seed=%s", seed)) : rc;
}

static bool
is_number(struct text t)
{
	for (size_t i = 0; i < t.n; i++)
		if (t.p[i] < '0' || t.p[i] > '9')
			return false;
	return t.n >= 6 && t.n <= 30;
}

enum rc
quality_round_draw(struct ctx *ctx, struct idem_key key, int64_t id, int64_t revision, struct text witness, struct text number,
    struct quality_verdict *ret)
{
	struct draw_arg arg = { .id = id, .revision = revision, .witness = text_trim(witness), .number = text_trim(number) };
	enum rc rc = nonce_of(ctx, id, &arg.nonce);

	*ret = arg.verdict;
	if (rc != RC_OK)
		return rc;
	if (utf8_length(arg.witness) < 2 || utf8_length(arg.witness) > 40 || !is_number(arg.number))
		return quality_refuse(ret, QUALITY_NO_NUMBER, 0);
	rc = db_command(ctx, key, &(struct command){ .name = "quality.draw", .fn = draw_tx, .arg = &arg,
	    .asked = ARGS(db_int(id), db_int(revision), db_text(arg.witness), db_text(arg.number)) });
	*ret = arg.verdict;
	return rc;
}

/* ---- one more ------------------------------------------------------------------------------------------------------------------- */

enum rc
quality_one_more(struct tx *tx, const struct actor *actor, struct quality_file *f, bool *ret_found)
{
	struct quality_seat *seats = arena_array(tx_mem(tx), QUALITY_EXPERTS_MAX, sizeof *seats);
	struct actor system = { .kind = ACTOR_SYSTEM, .city = actor->city, .account = -1,
		.places = place_range((struct place){ actor->city * INT64_C(100000000) }) };
	struct quality_round r;
	unsigned char seed[32];
	int64_t turn = 0;
	size_t n = 0, found = 0;
	enum rc rc = seats == NULL ? RC_NO_MEMORY : quality_round_load(tx, &system, f->round, &r);

	if (rc == RC_OK)
		rc = quality_seed_read(r.seed, seed);
	if (rc == RC_OK)
		rc = tx_int(tx, actor, &quality_q[Q_TURN], ARGS(db_int(f->id)), &turn);
	if (rc == RC_OK)
		rc = panel_read(tx, actor, f->round, false, seats, &n);
	if (rc == RC_OK)
		rc = quality_seat_file(tx, actor, seed, f, (int)turn, 1, seats, n, &found);
	if (rc == RC_OK && found == 0)
		rc = tx_run(tx, actor, &quality_q[Q_FILE_LACKS], ARGS(db_int(f->id), db_int(1)), NULL);
	*ret_found = found > 0;
	return rc;
}

struct more_arg { int64_t file, revision; struct quality_verdict verdict; };

static enum rc
more_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct more_arg *arg = argument;
	struct quality_file f;
	bool found = false;
	enum rc rc = quality_file_load(tx, actor, L_FILE_AREA, arg->file, &f);

	if (rc == RC_OK && !quality_manages(actor, f.round_place))
		return RC_FORBIDDEN;
	if (rc == RC_OK && (f.state != QUALITY_SCORING || f.lacks == 0))
		return quality_refuse(&arg->verdict, QUALITY_NOT_NOW, 0);
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &quality_q[Q_FILE_STEP], ARGS(db_int(f.id), db_int(arg->revision)));
	if (rc == RC_OK)
		rc = quality_one_more(tx, actor, &f, &found);
	if (rc == RC_OK && !found)
		return quality_refuse(&arg->verdict, QUALITY_NO_EXPERTS, 0);
	return rc == RC_OK ? tx_run(tx, actor, &quality_q[Q_FILE_LACKS], ARGS(db_int(f.id), db_int(f.lacks - 1)), NULL) : rc;
}

enum rc
quality_draw_more(struct ctx *ctx, struct idem_key key, int64_t file, int64_t revision, struct quality_verdict *ret)
{
	struct more_arg arg = { .file = file, .revision = revision };
	enum rc rc = db_command(ctx, key, &(struct command){ .name = "quality.more", .fn = more_tx, .arg = &arg,
	    .asked = ARGS(db_int(file), db_int(revision)) });

	*ret = arg.verdict;
	return rc;
}

/* ---- the end -------------------------------------------------------------------------------------------------------------------- */

struct close_arg { int64_t id, revision; struct quality_verdict verdict; };

static enum rc
close_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct close_arg *arg = argument;
	struct quality_round r;
	int64_t open = 0;
	enum rc rc = quality_round_load(tx, actor, arg->id, &r);

	if (rc == RC_OK && !quality_manages(actor, r.place))
		return RC_FORBIDDEN;
	if (rc == RC_OK && r.state != QUALITY_DRAWN)
		return quality_refuse(&arg->verdict, QUALITY_NOT_NOW, 0);
	if (rc == RC_OK)
		rc = tx_int(tx, actor, &quality_q[Q_ROUND_OPEN_FILES], ARGS(db_int(arg->id)), &open);
	if (rc == RC_OK && open > 0)
		return quality_refuse(&arg->verdict, QUALITY_STILL_OPEN, open);
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &quality_q[Q_ROUND_CLOSE], ARGS(db_int(arg->id), db_int(arg->revision), db_int(tx_now_ms(tx)),
		    db_int(actor->account)));
	return rc == RC_OK ? audit_note(tx, actor, "quality.close", "quality_round", arg->id, TEXT_NONE) : rc;
}

enum rc
quality_round_close(struct ctx *ctx, struct idem_key key, int64_t id, int64_t revision, struct quality_verdict *ret)
{
	struct close_arg arg = { .id = id, .revision = revision };
	enum rc rc = db_command(ctx, key, &(struct command){ .name = "quality.close", .fn = close_tx, .arg = &arg,
	    .asked = ARGS(db_int(id), db_int(revision)) });

	*ret = arg.verdict;
	return rc;
}
