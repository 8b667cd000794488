-- Legal advisers of villages and communities (村、社区法律顾问): who can be one, contracts, yearly plans.  Units and marks as in 0001.

CREATE TABLE advisor (                  -- who offers to advise villages
	city bigint NOT NULL,
	provider bigint NOT NULL,
	home bigint NOT NULL,               -- division code the way is counted from; 0: that of the firm
	dialect smallint NOT NULL,          -- 1: speaks the dialect of the place
	room smallint NOT NULL,             -- villages at most
	revision bigint NOT NULL,
	PRIMARY KEY (city, provider)
) {norowid};

CREATE TABLE advisor_conflict (         -- pairs ruled out
	city bigint NOT NULL,
	provider bigint NOT NULL,
	place bigint NOT NULL,              -- of the village
	reason text NOT NULL,
	account bigint NOT NULL,            -- who wrote it down
	at_ms bigint NOT NULL,
	PRIMARY KEY (city, provider, place)
) {norowid};

CREATE TABLE advisor_contract (         -- one village, one adviser, one term
	city bigint NOT NULL,
	id bigint NOT NULL,
	place bigint NOT NULL,              -- of the village
	provider bigint NOT NULL,
	firm bigint NOT NULL,               -- theirs when it was signed
	from_day integer NOT NULL,
	to_day integer NOT NULL,            -- last day agreed
	last_day integer NOT NULL,          -- last day it holds: to_day, or earlier
	ended smallint NOT NULL,            -- enum advisor_end; 0: not ended early
	ended_need smallint NOT NULL,       -- ended for absences: how many were needed then
	ended_note text NOT NULL,
	duties integer NOT NULL,            -- bits of enum advisor_duty
	hours smallint NOT NULL,            -- a month
	fee bigint NOT NULL,                -- fen a year
	plan bigint,                        -- made by that plan; NULL: by hand
	renews bigint,                      -- the contract before it; NULL: none
	account bigint NOT NULL,
	at_ms bigint NOT NULL,
	revision bigint NOT NULL,
	PRIMARY KEY (city, id),
	CHECK (from_day <= last_day AND last_day <= to_day)
) {norowid};
CREATE UNIQUE INDEX advisor_contract_begins ON advisor_contract (city, place, from_day);
CREATE INDEX advisor_contract_provider ON advisor_contract (city, provider, from_day);

CREATE TABLE advisor_absence (
	city bigint NOT NULL,
	contract bigint NOT NULL,
	day integer NOT NULL,
	excused smallint NOT NULL,
	note text NOT NULL,
	account bigint NOT NULL,
	at_ms bigint NOT NULL,
	PRIMARY KEY (city, contract, day)
) {norowid};

CREATE TABLE advisor_substitute (       -- who stands in for some days
	city bigint NOT NULL,
	contract bigint NOT NULL,
	from_day integer NOT NULL,
	to_day integer NOT NULL,
	provider bigint NOT NULL,
	reason text NOT NULL,
	account bigint NOT NULL,
	at_ms bigint NOT NULL,
	PRIMARY KEY (city, contract, from_day),
	CHECK (from_day <= to_day)
) {norowid};

CREATE TABLE advisor_plan (             -- a year's assignment as proposed; never changed but for the decision
	city bigint NOT NULL,
	id bigint NOT NULL,
	place bigint NOT NULL,              -- the villages of that place
	name text NOT NULL,
	from_day integer NOT NULL,
	to_day integer NOT NULL,
	state smallint NOT NULL,            -- enum advisor_plan_state
	price_change integer NOT NULL,      -- minutes that another adviser than before counts
	price_dialect integer NOT NULL,     -- minutes that a rural village without the dialect counts
	price_load integer NOT NULL,        -- minutes by which each further village of an adviser counts more
	duties integer NOT NULL,
	hours smallint NOT NULL,
	fee bigint NOT NULL,                -- fen a village and year
	input_hash bigint NOT NULL,         -- of everything it was made from
	objective bigint NOT NULL,          -- weighted minutes
	bound bigint NOT NULL,              -- no plan could have less
	villages integer NOT NULL,
	opened integer NOT NULL,            -- without anybody
	minutes bigint NOT NULL,            -- of all ways there, one way
	longest integer NOT NULL,           -- minutes
	changed integer NOT NULL,           -- villages with another adviser than before
	strangers integer NOT NULL,         -- rural villages whose adviser does not speak the dialect
	advisers integer NOT NULL,          -- with at least one village of it
	most integer NOT NULL,              -- villages of the busiest, other contracts of the term counted
	account bigint NOT NULL,
	at_ms bigint NOT NULL,
	decided_by bigint,
	decided_ms bigint,
	PRIMARY KEY (city, id)
) {norowid};

CREATE TABLE advisor_plan_row (
	city bigint NOT NULL,
	plan bigint NOT NULL,
	place bigint NOT NULL,              -- of the village
	provider bigint,                    -- NULL: open
	before_provider bigint,             -- who had it on the day before; NULL: nobody
	minutes integer NOT NULL,
	PRIMARY KEY (city, plan, place)
) {norowid};
