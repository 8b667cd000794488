#include "kit/crypt/crypt.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "kit/crypt/crypt_key.h"
#include "kit/crypt/crypt_own.h"

/* A key is named by a hash of itself: nothing to store beside it, nothing to mix up. */
static const char key_id_domain[] = "zhaofa key id";

enum rc
crypt_open(const char *dir, bool make, struct crypt **ret, struct text *ret_why)
{
	struct key_list lists[KEY_FILES] = { 0 };
	struct crypt *c;
	enum rc rc;

	*ret_why = TEXT_NONE;
	if (sodium_init() < 0) {
		*ret_why = TEXT("libsodium does not start");
		return RC_INTERNAL;
	}
	rc = key_load_all(dir, make, lists, ret_why);
	if (rc == RC_OK)
		rc = crypt_create(lists, &c);
	sodium_memzero(lists, sizeof(lists));
	if (rc == RC_OK)
		*ret = c;
	return rc;
}

enum rc
crypt_create(const struct key_list lists[static KEY_FILES], struct crypt **ret)
{
	struct crypt *c = sodium_malloc(sizeof(*c)); /* locked, guarded, kept out of core dumps */

	if (c == NULL)
		return RC_NO_MEMORY;
	memset(c, 0, sizeof(*c));
	c->gcm = EVP_CIPHER_fetch(NULL, "AES-256-GCM", NULL);
	if (c->gcm == NULL) {
		sodium_free(c);
		return RC_INTERNAL;
	}
	for (size_t i = 0; i < lists[KEY_SEAL].n; i++) {
		unsigned char h[32];

		memcpy(c->seal[i].key, lists[KEY_SEAL].key[i], KEY_BYTES);
		crypto_generichash(h, sizeof(h), lists[KEY_SEAL].key[i], KEY_BYTES,
		    (const unsigned char *)key_id_domain, sizeof(key_id_domain) - 1);
		memcpy(c->seal[i].id, h, sizeof(c->seal[i].id));
	}
	c->n_seal = lists[KEY_SEAL].n;
	memcpy(c->index, lists[KEY_INDEX].key[0], KEY_BYTES);
	memcpy(c->session, lists[KEY_SESSION].key[0], KEY_BYTES);
	crypto_sign_seed_keypair(c->sign_public, c->sign_secret, lists[KEY_AUDIT].key[0]);
	pthread_mutex_init(&c->lock, NULL);
	pthread_cond_init(&c->freed, NULL);
	c->slots = 1;
	c->passes = 3;
	c->memory_kib = 65536;
	*ret = c;
	return RC_OK;
}

void
crypt_close(struct crypt *c)
{
	if (c == NULL)
		return;
	EVP_CIPHER_free(c->gcm);
	pthread_cond_destroy(&c->freed);
	pthread_mutex_destroy(&c->lock);
	sodium_free(c); /* zeroes first */
}

void
crypt_random(void *out, size_t n)
{
	randombytes_buf(out, n);
}

/* The domain ends with its NUL, so that no domain can run into a value. */
static void
mac(const unsigned char key[static KEY_BYTES], const char *domain, struct text value,
    unsigned char out[static 32])
{
	crypto_auth_hmacsha256_state st;

	crypto_auth_hmacsha256_init(&st, key, KEY_BYTES);
	crypto_auth_hmacsha256_update(&st, (const unsigned char *)domain, strlen(domain) + 1);
	crypto_auth_hmacsha256_update(&st, (const unsigned char *)value.p, value.n);
	crypto_auth_hmacsha256_final(&st, out);
}

void
crypt_index(struct crypt *c, const char *domain, struct text value, unsigned char out[static 16])
{
	unsigned char whole[32];

	mac(c->index, domain, value, whole);
	memcpy(out, whole, 16);
}

void
crypt_mac(struct crypt *c, const char *domain, struct text value, unsigned char out[static 32])
{
	mac(c->session, domain, value, out);
}

void
crypt_hmac(struct text key, struct text value, unsigned char out[static 32])
{
	crypto_auth_hmacsha256_state state;

	crypto_auth_hmacsha256_init(&state, (const unsigned char *)key.p, key.n);
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)value.p, value.n);
	crypto_auth_hmacsha256_final(&state, out);
	sodium_memzero(&state, sizeof state);
}

bool
crypt_equal(const void *a, const void *b, size_t n)
{
	return sodium_memcmp(a, b, n) == 0;
}

void
crypt_hash(struct text t, unsigned char out[static 32])
{
	crypto_hash_sha256(out, (const unsigned char *)t.p, t.n);
}

/* ---- SHA-256 in pieces ---------------------------------------------------------------------- */

_Static_assert(sizeof(crypto_hash_sha256_state) <= sizeof(((struct crypt_hasher *)0)->state));

static crypto_hash_sha256_state *
hasher_state(struct crypt_hasher *h)
{
	return (crypto_hash_sha256_state *)(void *)h->state;
}

void
crypt_hasher_start(struct crypt_hasher *h)
{
	*h = (struct crypt_hasher){ 0 };
	crypto_hash_sha256_init(hasher_state(h));
}

void
crypt_hasher_add(struct crypt_hasher *h, struct text t)
{
	crypto_hash_sha256_update(hasher_state(h), (const unsigned char *)t.p, t.n);
}

static void
hasher_u64(struct crypt_hasher *h, uint64_t n)
{
	unsigned char b[8];

	for (int i = 0; i < 8; i++)
		b[i] = (unsigned char)(n >> (56 - 8 * i));
	crypto_hash_sha256_update(hasher_state(h), b, sizeof(b));
}

void
crypt_hasher_field(struct crypt_hasher *h, struct text t)
{
	hasher_u64(h, t.n);
	crypt_hasher_add(h, t);
}

void
crypt_hasher_int(struct crypt_hasher *h, int64_t n)
{
	hasher_u64(h, 8);
	hasher_u64(h, (uint64_t)n);
}

void
crypt_hasher_end(struct crypt_hasher *h, unsigned char out[static 32])
{
	crypto_hash_sha256_final(hasher_state(h), out);
}

/* ---- signatures ------------------------------------------------------------------------------- */

void
crypt_sign(struct crypt *c, struct text t, unsigned char out[static 64])
{
	crypto_sign_detached(out, NULL, (const unsigned char *)t.p, t.n, c->sign_secret);
}

bool
crypt_verify(struct crypt *c, struct text t, const unsigned char sig[static 64])
{
	return crypto_sign_verify_detached(sig, (const unsigned char *)t.p, t.n, c->sign_public) == 0;
}

void
crypt_sign_public(struct crypt *c, unsigned char out[static 32])
{
	memcpy(out, c->sign_public, 32);
}
