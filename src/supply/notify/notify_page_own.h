/* notify_page_own: what the pages of notices share; private. */
#pragma once

#include "supply/frame/frame.h"
#include "supply/notify/notify.h"

struct text notify_when(const struct exchange *x, int64_t at_ms);

http_handler notices_page, notices_read_post, notices_choice_post, notify_feed_post, notify_feed_page;
http_handler notify_admin_page, notify_rules_post, notify_template_post, notify_trial_post;
extern const struct form notify_read_form, notify_choice_form, notify_rules_form, notify_template_form, notify_trial_form;
