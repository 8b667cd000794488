/*
 * intake: how does a trouble become a request, whatever the door?
 *
 * One record for portal, window, station and hotline (S94); data are entered once (S98).  Intake is not
 * acceptance: intake gives a number, a query code and a named holder at once (S29, S93); acceptance
 * starts the matter's clocks.  Declining is lawful, recorded and names who can help (S21).
 */
#pragma once

#include "kit/crypt/crypt.h"
#include "kit/form/form.h"
#include "operations/matter/matter.h"
#include "operations/request/request.h"
#include "resources/person/person.h"

/* What a matter writes down in the same transaction as the request it comes with. */
struct intake_also {
	enum rc (*run)(struct tx *tx, const struct actor *actor, struct request *r, void *arg);
	void *arg;
	struct text asked;            /* all it depends on, as bytes: the same form sent again is known by it */
};

struct intake_new {
	const struct intake_also *also; /* NULL: nothing */
	/* what */
	enum topic topic;
	int64_t item;
	struct text subject, detail;  /* an empty subject is taken from the detail's beginning */
	bool urgent;
	/* where it arises, as fine as known */
	struct place place;
	/* by which door */
	enum channel channel;
	bool scheduled, gathered;
	bool accept_now;              /* the clerk accepts in the same breath */
	/* who */
	enum applicant_kind applicant;
	struct person_new person;     /* without name, number and phone: anonymous */
	struct organisation_new organisation; /* when the applicant is one */
	enum relation caller;
	struct text caller_name, caller_phone; /* who speaks for them */
	struct text opponent, opponent_id; /* the other side, for conflicts of interest; an ID number if known; may be empty */
	struct text language;         /* wished for: code of kind "language"; may be empty */
	struct text contact;          /* phone left with an anonymous question; may be empty */
};

struct intake_receipt {
	int64_t id;
	char number[24];
	char code[20];                /* "XXXX-XXXX-XXXX-XXXX": derived from the key, stored nowhere */
	int64_t due_ms;               /* until when it is accepted or declined */
	unsigned differs;             /* PERSON_DIFFERS_*: typed, and not what stands on record */
};

/*
 * RC_INVALID: findings name field and bound (all at once).  RC_REFUSED: a rule says no; the one finding
 * says why and who can help.  RC_DUPLICATE: this form was sent before with other content; *ret is the
 * first receipt.  Its key may be forgotten by then: the code derived from it still finds the request.
 */
enum rc intake_receive(struct ctx *ctx, struct idem_key key, const struct intake_new *in,
    struct findings *findings, struct intake_receipt *ret);

/*
 * Inside a command: insert a request and start its clock of acceptance, as every request begins, also
 * one that another was converted into.  *ret (may be NULL): the request as it stands then.
 */
enum rc intake_start(struct tx *tx, const struct actor *actor, struct request_new *in, struct request *ret);

/* Accept: the holder, or somebody at the holder's point, who thereby takes over. */
enum rc intake_accept(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision);
struct intake_decline { struct case_id id; int64_t revision; struct text reason, helper; /* who can help, never empty */ };
enum rc intake_decline(struct ctx *ctx, struct idem_key key, const struct intake_decline *in);
/* By the resident with the receipt. */
enum rc intake_withdraw(struct ctx *ctx, struct idem_key key, struct text reason);

/*
 * A receipt's code is shown: *ret becomes an actor for that one request, or, when it goes on as another,
 * for the newest it became: there it can be talked about, withdrawn and rated.  RC_NOT_FOUND for a wrong
 * code; RC_TOO_MANY with *ret_wait_s while too many wrong ones came from this address.
 */
enum rc intake_enter(struct ctx *ctx, struct text code, struct text peer, struct actor *ret, int64_t *ret_wait_s);

/* What the actor's request (ACTOR_RECEIPT) was before, the latest first. */
#define INTAKE_EARLIER_MAX 8
enum rc intake_earlier(struct tx *tx, const struct actor *actor, struct case_id *ret, size_t cap, size_t *ret_n);

/* ---- drafts: what was typed and not yet sent ------------------------------------------------------ */
struct draft_owner { unsigned char b[16]; }; /* of an account, or of a browser's cookie */
struct draft_owner draft_owner_account(int64_t account);
struct draft_owner draft_owner_cookie(struct text cookie); /* hash of the cookie's value */
#define DRAFT_MAX 16384 /* bytes of urlencoded fields */
enum rc draft_save(struct ctx *ctx, struct draft_owner owner, const char *form, struct text body);
enum rc draft_load(struct ctx *ctx, struct draft_owner owner, const char *form, struct text *ret);
enum rc draft_drop(struct ctx *ctx, struct draft_owner owner, const char *form);

/* ---- uploads ---------------------------------------------------------------------------------------- */
enum upload_fault { UPLOAD_FINE, UPLOAD_EMPTY, UPLOAD_SIZE, UPLOAD_TYPE, UPLOAD_MISMATCH, UPLOAD_COUNT };
#define UPLOAD_BYTES_MAX (INT64_C(10) * 1024 * 1024)
#define UPLOADS_PER_REQUEST 10
/* Pure: pdf, jpeg, png by magic number, and the name's ending must agree. */
enum upload_fault upload_check(const unsigned char head[static 16], struct text name, int64_t size,
    const char **ret_type);
const char *upload_fault_label(enum upload_fault f); /* T(), names the bound */
/*
 * Move a spooled file under DIR/files by its hash and write it down for the actor's request.  RC_TOO_LARGE:
 * it has all the files it may have; RC_CONFLICT: it is not open.  Then (and at every refusal) the file is not
 * kept: a spooled one stays where it is, one already moved is removed when no row names it.
 */
enum rc intake_attach(struct ctx *ctx, struct idem_key key, struct case_id id, const char *dir, struct text spooled,
    const struct attachment *file);
/*
 * Remove files under DIR/files that no row names and that are older than before_s (seconds of the host's
 * clock, as its files').  part 0..255: only those whose hash begins with this byte; -1: all.
 */
enum rc intake_sweep_files(struct ctx *ctx, const char *dir, int part, int64_t before_s, int64_t *ret_removed);

extern const struct db_set intake_sql;
