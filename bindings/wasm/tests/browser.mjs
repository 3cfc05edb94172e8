// Chromium for tests: one browser a file, a page of its own for each test, and no request that leaves localhost.

import { after, before } from 'node:test';
import { chromium } from 'playwright-core';
import { serve } from '../scripts/serve.mjs';

export const FORBIDDEN = /Content Security Policy|Trusted Type/i;

/** @returns an object with `url`, and `open(path)` that gives a page whose errors are collected in `page.problems` */
export function inChromium(options = {}) {
  const own = { files: new Map(), ...options };
  let browser;
  let server;
  before(async () => {
    server = await serve({ files: own.files });
    own.url = server.url;
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });
  own.open = async (path, context = {}) => {
    const page = await (await browser.newContext({ locale: 'nl-NL', ...context })).newPage();
    page.setDefaultTimeout(10_000);
    page.problems = [];
    page.requests = [];
    page.on('pageerror', (error) => page.problems.push(String(error)));
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && page.problems.push(message.text()));
    page.on('request', (request) => page.requests.push(request.url()));
    await page.goto(new URL(path, own.url).href);
    return page;
  };
  /** A page of the test's own, with this as its body. */
  own.html = (body, { csp = 'wasm', context } = {}) => {
    own.files.set('/tests/pages/eigen.html', { type: 'text/html; charset=utf-8', body: `<!doctype html><html lang="nl"><meta charset="utf-8"><title>Proef</title><body>${body}</body></html>` });
    return own.open(`/tests/pages/eigen.html?csp=${csp}`, context);
  };
  return own;
}
