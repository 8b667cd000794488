// A case that comes back twice: no third offer, the director rules with words, and the receiver cannot send it back.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { check, login, openPage, self, shot, startBrowser, startServer } from "./lib.mjs";

const PLACE = "320506100006"; // 保圣社区, whose station logs in as "station"
let server, desk, number;
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

before(async () => {
	server = await startServer({ requests: 120 });
	pages.station = await person("station");
	pages.other = await person("s320506100007");
	pages.director = await person("director");
	const answer = await fetch(`${server.base}/api/v1/requests`, {
		method: "POST",
		headers: { "Idempotency-Key": crypto.randomUUID().replaceAll("-", ""), "Content-Type": "application/json" },
		body: JSON.stringify({ topic: "wage_arrears", detail: "三个月没有发工资了。", place: PLACE, applicant: "person", caller: "self" }),
	});
	const got = await answer.json();
	assert.equal(answer.status, 201, JSON.stringify(got));
	number = got.number;
	await pages.station.goto(`${server.base}/desk/search?q=${number}`);
	await submit(pages.station, 'form[action$="/accept"] button[type=submit]');
	desk = pages.station.url().replace(/\?.*/, "");
});
after(async () => {
	for (const browser of browsers) await browser.close();
	await server?.stop();
});

/** The station offers it to 甫里社区, which sends it back not knowing whose it is. */
async function bounce(reason) {
	const { station, other } = pages;
	await station.goto(`${desk}/handover`);
	const option = station.locator("select[name=point] option", { hasText: "甫里社区" }).first();
	await station.selectOption("select[name=point]", await option.getAttribute("value"));
	await station.fill("#act [name=reason]", "请您接办");
	await submit(station, "#act button[type=submit]");
	await other.goto(`${desk}/return`);
	await other.check('input[value="unclear"]');
	await other.fill("textarea[name=reason]", reason);
	await submit(other, 'form[action$="/return"] button[type=submit]');
}

test("sent back once it may be offered again, sent back twice it may not", async () => {
	await bounce("不清楚该由谁办");
	await pages.director.goto(`${server.base}/desk/rulings`);
	assert.doesNotMatch(await words(pages.director), new RegExp(number));
	await bounce("还是不清楚该由谁办");
	await pages.station.goto(desk);
	assert.match(await words(pages.station), /裁定/);
	assert.equal(await pages.station.locator('a[href$="/handover"]').count(), 0, "no way to a third offer");
	assert.deepEqual(await check(pages.station), []);
	await shot(pages.station, "ruling-waits", { full: true });
});

test("the director finds it and rules with a reason", async () => {
	const page = pages.director;
	await page.goto(`${server.base}/desk/rulings`);
	assert.match(await words(page), new RegExp(number));
	assert.deepEqual(await check(page), []);
	await shot(page, "rulings", { full: true });
	await page.goto(`${desk}/assign`);
	await submit(page, "#act button[type=submit]"); // nothing typed: both are named
	assert.match(await words(page), /为什么/);
	page.complaints.length = 0;
	await page.fill("#act [name=login]", "s320506100007");
	await page.fill("#act [name=reason]", "当事人工作的工地在甫里社区，由甫里社区站点办");
	await submit(page, "#act button[type=submit]");
	await page.goto(desk);
	assert.match(await words(page), /当事人工作的工地在甫里社区/);
	await shot(page, "ruled", { full: true });
	await page.goto(`${server.base}/desk/rulings`);
	assert.doesNotMatch(await words(page), new RegExp(number));
});

test("who received it by ruling holds it, and every choice is explained", async () => {
	const page = pages.other;
	await page.goto(desk);
	assert.ok((await words(page)).includes(await self(page)), "who is logged in holds it");
	assert.equal(await page.locator('a[href$="/return"]').count(), 0, "it cannot be sent back");
	for (const lang of ["zh", "en"]) {
		const answer = await page.goto(`${desk}/dispatch?lang=${lang}`);
		assert.equal(answer.status(), 200);
		assert.match(await words(page), lang === "zh" ? /复核一致/ : /Made again: the same/);
		assert.deepEqual(await check(page), []);
		await shot(page, `ruling-explained-${lang}`, { full: true });
	}
});
