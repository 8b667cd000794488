#include <string.h>

#include "base/credit.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char code[19], again[19];

	if (credit_read(fuzz_text(data, size), code) != CREDIT_FINE)
		return 0;
	PROMISE(credit_read(text_of(code), again) == CREDIT_FINE && strcmp(code, again) == 0);
	(void)credit_is_government(code);
	return 0;
}
