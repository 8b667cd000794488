-- The spine: everything a request meets from the door to the figure.
--
-- One text for both engines; kit/db replaces {blob} (BLOB / bytea) and {norowid} (WITHOUT ROWID / nothing).
-- A migration that needs more difference has a file per engine: NNNN_name.sqlite.sql, NNNN_name.postgresql.sql.
-- Every key begins with the city's four digits, so that tables can be partitioned by it.
-- Units: _ms moments in UTC milliseconds; _day civil days since 1970-01-01 in Asia/Shanghai; _fen money;
-- smallint 0/1 for booleans.  [privacy] marks personal data; [sealed] AES-256-GCM; [index] keyed hash.

CREATE TABLE command_key (              -- one row per command done: a repeated key answers the same
	city bigint NOT NULL,
	account bigint NOT NULL,            -- 0 for residents without account
	key {blob} NOT NULL,                -- 16 random bytes
	name text NOT NULL,                 -- "intake.receive"
	content {blob} NOT NULL,            -- 16 bytes of SHA-256 of what was asked
	answer {blob} NOT NULL,             -- the command's ret, plain data
	at_ms bigint NOT NULL,
	PRIMARY KEY (city, account, key)
) {norowid};
CREATE INDEX command_key_at ON command_key (city, at_ms);

-- ---- region ---------------------------------------------------------------------------------

CREATE TABLE division (                 -- administrative divisions, dated
	city bigint NOT NULL,
	code bigint NOT NULL,               -- 12 digits
	from_day integer NOT NULL,
	to_day integer,                     -- first day on which it no longer exists; NULL: exists
	level smallint NOT NULL,            -- 2 city, 3 county, 4 town, 5 village (enum place_level)
	parent bigint NOT NULL,
	name text NOT NULL,
	name_en text,
	rural smallint NOT NULL,            -- 0 urban (居委会, street), 1 rural (村委会): by the code's village part
	lon_e6 bigint,                      -- degrees * 1e6, datum in `datum`
	lat_e6 bigint,
	datum smallint NOT NULL,            -- 0 unknown, 1 estimate (示范), 2 WGS-84/CGCS2000, 3 GCJ-02, 4 BD-09
	population bigint,                  -- persons; NULL 未核实
	source text NOT NULL,               -- where the row comes from
	PRIMARY KEY (city, code, from_day)
) {norowid};
CREATE INDEX division_parent ON division (city, parent, code);

CREATE TABLE calendar_day (             -- days that differ from Monday–Friday, by the State Council's tables
	city bigint NOT NULL,               -- 0: the whole country
	day integer NOT NULL,
	kind smallint NOT NULL,             -- enum day_kind
	name text NOT NULL,
	version integer NOT NULL,
	source text NOT NULL,
	PRIMARY KEY (city, day)
) {norowid};

CREATE TABLE setting (                  -- what officials change; the newest row of a key is in force
	city bigint NOT NULL,
	key text NOT NULL,
	since_ms bigint NOT NULL,
	value text NOT NULL,
	account bigint NOT NULL,
	document text NOT NULL,             -- title and number of the paper behind it; empty: none, shown as 未核实
	PRIMARY KEY (city, key, since_ms)
) {norowid};

CREATE TABLE code_value (               -- dated code tables: outcomes, reasons of return, groups, topics
	city bigint NOT NULL,
	kind text NOT NULL,                 -- "consult.outcome"
	code text NOT NULL,
	from_day integer NOT NULL,
	to_day integer,
	name text NOT NULL,
	name_en text NOT NULL,
	sort integer NOT NULL,
	flags integer NOT NULL,             -- by kind
	PRIMARY KEY (city, kind, code, from_day)
) {norowid};

-- ---- people who work here ---------------------------------------------------------------------

CREATE TABLE account (
	city bigint NOT NULL,
	id bigint NOT NULL,
	login text NOT NULL,
	name text NOT NULL,
	title text NOT NULL,                -- 职务, empty when none
	role smallint NOT NULL,             -- enum role
	place bigint NOT NULL,              -- jurisdiction, 12 digits
	point bigint,                       -- where they work
	password text NOT NULL,             -- argon2id; empty: cannot log in
	active smallint NOT NULL,
	open_load integer NOT NULL,         -- open requests held now; equals a recount (verify)
	capacity integer NOT NULL,          -- open requests they can carry; 0: none
	created_ms bigint NOT NULL,
	revision bigint NOT NULL,
	PRIMARY KEY (city, id)
) {norowid};
CREATE UNIQUE INDEX account_login ON account (city, login);
CREATE INDEX account_point ON account (city, point, id);
CREATE INDEX account_place ON account (city, place, id);

CREATE TABLE account_item (             -- capability: which service items this person can handle
	city bigint NOT NULL,
	account bigint NOT NULL,
	item bigint NOT NULL,
	PRIMARY KEY (city, account, item)
) {norowid};

CREATE TABLE session (
	city bigint NOT NULL,
	token_hash {blob} NOT NULL,         -- SHA-256 of the cookie's value
	account bigint NOT NULL,
	csrf text NOT NULL,
	created_ms bigint NOT NULL,
	seen_ms bigint NOT NULL,            -- written at most once a minute
	peer text NOT NULL,
	PRIMARY KEY (city, token_hash)
) {norowid};
CREATE INDEX session_account ON session (city, account);

CREATE TABLE try_delay (                -- growing delay per account and per address; receipt codes too
	city bigint NOT NULL,
	subject text NOT NULL,              -- "login:NAME", "peer:ADDRESS", "code:ADDRESS"
	failures integer NOT NULL,
	until_ms bigint NOT NULL,
	PRIMARY KEY (city, subject)
) {norowid};

-- ---- the catalogue ----------------------------------------------------------------------------

CREATE TABLE item (                     -- a service item; what it says is in its revisions
	city bigint NOT NULL,
	id bigint NOT NULL,
	code text NOT NULL,                 -- "consult", stable
	matter text NOT NULL,               -- struct matter_kind that handles it
	sort integer NOT NULL,
	PRIMARY KEY (city, id)
) {norowid};
CREATE UNIQUE INDEX item_code ON item (city, code);

CREATE TABLE item_revision (            -- dated: the one in force on a day is the newest from_day <= it
	city bigint NOT NULL,
	item bigint NOT NULL,
	from_day integer NOT NULL,
	name text NOT NULL,
	name_en text NOT NULL,
	summary text NOT NULL,              -- what a resident gets, in plain words
	summary_en text NOT NULL,
	why_public text NOT NULL,           -- S21: why the market does not serve it
	who_may integer NOT NULL,           -- bits of enum applicant_kind (S17–S20)
	price smallint NOT NULL,            -- 1 free (default, S131), 2 reduced, 3 paid: needs price_why
	price_why text NOT NULL,
	supply smallint NOT NULL,           -- 1 direct, 2 purchased, 3 policy-supported (S14)
	basis text NOT NULL,                -- legal basis; empty: 未核实
	materials text NOT NULL,            -- one per line
	channels integer NOT NULL,          -- bits of enum channel
	tiers integer NOT NULL,             -- bits of enum tier: where it is offered
	in_force smallint NOT NULL,         -- 0: withdrawn from that day
	account bigint NOT NULL,            -- who made the revision
	at_ms bigint NOT NULL,
	PRIMARY KEY (city, item, from_day)
) {norowid};

CREATE TABLE item_limit (               -- time limits of a revision
	city bigint NOT NULL,
	item bigint NOT NULL,
	from_day integer NOT NULL,
	target smallint NOT NULL,           -- enum clock_target: 1 acceptance, 2 first answer, 3 close
	count integer NOT NULL,
	unit smallint NOT NULL,             -- enum clock_unit
	roll smallint NOT NULL,
	source text NOT NULL,               -- law and article, or "内部服务承诺"
	PRIMARY KEY (city, item, from_day, target)
) {norowid};

-- ---- points of service --------------------------------------------------------------------------

CREATE TABLE point (
	city bigint NOT NULL,
	id bigint NOT NULL,
	code text NOT NULL,                 -- short public code in addresses: "320506101-1"
	kind smallint NOT NULL,             -- enum point_kind: 1 county centre, 2 town centre, 3 village station, 4 hotline, 5 online
	place bigint NOT NULL,              -- division where it stands
	name text NOT NULL,
	name_en text NOT NULL,
	address text NOT NULL,
	phone text NOT NULL,                -- public, mandatory (S172)
	director bigint,                    -- account answerable for it
	parent bigint,                      -- the point that manages it (station → town centre → county centre)
	lon_e6 bigint,
	lat_e6 bigint,
	datum smallint NOT NULL,
	opened_day integer NOT NULL,
	closed_day integer,
	revision bigint NOT NULL,
	PRIMARY KEY (city, id)
) {norowid};
CREATE UNIQUE INDEX point_code ON point (city, code);
CREATE INDEX point_place ON point (city, place, kind);
CREATE INDEX point_parent ON point (city, parent, id);

CREATE TABLE point_hours (
	city bigint NOT NULL,
	point bigint NOT NULL,
	weekday smallint NOT NULL,          -- 1 Monday .. 7 Sunday, 8 public holidays
	opens integer NOT NULL,             -- minute of the day
	closes integer NOT NULL,            -- minute of the day, > opens
	PRIMARY KEY (city, point, weekday, opens)
) {norowid};

CREATE TABLE point_exception (
	city bigint NOT NULL,
	point bigint NOT NULL,
	day integer NOT NULL,
	opens integer,                      -- NULL: closed that day
	closes integer,
	note text NOT NULL,
	PRIMARY KEY (city, point, day)
) {norowid};

CREATE TABLE point_village (            -- which villages a station serves; more than 3 needs a reason (S112)
	city bigint NOT NULL,
	village bigint NOT NULL,
	point bigint NOT NULL,
	from_day integer NOT NULL,
	to_day integer,
	reason text NOT NULL,
	PRIMARY KEY (city, village, point, from_day)
) {norowid};
CREATE INDEX point_village_point ON point_village (city, point, village);

CREATE TABLE point_window (             -- windows of a centre
	city bigint NOT NULL,
	point bigint NOT NULL,
	number integer NOT NULL,
	name text NOT NULL,
	general smallint NOT NULL,          -- 1: 综合服务窗口
	PRIMARY KEY (city, point, number)
) {norowid};

CREATE TABLE point_item (               -- items a point handles; none listed: all of its tier
	city bigint NOT NULL,
	point bigint NOT NULL,
	item bigint NOT NULL,
	PRIMARY KEY (city, point, item)
) {norowid};

-- ---- people who come ------------------------------------------------------------------------------

CREATE TABLE person (
	city bigint NOT NULL,
	id bigint NOT NULL,
	place bigint NOT NULL,              -- where they live or were first written down; scope
	name text NOT NULL,                 -- [privacy]
	id_kind smallint NOT NULL,          -- 0 none, 1 resident identity card
	id_sealed {blob},                   -- [privacy] [sealed]
	id_index {blob},                    -- [index]
	phone_sealed {blob},                -- [privacy] [sealed]
	phone_index {blob},                 -- [index]
	born_day integer,                   -- [privacy]
	sex smallint NOT NULL,              -- GB/T 2261.1
	groups bigint NOT NULL,             -- [privacy] bits of enum group (S17, S51)
	created_ms bigint NOT NULL,
	revision bigint NOT NULL,
	PRIMARY KEY (city, id)
) {norowid};
CREATE UNIQUE INDEX person_id ON person (city, id_index) WHERE id_index IS NOT NULL; -- the same number is the same person
CREATE INDEX person_name ON person (city, name, born_day);
CREATE INDEX person_phone ON person (city, phone_index) WHERE phone_index IS NOT NULL;

CREATE TABLE organisation (
	city bigint NOT NULL,
	id bigint NOT NULL,
	place bigint NOT NULL,
	name text NOT NULL,
	kind smallint NOT NULL,             -- enum applicant_kind, enterprise and up
	credit_code text,                   -- 18 characters, public
	founded_day integer,
	staff integer,                      -- persons employed; NULL unknown
	created_ms bigint NOT NULL,
	revision bigint NOT NULL,
	PRIMARY KEY (city, id)
) {norowid};
CREATE INDEX organisation_code ON organisation (city, credit_code) WHERE credit_code IS NOT NULL;

-- ---- the request ------------------------------------------------------------------------------------

CREATE TABLE request (
	city bigint NOT NULL,
	id bigint NOT NULL,
	place bigint NOT NULL,              -- where the matter arises, as fine as known; scope
	town bigint NOT NULL GENERATED ALWAYS AS (place / 1000 * 1000) STORED,
	county bigint NOT NULL GENERATED ALWAYS AS (place / 1000000 * 1000000) STORED,
	number text NOT NULL,               -- "260630-7KQ2-M9XA"
	code_hash {blob} NOT NULL,          -- 16 bytes of SHA-256 of the 80-bit query code
	item bigint NOT NULL,
	item_from_day integer NOT NULL,     -- revision of the item pinned at intake
	matter text NOT NULL,
	topic smallint NOT NULL,            -- enum topic: the life situation
	channel smallint NOT NULL,          -- enum channel: 1 portal, 2 window, 3 station, 4 hotline
	tier smallint NOT NULL,             -- enum tier of the point that received it
	point bigint NOT NULL,              -- the point that received it
	scheduled smallint NOT NULL,        -- S170: 1 scheduled, 0 on call
	online smallint NOT NULL,           -- S170: 1 online, 0 offline
	gathered smallint NOT NULL,         -- S170: 1 concentrated (activity), 0 dispersed
	applicant smallint NOT NULL,        -- enum applicant_kind
	person bigint,
	organisation bigint,
	caller smallint NOT NULL,           -- enum relation: 0 self, else who speaks for them
	caller_name text,                   -- [privacy] third-party caller
	caller_phone {blob},                -- [privacy] [sealed]
	contact {blob},                     -- [privacy] [sealed] phone of an anonymous question, if left
	subject text NOT NULL,              -- [privacy] one line
	detail text NOT NULL,               -- [privacy]
	urgent smallint NOT NULL,
	groups bigint NOT NULL,             -- [privacy] bits of enum group at intake
	state smallint NOT NULL,            -- enum request_state
	open smallint NOT NULL GENERATED ALWAYS AS (CASE WHEN state < 50 THEN 1 ELSE 0 END) STORED,
	holder bigint NOT NULL,             -- account that answers now = newest holding (verify)
	holder_point bigint NOT NULL,
	first_contact bigint NOT NULL,      -- account that was asked first
	due_ms bigint NOT NULL,             -- nearest unmet target; INT64_MAX none (verify)
	start_ms bigint NOT NULL,           -- start of that target, for the light
	created_ms bigint NOT NULL,
	created_day integer NOT NULL,       -- civil day, for figures
	accepted_ms bigint,
	closed_ms bigint,
	closed_day integer,
	outcome text,                       -- code of <matter>.outcome
	parent bigint,                      -- converted from
	revision bigint NOT NULL,
	PRIMARY KEY (city, id)
) {norowid};
CREATE UNIQUE INDEX request_number ON request (city, number);
CREATE UNIQUE INDEX request_code ON request (city, code_hash);
-- queues: each list is one index walk in order of the deadline
CREATE INDEX request_mine ON request (city, holder, due_ms, id) WHERE open = 1;
CREATE INDEX request_at_point ON request (city, holder_point, due_ms, id) WHERE open = 1;
CREATE INDEX request_due ON request (city, due_ms, id) WHERE open = 1;
CREATE INDEX request_county_due ON request (city, county, due_ms, id) WHERE open = 1;
CREATE INDEX request_town_due ON request (city, town, due_ms, id) WHERE open = 1;
CREATE INDEX request_place_due ON request (city, place, due_ms, id) WHERE open = 1;
CREATE INDEX request_person ON request (city, person, id) WHERE person IS NOT NULL;
-- figures
CREATE INDEX request_day ON request (city, created_day, place);

CREATE TABLE case_grant (               -- "cases I touched": a right to one record
	city bigint NOT NULL,
	account bigint NOT NULL,
	request bigint NOT NULL,
	since_ms bigint NOT NULL,
	why text NOT NULL,                  -- "holder", "handover", "first_contact", "follow_up"
	PRIMARY KEY (city, account, request)
) {norowid};
CREATE INDEX case_grant_request ON case_grant (city, request);

CREATE TABLE event (                    -- the history; never changed
	city bigint NOT NULL,
	request bigint NOT NULL,
	id bigint NOT NULL,                 -- time-ordered
	at_ms bigint NOT NULL,
	account bigint NOT NULL,            -- 0: the resident, -1: the system
	kind text NOT NULL,                 -- "intake.received"
	from_state smallint NOT NULL,       -- state before; equal to to_state when it did not change
	to_state smallint NOT NULL,
	shown smallint NOT NULL,            -- 1: the resident sees it on the progress page
	note text NOT NULL,                 -- [privacy] words of a person
	data text NOT NULL,                 -- codes and numbers as "key=value" lines; no personal data
	PRIMARY KEY (city, request, id)
) {norowid};

CREATE TABLE holding (                  -- who answers from when; the end is the next row's beginning
	city bigint NOT NULL,
	request bigint NOT NULL,
	since_ms bigint NOT NULL,
	account bigint NOT NULL,
	point bigint NOT NULL,
	how smallint NOT NULL,              -- enum holding_how: 1 received, 2 accepted hand-over, 3 assigned, 4 taken over
	event bigint NOT NULL,
	PRIMARY KEY (city, request, since_ms)
) {norowid};
CREATE INDEX holding_account ON holding (city, account, since_ms);

CREATE TABLE handover (
	city bigint NOT NULL,
	id bigint NOT NULL,
	request bigint NOT NULL,
	from_account bigint NOT NULL,
	from_point bigint NOT NULL,
	to_account bigint NOT NULL,         -- who is asked to accept
	to_point bigint NOT NULL,
	state smallint NOT NULL,            -- enum handover_state: 1 offered, 2 accepted, 3 returned, 4 withdrawn
	reason text NOT NULL,               -- why it is handed over
	offered_ms bigint NOT NULL,
	answered_ms bigint,
	return_code text,                   -- code of dispatch.return
	return_reason text,
	better_point bigint,                -- where the receiver says it belongs
	choice bigint,                      -- dispatch_choice it came from; NULL: chosen by hand
	PRIMARY KEY (city, id)
) {norowid};
CREATE UNIQUE INDEX handover_open ON handover (city, request) WHERE state = 1;
CREATE INDEX handover_to ON handover (city, to_account, offered_ms) WHERE state = 1;
CREATE INDEX handover_request ON handover (city, request, id);

CREATE TABLE dispatch_choice (          -- what was proposed and why, candidate by candidate
	city bigint NOT NULL,
	id bigint NOT NULL,                 -- of the proposal
	rank integer NOT NULL,              -- 1 best; 0 excluded
	request bigint NOT NULL,
	account bigint NOT NULL,
	point bigint NOT NULL,
	score integer NOT NULL,
	reasons text NOT NULL,              -- "code=points" lines
	at_ms bigint NOT NULL,
	rules integer NOT NULL,             -- version of the weights
	PRIMARY KEY (city, id, rank, account)
) {norowid};

CREATE TABLE case_clock (               -- one row per target of a request; equals the engine's answer (verify)
	city bigint NOT NULL,
	request bigint NOT NULL,
	target smallint NOT NULL,           -- enum clock_target
	count integer NOT NULL,
	unit smallint NOT NULL,
	roll smallint NOT NULL,
	source text NOT NULL,
	start_ms bigint NOT NULL,
	due_ms bigint NOT NULL,
	met_ms bigint,
	uncertain smallint NOT NULL,
	calendar integer NOT NULL,          -- version of the calendar it was counted with
	PRIMARY KEY (city, request, target)
) {norowid};

CREATE TABLE case_pause (
	city bigint NOT NULL,
	request bigint NOT NULL,
	from_ms bigint NOT NULL,
	to_ms bigint,
	reason text NOT NULL,
	account bigint NOT NULL,
	PRIMARY KEY (city, request, from_ms)
) {norowid};

CREATE TABLE message (                  -- both ways, between the resident and whoever holds the case
	city bigint NOT NULL,
	request bigint NOT NULL,
	id bigint NOT NULL,
	at_ms bigint NOT NULL,
	account bigint NOT NULL,            -- 0: the resident
	body text NOT NULL,                 -- [privacy]
	PRIMARY KEY (city, request, id)
) {norowid};

CREATE TABLE attachment (
	city bigint NOT NULL,
	request bigint NOT NULL,
	id bigint NOT NULL,
	at_ms bigint NOT NULL,
	account bigint NOT NULL,            -- 0: the resident
	name text NOT NULL,                 -- [privacy] as sent, cleaned
	type text NOT NULL,                 -- by magic number
	bytes bigint NOT NULL,
	sha256 {blob} NOT NULL,             -- also its name under the state directory
	PRIMARY KEY (city, request, id)
) {norowid};

CREATE TABLE callback (                 -- a promise to ring back
	city bigint NOT NULL,
	id bigint NOT NULL,
	request bigint NOT NULL,
	account bigint NOT NULL,            -- who will ring
	due_ms bigint NOT NULL,
	tries integer NOT NULL,
	done_ms bigint,
	result text,                        -- "reached", "unreachable", "withdrawn"
	PRIMARY KEY (city, id)
) {norowid};
CREATE INDEX callback_due ON callback (city, account, due_ms) WHERE done_ms IS NULL;
CREATE INDEX callback_request ON callback (city, request, id);

CREATE TABLE consult (                  -- the first matter
	city bigint NOT NULL,
	request bigint NOT NULL,
	answer text NOT NULL,               -- [privacy] empty until answered
	answered_ms bigint,
	answered_by bigint,
	aid_hint smallint NOT NULL,         -- 0 not yet said, 1 told of the right to apply (法律援助法 23; S30), 2 wishes to apply
	converted bigint,                   -- request it was converted into
	revision bigint NOT NULL,
	PRIMARY KEY (city, request)
) {norowid};

-- ---- evaluation -----------------------------------------------------------------------------------------

CREATE TABLE review (                   -- one per service act (一次一评)
	city bigint NOT NULL,
	request bigint NOT NULL,
	act bigint NOT NULL,                -- event of the act that is rated
	code_hash {blob} NOT NULL,          -- 16 bytes of SHA-256 of the link's code
	handler bigint NOT NULL,            -- account whose act it was
	point bigint NOT NULL,
	place bigint NOT NULL,              -- scope
	asked_ms bigint NOT NULL,
	grade smallint,                     -- 5 非常满意 … 1 非常不满意; NULL not yet rated
	comment text NOT NULL,              -- [privacy]
	given_ms bigint,
	channel smallint,                   -- 1 link, 2 QR at the window, 3 by phone
	PRIMARY KEY (city, request, act)
) {norowid};
CREATE UNIQUE INDEX review_code ON review (city, code_hash);
CREATE INDEX review_given ON review (city, given_ms) WHERE given_ms IS NOT NULL;

CREATE TABLE follow_up (                -- a bad grade looked into, with its own deadline (国办发〔2019〕51号)
	city bigint NOT NULL,
	id bigint NOT NULL,
	request bigint NOT NULL,
	act bigint NOT NULL,
	place bigint NOT NULL,              -- scope
	director bigint NOT NULL,           -- account that must look into it; never the one who was rated
	opened_ms bigint NOT NULL,
	due_ms bigint NOT NULL,
	finding smallint,                   -- 1 clear and reasonable, fixed; 2 complex, explained; 3 no basis; 4 mistaken or malicious
	words text NOT NULL,                -- [privacy] what was done
	done_ms bigint,
	revision bigint NOT NULL,
	PRIMARY KEY (city, id)
) {norowid};
CREATE UNIQUE INDEX follow_up_act ON follow_up (city, request, act);
CREATE INDEX follow_up_open ON follow_up (city, director, due_ms) WHERE done_ms IS NULL;
CREATE INDEX follow_up_due ON follow_up (city, due_ms, id) WHERE done_ms IS NULL;

-- ---- drafts, outbox, audit ----------------------------------------------------------------------------------

CREATE TABLE draft (                    -- what was typed and not yet sent, kept on the server
	city bigint NOT NULL,
	owner {blob} NOT NULL,              -- 16 bytes: of the account, or of a resident's browser cookie
	form text NOT NULL,
	sealed {blob} NOT NULL,             -- [privacy] [sealed] urlencoded fields
	updated_ms bigint NOT NULL,
	PRIMARY KEY (city, owner, form)
) {norowid};
CREATE INDEX draft_updated ON draft (city, updated_ms);

CREATE TABLE outbox (                   -- what goes out of the house, after commit; waits 10 s for an undo
	city bigint NOT NULL,
	id bigint NOT NULL,
	request bigint,
	kind text NOT NULL,                 -- "sms.receipt"
	to_sealed {blob} NOT NULL,          -- [privacy] [sealed]
	body_sealed {blob} NOT NULL,        -- [privacy] [sealed]
	due_ms bigint NOT NULL,
	lease_ms bigint NOT NULL,           -- leased until; 0 free
	tries integer NOT NULL,
	done_ms bigint,
	PRIMARY KEY (city, id)
) {norowid};
CREATE INDEX outbox_due ON outbox (city, due_ms) WHERE done_ms IS NULL;

CREATE TABLE audit (                    -- who did what; hashed in the deed's transaction
	city bigint NOT NULL,
	id bigint NOT NULL,                 -- time-ordered
	at_ms bigint NOT NULL,
	account bigint NOT NULL,            -- 0 resident, -1 system
	action text NOT NULL,
	subject text NOT NULL,
	record bigint NOT NULL,
	detail text NOT NULL,
	hash {blob} NOT NULL,               -- SHA-256 of the fields above
	seq bigint,                         -- place in the chain; NULL: not yet sealed
	head {blob},                        -- SHA-256 of the head before, and hash
	PRIMARY KEY (city, id)
) {norowid};
CREATE UNIQUE INDEX audit_seq ON audit (city, seq) WHERE seq IS NOT NULL;
CREATE INDEX audit_unsealed ON audit (city, id) WHERE seq IS NULL;
CREATE INDEX audit_reveal ON audit (city, account, at_ms) WHERE action = 'person.reveal'; -- the rate alarm

CREATE TABLE audit_checkpoint (
	city bigint NOT NULL,
	seq bigint NOT NULL,
	head {blob} NOT NULL,
	at_ms bigint NOT NULL,
	signature {blob} NOT NULL,          -- Ed25519 over city, seq, head, at_ms
	PRIMARY KEY (city, seq)
) {norowid};

CREATE TABLE lease (                    -- which process runs a worker now
	city bigint NOT NULL,
	name text NOT NULL,
	owner text NOT NULL,
	until_ms bigint NOT NULL,
	PRIMARY KEY (city, name)
) {norowid};
