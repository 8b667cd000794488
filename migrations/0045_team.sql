-- Service teams of judicial offices, teams of volunteers and groups with a name: who is in them, their visits; hours given for nothing;
-- advisers paired with village officials.  Units and marks as in 0001.

CREATE TABLE team (
	city bigint NOT NULL,
	id bigint NOT NULL,
	kind smallint NOT NULL,             -- enum team_kind
	name text NOT NULL,
	place bigint NOT NULL,              -- division: of a judicial office its town
	needs integer NOT NULL,             -- bits of enum team_profession that are to be in it
	active smallint NOT NULL,
	account bigint NOT NULL,
	at_ms bigint NOT NULL,
	revision bigint NOT NULL,
	PRIMARY KEY (city, id)
) {norowid};
CREATE INDEX team_place ON team (city, place, id);
CREATE UNIQUE INDEX team_office ON team (city, place) WHERE kind = 1 AND active = 1;

CREATE TABLE team_member (
	city bigint NOT NULL,
	id bigint NOT NULL,
	team bigint NOT NULL,
	provider bigint,                    -- one of both registers
	mediator bigint,
	leads smallint NOT NULL,
	from_day integer NOT NULL,
	to_day integer,                     -- last day; NULL: still in it
	account bigint NOT NULL,
	at_ms bigint NOT NULL,
	PRIMARY KEY (city, id),
	CHECK ((provider IS NULL) <> (mediator IS NULL))
) {norowid};
CREATE INDEX team_member_team ON team_member (city, team, id);
CREATE UNIQUE INDEX team_member_provider ON team_member (city, team, provider) WHERE provider IS NOT NULL AND to_day IS NULL;
CREATE UNIQUE INDEX team_member_mediator ON team_member (city, team, mediator) WHERE mediator IS NOT NULL AND to_day IS NULL;

CREATE TABLE team_visit (               -- planned, then written down or dropped
	city bigint NOT NULL,
	id bigint NOT NULL,
	team bigint NOT NULL,
	place bigint NOT NULL,              -- where to
	day integer NOT NULL,
	what text NOT NULL,
	state smallint NOT NULL,            -- enum visit_state
	kinds integer NOT NULL,             -- bits of enum dutylog_kind; 0: not written down
	minutes integer NOT NULL,
	people integer NOT NULL,            -- served
	words text NOT NULL,                -- [privacy]
	account bigint NOT NULL,
	at_ms bigint NOT NULL,
	done_by bigint,
	done_ms bigint,
	PRIMARY KEY (city, id)
) {norowid};
CREATE INDEX team_visit_team ON team_visit (city, team, day, id);

CREATE TABLE service_hours (            -- given for nothing; counts when a second person has confirmed it
	city bigint NOT NULL,
	id bigint NOT NULL,
	provider bigint NOT NULL,
	team bigint,                        -- for which group; NULL: none
	kind smallint NOT NULL,             -- enum hours_kind
	day integer NOT NULL,
	minutes integer NOT NULL,
	words text NOT NULL,
	account bigint NOT NULL,
	at_ms bigint NOT NULL,
	confirmed_by bigint,
	confirmed_ms bigint,
	PRIMARY KEY (city, id)
) {norowid};
CREATE INDEX service_hours_provider ON service_hours (city, provider, day);
CREATE INDEX service_hours_day ON service_hours (city, day, id);
CREATE INDEX service_hours_open ON service_hours (city, id) WHERE confirmed_ms IS NULL;

CREATE TABLE adviser_pair (             -- a village's adviser and its college-graduate official
	city bigint NOT NULL,
	id bigint NOT NULL,
	provider bigint NOT NULL,
	official text NOT NULL,             -- [privacy] name
	place bigint NOT NULL,              -- of the village
	from_day integer NOT NULL,
	to_day integer,                     -- last day; NULL: goes on
	account bigint NOT NULL,
	at_ms bigint NOT NULL,
	PRIMARY KEY (city, id)
) {norowid};
CREATE INDEX adviser_pair_place ON adviser_pair (city, place, id);

CREATE TABLE pair_training (            -- what was practised together; never changed
	city bigint NOT NULL,
	id bigint NOT NULL,
	pair bigint NOT NULL,
	day integer NOT NULL,
	minutes integer NOT NULL,
	words text NOT NULL,                -- [privacy]
	account bigint NOT NULL,
	at_ms bigint NOT NULL,
	PRIMARY KEY (city, id)
) {norowid};
CREATE INDEX pair_training_pair ON pair_training (city, pair, day);
