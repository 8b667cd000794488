-- Who is on duty where (值班表): what each village wants, windows, days away, pins, plans of a county's month and what changed since.
-- Units and marks as in 0001.

CREATE TABLE duty_village (             -- how a village wants to be visited; none: by the settings and the adviser's contract
	city bigint NOT NULL,
	place bigint NOT NULL,              -- of the village
	provider bigint,                    -- who goes there; NULL: the adviser by contract
	visits smallint NOT NULL,           -- a month
	minutes smallint NOT NULL,          -- of a visit; 0: by contract and setting
	ends_in smallint NOT NULL,          -- bit k: days of the month whose number ends in k; 0: any
	weekdays smallint NOT NULL,         -- bit k: weekday k, 0 Monday; 0: any
	nth smallint NOT NULL,              -- bit k: the (k + 1)th such weekday of the month; 0: any
	market smallint NOT NULL,           -- 1: these days also when they are not working days
	account bigint NOT NULL,
	at_ms bigint NOT NULL,
	revision bigint NOT NULL,
	PRIMARY KEY (city, place)
) {norowid};

CREATE TABLE duty_window (              -- a centre's window that is to be staffed by lawyers and legal workers
	city bigint NOT NULL,
	point bigint NOT NULL,
	weekdays smallint NOT NULL,         -- as above
	need smallint NOT NULL,             -- persons
	minutes smallint NOT NULL,
	account bigint NOT NULL,
	at_ms bigint NOT NULL,
	revision bigint NOT NULL,
	PRIMARY KEY (city, point)
) {norowid};

CREATE TABLE duty_away (                -- days on which somebody can't come
	city bigint NOT NULL,
	id bigint NOT NULL,
	provider bigint NOT NULL,
	from_day integer NOT NULL,
	to_day integer NOT NULL,
	sick smallint NOT NULL,             -- 1: a sick call
	reason text NOT NULL,               -- [privacy]
	account bigint NOT NULL,
	at_ms bigint NOT NULL,
	PRIMARY KEY (city, id),
	CHECK (from_day <= to_day)
) {norowid};
CREATE INDEX duty_away_provider ON duty_away (city, provider, to_day);

CREATE TABLE duty_pin (                 -- settled before planning
	city bigint NOT NULL,
	id bigint NOT NULL,
	county bigint NOT NULL,
	month integer NOT NULL,             -- 202607
	kind smallint NOT NULL,             -- enum roster_pin_kind
	provider bigint NOT NULL,
	day integer NOT NULL,
	place bigint NOT NULL,              -- of the village; 0: none is meant
	point bigint,                       -- of the window; NULL: none is meant
	why text NOT NULL,
	account bigint NOT NULL,
	at_ms bigint NOT NULL,
	dropped_by bigint,
	dropped_ms bigint,
	PRIMARY KEY (city, id)
) {norowid};
CREATE INDEX duty_pin_month ON duty_pin (city, county, month, id);

CREATE TABLE duty_plan (                -- a month of a county as it was worked out; only its state changes
	city bigint NOT NULL,
	id bigint NOT NULL,
	county bigint NOT NULL,
	month integer NOT NULL,             -- 202607
	version integer NOT NULL,           -- of this county and month, from 1
	state smallint NOT NULL,            -- enum duty_state
	seed bigint NOT NULL,
	input {blob} NOT NULL,              -- everything it was made from, see duty_month.h
	input_hash bigint NOT NULL,
	weights integer NOT NULL,           -- how often they had been changed
	objective bigint NOT NULL,          -- points
	bound bigint NOT NULL,              -- no plan could have less
	costs text NOT NULL,                -- of the objective: by rule, in the order of enum roster_cost
	visits integer NOT NULL,
	seats integer NOT NULL,
	persons integer NOT NULL,
	open_visits integer NOT NULL,
	open_seats integer NOT NULL,
	stopped smallint NOT NULL,          -- 1: by the clock, so that another run may give another plan
	calendar smallint NOT NULL,         -- 1: the month had a table of holidays
	est smallint NOT NULL,              -- 1: ways by straight lines
	account bigint NOT NULL,
	at_ms bigint NOT NULL,
	published_by bigint,
	published_ms bigint,
	freeze_day integer,                 -- from then on only exchanges change it
	revision bigint NOT NULL,
	PRIMARY KEY (city, id)
) {norowid};
CREATE UNIQUE INDEX duty_plan_version ON duty_plan (city, county, month, version);

CREATE TABLE duty_slot (                -- one visit, or one seat at a window
	city bigint NOT NULL,
	plan bigint NOT NULL,
	slot integer NOT NULL,              -- as engine/roster counts them
	state smallint NOT NULL,            -- of its plan, so that a day is found by one index
	seat smallint NOT NULL,             -- 0: a visit to a village, 1: a seat at a window
	place bigint NOT NULL,              -- of the village, or where the window is
	point bigint,                       -- the station that serves the village, or the centre; NULL: none
	nth smallint NOT NULL,              -- of this village or window, from 0
	minutes smallint NOT NULL,
	made_provider bigint,               -- as planned; NULL: open
	made_day integer,                   -- a seat: always its day
	provider bigint,                    -- as it is now
	day integer,
	why smallint NOT NULL,              -- open as planned: enum roster_rule that spoke against most
	revision bigint NOT NULL,
	PRIMARY KEY (city, plan, slot)
) {norowid};
CREATE INDEX duty_slot_provider ON duty_slot (city, provider, state, day);
CREATE INDEX duty_slot_point ON duty_slot (city, point, state, day);
CREATE INDEX duty_slot_place ON duty_slot (city, place, state, day);
CREATE INDEX duty_slot_day ON duty_slot (city, state, day);

CREATE TABLE duty_change (              -- what became of a published slot; never changed
	city bigint NOT NULL,
	id bigint NOT NULL,                 -- time-ordered
	plan bigint NOT NULL,
	slot integer NOT NULL,
	kind smallint NOT NULL,             -- enum duty_change_kind
	from_provider bigint,
	from_day integer,
	to_provider bigint,
	to_day integer,
	difference bigint NOT NULL,         -- points
	why text NOT NULL,                  -- [privacy]
	account bigint NOT NULL,
	at_ms bigint NOT NULL,
	PRIMARY KEY (city, id)
) {norowid};
CREATE INDEX duty_change_slot ON duty_change (city, plan, slot, id);
