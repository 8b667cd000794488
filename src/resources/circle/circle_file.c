#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kit/msg/msg.h"
#include "resources/circle/circle.h"

enum rc
circle_file_open(const char *path, struct circle_map *map, struct route_bundle *ret, enum route_file_why *why)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	enum rc rc;

	*map = (struct circle_map){ NULL, 0 };
	*why = ROUTE_FILE_NOT_ONE;
	if (fd < 0)
		return RC_NOT_FOUND;
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		close(fd);
		return RC_UNAVAILABLE;
	}
	map->n = (size_t)st.st_size;
	map->p = map->n == 0 ? MAP_FAILED : mmap(NULL, map->n, PROT_READ, MAP_SHARED, fd, 0);
	close(fd);
	if (map->p == MAP_FAILED) {
		map->p = NULL;
		return map->n == 0 ? RC_CORRUPT : RC_UNAVAILABLE;
	}
	rc = route_file_open(map->p, map->n, ret, why);
	if (rc != RC_OK)
		circle_file_close(map);
	return rc;
}

void
circle_file_close(struct circle_map *map)
{
	if (map->p != NULL)
		munmap(map->p, map->n);
	*map = (struct circle_map){ NULL, 0 };
}

/* All of it is asked for first, so that a full disk is an answer and not a signal. */
static bool
bundle_put(int fd, const struct route_bundle *b)
{
	size_t n = route_file_size(b);
	void *p;
	bool fine;

	if (posix_fallocate(fd, 0, (off_t)n) != 0)
		return false;
	p = mmap(NULL, n, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (p == MAP_FAILED)
		return false;
	route_file_write(b, p);
	fine = msync(p, n, MS_SYNC) == 0;
	return munmap(p, n) == 0 && fine;
}

enum rc
circle_file_save(const char *path, const struct route_bundle *b)
{
	char beside[4096];
	int fd, n = snprintf(beside, sizeof beside, "%s.XXXXXX", path);
	bool fine;

	if (n < 0 || (size_t)n >= sizeof beside)
		return RC_UNAVAILABLE;
	fd = mkostemp(beside, O_CLOEXEC);
	if (fd < 0)
		return RC_UNAVAILABLE;
	fine = bundle_put(fd, b) && fchmod(fd, 0644) == 0 && fsync(fd) == 0;
	fine = close(fd) == 0 && fine && rename(beside, path) == 0;
	if (!fine)
		unlink(beside);
	return fine ? RC_OK : RC_UNAVAILABLE;
}

const char *
circle_file_why_text(enum route_file_why why)
{
	switch ((int)why) {
	case ROUTE_FILE_FINE: return T("完好");
	case ROUTE_FILE_NOT_ONE: return T("不是路网文件");
	case ROUTE_FILE_OTHER_VERSION: return T("路网文件是另一版本的，请用本程序重新生成");
	case ROUTE_FILE_TRUNCATED: return T("路网文件不完整，后面缺了一段");
	case ROUTE_FILE_DAMAGED: return T("路网文件已损坏，校验和不符");
	default: return T("路网文件内容自相矛盾");
	}
}
