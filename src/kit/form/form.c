#include <limits.h>
#include <string.h>

#include "base/code.h"
#include "base/credit.h"
#include "base/idcard.h"
#include "base/phone.h"
#include "base/utf8.h"
#include "kit/form/form.h"
#include "kit/msg/msg.h"

/* What the readers of one field share. */
struct reading {
	const struct form *form;
	const struct field *field;
	struct day today;
	struct arena *mem;
	char *values;
	struct findings *findings;
	bool out_of_memory;
};

typedef void field_reader(struct reading *r, struct text t);

bool
field_is_text(enum field_kind kind)
{
	return kind == FIELD_LINE || kind == FIELD_PARAGRAPH || kind == FIELD_SECRET;
}

bool
field_has_choices(enum field_kind kind)
{
	return kind == FIELD_CHOICE || kind == FIELD_FLAGS;
}

static void
reading_find(struct reading *r, const char *message, int64_t bound)
{
	findings_add(r->findings, r->field->key, message, bound);
}

static void *
reading_slot(const struct reading *r)
{
	return r->values + r->field->offset;
}

static void
reading_set_text(struct reading *r, struct text t)
{
	t = arena_text(r->mem, t);
	if (t.p == NULL)
		r->out_of_memory = true;
	else
		memcpy(reading_slot(r), &t, sizeof(t));
}

/* ---- cleaning --------------------------------------------------------------------------------- */

/* The text with U+FFFD for every byte and character that a page cannot show. */
static struct text
text_made_plain(struct arena *a, struct text t)
{
	char *p;
	size_t n = 0;

	if (utf8_check(t, true) == UTF8_FINE)
		return arena_text(a, t);
	p = arena_array(a, t.n + 1, 3);
	if (p == NULL)
		return (struct text){ NULL, 0 };
	for (size_t at = 0, from = 0; at < t.n; from = at) {
		struct text bytes;

		utf8_next(t, &at);
		bytes = (struct text){ t.p + from, at - from };
		if (utf8_check(bytes, true) != UTF8_FINE)
			bytes = TEXT("\uFFFD");
		memcpy(p + n, bytes.p, bytes.n);
		n += bytes.n;
	}
	return (struct text){ p, n };
}

/* U+FF01..FF5E are ASCII in full width, as Chinese input methods write them. */
static struct text
text_made_narrow(struct arena *a, struct text t)
{
	struct text made = arena_text(a, t);
	char *p = made.p == NULL ? NULL : arena_alloc(a, t.n + 1);
	size_t n = 0;

	if (p == NULL)
		return (struct text){ NULL, 0 };
	for (size_t at = 0, from = 0; at < t.n; from = at) {
		uint32_t c = utf8_next(t, &at);

		if (c >= 0xFF01 && c <= 0xFF5E) {
			p[n++] = (char)(c - 0xFF01 + '!');
			continue;
		}
		memcpy(p + n, t.p + from, at - from);
		n += at - from;
	}
	return (struct text){ p, n };
}

static struct text
text_made_unix(struct arena *a, struct text t)
{
	char *p = arena_alloc(a, t.n + 1);
	size_t n = 0;

	if (p == NULL)
		return (struct text){ NULL, 0 };
	for (size_t i = 0; i < t.n; i++)
		if (t.p[i] != '\r')
			p[n++] = t.p[i];
		else if (i + 1 == t.n || t.p[i + 1] != '\n')
			p[n++] = '\n';
	return (struct text){ p, n };
}

/* Which character, counted from 1, has the fault. */
static int64_t
fault_position(struct text t, bool lines)
{
	size_t at = 0, from = 0;
	int64_t n = 1;

	while (at < t.n) {
		utf8_next(t, &at);
		if (utf8_check((struct text){ t.p + from, at - from }, lines) != UTF8_FINE)
			break;
		from = at;
		n++;
	}
	return n;
}

static bool
text_is_clean(struct reading *r, struct text t)
{
	bool lines = r->field->kind == FIELD_PARAGRAPH;
	enum utf8_fault fault = utf8_check(t, lines);
	const char *message = NULL;

	switch (fault) {
	case UTF8_BROKEN:
		message = T("第 %lld 个字不是有效的 UTF-8 编码");
		break;
	case UTF8_NUL:
		message = T("第 %lld 个字是空字符，请删去");
		break;
	case UTF8_CONTROL:
		message = T("第 %lld 个字是看不见的控制字符，请删去");
		break;
	case UTF8_FINE:
	default:
		return true;
	}
	reading_find(r, message, fault_position(t, lines));
	return false;
}

/* ---- one reader per kind; t is clean and not empty --------------------------------------------- */

static void
read_text(struct reading *r, struct text t)
{
	int64_t length;

	if (r->field->kind == FIELD_PARAGRAPH)
		t = text_made_unix(r->mem, t);
	if (t.p == NULL) {
		r->out_of_memory = true;
		return;
	}
	length = (int64_t)utf8_length(t);
	if (length > r->field->max)
		reading_find(r, T("最多 %lld 个字"), r->field->max);
	else if (length < r->field->min)
		reading_find(r, T("至少 %lld 个字"), r->field->min);
	else
		reading_set_text(r, t);
}

/* A number too long for int64_t is past the bound on its side, not "no number". */
static bool
text_is_number(struct text t)
{
	size_t sign = t.n != 0 && (t.p[0] == '-' || t.p[0] == '+');

	for (size_t i = sign; i < t.n; i++)
		if (t.p[i] < '0' || t.p[i] > '9')
			return false;
	return t.n > sign;
}

static void
read_int(struct reading *r, struct text t)
{
	const struct field *f = r->field;
	int64_t n = 0;
	int side;

	if (!text_is_number(t)) {
		reading_find(r, T("请填写整数"), 0);
		return;
	}
	if (int64_parse(t, INT64_MIN, INT64_MAX, &n) != RC_OK)
		side = t.p[0] == '-' ? -1 : 1;
	else
		side = (n > f->max) - (n < f->min);
	if (side < 0)
		reading_find(r, T("不能小于 %lld"), f->min);
	else if (side > 0)
		reading_find(r, T("不能大于 %lld"), f->max);
	else
		memcpy(reading_slot(r), &n, sizeof(n));
}

static void
read_key(struct reading *r, struct text t)
{
	int64_t n;

	if (int64_parse(t, 0, INT64_MAX, &n) != RC_OK)
		reading_find(r, T("编号不正确"), 0);
	else
		memcpy(reading_slot(r), &n, sizeof(n));
}

static void
read_bool(struct reading *r, struct text t)
{
	bool yes = text_equals(t, TEXT("1")) || text_equals(t, TEXT("on")) || text_equals(t, TEXT("true"));
	bool no = text_equals(t, TEXT("0")) || text_equals(t, TEXT("off")) || text_equals(t, TEXT("false"));

	if (!yes && !no)
		reading_find(r, T("只能是“是”或“否”（1 或 0）"), 0);
	else if (no && r->field->required)
		reading_find(r, T("请勾选这一项"), 0);
	else
		memcpy(reading_slot(r), &yes, sizeof(yes));
}

static void
read_choice(struct reading *r, struct text t)
{
	const struct choice *c = choice_by_key(r->field->choices, t);

	if (c == NULL)
		reading_find(r, T("没有这个选项，请重新选择"), 0);
	else
		memcpy(reading_slot(r), &c->value, sizeof(c->value));
}

static void
read_flags(struct reading *r, struct text t)
{
	uint64_t bits = 0;

	while (t.n != 0) {
		struct text key = text_trim(text_cut(&t, ','));
		const struct choice *c = choice_by_key(r->field->choices, key);

		if (key.n == 0)
			continue;
		if (c == NULL || c->value < 0 || c->value > 63) {
			reading_find(r, T("没有这个选项，请重新选择"), 0);
			return;
		}
		bits |= UINT64_C(1) << c->value;
	}
	if (bits == 0 && r->field->required)
		reading_find(r, T("请选择至少一项"), 0);
	else
		memcpy(reading_slot(r), &bits, sizeof(bits));
}

/* 2026-06-30, and as spreadsheets and people write it: 2026/6/30, 2026.6.30. */
static bool
day_read(struct text t, struct day *ret)
{
	char sep = '-';
	struct text year, month;
	int64_t y, m, d;

	for (size_t i = 0; i < t.n; i++)
		if (t.p[i] == '/' || t.p[i] == '.') {
			sep = t.p[i];
			break;
		}
	year = text_cut(&t, sep);
	month = text_cut(&t, sep);
	if (year.n != 4 || month.n > 2 || t.n > 2 || year.p[0] == '+')
		return false;
	if (int64_parse(year, 0, 9999, &y) != RC_OK || int64_parse(month, 1, 12, &m) != RC_OK ||
	    int64_parse(t, 1, 31, &d) != RC_OK)
		return false;
	return day_from_ymd((struct ymd){ (int)y, (int)m, (int)d }, ret) == RC_OK;
}

static bool
day_is_early(struct reading *r, struct day d)
{
	int64_t min = r->field->min;

	if (min <= INT_MIN || (int64_t)d.n - r->today.n >= min)
		return false;
	if (min == 0)
		reading_find(r, T("不能早于今天"), 0);
	else if (min < 0)
		reading_find(r, T("不能早于今天之前 %lld 天"), -min);
	else
		reading_find(r, T("不能早于今天之后 %lld 天"), min);
	return true;
}

static bool
day_is_late(struct reading *r, struct day d)
{
	int64_t max = r->field->max;

	if (max >= INT_MAX || (int64_t)d.n - r->today.n <= max)
		return false;
	if (max == 0)
		reading_find(r, T("不能晚于今天"), 0);
	else if (max < 0)
		reading_find(r, T("不能晚于今天之前 %lld 天"), -max);
	else
		reading_find(r, T("不能晚于今天之后 %lld 天"), max);
	return true;
}

static void
read_day(struct reading *r, struct text t)
{
	struct day d;

	if (!day_read(t, &d))
		reading_find(r, T("没有这一天，或写法不对，应如 2026-06-30"), 0);
	else if (!day_is_early(r, d) && !day_is_late(r, d))
		memcpy(reading_slot(r), &d, sizeof(d));
}

static void
read_time(struct reading *r, struct text t)
{
	struct text minute = t, hour = text_cut(&minute, ':');
	int64_t h, m;
	int n;

	if (hour.n < 1 || hour.n > 2 || minute.n != 2 || int64_parse(hour, 0, 23, &h) != RC_OK ||
	    int64_parse(minute, 0, 59, &m) != RC_OK || hour.p[0] == '+' || minute.p[0] == '+' ||
	    hour.p[0] == '-' || minute.p[0] == '-') {
		reading_find(r, T("时间写法不对，应如 09:30（00:00 至 23:59）"), 0);
		return;
	}
	n = (int)(h * 60 + m);
	memcpy(reading_slot(r), &n, sizeof(n));
}

static void
read_phone(struct reading *r, struct text t)
{
	char digits[16];

	if (phone_read(t, digits) != RC_OK)
		reading_find(r, T("电话号码不正确：手机 11 位，固定电话请带区号"), 0);
	else
		reading_set_text(r, text_of(digits));
}

static void
read_idcard(struct reading *r, struct text t)
{
	struct idcard card;

	switch (idcard_read(t, r->today, &card)) {
	case IDCARD_FINE:
		reading_set_text(r, text_of(card.number));
		break;
	case IDCARD_LENGTH:
		reading_find(r, T("身份证号应为 %lld 位（旧证 15 位）"), 18);
		break;
	case IDCARD_DIGITS:
		reading_find(r, T("身份证号只能是数字，最后一位可以是 X"), 0);
		break;
	case IDCARD_BIRTH:
		reading_find(r, T("身份证号里的出生日期不存在，或晚于今天"), 0);
		break;
	case IDCARD_CHECK:
	default:
		reading_find(r, T("身份证号最后一位校验不符，请逐位核对"), 0);
		break;
	}
}

static void
read_credit(struct reading *r, struct text t)
{
	char code[19];

	switch (credit_read(t, code)) {
	case CREDIT_FINE:
		reading_set_text(r, text_of(code));
		break;
	case CREDIT_LENGTH:
		reading_find(r, T("统一社会信用代码应为 %lld 位"), 18);
		break;
	case CREDIT_CHARACTER:
		reading_find(r, T("统一社会信用代码只有数字和大写字母，不含 I、O、S、V、Z"), 0);
		break;
	case CREDIT_CHECK:
	default:
		reading_find(r, T("统一社会信用代码校验不符，请逐位核对"), 0);
		break;
	}
}

static void
read_place(struct reading *r, struct text t)
{
	struct place p;

	if (place_parse(t, &p) != RC_OK)
		reading_find(r, T("区划代码应为 2、4、6、9 或 12 位数字"), 0);
	else
		memcpy(reading_slot(r), &p, sizeof(p));
}

static void
read_code(struct reading *r, struct text t)
{
	unsigned char bytes[CODE_BYTES];
	char printed[20], code[CODE_CHARS + 1];
	size_t n = 0;

	if (code_parse(t, bytes) != RC_OK) {
		reading_find(r, T("查询码应为 %lld 位字母和数字，请核对"), CODE_CHARS);
		return;
	}
	code_print(bytes, printed);
	for (const char *p = printed; *p != '\0'; p++)
		if (*p != '-')
			code[n++] = *p;
	reading_set_text(r, (struct text){ code, n });
}

static field_reader *const readers[] = {
	[FIELD_LINE] = read_text,
	[FIELD_PARAGRAPH] = read_text,
	[FIELD_INT] = read_int,
	[FIELD_BOOL] = read_bool,
	[FIELD_CHOICE] = read_choice,
	[FIELD_FLAGS] = read_flags,
	[FIELD_DAY] = read_day,
	[FIELD_TIME] = read_time,
	[FIELD_PHONE] = read_phone,
	[FIELD_IDCARD] = read_idcard,
	[FIELD_CREDIT] = read_credit,
	[FIELD_PLACE] = read_place,
	[FIELD_KEY] = read_key,
	[FIELD_CODE] = read_code,
	[FIELD_SECRET] = read_text,
};

/* ---- one field --------------------------------------------------------------------------------- */

/* What a field holds when nothing was typed and zero would mean something. */
static void
field_clear(struct reading *r)
{
	static const struct text none = { "", 0 };
	static const int no_time = -1;

	switch (r->field->kind) {
	case FIELD_LINE:
	case FIELD_PARAGRAPH:
	case FIELD_PHONE:
	case FIELD_IDCARD:
	case FIELD_CREDIT:
	case FIELD_CODE:
	case FIELD_SECRET:
		memcpy(reading_slot(r), &none, sizeof(none));
		break;
	case FIELD_DAY:
		memcpy(reading_slot(r), &DAY_NONE, sizeof(struct day));
		break;
	case FIELD_TIME:
		memcpy(reading_slot(r), &no_time, sizeof(no_time));
		break;
	case FIELD_INT:
	case FIELD_BOOL:
	case FIELD_CHOICE:
	case FIELD_FLAGS:
	case FIELD_PLACE:
	case FIELD_KEY:
	default:
		break;
	}
}

static const char *
field_missing(const struct field *f)
{
	if (f->kind == FIELD_BOOL)
		return T("请勾选这一项");
	return field_has_choices(f->kind) ? T("请选择至少一项") : T("请填写这一项");
}

/* All values that came under the field's key, joined by ','; one value is a view of itself. */
static struct text
field_joined(struct reading *r, struct params params, size_t *ret_count)
{
	struct text key = text_of(r->field->key), first = TEXT_NONE;
	size_t bytes = 0, n = 0;
	char *p;

	*ret_count = 0;
	for (size_t i = 0; i < params.n; i++)
		if (text_equals(params.v[i].name, key)) {
			first = (*ret_count)++ == 0 ? params.v[i].value : first;
			bytes += params.v[i].value.n + 1;
		}
	if (*ret_count < 2)
		return first;
	p = arena_alloc(r->mem, bytes);
	if (p == NULL)
		return (struct text){ NULL, 0 };
	for (size_t i = 0; i < params.n; i++)
		if (text_equals(params.v[i].name, key)) {
			if (n > 0)
				p[n++] = ',';
			if (params.v[i].value.n > 0)
				memcpy(p + n, params.v[i].value.p, params.v[i].value.n);
			n += params.v[i].value.n;
		}
	return (struct text){ p, n };
}

/* The value without what people did not mean: blanks around it, full-width digits. */
static struct text
field_tidied(struct reading *r, struct text t)
{
	enum field_kind kind = r->field->kind;

	if (kind == FIELD_SECRET)
		return t;
	if (!field_is_text(kind) && !field_has_choices(kind))
		t = text_made_narrow(r->mem, t);
	return t.p == NULL ? t : text_trim(t);
}

static void
field_read(struct reading *r, struct params params, struct text *typed)
{
	const struct field *f = r->field;
	size_t count;
	struct text t;

	field_clear(r);
	t = field_joined(r, params, &count);
	*typed = f->kind == FIELD_SECRET || t.p == NULL ? TEXT_NONE : text_made_plain(r->mem, t);
	if (t.p != NULL)
		t = field_tidied(r, t);
	if (t.p == NULL || typed->p == NULL) {
		r->out_of_memory = true;
	} else if (count > 1 && f->kind != FIELD_FLAGS) {
		reading_find(r, T("这一项只能填写 %lld 个值"), 1);
	} else if (t.n == 0) {
		if (f->required)
			reading_find(r, field_missing(f), 0);
	} else if (text_is_clean(r, t)) {
		readers[f->kind](r, t);
	}
}

enum rc
form_read(const struct form *form, struct params params, struct day today, struct arena *a,
    void *values, struct typed *ret_typed, struct findings *findings)
{
	struct reading r = {
		.form = form, .today = today, .mem = a, .values = values, .findings = findings,
	};
	size_t before = findings->total;

	memset(values, 0, form->size);
	ret_typed->v = arena_array(a, form->n, sizeof(struct text));
	if (ret_typed->v == NULL)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < form->n; i++)
		ret_typed->v[i] = TEXT_NONE;
	for (size_t i = 0; i < form->n && !r.out_of_memory; i++) {
		r.field = &form->fields[i];
		field_read(&r, params, &ret_typed->v[i]);
	}
	if (r.out_of_memory)
		return RC_NO_MEMORY;
	return findings->total > before ? RC_INVALID : RC_OK;
}
