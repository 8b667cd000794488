// Village advisers by hand: the list and its gap, a contract signed and ended for absences, a plan compared and approved by a
// second person, the village's adviser on the point's public page.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { check, login, openPage, shot, startBrowser, startServer } from "./lib.mjs";

const PASSWORD = "yanshi-2026";
let server, base, plan;
const browsers = [], findings = [];

const person = async (name, options = {}, query = "") => {
	const browser = await startBrowser(options);
	browsers.push(browser);
	const page = await openPage(browser.context);
	if (name) await login(page, base, name, PASSWORD);
	if (query) await page.goto(`${base}/desk/advisors${query}`);
	return page;
};
const submit = (page, selector) => Promise.all([page.waitForNavigation(), page.click(selector)]);
const said = async (page, words) => assert.match(await page.innerText("main"), words);
const look = async (page, name) => {
	await page.evaluate(() => scrollTo(0, 0));                           // an error takes the view to itself
	findings.push(...(await check(page)).map((f) => `${name}: ${f}`));
	await shot(page, `advisor-${name}`, { full: true });
};

before(async () => { server = await startServer({ requests: 200 }); base = server.base; });
after(async () => { for (const b of browsers) await b.close(); await server?.stop(); });

test("a plan is compared with another; its author does not approve it, another does, and the contracts are there", async () => {
	const page = await person("official", {}, "/plans");
	await look(page, "05-plans");
	await submit(page, 'main table a:has-text("续聘优先")');
	await submit(page, 'main .chips a, main nav a:has-text("只看路程")');
	await said(page, /两个方案有 \d+ 个村（社区）的顾问不同/);
	plan = page.url();
	await look(page, "06-compare");
	assert.equal(await page.locator('main button:has-text("审定，签合同")').count(), 0);
	await submit(page, 'main table a[href*="/plans/"]:has-text("社区")');
	await said(page, /全方案多出的分钟[^]*✓/);
	await look(page, "06b-why");
	const second = await person("official2");
	await second.goto(plan.replace(/\?.*/, ""));
	await submit(second, 'main button:has-text("审定，签合同")');
	await said(second, /已审定，合同已签好/);
	await look(second, "07-approved");
	await second.goto(`${base}/desk/advisors/plans`);
	await second.fill("[name=name]", "再排一次");
	await second.fill("[name=place]", "320508");
	await submit(second, "main form .buttons button.primary");
	await said(second, /没有在这段时间还缺法律顾问的村/);
	second.complaints.length = 0;
});

test("a dismissed adviser leaves a gap, which a new contract closes", async () => {
	const page = await person("official");
	await page.goto(`${base}/desk/advisors`);
	await said(page, /99\.9%/);
	await look(page, "01-city");
	await submit(page, 'main a[href*="show=gaps"]');
	await look(page, "02-gaps");
	await submit(page, 'main table a[href*="/desk/advisors/new?village="]');
	await page.fill("[name=licence]", "YS-V0001");
	await page.fill("[name=fee]", "9999");
	await submit(page, "main form .buttons button.primary");
	await said(page, /每村每年不少于 10000 元/);
	page.complaints.length = 0;                                          // that it was refused
	await look(page, "03-refused");
	await page.fill("[name=fee]", "10000");
	await submit(page, "main form .buttons button.primary");
	await said(page, /履行中/);
	await said(page, /提前终止 · 无故缺席/);
	const village = page.url();
	await page.fill("[name=day]", "2026-06-30");
	await submit(page, 'form[action$="/absence"] button.primary');
	await said(page, /无故缺席满 3 次可以解除合同/);
	await page.check("[name=why][value=absent]");
	await page.fill("[name=last]", "2026-07-31");
	await submit(page, 'form[action$="/end"] button.primary');
	await said(page, /记下的无故缺席还不到 3 次/);
	page.complaints.length = 0;
	await look(page, "04-contract");
	await page.goto(`${base}/desk/advisors`);
	await said(page, /100\.0%/);
	assert.ok(village);
});

test("a closed score opens to its records, what is odd is looked at, an appeal is decided by another, the village answers", async () => {
	const lawyer = await person("lawyer", { viewport: { width: 390, height: 844 } }, "/scores?period=20261");
	await look(lawyer, "12-own");
	let open;
	for (const href of await lawyer.locator('main table a[href^="/desk/advisors/scores/"]').evaluateAll((v) => v.map((a) => a.href))) {
		await lawyer.goto(href);
		if (/等待决定/.test(await lawyer.innerText("main"))) open = href.replace(base, "");
	}
	assert.ok(open, "the demonstration has an appeal that waits");
	const closer = await person("official", { viewport: { width: 1440, height: 900 } }, "/scores?place=320506000000&period=20261");
	await said(closer, /等待决定的申诉/);
	await look(closer, "13-scores");
	await closer.goto(base + open);
	await said(closer, /请另一个人决定/);
	const second = await person("official2", { viewport: { width: 1440, height: 900 } }, "/scores/findings?place=320506000000&period=20261");
	await submit(second, "main table a");
	await look(second, "14-odd");
	await second.check("[name=deed][value=dismiss]");
	await submit(second, "main form .buttons button.primary");
	assert.equal(await second.locator("main .error").count() > 0, true);
	second.complaints.length = 0;
	await second.fill("[name=why]", "那天站里开早会");
	await submit(second, "main form .buttons button.primary");
	await said(second, /没有问题/);
	await second.goto(base + open);
	await second.check("[name=deed][value=mend]");
	await second.fill("[name=marks]", "9");
	await second.fill("[name=words]", "核对了站里的记录");
	await look(second, "15-appeal");
	await submit(second, 'form[action*="/decide"] button.primary');
	await said(second, /已更正/);
	await closer.goto(base + open.replace("20261", "20262&item=survey"));
	await submit(closer, 'main a[href*="/answer"]');
	for (const [name, value] of [["punctual", "5"], ["useful", "4"], ["plain", "5"], ["keep", "yes"]]) await closer.check(`[name=${name}][value="${value}"]`);
	await look(closer, "16-answer");
	await submit(closer, "main form .buttons button.primary");
	await said(closer, /已经填好/);
	await closer.goto(base + open.replace("20261", "20262&item=survey"));
	await said(closer, /网页上填的/);
});

test("by phone, in English, large, without JavaScript: the town's list, the register, the import, the point's page", async () => {
	const phone = await person("clerk", { viewport: { width: 390, height: 844 } }, "?place=320508");
	await submit(phone, "main table a");
	await look(phone, "08-phone-town");
	const english = await person("official", { viewport: { width: 1440, height: 900 } }, "/people?lang=en");
	await look(english, "09-people");
	await english.goto(`${base}/desk/advisors/import`);
	await english.setInputFiles("[name=csv]", { name: "a.csv", mimeType: "text/csv",
		buffer: Buffer.from("village,licence,from,to,hours,fee,duties\n320508001001,YS-V0001,2026-01-01,2026-12-31,8,12000,advice\n") });
	await submit(english, "main form .buttons button.primary");
	english.complaints.length = 0;
	await look(english, "10-import");
	const plain = await person(null, { javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
	await plain.goto(`${base}/points?place=320506100201&elder=1`);
	const link = await plain.locator('main a[href^="/points/"]').first().getAttribute("href");
	await plain.goto(base + link);
	await said(plain, /法律顾问/);
	await shot(plain, "advisor-11-point", { full: true });
});

test("what was seen on the way is sound", () => assert.deepEqual(findings, []));
