/* The kept inputs of a driver, run once each in the ordinary suite; TAP. */
#include <dirent.h>
#include <string.h>

#include "fuzz.h"

#define INPUT_MAX ((size_t)1 << 20)

static size_t
input_read(const char *dir, const char *name, uint8_t *bytes)
{
	char path[512];
	FILE *f;
	size_t n;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	f = fopen(path, "rb");
	if (f == NULL)
		return SIZE_MAX;
	n = fread(bytes, 1, INPUT_MAX, f);
	fclose(f);
	return n;
}

int
main(int argc, char **argv)
{
	uint8_t *bytes = malloc(INPUT_MAX);
	DIR *dir = argc == 2 ? opendir(argv[1]) : NULL;
	struct dirent *entry;
	int n = 0;

	if (dir == NULL || bytes == NULL) {
		printf("1..1\nnot ok 1 - inputs under %s\n", argc == 2 ? argv[1] : "(none)");
		return 1;
	}
	while ((entry = readdir(dir)) != NULL) {
		size_t size = entry->d_name[0] == '.' ? SIZE_MAX : input_read(argv[1], entry->d_name, bytes);
		uint8_t *copy;

		if (size == SIZE_MAX)
			continue;
		copy = malloc(size == 0 ? 1 : size); /* of its own size, so that a read past it is seen */
		if (copy == NULL)
			return 1;
		memcpy(copy, bytes, size);
		LLVMFuzzerTestOneInput(copy, size);
		free(copy);
		printf("ok %d - %s\n", ++n, entry->d_name);
	}
	closedir(dir);
	free(bytes);
	printf("1..%d\n", n);
	return n > 0 ? 0 : 1;
}
