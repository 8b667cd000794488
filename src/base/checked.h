/* checked: arithmetic on money and sizes that cannot wrap in silence.  True on overflow. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static inline bool int64_add_overflows(int64_t a, int64_t b, int64_t *ret)
{ return __builtin_add_overflow(a, b, ret); }
static inline bool int64_mul_overflows(int64_t a, int64_t b, int64_t *ret)
{ return __builtin_mul_overflow(a, b, ret); }
static inline bool size_add_overflows(size_t a, size_t b, size_t *ret)
{ return __builtin_add_overflow(a, b, ret); }
static inline bool size_mul_overflows(size_t a, size_t b, size_t *ret)
{ return __builtin_mul_overflow(a, b, ret); }
