// Legal aid by hand: an unpaid migrant worker, granted without a means check; a family over the line, refused, explained,
// objecting, corrected; an urgent case aided first.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { aidPeople, said, submit } from "./aid_lib.mjs";
import { check, shot, startServer } from "./lib.mjs";

let server, base, people;
const findings = [];

const person = (name, options) => people.person(name, options);
const step = (page, id, key, fields) => people.step(page, id, key, fields);
const toInstitution = (number) => people.toInstitution(number);
const ask = async (page, name, idNumber) => (await people.ask(page, name, idNumber)).number;
const look = async (page, name) => {
	findings.push(...(await check(page)).map((f) => `${name}: ${f}`));
	await shot(page, `aid-${name}`, { full: true });
};
/** A paper by its name, from the page that lists it. */
async function paper(page, url, name) {
	await page.goto(url);
	const link = page.locator("main a", { hasText: name }).first();
	const got = await page.request.get(new URL(await link.getAttribute("href"), url).href);
	assert.equal(got.status(), 200);
	assert.equal((await got.body()).subarray(0, 5).toString(), "%PDF-");
	return got.body();
}

before(async () => {
	server = await startServer({ requests: 200 });
	base = server.base;
	people = aidPeople(base);
});
after(async () => { await people?.close(); await server?.stop(); });

let first;

test("a migrant worker applies on the phone in three short pages", async () => {
	const page = await person("resident", { viewport: { width: 390, height: 844 } });
	first = await ask(page, "周演示", "990000199001010017");
	await page.goto(`${base}/my`);
	await said(page, /法律援助/);
	await submit(page, 'main a[href="/my/legalaid"]');
	await look(page, "01-my-unfilled-390");
	await submit(page, 'main a[href="/my/legalaid/form"]');
	await submit(page);                                                  // nothing chosen: said where
	await said(page, /请选择申请哪一类援助/);
	page.complaints.length = 0;                                          // that it was refused
	await page.check('input[name=kind][value=civil]');
	await page.selectOption('select[name=matter]', 'wages');
	await look(page, "02-form-what-390");
	await submit(page);
	await page.check('input[name=status][value=migrant]');
	await page.check("[name=proof]");
	await shot(page, "aid-03-form-means-390", { full: true });
	await submit(page);
	await said(page, /来的时候请带上/);
	await page.check("[name=confirmed]");
	await shot(page, "aid-04-form-check-390", { full: true });
	await submit(page);
	await said(page, /已申请，待审查/);
	await said(page, /2026-07-07/);                                      // seven days (Art. 43)
	await look(page, "05-my-applied-390");
});

test("the institution examines, another person decides, no means check (Art. 42); a lawyer takes it", async () => {
	const id = await toInstitution(first);
	const aid = await person("aid"), chief = await person("aid-director"), resident = await person("resident");

	await aid.goto(`${base}/desk/request/${id}`);
	await submit(aid, `main a[href="/desk/request/${id}/legalaid"]`);
	await look(aid, "06-desk-applied");
	await submit(aid, 'main a[href$="/legalaid/form"]');
	await look(aid, "07-desk-form");
	await aid.fill("[name=words]", "看过工牌和工友证明。");
	await submit(aid);
	await said(aid, /符合条件/);
	assert.match(await aid.textContent("main"), /第四十二条/);
	await look(aid, "08-desk-examined");
	await chief.goto(`${base}/desk/request/${id}/legalaid`);
	await submit(chief, 'main a[href$="/do/grant"]');
	await said(chief, /怎么算出来的/); // what the rules advise stands beside the decision
	await look(chief, "09-desk-grant");
	await chief.fill("[name=words]", "符合第四十二条，给予援助。");
	await submit(chief);
	await said(chief, /给予援助，待指派/);
	await step(aid, id, "assign");
	await said(aid, /已指派承办人员/);
	await submit(aid, 'main a[href*="/lawyers/"]');
	await look(aid, "10-desk-why-this-lawyer");
	await aid.goto(`${base}/desk/request/${id}/legalaid`);
	await Promise.all([aid.waitForNavigation(), aid.click('form[action$="/do/accept"] button')]);
	await step(aid, id, "agree");
	await step(aid, id, "report", { kind: "meeting", words: "见了受援人，核对了考勤。" });
	await look(aid, "11-desk-in-progress");
	await resident.goto(`${base}/my/legalaid`);
	await said(resident, /决定：给予法律援助/);
	await said(resident, /核对了考勤/);
	await paper(resident, `${base}/my`, "给予法律援助决定书");
	assert.equal(await resident.locator("main", { hasText: "指派通知书" }).count(), 0); // for the firm
	await paper(aid, `${base}/desk/request/${id}`, "给予法律援助决定书");
	await paper(aid, `${base}/desk/request/${id}`, "法律援助指派通知书");
	await look(aid, "12b-desk-papers");
	await look(resident, "12-my-in-progress-390");
});

test("a family over the line is refused with reasons, objects, and the decision is corrected", async () => {
	const page = await person("resident2", { viewport: { width: 390, height: 844 } });
	const number = await ask(page, "吴演示", "990000199203040011");
	await page.goto(`${base}/my/legalaid/form`);
	await page.check('input[name=kind][value=civil]');
	await page.selectOption('select[name=matter]', 'maintenance');
	await submit(page);
	await page.check('input[name=status][value=ordinary]');
	await page.fill("[name=household]", "3");
	await page.fill("[name=income]", "95000");
	await submit(page);
	await page.check("[name=confirmed]");
	await submit(page);
	const id = await toInstitution(number), aid = await person("aid"), chief = await person("aid-director");
	await aid.goto(`${base}/desk/request/${id}/legalaid/form`);
	await submit(aid);
	await said(aid, /不符合条件|不符合/);
	await step(chief, id, "refuse", { words: "收入超过经济困难标准。" });
	await said(chief, /请选择理由/);                                     // Art. 43: with grounds
	chief.complaints.length = 0;
	await chief.goto(`${base}/desk/request/${id}/legalaid/do/refuse`);
	await chief.fill("[name=words]", "收入超过经济困难标准。");
	await chief.check('main input[name=grounds][value=means]');
	await said(chief, /怎么算出来的/);
	await look(chief, "13-desk-refuse");
	await submit(chief);
	await page.goto(`${base}/my/legalaid`);
	await said(page, /不符合经济困难标准/);
	assert.match(await page.textContent("main"), /89,640/);               // 2,490 × 12 months × 3 persons
	await said(page, /第四十九条/);
	await look(page, "14-my-refused-390");
	await paper(page, `${base}/my`, "不予法律援助决定书");
	await look(page, "14b-my-papers-390");
	await page.goto(`${base}/my/legalaid`);
	await page.fill('form[action$="/object"] textarea', "家里有病人，一年看病花了四万。");
	await submit(page, 'form[action$="/object"] .buttons button.primary');
	await said(page, /正在审查/);
	const bureau = await person("official");
	await bureau.goto(`${base}/desk/request/${id}/legalaid`);
	await look(bureau, "15-bureau-objection");
	await step(bureau, id, "correct", { words: "医疗支出应当核实后扣除，责令改正。" });
	await step(chief, id, "grant", { words: "按异议审查意见，给予援助。" });
	await page.goto(`${base}/my/legalaid`);
	await said(page, /决定：给予法律援助/);
	await said(page, /责令改正/);
});

test("who runs out of time is aided first, and examined all the same (Art. 44)", async () => {
	const page = await person("resident3", { viewport: { width: 390, height: 844 } });
	const number = await ask(page, "郑演示", "99000019880505001X");
	await page.goto(`${base}/my/legalaid/form`);
	await page.check('input[name=kind][value=civil]');
	await page.selectOption('select[name=matter]', 'wages');
	await page.fill("[name=limit_day]", "2026-07-03");
	await submit(page);
	await page.check('input[name=status][value=migrant]');
	await submit(page);
	await page.check("[name=confirmed]");
	await submit(page);
	const id = await toInstitution(number), aid = await person("aid"), chief = await person("aid-director");
	await step(chief, id, "advance", { words: "仲裁时效三天后届满。" });
	await step(aid, id, "assign");
	await aid.goto(`${base}/desk/request/${id}/legalaid`);
	await said(aid, /已先行提供援助/);
	await said(aid, /已申请，待审查/);
	await step(aid, id, "ask_supplement", { papers: "进城务工的证明", words: "有工牌就行。" });
	await page.goto(`${base}/my/legalaid`);
	await said(page, /进城务工的证明/);
	await look(page, "16-my-supplement-390");
	await paper(page, `${base}/my`, "补充材料（说明）通知书");
	await page.goto(`${base}/my/legalaid`);
	await page.fill('form[action$="/give_supplement"] textarea', "工牌照片传好了。");
	await submit(page, 'form[action$="/give_supplement"] .buttons button.primary');
	await said(page, /已申请，待审查/);
});

test("the register and the list; in English, large, wide", async () => {
	const aid = await person("aid"), admin = await person("admin");
	await aid.goto(`${base}/desk/legalaid?group=open`);
	await look(aid, "17-list");
	await admin.goto(`${base}/desk/providers`);
	await look(admin, "18-providers");
	await submit(admin, 'main a[href^="/desk/providers/"] >> nth=-1');
	await look(admin, "19-provider");
	const bureau = await person("official");
	await bureau.goto(`${base}/desk/figures/legalaid`);
	await said(bureau, /到决定平均/);
	await look(bureau, "23-figures");
	await submit(bureau, 'main a[href*="/desk/figures/legalaid/101?"], main a[href*="/desk/figures/legalaid/3?"]');
	await said(bureau, /不予援助|给予援助|办结/);                       // each opens its records
	await look(bureau, "24-records");
	const page = await person("resident");
	await page.goto(`${base}/my/legalaid?lang=en&elder=1`);
	await shot(page, "aid-20-my-english-elder", { full: true });
	await page.goto(`${base}/my/legalaid?lang=zh&elder=0`);
	await aid.setViewportSize({ width: 1440, height: 900 });
	await aid.goto(`${base}/desk/legalaid?group=open`);
	await shot(aid, "aid-21-list-1440");
	const bare = await people.person("aid", { javaScriptEnabled: false, viewport: { width: 390, height: 844 } }, "aid, plain");
	await bare.goto(`${base}/desk/legalaid?group=work`);
	await shot(bare, "aid-22-list-nojs-390", { full: true });
	assert.match(await bare.innerText("main"), /法律援助案件/);
});

test("every page on the way passes", () => assert.deepEqual(findings, []));
