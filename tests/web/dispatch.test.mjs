// Why this person: the stored decision on its page; and what counts how much, decided by version with a day and a reason.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { check, login, openPage, shot, startBrowser, startServer } from "./lib.mjs";

const PLACE = "320506100006"; // 保圣社区, whose station logs in as "station"
const WEIGHTS = "/desk/settings/dispatch";
let server, desk;
const browsers = [], pages = {};

const words = (page) => page.innerText("main");
const submit = (page, selector) => Promise.all([page.waitForNavigation(), page.click(selector)]);

/** The page of somebody who is logged in, in a browser of their own. */
async function person(who) {
	const browser = await startBrowser();
	browsers.push(browser);
	const page = await openPage(browser.context);
	await login(page, server.base, who, "yanshi-2026");
	return page;
}

/** In both widths, in English and in the elder mode; ends in Chinese, ordinary size. */
async function lookedAt(page, path, name, english) {
	for (const [width, height] of [[390, 844], [1024, 768]]) {
		await page.setViewportSize({ width, height });
		await page.goto(`${server.base}${path}`);
		assert.deepEqual(await check(page), []);
		await shot(page, `${name}-${width}`, { full: true });
	}
	await page.goto(`${server.base}${path}?lang=en`);
	assert.match(await words(page), english);
	assert.deepEqual(await check(page), []);
	await shot(page, `${name}-en`, { full: true });
	await page.goto(`${server.base}${path}?lang=zh&elder=1`);
	assert.deepEqual(await check(page), []);
	await shot(page, `${name}-elder`, { full: true });
	await page.goto(`${server.base}${path}?lang=zh&elder=0`);
}

before(async () => {
	server = await startServer({ requests: 200 });
	pages.station = await person("station");
	pages.admin = await person("admin");
	const answer = await fetch(`${server.base}/api/v1/requests`, {
		method: "POST",
		headers: { "Idempotency-Key": crypto.randomUUID().replaceAll("-", ""), "Content-Type": "application/json" },
		body: JSON.stringify({ topic: "wage_arrears", detail: "三个月没有发工资了。", place: PLACE, applicant: "person", caller: "self" }),
	});
	const got = await answer.json();
	assert.equal(answer.status, 201, JSON.stringify(got));
	await pages.station.goto(`${server.base}/desk/search?q=${got.number}`);
	await submit(pages.station, 'form[action$="/accept"] button[type=submit]');
	desk = pages.station.url().replace(/\?.*/, "").replace(server.base, "");
});
after(async () => {
	for (const browser of browsers) await browser.close();
	await server?.stop();
});

test("why this person: facts, scores, who was not proposed, and made again the same", async () => {
	const page = pages.station;
	await page.goto(`${server.base}${desk}/handover`);
	await page.locator("input[name=account]").first().check();
	await page.fill("#act [name=reason]", "请您接办");
	await submit(page, "#act button[type=submit]");
	await page.goto(`${server.base}${desk}`);
	await submit(page, 'a[href*="/dispatch"]');
	assert.match(await words(page), /复核一致/);
	assert.match(await words(page), /请您接办/);
	assert.match(await words(page), /权重版本\s*1/);
	await lookedAt(page, `${desk}/dispatch`, "dispatch-explained", /Made again: the same/);
});

test("the weights: bounds, day and reason are named, and what was typed stays", async () => {
	const page = pages.admin;
	await lookedAt(page, WEIGHTS, "dispatch-weights", /Weights of dispatch/);
	await page.evaluate(() => { for (const f of document.forms) f.noValidate = true; });
	await page.fill("[name=town]", "1001");
	await page.fill("[name=fair_days]", "0");
	await page.fill("[name=from]", "2026-06-29");
	await submit(page, `form[action="${WEIGHTS}"] button[type=submit]`);
	const said = await words(page);
	assert.match(said, /同镇（街道）得分：不能大于 1000/);
	assert.match(said, /近期是多少天：不能小于 1/);
	assert.match(said, /从哪天起：不能早于今天/);
	assert.match(said, /为什么改/);
	assert.equal(await page.inputValue("[name=town]"), "1001");
	assert.equal(await page.inputValue("[name=from]"), "2026-06-29");
	assert.equal(await page.locator("[aria-invalid=true]").count(), 4);
	await shot(page, "dispatch-weights-bad", { full: true });
	page.complaints.length = 0; // the refusal is a 422
});

test("a new version: from today at once, from a later day not yet; decisions keep theirs", async () => {
	const page = pages.admin, other = await person("admin");
	await other.goto(`${server.base}${WEIGHTS}`);
	await page.goto(`${server.base}${WEIGHTS}`);
	await page.fill("[name=town]", "55");
	await page.fill("[name=words]", "苏司发〔2026〕演示1号");
	await submit(page, `form[action="${WEIGHTS}"] button[type=submit]`);
	assert.match(await words(page), /现在用的版本 2/);
	assert.equal(await page.inputValue("[name=town]"), "55");
	assert.deepEqual(await check(page), []);
	await shot(page, "dispatch-weights-saved", { full: true });
	await page.fill("[name=town]", "66");
	await page.fill("[name=from]", "2026-07-15");
	await page.fill("[name=words]", "七月中起试行");
	await submit(page, `form[action="${WEIGHTS}"] button[type=submit]`);
	assert.match(await words(page), /现在用的版本 2/);
	assert.match(await words(page), /七月中起试行/);
	// somebody who had the form open before is told, and keeps what was typed
	await other.fill("[name=town]", "77");
	await other.fill("[name=words]", "晚了一步");
	await submit(other, `form[action="${WEIGHTS}"] button[type=submit]`);
	assert.match(await words(other), /刚才有人存了新的一版/);
	assert.equal(await other.inputValue("[name=town]"), "77");
	other.complaints.length = 0;
	await pages.station.goto(`${server.base}${desk}/dispatch`);
	assert.match(await words(pages.station), /权重版本\s*1/);
	assert.match(await words(pages.station), /复核一致/);
});
