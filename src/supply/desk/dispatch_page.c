/* Why this person?  A decision of dispatch with everybody who was considered, made again while it is shown. */
#include "supply/desk/desk_internal.h"

#define SHOWN_MAX DISPATCH_CANDIDATES_MAX

struct text
dispatch_score_text(const struct exchange *x, const struct candidate *c)
{
	struct text ret = TEXT_NONE;

	for (int p = 0; p < PART_COUNT; p++)
		if (c->part[p] != 0)
			ret = desk_join(x, ret, arena_format(x->ctx->mem, "%s %d",
			    msg(x->ctx->lang, dispatch_part_label((enum dispatch_part)p)), c->part[p]));
	return desk_join(x, ret, arena_format(x->ctx->mem, "%s %d/%d", msg(x->ctx->lang, T("在办")), c->load, c->capacity));
}

/* ---- a decision with its facts ------------------------------------------------------------------------ */

struct explained {
	struct case_id id;
	int64_t choice;              /* 0: the newest */
	struct request r;
	struct decision d;
	struct candidate *v;
	size_t n;
	enum rc again;               /* RC_REFUSED: made by another version of the rule */
	bool same;
	bool old;                    /* stored by an older program: rows alone */
	struct choice_row *rows;
	size_t n_rows;
};

static enum rc
explain_old(struct tx *tx, const struct actor *actor, struct explained *e)
{
	enum rc rc = dispatch_reasons(tx, actor, e->id, e->choice, e->rows, VIEW_REASONS, &e->n_rows);

	e->old = true;
	return rc == RC_OK && e->n_rows == 0 ? RC_NOT_FOUND : rc;
}

static enum rc
explain_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct explained *e = argument;
	enum rc rc = request_load(tx, actor, e->id, &e->r);

	e->v = arena_array(tx_mem(tx), SHOWN_MAX, sizeof *e->v);
	e->rows = arena_array(tx_mem(tx), VIEW_REASONS, sizeof *e->rows);
	if (e->v == NULL || e->rows == NULL)
		return RC_NO_MEMORY;
	if (rc == RC_OK)
		rc = dispatch_decision_load(tx, actor, e->id, e->choice, &e->d);
	if (rc == RC_NOT_FOUND && e->choice != 0)
		return explain_old(tx, actor, e);
	if (rc != RC_OK)
		return rc;
	e->again = dispatch_replay(&e->d, tx_mem(tx), &e->same);
	rc = dispatch_decision_candidates(tx, actor, &e->d, e->v, SHOWN_MAX, &e->n);
	return rc == RC_CORRUPT ? RC_OK : rc;
}

static void
put_back(struct exchange *x, struct html *h, struct case_id id)
{
	html_raw(h, "<p><a data-back");
	html_attr(h, "href", desk_case_path(x, id, ""));
	html_raw(h, ">");
	html_say(h, T("回案件"));
	html_raw(h, " <kbd>Esc</kbd></a></p>");
}

static struct text
name_of(const struct explained *e, int64_t account)
{
	for (size_t i = 0; i < e->n; i++)
		if (e->v[i].account == account)
			return e->v[i].name;
	return TEXT_NONE;
}

static void
put_facts(struct exchange *x, struct html *h, const struct explained *e)
{
	struct text chosen = name_of(e, e->d.chosen), how = desk_say(x, dispatch_how_label(e->d.how));
	struct ui_fact facts[6];
	size_t n = 0;

	facts[n++] = (struct ui_fact){ .label = T("选了谁"),
		.value = chosen.n > 0 ? desk_join(x, chosen, how) : desk_join(x, desk_say(x, T("不在当时的名单上")), how) };
	facts[n++] = (struct ui_fact){ .label = T("什么时候"), .value = desk_when(x, e->d.at_ms) };
	if (e->d.reason.n > 0)
		facts[n++] = (struct ui_fact){ .label = T("写下的理由"), .value = e->d.reason };
	facts[n++] = (struct ui_fact){ .label = T("权重版本"), .value = desk_int(x, e->d.rules) };
	facts[n++] = (struct ui_fact){ .label = T("规则版本"), .value = desk_int(x, e->d.engine) };
	facts[n++] = (struct ui_fact){ .label = T("种子"), .value = desk_int(x, e->d.seed) };
	ui_facts(h, facts, n);
}

static void
put_verdict(struct html *h, const struct explained *e)
{
	if (e->again == RC_REFUSED)
		ui_notice_say(h, UI_SOON, T("没有复核"), T("这是别的版本的规则作出的，本程序不能按原样重算。"));
	else if (e->again == RC_OK && e->same)
		ui_notice_say(h, UI_OK, T("复核一致"), T("刚才按存下的事实、权重和种子又算了一遍，结果逐字节相同。"));
	else
		ui_notice_say(h, UI_LATE, T("复核不一致"), T("按存下的事实重算，和存下的结果不同：存下的内容被改过，请报告管理员。"));
}

static void
put_scores(struct exchange *x, struct html *h, const struct explained *e)
{
	static const struct ui_column columns[] = {
		{ T("名次"), true }, { T("谁"), false }, { T("单位"), false }, { T("得分"), true }, { T("为什么"), false },
	};
	struct ui_table t;

	ui_table_open(&t, h, T("可以接办的人，按名次"), columns, 5);
	for (size_t i = 0; i < e->n && e->v[i].bar == BAR_NONE; i++) {
		const struct candidate *c = &e->v[i];

		ui_row_open(&t);
		ui_cell_int(&t, (int64_t)i + 1);
		ui_cell(&t, c->account == e->d.chosen ? desk_join(x, c->name, desk_say(x, T("选中"))) : c->name);
		ui_cell(&t, c->point_name);
		ui_cell_int(&t, c->score);
		ui_cell(&t, dispatch_score_text(x, c));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
put_barred(struct exchange *x, struct html *h, const struct explained *e)
{
	static const struct ui_column columns[] = { { T("谁"), false }, { T("单位"), false }, { T("为什么没有推荐"), false } };
	struct ui_table t;
	size_t from = 0;

	while (from < e->n && e->v[from].bar == BAR_NONE)
		from++;
	ui_table_open(&t, h, T("没有推荐的人和原因"), columns, 3);
	for (size_t i = from; i < e->n; i++) {
		const struct candidate *c = &e->v[i];

		ui_row_open(&t);
		ui_cell(&t, c->account == e->d.chosen ? desk_join(x, c->name, desk_say(x, T("选中"))) : c->name);
		ui_cell(&t, c->point_name);
		ui_cell_say(&t, dispatch_bar_label(c->bar));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
put_weights(struct html *h, const struct explained *e)
{
	static const struct ui_column columns[] = { { T("权重"), false }, { T("值"), true } };
	struct ui_table t;

	html_raw(h, "<details><summary>");
	html_say(h, T("当时的权重"));
	html_raw(h, "</summary>");
	ui_table_open(&t, h, T("当时的权重"), columns, 2);
	for (int i = 0; i < WEIGHT_COUNT; i++) {
		ui_row_open(&t);
		ui_cell_say(&t, dispatch_weight_rows[i].label);
		ui_cell_int(&t, e->d.weights.v[i]);
		ui_row_close(&t);
	}
	ui_table_close(&t);
	html_raw(h, "</details>");
}

/* ---- what older programs stored -------------------------------------------------------------------------- */

/* Stored as "place=30\nitem=30\nload=18\nopen=1\ncapacity=10", or "bar=5". */
static struct text
reason_words(struct exchange *x, struct text stored)
{
	static const struct { const char *key, *label; } names[] = {
		{ "place", T("地方") }, { "item", T("事项") }, { "load", T("负担") }, { "open", T("在办") },
		{ "capacity", T("最多") },
	};
	struct text ret = TEXT_NONE;

	while (stored.n > 0) {
		struct text value = text_cut(&stored, '\n'), key = text_cut(&value, '=');
		int64_t n = 0;

		if (int64_parse(value, 0, 1000000, &n) != RC_OK)
			continue;
		if (text_equals(key, TEXT("bar")) && n < BAR_COUNT)
			return desk_say(x, dispatch_bar_label((enum dispatch_bar)n));
		for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
			if (text_equals(key, text_of(names[i].key)))
				ret = desk_join(x, ret, arena_format(x->ctx->mem, "%s %lld", msg(x->ctx->lang, names[i].label),
				    (long long)n));
	}
	return ret;
}

static void
put_old(struct exchange *x, struct html *h, const struct explained *e)
{
	static const struct ui_column columns[] = {
		{ T("名次"), true }, { T("谁"), false }, { T("单位"), false }, { T("得分"), true }, { T("为什么"), false },
	};
	struct ui_table t;

	ui_notice_say(h, UI_INFO, NULL, T("这是旧版程序存下的：只有得分，没有当时的事实，不能重算。"));
	ui_table_open(&t, h, T("提出转交时的名单和理由，按当时的规则存下来的"), columns, 5);
	for (size_t i = 0; i < e->n_rows; i++) {
		ui_row_open(&t);
		ui_cell(&t, e->rows[i].rank > 0 ? desk_int(x, e->rows[i].rank) : TEXT("—"));
		ui_cell(&t, e->rows[i].name);
		ui_cell(&t, e->rows[i].point_name);
		ui_cell_int(&t, e->rows[i].score);
		ui_cell(&t, reason_words(x, e->rows[i].reasons));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

/* ---- pages -------------------------------------------------------------------------------------------------- */

static enum rc
explain_show(struct exchange *x, struct explained *e)
{
	struct html h = frame_html(x);
	enum rc rc = db_read(x->ctx, explain_tx, e);

	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("派单说明"), .area = FRAME_QUEUE });
	ui_title(&h, T("派单说明"), e->r.number);
	put_back(x, &h, e->id);
	if (e->old)
		put_old(x, &h, e);
	else {
		put_verdict(&h, e);
		put_facts(x, &h, e);
		put_scores(x, &h, e);
		put_barred(x, &h, e);
		put_weights(&h, e);
	}
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

/* The newest decision on a case; what is older than decisions has none. */
enum rc
dispatch_page(struct exchange *x)
{
	struct explained *e = ARENA_NEW(x->ctx->mem, struct explained);
	enum rc rc = e == NULL ? RC_NO_MEMORY : http_segment_id(x, "id", &e->id.n);

	return rc == RC_OK ? explain_show(x, e) : rc;
}

/* The one behind an offer. */
enum rc
choice_page(struct exchange *x)
{
	struct explained *e = ARENA_NEW(x->ctx->mem, struct explained);
	enum rc rc = e == NULL ? RC_NO_MEMORY : http_segment_id(x, "id", &e->id.n);

	if (rc == RC_OK)
		rc = http_segment_id(x, "choice", &e->choice);
	return rc == RC_OK ? explain_show(x, e) : rc;
}
