/* fen: how much money?  Integer fen (1/100 yuan), never a float.  Pure. */
#pragma once

#include "base/text.h"

struct fen { int64_t n; };

/* "1370", "1369.99", "0.5": at most two decimals, 0 <= value <= max_yuan. */
enum rc fen_parse(struct text yuan, int64_t max_yuan, struct fen *ret);
/* "1,369.99" into out. */
struct text fen_print(struct fen f, char out[static 32]);
