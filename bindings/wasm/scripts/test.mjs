// npm test: the cases from the command first, then every test, and the measurements at the end.

import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(dirname(fileURLToPath(import.meta.url)));
const root = dirname(dirname(here));
const run = (command, args) => execFileSync(command, args, { cwd: root, maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'inherit'] });
const { target_directory: target } = JSON.parse(run('cargo', ['metadata', '--locked', '--no-deps', '--format-version', '1']));
const cases = join(target, 'npm', 'cases.jsonl');
writeFileSync(cases, run('cargo', ['run', '--quiet', '--locked', '-p', 'leidraad-cli', '--', 'test', 'rules', '--format', 'json']));

const only = process.argv.slice(2);
const tests = readdirSync(join(here, 'tests')).filter((name) => name.endsWith('.test.mjs') && (only.length === 0 || only.some((part) => name.includes(part))));
const { status } = spawnSync(process.execPath, ['--test', '--test-concurrency=2', '--test-reporter=spec', ...tests.map((name) => join('tests', name))], {
  cwd: here,
  stdio: 'inherit',
  env: { ...process.env, LEIDRAAD_CASES: cases },
});
process.exit(status ?? 1);
