// The whole way by hand: asked, accepted by keyboard, handed over, returned, handed over again, answered, closed, rated
// badly, followed up, counted, opened from the figure.  Each page on the way must pass every check.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { check, login, openPage, self, shot, startBrowser, startServer } from "./lib.mjs";

const PASSWORD = "yanshi-2026";
const TOWN = "320506100000"; // of the demonstration's clerk and director; and of a village station in it
const FIGURES = "/desk/figures?from=2026-06-30&to=2026-06-30&place=320506100000&by=item";
const WORDS = "老板三个月没发工资，一共一万二，欠条在我手上。";

let server, base;
const browsers = [];
const pages = {};
const findings = [];

const person = async (name, options) => {
	const browser = await startBrowser(options);
	browsers.push(browser);
	pages[name] = await openPage(browser.context);
	if (name !== "resident") await login(pages[name], base, name, PASSWORD);
	return pages[name];
};
const submit = (page, selector = "main form .buttons button.primary") =>
	Promise.all([page.waitForNavigation(), page.click(selector)]);
const go = (page, key) => Promise.all([page.waitForNavigation(), page.keyboard.press(key)]);
const look = async (page, name, { html = true } = {}) => {
	findings.push(...(await check(page, { html })).map((f) => `${name}: ${f}`));
	await shot(page, `story-${name}`, { full: true });
};
const said = async (page, words) => assert.match(await page.textContent("main"), words);
before(async () => { server = await startServer({ requests: 200 }); base = server.base; });
after(async () => { for (const b of browsers) await b.close(); await server?.stop(); });

let number, desk;

const received = async (page) => Number((await page.textContent("main")).match(/收到求助\s*(\d+)\s*件/)[1]);
const advised = (page) => page.locator("main tr", { hasText: "法律咨询" });
let others;

test("before: nobody of this town asked for advice on this day", async () => {
	const page = await person("official");
	await page.goto(base + FIGURES);
	others = await received(page);
	assert.equal(await advised(page).count(), 0);
});

/** The form of handing over: to the point of this name. */
async function toPoint(page, name) {
	const option = page.locator("select[name=point] option", { hasText: name }).first();
	await page.selectOption("select[name=point]", await option.getAttribute("value"));
}

test("a resident asks in at most four pages", async () => {
	const page = await person("resident", { viewport: { width: 390, height: 844 } });
	await page.goto(`${base}/`);
	await look(page, "01-home");
	await submit(page, 'main a[href="/ask?topic=wage_arrears"]');
	await page.fill("textarea[name=detail]", WORDS);
	await look(page, "02-what");
	await submit(page);
	await page.selectOption("select[name=town]", TOWN);
	await page.waitForSelector("select[name=village]");
	await look(page, "03-where");
	await submit(page);
	await page.check('input[value="anonymous"]');
	await look(page, "04-who");
	await submit(page);
	await look(page, "05-check");
	await submit(page);
	number = await page.locator(".receipt .number").first().innerText();
	assert.match(await page.innerText("main"), /唐慧|负责/);
	await look(page, "06-receipt");
});

test("the clerk accepts by keyboard and hands over to a village station, which returns it with a reason", async () => {
	const page = await person("clerk");
	await page.goto(`${base}/desk/search?q=${number}`);
	desk = page.url();
	await look(page, "07-found");
	await go(page, "a");
	await said(page, /已受理/);
	await look(page, "08-accepted");
	await go(page, "h");
	await look(page, "09-candidates");
	await toPoint(page, "甫里社区"); // s320506100007's; who stands on the list is the rules' and weights' affair
	await page.fill("[name=reason]", "离对方更近");
	await go(page, "Control+Enter");
	await said(page, /已提出转交/);
	await look(page, "10-offered");

	const other = await person("s320506100007"); // of another village
	await other.goto(`${base}/desk?list=inbox`);
	assert.match(await other.textContent("#queue"), /07-03 23:59/, "the case's deadline, not when it was offered");
	await look(other, "11-inbox");
	await other.goto(desk);
	await look(other, "12-offer");
	await other.goto(`${desk}/return`);
	await other.locator('form[action$="/return"] input[type=radio]').nth(3).check();
	await other.fill("textarea[name=reason]", "今天在外面调解，来不了");
	await submit(other, 'form[action$="/return"] button[type=submit]');
	await said(other, /今天在外面调解，来不了/); // who should have it instead is asked for, and nothing typed is lost
	other.complaints.length = 0; // the 422 of a refused form is no complaint
	await other.selectOption("select[name=better]", { index: 1 });
	await look(other, "13-return");
	await submit(other, 'form[action$="/return"] button[type=submit]');
	await page.goto(desk);
	await said(page, /今天在外面调解，来不了/);
	await look(page, "14-returned");
});

test("offered again it is accepted, answered and closed by the station", async () => {
	const page = pages.clerk, helper = await person("station");
	await go(page, "h");
	await toPoint(page, "保圣社区"); // the helper's
	await page.fill("[name=reason]", "明天再办也行");
	await go(page, "Control+Enter");
	await helper.goto(desk);
	await submit(helper, 'form[action$="/handover/accept"] button[type=submit]');
	await said(helper, new RegExp(await self(helper)));
	await look(helper, "15-taken");
	await helper.goto(`${desk}/answer`);
	await helper.fill('form[action$="/answer"] textarea', "先向劳动监察投诉，再申请仲裁。欠条和聊天记录都是证据。");
	await helper.locator('form[action$="/answer"] input[type=checkbox]').first().check();
	await submit(helper, 'form[action$="/answer"] button[type=submit]');
	await look(helper, "16-answered");
	await go(helper, "c");
	await look(helper, "17-close");
	await helper.locator('input[value="answered"]').check();
	await submit(helper, 'form[action$="/close"] button[type=submit]');
	await said(helper, /已办结/);
	await look(helper, "18-closed");
});

test("the resident reads the answer and rates it 不满意; the director follows up", async () => {
	const page = pages.resident;
	await page.goto(`${base}/my`);
	await said(page, /先向劳动监察投诉/);
	await look(page, "19-my");
	await page.goto(base + await page.locator('form[action^="/v/"]').getAttribute("action"));
	await page.fill("textarea[name=comment]", "说得太快，没听懂");
	await submit(page, 'button[value="bad"]');
	await said(page, /不满意/);
	await look(page, "20-rated");

	const near = await person("director"); // was the first to answer for it: sees it, cannot follow it up
	await near.goto(`${base}/desk/supervise`);
	await look(near, "21-supervise-town");
	await Promise.all([near.waitForNavigation(), near.locator("main a", { hasText: number }).first().click()]);
	assert.equal(await near.locator('form[action^="/desk/follow-up/"]').count(), 0);
	const director = await person("aid-director"); // of the county centre
	await director.goto(`${base}/desk`);
	await submit(director, 'a[href="/desk/supervise"]');
	await look(director, "21-supervise");
	const link = director.locator("main a", { hasText: number }).first();
	await Promise.all([director.waitForNavigation(), link.click()]);
	await said(director, /说得太快，没听懂/);
	await look(director, "22-follow-up");
	await director.locator('form[action^="/desk/follow-up/"] input[type=radio]').first().check();
	await director.fill('form[action^="/desk/follow-up/"] textarea', "已电话道歉并重新讲了一遍");
	await submit(director, 'form[action^="/desk/follow-up/"] button[type=submit]');
	await look(director, "23-followed-up");
});

test("the figure counts it and opens to its record", async () => {
	const page = pages.official;
	await page.goto(base + FIGURES);
	assert.equal(await received(page), others + 1);
	await look(page, "24-figures");
	const cell = advised(page).locator('a[href*="/desk/figures/records"]').first();
	assert.equal((await cell.innerText()).trim(), "1");
	await Promise.all([page.waitForNavigation(), cell.click()]);
	await said(page, new RegExp(number));
	await look(page, "25-records");
	await Promise.all([page.waitForNavigation(), page.locator("main a", { hasText: number }).first().click()]);
	await said(page, /说得太快|工资/);
	await look(page, "26-record");
});

test("no finding on the whole way", () => { assert.deepEqual(findings, []); });
