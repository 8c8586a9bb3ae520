// The stored predictions: thresholds, confusions, calibration, slices, rows.

import {byID, make, table, row} from './dom.js';
import {Stored} from './stored.js';
import {thresholds, move} from './thresholds.js';
import {confusion} from './confusion.js';
import {figure} from './figures.js';
import * as rows from './rows.js';
import * as slices from './slices.js';

let stored = null;
/** The task that was asked for last. */
let wanted = 0;

/** Shows a task's stored predictions; hides all where it has none. */
export async function show(number, task) {
  wanted = number;
  byID('predictions').hidden = true;
  if (!task.isStored) return;
  const loaded = await Stored.load(number, task.labels);
  // Meanwhile another task was chosen.
  if (wanted !== number) return;
  stored = loaded;
  byID('predictions').hidden = false;
  byID('judged').replaceChildren(...loaded.contestants.map((contestant, i) => make('option', {value: i}, contestant.id)));
  const best = loaded.contestants.findIndex(contestant => contestant.isProbabilistic && !contestant.isBaseline);
  byID('judged').value = Math.max(0, best);
  byID('judged-label').replaceChildren(make('option', {value: ''}, 'all labels together'),
    ...task.labels.map((label, i) => make('option', {value: i}, label)));
  byID('one-label-note').hidden = task.kind === 'multilabel';
  slices.begin(loaded, isNew => {
    rows.list();
    if (isNew) rows.goTo();
  });
  rows.begin(loaded);
  judge();
}

/** Draws what is about one contestant. */
function judge() {
  const contestant = stored.contestants[Number(byID('judged').value)];
  const label = byID('judged-label').value === '' ? undefined : Number(byID('judged-label').value);
  byID('no-probabilities').hidden = contestant.isProbabilistic;
  byID('with-probabilities').hidden = !contestant.isProbabilistic;
  if (contestant.isProbabilistic) {
    thresholds(stored, contestant, label);
    calibrate(contestant, label);
  }
  byID('matrix').replaceChildren(
    confusion(stored, contestant, (gold, given) => rows.open(contestant, gold, given)));
}

function calibrate(contestant, label) {
  const {bins, error} = stored.calibration(contestant, label);
  const full = bins.filter(bin => bin.count > 0);
  const points = full.map(bin => [bin.sum / bin.count, bin.hits / bin.count]);
  const most = Math.max(...full.map(bin => bin.count));
  const what = label === undefined ? 'all labels together' : stored.labels[label];
  byID('calibration').replaceChildren(
    figure(`Calibration of ${contestant.id}: ${what}`, {
      lines: [{className: 'perfect', points: [[0, 0], [1, 1]]}, {className: 'f1', points}],
      dots: points.map((point, i) => [...point, 2 + 6 * Math.sqrt(full[i].count / most)]),
      across: 'stated probability', up: 'share that came true',
    }),
    make('p', {}, `${label === undefined ? 'Mean distance, all labels together' : 'Expected calibration error (ECE)'}: ${error.toFixed(4)}`));
  byID('bins').replaceChildren(table(`Bins of stated probabilities of ${contestant.id}`, full.map((bin, i) => row(
    points[i][0].toFixed(3), [bin.count, points[i][1].toFixed(3)].map(value => make('td', {className: 'number'}, String(value))))),
  {columns: ['mean stated', 'cells', 'came true']}));
}

/** The next frame draws the last place of the slider. */
let isWaiting = false;
function slide() {
  if (isWaiting) return;
  isWaiting = true;
  requestAnimationFrame(() => {
    isWaiting = false;
    move();
  });
}

export function listen() {
  byID('judged').addEventListener('change', judge);
  byID('judged-label').addEventListener('change', judge);
  byID('threshold').addEventListener('input', slide);
  byID('gold').addEventListener('change', rows.list);
  byID('search').addEventListener('input', rows.list);
  byID('more').addEventListener('click', rows.more);
  byID('any-cell').addEventListener('click', rows.forgetCell);
}
