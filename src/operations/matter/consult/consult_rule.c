#include "operations/matter/consult/consult_rule.h"

struct consult_verdict
consult_may_close(enum request_state state, enum aid_hint hint, bool served, bool handover_open)
{
	if (handover_open)
		return (struct consult_verdict){ false, CONSULT_WAITING, "" };
	if (state != REQUEST_ACCEPTED && state != REQUEST_ANSWERED)
		return (struct consult_verdict){ false, CONSULT_NOT_ACCEPTED, "" };
	if (!served)
		return (struct consult_verdict){ true, CONSULT_FINE, "" };
	if (state != REQUEST_ANSWERED)
		return (struct consult_verdict){ false, CONSULT_NOT_ANSWERED, "" };
	if (hint == AID_NOT_SAID)
		return (struct consult_verdict){ false, CONSULT_AID_NOT_TOLD, "法律援助法 第23条" };
	return (struct consult_verdict){ true, CONSULT_FINE, "" };
}
