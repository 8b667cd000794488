-- From when and how long the time to reply to an order runs: it is counted again when the table of holidays changes.
-- Units and marks as in 0001.

ALTER TABLE supervise_order ADD COLUMN base_ms bigint NOT NULL DEFAULT 0;      -- from when its reply is counted: issued, or sent back
ALTER TABLE supervise_order ADD COLUMN reply_count integer NOT NULL DEFAULT 0; -- units from there to due_ms; 0: the day was set by hand and stays
ALTER TABLE supervise_order ADD COLUMN reply_unit smallint NOT NULL DEFAULT 0; -- enum clock_unit
ALTER TABLE supervise_order ADD COLUMN calendar integer NOT NULL DEFAULT 0;    -- version of the table due_ms and next_ms were counted with
CREATE INDEX supervise_order_calendar ON supervise_order (city, calendar, id) WHERE state < 40;
UPDATE supervise_order SET base_ms = issued_ms;
-- those of the program in their first round were counted by the rules; of the others nobody knows: they stay
UPDATE supervise_order SET reply_count = COALESCE((SELECT r.reply_count FROM supervise_rule r WHERE r.city = supervise_order.city
	AND r.from_ms = supervise_order.rule_ms AND r.step = 3), 2), reply_unit = COALESCE((SELECT r.reply_unit FROM supervise_rule r
	WHERE r.city = supervise_order.city AND r.from_ms = supervise_order.rule_ms AND r.step = 3), 2)
	WHERE issuer = -1 AND round = 1;
