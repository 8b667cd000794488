/*
 * conf: how is this installation set up?  One INI file; every key has a default, a unit and a
 * meaning in zhaofa.conf.example, which a test compares with the table here.
 */
#pragma once

#include "base/arena.h"
#include "base/text.h"

struct conf {
	const char *listen;          /* [server] listen = 127.0.0.1 */
	int64_t port;                /* [server] port = 12348 */
	int64_t workers;             /* [server] workers = 4 */
	int64_t connections;         /* [server] connections = 1024 */
	int64_t connections_per_peer;/* [server] connections_per_peer = 64 */
	int64_t header_seconds, body_seconds, idle_seconds;
	const char *proxies;         /* [server] proxies = (comma separated addresses) */
	const char *public_url;      /* [server] public_url: what QR codes and links say */
	const char *db;              /* [storage] db = sqlite:STATE/zhaofa.db */
	int64_t readers;             /* [storage] readers = 4 */
	int64_t node;                /* [storage] node = 0 */
	const char *state;           /* [storage] state = ./state */
	int64_t city;                /* [city] code = 3205 */
	const char *city_name;       /* [city] name */
	int64_t session_idle_minutes, session_hours;
	int64_t hash_slots;          /* [security] hash_slots = 1 */
	/* [notify]: where messages go; empty: that way is not set up */
	const char *sms_url, *sms_key_file, *wechat_url, *wechat_key_file;
	const char *mail_url, *mail_from, *mail_user, *mail_password_file;
	const char *circle_network, *map_approval; /* [circle] file of ways; 审图号, empty = 未填写 */
	const char *site_code, *icp; /* [site] 政府网站标识码, ICP: empty = 未核实 */
};

/* kind: text, or a number in min..max.  unit "" where there is none. */
enum conf_kind { CONF_TEXT, CONF_NUMBER };
struct conf_key { const char *section, *key, *fallback, *unit, *meaning; int kind; size_t offset; int64_t min, max; };
extern const struct conf_key conf_keys[];
extern const size_t conf_keys_n;

#define CONF_FILE_MAX 65536  /* bytes */
#define CONF_LINE_MAX 190    /* bytes, line end included: what libinih takes whole */

/* Defaults, then the file (path NULL: defaults alone).  Texts live in the arena.  RC_INVALID with
 * *ret_why naming line, key, value and bound (a key unknown, given twice or outside its bounds; a
 * line that is none); RC_NOT_FOUND when the file cannot be read; RC_TOO_LARGE; RC_NO_MEMORY.  *ret is
 * written only when RC_OK. */
enum rc conf_load(const char *path, struct arena *a, struct conf *ret, struct text *ret_why);
/* The same from bytes in memory. */
enum rc conf_read(struct text file, struct arena *a, struct conf *ret, struct text *ret_why);
/* One key=value over it, from the command line ("server.port", "8080"). */
enum rc conf_set(struct conf *c, struct arena *a, struct text key, struct text value, struct text *ret_why);
/* storage.db with "STATE/" at the head of its path replaced by storage.state; p NULL: memory out. */
struct text conf_db(const struct conf *c, struct arena *a);
