-- Co-operation (协作): a centre that answers for a case asks another for help, and shows it no more of the case than that
-- needs.  Units and marks as in 0001.

CREATE TABLE cooperation (
	city bigint NOT NULL,
	id bigint NOT NULL,                 -- time-ordered
	request bigint NOT NULL,
	from_account bigint NOT NULL,       -- who asked
	from_point bigint NOT NULL,         -- where the case was held then
	to_point bigint NOT NULL,           -- who is asked: whoever handles cases there
	kind text NOT NULL,                 -- code of cooperate.ask
	shared integer NOT NULL,            -- bits of enum cooperation_share: what of the case the other side reads while it is open
	state smallint NOT NULL,            -- enum cooperation_state
	open smallint NOT NULL GENERATED ALWAYS AS (CASE WHEN state < 50 THEN 1 ELSE 0 END) STORED,
	round integer NOT NULL,             -- of questions, from 1
	count integer NOT NULL,             -- the rule of its clock: so many
	unit smallint NOT NULL,             -- enum clock_unit
	source text NOT NULL,               -- the paper behind the rule, or "内部服务承诺（可改）"
	start_ms bigint NOT NULL,           -- when this round began
	due_ms bigint NOT NULL,             -- until when to answer; equals the clock's answer (verify)
	calendar integer NOT NULL,          -- version of the table it was counted with
	asked_ms bigint NOT NULL,
	taken_ms bigint,                    -- when the other side agreed to help
	taken_by bigint,
	refusal text,                       -- declined: code of dispatch.return
	words text,                         -- [privacy] of who declined or withdrew
	closed_ms bigint,
	closed_by bigint,                   -- -1: the program, with its case
	revision bigint NOT NULL,
	PRIMARY KEY (city, id)
) {norowid};
CREATE UNIQUE INDEX cooperation_open ON cooperation (city, request, to_point) WHERE open = 1; -- one at a time
CREATE INDEX cooperation_request ON cooperation (city, request, id);
CREATE INDEX cooperation_to ON cooperation (city, to_point, due_ms, id) WHERE open = 1;
CREATE INDEX cooperation_to_all ON cooperation (city, to_point, id);
CREATE INDEX cooperation_from ON cooperation (city, from_point, due_ms, id) WHERE open = 1;

CREATE INDEX cooperation_calendar ON cooperation (city, calendar) WHERE open = 1;

CREATE TABLE cooperation_round (        -- what was asked and what was answered
	city bigint NOT NULL,
	cooperation bigint NOT NULL,
	round integer NOT NULL,
	words text NOT NULL,                -- [privacy] what for
	asked_ms bigint NOT NULL,
	asked_by bigint NOT NULL,
	due_ms bigint NOT NULL,             -- until when it was due
	answer text,                        -- [privacy]
	answered_ms bigint,
	answered_by bigint,
	PRIMARY KEY (city, cooperation, round)
) {norowid};

-- Cities that are there already get the codes; a new one gets them with its other code tables.
INSERT INTO code_value (city, kind, code, from_day, name, name_en, sort, flags)
	SELECT c.city, 'cooperate.ask', v.code, 16801, v.name, v.name_en, v.sort, 0
	FROM (SELECT DISTINCT city FROM code_value WHERE kind = 'dispatch.return') c
	CROSS JOIN (
		SELECT 'evidence' AS code, '调查取证' AS name, 'find out, take evidence' AS name_en, 1 AS sort
		UNION ALL SELECT 'deliver', '送达文书', 'hand over papers', 2
		UNION ALL SELECT 'meet', '代为见面', 'meet somebody for us', 3
		UNION ALL SELECT 'verify', '核实材料', 'check papers', 4
		UNION ALL SELECT 'language', '翻译、方言', 'interpret, dialect', 5
		UNION ALL SELECT 'mediate', '协助调解', 'help to mediate', 6
		UNION ALL SELECT 'other', '其他（写明）', 'other (say what)', 7
	) v;
