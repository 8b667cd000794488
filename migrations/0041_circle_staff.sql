-- A point that is open and has nobody on duty covers nobody: villages of a month that this keeps outside.  circle_month.open has two
-- more values: 3 open and nobody on duty, 4 open and somebody on duty (2: open, not known).

ALTER TABLE circle_month ADD COLUMN empty bigint NOT NULL DEFAULT 0;
