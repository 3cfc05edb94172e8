// Another dossier comes in where one is open: does one go on with the other, or did they part? Whichever it is, neither is lost. Few
// people meet this, so it is a file of its own.

import { asCase, start, wordsOf } from 'leidraad:checklist-dossier';
import { canonical, chains } from './case.js';
import { group, p, primary, secondary } from './dom.js';
import { download } from './keep.js';
import TEXTS from './texts/chains.js';

const words = wordsOf(TEXTS);

/** What people filled in, whatever dossier it is in. */
const filled = ({ answers, assigned, signed }) => canonical({ answers, assigned, signed });

/** The case as it was when so many revisions had been recorded. */
async function stateAt(app, { text }, revisions) {
  const read = JSON.parse(text);
  return asCase(app, await (await start(app)).read(JSON.stringify({ ...read, revisions: read.revisions.slice(0, revisions) })));
}

/**
 * @param found the case that comes in, of a dossier or of a case file with one
 * @param instead puts it in the place of the one that is here
 */
export async function meet(app, found, instead) {
  const t = words(app);
  // nobody has checked that of a case file yet
  if (!found.told && !(await intact(app, found.dossier))) return app.notice('error', t('changed'));
  const { shared, ours, theirs } = chains(app.own.dossier, found.dossier);
  if (!shared) return choose(t('different'));
  const base = await stateAt(app, found.dossier, shared);
  if (ours > 0 && theirs > 0) {
    return choose(t('forked', shared, ours, theirs), async () => {
      app.remark = t('joinedWith', JSON.parse(found.dossier.text).revisions.at(-1).hash);
      await join(t('joined'));
    });
  }
  const unrecorded = ours === 0 && filled(app.own) !== filled(base);
  const brought = theirs === 0 && filled(found) !== filled(base);
  const told = [
    theirs > 0 ? t('continues', theirs) : ours > 0 ? t('older', ours) : t('same'),
    brought ? t('brought') : theirs === 0 && t('nothing'),
    unrecorded && t('unrecorded'),
  ].filter(Boolean).join(' ');
  if (theirs > 0 || brought) return join(told);
  return app.notice('info', told);

  /** What is there comes to what is here; where both say something else of the same, what is here stays. */
  async function join(text) {
    const list = app.clashes(await app.join(base, found));
    app.go('review');
    app.notice(list ? 'warning' : 'info', text, list && [p(t('clash')), list]);
    // what could not be checked of it
    if (found.told?.complete === false) found.told();
  }

  /** Neither comes in the place of the other unless people say so, and then what is here is in a file. */
  function choose(text, both) {
    const button = (kind, key, work) => kind(t(key), () => { note.remove(); return work().catch((error) => app.fail(error)); });
    const note = app.notice('warning', text, group(both && button(primary, 'join', both), button(secondary, 'instead', async () => {
      download(`${app.fileName}-zaak.json`, app.text());
      app.kept();
      await instead();
    })));
    note.querySelector('button').focus();
    return note;
  }
}

async function intact(app, { text }) {
  try {
    return (await (await (await start(app)).read(text)).verify({ rules: app.rules })).intact;
  } catch {
    return false;
  }
}
