// The command beside the package: what one makes the other accepts.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'leidraad-'));

/** Runs the command in a folder of its own; what it printed, and how it ended. */
export function command(...args) {
  const { status, stdout, stderr } = spawnSync(process.env.LEIDRAAD, args, { encoding: 'utf8', cwd: folder, env: { ...process.env, LEIDRAAD_BY: 'C. Commando' } });
  return { status, stdout, stderr };
}

/** What the command prints when all is well. */
export function right(...args) {
  const { status, stdout, stderr } = command(...args);
  assert.equal(status, 0, `${args.join(' ')}\n${stdout}${stderr}`);
  return stdout;
}

/** Where a file of that folder is. */
export const place = (name) => join(folder, name);

/** Writes a file there, and gives its name. */
export function file(name, text) {
  writeFileSync(place(name), text);
  return name;
}

export const written = (name) => readFileSync(place(name), 'utf8');

/** What the command says of a dossier that nobody touched. */
export const verified = (text, ...args) => JSON.parse(right('dossier', 'verify', file('zaak.json', text), '--format', 'json', ...args));
