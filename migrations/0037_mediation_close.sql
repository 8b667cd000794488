-- A mediation's own steps start its limits; the request itself is open as long as its agreement is performed: twelve months, ours.
INSERT INTO item_limit (city, item, from_day, target, count, unit, roll, source)
	SELECT l.city, l.item, l.from_day, 3, 12, 3, 1, '内部服务承诺（可改）' FROM item_limit l
	JOIN item i ON i.city = l.city AND i.id = l.item AND i.matter = 'mediation'
	WHERE l.target = 2 AND NOT EXISTS (SELECT 1 FROM item_limit o WHERE o.city = l.city AND o.item = l.item
	AND o.from_day = l.from_day AND o.target = 3);
