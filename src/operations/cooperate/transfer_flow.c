/* A case goes out of the city: the letter, and its end here. */
#include "operations/cooperate/cooperate_store.h"

#include "base/utf8.h"

struct transfer_arg { const struct transfer_new *in; enum transfer_way way; };

static bool
words_fit(struct text words, size_t least, size_t most)
{
	size_t n = utf8_length(text_trim(words));

	return n >= least && n <= most;
}

static enum rc
letter_insert(struct tx *tx, const struct actor *actor, const struct request *r, const struct transfer_new *in)
{
	return tx_run(tx, actor, &cooperate_q[Q_LETTER_INSERT], ARGS(db_int(r->id.n),
	    db_text(arena_format(tx_mem(tx), "Z%.*s", (int)r->number.n, r->number.p)), db_int(in->kind), db_int(in->organ.code),
	    db_text(in->authority), db_text(text_of(transfer_kind_basis(in->kind))), db_text(in->content), db_text(in->told),
	    db_int(actor->account), db_int(r->holder_point), db_int(tx_now_ms(tx))), NULL);
}

static enum rc
transfer_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct transfer_arg *a = arg;
	const struct transfer_new *in = a->in;
	struct request r;
	enum rc rc = request_load(tx, actor, in->id, &r);

	if (rc != RC_OK)
		return rc;
	if (r.revision != in->revision || !request_is_open(r.state))
		return RC_CONFLICT;
	if (!request_may_act(actor, &r))
		return RC_FORBIDDEN;
	a->way = transfer_judge((struct place){ actor->city * INT64_C(100000000) }, in->organ);
	if (a->way != TRANSFER_OUTSIDE)
		return RC_REFUSED;
	rc = letter_insert(tx, actor, &r, in);
	/* not accepted yet: it is not for us, and who can help is said; accepted: our part ends here */
	return rc == RC_OK ? request_close(tx, actor, &r, r.state == REQUEST_RECEIVED ? REQUEST_DECLINED : REQUEST_CLOSED,
	    TEXT(TRANSFER_OUTCOME), &(struct event_new){ .kind = "transfer.sent", .shown = true, .note = in->told,
	        .data = arena_format(tx_mem(tx), "kind=%d\norgan=%lld", (int)in->kind, (long long)in->organ.code) }, NULL) : rc;
}

enum rc
transfer_out(struct ctx *ctx, struct idem_key key, const struct transfer_new *in, enum transfer_way *ret_way)
{
	struct transfer_arg arg = { .in = in, .way = TRANSFER_OUTSIDE };
	enum rc rc;

	*ret_way = TRANSFER_OUTSIDE;
	if (in->kind <= TRANSFER_KIND_NONE || in->kind >= TRANSFER_KIND_COUNT || !words_fit(in->authority, 2, 100)
	    || !words_fit(in->content, TRANSFER_WORDS_LEAST, TRANSFER_WORDS_MOST)
	    || !words_fit(in->told, TRANSFER_WORDS_LEAST, TRANSFER_WORDS_MOST))
		return RC_INVALID;
	rc = db_command(ctx, key, &(struct command){ .name = "transfer.out", .fn = transfer_tx, .arg = &arg,
	    .asked = ARGS(db_int(in->id.n), db_int(in->revision), db_int(in->kind), db_int(in->organ.code),
	        db_text(in->authority), db_text(in->content), db_text(in->told)) });
	*ret_way = arg.way;
	return rc;
}

enum rc
transfer_letter_load(struct tx *tx, const struct actor *actor, struct case_id id, struct transfer_letter *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &cooperate_q[Q_LETTER], ARGS(db_int(id.n)), &row);

	if (rc == RC_OK)
		*ret = (struct transfer_letter){
			.number = rows_copy(row, 0),
			.kind = (enum transfer_kind)rows_int(row, 1),
			.organ = { rows_int(row, 2) },
			.authority = rows_copy(row, 3),
			.basis = rows_copy(row, 4),
			.content = rows_copy(row, 5),
			.told = rows_copy(row, 6),
			.at_ms = rows_int(row, 7),
			.account = rows_int(row, 8),
			.account_name = rows_copy(row, 9),
			.point_name = rows_copy(row, 10),
			.point_phone = rows_copy(row, 11),
			.request_number = rows_copy(row, 12),
			.subject = rows_copy(row, 13),
			.person_name = rows_copy(row, 14),
		};
	return rc;
}
