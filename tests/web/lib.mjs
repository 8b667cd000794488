// lib: a real server over a small demonstration, a real browser, and what is asked of every page.
//
//   const server = await serverStart();      server.url, await server.stop()
//   const browser = await browserStart();    playwright's Browser
//   await pageFaults(page)                   [] or one line per fault: axe, sideways scroll, html-validate
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { HtmlValidate } from 'html-validate';
import { chromium } from 'playwright-core';

const run = promisify(execFile);
const require = createRequire(import.meta.url);
const program = process.env.ZHAOFA_PROGRAM;

export const NOW = '2026-06-30T09:00+08:00';

async function portFree() {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.on('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const { port } = server.address();
			server.close(() => resolve(port));
		});
	});
}

async function waitHealthy(url, child) {
	for (let i = 0; i < 300; i++) {
		if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
		try {
			if ((await fetch(`${url}/healthz`)).ok) return;
		} catch {
			// not listening yet
		}
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
	throw new Error('no answer from /healthz');
}

// A server of its own, with a database of its own; stop() wants it to leave with 0.
export async function serverStart({ requests = 200, seed = 1, now = NOW } = {}) {
	if (!program) throw new Error('ZHAOFA_PROGRAM names no program');
	const state = await mkdtemp(path.join(tmpdir(), 'zhaofa-web-'));
	const db = `sqlite:${state}/zhaofa.db`;
	await run(program, ['demo', '--state', state, '--db', db, '--seed', String(seed), '--requests', String(requests)],
		{ maxBuffer: 1 << 26 });
	const port = await portFree();
	const url = `http://127.0.0.1:${port}`;
	const child = spawn(program, ['serve', '--state', state, '--db', db, '--port', String(port), '--now', now],
		{ stdio: ['ignore', 'ignore', 'pipe'] });
	let log = '';
	child.stderr.on('data', (data) => { log = (log + data).slice(-20000); });
	const ended = new Promise((resolve) => child.on('exit', (code, signal) => resolve(code ?? signal)));
	try {
		await waitHealthy(url, child);
	} catch (error) {
		child.kill('SIGKILL');
		throw new Error(`${error.message}\n${log}`);
	}
	return {
		url,
		db,
		state,
		log: () => log,
		async stop() {
			child.kill('SIGTERM');
			const code = await ended;
			await rm(state, { recursive: true, force: true });
			if (code !== 0) throw new Error(`the server ended with ${code}\n${log}`);
		},
	};
}

export async function browserStart() {
	return chromium.launch({
		executablePath: '/usr/bin/chromium',
		args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
			'--disable-background-networking', '--disable-component-update', '--disable-sync'],
	});
}

const validator = new HtmlValidate({
	extends: ['html-validate:recommended'],
	rules: { 'no-trailing-whitespace': 'off', 'long-title': 'off' },
});

export async function markupFaults(html) {
	const report = await validator.validateString(html);
	return report.results.flatMap((result) => result.messages)
		.map((m) => `html-validate ${m.ruleId} ${m.line}:${m.column} ${m.message}`);
}

let axeSource;

async function axeFaults(page) {
	axeSource ??= await readFile(require.resolve('axe-core/axe.min.js'), 'utf8');
	await page.evaluate(axeSource); // past the page's CSP, which allows no script of ours in the markup
	const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
	const result = await page.evaluate((values) => window.axe.run(document, { runOnly: { type: 'tag', values } }), tags);
	return result.violations.flatMap((v) => v.nodes.map((n) => `axe ${v.id} ${n.target.join(' ')}`));
}

// What is asked of every page.  html: the answer as sent; without it the markup is not judged.
export async function pageFaults(page, html) {
	const faults = await axeFaults(page);
	const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
	if (wide > 0) faults.push(`sideways scroll of ${wide} px`);
	return faults.concat(html ? await markupFaults(html) : []);
}
