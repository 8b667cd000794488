// Which way to go: from "I don't know where to go" to the first way, its last day, and a request without typing again.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { check, login, looksOf, openPage, shot, startBrowser, startServer } from "./lib.mjs";

let server, browser, phone;
const post = (page, selector) => Promise.all([page.waitForNavigation(), page.click(selector)]);
const words = (page) => page.innerText("main");
const answer = (page, value) => post(page, `button[name=v][value="${value}"]`);
const write = async (page, value) => { await page.fill("[name=v]", value); await post(page, ".question button.primary"); };

before(async () => {
	server = await startServer({ requests: 200 });
	browser = await startBrowser({ viewport: { width: 390, height: 844 } });
	phone = await openPage(browser.context);
});
after(async () => { await browser?.close(); await server?.stop(); });

/** Wages not paid by a firm somebody left a year ago, which does not want to talk; answers with the questions asked. */
async function wages(page, left) {
	const asked = [];
	await page.goto(`${server.base}/check/paths`);
	while (await page.$("fieldset.question")) {
		const question = await page.innerText("fieldset.question legend");
		asked.push(question);
		if (/什么事/.test(question)) await answer(page, "欠薪");
		else if (/挨打/.test(question)) await answer(page, "否");
		else if (/上班/.test(question)) await answer(page, "否");
		else if (/哪一天离开/.test(question)) await write(page, left);
		else if (/坐下来谈/.test(question)) await answer(page, "没问过");
		else assert.fail(question);
	}
	return asked;
}

test("from the home page: a last day that is near goes first, and what was asked is only what matters", async () => {
	await phone.goto(server.base);
	await post(phone, 'main a[href="/check/paths"]');
	assert.deepEqual(await check(phone), []);
	await shot(phone, "path-first-390", { full: true });
	// one year from 2025-07-05 ends on a Sunday: the Friday before is the day to be there
	assert.ok((await wages(phone, "2025-07-05")).length <= 5);
	assert.match(await words(phone), /申请劳动仲裁.*快到期/s);
	assert.match(await phone.innerText("article.way"), /劳动仲裁[\s\S]*2026-07-03（期限到 2026-07-05，那天休息）[\s\S]*第二十七条/);
	assert.match(await phone.innerText("article.way"), /不收费[\s\S]*45 天以内/);
	assert.match(await words(phone), /向法院起诉 — 先仲裁/);
	assert.deepEqual(await check(phone), []);
	await shot(phone, "path-hurry-390", { full: true });
});

test("whoever has time is led to mediation first; it becomes a request without typing it again", async () => {
	await wages(phone, "2026-05-04");
	assert.match(await phone.innerText("article.way"), /人民调解\s*先走这条/);
	await shot(phone, "path-mediate-390", { full: true });
	await post(phone, 'form[action="/ask"] button[type=submit]');
	assert.equal(new URL(phone.url()).pathname, "/ask/where");
	await phone.goto(`${server.base}/ask`);
	assert.equal(await phone.locator('input[value="wage_arrears"]').isChecked(), true);
	const kept = await phone.inputValue("textarea[name=detail]");
	assert.match(kept, /工资被拖欠[\s\S]*2026-05-04[\s\S]*请调解委员会调解/);
});

test("too late is never a plain no; danger comes before everything; who does not know is sent to a person", async () => {
	await wages(phone, "2024-05-04");
	assert.match(await words(phone), /请工作人员判断.*一年可能已经过了/s);
	await phone.goto(`${server.base}/check/paths`);
	await answer(phone, "家庭");
	await answer(phone, "是");
	assert.match(await words(phone), /先打 110/);
	assert.equal(await phone.locator('a[href="tel:110"]').count(), 1);
	assert.match(await words(phone), /人身安全保护令/);
	await shot(phone, "path-danger-390", { full: true });
	await phone.goto(`${server.base}/check/paths`);
	while (await phone.$("fieldset.question")) await post(phone, "button[name=skip]");
	assert.match(await words(phone), /请问一问工作人员/);
	assert.deepEqual(await check(phone), []);
});

test("an authority: reconsideration with its sixty days; in English, for elders, printed", async () => {
	for (const [look, query] of looksOf(0).slice(-1).concat([["elder", "lang=zh&elder=1"]])) {
		await phone.goto(`${server.base}/check/paths?${query}`);
		await answer(phone, "行政");
		await answer(phone, "否");
		await write(phone, "2026-06-01");
		assert.match(await words(phone), look === "en" ? /administrative reconsideration/ : /申请行政复议/);
		assert.match(await phone.innerText("article.way"), /2026-07-31/);
		assert.deepEqual(await check(phone), []);
		await shot(phone, `path-authority-${look}`, { full: true });
	}
	await phone.emulateMedia({ media: "print" });
	assert.ok(await phone.isVisible("article.way"));
	assert.ok(!await phone.isVisible("main form button"));
	await shot(phone, "path-print", { full: true });
	await phone.emulateMedia({ media: "screen" });
});

test("a wrong judgment: a retrial and the aid for it; what nobody has checked is not said to be free", async () => {
	await phone.goto(`${server.base}/check/paths?lang=zh&elder=0`);
	await answer(phone, "司法");
	await answer(phone, "否");
	assert.match(await phone.innerText("fieldset.question legend"), /改掉判决，还是要赔偿/);
	await answer(phone, "改判");
	assert.match(await words(phone), /申请再审[\s\S]*尽快问[\s\S]*先走这条/);
	assert.match(await phone.innerText("article.way"), /还没有核实/);
	assert.match(await words(phone), /再审改判无罪的，请求国家赔偿可以申请法律援助/);
	assert.deepEqual(await check(phone), []);
	await shot(phone, "path-retrial-390", { full: true });
});

test("without JavaScript; a day after today is a contradiction that names itself", async () => {
	const plain = await startBrowser({ javaScriptEnabled: false });
	const page = await openPage(plain.context);
	await page.goto(`${server.base}/check/paths?lang=zh&elder=0`);
	await answer(page, "合同");
	await answer(page, "否");
	await write(page, "2026-07-01");
	if (await page.$("fieldset.question")) await answer(page, "愿意");
	assert.match(await words(page), /知道的日子在今天以后/);
	await plain.close();
});

test("topics of rights: first steps, papers, sources; the guide goes on with the first answer given", async () => {
	await phone.goto(`${server.base}/?lang=zh&elder=0`);
	await post(phone, 'main a[href="/rights"]');
	assert.deepEqual(await check(phone), []);
	await shot(phone, "rights-list-390", { full: true });
	await post(phone, 'main a[href="/rights/wages"]');
	assert.match(await words(phone), /先做什么[\s\S]*支付劳动报酬请求书[\s\S]*劳动合同法 第三十条\s*未核实/);
	assert.doesNotMatch(await words(phone), /法律援助法 第三十一条、第四十二条\s*未核实/);
	await shot(phone, "rights-wages-390", { full: true });
	await post(phone, 'form[action="/check/paths"] button.primary');
	assert.doesNotMatch(await phone.innerText("fieldset.question legend"), /什么事/);
	assert.match(await words(phone), /工资被拖欠/);
	await phone.goto(`${server.base}/check/paths`);
	await phone.goto(`${server.base}/rights/minors?lang=en&elder=0`);
	assert.match(await words(phone), /knows minors[\s\S]*Art\. 104/);
	assert.deepEqual(await check(phone), []);
	await shot(phone, "rights-minors-en-390", { full: true });
	await phone.goto(`${server.base}/rights/elderly?lang=zh&elder=1`);
	assert.deepEqual(await check(phone), []);
	await shot(phone, "rights-elderly-elder-390", { full: true });
	await phone.goto(`${server.base}/rights/nothing`);
	assert.match(await words(phone), /没有这一页/);
	phone.complaints.length = 0;
});

test("the tree is edited on a page: a fault by its line; what it changes and its own cases before somebody else approves", async () => {
	const desk = await startBrowser();
	const page = await openPage(desk.context);
	await login(page, server.base, "official", "yanshi-2026");
	await page.goto(`${server.base}/desk/policy/paths/import`);
	const text = await page.inputValue("#f-text");
	await page.fill("#f-words", "写得更明白");
	await page.fill("#f-text", text.replace("当 事情 = 消费 得 consumer", "当 事情 = 买卖 得 consumer"));
	await post(page, "main form:has(#f-text) button.primary");
	assert.match(await words(page), /这样写不成规则[\s\S]*行/);
	page.complaints.length = 0;
	await page.fill("#f-text", text.replace("“先打 110，保证安全”", "“马上打 110，先保证安全”").replace("值 30 未核实", "值 20 未核实"));
	await post(page, "main form:has(#f-text) button.primary");
	assert.match(await words(page), /与所改的一版相比[\s\S]*自动试算/);
	assert.equal(await page.locator('input[value="approve"]').count(), 0);
	await shot(page, "path-edit-1024", { full: true });
	await desk.close();
});
