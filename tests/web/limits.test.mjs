// Limits that the city sets: found from the settings, bounds named, what was typed stays, and the desk counts by the new number.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { check, login, openPage, self, shot, startBrowser, startServer } from "./lib.mjs";

const LIMITS = "/desk/settings/limits", NEAR = `${LIMITS}/light.near_hours`;
// pairwise: each width, each language, elder or not
const DRESSES = [[390, 844, "lang=zh&elder=1"], [1024, 768, "lang=zh&elder=0"], [1440, 900, "lang=en&elder=0"], [390, 844, "lang=en&elder=0"]];
let server;
const browsers = [], pages = {};

const words = (page) => page.innerText("main");
const submit = (page, selector = "#act button[type=submit], main form .buttons button[type=submit]") =>
	Promise.all([page.waitForNavigation(), page.click(selector)]);

async function person(who, options) {
	const browser = await startBrowser(options);
	browsers.push(browser);
	const page = await openPage(browser.context);
	await login(page, server.base, who, "yanshi-2026");
	return page;
}

const near = async (page) => {
	await page.goto(`${server.base}/desk?list=area`);
	return Number((await page.locator('a[href="/desk?list=area&light=soon"]').innerText()).match(/\d+/)?.[0] ?? 0);
};

before(async () => {
	server = await startServer({ requests: 300 });
	pages.admin = await person("admin", { javaScriptEnabled: false });
	pages.looked = await person("admin");
	pages.hotline = await person("hotline");
});
after(async () => {
	for (const browser of browsers) await browser.close();
	await server?.stop();
});

test("from the settings to one limit; a number out of bounds and no reason are named and kept", async () => {
	const page = pages.admin;
	await page.goto(`${server.base}/desk/settings`);
	await page.click(`a[href="${LIMITS}"]`);
	assert.match(await words(page), /程序自带，未核实/);
	await page.click(`a[href="${NEAR}"]`);
	assert.match(await words(page), /从 1 到 720/);
	await page.fill("[name=value]", "721");
	await page.fill("[name=document]", "苏司发〔2026〕9号");
	await submit(page);
	assert.match(await words(page), /不能大于 720/);
	assert.equal(await page.inputValue("[name=value]"), "721");
	assert.equal(await page.inputValue("[name=document]"), "苏司发〔2026〕9号");
});

test("a new number counts at once, and its history says who and why", async () => {
	const page = pages.admin, before = await near(pages.hotline);
	await page.goto(server.base + NEAR);
	await page.fill("[name=value]", "720");
	await page.fill("[name=document]", "苏司发〔2026〕9号");
	await submit(page);
	assert.match(await words(page), /已保存/);
	assert.match(await words(page), /苏司发〔2026〕9号/);
	assert.ok((await words(page)).includes(await self(page)));
	const now = await near(pages.hotline);
	assert.ok(now > before, `the desk counts by it: ${before}, then ${now}`);
	await page.goto(server.base + LIMITS);
	assert.match(await words(page), /720 小时/);
});

test("no finding in any width and language, elder or not", async () => {
	for (const [name, path] of [["all", LIMITS], ["one", NEAR]])
		for (const [width, height, query] of DRESSES) {
			await pages.looked.setViewportSize({ width, height });
			await pages.looked.goto(`${server.base}${path}?${query}`);
			assert.deepEqual(await check(pages.looked), [], `${path} ${query} ${width}`);
			await shot(pages.looked, `limits-${name}-${width}-${query.replace(/\W+/g, "-")}`, { full: true });
		}
});
