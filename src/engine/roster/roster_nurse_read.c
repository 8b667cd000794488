/* Files of schedulingbenchmarks.org, and rosters for them. */
#include <string.h>

#include "engine/roster/roster_nurse.h"

enum section { S_NONE, S_HORIZON, S_SHIFTS, S_STAFF, S_OFF, S_WISH_ON, S_WISH_OFF, S_COVER };
static const struct { struct text name; enum section section; } sections[] = {
	{ TEXT_INIT("SECTION_HORIZON"), S_HORIZON }, { TEXT_INIT("SECTION_SHIFTS"), S_SHIFTS },
	{ TEXT_INIT("SECTION_STAFF"), S_STAFF }, { TEXT_INIT("SECTION_DAYS_OFF"), S_OFF },
	{ TEXT_INIT("SECTION_SHIFT_ON_REQUESTS"), S_WISH_ON }, { TEXT_INIT("SECTION_SHIFT_OFF_REQUESTS"), S_WISH_OFF },
	{ TEXT_INIT("SECTION_COVER"), S_COVER },
};

struct reader {
	struct arena *mem;
	struct nurse_problem *p;
	struct nurse_shift *shift;
	struct text *blocks;             /* of each shift: names, read when all shifts are known */
	struct nurse_staff *staff;
	uint8_t *off;
	int32_t *wish_on, *wish_off;
	struct nurse_cover *cover;
};

static bool
number_cut(struct text *rest, int64_t least, int64_t most, int64_t *ret)
{
	return int64_parse(text_trim(text_cut(rest, ',')), least, most, ret) == RC_OK;
}

static bool
shift_find(const struct nurse_problem *p, struct text id, int64_t *ret)
{
	for (uint32_t s = 0; s < p->n_shifts; s++)
		if (text_equals(p->shift[s].id, id)) {
			*ret = s;
			return true;
		}
	return false;
}

static bool
staff_find(const struct nurse_problem *p, struct text id, int64_t *ret)
{
	for (uint32_t i = 0; i < p->n_staff; i++)
		if (text_equals(p->staff[i].id, id)) {
			*ret = i;
			return true;
		}
	return false;
}

static bool
shift_read(struct reader *r, struct text line)
{
	struct nurse_problem *p = r->p;
	int64_t minutes;

	if (p->n_shifts == NURSE_SHIFTS_MAX)
		return false;
	r->shift[p->n_shifts].id = text_trim(text_cut(&line, ','));
	if (!number_cut(&line, 1, 1440, &minutes))
		return false;
	r->shift[p->n_shifts].minutes = (uint32_t)minutes;
	r->blocks[p->n_shifts++] = text_trim(line);
	return true;
}

static bool
blocks_read(struct reader *r)
{
	for (uint32_t s = 0; s < r->p->n_shifts; s++)
		while (r->blocks[s].n > 0) {
			int64_t other;

			if (!shift_find(r->p, text_trim(text_cut(&r->blocks[s], '|')), &other))
				return false;
			r->shift[s].blocks |= UINT32_C(1) << other;
		}
	return true;
}

static bool
limits_read(const struct nurse_problem *p, struct text list, struct nurse_staff *s)
{
	for (uint32_t k = 0; k < p->n_shifts; k++)
		s->shifts_max[k] = p->n_days;
	while (list.n > 0) {
		struct text one = text_cut(&list, '|'), name = text_trim(text_cut(&one, '='));
		int64_t shift, n;

		if (!shift_find(p, name, &shift) || int64_parse(text_trim(one), 0, NURSE_DAYS_MAX, &n) != RC_OK)
			return false;
		s->shifts_max[shift] = (uint32_t)n;
	}
	return true;
}

static bool
staff_read(struct reader *r, struct text line)
{
	struct nurse_staff *s = &r->staff[r->p->n_staff];
	uint32_t *const to[] = { &s->minutes_max, &s->minutes_min, &s->run_max, &s->run_min, &s->off_min, &s->weekends_max };

	if (r->p->n_staff == NURSE_STAFF_MAX || !blocks_read(r))
		return false;
	s->id = text_trim(text_cut(&line, ','));
	if (!limits_read(r->p, text_cut(&line, ','), s))
		return false;
	for (size_t k = 0; k < sizeof to / sizeof to[0]; k++) {
		int64_t n;

		if (!number_cut(&line, 0, k < 2 ? 1000000 : 200, &n))
			return false;
		*to[k] = (uint32_t)n;
	}
	r->p->n_staff++;
	return s->run_max > 0;
}

/* Room for what stands by person and day, once staff and shifts are known. */
static bool
tables_ready(struct reader *r)
{
	size_t days = (size_t)r->p->n_staff * r->p->n_days, many = days * r->p->n_shifts;

	if (r->off != NULL)
		return true;
	r->off = arena_array(r->mem, days + 1, sizeof *r->off);
	r->wish_on = arena_array(r->mem, many + 1, sizeof *r->wish_on);
	r->wish_off = arena_array(r->mem, many + 1, sizeof *r->wish_off);
	r->cover = arena_array(r->mem, (size_t)r->p->n_days * r->p->n_shifts + 1, sizeof *r->cover);
	return r->off != NULL && r->wish_on != NULL && r->wish_off != NULL && r->cover != NULL;
}

static bool
off_read(struct reader *r, struct text line)
{
	int64_t staff, day;

	if (!staff_find(r->p, text_trim(text_cut(&line, ',')), &staff))
		return false;
	while (line.n > 0) {
		if (!number_cut(&line, 0, r->p->n_days - 1, &day))
			return false;
		r->off[staff * r->p->n_days + day] = 1;
	}
	return true;
}

static bool
wish_read(struct reader *r, struct text line, int32_t *wish)
{
	int64_t staff, day, shift, price;

	if (!staff_find(r->p, text_trim(text_cut(&line, ',')), &staff) || !number_cut(&line, 0, r->p->n_days - 1, &day) ||
	    !shift_find(r->p, text_trim(text_cut(&line, ',')), &shift) || !number_cut(&line, 0, 100000, &price))
		return false;
	wish[(staff * r->p->n_days + day) * r->p->n_shifts + shift] += (int32_t)price;
	return true;
}

static bool
cover_read(struct reader *r, struct text line)
{
	int64_t day, shift, need, under, over;

	if (!number_cut(&line, 0, r->p->n_days - 1, &day) || !shift_find(r->p, text_trim(text_cut(&line, ',')), &shift) ||
	    !number_cut(&line, 0, 1000, &need) || !number_cut(&line, 0, 100000, &under) || !number_cut(&line, 0, 100000, &over))
		return false;
	r->cover[day * r->p->n_shifts + shift] = (struct nurse_cover){ (int32_t)need, (int32_t)under, (int32_t)over };
	return true;
}

static bool
line_read(struct reader *r, enum section section, struct text line)
{
	int64_t days;

	switch ((int)section) {
	case S_HORIZON:
		if (r->p->n_days != 0 || int64_parse(line, 1, NURSE_DAYS_MAX, &days) != RC_OK)
			return false;
		r->p->n_days = (uint32_t)days;
		return true;
	case S_SHIFTS:
		return r->p->n_staff == 0 && shift_read(r, line);
	case S_STAFF:
		return r->p->n_days > 0 && r->off == NULL && staff_read(r, line);
	case S_OFF:
		return tables_ready(r) && off_read(r, line);
	case S_WISH_ON:
		return tables_ready(r) && wish_read(r, line, r->wish_on);
	case S_WISH_OFF:
		return tables_ready(r) && wish_read(r, line, r->wish_off);
	case S_COVER:
		return tables_ready(r) && cover_read(r, line);
	default:
		return false;
	}
}

static enum rc
reader_new(struct arena *mem, struct nurse_problem *p, struct reader *ret)
{
	*p = (struct nurse_problem){ .n_days = 0 };
	*ret = (struct reader){ .mem = mem, .p = p };
	ret->shift = arena_array(mem, NURSE_SHIFTS_MAX, sizeof *ret->shift);
	ret->blocks = arena_array(mem, NURSE_SHIFTS_MAX, sizeof *ret->blocks);
	ret->staff = arena_array(mem, NURSE_STAFF_MAX + 1, sizeof *ret->staff);
	p->shift = ret->shift;
	p->staff = ret->staff;
	return ret->shift == NULL || ret->blocks == NULL || ret->staff == NULL ? RC_NO_MEMORY : RC_OK;
}

enum rc
nurse_read(struct arena *mem, struct text t, struct nurse_problem *ret, uint32_t *ret_line)
{
	enum section section = S_NONE;
	struct reader r;
	enum rc rc = reader_new(mem, ret, &r);

	for (*ret_line = 1; t.n > 0 && rc == RC_OK; ++*ret_line) {
		struct text line = text_trim(text_cut(&t, '\n'));
		bool heading = text_starts_with(line, TEXT("SECTION_")), known = false;

		if (line.n == 0 || line.p[0] == '#')
			continue;
		for (size_t k = 0; heading && k < sizeof sections / sizeof sections[0]; k++)
			if (text_equals(line, sections[k].name)) {
				section = sections[k].section;
				known = true;
			}
		if (heading ? !known : !line_read(&r, section, line))
			return RC_INVALID;
	}
	if (rc != RC_OK || ret->n_staff == 0 || ret->n_shifts == 0 || ret->n_days == 0)
		return rc == RC_OK ? RC_INVALID : rc;
	if (!tables_ready(&r))
		return RC_NO_MEMORY;
	ret->off = r.off;
	ret->wish_on = r.wish_on;
	ret->wish_off = r.wish_off;
	ret->cover = r.cover;
	return RC_OK;
}

enum rc
nurse_read_roster(struct arena *mem, const struct nurse_problem *p, struct text t, uint8_t **ret, uint32_t *ret_line)
{
	uint8_t *v = arena_array(mem, (size_t)p->n_staff * p->n_days, sizeof *v);

	if (v == NULL)
		return RC_NO_MEMORY;
	memset(v, NURSE_OFF, (size_t)p->n_staff * p->n_days);
	for (*ret_line = 1; t.n > 0; ++*ret_line) {
		struct text line = text_trim(text_cut(&t, '\n'));
		int64_t staff, day, shift;

		if (line.n == 0 || line.p[0] == '#')
			continue;
		if (!staff_find(p, text_trim(text_cut(&line, ',')), &staff) || !number_cut(&line, 0, p->n_days - 1, &day) ||
		    !shift_find(p, text_trim(line), &shift) || v[staff * p->n_days + day] != NURSE_OFF)
			return RC_INVALID; /* unknown, or two shifts a day */
		v[staff * p->n_days + day] = (uint8_t)shift;
	}
	*ret = v;
	return RC_OK;
}
