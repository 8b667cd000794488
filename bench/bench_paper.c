/* Papers per second: a decision of one page and a form of four, on one thread and on two. */
#include "app/bench.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "kit/pdf/pdf.h"

#define ROUNDS 5
#define PAPERS 100

static void
decision_write(struct pdf *p)
{
	pdf_title(p, TEXT("给予法律援助决定书"));
	pdf_number(p, TEXT("〔2026〕第12号"));
	pdf_flush(p, TEXT("欧阳小雨："));
	for (int i = 0; i < 4; i++)
		pdf_para(p, TEXT("你因支付劳动报酬纠纷向本机构提出的法律援助申请，经审查，符合《中华人民共和国法律援助法》"
		    "第三十一条第五项、第四十二条第三项的规定，决定给予法律援助。"));
	pdf_seal(p, TEXT("某某区法律援助中心"), TEXT("2026年6月30日"), TEXT("（此处加盖公章）"));
}

static void
form_write(struct pdf *p)
{
	static const int widths[] = { 2, 4, 2, 4 };

	pdf_title(p, TEXT("经济状况说明表"));
	pdf_table_open(p, widths, 4);
	for (int i = 0; i < 60; i++)
		pdf_table_row(p, (struct pdf_cell[]){ { .text = TEXT("姓名"), .head = true }, { .text = TEXT("欧阳大海") },
		    { .text = TEXT("收入情况"), .head = true }, { .text = TEXT("每月养老金一千二百元，另有耕地两亩，由本人耕种。") } }, 4);
	pdf_table_close(p);
	decision_write(p);
}

struct work { void (*write)(struct pdf *); int64_t bytes; bool ok; };

static void *
print_all(void *arg)
{
	struct work *w = arg;

	w->ok = true;
	w->bytes = 0;
	for (int i = 0; i < PAPERS; i++) {
		struct pdf_spec spec = { .title = TEXT("文书"), .moment_ms = INT64_C(1782781200000), .foot = TEXT("〔2026〕第12号"),
			.code = TEXT("7KQ2-M9XA"), .code_url = TEXT("https://zf.example/paper?n=12") };
		struct pdf *p;
		struct buf out;

		buf_init(&out, 8 << 20);
		if (pdf_open(&spec, &p) == RC_OK) {
			w->write(p);
			w->ok = pdf_close(p, &out) == RC_OK && w->ok;
			w->bytes = (int64_t)out.n;
		} else {
			w->ok = false;
		}
		buf_free(&out);
	}
	return NULL;
}

static bool
round_run(void (*write)(struct pdf *), int threads, double *ret_per_second, int64_t *ret_bytes)
{
	struct work work[2] = { { .write = write }, { .write = write } };
	pthread_t t[2];
	int64_t begun = bench_now_ns();
	bool ok = true;

	for (int i = 0; i < threads; i++)
		if (pthread_create(&t[i], NULL, print_all, &work[i]) != 0)
			return false;
	for (int i = 0; i < threads; i++) {
		pthread_join(t[i], NULL);
		ok = ok && work[i].ok;
	}
	*ret_per_second = threads * PAPERS / ((double)(bench_now_ns() - begun) / 1e9);
	*ret_bytes = work[0].bytes;
	return ok;
}

int
bench_paper(void)
{
	static const struct { const char *name; void (*write)(struct pdf *); int pages; } papers[] = {
		{ "decision, 1 page", decision_write, 1 }, { "form, 4 pages", form_write, 4 } };

	bench_machine_print();
	for (size_t i = 0; i < sizeof papers / sizeof papers[0]; i++) {
		for (int threads = 1; threads <= 2; threads++) {
			double v[ROUNDS], median;
			int64_t bytes = 0;

			for (int k = 0; k < ROUNDS; k++) {
				if (!round_run(papers[i].write, threads, &v[k], &bytes)) {
					fprintf(stderr, "no paper: are the fonts installed?\n");
					return 1;
				}
			}
			median = bench_median(v, ROUNDS);
			printf("%-18s %d thread%s  %8.1f papers/s  %8.1f pages/s  %lld bytes\n", papers[i].name, threads,
			    threads == 1 ? " " : "s", median, median * papers[i].pages, (long long)bytes);
		}
	}
	return 0;
}
