-- Quality of legal aid (法律援助法 57 to 60): who judges, which files were drawn and how, what was marked, what had to be put
-- right, and what courts, organs and aided people said.  Units and marks as in 0001.

CREATE TABLE quality_expert (           -- the panel; an expert is an account that logs in and scores
	city bigint NOT NULL,
	account bigint NOT NULL,
	field text NOT NULL,                -- what they know well; may be empty
	from_day integer NOT NULL,          -- first day of the term
	to_day integer,                     -- last day; NULL: without an end
	active smallint NOT NULL,
	added_ms bigint NOT NULL,
	added_by bigint NOT NULL,
	revision bigint NOT NULL,
	PRIMARY KEY (city, account)
) {norowid};

CREATE TABLE quality_checklist (        -- what is looked at and what it weighs; a version never changes
	city bigint NOT NULL,
	kind smallint NOT NULL,             -- enum quality_kind
	version integer NOT NULL,           -- 1, 2, …
	body text NOT NULL,                 -- lines as in data/quality
	source text NOT NULL,
	account bigint NOT NULL,            -- -1: came with the program
	at_ms bigint NOT NULL,
	PRIMARY KEY (city, kind, version)
) {norowid};

CREATE TABLE quality_round (            -- one evaluation: what it is about, and the draw, to be made again
	city bigint NOT NULL,
	id bigint NOT NULL,
	place bigint NOT NULL,              -- division code: county or city
	name text NOT NULL,
	state smallint NOT NULL,            -- enum quality_round_state
	from_day integer NOT NULL,          -- cases closed from that day …
	to_day integer NOT NULL,            -- … to that one
	wanted integer NOT NULL,            -- files to draw; 0: by percent
	percent integer NOT NULL,
	per_file integer NOT NULL,          -- experts a file
	digest text NOT NULL,               -- hex SHA-256 of files and seats in order
	promise text NOT NULL,              -- hex SHA-256 of the nonce, known before the draw
	root_seq bigint NOT NULL,           -- newest sealed row of the audit trail when the list was fixed; 0: none
	root text NOT NULL,                 -- its head, hex
	fixed_ms bigint NOT NULL,
	fixed_by bigint NOT NULL,
	nonce text,                         -- hex; NULL: not drawn yet
	witness text,                       -- who named the number
	number text,                        -- digits
	seed text,                          -- hex SHA-256 of round, digest, root, nonce and number
	drawn_ms bigint,
	drawn_by bigint,
	closed_ms bigint,
	closed_by bigint,
	revision bigint NOT NULL,
	PRIMARY KEY (city, id)
) {norowid};
CREATE INDEX quality_round_place ON quality_round (city, place, id);

CREATE TABLE quality_seat (             -- experts of the panel when the list was fixed
	city bigint NOT NULL,
	round bigint NOT NULL,
	account bigint NOT NULL,
	PRIMARY KEY (city, round, account)
) {norowid};

CREATE TABLE quality_file (             -- every case that could be drawn, and what became of those that were
	city bigint NOT NULL,
	id bigint NOT NULL,
	round bigint NOT NULL,
	request bigint NOT NULL,
	kind smallint NOT NULL,             -- enum quality_kind
	checklist integer NOT NULL,         -- quality_checklist.version
	provider bigint NOT NULL,           -- whose work it was
	firm bigint NOT NULL,
	must smallint NOT NULL,             -- 1: somebody was dissatisfied, looked at without a draw
	place_of integer NOT NULL,          -- in the order of the draw from 1; 0: not drawn
	state smallint NOT NULL,            -- enum quality_file_state
	lacks integer NOT NULL,             -- experts still to be found
	score integer,                      -- tenths of a point, 0 to 1000
	heard_ms bigint,                    -- the handling person was told
	statement text,                     -- [privacy] what they say to it; empty: nothing against it
	statement_ms bigint,
	statement_by bigint,
	again smallint NOT NULL,            -- 1: looked at once more after the statement
	decided_ms bigint,
	decided_by bigint,
	decided_words text,
	grade smallint,                     -- enum quality_grade, by the marks in force when it was decided
	revision bigint NOT NULL,
	PRIMARY KEY (city, id)
) {norowid};
CREATE UNIQUE INDEX quality_file_round ON quality_file (city, round, request);
CREATE INDEX quality_file_request ON quality_file (city, request, id);
CREATE INDEX quality_file_provider ON quality_file (city, provider, id);

CREATE TABLE quality_candidate (        -- who was looked at for a file, and why not; never changed
	city bigint NOT NULL,
	file bigint NOT NULL,
	turn integer NOT NULL,              -- 0: the draw; 1, 2, …: one more
	account bigint NOT NULL,
	why smallint NOT NULL,              -- enum quality_why: 0 could be
	load integer NOT NULL,              -- files of this round before
	chosen smallint NOT NULL,
	PRIMARY KEY (city, file, turn, account)
) {norowid};

CREATE TABLE quality_task (             -- a file given to an expert
	city bigint NOT NULL,
	id bigint NOT NULL,
	file bigint NOT NULL,
	account bigint NOT NULL,
	turn integer NOT NULL,
	state smallint NOT NULL,            -- enum quality_task_state
	given_ms bigint NOT NULL,
	done_ms bigint,
	score integer,                      -- points, 0 to 100
	words text,                         -- [privacy] opinion on the whole; why they stand back
	revision bigint NOT NULL,
	PRIMARY KEY (city, id)
) {norowid};
CREATE UNIQUE INDEX quality_task_file ON quality_task (city, file, account);
CREATE INDEX quality_task_account ON quality_task (city, account, state, id);

CREATE TABLE quality_mark (             -- points for each line of the checklist
	city bigint NOT NULL,
	task bigint NOT NULL,
	n integer NOT NULL,                 -- line of the checklist, from 1
	points integer NOT NULL,
	recorded integer,                   -- what the records suggested; NULL: nothing
	note text NOT NULL,                 -- [privacy]
	PRIMARY KEY (city, task, n)
) {norowid};

CREATE TABLE quality_rectify (          -- what has to be put right, in rounds
	city bigint NOT NULL,
	id bigint NOT NULL,
	file bigint NOT NULL,
	n integer NOT NULL,                 -- 1, 2, …
	state smallint NOT NULL,            -- enum quality_rectify_state
	words text NOT NULL,
	due_day integer NOT NULL,
	ordered_ms bigint NOT NULL,
	ordered_by bigint NOT NULL,
	answer text,
	answered_ms bigint,
	answered_by bigint,
	judged_words text,
	judged_ms bigint,
	judged_by bigint,
	revision bigint NOT NULL,
	PRIMARY KEY (city, id)
) {norowid};
CREATE UNIQUE INDEX quality_rectify_file ON quality_rectify (city, file, n);

CREATE TABLE quality_voice (            -- hearings watched, aided people asked, opinions of judicial organs (Art. 59)
	city bigint NOT NULL,
	id bigint NOT NULL,
	request bigint NOT NULL,
	kind smallint NOT NULL,             -- enum quality_voice_kind
	day integer NOT NULL,
	way smallint NOT NULL,              -- enum quality_voice_way
	reached smallint NOT NULL,          -- 0: tried, nobody there
	who text NOT NULL,                  -- [privacy] court, organ, who was asked
	answers integer NOT NULL,           -- a digit a question, 1 to 5, the first one highest; 0: none
	low smallint NOT NULL,              -- 1: dissatisfied
	words text NOT NULL,                -- [privacy]
	at_ms bigint NOT NULL,
	account bigint NOT NULL,
	PRIMARY KEY (city, id)
) {norowid};
CREATE INDEX quality_voice_request ON quality_voice (city, request, id);
