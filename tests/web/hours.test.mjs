// After hours: who answers a point's number, a call nobody took that is rung back, numbers that are tested, all of it in figures.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { check, login, looksOf, openPage, shot, startBrowser, startServer } from "./lib.mjs";

const PASSWORD = "yanshi-2026";
let server, base, phone, plain, director, hotline, admin, code;
const browsers = [];
const click = (page, selector) => Promise.all([page.waitForNavigation(), page.click(selector)]);
const words = (page) => page.innerText("main");
const browse = async (options) => {
	const browser = await startBrowser(options);
	browsers.push(browser);
	return openPage(browser.context);
};
const person = async (name, options) => {
	const page = await browse(options);
	await login(page, base, name, PASSWORD);
	return page;
};

before(async () => {
	server = await startServer({ requests: 200 });
	base = server.base;
	phone = await browse({ viewport: { width: 390, height: 844 } });
	plain = await browse({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
	director = await person("director");
	hotline = await person("hotline", { viewport: { width: 1440, height: 900 } });
	admin = await person("admin");
	await director.goto(`${base}/desk/oncall`);
	code = (await director.locator('main table a[href^="/desk/oncall/"]').last().getAttribute("href")).split("/").pop();
});
after(async () => { for (const b of browsers) await b.close(); await server?.stop(); });

test("the register says who answers now and who next; one is added, and what is wrong is told all at once, nothing typed is lost", async () => {
	assert.match(await words(director), /值班电话[\s\S]*现在谁接[\s\S]*没有人接再打/);
	assert.deepEqual(await check(director), []);
	await shot(director, "hours-register-1024", { full: true });
	await director.goto(`${base}/desk`); // past the day of the month, what has not been tested is a reminder
	assert.match(await words(director), /电话本月待测/);
	await director.goto(`${base}/desk/oncall/${code}`);
	await director.fill("#f-turn", "1");
	await director.fill("#f-office", "周末值班律师");
	await director.fill("#f-phone", "19900007777");
	await director.fill("#f-hours", "周末");
	await click(director, "main form:has(#f-turn) button.primary");
	assert.match(await director.innerText("#errors"), /姓名[\s\S]*值班时间/);
	assert.equal(await director.inputValue("#f-office"), "周末值班律师");
	director.complaints.length = 0;
	await director.fill("#f-name", "陆示范");
	await director.fill("#f-hours", "2 08:00-20:00; 6,7 00:00-24:00");
	await click(director, "main form:has(#f-turn) button.primary");
	assert.match(await words(director), /已保存[\s\S]*周末值班律师 · 陆示范[\s\S]*现在接/);
	assert.deepEqual(await check(director), []);
	await shot(director, "hours-point-1024", { full: true });
});

test("everybody sees whom to ring now, without the name of who did not agree; in each dress", async () => {
	for (const [name, query] of looksOf(1)) {
		await phone.goto(`${base}/points/${code}?${query}`);
		assert.match(await words(phone), /周末值班律师[\s\S]*19900007777/);
		assert.doesNotMatch(await words(phone), /陆示范/);
		assert.deepEqual(await check(phone), []);
		await shot(phone, `hours-public-${name}-390`, { full: true });
	}
	await phone.goto(`${base}/points/${code}?lang=en&elder=0`);
	await shot(phone, "hours-public-en-390", { full: true });
	await phone.goto(`${base}/points/${code}?lang=zh`);
});

test("nobody answered: a number is left without JavaScript, a wrong one is told, and the receipt says by when", async () => {
	await plain.goto(`${base}/points/${code}`);
	await click(plain, 'a[href$="/missed"]');
	await plain.fill("#f-phone", "12");
	await plain.fill("#f-words", "昨天晚上打了三次");
	await click(plain, "main form button.primary");
	assert.match(await plain.innerText("#errors"), /电话/);
	assert.equal(await plain.inputValue("#f-words"), "昨天晚上打了三次");
	await shot(plain, "hours-missed-plain-390", { full: true });
	await plain.fill("#f-phone", "19900004321");
	await click(plain, "main form button.primary");
	assert.equal(new URL(plain.url()).pathname, "/my/receipt");
	assert.match(await words(plain), /13:\d\d/); // four hours from nine
	await phone.goto(`${base}/points/${code}/missed`);
	assert.deepEqual(await check(phone), []);
});

test("whoever is on duty owes the call: it waits in the list with its lamp, is rung back, and is counted", async () => {
	await director.goto(`${base}/desk/missed`);
	assert.match(await words(director), /周末值班律师[\s\S]*13:\d\d/);
	assert.deepEqual(await check(director), []);
	await shot(director, "hours-missed-1024", { full: true });
	await click(director, 'main table a[href^="/desk/request/"]');
	assert.match(await words(director), /未接来电[\s\S]*昨天晚上打了三次/);
	assert.match(await words(director), /回电时限/);
	await hotline.goto(`${base}/desk/missed/new`);
	await hotline.fill("#f-point", "nowhere");
	await hotline.fill("#f-phone", "19900004322");
	await click(hotline, "main form:has(#f-point) button.primary");
	assert.match(await hotline.innerText("#errors"), /没有这个编号/);
	hotline.complaints.length = 0;
	await hotline.fill("#f-point", code);
	assert.deepEqual((await check(hotline)).filter((f) => !/422/.test(f)), []);
	await click(hotline, "main form:has(#f-point) button.primary");
	assert.match(await words(hotline), /回执|编号/);
	await director.goto(`${base}/desk/figures/calls`);
	assert.match(await words(director), /等着回电\s+2[\s\S]*合计\s+\d/);
	assert.deepEqual(await check(director), []);
	await shot(director, "hours-figures-1024", { full: true });
	const answered = director.locator('main a[href*="result=answered"]');
	const tested = Number(await answered.innerText());
	await Promise.all([director.waitForNavigation(), answered.click()]);
	assert.equal(Math.min(tested, 30), await director.locator("main tbody tr").count());
	await director.goto(`${base}/desk/oncall/tests?lang=en`);
	assert.deepEqual(await check(director), []);
	await shot(director, "hours-tests-en-1024");
	await director.goto(`${base}/desk/oncall?lang=zh`);
});

test("numbers are rung once a month; a dead one is told at the point, to everybody and to whoever keeps the network", async () => {
	await director.goto(`${base}/desk/oncall/tests`);
	assert.deepEqual(await check(director), []);
	await shot(director, "hours-tests-1024", { full: true });
	await director.goto(`${base}/desk/oncall/tests?show=all&after=${code}&contact=0`);
	const form = director.locator(`main tr:has(a[href="/desk/oncall/${code}"]):has(a[href="tel:19900007777"])`);
	await Promise.all([director.waitForNavigation(), form.locator('button[value="dead"]').click()]);
	await director.goto(`${base}/desk/oncall/tests?show=bad`);
	assert.match(await words(director), /19900007777[\s\S]*打不通/);
	await phone.goto(`${base}/points/${code}`);
	assert.match(await words(phone), /上次测试没有打通/);
	await admin.goto(`${base}/desk/network`);
	assert.match(await words(admin), /有站点的电话要处理/);
	assert.deepEqual(await check(admin), []);
	await click(admin, 'a[href="/desk/oncall?show=faults"]');
	await shot(admin, "hours-faults-1024", { full: true });
	const answer = await fetch(`${base}/api/v1/points/${code}/oncall`);
	const said = await answer.json();
	assert.equal(said.now.phone, "19900007777");
	assert.equal(said.now.name, "");
	const noted = await fetch(`${base}/api/v1/points/${code}/missed`, { method: "POST", body: JSON.stringify({ phone: "19900004323" }),
		headers: { "Idempotency-Key": crypto.randomUUID().replaceAll("-", ""), "Content-Type": "application/json" } });
	assert.equal(noted.status, 201);
	assert.match((await noted.json()).due, /T13:/);
});
