/* notices: the thread that follows the events and sends what is due; one a process. */
#pragma once

#include "supply/notify/notify.h"

struct app;
struct notices;
/* NULL with an English reason: the settings of [notify] cannot be used. */
struct notices *notices_start(struct app *app, struct text *ret_why);
void notices_stop(struct notices *n); /* after the message under way; takes NULL */
/* A demonstration just built: notices of its last days are there. */
enum rc notices_demo(struct app *app, struct arena *mem);
