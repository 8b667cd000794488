#include "app/bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

int64_t
bench_now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

int64_t
bench_cpu_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

static int
double_compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

double
bench_median(double *v, int n)
{
	qsort(v, (size_t)n, sizeof *v, double_compare);
	return v[n / 2];
}

void
bench_machine_print(void)
{
	FILE *f = fopen("/proc/cpuinfo", "r");
	char line[256], *model = NULL;
	double load[3] = { 0 };

	while (f != NULL && model == NULL && fgets(line, sizeof line, f) != NULL)
		if (strncmp(line, "model name", 10) == 0 && (model = strchr(line, ':')) != NULL)
			model[strcspn(model, "\n")] = '\0';
	if (f != NULL)
		fclose(f);
	if (getloadavg(load, 3) < 1)
		load[0] = -1;
	printf("machine: %s, %ld cores, load %.2f at the start\n", model != NULL ? model + 2 : "unknown",
	    sysconf(_SC_NPROCESSORS_ONLN), load[0]);
}
