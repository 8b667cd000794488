// A complaint about a clerk: sent by phone in hand, read by the director, mended, answered, rated; the clerk sees nothing of it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { check, login, openPage, shot, startBrowser, startServer } from "./lib.mjs";

const WORDS = "我问了一句材料，他把本子一摔就走了，旁边的人都看见了。"; // to be found on no page of the clerk's
const NAME = "沈投诉";
let server, phone, desk, resident, director, code, number, complaint;

const post = (page, selector) => Promise.all([page.waitForNavigation(), page.click(selector)]);
const words = (page) => page.innerText("main");
const submit = (page, deed) => post(page, `form:has(input[name=deed][value=${deed}]) button[type=submit]`);

before(async () => {
	server = await startServer({ requests: 300 });
	phone = await startBrowser({ viewport: { width: 390, height: 844 } });
	desk = await startBrowser({ viewport: { width: 1024, height: 768 } });
	resident = await openPage(phone.context);
	director = await openPage(desk.context);
});
after(async () => { await phone?.close(); await desk?.close(); await server?.stop(); });

test("two taps from the home page; without a name, what is missing is named and nothing typed is lost", async () => {
	await resident.goto(server.base);
	await post(resident, 'a[href="/complain"]');
	assert.deepEqual(await check(resident), []);
	await shot(resident, "complain", { full: true });
	await resident.check('input[name=kind][value="attitude"]');
	await resident.fill("[name=words]", "态度很差");
	await resident.check("[name=anonymous]");
	await post(resident, "main form button[type=submit]");
	const said = await words(resident);
	for (const what of [/投诉哪里、哪个人，不然查不了/, /是哪一天的事，不然查不了/, /发生了什么，至少10个字/]) assert.match(said, what);
	assert.equal(await resident.inputValue("[name=words]"), "态度很差");
	assert.ok(await resident.isChecked("[name=anonymous]"));
	await shot(resident, "complain-refused", { full: true });
	resident.complaints.length = 0;
});

test("written down by the operator for somebody on the phone, read back, and gone from the operator's sight", async () => {
	const own = await startBrowser({ viewport: { width: 1440, height: 900 } }), page = await openPage(own.context);
	await login(page, server.base, "hotline", "yanshi-2026");
	await page.goto(`${server.base}/desk/complaint/new`);
	assert.deepEqual(await check(page), []);
	await page.check('input[name=kind][value="attitude"]');
	await page.fill("[name=words]", WORDS);
	await page.fill("[name=login]", "clerk");
	await page.fill("[name=name]", NAME);
	await page.fill("[name=phone]", "19900001234");
	await post(page, 'main form[method=post] button[type=submit]');
	assert.match(await words(page), /读给来人听/);
	page.complaints.length = 0;
	await page.check("[name=read_back]");
	await post(page, 'main form[method=post] button[type=submit]');
	const said = await words(page);
	[code] = said.match(/[0-9A-Z]{4}(-[0-9A-Z]{4}){3}/);
	[number] = said.match(/TS\d{6}-[0-9A-Z]{4}-[0-9A-Z]{4}/);
	await shot(page, "complaint-receipt", { full: true });
	const answer = await page.goto(`${server.base}/desk/complaints`);
	assert.equal(answer.status(), 403);
	await own.close();
});

test("the director finds it, looks into it, mends it and answers", async () => {
	await login(director, server.base, "director", "yanshi-2026");
	await director.goto(`${server.base}/desk/complaints`);
	assert.deepEqual(await check(director), []);
	await shot(director, "complaint-list", { full: true });
	await post(director, `main a:has-text("${number}")`);
	complaint = director.url();
	assert.deepEqual(await check(director), []);
	await shot(director, "complaint-new", { full: true });
	assert.doesNotMatch(await words(director), new RegExp(NAME));
	await director.fill('form:has(input[value=tell]) [name=words]', "看");
	await submit(director, "tell");
	assert.match(await words(director), /至少4个字/);
	assert.equal(await director.inputValue('form:has(input[value=tell]) [name=words]'), "看");
	director.complaints.length = 0;
	await director.fill('form:has(input[value=tell]) [name=words]', "看了窗口的录像");
	await submit(director, "tell");
	await director.check('form:has(input[value=find]) input[value="founded"]');
	await director.fill('form:has(input[value=find]) [name=evidence]', "窗口录像、排队记录，问了两位在场的人");
	await director.fill('form:has(input[value=find]) [name=words]', "录像里看得到，确有此事。");
	await submit(director, "find");
	await director.check('form:has(input[value=mend]) input[value="apology"]');
	await director.fill('form:has(input[value=mend]) [name=who]', "窗口组长");
	await director.fill('form:has(input[value=mend]) [name=day]', "2026-07-03");
	await director.fill('form:has(input[value=mend]) [name=words]', "打电话当面道歉");
	await submit(director, "mend");
	await director.fill('form:has(input[value=reply]) [name=words]', "您说得对。我们向您道歉，也和他谈过了。");
	await submit(director, "reply");
	await post(director, 'form[action$="/caller"] button[type=submit]');
	assert.match(await words(director), new RegExp(NAME));
	await director.goto(complaint);
	await shot(director, "complaint-answered", { full: true });
	await director.click('a:has-text("做完了，写下来")');
	await director.fill('form:has(input[value=done]) [name=words]', "七月一日已打电话道歉");
	await submit(director, "done");
	assert.deepEqual(await check(director), []);
});

test("the complainant reads the answer under the code and rates it", async () => {
	await resident.goto(`${server.base}/my`);
	await resident.fill("[name=code]", code);
	await post(resident, "main form button[type=submit]");
	const said = await words(resident);
	assert.match(said, /您说得对。我们向您道歉/);
	assert.match(said, /乡镇（街道）中心负责人/);
	assert.doesNotMatch(said, /窗口录像/); // evidence stays inside
	assert.deepEqual(await check(resident), []);
	await shot(resident, "complaint-mine", { full: true });
	await post(resident, 'button[name=grade][value="good"]');
	assert.match(await words(resident), /已结束/);
	await resident.goto(`${server.base}/c/${code}?lang=en&elder=1`);
	assert.match(await words(resident), /My complaint/);
	assert.deepEqual(await check(resident), []);
	await shot(resident, "complaint-mine-en", { full: true });
});

test("figures open down to records, small numbers stay out of what is published", async () => {
	const own = await startBrowser({ viewport: { width: 1440, height: 900 } }), official = await openPage(own.context);
	await login(official, server.base, "official", "yanshi-2026");
	await official.goto(`${server.base}/desk/figures/complaints?lang=zh`);
	assert.match(await words(official), /评价率: \d+ \/ \d+ · 没有评的: \d+/);
	assert.match(await words(official), /同一个地址、同一天、全是五星/);
	assert.deepEqual(await check(official), []);
	await shot(official, "complaint-figures", { full: true });
	await official.click('a[href*="/complaints/records"][href*="by=person"] >> nth=0');
	assert.match(await words(official), /TS\d{6}/);
	assert.deepEqual(await check(official), []);
	for (const [kind, type] of [["csv", /csv/], ["xlsx", /spreadsheet/]]) {
		const file = await official.request.get(`${server.base}/desk/figures/complaints.${kind}`);
		assert.match(file.headers()["content-type"], type);
	}
	await own.close();
	await resident.goto(`${server.base}/complain/numbers?lang=zh&elder=0`);
	assert.match(await words(resident), /少于 5|不写出来/);
	assert.deepEqual(await check(resident), []);
	await shot(resident, "complaint-numbers", { full: true });
});

test("the clerk sees nothing of it by any page of the desk", async () => {
	const own = await startBrowser({ javaScriptEnabled: false }), page = await openPage(own.context);
	await login(page, server.base, "clerk", "yanshi-2026");
	const seen = new Set(), waiting = ["/desk", "/desk/supervise", "/desk/complaints", new URL(complaint).pathname, "/desk/figures", "/desk/notices",
		`/desk/search?q=${number}`, `/desk/search?q=${encodeURIComponent(NAME)}`, "/desk/audit", "/desk/complaint/given", "/desk/figures/complaints"];
	while (waiting.length > 0 && seen.size < 60) {
		const path = waiting.shift();
		if (seen.has(path)) continue;
		seen.add(path);
		const answer = await page.request.get(server.base + path);
		const body = await answer.text();
		for (const secret of [...(path.includes("search") ? [] : [NAME]), WORDS, "19900001234", "您说得对。我们向您道歉"])
			assert.ok(!body.includes(secret), `${path} shows ${secret}`);
		if (!path.includes("/desk/search")) assert.ok(!body.includes(number), `${path} shows the number`);
		if (answer.status() !== 200) continue;
		for (const m of body.matchAll(/href="(\/desk[^"#]*)"/g)) {
			const next = m[1].replaceAll("&amp;", "&");
			if (!next.includes("logout") && !next.includes(".csv") && !next.includes(".xlsx")) waiting.push(next);
		}
	}
	assert.ok(seen.size > 40, `${seen.size} pages`);
	await own.close();
});
