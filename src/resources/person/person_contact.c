/* Phones kept with a request: sealed to its id, shown masked, sealed anew for what it becomes. */
#include "resources/person/person_store.h"

struct text
person_phone_context(struct arena *a, enum person_phone which, int64_t request)
{
	return arena_format(a, "request.%s.%lld", which == PHONE_CONTACT ? "contact" : "caller_phone", (long long)request);
}

enum rc
person_phone_seal(struct ctx *ctx, struct crypt *crypt, enum person_phone which, struct text digits,
    int64_t request, struct text *ret)
{
	struct text context = person_phone_context(ctx->mem, which, request);

	return context.p == NULL ? RC_NO_MEMORY : crypt_seal(crypt, ctx->mem, digits, context, ret);
}

static enum rc
unseal(struct arena *mem, struct crypt *crypt, struct text sealed, struct text context, struct text *ret)
{
	*ret = TEXT_NONE;
	if (sealed.n == 0)
		return RC_OK;
	return context.p == NULL ? RC_NO_MEMORY : crypt_unseal(crypt, mem, sealed, context, ret);
}

static struct text
masked(struct arena *mem, struct text digits)
{
	char out[32];

	return digits.n == 0 ? TEXT_NONE : arena_text(mem, mask_phone(digits, out));
}

struct phones { struct text contact, caller, known; }; /* in clear; known: of the person on record */

static enum rc
phones_open(struct tx *tx, const struct actor *actor, struct crypt *crypt, int64_t request, struct phones *ret)
{
	struct arena *mem = tx_mem(tx);
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &person_stmts[PERSON_CONTACTS], ARGS(db_int(request)), &row);

	if (rc == RC_OK)
		rc = unseal(mem, crypt, rows_text(row, 0), person_phone_context(mem, PHONE_CONTACT, request), &ret->contact);
	if (rc == RC_OK)
		rc = unseal(mem, crypt, rows_text(row, 1), person_phone_context(mem, PHONE_CALLER, request), &ret->caller);
	if (rc == RC_OK)
		rc = unseal(mem, crypt, rows_text(row, 3),
		    crypt_context(mem, "person.phone_sealed", actor->city, rows_int(row, 2)), &ret->known);
	return rc;
}

enum rc
person_contacts_load(struct tx *tx, const struct actor *actor, struct crypt *crypt, int64_t request,
    struct person_contacts *ret)
{
	struct phones p;
	enum rc rc = phones_open(tx, actor, crypt, request, &p);

	if (rc != RC_OK)
		return rc;
	*ret = (struct person_contacts){ .contact_masked = masked(tx_mem(tx), p.contact),
		.caller_masked = masked(tx_mem(tx), p.caller),
		.contact_known = p.contact.n > 0 && text_equals(p.contact, p.known) };
	return RC_OK;
}

enum rc
person_phone_to_tell(struct tx *tx, const struct actor *actor, struct crypt *crypt, int64_t request, struct text *ret)
{
	struct phones p = { TEXT_NONE, TEXT_NONE, TEXT_NONE };
	enum rc rc = actor->kind == ACTOR_SYSTEM ? phones_open(tx, actor, crypt, request, &p) : RC_FORBIDDEN;

	if (rc == RC_OK)
		*ret = p.contact.n > 0 ? p.contact : p.known.n > 0 ? p.known : p.caller;
	return rc;
}

/* ---- for what it becomes ----------------------------------------------------------------------------- */

struct contacts_arg {
	struct crypt *crypt;
	int64_t request;
	struct phones phones;
};

static enum rc
contacts_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct contacts_arg *arg = argument;

	/* a read: the phones lie in the caller's arena */
	return phones_open(tx, actor, arg->crypt, arg->request, &arg->phones);
}

enum rc
person_contacts_reseal(struct ctx *ctx, struct crypt *crypt, int64_t from, int64_t to,
    struct person_contacts_sealed *ret)
{
	struct contacts_arg arg = { .crypt = crypt, .request = from };
	enum rc rc = db_read(ctx, contacts_tx, &arg);

	*ret = (struct person_contacts_sealed){ TEXT_NONE, TEXT_NONE };
	if (rc == RC_OK && arg.phones.contact.n > 0)
		rc = person_phone_seal(ctx, crypt, PHONE_CONTACT, arg.phones.contact, to, &ret->contact);
	if (rc == RC_OK && arg.phones.caller.n > 0)
		rc = person_phone_seal(ctx, crypt, PHONE_CALLER, arg.phones.caller, to, &ret->caller);
	return rc;
}
