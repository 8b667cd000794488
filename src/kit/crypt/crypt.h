/*
 * crypt: keys, passwords, sealed columns, blind indexes, hashes, signatures.  Keys come from files
 * under the state directory, owner-only; never from the environment.  libsodium and OpenSSL behind it.
 */
#pragma once

#include "base/arena.h"
#include "base/text.h"

struct crypt;

/* Load (or, with `make`, create) the keys in dir: seal.key, index.key, session.key, audit.key. */
enum rc crypt_open(const char *dir, bool make, struct crypt **ret, struct text *ret_why);
void crypt_close(struct crypt *c); /* wipes; takes NULL */

void crypt_random(void *out, size_t n);

/* argon2id; bounded: at most `slots` hashings at once, others wait.  out is a NUL-terminated string. */
enum rc crypt_password_hash(struct crypt *c, struct text password, char out[static 128]);
/* RC_OK or RC_FORBIDDEN; with hash "" does the same work and refuses (unknown users take as long). */
enum rc crypt_password_check(struct crypt *c, const char *hash, struct text password);
bool crypt_password_needs_rehash(struct crypt *c, const char *hash);
/* Refused: among the commonest, shorter than 8 or longer than 128 code points, or equal to the login. */
bool crypt_password_is_weak(struct text password, struct text login);

/* AES-256-GCM, nonce random, key id in front; `context` (table, column, row) is authenticated. */
enum rc crypt_seal(struct crypt *c, struct arena *a, struct text plain, struct text context, struct text *ret);
enum rc crypt_unseal(struct crypt *c, struct arena *a, struct text sealed, struct text context, struct text *ret);
/* HMAC-SHA-256 cut to 16 bytes; `domain` keeps phone and ID apart. */
void crypt_index(struct crypt *c, const char *domain, struct text value, unsigned char out[static 16]);
/* HMAC under the session key: CSRF tokens, signed cookies. */
void crypt_mac(struct crypt *c, const char *domain, struct text value, unsigned char out[static 32]);
bool crypt_equal(const void *a, const void *b, size_t n); /* constant time */
void crypt_hash(struct text t, unsigned char out[static 32]); /* SHA-256 */
struct crypt_hasher;
/* Ed25519 over a checkpoint. */
void crypt_sign(struct crypt *c, struct text t, unsigned char out[static 64]);
bool crypt_verify(struct crypt *c, struct text t, const unsigned char sig[static 64]);

/* "3205**********1234", "138****5678": what a page shows.  Pure. */
struct text mask_idcard(struct text number, char out[static 32]);
struct text mask_phone(struct text digits, char out[static 32]);
struct text mask_name(struct text name, char out[static 64]); /* 张*, 欧**: first character kept */
