-- What somebody was handed in a window of days is counted from the index alone: `how` stands in it too.
-- From here on dispatch_rules.since_ms may lie ahead: in force is the highest version whose moment has come.

DROP INDEX holding_account;
CREATE INDEX holding_account ON holding (city, account, since_ms, how);
