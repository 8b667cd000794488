-- How good village advisers are (评估): closed scores, what villages say, appeals, findings looked at, renewals in spite of a low score.
-- Units and marks as in 0001.

CREATE TABLE score (                    -- a closed score of one contract and period; never changed but for its state
	city bigint NOT NULL,
	id bigint NOT NULL,
	contract bigint NOT NULL,
	period integer NOT NULL,            -- 20261: first quarter of 2026; 20260: the year
	version integer NOT NULL,           -- from 1; a decided appeal makes the next
	state smallint NOT NULL,            -- 20 in force, 30 replaced
	place bigint NOT NULL,              -- of the village
	provider bigint NOT NULL,
	scheme bigint NOT NULL,             -- version of its sheet; 0: the program's own
	facts text NOT NULL,                -- what was counted, as score_facts.c prints it
	total integer NOT NULL,             -- hundredths of 100 marks; -1: nothing was measured
	grade smallint NOT NULL,            -- of the scheme's, from 0; -1: none
	county_share smallint NOT NULL,     -- per cent of the fee the county pays
	hash text NOT NULL,                 -- SHA-256 of facts, scheme, total, grade
	appeal bigint,                      -- decided by that appeal; NULL: closed by itself
	why text NOT NULL,                  -- [privacy]
	account bigint NOT NULL,            -- who closed it
	at_ms bigint NOT NULL,
	PRIMARY KEY (city, id)
) {norowid};
CREATE UNIQUE INDEX score_version ON score (city, contract, period, version);
CREATE INDEX score_place ON score (city, state, period, place);
CREATE INDEX score_provider ON score (city, provider, place, state, at_ms);

CREATE TABLE score_answer (             -- what the village says of its adviser; once a period
	city bigint NOT NULL,
	contract bigint NOT NULL,
	period integer NOT NULL,
	place bigint NOT NULL,
	punctual smallint NOT NULL,         -- 1 to 5: comes as agreed
	useful smallint NOT NULL,           -- 1 to 5
	plain smallint NOT NULL,            -- 1 to 5: can be understood
	keep smallint NOT NULL,             -- 5: should stay, 1: should not
	paper smallint NOT NULL,            -- 1: typed in from a sheet of paper
	words text NOT NULL,                -- [privacy]
	account bigint NOT NULL,
	at_ms bigint NOT NULL,
	PRIMARY KEY (city, contract, period)
) {norowid};
CREATE INDEX score_answer_place ON score_answer (city, period, place);

CREATE TABLE score_appeal (             -- the adviser does not agree with one item
	city bigint NOT NULL,
	id bigint NOT NULL,
	score bigint NOT NULL,              -- the version it speaks of
	contract bigint NOT NULL,
	period integer NOT NULL,
	item smallint NOT NULL,             -- enum score_item
	state smallint NOT NULL,            -- enum score_appeal_state
	reason text NOT NULL,               -- [privacy]
	account bigint NOT NULL,
	at_ms bigint NOT NULL,
	marks integer NOT NULL,             -- as decided, hundredths; -1: not mended
	decided_by bigint,
	decided_ms bigint,
	decided_words text NOT NULL,        -- [privacy]
	PRIMARY KEY (city, id)
) {norowid};
CREATE INDEX score_appeal_contract ON score_appeal (city, contract, period, id);
CREATE UNIQUE INDEX score_appeal_open ON score_appeal (city, score, item) WHERE state = 10;

CREATE TABLE score_finding (            -- somebody looked at what was odd about a visit
	city bigint NOT NULL,
	plan bigint NOT NULL,
	slot integer NOT NULL,
	kind smallint NOT NULL,             -- enum score_find
	upheld smallint NOT NULL,           -- 1: nothing of this visit counts
	why text NOT NULL,                  -- [privacy]
	account bigint NOT NULL,
	at_ms bigint NOT NULL,
	PRIMARY KEY (city, plan, slot, kind)
) {norowid};

CREATE TABLE score_renewal (            -- why a contract may be renewed in spite of its last score
	city bigint NOT NULL,
	contract bigint NOT NULL,
	reason text NOT NULL,
	account bigint NOT NULL,            -- another one renews it
	at_ms bigint NOT NULL,
	PRIMARY KEY (city, contract)
) {norowid};

CREATE INDEX review_handler ON review (city, handler, given_ms) WHERE given_ms IS NOT NULL;
