// Residents: every page is checked in several looks; help is asked for in four pages, with and without
// JavaScript; what was typed wrong stays; the home page keeps to its size.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { check, login, looksOf, openPage, shot, startBrowser, startServer } from "./lib.mjs";

const PAGES = ["/", "/ask", "/ask?topic=neighbor", "/ask?item=legal-aid", "/ask/where", "/ask/who", "/my", "/points",
	"/points?place=320508000000", "/points?place=320508017000", "/points?q=%E7%A4%BE%E5%8C%BA", "/items", "/items/consult",
	"/items/legal-aid", "/help/privacy", "/help/about", "/desk/login", "/nothing-here"];

let server;
const browsers = [];
before(async () => { server = await startServer(); });
after(async () => { for (const b of browsers) await b.close(); await server?.stop(); });

const browse = async (options) => {
	const b = await startBrowser(options);
	browsers.push(b);
	return b.context;
};

const dressed = (path, query) => `${server.base}${path}${path.includes("?") ? "&" : "?"}${query}`;
const told = (path) => path.replace(/[^a-z0-9]+/gi, "-");

test("resident pages pass every check, in Chinese and English, for elders", async () => {
	const page = await openPage(await browse({ viewport: { width: 390, height: 844 } }));
	const found = [];
	for (const [i, path] of PAGES.entries())
		for (const [look, query] of looksOf(i)) {
			page.complaints.length = 0;
			const answer = await page.goto(dressed(path, query));
			if (path === "/nothing-here") page.complaints.length = 0; // the browser reports the 404 itself
			assert.equal(answer.status(), path === "/nothing-here" ? 404 : 200, path);
			for (const f of await check(page, { html: path !== "/nothing-here" })) found.push(`${path} ${look}: ${f}`);
			await shot(page, `portal-${look}${told(path)}`, { full: true });
		}
	assert.deepEqual(found, []);
});

test("first visit of resident pages: at most 30 KB and 5 requests", async () => {
	for (const path of ["/", "/ask", "/ask/where", "/points?place=320508000000", "/items/consult"]) {
		const context = await browse({ viewport: { width: 390, height: 844 } });
		const page = await openPage(context);
		const session = await context.newCDPSession(page);
		let bytes = 0, requests = 0;
		await session.send("Network.enable");
		session.on("Network.loadingFinished", (e) => { bytes += e.encodedDataLength; requests += 1; });
		await page.goto(server.base + path, { waitUntil: "networkidle" });
		assert.ok(bytes <= 30 * 1024, `${path}: ${bytes} bytes`);
		assert.ok(requests <= 5, `${path}: ${requests} requests`);
	}
});

test("the nearest open point is at most two taps from the home page", async () => {
	const page = await openPage(await browse());
	await page.goto(server.base);
	await page.click("nav.chips a");                       // 1: where I am
	await page.locator("article.station h3 a").first().click(); // 2: the point
	assert.match(page.url(), /\/points\/[^?]+$/);
	await page.goto(server.base);
	assert.equal(await page.locator("article.station").count(), 1, "a place once chosen is remembered");
});

const submit = (page) => page.click("main form .buttons button.primary");
const at = (page) => new URL(page.url()).pathname;

/** All of the way; answers with how many pages were filled in or read before the receipt. */
const askForHelp = async (page, text, { javaScript }) => {
	let pages = 1;
	await page.goto(`${server.base}/`);
	await page.click('a[href="/ask?topic=wage_arrears"]');
	assert.equal(await page.locator('input[value="wage_arrears"]').isChecked(), true);
	await page.fill("textarea[name=detail]", text);
	await submit(page);
	assert.equal(at(page), "/ask/where");
	pages += 1;
	await page.selectOption("select[name=town]", "320508017000");
	if (javaScript) await page.waitForSelector("select[name=village]");
	await submit(page);
	assert.equal(at(page), "/ask/who");
	pages += 1;
	await page.fill("input[name=name]", "钱测试");
	await page.fill("input[name=phone]", "19900001234");
	await submit(page);
	assert.equal(at(page), "/ask/check");
	pages += 1;
	assert.match(await page.locator("dl.answers").innerText(), /钱测试/);
	await submit(page);
	assert.equal(at(page), "/my/receipt");
	return pages;
};

for (const javaScript of [true, false])
	test(`help is asked for in four pages, JavaScript ${javaScript ? "on" : "off"}`, async () => {
		const context = await browse({ javaScriptEnabled: javaScript, viewport: { width: 390, height: 844 } });
		const page = await openPage(context);
		const text = `老板三个月没发工资，一共一万二。“${javaScript}” & <b>\n第二行`;
		assert.ok(await askForHelp(page, text, { javaScript }) <= 4);
		await shot(page, `portal-receipt-${javaScript}`, { full: true });
		const code = await page.locator(".receipt .code").innerText();
		assert.match(code, /^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
		assert.match(await page.locator("dl.facts").innerText(), /1990000|12348/, "who answers has a phone");
		if (javaScript) assert.deepEqual(await check(page), []);

		await page.click("main .buttons a.primary");
		assert.equal(at(page), "/my");
		if (javaScript) assert.deepEqual(await check(page), []);
		await shot(page, `portal-progress-${javaScript}`, { full: true });
		await page.fill("textarea[name=body]", "还有一张欠条");
		await page.click('form[action="/my/say"] button[type=submit]');
		assert.match(await page.locator("ol.messages").innerText(), /还有一张欠条/);

		// papers: a text under a picture's name is refused, a picture is kept
		const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
		await page.setInputFiles("input[type=file]", { name: "false.png", mimeType: "image/png", buffer: Buffer.from("no picture") });
		await page.click('form[action="/my/files"] button[type=submit]');
		assert.equal(await page.locator("#f-files-error").count(), 1);
		await page.setInputFiles("input[type=file]", { name: "欠条.png", mimeType: "image/png", buffer: png });
		await page.click('form[action="/my/files"] button[type=submit]');
		assert.equal(at(page), "/my");
		assert.match(await page.locator("main").innerText(), /欠条\.png/);

		// away, and back in by the code
		await page.click('form[action="/my/leave"] button[type=submit]');
		await page.goto(`${server.base}/my`);
		await page.fill("input[name=code]", "0000-0000-0000-0000");
		await submit(page);
		assert.equal(await page.locator("#f-code-error").count(), 1);
		await page.fill("input[name=code]", code.toLowerCase().replaceAll("-", " "));
		await submit(page);
		assert.match(await page.locator("main").innerText(), /还有一张欠条/);
		await page.goto(`${server.base}/r/${code}`);
		assert.equal(at(page), "/my", "the code leaves the address");

		await page.locator("summary", { hasText: "撤回" }).click();
		await page.click('form[action="/my/withdraw"] button[type=submit]');
		assert.match(await page.locator("p.state").first().innerText(), /已撤回/);
		assert.equal(await page.locator('form[action="/my/say"]').count(), 0);
		assert.deepEqual(page.complaints.filter((c) => !/422|40[49]/.test(c)), []);
	});

test("wrong answers are named and stay as typed; the draft is there on coming back", async () => {
	const page = await openPage(await browse({ javaScriptEnabled: false }));
	await page.goto(`${server.base}/ask`);
	await page.fill("textarea[name=detail]", "短");
	await submit(page);
	assert.equal(await page.locator("#errors li").count(), 2, "no topic, too short");
	assert.equal(await page.inputValue("textarea[name=detail]"), "短");
	await page.check('input[value="consumer"]');
	await page.fill("textarea[name=detail]", "买到假货，店家不退钱");
	await submit(page);
	await submit(page); // no town
	assert.equal(await page.locator("#f-town-error").count(), 1);
	await page.selectOption("select[name=town]", "320508017000");
	await page.click("button[name=list-villages]");
	assert.equal(await page.inputValue("select[name=town]"), "320508017000");
	const village = await page.locator("select[name=village] option").nth(1).getAttribute("value");
	await page.selectOption("select[name=village]", village);
	await submit(page);
	await page.fill("input[name=name]", "钱测试");
	await page.fill("input[name=phone]", "1990000xyz");
	await page.fill("input[name=id_number]", "99000019900101000A");
	await submit(page);
	assert.equal(await page.locator("#f-phone-error").count(), 1);
	assert.equal(await page.locator("#f-id_number-error").count(), 1);
	assert.equal(await page.inputValue("input[name=phone]"), "1990000xyz");
	await page.goto(`${server.base}/ask`);
	assert.equal(await page.inputValue("textarea[name=detail]"), "买到假货，店家不退钱");
	await page.goto(`${server.base}/ask/check`);
	assert.equal(at(page), "/ask/who", "what is wrong is asked again before it can be sent");
	assert.equal(await page.inputValue("input[name=phone]"), "1990000xyz");
	await page.click('form[action="/ask/clear"] button');
	assert.equal(await page.inputValue("textarea[name=detail]"), "");
});

test("sent twice is received once; other words under the same key show the first receipt", async () => {
	const page = await openPage(await browse({ javaScriptEnabled: false }));
	await page.goto(`${server.base}/ask?topic=neighbor`);
	await page.fill("textarea[name=detail]", "楼上漏水，谈不拢");
	await submit(page);
	await page.selectOption("select[name=town]", "320500000000");
	await submit(page);
	await page.check('input[value="anonymous"]');
	await submit(page);
	const fields = await page.locator('form[action="/ask/check"] input').evaluateAll((v) => v.map((i) => [i.name, i.value]));
	await submit(page);
	const first = await page.locator(".receipt .number").first().innerText();
	const again = async (change) => {
		const form = Object.fromEntries(fields.map(([k, v]) => [k, change[k] ?? v]));
		const answer = await page.request.post(`${server.base}/ask/check`, { form, headers: { origin: server.base } });
		return { url: answer.url(), text: await answer.text() };
	};
	assert.ok((await again({})).text.includes(first));
	const other = await again({ detail: "楼上漏水，谈好了" });
	assert.ok(other.text.includes(first));
	assert.ok(other.url.endsWith("again=1"));
	assert.ok(other.text.includes("以前已经提交过"));
});

test("a government organ is told why not, and who can help", async () => {
	const page = await openPage(await browse());
	await page.goto(`${server.base}/ask?topic=unsure`);
	await page.fill("textarea[name=detail]", "我们单位想请人看合同");
	await submit(page);
	await page.selectOption("select[name=town]", "320508000000");
	await page.check('input[value="government"]');
	await submit(page); // before anybody has to give a name
	assert.match(await page.locator("main").innerText(), /12348/);
	assert.equal(await page.locator("main form").count(), 0);
	page.complaints.length = 0; // the browser reports the status itself
	assert.deepEqual(await check(page, { html: false }), []);
	await shot(page, "portal-refused", { full: true });
});

// ---- from the answer to the rating, as the resident sees it ---------------------------------------------

const askSimply = async (page, town) => {
	await page.goto(`${server.base}/ask?topic=wage_arrears`);
	await page.fill("textarea[name=detail]", "老板三个月没发工资，一共一万二。");
	await submit(page);
	await page.selectOption("select[name=town]", town);
	await submit(page);
	await page.check('input[value="anonymous"]');
	await submit(page);
	await submit(page);
	return page.locator(".receipt .number").first().innerText();
};

test("answered, closed, rated once; whoever handled it cannot rate", async () => {
	const page = await openPage(await browse({ viewport: { width: 390, height: 844 } }));
	const desk = await openPage(await browse({ javaScriptEnabled: false }));
	const number = await askSimply(page, "320506100000"); // the town of the demonstration's director
	await login(desk, server.base, "director", "yanshi-2026");
	await desk.goto(`${server.base}/desk/search?q=${number}`);
	const home = desk.url();
	await desk.click('form[action$="/accept"] button[type=submit]');
	await desk.goto(`${home}/answer`);
	await desk.fill('form[action$="/answer"] textarea', "可以向劳动监察投诉。\n欠条、聊天记录都是证据。");
	await desk.locator('form[action$="/answer"] input[type=checkbox]').first().check();
	await desk.click('form[action$="/answer"] button[type=submit]');

	await page.goto(`${server.base}/my`);
	assert.match(await page.locator(".answer").innerText(), /劳动监察/);
	assert.match(await page.locator("main").innerText(), /有权申请法律援助/);
	assert.deepEqual(await check(page), []);
	await shot(page, "portal-answered", { full: true });

	await desk.goto(`${home}/close`);
	const close = desk.locator('form[action$="/close"]');
	if (await close.locator("select").count()) await close.locator("select").selectOption("answered");
	else await close.locator('input[value="answered"]').check();
	await close.locator("button[type=submit]").click();

	await page.goto(`${server.base}/my`);
	assert.deepEqual(await check(page), []);
	await shot(page, "portal-closed", { full: true });
	const link = await page.locator('form[action^="/v/"]').getAttribute("action");
	await desk.goto(server.base + link);
	await desk.click('button[value="very_good"]');
	assert.match(await desk.locator("main").innerText(), /办过这件事.*不能评价/);

	await page.goto(server.base + link);
	assert.deepEqual(await check(page), []);
	await shot(page, "portal-rate", { full: true });
	await page.fill("textarea[name=comment]", "等了很久");
	await page.click('button[value="bad"]');
	assert.match(await page.locator("main").innerText(), /不满意 · 2026-06-30/);
	assert.equal(await page.locator("button[name=grade]").count(), 0, "once only");
	await shot(page, "portal-rated", { full: true });
	await page.goto(`${server.base}/my`);
	assert.match(await page.locator("main").innerText(), /您的评价：不满意/);
});
