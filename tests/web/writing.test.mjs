// A simple paper: begun from the case, only gaps asked, checked by another, read back, issued, read by the resident.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { execFileSync } from "node:child_process";
import { check, login, openPage, shot, startBrowser, startServer } from "./lib.mjs";

const PASSWORD = "yanshi-2026";
let server, base, station, director, receipt, caseId, draft;
const browsers = [];
const click = (page, selector) => Promise.all([page.waitForNavigation(), page.click(selector)]);
const person = async (name, options) => {
	const browser = await startBrowser(options);
	browsers.push(browser);
	const page = await openPage(browser.context);
	await login(page, base, name, PASSWORD);
	return page;
};
const words = (pdf) => execFileSync("pdftotext", ["-layout", "-", "-"], { input: pdf, encoding: "utf8" });

before(async () => {
	server = await startServer({ requests: 200 });
	base = server.base;
	station = await person("station", { viewport: { width: 390, height: 844 } });
	director = await person("director");
	const answer = await fetch(`${base}/api/v1/requests`, {
		method: "POST",
		headers: { "Idempotency-Key": crypto.randomUUID().replaceAll("-", ""), "Content-Type": "application/json" },
		body: JSON.stringify({ topic: "wage_arrears", detail: "制衣厂三个月没有发工资，一共一万八千六。", place: "320506100006", applicant: "person",
			caller: "self", name: "欧阳小雨", phone: "19900001234" }),
	});
	assert.equal(answer.status, 201);
	receipt = await answer.json();
});
after(async () => { for (const b of browsers) await b.close(); await server?.stop(); });

test("begun from the case: name, place and story are there; what is missing is named, nothing typed is lost", async () => {
	await station.goto(`${base}/desk/search?q=${receipt.number}`);
	await click(station, 'form[action$="/accept"] button[type=submit]');
	caseId = station.url().match(/request\/(\d+)/)[1];
	await click(station, 'a[href$="/writing"]');
	assert.deepEqual(await check(station), []);
	await shot(station, "writing-01-kinds-390", { full: true });
	await click(station, 'button[value="simple.wage_claim"]');
	draft = new URL(station.url()).pathname;
	assert.equal(await station.inputValue("#f-x_person"), "欧阳小雨");
	assert.match(await station.inputValue("#f-x_story"), /三个月没有发工资/);
	assert.equal(await station.inputValue("#f-x_phone"), "");
	assert.deepEqual(await check(station), []);
	await station.fill("#f-x_employer", "苏州示范制衣有限公司");
	await station.fill("#f-x_amount", "一万八");
	await station.fill("#f-x_proof", "微信聊天记录\n工牌照片");
	await click(station, 'button[value="ask"]');
	assert.match(await station.innerText("#errors"), /联系电话[\s\S]*欠了?多少|欠多少/);
	assert.equal(await station.inputValue("#f-x_amount"), "一万八");
	assert.equal(await station.inputValue("#f-x_employer"), "苏州示范制衣有限公司");
	station.complaints.length = 0; // the browser reports the 422 itself
	await shot(station, "writing-02-missing-390", { full: true });
});

test("kept, looked at as printed, and given to be checked by somebody else", async () => {
	for (const [key, value] of [["phone", "19900001234"], ["work", "缝纫工"], ["from", "2026-03-01"], ["until", "2026-05-31"],
		["amount", "18600"], ["deadline", "2026-07-10"]])
		await station.fill(`#f-x_${key}`, value);
	await click(station, 'button[value="save"]');
	const printed = await station.context().request.get(`${base}${draft}/preview`);
	assert.equal(printed.headers()["content-type"], "application/pdf");
	assert.match(words(await printed.body()), /支付劳动报酬请求书[\s\S]*18,?600/);
	await click(station, 'button[value="ask"]');
	assert.match(await station.innerText("main"), /等待核对[\s\S]*写的人不能核对自己写的/);
	assert.equal(await station.locator('button[value="issue"]').count(), 0);
	assert.deepEqual(await check(station), []);
	await shot(station, "writing-03-waits-390", { full: true });
});

test("sent back with words, written again, read back and issued; the resident has it", async () => {
	await director.goto(base + draft);
	assert.deepEqual(await check(director), []);
	await shot(director, "writing-04-check-1024", { full: true });
	await click(director, 'button[value="issue"]');
	assert.match(await director.innerText("main"), /请先读给本人听/);
	director.complaints.length = 0;
	await director.fill("#f-words", "做什么工作写得不对");
	await click(director, 'button[value="return"]');
	await station.goto(base + draft);
	assert.match(await station.innerText("main"), /做什么工作写得不对/);
	await station.fill("#f-x_work", "平缝车工");
	await click(station, 'button[value="ask"]');
	await director.goto(base + draft);
	await director.check('input[name="read"][value="aloud"]');
	await click(director, 'button[value="issue"]');
	assert.match(await director.innerText("main"), /已出具/);
	const href = await director.getAttribute('main a[href*="/paper/"]', "href");
	const pdf = await (await director.context().request.get(base + href)).body();
	assert.match(words(pdf), /代薪字〔2026〕第\s*\d+号[\s\S]*平缝车工/);
	await director.goto(`${base}/desk/request/${caseId}/writing?lang=en`);
	assert.deepEqual(await check(director), []);
	await shot(director, "writing-05-list-english", { full: true });
	await director.goto(`${base}/desk/figures/writing?lang=zh`);
	assert.match(await director.innerText("main"), /支付劳动报酬请求书\s*1/);
	assert.deepEqual(await check(director), []);
	await shot(director, "writing-06-figures", { full: true });
	await click(director, 'main a[href*="kind=simple.wage_claim"]');
	assert.match(await director.innerText("main"), /代薪字〔2026〕第/);
	await click(director, `main a[href="/desk/request/${caseId}"]`);
	const phone = await startBrowser({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
	browsers.push(phone);
	const page = await openPage(phone.context);
	await page.goto(`${base}/my`);
	await page.fill("input[name=code]", receipt.code);
	await click(page, "main form button.primary");
	assert.match(await page.innerText("main"), /支付劳动报酬请求书/);
});

test("a template is changed on a page: a loop is refused with its line, another person approves, the paper says it", async () => {
	const author = await person("official"), second = await person("official2");
	await author.goto(`${base}/desk/texts`);
	assert.deepEqual(await check(author), []);
	await click(author, 'a[href="/desk/texts/paper/simple.objection"]');
	assert.match(await author.innerText("main"), /填上测试事实，印出来是[\s\S]*现行文本/);
	assert.deepEqual(await check(author), []);
	await shot(author, "texts-01-one-1024", { full: true });
	await click(author, 'a[href$="/new"]');
	const text = await author.inputValue("#f-text");
	assert.deepEqual(await check(author), []);
	await author.fill("#f-text", `${text}loop 3\npara {nobody}\n`);
	await author.fill("#f-words", "加一句提醒");
	await click(author, "main form:has(#f-text) button.primary");
	assert.match(await author.innerText(".faults"), /第 \d+ 行：不能循环：loop[\s\S]*没有声明过的事实：nobody/);
	assert.match(await author.inputValue("#f-text"), /loop 3/);
	await shot(author, "texts-02-faults-1024", { full: true });
	author.complaints.length = 0;
	await author.fill("#f-text", `${text}note 本文书由法律服务站代写，不收费。\n`);
	await click(author, "main form:has(#f-text) button.primary");
	assert.match(await author.innerText("main"), /已起草[\s\S]*本文书由法律服务站代写/);
	assert.deepEqual(await check(author), []);
	await shot(author, "texts-03-draft-1024", { full: true });
	const version = new URL(author.url()).pathname;
	const sample = await (await author.context().request.get(`${base}${version}/print.pdf`)).body();
	assert.match(words(sample), /本文书由法律服务站代写，不收费/);
	assert.equal(await author.locator('input[value="approve"]').count(), 0);
	await second.goto(base + version);
	await second.check('input[name="deed"][value="approve"]');
	await click(second, "main form:has(#f-words) button.primary");
	assert.match(await second.innerText("main"), /已保存[\s\S]*现行/);
	await shot(second, "texts-04-approved-1024", { full: true });
	await station.goto(`${base}/desk/request/${caseId}/writing`);
	await click(station, 'button[value="simple.objection"]');
	const own = new URL(station.url()).pathname;
	for (const [key, value] of [["phone", "19900001234"], ["organ", "吴中区法律援助中心"], ["paper", "不予法律援助决定书"], ["received", "2026-06-20"],
		["wish", "请撤销。"]])
		await station.fill(`#f-x_${key}`, value);
	await click(station, 'button[value="save"]');
	assert.match(words(await (await station.context().request.get(`${base}${own}/preview`)).body()), /本文书由法律服务站代写/);
});
