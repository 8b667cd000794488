-- Seminars and demonstrations on the quality of legal aid: what was talked about, over which cases, with how many.
CREATE TABLE quality_seminar (
	city bigint NOT NULL,
	id bigint NOT NULL,
	kind smallint NOT NULL,             -- enum quality_seminar_kind
	place bigint NOT NULL,              -- division code of whoever held it: county or city
	day integer NOT NULL,
	topic text NOT NULL,
	host text NOT NULL,                 -- where, by whom
	people integer NOT NULL,            -- who came
	words text NOT NULL,                -- what came out of it
	account bigint NOT NULL,
	at_ms bigint NOT NULL,
	PRIMARY KEY (city, id)
) {norowid};
CREATE TABLE quality_seminar_case (     -- cases that were shown
	city bigint NOT NULL,
	seminar bigint NOT NULL,
	request bigint NOT NULL,
	PRIMARY KEY (city, seminar, request)
) {norowid};
