/* Papers that come with a request: kept by their hash outside the database, written down inside. */
#include "operations/intake/intake_store.h"

#include "base/code.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
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

/* The file is on disk under its hash before the row that names it is committed. */
static enum rc
keep_file(struct ctx *ctx, const char *dir, struct text spooled, const struct attachment *file)
{
	char hex[65];
	struct text folder = arena_format(ctx->mem, "%s/files", dir);
	struct text path;
	enum rc rc;

	hex_print(file->sha256, sizeof file->sha256, hex);
	path = arena_format(ctx->mem, "%s/files/%s", dir, hex);
	spooled = arena_text(ctx->mem, spooled);
	if (folder.p == NULL || path.p == NULL || spooled.p == NULL)
		return RC_NO_MEMORY;
	if (mkdir(folder.p, 0700) != 0 && errno != EEXIST)
		return RC_UNAVAILABLE;
	rc = sync_path(spooled.p);
	if (rc == RC_OK && rename(spooled.p, path.p) != 0)
		rc = RC_UNAVAILABLE;
	return rc == RC_OK ? sync_path(folder.p) : rc;
}

struct attach_arg {
	struct case_id id;
	const struct attachment *file;
};

static enum rc
attach_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct attach_arg *arg = argument;
	struct event_new event = { .kind = "request.attached", .shown = true };
	struct request r;
	int64_t files = 0;
	enum rc rc = actor->kind == ACTOR_RECEIPT ? request_load_receipt(tx, actor, &r)
	    : request_load(tx, actor, arg->id, &r);

	if (rc == RC_OK && actor->kind != ACTOR_RECEIPT && !request_may_act(actor, &r))
		rc = RC_FORBIDDEN;
	if (rc == RC_OK)
		rc = tx_int(tx, actor, &intake_q[Q_FILES], ARGS(db_int(r.id.n)), &files);
	if (rc == RC_OK && files >= UPLOADS_PER_REQUEST)
		rc = RC_TOO_LARGE;
	if (rc == RC_OK)
		rc = request_step(tx, actor, &r, &event, NULL);
	if (rc == RC_OK)
		rc = request_attach(tx, actor, r.id, arg->file);
	return rc;
}

enum rc
intake_attach(struct ctx *ctx, struct idem_key key, struct case_id id, const char *dir, struct text spooled,
    const struct attachment *file)
{
	struct attach_arg arg = { id, file };
	enum rc rc = keep_file(ctx, dir, spooled, file);

	if (rc != RC_OK)
		return rc;
	return db_command(ctx, key, &(struct command){ .name = "intake.attach", .fn = attach_tx, .arg = &arg,
	    .asked = ARGS(db_int(ctx->actor->kind == ACTOR_RECEIPT ? ctx->actor->request : id.n),
	        db_blob((struct text){ (const char *)file->sha256, sizeof file->sha256 }), db_text(file->name)) });
}
