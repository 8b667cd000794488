// Every page that the program has, opened once by somebody who may: the program itself lists its routes, links lead
// to them, and a page that no link of no role leads to is a fault, as is any finding in any of them.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";
import { check, login, openPage, shot, startBrowser, startServer } from "./lib.mjs";

const ROLES = ["", "station", "clerk", "hotline", "lawyer", "director", "official", "admin", "auditor"];
const SEEDS = { "": ["/", "/gallery", "/desk/login"], admin: ["/desk/people"], auditor: ["/desk/audit"], official: ["/desk/figures"],
	hotline: ["/desk", "/desk/search?q=260630"] };
// answers that are no pages of their own: parts of one, tables to download, files as they were sent
const PARTS = ["/feed/point/{code}", "/feed/village/{code}", "/desk/duty/point/{code}/poster.pdf", "/desk/duty/village/{code}/poster.pdf",
	"/desk/register/persons.csv", "/desk/register/persons.xlsx", "/desk/register/bodies.csv", "/desk/register/bodies.xlsx",
	"/desk/register/scan/{id}", "/desk/circle/report.xlsx", "/desk/advisors.csv", "/desk/advisors.xlsx", "/desk/advisors/scores.csv", "/desk/advisors/scores.xlsx",
	"/desk/queue", "/desk/request/{id}/panel", "/desk/figures.csv", "/desk/orders.csv", "/desk/request/{id}/file/{n}",
	"/desk/policy/{package}/text", "/desk/policy/{package}/version/{id}/whatif.csv", "/desk/policy/{package}/version/{id}/whatif.xlsx",
	"/desk/request/{id}/paper/{paper}", "/desk/request/{id}/writing/{writing}/preview", "/my/legalaid/calendar.ics",
	"/desk/texts/{kind}/{name}/version/{id}/print.pdf", "/desk/figures/legalaid.csv", "/desk/figures/legalaid.xlsx",
	"/desk/figures/complaints.csv", "/desk/figures/complaints.xlsx",
	"/desk/figures/mediation.csv", "/desk/figures/mediation.xlsx"];
// opened by the test of the hand that leads there: portal.test.mjs with a receipt in hand
const BY_HAND = ["/desk/duty/swap/{id}", // of what was asked: duty.test.mjs
	"/desk/circle/plan/{id}", "/desk/circle/month/{id}", // of what was kept: circle.test.mjs
	"/my/receipt", "/my/paper/{code}", "/p/{code}", "/r/{code}", "/v/{code}", "/ask/where", "/ask/who", "/ask/check",
	"/desk/request/{id}/return", "/desk/follow-up/{id}", // these two: story.test.mjs
	"/desk/request/{id}/resume", // of what stands still: clock.test.mjs
	"/desk/request/{id}/judged/{decision}", // of cases the rules were asked about: judge.test.mjs
	"/desk/request/{id}/writing/{writing}", // of cases that a paper is written for: writing.test.mjs
	"/desk/texts/{kind}/{name}/version/{id}", // of texts that somebody changed: writing.test.mjs
	"/desk/orders/mine", // of who has orders to answer: supervise.test.mjs
	"/desk/request/{id}/letter", // of what went out of the city: cooperate.test.mjs
	"/my/mediation", // with a receipt: mediation.test.mjs
	"/my/legalaid", "/my/legalaid/form", "/desk/request/{id}/legalaid/form", // with a receipt, and before a decision: aid.test.mjs
	"/desk/roster/{id}/compare", // of two versions of a month: duty.test.mjs
	"/desk/legalaid/duty/{id}", // of who was on duty: aid_counter.test.mjs
	"/c/{code}", "/desk/complaint/given", // with the code of a complaint: complaint.test.mjs
	"/feed/{token}", // a calendar, by an address that its owner makes: notify.test.mjs
	"/gallery/trouble"]; // answers 503, as it should: gallery.test.mjs
// addresses of one route that are looked through for links, in each role: cases stand in many states
const enough = (route) => (route?.path === "/desk/request/{id}" ? 12 : 3);

const program = process.env.ZHAOFA_PROGRAM ?? new URL("../../build/zhaofa", import.meta.url).pathname;
const answers = execFileSync(program, ["routes"], { encoding: "utf8" }).trim().split("\n").map((line) => line.split("\t"))
	.map(([method, path, right, kind]) => ({ method, path, right, kind })).filter((r) => r.method === "GET" && r.kind === "page");
const routes = answers.filter((r) => !PARTS.includes(r.path));

const weight = (r) => r.path.split("/").map((s) => (s.startsWith("{") ? "1" : "0")).join("");
const matches = (r, path) => {
	const a = r.path.split("/"), b = path.split("/");
	return a.length === b.length && a.every((s, i) => s.startsWith("{") || s === b[i]);
};
/** The route of an address, as the program matches it: words before names. */
const routeOf = (path) => answers.filter((r) => matches(r, path)).sort((a, b) => weight(a).localeCompare(weight(b)))[0];

let server;
const seen = new Set();
before(async () => { server = await startServer({ requests: 400 }); });
after(async () => { await server?.stop(); });

const linksOf = (html) => [...html.matchAll(/<a [^>]*href="(\/[^"#]*)/g)].map((m) => m[1].replaceAll("&amp;", "&"))
	.filter((link) => !/[?&](lang|elder)=|^\/static\//.test(link)); // what changes the looks is no page of its own

/** Addresses that links lead to in this browser, one for each route not seen yet; dead links go to `findings`. */
async function explore(context, role, findings) {
	const queue = [...SEEDS[role] ?? ["/desk"]];
	const count = new Map(), first = new Map(), from = new Map(queue.map((address) => [address, "the test"]));
	while (queue.length > 0) {
		const address = queue.shift();
		const route = routeOf(address.split("?")[0]);
		if ((count.get(route) ?? 0) >= enough(route)) continue;
		const answer = await context.request.get(server.base + address, { maxRedirects: 0 });
		if (answer.status() >= 400 && address !== "/gallery/trouble") findings.push(`${from.get(address)} leads to ${address}: ${answer.status()}`);
		if (answer.status() !== 200 || !routes.includes(route)) continue;
		count.set(route, (count.get(route) ?? 0) + 1);
		if (!first.has(route)) first.set(route, address);
		for (const link of linksOf(await answer.text()))
			if (!from.has(link)) { from.set(link, address); queue.push(link); }
	}
	return [...first].filter(([route]) => !seen.has(route.path));
}

for (const role of ROLES)
	test(`no finding in what ${role || "anybody"} opens`, async () => {
		const browser = await startBrowser();
		const page = await openPage(browser.context);
		if (role !== "") await login(page, server.base, role, "yanshi-2026");
		const findings = [];
		for (const [route, address] of await explore(browser.context, role, findings)) {
			seen.add(route.path);
			page.complaints.length = 0;
			await page.goto(server.base + address);
			findings.push(...(await check(page)).map((f) => `${route.path} ${address}: ${f}`));
			await shot(page, `crawl${route.path.replace(/\W+/g, "-")}`, { full: true });
		}
		await browser.close();
		assert.deepEqual(findings, []);
	});

test("links lead to every page", () => {
	assert.ok(routes.length > 50, `${routes.length} routes`);
	const never = routes.map((r) => r.path).filter((p) => !seen.has(p) && !BY_HAND.includes(p));
	assert.deepEqual(never, []);
});
