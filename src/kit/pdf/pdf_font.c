/*
 * The fonts: two families and nothing else.  Song for the text, Hei for headings, as official papers have them.  The
 * configuration is our own, so that what a user or a machine has set besides changes no byte; a fallback to another
 * font is switched off, so that a missing character is noticed.
 */
#include "kit/pdf/pdf_internal.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

#define FAMILY_SONG "Noto Serif CJK SC"
#define FAMILY_HEI "Noto Sans CJK SC"
#define FONTS_DIR "/usr/share/fonts/opentype/noto" /* Debian's fonts-noto-cjk */

/* GB/T 9704-2012: title in size 2 (22 pt), text in size 3 (16 pt; 15.75 lets 28 characters into 156 mm), 22 lines a page. */
const struct pdf_style pdf_styles[PDF_STYLE_COUNT] = {
	[PDF_STYLE_TITLE] = { .size = 22, .leading = 34, .bold = true, .align = PDF_ALIGN_CENTRE },
	[PDF_STYLE_NUMBER] = { .size = 14, .leading = 26, .align = PDF_ALIGN_CENTRE },
	[PDF_STYLE_HEADING] = { .size = 15.75, .leading = 28.9, .sans = true, .indent = 2 },
	[PDF_STYLE_PARA] = { .size = 15.75, .leading = 28.9, .indent = 2, .justify = true },
	[PDF_STYLE_FLUSH] = { .size = 15.75, .leading = 28.9, .justify = true },
	[PDF_STYLE_RIGHT] = { .size = 15.75, .leading = 28.9, .align = PDF_ALIGN_RIGHT },
	[PDF_STYLE_NOTE] = { .size = 10.5, .leading = 16, .justify = true },
	[PDF_STYLE_LABEL] = { .size = 12, .leading = 18, .align = PDF_ALIGN_CENTRE },
	[PDF_STYLE_CELL] = { .size = 12, .leading = 18 },
	[PDF_STYLE_FOOT] = { .size = 9, .leading = 12 },
	[PDF_STYLE_MARK] = { .size = 60, .leading = 72, .sans = true, .align = PDF_ALIGN_CENTRE },
	[PDF_STYLE_SEAL] = { .size = 10.5, .leading = 16 },
};

static const char *fonts_dir = FONTS_DIR;

void
pdf_fonts_dir(const char *dir)
{
	fonts_dir = dir != NULL ? dir : FONTS_DIR;
}

/* ---- a thread's fonts ---------------------------------------------------------------------------------- */

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t thread_fonts;
static bool has_key;
static atomic_int alive; /* threads that have fonts */

static void
fonts_free(void *map)
{
	g_object_unref(map);
	atomic_fetch_sub(&alive, 1);
}

/* The main thread's, and what cairo and fontconfig keep for the process: a leak detector shall see real ones. */
static void
fonts_end(void)
{
	void *map = pthread_getspecific(thread_fonts);

	if (map != NULL) {
		pthread_setspecific(thread_fonts, NULL);
		fonts_free(map);
	}
	if (atomic_load(&alive) == 0)
		cairo_debug_reset_static_data();
}

static void
key_make(void)
{
	has_key = pthread_key_create(&thread_fonts, fonts_free) == 0 && atexit(fonts_end) == 0;
}

static FcConfig *
config_make(void)
{
	char xml[512];
	FcConfig *config = FcConfigCreate();
	int n = snprintf(xml, sizeof xml, "<?xml version=\"1.0\"?><fontconfig><dir>%s</dir>"
	    "<cachedir>/var/cache/fontconfig</cachedir></fontconfig>", fonts_dir);

	if (config == NULL || n < 0 || (size_t)n >= sizeof xml ||
	    !FcConfigParseAndLoadFromMemory(config, (const FcChar8 *)xml, FcTrue) || !FcConfigBuildFonts(config)) {
		if (config != NULL)
			FcConfigDestroy(config);
		return NULL;
	}
	return config;
}

/* Does the map have the very family, and not another for it? */
static bool
family_there(PangoFontMap *map, const char *family)
{
	PangoFontFamily *f = pango_font_map_get_family(map, family);

	return f != NULL && strcmp(pango_font_family_get_name(f), family) == 0;
}

static PangoFontMap *
fonts_make(void)
{
	FcConfig *config = config_make();
	PangoFontMap *map;

	if (config == NULL)
		return NULL;
	map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
	if (map != NULL) {
		pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), config);
		if (!family_there(map, FAMILY_SONG) || !family_there(map, FAMILY_HEI))
			g_clear_object(&map);
	}
	FcConfigDestroy(config); /* the map holds its own */
	return map;
}

PangoContext *
pdf_context(void)
{
	PangoFontMap *map;
	PangoContext *context;
	cairo_font_options_t *o;

	if (pthread_once(&once, key_make) != 0 || !has_key)
		return NULL;
	map = pthread_getspecific(thread_fonts);
	if (map == NULL) {
		map = fonts_make();
		if (map == NULL)
			return NULL;
		atomic_fetch_add(&alive, 1);
		if (pthread_setspecific(thread_fonts, map) != 0) {
			fonts_free(map);
			return NULL;
		}
	}
	context = pango_font_map_create_context(map);
	o = cairo_font_options_create();
	cairo_font_options_set_hint_style(o, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(o, CAIRO_HINT_METRICS_OFF);
	cairo_font_options_set_antialias(o, CAIRO_ANTIALIAS_GRAY);
	pango_cairo_context_set_font_options(context, o);
	cairo_font_options_destroy(o);
	pango_context_set_language(context, pango_language_from_string("zh-cn"));
	pango_context_set_base_dir(context, PANGO_DIRECTION_LTR);
	pango_context_set_round_glyph_positions(context, FALSE);
	return context;
}

#if defined(__SANITIZE_ADDRESS__)
/*
 * Under the leak detector: fontconfig's own patterns hold each other by offsets, which it cannot follow, and cairo
 * 1.16 loses some 800 bytes with each subset of a CFF font (2.4 KB a paper; nothing outside it can free them).
 */
const char *__lsan_default_suppressions(void);

const char *
__lsan_default_suppressions(void)
{
	return "leak:libfontconfig.so\nleak:libcairo.so\n";
}
#endif

/* ---- setting a text ---------------------------------------------------------------------------------------- */

/* The first character that the style's font has no glyph for. */
static uint32_t
missing_char(PangoLayout *layout, struct text t)
{
	PangoFont *font = pango_context_load_font(pango_layout_get_context(layout), pango_layout_get_font_description(layout));
	uint32_t found = 0;

	for (size_t at = 0; at < t.n && font != NULL && found == 0;) {
		uint32_t c = utf8_next(t, &at);

		if (!pango_font_has_char(font, c))
			found = c;
	}
	g_clear_object(&font);
	return found != 0 ? found : 0xFFFD;
}

bool
pdf_can_print(uint32_t c)
{
	PangoContext *context = pdf_context();
	PangoFontDescription *d = pango_font_description_from_string(FAMILY_SONG);
	PangoFont *font = context != NULL ? pango_context_load_font(context, d) : NULL;
	bool can = font != NULL && pango_font_has_char(font, c);

	pango_font_description_free(d);
	g_clear_object(&font);
	g_clear_object(&context);
	return can;
}

static void
style_apply(PangoLayout *layout, const struct pdf_style *s, double width)
{
	static const PangoAlignment aligns[] = { PANGO_ALIGN_LEFT, PANGO_ALIGN_CENTER, PANGO_ALIGN_RIGHT };
	PangoFontDescription *d = pango_font_description_new();
	PangoAttrList *attrs = pango_attr_list_new();

	pango_font_description_set_family_static(d, s->sans ? FAMILY_HEI : FAMILY_SONG);
	pango_font_description_set_weight(d, s->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
	pango_font_description_set_absolute_size(d, s->size * PANGO_SCALE);
	pango_layout_set_font_description(layout, d);
	pango_font_description_free(d);
	pango_attr_list_insert(attrs, pango_attr_fallback_new(FALSE));
	pango_layout_set_attributes(layout, attrs);
	pango_attr_list_unref(attrs);
	pango_layout_set_alignment(layout, aligns[s->align]);
	pango_layout_set_auto_dir(layout, FALSE);
	if (width > 0) {
		pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
		pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
		pango_layout_set_indent(layout, (int)(s->indent * s->size * PANGO_SCALE));
	}
}

PangoLayout *
pdf_layout(struct pdf *p, const struct pdf_style *s, struct text t, double width)
{
	PangoLayout *layout;

	if (p->failed != RC_OK)
		return NULL;
	if (utf8_check(t, true) != UTF8_FINE || t.n > (size_t)INT32_MAX / 2) {
		pdf_fail(p, RC_INVALID);
		return NULL;
	}
	layout = pango_layout_new(p->context);
	style_apply(layout, s, width);
	pango_layout_set_text(layout, t.p, (int)t.n);
	if (pango_layout_get_unknown_glyphs_count(layout) > 0) {
		p->missing = missing_char(layout, t);
		pdf_fail(p, RC_INVALID);
		g_object_unref(layout);
		return NULL;
	}
	if (s->justify && width > 0)
		pdf_justify(layout, s, width);
	return layout;
}

int
pdf_lines(PangoLayout *layout)
{
	return pango_layout_get_line_count(layout);
}

/* ---- justification ----------------------------------------------------------------------------------------
 * Pango would put all of a line's slack into its only blank, or spread the digits of a number.  Here every Chinese
 * character takes its share; a line that lacks more than JUSTIFY_MOST of a character each stays ragged.
 */
#define JUSTIFY_MOST 0.09

static bool
is_chinese(struct text t, int at)
{
	size_t i = (size_t)at;

	return i < t.n && utf8_next(t, &i) >= 0x2E80;
}

/* The last glyph of a line takes nothing. */
static int
line_spread(PangoLayoutLine *line, struct text t, int extra)
{
	int seen = 0;

	for (GSList *run = line->runs; run != NULL; run = run->next) {
		PangoGlyphItem *item = run->data;
		PangoGlyphString *glyphs = item->glyphs;

		for (int i = 0; i < glyphs->num_glyphs; i++) {
			if ((run->next == NULL && i == glyphs->num_glyphs - 1) ||
			    !is_chinese(t, item->item->offset + glyphs->log_clusters[i]))
				continue;
			glyphs->glyphs[i].geometry.width += extra;
			seen++;
		}
	}
	return seen;
}

void
pdf_justify(PangoLayout *layout, const struct pdf_style *s, double width)
{
	struct text t = text_of(pango_layout_get_text(layout));
	int n = pango_layout_get_line_count(layout);

	for (int i = 0; i + 1 < n; i++) {
		PangoLayoutLine *line = pango_layout_get_line(layout, i), *next = pango_layout_get_line_readonly(layout, i + 1);
		PangoRectangle logical;
		int slack, takers;

		if (next->is_paragraph_start)
			continue;
		pango_layout_line_get_extents(line, NULL, &logical);
		slack = (int)(width * PANGO_SCALE) - logical.width;
		if (line->is_paragraph_start)
			slack -= (int)(s->indent * s->size * PANGO_SCALE);
		takers = line_spread(line, t, 0);
		if (slack > 0 && takers > 0 && slack / takers <= (int)(JUSTIFY_MOST * s->size * PANGO_SCALE))
			line_spread(line, t, slack / takers);
	}
}
