/*
 * log: what happened?  JSON lines on standard error, one per request and per job, never with
 * personal data.  Thread-safe; one write(2) per line.
 */
#pragma once

#include "base/text.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };
struct log_field { const char *name; const char *str; struct text t; int64_t n; int kind; };

static inline struct log_field log_int(const char *name, int64_t n) { return (struct log_field){ name, 0, { 0, 0 }, n, 0 }; }
static inline struct log_field log_str(const char *name, const char *s) { return (struct log_field){ name, s, { 0, 0 }, 0, 1 }; }
static inline struct log_field log_text(const char *name, struct text t) { return (struct log_field){ name, 0, t, 0, 2 }; }

void log_open(int fd, enum log_level least, int64_t (*clock_ms)(void));
void log_write(enum log_level level, const char *event, const struct log_field *fields, size_t n);
#define LOG(level, event, ...) log_write((level), (event), (const struct log_field[]){ __VA_ARGS__ }, \
	sizeof((const struct log_field[]){ __VA_ARGS__ }) / sizeof(struct log_field))
