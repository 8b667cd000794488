-- Notices: who is told what, by which way, how often it was tried, and who does not want to be told.
-- Units and marks as in 0001.

CREATE INDEX event_walk ON event (city, id);   -- the follower reads events in the order of their ids

CREATE TABLE notice (                   -- what the desk tells an account; one per event
	city bigint NOT NULL,
	account bigint NOT NULL,            -- who is told
	id bigint NOT NULL,                 -- time-ordered
	request bigint NOT NULL,
	event bigint NOT NULL,
	kind text NOT NULL,                 -- the event's
	at_ms bigint NOT NULL,              -- the event's
	read_ms bigint,                     -- NULL: not yet read
	PRIMARY KEY (city, account, id)
) {norowid};
CREATE UNIQUE INDEX notice_once ON notice (city, account, event);
CREATE INDEX notice_unread ON notice (city, account, id) WHERE read_ms IS NULL;
CREATE INDEX notice_request ON notice (city, request, kind);

ALTER TABLE outbox ADD COLUMN event bigint NOT NULL DEFAULT 0;     -- what it tells of; 0: a trial by hand
ALTER TABLE outbox ADD COLUMN account bigint NOT NULL DEFAULT 0;   -- who is told; 0: the resident of the request
ALTER TABLE outbox ADD COLUMN way smallint NOT NULL DEFAULT 0;     -- enum notify_way: 1 SMS, 2 WeChat, 3 e-mail
ALTER TABLE outbox ADD COLUMN state smallint NOT NULL DEFAULT 1;   -- enum notify_state: 1 waiting, 2 sent, 3 refused, 4 given up, 5 folded, 6 void, 7 demonstration
ALTER TABLE outbox ADD COLUMN urgent smallint NOT NULL DEFAULT 0;  -- 1: goes in quiet hours, too
ALTER TABLE outbox ADD COLUMN more integer NOT NULL DEFAULT 0;     -- earlier notices folded into this one
ALTER TABLE outbox ADD COLUMN made_ms bigint NOT NULL DEFAULT 0;   -- the event's moment
CREATE UNIQUE INDEX outbox_once ON outbox (city, event, account, way) WHERE event <> 0;
CREATE INDEX outbox_waiting ON outbox (city, way, due_ms, id) WHERE done_ms IS NULL;
CREATE INDEX outbox_same ON outbox (city, request, account, way, event) WHERE done_ms IS NULL;
DROP INDEX outbox_due;

CREATE TABLE notify_attempt (           -- each try to send; written before it, completed after it
	city bigint NOT NULL,
	outbox bigint NOT NULL,
	nth integer NOT NULL,               -- 1, 2, …
	at_ms bigint NOT NULL,
	way smallint NOT NULL,              -- enum notify_way
	result smallint NOT NULL,           -- enum notify_result; 0: begun, its end is not known (the process ended)
	code integer NOT NULL,              -- HTTP or SMTP status; 0: none
	words text NOT NULL,                -- what the provider said, cut; no personal data of ours
	to_masked text NOT NULL,            -- [privacy] "199****1234"
	PRIMARY KEY (city, outbox, nth)
) {norowid};
CREATE INDEX notify_attempt_at ON notify_attempt (city, at_ms, outbox);

CREATE TABLE notify_gate (              -- a provider that is down is asked seldom, by one message at a time
	city bigint NOT NULL,
	way smallint NOT NULL,              -- enum notify_way
	down_ms bigint NOT NULL,            -- since when
	next_ms bigint NOT NULL,            -- not before
	failures integer NOT NULL,          -- in a row
	PRIMARY KEY (city, way)
) {norowid};

CREATE TABLE notify_cursor (            -- how far the events have been followed; one row a city
	city bigint NOT NULL,
	event bigint NOT NULL,              -- newest id read
	claim_ms bigint NOT NULL,           -- last claim of a message: touched first, so that claims follow each other
	PRIMARY KEY (city)
) {norowid};

CREATE TABLE notice_template (          -- what a notice says; the newest from_day that has come is in force
	city bigint NOT NULL,
	kind text NOT NULL,                 -- the event's
	way smallint NOT NULL,              -- enum notify_way
	lang smallint NOT NULL,             -- enum lang: 0 Chinese, 1 English
	from_day integer NOT NULL,
	body text NOT NULL,                 -- with the placeholders of notify_rule.h in braces; empty: this kind is not sent by this way
	code text NOT NULL,                 -- the provider's number of the template as approved; empty: none
	source text NOT NULL,               -- who approved it: title and number of the paper; empty: 未核实
	account bigint NOT NULL,            -- who wrote it
	at_ms bigint NOT NULL,
	PRIMARY KEY (city, kind, way, lang, from_day)
) {norowid};

CREATE TABLE notify_off (               -- a resident who wants no messages
	city bigint NOT NULL,
	subject smallint NOT NULL,          -- 1 of a request, 2 of a person
	id bigint NOT NULL,                 -- of the request or the person
	since_ms bigint NOT NULL,
	PRIMARY KEY (city, subject, id)
) {norowid};

CREATE TABLE notify_choice (            -- what an account wants by e-mail
	city bigint NOT NULL,
	account bigint NOT NULL,
	mail_sealed {blob},                 -- [privacy] [sealed] address; NULL: none
	topics bigint NOT NULL,             -- bits of enum notify_topic that go by e-mail; 0: none
	revision bigint NOT NULL,
	PRIMARY KEY (city, account)
) {norowid};

CREATE TABLE notify_feed (              -- the address of an account's calendar
	city bigint NOT NULL,
	account bigint NOT NULL,
	token_hash {blob} NOT NULL,         -- 16 bytes of SHA-256 of the 160-bit token
	made_ms bigint NOT NULL,
	PRIMARY KEY (city, account)
) {norowid};
CREATE UNIQUE INDEX notify_feed_token ON notify_feed (city, token_hash);
