/* Rosters for programs: who comes to a point, who is on duty in a place today. */
#include "supply/api/api_internal.h"

#include <stddef.h>

#include "kit/msg/msg.h"
#include "resources/duty/duty.h"

#define SHOWN 400

static const struct field month_fields[] = {
	{ .key = "month", .kind = FIELD_INT, .label = T("哪个月（如 202607，不写是这个月）"), .min = 200001, .max = 299912,
	  .offset = offsetof(struct duty_ask, month) },
};
const struct form duty_month_form = FORM_OF("api.duty_month", T("值班表"), month_fields, struct duty_ask);
static const struct field place_fields[] = {
	{ .key = "place", .kind = FIELD_PLACE, .label = T("在哪里"), .required = true, .offset = offsetof(struct duty_ask, place) },
};
const struct form duty_place_form = FORM_OF("api.duty_place", T("今天谁值班"), place_fields, struct duty_ask);

/* The days of the month asked for. */
static enum rc
month_asked(struct exchange *x, int64_t month, struct day *ret_from, struct day *ret_to)
{
	uint32_t days = 0;
	enum rc rc = duty_month_days(month == 0 ? duty_month_of(day_of_moment(x->ctx->now_ms)) : (int)month, ret_from, &days);

	if (rc == RC_INVALID)
		findings_add(&x->findings, "month", T("写成 202607 这样"), 0);
	if (rc == RC_OK)
		*ret_to = day_add(*ret_from, (int)days - 1);
	return rc;
}

/* ---- for everybody ---------------------------------------------------------------------------------------------------- */

struct public_arg { enum duty_whose whose; int64_t id; struct place within; struct day from, to; struct duty_public *v; size_t n; };

static enum rc
public_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct public_arg *a = argument;

	return a->id == 0 ? duty_of_day_public(tx, actor, a->within, a->from, a->v, SHOWN, &a->n) :
	    duty_of_public(tx, actor, a->whose, a->id, a->from, a->to, a->v, SHOWN, &a->n);
}

static void
put_public(struct exchange *x, struct json *j, const struct duty_public *d)
{
	struct point p;

	json_begin_object(j, NULL);
	api_day(j, "day", d->day);
	json_text(j, "name", d->name);
	json_text(j, "firm", d->firm);
	api_place(j, "place", d->place);
	if (d->point != 0 && network_find(x->ctx, d->point, &p) == RC_OK)
		json_text(j, "point", p.code);
	else
		json_none(j, "point");
	json_bool(j, "window", d->seat);
	json_int(j, "minutes", d->minutes);
	json_bool(j, "away", d->away);
	if (d->instead_of.n > 0)
		json_text(j, "instead_of", d->instead_of);
	else
		json_none(j, "instead_of");
	json_end_object(j);
}

static enum rc
answer_public(struct exchange *x, struct public_arg *a)
{
	struct json j;
	enum rc rc;

	a->v = arena_array(x->ctx->mem, SHOWN, sizeof *a->v);
	rc = a->v == NULL ? RC_NO_MEMORY : db_read(x->ctx, public_tx, a);
	if (rc != RC_OK)
		return rc;
	j = api_open(x);
	api_day(&j, "from", a->from);
	api_day(&j, "to", a->to);
	json_begin_array(&j, "duty");
	for (size_t i = 0; i < a->n; i++)
		put_public(x, &j, &a->v[i]);
	json_end_array(&j);
	return api_close(x, &j);
}

enum rc
api_duty_point(struct exchange *x)
{
	const struct duty_ask *in = x->values;
	struct public_arg a = { .whose = DUTY_OF_STATION };
	struct point p;
	enum rc rc = network_find_code(x->ctx, http_segment(x, "code"), &p);

	a.id = rc == RC_OK ? p.id : 0;
	if (rc == RC_OK)
		rc = month_asked(x, in->month, &a.from, &a.to);
	return rc == RC_OK ? answer_public(x, &a) : rc;
}

enum rc
api_duty_today(struct exchange *x)
{
	const struct duty_ask *in = x->values;
	struct public_arg a = { .within = in->place, .from = day_of_moment(x->ctx->now_ms) };

	a.to = a.from;
	if (region_find(in->place, a.from) == NULL) {
		findings_add(&x->findings, "place", T("没有这个地方"), 0);
		return RC_INVALID;
	}
	return answer_public(x, &a);
}
