/*
 * Thousands of cases of legal aid over the demonstration's year (`zhaofa demo --aid N`): every way in, every state, every
 * ground of refusal and of termination, urgent aid first, another lawyer, objections, subsidy and archive, by the same
 * use cases that serve people.  All of it is fictitious, the standards of subsidies too.
 */
#include "app/demo_aid_internal.h"

#include "base/code.h"
#include "operations/matter/legalaid/legalaid_notice.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* ---- coming in ------------------------------------------------------------------------------------------- */

static struct aid_notice_new
notice_make(struct demo_random *r, struct day today, struct place place, const struct demo_person *p)
{
	static const struct { enum aid_organ organ; enum aid_stage stage; const char *name; } organs[] = {
		{ AID_COURT, AID_FIRST_INSTANCE, "演示区人民法院" }, { AID_PROCURATORATE, AID_PROSECUTION, "演示区人民检察院" },
		{ AID_POLICE, AID_INVESTIGATION, "演示区公安分局" },
	};
	static const char *const offences[] = { "盗窃", "故意伤害", "诈骗", "危险驾驶", "寻衅滋事", "非法吸收公众存款" };
	static const enum aid_designation grounds[] = { AID_D_MINOR, AID_D_IMPAIRED, AID_D_CAPACITY, AID_D_GRAVEST };
	size_t o = (size_t)demo_below(r, 3);
	int ground = (int)grounds[demo_below(r, 4)];
	const char *offence = offences[demo_below(r, 6)];
	bool held = demo_chance(r, 70);
	struct day found = day_add(today, -(int)demo_below(r, 5));
	struct aid_notice_new n = { .organ_kind = (int)organs[o].organ, .stage = (int)organs[o].stage, .ground = ground,
		.organ = text_of(organs[o].name), .notice = TEXT("（演示）通援字"), .case_no = TEXT("（演示）刑初字"),
		.offence = text_of(offence), .custody = held ? TEXT("演示区看守所") : TEXT_NONE, .found = found, .received = today, .hearing = DAY_NONE, .name = text_of(p->name), .place = place,
		.id_number = TEXT_NONE, .phone = TEXT_NONE };

	if (n.organ_kind == AID_COURT && demo_chance(r, 45))
		n.ground = AID_D_ORDINARY;
	if (n.organ_kind == AID_COURT && demo_chance(r, 8)) {
		n.compulsory = true;
		n.ground = AID_DESIGNATION_NONE;
		n.stage = AID_COMPULSORY_CASE;
	}
	if (n.organ_kind == AID_COURT)
		n.hearing = day_add(today, 10 + (int)demo_below(r, 30));
	return n;
}

/* Of an ordinary form one that will be refused for another reason than means, or is of another kind. */
static void
form_vary(struct demo_random *r, struct aid_form *f)
{
	if (f->kind != AID_CIVIL)
		return;
	switch (demo_below(r, 14)) {
	case 0: f->kind = AID_RETRIAL; f->matter = AID_MATTER_NONE; f->retrial = demo_chance(r, 50); break;
	case 1: f->kind = AID_ACCUSED; f->matter = AID_MATTER_NONE; f->other_reason = demo_chance(r, 50); f->detained = true; break;
	case 2: f->kind = AID_VICTIM; f->matter = AID_MATTER_NONE; break;
	case 3: f->matter = AID_OTHER_MATTER; break;
	case 4: f->own_counsel = true; break;
	case 5: f->preserve = true; break;
	default: break;
	}
}

static enum rc
at_counter(struct ctx *ctx, struct demo_random *r, const struct intake_new *in, const struct aid_form *form, struct findings *findings)
{
	struct aid_counter *c = ARENA_NEW(ctx->mem, struct aid_counter);
	struct intake_receipt receipt;

	if (c == NULL)
		return RC_NO_MEMORY;
	c->request = *in;
	c->form = *form;
	c->n_brought = 2;
	c->brought[0] = (struct aid_brought){ TEXT("居民身份证"), 1, false };
	c->brought[1] = (struct aid_brought){ TEXT("与案件有关的材料"), 1, demo_chance(r, 50) };
	c->until = DAY_NONE;
	if (demo_chance(r, 25)) {
		c->missing[c->n_missing++] = TEXT("经济困难状况说明");
		c->until = day_add(day_of_moment(ctx->now_ms), 10);
	}
	return aid_counter_take(ctx, idem_key_new(), c, findings, &receipt);
}

enum rc
demo_aid_come(struct demo_city *c, struct arena *mem, struct demo_random *r, int64_t item, int64_t at_ms)
{
	struct demo_aid_new n = { .clerk = NULL };
	struct findings findings = { .n = 0 };
	struct intake_receipt receipt;
	struct actor actor;
	struct ctx ctx;
	enum rc rc;

	if (!demo_aid_make(c, r, item, at_ms, &n))
		return RC_OK;
	ctx = demo_aid_ctx(c, mem, n.clerk, &actor);
	if (demo_chance(r, 12)) {
		struct place county = place_up(n.request.place, PLACE_COUNTY);
		struct aid_notice_new notice = notice_make(r, day_of_moment(at_ms), county, &n.person);

		rc = aid_notice_take(&ctx, idem_key_new(), &notice, &findings, &receipt);
	} else {
		form_vary(r, &n.form);
		rc = n.form.kind != AID_DESIGNATED && demo_chance(r, 40) ? at_counter(&ctx, r, &n.request, &n.form, &findings)
		    : aid_apply(&ctx, idem_key_new(), &n.request, &n.form, &findings, &receipt);
	}
	return rc == RC_INVALID || rc == RC_REFUSED ? RC_OK : rc;
}

/* ---- going on --------------------------------------------------------------------------------------------------- */

/* One page that stands for any proof, stored once. */
static enum rc
proof_put(struct ctx *ctx, const struct demo_city *c, struct case_id id, int64_t *ret)
{
	static const char page[] = "%PDF-1.4\n% 演示材料\n";
	struct text path = arena_format(ctx->mem, "%s/demo-proof.pdf", c->app->conf.state);
	struct attachment a = { .name = TEXT("演示证明材料.pdf"), .type = TEXT("application/pdf"), .bytes = sizeof page - 1 };
	struct demo_aid_proof proof = { .request = id.n };
	unsigned char hash[32];
	FILE *f = path.p != NULL ? fopen(path.p, "wb") : NULL;
	enum rc rc;

	if (f == NULL)
		return path.p == NULL ? RC_NO_MEMORY : RC_UNAVAILABLE;
	fwrite(page, 1, sizeof page - 1, f);
	if (fclose(f) != 0)
		return RC_UNAVAILABLE;
	crypt_hash((struct text){ page, sizeof page - 1 }, hash);
	memcpy(a.sha256, hash, sizeof a.sha256);
	rc = intake_attach(ctx, idem_key_new(), id, c->app->conf.state, path, &a);
	unlink(path.p); /* what is kept lies under files/ by now */
	if (rc == RC_OK)
		rc = db_read(ctx, demo_aid_proof_tx, &proof);
	*ret = proof.id;
	return rc;
}

static enum rc
end(const struct demo_going *g)
{
	struct aid_terminate in = { .id = { g->o->id }, .ground = (int)(AID_E_FRAUD + demo_below(g->r, AID_END_COUNT - AID_E_FRAUD)),
		.words = TEXT("已经查明，书面材料在卷。") };
	struct actor actor;
	struct ctx ctx = demo_aid_ctx(g->c, g->mem, g->clerk, &actor);
	struct aid_verdict v;
	enum rc rc = in.ground <= AID_E_CASE_OVER ? proof_put(&ctx, g->c, in.id, &in.proof) : RC_OK;

	if (rc != RC_OK)
		return rc;
	ctx = demo_aid_ctx(g->c, g->mem, g->chief, &actor);
	rc = demo_aid_revision(&ctx, in.id, &in.revision); /* the proof has moved it */
	return rc == RC_OK ? aid_terminate(&ctx, idem_key_new(), &in, &v) : rc;
}

/* Who refuses says on which grounds: the one that fits, and sometimes a second. */
static unsigned
grounds_of(const struct demo_going *g)
{
	unsigned grounds;

	if (g->o->own_counsel)
		grounds = BIT(AID_R_COUNSEL);
	else if (g->o->kind == AID_RETRIAL)
		grounds = BIT(AID_R_RETRIAL);
	else if (g->o->kind == AID_DESIGNATED || g->o->kind == AID_COMPULSORY)
		grounds = BIT(AID_R_DESIGNATION);
	else if (g->o->matter == AID_OTHER_MATTER)
		grounds = BIT(AID_R_MATTER);
	else
		grounds = BIT(AID_R_MEANS);
	if (demo_chance(g->r, 12) && grounds == BIT(AID_R_MEANS))
		grounds |= demo_chance(g->r, 50) ? BIT(AID_R_UNTRUE) : BIT(AID_R_PLACE);
	return grounds;
}

static enum rc
decide(const struct demo_going *g)
{
	struct aid_decide in = { .id = { g->o->id }, .revision = g->o->revision, .deviation = TEXT_NONE, .words = TEXT("符合条件，给予援助。") };
	bool advised = g->o->advised == AID_ADVISED_YES;
	struct actor actor;
	struct ctx ctx = demo_aid_ctx(g->c, g->mem, g->chief, &actor);
	struct aid_verdict v;

	in.grant = g->o->state == AID_CORRECTED || advised || (g->o->advised != AID_ADVISED_NO && demo_chance(g->r, 50));
	if (in.grant && !advised)
		in.deviation = TEXT("核对了事项和材料，应当援助。");
	if (!in.grant) {
		in.words = TEXT("核对了申请材料，理由如上。");
		in.grounds = grounds_of(g);
		in.deviation = g->o->advised != AID_ADVISED_NO ? TEXT("核对后认为不在范围内。") : TEXT_NONE;
	}
	return aid_decide(&ctx, idem_key_new(), &in, &v);
}

static enum aid_rate_kind
rate_of(const struct demo_going *g)
{
	bool crime = g->o->kind == AID_ACCUSED || g->o->kind == AID_DESIGNATED || g->o->kind == AID_COMPULSORY || g->o->kind == AID_VICTIM;

	return crime ? AID_RATE_CRIMINAL_TRIAL : AID_RATE_CIVIL;
}

enum rc
demo_aid_more(const struct demo_going *g, bool *ret_done)
{
	struct case_id id = { g->o->id };
	struct actor actor;
	struct ctx ctx = demo_aid_ctx(g->c, g->mem, g->chief, &actor);
	struct aid_verdict v;

	*ret_done = true;
	switch ((int)g->o->state) {
	case AID_APPLIED:
		if (g->o->urgent && !g->o->advanced && g->clerk->id.n != g->chief->id.n && demo_chance(g->r, 60))
			return aid_advance(&ctx, idem_key_new(), id, g->o->revision, TEXT("期限快要届满，先行提供。"), &v);
		break;
	case AID_EXAMINED: case AID_CORRECTED:
		return decide(g);
	case AID_GRANTED:
		if (g->o->noticed && demo_chance(g->r, 4)) {
			ctx = demo_aid_ctx(g->c, g->mem, g->clerk, &actor);
			return aid_notice_withdraw(&ctx, idem_key_new(), id, g->o->revision, TEXT("家属已自行委托，办案机关来函撤回。"), &v);
		}
		break;
	case AID_AGREED: case AID_IN_PROGRESS:
		if (g->o->change == 0 && demo_chance(g->r, 7))
			return end(g);
		break;
	case AID_FILE_REVIEWED:
		return aid_subsidy_approve(&ctx, idem_key_new(), id, g->o->revision, (int)rate_of(g), &v);
	case AID_SUBSIDY_APPROVED:
		ctx = demo_aid_ctx(g->c, g->mem, g->clerk, &actor);
		return aid_subsidy_pay(&ctx, idem_key_new(), id, g->o->revision, arena_format(g->mem, "演示凭证%lld", (long long)id.n), &v);
	case AID_SUBSIDY_PAID:
		ctx = demo_aid_ctx(g->c, g->mem, g->clerk, &actor);
		return aid_archive(&ctx, idem_key_new(), id, g->o->revision, TEXT_NONE, &v);
	default:
		break;
	}
	*ret_done = false;
	return RC_OK;
}

/* Standards that are the demonstration's alone. */
enum rc
demo_aid_rates(struct demo_city *c, struct arena *mem)
{
	static const int64_t fen[AID_RATE_COUNT] = { 0, 180000, 200000, 120000, 160000, 60000 };
	struct day from = day_add(day_of_moment(c->aid_from_ms), -30);
	struct actor actor;
	struct ctx ctx = demo_aid_ctx(c, mem, NULL, &actor);
	struct findings findings = { .n = 0 };
	enum rc rc = RC_OK;

	for (int k = AID_RATE_CIVIL; rc == RC_OK && k < AID_RATE_COUNT; k++)
		rc = aid_rate_set(&ctx, idem_key_new(), &(struct aid_rate_new){ k, from, fen[k], TEXT("演示补贴标准（虚构）"),
		    TEXT("演示用，不是真实标准") }, &findings);
	return rc;
}
