// The browser harness: a server over a seeded database, chromium, and check(), which a page must pass.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";
import { HtmlValidate } from "html-validate/node";

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const NOW = "2026-06-30T09:00+08:00"; // the demonstration's today, as in ./run

// ---- the server ------------------------------------------------------------------------------------

const freePort = () => new Promise((done, fail) => {
	const s = createServer();
	s.once("error", fail);
	s.listen(0, "127.0.0.1", () => { const { port } = s.address(); s.close(() => done(port)); });
});

const run = async (program, args) => {
	const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
	let said = "";
	child.stdout.on("data", (d) => { said += d; });
	child.stderr.on("data", (d) => { said += d; });
	const [code] = await once(child, "exit");
	if (code !== 0) throw new Error(`${args[0]} ended with ${code}: ${said.slice(-2000)}`);
	return said;
};

/**
 * Fills `state` with a demonstration, by ZHAOFA_DEMO_PROGRAM where that is set. ZHAOFA_DEMOS names a folder that keeps
 * each for the next test: the same seed and number make the same one, so it is copied.
 */
async function demonstrate(program, state, seed, requests) {
	const make = (folder) => run(process.env.ZHAOFA_DEMO_PROGRAM ?? program, ["demo", "--state", folder, "--db", `sqlite:${join(folder, "zhaofa.db")}`,
		"--seed", String(seed), "--requests", String(requests)]);
	if (!process.env.ZHAOFA_DEMOS) return make(state);
	const kept = join(process.env.ZHAOFA_DEMOS, `${seed}-${requests}`);
	if (!existsSync(kept)) {
		const fresh = mkdtempSync(`${kept}-`);
		await make(fresh);
		try { renameSync(fresh, kept); } catch { rmSync(fresh, { recursive: true }); } // another test was first
	}
	cpSync(kept, state, { recursive: true });
}

/**
 * A running program over a demonstration of its own; base is its address.  ZHAOFA_BASE names one that
 * runs already, ZHAOFA_PROGRAM the program (build/zhaofa).  stop() ends it and removes its state; stop({ keep: true })
 * leaves it for another startServer({ state }), which may show another day.
 */
export async function startServer({ requests = 300, seed = 1, now = NOW, state: kept } = {}) {
	if (process.env.ZHAOFA_BASE) return { base: process.env.ZHAOFA_BASE, stop: async () => {} };
	const program = process.env.ZHAOFA_PROGRAM ?? new URL("../../build/zhaofa", import.meta.url).pathname;
	const state = kept ?? mkdtempSync(join(tmpdir(), "zhaofa-web-"));
	const db = `sqlite:${join(state, "zhaofa.db")}`;
	const port = await freePort();
	if (!kept) await demonstrate(program, state, seed, requests);
	const child = spawn(program, ["serve", "--state", state, "--db", db, "--port", String(port), "--now", now],
		{ stdio: ["ignore", "inherit", "pipe"] });
	let log = "";
	child.stderr.on("data", (d) => { log = (log + d).slice(-20000); });
	const base = `http://127.0.0.1:${port}`;
	const stop = async ({ keep = false } = {}) => {
		if (child.exitCode === null) { child.kill("SIGTERM"); await once(child, "exit"); }
		if (!keep) rmSync(state, { recursive: true, force: true });
	};
	for (let i = 0; i < 200; i++) {
		if (child.exitCode !== null) throw new Error(`serve ended with ${child.exitCode}: ${log}`);
		try { if ((await fetch(`${base}/healthz`)).ok) return { base, stop, state, log: () => log }; } catch { /* not yet */ }
		await new Promise((done) => setTimeout(done, 50));
	}
	await stop();
	throw new Error(`the server does not answer: ${log}`);
}

// ---- the browser -----------------------------------------------------------------------------------

let shared, users = 0;

/**
 * A browser with nothing in it: cookies, cache and storage of its own, in one chromium that ends with its last user.
 * javaScriptEnabled, viewport … are context options.
 */
export async function startBrowser(options = {}) {
	users += 1;
	shared ??= chromium.launch({
		executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
		headless: true,
		args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
			"--disable-background-networking", "--disable-component-update", "--disable-sync"],
	});
	const context = await (await shared).newContext({ viewport: { width: 1024, height: 768 }, locale: "zh-CN", ...options });
	const close = async () => {
		await context.close();
		if (--users > 0) return;
		const last = shared;
		shared = undefined;
		await (await last).close();
	};
	return { context, close };
}

/** A page that remembers what the console and the network said against it. */
export async function openPage(context) {
	const page = await context.newPage();
	page.complaints = [];
	page.on("console", (m) => { if (m.type() === "error") page.complaints.push(`console: ${m.text()}`); });
	page.on("pageerror", (e) => page.complaints.push(`script: ${e.message}`));
	return page;
}

/** Log in through the form at /desk/login. */
export async function login(page, base, name, password) {
	await page.goto(`${base}/desk/login`);
	await page.fill('input[name="login"]', name);
	await page.fill('input[name="password"]', password);
	await Promise.all([page.waitForNavigation(), page.click("main button[type=submit]")]);
	if (new URL(page.url()).pathname === "/desk/login") throw new Error(`${name} was not let in`);
}

/** The name of who is logged in, as the head of the page shows it. */
export const self = (page) => page.locator('.me a[href="/desk/account"]').innerText();

// ---- what a page must pass -----------------------------------------------------------------------------

const validator = new HtmlValidate({
	extends: ["html-validate:recommended"],
	elements: ["html5"],
	rules: {
		"no-trailing-whitespace": "off",  // written by a program, nobody reads it
		"long-title": "off",              // a title may hold a case's name
		"form-dup-name": ["error", { allowArrayBrackets: true, shared: ["radio", "checkbox", "submit", "button"] }],
		"no-inline-style": "error",
		"require-sri": "off",             // same origin, named by hash
		"tel-non-breaking": "off",
		"svg-focusable": "off",
		"no-redundant-role": "error",
		"void-style": "off",
		"doctype-style": "off",
		"attribute-boolean-style": "off",
		"attribute-empty-style": "off",
	},
});

/** Findings of html-validate in this markup, one line each. */
export function validateHtml(html) {
	const report = validator.validateStringSync(html);
	return report.results.flatMap((r) => r.messages.filter((m) => m.severity === 2).map((m) =>
		`html: ${m.ruleId}: ${m.message} (${m.line}:${m.column}) ${html.slice(Math.max(0, m.offset - 40), m.offset + 60).replace(/\s+/g, " ")}`));
}

/**
 * Findings of axe: WCAG A and AA, and best practice.  It needs timers, so a page with JavaScript.  Style sheets are read
 * a second time for one rule only (a locked orientation), so that is left to ZHAOFA_LOOKS=all.
 */
export async function axe(page) {
	await page.evaluate(axeSource);
	const run = page.evaluate(async (preload) => (await globalThis.axe.run(document, {
		preload,
		runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
		resultTypes: ["violations"],
	})).violations.map((v) => ({ id: v.id, nodes: v.nodes.map((n) => `${n.target.join(" ")} ${n.any[0]?.message ?? n.failureSummary}`) })),
	process.env.ZHAOFA_LOOKS === "all");
	const late = new Promise((_, fail) => { setTimeout(fail, 60000, new Error("axe does not end: has the page JavaScript?")).unref(); });
	const violations = await Promise.race([run, late]);
	return violations.flatMap((v) => v.nodes.slice(0, 5).map((n) => `axe: ${v.id}: ${n.slice(0, 240)}`));
}

/** Pixels by which the page is wider than a window of 320; the widest culprits named. */
export async function tooWide(page, width = 320) {
	const before = page.viewportSize();
	await page.setViewportSize({ width, height: 720 });
	const found = await page.evaluate((w) => {
		if (document.scrollingElement.scrollWidth <= w) return [];
		return [...document.body.querySelectorAll("*")].filter((el) => el.getBoundingClientRect().right > w + 1)
			.slice(0, 4).map((el) => `${el.tagName.toLowerCase()}.${el.getAttribute("class") ?? ""} ${Math.round(el.getBoundingClientRect().right)}`);
	}, width);
	await page.setViewportSize(before);
	return found.map((f) => `wide: at ${width} px: ${f}`);
}

/** All of it for the page that is open, which was asked for by GET; an empty list is a pass. */
export async function check(page, { html = true } = {}) {
	const findings = [];
	if (html) {
		const answer = await page.request.get(page.url());
		findings.push(...validateHtml(await answer.text()));
	}
	findings.push(...await axe(page));
	findings.push(...await tooWide(page));
	findings.push(...page.complaints);
	return findings;
}

const LOOKS = [["zh", "lang=zh&elder=0"], ["en", "lang=en&elder=0"], ["elder", "lang=zh&elder=1"]];

/**
 * The looks, as [name, query], in which the i-th page of a list is checked: Chinese, and English or large letters in turn.
 * ZHAOFA_LOOKS=all: every page in every look (tests/long/looks).
 */
export const looksOf = (i) => (process.env.ZHAOFA_LOOKS === "all" ? LOOKS : [LOOKS[0], LOOKS[1 + i % 2]]);

/** A picture under SHOTS (nothing when that is not set). */
export async function shot(page, name, { full = false } = {}) {
	const folder = process.env.SHOTS;
	if (!folder) return;
	if (!existsSync(folder)) mkdirSync(folder, { recursive: true });
	await page.screenshot({ path: join(folder, `${name}.png`), fullPage: full });
}
