// The engine in the page where its policy allows that, else in a worker. What fails leaves the form as it was.

import { load } from '../dist/web.js';

export async function rules(id) {
  try {
    return await (await load()).open(id);
  } catch (error) {
    if (error.code !== 'blocked') throw error;
    const worker = await import('../dist/worker-client.js');
    return (await worker.load({ worker: new URL('../dist/worker.js', import.meta.url) })).open(id);
  }
}
