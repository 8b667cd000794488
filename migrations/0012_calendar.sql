-- What was changed in the table of holidays, day by day: who, when, on what paper.
-- Units and marks as in 0001.

CREATE TABLE calendar_change (
	city bigint NOT NULL,
	version integer NOT NULL,           -- of the table from this change on
	day integer NOT NULL,
	at_ms bigint NOT NULL,
	account bigint NOT NULL,            -- -1: came with the program
	before_kind smallint NOT NULL,      -- enum day_kind; an ordinary day: 0 Monday to Friday, 1 at the weekend
	after_kind smallint NOT NULL,
	name text NOT NULL,
	source text NOT NULL,               -- title and number of the notice
	PRIMARY KEY (city, version, day)
) {norowid};
