-- A case that stays late is ordered again: which turn an order and its steps are of, and when the next one begins.
-- Units and marks as in 0001.

ALTER TABLE supervise_order ADD COLUMN turn integer NOT NULL DEFAULT 1; -- of orders for one deadline, from 1
ALTER TABLE supervise_order ADD COLUMN again_ms bigint;                 -- closed: when its clock is looked at again; NULL: never, or done
CREATE INDEX supervise_order_again ON supervise_order (city, again_ms, id) WHERE again_ms IS NOT NULL;
-- orders accepted before: looked at in the next working hour
UPDATE supervise_order SET again_ms = closed_ms WHERE state = 50 AND target <> 0;

ALTER TABLE supervise_rule ADD COLUMN most integer NOT NULL DEFAULT 0; -- step 7: turns of orders for one deadline; else 0

-- the turn belongs to the key
CREATE TABLE supervise_step_turn (      -- what was said about a deadline, once each turn; never changed but for the receipt
	city bigint NOT NULL,
	request bigint NOT NULL,
	target smallint NOT NULL,           -- enum clock_target; 0: the case has no clock
	step smallint NOT NULL,             -- enum supervise_step
	due_ms bigint NOT NULL,             -- 1, 2, 3: the deadline it is about; 4, 5: when the reply was due; 6: when it was found; 7: the deadline
	turn integer NOT NULL,              -- of the order; 1, 2, 6: 1; 7: the last
	at_ms bigint NOT NULL,
	said smallint NOT NULL,             -- 0: passed over, since a later step had come due by then
	to_account bigint NOT NULL,         -- whom it was said to; 0: nobody was there, it stands in the register
	order_id bigint,                    -- 3 and above: the order it is about
	rule_ms bigint NOT NULL,            -- from_ms of the rules it was judged by; 0: the program's own
	read_ms bigint,                     -- when the one it was said to signed for it
	PRIMARY KEY (city, request, target, step, due_ms, turn)
) {norowid};
INSERT INTO supervise_step_turn (city, request, target, step, due_ms, turn, at_ms, said, to_account, order_id, rule_ms, read_ms)
	SELECT city, request, target, step, due_ms, 1, at_ms, said, to_account, order_id, rule_ms, read_ms FROM supervise_step;
DROP TABLE supervise_step;
ALTER TABLE supervise_step_turn RENAME TO supervise_step;
