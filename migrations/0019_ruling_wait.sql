-- Which cases wait for a ruling stands on the case, so that a queue's count does not group every hand-over of the city.
-- Units and marks as in 0001.

ALTER TABLE request ADD COLUMN ruling_ms bigint; -- open, sent back too often and not ruled on: since the last return (verify); else NULL
UPDATE request SET ruling_ms = (SELECT MAX(h.answered_ms) FROM handover h
	WHERE h.city = request.city AND h.request = request.id AND h.state = 3)
	WHERE open = 1
	AND (SELECT COUNT(*) FROM handover h WHERE h.city = request.city AND h.request = request.id AND h.state = 3) >= 2
	AND NOT EXISTS (SELECT 1 FROM event e WHERE e.city = request.city AND e.request = request.id AND e.kind = 'dispatch.ruled');
CREATE INDEX request_ruling ON request (city, place) WHERE ruling_ms IS NOT NULL;
