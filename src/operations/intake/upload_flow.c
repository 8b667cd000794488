/* Papers that come with a request: kept by their hash outside the database, written down inside. */
#include "operations/intake/intake_store.h"

#include "base/code.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static enum rc
sync_path(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int bad;

	if (fd < 0)
		return RC_UNAVAILABLE;
	bad = fsync(fd);
	close(fd);
	return bad == 0 ? RC_OK : RC_UNAVAILABLE;
}

/*
 * Between a file's coming under its name and the commit of the row that names it, nobody may take the
 * file for an orphan: who brings one holds the lock of the folder shared, who removes one holds it alone.
 * Processes on one state directory share it too.
 */
static void
lock_close(const int *fd)
{
	if (*fd >= 0)
		close(*fd);
}
#define LOCK __attribute__((cleanup(lock_close))) int

static int
lock_open(struct arena *mem, const char *dir, int how)
{
	struct text path = arena_format(mem, "%s/files/.lock", dir);
	int fd = path.p == NULL ? -1 : open(path.p, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	int rc = -1;

	while (fd >= 0 && (rc = flock(fd, how)) != 0 && errno == EINTR)
		;
	if (fd >= 0 && rc != 0) {
		close(fd);
		fd = -1;
	}
	return fd;
}

static struct text
file_path(struct arena *mem, const char *dir, const unsigned char sha256[static 32])
{
	char hex[65];

	hex_print(sha256, 32, hex);
	return arena_format(mem, "%s/files/%s", dir, hex);
}

/* ---- what rows name ------------------------------------------------------------------------------------ */

struct named_arg {
	const unsigned char *sha256;
	int64_t rows;
};

static enum rc
named_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct named_arg *arg = argument;
	struct actor system = { .kind = ACTOR_SYSTEM, .city = actor->city };

	return tx_int(tx, &system, &intake_q[Q_FILE_ROWS], ARGS(db_blob((struct text){ (const char *)arg->sha256, 32 })),
	    &arg->rows);
}

/* Remove a file that no row names; where anything is not certain it stays, and the sweep asks again. */
static bool
remove_orphan(struct ctx *ctx, const char *dir, const unsigned char sha256[static 32])
{
	struct named_arg arg = { sha256, 1 };
	struct text path = file_path(ctx->mem, dir, sha256);
	LOCK alone = lock_open(ctx->mem, dir, LOCK_EX | LOCK_NB);

	if (alone < 0 || path.p == NULL || db_read(ctx, named_tx, &arg) != RC_OK || arg.rows > 0)
		return false;
	return unlink(path.p) == 0;
}

/* ---- bringing one ---------------------------------------------------------------------------------------- */

/* The file is on disk under its hash before the row that names it is committed. */
static enum rc
keep_file(struct ctx *ctx, const char *dir, struct text spooled, const struct attachment *file, bool *ret_new)
{
	struct text folder = arena_format(ctx->mem, "%s/files", dir);
	struct text path = file_path(ctx->mem, dir, file->sha256);
	struct stat st;
	enum rc rc;

	spooled = arena_text(ctx->mem, spooled);
	if (folder.p == NULL || path.p == NULL || spooled.p == NULL)
		return RC_NO_MEMORY;
	rc = sync_path(spooled.p);
	*ret_new = stat(path.p, &st) != 0;
	if (rc == RC_OK && rename(spooled.p, path.p) != 0)
		rc = RC_UNAVAILABLE;
	return rc == RC_OK ? sync_path(folder.p) : rc;
}

struct attach_arg {
	struct case_id id;
	const struct attachment *file;
	enum rc refused;        /* by the look before: only a repeat of what was done already can pass */
};

static enum rc
may_attach(struct tx *tx, const struct actor *actor, struct case_id id, struct request *r)
{
	struct actor system = { .kind = ACTOR_SYSTEM, .city = actor->city }; /* counts what the actor may add to */
	bool may = actor->kind == ACTOR_RECEIPT;
	int64_t files = 0;
	enum rc rc = may ? request_load_receipt(tx, actor, r) : request_load(tx, actor, id, r);

	if (rc == RC_OK && !may)
		rc = matter_may_add(tx, actor, r, &may);
	if (rc == RC_OK && !may)
		rc = RC_FORBIDDEN;
	if (rc == RC_OK && !request_is_open(r->state))
		rc = RC_CONFLICT;
	if (rc == RC_OK)
		rc = tx_int(tx, &system, &intake_q[Q_FILES], ARGS(db_int(r->id.n)), &files);
	if (rc == RC_OK && files >= UPLOADS_PER_REQUEST)
		rc = RC_TOO_LARGE;
	return rc;
}

static enum rc
look_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct attach_arg *arg = argument;
	struct request r;

	return may_attach(tx, actor, arg->id, &r);
}

static enum rc
attach_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct attach_arg *arg = argument;
	struct event_new event = { .kind = "request.attached", .shown = true };
	struct request r;
	enum rc rc = arg->refused != RC_OK ? arg->refused : may_attach(tx, actor, arg->id, &r);

	if (rc == RC_OK)
		rc = request_step(tx, actor, &r, &event, NULL);
	if (rc == RC_OK)
		rc = request_attach(tx, actor, r.id, arg->file);
	return rc;
}

static enum rc
attach_command(struct ctx *ctx, struct idem_key key, struct attach_arg *arg)
{
	const struct attachment *file = arg->file;

	return db_command(ctx, key, &(struct command){ .name = "intake.attach", .fn = attach_tx, .arg = arg,
	    .asked = ARGS(db_int(ctx->actor->kind == ACTOR_RECEIPT ? ctx->actor->request : arg->id.n),
	        db_blob((struct text){ (const char *)file->sha256, sizeof file->sha256 }), db_text(file->name)) });
}

static enum rc
keep_and_attach(struct ctx *ctx, struct idem_key key, const char *dir, struct text spooled, struct attach_arg *arg,
    bool *ret_new)
{
	LOCK shared = lock_open(ctx->mem, dir, LOCK_SH);
	enum rc rc = shared < 0 ? RC_UNAVAILABLE : keep_file(ctx, dir, spooled, arg->file, ret_new);

	return rc == RC_OK ? attach_command(ctx, key, arg) : rc;
}

enum rc
intake_attach(struct ctx *ctx, struct idem_key key, struct case_id id, const char *dir, struct text spooled,
    const struct attachment *file)
{
	struct attach_arg arg = { .id = id, .file = file };
	struct text folder = arena_format(ctx->mem, "%s/files", dir);
	bool fresh = false;
	enum rc rc;

	if (folder.p == NULL)
		return RC_NO_MEMORY;
	arg.refused = db_read(ctx, look_tx, &arg);
	if (arg.refused != RC_OK)
		return attach_command(ctx, key, &arg);
	if (mkdir(folder.p, 0700) != 0 && errno != EEXIST)
		return RC_UNAVAILABLE;
	rc = keep_and_attach(ctx, key, dir, spooled, &arg, &fresh);
	if (rc != RC_OK && rc != RC_UNKNOWN && fresh)
		remove_orphan(ctx, dir, file->sha256);
	return rc;
}

/* ---- sweeping ---------------------------------------------------------------------------------------------- */

static bool
is_old(int folder, const char *name, int64_t before_s)
{
	struct stat st;

	return fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st.st_mode) && st.st_mtime < before_s;
}

enum rc
intake_sweep_files(struct ctx *ctx, const char *dir, int part, int64_t before_s, int64_t *ret_removed)
{
	struct text path = arena_format(ctx->mem, "%s/files", dir);
	DIR *folder = path.p == NULL ? NULL : opendir(path.p);
	const struct dirent *e;
	unsigned char sha256[32];

	*ret_removed = 0;
	if (folder == NULL)
		return path.p != NULL && errno == ENOENT ? RC_OK : RC_UNAVAILABLE; /* nothing was ever brought */
	while ((e = readdir(folder)) != NULL)
		if (hex_parse(text_of(e->d_name), sha256, sizeof sha256) == RC_OK && (part < 0 || sha256[0] == part)
		    && is_old(dirfd(folder), e->d_name, before_s) && remove_orphan(ctx, dir, sha256))
			(*ret_removed)++;
	closedir(folder);
	return RC_OK;
}
