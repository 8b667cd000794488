// The desk by keyboard: log in, write down, accept, answer, close, hand over; nothing typed is lost.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { check, login, looksOf, openPage, shot, startBrowser, startServer } from "./lib.mjs";

const PASSWORD = "yanshi-2026";
const SIZES = [[390, 844], [1024, 768], [1440, 900]];
let server, base, browser, page;

/** An invented ID number (no such area) whose check digit is right. */
const idNumber = (serial) => {
	const head = `99000019900101${String(serial).padStart(3, "0")}`;
	const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
	return head + "10X98765432"[[...head].reduce((sum, c, i) => sum + c * weights[i], 0) % 11];
};

let keydowns = 0;
const press = async (key) => {
	keydowns += key.split("+").length;
	await page.keyboard.press(key);
};
/** A key that leads to another page. */
const go = async (key) => { await Promise.all([page.waitForNavigation(), press(key)]); };
/** Free text, a name or an ID number: not counted. */
const write = (text) => page.keyboard.type(text);
const field = () => page.evaluate(() => document.activeElement.name ?? "");
const tabTo = async (name) => {
	for (let i = 0; i < 12 && await field() !== name; i++) await press("Tab");
	assert.equal(await field(), name);
};
const state = () => page.textContent(".state b");
const said = async (words) => assert.match(await page.textContent("main"), words);

/** A case of one's own, by the form; returns the address of its page. */
const intake = async (detail, { accept = true, name = "丁小麦", serial = 7 } = {}) => {
	await page.goto(`${base}/desk/intake`);
	await page.fill("#f-name", name);
	await page.fill("#f-id_number", idNumber(serial));
	await page.fill("#f-detail", detail);
	if (!accept) await page.uncheck("#f-accept_now");
	await Promise.all([page.waitForNavigation(), page.click("#intake .button.primary")]);
	await page.goto(page.url().replace("/receipt", ""));
	return page.url();
};

before(async () => {
	server = await startServer({ requests: 200 });
	base = server.base;
	browser = await startBrowser();
	page = await openPage(browser.context);
});
after(async () => {
	await browser?.close();
	await server?.stop();
});

test("who is unknown and who mistypes read the same words; text typed stays", async () => {
	const words = [];
	for (const who of ["clerk", "nobody"]) {
		await page.goto(`${base}/desk/login?next=/desk/account`);
		await page.fill("#f-login", who);
		await page.fill("#f-password", "wrong-password");
		await Promise.all([page.waitForNavigation(), page.click("main .primary")]);
		words.push(await page.textContent(".login .notice"));
		assert.equal(await page.inputValue("#f-login"), who);
		assert.equal(await page.inputValue("#f-password"), "");
		await page.waitForTimeout(2100); // the delay after a failure
	}
	assert.equal(words[0], words[1]);
	page.complaints.length = 0; // the browser notes the 422
	await login(page, base, "clerk", PASSWORD);
	await page.goto(`${base}/desk/login?next=//evil.example/`);
	assert.ok(page.url().startsWith(`${base}/desk`));
});

test("walk-in intake takes at most 25 keys beyond name, ID number and free text", async () => {
	await page.goto(`${base}/desk`);
	keydowns = 0;
	await go("n");
	await press("1");
	await tabTo("name");
	await write("王小满");
	await tabTo("id_number");
	await write(idNumber(1));
	await tabTo("phone");
	for (const digit of "19900001234") await press(digit);
	await tabTo("detail");
	await write("老板拖欠三个月工资，怎么要回来？");
	await go("Control+Enter");
	assert.ok(keydowns <= 25, `${keydowns} keys`);
	console.log(`# walk-in intake: ${keydowns} keys`);
	assert.match(page.url(), /\/desk\/request\/\d+\/receipt$/);
	assert.match(await page.textContent(".receipt .code"), /^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/);
	assert.ok(await page.locator(".receipt svg").count() > 0);
	assert.deepEqual(await check(page), []);
	await go("o");
	assert.equal(await state(), "办理中"); // accepted at once
});

test("accept, answer with the legal aid notice, close: all by keyboard", async () => {
	await intake("邻居装修把我家墙震裂了。", { accept: false, serial: 2 });
	assert.equal(await state(), "待受理");
	await go("a");
	assert.equal(await state(), "办理中");
	await go("r");
	assert.equal(await field(), "answer");
	await write("先拍照留证，再请社区调解；不成可以起诉要求赔偿。");
	await press("Tab");
	await press("Space");
	await go("Control+Enter");
	assert.equal(await state(), "已答复");
	await said(/先拍照留证/);
	await go("c");
	await press("1");
	await go("Control+Enter");
	assert.equal(await state(), "已办结");
	assert.deepEqual(await check(page), []);
});

test("closing too early is refused with the reason and its article; the note stays", async () => {
	const address = await intake("合同里的违约金是不是太高？", { serial: 3 });
	await go("r");
	await write("可以请求法院适当减少。");
	await go("Control+Enter");
	await page.goto(`${address}/close`);
	await page.check('input[value="answered"]');
	await page.fill("#f-note", "已当面说明");
	await Promise.all([page.waitForNavigation(), page.click("#act .primary")]);
	await said(/还没有告知申请法律援助/);
	await said(/法律援助法 第23条/);
	assert.equal(await page.inputValue("#f-note"), "已当面说明");
	assert.ok(await page.isChecked('input[value="answered"]'));
	page.complaints.length = 0;
});

test("hand-over to the best candidate, and back within ten seconds", async () => {
	await intake("想请律师打官司。", { serial: 4 });
	await go("h");
	await press("2");
	await tabTo("reason");
	await write("离对方更近");
	assert.deepEqual(await check(page), []);
	await go("Control+Enter");
	await said(/已提出转交/);
	await said(/当时怎么选的/);
	await go("u");
	await said(/转交已撤回/);
	await page.goto(await page.getAttribute('a[href*="/choice/"]', "href").then((h) => base + h));
	await said(/名次/);
	assert.deepEqual(await check(page), []);
});

test("what is wrong is named, what was typed stays: intake", async () => {
	await page.goto(`${base}/desk/intake`);
	await page.fill("#f-id_number", "990000199001010000");
	await page.fill("#f-detail", "一句\n两句 <b>&amp;");
	await Promise.all([page.waitForNavigation(), page.click("#intake .button.primary")]);
	assert.equal(await page.evaluate(() => document.activeElement.id), "errors");
	assert.ok(await page.isVisible("#f-name-error, #f-id_number-error"));
	assert.equal(await page.inputValue("#f-id_number"), "990000199001010000");
	assert.equal(await page.inputValue("#f-detail"), "一句\n两句 <b>&amp;");
	page.complaints.length = 0;
});

test("two at one case: the slower sees what is there now and keeps the text", async () => {
	const address = await intake("房东不退押金。", { serial: 5 });
	await page.goto(`${address}/answer`);
	const other = await openPage(browser.context);
	await other.goto(`${address}/answer`);
	await other.fill("#f-answer", "第一个答复");
	await Promise.all([other.waitForNavigation(), other.click("#act .primary")]);
	await other.close();
	await page.fill("#f-answer", "第二个答复，写了很久");
	const [answer] = await Promise.all([page.waitForNavigation(), page.click("#act .primary")]);
	assert.equal(answer.status(), 409);
	await said(/刚才有人改过了/);
	await said(/第一个答复/);
	assert.equal(await page.inputValue("#f-answer"), "第二个答复，写了很久");
	await Promise.all([page.waitForNavigation(), page.click("#act .primary")]);
	assert.match(page.url(), /done=answer$/);
	await said(/第二个答复，写了很久/);
	page.complaints.length = 0;
});

test("the log-in runs out while writing: what was typed is shown, sent again after logging in, and stored once", async () => {
	const one = await intake("要写一份答复。", { serial: 9 });
	await page.goto(`${one}/answer`);
	await page.fill("#f-answer", "先去劳动监察。\n<b>带上欠条</b>");
	await browser.context.clearCookies({ name: "session" });
	await Promise.all([page.waitForNavigation(), page.click('form[action$="/answer"] button[type=submit]')]);
	page.complaints.length = 0; // the browser reports the 401 itself
	await said(/先去劳动监察。\s*<b>带上欠条<\/b>/);
	assert.deepEqual(await check(page, { html: false }), []);
	const again = await openPage(browser.context);
	await login(again, base, "clerk", PASSWORD);
	await again.close();
	const press = () => Promise.all([page.waitForNavigation(), page.click('form[action$="/answer"] button[type=submit]')]);
	await press(); // the token is the old log-in's
	await said(/<b>带上欠条<\/b>/);
	await press();
	assert.equal(page.url(), `${one}?done=answer`);
	await said(/<b>带上欠条<\/b>/);
	page.complaints.length = 0;
});

test("a draft comes back; the same person is seen while typing; other villages without JavaScript", async () => {
	await page.goto(`${base}/desk/intake`);
	await page.fill("#f-id_number", idNumber(1));
	await page.fill("#f-detail", "写到一半");
	await page.waitForSelector("#likely .notice");
	await said(/可能已经登记过/);
	await page.goto(`${base}/desk`);
	await page.goto(`${base}/desk/intake`);
	assert.equal(await page.inputValue("#f-detail"), "写到一半");
	await said(/上次没提交/);
	await Promise.all([page.waitForNavigation(), page.click('form[action="/desk/intake/clear"] button')]);
	assert.equal(await page.inputValue("#f-detail"), "");

	const plain = await startBrowser({ javaScriptEnabled: false });
	const bare = await openPage(plain.context);
	await login(bare, base, "clerk", PASSWORD);
	await bare.goto(`${base}/desk/intake`);
	await bare.fill("#f-detail", "没有脚本");
	await bare.selectOption("#f-town", { index: 5 });
	await Promise.all([bare.waitForNavigation(), bare.click('[name="list-villages"]')]);
	assert.equal(await bare.inputValue("#f-detail"), "没有脚本");
	assert.ok(await bare.locator("#f-village option").count() > 1);
	await plain.close();
});

test("the queue: ten rows at 1024 by 768, j and k look, Enter opens, Esc goes back", async () => {
	for (let i = 0; i < 11; i++) await intake(`第 ${i + 1} 件：快递丢了不赔。`, { serial: 100 + i });
	await page.setViewportSize({ width: 1024, height: 768 });
	await page.goto(`${base}/desk?list=mine`);
	const whole = await page.evaluate(() => [...document.querySelectorAll("#queue tbody tr")]
		.filter((r) => r.getBoundingClientRect().bottom <= innerHeight).length);
	assert.ok(whole >= 10, `${whole} rows`);
	const first = await page.textContent(".panel .meta");
	await press("j");
	await page.waitForFunction((was) => document.querySelector(".panel .meta")?.textContent !== was, first);
	const number = await page.textContent("#queue tr.selected small");
	assert.ok(number.includes((await page.textContent(".panel .meta")).split(" ")[0]));
	await go("Enter");
	assert.match(page.url(), /\/desk\/request\/\d+$/);
	assert.ok(number.includes((await page.textContent(".title .over")).trim()));
	await press("Escape");
	await page.waitForURL(/\/desk$/);
});

test("the queue refreshes itself when something happens", async () => {
	await page.goto(`${base}/desk?list=mine`);
	await page.waitForTimeout(1500);
	const other = await openPage(browser.context);
	const mine = page;
	page = other;
	await intake("实时出现的一件", { serial: 300 });
	page = mine;
	await page.waitForFunction(() => document.querySelector("#queue").textContent.includes("实时出现的一件"), undefined,
		{ timeout: 15000 });
	await other.close();
});

test("every page of the desk passes at every size, in English, for elders", async () => {
	await page.goto(`${base}/desk?list=mine`);
	const one = await page.getAttribute("#queue a", "href");
	const paths = ["/desk", "/desk?list=inbox", "/desk?list=calls", "/desk?list=area&light=late", "/desk/search?q=快递",
		"/desk/search?q=zzz", "/desk/intake", "/desk/call", "/desk/account", one, `${one}/answer`, `${one}/close`,
		`${one}/convert`, `${one}/callback`, `${one}/handover`, `${one}/reveal`, `${one}/receipt`];
	const findings = [];
	for (const [i, path] of paths.entries()) {
		const mark = path.includes("?") ? "&" : "?";
		for (const [look, query] of looksOf(i)) {
			await page.goto(base + path + mark + query);
			findings.push(...(await check(page)).map((f) => `${path} ${look}: ${f}`));
		}
		if (!process.env.SHOTS) continue;
		await page.goto(`${base}${path}${mark}lang=zh&elder=0`);
		for (const [width, height] of SIZES) {
			await page.setViewportSize({ width, height });
			await shot(page, `desk${path.replace(/\d+/, "1").replace(/[/?=&]/g, "_")}-${width}`);
		}
		await page.setViewportSize({ width: 1024, height: 768 });
	}
	assert.deepEqual(findings, []);
});
