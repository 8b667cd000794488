// An official raises the multiple from a day on, sees on the draft's page whom it reaches and what it costs; a second one
// approves; the same family is a no the day before and a yes on the day, both explained.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { check, login, openPage, shot, startBrowser, startServer } from "./lib.mjs";

const PASSWORD = "yanshi-2026";
const FAMILY = ["民事行政", "劳动报酬", "普通人员"];
let server, browser, phone, desk, second, draft;

const words = (page) => page.innerText("main");
const post = (page, selector) => Promise.all([page.waitForNavigation(), page.click(selector)]);

/** The self-check of three people with 95,000 yuan in a year: over the line of 2026, under one and a half of it. */
async function family(page) {
	await page.goto(`${server.base}/check/legal_aid`);
	for (const v of FAMILY) await post(page, `button[name=v][value="${v}"]`);
	while (await page.$("fieldset.question")) {
		const question = await page.innerText("legend");
		if (/几人|全家收入/.test(question)) {
			await page.fill("input[name=v]:not([type=hidden])", /几人/.test(question) ? "3" : "95000");
			await post(page, "button:has-text('下一步')");
		} else await post(page, "button[name=v][value='否']");
	}
	await page.click("details.why summary");
	return words(page);
}

before(async () => {
	server = await startServer({ requests: 200 });
	browser = await startBrowser();
	second = await startBrowser();
	phone = await openPage(browser.context);
	desk = await openPage(browser.context);
	await phone.setViewportSize({ width: 390, height: 844 });
});
after(async () => { await second?.close(); await browser?.close(); await server?.stop(); });

test("a draft raises the multiple from 1 July on", async () => {
	await login(desk, server.base, "official", PASSWORD);
	await desk.goto(`${server.base}/desk/policy/legal_aid`);
	await post(desk, "main a:has-text('标准的倍数')");
	for (const [name, value] of Object.entries({ from: "2026-07-01", value: "1.5", words: "随经济发展水平调整",
		title: "关于调整法律援助经济困难标准的通知", number: "演示〔2026〕1号", article: "第一条" }))
		await desk.fill(`[name=${name}]`, value);
	await post(desk, "main form button.primary");
	draft = desk.url().split("?")[0];
	assert.match(await words(desk), /还没有施行/);
});

test("what nobody has stated is not guessed, and is asked for", async () => {
	await post(desk, "main a:has-text('算一算会影响到谁')");
	const said = await words(desk);
	assert.match(said, /示范家庭（虚构）/);
	assert.match(said, /都是假定/);
	assert.match(said, /按哪一天算\s*2026-07-01/);
	assert.match(said, /昆山市/);
	assert.match(said, /进城务工家庭/);
	assert.match(said, /不能判断\s*还没有填：\s*每千户符合条件的家庭一年申请几件/);
	await post(desk, "main table a[href='/desk/policy/estimate'] >> nth=0");
	await desk.fill("[name=applications]", "2.345");
	await desk.fill("[name=hours]", "十");
	await post(desk, "main form button.primary");
	assert.match(await words(desk), /小数最多两位/);
	assert.equal(await desk.inputValue("[name=hours]"), "十");
	await shot(desk, "estimate-refused-1024", { full: true });
	desk.complaints.length = 0; // the 422 of a refused answer is no complaint
	for (const [name, value] of Object.entries({ applications: "2.5", hours: "16", capacity: "30000", subsidy: "1500",
		budget: "9000000", document: "演示测算〔2026〕1号" }))
		await desk.fill(`[name=${name}]`, value);
	await post(desk, "main form button.primary");
	assert.match(await words(desk), /演示测算〔2026〕1号/);
	assert.deepEqual(await check(desk), []);
	await shot(desk, "estimate-1024", { full: true });
});

test("the draft's page says who gains by county and group, hours, money, and the curve with its figures beside it", async () => {
	await desk.goto(`${draft}?whatif=1`);
	const said = await words(desk);
	assert.match(said, /律师小时（一年）[\s\S]*?不够\s*缺/);
	assert.match(said, /补贴（元，一年）[\s\S]*?够\s*余/);
	const cells = await desk.$$eval("figure table tbody tr", (rows) => rows.map((r) => [...r.cells].map((c) => c.innerText.trim())));
	assert.ok(cells.some((c) => c[0] === "1.00" && c[2] === "现行") && cells.some((c) => c[0] === "1.50" && c[2] === "草稿"), `${cells}`);
	const granted = cells.map((c) => Number(c[1].replaceAll(",", "")));
	assert.deepEqual(granted, [...granted].sort((a, b) => a - b), "a higher multiple never takes away");
	// the two ways of working it out agree: the table's households are the curve's at both values
	const sum = await desk.$$eval("table", (all) => all.filter((t) => t.innerText.includes("昆山市") && t.innerText.includes("示范家庭"))
		.map((t) => [...t.querySelectorAll("tbody tr")].at(-1)).map((r) => [...r.cells].map((c) => c.innerText.trim()))[0]);
	assert.equal(sum[2], cells.find((c) => c[2] === "现行")[1]);
	assert.equal(sum[3], cells.find((c) => c[2] === "草稿")[1]);
	assert.deepEqual(await check(desk), []);
	for (const [width, height] of [[390, 844], [1024, 768], [1440, 900]]) {
		await desk.setViewportSize({ width, height });
		await shot(desk, `whatif-${width}`, { full: true });
	}
	await desk.setViewportSize({ width: 1024, height: 768 });
	if (process.env.SHOTS) {
		await desk.goto(`${draft}?whatif=1&elder=1`);
		await shot(desk, "whatif-elder-1024", { full: true });
		await desk.goto(`${draft}?whatif=1&elder=0`);
	}
	await desk.goto(`${draft}?whatif=1&lang=en`);
	assert.match(await words(desk), /No statistics/);
	await shot(desk, "whatif-en-1024", { full: true });
	await desk.goto(`${draft}?whatif=1&lang=zh`);
});

test("asked another way, taken home as CSV and as a workbook", async () => {
	await desk.click("main details summary:has-text('换一种算法')");
	await desk.fill("[name=seed]", "2");
	await desk.fill("[name=from]", "1.2");
	await desk.fill("[name=to]", "1.4");
	await post(desk, "main form[method=get] button.primary");
	const rows = await desk.$$eval("figure table tbody tr", (all) => all.map((r) => r.cells[0].innerText.trim()));
	assert.equal(rows[0], "1.20");
	assert.equal(rows.at(-1), "1.40");
	const href = (name) => desk.getAttribute(`main a:has-text('${name}')`, "href");
	const csv = await (await desk.request.get(server.base + await href("下载 CSV：曲线"))).text();
	assert.match(csv, /^\uFEFF# 示范家庭（虚构）/);
	assert.equal(csv.trim().split("\r\n").length, 2 + 21);
	const reach = await (await desk.request.get(server.base + await href("下载 CSV：区县和人群"))).text();
	assert.match(reach, /区县,昆山市,\d+00,/);
	const book = await desk.request.get(server.base + await href("下载 Excel"));
	assert.match(book.headers()["content-disposition"], /whatif\.xlsx/);
	assert.equal((await book.body()).subarray(0, 2).toString(), "PK");
	await desk.goto(`${draft}?whatif=1&seed=x&from=3&to=2`);
	assert.match(await words(desk), /先用了/);
});

test("a value only to be tried is drafted, counted with and shown as such", async () => {
	await desk.goto(`${server.base}/desk/policy/legal_aid`);
	await post(desk, "main a:has-text('标准的倍数')");
	for (const [name, value] of Object.entries({ from: "2026-06-30", value: "2", words: "年底可能再提高", title: "设想的通知" }))
		await desk.fill(`[name=${name}]`, value);
	await desk.check("[name=trial]");
	await post(desk, "main form button.primary");
	assert.match(await words(desk), /今天以后/);
	desk.complaints.length = 0;
	await desk.fill("[name=from]", "2026-12-01");
	await post(desk, "main form button.primary");
	assert.match(await words(desk), /标准的倍数（自 2026-12-01，只供试算）/);
	await desk.goto(`${desk.url().split("?")[0]}?whatif=1`);
	assert.match(await words(desk), /只供试算的值，决定时不用[\s\S]*2026-12-01/);
	const total = await desk.$$eval("table", (all) => all.filter((t) => t.innerText.includes("昆山市") && t.innerText.includes("示范家庭"))
		.map((t) => [...[...t.querySelectorAll("tbody tr")].at(-1).cells].map((c) => Number(c.innerText.replaceAll(",", ""))))[0]);
	assert.ok(total[3] > total[2], `${total}`);
	await shot(desk, "trial-1024", { full: true });
});

test("without JavaScript and for who may not draft", async () => {
	const plain = await startBrowser({ javaScriptEnabled: false });
	const page = await openPage(plain.context);
	await login(page, server.base, "official", PASSWORD);
	await page.goto(`${draft}?whatif=1`);
	assert.match(await words(page), /够不够/);
	await shot(page, "whatif-plain-1024", { full: true });
	await plain.close();
	const clerk = await startBrowser();
	const other = await openPage(clerk.context);
	await login(other, server.base, "clerk", PASSWORD);
	assert.equal((await other.request.get(`${draft}/whatif.csv?table=reach`)).status(), 403);
	await other.goto(`${draft}?whatif=1`);
	assert.doesNotMatch(await words(other), /示范家庭/);
	await clerk.close();
});

test("a second official approves; a no the day before, a yes on the day, both explained", async () => {
	const other = await openPage(second.context);
	await login(other, server.base, "official2", PASSWORD);
	await other.goto(`${draft}?whatif=1`);
	await other.check("input[value=approve]");
	await post(other, "main form button.primary:has-text('确定')");
	assert.match(await words(other), /现行/);
	let said = await family(phone); // 2026-06-30
	assert.match(said, /很可能不行/);
	assert.match(said, /89,640/); // 2,490 × 12 × 3
	assert.match(said, /收入超出经济困难标准/);
	await server.stop({ keep: true });
	server = await startServer({ state: server.state, now: "2026-07-01T09:00+08:00" });
	said = await family(phone);
	assert.match(said, /很可能可以/);
	assert.match(said, /134,460/); // × 1.5
	assert.match(said, /关于调整法律援助经济困难标准的通知/);
	assert.deepEqual(await check(phone), []);
});
