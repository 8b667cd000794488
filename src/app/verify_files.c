/* The papers that rows name, compared with the files that are there. */
#include "app/verify_store.h"

#include "base/code.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* Is the file what its name says?  Its name is its SHA-256. */
static bool
content_fits(int fd, struct text sha)
{
	struct crypt_hasher hasher;
	unsigned char got[32];
	char part[65536];
	ssize_t n;

	crypt_hasher_start(&hasher);
	while ((n = read(fd, part, sizeof part)) > 0)
		crypt_hasher_add(&hasher, (struct text){ part, (size_t)n });
	crypt_hasher_end(&hasher, got);
	return n == 0 && crypt_equal(got, sha.p, sizeof got);
}

static bool
file_fits(const struct verify *v, struct arena *mem, struct text sha, int64_t least, int64_t most)
{
	struct stat st;
	char hex[65];
	struct text path;
	bool fits;
	int fd;

	if (sha.n != 32)
		return false;
	hex_print((const unsigned char *)sha.p, 32, hex);
	path = arena_format(mem, "%s/files/%s", v->app->conf.state, hex);
	fd = path.p != NULL ? open(path.p, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) : -1;
	if (fd < 0)
		return false;
	fits = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size == least && least == most
	    && (v->quick || content_fits(fd, sha));
	close(fd);
	return fits;
}

enum rc
verify_files(struct tx *tx, const struct actor *actor, struct verify *v)
{
	int64_t looked = 0, bad = 0, first = 0;
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &verify_q[Q_FILES], NO_ARGS, &row);

	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK) {
		looked++;
		if (file_fits(v, tx_mem(tx), rows_text(row, 0), rows_int(row, 1), rows_int(row, 2)))
			continue;
		bad++;
		first = first == 0 ? rows_int(row, 3) : first;
	}
	if (rc != RC_DONE)
		return rc;
	verify_line(v, v->quick ? "files of attachments are there, of their size" : "files of attachments are there, of their size and hash",
	    looked, bad, first);
	return RC_OK;
}
