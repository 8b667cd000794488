-- Plans of the half-hour circle: where the next points should stand, as proposed and accepted.  Units and marks as in 0001.

CREATE TABLE circle_plan (
	city bigint NOT NULL,
	id bigint NOT NULL,                 -- time-ordered
	place bigint NOT NULL,              -- the jurisdiction it is of
	name text NOT NULL,
	mode smallint NOT NULL,             -- 0 car, 1 e-bike, 2 foot (enum route_mode)
	minutes smallint NOT NULL,          -- the limit
	tier smallint NOT NULL,             -- which points counted (circle_tier_choices)
	day smallint NOT NULL,              -- 1 Monday .. 7 Sunday, 8 whatever the hours, 9 the moment of asking
	time smallint NOT NULL,             -- minute of that day
	keep smallint NOT NULL,             -- 1: beside the points there are, 0: from nothing
	asked smallint NOT NULL,            -- how many points were asked for
	seed bigint NOT NULL,               -- of the search
	people smallint NOT NULL,           -- 1: weights are people, 0: villages
	before_weight bigint NOT NULL,      -- inside before it
	objective bigint NOT NULL,          -- inside with it
	bound bigint NOT NULL,              -- no choice of so many could reach more
	provider text NOT NULL,             -- whose times
	net_hash bigint NOT NULL,           -- of the network, 0: straight lines
	input_hash bigint NOT NULL,         -- of villages, points and network
	account bigint NOT NULL,            -- who accepted it
	at_ms bigint NOT NULL,              -- when
	drafted_ms bigint,                  -- when its points went into the register; NULL: they have not
	PRIMARY KEY (city, id)
) {norowid};

CREATE TABLE circle_plan_site (         -- the points of a plan
	city bigint NOT NULL,
	plan bigint NOT NULL,
	n smallint NOT NULL,                -- 1, 2, …
	village bigint NOT NULL,
	lon_e7 bigint NOT NULL,             -- 1e-7 degree, WGS-84
	lat_e7 bigint NOT NULL,
	PRIMARY KEY (city, plan, n)
) {norowid};
