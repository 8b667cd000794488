/* crypt_own: what a struct crypt is made of.  Private to kit/crypt and its tests. */
#pragma once

#include <openssl/evp.h>
#include <pthread.h>
#include <sodium.h>

#include "kit/crypt/crypt_key.h"

struct seal_key { unsigned char id[4]; unsigned char key[KEY_BYTES]; };

struct crypt {
	struct seal_key seal[KEYS_MAX]; /* [0] seals, all unseal */
	size_t n_seal;
	unsigned char index[KEY_BYTES];
	unsigned char session[KEY_BYTES];
	unsigned char sign_public[crypto_sign_PUBLICKEYBYTES];
	unsigned char sign_secret[crypto_sign_SECRETKEYBYTES];
	EVP_CIPHER *gcm;
	pthread_mutex_t lock;           /* guards the two counts below */
	pthread_cond_t freed;
	int running, waiting;
	int slots, passes;
	int64_t memory_kib;
};

/* With keys given: for tests with known answers. */
enum rc crypt_create(const struct key_list lists[static KEY_FILES], struct crypt **ret);
/* Seal with a nonce given; only for known answers: a nonce used twice gives the key away. */
enum rc seal_with_nonce(struct crypt *c, struct arena *a, const unsigned char nonce[static 12],
    struct text plain, struct text context, struct text *ret);
