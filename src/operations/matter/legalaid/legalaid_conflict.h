/*
 * legalaid_conflict: which other cases have a party of this one on the other side?  For statements whose $1 is the city and
 * $2 the request; rows k (city, request).  By name, where both have an ID number by that too; or by ID.  Keyed hashes alone
 * are compared: no name is read.
 */
#pragma once

#define AID_OTHER_SIDE " FROM (SELECT o.city, o.request FROM request_party m CROSS JOIN request_party o" \
	"  WHERE m.city = $1 AND m.request = $2 AND m.name_key IS NOT NULL AND o.city = m.city AND o.name_key = m.name_key" \
	"  AND o.side = 3 - m.side AND o.request <> m.request AND (o.id_key IS NULL OR m.id_key IS NULL OR o.id_key = m.id_key)" \
	" UNION SELECT o.city, o.request FROM request_party m CROSS JOIN request_party o" \
	"  WHERE m.city = $1 AND m.request = $2 AND m.id_key IS NOT NULL AND o.city = m.city AND o.id_key = m.id_key" \
	"  AND o.side = 3 - m.side AND o.request <> m.request) k"
