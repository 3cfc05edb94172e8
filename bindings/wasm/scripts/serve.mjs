// Serves the package and its example pages on localhost, each page with a strict Content-Security-Policy.
//
//   npm start              http://localhost:8080/
//   PORT=9000 npm start

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { dirname, extname, join, normalize, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(dirname(fileURLToPath(import.meta.url)));

const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.json': 'application/json; charset=utf-8', '.wasm': 'application/wasm', '.svg': 'image/svg+xml' };

/** What each page may do, by the name that tests give in `?csp=`. */
const page = (script, more = '') =>
  `default-src 'none'; script-src 'self'${script}; worker-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'${more}`;
const TRUSTED = "; require-trusted-types-for 'script'; trusted-types leidraad";
export const POLICIES = {
  wasm: page(" 'wasm-unsafe-eval'", TRUSTED),
  strict: page('', TRUSTED),
  none: undefined,
};

/** The worker carries a policy of its own: the page may forbid WebAssembly. */
export const WORKER_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

/** Only what is meant for the public. */
const PUBLIC = ['dist', 'examples', 'tests/pages'];

/**
 * @param {{port?: number, files?: Map<string, {type: string, body: string | Buffer}>}} options `files` are served instead of
 *   those on disk, for tests
 */
export async function serve({ port = 0, files = new Map() } = {}) {
  const server = createServer(async (request, response) => {
    try {
      await answer(request, response, files);
    } catch (error) {
      response.writeHead(error.code === 'ENOENT' ? 404 : 500, { 'content-type': 'text/plain' }).end(error.code === 'ENOENT' ? 'not found' : 'error');
    }
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return { url: `http://localhost:${server.address().port}/`, close: () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }) };
}

async function answer(request, response, files) {
  const url = new URL(request.url, 'http://localhost');
  if (request.method === 'POST' && url.pathname === '/examples/ontvangst') return receive(request, response);
  if (request.method !== 'GET' && request.method !== 'HEAD') return response.writeHead(405).end();
  if (url.pathname === '/') return response.writeHead(302, { location: '/examples/index.html' }).end();
  const path = decodeURIComponent(url.pathname);
  const headers = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
  if (path === '/favicon.ico') return response.writeHead(204, headers).end();
  const given = files.get(path);
  const file = normalize(join(here, path));
  if (!given && !PUBLIC.some((folder) => file.startsWith(join(here, folder) + sep))) return response.writeHead(404).end('not found');
  headers['content-type'] = given?.type ?? TYPES[extname(file)] ?? 'application/octet-stream';
  const policy = path === '/dist/worker.js' ? WORKER_POLICY : headers['content-type'].startsWith('text/html') ? POLICIES[url.searchParams.get('csp') ?? 'wasm'] : undefined;
  if (policy) headers['content-security-policy'] = policy;
  const body = given?.body ?? (await readFile(file));
  response.writeHead(200, headers).end(body);
}

/** What a server does with a bound form: evaluate the same answers again, and compare. */
async function receive(request, response) {
  let body = '';
  for await (const chunk of request) {
    body += chunk;
    if (body.length > 1_000_000) return response.writeHead(413).end();
  }
  const sent = new URLSearchParams(body);
  const { load } = await import(pathToFileURL(join(here, 'dist', 'node.js')));
  let lines;
  try {
    const about = JSON.parse(sent.get('leidraad_case') ?? '{}');
    const rules = await (await load()).open(String(about.rule_set));
    const text = rules.evaluateText(sent.get('leidraad_answers') ?? '{}', { authority: about.authority, on: about.on, today: about.today });
    const same = text === sent.get('leidraad_assessment');
    lines = [same ? 'De server komt op dezelfde uitkomst, byte voor byte.' : 'De server komt op een andere uitkomst.', text];
  } catch (error) {
    response.writeHead(400);
    lines = [`Niet te beoordelen: ${error.message}`];
  }
  response.setHeader('content-type', 'text/plain; charset=utf-8');
  response.setHeader('x-content-type-options', 'nosniff');
  response.end(`${lines.join('\n\n')}\n`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { url } = await serve({ port: Number(process.env.PORT ?? 8080) });
  console.log(`vragenlijsten en formulieren op ${url}  (stoppen met Ctrl+C)`);
}
