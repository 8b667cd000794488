-- The registers of providers: what a body and a person are beside their licence, sanctions, assessments, renewals that were proposed,
-- warnings that were given; service teams and volunteer groups, their visits and hours; pairs of advisers and village officials.
-- Units and marks as in 0001.

ALTER TABLE firm ADD COLUMN credit text;                              -- unified social credit code; NULL: not told
ALTER TABLE firm ADD COLUMN sector smallint NOT NULL DEFAULT 0;       -- enum provider_sector; 0: not told
ALTER TABLE firm ADD COLUMN welfare smallint NOT NULL DEFAULT 0;      -- 1: serves the public interest
ALTER TABLE firm ADD COLUMN valid_from integer;                       -- first day of its licence or registration; NULL: not told
ALTER TABLE firm ADD COLUMN valid_to integer;                         -- last day; NULL: without an end
CREATE UNIQUE INDEX firm_credit ON firm (city, credit) WHERE credit IS NOT NULL;
CREATE INDEX firm_valid ON firm (city, valid_to) WHERE valid_to IS NOT NULL;

ALTER TABLE provider ADD COLUMN sector smallint NOT NULL DEFAULT 0;
ALTER TABLE provider ADD COLUMN category smallint NOT NULL DEFAULT 0; -- enum volunteer_category; 0: no volunteer
ALTER TABLE provider ADD COLUMN qualification text NOT NULL DEFAULT ''; -- number of the certificate a category asks for
ALTER TABLE provider ADD COLUMN languages integer NOT NULL DEFAULT 0; -- bits of enum provider_language
ALTER TABLE provider ADD COLUMN home bigint;                          -- division they set out from; NULL: from the firm
ALTER TABLE provider ADD COLUMN room integer NOT NULL DEFAULT 0;      -- matters at a time; 0: not told
CREATE INDEX provider_valid ON provider (city, valid_to) WHERE valid_to IS NOT NULL;

CREATE TABLE provider_sanction (        -- of a person or of a body; only its end is brought forward
	city bigint NOT NULL,
	id bigint NOT NULL,
	provider bigint,                    -- one of both
	firm bigint,
	kind smallint NOT NULL,             -- enum sanction_kind
	bars smallint NOT NULL,             -- 1: nothing new is given to them meanwhile
	from_day integer NOT NULL,
	to_day integer,                     -- last day; NULL: until it is ended
	document text NOT NULL,             -- number of the decision
	words text NOT NULL,
	account bigint NOT NULL,
	at_ms bigint NOT NULL,
	ended_by bigint,
	ended_ms bigint,
	ended_words text NOT NULL,
	PRIMARY KEY (city, id),
	CHECK ((provider IS NULL) <> (firm IS NULL))
) {norowid};
CREATE INDEX provider_sanction_provider ON provider_sanction (city, provider, from_day) WHERE provider IS NOT NULL;
CREATE INDEX provider_sanction_firm ON provider_sanction (city, firm, from_day) WHERE firm IS NOT NULL;

CREATE TABLE provider_assessment (      -- can a body take on work that is delegated?  never changed
	city bigint NOT NULL,
	id bigint NOT NULL,
	firm bigint NOT NULL,
	day integer NOT NULL,               -- assessed on
	until_day integer NOT NULL,         -- last day it holds
	able smallint NOT NULL,
	works text NOT NULL,                -- which work
	words text NOT NULL,                -- grounds
	account bigint NOT NULL,
	at_ms bigint NOT NULL,
	PRIMARY KEY (city, id),
	CHECK (day <= until_day)
) {norowid};
CREATE INDEX provider_assessment_firm ON provider_assessment (city, firm, day);

CREATE TABLE provider_renewal (         -- a licence renewed, as its holder says; counts when the keeper has confirmed it
	city bigint NOT NULL,
	id bigint NOT NULL,
	provider bigint NOT NULL,
	valid_from integer NOT NULL,
	valid_to integer NOT NULL,
	words text NOT NULL,
	scan {blob},                        -- [privacy] picture of the licence; NULL: none
	scan_type text NOT NULL,            -- its media type
	account bigint NOT NULL,
	at_ms bigint NOT NULL,
	state smallint NOT NULL,            -- enum renewal_state
	decided_by bigint,
	decided_ms bigint,
	decided_words text NOT NULL,
	PRIMARY KEY (city, id),
	CHECK (valid_from <= valid_to)
) {norowid};
CREATE INDEX provider_renewal_provider ON provider_renewal (city, provider, id);
CREATE UNIQUE INDEX provider_renewal_open ON provider_renewal (city, provider) WHERE state = 1;

CREATE TABLE provider_warning (         -- told that a licence ends: once a licence and distance
	city bigint NOT NULL,
	subject smallint NOT NULL,          -- 1 a person, 2 a body
	id bigint NOT NULL,                 -- of it
	valid_to integer NOT NULL,
	days integer NOT NULL,              -- so many days before, or fewer
	at_ms bigint NOT NULL,
	PRIMARY KEY (city, subject, id, valid_to, days)
) {norowid};
