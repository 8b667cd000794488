-- Where an account has logged in from: a right password from there is not refused because of guesses made elsewhere.

CREATE TABLE login_network (
	city bigint NOT NULL,
	login text NOT NULL,
	network text NOT NULL,              -- [privacy] IPv4 address, or the /64 of an IPv6 address
	at_ms bigint NOT NULL,              -- the last time; forgotten after DELAY_KNOWN_MS
	PRIMARY KEY (city, login, network)
) {norowid};
CREATE INDEX login_network_at ON login_network (city, at_ms);
