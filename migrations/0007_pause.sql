-- A clock that stands still says why, until when at the latest, on what paper, and who let it go on.
-- Units and marks as in 0001.

ALTER TABLE case_pause ADD COLUMN targets integer NOT NULL DEFAULT 12;   -- which clocks: bits 1 << enum clock_target
ALTER TABLE case_pause ADD COLUMN words text NOT NULL DEFAULT '';        -- what is awaited; the resident reads it [privacy]
ALTER TABLE case_pause ADD COLUMN until_ms bigint NOT NULL DEFAULT 0;    -- goes on by itself then, if nobody was before
ALTER TABLE case_pause ADD COLUMN proof bigint;                          -- attachment of this request
ALTER TABLE case_pause ADD COLUMN ended_by bigint;                       -- account; -1: by itself
ALTER TABLE case_pause ADD COLUMN ended_words text NOT NULL DEFAULT '';  -- [privacy]

-- one at a time for a request, so pauses cannot overlap
CREATE UNIQUE INDEX case_pause_running ON case_pause (city, request) WHERE to_ms IS NULL;
CREATE INDEX case_pause_until ON case_pause (city, until_ms, request) WHERE to_ms IS NULL;
