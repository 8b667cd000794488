// The lawyer's phone: accepts, meets, fixes a hearing that the aided person sees and both calendars have, closes, hands in
// the file; the institution sends it back once; the subsidy by its dated standard, once; the archive; the figure opens to it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { PHONE, aidPeople, said, submit } from "./aid_lib.mjs";
import { check, shot, startServer } from "./lib.mjs";

let server, base, people, id, number, code;
const findings = [];
const look = async (page, name) => {
	findings.push(...(await check(page)).map((f) => `${name}: ${f}`));
	await shot(page, `lawyer-${name}`, { full: true });
};
const calendar = async (page, url) => (await page.request.get(url)).text();

before(async () => {
	server = await startServer({ requests: 200 });
	base = server.base;
	people = aidPeople(base);
});
after(async () => { await people?.close(); await server?.stop(); });

test("the lawyer finds the case on the phone and accepts; nothing of the household's money is there", async () => {
	const resident = await people.person("resident", PHONE), aid = await people.person("aid");
	({ number, code } = await people.apply(resident, "周演示", "990000199001010017"));
	id = await people.grant(number);
	await aid.goto(`${base}/desk/request/${id}/legalaid/do/assign`);
	await aid.locator("main label.card", { hasText: "演示律师" }).click();
	await aid.fill("[name=words]", "熟悉劳动争议，住得近。");
	await submit(aid);
	const lawyer = await people.person("lawyer", PHONE);
	await lawyer.goto(`${base}/desk`);
	await submit(lawyer, 'main a[href="/desk/aid"]');
	await said(lawyer, /请接受或者退回/);
	await look(lawyer, "01-list-390");
	await submit(lawyer, `main a[href="/desk/aid/${id}"]`);
	await said(lawyer, /劳动报酬/);
	for (const tail of [`request/${id}`, `request/${id}/legalaid`, `aid/${id}`]) {
		await lawyer.goto(`${base}/desk/${tail}`);
		assert.equal(new URL(lawyer.url()).pathname, `/desk/aid/${id}`);
		assert.doesNotMatch(await lawyer.textContent("main"), /41,?234|收入|规则意见/);
	}
	assert.equal((await lawyer.request.get(`${base}/desk/request/${id}/legalaid/form`)).status(), 404);
	assert.equal((await lawyer.request.get(`${base}/desk/request/${id}/policy`)).status(), 404);
	await look(lawyer, "02-case-390");
	await submit(lawyer, 'form[action$="/phone"] button');
	await said(lawyer, /19900004321/);
	await lawyer.goto(`${base}/desk/aid/${id}`);
	await submit(lawyer, 'form[action$="/do/accept"] button');
	await said(lawyer, /已办好/);
	await people.step(lawyer, id, "agree");
	await people.step(lawyer, id, "report", { kind: "meeting", minutes: "90", words: "见了受援人，核对了考勤。" });
	await said(lawyer, /1\.5 小时/);
});

test("a hearing: the aided person sees it, both calendars have it, and follow when it is moved", async () => {
	const resident = await people.person("resident"), lawyer = await people.person("lawyer");
	await lawyer.goto(`${base}/desk/request/${id}/legalaid/do/report`);
	await look(lawyer, "03-report-390");
	await people.step(lawyer, id, "report", { kind: "hearing", day: "2026-07-20", time: "09:00", place: "演示法院三号庭",
		words: "带身份证，提前半小时到。" });
	await said(lawyer, /2026-07-20 09:00/);
	await lawyer.goto(`${base}/desk/notices`);
	await submit(lawyer, 'form[action="/desk/notices/feed"] button');
	const feed = await lawyer.locator("main").innerText().then((t) => t.match(/https?:\S+\/feed\/\S+/)[0].replace(/^https?:\/\/[^/]+/, base));
	assert.match(await calendar(lawyer, feed), /DTSTART:20260720T010000Z[^]*LOCATION:演示法院三号庭/);
	await resident.goto(`${base}/my/legalaid`);
	await said(resident, /2026-07-20 09:00/);
	await said(resident, /演示法院三号庭/);
	await look(resident, "04-my-390");
	const first = await calendar(resident, `${base}/my/legalaid/calendar.ics`);
	assert.match(first, new RegExp(`UID:${number}-a2@\\S+\\r\\n[^]*SEQUENCE:0\\r\\nDTSTART:20260720T010000Z`));
	await lawyer.goto(`${base}/desk/aid/${id}`);
	await submit(lawyer, 'main a[href*="/do/move?report="] >> nth=-1');
	await lawyer.fill("[name=day]", "2026-07-22");
	await lawyer.fill("[name=time]", "14:30");
	await lawyer.fill("[name=words]", "法院改期。");
	await look(lawyer, "05-move-390");
	await submit(lawyer);
	const second = await calendar(resident, `${base}/my/legalaid/calendar.ics`);
	assert.match(second, new RegExp(`UID:${number}-a2@\\S+\\r\\n[^]*SEQUENCE:1\\r\\nDTSTART:20260722T063000Z`));
	assert.match(await calendar(lawyer, feed), /SEQUENCE:1\r\nDTSTART:20260722T063000Z/);
	await people.step(lawyer, id, "report", { kind: "mediation", day: "2026-07-05", time: "10:00", words: "先到街道调解。" });
	await lawyer.goto(`${base}/desk/aid/${id}`);
	await submit(lawyer, 'main tr:has-text("2026-07-05") a[href*="/do/move?report="]');
	await lawyer.check("[name=cancel]");
	await lawyer.fill("[name=words]", "对方不愿调解。");
	await submit(lawyer);
	assert.match(await calendar(resident, `${base}/my/legalaid/calendar.ics`), /DTSTART:20260705T020000Z[^]*?STATUS:CANCELLED/);
	await resident.goto(`${base}/my/legalaid`);
	await said(resident, /（已取消）/);
});

test("words both ways, from a large page without JavaScript too", async () => {
	const resident = await people.person("resident"), lawyer = await people.person("lawyer");
	const plain = await people.person("resident, plain", { ...PHONE, javaScriptEnabled: false });
	await plain.goto(`${base}/my?elder=1`);
	await plain.fill("[name=code]", code);
	await submit(plain, "main form button.primary");
	await plain.goto(`${base}/my/legalaid`);
	await plain.fill('form[action="/my/legalaid/say"] textarea', "工友愿意作证，要带他去吗？");
	await shot(plain, "lawyer-15-my-elder-nojs-390", { full: true });
	await submit(plain, 'form[action="/my/legalaid/say"] .buttons button.primary');
	await said(plain, /工友愿意作证/);
	await lawyer.goto(`${base}/desk/aid/${id}`);
	await said(lawyer, /工友愿意作证/);
	await lawyer.fill('form[action$="/say"] textarea', "请他周五一起来。");
	await submit(lawyer, 'form[action$="/say"] button');
	const photo = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
	await lawyer.setInputFiles('form[action$="/files"] input[type=file]', { name: "考勤.png", mimeType: "image/png", buffer: photo });
	await submit(lawyer, 'form[action$="/files"] button');
	await said(lawyer, /材料已存好[^]*考勤\.png/);
	await look(lawyer, "06-case-work-390");
	await resident.goto(`${base}/my/legalaid`);
	await said(resident, /请他周五一起来/);
});

test("closed; the file comes from the lawyer, is sent back once, and passes", async () => {
	const lawyer = await people.person("lawyer"), aid = await people.person("aid");
	await people.step(lawyer, id, "close", { day: "2026-06-30", way: "award", result: "won", recovered: "18000", words: "裁决支付工资一万八千元。" });
	await people.step(lawyer, id, "file", { pages: "36", words: "会见笔录、证据、裁决书。" });
	await said(lawyer, /案卷待审查/);
	await people.step(aid, id, "file_return", { words: "缺送达回证，请补上。" });
	await lawyer.goto(`${base}/desk/aid`);
	await said(lawyer, /案卷被退回，改好再交/);
	await lawyer.goto(`${base}/desk/aid/${id}`);
	await said(lawyer, /缺送达回证/);
	await look(lawyer, "07-returned-390");
	await people.step(lawyer, id, "file", { pages: "37", words: "补了送达回证。" });
	await aid.goto(`${base}/desk/request/${id}/legalaid`);
	await submit(aid, 'form[action$="/do/file_pass"] button');
	await said(aid, /案卷已通过/);
});

test("paid by the standard of the day, once; the bounds of a standard are named", async () => {
	const aid = await people.person("aid"), chief = await people.person("aid-director"), bureau = await people.person("official");
	await people.step(chief, id, "subsidy", { rate: "civil" });
	await said(chief, /没有录入这一类的补贴标准/);
	chief.complaints.length = 0;
	await aid.goto(`${base}/desk/legalaid?group=open`);
	await submit(aid, 'main a[href="/desk/legalaid/rates"]');
	await said(aid, /没有录入（未核实）/);
	const record = async (from, amount) => {
		await bureau.goto(`${base}/desk/legalaid/rates`);
		await bureau.check("input[name=kind][value=civil]");
		await bureau.fill("[name=from]", from);
		await bureau.fill("[name=amount]", amount);
		await bureau.fill("[name=source]", "演示省补贴标准文件");
		await bureau.fill("[name=words]", "按文件录入。");
		await submit(bureau);
	};
	await record("2026-01-01", "0");
	await said(bureau, /最多 100000 元/);
	await record("2026-01-01", "1800");
	await said(bureau, /1,800\.00 元/);
	await record("2026-01-01", "1900");
	await said(bureau, /这一类从这一天起已经有一个标准/);
	await shot(bureau, "lawyer-08-rates-refused", { full: true });
	bureau.complaints.length = 0;
	await bureau.goto(`${base}/desk/legalaid/rates`);
	await look(bureau, "09-rates");
	await people.step(chief, id, "subsidy", { rate: "civil" });
	await said(chief, /1,800\.00 元/);
	await record("2026-06-01", "2000");                                  // under what was worked out
	await said(bureau, /已有 1 件按原标准核定/);
	bureau.complaints.length = 0;
	await people.step(chief, id, "pay", { voucher: "演示凭证0001" });
	await said(chief, /不能作决定|另一位/);                               // who approved does not pay
	chief.complaints.length = 0;
	await people.step(aid, id, "pay", { voucher: "演示凭证0001" });
	await said(aid, /补贴已发放/);
	await people.step(aid, id, "pay", { voucher: "演示凭证0002" });
	await said(aid, /没有办成/);                                         // once
	aid.complaints.length = 0;
});

test("archived, rated by the aided person, and a figure opens to it", async () => {
	const aid = await people.person("aid"), resident = await people.person("resident"), bureau = await people.person("official");
	await people.step(aid, id, "archive", {});
	await said(aid, /已归档/);
	await resident.goto(`${base}/my/legalaid`);
	assert.equal(await resident.locator('main form button[name="grade"]').count(), 5);
	await look(resident, "10-my-done-390");
	await bureau.goto(`${base}/desk/figures/legalaid?from=2026-06-30&to=2026-06-30`);
	await look(bureau, "13-figures");
	const csv = await (await bureau.request.get(`${base}/desk/figures/legalaid.csv?from=2026-06-30&to=2026-06-30`)).text();
	assert.match(csv, /按事项,请求支付劳动报酬,\d+/);
	const book = await (await bureau.request.get(`${base}/desk/figures/legalaid.xlsx`)).body();
	assert.equal(book.subarray(0, 2).toString(), "PK");
	await submit(bureau, 'main a[href*="by=rate"]');                      // one case was paid
	await said(bureau, new RegExp(`${number}[^]*1,800\\.00`));
	await look(bureau, "14-records");
	await bureau.goto(`${base}/desk/figures/legalaid?from=2026-06-30&to=2026-06-30`);
	await submit(bureau, 'main a[href*="by=status&key=4"] >> nth=0');     // migrant workers
	await said(bureau, new RegExp(number));
	const calls = Object.keys((await (await bureau.request.get(`${base}/openapi.json`)).json()).paths);
	assert.ok(calls.includes("/api/v1/requests/{id}/legalaid/{step}") && calls.includes("/api/v1/legalaid"));
	await resident.goto(`${base}/my/legalaid?lang=en&elder=1`);
	await shot(resident, "lawyer-11-my-english-elder", { full: true });
	const lawyer = await people.person("lawyer");
	await lawyer.goto(`${base}/desk/aid?lang=en`);
	await shot(lawyer, "lawyer-12-list-english-390", { full: true });
});

test("the register goes on page by page", async () => {
	const admin = await people.person("admin");
	const rows = Array.from({ length: 60 }, (_, i) => `YS-F77,law_firm,演示第七十七律师事务所,320506,,YS-P${100 + i},孙演示,lawyer,2024-01-01,,2020-01-01,civil`);
	await admin.goto(`${base}/desk/providers/import`);
	await admin.setInputFiles("input[type=file]", { name: "register.csv", mimeType: "text/csv", buffer: Buffer.from(
		["firm_licence,firm_kind,firm_name,place,firm_phone,licence,name,kind,valid_from,valid_to,practice_from,skills", ...rows].join("\n")) });
	await submit(admin, "main form button[type=submit]");
	await admin.goto(`${base}/desk/providers`);
	const table = admin.locator("main table").first().locator("tbody tr");
	assert.equal(await table.count(), 50);
	const next = 'main .pager a[rel="next"][href*="after="]';
	await submit(admin, next);
	await look(admin, "16-register-second-page");
	let imported = await table.filter({ hasText: "孙演示" }).count();
	for (let page = 0; page < 40 && await admin.locator(next).count() > 0; page++) {
		await submit(admin, next);
		imported += await table.filter({ hasText: "孙演示" }).count();
	}
	assert.equal(imported, 60);                                          // who came last stands last
});

test("every page on the way passes", () => assert.deepEqual(findings, []));
