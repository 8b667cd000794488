// The rules of policy: a resident's self-check, and a multiple raised from a day on by two officials.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { check, login, openPage, shot, startBrowser, startServer } from "./lib.mjs";

let server, browser, second, phone, desk, other, draft;

const post = (page, selector) => Promise.all([page.waitForNavigation(), page.click(selector)]);
const words = (page) => page.innerText("main");
const answer = (page, value) => post(page, `button[name=v][value="${value}"]`);
const write = async (page, value) => { await page.fill("[name=v]", value); await post(page, ".question button.primary"); };

/** A family of three with unpaid wages, nobody of a special group: asked one question at a time. */
async function family(page, income) {
	await page.goto(`${server.base}/check/legal_aid`);
	const asked = [];
	for (let i = 0; i < 20 && await page.$("fieldset.question"); i++) {
		const question = await page.innerText("fieldset.question legend");
		asked.push(question);
		if (/哪一类法律援助/.test(question)) await answer(page, "民事行政");
		else if (/为了什么事/.test(question)) await answer(page, "劳动报酬");
		else if (/哪一类人员/.test(question)) await answer(page, "普通人员");
		else if (/几人/.test(question)) await write(page, "3");
		else if (/全家收入/.test(question)) await write(page, income);
		else await answer(page, "否");
	}
	return asked;
}

before(async () => {
	server = await startServer({ requests: 300 });
	browser = await startBrowser();
	phone = await openPage(browser.context);
	desk = await openPage(browser.context);
});
after(async () => { await second?.close(); await browser?.close(); await server?.stop(); });

test("a migrant worker with unpaid wages is not asked about income (Article 42)", async () => {
	await phone.setViewportSize({ width: 390, height: 844 });
	await phone.goto(`${server.base}/items/legal-aid`);
	await post(phone, 'a[href="/check/legal_aid"]');
	assert.deepEqual(await check(phone), []);
	await shot(phone, "check-first-390", { full: true });
	await answer(phone, "民事行政");
	await answer(phone, "劳动报酬");
	assert.match(await phone.innerText("legend"), /哪一类人员/);
	await answer(phone, "进城务工人员");
	await answer(phone, "是"); // there is proof
	while (await phone.$("fieldset.question")) {
		assert.doesNotMatch(await phone.innerText("legend"), /收入/);
		await answer(phone, "否");
	}
	assert.match(await words(phone), /很可能可以/);
	assert.match(await words(phone), /去的时候带上/);
	await phone.click("details.why summary");
	assert.match(await words(phone), /免予核查/);
	assert.match(await words(phone), /第四十二条/);
	assert.deepEqual(await check(phone), []);
	await shot(phone, "check-yes-390", { full: true });
});

test("a family over the line is told no, with figures; what cannot be is refused and kept", async () => {
	const asked = await family(phone, "95000");
	assert.equal(new Set(asked).size, asked.length, "nothing is asked twice");
	assert.match(await words(phone), /很可能不行/);
	await phone.click("details.why summary");
	assert.match(await words(phone), /2,490\.00 元\/月/); // the minimum wage at the end of 2025
	assert.match(await words(phone), /89,640/);          // × 12 months × 3 persons
	assert.match(await words(phone), /自何日起|2024-01-01/);
	await shot(phone, "check-no-390", { full: true });
	// one answer is taken back, and the ones after it are asked anew
	await post(phone, "button[name=drop]:has-text('改') >> nth=-1");
	assert.ok(await phone.$("fieldset.question"));
	await phone.goto(`${server.base}/check/legal_aid`);
	for (const v of ["民事行政", "劳动报酬", "普通人员"]) await answer(phone, v);
	while (!/几人/.test(await phone.innerText("legend"))) {
		if (/全家收入/.test(await phone.innerText("legend"))) await write(phone, "95000");
		else await answer(phone, "否");
	}
	await write(phone, "三个");
	assert.match(await words(phone), /看不懂/);
	assert.equal(await phone.inputValue("input[name=v]:not([type=hidden])"), "三个");
	await write(phone, "31");
	assert.match(await words(phone), /1 – 30/);
	phone.complaints.length = 0; // the 422 of a refused answer is no complaint
	assert.deepEqual(await check(phone), []);
	await shot(phone, "check-refused-390", { full: true });
});

test("who does not know is sent to a person, with what is missing; in English too", async () => {
	await phone.goto(`${server.base}/check/notary_relief?lang=en`);
	await answer(phone, "遗嘱公证");
	while (await phone.$("fieldset.question")) await post(phone, "button[name=skip]");
	assert.match(await words(phone), /Please ask a person/);
	assert.match(await words(phone), /Date of birth/);
	assert.deepEqual(await check(phone), []);
	await shot(phone, "check-ask-en-390", { full: true });
	await phone.goto(`${server.base}/check/notary_relief?lang=zh`);
});

test("an official raises the multiple from a day on, sees what it does, and cannot approve it alone", async () => {
	await login(desk, server.base, "official", "yanshi-2026");
	await desk.goto(`${server.base}/desk/policy`);
	assert.deepEqual(await check(desk), []);
	await shot(desk, "policy-list-1024", { full: true });
	await post(desk, 'a[href="/desk/policy/legal_aid"]');
	assert.deepEqual(await check(desk), []);
	await shot(desk, "policy-package-1024", { full: true });
	await post(desk, "main a:has-text('标准的倍数')");
	assert.deepEqual(await check(desk), []);
	await desk.fill("[name=from]", "2026-07-01");
	await desk.fill("[name=value]", "11");
	await desk.fill("[name=words]", "随经济");
	await post(desk, "main form button.primary");
	const said = await words(desk);
	for (const want of [/最大是10|最多是10|最大是 ?10/, /至少 ?4 ?个字/, /新文件的标题/]) assert.match(said, want);
	assert.equal(await desk.inputValue("[name=value]"), "11");
	desk.complaints.length = 0;
	await desk.fill("[name=value]", "1.5");
	await desk.fill("[name=words]", "随经济发展水平调整");
	await desk.fill("[name=title]", "关于调整法律援助经济困难标准的通知");
	await desk.fill("[name=number]", "演示〔2026〕1号");
	await desk.fill("[name=article]", "第一条");
	await post(desk, "main form button.primary");
	assert.match(await words(desk), /还没有施行/);
	assert.match(await words(desk), /以前的案件结果都不变/);
	assert.match(await words(desk), /1\.50/);
	assert.match(await words(desk), /由另一个人审定/);
	assert.equal(await desk.$("input[value=approve]"), null);
	assert.deepEqual(await check(desk), []);
	draft = desk.url();
	await shot(desk, "policy-draft-1024", { full: true });
	await desk.setViewportSize({ width: 390, height: 844 });
	assert.deepEqual(await check(desk), []);
	await shot(desk, "policy-draft-390", { full: true });
	await desk.setViewportSize({ width: 1024, height: 768 });
});

test("the papers behind the rules stand in one register, each once, with the rules that rest on it", async () => {
	await desk.goto(`${server.base}/desk/policy`);
	await post(desk, "a[href='/desk/policy/papers']");
	const rows = await desk.$$eval("main table tbody tr", (all) => all.map((r) => [...r.cells].map((c) => c.innerText.trim())));
	const law = rows.filter((r) => r[0].startsWith("中华人民共和国法律援助法"));
	assert.equal(law.length, 1);
	assert.match(law[0][4], /法律援助：经济困难与受援条件\s*\d+ 处/);
	assert.ok(rows.some((r) => r[0].includes("未核实")));
	assert.deepEqual(await check(desk), []);
	await shot(desk, "policy-papers-1024", { full: true });
});

test("a second official approves; the same family is a no the day before and a yes on the day", async () => {
	second = await startBrowser();
	other = await openPage(second.context);
	await login(other, server.base, "official2", "yanshi-2026");
	await other.goto(draft);
	await other.check("input[value=approve]");
	await post(other, "main form button.primary");
	assert.match(await words(other), /现行/);
	await shot(other, "policy-approved-1024", { full: true });
	await family(phone, "95000"); // 2026-06-30: still the old multiple
	assert.match(await words(phone), /很可能不行/);
	await server.stop({ keep: true });
	server = await startServer({ state: server.state, now: "2026-07-01T09:00+08:00" });
	await family(phone, "95000");
	assert.match(await words(phone), /很可能可以/);
	await phone.click("details.why summary");
	assert.match(await words(phone), /关于调整法律援助经济困难标准的通知/);
	assert.match(await words(phone), /2026-07-01/);
	await shot(phone, "check-raised-390", { full: true });
	assert.deepEqual(await check(phone), []);
});
