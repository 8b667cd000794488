// The life of a roster by hand: planned with a fixed arrangement, published by a second person, a visit moved with its price, somebody
// ill, signing in with the station's code and the log on a phone, the public page of a point.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { check, login, openPage, shot, startBrowser, startServer } from "./lib.mjs";

const PASSWORD = "yanshi-2026";
let server, base, plan;
const browsers = [], findings = [];

const person = async (name, options = {}, path = "") => {
	const browser = await startBrowser(options);
	browsers.push(browser);
	const page = await openPage(browser.context);
	if (name) await login(page, base, name, PASSWORD);
	if (path) await page.goto(base + path);
	return page;
};
const submit = (page, selector) => Promise.all([page.waitForNavigation(), page.click(selector)]);
const said = async (page, words) => assert.match(await page.innerText("main"), words);
const look = async (page, name) => {
	await page.evaluate(() => scrollTo(0, 0));
	findings.push(...(await check(page)).map((f) => `${name}: ${f}`));
	await shot(page, `duty-${name}`, { full: true });
};

before(async () => { server = await startServer({ requests: 200 }); base = server.base; });
after(async () => { for (const b of browsers) await b.close(); await server?.stop(); });

test("planned with a fixed arrangement, two that contradict are named, a second person publishes", async () => {
	const page = await person("aid-director", {}, "/desk/roster");
	await look(page, "01-list");
	await submit(page, 'main table a:has-text("2026-08")');
	await said(page, /这是草案/);
	await look(page, "02-draft");
	const slot = await page.locator('main ul.visits a').first().getAttribute("href");
	await page.goto(base + slot);
	await said(page, /要改就加一条定死的安排/);
	const code = (await page.locator('main a[href^="/desk/roster/village/"]').getAttribute("href")).split("/").pop();
	await submit(page, 'main a[href^="/desk/roster/village/"]');
	await look(page, "03-village");
	const pin = async (day) => {
		await page.goto(`${base}/desk/roster/pins?month=202608`);
		await page.fill("[name=licence]", "YS-V0001");
		await page.fill("[name=day]", day);
		await page.fill("[name=place]", code);
		await page.fill("[name=why]", "村里定了那天");
		await submit(page, 'main section form .buttons button.primary');
	};
	await pin("2026-08-12");
	await pin("2026-08-13");
	await look(page, "04-pins");
	await page.goto(`${base}/desk/roster/new`);
	await page.selectOption("[name=month]", "202608");
	await submit(page, "main form .buttons button.primary");
	await said(page, /没有排/);
	page.complaints.length = 0;                                          // that it was refused
	await look(page, "05-refused");
	await page.goto(`${base}/desk/roster/pins?month=202608`);
	await submit(page, 'main table form button');
	await submit(page, 'main table form button');
	await page.goto(`${base}/desk/roster/new`);
	await page.selectOption("[name=month]", "202608");
	await submit(page, "main form .buttons button.primary");
	await said(page, /草案/);
	plan = page.url();
	assert.equal(await page.locator('main button:has-text("看过，发布")').count(), 0);
	const second = await person("official", { viewport: { width: 1440, height: 900 } });
	await second.goto(plan);
	await submit(second, 'main button:has-text("看过，发布")');
	await said(second, /已发布/);
	await second.click('summary:has-text("每条规则多少分")');
	await look(second, "06-published");
});

test("a visit is moved with its price, somebody falls ill and what changes is shown first", async () => {
	const page = await person("aid-director", { viewport: { width: 1024, height: 768 } });
	await page.goto(plan);
	await submit(page, "main ul.visits a >> nth=3");
	await said(page, /为什么是这样/);
	await page.click('summary:has-text("为什么不行")');
	await look(page, "07-visit");
	await page.locator("main .cards input").first().check();
	await submit(page, "main form .buttons button.primary");
	assert.equal(await page.locator("main .error").count() > 0, true);
	page.complaints.length = 0;
	await page.locator("main .cards input").first().check();
	await page.fill("[name=why]", "村里有事");
	await submit(page, "main form .buttons button.primary");
	await said(page, /人工调整/);
	await submit(page, 'main a:has-text("来不了，找人顶")');
	await page.fill("[name=from]", "2026-08-03");
	await page.fill("[name=to]", "2026-08-31");
	await page.fill("[name=why]", "住院");
	await submit(page, "main form .buttons button.primary");
	await said(page, /要改的几次/);
	await look(page, "08-sick");
	await submit(page, 'main button:has-text("就这样改")');
	await said(page, /病假顶班/);
	await look(page, "09-changed");
});

test("the month as a board: prices before the drop by mouse, by keyboard and without JavaScript; taken back; fair, and beside another version", async () => {
	const page = await person("aid-director", { viewport: { width: 1440, height: 900 } });
	await page.goto(plan);
	await submit(page, 'main .tools a:has-text("月历")');
	await look(page, "20-board");
	const chip = page.locator("table.board tbody a.turn[data-slot]").nth(3);
	const slot = await chip.getAttribute("data-slot");
	const data = await page.evaluateHandle(() => new DataTransfer());
	await chip.dispatchEvent("dragstart", { dataTransfer: data });
	await page.waitForSelector(`table.board[data-priced="${slot}"] td.could`);
	await shot(page, "duty-21-board-dragged");
	const cell = page.locator("table.board td.could").last();
	await cell.dispatchEvent("dragover", { dataTransfer: data });
	assert.match(await page.innerText("#board-said"), /·/);
	await Promise.all([page.waitForNavigation(), cell.dispatchEvent("drop", { dataTransfer: data })]);
	await look(page, "22-board-put");
	await submit(page, "#put form .buttons button.primary");
	assert.ok(await page.locator("#put .error").count() > 0);           // why is missing; what was chosen stays
	page.complaints.length = 0;
	await page.fill("#put [name=why]", "村里开会");
	await submit(page, "#put form .buttons button.primary");
	await said(page, /上一次改动/);
	await look(page, "23-board-moved");
	await submit(page, '.board-undo button');
	await said(page, /上一次改动/);
	await page.goto(plan);
	await said(page, /撤销上一次改动/);
	await submit(page, 'main .tools a:has-text("公平不公平")');
	await look(page, "24-fair");
	await submit(page, 'main ul a:has-text("和这一版比")');
	await said(page, /每条规则差多少/);
	await look(page, "25-compare");
	const plain = await person("aid-director", { javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
	await plain.goto(`${plan}/board?by=1`);
	await Promise.all([plain.waitForNavigation(), plain.click("table.board tbody a.turn >> nth=2")]);
	assert.match(await plain.innerText("#put"), /[+-]\d+/);
	await shot(plain, "duty-26-board-plain", { full: true });
	await page.goto(`${base}/desk/roster/activities`);
	await page.fill("[name=name]", "逢四法律集市");
	await page.check("[name=kind][value=market]");
	await page.fill("[name=ends_in]", "4");
	await page.check("[name=rest]");
	await page.fill("[name=stops]", "哪里 九点");
	await submit(page, "#one form .buttons button.primary");
	page.complaints.length = 0;
	await said(page, /第 1 行看不懂/);
	await page.fill("[name=stops]", `${await page.inputValue("[name=county]")} 09:00-11:30`.replace(/0{6} /, "001000 "));
	await submit(page, "#one form .buttons button.primary");
	page.complaints.length = 0;
	await look(page, "27-activities");
	await page.goto(`${base}/desk/roster/seats?kind=2&weeks=8`);
	await said(page, /座席/);
	await look(page, "28-seats");
});

test("two colleagues swap: asked by phone, agreed to, approved with its price", async () => {
	const asker = await person("lawyer", { viewport: { width: 390, height: 844 } }, "/desk/duty");
	await submit(asker, 'main table a:has-text("请同事换班") >> nth=0');
	await look(asker, "30-swap-whom");
	await submit(asker, 'main table a:has-text("示范律师")');
	await look(asker, "31-swap-how");
	await submit(asker, "main form .buttons button.primary");
	assert.equal(await asker.locator("main .error").count() > 0, true);
	asker.complaints.length = 0;
	await asker.locator("main .cards input:not([disabled]) >> nth=0").check();
	await asker.fill("[name=why]", "那天开庭");
	await submit(asker, "main form .buttons button.primary");
	await said(asker, /等同事答应/);
	const colleague = await person("lawyer2", { viewport: { width: 390, height: 844 } }, "/desk/duty");
	await submit(colleague, 'main a:has-text("有同事请您换班")');
	await look(colleague, "32-swap-asked");
	await submit(colleague, 'main button:has-text("答应换班")');
	await said(colleague, /等排班的人批准/);
	const planner = await person("aid-director", { viewport: { width: 1440, height: 900 } }, "/desk/roster/swaps");
	await look(planner, "33-swaps");
	await submit(planner, "main table a >> nth=0");
	await said(planner, /没有违反规则/);
	await look(planner, "34-swap-decide");
	await submit(planner, 'main button:has-text("批准换班")');
	await said(planner, /已换/);
	await submit(planner, 'main a:has-text("整张值班表")');
	await said(planner, /换班/);
});

test("by phone, in English, large, without JavaScript: my month, what is open, a point's roster", async () => {
	const phone = await person("lawyer", { viewport: { width: 390, height: 844 } }, "/desk/duty");
	await look(phone, "10-phone-mine");
	await submit(phone, 'main a:has-text("今天签到")');
	await said(phone, /今天的码/);
	const slot = phone.url();
	await phone.fill("[name=code]", "000000");
	await submit(phone, "main form .buttons button.primary");
	await said(phone, /今天的码不对/);
	phone.complaints.length = 0;
	await look(phone, "17-sign");
	const keeper = await person("aid-director", { viewport: { width: 1024, height: 768 } }, slot.replace(base, "").replace(/\/desk\/duty\/(\d+)\/(\d+).*/, "/desk/roster/$1/visit/$2"));
	const village = (await keeper.locator('main a[href^="/desk/roster/village/"]').getAttribute("href")).split("/").pop();
	await submit(keeper, 'main a[href^="/desk/duty/point/"]');
	const code = (await keeper.innerText("main .receipt")).match(/\d{6}/)[0];
	await look(keeper, "18-station");
	await phone.fill("[name=code]", code);
	await submit(phone, "main form .buttons button.primary");
	await said(phone, /已签到/);
	// somebody comes: written down at the duty, and there already when the log is written
	await phone.locator("[name=topic]").first().check();
	await phone.fill("[name=detail]", "来问工钱怎么要");
	await phone.fill("[name=name]", "张三");
	await phone.fill("[name=phone]", "13800000000");
	await submit(phone, 'main button:has-text("登记一件求助")');
	await said(phone, /查询码/);
	await look(phone, "25-asked");
	await phone.goto(slot);
	await said(phone, /值班时登记/);
	assert.equal(await phone.inputValue("[name=people]"), String(await phone.locator("main table tbody tr").count()));
	assert.ok(Number(await phone.inputValue("[name=minutes]")) > 0);
	await phone.check("[name=kinds][value=lecture]");
	await phone.fill("[name=minutes]", "120");
	await phone.fill("[name=people]", "14");
	await submit(phone, 'main button:has-text("值班日志")');
	await said(phone, /站点确认/);
	await look(phone, "19-log");
	// the station is inside while somebody is on duty there, and red with nobody
	const circle = await person("aid-director", { viewport: { width: 1024, height: 768 } });
	const then = (time) => `${base}/desk/circle/village/${village}?tier=station&mode=foot&minutes=15&day=2&time=${time}`;
	await circle.goto(then("10:00"));
	assert.match(await circle.innerText("main .notice"), /在圈内/);
	await circle.goto(then("16:30"));
	assert.match(await circle.innerText("main .notice"), /没有人值班/);
	assert.ok(await circle.locator("main .notice.late").count() > 0);
	await shot(circle, "duty-29-red-village", { full: true });
	await circle.goto(`${base}/desk/circle?tier=station&mode=foot&minutes=15&day=2&time=16:30`);
	assert.ok(await circle.locator("svg path.p.nobody, svg path.v.empty").count() > 0);
	await look(circle, "30-red");
	await phone.goto(`${base}/desk/advisors/scores`);                       // the visit counts in the adviser's own score
	const scores = await phone.locator('main table a[href^="/desk/advisors/scores/"]').evaluateAll((v) => v.map((a) => a.href));
	let counted = false;
	for (const href of scores) {
		await phone.goto(`${href}&item=hours`);
		counted = /2026-06-30[\s\S]*120 分钟 · 14 人/.test(await phone.innerText("main"));
		if (counted) break;
	}
	assert.ok(counted, `the visit is in none of ${scores.length} scores`);
	await look(phone, "31-score");
	await phone.goto(`${base}/desk/duty`);
	await phone.fill("[name=from]", "2026-07-06");
	await phone.fill("[name=to]", "2026-07-08");
	await submit(phone, "main form .buttons button.primary");
	await said(phone, /已保存/);
	await phone.goto(plan);
	await look(phone, "11-phone-board");
	const english = await person("aid-director", { viewport: { width: 1440, height: 900 } }, "/desk/roster/gaps?lang=en");
	await look(english, "12-gaps");
	await english.goto(`${base}/desk/roster/windows`);
	await look(english, "13-windows");
	const plain = await person("official", { javaScriptEnabled: false }, "/desk/roster");
	await submit(plain, 'main table a:has-text("2026-06")');
	const visits = await plain.locator("main ul.visits a").evaluateAll((v) => v.map((a) => a.href));
	let link;
	for (const href of visits.slice(0, 8)) {
		await plain.goto(href);
		link = plain.locator('main a[href^="/desk/duty/point/"]');
		if (await link.count() > 0) break;
	}
	await shot(plain, "duty-14-plain-visit", { full: true });
	const at = (await link.getAttribute("href")).split("/").pop();
	await Promise.all([plain.waitForNavigation(), link.click()]);
	await shot(plain, "duty-15-station", { full: true });
	// the same for calendars, printers and programs
	const ics = await (await fetch(`${base}/feed/point/${at}.ics`)).text();
	const lines = ics.split("\r\n");
	assert.equal(lines.at(-1), "");
	assert.ok(lines.every((l) => Buffer.byteLength(l) <= 75 && !l.includes("\n")));
	const events = ics.replaceAll("\r\n ", "").split("BEGIN:VEVENT").slice(1);
	assert.ok(events.length > 0);
	const uids = events.map((e) => e.match(/\r\nUID:(\S+@\S+)\r\n/)[1]);
	assert.equal(new Set(uids).size, uids.length);
	for (const e of events) {
		assert.match(e, /\r\nDTSTAMP:\d{8}T\d{6}Z\r\nSEQUENCE:\d+\r\n/);
		assert.match(e, /\r\nDTSTART(;VALUE=DATE:\d{8}|;TZID=Asia\/Shanghai:\d{8}T\d{6})\r\n/);
		assert.match(e, /\r\nSTATUS:(CONFIRMED|CANCELLED)\r\nEND:VEVENT\r\n/);
		assert.ok(!/1\d{10}/.test(e));                                       // nobody's own phone
	}
	const duty = await (await fetch(`${base}/api/v1/points/${at}/duty?month=202606`)).json();
	assert.ok(duty.duty.length > 0 && duty.duty.every((d) => d.day.startsWith("2026-06") && d.name && d.point === at));
	const today = await (await fetch(`${base}/api/v1/points/duty?place=320506000000`)).json();
	assert.ok(today.duty.some((d) => d.name === "演示律师" && d.day === "2026-06-30"));
	assert.equal((await fetch(`${base}/api/v1/points/${at}/duty?month=209913`)).status, 422);
	const poster = await plain.context().request.get(`${base}/desk/duty/point/${at}/poster.pdf?month=202606`);
	assert.equal(poster.status(), 200);
	assert.equal((await poster.body()).subarray(0, 5).toString(), "%PDF-");
	const old = await person(null, { javaScriptEnabled: false, viewport: { width: 390, height: 844 } }, `/points/${at}?elder=1`);
	await shot(old, "duty-16-point", { full: true });
});

test("what was seen on the way is sound", () => assert.deepEqual(findings, []));
