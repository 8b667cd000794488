-- What was done on duty: signed in with the station's code of the day, written down, confirmed by the station.  Units and marks as in 0001.

CREATE TABLE duty_attend (              -- somebody was there: they typed the code that stood at the station that day; no position is kept
	city bigint NOT NULL,
	plan bigint NOT NULL,
	slot integer NOT NULL,
	provider bigint NOT NULL,
	point bigint NOT NULL,
	day integer NOT NULL,
	at_ms bigint NOT NULL,
	PRIMARY KEY (city, plan, slot)
) {norowid};
CREATE INDEX duty_attend_provider ON duty_attend (city, provider, day);

CREATE TABLE duty_log (                 -- written once; only its confirmation is added
	city bigint NOT NULL,
	plan bigint NOT NULL,
	slot integer NOT NULL,
	provider bigint NOT NULL,
	point bigint NOT NULL,
	day integer NOT NULL,
	kinds integer NOT NULL,             -- bits of enum dutylog_kind
	minutes smallint NOT NULL,
	people integer NOT NULL,            -- served
	words text NOT NULL,                -- [privacy]
	account bigint NOT NULL,
	at_ms bigint NOT NULL,
	confirmed_by bigint,                -- somebody of the station
	confirmed_ms bigint,
	PRIMARY KEY (city, plan, slot)
) {norowid};
CREATE INDEX duty_log_provider ON duty_log (city, provider, day);
