// Co-operation: a station asks the centre of another county for help with the matter alone shared; agreed, answered,
// asked again, closed; the record is on the case.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { check, login, openPage, shot, startBrowser, startServer } from "./lib.mjs";

const PASSWORD = "yanshi-2026";
const CENTRE = "d320507"; // leads the centre of another county, which does not see the station's place
const SIZES = [[390, 844], [1024, 768]];
const NAME = "沈协作";
let server, base, browser, page, caseId, help;

before(async () => {
	server = await startServer({ requests: 400 });
	base = server.base;
	browser = await startBrowser();
	page = await openPage(browser.context);
});
after(async () => {
	await browser?.close();
	await server?.stop();
});

const as = async (who) => {
	await browser.context.clearCookies();
	await login(page, base, who, PASSWORD);
};
const click = (selector) => Promise.all([page.waitForNavigation(), page.click(selector)]);
const fine = async (shotName) => {
	for (const [width, height] of SIZES) {
		await page.setViewportSize({ width, height });
		await shot(page, `${shotName}-${width}`, { full: true });
	}
	assert.deepEqual(await check(page), []);
};
/** Unpaid wages at a village of the station that logs in, with a name and a phone, by the portal's interface. */
const handIn = async () => {
	const answer = await fetch(`${base}/api/v1/requests`, {
		method: "POST",
		headers: { "Idempotency-Key": crypto.randomUUID().replaceAll("-", ""), "Content-Type": "application/json" },
		body: JSON.stringify({ topic: "wage_arrears", detail: "三个月没有发工资了。", place: "320506100006", applicant: "person",
			caller: "self", name: NAME, phone: "19900001234" }),
	});
	assert.equal(answer.status, 201);
	return (await answer.json()).number;
};
const main = () => page.textContent("main");
const PHONE = /1990000\d{4}|199\*{2,}/;

test("a station asks another county's centre, and says what that may read", async () => {
	await as("station");
	const number = await handIn();
	await page.goto(`${base}/desk/search?q=${number}`);
	await click('form[action$="/accept"] button[type=submit]');
	caseId = page.url().match(/request\/(\d+)/)[1];
	await page.goto(`${base}/desk/request/${caseId}/cooperate`);
	await fine("cooperate-ask");
	// nothing chosen, words too short: every field is named and what was typed stays
	await page.fill("#f-words", "核实");
	await click("main form#act button.primary");
	assert.match(await main(), /请哪个单位协助/);
	assert.equal(await page.inputValue("#f-words"), "核实");
	page.complaints.length = 0; // the browser notes the 422
	await page.selectOption("#f-point", { label: "相城区公共法律服务中心" });
	await page.check("main input[name=kind][value=evidence]");
	await page.fill("#f-words", "请到工地核实出勤和工资发放记录。");
	await page.check("main input[name=shared][value=matter]");
	await click("main form#act button.primary");
	assert.match(page.url(), /done=cooperate/);
	assert.match(await main(), /等对方回应/);
	await fine("cooperate-case");
	help = await page.locator("main a[href^='/desk/cooperate/']").first().getAttribute("href");
});

test("the other side reads the matter, and neither name nor phone, on the page and in JSON", async () => {
	await as(CENTRE);
	assert.equal((await page.request.get(`${base}/desk/request/${caseId}`)).status(), 404);
	await page.goto(`${base}/desk/cooperate`);
	assert.ok(await page.locator(`main a[href='${help}']`).count() === 1, "not in the list");
	await fine("cooperate-list");
	await page.goto(base + help);
	const text = await main();
	assert.match(text, /请到工地核实出勤和工资发放记录。/);
	assert.doesNotMatch(await page.content(), PHONE);
	assert.ok(!text.includes(NAME), "the name is there");
	const one = await page.request.get(`${base}/api/v1${help.replace("/desk/cooperate", "/cooperations")}`);
	const json = await one.json();
	assert.ok(json.detail.length > 3);
	assert.deepEqual(json.shared, ["matter"]);
	assert.equal(json.person, "");
	assert.equal(json.place, undefined);
	assert.doesNotMatch(JSON.stringify(json), PHONE);
	const list = await (await page.request.get(`${base}/api/v1/cooperations`)).json();
	assert.ok(list.cooperations.some((c) => help.endsWith(c.id)));
	assert.doesNotMatch(JSON.stringify(list), PHONE);
	await fine("cooperate-asked");
	await page.goto(`${base}${help}?lang=en`);
	assert.match(await main(), /What the asker shares/);
	await shot(page, "cooperate-asked-en", { full: true });
	await page.goto(`${base}${help}?lang=zh`);
});

test("agreed, answered, asked again, closed; the record is on the case", async () => {
	await page.goto(base + help);
	await click(`main form[action$='/take'] button`);
	assert.match(await main(), /对方已接受/);
	await page.fill("#f-answer", "好");
	await click(`main form[action$='/answer'] button.primary`);
	assert.equal(await page.inputValue("#f-answer"), "好");
	page.complaints.length = 0;
	await page.fill("#f-answer", "已到工地，有考勤表，工资单在会计处。");
	await click(`main form[action$='/answer'] button.primary`);
	assert.match(await main(), /对方已答复/);
	await as("station");
	await page.goto(base + help);
	await fine("cooperate-answered");
	await page.fill("#f-again", "考勤表是哪几个月的？");
	await click(`main form[action$='/again'] button.primary`);
	await as(CENTRE);
	await page.goto(base + help);
	await page.fill("#f-answer", "三月到五月的。");
	await click(`main form[action$='/answer'] button.primary`);
	await as("station");
	await page.goto(base + help);
	await click(`main form[action$='/close'] button`);
	assert.match(await main(), /协作办结/);
	await page.goto(`${base}/desk/request/${caseId}`);
	const text = await page.textContent("body");
	for (const step of [/请其他单位协助/, /协作单位接受/, /协作单位已答复/, /向协作单位追问/, /协作办结/]) assert.match(text, step);
	await as(CENTRE); // over: the matter is shut
	await page.goto(base + help);
	assert.match(await main(), /事情的内容不再显示/);
	await page.goto(`${base}/desk/cooperate?light=done`);
	assert.ok(await page.locator(`main a[href='${help}']`).count() === 1);
});

test("without JavaScript it declines with a reason", async () => {
	const plain = await startBrowser({ javaScriptEnabled: false });
	try {
		const p = await openPage(plain.context);
		await login(p, base, "station", PASSWORD);
		await p.goto(`${base}/desk/request/${caseId}/cooperate`);
		await p.selectOption("#f-point", { label: "相城区公共法律服务中心" });
		await p.check("main input[name=kind][value=verify]");
		await p.fill("#f-words", "请核实材料。");
		await p.click("main form#act button.primary");
		const path = await p.locator("main a[href^='/desk/cooperate/']").last().getAttribute("href");
		await plain.context.clearCookies();
		await login(p, base, CENTRE, PASSWORD);
		await p.goto(base + path);
		await p.click("main details summary");
		await p.selectOption("#f-code", "no_capacity");
		await p.fill("#f-words", "本周人手不够，可以请虎丘区中心。");
		await p.click("main form[action$='/decline'] button.primary");
		assert.match(await p.textContent("main"), /对方不能协助/);
		assert.match(await p.textContent("main"), /人手不够/);
	} finally { await plain.close(); }
});

test("a matter beyond the city: inside it is refused with who has it, outside a letter goes and the case is closed", async () => {
	await as("station");
	const number = await handIn();
	await page.goto(`${base}/desk/search?q=${number}`);
	await click('form[action$="/accept"] button[type=submit]');
	const id = page.url().match(/request\/(\d+)/)[1];
	await page.goto(`${base}/desk/request/${id}/transfer`);
	await fine("transfer-form");
	const fill = async (organ) => {
		await page.check("main input[name=kind][value=matter]");
		await page.fill("#f-organ", organ);
		await page.fill("#f-authority", "外地某区法律援助中心");
		await page.fill("#f-content", "当事人住在本市，用工单位和工地都在贵地，请予办理。");
		await page.fill("#f-told", "工地在外地，要到那里的法律援助中心办。带上身份证、欠条，先打电话问。");
		await click("main form#act button.primary");
	};
	await fill("320599"); // the last code of the city
	page.complaints.length = 0;
	assert.match(await main(), /在本市别的县（区）/);
	assert.match(await page.inputValue("#f-told"), /工地在外地/);
	await fill("320507");
	page.complaints.length = 0;
	assert.match(await main(), /相城区公共法律服务中心/);
	await fine("transfer-inside");
	page.complaints.length = 0;
	await fill("320600"); // the first beyond it
	assert.match(page.url(), /done=transfer/);
	assert.match(await main(), /已转外地办理/);
	await fine("transfer-case");
	await page.goto(`${base}/desk/request/${id}/letter`);
	const text = await main();
	assert.match(text, /外地某区法律援助中心/);
	assert.match(text, /第三十八条/);
	assert.doesNotMatch(text, /19900001234/);
	await fine("transfer-letter");
	await page.goto(`${base}/desk/request/${id}/letter?lang=en`);
	await shot(page, "transfer-letter-en", { full: true });
	await page.goto(`${base}/desk?lang=zh`);
});
