#include <string.h>

#include "base/idcard.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct idcard card, again;

	if (idcard_read(fuzz_text(data, size), FUZZ_TODAY, &card) != IDCARD_FINE)
		return 0;
	PROMISE(idcard_read(text_of(card.number), FUZZ_TODAY, &again) == IDCARD_FINE);
	PROMISE(strcmp(card.number, again.number) == 0 && strlen(card.number) == 18);
	PROMISE(day_compare(card.born, FUZZ_TODAY) <= 0 && day_age(card.born, FUZZ_TODAY) <= 146);
	PROMISE(card.sex == 1 || card.sex == 2);
	return 0;
}
