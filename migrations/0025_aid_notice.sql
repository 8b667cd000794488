-- Legal aid in criminal cases at an organ's notice, and what came in at the counter.
-- Units and marks as in 0001.

CREATE TABLE aid_notice (               -- an organ has told the institution that somebody stands without a defender
	city bigint NOT NULL,
	request bigint NOT NULL,
	organ_kind smallint NOT NULL,       -- enum aid_organ
	stage smallint NOT NULL,            -- enum aid_stage
	case_no text NOT NULL,              -- of the organ; may be empty
	offence text NOT NULL,              -- [privacy] as the notice says it
	custody text NOT NULL,              -- [privacy] detention house; empty: at liberty
	hearing_day integer,                -- NULL: not fixed
	received_day integer NOT NULL,      -- its three days run from there
	account bigint NOT NULL,            -- who took it in
	at_ms bigint NOT NULL,
	withdrawn_ms bigint,
	withdrawn_by bigint,
	withdrawn_words text,               -- [privacy]
	PRIMARY KEY (city, request)
) {norowid};
CREATE INDEX aid_notice_hearing ON aid_notice (city, hearing_day, request) WHERE hearing_day IS NOT NULL;

CREATE TABLE aid_brought (              -- papers that were handed in with the application
	city bigint NOT NULL,
	request bigint NOT NULL,
	n integer NOT NULL,                 -- 1, 2, …
	name text NOT NULL,
	copies integer NOT NULL,
	original smallint NOT NULL,         -- 0: a copy, compared with the original
	PRIMARY KEY (city, request, n)
) {norowid};
