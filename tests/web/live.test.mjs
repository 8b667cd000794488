// htmx under our security policy: a queue that refreshes by a live stream and keeps the focus, a panel that opens.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { openPage, startBrowser } from "./lib.mjs";

const root = new URL("../../", import.meta.url);
const asset = (name) => readFileSync(new URL("web/assets.txt", root), "utf8").split("\n")
	.find((l) => l.startsWith(`${name}:`)).split(":")[1].trim().split(/\s+/)
	.map((f) => readFileSync(new URL(f, root), "utf8")).join("\n");
const table = (rows) => `<table><caption>待办</caption><tbody>${rows.map((n) =>
	`<tr id="q-${n}"><td><a href="/case/${n}" data-hx-get="/panel/${n}" data-hx-target="#panel" data-hx-swap="innerHTML">事 ${n}</a></td></tr>`).join("")}</tbody></table>`;
const PAGE = `<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>台</title>
<meta name="htmx-config" content="includeIndicatorCSS:false, history:false"><script src="/desk.js" defer></script></head><body><main>
<div id="queue-live" data-hx-sse:connect="/live"><div id="queue" data-hx-get="/fragment" data-hx-trigger="queue from:#queue-live" data-hx-swap="innerMorph">${table([1, 2])}</div></div>
<div id="panel"></div></main></body></html>`;

let server, browser, base, stream, asked = [];

before(async () => {
	server = createServer((q, a) => {
		a.setHeader("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'; form-action 'self'");
		a.setHeader("Content-Type", q.url === "/desk.js" ? "text/javascript" : q.url === "/live" ? "text/event-stream" : "text/html; charset=utf-8");
		if (q.url === "/live") { stream = a; a.write(": here\n\n"); return; }
		if (q.url === "/desk.js") return a.end(asset("desk.js"));
		if (q.url !== "/") asked.push([q.url, q.headers["hx-request"]]);
		if (q.url === "/fragment") return a.end(table([3, 1, 2]));
		if (q.url.startsWith("/panel/")) return a.end(`<h2>面板 ${q.url.slice(7)}</h2>`);
		a.end(q.url === "/" ? PAGE : "");
	}).listen(0, "127.0.0.1");
	await new Promise((done) => server.once("listening", done));
	base = `http://127.0.0.1:${server.address().port}`;
	browser = await startBrowser();
});
after(async () => { await browser?.close(); stream?.end(); server?.closeAllConnections(); server?.close(); });

test("an event refreshes the queue, focus and selection stay, nothing breaks the policy", async () => {
	const page = await openPage(browser.context);
	await page.goto(base);
	await page.keyboard.press("j");
	await page.keyboard.press("j");
	assert.equal(await page.evaluate(() => document.activeElement.textContent), "事 2");
	for (let i = 0; i < 100 && !stream; i++) await page.waitForTimeout(20);
	stream.write("event: queue\ndata: 1\n\n");
	await page.waitForSelector("#q-3");
	assert.equal(await page.evaluate(() => document.activeElement.textContent), "事 2");
	assert.equal(await page.$eval("#queue tr.selected", (r) => r.id), "q-2", "the chosen row stays chosen");
	assert.deepEqual(asked.find(([url]) => url === "/fragment"), ["/fragment", "true"]);
	await page.waitForFunction(() => document.querySelector("#panel h2")?.textContent === "面板 2");
	assert.deepEqual(page.complaints.filter((c) => !/favicon/.test(c)), []);
	await page.close();
});
