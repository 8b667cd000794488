#include "kit/conf/conf.h"

#define TEXT_KEY(section_, key_, member, fallback_, max_, meaning_) \
	{ .section = section_, .key = key_, .fallback = fallback_, .unit = "", .meaning = meaning_, \
		.kind = CONF_TEXT, .offset = offsetof(struct conf, member), .min = 0, .max = (max_) }
#define NUMBER_KEY(section_, key_, member, fallback_, unit_, min_, max_, meaning_) \
	{ .section = section_, .key = key_, .fallback = fallback_, .unit = unit_, .meaning = meaning_, \
		.kind = CONF_NUMBER, .offset = offsetof(struct conf, member), .min = (min_), .max = (max_) }

/* min and max of a text are bytes. */
const struct conf_key conf_keys[] = {
	TEXT_KEY("server", "listen", listen, "127.0.0.1", 64,
	    "Address to listen on. Keep it at loopback and put nginx or HAProxy with TLS in front."),
	NUMBER_KEY("server", "port", port, "12348", "TCP port", 0, 65535,
	    "Port to listen on; 0 takes a free one and prints it."),
	NUMBER_KEY("server", "workers", workers, "4", "threads", 1, 256,
	    "Threads that answer requests."),
	NUMBER_KEY("server", "connections", connections, "1024", "connections", 8, 65536,
	    "Open connections in all; past it new ones are refused."),
	NUMBER_KEY("server", "connections_per_peer", connections_per_peer, "64", "connections", 1, 65536,
	    "Open connections from one address; the addresses in `proxies` are not counted."),
	NUMBER_KEY("server", "header_seconds", header_seconds, "10", "seconds", 1, 600,
	    "Time for the whole header of a request."),
	NUMBER_KEY("server", "body_seconds", body_seconds, "120", "seconds", 1, 3600,
	    "Time for the whole body of a request, uploads included."),
	NUMBER_KEY("server", "idle_seconds", idle_seconds, "30", "seconds", 1, 600,
	    "How long a connection without a request is kept."),
	TEXT_KEY("server", "proxies", proxies, "", 160,
	    "Addresses, separated by commas, whose X-Forwarded-For and X-Forwarded-Proto are believed."),
	TEXT_KEY("server", "public_url", public_url, "http://127.0.0.1:12348", 160,
	    "Where residents reach this service: what QR codes and links in notices say."),
	TEXT_KEY("storage", "db", db, "sqlite:STATE/zhaofa.db", 160,
	    "sqlite:PATH (STATE/ stands for the directory below) or a libpq connection string postgresql://..."),
	NUMBER_KEY("storage", "readers", readers, "4", "connections", 1, 256,
	    "Database connections for reading."),
	NUMBER_KEY("storage", "node", node, "0", "number", 0, 1023,
	    "Number of this process within the ids it makes; each process of a city has its own."),
	TEXT_KEY("storage", "state", state, "./state", 160,
	    "Directory of everything this installation keeps: database, files, secrets."),
	NUMBER_KEY("city", "code", city, "3205", "GB/T 2260, four digits", 1000, 9999,
	    "The city whose service this is; part of every key in the database."),
	TEXT_KEY("city", "name", city_name, "苏州市", 90,
	    "Its name on pages."),
	NUMBER_KEY("security", "session_idle_minutes", session_idle_minutes, "30", "minutes", 1, 1440,
	    "A login ends after so long without a request."),
	NUMBER_KEY("security", "session_hours", session_hours, "8", "hours", 1, 168,
	    "A login ends after so long in any case."),
	NUMBER_KEY("security", "hash_slots", hash_slots, "1", "at a time", 1, 64,
	    "Passwords hashed at the same time; each takes 64 MiB of memory."),
	TEXT_KEY("notify", "sms_url", sms_url, "", 160,
	    "Webhook that sends text messages: https, or http to this host; empty: none are sent."),
	TEXT_KEY("notify", "sms_key_file", sms_key_file, "", 160,
	    "File, its owner's alone, whose first line (16 bytes or more) signs what is posted there (HMAC-SHA-256)."),
	TEXT_KEY("notify", "wechat_url", wechat_url, "", 160,
	    "Webhook that sends WeChat messages; empty: none are sent."),
	TEXT_KEY("notify", "wechat_key_file", wechat_key_file, "", 160,
	    "The same for WeChat."),
	TEXT_KEY("notify", "mail_url", mail_url, "", 160,
	    "Mail server: smtps://host, or smtp://host:587 with STARTTLS; empty: no mail is sent."),
	TEXT_KEY("notify", "mail_from", mail_from, "", 160,
	    "Address mail comes from."),
	TEXT_KEY("notify", "mail_user", mail_user, "", 90,
	    "Name to log in to the mail server with; empty: no log-in."),
	TEXT_KEY("notify", "mail_password_file", mail_password_file, "", 160,
	    "File, its owner's alone, whose first line is the password there."),
	TEXT_KEY("site", "site_code", site_code, "", 32,
	    "Government website code (政府网站标识码); empty shows 未核实."),
	TEXT_KEY("site", "icp", icp, "", 90,
	    "ICP filing number (ICP 备案号); empty shows 未核实."),
};

const size_t conf_keys_n = sizeof(conf_keys) / sizeof(conf_keys[0]);
