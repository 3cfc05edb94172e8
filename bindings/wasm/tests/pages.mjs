// A form and rules to try the binding on.

/** Rules with every kind of question; the ids include names that a prototype has. */
export const RULES = {
  leidraad: 1,
  id: 'proef/formulier',
  title: 'Proef',
  sources: { s: { kind: 'example', title: 'Voorbeeld' } },
  questions: [{ section: 'Feiten', items: [
    { id: 'soort', ask: 'Wat is het?', type: 'choice', options: { feest: { label: 'Feest' }, markt: { label: 'Markt' } }, sources: ['s'] },
    { id: 'aantal', ask: 'Hoeveel personen?', type: 'integer', min: 0, max: 10000, unit: 'personen', sources: ['s'] },
    { id: 'bedrag', ask: 'Hoeveel euro?', type: 'decimal', step: 0.01, min: 0, max: 100000, sources: ['s'] },
    { id: 'dag', ask: 'Op welke dag?', type: 'date', sources: ['s'] },
    { id: 'tijd', ask: 'Hoe laat?', type: 'time', sources: ['s'] },
    { id: 'muziek', ask: 'Is er muziek?', type: 'boolean', sources: ['s'] },
    { id: 'volume', ask: 'Hoe hard?', type: 'integer', min: 0, max: 200, when: { muziek: 'ja' }, sources: ['s'] },
    { id: 'delen', ask: 'Welke delen?', type: 'choice', several: 'heaviest', options: { a: { label: 'Deel a', points: 1 }, b: { label: 'Deel b', points: 2 }, c: { label: 'Deel c', points: 3 } }, sources: ['s'] },
    { id: 'constructor', ask: 'Wie bouwt <b>het</b> op?', type: 'boolean', required: false, not_applicable: true, sources: ['s'] },
  ] }],
  decisions: {
    punten: { title: 'Punten', points: ['delen'], sources: ['s'] },
    route: { title: 'Route', outcome: true, hit: 'first', outputs: { route: { options: { vrij: { label: 'Vrij' }, melding: { label: 'Melding <script>alert(1)</script>' }, vergunning: { label: 'Vergunning' } } } }, table: [
      'soort | aantal | bedrag | dag           | tijd    | muziek | volume | punten | constructor || route      || bron',
      'markt | -      | -      | -             | -       | -      | -      | -      | -           || vrij       || s',
      '-     | > 200  | -      | -             | -       | -      | -      | -      | -           || vergunning || s',
      '-     | -      | > 1000 | -             | -       | -      | -      | -      | -           || vergunning || s',
      '-     | -      | -      | >= 2027-01-01 | -       | -      | -      | -      | -           || vergunning || s',
      '-     | -      | -      | -             | > 22:00 | -      | -      | -      | -           || vergunning || s',
      '-     | -      | -      | -             | -       | ja     | > 80   | -      | -           || vergunning || s',
      '-     | -      | -      | -             | -       | -      | -      | >= 3   | -           || vergunning || s',
      '-     | -      | -      | -             | -       | -      | -      | -      | ja          || vergunning || s',
      '-     | -      | -      | -             | -       | -      | -      | -      | -           || melding    || s',
    ] },
  },
};

export const FORM = `
<form action="/nergens" method="post">
  <div class="v"><label for="soort">Wat is het?</label> <select id="soort" name="soort"><option value="">Kies</option><option value="feest">Feest</option><option value="markt">Markt</option><option value="weet_niet">Weet ik niet</option></select></div>
  <div class="v"><label for="aantal">Hoeveel personen?</label> <input id="aantal" name="aantal"><p data-leidraad-error="aantal"></p></div>
  <div class="v"><label for="bedrag">Hoeveel euro?</label> <input id="bedrag" name="bedrag"></div>
  <div class="v"><label for="dag">Op welke dag?</label> <input id="dag" name="dag"></div>
  <div class="v"><label for="tijd">Hoe laat?</label> <input id="tijd" name="tijd"></div>
  <fieldset class="v"><legend>Is er muziek?</legend>
    <label><input type="radio" name="muziek" value="ja"> Ja</label> <label><input type="radio" name="muziek" value="nee"> Nee</label></fieldset>
  <div class="v" id="hard"><label for="volume">Hoe hard?</label> <input type="number" id="volume" name="volume"></div>
  <fieldset class="v"><legend>Welke delen?</legend>
    <label><input type="checkbox" name="delen[]" value="a"> a</label> <label><input type="checkbox" name="delen[]" value="b"> b</label> <label><input type="checkbox" name="delen[]" value="c"> c</label></fieldset>
  <div class="v"><label><input type="checkbox" name="constructor" value="1"> Wie bouwt het op?</label></div>
  <p>Uitkomst: <span data-leidraad-outcome="route">nog niets</span>, <span data-leidraad-outcome="punten"></span></p>
  <button>Versturen</button>
</form>`;

/** Binds the form of a page; `window.binding` is the binding, `window.events` what was fired. */
export async function bind(page, options = '{}', rules = RULES) {
  await page.evaluate(async ([rules, options]) => {
    const [{ load }, { bindForm }] = await Promise.all([import('/dist/web.js'), import('/dist/form.js')]);
    const form = document.querySelector('form, .formulier');
    window.events = [];
    for (const name of ['ready', 'change', 'unavailable', 'error']) {
      form.addEventListener(`leidraad-${name}`, ({ detail }) => window.events.push([name, detail.error?.code ?? null]));
    }
    window.rules = (await load()).ruleSet(rules);
    // options with functions come as a module, as the policy forbids code from texts
    const given = typeof options === 'string' && options.startsWith('/') ? (await import(options)).default : JSON.parse(options);
    window.binding = bindForm(form, window.rules, given);
    await window.binding.ready;
  }, [rules, options]);
}
