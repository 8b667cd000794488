/* Between the parts that make a month into walks and rows. */
#pragma once

#include "engine/roster/roster_month_internal.h"

#define TRIPS_MAX 800u
#define LETTERS_MAX 2000u

/* What a person may do: the visits of a village that is only theirs, or one visit that others may make, too. */
struct task { uint32_t village, slot /* UINT32_MAX: only theirs */, times, days; int32_t price; };
struct trip { uint32_t task[ROSTER_STOPS_MAX], n, minutes, units, halves; };
/* What the automaton is told: nothing, a trip, a window. */
struct letter { uint32_t trip, minutes, halves; bool weekend; };

struct build {
	const struct roster_month *m;
	struct core_row *row;
	uint32_t *row_of_slot, *row_of_window, *row_of_town, *first; /* first: slot of each village */
	/* of one person at a time */
	struct task task[ROSTER_TASKS_MAX];
	struct trip trip[TRIPS_MAX];
	struct letter letter[LETTERS_MAX];
	uint32_t n_tasks, n_trips, n_letters;
	/* of all; NULL while they are counted */
	struct core_option *option;
	struct month_option *means;
	struct core_use *use;
	uint32_t n_options, n_uses;
};
uint32_t build_letter(struct build *b, struct letter l);
/* From tasks, trips, letters and options to states. */
enum rc build_automaton(struct arena *spare, struct build *b, uint32_t person, struct core_person *ret);
/* Each visit is a task by itself: several persons may make it, or it has its part of the month. */
static inline bool
roster_shared(const struct roster_month *m, uint32_t village)
{
	return m->village[village].n_serves > 1 || m->village[village].parts;
}

/* Days on which rules of the calendar let the village be visited. */
uint32_t roster_village_days(const struct roster_month *m, uint32_t village);
/* Said before by another pin. */
bool roster_pin_repeats(const struct roster_month *m, uint32_t pin);
/* The visit whose part of the month has the day; UINT32_MAX: none. */
uint32_t roster_visit_on(const struct roster_month *m, uint32_t village, uint32_t day);
