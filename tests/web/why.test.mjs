// Why is it due on this day: linked from each deadline of a case, readable without JavaScript, without a finding.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { check, login, openPage, shot, startBrowser, startServer } from "./lib.mjs";

let server, browser, page, links;

before(async () => {
	server = await startServer({ requests: 120 });
	browser = await startBrowser();
	page = await openPage(browser.context);
	await login(page, server.base, "director", "yanshi-2026");
	await page.goto(`${server.base}/desk?list=area`);
	const open = await page.$$eval("#queue tbody a", (v) => v.map((a) => a.getAttribute("href")).filter((h) => h));
	await page.goto(server.base + open[0]);
	links = await page.$$eval('.clocks a[href*="/why/"]', (v) => v.map((a) => a.getAttribute("href")));
});
after(async () => { await browser?.close(); await server?.stop(); });

test("each deadline of a case leads to its reasons", async () => {
	const clocks = await page.$$eval(".clocks li", (v) => v.length);
	assert.ok(clocks > 0);
	assert.equal(new Set(links).size, clocks);
});

for (const query of ["?lang=zh", "?lang=en"])
	test(`the page of reasons has no finding (${query})`, async () => {
		for (const link of links) {
			const answer = await page.goto(server.base + link + query);
			assert.equal(answer.status(), 200);
			assert.deepEqual(await check(page), []);
		}
		await shot(page, `why${query.replace(/\W+/g, "-")}`, { full: true });
	});

test("the wall calendar and the table tell the same last day, in words", async () => {
	for (const link of links) {
		await page.goto(`${server.base + link}?lang=zh`);
		assert.equal(await page.locator(".month td.due").count(), 1);
		assert.match(await page.locator(".month td.due").innerText(), /到期/);
		assert.match(await page.locator("main table:not(.month) tbody tr:last-child").last().innerText(), /到期/);
		const day = await page.locator(".month td.due b").innerText();
		const last = await page.locator("main table:not(.month) tbody tr:last-child td:first-child").last().innerText();
		assert.equal(Number(last.match(/-(\d\d) /)[1]), Number(day));
		assert.equal(await page.locator("[role=alert]").count(), 0);
	}
});

test("a target that is none is not found", async () => {
	const answer = await page.goto(server.base + links[0].replace(/why\/.*/, "why/never"));
	assert.equal(answer.status(), 404);
	page.complaints.length = 0;
});

test("the reasons stand without JavaScript too", async () => {
	const plain = await startBrowser({ javaScriptEnabled: false });
	const bare = await openPage(plain.context);
	await login(bare, server.base, "director", "yanshi-2026");
	await bare.goto(`${server.base + links[0]}?lang=zh`);
	assert.ok(await bare.locator(".month td").count() >= 28);
	assert.match(await bare.innerText("main"), /怎么算/);
	await plain.close();
});

test("pauses stand there, and a stored due time that no longer holds is said aloud", async (t) => {
	if (!server.state) return t.skip("needs the state of a server of its own");
	const { DatabaseSync } = await import("node:sqlite");
	const db = new DatabaseSync(join(server.state, "zhaofa.db"));
	const id = BigInt(links[0].match(/request\/(\d+)/)[1]);
	db.exec("PRAGMA busy_timeout = 5000");
	const clock = db.prepare("SELECT city, start_ms FROM case_clock WHERE request = ?").get(id);
	const from = clock.start_ms + 60e3, to = Date.parse("2026-06-30T08:00+08:00"); // before the demonstration's now
	db.prepare("INSERT INTO case_pause (city, request, from_ms, to_ms, reason, account, words) VALUES (?, ?, ?, ?, 'papers', 0, '等补材料')")
		.run(clock.city, id, from, to);
	db.close();
	for (const [lang, words] of [["zh", /不一样/], ["en", /Not the due time stored/]]) {
		await page.goto(`${server.base + links.at(-1)}?lang=${lang}`);
		assert.match(await page.locator("[role=alert]").innerText(), words);
		assert.match(await page.innerText("main"), /等补材料/);
		assert.ok(await page.locator(".month td.held").count() >= 1);
		assert.deepEqual(await check(page), []);
	}
});
