/* identity_session: how long does a session live?  Private to resources/identity; pure. */
#pragma once

#include "resources/identity/identity.h"

struct session_span { int64_t idle_ms, max_ms; };

/* Over at the very moment either bound is reached. */
bool session_is_over(struct session_span span, int64_t created_ms, int64_t seen_ms, int64_t now_ms);
int64_t session_expires_ms(struct session_span span, int64_t created_ms, int64_t seen_ms);
/* seen_ms is written at most once a minute: is it time? */
bool session_is_stale(int64_t seen_ms, int64_t now_ms);
/* 32 random bytes as 43 characters that a cookie may hold. */
void session_token_make(char out[static 48]);
/* The same for a session that begins now, with the bounds set. */
int64_t session_first_expiry_ms(int64_t now_ms);
