#include "operations/team/team.h"

enum team_profession
team_profession_of(enum provider_kind kind)
{
	switch (kind) {
	case PROVIDER_LAWYER: case PROVIDER_AID_LAWYER:
		return TEAM_LAWYER;
	case PROVIDER_GRASSROOTS:
		return TEAM_LEGAL_WORKER;
	case PROVIDER_NOTARY:
		return TEAM_NOTARY;
	case PROVIDER_APPRAISER:
		return TEAM_APPRAISER;
	case PROVIDER_OFFICER:
		return TEAM_OFFICER;
	case PROVIDER_VOLUNTEER: case PROVIDER_HELPER:
		return TEAM_HELPER;
	case PROVIDER_KIND_COUNT:
		break;
	}
	return TEAM_PROFESSIONS;
}

unsigned
team_missing(unsigned needs, unsigned there)
{
	return needs & ~there;
}
