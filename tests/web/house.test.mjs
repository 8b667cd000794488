// Do the checks see a fault, and do the public pages have none?
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { browserStart, markupFaults, pageFaults, serverStart } from './lib.mjs';

const PAGES = ['/', '/ask', '/points', '/desk/login'];
const SIZES = [[320, 640], [390, 844], [1024, 768], [1440, 900]];

let browser;
before(async () => { browser = await browserStart(); });
after(async () => { await browser?.close(); });

async function faultsOf(html) {
	const page = await browser.newPage({ viewport: { width: 320, height: 640 } });
	await page.setContent(html);
	const faults = await pageFaults(page, html);
	await page.close();
	return faults;
}

const whole = (body) => `<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>页面</title><meta name="viewport" content="width=device-width">
</head><body><main><h1>标题</h1>${body}</main></body></html>
`;

test('a sound page has no fault', async () => {
	assert.deepEqual(await faultsOf(whole('<p>正文</p>')), []);
});

test('planted: a picture without words is seen by axe', async () => {
	const faults = await faultsOf(whole('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">'));
	assert.ok(faults.some((f) => f.startsWith('axe image-alt')), faults.join('\n'));
});

test('planted: a page wider than the screen', async () => {
	const faults = await faultsOf(whole('<div style="width:900px">宽</div>'));
	assert.ok(faults.some((f) => f.startsWith('sideways')), faults.join('\n'));
});

test('planted: a duplicate id is seen by html-validate', async () => {
	assert.ok((await markupFaults(whole('<p id="a">x</p><p id="a">y</p>'))).some((f) => f.includes('no-dup-id')));
});

describe('public pages', () => {
	let server;
	before(async () => { server = await serverStart(); });
	after(async () => { await server?.stop(); });
	for (const path of PAGES) {
		for (const [width, height] of SIZES) {
			test(`${path} at ${width}x${height}`, async () => {
				const context = await browser.newContext({ viewport: { width, height } });
				const page = await context.newPage();
				const answer = await page.goto(server.url + path);
				assert.equal(answer.status(), 200);
				assert.deepEqual(await pageFaults(page, width === 320 ? await answer.text() : undefined), []);
				await context.close();
			});
		}
	}
});
