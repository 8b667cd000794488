/* Moments, spans, names and addresses as the pages of the desk write them. */
#include "supply/desk/desk_internal.h"

#define HOUR_MS INT64_C(3600000)
#define MINUTE_MS INT64_C(60000)

struct desk_hooks desk_hooks;

void
desk_hooks_set(const struct desk_hooks *hooks)
{
	desk_hooks = *hooks;
}

bool
desk_is_lawyers(const struct actor *actor, const struct request *r)
{
	return actor->role == ROLE_PROVIDER && text_equals(r->matter, TEXT("legal-aid")) && !request_may_act(actor, r);
}

struct day
desk_today(const struct exchange *x)
{
	return day_of_moment(x->ctx->now_ms);
}

struct text
desk_say(const struct exchange *x, const char *zh)
{
	return text_of(msg(x->ctx->lang, zh));
}

struct text
desk_name(const struct exchange *x, struct text zh, struct text en)
{
	return x->ctx->lang == LANG_EN && en.n > 0 ? en : zh;
}

struct text
desk_when(const struct exchange *x, int64_t at_ms)
{
	char out[32];
	struct text t;

	if (at_ms <= 0 || at_ms == DUE_NONE)
		return TEXT_NONE;
	t = moment_print(at_ms, out);
	if (t.n == 16 && day_of_moment(at_ms).n == desk_today(x).n)
		t = (struct text){ t.p + 11, 5 };
	else if (t.n == 16 && day_to_ymd(day_of_moment(at_ms)).year == day_to_ymd(desk_today(x)).year)
		t = (struct text){ t.p + 5, 11 };
	return arena_text(x->ctx->mem, t);
}

struct text
desk_span(const struct exchange *x, int64_t ms)
{
	int64_t n = ms < 0 ? -ms : ms;
	const char *unit = T("分钟");

	if (n >= DAY_MS) {
		n /= DAY_MS;
		unit = T("天");
	} else if (n >= HOUR_MS) {
		n /= HOUR_MS;
		unit = T("小时");
	} else {
		n /= MINUTE_MS;
	}
	return arena_format(x->ctx->mem, "%lld %s", (long long)n, msg(x->ctx->lang, unit));
}

enum ui_lamp
desk_lamp(const struct exchange *x, int64_t start_ms, int64_t due_ms, bool open, struct text *ret_detail)
{
	enum clock_light light = request_light(request_lights(), start_ms, due_ms, open, x->ctx->now_ms);

	*ret_detail = TEXT_NONE;
	if (due_ms != DUE_NONE && (light == LIGHT_NORMAL || light == LIGHT_SOON || light == LIGHT_LATE))
		*ret_detail = desk_span(x, due_ms - x->ctx->now_ms);
	return (enum ui_lamp)light;
}

struct text
desk_case_path(const struct exchange *x, struct case_id id, const char *tail)
{
	return arena_format(x->ctx->mem, "/desk/request/%lld%s%s", (long long)id.n, tail[0] ? "/" : "", tail);
}

struct text
desk_key(const struct exchange *x)
{
	char hex[33];

	idem_key_hex(idem_key_new(), hex);
	return arena_text(x->ctx->mem, text_of(hex));
}

struct text
desk_join(const struct exchange *x, struct text a, struct text b)
{
	if (a.n == 0 || b.n == 0)
		return a.n == 0 ? b : a;
	return arena_format(x->ctx->mem, "%.*s · %.*s", (int)a.n, a.p, (int)b.n, b.p);
}

struct text
desk_int(const struct exchange *x, int64_t n)
{
	return n == 0 ? TEXT_NONE : arena_format(x->ctx->mem, "%lld", (long long)n);
}

struct text
desk_query(const struct exchange *x, const char *name)
{
	return params_get(x->in->query, name);
}
