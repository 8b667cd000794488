// Notices: the bell, the list, what is sent by e-mail, the calendar, a resident's "no more messages", the administrator's page.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { check, login, openPage, shot, startBrowser, startServer } from "./lib.mjs";

const PASSWORD = "yanshi-2026";
const TOWN = "320506100000"; // of the demonstration's director
// pairwise: each width, each language, elder or not
const DRESSES = [[390, 844, "lang=zh&elder=1"], [390, 844, "lang=en&elder=0"], [1024, 768, "lang=zh&elder=0"]];

let server, base, resident, director, admin, number;
const browsers = [];

const person = async (name, options) => {
	const browser = await startBrowser(options);
	browsers.push(browser);
	const page = await openPage(browser.context);
	if (name) await login(page, base, name, PASSWORD);
	return page;
};
const submit = (page, selector = "main form .buttons button.primary") =>
	Promise.all([page.waitForNavigation(), page.click(selector)]);
const shots = async (page, address, name) => {
	for (const [width, height, query] of DRESSES) {
		await page.setViewportSize({ width, height });
		await page.goto(`${base}${address}?${query}`);
		assert.deepEqual(await check(page), [], `${address} ${query} ${width}`);
		await shot(page, `notify-${name}-${width}-${query.replace(/\W+/g, "-")}`, { full: true });
	}
	await page.goto(`${base}${address}?lang=zh&elder=0`);
};

before(async () => {
	server = await startServer({ requests: 120 });
	base = server.base;
	resident = await person("", { viewport: { width: 390, height: 844 }, javaScriptEnabled: false });
	director = await person("director");
});
after(async () => { for (const b of browsers) await b.close(); await server?.stop(); });

test("a new request rings the bell of who answers for it", async () => {
	await resident.goto(`${base}/ask?topic=wage_arrears`);
	await resident.fill("textarea[name=detail]", "三个月没有发工资了。");
	await submit(resident);
	await resident.selectOption("select[name=town]", TOWN);
	await submit(resident);
	await resident.fill("input[name=name]", "沈演示");
	await resident.fill("input[name=phone]", "19900001234");
	await submit(resident);
	await submit(resident);
	number = await resident.locator(".receipt .number").first().innerText();
	const told = async () => { // other things ring too: this one is told by its number
		await director.goto(`${base}/desk/notices`);
		return (await director.innerText("main")).includes(number);
	};
	for (let i = 0; i < 60 && !await told(); i++) await director.waitForTimeout(500);
	await director.goto(`${base}/desk`);
	assert.match(await director.locator(".bell").innerText(), /通知\s*\d+/);
	await shot(director, "notify-bell");
	await director.click(".bell");
	assert.match(await director.innerText("main table"), new RegExp(number));
	assert.match(await director.innerText("main table"), /新的求助由您负责/);
});

test("the list has no finding in any size and language, and leads to the case", async () => {
	await shots(director, "/desk/notices", "list");
	await Promise.all([director.waitForNavigation(), director.click(`main table a:has-text("${number}")`)]);
	assert.match(await director.innerText("main"), new RegExp(number));
	await director.goto(`${base}/desk/notices`);
});

test("what was seen rings no more", async () => {
	await Promise.all([director.waitForNavigation(), director.click('button:has-text("全部标为看过")')]);
	assert.equal(await director.locator(".bell b").count(), 0);
	assert.equal(await director.locator('button:has-text("看过了")').count(), 0);
});

test("an address that is none is named and kept, a good one is stored", async () => {
	await director.fill("input[name=mail]", "nobody at all");
	await submit(director, 'form[action="/desk/notices/choice"] button.primary');
	assert.match(await director.innerText("main"), /name@example.cn/);
	assert.equal(await director.inputValue("input[name=mail]"), "nobody at all");
	assert.ok(director.complaints.splice(0).every((c) => /422/.test(c)));
	await director.fill("input[name=mail]", "director@example.cn");
	await director.check('input[name=topics][value=supervised]');
	await submit(director, 'form[action="/desk/notices/choice"] button.primary');
	assert.match(await director.innerText("main"), /已保存/);
	assert.equal(await director.inputValue("input[name=mail]"), "director@example.cn");
	assert.ok(await director.isChecked('input[name=topics][value=supervised]'));
	assert.ok(!await director.isChecked('input[name=topics][value=message]'));
});

test("the calendar says number and moment, ends when it is ended, and guesses are slowed", async () => {
	await Promise.all([director.waitForNavigation(), director.click('button[value=make]')]);
	const path = new URL(await director.innerText("main code")).pathname;
	const answer = await fetch(base + path);
	const text = await answer.text();
	assert.equal(answer.status, 200);
	assert.match(answer.headers.get("content-type"), /^text\/calendar/);
	assert.match(text, /^BEGIN:VCALENDAR\r\n/);
	assert.match(text, new RegExp(`UID:${number}@`));
	assert.doesNotMatch(text, /沈演示|工资|1990000/);
	await shot(director, "notify-feed", { full: true });
	await Promise.all([director.waitForNavigation(), director.click('button[value=make]')]);
	await Promise.all([director.waitForNavigation(), director.click('button[value=end]')]);
	assert.equal((await fetch(base + path)).status, 404);
	const statuses = [];
	for (let i = 0; i < 14; i++) statuses.push((await fetch(`${base}/feed/${String(i).padStart(40, "0")}.ics`)).status);
	assert.ok(statuses.includes(404) && statuses.at(-1) === 429, statuses.join());
});

test("a resident ends the messages and takes it back, without JavaScript", async () => {
	await resident.goto(`${base}/my?lang=zh`);
	await shot(resident, "notify-my", { full: true });
	await Promise.all([resident.waitForNavigation(), resident.click('button:has-text("不要再发短信")')]);
	assert.match(await resident.innerText("main"), /您选择了不收短信/);
	await Promise.all([resident.waitForNavigation(), resident.click('button:has-text("恢复短信提醒")')]);
	assert.match(await resident.innerText("main"), /留了手机号的/);
});

test("the administrator sees ways, rules, texts and every try; a demonstration sends nothing and says so", async () => {
	admin = await person("admin");
	await admin.goto(`${base}/desk/settings`);
	await Promise.all([admin.waitForNavigation(), admin.click('a[href="/desk/settings/notices"]')]);
	await admin.check('form[action$="/trial"] [name=by][value=sms]');
	await admin.fill('form[action$="/trial"] [name=to]', "19900009999");
	await submit(admin, 'form[action$="/trial"] button.primary');
	for (let i = 0; i < 40 && !/199\*+9999/.test(await admin.innerText("main")); i++) {
		await admin.waitForTimeout(500);
		await admin.goto(`${base}/desk/settings/notices`);
	}
	const log = await admin.locator("main section", { hasText: "发送记录" }).locator("table").last().innerText();
	assert.match(log, /199\*+9999/);
	assert.match(log, /演示：没有发出/);
	assert.doesNotMatch(log, /19900009999/);
	await shots(admin, "/desk/settings/notices", "admin");
});

test("a template with an unknown placeholder is refused by name, a good one stands in the table", async () => {
	const fill = async (body) => {
		await admin.fill('form[action$="/template"] [name=kind]', "request.accepted");
		await admin.check('form[action$="/template"] [name=way][value=sms]');
		await admin.fill('form[action$="/template"] [name=from]', "2026-07-01");
		await admin.fill('form[action$="/template"] [name=body]', body);
		await submit(admin, 'form[action$="/template"] button.primary');
	};
	await fill("编号 {numbr}");
	assert.match(await admin.innerText("main"), /花括号里只能写/);
	assert.equal(await admin.inputValue('form[action$="/template"] [name=body]'), "编号 {numbr}");
	assert.ok(admin.complaints.splice(0).every((c) => /422/.test(c)));
	await fill("编号 {number} 受理了。");
	assert.match(await admin.innerText("main"), /编号 \{number\} 受理了。/);
	await fill("另一版");
	assert.match(await admin.innerText("main"), /这一天已经有一版了/);
	admin.complaints.length = 0;
});

test("quiet hours are a setting: an hour that is none is refused, a good one is kept", async () => {
	await admin.goto(`${base}/desk/settings/notices?lang=zh`);
	await admin.fill("[name=per_minute]", "6001");
	await submit(admin, 'form[action$="/rules"] button.primary');
	assert.match(await admin.innerText("main"), /6000/);
	admin.complaints.length = 0;
	await admin.fill("[name=per_minute]", "30");
	await admin.fill("[name=quiet_from]", "22:00");
	await submit(admin, 'form[action$="/rules"] button.primary');
	assert.equal(await admin.inputValue("[name=per_minute]"), "30");
	assert.equal(await admin.inputValue("[name=quiet_from]"), "22:00");
});
