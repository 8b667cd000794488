-- A hearing has a place, can be moved and called off; a calendar that has taken it must be told (RFC 5545: SEQUENCE).
-- Why a standard of subsidies was recorded.  Units and marks as in 0001.

ALTER TABLE aid_report ADD COLUMN place text NOT NULL DEFAULT '';     -- where; may be empty
ALTER TABLE aid_report ADD COLUMN changes integer NOT NULL DEFAULT 0; -- how often day, time or place were changed, or it was called off
ALTER TABLE aid_report ADD COLUMN changed_ms bigint;                  -- the last time; NULL: never
ALTER TABLE aid_report ADD COLUMN cancelled_ms bigint;                -- called off; NULL: it stands
ALTER TABLE aid_rate ADD COLUMN words text NOT NULL DEFAULT '';       -- why it was recorded
