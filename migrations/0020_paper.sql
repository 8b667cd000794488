-- Papers (文书): the register of what was issued under which number, with the facts and the template each was made from.
-- Units and marks as in 0001.

CREATE TABLE paper_template (           -- templates that papers were made from, as they were then
	city bigint NOT NULL,
	hash text NOT NULL,                 -- SHA-256 of the text, hexadecimal
	kind text NOT NULL,                 -- "legalaid.grant"
	text text NOT NULL,
	since_ms bigint NOT NULL,           -- first used
	PRIMARY KEY (city, hash)
) {norowid};

CREATE TABLE paper_series (             -- a year's numbers of a county and a word: 1, 2, 3 without gaps
	city bigint NOT NULL,
	place bigint NOT NULL,              -- the county that issues, or the city
	series text NOT NULL,               -- "援决"
	year integer NOT NULL,              -- in China
	taken bigint NOT NULL,              -- the last number taken
	PRIMARY KEY (city, place, series, year)
) {norowid};

CREATE TABLE paper (
	city bigint NOT NULL,
	id bigint NOT NULL,                 -- time-ordered
	request bigint NOT NULL,
	place bigint NOT NULL,              -- of its series
	kind text NOT NULL,                 -- of its template
	name text NOT NULL,                 -- "给予法律援助决定书"
	series text NOT NULL,
	year integer NOT NULL,
	seq bigint NOT NULL,
	number text NOT NULL,               -- as printed
	template text NOT NULL,             -- hash in paper_template
	facts {blob} NOT NULL,              -- [privacy] [sealed] canonical text
	code text NOT NULL,                 -- verification code at its foot
	url text NOT NULL,                  -- where its QR code leads; empty: it has none
	shown smallint NOT NULL,            -- addressed to residents: read with the receipt
	account bigint NOT NULL,            -- who issued it
	at_ms bigint NOT NULL,              -- when
	digest text,                        -- SHA-256 of its bytes, hexadecimal; NULL: not made yet
	copies bigint NOT NULL,             -- how often it was read
	void_ms bigint,                     -- since when it no longer holds
	void_by bigint,
	void_reason text,
	PRIMARY KEY (city, id)
) {norowid};
CREATE INDEX paper_request ON paper (city, request, id);
CREATE UNIQUE INDEX paper_number ON paper (city, place, series, year, seq);
CREATE UNIQUE INDEX paper_code ON paper (city, code);
CREATE INDEX paper_due ON paper (city, id) WHERE digest IS NULL;
