#include "kit/msg/msg.h"

#include <string.h>

#include "kit/msg/msg_table.h"

static const char *
msg_find(const char *zh)
{
	uint64_t hash = text_hash(text_of(zh));
	size_t i = (size_t)hash & (msg_en_slots - 1);

	for (; msg_en_rows[i].zh; i = (i + 1) & (msg_en_slots - 1))
		if (msg_en_rows[i].hash == hash && strcmp(msg_en_rows[i].zh, zh) == 0)
			return msg_en_rows[i].text;
	return NULL;
}

const char *
msg(enum lang lang, const char *zh)
{
	const char *found;

	if (!zh)
		return "";
	if (lang != LANG_EN)
		return zh;
	found = msg_find(zh);
	return found ? found : zh;
}

bool
msg_has(enum lang lang, const char *zh)
{
	return lang == LANG_ZH || (zh && msg_find(zh) != NULL);
}
