/* The small readers of base: what is read and printed again is read as the same. */
#include <string.h>

#include "base/code.h"
#include "base/fen.h"
#include "base/phone.h"
#include "fuzz.h"

static void
days_try(struct text t)
{
	struct day d, back;
	char out[32];
	int64_t ms, again;

	if (day_parse(t, &d) == RC_OK)
		PROMISE(text_equals(day_print(d, out), t) && day_parse(text_of(out), &back) == RC_OK && back.n == d.n);
	if (moment_parse(t, &ms) == RC_OK && moment_print_iso(ms, out).n > 0)
		PROMISE(moment_parse(text_of(out), &again) == RC_OK && again == ms);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text t = fuzz_text(data, size);
	unsigned char bytes[CODE_BYTES], back[CODE_BYTES];
	char out[32], digits[16], again[16];
	struct fen f;
	struct place p;

	days_try(t);
	if (code_parse(t, bytes) == RC_OK) {
		code_print(bytes, out);
		PROMISE(code_parse(text_of(out), back) == RC_OK && memcmp(bytes, back, sizeof(bytes)) == 0);
	}
	if (phone_read(t, digits) == RC_OK)
		PROMISE(phone_read(text_of(digits), again) == RC_OK && strcmp(digits, again) == 0);
	if (fen_parse(t, INT64_MAX, &f) == RC_OK)
		PROMISE(f.n >= 0 && fen_print(f, out).n >= 4);
	if (place_parse(t, &p) == RC_OK)
		PROMISE(place_range_has(place_range(p), p) && place_level(p) != PLACE_NONE);
	return 0;
}
