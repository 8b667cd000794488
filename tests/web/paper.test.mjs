// Issued papers: on the page of their case, as PDF, the same bytes each time; a changed register is told; the resident's own.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { check, login, openPage, shot, startBrowser, startServer } from "./lib.mjs";

let server, base, browser, page, paper;
/** One row of the database that is served, as fields. */
const sql = (text) => execFileSync("sqlite3", ["-cmd", ".timeout 5000", join(server.state, "zhaofa.db"), text], { encoding: "utf8" }).trim().split("|");
const words = (pdf) => execFileSync("pdftotext", ["-layout", "-", "-"], { input: pdf, encoding: "utf8" });
const fine = async (name) => {
	for (const [width, height] of [[390, 844], [1024, 768]]) {
		await page.setViewportSize({ width, height });
		await shot(page, `${name}-${width}`, { full: true });
	}
	assert.deepEqual(await check(page), []);
};

before(async () => {
	server = await startServer({ requests: 300 });
	base = server.base;
	browser = await startBrowser();
	page = await openPage(browser.context);
	const [request, id, number] = sql("SELECT request, id, number FROM paper WHERE kind = 'legalaid.received' ORDER BY id LIMIT 1");
	paper = { request, id, number, address: `/desk/request/${request}/paper/${id}` };
});
after(async () => {
	await browser?.close();
	await server?.stop();
});

test("the case lists its papers, and each opens as a PDF, twice the same bytes", async () => {
	await login(page, base, "official", "yanshi-2026");
	await page.goto(`${base}/desk/request/${paper.request}`);
	const row = page.locator("tr", { hasText: paper.number });
	assert.equal(await row.count(), 1);
	assert.equal(await row.locator("a").getAttribute("href"), paper.address);
	await fine("paper-case");
	const first = await browser.context.request.get(base + paper.address), again = await browser.context.request.get(base + paper.address);
	assert.equal(first.status(), 200);
	assert.equal(first.headers()["content-type"], "application/pdf");
	assert.equal(first.headers()["content-disposition"], "inline");
	assert.match(first.headers()["content-security-policy"], /default-src 'self'/);
	const bytes = await first.body();
	assert.ok(bytes.equals(await again.body()));
	assert.ok(words(bytes).includes(paper.number));
	assert.ok(words(bytes).includes("法律援助申请材料接收凭证"));
	assert.equal(sql(`SELECT copies FROM paper WHERE id = ${paper.id}`)[0], "2");
});

test("another case's address does not lead to it, nor does it open without a log-in", async () => {
	const [other] = sql(`SELECT id FROM request WHERE id <> ${paper.request} LIMIT 1`);
	assert.equal((await browser.context.request.get(`${base}/desk/request/${other}/paper/${paper.id}`)).status(), 404);
	const stranger = await fetch(base + paper.address, { redirect: "manual" });
	assert.notEqual(stranger.status, 200);
});

test("a changed register is told, and nothing is printed", async () => {
	sql(`UPDATE paper SET number = '320500示字〔2026〕第99号' WHERE id = ${paper.id}`);
	const answer = await browser.context.request.get(base + paper.address);
	assert.equal(answer.status(), 409);
	assert.match(await answer.text(), /保存的文书与出具时的不一致/);
	sql(`UPDATE paper SET number = '${paper.number}' WHERE id = ${paper.id}`);
	assert.equal((await browser.context.request.get(base + paper.address)).status(), 200);
});

test("the resident finds it on the page of the receipt", async () => {
	const answer = await fetch(`${base}/api/v1/requests`, {
		method: "POST",
		headers: { "Idempotency-Key": crypto.randomUUID().replaceAll("-", ""), "Content-Type": "application/json" },
		body: JSON.stringify({ topic: "wage_arrears", detail: "三个月没有发工资了。", place: "320506100006", applicant: "person",
			caller: "self", name: "沈文书", phone: "19900001234" }),
	});
	const { id, code } = await answer.json();
	assert.equal(answer.status, 201);
	const [request] = id ? [id] : sql("SELECT id FROM request ORDER BY id DESC LIMIT 1");
	sql(`UPDATE paper SET request = ${request} WHERE id = ${paper.id}`);
	await page.goto(`${base}/r/${code}`);
	await page.goto(`${base}/my`);
	const link = page.locator("main a", { hasText: "法律援助申请材料接收凭证" });
	assert.equal(await link.count(), 1);
	await fine("paper-my");
	const pdf = await browser.context.request.get(base + (await link.getAttribute("href")));
	assert.equal(pdf.headers()["content-type"], "application/pdf");
	assert.ok(words(await pdf.body()).includes(paper.number));
	assert.equal((await browser.context.request.get(`${base}/my/paper/ABCD-EFGH-JKMN-PQRS`)).status(), 404);
});

test("whoever holds a paper can ask whether it is one", async () => {
	const [code] = sql(`SELECT code FROM paper WHERE id = ${paper.id}`);
	await page.goto(`${base}/p/${code}`);
	assert.match(await page.innerText("main"), /现在有效/);
	assert.ok((await page.innerText("main")).includes(paper.number));
	await fine("paper-check");
	sql(`UPDATE paper SET void_ms = at_ms + 1, void_reason = '测试' WHERE id = ${paper.id}`);
	await page.goto(`${base}/p/${code}`);
	assert.match(await page.innerText("main"), /已经作废/);
	page.complaints.length = 0;
	assert.equal((await fetch(`${base}/p/ABCD-EFGH-JKMN-PQRS`)).status, 404);
});
