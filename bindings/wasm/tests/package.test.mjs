// What is in the package: sizes, hashes, exports, and what must not be in it.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const here = fileURLToPath(new URL('..', import.meta.url));
const dist = join(here, 'dist');
const names = readdirSync(dist, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(dist.length + 1));
const sizes = JSON.parse(readFileSync(join(here, 'sizes.json'), 'utf8'));
const integrity = JSON.parse(readFileSync(join(dist, 'integrity.json'), 'utf8'));

test('each file is within its size', () => {
  const loaded = names.filter((name) => /\.(js|css|wasm|json)$/.test(name) && !['node.js', 'dossier-node.js', 'integrity.json', 'rules/index.json', 'compare/index.json'].includes(name));
  assert.ok(loaded.length >= 12, loaded.join());
  const tooLarge = [];
  for (const name of loaded) {
    const { aim, ceiling } = sizes[name] ?? sizes[`${name.split('/')[0]}/`] ?? assert.fail(`${name} is not in sizes.json`);
    const size = gzipSync(readFileSync(join(dist, name)), { level: 9 }).length;
    console.log(`${String(size).padStart(7)} of ${ceiling}${aim < ceiling ? `, aim ${aim}` : ''}  ${name}`);
    if (size > ceiling) tooLarge.push(`${name}: ${size} bytes gzip -9, at most ${ceiling}`);
  }
  assert.deepEqual(tooLarge, []);
});

test('the hashes are those of the files', () => {
  const loaded = names.filter((name) => /\.(js|css|wasm)$/.test(name) || (/^(rules|compare)\//.test(name) && !name.endsWith('/index.json')));
  assert.deepEqual(Object.keys(integrity).sort(), loaded.sort());
  for (const [name, { integrity: hash }] of Object.entries(integrity)) {
    assert.equal(hash, `sha384-${createHash('sha384').update(readFileSync(join(dist, name))).digest('base64')}`, name);
  }
});

test('nothing makes code or markup of a text', () => {
  for (const name of names.filter((name) => name.endsWith('.js'))) {
    const text = readFileSync(join(dist, name), 'utf8');
    for (const bad of [/\beval\s*\(/, /\bFunction\s*\(/, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|srcdoc|setHTMLUnsafe/, /setAttribute\(["']style/, /https?:\/\//]) {
      assert.doesNotMatch(text, bad, name);
    }
  }
});

test('every export is there', async () => {
  const { exports } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));
  const targets = Object.values(exports).flatMap((target) => (typeof target === 'string' ? [target] : Object.values(target)));
  for (const target of targets.filter((target) => !target.includes('*'))) assert.ok(readFileSync(join(here, target)).length > 0, target);
  const require = createRequire(import.meta.url);
  assert.ok(require.resolve('leidraad/rules/evenementen/melding.json').endsWith('melding.json'));
  assert.ok(require.resolve('leidraad/engine.wasm').endsWith('engine.wasm'));
  assert.equal(typeof (await import('leidraad')).load, 'function');
});

test('what is packed is what a site needs', () => {
  const [{ files }] = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json'], { cwd: here, stdio: ['ignore', 'pipe', 'ignore'] }));
  const packed = files.map(({ path }) => path).sort();
  assert.deepEqual(packed, ['ACCESSIBILITY.md', 'README.md', 'package.json', ...names.map((name) => `dist/${name}`)].sort());
});

test('the types accept right code and refuse wrong code, under --strict', () => {
  execFileSync(process.execPath, [join(here, 'node_modules/typescript/bin/tsc'), '-p', join(here, 'tests/types')], { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
});
