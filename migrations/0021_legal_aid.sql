-- Legal aid (法律援助): who can be assigned, and the whole way of an application from the form to the archive.  One row of
-- aid beside its request; what happens more than once, or is decided by somebody, is a row of its own and never changed.
-- Units and marks as in 0001.

CREATE TABLE firm (                     -- law firms, grassroots legal service offices, legal aid institutions
	city bigint NOT NULL,
	id bigint NOT NULL,
	kind smallint NOT NULL,             -- enum firm_kind
	licence text NOT NULL,              -- number of its licence to practise
	name text NOT NULL,
	place bigint NOT NULL,              -- division code
	phone text NOT NULL,                -- of the office; may be empty
	active smallint NOT NULL,           -- 0: closed down, or suspended
	revision bigint NOT NULL,
	PRIMARY KEY (city, id)
) {norowid};
CREATE UNIQUE INDEX firm_licence ON firm (city, licence);

CREATE TABLE provider (                 -- who gives legal aid
	city bigint NOT NULL,
	id bigint NOT NULL,
	firm bigint NOT NULL,
	kind smallint NOT NULL,             -- enum provider_kind
	licence text NOT NULL,
	name text NOT NULL,
	valid_from integer NOT NULL,        -- first day of the licence
	valid_to integer,                   -- last day; NULL: without an end
	practice_from integer NOT NULL,     -- in practice since that day
	skills integer NOT NULL,            -- bits of enum provider_skill
	account bigint,                     -- who logs in; NULL: nobody
	away_from integer,                  -- not available from that day …
	away_to integer,                    -- … to that one; NULL: open end
	active smallint NOT NULL,
	revision bigint NOT NULL,
	PRIMARY KEY (city, id)
) {norowid};
CREATE UNIQUE INDEX provider_licence ON provider (city, licence);
CREATE UNIQUE INDEX provider_account ON provider (city, account) WHERE account IS NOT NULL;
CREATE INDEX provider_firm ON provider (city, firm, id);

CREATE TABLE aid (                      -- an application for legal aid; what was told in it and where it stands
	city bigint NOT NULL,
	request bigint NOT NULL,
	state smallint NOT NULL,            -- enum aid_state
	before smallint NOT NULL,           -- state objected to; 0: none
	kind smallint NOT NULL,             -- enum aid_kind: which kind of aid; 0: the form is not filled in yet
	matter smallint NOT NULL,           -- enum aid_matter: what it is about
	status smallint NOT NULL,           -- enum aid_status: people whose means are not checked
	proof smallint NOT NULL,            -- 1: of that status
	designation smallint NOT NULL,      -- enum aid_designation: of a notice by court, procuratorate or police
	gravest smallint NOT NULL,          -- 1: life imprisonment or death may be the sentence
	detained smallint NOT NULL,
	minor smallint NOT NULL,
	retrial smallint NOT NULL,          -- 1: retrial ordered, or protest lodged
	other_reason smallint NOT NULL,     -- 1: has no counsel for another reason than means
	own_counsel smallint NOT NULL,      -- 1: has engaged somebody already
	opponent_home smallint NOT NULL,    -- 1: the opponent lives in the household
	household integer,                  -- persons living together, the applicant included; NULL: not told
	income bigint,                      -- [privacy] fen, of all of them in the twelve months before
	own_income bigint,                  -- [privacy] fen
	commitment smallint NOT NULL,       -- 1: individual commitment of integrity instead of papers
	limit_day integer,                  -- a limit ends that day
	preserve smallint NOT NULL,         -- 1: preservation or advance execution is needed at once
	organ text NOT NULL,                -- who handles the case; may be empty
	notice text NOT NULL,               -- number of the notice of designation; may be empty
	found_day integer,                  -- the day that organ found nobody defends; its three days run from there
	confirmed smallint NOT NULL,        -- enum aid_confirm: how the applicant confirmed what is written here
	applied_ms bigint,
	applied_by bigint,                  -- who recorded it; 0: the applicant
	advance_ms bigint,                  -- aid given before the decision
	advance_by bigint,
	advance_words text,                 -- [privacy]
	examined_ms bigint,
	examined_by bigint,
	examined_words text,                -- [privacy]
	judged bigint,                      -- policy_decision.id: what the rules said
	advised smallint NOT NULL,          -- enum aid_advice: their conclusion; 0: not asked yet
	years integer NOT NULL,             -- years of practice the lawyer needs
	number text,                        -- of the case, given with the grant
	archive_number text,
	archived_ms bigint,
	revision bigint NOT NULL,
	PRIMARY KEY (city, request)
) {norowid};
CREATE INDEX aid_state ON aid (city, state, request);
CREATE UNIQUE INDEX aid_number ON aid (city, number) WHERE number IS NOT NULL;
CREATE UNIQUE INDEX aid_archive ON aid (city, archive_number) WHERE archive_number IS NOT NULL;

CREATE TABLE aid_supplement (           -- what is missing is told once and whole
	city bigint NOT NULL,
	request bigint NOT NULL,
	asked_ms bigint NOT NULL,
	asked_by bigint NOT NULL,
	until_day integer NOT NULL,         -- last day to bring it
	words text NOT NULL,                -- [privacy] may be empty
	given_ms bigint,                    -- brought
	given_by bigint,                    -- 0: the applicant
	given_words text,                   -- [privacy]
	PRIMARY KEY (city, request)
) {norowid};
CREATE TABLE aid_supplement_paper (
	city bigint NOT NULL,
	request bigint NOT NULL,
	n integer NOT NULL,                 -- 1, 2, …
	name text NOT NULL,                 -- what to bring
	PRIMARY KEY (city, request, n)
) {norowid};

CREATE TABLE aid_decision (             -- granted, refused, terminated, on an objection; never changed
	city bigint NOT NULL,
	request bigint NOT NULL,
	n integer NOT NULL,                 -- 1, 2, …
	kind smallint NOT NULL,             -- enum aid_decided
	number text NOT NULL,
	at_ms bigint NOT NULL,
	account bigint NOT NULL,            -- who decided
	judged bigint,                      -- policy_decision.id
	advised smallint NOT NULL,          -- enum aid_advice
	deviation text NOT NULL,            -- [privacy] why otherwise than advised; else empty
	grounds integer NOT NULL,           -- refused: bits of enum aid_refusal; terminated: the one of enum aid_end_ground
	proof bigint,                       -- attachment
	words text NOT NULL,                -- [privacy] reasons, as the applicant reads them
	due_ms bigint,                      -- until when it was due; NULL: no limit
	PRIMARY KEY (city, request, n)
) {norowid};

CREATE TABLE aid_assignment (           -- whose case it is, one at a time
	city bigint NOT NULL,
	id bigint NOT NULL,
	request bigint NOT NULL,
	provider bigint NOT NULL,
	firm bigint NOT NULL,               -- of the provider, then
	state smallint NOT NULL,            -- enum aid_assignment_state
	open smallint NOT NULL GENERATED ALWAYS AS (CASE WHEN state < 50 THEN 1 ELSE 0 END) STORED,
	at_ms bigint NOT NULL,
	account bigint NOT NULL,            -- who assigned
	place_of integer NOT NULL,          -- rank among those proposed, from 1; 0: not among them
	words text NOT NULL,                -- why not the first; may be empty
	accepted_ms bigint,
	agreement text,                     -- number of the agreement with the client
	agreed_ms bigint,
	ended_ms bigint,
	ended_words text,                   -- [privacy] declined, changed, terminated: why
	revision bigint NOT NULL,
	PRIMARY KEY (city, id)
) {norowid};
CREATE UNIQUE INDEX aid_assignment_open ON aid_assignment (city, request) WHERE open = 1;
CREATE INDEX aid_assignment_request ON aid_assignment (city, request, id);
CREATE INDEX aid_assignment_provider ON aid_assignment (city, provider, open, id);

CREATE TABLE aid_proposal (             -- who was proposed when somebody was assigned, and why; never changed
	city bigint NOT NULL,
	assignment bigint NOT NULL,
	place_of integer NOT NULL,          -- 1: the first; from 101: could not be
	provider bigint NOT NULL,
	why integer NOT NULL,               -- enum aid_lawyer_why: 0 could be
	load integer NOT NULL,              -- open cases then
	fit integer NOT NULL,               -- bits of enum aid_fit
	PRIMARY KEY (city, assignment, place_of)
) {norowid};

CREATE TABLE aid_report (               -- what the lawyer did: meetings, files read, hearings
	city bigint NOT NULL,
	id bigint NOT NULL,
	request bigint NOT NULL,
	assignment bigint NOT NULL,
	kind smallint NOT NULL,             -- enum aid_report_kind
	day integer NOT NULL,               -- on which it was or will be
	minute integer,                     -- of that day; NULL: not fixed
	minutes integer NOT NULL,           -- work, 0 not told
	words text NOT NULL,                -- [privacy]
	shown smallint NOT NULL,            -- the aided person reads it
	at_ms bigint NOT NULL,
	account bigint NOT NULL,
	PRIMARY KEY (city, id)
) {norowid};
CREATE INDEX aid_report_request ON aid_report (city, request, day, id);

CREATE TABLE aid_change (               -- the aided person asks for another lawyer (Art. 55)
	city bigint NOT NULL,
	id bigint NOT NULL,
	request bigint NOT NULL,
	assignment bigint NOT NULL,
	words text NOT NULL,                -- [privacy]
	asked_ms bigint NOT NULL,
	asked_by bigint NOT NULL,           -- who recorded it; 0: the aided person
	granted smallint,                   -- NULL: not decided yet
	decided_ms bigint,
	decided_by bigint,
	decided_words text,                 -- [privacy]
	PRIMARY KEY (city, id)
) {norowid};
CREATE UNIQUE INDEX aid_change_open ON aid_change (city, request) WHERE decided_ms IS NULL;
CREATE INDEX aid_change_request ON aid_change (city, request, id);

CREATE TABLE aid_objection (            -- against a refusal or a termination (Art. 49)
	city bigint NOT NULL,
	id bigint NOT NULL,
	request bigint NOT NULL,
	decision integer NOT NULL,          -- aid_decision.n
	words text NOT NULL,                -- [privacy]
	filed_ms bigint NOT NULL,
	filed_by bigint NOT NULL,           -- who recorded it; 0: the applicant
	result smallint,                    -- 1 upheld, 2 to be corrected; NULL: not decided yet
	decided_ms bigint,
	decided_by bigint,
	decided_words text,                 -- [privacy]
	PRIMARY KEY (city, id)
) {norowid};
CREATE UNIQUE INDEX aid_objection_decision ON aid_objection (city, request, decision); -- once against each
CREATE INDEX aid_objection_request ON aid_objection (city, request, id);

CREATE TABLE aid_closing (              -- the closing report
	city bigint NOT NULL,
	request bigint NOT NULL,
	day integer NOT NULL,               -- judgment, award or paper received, settled
	way smallint NOT NULL,              -- enum aid_way
	result smallint NOT NULL,           -- enum aid_result
	recovered bigint NOT NULL,          -- fen
	words text NOT NULL,                -- [privacy]
	at_ms bigint NOT NULL,
	account bigint NOT NULL,
	PRIMARY KEY (city, request)
) {norowid};

CREATE TABLE aid_file (                 -- the papers handed in after the case, each time
	city bigint NOT NULL,
	request bigint NOT NULL,
	n integer NOT NULL,                 -- 1, 2, …
	pages integer NOT NULL,
	words text NOT NULL,                -- [privacy] what is in it
	submitted_ms bigint NOT NULL,
	submitted_by bigint NOT NULL,
	passed smallint,                    -- 1 in order, 0 handed back; NULL: not looked at yet
	reviewed_ms bigint,
	reviewed_by bigint,
	reviewed_words text,                -- [privacy]
	PRIMARY KEY (city, request, n)
) {norowid};

CREATE TABLE aid_rate (                 -- what a case is paid, by kind and day
	city bigint NOT NULL,
	kind smallint NOT NULL,             -- enum aid_rate_kind
	from_day integer NOT NULL,
	fen bigint,                         -- NULL: not known (未核实), nothing can be worked out
	source text NOT NULL,               -- the paper
	account bigint NOT NULL,
	at_ms bigint NOT NULL,
	PRIMARY KEY (city, kind, from_day)
) {norowid};

CREATE TABLE aid_subsidy (              -- once for each assignment
	city bigint NOT NULL,
	assignment bigint NOT NULL,
	request bigint NOT NULL,
	kind smallint NOT NULL,             -- enum aid_rate_kind
	from_day integer NOT NULL,          -- which rate
	fen bigint NOT NULL,
	approved_ms bigint NOT NULL,
	approved_by bigint NOT NULL,
	paid_ms bigint,
	paid_by bigint,
	voucher text,
	PRIMARY KEY (city, assignment)
) {norowid};
CREATE INDEX aid_subsidy_request ON aid_subsidy (city, request);
CREATE UNIQUE INDEX aid_subsidy_voucher ON aid_subsidy (city, voucher) WHERE voucher IS NOT NULL;

-- The item has its own matter from now on; what was taken in before stays an answer and a referral.
UPDATE item SET matter = 'legal-aid' WHERE code = 'legal-aid' AND matter = 'referral';
-- its own steps start the limits of the law; of ours the time to answer goes, the time to close becomes twelve months
DELETE FROM item_limit WHERE target = 2 AND source = '内部服务承诺（可改）'
	AND EXISTS (SELECT 1 FROM item i WHERE i.city = item_limit.city AND i.id = item_limit.item AND i.matter = 'legal-aid');
UPDATE item_limit SET count = 12, unit = 3 WHERE target = 3 AND source = '内部服务承诺（可改）'
	AND EXISTS (SELECT 1 FROM item i WHERE i.city = item_limit.city AND i.id = item_limit.item AND i.matter = 'legal-aid');
-- waiting for papers and for others to verify also stops the time to decide (bit 4)
UPDATE code_value SET flags = flags + 16 WHERE kind = 'clock.pause' AND code IN ('papers', 'verify') AND flags = 12;
