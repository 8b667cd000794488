// Supervision: a late case found on the board, ordered, signed for, answered, accepted; several ordered at once; rules.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { check, login, openPage, shot, startBrowser, startServer } from "./lib.mjs";

const PASSWORD = "yanshi-2026";
const SIZES = [[390, 844], [1024, 768], [1440, 900]];
let server, base, browser, page, order;

before(async () => {
	server = await startServer({ requests: 400, now: "2026-07-02T10:00+08:00" }); // two days on: some are late
	base = server.base;
	browser = await startBrowser();
	page = await openPage(browser.context);
});
after(async () => {
	await browser?.close();
	await server?.stop();
});

const as = async (name) => {
	await browser.context.clearCookies();
	await login(page, base, name, PASSWORD);
};
const click = (selector) => Promise.all([page.waitForNavigation(), page.click(selector)]);
const fine = async (name) => {
	for (const [width, height] of SIZES) {
		await page.setViewportSize({ width, height });
		await shot(page, `${name}-${width}`);
	}
	await page.setViewportSize({ width: 1024, height: 768 });
	assert.deepEqual(await check(page), []);
};
const said = async (words) => assert.match(await page.textContent("main"), words);

test("the program orders what is late; the order is on the case and follows it to another holder", async () => {
	await as("official");
	await page.goto(`${base}/desk/supervise`);
	await fine("supervise-board");
	for (let i = 0; i < 40; i++) { // the worker looks twice a second
		await page.goto(`${base}/desk/orders?group=waiting`);
		if (await page.locator("main table a[href^='/desk/order/']").count() > 0) break;
		await page.waitForTimeout(250);
	}
	await fine("supervise-register");
	await page.goto(`${base}/desk/supervise`);
	const late = await page.evaluate(() => [...document.querySelectorAll("main tr")].find((r) =>
		r.querySelector("input[name=case]") && /逾期/.test(r.textContent))?.querySelector("a").getAttribute("href"));
	assert.ok(late, "no late case on the board");
	await page.goto(base + late);
	await fine("supervise-case");
	await page.goto(`${base}${late}/assign`);
	await page.fill("#f-login", "clerk");
	await page.fill("#f-reason", "就近办理，请接手。");
	await click("main form .primary[type=submit], main form button.primary");
	await page.goto(base + late);
	assert.match(await page.textContent("main"), /由您改派|改派承办人/);
	for (let i = 0; !order && i < 40; i++) { // the worker may not have come to this one yet
		await page.goto(base + late);
		order = await page.evaluate(() => [...document.querySelectorAll("main tr")].find((r) => /待签收|待回复|退回重报/.test(r.textContent))
			?.querySelector("a[href^='/desk/order/']").getAttribute("href"));
		if (!order) await page.waitForTimeout(250);
	}
	if (!order) { // none is open: by hand
		await click("a[href^='/desk/orders/new?case=']");
		await page.check("input[name=cause][value=complaint]");
		await page.fill("#f-words", "请今天联系求助人，并回复结果。");
		await click("form[action='/desk/orders/new'] button.primary");
		order = new URL(page.url()).pathname;
	}
	await page.goto(base + order);
	await fine("supervise-order-official");
});

test("who must reply signs first, then reads and replies; bad words are refused and kept", async () => {
	await as("clerk");
	await page.goto(`${base}/desk`);
	assert.equal(await page.locator("a[href='/desk/orders/mine']").count(), 1);
	await page.goto(`${base}/desk/orders/mine`);
	await fine("supervise-mine");
	await page.goto(base + order);
	assert.equal(await page.locator("#f-words").count(), 0);
	await said(/请先签收/);
	await fine("supervise-sign");
	await click(`form[action='${order}/sign'] button`);
	await page.fill(`form[action='${order}/reply'] #f-words`, "好");
	await click(`form[action='${order}/reply'] button.primary`);
	await said(/4/);
	assert.equal(await page.inputValue(`form[action='${order}/reply'] #f-words`), "好");
	page.complaints.length = 0; // the browser notes the 422
	await fine("supervise-reply");
	page.complaints.length = 0;
	await page.fill(`form[action='${order}/reply'] #f-words`, "已经联系当事人，明天办结。");
	await click(`form[action='${order}/reply'] button.primary`);
	await said(/已回复，待审核/);
});

test("a supervisor sends it back with words, and then accepts", async () => {
	await as("official");
	await page.goto(base + order);
	await page.check(`form[action='${order}/judge'] input[value=sent_back]`);
	await click(`form[action='${order}/judge'] button.primary`);
	await said(/退回时请写明还缺什么/);
	page.complaints.length = 0;
	await page.check(`form[action='${order}/judge'] input[value=sent_back]`);
	await page.fill(`form[action='${order}/judge'] #f-words`, "请写明超期的原因。");
	await click(`form[action='${order}/judge'] button.primary`);
	await said(/退回重报/);
	await as("clerk");
	await page.goto(base + order);
	await page.fill("#f-words", "当时窗口只有一人值班，已增派。");
	await click(`form[action='${order}/reply'] button.primary`);
	await as("official");
	await page.goto(base + order);
	await fine("supervise-judge");
	await page.check(`form[action='${order}/judge'] input[value=accepted]`);
	await click(`form[action='${order}/judge'] button.primary`);
	await said(/回复通过/);
	await fine("supervise-done");
});

test("several are ordered at once, and each says what became of it", async () => {
	await page.goto(`${base}/desk/supervise`);
	const boxes = page.locator("main input[name=case]");
	const n = Math.min(4, await boxes.count());
	for (let i = 0; i < n; i++) await boxes.nth(i).check();
	await click("form[action='/desk/orders/new'] button.primary");
	await fine("supervise-new");
	await click("form[action='/desk/orders/new'] button.primary");
	await said(/督办事由/);
	page.complaints.length = 0;
	await page.check("input[name=cause][value=complaint]");
	await page.fill("#f-words", "请今天联系求助人，并回复结果。");
	await click("form[action='/desk/orders/new'] button.primary");
	await said(/已下达|没有下达/);
	assert.equal(await page.locator("main tbody tr").count(), n);
	await fine("supervise-batch");
});

test("rules: out of order is refused with its bound; a new set waits for its day", async () => {
	await page.goto(`${base}/desk/supervise/rules`);
	await fine("supervise-rules");
	await click("a[href='/desk/supervise/rules/new']");
	await page.fill("#f-reminder", "5");
	await page.selectOption("#f-reminder_unit", "workday");
	await click("main form button.primary");
	await said(/至少要提前5/);
	assert.equal(await page.inputValue("#f-reminder"), "5");
	page.complaints.length = 0;
	await fine("supervise-rules-refused");
	page.complaints.length = 0;
	await page.fill("#f-warning", "6");
	assert.equal(await page.inputValue("#f-again_most"), "3");
	await page.fill("#f-again_most", "13");
	await click("main form button.primary");
	assert.match((await page.locator("main p.error").allTextContents()).join(), /12/);
	assert.equal(await page.inputValue("#f-again_most"), "13");
	page.complaints.length = 0;
	await page.fill("#f-again_most", "2");
	await click("main form button.primary");
	await said(/将要生效的规则/);
	await as("director");
	await page.goto(`${base}/desk/supervise/rules`);
	assert.equal(await page.locator("a[href='/desk/supervise/rules/new']").count(), 0);
});

test("English, large letters, no JavaScript", async () => {
	await as("official");
	for (const [name, query] of [["en", "?lang=en"], ["elder", "?lang=zh&elder=1"]]) {
		for (const path of ["/desk/orders", order, "/desk/supervise/rules"]) {
			await page.goto(`${base}${path}${query}`);
			await page.setViewportSize({ width: 390, height: 844 });
			await shot(page, `supervise-${name}-${path.replace(/[^a-z]+/g, "")}`);
			assert.deepEqual(await check(page), []);
		}
		await page.goto(`${base}/desk?lang=zh&elder=0`);
	}
	const plain = await startBrowser({ javaScriptEnabled: false });
	try {
		const p = await openPage(plain.context);
		await login(p, base, "official", PASSWORD);
		await p.goto(`${base}/desk/supervise`);
		await p.locator("main input[name=case]").first().check();
		await Promise.all([p.waitForNavigation(), p.click("form[action='/desk/orders/new'] button.primary")]);
		assert.equal(await p.locator("input[name=case]:checked").count(), 1);
		await shot(p, "supervise-plain");
	} finally {
		await plain.close();
	}
});
