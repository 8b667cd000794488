/* identity_store: the SQL of accounts, sessions and delays.  Private to resources/identity. */
#pragma once

#include "resources/identity/identity.h"

enum identity_stmt {
	ACCOUNT_GET, ACCOUNT_GET_LOGIN, ACCOUNT_SECRET, ACCOUNT_SECRET_OWN, ACCOUNT_MANAGED, ACCOUNT_LIST,
	ACCOUNT_AT_POINT, ACCOUNT_INSERT, ACCOUNT_CHANGE, ACCOUNT_CHANGE_WORK, ACCOUNT_PASSWORD,
	ACCOUNT_REHASH, POINT_OUTSIDE, ITEM_LIST, ITEM_CLEAR, ITEM_ADD,
	LANGUAGE_LIST, LANGUAGE_CLEAR, LANGUAGE_ADD,
	SESSION_GET, SESSION_INSERT, SESSION_SEEN, SESSION_END, SESSION_END_ALL, SESSION_SWEEP,
	DELAY_GET, DELAY_COUNT, DELAY_TAKE, DELAY_UNTIL, DELAY_CLEAR, DELAY_GIVE_BACK, DELAY_SWEEP,
	KNOWN_GET, KNOWN_SET, KNOWN_SWEEP,
	IDENTITY_STMT_COUNT
};
extern const struct db_stmt identity_stmts[IDENTITY_STMT_COUNT];

/* The account columns begin at `col`; texts are copied to tx_mem(). */
void account_read(const struct rows *rows, int col, struct account *ret);
#define ACCOUNT_COLUMNS 13
/* A random key, for commands that are not asked for by a form. */
struct idem_key identity_key(void);
