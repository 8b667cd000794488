// A clock that stands still and goes on; a day of the calendar changed, and open deadlines seen to move.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { check, login, openPage, shot, startBrowser, startServer } from "./lib.mjs";

let server, browser, helper, desk, dues;

const PLACE = "320506100006"; // a village of the station that logs in
const post = (page, selector) => Promise.all([page.waitForNavigation(), page.click(selector)]);
const words = (page) => page.innerText("main");
/* The due moments of what still runs. */
const dates = async (page) => (await page.$$eval(".clocks li", (v) => v.map((li) => li.innerText)))
	.filter((s) => !s.includes("✓")).flatMap((s) => s.match(/\d\d-\d\d \d\d:\d\d/g) ?? []);

before(async () => {
	server = await startServer({ requests: 300 });
	browser = await startBrowser();
	helper = await openPage(browser.context);
	await login(helper, server.base, "station", "yanshi-2026");
});
after(async () => { await browser?.close(); await server?.stop(); });

/** Unpaid wages at 保圣社区, come in by the portal's interface and accepted by the station: the address of its page. */
async function acceptedCase(page) {
	const answer = await fetch(`${server.base}/api/v1/requests`, {
		method: "POST",
		headers: { "Idempotency-Key": crypto.randomUUID().replaceAll("-", ""), "Content-Type": "application/json" },
		body: JSON.stringify({ topic: "wage_arrears", detail: "三个月没有发工资了。", place: PLACE, applicant: "person", caller: "self" }),
	});
	const got = await answer.json();
	assert.equal(answer.status, 201, JSON.stringify(got));
	await page.goto(`${server.base}/desk/search?q=${got.number}`);
	await post(page, 'form[action$="/accept"] button[type=submit]');
	return page.url().replace(/\?.*/, "");
}

test("a pause wants its reason, its words, its last day and a paper where the reason asks for one", async () => {
	desk = await acceptedCase(helper);
	dues = await dates(helper);
	await helper.goto(`${desk}/pause`);
	assert.deepEqual(await check(helper), []);
	await shot(helper, "pause-form", { full: true });
	await helper.fill("[name=words]", "等鉴");
	await helper.fill("[name=until]", "2026-12-31");
	await post(helper, "#act button[type=submit]");
	let said = await words(helper);
	assert.match(said, /为什么暂停/);
	assert.equal(await helper.inputValue("[name=words]"), "等鉴", "what was typed is kept");
	assert.equal(await helper.inputValue("[name=until]"), "2026-12-31");
	await helper.check('input[value="appraisal"]');
	await helper.fill("[name=words]", "等伤残鉴定意见书");
	await helper.fill("[name=until]", "2026-07-20");
	await post(helper, "#act button[type=submit]");
	said = await words(helper);
	assert.match(said, /这一项要有凭据/);
	await shot(helper, "pause-refused", { full: true });
	helper.complaints.length = 0; // the 422 of a refused form is no complaint
});

test("paused: lamp, words and chip say so, and the resident reads what is awaited", async () => {
	await helper.check('input[value="papers"]');
	await helper.fill("[name=words]", "请补充劳动合同和近三个月工资条");
	await helper.fill("[name=until]", "2026-07-10");
	await post(helper, "#act button[type=submit]");
	assert.match(await words(helper), /计时已暂停/);
	assert.match(await words(helper), /请补充劳动合同/);
	assert.deepEqual(await dates(helper), []);
	assert.deepEqual(await check(helper), []);
	await shot(helper, "paused", { full: true });
	await helper.goto(`${desk}/why/answer?lang=en`);
	assert.deepEqual(await check(helper), []);
	await helper.goto(`${server.base}/desk?list=point&light=paused&lang=zh`);
	assert.match(await helper.innerText("#queue"), /暂停/);
	await shot(helper, "paused-queue");
});

test("resumed: new deadlines, and every day of the pause stands in the reasons", async () => {
	await helper.goto(`${desk}/resume`);
	assert.deepEqual(await check(helper), []);
	await helper.fill("[name=words]", "合同和工资条收齐了");
	await post(helper, "#act button[type=submit]");
	assert.match(await words(helper), /计时已恢复/);
	assert.ok((await dates(helper)).length > 0);
	assert.match(await words(helper), /暂停 → 2026-/);
	await shot(helper, "resumed", { full: true });
});

test("a make-up day is tried, confirmed and seen in the history of open cases", async () => {
	const own = await startBrowser();
	const page = await openPage(own.context);
	await login(page, server.base, "admin", "yanshi-2026");
	await page.goto(`${server.base}/desk/settings/calendar?year=2026&lang=zh`);
	assert.equal(await page.locator(".month").count(), 12);
	assert.match(await page.innerText(".year"), /班/);
	assert.deepEqual(await check(page), []);
	await shot(page, "calendar", { full: true });
	await page.fill("[name=day]", "2026-07-04"); // a Saturday
	await page.check('input[value="makeup"]');
	await page.fill("[name=name]", "临时调休");
	await post(page, "main form[method=post] button[type=submit] >> nth=0");
	assert.match(await words(page), /依据/);
	assert.equal(await page.inputValue("[name=name]"), "临时调休");
	await page.fill("[name=source]", "演示通知〔2026〕1号");
	await post(page, "main form[method=post] button[type=submit] >> nth=0");
	const effect = await words(page);
	assert.match(effect, /还没有改/);
	const earlier = Number(effect.match(/(\d+) 个提前/)[1]);
	assert.ok(earlier > 0, effect);
	await shot(page, "calendar-tried", { full: true });
	await page.goto(`${server.base}/desk/settings/calendar?year=2026`); // not confirmed: nothing has changed
	assert.doesNotMatch(await page.innerText("main table:not(.month)"), /临时调休/);
	await page.fill("[name=day]", "2026-07-04");
	await page.check('input[value="makeup"]');
	await page.fill("[name=name]", "临时调休");
	await page.fill("[name=source]", "演示通知〔2026〕1号");
	await post(page, "main form[method=post] button[type=submit] >> nth=0");
	await post(page, "main form[method=post] button[type=submit] >> nth=0");
	assert.match(await words(page), /已改/);
	for (let i = 0; i < 40 && /正在重算/.test(await words(page)); i++) {
		await page.waitForTimeout(250);
		await page.reload();
	}
	assert.match(await words(page), /都已按新日历重算/);
	assert.match(await words(page), /临时调休/);
	assert.match(await words(page), /演示通知〔2026〕1号/);
	await shot(page, "calendar-done", { full: true });
	await own.close();

	const seen = await dates(helper);
	await helper.goto(`${desk}?lang=zh`);
	assert.match(await words(helper), /时限重新计算/);
	assert.notDeepEqual(await dates(helper), seen);
	await shot(helper, "moved", { full: true });
	await helper.goto(`${desk}/why/close?lang=zh`);
	assert.match(await words(helper), /临时调休/);
	await shot(helper, "moved-why", { full: true });
});

test("the calendar by phone, for the elderly, in English, without JavaScript", async () => {
	for (const [name, options, query] of [["phone", { viewport: { width: 390, height: 844 } }, "lang=zh"],
		["wide", { viewport: { width: 1440, height: 900 } }, "lang=en"], ["bare", { javaScriptEnabled: false }, "lang=zh&elder=1"]]) {
		const own = await startBrowser(options), page = await openPage(own.context);
		await login(page, server.base, "admin", "yanshi-2026");
		const answer = await page.goto(`${server.base}/desk/settings/calendar?year=2026&${query}`);
		assert.equal(answer.status(), 200);
		assert.match(await words(page), name === "wide" ? /Calendar of the year/ : /全年日历/);
		await shot(page, `calendar-${name}`, { full: true });
		await own.close();
	}
});
