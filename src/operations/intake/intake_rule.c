#include "operations/intake/intake_rule.h"

#include "base/utf8.h"

struct text
intake_subject(struct text subject, struct text detail)
{
	struct text rest = text_trim(detail);

	if (!text_is_empty(text_trim(subject)))
		return text_trim(subject);
	return utf8_head(text_trim(text_cut(&rest, '\n')), 40);
}

static bool
head_is(const unsigned char *head, const char *magic, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (head[i] != (unsigned char)magic[i])
			return false;
	return true;
}

enum upload_fault
upload_check(const unsigned char head[static 16], struct text name, int64_t size, const char **ret_type)
{
	static const struct { const char *magic; size_t n; const char *type, *ending, *ending2; } kinds[] = {
		{ "%PDF-", 5, "application/pdf", ".pdf", ".PDF" },
		{ "\x89PNG\r\n\x1a\n", 8, "image/png", ".png", ".PNG" },
		{ "\xff\xd8\xff", 3, "image/jpeg", ".jpg", ".JPG" },
		{ "\xff\xd8\xff", 3, "image/jpeg", ".jpeg", ".JPEG" },
	};
	bool known = false;

	if (size <= 0)
		return UPLOAD_EMPTY;
	if (size > UPLOAD_BYTES_MAX)
		return UPLOAD_SIZE;
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		if (!head_is(head, kinds[i].magic, kinds[i].n))
			continue;
		known = true;
		if (text_ends_with(name, text_of(kinds[i].ending)) || text_ends_with(name, text_of(kinds[i].ending2))) {
			*ret_type = kinds[i].type;
			return UPLOAD_FINE;
		}
	}
	return known ? UPLOAD_MISMATCH : UPLOAD_TYPE;
}
