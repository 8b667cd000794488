/* notify_page_own: what the pages of notices share; private. */
#pragma once

#include "supply/frame/frame.h"
#include "supply/notify/notify_ics.h"

struct text notify_host(const char *url);
/* Turns of duty as the calendar writes them. */
enum rc notify_turns_fill(const struct exchange *x, enum duty_whose whose, const struct duty_turn *v, size_t n, struct notify_calendar *ret);
struct text notify_when(const struct exchange *x, int64_t at_ms);

http_handler notices_page, notices_read_post, notices_choice_post, notify_feed_post, notify_feed_page, notify_point_feed, notify_village_feed;
http_handler notify_admin_page, notify_rules_post, notify_template_post, notify_trial_post;
extern const struct form notify_read_form, notify_choice_form, notify_rules_form, notify_template_form, notify_trial_form;
