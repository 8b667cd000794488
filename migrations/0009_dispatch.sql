-- Weights of the dispatch engine as dated data, and every decision with all that it was made from: it can be made again,
-- and must come out the same byte for byte.  dispatch_choice keeps what older programs stored (their scores without the
-- facts behind them) and is written no more.  Units and marks as in 0001.

CREATE TABLE dispatch_rules (           -- what counts how much, by version; never changed
	city bigint NOT NULL,
	version integer NOT NULL,           -- 1, 2, …; the highest is in force
	since_ms bigint NOT NULL,
	weights text NOT NULL,              -- "key=number" lines, all keys, in the engine's order
	account bigint NOT NULL,            -- who decided; -1: as the program came
	words text NOT NULL,                -- why, or which paper; empty: none, shown as 未核实
	PRIMARY KEY (city, version)
) {norowid};

CREATE TABLE dispatch_decision (        -- who was to have a case, out of whom, and why; never changed
	city bigint NOT NULL,
	id bigint NOT NULL,
	request bigint NOT NULL,
	at_ms bigint NOT NULL,
	engine integer NOT NULL,            -- version of the rule itself (DISPATCH_ENGINE)
	rules integer NOT NULL,             -- version of the weights
	seed bigint NOT NULL,               -- breaks ties
	input text NOT NULL,                -- the facts of the case and of every candidate, canonical (dispatch_record.c); numbers alone
	output text NOT NULL,               -- the order and every score or bar, canonical
	how smallint NOT NULL,              -- enum dispatch_how: 1 the best, 2 the best at a point, 3 by hand, 4 ruled by a supervisor
	chosen bigint NOT NULL,             -- account
	reason text NOT NULL,               -- [privacy] words of whoever handed it over
	PRIMARY KEY (city, id)
) {norowid};
CREATE INDEX dispatch_decision_request ON dispatch_decision (city, request, id);
