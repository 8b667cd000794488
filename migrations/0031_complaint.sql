-- Complaints: who reads them, by when, what was found, what is mended, what was answered.  Units and marks as in 0001.
-- Who is complained of (complaint_about) sees none of it; nothing of it is written into the history of the request.

CREATE TABLE complaint (
	city bigint NOT NULL,
	id bigint NOT NULL,                 -- time-ordered
	number text NOT NULL,               -- "TS260630-7KQ2-M9XA"
	code_hash {blob} NOT NULL,          -- 16 bytes of SHA-256 of the complainant's code
	at_ms bigint NOT NULL,
	place bigint NOT NULL,              -- scope of figures
	point bigint,                       -- of service; NULL not known
	request bigint,                     -- it is about; NULL none
	act bigint,                         -- event of the act (a review's)
	channel smallint NOT NULL,          -- enum complaint_channel
	anonymous smallint NOT NULL,
	name {blob},                        -- [privacy] [sealed]
	phone {blob},                       -- [privacy] [sealed]
	recorder bigint,                    -- account that wrote it down
	read_back smallint NOT NULL,        -- 1: read to the complainant, and right
	kind smallint NOT NULL,             -- enum complaint_kind
	about smallint NOT NULL,            -- enum complaint_about
	whom text NOT NULL,                 -- [privacy] in words
	day integer,                        -- on which it happened
	words text NOT NULL,                -- [privacy]
	wish text NOT NULL,                 -- [privacy]
	state smallint NOT NULL,            -- enum complaint_state
	level smallint NOT NULL,            -- 0, 1 review, 2 second review
	reader bigint NOT NULL,             -- account; 0 nobody was free
	watcher bigint NOT NULL,            -- account that watches over a late one; 0 none
	verify_due_ms bigint NOT NULL,
	tell_due_ms bigint NOT NULL,
	mend_due_ms bigint NOT NULL,
	finish_due_ms bigint NOT NULL,
	next_due_ms bigint,                 -- nearest that is not reached and not yet pressed for; NULL none
	late smallint NOT NULL,             -- bits of enum complaint_target that were pressed for
	extended integer NOT NULL,          -- days
	extend_why text NOT NULL,
	told_ms bigint,
	mended_ms bigint,                   -- the last remedy was done
	replied_ms bigint,                  -- of this level
	review_until_ms bigint,
	grade smallint,                     -- 5 … 1; NULL not rated
	graded_ms bigint,
	closed_ms bigint,
	ended smallint NOT NULL,            -- enum complaint_end
	revision bigint NOT NULL,
	PRIMARY KEY (city, id)
) {norowid};
CREATE UNIQUE INDEX complaint_code ON complaint (city, code_hash);
CREATE UNIQUE INDEX complaint_number ON complaint (city, number);
CREATE INDEX complaint_reader ON complaint (city, reader, state);
CREATE INDEX complaint_due ON complaint (city, next_due_ms, id) WHERE next_due_ms IS NOT NULL;
CREATE INDEX complaint_review ON complaint (city, review_until_ms, id) WHERE state = 4;
CREATE INDEX complaint_at ON complaint (city, at_ms, id);

CREATE TABLE complaint_about (          -- who is complained of
	city bigint NOT NULL,
	complaint bigint NOT NULL,
	account bigint NOT NULL,
	since_ms bigint NOT NULL,
	PRIMARY KEY (city, complaint, account)
) {norowid};
CREATE INDEX complaint_about_account ON complaint_about (city, account, complaint);

CREATE TABLE complaint_round (          -- the first handling, the review, the second review
	city bigint NOT NULL,
	complaint bigint NOT NULL,
	level smallint NOT NULL,
	reader bigint NOT NULL,
	opened_ms bigint NOT NULL,
	due_ms bigint NOT NULL,             -- to answer
	asked text NOT NULL,                -- [privacy] why a review is asked for
	told_ms bigint,
	verified text NOT NULL,             -- [privacy] what was looked at first
	finding smallint,                   -- enum complaint_finding
	reasons text NOT NULL,              -- [privacy]
	evidence text NOT NULL,             -- [privacy]
	found_ms bigint,
	reply text NOT NULL,                -- [privacy]
	replied_ms bigint,
	PRIMARY KEY (city, complaint, level)
) {norowid};
CREATE INDEX complaint_round_reader ON complaint_round (city, reader, complaint);

CREATE TABLE complaint_remedy (         -- what is mended, by whom, by when
	city bigint NOT NULL,
	id bigint NOT NULL,
	complaint bigint NOT NULL,
	kind smallint NOT NULL,             -- enum complaint_remedy_kind
	words text NOT NULL,                -- [privacy]
	who text NOT NULL,                  -- [privacy]
	due_day integer NOT NULL,
	made_ms bigint NOT NULL,
	made_by bigint NOT NULL,
	done_ms bigint,
	done_words text NOT NULL,           -- [privacy]
	PRIMARY KEY (city, id)
) {norowid};
CREATE INDEX complaint_remedy_of ON complaint_remedy (city, complaint, id);

CREATE TABLE complaint_event (          -- its own history, apart from the request's
	city bigint NOT NULL,
	id bigint NOT NULL,
	complaint bigint NOT NULL,
	at_ms bigint NOT NULL,
	account bigint NOT NULL,            -- 0 the complainant, -1 the system
	kind text NOT NULL,
	note text NOT NULL,                 -- [privacy]
	data text NOT NULL,                 -- "key=value" lines
	shown smallint NOT NULL,            -- 1: the complainant sees it
	tell smallint NOT NULL,             -- 1: the complainant is to be told by message, 2: was, 3: cannot be
	PRIMARY KEY (city, id)
) {norowid};
CREATE INDEX complaint_event_of ON complaint_event (city, complaint, id);
CREATE INDEX complaint_event_tell ON complaint_event (city, id) WHERE tell = 1;

-- From where, and by whom, a review was given: many from one address in one evening are looked at, none is deleted.
ALTER TABLE review ADD COLUMN peer {blob};         -- [privacy] [index] 16 bytes, keyed hash of the address; NULL before this version
ALTER TABLE review ADD COLUMN giver bigint;        -- account that was logged in on that machine; NULL nobody
