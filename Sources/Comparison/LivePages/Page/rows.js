// The rows, by who gets them right, by label, by slice, and by what is searched for.

import {byID, make, table, row, listed} from './dom.js';
import * as slices from './slices.js';

/** Rows that are shown at once. */
const pageSize = 50;

let stored = null;
let shown = pageSize;

/** What a confusion cell asks for: a contestant and two labels; null for none. */
let cell = null;

/** Draws the choices of a task. */
export function begin(predictions) {
  stored = predictions;
  cell = null;
  const choices = stored.contestants.map((contestant, i) => {
    const select = make('select', {id: `verdict-${i}`},
      ...['either', 'right', 'wrong'].map(value => make('option', {value}, value)));
    select.addEventListener('change', () => list());
    return make('span', {}, make('label', {htmlFor: select.id}, contestant.id), ' ', select);
  });
  byID('verdicts').replaceChildren(...choices);
  byID('gold').replaceChildren(make('option', {value: ''}, 'any'),
    ...stored.labels.map((label, i) => make('option', {value: i}, label)));
  byID('search').value = '';
  byID('search-label').textContent = stored.texts ? 'Search ids and texts' : 'Search ids';
  list();
}

/** Shows the rows of a confusion cell. */
export function open(contestant, gold, given) {
  cell = {contestant, gold, given};
  list();
  goTo();
}

/** Moves the focus to the rows. */
export function goTo() { byID('rows-title').focus(); }

/** Shows the rows that all choices leave, from the first. */
export function list() {
  shown = pageSize;
  draw();
}

export function more() {
  shown += pageSize;
  draw();
}

export function forgetCell() {
  cell = null;
  list();
  // The button that was pressed is gone.
  goTo();
}

/** Places of the rows that all choices leave. */
export function chosen() {
  const verdicts = stored.contestants.map((_, i) => byID(`verdict-${i}`).value);
  const gold = byID('gold').value;
  const words = byID('search').value.trim().toLowerCase();
  const K = stored.labels.length;
  const rows = [];
  for (let place = 0; place < stored.rowCount; place++) {
    if (gold !== '' && !stored.gold[place * K + Number(gold)]) continue;
    if (cell && !stored.isConfused(cell.contestant, place, cell.gold, cell.given)) continue;
    if (!slices.holds(place)) continue;
    if (words && !stored.ids[place].toLowerCase().includes(words)
      && !stored.texts?.[place].toLowerCase().includes(words)) continue;
    const fits = verdicts.every((verdict, i) => verdict === 'either'
      || stored.isRight(stored.contestants[i], place) === (verdict === 'right'));
    if (fits) rows.push(place);
  }
  return rows;
}

function draw() {
  const rows = chosen();
  byID('cell-choice').hidden = !cell;
  if (cell) {
    const [gold, given] = [stored.labels[cell.gold], stored.labels[cell.given]];
    byID('cell-words').textContent = `${gold}, given ${given} by ${cell.contestant.id}`;
  }
  const only = slices.names();
  byID('row-count').replaceChildren(`${rows.length} of ${stored.rowCount} rows.`
    + (stored.texts ? '' : ' The run does not allow texts to be quoted, so there are none.'),
    // A screen reader is told with the count what stands above it.
    ...(only.length ? [make('span', {className: 'unseen'}, ` Only ${only.join(', ')}.`)] : []));
  const lines = rows.slice(0, shown).map(place => row(stored.ids[place], [
    ...(stored.texts ? [make('td', {className: 'text'}, stored.texts[place])] : []),
    make('td', {}, listed(stored.labelsOf(stored.gold, place))),
    ...stored.contestants.map(contestant => {
      const isRight = stored.isRight(contestant, place);
      const given = listed(stored.labelsOf(contestant.predicted, place));
      return make('td', {}, make('span', {className: isRight ? '' : 'wrong'}, isRight ? '✓ ' : '✗ ', given));
    }),
  ]));
  const columns = ['row', ...(stored.texts ? ['text'] : []), 'gold', ...stored.contestants.map(contestant => contestant.id)];
  byID('row-list').replaceChildren(table('Rows, their gold labels, and what each contestant gives', lines, {columns}));
  byID('more').hidden = rows.length <= shown;
}
