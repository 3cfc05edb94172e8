// `leidraad/dossier` in Node: the module is read beside this file.

import * as core from 'leidraad:node';
import { DOSSIER } from 'leidraad:dossier-file';
import { dossiers } from './index.js';

const { load, work } = dossiers(core, async () => WebAssembly.compile(await core.bytes(DOSSIER.url())));
export const { LeidraadError } = core;
export { load, work };
