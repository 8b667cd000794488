-- A case that goes out of the city: the letter (转出函).  Units and marks as in 0001.

CREATE TABLE transfer_letter (
	city bigint NOT NULL,
	request bigint NOT NULL,
	number text NOT NULL,               -- "Z260630-7KQ2-M9XA"
	kind smallint NOT NULL,             -- enum transfer_kind: 1 litigation, 2 organ of the dispute, 3 where the matter arose
	organ bigint NOT NULL,              -- division code of that place, outside the city
	authority text NOT NULL,            -- to whom it is addressed
	basis text NOT NULL,                -- law and article
	content text NOT NULL,              -- [privacy]
	told text NOT NULL,                 -- [privacy] what the resident reads
	account bigint NOT NULL,            -- who sent it
	point bigint NOT NULL,              -- where the case was held
	at_ms bigint NOT NULL,
	PRIMARY KEY (city, request)
) {norowid};
