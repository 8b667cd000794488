-- Conflict of interest, and languages: who stands on which side of a case, by keyed hashes; who speaks what.
-- Units and marks as in 0001.

CREATE TABLE request_party (
	city bigint NOT NULL,
	request bigint NOT NULL,
	side smallint NOT NULL,             -- 1 who asked, 2 the other side
	n smallint NOT NULL,                -- of that side: 1 the person, 2 the organisation
	name_key {blob},                    -- [index] 16 bytes of the name without blanks and dots; NULL: from before names were kept
	id_key {blob},                      -- [index] 16 bytes of the ID number (as person.id_index) or the credit code; NULL: not known
	name_sealed {blob},                 -- [privacy] [sealed] the name, of the other side alone; NULL: copied from the case it came from
	PRIMARY KEY (city, request, side, n)
) {norowid};
CREATE INDEX request_party_name ON request_party (city, name_key, side) WHERE name_key IS NOT NULL;
CREATE INDEX request_party_id ON request_party (city, id_key, side) WHERE id_key IS NOT NULL;

INSERT INTO request_party (city, request, side, n, id_key)
	SELECT r.city, r.id, 1, 1, p.id_index FROM request r JOIN person p ON p.city = r.city AND p.id = r.person
	WHERE p.id_index IS NOT NULL;

CREATE TABLE account_language (         -- what somebody speaks; none listed: not known
	city bigint NOT NULL,
	account bigint NOT NULL,
	language text NOT NULL,             -- code of kind "language"
	PRIMARY KEY (city, account, language)
) {norowid};

ALTER TABLE request ADD COLUMN language text NOT NULL DEFAULT ''; -- wished for; code of kind "language", empty: none asked

INSERT INTO code_value (city, kind, code, from_day, to_day, name, name_en, sort, flags)
	SELECT c.city, 'language', l.code, c.from_day, NULL, l.name, l.name_en, l.sort, 0
	FROM code_value c CROSS JOIN (
		SELECT 'putonghua' AS code, '普通话' AS name, 'Mandarin' AS name_en, 1 AS sort
		UNION ALL SELECT 'suzhou', '苏州话', 'Suzhou dialect', 2
		UNION ALL SELECT 'sign', '手语', 'sign language', 3
		UNION ALL SELECT 'english', '英语', 'English', 4
		UNION ALL SELECT 'japanese', '日语', 'Japanese', 5
		UNION ALL SELECT 'korean', '韩语', 'Korean', 6) l
	WHERE c.kind = 'dispatch.return' AND c.code = 'other'
	AND NOT EXISTS (SELECT 1 FROM code_value o WHERE o.city = c.city AND o.kind = 'language');
