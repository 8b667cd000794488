-- Papers as they were first made, and those that are still owed.  Units and marks as in 0001.

CREATE TABLE paper_bytes (              -- the print itself: whatever fonts and templates come later, it is read from here
	city bigint NOT NULL,
	id bigint NOT NULL,                 -- of the paper
	bytes {blob} NOT NULL,              -- [privacy] [sealed] the PDF
	PRIMARY KEY (city, id)
) {norowid};

CREATE TABLE paper_owed (               -- a deed that wants a paper, written down with the deed; issued when it can be set
	city bigint NOT NULL,
	id bigint NOT NULL,
	request bigint NOT NULL,
	kind text NOT NULL,                 -- template
	place bigint NOT NULL,              -- of the office that issues; 0: of whoever holds the case then
	facts {blob},                       -- [privacy] [sealed] what it says; NULL: gathered from the case when it is set
	account bigint NOT NULL,            -- who took the step
	at_ms bigint NOT NULL,              -- when
	next_ms bigint NOT NULL,            -- not tried again before
	tries integer NOT NULL,
	why text NOT NULL,                  -- why it could not be set; empty: not tried yet
	paper bigint,                       -- what it became; NULL: still owed
	PRIMARY KEY (city, id)
) {norowid};
CREATE INDEX paper_owed_request ON paper_owed (city, request, id);
CREATE INDEX paper_owed_due ON paper_owed (city, next_ms, id) WHERE paper IS NULL;
