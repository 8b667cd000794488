// Mediation by hand: unpaid wages from the path guide to the committee, an agreement signed, a day missed, the court's papers;
// talks that fail and go on as legal aid; the monthly form down to its records.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { aidPeople, PHONE, said, submit } from "./aid_lib.mjs";
import { check, looksOf, shot, startServer } from "./lib.mjs";

let server, base, people, number, id;
const findings = [];
const CARDS = ["side", "consent", "chosen", "kind", "danger", "form", "sign", "said", "result", "level", "side0", "side1"];
const SELECTS = ["category", "source", "party", "member", "duty", "signer", "helper", "group"];

const look = async (page, name) => {
	findings.push(...(await check(page)).map((f) => `${name}: ${f}`));
	await shot(page, `mediation-${name}`, { full: true });
};
const post = (page, selector) => Promise.all([page.waitForNavigation(), page.click(selector)]);
const fill = async (page, fields) => {
	for (const [name, value] of Object.entries(fields)) {
		if (value === true) await page.check(`main [name=${name}]`);
		else if (CARDS.includes(name)) await page.check(`main input[name=${name}][value=${value}]`);
		else if (SELECTS.includes(name)) await page.selectOption(`main select[name=${name}]`, value);
		else await page.fill(`main [name=${name}]`, value);
	}
};
const step = async (page, key, fields = {}, name = "") => {
	await page.goto(`${base}/desk/request/${id}/mediation/do/${key}`);
	await fill(page, fields);
	if (name) await look(page, name);
	await submit(page);
};
const open = async (page) => page.goto(`${base}/desk/request/${id}/mediation`);

before(async () => {
	server = await startServer({ requests: 200 });
	base = server.base;
	people = aidPeople(base);
});
after(async () => { await people?.close(); await server?.stop(); });

/** In three pages from the way that was found to a receipt; `answers` of the guide by words of the question. */
async function fromGuide(page) {
	await page.goto(`${base}/check/paths`);
	while (await page.$("fieldset.question")) {
		const question = await page.innerText("fieldset.question legend");
		if (/什么事/.test(question)) await post(page, 'button[name=v][value="欠薪"]');
		else if (/挨打|上班/.test(question)) await post(page, 'button[name=v][value="否"]');
		else if (/哪一天离开/.test(question)) { await page.fill("[name=v]", "2026-05-04"); await post(page, ".question button.primary"); }
		else if (/坐下来谈/.test(question)) await post(page, 'button[name=v][value="没问过"]');
		else assert.fail(question);
	}
}
async function askFor(page, name) {
	await page.selectOption("select[name=town]", "320506100000");
	await page.waitForSelector("select[name=village]");
	await page.selectOption("select[name=village]", { label: "保圣社区" });
	await submit(page);
	await page.check('input[name=naming][value="named"]');
	await page.fill("[name=name]", name);
	await page.fill("[name=phone]", "19900004321");
	await submit(page);
	await submit(page);
	number = await page.locator(".receipt .number").first().innerText();
}

test("the guide leads an unpaid worker to the committee without typing anything again", async () => {
	const page = await people.person("resident", PHONE);
	await fromGuide(page);
	await look(page, "01-guide-390");
	await post(page, 'form[action="/ask"] button[name=item]');
	assert.equal(new URL(page.url()).pathname, "/ask/where");
	await askFor(page, "沈演示");
	await page.goto(`${base}/my`);
	await said(page, /人民调解/);
	await submit(page, 'main a[href="/my/mediation"]');
	await said(page, /待登记/);
	await look(page, "02-my-390");
});

test("the station registers it, asks both, names a mediator; nobody stands on both sides", async () => {
	const page = await people.person("station", PHONE);
	await page.goto(`${base}/desk/search?q=${number}`);
	id = new URL(page.url()).pathname.split("/")[3];
	await page.goto(`${base}/desk/request/${id}`);
	await submit(page, 'form[action$="/accept"] button');
	await open(page);
	await look(page, "03-unfilled-390");
	await page.goto(`${base}/desk/request/${id}/mediation/do/register`);
	assert.match(await page.inputValue("[name=facts]"), /工资被拖欠/, "what the guide asked is brought along");
	await fill(page, { category: "wages", source: "applied", level: "ordinary" });
	await look(page, "04-register-390");
	await submit(page);
	await step(page, "party", { side: "b", name: "沈演示" });
	await said(page, /一个人不能站在两边/);
	page.complaints.length = 0;
	await step(page, "party", { side: "b", name: "演示建筑公司", organisation: true, consent: "agrees" });
	await open(page);
	await look(page, "05-parties-390");
	await submit(page, 'form[action$="/do/accept"] button');
	await said(page, /已受理/);
	await page.goto(`${base}/desk/request/${id}/mediation/do/appoint`);
	await look(page, "06-appoint-390");
	await submit(page);
	await step(page, "session", { kind: "talk", place: "社区调解室", minutes: "60", words: "双方到场，公司认欠五千元。" });
	await said(page, /调解中/);
});

test("an agreement without a day is not stored, and names the field; signed by all it is in effect", async () => {
	const page = await people.person("station", PHONE);
	await page.goto(`${base}/desk/request/${id}/mediation/do/draft`);
	await fill(page, { form: "written", content: "公司一次付清工资。", side0: "b", what0: "付工资", yuan0: "5000" });
	await submit(page);
	await said(page, /最晚哪一天履行/);
	page.complaints.length = 0;
	assert.equal(await page.inputValue("[name=what0]"), "付工资", "nothing typed is lost");
	await look(page, "07-draft-390");
	await fill(page, { due0: "2026-07-03" });
	await submit(page);
	await said(page, /已写协议，待签名/);
	await post(page, 'form[action$="/paper/agreement"] button');
	await said(page, /文书已出具/);
	const link = page.locator("main a", { hasText: "人民调解协议书" }).first();
	const pdf = await page.request.get(new URL(await link.getAttribute("href"), base).href);
	assert.equal((await pdf.body()).subarray(0, 5).toString(), "%PDF-");
	await step(page, "sign", { signer: "all", sign: "signed" });
	await said(page, /协议已生效，待履行/);
	await look(page, "08-agreed-390");
});

test("the day passes: the resident says so, it is recorded, and both ask the court in time", async () => {
	const state = await server.stop({ keep: true }).then(() => server.state);
	await people.close();
	server = await startServer({ state, now: "2026-07-08T09:00+08:00" });
	base = server.base;
	people = aidPeople(base);
	const page = await people.person("station");
	await page.goto(`${base}/desk/request/${id}/mediation`);
	await look(page, "09-late-1024");
	await step(page, "miss", { words: "催了两次，公司说没有钱。" });
	await said(page, /没有按时履行/);
	await step(page, "confirm_ask", { signer: "all" }, "10-confirm-1024");
	await said(page, /最晚哪一天提出[\s\S]*2026-07-30/);
	await post(page, 'form[action$="/paper/confirm"] button');
	await said(page, /司法确认申请书/);
	await step(page, "confirm_send", { court: "示范区人民法院" });
	await said(page, /已送法院/);
	await look(page, "11-sent-1024");
	const call = await (await page.request.get(`${base}/api/v1/requests/${id}/mediation`)).json();
	assert.equal(call.state.key, "breached");
	assert.equal(call.agreed_fen, 500000);
	assert.equal(call.steps.find((s) => s.step.key === "confirm_result").may, true);
});

test("talks that fail go on as legal aid; the resident reads the other ways without JavaScript", async () => {
	const page = await people.person("station");
	const resident = await people.person("resident", { javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
	await fromGuide(resident);
	await post(resident, 'form[action="/ask"] button[name=item]');
	await resident.selectOption("select[name=town]", "320506100000");
	await post(resident, 'button[name="list-villages"]');
	await resident.selectOption("select[name=village]", { label: "保圣社区" });
	await submit(resident);
	await resident.check('input[name=naming][value="named"]');
	await resident.fill("[name=name]", "吴演示");
	await submit(resident);
	await submit(resident);
	number = await resident.locator(".receipt .number").first().innerText();
	await page.goto(`${base}/desk/search?q=${number}`);
	id = new URL(page.url()).pathname.split("/")[3];
	await page.goto(`${base}/desk/request/${id}`);
	await submit(page, 'form[action$="/accept"] button');
	await step(page, "register", { category: "wages", source: "applied", level: "simple" });
	await step(page, "party", { side: "b", name: "演示餐饮公司", consent: "agrees" });
	await open(page);
	await submit(page, 'form[action$="/do/accept"] button');
	await step(page, "appoint");
	await resident.goto(`${base}/my/mediation`);
	await shot(resident, "mediation-12-my-talks-390-nojs", { full: true });
	await step(page, "fail", { words: "公司不认这笔账，可以申请劳动仲裁。", aid: true });
	assert.match(page.url(), /\/legalaid/);
	await said(page, /待填申请表/);
	await resident.goto(`${base}/my`);
	await said(resident, /法律援助/);
	await page.goto(`${base}/desk/request/${id}/mediation`);
	await said(page, /已转为法律援助申请/);
	await look(page, "13-failed-1024");
});

test("the monthly form equals its records, in every dress", async () => {
	const page = await people.person("official");
	await page.setViewportSize({ width: 1440, height: 900 });
	await page.goto(`${base}/desk/figures/mediation?month=2026-06`);
	await look(page, "14-figures-1440");
	const link = page.locator("table tr", { hasText: "合计" }).first().locator("a").first();
	const n = Number(await link.innerText());
	await page.goto(`${base}/desk/figures/mediation?month=2026`);
	const year = Number(await page.locator("table tr", { hasText: "合计" }).first().locator("a").first().innerText());
	assert.ok(year >= n && n > 0);
	await page.goto(`${base}/desk/figures/mediation?month=2026-06`);
	await post(page, 'main table a[href*="measure=accepted"]:not([href*="category=f"])');
	await look(page, "15-records-1440");
	const csv = await (await page.request.get(`${base}/desk/figures/mediation.csv?month=2026-06`)).text();
	const rows = csv.split(/\r?\n/).map((r) => r.split(","));
	const sum = rows.slice(1, 19).reduce((s, r) => s + Number(r[1]), 0);
	assert.equal(sum, n, "the eighteen kinds sum to the total");
	assert.equal(rows.slice(19, 22).reduce((s, r) => s + Number(r[1]), 0), n, "and the three sources");
	assert.equal((await (await page.request.get(`${base}/desk/figures/mediation.xlsx`)).body()).subarray(0, 2).toString(), "PK");
	for (const [dress, query] of looksOf(1)) {
		await page.goto(`${base}/desk/mediation?group=open&${query}`);
		await look(page, `16-list-${dress}`);
	}
	for (const address of ["/desk/mediation/mediators", "/desk/mediation/groups"]) {
		const own = await people.person("station");
		await own.goto(`${base}${address}`);
		await look(own, `17${address.replaceAll("/", "-")}`);
	}
});

test("no finding on any page of these walks", () => assert.deepEqual(findings, []));
