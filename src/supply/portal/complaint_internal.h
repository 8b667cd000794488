/* complaint_internal: the pages of somebody who complains. */
#pragma once

#include "evaluation/complaint/complaint.h"
#include "supply/portal/portal_internal.h"

/* Who reads it, in words: the office, never a name. */
struct text complaint_reader_words(const struct exchange *x, const struct complaint *c);
/* A rule's no in the page's language. */
struct text complaint_no_words(const struct exchange *x, struct complaint_verdict v);
