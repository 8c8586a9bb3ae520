// A threshold that moves, and what precision, recall and F1 become.

import {byID, make, table, row, fixed} from './dom.js';
import {figure, moveMark} from './figures.js';
import {scores} from './stored.js';

const shown = value => value === undefined ? 'n/a' : fixed(value, 4);
const cells = values => values.map(value => make('td', {className: 'number'}, shown(value)));
const names = ['precision', 'recall', 'f1'];
/** Thresholds that curves are drawn through. */
const steps = Array.from({length: 201}, (_, i) => i / 200);

let view = null;

/** Draws curves and tables of a contestant, for one label, or all together if it is undefined. */
export function thresholds(stored, contestant, label) {
  const at = threshold => label === undefined
    ? stored.allCounts(contestant, threshold) : stored.counts(contestant, label, threshold);
  const what = label === undefined ? 'all labels together' : stored.labels[label];
  const curves = steps.map(threshold => scores(at(threshold)));
  const picture = figure(`Precision, recall and F1 of ${contestant.id} by threshold: ${what}`, {
    lines: names.map(name => ({className: name, points: steps.map((step, i) => [step, curves[i][name]])})),
    mark: value(), across: 'threshold', up: '',
  });
  const key = make('p', {className: 'key'}, ...names.map(name => make('span', {className: name}, name === 'f1' ? 'F1' : name)));
  byID('curves').replaceChildren(picture, key);

  const probabilistic = stored.contestants.filter(other => other.isProbabilistic);
  const columns = ['contestant', 'precision', 'recall', 'F1', ...(label === undefined ? ['macro F1'] : [])];
  const all = probabilistic.map(other => row(other.id, cells(columns.slice(1).map(() => undefined))));
  byID('at-threshold').replaceChildren(table(`Every contestant at the threshold: ${what}`, all, {columns}));
  const byLabel = stored.labels.map(name => row(name, cells([undefined, undefined, undefined, undefined])));
  byID('by-label').replaceChildren(
    table(`${contestant.id} at the threshold, by label`, byLabel, {columns: ['label', 'rows', 'precision', 'recall', 'F1']}));
  stored.labels.forEach((_, i) => { byLabel[i].cells[1].textContent = stored.counts(contestant, i, 2).have; });
  view = {stored, contestant, label, picture, probabilistic, all, byLabel};
  move();
}

/** Where the slider is. */
export const value = () => Number(byID('threshold').value);

/** The slider was moved. */
export function move() {
  if (!view) return;
  const threshold = value();
  const {stored, contestant, label} = view;
  byID('threshold-value').textContent = threshold.toFixed(3);
  moveMark(view.picture, threshold);
  const fill = (line, values, first = 1) => values.forEach((value, i) => {
    const text = shown(value);
    const cell = line.cells[first + i];
    if (cell.textContent !== text) cell.textContent = text;
  });
  view.probabilistic.forEach((other, i) => {
    const counts = label === undefined ? stored.allCounts(other, threshold) : stored.counts(other, label, threshold);
    const values = names.map(name => scores(counts)[name]);
    fill(view.all[i], label === undefined ? [...values, stored.macroF1(other, threshold)] : values);
  });
  stored.labels.forEach((_, i) => {
    const result = scores(stored.counts(contestant, i, threshold));
    fill(view.byLabel[i], names.map(name => result[name]), 2);
  });
}
