// `leidraad/dossier` in a browser or worker. The module is fetched beside this file when the first dossier is made or read.

import * as core from 'leidraad:web';
import { DOSSIER } from 'leidraad:dossier-file';
import { dossiers } from './index.js';

const { load, work } = dossiers(core, () => core.compile(String(DOSSIER.url()), DOSSIER.integrity));
export const { LeidraadError } = core;
export { load, work };
