-- Packages of rules by version, and every decision with all that it was made from: it can be made again, and must come
-- out the same byte for byte.  Units and marks as in 0001.

CREATE TABLE policy_version (           -- the text of a version is never changed; a draft is replaced by another version
	city bigint NOT NULL,
	id bigint NOT NULL,
	package text NOT NULL,              -- "legal_aid"
	number integer NOT NULL,            -- 1, 2, … within the package
	state smallint NOT NULL,            -- enum policy_state: 0 draft, 1 approved, 2 rejected, 3 withdrawn
	from_day integer NOT NULL,          -- first day on which cases are judged by it
	change_day integer NOT NULL,        -- first law date whose outcome may differ from the base; before it nothing may change
	base bigint NOT NULL,               -- id of the version it changes; 0: none
	text text NOT NULL,                 -- the package
	hash text NOT NULL,                 -- SHA-256 of the text, 64 hexadecimal digits
	author bigint NOT NULL,             -- account; -1: came with the program
	made_ms bigint NOT NULL,
	words text NOT NULL,                -- why, on which paper
	held integer NOT NULL,              -- cases and decisions tried when it was made that came out as they must
	broke integer NOT NULL,             -- those that did not: such a draft cannot be approved
	report text NOT NULL,               -- a line each for what broke, and for what changes from change_day on
	decided_by bigint NULL,             -- account that approved, rejected or withdrew it; -1: the program
	decided_ms bigint NULL,
	decided_words text NULL,
	PRIMARY KEY (city, id)
) {norowid};
CREATE UNIQUE INDEX policy_version_number ON policy_version (city, package, number);

CREATE TABLE policy_decision (          -- what the rules said of a case; never changed
	city bigint NOT NULL,
	id bigint NOT NULL,
	request bigint NULL,
	version bigint NOT NULL,            -- policy_version.id
	hash text NOT NULL,                 -- of the text it was judged by
	at_ms bigint NOT NULL,
	account bigint NOT NULL,            -- who asked
	law_day integer NOT NULL,           -- the day that picked the parameters' values
	input text NOT NULL,                -- [privacy] the facts, canonical JSON
	output text NOT NULL,               -- [privacy] the verdict with its trace, canonical JSON
	PRIMARY KEY (city, id)
) {norowid};
CREATE INDEX policy_decision_request ON policy_decision (city, request, id);
CREATE INDEX policy_decision_version ON policy_decision (city, version, id);
