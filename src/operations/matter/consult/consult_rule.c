#include "operations/matter/consult/consult_rule.h"

static struct consult_verdict
no(enum consult_why why)
{
	return (struct consult_verdict){ false, why, why == CONSULT_AID_NOT_TOLD ? "法律援助法 第23条" : "" };
}

struct consult_verdict
consult_may_close(const struct consult_closing *c)
{
	if (c->handover_open)
		return no(CONSULT_WAITING);
	if (c->state != REQUEST_ACCEPTED && c->state != REQUEST_ANSWERED)
		return no(CONSULT_NOT_ACCEPTED);
	if (c->served && c->state != REQUEST_ANSWERED)
		return no(CONSULT_NOT_ANSWERED);
	if (c->served && c->hint == AID_NOT_SAID)
		return no(CONSULT_AID_NOT_TOLD);
	if (c->wants_reason && !c->has_reason)
		return no(CONSULT_NEEDS_REASON);
	return (struct consult_verdict){ true, CONSULT_FINE, "" };
}
