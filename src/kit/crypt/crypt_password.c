#include <string.h>

#include "base/utf8.h"
#include "kit/crypt/crypt.h"
#include "kit/crypt/crypt_common.h"
#include "kit/crypt/crypt_own.h"

void
crypt_set_slots(struct crypt *c, int slots)
{
	c->slots = slots < 1 ? 1 : slots;
}

void
crypt_set_cost(struct crypt *c, int passes, int64_t memory_kib)
{
	c->passes = passes < 1 ? 1 : passes;
	c->memory_kib = memory_kib < 8 ? 8 : memory_kib;
}

/* Each hashing takes 64 MiB: without a bound a burst of log-ins would end the program. */
static enum rc
slot_take(struct crypt *c)
{
	enum rc rc = RC_OK;

	pthread_mutex_lock(&c->lock);
	if (c->waiting >= CRYPT_WAITERS_MAX) {
		rc = RC_BUSY;
	} else {
		c->waiting++;
		while (c->running >= c->slots)
			pthread_cond_wait(&c->freed, &c->lock);
		c->waiting--;
		c->running++;
	}
	pthread_mutex_unlock(&c->lock);
	return rc;
}

static void
slot_give(struct crypt *c)
{
	pthread_mutex_lock(&c->lock);
	c->running--;
	pthread_cond_signal(&c->freed);
	pthread_mutex_unlock(&c->lock);
}

static size_t
cost_bytes(const struct crypt *c)
{
	return (size_t)c->memory_kib * 1024;
}

enum rc
crypt_password_hash(struct crypt *c, struct text password, char out[static 128])
{
	enum rc rc;
	int failed;

	_Static_assert(crypto_pwhash_STRBYTES <= 128);
	if (password.n > CRYPT_PASSWORD_BYTES_MAX)
		return RC_INVALID;
	rc = slot_take(c);
	if (rc != RC_OK)
		return rc;
	failed = crypto_pwhash_str_alg(out, password.p, password.n, (unsigned long long)c->passes,
	    cost_bytes(c), crypto_pwhash_ALG_ARGON2ID13);
	slot_give(c);
	return failed ? RC_NO_MEMORY : RC_OK;
}

/* As much work as a check, for nothing. */
static void
work_in_vain(struct crypt *c, struct text password)
{
	unsigned char out[32], salt[crypto_pwhash_SALTBYTES] = { 0 };

	if (crypto_pwhash(out, sizeof(out), password.p, password.n, salt, (unsigned long long)c->passes,
	    cost_bytes(c), crypto_pwhash_ALG_ARGON2ID13) != 0)
		return; /* memory is out: a real check would have ended as early */
}

enum rc
crypt_password_check(struct crypt *c, const char *hash, struct text password)
{
	bool too_long = password.n > CRYPT_PASSWORD_BYTES_MAX;
	enum rc rc = slot_take(c);

	if (rc != RC_OK)
		return rc;
	if (too_long)
		password.n = CRYPT_PASSWORD_BYTES_MAX;
	rc = RC_FORBIDDEN;
	if (hash[0] == '\0' || too_long)
		work_in_vain(c, password);
	else if (crypto_pwhash_str_verify(hash, password.p, password.n) == 0)
		rc = RC_OK;
	slot_give(c);
	return rc;
}

bool
crypt_password_needs_rehash(struct crypt *c, const char *hash)
{
	return crypto_pwhash_str_needs_rehash(hash, (unsigned long long)c->passes, cost_bytes(c)) != 0;
}

/* ---- weak passwords --------------------------------------------------------------------------- */

static char
lower(char ch)
{
	return ch >= 'A' && ch <= 'Z' ? (char)(ch - 'A' + 'a') : ch;
}

static bool
equals_folded(struct text a, struct text b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	return true;
}

static bool
is_one_character(struct text t)
{
	size_t at = 0;
	uint32_t first;

	if (t.n == 0)
		return true;
	first = utf8_next(t, &at);
	while (at < t.n)
		if (utf8_next(t, &at) != first)
			return false;
	return true;
}

bool
crypt_password_is_weak(struct text password, struct text login)
{
	size_t points;

	if (password.n > CRYPT_PASSWORD_BYTES_MAX || utf8_check(password, false) != UTF8_FINE)
		return true;
	points = utf8_length(password);
	if (points < 8 || points > 128 || is_one_character(password) || equals_folded(password, login))
		return true;
	for (size_t i = 0; i < crypt_common_n; i++)
		if (equals_folded(password, text_of(crypt_common[i])))
			return true;
	return false;
}
