-- Texts that the city's people keep (templates of simple papers, topics of rights), by version: never changed, approved by a
-- second person, in force from a day on.  Units and marks as in 0001.

CREATE TABLE sheet_version (
	city bigint NOT NULL,
	id bigint NOT NULL,                 -- time-ordered
	kind text NOT NULL,                 -- "paper", "topic"
	name text NOT NULL,                 -- "simple.wage_claim"
	number integer NOT NULL,            -- 1, 2, 3 … of this text; 0 is the program's own and has no row
	text text NOT NULL,
	sample text NOT NULL,               -- facts it was tried with; empty where the kind wants none
	state smallint NOT NULL,            -- enum sheet_state
	from_day integer NOT NULL,          -- in force from, once it is approved
	base bigint NOT NULL,               -- the version it was made from; 0: the program's own
	author bigint NOT NULL,
	made_ms bigint NOT NULL,
	words text NOT NULL,                -- why
	decided_by bigint,                  -- never the author, except for withdrawing
	decided_ms bigint,
	decided_words text,
	PRIMARY KEY (city, id)
) {norowid};
CREATE UNIQUE INDEX sheet_version_number ON sheet_version (city, kind, name, number);
CREATE INDEX sheet_version_force ON sheet_version (city, kind, name, state, from_day);
