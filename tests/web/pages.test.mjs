// The pages that anybody may open: no finding in any of them, in both languages, elder mode, at every size.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { check, openPage, shot, startBrowser, startServer } from "./lib.mjs";

const PAGES = ["/", "/ask", "/points", "/desk/login"];
const SIZES = [[390, 844], [1024, 768], [1440, 900]];
let server, browser;

before(async () => { server = await startServer({ requests: 50 }); browser = await startBrowser(); });
after(async () => { await browser?.close(); await server?.stop(); });

for (const path of PAGES)
	for (const query of ["?lang=zh&elder=0", "?lang=en&elder=0", "?lang=zh&elder=1"])
		test(`${path}${query}`, async () => {
			const page = await openPage(browser.context);
			const answer = await page.goto(server.base + path + query);
			assert.equal(answer.status(), 200);
			assert.deepEqual(await check(page), []);
			for (const [width, height] of SIZES) {
				await page.setViewportSize({ width, height });
				await shot(page, `page${path.replace(/\W/g, "-")}${query.replace(/\W+/g, "")}-${width}`, { full: true });
			}
			await page.close();
		});

test("a first visit weighs at most 30 KB in 5 requests", async () => {
	for (const path of PAGES.filter((p) => !p.startsWith("/desk"))) {
		const fresh = await startBrowser();
		const page = await openPage(fresh.context);
		const asked = [];
		page.on("requestfinished", async (r) => { asked.push([r.url(), (await r.sizes()).responseBodySize]); });
		await page.goto(server.base + path, { waitUntil: "networkidle" });
		const bytes = asked.reduce((sum, [, n]) => sum + n, 0);
		assert.ok(asked.length <= 5 && bytes <= 30 * 1024, `${path}: ${bytes} bytes in ${asked.length}: ${asked.join(" ")}`);
		await fresh.close();
	}
});
