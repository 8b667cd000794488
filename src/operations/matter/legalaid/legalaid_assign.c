/* Who could take the case, in which order and why; and the one whose case it becomes. */
#include "operations/matter/legalaid/legalaid_internal.h"
#include "operations/matter/legalaid/legalaid_run_store.h"

/* ---- candidates ----------------------------------------------------------------------------------------- */

static enum rc
read_all(struct tx *tx, const struct actor *actor, struct aid_candidate *v, size_t cap, size_t *ret_n)
{
	struct provider page[50];
	struct provider_bars *bars = ARENA_NEW(tx_mem(tx), struct provider_bars);
	struct day today = day_of_moment(tx_now_ms(tx));
	int64_t after = 0;
	size_t n = 0;
	enum rc rc = bars == NULL ? RC_NO_MEMORY : provider_bars_read(tx, actor, today, today, bars);

	*ret_n = 0;
	if (rc != RC_OK)
		return rc;
	do {
		rc = provider_list(tx, actor, 0, after, page, 50, &n);
		for (size_t i = 0; rc == RC_OK && i < n && *ret_n < cap; i++) {
			v[*ret_n] = (struct aid_candidate){ .provider = page[i], .firm_place = page[i].firm_place };
			for (size_t k = 0; k < bars->n; k++)
				v[*ret_n].provider.barred |= provider_bar_hits(&bars->v[k], page[i].id, page[i].firm);
			*ret_n += page[i].active && provider_gives_aid(page[i].kind);
			after = page[i].id;
		}
	} while (rc == RC_OK && n == 50 && *ret_n < cap);
	return rc;
}

enum mark { MARK_LOAD, MARK_CONFLICT, MARK_FIRM, MARK_DECLINED };

static void
mark_one(struct aid_candidate *c, enum mark mark, int64_t id, int64_t n)
{
	if ((mark == MARK_FIRM ? c->provider.firm : c->provider.id) != id)
		return;
	switch (mark) {
	case MARK_LOAD: c->load = n; break;
	case MARK_CONFLICT: c->conflict = true; break;
	case MARK_FIRM: c->opponent_firm = true; break;
	case MARK_DECLINED: c->declined = true; break;
	}
}

static enum rc
mark_all(struct tx *tx, const struct actor *actor, enum aid_run_q q, enum mark mark, int64_t request, struct aid_candidate *v,
    size_t n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &aid_run_q[q], mark == MARK_LOAD ? NO_ARGS : ARGS(db_int(request)), &row);

	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK)
		for (size_t i = 0; i < n; i++)
			mark_one(&v[i], mark, rows_int(row, 0), mark == MARK_LOAD ? rows_int(row, 1) : 0);
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
aid_candidates(struct tx *tx, const struct actor *actor, const struct request *r, const struct aid *a, struct aid_candidate *ret,
    size_t cap, size_t *ret_n)
{
	struct aid_need need = { .kind = (enum aid_kind)a->form.kind, .matter = (enum aid_matter)a->form.matter,
		.gravest = a->form.gravest, .minor = a->form.minor || a->form.designation == AID_D_MINOR, .years = a->years,
		.today = day_of_moment(tx_now_ms(tx)), .place = r->place };
	enum rc rc = read_all(tx, actor, ret, cap, ret_n);

	if (rc == RC_OK)
		rc = mark_all(tx, actor, R_LOADS, MARK_LOAD, r->id.n, ret, *ret_n);
	if (rc == RC_OK)
		rc = mark_all(tx, actor, R_CONFLICTS, MARK_CONFLICT, r->id.n, ret, *ret_n);
	if (rc == RC_OK)
		rc = mark_all(tx, actor, R_OPPONENT_FIRMS, MARK_FIRM, r->id.n, ret, *ret_n);
	if (rc == RC_OK)
		rc = mark_all(tx, actor, R_DECLINED, MARK_DECLINED, r->id.n, ret, *ret_n);
	if (rc == RC_OK)
		aid_rank(&need, ret, *ret_n);
	return rc;
}

/* ---- assigning ------------------------------------------------------------------------------------------------ */

struct assign_ret { enum aid_lawyer_why lawyer; };
struct assign_arg {
	const struct aid_assign *in;
	const struct aid_limits *limits;
	struct aid_paper paper;
	struct aid_verdict verdict;
	struct assign_ret ret;
};

/* The place of the chosen one among those who could be; -1: not in the register. */
static int
find(const struct aid_candidate *v, size_t n, int64_t provider)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].provider.id == provider)
			return (int)i;
	return -1;
}

static enum rc
proposal_write(struct tx *tx, const struct actor *actor, int64_t assignment, const struct aid_candidate *v, size_t n, int chosen)
{
	size_t could = 0, not = 0;
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		bool may = v[i].why == AID_L_MAY;
		size_t place_of = may ? ++could : 100 + ++not;

		if ((may ? could : not) > AID_PROPOSED && (int)i != chosen)
			continue;
		rc = tx_run(tx, actor, &aid_run_q[R_PROPOSE], ARGS(db_int(assignment), db_int((int64_t)place_of),
		    db_int(v[i].provider.id), db_int(v[i].why), db_int(v[i].load), db_int(v[i].fit)), NULL);
	}
	return rc;
}

static enum rc
assign_write(struct tx *tx, const struct actor *actor, struct aid_work *w, const struct aid_assign *in,
    const struct aid_candidate *v, size_t n, int chosen)
{
	const struct provider *p = &v[chosen].provider;
	int64_t id = tx_id(tx), active = 0;
	enum rc rc = tx_run(tx, actor, &aid_run_q[R_ASSIGN], ARGS(db_int(id), db_int(w->r.id.n), db_int(p->id), db_int(p->firm),
	    db_int(AID_A_ASSIGNED), db_int(tx_now_ms(tx)), db_int(actor->account), db_int(chosen + 1), db_text(in->words)), NULL);

	if (rc == RC_OK)
		rc = proposal_write(tx, actor, id, v, n, chosen);
	if (rc == RC_OK && p->account != 0)
		rc = tx_int(tx, actor, &aid_run_q[R_ACCOUNT_ACTIVE], ARGS(db_int(p->account)), &active);
	if (rc == RC_OK && active > 0)
		rc = request_grant(tx, actor, w->r.id, p->account, "aid");
	w->tell = active > 0 ? p->account : 0;
	return rc == RC_OK ? aid_take(tx, actor, w, in->words, true, NULL) : rc;
}

static enum rc
assign_judge(struct assign_arg *arg, const struct aid_candidate *v, size_t n, int chosen)
{
	if (chosen < 0)
		return RC_INVALID;
	arg->ret.lawyer = v[chosen].why;
	if (v[chosen].why != AID_L_MAY)
		arg->verdict.why = AID_NOT_THIS_LAWYER;
	else if (chosen > 0 && aid_words(arg->in->words) < AID_WORDS_MIN)
		arg->verdict.why = AID_NOT_FIRST;
	(void)n;
	return arg->verdict.why == AID_MAY ? RC_OK : RC_REFUSED;
}

static enum rc
assign_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct assign_arg *arg = argument;
	struct aid_candidate *v = arena_array(tx_mem(tx), AID_CANDIDATES_MAX, sizeof *v);
	struct aid_work w = { .limits = arg->limits };
	int64_t running = 0;
	size_t n = 0;
	int chosen;
	enum rc rc = v == NULL ? RC_NO_MEMORY
	    : aid_begin(tx, actor, &(struct aid_step_head){ arg->in->id, arg->in->revision, AID_ASSIGN }, &w, &arg->verdict);

	if (rc == RC_OK)
		rc = tx_int(tx, actor, &aid_run_q[R_OPEN], ARGS(db_int(w.r.id.n)), &running);
	if (rc == RC_OK) {
		arg->verdict.why = AID_NO_STEP; /* aided before the decision: somebody has it already */
		return RC_REFUSED;
	}
	if (rc == RC_NOT_FOUND)
		rc = aid_candidates(tx, actor, &w.r, &w.a, v, AID_CANDIDATES_MAX, &n);
	if (rc != RC_OK)
		return rc;
	chosen = find(v, n, arg->in->provider);
	rc = assign_judge(arg, v, n, chosen);
	if (rc == RC_OK)
		rc = aid_paper_issue(tx, actor, &w, &arg->paper);
	return rc == RC_OK ? assign_write(tx, actor, &w, arg->in, v, n, chosen) : rc;
}

enum rc
aid_assign(struct ctx *ctx, struct idem_key key, const struct aid_assign *in, struct aid_verdict *ret, enum aid_lawyer_why *ret_why)
{
	struct aid_limits limits;
	struct assign_arg arg = { .in = in, .limits = &limits, .verdict = { .basis = "" } };
	enum rc rc = aid_words(in->words) > AID_WORDS_MAX ? RC_INVALID : aid_limits_load(ctx, day_of_moment(ctx->now_ms), &limits);

	if (rc == RC_OK)
		rc = aid_paper_assign(ctx, in, &limits, &arg.paper);
	if (rc == RC_OK)
		rc = db_command(ctx, key, &(struct command){ .name = "aid.assign", .fn = assign_tx, .arg = &arg, .ret = &arg.ret,
		    .ret_size = sizeof arg.ret, .asked = ARGS(db_int(in->id.n), db_int(in->revision), db_int(in->provider),
		        db_text(in->words)) });
	*ret = arg.verdict;
	*ret_why = arg.ret.lawyer;
	return rc;
}

/* ---- accepting, sending back, agreeing ------------------------------------------------------------------------------ */

static enum rc
accept_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct aid_plain *arg = argument;
	struct aid_work w = { .limits = &arg->limits };
	struct aid_open o = { .id = 0 };
	enum rc rc = aid_begin(tx, actor, &arg->head, &w, &arg->verdict);

	if (rc == RC_OK)
		rc = aid_open_one(tx, actor, w.r.id, &o);
	if (rc == RC_OK && o.accepted)
		return aid_refuse(&arg->verdict, AID_NO_STEP);
	if (rc == RC_OK) /* a case of the other side may have come since it was assigned */
		rc = aid_lawyer_stands(tx, actor, w.r.id, &o, day_of_moment(tx_now_ms(tx)), true, &arg->verdict);
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &aid_run_q[R_ACCEPT], ARGS(db_int(o.id), db_int(tx_now_ms(tx))));
	return rc == RC_OK ? aid_take(tx, actor, &w, TEXT_NONE, true, NULL) : rc;
}

enum rc
aid_accept(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, struct aid_verdict *ret)
{
	struct aid_plain arg = { .head = { id, revision, AID_ACCEPT }, .words = TEXT_NONE };

	return aid_plain_run(ctx, key, "aid.accept", accept_tx, &arg, ret);
}

static enum rc
decline_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct aid_plain *arg = argument;
	struct aid_work w = { .limits = &arg->limits };
	struct aid_open o = { .id = 0 };
	enum rc rc = aid_begin(tx, actor, &arg->head, &w, &arg->verdict);

	if (rc == RC_OK && aid_words(arg->words) < AID_WORDS_MIN)
		return aid_refuse(&arg->verdict, AID_NO_WORDS);
	if (rc == RC_OK)
		rc = aid_open_one(tx, actor, w.r.id, &o);
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &aid_run_q[R_END], ARGS(db_int(w.r.id.n), db_int(AID_A_DECLINED), db_int(tx_now_ms(tx)),
		    db_text(arg->words)));
	if (rc == RC_OK && o.account != 0) /* whoever sent it back has no need to see it any more */
		rc = request_grant_drop(tx, actor, w.r.id, o.account);
	return rc == RC_OK ? aid_take(tx, actor, &w, arg->words, false, NULL) : rc;
}

enum rc
aid_decline(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, struct text words, struct aid_verdict *ret)
{
	struct aid_plain arg = { .head = { id, revision, AID_DECLINE }, .words = words };

	return aid_plain_run(ctx, key, "aid.decline", decline_tx, &arg, ret);
}

static enum rc
agree_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct aid_plain *arg = argument;
	struct aid_work w = { .limits = &arg->limits };
	struct aid_open o = { .id = 0 };
	int64_t nth = 0;
	enum rc rc = aid_begin(tx, actor, &arg->head, &w, &arg->verdict);

	if (rc == RC_OK)
		rc = aid_open_one(tx, actor, w.r.id, &o);
	if (rc == RC_OK && !o.accepted)
		return aid_refuse(&arg->verdict, AID_NOT_ACCEPTED_YET);
	if (rc == RC_OK)
		rc = aid_lawyer_stands(tx, actor, w.r.id, &o, day_of_moment(tx_now_ms(tx)), false, &arg->verdict);
	if (rc == RC_OK)
		rc = tx_int(tx, actor, &aid_run_q[R_COUNT_OF], ARGS(db_int(w.r.id.n)), &nth);
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &aid_run_q[R_AGREE], ARGS(db_int(o.id), db_int(tx_now_ms(tx)),
		    db_text(arena_format(tx_mem(tx), "X%.*s-%lld", (int)w.r.number.n, w.r.number.p, (long long)nth))));
	return rc == RC_OK ? aid_take(tx, actor, &w, arg->words, true, NULL) : rc;
}

enum rc
aid_agree(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, struct text words, struct aid_verdict *ret)
{
	struct aid_plain arg = { .head = { id, revision, AID_AGREE }, .words = words };

	return aid_plain_run(ctx, key, "aid.agree", agree_tx, &arg, ret);
}

/* ---- reading ---------------------------------------------------------------------------------------------------------- */

enum rc
aid_assignments(struct tx *tx, const struct actor *actor, struct case_id id, struct aid_assignment *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = actor->kind == ACTOR_RECEIPT
	    ? tx_rows(tx, actor, &aid_run_q[R_ASSIGNMENTS_RECEIPT], ARGS(db_int((int64_t)cap)), &row)
	    : tx_rows(tx, actor, &aid_run_q[R_ASSIGNMENTS], ARGS(db_int(id.n), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct aid_assignment){ .id = rows_int(row, 0), .provider = rows_int(row, 1),
			.firm = rows_int(row, 2), .state = (enum aid_assignment_state)rows_int(row, 3), .at_ms = rows_int(row, 4),
			.account = rows_int(row, 5), .place_of = (int)rows_int(row, 6), .words = rows_copy(row, 7),
			.accepted_ms = rows_int(row, 8), .agreement = rows_copy(row, 9), .agreed_ms = rows_int(row, 10),
			.ended_ms = rows_int(row, 11), .ended_words = rows_copy(row, 12), .revision = rows_int(row, 13),
			.name = rows_copy(row, 14), .firm_name = rows_copy(row, 15), .firm_phone = rows_copy(row, 16),
			.assigned_name = rows_copy(row, 17), .account_of_provider = rows_int(row, 18) };
	return rc == RC_DONE ? RC_OK : rc;
}

const struct aid_assignment *
aid_assignment_current(const struct aid_assignment *v, size_t n)
{
	return n > 0 && (int)v[n - 1].state < (int)AID_A_DECLINED ? &v[n - 1] : NULL;
}

enum rc
aid_proposal(struct tx *tx, const struct actor *actor, struct case_id id, int64_t assignment, struct aid_proposed *ret, size_t cap,
    size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &aid_run_q[R_PROPOSAL], ARGS(db_int(id.n), db_int(assignment), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct aid_proposed){ .place_of = (int)rows_int(row, 0), .provider = rows_int(row, 1),
			.why = (enum aid_lawyer_why)rows_int(row, 2), .load = rows_int(row, 3), .fit = (unsigned)rows_int(row, 4),
			.name = rows_copy(row, 5), .firm_name = rows_copy(row, 6) };
	return rc == RC_DONE ? RC_OK : rc;
}
