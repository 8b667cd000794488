-- Which open deadlines were counted with an older calendar: they are counted again when a new one is imported.
-- Units and marks as in 0001.

CREATE INDEX case_clock_calendar ON case_clock (city, calendar, request, target) WHERE met_ms IS NULL;
