/* bench: how fast, on this machine?  `zhaofa bench NAME` (the programs stand in bench/); each prints medians of five with machine and load. */
#pragma once

#include <stdint.h>

int bench_circle(void);
int bench_circle_pin(void);
int bench_circle_scale(void);
int bench_clock(void);
int bench_dispatch(void);
int bench_paper(void);
int bench_policy(int64_t rows); /* 0: a million, then the 5.9 million households of Suzhou */
int bench_recount(void);

/* Monotonic nanoseconds. */
int64_t bench_now_ns(void);
/* Nanoseconds of processor that this program has used, in all its threads: what a busy machine does not change. */
int64_t bench_cpu_ns(void);
/* Sorts v (n odd). */
double bench_median(double *v, int n);
/* Processor, cores, load: the line that stands over every result. */
void bench_machine_print(void);
