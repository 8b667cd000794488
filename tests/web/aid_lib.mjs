// People and steps of legal aid that several walks share: who logs in, a step by its address, an application brought to the
// institution.
import assert from "node:assert/strict";
import { login, openPage, startBrowser } from "./lib.mjs";

const PASSWORD = "yanshi-2026";
const TOWN = "320506100000";
const CHOICES = ["ground", "kind", "way", "result", "rate"];
export const PHONE = { viewport: { width: 390, height: 844 } };

export const submit = (page, selector = "main form .buttons button.primary") =>
	Promise.all([page.waitForNavigation(), page.click(selector)]);
export const said = async (page, words) => assert.match(await page.innerText("main"), words);

/** Everybody of one walk over the server at `base`; close() ends their browsers. */
export function aidPeople(base) {
	const browsers = [], pages = {};

	/** Their page; `as` tells a second browser of one login from the first. */
	const person = async (name, options, as = name) => {
		if (pages[as]) return pages[as];
		const browser = await startBrowser(options);
		browsers.push(browser);
		pages[as] = await openPage(browser.context);
		if (!name.startsWith("resident")) await login(pages[as], base, name, PASSWORD);
		return pages[as];
	};
	/** A step by its address; fields by name: true ticks, choices by value, the rest is typed. */
	const step = async (page, id, key, fields = {}) => {
		await page.goto(`${base}/desk/request/${id}/legalaid/do/${key}`);
		for (const [name, value] of Object.entries(fields)) {
			if (value === true) await page.check(`main [name=${name}]`);
			else if (CHOICES.includes(name)) await page.check(`main input[name=${name}][value=${value}]`);
			else await page.fill(`main [name=${name}]`, value);
		}
		await submit(page);
	};
	/** Asked for at the portal; number and code of the receipt. */
	const ask = async (page, name, idNumber) => {
		await page.goto(`${base}/ask?item=legal-aid`);
		await page.check('input[name=topic][value="wage_arrears"]').catch(() => {});
		await page.fill("textarea[name=detail]", "在工地干了四个月，工资一分没拿到。");
		await submit(page);
		await page.selectOption("select[name=town]", TOWN);
		await page.waitForSelector("select[name=village]");
		await submit(page);
		await page.check('input[name=naming][value="named"]');
		await page.fill("[name=name]", name);
		await page.fill("[name=phone]", "19900004321");
		await page.fill("[name=id_number]", idNumber);
		await submit(page);
		await submit(page);
		const number = await page.locator(".receipt .number").first().innerText();
		const code = await page.locator(".receipt .number.code").first().innerText();
		return { number, code };
	};
	/** The same, and the form filled in by a migrant worker whose wages were not paid. */
	const apply = async (page, name, idNumber) => {
		const receipt = await ask(page, name, idNumber);
		await page.goto(`${base}/my/legalaid/form`);
		await page.check('input[name=kind][value=civil]');
		await page.selectOption('select[name=matter]', 'wages');
		await submit(page);
		await page.check('input[name=status][value=migrant]');
		await page.check("[name=proof]");
		await page.fill("[name=household]", "3");
		await page.fill("[name=income]", "41234");
		await submit(page);
		await page.check("[name=confirmed]");
		await submit(page);
		return receipt;
	};
	/** To the institution's examiner, by the director of the county's centre; the case's id. */
	const toInstitution = async (number) => {
		const chief = await person("aid-director"), aid = await person("aid");
		await chief.goto(`${base}/desk/search?q=${number}`);
		const id = new URL(chief.url()).pathname.split("/")[3];
		await chief.goto(`${base}/desk/request/${id}/assign`);
		await chief.fill("[name=login]", "aid");
		await chief.fill("[name=reason]", "由法律援助机构审查");
		await submit(chief);
		await aid.goto(`${base}/desk/request/${id}`);
		await submit(aid, 'form[action$="/accept"] button');
		return id;
	};
	/** There, examined and granted. */
	const grant = async (number) => {
		const id = await toInstitution(number), chief = await person("aid-director"), aid = await person("aid");
		await aid.goto(`${base}/desk/request/${id}/legalaid/form`);
		await submit(aid);
		await step(chief, id, "grant", { words: "符合第四十二条，给予援助。" });
		return id;
	};
	const close = async () => { for (const b of browsers) await b.close(); };
	return { person, step, ask, toInstitution, apply, grant, close };
}
