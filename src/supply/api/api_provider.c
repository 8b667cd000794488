/* The register of people for programs: who they are, what they can do, until when their licence is good, and whether they may be given
 * something today. */
#include "kit/msg/msg.h"
#include "resources/provider/provider_register.h"
#include "supply/api/api_internal.h"

#include <limits.h>

#define PAGE_MOST 100

struct provider_ask { int kind, sector; struct place place; int64_t after, most; };
#define AT(member) offsetof(struct provider_ask, member)
static const struct field fields[] = {
	{ .key = "kind", .kind = FIELD_CHOICE, .label = T("人员种类"), .choices = provider_kind_choices, .offset = AT(kind) },
	{ .key = "sector", .kind = FIELD_CHOICE, .label = T("政府、社会、市场"), .choices = provider_sector_choices, .offset = AT(sector) },
	{ .key = "place", .kind = FIELD_PLACE, .label = T("机构所在地区划代码"), .offset = AT(place) },
	{ .key = "after", .kind = FIELD_KEY, .label = T("从哪里接着看"), .max = INT64_MAX, .offset = AT(after) },
	{ .key = "most", .kind = FIELD_INT, .label = T("最多几件"), .min = 1, .max = PAGE_MOST, .offset = AT(most) },
};
const struct form provider_ask_form = FORM_OF("api.providers", T("人员名册"), fields, struct provider_ask);

struct list { struct register_ask ask; struct provider v[PAGE_MOST + 1]; size_t n, most; struct provider_bars bars; };

static enum rc
list_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct list *l = argument;
	enum rc rc = register_persons(tx, actor, &l->ask, l->v, l->most + 1, &l->n);

	if (rc == RC_OK)
		rc = provider_bars_read(tx, actor, l->ask.today, l->ask.today, &l->bars);
	for (size_t i = 0; rc == RC_OK && i < l->n; i++)
		for (size_t k = 0; k < l->bars.n; k++)
			l->v[i].barred |= provider_bar_hits(&l->bars.v[k], l->v[i].id, l->v[i].firm);
	return rc;
}

static void
put_flags(struct json *j, const char *name, const struct choice *choices, uint64_t flags)
{
	json_begin_array(j, name);
	for (const struct choice *c = choices; c->key != NULL; c++)
		if ((flags & BIT(c->value)) != 0)
			json_str(j, NULL, c->key);
	json_end_array(j);
}

static void
put_one(struct exchange *x, struct json *j, const struct provider *p, struct day today)
{
	const struct choice *kind = choice_by_value(provider_kind_choices, (int)p->kind);
	const struct choice *sector = choice_by_value(provider_sector_choices, p->more.sector);
	enum provider_why why = provider_judge(p, today);

	json_begin_object(j, NULL);
	api_id(j, "id", p->id);
	json_text(j, "name", p->name);
	if (kind != NULL)
		api_choice(x, j, "kind", kind->key, kind->label);
	if (sector != NULL)
		api_choice(x, j, "sector", sector->key, sector->label);
	else
		json_none(j, "sector");
	json_text(j, "licence", p->licence);
	api_day(j, "valid_from", p->valid_from);
	api_day(j, "valid_to", p->valid_to);
	json_text(j, "body", p->firm_name);
	api_place(j, "place", p->firm_place);
	put_flags(j, "skills", provider_skill_choices, p->skills);
	put_flags(j, "languages", provider_language_choices, p->more.languages);
	json_bool(j, "may", why == PROVIDER_MAY);
	json_str(j, "why", msg(x->ctx->lang, provider_why_label(why)));
	json_end_object(j);
}

enum rc
api_providers(struct exchange *x)
{
	const struct provider_ask *in = x->values;
	struct list *l = ARENA_NEW(x->ctx->mem, struct list);
	struct json j;
	enum rc rc = l == NULL ? RC_NO_MEMORY : x->form_rc;

	if (rc != RC_OK)
		return rc;
	l->most = in->most > 0 ? (size_t)in->most : PAGE_MOST;
	l->ask = (struct register_ask){ .kind = in->kind, .sector = in->sector, .within = in->place, .after = in->after, .word = TEXT_NONE,
		.today = day_of_moment(x->ctx->now_ms) };
	rc = db_read(x->ctx, list_tx, l);
	if (rc != RC_OK)
		return rc;
	j = api_open(x);
	json_begin_array(&j, "providers");
	for (size_t i = 0; i < l->n && i < l->most; i++)
		put_one(x, &j, &l->v[i], l->ask.today);
	json_end_array(&j);
	api_id(&j, "next", l->n > l->most ? l->v[l->most - 1].id : 0);
	return api_close(x, &j);
}
