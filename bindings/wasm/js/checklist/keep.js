// Keep a case and go on with it later: in this browser when people ask for it, and as a file.

import { alert, details, field, group, h, p, primary, secondary } from './dom.js';
import { later } from './why.js';

/** Dossiers, reports and calendars: loaded when somebody asks for one. */
export const loadDossier = () => import('leidraad:checklist-dossier');
/** What there is to do where one dossier is open and another comes in. */
export const loadChains = () => import('leidraad:checklist-chains');

export function keepPage(app) {
  const { t } = app.words;
  const { sub } = app;
  const file = h('input', { type: 'file', accept: '.json,application/json', onchange: () => bring() });
  const outcome = h('div', null);
  async function bring() {
    const [chosen] = file.files;
    if (!chosen) return;
    const failed = chosen.size > 16 << 20 ? 'tooLarge' : await app.bring(await chosen.text()).catch((error) => app.fail(error));
    file.value = '';
    if (failed) outcome.replaceChildren(alert('error', p(t(`file_${failed}`))));
    if (failed) app.say(t(`file_${failed}`));
  }
  return [
    app.heading(t('keep')),
    p(t('neverSent')),
    app.store && [sub(t('inThisBrowser')), app.store.on
      ? [p(t('isKept', app.caseName)), secondary(t('removeIt'), () => app.unkeep())]
      : [p(t('mayKeep')), primary(t('keepIt'), () => app.keepHere())]],
    details(t('dossier'), () => later(app, async () => (await loadDossier()).part(app)), { open: app.own.dossier }),
    sub(t('asFile')),
    p(t('asFileMeans')),
    group(primary(t('downloadCase'), () => { download(`${app.fileName}-zaak.json`, app.text()); app.kept(); }),
      secondary(t('downloadAnswers'), () => download(`${app.fileName}-antwoorden.json`, `${app.answersText()}\n`))),
    sub(t('fromFile')),
    outcome,
    field(app.id('file'), t('fromFileLabel'), file),
    sub(t('startAgain')),
    p(t('startAgainMeans')),
    secondary(t('startAgain'), () => app.restart()),
  ];
}

/** A file of this page's own making; nothing leaves the browser. */
export function download(name, text, type = 'application/json') {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = h('a', { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
