-- People's mediation (人民调解): a dispute from its registration to the performed agreement, the register of mediators and
-- of neighbourhood chat groups.  One row of mediation beside its request.  Units and marks as in 0001.

CREATE TABLE mediator (                 -- who may mediate: members of committees, and panels for labour and medical disputes
	city bigint NOT NULL,
	id bigint NOT NULL,
	name text NOT NULL,
	kind smallint NOT NULL,             -- enum mediator_kind
	committee text NOT NULL,            -- name of the committee, panel or room
	place bigint NOT NULL,              -- division code where it works
	categories integer NOT NULL,        -- bits of enum mediation_category; 0: ordinary disputes of any kind
	account bigint,                     -- who logs in; NULL: nobody
	phone text NOT NULL,                -- of the committee's office; may be empty
	active smallint NOT NULL,
	revision bigint NOT NULL,
	PRIMARY KEY (city, id)
) {norowid};
CREATE INDEX mediator_place ON mediator (city, place, id);
CREATE UNIQUE INDEX mediator_account ON mediator (city, account) WHERE account IS NOT NULL;

CREATE TABLE mediation_group (          -- neighbourhood chat groups that troubles are taken from
	city bigint NOT NULL,
	id bigint NOT NULL,
	name text NOT NULL,
	platform text NOT NULL,             -- where it is: "微信"
	place bigint NOT NULL,              -- division code it is for
	mediator bigint NOT NULL,           -- who reads it
	members integer NOT NULL,           -- persons in it, 0 not told
	active smallint NOT NULL,
	since integer NOT NULL,             -- day
	revision bigint NOT NULL,
	PRIMARY KEY (city, id)
) {norowid};
CREATE INDEX mediation_group_place ON mediation_group (city, place, id);

CREATE TABLE mediation (
	city bigint NOT NULL,
	request bigint NOT NULL,
	state smallint NOT NULL,            -- enum mediation_state
	source smallint NOT NULL,           -- enum mediation_source; 0: not registered yet
	category smallint NOT NULL,         -- enum mediation_category
	level smallint NOT NULL,            -- enum mediation_level: how hard
	organ text NOT NULL,                -- who entrusted it; may be empty
	chat_group bigint,                  -- mediation_group it was taken from
	facts text NOT NULL,                -- [privacy] the dispute
	registered_ms bigint,
	registered_by bigint,               -- 0: the resident
	accepted_ms bigint,
	extended_ms bigint,                 -- the time was made longer, once
	form smallint NOT NULL,             -- enum mediation_form of the agreement; 0: none
	content text NOT NULL,              -- [privacy] what was agreed
	duty text NOT NULL,                 -- [privacy] each side's responsibility; may be empty
	status_relation smallint NOT NULL,  -- 1: confirms identity, adoption or marriage: courts do not confirm it
	drafted_ms bigint,
	mediator_signed_ms bigint,
	sealed_ms bigint,                   -- the committee's seal
	effect_ms bigint,                   -- in effect since
	agreed_fen bigint NOT NULL,         -- sum of what is to be paid
	crime_persons integer NOT NULL,     -- persons of a crime that was prevented; 0 none
	petition_persons integer NOT NULL,  -- persons of a collective petition that was prevented
	confirm smallint NOT NULL,          -- enum mediation_confirm
	court text NOT NULL,
	confirm_sent integer,               -- day
	confirm_result integer,             -- day
	confirm_number text NOT NULL,       -- of the court's ruling
	ended_ms bigint,
	ended_side smallint NOT NULL,       -- who ended or refused it: enum mediation_side; 0: nobody in particular
	next_request bigint,                -- goes on as
	revision bigint NOT NULL,
	PRIMARY KEY (city, request)
) {norowid};
CREATE INDEX mediation_state ON mediation (city, state, request);
CREATE INDEX mediation_accepted ON mediation (city, accepted_ms, request);
CREATE INDEX mediation_effect ON mediation (city, effect_ms, request);
CREATE INDEX mediation_ended ON mediation (city, ended_ms, request);

CREATE TABLE mediation_party (
	city bigint NOT NULL,
	id bigint NOT NULL,
	request bigint NOT NULL,
	side smallint NOT NULL,             -- enum mediation_side
	organisation smallint NOT NULL,
	who {blob} NOT NULL,                -- [privacy] [sealed] name, number, phone, address, one a line
	name_key {blob} NOT NULL,           -- [index] 16 bytes of the name, as request_party
	id_key {blob},                      -- [index] 16 bytes of the ID number; NULL: not known
	consent smallint NOT NULL,          -- enum mediation_consent
	consent_ms bigint,
	signed smallint NOT NULL,           -- enum mediation_sign; 0: not yet
	signed_ms bigint,
	confirm_ms bigint,                  -- asked for judicial confirmation
	at_ms bigint NOT NULL,
	account bigint NOT NULL,
	PRIMARY KEY (city, id)
) {norowid};
CREATE INDEX mediation_party_request ON mediation_party (city, request, id);

CREATE TABLE mediation_member (         -- who mediates, and whom they invited
	city bigint NOT NULL,
	id bigint NOT NULL,
	request bigint NOT NULL,
	mediator bigint,                    -- NULL: invited to help
	name text NOT NULL,                 -- [privacy]
	kind smallint NOT NULL,             -- 0 mediator, else enum mediation_helper
	chosen smallint NOT NULL,           -- enum mediation_chosen: by the committee or by a side
	rank_of integer NOT NULL,           -- place among those proposed, from 1; 0: not among them
	words text NOT NULL,                -- [privacy]
	at_ms bigint NOT NULL,
	account bigint NOT NULL,
	ended_ms bigint,
	ended_words text NOT NULL,          -- [privacy]
	PRIMARY KEY (city, id)
) {norowid};
CREATE INDEX mediation_member_request ON mediation_member (city, request, id);
CREATE INDEX mediation_member_open ON mediation_member (city, mediator, request) WHERE ended_ms IS NULL;

CREATE TABLE mediation_session (        -- what was done on a day: inquiries, sessions, return visits
	city bigint NOT NULL,
	id bigint NOT NULL,
	request bigint NOT NULL,
	kind smallint NOT NULL,             -- enum mediation_record
	day integer NOT NULL,
	minute integer,                     -- of that day; NULL: not fixed
	minutes integer NOT NULL,           -- how long
	place text NOT NULL,
	public smallint NOT NULL,           -- 1: others might listen
	words text NOT NULL,                -- [privacy]
	at_ms bigint NOT NULL,
	account bigint NOT NULL,
	PRIMARY KEY (city, id)
) {norowid};
CREATE INDEX mediation_session_request ON mediation_session (city, request, day, id);

CREATE TABLE mediation_duty (           -- what was agreed to be done, by whom, until when
	city bigint NOT NULL,
	id bigint NOT NULL,
	request bigint NOT NULL,
	side smallint NOT NULL,             -- whose
	what text NOT NULL,                 -- [privacy]
	fen bigint NOT NULL,                -- to be paid; 0: no money
	due integer NOT NULL,               -- day
	performed integer,                  -- day
	performed_ms bigint,
	performed_by bigint,
	missed_ms bigint,
	said smallint NOT NULL,             -- what the resident says: 1 performed, 2 not
	said_ms bigint,
	said_words text NOT NULL,           -- [privacy]
	PRIMARY KEY (city, id)
) {norowid};
CREATE INDEX mediation_duty_request ON mediation_duty (city, request, due, id);
CREATE INDEX mediation_duty_due ON mediation_duty (city, due, request) WHERE performed IS NULL;

CREATE TABLE mediation_danger (         -- told to the police at once (Art. 25)
	city bigint NOT NULL,
	id bigint NOT NULL,
	request bigint NOT NULL,
	kind smallint NOT NULL,             -- enum mediation_danger
	told_ms bigint NOT NULL,            -- when the police were told
	receiver text NOT NULL,             -- who took it
	words text NOT NULL,                -- [privacy]
	at_ms bigint NOT NULL,
	account bigint NOT NULL,
	PRIMARY KEY (city, id)
) {norowid};
CREATE INDEX mediation_danger_request ON mediation_danger (city, request, id);

-- The item has its own matter from now on; what was taken in before stays an answer and a referral.  The time to answer stays
-- ours, until it is accepted or the other ways are told; the time to close is that of its own steps.
UPDATE item SET matter = 'mediation' WHERE code = 'mediation' AND matter = 'referral';
DELETE FROM item_limit WHERE target = 3 AND source = '内部服务承诺（可改）'
	AND EXISTS (SELECT 1 FROM item i WHERE i.city = item_limit.city AND i.id = item_limit.item AND i.matter = 'mediation');
UPDATE item_revision SET summary = '和邻居、家人、老板、生意伙伴闹了矛盾，双方愿意谈，就请调解员来主持公道。不收钱。谈成了写协议，我们盯着履行。',
	summary_en = 'A mediator helps both sides talk it through. Free. What is agreed is written down, and we see that it is kept.'
	WHERE summary = '和邻居、家人、生意伙伴闹了矛盾，双方愿意谈，就请调解员来主持公道。不收钱。目前由我们登记、答复并转介给调解委员会。';
