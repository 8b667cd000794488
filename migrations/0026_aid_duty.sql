-- Duty lawyers (值班律师): who is on duty where, and the help each gave (法律援助法 14, 30, 37, 39).  Units and marks as in 0001.

CREATE TABLE aid_duty (
	city bigint NOT NULL,
	id bigint NOT NULL,
	place bigint NOT NULL,              -- division code of the county
	station text NOT NULL,              -- "演示区看守所"
	station_kind smallint NOT NULL,     -- enum aid_station
	day integer NOT NULL,
	provider bigint NOT NULL,           -- a lawyer of the register
	account bigint NOT NULL,            -- who wrote it down
	at_ms bigint NOT NULL,
	PRIMARY KEY (city, id)
) {norowid};
CREATE UNIQUE INDEX aid_duty_once ON aid_duty (city, day, station, provider);
CREATE INDEX aid_duty_place ON aid_duty (city, place, day, id);

CREATE TABLE aid_duty_help (            -- one person helped; never changed but that it was passed on
	city bigint NOT NULL,
	id bigint NOT NULL,
	duty bigint NOT NULL,
	helped {blob} NOT NULL,             -- [privacy] [sealed] name
	stage smallint NOT NULL,            -- enum aid_stage
	given integer NOT NULL,             -- bits of enum aid_help
	words text NOT NULL,                -- [privacy] may be empty
	pass_due_ms bigint,                 -- wants legal aid: to be passed on by then (Art. 39); NULL: does not
	passed_ms bigint,
	passed_by bigint,
	account bigint NOT NULL,
	at_ms bigint NOT NULL,
	PRIMARY KEY (city, id)
) {norowid};
CREATE INDEX aid_duty_help_of ON aid_duty_help (city, duty, id);
