// Legal aid taken in at the counter on one page; a court's notice, assigned in time; a termination on each of the eight grounds.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { check, login, openPage, shot, startBrowser, startServer } from "./lib.mjs";

const PASSWORD = "yanshi-2026";
let server, base;
const browsers = [], pages = {}, findings = [];

const person = async (name, options) => {
	if (pages[name]) return pages[name];
	const browser = await startBrowser(options);
	browsers.push(browser);
	pages[name] = await openPage(browser.context);
	await login(pages[name], base, name, PASSWORD);
	return pages[name];
};
const submit = (page, selector = "main form .buttons button.primary") =>
	Promise.all([page.waitForNavigation(), page.click(selector)]);
const look = async (page, name) => {
	findings.push(...(await check(page)).map((f) => `${name}: ${f}`));
	await shot(page, `counter-${name}`, { full: true });
};
const narrow = async (page, name) => {
	const before = page.viewportSize();
	await page.setViewportSize({ width: 390, height: 844 });
	await shot(page, `counter-${name}-390`, { full: true });
	await page.setViewportSize(before);
};
const said = async (page, words) => assert.match(await page.innerText("main"), words);
/** A form of ours, sent as the page would send it: its hidden fields, these values, perhaps a file. */
const send = (page, path, action, fields, file) => page.evaluate(async ([path, action, fields, file]) => {
	const doc = new DOMParser().parseFromString(await (await fetch(path)).text(), "text/html");
	const form = [...doc.querySelectorAll("form")].find((f) => f.getAttribute("action") === action);
	const body = form.enctype === "multipart/form-data" ? new FormData() : new URLSearchParams();
	for (const el of form.querySelectorAll("input[type=hidden]")) body.append(el.name, el.value);
	for (const [k, v] of Object.entries(fields)) body.append(k, v);
	if (file) body.append(form.querySelector("input[type=file]").name, new File([new TextEncoder().encode(`%PDF-1.4\n${file}`)], `${file}.pdf`, { type: "application/pdf" }));
	const answer = await fetch(action, { method: "POST", body });
	return { url: answer.url, status: answer.status, text: await answer.text() };
}, [path, action, fields, file]);

before(async () => { server = await startServer({ requests: 200 }); base = server.base; });
after(async () => { for (const b of browsers) await b.close(); await server?.stop(); });

let first;

test("one page at the counter: nothing typed is lost, then receipt, form, list and clock stand", async () => {
	const aid = await person("aid");
	await aid.goto(`${base}/desk/legalaid?group=open`);
	await submit(aid, 'main a[href="/desk/legalaid/new"]');
	await look(aid, "01-empty");
	await narrow(aid, "01-empty");
	await aid.fill("[name=name]", "秦演示");
	await aid.fill("[name=id_number]", "990000199001010017");
	await aid.fill("[name=phone]", "19900004455");
	await aid.fill("[name=detail]", "在饭店做了半年，三个月工资没有发。");
	await aid.fill("[name=opponent]", "演示餐饮公司");
	await aid.check("input[name=status][value=migrant]");
	await aid.check("[name=proof]");
	await aid.fill("[name=brought]", "居民身份证 1\n劳动合同 原件 2");
	await aid.fill("[name=missing]", "工资转账记录");
	await submit(aid);
	await said(aid, /请选择为了什么事/);                                  // what for is not chosen
	assert.equal(await aid.inputValue("[name=detail]"), "在饭店做了半年，三个月工资没有发。");
	assert.equal(await aid.inputValue("[name=brought]"), "居民身份证 1\n劳动合同 原件 2");
	assert.ok(await aid.isChecked("input[name=status][value=migrant]"));
	aid.complaints.length = 0;                                           // that it was refused
	await shot(aid, "counter-02-told", { full: true });
	await aid.selectOption("select[name=matter]", "wages");
	await submit(aid);
	await said(aid, /编号/);
	first = new URL(aid.url()).pathname.split("/")[3];
	await shot(aid, "counter-03-receipt", { full: true });
	await aid.goto(`${base}/desk/request/${first}`);
	await said(aid, /法律援助申请材料接收凭证/);
	await said(aid, /补充材料（说明）通知书/);
	await look(aid, "04-case-papers");
	await aid.goto(`${base}/desk/request/${first}/legalaid`);
	await said(aid, /待补充材料/);
	await said(aid, /工资转账记录/);
});

test("the same person for the same matter, and a number under another name: refused with the way on", async () => {
	const aid = await person("aid");
	const fields = { name: "秦演示", id_number: "990000199001010017", town: "320506000000", detail: "同一件事。", kind: "civil", matter: "wages",
		status: "migrant", proof: "1", confirmed: "signed", opponent: "演示餐饮公司" };
	let answer = await send(aid, "/desk/legalaid/new", "/desk/legalaid/new", fields);
	assert.equal(answer.status, 422);
	assert.match(answer.text, /先收到（编号/);
	answer = await send(aid, "/desk/legalaid/new", "/desk/legalaid/new", { ...fields, name: "许演示", matter: "traffic" });
	assert.equal(answer.status, 422);
	assert.match(answer.text, /登记的是另一个名字/);
	assert.match(answer.text, /known_by_name/);
	aid.complaints.length = 0;
});

test("a court's notice is taken in, assigned within three days, and the court is told", async () => {
	const aid = await person("aid");
	await aid.goto(`${base}/desk/legalaid/notice`);
	await look(aid, "05-notice");
	await narrow(aid, "05-notice");
	await aid.check("input[name=organ_kind][value=police]");
	await aid.fill("[name=organ]", "演示区人民法院");
	await aid.fill("[name=notice]", "（2026）演示通援字9号");
	await aid.fill("[name=case_no]", "（2026）演0506刑初9号");
	await aid.check("input[name=stage][value=first]");
	await aid.check("input[name=ground][value=gravest]");
	await aid.fill("[name=name]", "曹演示");
	await aid.fill("[name=offence]", "故意伤害");
	await aid.fill("[name=custody]", "演示区看守所");
	await aid.fill("[name=found]", "2026-06-26");
	await aid.fill("[name=hearing]", "2026-07-21");
	await submit(aid);
	await said(aid, /这个机关不办理这个阶段的案件/);                      // police have no trial
	assert.equal(await aid.inputValue("[name=case_no]"), "（2026）演0506刑初9号");
	aid.complaints.length = 0;
	await aid.check("input[name=organ_kind][value=court]");
	await submit(aid);
	await said(aid, /给予援助，待指派/);
	await said(aid, /晚于三日/);                                          // the organ's own three days were over
	await said(aid, /07-03 23:59/);                                       // ours end that day
	await look(aid, "06-noticed");
	await narrow(aid, "06-noticed");
	const id = new URL(aid.url()).pathname.split("/")[3];
	await aid.goto(`${base}/desk/request/${id}/legalaid/do/assign`);
	await submit(aid);
	await said(aid, /已指派承办人员/);
	for (let i = 0; i < 40; i++) {                                        // the worker sets the letter
		await aid.goto(`${base}/desk/request/${id}`);
		if (/法律援助公函（通知辩护）/.test(await aid.innerText("main")) && !/待出具/.test(await aid.innerText("main"))) break;
		await new Promise((done) => setTimeout(done, 250));
	}
	await said(aid, /法律援助公函（通知辩护）/);
	await shot(aid, "counter-07-letters", { full: true });
	await aid.goto(`${base}/desk/request/${id}/legalaid/do/notice_back`);
	await aid.fill("[name=words]", "家属已自行委托辩护人，法院来函撤回。");
	await submit(aid);
	await said(aid, /本人撤回|撤回/);
});

test("a duty lawyer's help is written down, and who wants aid is passed on", async () => {
	const aid = await person("aid");
	await aid.goto(`${base}/desk/legalaid/duty`);
	await aid.fill("[name=day]", "2026-06-30");
	await aid.check("input[name=station_kind][value=detention]");
	await aid.fill("[name=station]", "演示区看守所");
	await aid.selectOption("select[name=provider]", { index: 1 });
	await submit(aid);
	await look(aid, "10-duty");
	await submit(aid, 'main a[href^="/desk/legalaid/duty/"]');
	await aid.fill("[name=name]", "袁演示");
	await aid.check("input[name=stage][value=investigation]");
	await aid.check("input[name=given][value=advice]");
	await aid.check("[name=wants_aid]");
	await submit(aid);
	await said(aid, /要申请法律援助，待转交/);
	await look(aid, "11-help");
	await narrow(aid, "11-help");
	await submit(aid, 'main form[action*="/pass/"] button');
	await said(aid, /已按时转交/);
});

test("aid ends on each of the eight grounds, each with its proof", async () => {
	const aid = await person("aid"), chief = await person("aid-director");
	const grounds = ["fraud", "concealed", "illegal", "means", "case_over", "own_counsel", "asked", "other"];
	for (const [i, ground] of grounds.entries()) {
		const wants = i < 5;
		const taken = await send(aid, "/desk/legalaid/notice", "/desk/legalaid/notice", { organ_kind: "court", organ: "演示区人民法院",
			notice: `（2026）演示通援字${20 + i}号`, stage: "first", ground: "ordinary", name: `演示${"甲乙丙丁戊己庚辛"[i]}`, offence: "盗窃",
			received: "2026-06-30" });
		const id = new URL(taken.url).pathname.split("/")[3];
		const path = `/desk/request/${id}/legalaid/do/terminate`;
		if (wants) {
			const bare = await send(chief, path, path, { ground, words: "已经查明属实。" });
			assert.equal(bare.status, 422, ground);
			assert.match(bare.text, /这一项要有凭据/);
			chief.complaints.length = 0;
			await send(aid, `/desk/request/${id}`, `/desk/request/${id}/files`, {}, "证明材料");
		}
		await chief.goto(`${base}${path}`);
		await chief.check(`main input[name=ground][value=${ground}]`);
		if (wants) await chief.selectOption("select[name=proof]", { index: 1 });
		await chief.fill("[name=words]", "已经查明属实，书面材料在卷。");
		if (i === 0) await look(chief, "08-terminate");
		await submit(chief);
		await said(chief, /已终止/);
		await chief.goto(`${base}/desk/request/${id}`);
		await said(chief, /终止法律援助决定书/);
		if (i === 0) await shot(chief, "counter-09-terminated", { full: true });
		chief.complaints.length = aid.complaints.length = 0;
	}
});

test("every page on the way passes", () => assert.deepEqual(findings, []));
