-- What supports the work of village advisers (综合保障).  Units and marks as in 0001.

CREATE TABLE advisor_support (          -- what the place did for the work of its adviser; never changed
	city bigint NOT NULL,
	id bigint NOT NULL,                 -- time-ordered
	contract bigint NOT NULL,
	day integer NOT NULL,
	kind smallint NOT NULL,             -- enum advisor_support_kind
	amount bigint NOT NULL,             -- fen; 0: no money
	words text NOT NULL,
	account bigint NOT NULL,
	at_ms bigint NOT NULL,
	PRIMARY KEY (city, id)
) {norowid};
CREATE INDEX advisor_support_contract ON advisor_support (city, contract, day);
