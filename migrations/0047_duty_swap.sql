-- Living with a roster: visits swapped between colleagues, what of all changes somebody must be told, requests that came of a duty.
-- Units and marks as in 0001.

CREATE TABLE duty_swap (                -- somebody asks a colleague to take a visit, or to exchange two; days stay
	city bigint NOT NULL,
	id bigint NOT NULL,                 -- time-ordered
	plan bigint NOT NULL,
	county bigint NOT NULL,             -- of the plan
	slot integer NOT NULL,
	provider bigint NOT NULL,           -- who asks and has it
	day integer NOT NULL,
	with_provider bigint NOT NULL,      -- the colleague
	with_slot integer,                  -- theirs, in return; NULL: it is given away
	with_day integer,
	until_day integer NOT NULL,         -- on this day it is too late
	state smallint NOT NULL,            -- enum duty_swap_state
	difference bigint NOT NULL,         -- points, as it was when it was asked; approved: as it was then
	why text NOT NULL,                  -- [privacy]
	account bigint NOT NULL,
	at_ms bigint NOT NULL,
	revision bigint NOT NULL,
	PRIMARY KEY (city, id),
	CHECK ((with_slot IS NULL) = (with_day IS NULL))
) {norowid};
CREATE INDEX duty_swap_provider ON duty_swap (city, provider, id);
CREATE INDEX duty_swap_with ON duty_swap (city, with_provider, id);
CREATE INDEX duty_swap_county ON duty_swap (city, county, id);
CREATE INDEX duty_swap_open ON duty_swap (city, plan, id) WHERE state < 30;
CREATE INDEX duty_swap_until ON duty_swap (city, until_day, id) WHERE state < 30;

CREATE TABLE duty_swap_step (           -- what was done about it; never changed
	city bigint NOT NULL,
	swap bigint NOT NULL,
	nth smallint NOT NULL,              -- 1, 2, …
	step smallint NOT NULL,             -- enum duty_swap_step
	from_state smallint NOT NULL,       -- 0: before it was asked
	to_state smallint NOT NULL,
	words text NOT NULL,                -- [privacy] why refused
	account bigint NOT NULL,            -- -1: the system
	at_ms bigint NOT NULL,
	PRIMARY KEY (city, swap, nth)
) {norowid};

CREATE TABLE duty_event (               -- what of a roster somebody is to be told, one row for each; never changed but for tell
	city bigint NOT NULL,
	id bigint NOT NULL,                 -- time-ordered
	kind text NOT NULL,                 -- "duty.moved"
	account bigint NOT NULL,            -- who is to be told
	plan bigint NOT NULL,
	slot integer,                       -- NULL: the month
	swap bigint,
	month integer NOT NULL,             -- 202607
	place bigint NOT NULL,              -- of the village, of the window; the county
	day integer,
	by_account bigint NOT NULL,
	at_ms bigint NOT NULL,
	tell smallint NOT NULL,             -- 1: to be told, 2: told, 3: nobody was there to be told
	PRIMARY KEY (city, id)
) {norowid};
CREATE INDEX duty_event_tell ON duty_event (city, id) WHERE tell = 1;

ALTER TABLE notice ADD COLUMN about text NOT NULL DEFAULT '';   -- of a duty: day and place; such a notice has request 0

CREATE TABLE duty_log_request (         -- a request that came of a duty: written down there, or offered for its log; counted once
	city bigint NOT NULL,
	request bigint NOT NULL,
	plan bigint NOT NULL,
	slot integer NOT NULL,
	made smallint NOT NULL,             -- 1: it was written down from the duty itself
	account bigint NOT NULL,
	at_ms bigint NOT NULL,
	PRIMARY KEY (city, request)
) {norowid};
CREATE INDEX duty_log_request_slot ON duty_log_request (city, plan, slot);

CREATE INDEX duty_change_from ON duty_change (city, from_provider, from_day);
