#include "operations/cooperate/cooperate.h"

/* Another province is another city, however coarse the code; our own province alone may be our city or not. */
enum transfer_way
transfer_judge(struct place here, struct place organ)
{
	enum place_level level = place_level(organ), ours = place_level(here);

	if (level == PLACE_NONE || ours < PLACE_CITY)
		return TRANSFER_UNCLEAR;
	if (level == PLACE_PROVINCE)
		return place_up(here, PLACE_PROVINCE).code == organ.code ? TRANSFER_UNCLEAR : TRANSFER_OUTSIDE;
	if (place_city4(organ) != place_city4(here))
		return TRANSFER_OUTSIDE;
	if (level == PLACE_CITY)
		return TRANSFER_UNCLEAR;
	if (ours == PLACE_CITY)
		return TRANSFER_COUNTY;
	return place_up(organ, PLACE_COUNTY).code == place_up(here, PLACE_COUNTY).code ? TRANSFER_STAYS : TRANSFER_COUNTY;
}
