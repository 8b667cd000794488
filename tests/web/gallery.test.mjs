// Every component, in every state, in both languages, elder mode and without JavaScript.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { check, looksOf, openPage, shot, startBrowser, startServer } from "./lib.mjs";

const PAGES = ["/gallery", "/gallery/form", "/gallery/letter", "/gallery/desk", "/gallery/intake", "/gallery/trouble"];
const SIZES = [[390, 844], [1024, 768], [1440, 900]];
let server, browser;

before(async () => { server = await startServer({ requests: 120 }); browser = await startBrowser(); });
after(async () => { await browser?.close(); await server?.stop(); });

for (const [i, path] of PAGES.entries())
	for (const [look, query] of looksOf(i))
		test(`${path} ${look}`, async () => {
			const page = await openPage(browser.context);
			await page.goto(`${server.base}${path}?${query}`);
			const complaints = page.complaints.filter((c) => !(path === "/gallery/trouble" && /503/.test(c)));
			page.complaints = complaints;
			assert.deepEqual(await check(page), []);
			for (const [width, height] of SIZES) {
				await page.setViewportSize({ width, height });
				await shot(page, `${path.slice(1).replace("/", "-")}-${look}-${width}`, { full: true });
			}
			await page.close();
		});

test("ten rows of the queue at 1024 x 768", async () => {
	const page = await openPage(browser.context);
	await page.setViewportSize({ width: 1024, height: 768 });
	await page.goto(`${server.base}/gallery/desk?lang=zh&elder=0`);
	const seen = await page.$$eval("#queue tbody tr", (rows) => rows.map((r) => r.getBoundingClientRect())
		.filter((r) => r.top > 0 && r.bottom <= innerHeight).length);
	await shot(page, "queue-1024x768");
	assert.ok(seen >= 10, `${seen} rows`);
	assert.equal(await page.locator("td.none").count(), 0, "a queue with rows does not say that it has none");
	await page.close();
});

test("keys: rows, sheet, digits, not while typing, switched off", async () => {
	const page = await openPage(browser.context);
	await page.goto(`${server.base}/gallery/desk?lang=zh&elder=0`);
	const selected = () => page.$eval("#queue tr.selected", (r) => r.rowIndex);
	const first = await selected();
	await page.keyboard.press("j");
	assert.equal(await selected(), first + 1);
	await page.keyboard.press("k");
	assert.equal(await selected(), first);
	await page.keyboard.press("?");
	assert.ok(await page.$("#keys[open]"));
	await page.keyboard.press("j");
	assert.equal(await selected(), first, "no keys behind a dialog");
	await page.keyboard.press("Escape");
	assert.ok(!await page.$("#keys[open]"));
	await page.keyboard.press("a");
	assert.ok(await page.$("#assign[open]"), "a dialog by its key");
	await page.keyboard.press("Escape");
	await page.keyboard.press("/");
	assert.equal(await page.evaluate(() => document.activeElement.name), "q");
	await page.keyboard.type("j?");
	assert.equal(await page.inputValue("input[name=q]"), "j?");
	assert.equal(await selected(), first, "ignored while typing");
	await page.keyboard.press("Escape");
	await page.evaluate(() => localStorage.setItem("keys-off", "1"));
	await page.keyboard.press("j");
	assert.equal(await selected(), first, "switched off");
	await page.evaluate(() => localStorage.removeItem("keys-off"));
	await page.close();
});

test("digits choose in the intake form; findings take the focus", async () => {
	const page = await openPage(browser.context);
	await page.goto(`${server.base}/gallery/intake?lang=zh&elder=0`);
	assert.equal(await page.evaluate(() => document.activeElement.id), "errors");
	await page.keyboard.press("3");
	assert.ok(await page.$eval('[data-digit="3"]', (b) => b.checked));
	await page.close();
});

test("weight of a resident page: 30 KB and 5 requests at most", async () => {
	const page = await openPage(browser.context);
	const sizes = [];
	page.on("requestfinished", async (r) => { sizes.push((await r.sizes()).responseBodySize); });
	await page.goto(`${server.base}/gallery/form?lang=zh&elder=0`, { waitUntil: "networkidle" });
	assert.ok(sizes.length <= 5, `${sizes.length} requests`);
	assert.ok(sizes.reduce((a, b) => a + b, 0) <= 30 * 1024, `${sizes} bytes`);
	await page.close();
});

test("without JavaScript the pages look the same", async () => {
	const plain = await startBrowser({ javaScriptEnabled: false });
	const page = await plain.context.newPage();
	await page.goto(`${server.base}/gallery/form?lang=zh&elder=0`);
	assert.ok(await page.isVisible("[data-place] button"));
	await page.goto(`${server.base}/gallery?lang=zh&elder=0`);
	assert.ok(!await page.isVisible("[data-read]"));
	await plain.close();
});
