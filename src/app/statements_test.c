/* Every statement of the program: sound, prepared by the engine, and hot lists walk an index without a sort. */
#include "kit/db/db_stage.h"

#include "app/app.h"

#include <stdio.h>
#include <string.h>

static void
statements_are_sound(void **state)
{
	const char *why = NULL;
	const struct db_stmt *bad = db_check_statements(app_sql, app_sql_n, &why);

	(void)state;
	if (bad != NULL)
		fail_msg("%s: %s", bad->name, why);
}

static void
the_engine_prepares_them_all(void **state)
{
	struct stage *f = *state;
	int failed = 0;

	for (size_t i = 0; i < app_sql_n; i++)
		for (size_t k = 0; k < app_sql[i]->n; k++) {
			struct db_set one = { app_sql[i]->subject, &app_sql[i]->stmts[k], 1 };
			const struct db_set *list[1] = { &one };
			struct text why = TEXT_NONE;

			if (db_prepare_all(f->db, list, 1, &why) == NULL)
				continue;
			printf("# %s: %.*s\n", one.stmts->name, (int)why.n, why.p);
			failed++;
		}
	assert_int_equal(failed, 0);
}

/* Lists that another index would carry without a sort as well, but through rows that are none of theirs. */
static const struct { const char *name, *index; } carried[] = {
	{ "supervise.orders_due", "supervise_order_next" },
	{ "supervise.again_due", "supervise_order_again" }, { "supervise.steps_due", "case_clock_step" },
};

static void
is_carried(const struct db_stmt *s, struct text plan)
{
	for (size_t i = 0; i < sizeof carried / sizeof carried[0]; i++)
		if (strcmp(carried[i].name, s->name) == 0 && !text_contains(plan, text_of(carried[i].index)))
			fail_msg("%s does not walk %s:\n%.*s", s->name, carried[i].index, (int)plan.n, plan.p);
}

static void
hot_lists_walk_an_index(void **state)
{
	static const struct db_value zero[16] = { { .type = DB_INT }, { .type = DB_INT }, { .type = DB_INT }, { .type = DB_INT },
		{ .type = DB_INT }, { .type = DB_INT }, { .type = DB_INT }, { .type = DB_INT }, { .type = DB_INT }, { .type = DB_INT },
		{ .type = DB_INT }, { .type = DB_INT }, { .type = DB_INT }, { .type = DB_INT }, { .type = DB_INT }, { .type = DB_INT } };
	struct stage *f = *state;
	int looked = 0;

	for (size_t i = 0; i < app_sql_n; i++)
		for (size_t k = 0; k < app_sql[i]->n; k++) {
			const struct db_stmt *s = &app_sql[i]->stmts[k];
			struct text plan = TEXT_NONE;
			size_t n = 0;

			if (s->hot == 0)
				continue;
			for (size_t p = 16; p > 0 && n == 0; p--) {
				char name[24];

				snprintf(name, sizeof name, "$%zu", p);
				if (strstr(s->sql, name) != NULL)
					n = p;
			}
			assert_int_equal(db_explain(f->db, f->mem, s, (struct db_args){ zero, n }, &plan), RC_OK);
			if (text_contains(plan, TEXT("TEMP B-TREE")) || text_contains(plan, TEXT("SCAN r")) || text_contains(plan, TEXT("Seq Scan"))
			    || text_contains(plan, TEXT("Sort")))
				fail_msg("%s:\n%.*s", s->name, (int)plan.n, plan.p);
			is_carried(s, plan);
			looked++;
		}
	assert_true(looked >= 12);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(statements_are_sound),
		cmocka_unit_test(the_engine_prepares_them_all),
		cmocka_unit_test(hot_lists_walk_an_index),
	};

	return stage_main("statements", tests, sizeof tests / sizeof tests[0]);
}
