-- What was told at the door and is not what stands on record; what a form asked for; files that rows name.
-- Units and marks as in 0001.

ALTER TABLE request ADD COLUMN told_name text;                       -- [privacy] as typed, when the person on record has another name; NULL: the same
ALTER TABLE request ADD COLUMN differs smallint NOT NULL DEFAULT 0;  -- bits of PERSON_DIFFERS_*: what was typed and is not what stands on record
ALTER TABLE request ADD COLUMN asked {blob};                         -- [index] 16 bytes, keyed hash of all that was typed; NULL: made by us

CREATE INDEX attachment_file ON attachment (city, sha256);           -- which rows name a file: the sweep asks before it deletes one
