-- Figures of the half-hour circle kept by month, with all they were made from.  Units and marks as in 0001.

CREATE TABLE circle_input (             -- villages and points as they stood, once for all months of the same state
	city bigint NOT NULL,
	hash bigint NOT NULL,               -- of the bytes
	bytes {blob} NOT NULL,              -- circle_keep.c says how they are written
	since_ms bigint NOT NULL,           -- first used
	PRIMARY KEY (city, hash)
) {norowid};

CREATE TABLE circle_month (
	city bigint NOT NULL,
	id bigint NOT NULL,                 -- time-ordered
	place bigint NOT NULL,              -- the jurisdiction the figures are of
	month integer NOT NULL,             -- 202606
	mode smallint NOT NULL,             -- 0 car, 1 e-bike, 2 foot (enum route_mode)
	minutes smallint NOT NULL,          -- the limit
	tier smallint NOT NULL,             -- which points counted (circle_tier_choices)
	day smallint NOT NULL,              -- 1 Monday .. 7 Sunday, 8 whatever the hours, 9 the moment of asking
	time smallint NOT NULL,             -- minute of that day
	moment_ms bigint NOT NULL,          -- the moment asked for; 0: whatever the hours
	input bigint NOT NULL,              -- circle_input.hash
	open {blob} NOT NULL,               -- a byte each point: 0 not asked for or not there, 1 shut, 2 open
	net_hash bigint NOT NULL,           -- of the network; 0: straight lines
	provider text NOT NULL,             -- whose times
	people smallint NOT NULL,           -- 1: weights are people, 0: villages
	villages bigint NOT NULL,           -- in all, and by verdict
	covered bigint NOT NULL,
	shut bigint NOT NULL,
	far bigint NOT NULL,
	doubt bigint NOT NULL,              -- cannot tell, off the network, no position
	weight bigint NOT NULL,             -- people or villages, in all and inside
	covered_weight bigint NOT NULL,
	urban_permille integer NOT NULL,    -- -1: nobody
	rural_permille integer NOT NULL,
	gini_permille integer NOT NULL,
	p90_seconds integer NOT NULL,
	account bigint NOT NULL,            -- who kept them
	at_ms bigint NOT NULL,              -- when
	PRIMARY KEY (city, id)
) {norowid};
CREATE UNIQUE INDEX circle_month_once ON circle_month (city, place, month, mode, minutes, tier, day, time);
