// The half-hour circle by hand: the map by mode and hour, a gap opened, a pin moved, a proposal kept and registered, the
// report printed, and a resident who finds the nearest open point.  Over a rough made-up network (示范路网).
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { check, login, openPage, shot, startBrowser, startServer } from "./lib.mjs";

const PASSWORD = "yanshi-2026";
const program = process.env.ZHAOFA_PROGRAM ?? new URL("../../build/zhaofa", import.meta.url).pathname;
let server, base, browser, page;

before(async () => {
	server = await startServer({ requests: 300 });
	base = server.base;
	const net = join(server.state, "made.net");
	execFileSync(program, ["circle", "synth", "--seed", "1", "--grain", "4", "--out", net], { stdio: "ignore" });
	execFileSync(program, ["circle", "build", "--net", net, "--mode", "ebike", "--out", join(server.state, "circle.net")], { stdio: "ignore" });
	browser = await startBrowser({ viewport: { width: 1440, height: 900 } });
	page = await openPage(browser.context);
	await login(page, base, "official", PASSWORD);
});
after(async () => { await browser?.close(); await server?.stop(); });

const fine = async (name, options) => {
	await shot(page, `circle-${name}`, { full: true });
	assert.deepEqual(await check(page, options), [], name);
	page.complaints.length = 0;
};
/** Looked at; the crawl checks these pages. */
const seen = (name) => shot(page, `circle-${name}`, { full: true });
const stat = async (i) => parseFloat((await page.locator(".stat b").nth(i).innerText()).replaceAll(",", ""));
const ready = () => page.waitForSelector("#circle-live[data-ready]");
const press = (selector) => Promise.all([page.waitForNavigation(), page.click(selector)]);

test("the map follows the mode and the hour, and says whose network it is", async () => {
	await page.goto(`${base}/desk/circle`);
	await ready();
	assert.match(await page.textContent("h1 + *, .over, main"), /示范路网/);
	const morning = await stat(0);
	await page.selectOption("#circle-filter select[name=tier]", "town");
	await page.fill("#circle-filter input[name=time]", "19:00");
	await press("#circle-filter button[type=submit]");
	await ready();
	const evening = await stat(0), shut = await stat(2);
	assert.ok(evening < morning && shut > 0, `${morning} % at ten, ${evening} % at seven, ${shut} shut`);
	await page.selectOption("#circle-filter select[name=mode]", "foot");
	await press("#circle-filter button[type=submit]");
	await ready();
	assert.ok(await stat(0) < evening && await stat(1) > 0);
	assert.ok(await page.locator("#circle-live canvas").count() > 0);
	assert.match(await page.textContent("main"), /在岗未知/);
	assert.match(await page.textContent("main"), /审图号/);
	await fine("map");
});

test("a gap opens to its village: why, and what is near by every mode", async () => {
	const [link] = await page.$$('table a[href*="/desk/circle/village/"]');
	await Promise.all([page.waitForNavigation(), link.click()]);
	assert.match(await page.textContent(".notice"), /时限内没有站点|站点此时不开门|附近没有道路/);
	for (const way of ["步行", "骑电动自行车", "开车"]) assert.ok(await page.locator("h2", { hasText: way }).count() > 0, way);
	await seen("village");
});

test("a pin is dragged and the figures follow; without JavaScript it is typed", async () => {
	await page.goto(`${base}/desk/circle/pin?mode=ebike&tier=town&day=2&time=19:00`);
	await ready();
	await page.locator(".circle-pin").scrollIntoViewIfNeeded();
	const box = await page.locator(".circle-pin").boundingBox();
	const times = [];
	await page.mouse.move(box.x + 11, box.y + 11);
	await page.mouse.down();
	for (let i = 1; i <= 8; i++) {
		await page.mouse.move(box.x + 11 + i * 6, box.y + 11 + i * 3);
		await page.waitForTimeout(60);
		const ms = await page.locator("#circle-live").getAttribute("data-ms");
		if (ms) times.push(+ms);
	}
	await page.mouse.up();
	await page.waitForFunction(() => document.querySelector("#after-in").textContent !== "—");
	console.log(`# from the drag to the figures: ${times.sort((a, b) => a - b)} ms (under the tests' instruments)`);
	const [now, then] = await page.evaluate(() => [...document.querySelectorAll("#after-covered")].flatMap((c) => [...c.closest("tr").cells].slice(1).map((d) => +d.textContent.replaceAll(",", ""))));
	assert.ok(then >= now, `${now} before, ${then} after`);
	const lon = await page.inputValue("#pin-form input[name=lon]"), lat = await page.inputValue("#pin-form input[name=lat]");
	assert.match(lon, /^12[01]\.\d{6}$/);
	const dragged = await page.textContent("#after-covered");
	await fine("pin");

	const plain = await startBrowser({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
	const other = await openPage(plain.context);
	await login(other, base, "official", PASSWORD);
	await other.goto(`${base}/desk/circle/pin?mode=ebike&tier=town&day=2&time=19:00`);
	await other.fill("#pin-form input[name=lon]", lon);
	await other.fill("#pin-form input[name=lat]", lat);
	await Promise.all([other.waitForNavigation(), other.click("#pin-form button[type=submit]")]);
	assert.equal(await other.textContent("#after-covered"), dragged, "typed and dragged agree");
	assert.ok(await other.locator("svg path.pin").count() === 1);
	await shot(other, "circle-pin-plain", { full: true });
	await plain.close();
});

test("a station for three villages, and nobody left out: each goal says what it promises", async () => {
	const site = `${base}/desk/circle/site?mode=ebike&tier=town&day=2&time=19:00&k=6`;
	await page.goto(`${site}&goal=room`);
	assert.match(await page.textContent("main"), /每个新站点最多管 3 个村/);
	assert.match(await page.textContent("main"), /怎么选都不会超过 [\d,]+ 人/);
	assert.equal(await page.locator("#accept").count(), 1);
	assert.equal(await page.inputValue("#site-form select[name=goal]"), "room");
	await page.goto(`${site}&minutes=45&goal=all`);
	assert.match(await page.textContent("main"), /已证明：少于 \d+ 个|少于 \d+ 个，一定|至少要再建 \d+ 个/);
	await shot(page, "circle-site-all", { full: true });
	await page.goto(`${site}&goal=centre`);
	assert.match(await page.textContent("main"), /最远的村（社区）从 .+ 分钟变成 [\d.]+ 分钟|至少要再建 \d+ 个|这样算不过来/);
});

test("six more points: a proposal with its bound is kept as a plan, compared, and registered by who may", async () => {
	await page.goto(`${base}/desk/circle/site?mode=ebike&tier=town&day=2&time=19:00&k=6`);
	assert.match(await page.textContent("main"), /再建 6 个点，30 分钟内多覆盖 [\d,]+ 人/);
	assert.match(await page.textContent("main"), /怎么选都不会超过 [\d,]+ 人/);
	await page.fill("#accept input[name=name]", "六个夜间点");
	await press("#accept button[type=submit]");
	assert.match(page.url(), /\/desk\/circle\/plan\/\d+$/);
	const plan = page.url();
	assert.equal(await page.locator("svg path.pin").count(), 6);
	assert.match(await page.textContent("main"), /和存方案时一样/);
	await page.goto(`${base}/desk/circle/site?mode=ebike&tier=town&day=2&time=19:00&k=3`);
	await page.fill("#accept input[name=name]", "三个夜间点");
	await press("#accept button[type=submit]");
	await page.selectOption("select[name=with]", { label: "六个夜间点" });
	await press("form[action*='/desk/circle/plan/'] button[type=submit]");
	const inside = await page.evaluate(() => [...document.querySelectorAll("td")].find((c) => c.textContent.trim() === "在圈内的人").closest("tr").innerText.match(/[\d,]{4,}/g).map((s) => +s.replaceAll(",", "")));
	assert.equal(inside.length, 3);
	assert.ok(inside[0] < inside[1] && inside[1] < inside[2], `${inside}`);
	assert.equal(await page.locator("#draft").count(), 0, "an official of figures does not register points");
	await seen("plans");

	const admin = await startBrowser();
	const other = await openPage(admin.context);
	await login(other, base, "admin", PASSWORD);
	await other.goto(plan);
	await other.fill("#draft input[name=opened]", "2026-09-01");
	await Promise.all([other.waitForNavigation(), other.click("#draft button[type=submit]")]);
	assert.match(await other.textContent("main"), /已经登记为拟建/);
	await admin.close();
	await page.goto(plan);
	assert.match(await page.textContent("main"), /存方案以后变过/, "the register has changed since");
});

test("the report prints, and comes as a workbook", async () => {
	await page.goto(`${base}/desk/circle/report?place=320506000000&tier=town&day=2&time=19:00`);
	await seen("report");
	assert.ok((await page.pdf({ format: "A4" })).length > 20000);
	const answer = await page.request.get(`${base}/desk/circle/report.xlsx?place=320506000000&tier=town`);
	assert.equal(answer.status(), 200);
	assert.equal((await answer.body()).subarray(0, 2).toString(), "PK");
	await page.goto(`${base}/desk/circle/towns`);
	await seen("towns");
});

test("a month's figures are kept, and come out again to the last digit", async () => {
	await page.goto(`${base}/desk/circle/months?tier=town&day=2&time=19:00`);
	await press("#keep button[type=submit]");
	assert.match(await page.textContent("main"), /已重算，一个数都不差/);
	await seen("month");
	await page.goto(`${base}/desk/circle/months?tier=town&day=2&time=19:00`);
	await press("#keep button[type=submit]");
	assert.match(await page.textContent("main"), /本月已经存过/);
	page.complaints.length = 0; // the browser calls the 409 an error
});

test("a resident finds the nearest open point in at most two taps, by the phone or by the village", async () => {
	const phone = await startBrowser({ viewport: { width: 390, height: 844 }, geolocation: { longitude: 120.62, latitude: 31.31 },
		permissions: ["geolocation"] });
	page = await openPage(phone.context);
	const asked = [];
	page.on("request", (r) => asked.push(r));
	await page.goto(base);
	await press("#points [data-here] button");
	assert.equal(new URL(page.url()).pathname, "/points/here");
	assert.match(await page.locator(".station .state").first().innerText(), /现在开门.*骑电动自行车 \d+ 分钟/s);
	assert.match(await page.locator(".station").first().innerText(), /开到 \d\d:\d\d/);
	assert.ok(asked.every((r) => !/120\.62/.test(r.url())), "the position stands in no address");
	assert.ok(!(await phone.context.cookies()).some((c) => /120\.62/.test(c.value)));
	assert.ok(!/120\.62/.test(server.log()), "nor in the log");
	await shot(page, "circle-here", { full: true });
	await page.goto(`${base}/points?place=320505001002&mode=foot`);
	assert.match(await page.locator(".station .state").first().innerText(), /步行 \d+ 分钟/);
	await fine("near");
	await phone.close();
});

test("other programs get coverage, the nearest and the reach as JSON", async () => {
	const ask = async (path) => { const r = await fetch(`${base}/api/v1/circle/${path}`); return { status: r.status, said: await r.json() }; };
	const cover = await ask("coverage?tier=town&day=2&time=19:00");
	assert.equal(cover.status, 200);
	assert.equal(cover.said.provider.kind, "syn");
	assert.equal(cover.said.staffed, "unknown");
	assert.equal(cover.said.places.reduce((n, p) => n + p.figures.covered, 0), cover.said.all.covered);
	const near = await ask("nearest?place=320505001002&mode=foot");
	assert.ok(near.said.points.every((p, i, v) => i === 0 || v[i - 1].seconds_high <= p.seconds_high));
	const area = await ask("isochrone?place=320505001002&minutes=15");
	assert.equal(area.said.geometry.type, "MultiPolygon");
	assert.equal((await ask("isochrone?minutes=15")).status, 422);
});
