#include <string.h>

#include "kit/crypt/crypt.h"
#include "kit/crypt/crypt_own.h"

enum { ID_N = 4, NONCE_N = 12, TAG_N = 16 };
_Static_assert(ID_N + NONCE_N + TAG_N == CRYPT_SEAL_EXTRA);

#define SEAL_MAX (64 << 20) /* bytes; far below what GCM and int lengths allow */

static void
ctx_free(EVP_CIPHER_CTX **x)
{
	EVP_CIPHER_CTX_free(*x);
}
#define CIPHER_CTX __attribute__((cleanup(ctx_free))) EVP_CIPHER_CTX *

/* Start, and feed what is authenticated but not hidden.  The key id needs no such care: with another
 * one there is another key, or none. */
static bool
gcm_start(EVP_CIPHER_CTX *x, struct crypt *c, bool encrypt, const struct seal_key *key,
    const unsigned char *nonce, struct text context)
{
	int n;

	return EVP_CipherInit_ex2(x, c->gcm, key->key, nonce, encrypt ? 1 : 0, NULL) == 1
	    && (context.n == 0
	        || EVP_CipherUpdate(x, NULL, &n, (const unsigned char *)context.p, (int)context.n) == 1);
}

static bool
gcm_body(EVP_CIPHER_CTX *x, unsigned char *out, const unsigned char *in, size_t n_in)
{
	int n = 0;

	return n_in == 0 || (EVP_CipherUpdate(x, out, &n, in, (int)n_in) == 1 && (size_t)n == n_in);
}

enum rc
seal_with_nonce(struct crypt *c, struct arena *a, const unsigned char nonce[static 12],
    struct text plain, struct text context, struct text *ret)
{
	unsigned char *out;
	int n = 0;
	CIPHER_CTX x = NULL;

	if (plain.n > SEAL_MAX || context.n > SEAL_MAX)
		return RC_TOO_LARGE;
	out = arena_alloc(a, plain.n + CRYPT_SEAL_EXTRA);
	x = EVP_CIPHER_CTX_new();
	if (out == NULL || x == NULL)
		return RC_NO_MEMORY;
	memcpy(out, c->seal[0].id, ID_N);
	memcpy(out + ID_N, nonce, NONCE_N);
	if (!gcm_start(x, c, true, &c->seal[0], nonce, context)
	    || !gcm_body(x, out + ID_N + NONCE_N, (const unsigned char *)plain.p, plain.n)
	    || EVP_CipherFinal_ex(x, out + ID_N + NONCE_N + plain.n, &n) != 1
	    || EVP_CIPHER_CTX_ctrl(x, EVP_CTRL_AEAD_GET_TAG, TAG_N, out + ID_N + NONCE_N + plain.n) != 1)
		return RC_INTERNAL;
	*ret = (struct text){ (const char *)out, plain.n + CRYPT_SEAL_EXTRA };
	return RC_OK;
}

enum rc
crypt_seal(struct crypt *c, struct arena *a, struct text plain, struct text context, struct text *ret)
{
	unsigned char nonce[NONCE_N];

	crypt_random(nonce, sizeof(nonce));
	return seal_with_nonce(c, a, nonce, plain, context, ret);
}

static const struct seal_key *
key_of(const struct crypt *c, const unsigned char id[static ID_N])
{
	for (size_t i = 0; i < c->n_seal; i++)
		if (memcmp(c->seal[i].id, id, ID_N) == 0)
			return &c->seal[i];
	return NULL;
}

enum rc
crypt_unseal(struct crypt *c, struct arena *a, struct text sealed, struct text context, struct text *ret)
{
	const unsigned char *in = (const unsigned char *)sealed.p;
	const struct seal_key *key;
	unsigned char tag[TAG_N], *out;
	size_t n_plain;
	int n = 0;
	CIPHER_CTX x = NULL;

	if (sealed.n < CRYPT_SEAL_EXTRA || sealed.n > SEAL_MAX + CRYPT_SEAL_EXTRA || context.n > SEAL_MAX)
		return RC_CORRUPT;
	key = key_of(c, in);
	if (key == NULL)
		return RC_CORRUPT;
	n_plain = sealed.n - CRYPT_SEAL_EXTRA;
	memcpy(tag, in + sealed.n - TAG_N, TAG_N);
	out = arena_alloc(a, n_plain + 1);
	x = EVP_CIPHER_CTX_new();
	if (out == NULL || x == NULL)
		return RC_NO_MEMORY;
	if (!gcm_start(x, c, false, key, in + ID_N, context)
	    || !gcm_body(x, out, in + ID_N + NONCE_N, n_plain)
	    || EVP_CIPHER_CTX_ctrl(x, EVP_CTRL_AEAD_SET_TAG, TAG_N, tag) != 1)
		return RC_INTERNAL;
	if (EVP_CipherFinal_ex(x, out + n_plain, &n) != 1) {
		sodium_memzero(out, n_plain); /* not authentic: nobody may see it */
		return RC_CORRUPT;
	}
	*ret = (struct text){ (const char *)out, n_plain };
	return RC_OK;
}

struct text
crypt_context(struct arena *a, const char *table_column, int64_t city, int64_t row)
{
	return arena_format(a, "%s/%lld/%lld", table_column, (long long)city, (long long)row);
}
