-- Supervision (督办): rules that are data, what was said to whom and when, orders with a deadline of their own,
-- and their replies.  Units and marks as in 0001.

ALTER TABLE case_clock ADD COLUMN step smallint NOT NULL DEFAULT 0;       -- how far it was warned of: enum supervise_step; holds while step_due_ms = due_ms
ALTER TABLE case_clock ADD COLUMN step_due_ms bigint NOT NULL DEFAULT 0;  -- the due moment that step was taken for; another one now: as if none was taken
-- who is next: one walk in order of the deadline, for each step taken so far
CREATE INDEX case_clock_step ON case_clock (city, (CASE WHEN step_due_ms = due_ms THEN step ELSE 0 END), due_ms, request, target)
	WHERE met_ms IS NULL;

CREATE TABLE supervise_rule (           -- when which step comes; a change adds a whole set, nothing is overwritten
	city bigint NOT NULL,
	from_ms bigint NOT NULL,            -- the set in force is the newest one that has begun
	step smallint NOT NULL,             -- enum supervise_step: 1 warning, 2 reminder, 3 order, 4 director, 5 bureau
	count integer NOT NULL,             -- 1, 2: units before the deadline; 3: after it; 4, 5: after the reply is due
	unit smallint NOT NULL,             -- enum clock_unit
	reply_count integer NOT NULL,       -- 3: time to reply to an order; 4: time for the director to see to it; else 0
	reply_unit smallint NOT NULL,       -- enum clock_unit
	night smallint NOT NULL,            -- 1: for urgent cases also outside working hours
	source text NOT NULL,               -- the paper behind it; empty: none, shown as 未核实
	account bigint NOT NULL,            -- who set it
	written_ms bigint NOT NULL,
	PRIMARY KEY (city, from_ms, step)
) {norowid};

CREATE TABLE supervise_step (           -- what was said about a deadline, once each; never changed but for the receipt
	city bigint NOT NULL,
	request bigint NOT NULL,
	target smallint NOT NULL,           -- enum clock_target; 0: the case has no clock
	step smallint NOT NULL,             -- enum supervise_step
	due_ms bigint NOT NULL,             -- 1, 2, 3: the deadline it is about; 4, 5: when the reply was due; 6: when it was found
	at_ms bigint NOT NULL,
	said smallint NOT NULL,             -- 0: passed over, since a later step had come due by then
	to_account bigint NOT NULL,         -- whom it was said to; 0: nobody was there, it stands in the register
	order_id bigint,                    -- 3 and above: the order it is about
	rule_ms bigint NOT NULL,            -- from_ms of the rules it was judged by; 0: the program's own
	read_ms bigint,                     -- when the one it was said to signed for it
	PRIMARY KEY (city, request, target, step, due_ms)
) {norowid};

CREATE TABLE supervise_order (          -- 督办单
	city bigint NOT NULL,
	id bigint NOT NULL,                 -- time-ordered
	number text NOT NULL,               -- "D260630-7KQ2-M9XA"
	request bigint NOT NULL,
	target smallint NOT NULL,           -- enum clock_target; 0: the case as a whole
	place bigint NOT NULL,              -- of its request; scope
	level smallint NOT NULL,            -- enum supervise_step, how high it has come: 3 order, 4 director, 5 bureau
	cause text NOT NULL,                -- code of supervise.cause
	issuer bigint NOT NULL,             -- account; -1: the program, by the rules
	to_account bigint NOT NULL,         -- who must reply: the case's holder (verify)
	words text NOT NULL,                -- [privacy] of the issuer; empty: the program's
	issued_ms bigint NOT NULL,
	due_ms bigint NOT NULL,             -- until when to reply
	next_ms bigint,                     -- when it goes one level up unless replied to; NULL: never
	rule_ms bigint NOT NULL,            -- from_ms of the rules it was issued by; 0: the program's own
	state smallint NOT NULL,            -- enum order_state
	open smallint NOT NULL GENERATED ALWAYS AS (CASE WHEN state < 50 THEN 1 ELSE 0 END) STORED,
	round integer NOT NULL,             -- of replies, from 1
	read_ms bigint,                     -- when the one who must reply signed for it
	read_by bigint,
	report_to bigint,                   -- director or official it was reported to last; 0: nobody was there
	report_ms bigint,
	closed_ms bigint,
	revision bigint NOT NULL,
	PRIMARY KEY (city, id)
) {norowid};
CREATE UNIQUE INDEX supervise_order_number ON supervise_order (city, number);
CREATE UNIQUE INDEX supervise_order_open ON supervise_order (city, request, target) WHERE open = 1; -- one at a time
CREATE INDEX supervise_order_request ON supervise_order (city, request, id);
CREATE INDEX supervise_order_to ON supervise_order (city, to_account, due_ms, id) WHERE open = 1;
CREATE INDEX supervise_order_next ON supervise_order (city, next_ms, id) WHERE next_ms IS NOT NULL;
CREATE INDEX supervise_order_report ON supervise_order (city, report_to, id) WHERE open = 1;

CREATE TABLE supervise_reply (          -- what was answered to an order and how that was taken; one row a round
	city bigint NOT NULL,
	order_id bigint NOT NULL,
	round integer NOT NULL,
	due_ms bigint NOT NULL,             -- until when it was due
	reply text NOT NULL,                -- [privacy]
	replied_ms bigint NOT NULL,
	replied_by bigint NOT NULL,
	verdict smallint,                   -- enum order_verdict: 1 accepted, 2 sent back; NULL: not yet
	words text,                         -- [privacy] of the verdict
	judged_ms bigint,
	judged_by bigint,
	PRIMARY KEY (city, order_id, round)
) {norowid};

-- Cities that are there already get the causes; a new one gets them with its other code tables.
INSERT INTO code_value (city, kind, code, from_day, name, name_en, sort, flags)
	SELECT c.city, 'supervise.cause', v.code, 16801, v.name, v.name_en, v.sort, 0
	FROM (SELECT DISTINCT city FROM code_value WHERE kind = 'dispatch.return') c
	CROSS JOIN (
		SELECT 'accept_late' AS code, '受理超时' AS name, 'not accepted in time' AS name_en, 1 AS sort
		UNION ALL SELECT 'answer_late', '答复超时', 'not answered in time', 2
		UNION ALL SELECT 'close_late', '办结超时', 'not closed in time', 3
		UNION ALL SELECT 'no_clock', '没有期限在走', 'no clock is running', 4
		UNION ALL SELECT 'passing_on', '推诿、反复转办', 'passed from hand to hand', 5
		UNION ALL SELECT 'quality', '办理质量问题', 'quality of the work', 6
		UNION ALL SELECT 'complaint', '求助人投诉', 'a complaint of the resident', 7
		UNION ALL SELECT 'other', '其他（写明原因）', 'other (say why)', 8
	) v;
