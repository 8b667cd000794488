/*
 * crypt: keys, passwords, sealed columns, blind indexes, hashes, signatures.  Keys come from files
 * under the state directory, owner-only; never from the environment.  libsodium and OpenSSL behind it.
 * Thread-safe, but for the two setters, which belong to the start of the program.
 * Source: trust.md (Controls); NIST SP 800-38D (GCM), RFC 9106 (argon2id), RFC 8032 (Ed25519).
 */
#pragma once

#include "base/arena.h"
#include "base/text.h"

struct crypt;

/*
 * Load (or, with `make`, create) the keys in dir: seal.key, index.key, session.key, audit.key.
 * A key file holds one key a line, 64 hexadecimal digits; the first is in use, in seal.key the others
 * still open what they sealed (rotation: put the new key on top).  RC_FORBIDDEN when others than the
 * owner may read a file, RC_CORRUPT when it holds something else, RC_NOT_FOUND when one is absent and
 * `make` is off, or when one is lost while the set had been complete: a new key in its place would
 * make stored data unreadable.  *ret_why is English, static or of the process.
 */
enum rc crypt_open(const char *dir, bool make, struct crypt **ret, struct text *ret_why);
void crypt_close(struct crypt *c); /* wipes; takes NULL */

/* At most `slots` hashings at once (1 unless set); each takes the memory of the cost. */
void crypt_set_slots(struct crypt *c, int slots);
/* Cost of a hash: 65,536 KiB and 3 passes unless set.  Lower only in tests and demonstrations. */
void crypt_set_cost(struct crypt *c, int passes, int64_t memory_kib);

void crypt_random(void *out, size_t n);

/* argon2id; bounded: at most `slots` hashings at once, others wait, and past CRYPT_WAITERS_MAX waiting
 * RC_BUSY.  RC_INVALID past CRYPT_PASSWORD_BYTES_MAX.  out is a NUL-terminated string. */
#define CRYPT_WAITERS_MAX 64
#define CRYPT_PASSWORD_BYTES_MAX 512
enum rc crypt_password_hash(struct crypt *c, struct text password, char out[static 128]);
/* RC_OK or RC_FORBIDDEN (or RC_BUSY); with hash "" does the same work and refuses (unknown users take
 * as long). */
enum rc crypt_password_check(struct crypt *c, const char *hash, struct text password);
bool crypt_password_needs_rehash(struct crypt *c, const char *hash);
/* Refused: among the commonest, one character over and over, shorter than 8 or longer than 128 code
 * points, or equal to the login (ASCII case ignored).  Pure. */
bool crypt_password_is_weak(struct text password, struct text login);

/* AES-256-GCM, nonce random, key id in front; `context` (table, column, row) is authenticated.
 * Stored: 4 bytes key id, 12 nonce, the text, 16 tag.  Unseal: RC_CORRUPT when one bit differs, the
 * context is another, or the key is not ours. */
#define CRYPT_SEAL_EXTRA 32 /* bytes a sealed text is longer than the plain one */
enum rc crypt_seal(struct crypt *c, struct arena *a, struct text plain, struct text context, struct text *ret);
enum rc crypt_unseal(struct crypt *c, struct arena *a, struct text sealed, struct text context, struct text *ret);
/* "person.phone/7411..." in the arena: the context of a sealed column of one row. */
struct text crypt_context(struct arena *a, const char *table_column, int64_t city, int64_t row);
/* HMAC-SHA-256 cut to 16 bytes; `domain` keeps phone and ID apart. */
void crypt_index(struct crypt *c, const char *domain, struct text value, unsigned char out[static 16]);
/* HMAC under the session key: CSRF tokens, signed cookies. */
void crypt_mac(struct crypt *c, const char *domain, struct text value, unsigned char out[static 32]);
/* HMAC-SHA-256 under a key of somebody else's (a provider's): for what goes out of the house. */
void crypt_hmac(struct text key, struct text value, unsigned char out[static 32]);
bool crypt_equal(const void *a, const void *b, size_t n); /* constant time */
/* The first line of a file that its owner alone may read, least..CRYPT_SECRET_MAX bytes: a provider's key or
 * password.  RC_NOT_FOUND, RC_FORBIDDEN, RC_CORRUPT with *ret_why in English. */
#define CRYPT_SECRET_MAX 255
enum rc crypt_secret_read(const char *path, struct arena *a, size_t least, struct text *ret, struct text *ret_why);
void crypt_hash(struct text t, unsigned char out[static 32]); /* SHA-256 */

/* SHA-256 in pieces: files, canonical encodings. */
struct crypt_hasher { _Alignas(16) unsigned char state[128]; };
void crypt_hasher_start(struct crypt_hasher *h);
void crypt_hasher_add(struct crypt_hasher *h, struct text t);
/* Length first, so that two fields never read as one. */
void crypt_hasher_field(struct crypt_hasher *h, struct text t);
void crypt_hasher_int(struct crypt_hasher *h, int64_t n); /* as a field of 8 bytes, high byte first */
void crypt_hasher_end(struct crypt_hasher *h, unsigned char out[static 32]);

/* Ed25519 over a checkpoint. */
void crypt_sign(struct crypt *c, struct text t, unsigned char out[static 64]);
bool crypt_verify(struct crypt *c, struct text t, const unsigned char sig[static 64]);
/* The public half of audit.key, to be kept off the host beside shipped checkpoints. */
void crypt_sign_public(struct crypt *c, unsigned char out[static 32]);

/* "3205**********1234", "138****5678": what a page shows.  Pure.  Anything too short to be masked
 * with sense is masked whole. */
struct text mask_idcard(struct text number, char out[static 32]);
struct text mask_phone(struct text digits, char out[static 32]);
struct text mask_name(struct text name, char out[static 64]); /* 张*, 欧**: first character kept, at most 3 stars */
