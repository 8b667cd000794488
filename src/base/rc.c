#include "base/rc.h"

static const char *const names[RC_COUNT] = {
	[RC_OK] = "ok",
	[RC_DONE] = "done",
	[RC_INVALID] = "invalid",
	[RC_REFUSED] = "refused",
	[RC_UNAUTHENTICATED] = "unauthenticated",
	[RC_FORBIDDEN] = "forbidden",
	[RC_NOT_FOUND] = "not_found",
	[RC_CONFLICT] = "conflict",
	[RC_DUPLICATE] = "duplicate",
	[RC_TOO_LARGE] = "too_large",
	[RC_TOO_MANY] = "too_many",
	[RC_BUSY] = "busy",
	[RC_NO_MEMORY] = "no_memory",
	[RC_UNAVAILABLE] = "unavailable",
	[RC_UNKNOWN] = "unknown",
	[RC_CORRUPT] = "corrupt",
	[RC_INTERNAL] = "internal",
};

const char *
rc_name(enum rc rc)
{
	unsigned i = (unsigned)rc;

	return i < RC_COUNT ? names[i] : "internal";
}
