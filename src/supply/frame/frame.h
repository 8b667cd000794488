/*
 * frame: what stands around every page?  Head, skip link, header, footer; for residents and for the
 * desk.  A page is
 *
 *	struct html h = frame_html(x);
 *
 *	frame_public_open(x, &h, &(struct frame_page){ .title = T("附近站点") });
 *	ui_title(&h, T("附近站点"), TEXT_NONE);
 *	...
 *	frame_public_close(x, &h);
 *	return buf_rc(h.out);
 *
 * The title stands in <title>; the page itself writes its one <h1> (ui_title).
 */
#pragma once

#include "kit/db/db.h"
#include "kit/html/ui.h"
#include "kit/http/http.h"

/* What is the same on every page of this installation; app sets it once before serving. */
struct frame_site {
	const char *name, *name_en;   /* "苏州市公共法律服务" */
	bool demo;                    /* 演示数据 on every page */
	const char *map_approval;     /* 审图号; empty: 未填写 */
	const char *site_code, *icp;  /* empty: shown as 未核实 */
	const char *public_url;       /* "https://law.example.cn": before paths in QR codes and receipts; no slash at its end */
	const char *state;            /* directory for uploads */
	/* Name to show of who is logged in; NULL or empty: none.  Called within the request. */
	struct text (*user)(const struct exchange *x);
	/* Unread notices of who is logged in; NULL: no bell. */
	int64_t (*unread)(const struct exchange *x);
};
void frame_site_set(const struct frame_site *site); /* texts are not copied */
const struct frame_site *frame_site_get(void);

enum frame_area {
	FRAME_NONE, FRAME_QUEUE, FRAME_INTAKE, FRAME_HOTLINE, FRAME_SUPERVISE, FRAME_FIGURES, FRAME_CIRCLE, FRAME_PEOPLE, FRAME_NETWORK,
	FRAME_CATALOGUE, FRAME_POLICY, FRAME_SETTINGS, FRAME_AUDIT, FRAME_ADVISORS, FRAME_ROSTER, FRAME_AREA_COUNT
};
/* Work areas of the desk header: shown to those who have the right. */
struct frame_link { const char *label, *path; int right; const char *keys; };
extern const struct frame_link frame_areas[FRAME_AREA_COUNT];
/* The address where somebody with these rights begins. */
struct text frame_home(const struct actor *actor);

struct frame_page {
	const char *title;            /* T(); or: */
	struct text title_text;
	const char *description;      /* T(), for search engines; NULL: the site's */
	enum frame_area area;         /* desk: which work area is marked */
	struct text search;           /* desk: what stands in the search box */
	bool wide;                    /* public: tables, maps */
	bool home;
	bool bare;                    /* desk: nobody is logged in yet (log-in page): no areas, no search */
	const char *style, *script;   /* assets of this page beside the usual ones; NULL: none */
	bool noindex;                 /* personal pages: receipts, progress */
};

/* The writer of this exchange's body: language, elder mode, icons. */
struct html frame_html(struct exchange *x);
void frame_public_open(struct exchange *x, struct html *h, const struct frame_page *page);
void frame_public_close(struct exchange *x, struct html *h);
void frame_desk_open(struct exchange *x, struct html *h, const struct frame_page *page);
void frame_desk_close(struct exchange *x, struct html *h);
/* An answer to htmx (header HX-Request) is a fragment: no frame. */
bool frame_wants_fragment(const struct exchange *x);
/* This page's address with one query value set or replaced: "?elder=1", for switches and filters. */
struct text frame_here_with(const struct exchange *x, const char *name, const char *value);

/* Error page in the frame that fits the path; also for 404 and 503 by app. */
enum rc frame_error(struct exchange *x, int status);
/* RC_UNKNOWN where nothing can be handed back (files): it may be stored, so never "not stored". */
enum rc frame_unknown(struct exchange *x);

/*
 * The same for a form that was sent: what was typed can be read and is sent again by one button, under its key.
 * Not for files, passwords and parts of pages: frame_can_keep() says so.
 */
enum frame_kept { KEPT_LOGGED_OUT, KEPT_STALE, KEPT_UNKNOWN, KEPT_BUSY, KEPT_COUNT };
bool frame_can_keep(const struct exchange *x);
enum rc frame_kept(struct exchange *x, enum frame_kept kept);

/* The idempotency key a form was sent with (hidden field "key"); a fresh one when it has none. */
struct idem_key frame_idem_key(const struct exchange *x);
/* A fresh key in hex for a form about to be shown, in ctx->mem; on a form shown again, the key it came with. */
struct text frame_key_text(const struct exchange *x);
/* A cookie of ours: Path=/, HttpOnly, SameSite=Lax, Secure with the __Host- prefix over TLS; max_age_s 0: until the
 * browser closes, < 0: removed.  `name` without prefix. */
void frame_cookie_set(struct exchange *x, const char *name, struct text value, int64_t max_age_s);
struct text frame_cookie(const struct exchange *x, const char *name);

extern const struct route frame_routes[]; /* the component gallery */
extern const size_t frame_routes_n;
