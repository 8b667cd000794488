#include "circle_osm.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size <= 65536)
		fuzz_osm_try(data, size, ".osm");
	return 0;
}
