// The rules are asked about a case: facts on one form, an opinion with every line, kept with the case and made again.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { check, login, openPage, shot, startBrowser, startServer } from "./lib.mjs";

const PASSWORD = "yanshi-2026";
const SIZES = [[390, 844], [1024, 768]];
let server, base, browser, page, caseId, kept;

before(async () => {
	server = await startServer({ requests: 300 });
	base = server.base;
	browser = await startBrowser();
	page = await openPage(browser.context);
});
after(async () => {
	await browser?.close();
	await server?.stop();
});

const click = (selector, on = page) => Promise.all([on.waitForNavigation(), on.click(selector)]);
const main = (on = page) => on.innerText("main");
const fine = async (name) => {
	for (const [width, height] of SIZES) {
		await page.setViewportSize({ width, height });
		await shot(page, `${name}-${width}`, { full: true });
	}
	assert.deepEqual(await check(page), []);
};
/** A field by the words of its label. */
const field = async (words, on = page) => `#${await on.locator("label", { hasText: words }).first().getAttribute("for")}`;
const choose = async (words, value, on = page) => on.selectOption(await field(words, on), value);
const fill = async (words, value, on = page) => on.fill(await field(words, on), value);
const handIn = async () => {
	const answer = await fetch(`${base}/api/v1/requests`, {
		method: "POST",
		headers: { "Idempotency-Key": crypto.randomUUID().replaceAll("-", ""), "Content-Type": "application/json" },
		body: JSON.stringify({ topic: "wage_arrears", detail: "三个月没有发工资了。", place: "320506100006", applicant: "person",
			caller: "self", name: "沈试算", phone: "19900001234" }),
	});
	assert.equal(answer.status, 201);
	return (await answer.json()).number;
};
/** A household of three over a year with this income, nobody of a special group. */
const household = async (income, on = page) => {
	await fill("哪一天提出申请", "2026-06-30", on);
	await choose("申请哪一类", "民事行政", on);
	await choose("为了什么事", "劳动报酬", on);
	await choose("下列哪一类人员", "普通人员", on);
	await choose("有材料证明这一身份", "否", on);
	await choose("对方当事人是共同生活", "否", on);
	await choose("已经自己委托", "否", on);
	await fill("共同生活的家庭成员有几人", "3", on);
	await fill("全家收入一共", income, on);
};

test("a case leads to the rules; an empty form says what is missing, never no", async () => {
	await login(page, base, "station", PASSWORD);
	const number = await handIn();
	await page.goto(`${base}/desk/search?q=${number}`);
	await click('form[action$="/accept"] button[type=submit]');
	caseId = page.url().match(/request\/(\d+)/)[1];
	await click(`main a.button[href="/desk/request/${caseId}/policy"]`);
	assert.match(await main(), /是否准予由承办人决定/);
	await fine("judge-list");
	await click("main a:has-text('经济困难与受援条件')");
	assert.equal(await page.inputValue(await field("哪一天提出申请")), "2026-06-30"); // today
	await fine("judge-form");
	await click("main button[name=deed] >> nth=0");
	assert.match(await main(), /不是决定/);
	assert.match(await main(), /申请哪一类法律援助/);
	assert.doesNotMatch(await page.innerText("section:has-text('规则怎么说')"), /不符合/);
});

test("what cannot be is refused by name and bound, and stays", async () => {
	await household("一万");
	await fill("共同生活的家庭成员有几人", "31");
	await click("main button[name=deed] >> nth=0");
	assert.match(await main(), /1 至 30/);
	assert.match(await main(), /应是数字/);
	assert.equal(await page.inputValue(await field("共同生活的家庭成员有几人")), "31");
	assert.equal(await page.inputValue(await field("全家收入一共")), "一万");
	assert.equal(await page.inputValue(await field("为了什么事")), "劳动报酬");
	page.complaints.length = 0; // the browser notes the 422
	for (const [width, height] of SIZES) {
		await page.setViewportSize({ width, height });
		await shot(page, `judge-refused-${width}`, { full: true });
	}
	// contradictory: the list says two, the number three
	await household("60000");
	await choose("1. 是申请人本人吗", "是");
	await fill("1. 申请前十二个月的收入", "30000");
	await fill("2. 申请前十二个月的收入", "30000");
	await click("main button[name=deed] >> nth=0");
	assert.match(await main(), /共同生活人数与名单不一致/);
	assert.equal(await page.locator("form#record").count(), 0, "nothing to keep");
	page.complaints.length = 0;
});

test("more rows without JavaScript; the opinion names every line; it is kept and comes out again", async () => {
	const plain = await startBrowser({ javaScriptEnabled: false });
	const on = await openPage(plain.context);
	await login(on, base, "station", PASSWORD);
	await on.goto(`${base}/desk/request/${caseId}/policy/legal_aid`);
	await household("89639.99", on);
	assert.equal(await on.locator("label", { hasText: "7. 是申请人本人吗" }).count(), 0);
	await click("button[name=more]", on);
	assert.equal(await on.locator("label", { hasText: "12. 是申请人本人吗" }).count(), 1);
	assert.equal(await on.inputValue(await field("全家收入一共", on)), "89639.99");
	await click("main button[name=deed] >> nth=0", on);
	assert.match(await main(on), /符合条件/);
	await on.click("details.why summary");
	for (const line of [/2,490\.00 元/, /89,640/, /苏州|江苏/, /第三十一条|第三十四条/]) assert.match(await main(on), line);
	await click("form#record button", on);
	assert.match(on.url(), /\/judged\/\d+\?done=1/);
	assert.match(await main(on), /逐字节相同/);
	assert.match(await main(on), /不是决定/);
	kept = new URL(on.url()).pathname;
	await plain.close();
	// a fen more, and the answer turns
	await page.goto(`${base}/desk/request/${caseId}/policy/legal_aid`);
	await household("89640");
	await click("main button[name=deed] >> nth=0");
	assert.match(await main(), /不符合条件/);
	await page.click("details.why summary");
	for (const [width, height] of SIZES) {
		await page.setViewportSize({ width, height });
		await shot(page, `judge-verdict-${width}`, { full: true });
	}
	await click("form#record button");
	await page.goto(`${base}/desk/request/${caseId}/policy`);
	assert.equal(await page.locator(`main a[href*="/judged/"]`).count(), 2);
	await fine("judge-kept");
	await page.goto(base + kept);
	await page.click("details.why summary");
	await fine("judge-explained");
	await page.goto(`${base}/desk/request/${caseId}`);
	assert.match(await main(), /按规则试算并记入本案/);
});

test("in English, and for who reads large letters", async () => {
	await page.goto(`${base}${kept}?lang=en`);
	assert.match(await main(), /the same byte for byte/);
	assert.match(await main(), /not a decision/);
	await fine("judge-explained-en");
	await page.goto(`${base}/desk/request/${caseId}/policy/notary_relief?lang=en`);
	assert.match(await main(), /What is to be notarised/);
	await fine("judge-form-en");
	await page.goto(`${base}/desk/request/${caseId}/policy/legal_aid?lang=zh&elder=1`);
	await fine("judge-form-elder");
	await page.goto(`${base}/desk?elder=0`);
});

test("whoever does not handle the case keeps nothing", async () => {
	await browser.context.clearCookies();
	await login(page, base, "lawyer", PASSWORD);
	assert.equal((await page.request.get(`${base}${kept}`)).status(), 404);
	assert.equal((await page.request.get(`${base}/desk/request/${caseId}/policy/legal_aid`)).status(), 404);
});

test("an official sees whom a draft would reach, by county, and no single person", async () => {
	await browser.context.clearCookies();
	await login(page, base, "official", PASSWORD);
	await page.goto(`${base}/desk/policy/legal_aid`);
	await click("main a:has-text('标准的倍数')");
	await page.fill("[name=from]", "2026-07-01");
	await page.fill("[name=value]", "1.5");
	await page.fill("[name=words]", "随经济发展水平调整");
	await page.fill("[name=title]", "关于调整法律援助经济困难标准的通知");
	await page.fill("[name=number]", "演示〔2026〕1号");
	await page.fill("[name=article]", "第一条");
	await click("main form button.primary");
	assert.match(page.url(), /\/version\/\d+/);
	await click("main a:has-text('算一算会影响到谁')");
	const reached = await page.innerText("main section:has-text('会影响到谁')");
	assert.match(reached, /吴中区|姑苏区|相城区|昆山市|常熟市|张家港市|太仓市|虎丘区|吴江区/);
	assert.match(reached, /合计/);
	assert.match(reached, /<5/);
	assert.doesNotMatch(reached, /(?<![\d≥<])[1-4](?!\d)(?= *\t| *\n)/m, "a cell of few people is told");
	await fine("judge-whatif");
	await page.goto(`${page.url().split("?")[0]}?whatif=1&lang=en`);
	assert.match(await main(), /better off|more favourable/i);
	await page.goto(`${base}/desk/policy?lang=zh`);
});
