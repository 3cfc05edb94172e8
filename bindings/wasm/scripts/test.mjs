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

/** Runs test files, so many at once. */
function pass(names, concurrency) {
  if (names.length === 0) return true;
  const args = ['--test', `--test-concurrency=${concurrency}`, '--test-reporter=spec', ...names.map((name) => join('tests', name))];
  const { status } = spawnSync(process.execPath, args, { cwd: here, stdio: 'inherit', env: { ...process.env, LEIDRAAD_CASES: cases, LEIDRAAD: join(target, 'debug', 'leidraad') } });
  return status === 0;
}

// what is measured runs alone
const measured = (name) => name.startsWith('measure');
const passed = [pass(tests.filter((name) => !measured(name)), 2), pass(tests.filter(measured), 1)];
process.exit(passed.every(Boolean) ? 0 : 1);
