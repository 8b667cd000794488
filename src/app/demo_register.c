/*
 * The other registers of the demonstration: a notary office, an appraisal institution, social bodies of each new kind, an association, and
 * the people in them; a sanction, assessments, licences that end soon, a renewal that waits.
 */
#include "app/demo.h"

#include "resources/identity/identity.h"
#include "resources/provider/provider_register.h"

#include <string.h>

#define MEMORY ((size_t)16 << 20)
#define LAWYER "YS-L99" /* whom a visitor logs in as */
#define MANY 400

#define BODIES "licence,credit,name,kind,sector,welfare,place,phone,valid_from,valid_to\n" \
	"YS-B01,,演示公证处,notary_office,government,1,320506000000,19900020001,2012-01-01,\n" \
	"YS-B02,,演示司法鉴定所,appraisal,market,,320506000000,19900020002,2021-08-01,2026-07-31\n" \
	"YS-B03,,演示人民调解委员会,committee,social,1,320506000000,19900020003,2015-01-01,\n" \
	"YS-B04,,演示调解沙龙,salon,social,1,320506100000,19900020004,2018-05-01,2028-04-30\n" \
	"YS-B05,,演示乡音调解室,dialect_room,social,1,320506100000,19900020005,2019-03-01,2026-12-31\n" \
	"YS-B06,,演示新市民学法俱乐部,migrant_club,social,1,320508000000,19900020006,2020-09-01,\n" \
	"YS-B07,,演示律师协会,association,social,,320500000000,19900020007,2010-01-01,\n" \
	"YS-B08,,演示司法所,judicial_office,government,1,320506100000,19900020008,2010-01-01,\n" \
	"YS-B09,,演示医患纠纷调解中心,social,social,1,320500000000,19900020009,2016-01-01,2029-12-31\n"
#define PEOPLE "firm_licence,licence,name,kind,category,qualification,sector,valid_from,valid_to,practice_from,skills,languages,home,room\n" \
	"YS-B01,YS-N01,演示公证员甲,notary,,,government,2012-01-01,2029-12-31,2010-07-01,\"civil,family\",\"putonghua,suzhou\",,20\n" \
	"YS-B01,YS-N02,演示公证员乙,notary,,,government,2018-01-01,2026-07-28,2016-07-01,civil,putonghua,,20\n" \
	"YS-B02,YS-K01,演示鉴定人甲,appraiser,,,market,2021-08-01,2026-07-05,2015-07-01,injury,putonghua,,10\n" \
	"YS-B08,YS-J01,演示司法干部甲,officer,,,government,2014-01-01,,2014-01-01,civil,\"putonghua,suzhou\",320506100201,\n" \
	"YS-B08,YS-J02,演示司法干部乙,officer,,,government,2019-01-01,,2019-01-01,family,\"putonghua,suzhou\",,\n" \
	"YS-B06,YS-Z01,演示志愿者甲,legal_volunteer,qualified,YS-A0001,social,2024-01-01,,2022-01-01,civil,\"putonghua,zhongyuan\",,\n" \
	"YS-B06,YS-Z02,演示志愿者乙,legal_volunteer,village_official,YS-A0002,social,2024-01-01,,2023-01-01,labour,\"putonghua,jianghuai\",320506100201,\n" \
	"YS-B05,YS-Z03,演示志愿者丙,legal_volunteer,retired_judge,YS-A0003,social,2023-01-01,,1985-01-01,\"civil,family\",\"suzhou,shashang\",,\n" \
	"YS-B05,YS-Z04,演示志愿者丁,legal_volunteer,retired_prosecutor,YS-A0004,social,2023-01-01,2026-08-20,1988-01-01,criminal,suzhou,,\n" \
	"YS-B04,YS-Z05,演示志愿者戊,legal_volunteer,student,YS-A0005,social,2025-09-01,2027-06-30,2025-09-01,civil,\"putonghua,english\",,\n"

struct found { struct provider p[MANY]; struct firm f[MANY]; size_t n, n_f; struct day today; };

static enum rc
found_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct found *d = argument;
	enum rc rc = register_persons(tx, actor, &(struct register_ask){ .today = d->today, .word = TEXT(LAWYER) }, d->p, MANY, &d->n);

	return rc == RC_OK ? register_bodies(tx, actor, &(struct register_ask){ .today = d->today, .word = TEXT_NONE }, d->f, MANY, &d->n_f) : rc;
}

static int64_t
body_of(const struct found *d, const char *licence)
{
	for (size_t i = 0; i < d->n_f; i++)
		if (text_equals(d->f[i].licence, text_of(licence)))
			return d->f[i].id;
	return 0;
}

static enum rc
decisions(struct ctx *ctx, const struct found *d)
{
	struct findings findings = { .n = 0 };
	struct day today = d->today;
	enum rc rc = assessment_add(ctx, idem_key_new(), &(struct assessment_new){ .firm = body_of(d, "YS-B09"), .day = day_add(today, -120),
	    .until = day_add(today, 245), .able = true, .works = TEXT("医患纠纷调解"), .words = TEXT("现场评估，得分九十一") }, &findings);

	if (rc == RC_OK)
		rc = assessment_add(ctx, idem_key_new(), &(struct assessment_new){ .firm = body_of(d, "YS-B04"), .day = day_add(today, -118),
		    .until = day_add(today, 247), .able = true, .works = TEXT("邻里纠纷调解、普法讲座"), .words = TEXT("现场评估，得分八十四") }, &findings);
	if (rc == RC_OK)
		rc = assessment_add(ctx, idem_key_new(), &(struct assessment_new){ .firm = body_of(d, "YS-B06"), .day = day_add(today, -400),
		    .until = day_add(today, -35), .able = true, .works = TEXT("外来务工人员普法"), .words = TEXT("材料评估") }, &findings);
	if (rc == RC_OK)
		rc = assessment_add(ctx, idem_key_new(), &(struct assessment_new){ .firm = body_of(d, "YS-B05"), .day = day_add(today, -117),
		    .until = day_add(today, 248), .able = false, .works = TEXT_NONE, .words = TEXT("专职人员不足") }, &findings);
	return rc == RC_OK ? sanction_add(ctx, idem_key_new(), &(struct sanction_new){ .firm = body_of(d, "YS-B02"), .kind = SANCTION_DISHONEST,
	    .bars = true, .from = day_add(today, -20), .to = day_add(today, 70), .document = TEXT("演示〔2026〕第 7 号"), .words = TEXT("逾期未报年度报告") },
	    &findings) : rc;
}

/* The lawyer's licence ends soon; the new one waits to be confirmed. */
static enum rc
renewal(struct demo_city *c, struct arena *mem, const struct found *d)
{
	const struct account *account = d->n == 1 ? demo_account_find(c, d->p[0].account) : NULL;
	struct findings findings = { .n = 0 };
	struct actor actor;
	struct ctx ctx;

	if (account == NULL)
		return RC_OK;
	actor = identity_actor(account, c->app->conf.city);
	ctx = app_ctx(c->app, mem, &actor);
	return renewal_propose(&ctx, idem_key_new(), &(struct renewal_new){ .valid_from = day_add(d->today, 1), .valid_to = day_add(d->today, 365 * 20),
	    .words = TEXT("年度考核通过，已换新证"), .scan = TEXT("%PDF-1.4\n% 演示材料\n") }, &findings);
}

enum rc
demo_register(struct demo_city *c, struct arena *mem, int64_t at_ms)
{
	struct actor system = identity_system(c->app->conf.city);
	struct arena *own = arena_create(MEMORY);
	struct findings findings = { .n = 0 };
	struct found *d = own == NULL ? NULL : ARENA_NEW(own, struct found);
	struct ctx ctx;
	int64_t rows = 0, warned = 0;
	enum rc rc;

	(void)mem;
	if (d == NULL) {
		arena_free(own);
		return RC_NO_MEMORY;
	}
	ctx = app_ctx(c->app, own, &system);
	d->today = day_of_moment(at_ms);
	rc = register_import_bodies(&ctx, idem_key_new(), TEXT(BODIES), &findings, &rows);
	if (rc == RC_OK)
		rc = register_import_persons(&ctx, idem_key_new(), TEXT(PEOPLE), &findings, &rows);
	if (rc == RC_OK)
		rc = db_read(&ctx, found_tx, d);
	if (rc == RC_OK)
		rc = decisions(&ctx, d);
	if (rc == RC_OK)
		rc = renewal(c, own, d);
	if (rc == RC_OK)
		rc = licence_watch(&ctx, MANY, &warned);
	arena_free(own);
	return rc;
}
