-- After hours (值班电话): who answers a point's number at which hours, monthly test calls, and calls that nobody took.
-- Units and marks as in 0001.

CREATE TABLE oncall_contact (           -- who answers for a point, in order; several may be on duty at once
	city bigint NOT NULL,
	id bigint NOT NULL,                 -- time-ordered
	point bigint NOT NULL,
	turn smallint NOT NULL,             -- 1 is rung first
	account bigint,                     -- NULL: somebody without an account
	name text NOT NULL,                 -- [privacy]
	show_name smallint NOT NULL,        -- 1: the name is shown to everybody; the office always is
	office text NOT NULL,               -- "值班律师"
	phone text NOT NULL,                -- public
	hours text NOT NULL,                -- as the point's own ("1-5 17:00-24:00; 8 00:00-24:00"); empty: at any hour
	from_day integer NOT NULL,
	to_day integer,                     -- last day; NULL: until further notice
	account_by bigint NOT NULL,         -- who wrote it
	at_ms bigint NOT NULL,
	revision bigint NOT NULL,
	PRIMARY KEY (city, id)
) {norowid};
CREATE INDEX oncall_contact_point ON oncall_contact (city, point, turn, id);

CREATE TABLE phone_test (               -- a public number was rung to see whether it is answered; never changed
	city bigint NOT NULL,
	id bigint NOT NULL,                 -- time-ordered
	point bigint NOT NULL,
	contact bigint,                     -- of oncall_contact; NULL: the point's own number
	phone text NOT NULL,                -- as it was then
	month integer NOT NULL,             -- 202606
	result smallint NOT NULL,           -- enum phone_result
	words text NOT NULL,
	account bigint NOT NULL,            -- who rang
	at_ms bigint NOT NULL,
	PRIMARY KEY (city, id)
) {norowid};
CREATE INDEX phone_test_phone ON phone_test (city, point, phone, id);
CREATE INDEX phone_test_month ON phone_test (city, month, id);

CREATE TABLE missed_call (              -- a call that nobody took, and who owes one back
	city bigint NOT NULL,
	id bigint NOT NULL,                 -- time-ordered
	request bigint NOT NULL,            -- it became this request, with a clock of the target "call back"
	point bigint NOT NULL,              -- whose number was rung
	contact bigint,                     -- who was on duty then; NULL: nobody was
	phone text NOT NULL,                -- the number rung
	rang_ms bigint NOT NULL,            -- when
	callback bigint NOT NULL,           -- the promise to ring back
	due_ms bigint NOT NULL,             -- of the promise, as it was made
	PRIMARY KEY (city, id)
) {norowid};
CREATE UNIQUE INDEX missed_call_request ON missed_call (city, request);
CREATE INDEX missed_call_point ON missed_call (city, point, id);
