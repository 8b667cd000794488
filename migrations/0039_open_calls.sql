-- What pages that everybody opens ask for: the promises to ring back that are open, the nearest first, the ratings of one point, and
-- the disputes taken from one chat group.
CREATE INDEX mediation_chat_group ON mediation (city, chat_group) WHERE chat_group IS NOT NULL;
CREATE INDEX callback_open ON callback (city, due_ms, id) WHERE done_ms IS NULL;
CREATE UNIQUE INDEX missed_call_callback ON missed_call (city, callback);
CREATE INDEX review_point ON review (city, point, asked_ms);
