// Writes dist/: the engine, the rule sets, the modules, their types and their hashes.
//
//   npm run build           all of it
//   npm run build -- js     only what esbuild makes, when the engine and rule sets are there already

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { authorities, page } from './compare.mjs';

const here = dirname(dirname(fileURLToPath(import.meta.url)));
const root = dirname(dirname(here));
const dist = join(here, 'dist');
const modules = { web: 'js/web.js', node: 'js/node.js', worker: 'js/worker.js', 'worker-client': 'js/worker-client.js', form: 'js/form/index.js', 'form-lists': 'js/form/lists.js', checklist: 'js/checklist/index.js', 'checklist-en': 'js/checklist/texts/en.js', 'checklist-de': 'js/checklist/texts/de.js', 'checklist-lists': 'js/checklist/lists.js', 'checklist-official': 'js/checklist/official.js', 'checklist-dossier': 'js/checklist/dossier.js', 'checklist-chains': 'js/checklist/chains.js', dossier: 'js/dossier/web.js', 'dossier-node': 'js/dossier/node.js' };
/** The modules of WebAssembly, with the crate that each is made of. */
const wasm = { engine: 'leidraad-wasm', dossier: 'leidraad-wasm-dossier' };
/** What is copied as it is. */
const styles = { 'checklist.css': 'js/checklist/checklist.css' };

/** Features that the stable compiler uses; wasm-opt must know them. */
const FEATURES = ['bulk-memory', 'multivalue', 'mutable-globals', 'nontrapping-float-to-int', 'reference-types', 'sign-ext'];

/** What makes the engine smaller: loops as they are written, SHA-256 in a loop, and no paths of this machine in it. */
const RUSTFLAGS = [
  '-Cllvm-args=-disable-lsr',
  '--cfg=sha2_backend_soft="compact"',
  `--remap-path-prefix=${process.env.CARGO_HOME ?? join(homedir(), '.cargo')}/registry/src=crates`,
];
const OPTIMISE = ['-Oz', '--strip-debug', '--strip-producers'];

const run = (command, args, options = {}) => execFileSync(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1 << 28, ...options });
const target = () => JSON.parse(run('cargo', ['metadata', '--locked', '--no-deps', '--format-version', '1']).toString()).target_directory;
const integrity = (bytes) => `sha384-${createHash('sha384').update(bytes).digest('base64')}`;

/** The version of a package in a Cargo.lock. */
function locked(folder, name) {
  const lock = readFileSync(join(folder, 'Cargo.lock'), 'utf8');
  return new RegExp(`name = "${name}"\nversion = "([^"]+)"`).exec(lock)?.[1];
}

function webAssembly(work) {
  const [ours, theirs] = [locked(root, 'wasm-bindgen'), locked(join(here, 'pack'), 'wasm-bindgen-cli-support')];
  if (ours !== theirs) throw new Error(`wasm-bindgen ${ours} needs wasm-bindgen-cli-support ${ours} in bindings/wasm/pack, which has ${theirs}`);
  const flags = `target.wasm32-unknown-unknown.rustflags=${JSON.stringify(RUSTFLAGS)}`;
  const pack = join(work, '..', 'pack');
  run('cargo', ['build', '--locked', '--manifest-path', join(here, 'pack', 'Cargo.toml'), '--target-dir', pack]);
  for (const [name, crate] of Object.entries(wasm)) {
    // each by itself: together they would share the features of the library
    run('cargo', ['build', '--locked', '--config', flags, '-p', crate, '--profile', 'wasm', '--target', 'wasm32-unknown-unknown']);
    const built = crate.replaceAll('-', '_');
    run(join(pack, 'debug', 'leidraad-pack'), [join(work, '..', 'wasm32-unknown-unknown', 'wasm', `${built}.wasm`), work]);

    const packed = readFileSync(join(work, `${built}_bg.wasm`));
    const small = join(work, `${createHash('sha256').update(packed).update(OPTIMISE.join()).digest('hex')}.wasm`);
    if (!existsSync(small)) {
      const args = [...FEATURES.map((feature) => `--enable-${feature}`), ...OPTIMISE];
      run(process.execPath, [join(here, 'node_modules/binaryen/bin/wasm-opt'), join(work, `${built}_bg.wasm`), ...args, '-o', small]);
    }
    cpSync(small, join(dist, `${name}.wasm`));
  }
}

const command = (...args) => run('cargo', ['run', '--quiet', '--locked', '-p', 'leidraad-cli', '--', ...args]).toString();

/** Every rule set of the catalogue as one JSON file. */
function rules() {
  const list = JSON.parse(command('list', '--format', 'json'));
  for (const { id } of list) {
    const file = join(dist, 'rules', `${id}.json`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, command('bundle', id));
  }
  writeFileSync(join(dist, 'rules', 'index.json'), JSON.stringify(list.map(({ id, title }) => ({ id, title })), null, 2));
}

/** All authorities of a rule set side by side, where there are two or more; on the day of building. */
function comparisons() {
  const list = JSON.parse(command('list', '--format', 'json')).filter((one) => authorities(one).length > 1);
  for (const one of list) {
    const file = join(dist, 'compare', `${one.id}.json`);
    const layers = JSON.parse(readFileSync(join(dist, 'rules', `${one.id}.json`), 'utf8'));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(page(one, layers, JSON.parse(command('compare', '--all', one.id, '--format', 'json')))));
  }
  writeFileSync(join(dist, 'compare', 'index.json'), JSON.stringify(list.map(({ id, title }) => ({ id, title })), null, 2));
}

/** Where each file is and what it must hash to; the addresses are written out, so that bundlers find them. */
function files() {
  const hash = (file) => JSON.stringify(integrity(readFileSync(join(dist, file))));
  const url = (file) => `() => new URL(${JSON.stringify(`./${file}`)}, import.meta.url)`;
  const entry = ({ id, title }) => {
    const file = `rules/${id}.json`;
    return `[${JSON.stringify(id)}, { title: ${JSON.stringify(title)}, integrity: ${hash(file)}, url: ${url(file)} }]`;
  };
  const list = JSON.parse(readFileSync(join(dist, 'rules', 'index.json'), 'utf8'));
  return `export const ENGINE = { integrity: ${hash('engine.wasm')}, url: ${url('engine.wasm')} };
export const RULES = new Map([${list.map(entry).join(',\n')}]);`;
}

/** Where the module of dossiers is. */
const dossierFile = () => `export const DOSSIER = { integrity: ${JSON.stringify(integrity(readFileSync(join(dist, 'dossier.wasm'))))}, url: () => new URL("./dossier.wasm", import.meta.url) };`;

/** The glue of wasm-bindgen keeps one instance for ever. Not called at once, it is a maker of instances. */
function glue(work, crate) {
  const text = readFileSync(join(work, `${crate.replaceAll('-', '_')}.js`), 'utf8');
  const [begin, end] = ['let wasm_bindgen = (function(exports) {', '})({ __proto__: null });'];
  if (!text.startsWith(begin) || !text.trimEnd().endsWith(end)) throw new Error('the glue of wasm-bindgen looks otherwise than expected');
  const body = text.slice(begin.length, text.lastIndexOf(end));
  return `export const instance = (exports = { __proto__: null }) => {${body}};`;
}

const virtual = (contents) => ({
  name: 'leidraad',
  setup(builder) {
    // other modules of the package stay files of their own: loaded once, by whoever needs them first
    builder.onResolve({ filter: /^leidraad:(web|node|worker-client|dossier|checklist-(..|lists|official|dossier|chains))$/ }, ({ path }) => ({ path: `./${path.slice('leidraad:'.length)}.js`, external: true }));
    builder.onResolve({ filter: /^leidraad:/ }, ({ path }) => ({ path, namespace: 'leidraad' }));
    builder.onLoad({ filter: /./, namespace: 'leidraad' }, ({ path }) => ({ contents: contents[path](), resolveDir: here }));
  },
});

async function scripts(work) {
  await build({
    absWorkingDir: here,
    entryPoints: modules,
    outdir: dist,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    external: ['node:*'],
    plugins: [virtual({ 'leidraad:glue': () => glue(work, wasm.engine), 'leidraad:dossier-glue': () => glue(work, wasm.dossier), 'leidraad:files': files, 'leidraad:dossier-file': dossierFile })],
    logLevel: 'warning',
  });
  cpSync(join(here, 'types'), dist, { recursive: true });
  for (const [name, file] of Object.entries(styles)) cpSync(join(here, file), join(dist, name));
}

/** The hashes for `integrity` attributes, and the sizes. */
function hashes() {
  const listed = (folder) => JSON.parse(readFileSync(join(dist, folder, 'index.json'), 'utf8')).map(({ id }) => `${folder}/${id}.json`);
  const names = [...Object.keys(wasm).map((name) => `${name}.wasm`), ...Object.keys(modules).map((name) => `${name}.js`), ...Object.keys(styles), ...listed('rules'), ...listed('compare')];
  const entries = names.map((name) => {
    const bytes = readFileSync(join(dist, name));
    return [name, { integrity: integrity(bytes), bytes: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length }];
  });
  writeFileSync(join(dist, 'integrity.json'), `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`);
  for (const [name, { bytes, gzip }] of entries) console.log(`${String(gzip).padStart(7)} gzip -9  ${String(bytes).padStart(8)} bytes  ${name}`);
}

const work = join(target(), 'npm');
mkdirSync(work, { recursive: true });
if (process.argv[2] !== 'js') {
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  webAssembly(work);
  rules();
  comparisons();
}
await scripts(work);
hashes();
console.log(`written: ${relative(process.cwd(), dist) || '.'}`);
