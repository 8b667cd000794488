#include "operations/matter/consult/consult.h"

#include "kit/msg/msg.h"

const char *
consult_why_label(enum consult_why w)
{
	static const char *const labels[CONSULT_WHY_COUNT] = {
		[CONSULT_FINE] = T("可以办结"),
		[CONSULT_NOT_ACCEPTED] = T("还没有受理，请先受理"),
		[CONSULT_NOT_ANSWERED] = T("还没有答复，这一结果需要先答复"),
		[CONSULT_AID_NOT_TOLD] = T("还没有告知申请法律援助的权利和条件，告知后才能办结"),
		[CONSULT_WAITING] = T("转交正在等待对方接收，收到答复后才能办结"),
		[CONSULT_NEEDS_REASON] = T("这一结果需要写明原因"),
	};

	return w < CONSULT_WHY_COUNT ? labels[w] : labels[CONSULT_FINE];
}
