/* notify_mail: a message as the mail server takes it (RFC 5322, RFC 2045, RFC 2047).  Pure; private. */
#pragma once

#include "base/buf.h"
#include "supply/notify/notify.h"

/* Headers and body with CRLF; host: what stands after the '@' of the Message-ID. */
void notify_mail_write(struct buf *b, const struct notify_message *m, const char *from);
