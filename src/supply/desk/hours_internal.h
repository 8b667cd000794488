/* hours_internal: who answers the points' numbers, test calls, and calls nobody took, as pages of the desk. */
#pragma once

#include "operations/missed/missed.h"
#include "resources/oncall/oncall.h"
#include "supply/desk/desk_internal.h"

struct oncall_values { int64_t turn; struct text login, name, office, phone, hours; bool show_name; struct day from, to; };
struct oncall_end_values { int64_t contact, revision; struct day last; };
struct oncall_test_values { int64_t point, contact; struct text phone; int result; };
struct missed_values { struct text point, phone, name, words; int minute; };
extern const struct form oncall_form, oncall_end_form, oncall_test_form, desk_missed_form;
http_handler oncall_list_page, oncall_point_page, oncall_point_post, oncall_end_post, oncall_tests_page, oncall_tests_post;
http_handler missed_list_page, missed_new_page, missed_new_post;
