#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/code.h"
#include "kit/crypt/crypt.h"
#include "kit/crypt/crypt_common.h"
#include "kit/crypt/crypt_own.h"

static struct arena *mem;
static struct crypt *known; /* keys of the published vectors */

static struct text
hex(const char *s)
{
	size_t n = strlen(s) / 2;
	unsigned char *p = arena_alloc(mem, n + 1);

	assert_int_equal(hex_parse(text_of(s), p, n), RC_OK);
	return (struct text){ (const char *)p, n };
}

static void
same(struct text a, struct text b)
{
	assert_int_equal(a.n, b.n);
	assert_memory_equal(a.p, b.p, a.n);
}

#define BYTES(array) ((struct text){ (const char *)(array), sizeof(array) })

static int
group_open(void **state)
{
	struct key_list lists[KEY_FILES] = { 0 };

	(void)state;
	mem = arena_create(64 << 20);
	if (mem == NULL || sodium_init() < 0)
		return -1;
	for (int i = 0; i < KEY_FILES; i++)
		lists[i].n = 1;
	memcpy(lists[KEY_SEAL].key[0],
	    hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308").p, 32);
	memset(lists[KEY_INDEX].key[0], 0x0b, 32);
	memset(lists[KEY_SESSION].key[0], 0x0c, 32);
	memcpy(lists[KEY_AUDIT].key[0],
	    hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb").p, 32);
	return crypt_create(lists, &known) == RC_OK ? 0 : -1;
}

static int
group_close(void **state)
{
	(void)state;
	crypt_close(known);
	crypt_close(NULL);
	arena_free(mem);
	return 0;
}

/* ---- known answers ---------------------------------------------------------------------------- */

/* McGrew and Viega, The Galois/Counter Mode of Operation, test case 16. */
static void
seal_gives_the_published_vector(void **state)
{
	struct text sealed, want = hex("522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
	    "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b");
	struct text plain = hex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
	    "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
	struct text context = hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
	struct text nonce = hex("cafebabefacedbaddecaf888"), back;

	(void)state;
	assert_int_equal(seal_with_nonce(known, mem, (const unsigned char *)nonce.p, plain, context,
	    &sealed), RC_OK);
	assert_memory_equal(sealed.p, known->seal[0].id, 4);
	same((struct text){ sealed.p + 4, 12 }, nonce);
	same((struct text){ sealed.p + 16, sealed.n - 16 }, want);
	assert_int_equal(crypt_unseal(known, mem, sealed, context, &back), RC_OK);
	same(back, plain);
}

static void
hashes_and_macs_give_known_answers(void **state)
{
	unsigned char h[32], cut[16];
	struct crypt_hasher hasher;

	(void)state;
	crypt_hash(TEXT("abc"), h); /* FIPS 180-4 */
	same(BYTES(h), hex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
	crypt_index(known, "phone", TEXT("19900001234"), cut); /* computed with Python's hmac */
	same(BYTES(cut), hex("546dda1b6a2ce8681b1be85f9720de55"));
	crypt_mac(known, "csrf", TEXT("abc"), h);
	same(BYTES(h), hex("778842f6231181667d61584ebc1692e2c1debd996c7b95d84116d1d3a5d83946"));
	crypt_hasher_start(&hasher);
	crypt_hasher_field(&hasher, TEXT("abc"));
	crypt_hasher_int(&hasher, -2);
	crypt_hasher_end(&hasher, h);
	same(BYTES(h), hex("7da23166889b3e5907b7827348a526b7ac2f7436133a17fd8c65fdf3c16b90d5"));
}

static void
domains_keep_indexes_apart(void **state)
{
	unsigned char a[16], b[16];

	(void)state;
	crypt_index(known, "phone", TEXT("1"), a);
	crypt_index(known, "idcard", TEXT("1"), b);
	assert_memory_not_equal(a, b, 16);
	crypt_index(known, "phone1", TEXT(""), b);
	assert_memory_not_equal(a, b, 16);
}

/* RFC 8032, 7.1, test 2. */
static void
signature_gives_the_published_vector(void **state)
{
	unsigned char sig[64], pub[32];
	struct text message = hex("72");

	(void)state;
	crypt_sign(known, message, sig);
	same(BYTES(sig), hex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
	    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"));
	crypt_sign_public(known, pub);
	same(BYTES(pub), hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"));
	assert_true(crypt_verify(known, message, sig));
	assert_false(crypt_verify(known, TEXT("s"), sig));
	for (size_t i = 0; i < sizeof(sig); i++) {
		sig[i] ^= 1;
		assert_false(crypt_verify(known, message, sig));
		sig[i] ^= 1;
	}
}

/* The reference implementation's own test (phc-winner-argon2, test.c, version 19, t=2, m=64 MiB). */
static void
password_check_knows_the_reference_hash(void **state)
{
	const char *hash = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ"
	    "$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

	(void)state;
	assert_int_equal(crypt_password_check(known, hash, TEXT("password")), RC_OK);
	assert_int_equal(crypt_password_check(known, hash, TEXT("passwore")), RC_FORBIDDEN);
}

/* ---- sealing ------------------------------------------------------------------------------------ */

static void
seal_opens_only_what_was_sealed(void **state)
{
	struct text sealed, again, back, context = TEXT("person.phone/3205/7");
	char *bent;

	(void)state;
	assert_int_equal(crypt_seal(known, mem, TEXT("19900001234"), context, &sealed), RC_OK);
	assert_int_equal(sealed.n, 11 + CRYPT_SEAL_EXTRA);
	assert_int_equal(crypt_seal(known, mem, TEXT("19900001234"), context, &again), RC_OK);
	assert_memory_not_equal(sealed.p, again.p, sealed.n);
	bent = arena_alloc(mem, sealed.n);
	memcpy(bent, sealed.p, sealed.n);
	for (size_t i = 0; i < sealed.n * 8; i++) {
		bent[i / 8] = (char)(bent[i / 8] ^ (1 << i % 8));
		back = TEXT("untouched");
		assert_int_equal(crypt_unseal(known, mem, (struct text){ bent, sealed.n }, context, &back),
		    RC_CORRUPT);
		same(back, TEXT("untouched"));
		bent[i / 8] = (char)(bent[i / 8] ^ (1 << i % 8));
	}
	assert_int_equal(crypt_unseal(known, mem, sealed, TEXT("person.phone/3205/8"), &back), RC_CORRUPT);
	assert_int_equal(crypt_unseal(known, mem, sealed, TEXT_NONE, &back), RC_CORRUPT);
	for (size_t n = 0; n < sealed.n; n++)
		assert_int_equal(crypt_unseal(known, mem, (struct text){ sealed.p, n }, context, &back),
		    RC_CORRUPT);
	assert_int_equal(crypt_unseal(known, mem, sealed, context, &back), RC_OK);
	same(back, TEXT("19900001234"));
}

static void
seal_takes_the_empty_text(void **state)
{
	struct text sealed, back;

	(void)state;
	assert_int_equal(crypt_seal(known, mem, TEXT_NONE, TEXT_NONE, &sealed), RC_OK);
	assert_int_equal(crypt_unseal(known, mem, sealed, TEXT_NONE, &back), RC_OK);
	assert_int_equal(back.n, 0);
	same(crypt_context(mem, "person.phone", 3205, 7), TEXT("person.phone/3205/7"));
}

static void
seal_respects_the_memory_bound(void **state)
{
	struct arena *small = arena_create(16);
	struct text sealed;

	(void)state;
	assert_int_equal(crypt_seal(known, small, TEXT("19900001234"), TEXT_NONE, &sealed), RC_NO_MEMORY);
	arena_free(small);
}

/* ---- key files ------------------------------------------------------------------------------------ */

static char dir[64];

static const char *
at(const char *name)
{
	return arena_format(mem, "%s/%s", dir, name).p;
}

static void
put(const char *name, const char *content, mode_t mode)
{
	int fd = open(at(name), O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, content, strlen(content)), (ssize_t)strlen(content));
	close(fd);
	assert_int_equal(chmod(at(name), mode), 0);
}

static int
dir_make(void **state)
{
	(void)state;
	snprintf(dir, sizeof(dir), "/tmp/zhaofa-crypt-XXXXXX");
	return mkdtemp(dir) == NULL ? -1 : 0;
}

static int
dir_remove(void **state)
{
	static const char *const names[] = { "seal.key", "index.key", "session.key", "audit.key", "elsewhere" };

	(void)state;
	for (size_t i = 0; i < 5; i++)
		unlink(at(names[i]));
	return rmdir(dir); /* fails when anything else was left behind */
}

static enum rc
opened(bool make, struct crypt **ret)
{
	struct text why;
	enum rc rc = crypt_open(dir, make, ret, &why);

	assert_int_equal(rc == RC_OK, why.n == 0);
	return rc;
}

static void
keys_are_made_once_and_owner_only(void **state)
{
	struct crypt *c = NULL, *d = NULL;
	struct text sealed, back;
	struct stat st;

	(void)state;
	assert_int_equal(opened(false, &c), RC_NOT_FOUND);
	assert_int_equal(opened(true, &c), RC_OK);
	assert_int_equal(stat(at("seal.key"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(opened(true, &d), RC_OK);
	assert_int_equal(crypt_seal(c, mem, TEXT("x"), TEXT_NONE, &sealed), RC_OK);
	assert_int_equal(crypt_unseal(d, mem, sealed, TEXT_NONE, &back), RC_OK);
	assert_int_equal(crypt_unseal(known, mem, sealed, TEXT_NONE, &back), RC_CORRUPT);
	crypt_close(c);
	crypt_close(d);
}

static void
keys_others_may_read_are_refused(void **state)
{
	static const mode_t bad[] = { 0640, 0604, 0620, 0602, 0610, 0601 };
	struct crypt *c = NULL;

	(void)state;
	assert_int_equal(opened(true, &c), RC_OK);
	crypt_close(c);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(chmod(at("index.key"), bad[i]), 0);
		assert_int_equal(opened(true, &c), RC_FORBIDDEN);
	}
	assert_int_equal(chmod(at("index.key"), 0400), 0);
	assert_int_equal(opened(false, &c), RC_OK);
	crypt_close(c);
	assert_int_equal(rename(at("index.key"), at("elsewhere")), 0);
	assert_int_equal(symlink("elsewhere", at("index.key")), 0);
	assert_int_equal(opened(true, &c), RC_UNAVAILABLE);
}

static void
keys_broken_or_lost_are_refused(void **state)
{
	static const char *const bad[] = { "", "\n", "zz", "00112233\n",
		"0011223344556677889900112233445566778899001122334455667788990x11\n",
		"00112233445566778899001122334455667788990011223344556677889900112\n" };
	struct crypt *c = NULL;

	(void)state;
	assert_int_equal(opened(true, &c), RC_OK);
	crypt_close(c);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		put("session.key", bad[i], 0600);
		assert_int_equal(opened(true, &c), RC_CORRUPT);
	}
	unlink(at("session.key"));
	assert_int_equal(opened(true, &c), RC_NOT_FOUND);
	/* a set that never was complete is completed */
	unlink(at("audit.key"));
	assert_int_equal(opened(true, &c), RC_OK);
	crypt_close(c);
}

static void
keys_rotate(void **state)
{
	static const char one[] = "1111111111111111111111111111111111111111111111111111111111111111\n";
	static const char two[] = "2222222222222222222222222222222222222222222222222222222222222222\n"
	    "1111111111111111111111111111111111111111111111111111111111111111\n";
	struct crypt *c = NULL;
	struct text old, new, back;

	(void)state;
	assert_int_equal(opened(true, &c), RC_OK);
	crypt_close(c);
	put("seal.key", one, 0600);
	assert_int_equal(opened(false, &c), RC_OK);
	assert_int_equal(crypt_seal(c, mem, TEXT("old"), TEXT_NONE, &old), RC_OK);
	crypt_close(c);
	put("seal.key", two, 0600);
	assert_int_equal(opened(false, &c), RC_OK);
	assert_int_equal(crypt_seal(c, mem, TEXT("new"), TEXT_NONE, &new), RC_OK);
	assert_memory_not_equal(old.p, new.p, 4);
	assert_int_equal(crypt_unseal(c, mem, old, TEXT_NONE, &back), RC_OK);
	same(back, TEXT("old"));
	assert_int_equal(crypt_unseal(c, mem, new, TEXT_NONE, &back), RC_OK);
	crypt_close(c);
	put("seal.key", one, 0600);
	assert_int_equal(opened(false, &c), RC_OK);
	assert_int_equal(crypt_unseal(c, mem, new, TEXT_NONE, &back), RC_CORRUPT);
	crypt_close(c);
}

/* ---- passwords -------------------------------------------------------------------------------------- */

static void
password_is_hashed_and_checked(void **state)
{
	char hash[128], again[128];
	char longest[CRYPT_PASSWORD_BYTES_MAX + 1];

	(void)state;
	crypt_set_cost(known, 1, 64);
	assert_int_equal(crypt_password_hash(known, TEXT("correct horse"), hash), RC_OK);
	assert_int_equal(crypt_password_hash(known, TEXT("correct horse"), again), RC_OK);
	assert_string_not_equal(hash, again);
	assert_non_null(strstr(hash, "$argon2id$v=19$m=64,t=1,p=1$"));
	assert_int_equal(crypt_password_check(known, hash, TEXT("correct horse")), RC_OK);
	assert_int_equal(crypt_password_check(known, hash, TEXT("correct horsf")), RC_FORBIDDEN);
	assert_int_equal(crypt_password_check(known, hash, TEXT_NONE), RC_FORBIDDEN);
	assert_int_equal(crypt_password_check(known, "", TEXT("correct horse")), RC_FORBIDDEN);
	assert_int_equal(crypt_password_check(known, "rubbish", TEXT("correct horse")), RC_FORBIDDEN);
	assert_false(crypt_password_needs_rehash(known, hash));
	crypt_set_cost(known, 2, 64);
	assert_true(crypt_password_needs_rehash(known, hash));
	memset(longest, 'x', sizeof(longest));
	assert_int_equal(crypt_password_hash(known, BYTES(longest), hash), RC_INVALID);
	assert_int_equal(crypt_password_hash(known, (struct text){ longest, sizeof(longest) - 1 }, hash), RC_OK);
	assert_int_equal(crypt_password_check(known, hash, BYTES(longest)), RC_FORBIDDEN);
	crypt_set_cost(known, 3, 65536);
}

static void
weak_passwords_are_refused(void **state)
{
	char points[129 * 3 + 1] = "";

	(void)state;
	assert_true(crypt_password_is_weak(TEXT("k7#mQ2x"), TEXT("zhang")));    /* 7 */
	assert_false(crypt_password_is_weak(TEXT("k7#mQ2xv"), TEXT("zhang")));  /* 8 */
	assert_true(crypt_password_is_weak(TEXT("春江花月夜照我"), TEXT("zhang")));
	assert_false(crypt_password_is_weak(TEXT("春江花月夜照我归"), TEXT("zhang")));
	for (int i = 0; i < 128; i++)
		memcpy(points + 3 * i, i % 2 ? "江" : "月", 3);
	assert_false(crypt_password_is_weak((struct text){ points, 128 * 3 }, TEXT("zhang")));
	memcpy(points + 3 * 128, "江", 3);
	assert_true(crypt_password_is_weak((struct text){ points, 129 * 3 }, TEXT("zhang")));
	assert_true(crypt_password_is_weak(TEXT("Station.Kunshan"), TEXT("station.kunshan")));
	assert_false(crypt_password_is_weak(TEXT("Station.Kunshan"), TEXT("station.kunsha")));
	assert_true(crypt_password_is_weak(TEXT("PassWord"), TEXT("zhang")));
	assert_true(crypt_password_is_weak(TEXT("aaaaaaaaa"), TEXT("zhang")));
	assert_false(crypt_password_is_weak(TEXT("aaaaaaaab"), TEXT("zhang")));
	assert_true(crypt_password_is_weak(TEXT("k7#mQ2xv\xff"), TEXT("zhang")));
	for (size_t i = 0; i < crypt_common_n; i++)
		assert_true(crypt_password_is_weak(text_of(crypt_common[i]), TEXT_NONE));
	assert_true(crypt_common_n >= 200);
}

struct crowd { struct crypt *c; atomic_int fine, busy; };

static void *
hash_one(void *arg)
{
	struct crowd *crowd = arg;
	char hash[128];
	enum rc rc = crypt_password_hash(crowd->c, TEXT("correct horse"), hash);

	if (rc == RC_OK)
		atomic_fetch_add(&crowd->fine, 1);
	else if (rc == RC_BUSY)
		atomic_fetch_add(&crowd->busy, 1);
	return NULL;
}

static void
hashings_wait_for_a_slot(void **state)
{
	enum { CROWD = 24 };
	struct crowd crowd = { .c = known };
	pthread_t t[CROWD];

	(void)state;
	crypt_set_cost(known, 1, 64);
	crypt_set_slots(known, 2);
	for (int i = 0; i < CROWD; i++)
		assert_int_equal(pthread_create(&t[i], NULL, hash_one, &crowd), 0);
	for (int i = 0; i < CROWD; i++)
		pthread_join(t[i], NULL);
	assert_int_equal(crowd.fine, CROWD);
	assert_int_equal(known->running, 0);
	known->waiting = CRYPT_WAITERS_MAX; /* as if so many stood in line */
	hash_one(&crowd);
	assert_int_equal(crowd.busy, 1);
	known->waiting = 0;
	crypt_set_slots(known, 1);
	crypt_set_cost(known, 3, 65536);
}

/* ---- masks -------------------------------------------------------------------------------------------- */

static void
masks_show_the_edges_only(void **state)
{
	static const struct { const char *in, *want; } ids[] = {
		{ "320506199001011234", "3205**********1234" }, { "990000900101123", "9900*******1123" },
		{ "99000090010112", "**************" }, { "", "" },
	}, phones[] = {
		{ "13812345678", "138****5678" }, { "051265550123", "051*****0123" }, { "65550123", "*****123" },
		{ "6555012", "****012" }, { "123486", "******" }, { "12348", "*****" }, { "", "" },
	}, names[] = {
		{ "张三", "张*" }, { "欧阳娜", "欧**" }, { "李", "李" }, { "", "" },
		{ "Alexander", "A***" }, { "阿卜杜拉买买提", "阿***" },
	};
	char out[64];

	(void)state;
	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++)
		same(mask_idcard(text_of(ids[i].in), out), text_of(ids[i].want));
	for (size_t i = 0; i < sizeof(phones) / sizeof(phones[0]); i++)
		same(mask_phone(text_of(phones[i].in), out), text_of(phones[i].want));
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		same(mask_name(text_of(names[i].in), out), text_of(names[i].want));
	memset(out, '7', sizeof(out));
	assert_int_equal(mask_idcard((struct text){ "7777777777777777777777777777777777777777", 40 }, out).n, 31);
	assert_null(strchr(out, '7'));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(seal_gives_the_published_vector),
		cmocka_unit_test(hashes_and_macs_give_known_answers),
		cmocka_unit_test(domains_keep_indexes_apart),
		cmocka_unit_test(signature_gives_the_published_vector),
		cmocka_unit_test(password_check_knows_the_reference_hash),
		cmocka_unit_test(seal_opens_only_what_was_sealed),
		cmocka_unit_test(seal_takes_the_empty_text),
		cmocka_unit_test(seal_respects_the_memory_bound),
		cmocka_unit_test_setup_teardown(keys_are_made_once_and_owner_only, dir_make, dir_remove),
		cmocka_unit_test_setup_teardown(keys_others_may_read_are_refused, dir_make, dir_remove),
		cmocka_unit_test_setup_teardown(keys_broken_or_lost_are_refused, dir_make, dir_remove),
		cmocka_unit_test_setup_teardown(keys_rotate, dir_make, dir_remove),
		cmocka_unit_test(password_is_hashed_and_checked),
		cmocka_unit_test(weak_passwords_are_refused),
		cmocka_unit_test(hashings_wait_for_a_slot),
		cmocka_unit_test(masks_show_the_edges_only),
	};

	return cmocka_run_group_tests(tests, group_open, group_close);
}
