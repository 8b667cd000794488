-- What pages that everybody opens ask for: the promises to ring back that are open, the nearest first, and the ratings of one point.
CREATE INDEX callback_open ON callback (city, due_ms, id) WHERE done_ms IS NULL;
CREATE UNIQUE INDEX missed_call_callback ON missed_call (city, callback);
CREATE INDEX review_point ON review (city, point, asked_ms);
