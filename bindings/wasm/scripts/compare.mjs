// What the page of comparisons reads, from what `leidraad compare --all … --format json` writes.
//
// The command writes every row of every part: 12 MB for one rule set. The page shows the outcomes and the parameters, and
// of the cases with the same outcomes a few.

/** Most cases shown of each combination of outcomes. */
export const ROWS = 3;

/** The authorities of a rule set, as `leidraad list --format json` gives it. */
export const authorities = ({ layers }) => [...new Set(layers.map(({ authority }) => authority).filter(Boolean))];

/** The texts of questions and the titles of decisions, as the first layer that has them says it. */
function words(layers) {
  const [questions, decisions] = [new Map(), new Map()];
  const add = (map, id, text) => text && !map.has(id) && map.set(id, text);
  for (const layer of layers) {
    for (const { items = [] } of layer.questions ?? []) for (const { id, ask } of items) add(questions, id, ask);
    for (const [id, { title }] of Object.entries(layer.decisions ?? {})) add(decisions, id, title);
  }
  return { questions, decisions };
}

const fact = ({ question, text, sides }) => ({ question, text, ...(sides && { sides }) });

const row = ({ when, example }) => ({ when: when.map(fact), example: example.map(fact) });

const combination = ({ outcomes, share, rows, complete }) => ({
  outcomes: outcomes.map(({ status, text, missing }) => ({ status, text, silent: status === 'unregulated' || Boolean(missing) })),
  share,
  rows: rows.slice(0, ROWS).map(row),
  left: Math.max(0, rows.length - ROWS),
  complete,
});

/**
 * @param {{id: string, title: string}} ruleSet
 * @param {object[]} layers its layers, as `leidraad bundle` writes them
 * @param {object} found the comparison
 */
export function page({ id, title }, layers, found) {
  const { questions, decisions } = words([layers].flat());
  const used = new Set(found.decisions.flatMap((one) => one.combinations.flatMap(({ rows }) => rows.flatMap(({ when, example }) => [...when, ...example].map(({ question }) => question)))));
  return {
    rule_set: id,
    title,
    on: found.sides[0].on,
    sides: found.sides.map(({ name, title, notices = [] }) => ({ name, title, notices })),
    decisions: found.decisions.map(({ combinations, ...one }) => ({ ...one, combinations: combinations.map(combination) })),
    same: found.same.map((one) => decisions.get(one) ?? one),
    parameters: found.parameters.map(({ title, present, fields = [] }) => ({ title, present, texts: fields.find(({ field }) => field === 'waarde')?.texts, words: fields.find(({ field }) => field === 'in woorden')?.texts })).filter(({ texts, present }) => texts || present.includes(false)),
    questions: Object.fromEntries([...used].map((one) => [one, questions.get(one) ?? one])),
  };
}
