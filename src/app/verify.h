/*
 * verify: do the stored data keep what the program promises?  The fsck of the data; each check says
 * its one line, "ok" or how many do not fit and the first of them.
 */
#pragma once

#include "app/app.h"

struct verify {
	struct app *app;
	struct buf *out;
	bool quick;          /* the content of attached files is not read */
	int64_t problems;    /* checks that found something */
	int64_t checks;
};

/* One line: "ok   NAME (N)" or "BAD  NAME: N do not fit, first ID". */
void verify_line(struct verify *v, const char *name, int64_t looked_at, int64_t bad, int64_t first);

/*
 * All checks.  Files of attachments are looked for under app->conf.state (NULL: not at all); their size is
 * always compared, their SHA-256 unless `quick`.
 */
enum rc verify_run(struct app *app, struct arena *mem, bool quick, struct buf *out, int64_t *ret_problems);
