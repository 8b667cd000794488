/* What is wrong with a text, by line, in the reader's language.  Pure but for mem. */
#include "standards/sheet/sheet.h"

#include <string.h>

#include "kit/msg/msg.h"

void
sheet_fault_add(struct sheet_faults *f, int line, const char *message, struct text what)
{
	struct sheet_fault *one;

	if (f->n == SHEET_FAULTS_MAX)
		return;
	one = &f->v[f->n++];
	*one = (struct sheet_fault){ .line = line, .message = message };
	if (what.n >= sizeof one->what)
		for (what.n = sizeof one->what - 1; ((unsigned char)what.p[what.n] & 0xC0) == 0x80;)
			what.n--; /* whole characters */
	if (what.n > 0)
		memcpy(one->what, what.p, what.n);
}

struct text
sheet_fault_text(struct arena *mem, enum lang lang, const struct sheet_fault *f)
{
	const char *words = msg(lang, f->message), *at = strstr(words, "%s");

	return at == NULL ? text_of(words) : arena_format(mem, "%.*s%s%s", (int)(at - words), words, f->what, at + 2);
}
