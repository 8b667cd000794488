/* What can be asked for, by whom, where, at what price, how soon, and by which law (S13, S131). */
#include "supply/portal/portal_internal.h"

#include "kit/msg/msg.h"

enum rc
items_page(struct exchange *x)
{
	struct html h = frame_html(x);
	struct item *items = NULL;
	struct ui_tile *tiles;
	size_t n = 0;
	enum rc rc = catalogue_list(x->ctx, portal_today(x), false, &items, &n);

	if (rc != RC_OK)
		return rc;
	tiles = arena_array(x->ctx->mem, n + 1, sizeof *tiles);
	if (!tiles)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < n; i++)
		tiles[i] = (struct ui_tile){
			.text = portal_name(x, items[i].name, items[i].name_en),
			.detail = portal_say(x, price_label(items[i].price)),
			.href = portal_path(x, "/items/", items[i].code),
		};
	frame_public_open(x, &h, &(struct frame_page){ .title = T("服务事项"), .wide = true });
	ui_title(&h, T("服务事项"), TEXT_NONE);
	ui_paragraph(&h, T("能办什么，谁能办，要不要钱，多久，依据什么。免费是原则，收费的都写明为什么。"));
	ui_tiles(&h, T("服务事项"), tiles, n);
	frame_public_close(x, &h);
	return buf_rc(h.out);
}

/* ---- one item ---------------------------------------------------------------------------------------- */

static struct text
add_words(struct exchange *x, struct text list, const char *zh)
{
	struct text word = portal_say(x, zh);

	if (list.n == 0)
		return word;
	return arena_format(x->ctx->mem, "%.*s%s%.*s", (int)list.n, list.p, x->ctx->lang == LANG_EN ? ", " : "、",
	    (int)word.n, word.p);
}

static struct text
who_text(struct exchange *x, const struct item *item)
{
	struct text t = TEXT_NONE;

	for (int k = APPLICANT_NONE + 1; k < APPLICANT_COUNT; k++)
		if ((item->who_may & BIT(k)) != 0)
			t = add_words(x, t, applicant_label((enum applicant_kind)k));
	return t;
}

static struct text
channels_text(struct exchange *x, const struct item *item)
{
	struct text t = TEXT_NONE;

	for (int k = CHANNEL_PORTAL; k < CHANNEL_COUNT; k++)
		if ((item->channels & BIT(k)) != 0)
			t = add_words(x, t, channel_label((enum channel)k));
	return t;
}

static struct text
tiers_text(struct exchange *x, const struct item *item)
{
	struct text t = TEXT_NONE;

	for (int k = TIER_COUNTY; k < TIER_COUNT; k++)
		if ((item->tiers & BIT(k)) != 0)
			t = add_words(x, t, tier_label((enum tier)k));
	return t;
}

static struct text
price_text(struct exchange *x, const struct item *item)
{
	struct text label = portal_say(x, price_label(item->price));

	if (item->price_why.n == 0)
		return label;
	return arena_format(x->ctx->mem, "%.*s\n%.*s", (int)label.n, label.p, (int)item->price_why.n,
	    item->price_why.p);
}

static const char *
unit_format(enum clock_unit unit)
{
	switch (unit) {
	case CLOCK_HOUR: return T("%lld 小时内");
	case CLOCK_DAY: return T("%lld 天内");
	case CLOCK_WORKDAY: return T("%lld 个工作日内");
	case CLOCK_MONTH: return T("%lld 个月内");
	case CLOCK_YEAR: return T("%lld 年内");
	case CLOCK_WORKHOUR: return T("%lld 个工作小时内");
	}
	return T("%lld 天内");
}

static void
put_limits(struct exchange *x, struct html *h, const struct item *item)
{
	static const struct ui_column columns[] = { { T("哪一步"), false }, { T("多久"), false }, { T("来源"), false } };
	struct ui_table t;

	if (item->n_limits == 0)
		return;
	ui_section_open(h, T("多久"));
	ui_table_open(&t, h, T("时限"), columns, 3);
	for (size_t i = 0; i < item->n_limits; i++) {
		const struct item_limit *l = &item->limits[i];
		struct finding f = { .field = "", .message = unit_format(l->rule.unit), .bound = l->rule.count };

		ui_row_open(&t);
		ui_cell_say(&t, target_label(l->target));
		ui_cell(&t, finding_text(x->ctx->mem, x->ctx->lang, &f));
		ui_cell(&t, l->source.n > 0 ? l->source : portal_say(x, T("未核实")));
		ui_row_close(&t);
	}
	ui_table_close(&t);
	ui_section_close(h);
}

static void
put_materials(struct html *h, struct text materials)
{
	ui_section_open(h, T("带什么"));
	if (materials.n == 0) {
		ui_paragraph(h, T("不用带材料。有合同、收据、照片的，带上更好。"));
	} else {
		html_raw(h, "<ul>");
		while (materials.n > 0) {
			struct text line = text_trim(text_cut(&materials, '\n'));

			if (line.n == 0)
				continue;
			html_raw(h, "<li>");
			html_text(h, line);
			html_raw(h, "</li>");
		}
		html_raw(h, "</ul>");
	}
	ui_section_close(h);
}

static void
put_how(struct exchange *x, struct html *h, const struct item *item)
{
	ui_section_open(h, T("怎么办"));
	html_raw(h, "<div class=\"buttons\">");
	if ((item->channels & BIT(CHANNEL_PORTAL)) != 0)
		ui_button_link(h, portal_path(x, "/ask?item=", item->code), T("现在就写下来"), true);
	portal_call(h, TEXT("12348"));
	ui_button_link(h, TEXT("/points"), T("去附近的站点"), false);
	check_link(x, h, item->code);
	html_raw(h, "</div>");
	ui_section_close(h);
}

enum rc
item_page(struct exchange *x)
{
	struct html h = frame_html(x);
	struct item item;
	struct text summary, name;
	enum rc rc = portal_item(x, http_segment(x, "code"), &item);

	if (rc != RC_OK)
		return rc;
	name = portal_name(x, item.name, item.name_en);
	summary = portal_name(x, item.summary, item.summary_en);
	frame_public_open(x, &h, &(struct frame_page){ .title_text = name });
	ui_title_text(&h, name, portal_say(x, T("服务事项")));
	html_raw(&h, "<p>");
	html_lines(&h, summary);
	html_raw(&h, "</p>");
	put_how(x, &h, &item);
	ui_facts(&h, (struct ui_fact[]){
	    { T("谁能办"), who_text(x, &item), TEXT_NONE },
	    { T("要钱吗"), price_text(x, &item), TEXT_NONE },
	    { T("从哪里办"), channels_text(x, &item), TEXT_NONE },
	    { T("哪里能办"), tiers_text(x, &item), TEXT_NONE },
	    { T("怎么提供"), portal_say(x, supply_label(item.supply)), TEXT_NONE },
	    { T("依据"), item.basis.n > 0 ? item.basis : portal_say(x, T("未核实")), TEXT_NONE },
	    { T("为什么由政府办"), item.why_public.n > 0 ? item.why_public : portal_say(x, T("未核实")), TEXT_NONE },
	}, 7);
	put_limits(x, &h, &item);
	put_materials(&h, item.materials);
	html_raw(&h, "<p>");
	ui_link(&h, TEXT("/items"), T("全部事项"));
	html_raw(&h, "</p>");
	frame_public_close(x, &h);
	return buf_rc(h.out);
}
