// Do the checks find faults at all?  A page with known faults must fail each of them.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { check, openPage, startBrowser } from "./lib.mjs";

const GOOD = `<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>好页</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head><body><main><h1>好页</h1><p>没有毛病。</p></main></body></html>`;
const BAD = `<!DOCTYPE html><html><head><meta charset="utf-8"><title>坏页</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head><body><main><h1>坏页</h1>
<p style="color:#aaa">浅色</p><input name="x"><img src="/x.png"><table width="900"><tr><td>宽宽宽宽宽宽宽宽宽宽宽宽宽宽宽宽宽宽宽宽宽宽宽宽宽宽宽宽宽宽宽宽宽</td></tr></table>
<script>document.title = "inline";</script></main></body></html>`;

let server, browser, base;

before(async () => {
	server = createServer((q, a) => {
		a.setHeader("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'; form-action 'self'");
		a.setHeader("Content-Type", "text/html; charset=utf-8");
		if (q.url === "/favicon.ico") { a.statusCode = 204; a.end(); return; }
		a.end(q.url === "/good" ? GOOD : BAD);
	}).listen(0, "127.0.0.1");
	await new Promise((done) => server.once("listening", done));
	base = `http://127.0.0.1:${server.address().port}`;
	browser = await startBrowser();
});
after(async () => { await browser?.close(); server?.close(); });

test("a good page passes", async () => {
	const page = await openPage(browser.context);
	await page.goto(`${base}/good`);
	assert.deepEqual(await check(page), []);
});

test("a bad page fails every check", async () => {
	const page = await openPage(browser.context);
	await page.goto(`${base}/bad`);
	const found = await check(page);
	for (const kind of ["axe: label", "axe: html-has-lang", "html: no-inline-style", "wide:", "console:"])
		assert.ok(found.some((f) => f.startsWith(kind)), `${kind} is not among\n${found.join("\n")}`);
	assert.ok(found.some((f) => /Content Security Policy/i.test(f)), found.join("\n"));
});
