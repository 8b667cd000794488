#include "kit/crypt/crypt_key.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/code.h"
#include "kit/crypt/crypt.h"

/* Created in this order: when the last exists, the set had been complete once. */
static const char *const key_files[KEY_FILES] = { "seal.key", "index.key", "session.key", "audit.key" };

#define KEY_FILE_MAX 1024

static void
fd_close(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}
#define FD __attribute__((cleanup(fd_close))) int

static enum rc
refuse(enum rc rc, struct text why, struct text *ret_why)
{
	*ret_why = why;
	return rc;
}

static enum rc
rights_check(int fd, struct text *ret_why)
{
	struct stat st;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		return refuse(RC_CORRUPT, TEXT("a key file is not a regular file"), ret_why);
	if (st.st_uid != geteuid())
		return refuse(RC_FORBIDDEN, TEXT("a key file belongs to another user"), ret_why);
	if ((st.st_mode & 077) != 0)
		return refuse(RC_FORBIDDEN, TEXT("others than the owner may use a key file: chmod 600"), ret_why);
	return RC_OK;
}

static enum rc
lines_read(struct text all, struct key_list *ret)
{
	ret->n = 0;
	while (all.n > 0) {
		struct text line = text_trim(text_cut(&all, '\n'));

		if (line.n == 0)
			continue;
		if (ret->n == KEYS_MAX || line.n != 2 * KEY_BYTES
		    || hex_parse(line, ret->key[ret->n], KEY_BYTES) != RC_OK)
			return RC_CORRUPT;
		ret->n++;
	}
	return ret->n > 0 ? RC_OK : RC_CORRUPT;
}

static enum rc
key_read(int dir, const char *name, struct key_list *ret, struct text *ret_why)
{
	char all[KEY_FILE_MAX];
	size_t n = 0;
	ssize_t got;
	enum rc rc;
	FD fd = openat(dir, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

	if (fd < 0 && errno == ENOENT)
		return refuse(RC_NOT_FOUND, TEXT("a key file is absent"), ret_why);
	if (fd < 0)
		return refuse(RC_UNAVAILABLE, TEXT("a key file cannot be opened"), ret_why);
	rc = rights_check(fd, ret_why);
	if (rc != RC_OK)
		return rc;
	while (n < sizeof(all) && (got = read(fd, all + n, sizeof(all) - n)) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return refuse(RC_UNAVAILABLE, TEXT("a key file cannot be read"), ret_why);
		n += (size_t)got;
	}
	rc = n < sizeof(all) ? lines_read((struct text){ all, n }, ret) : RC_CORRUPT;
	sodium_memzero(all, sizeof(all));
	if (rc != RC_OK)
		*ret_why = TEXT("a key file holds something else than keys");
	return rc;
}

static bool
write_whole(int fd, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t put = write(fd, p, n);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return false;
		p += put;
		n -= (size_t)put;
	}
	return true;
}

/* Written aside and linked into place, so that a key file is whole or absent and never overwritten;
 * a program that starts at the same moment keeps the one that came first. */
static enum rc
key_make(int dir, const char *name)
{
	unsigned char key[KEY_BYTES];
	char hex[2 * KEY_BYTES + 1], aside[64];
	bool fine;
	FD fd = -1;

	snprintf(aside, sizeof(aside), ".%s.%ld", name, (long)getpid());
	fd = openat(dir, aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return RC_UNAVAILABLE;
	crypt_random(key, sizeof(key));
	hex_print(key, sizeof(key), hex);
	hex[2 * KEY_BYTES] = '\n';
	fine = write_whole(fd, hex, sizeof(hex)) && fsync(fd) == 0;
	sodium_memzero(key, sizeof(key));
	sodium_memzero(hex, sizeof(hex));
	fine = fine && (linkat(dir, aside, dir, name, 0) == 0 || errno == EEXIST);
	unlinkat(dir, aside, 0);
	return fine && fsync(dir) == 0 ? RC_OK : RC_UNAVAILABLE;
}

static bool
key_exists(int dir, const char *name)
{
	return faccessat(dir, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

static enum rc
make_missing(int dir, struct text *ret_why)
{
	bool was_complete = key_exists(dir, key_files[KEY_FILES - 1]);
	enum rc rc;

	for (int i = 0; i < KEY_FILES; i++) {
		if (key_exists(dir, key_files[i]))
			continue;
		if (was_complete)
			return refuse(RC_NOT_FOUND,
			    TEXT("a key file is lost while others are there: restore it from the backup"), ret_why);
		rc = key_make(dir, key_files[i]);
		if (rc != RC_OK)
			return refuse(rc, TEXT("a key file cannot be created"), ret_why);
	}
	return RC_OK;
}

enum rc
key_load_all(const char *dir, bool make, struct key_list lists[static KEY_FILES],
    struct text *ret_why)
{
	enum rc rc = RC_OK;
	FD fd = -1;

	if (make && mkdir(dir, 0700) != 0 && errno != EEXIST)
		return refuse(RC_UNAVAILABLE, TEXT("the key directory cannot be made"), ret_why);
	fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return refuse(RC_NOT_FOUND, TEXT("the key directory is absent"), ret_why);
	if (make)
		rc = make_missing(fd, ret_why);
	for (int i = 0; rc == RC_OK && i < KEY_FILES; i++)
		rc = key_read(fd, key_files[i], &lists[i], ret_why);
	return rc;
}

enum rc
crypt_secret_read(const char *path, struct arena *a, size_t least, struct text *ret, struct text *ret_why)
{
	char line[CRYPT_SECRET_MAX + 2];
	FD fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	struct text all = { line, 0 }, first;
	ssize_t n;
	enum rc rc;

	if (fd < 0)
		return refuse(RC_NOT_FOUND, TEXT("a secret's file is not there"), ret_why);
	rc = rights_check(fd, ret_why);
	if (rc != RC_OK)
		return rc;
	n = read(fd, line, sizeof line);
	all.n = n > 0 ? (size_t)n : 0;
	first = text_trim(text_cut(&all, '\n'));
	if (first.n < least || first.n > CRYPT_SECRET_MAX)
		return refuse(RC_CORRUPT, TEXT("a secret's first line is too short or too long"), ret_why);
	*ret = arena_text(a, first);
	sodium_memzero(line, sizeof line);
	return ret->p == NULL ? RC_NO_MEMORY : RC_OK;
}
