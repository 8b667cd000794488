-- Activities that recur and have names: market days, visits of teams, mobile rounds, talks.  Units and marks as in 0001.

CREATE TABLE activity (
	city bigint NOT NULL,
	id bigint NOT NULL,                 -- time-ordered
	county bigint NOT NULL,
	kind smallint NOT NULL,             -- enum activity_kind
	name text NOT NULL,
	name_en text NOT NULL,              -- empty: none
	words text NOT NULL,                -- what is done there, for residents
	ends_in smallint NOT NULL,          -- bit k: days of the month whose number ends in k; 0: any
	weekdays smallint NOT NULL,         -- bit k: weekday k, 0 Monday; 0: any
	nth smallint NOT NULL,              -- bit k: the (k + 1)th such weekday of the month; 0: any
	rest smallint NOT NULL,             -- 1: on days off and holidays, too
	from_day integer NOT NULL,
	to_day integer,                     -- last day; NULL: until further notice
	account bigint NOT NULL,
	at_ms bigint NOT NULL,
	revision bigint NOT NULL,
	PRIMARY KEY (city, id),
	CHECK (to_day IS NULL OR from_day <= to_day)
) {norowid};
CREATE INDEX activity_county ON activity (city, county, id);

CREATE TABLE activity_stop (            -- where it is held; a round has several, in this order
	city bigint NOT NULL,
	activity bigint NOT NULL,
	nth smallint NOT NULL,              -- from 0
	place bigint NOT NULL,              -- of the village, or of the town
	opens smallint NOT NULL,            -- minute of the day
	closes smallint NOT NULL,           -- minute of the day, > opens
	PRIMARY KEY (city, activity, nth)
) {norowid};
CREATE INDEX activity_stop_place ON activity_stop (city, place, activity);
