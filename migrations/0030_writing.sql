-- Simple papers written for people (代写法律文书): a draft beside its case, checked by a second person, then issued as a
-- paper of its own.  Units and marks as in 0001.

CREATE TABLE writing (
	city bigint NOT NULL,
	id bigint NOT NULL,                 -- time-ordered
	request bigint NOT NULL,
	kind text NOT NULL,                 -- of its template
	facts {blob} NOT NULL,              -- [privacy] [sealed] canonical text, as far as said
	state smallint NOT NULL,            -- enum writing_state
	author bigint NOT NULL,             -- who wrote it last
	begun_ms bigint NOT NULL,
	at_ms bigint NOT NULL,              -- last step
	checker bigint,                     -- who checked it: never the author
	words text NOT NULL,                -- [privacy] of the checker; may be empty
	read_back smallint NOT NULL,        -- enum writing_read: how the person learned what it says
	paper bigint,                       -- issued
	revision bigint NOT NULL,
	PRIMARY KEY (city, id)
) {norowid};
CREATE INDEX writing_request ON writing (city, request, id);
CREATE UNIQUE INDEX writing_paper ON writing (city, paper) WHERE paper IS NOT NULL;
