-- What is open in a published or missing month, reported before it happens and once a step.  Units and marks as in 0001.

CREATE TABLE duty_alarm (
	city bigint NOT NULL,
	id bigint NOT NULL,                 -- time-ordered
	county bigint NOT NULL,
	month integer NOT NULL,             -- 202607
	kind smallint NOT NULL,             -- enum dutylog_alarm_kind
	place bigint NOT NULL,              -- of the village, of the window; the county
	point bigint NOT NULL,              -- of a window; 0: a visit, the month
	which integer NOT NULL,             -- the visit of the month, from 0; a seat: day of the month times 8 and the seat
	turn smallint NOT NULL,             -- from 1: the same gap after it had been filled
	due_day integer NOT NULL,           -- the day on which nobody will be there; an open visit: the last of the month
	step smallint NOT NULL,             -- enum supervise_step: the last that was taken
	planner bigint NOT NULL,            -- who is to see to it; 0: nobody was there
	director bigint NOT NULL,           -- to whom it is reported as well; 0: nobody
	first_ms bigint NOT NULL,
	step_ms bigint NOT NULL,
	cleared_ms bigint,                  -- filled, or done with; NULL: it stands
	PRIMARY KEY (city, id)
) {norowid};
CREATE UNIQUE INDEX duty_alarm_once ON duty_alarm (city, county, month, kind, place, point, which, turn);
CREATE INDEX duty_alarm_open ON duty_alarm (city, county, due_day, id) WHERE cleared_ms IS NULL;
