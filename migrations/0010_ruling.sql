-- A case sent back twice waits for a ruling; who sends one back says who should have it, or that this is not clear.
-- Units and marks as in 0001.

CREATE INDEX handover_returned ON handover (city, request, answered_ms) WHERE state = 3;

INSERT INTO code_value (city, kind, code, from_day, to_day, name, name_en, sort, flags)
	SELECT c.city, 'dispatch.return', 'unclear', c.from_day, c.to_day, '不清楚应由谁办', 'not clear who should', 7, c.flags
	FROM code_value c WHERE c.kind = 'dispatch.return' AND c.code = 'other'
	AND NOT EXISTS (SELECT 1 FROM code_value o WHERE o.city = c.city AND o.kind = c.kind AND o.code = 'unclear');
