/*
 * Beside `zhaofa bench circle`: the same network in igraph. Reads what the benchmark wrote,
 * prints processor seconds and then the times.
 */
#include <igraph/igraph.h>

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

static double
cpu(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static int
vector_read(FILE *f, igraph_vector_int_t *v, igraph_integer_t n)
{
	igraph_vector_int_init(v, n);
	for (igraph_integer_t i = 0; i < n; i++)
		if (fscanf(f, "%" SCNd64, &VECTOR(*v)[i]) != 1)
			return -1;
	return 0;
}

int
main(int argc, char **argv)
{
	FILE *f = argc == 2 ? fopen(argv[1], "rb") : NULL;
	igraph_integer_t n, m, n_from, n_to;
	igraph_vector_int_t ends, from, to, once, column;
	igraph_vector_t ms;
	igraph_matrix_t all;
	igraph_t g;
	double began;

	if (f == NULL || fscanf(f, "%" SCNd64 " %" SCNd64 " %" SCNd64 " %" SCNd64, &n, &m, &n_from,
	    &n_to) != 4)
		return 1;
	igraph_vector_int_init(&ends, 2 * m);
	igraph_vector_init(&ms, m);
	for (igraph_integer_t i = 0; i < m; i++)
		if (fscanf(f, "%" SCNd64 " %" SCNd64 " %lf", &VECTOR(ends)[2 * i],
		    &VECTOR(ends)[2 * i + 1], &VECTOR(ms)[i]) != 3)
			return 1;
	if (vector_read(f, &from, n_from) != 0 || vector_read(f, &to, n_to) != 0)
		return 1;
	/* igraph wants each target once */
	igraph_vector_int_init(&once, 0);
	igraph_vector_int_init(&column, n);
	igraph_vector_int_fill(&column, -1);
	for (igraph_integer_t k = 0; k < n_to; k++)
		if (VECTOR(column)[VECTOR(to)[k]] < 0) {
			VECTOR(column)[VECTOR(to)[k]] = igraph_vector_int_size(&once);
			igraph_vector_int_push_back(&once, VECTOR(to)[k]);
		}
	igraph_create(&g, &ends, n, IGRAPH_DIRECTED);
	igraph_matrix_init(&all, 0, 0);
	began = cpu();
	igraph_distances_dijkstra(&g, &all, igraph_vss_vector(&from), igraph_vss_vector(&once), &ms,
	    IGRAPH_OUT);
	printf("%.6f\n", cpu() - began);
	for (igraph_integer_t i = 0; i < n_from; i++)
		for (igraph_integer_t k = 0; k < n_to; k++) {
			igraph_real_t v = MATRIX(all, i, VECTOR(column)[VECTOR(to)[k]]);

			printf("%.0f\n", v < 1e15 ? v : -1.0);
		}
	return 0;
}
