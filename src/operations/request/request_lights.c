/*
 * When does a light change?  Three numbers that officials may set; a process keeps them packed in one word, since every
 * row of every queue asks, and the worker looks whether another process has changed them.
 */
#include "operations/request/request.h"

#include "kit/msg/msg.h"

#include <stdatomic.h>

#define HOUR_MS INT64_C(3600000)

enum { SOON_PERMILLE, SOON_HOURS, NEAR_HOURS };

static const struct setting_kind kinds[] = {
	[SOON_PERMILLE] = { "light.soon_permille", T("变黄灯：剩下的时间少于全程的"), T("‰"),
	    T("剩下的时间少于全程的千分之几，灯变成「快到期」。250 是四分之一；0 是不看比例。"), 0, 1000, 250, RIGHT_SETTINGS,
	    request_lights_follow },
	[SOON_HOURS] = { "light.soon_hours", T("变黄灯：剩下不到"), T("小时"),
	    T("不管全程多长，剩下不到这么多小时，灯就变成「快到期」。"), 0, 240, 4, RIGHT_SETTINGS, request_lights_follow },
	[NEAR_HOURS] = { "light.near_hours", T("「快到期」的一栏：多少小时之内"), T("小时"),
	    T("工作台、督办和看板上「快到期」的件数和名单，数的是这么多小时之内到期的。"), 1, 720, 24, RIGHT_SETTINGS,
	    request_lights_follow },
};
const struct setting_group light_settings = { kinds, sizeof kinds / sizeof kinds[0] };

/* The three, 16 bits each, and a bit that says they are there. */
static _Atomic uint64_t packed;

struct lights
request_lights(void)
{
	uint64_t p = atomic_load_explicit(&packed, memory_order_relaxed);
	int64_t v[3];

	for (int i = 0; i < 3; i++)
		v[i] = p == 0 ? kinds[i].usual : (int64_t)(p >> (16 * i) & 0xffff);
	return (struct lights){ .soon_permille = (int)v[SOON_PERMILLE], .soon_ms = v[SOON_HOURS] * HOUR_MS,
		.near_ms = v[NEAR_HOURS] * HOUR_MS };
}

static enum rc
read_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	uint64_t *p = argument;
	enum rc rc = RC_OK;

	*p = UINT64_C(1) << 63;
	for (int i = 0; rc == RC_OK && i < 3; i++) {
		int64_t n = 0;

		rc = setting_read(tx, actor, &kinds[i], &n);
		*p |= (uint64_t)n << (16 * i);
	}
	return rc;
}

enum rc
request_lights_follow(struct ctx *ctx)
{
	uint64_t p = 0;
	enum rc rc = db_read(ctx, read_tx, &p);

	if (rc == RC_OK)
		atomic_store_explicit(&packed, p, memory_order_relaxed);
	return rc;
}
