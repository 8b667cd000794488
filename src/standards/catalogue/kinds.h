/* kinds: the small closed sets that a service item is described with.  Stored numbers; pure. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Who asks.  Persons and families, and what S17–S20 name; a government organ never (S3). */
enum applicant_kind {
	APPLICANT_NONE,
	APPLICANT_PERSON,        /* 个人 */
	APPLICANT_FAMILY,        /* 家庭 */
	APPLICANT_STARTUP,       /* 初创期小微企业 (S18) */
	APPLICANT_COMMITTEE,     /* 村(居)民委员会等群众自治组织 (S19) */
	APPLICANT_PUBLIC_ORG,    /* 为社会公共利益成立的社会组织 (S20) */
	APPLICANT_ENTERPRISE,    /* other enterprise: referral to the market (S21) */
	APPLICANT_OTHER_ORG,     /* other organisation: referral */
	APPLICANT_GOVERNMENT,    /* 政府机关: refused (S3) */
	APPLICANT_COUNT
};

enum channel { CHANNEL_PORTAL = 1, CHANNEL_WINDOW, CHANNEL_STATION, CHANNEL_HOTLINE, CHANNEL_COUNT };
enum tier { TIER_COUNTY = 1, TIER_TOWN, TIER_STATION, TIER_HOTLINE, TIER_ONLINE, TIER_COUNT }; /* = point kinds */
/* The first three are an item's own (item_limit), the others are started by the steps of legal aid. */
enum clock_target { TARGET_ACCEPT = 1, TARGET_ANSWER, TARGET_CLOSE, TARGET_ITEM_COUNT,
	TARGET_DECIDE = TARGET_ITEM_COUNT, TARGET_ASSIGN, TARGET_AGREE, TARGET_OBJECTION, TARGET_CHANGE, TARGET_PASS_ON,
	TARGET_FILE, TARGET_FILE_CHECK,
	TARGET_CALL_BACK, /* of a call that nobody took */
	TARGET_MEDIATE, TARGET_PERFORM, TARGET_CONFIRM, /* of mediation */
	TARGET_COUNT };
enum item_price { PRICE_FREE = 1, PRICE_REDUCED, PRICE_PAID, PRICE_COUNT };
enum item_supply { SUPPLY_DIRECT = 1, SUPPLY_PURCHASED, SUPPLY_SUPPORTED, SUPPLY_COUNT };

/* The life situations of the home page: eight troubles and 说不清楚. */
enum topic {
	TOPIC_NONE,
	TOPIC_WAGE_ARREARS, TOPIC_MARRIAGE_FAMILY, TOPIC_NEIGHBOR, TOPIC_INJURY, TOPIC_HOUSE_LAND,
	TOPIC_CONSUMER, TOPIC_LOAN_CONTRACT, TOPIC_ELDER_INHERIT, TOPIC_UNSURE,
	TOPIC_COUNT
};

/* Why somebody may ask for an item, or not. */
enum catalogue_why {
	CATALOGUE_MAY,              /* among those the item is for */
	CATALOGUE_GOVERNMENT,       /* S3: a government organ is no beneficiary */
	CATALOGUE_MARKET,           /* S18, S21: other enterprises: the market serves them; referral */
	CATALOGUE_NOT_FOR,          /* this item is for others; referral */
	CATALOGUE_WITHDRAWN,        /* not offered any more */
	CATALOGUE_CHANNEL,          /* not by this channel */
	CATALOGUE_TIER,             /* not at this tier */
};
struct catalogue_verdict {
	enum catalogue_why why;
	bool allowed;
	bool refer;                 /* say who can help instead (S21); never a silent no */
	const char *article;        /* "S18": sentence of the article behind it; static */
};

#define BIT(n) (UINT32_C(1) << (n)) /* how sets of these are stored */
