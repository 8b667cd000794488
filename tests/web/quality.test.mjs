// Quality by hand: a round whose draw leaves out who stands near a case and says why; scored on a phone; two far apart bring a
// third; the lawyer is heard; what fails is put right; an aided person is asked.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { check, login, openPage, shot, startBrowser, startServer } from "./lib.mjs";

const PASSWORD = "yanshi-2026";
let server, base, round, file;
const browsers = [], pages = {}, findings = [], logins = {};

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
/** A picture; what the crawl does not open as it stands here is checked as well. */
const picture = (page, name) => shot(page, `quality-${name}`, { full: true });
const look = async (page, name) => {
	findings.push(...(await check(page)).map((f) => `${name}: ${f}`));
	await picture(page, name);
};
const said = async (page, words) => assert.match(await page.innerText("main"), words);
/** Who judges the case now, by login. */
const experts = async (official) => {
	await official.goto(`${base}/desk/quality/round/${round}`);
	const row = official.locator("main tr", { hasText: file.number }).first();
	return (await row.locator("td").nth(3).innerText()).replace("专家", "").trim().split("、").map((name) => logins[name.replace("（后来补抽）", "").trim()]);
};
/** All lines at a share of their points; a note on each when it is low. */
const score = async (login, share, options) => {
	const page = await person(login, options);
	await page.goto(`${base}/desk/quality`);
	await page.locator("main a", { hasText: file.number }).first().click();
	await page.waitForSelector("fieldset.mark");
	const marks = page.locator("fieldset.mark");
	for (let i = 0; i < await marks.count(); i++) {
		const full = Number((await marks.nth(i).locator("legend").innerText()).match(/满分 (\d+)/)[1]);
		await marks.nth(i).locator(`[name=p${i + 1}]`).fill(String(Math.floor(full * share)));
		if (share < 0.9) await marks.nth(i).locator(`[name=n${i + 1}]`).fill("案卷里没有看到依据。");
	}
	return page;
};

before(async () => { server = await startServer({ requests: 200 }); base = server.base; });
after(async () => { for (const b of browsers) await b.close(); await server?.stop(); });

test("files and experts are fixed, a witness names a number, who stands near is left out and told why", async () => {
	const page = await person("official");
	await page.goto(`${base}/desk/quality/panel`);
	await picture(page, "01-panel");
	for (const link of await page.locator('main table a[href*="expert="]').all())
		logins[(await link.innerText()).trim()] = new URL(await link.getAttribute("href"), base).searchParams.get("expert");
	assert.ok(Object.keys(logins).length >= 6);
	await page.goto(`${base}/desk/quality/checklist/civil`);
	await page.fill("[name=source]", "市局评查办法");
	await page.fill("[name=body]", "60 | meeting | 会见受援人 | 看记录\n30 | | 法律文书 | 看内容");
	await submit(page);
	await said(page, /合计 90，应当是 100/);
	page.complaints.length = 0;                                          // that it was refused
	await page.goto(`${base}/desk/quality`);
	await picture(page, "02-home");
	await submit(page, 'main a[href="/desk/quality/round/new"]');
	await page.fill("[name=name]", "演示评查");
	await page.check("input[name=reach][value=city]");
	await page.fill("[name=wanted]", "0");
	await page.fill("[name=percent]", "100");
	await picture(page, "03-new");
	await submit(page);
	await said(page, /名单已定，待抽取/);
	round = new URL(page.url()).pathname.split("/")[4];
	await page.fill("[name=witness]", "见证人甲");
	await page.fill("[name=number]", "12345");
	await submit(page);
	await said(page, /至少 6/);                                          // five digits
	page.complaints.length = 0;
	await page.fill("[name=number]", "90817263");
	await look(page, "04-fixed");
	await submit(page);
	await said(page, /评查中/);
	await said(page, /（本人办过这一件）/);                              // named, with the reason
	await said(page, /可以评，没有抽到/);
	await picture(page, "05-drawn");
	// one of the visitor's lawyer, civil, that the lawyer can answer for
	const rows = page.locator("main table tr", { hasText: "演示律师" });
	file = { number: (await rows.first().locator("a").first().innerText()).trim() };
	file.path = new URL(await rows.first().locator("a").first().getAttribute("href"), base).pathname;
});

test("scored on a phone: prefilled from the records, low points want a reason, far apart brings a third", async () => {
	const official = await person("official");
	const [one, two] = await experts(official);
	const phone = await score(one, 0.4, { viewport: { width: 390, height: 844 } });
	await phone.fill("[name=n4]", "");
	await submit(phone);
	await said(phone, /第 4 项分数低/);
	phone.complaints.length = 0;
	await look(phone, "06-score-390");
	await phone.fill("[name=n4]", "文书没有写请求的依据。");
	await phone.fill("[name=words]", "会见少，文书粗。");
	await submit(phone);
	await said(phone, /以前评的 \d+ 件/);
	await submit(await score(two, 1));
	const three = (await experts(official)).find((l) => l !== one && l !== two);
	assert.ok(three);
	await said(official, /后来补抽/);
	await submit(await score(three, 0.45));
	await official.goto(base + file.path);
	await said(official, /听取承办人员陈述/);
});

test("the lawyer is heard, the score stands below the mark, it is put right and accepted", async () => {
	const official = await person("official"), lawyer = await person("lawyer", { viewport: { width: 390, height: 844 } });
	await submit(official);
	await said(official, /要先听承办人员陈述/);
	official.complaints.length = 0;
	await lawyer.goto(`${base}/desk/quality`);
	await picture(lawyer, "07-lawyer-home-390");
	await lawyer.goto(base + file.path);
	assert.doesNotMatch(await lawyer.innerText("main"), new RegExp(Object.keys(logins).filter((n) => n !== "演示律师").join("|")));
	await lawyer.fill("[name=words]", "文书在另一卷里。");
	await look(lawyer, "08-lawyer-case-390");
	await submit(lawyer);
	await official.goto(base + file.path);
	await official.fill("[name=words]", "核对过另一卷，仍然不够。");
	await submit(official);
	await said(official, /不合格/);
	await official.fill("[name=words]", "补齐证据目录和代理意见。");
	await picture(official, "09-order");
	await submit(official);
	await said(official, /待整改/);
	await lawyer.goto(base + file.path);
	await lawyer.fill("[name=words]", "已补齐，附目录。");
	await submit(lawyer);
	await official.goto(base + file.path);
	await submit(official);
	await said(official, /整改已认可/);
	await picture(official, "10-accepted");
});

test("an aided person is asked, a bad answer wants words and goes to the list", async () => {
	const aid = await person("aid");
	await aid.goto(`${base}/desk/quality`);
	await picture(aid, "11-calls");
	await aid.goto(`${base}${file.path}/voice?kind=visit`).catch(() => {});
	if (!/回访受援人/.test(await aid.innerText("main"))) {                // of another county: the first of the own list
		await aid.goto(`${base}/desk/quality`);
		await submit(aid, 'main a[href*="/quality/voice"]');
	}
	aid.complaints.length = 0;
	for (const key of ["a1", "a3", "a4"]) await aid.check(`input[name=${key}][value="4"]`);
	await aid.check('input[name=a2][value="2"]');
	await submit(aid);
	await said(aid, /至少 4 个字/);
	aid.complaints.length = 0;
	await aid.fill("[name=words]", "进展都是自己打电话问的。");
	await look(aid, "12-voice");
	await submit(aid);
	await said(aid, /不满意/);
	const official = await person("official");
	await official.goto(`${base}/desk/quality`);
	await said(official, /进展都是自己打电话问的/);
	await official.goto(`${base}/desk/quality/seminars`);
	await official.fill("[name=topic]", "劳动争议案件举证");
	await official.fill("[name=people]", "18");
	await official.fill("[name=cases]", `${file.number}\n000000-0000-0000`);
	await submit(official);
	await said(official, /第 2 个编号/);
	official.complaints.length = 0;
	await official.fill("[name=cases]", file.number);
	await submit(official);
	await said(official, /劳动争议案件举证/);
	await picture(official, "15-seminars");
	await official.goto(`${base}/desk/figures/quality`);
	await picture(official, "13-figures");
	await submit(official, 'main a[href*="/desk/figures/quality/all"]');
	await picture(official, "14-records");
	assert.deepEqual(findings, []);
});
