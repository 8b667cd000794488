-- What older programs left open, as the program keeps it now: no offer and no promised call on a case that
-- has ended, calls with whoever holds the case, no right from an offer that is over.
-- Units and marks as in 0001.

UPDATE handover SET state = 4, answered_ms = offered_ms WHERE state = 1 AND EXISTS (SELECT 1 FROM request r
	WHERE r.city = handover.city AND r.id = handover.request AND r.open = 0);

UPDATE callback SET done_ms = due_ms, result = 'withdrawn' WHERE done_ms IS NULL AND EXISTS (SELECT 1 FROM request r
	WHERE r.city = callback.city AND r.id = callback.request AND r.open = 0);

UPDATE callback SET account = (SELECT r.holder FROM request r WHERE r.city = callback.city AND r.id = callback.request)
	WHERE done_ms IS NULL;

DELETE FROM case_grant WHERE why = 'handover'
	AND NOT EXISTS (SELECT 1 FROM handover h WHERE h.city = case_grant.city AND h.request = case_grant.request
		AND h.to_account = case_grant.account AND h.state = 1)
	AND NOT EXISTS (SELECT 1 FROM holding o WHERE o.city = case_grant.city AND o.request = case_grant.request
		AND o.account = case_grant.account)
	AND NOT EXISTS (SELECT 1 FROM event e WHERE e.city = case_grant.city AND e.request = case_grant.request
		AND e.account = case_grant.account AND e.kind <> 'dispatch.returned');
