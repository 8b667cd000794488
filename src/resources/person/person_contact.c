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

enum rc
person_contacts_load(struct tx *tx, const struct actor *actor, struct crypt *crypt, int64_t request,
    struct person_contacts *ret)
{
	struct arena *mem = tx_mem(tx);
	struct text contact, caller, known;
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &person_stmts[PERSON_CONTACTS], ARGS(db_int(request)), &row);

	if (rc == RC_OK)
		rc = unseal(mem, crypt, rows_text(row, 0), person_phone_context(mem, PHONE_CONTACT, request), &contact);
	if (rc == RC_OK)
		rc = unseal(mem, crypt, rows_text(row, 1), person_phone_context(mem, PHONE_CALLER, request), &caller);
	if (rc == RC_OK)
		rc = unseal(mem, crypt, rows_text(row, 3),
		    crypt_context(mem, "person.phone_sealed", actor->city, rows_int(row, 2)), &known);
	if (rc != RC_OK)
		return rc;
	*ret = (struct person_contacts){ .contact_masked = masked(mem, contact), .caller_masked = masked(mem, caller),
		.contact_known = contact.n > 0 && text_equals(contact, known) };
	return RC_OK;
}

/* ---- for what it becomes ----------------------------------------------------------------------------- */

struct contacts_arg {
	struct crypt *crypt;
	int64_t request;
	struct text contact, caller; /* in clear */
};

static enum rc
contacts_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct contacts_arg *arg = argument;
	struct arena *mem = tx_mem(tx); /* of the caller: this is a read */
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &person_stmts[PERSON_CONTACTS], ARGS(db_int(arg->request)), &row);

	if (rc == RC_OK)
		rc = unseal(mem, arg->crypt, rows_text(row, 0), person_phone_context(mem, PHONE_CONTACT, arg->request),
		    &arg->contact);
	if (rc == RC_OK)
		rc = unseal(mem, arg->crypt, rows_text(row, 1), person_phone_context(mem, PHONE_CALLER, arg->request),
		    &arg->caller);
	return rc;
}

enum rc
person_contacts_reseal(struct ctx *ctx, struct crypt *crypt, int64_t from, int64_t to,
    struct person_contacts_sealed *ret)
{
	struct contacts_arg arg = { .crypt = crypt, .request = from };
	enum rc rc = db_read(ctx, contacts_tx, &arg);

	*ret = (struct person_contacts_sealed){ TEXT_NONE, TEXT_NONE };
	if (rc == RC_OK && arg.contact.n > 0)
		rc = person_phone_seal(ctx, crypt, PHONE_CONTACT, arg.contact, to, &ret->contact);
	if (rc == RC_OK && arg.caller.n > 0)
		rc = person_phone_seal(ctx, crypt, PHONE_CALLER, arg.caller, to, &ret->caller);
	return rc;
}
