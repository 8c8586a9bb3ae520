// The stored scores by slice, and slices as a choice of rows: of each dimension at most one.

import {byID, make, table, row, fixed} from './dom.js';
import {span} from './figures.js';

let stored = null;
/** The place of the chosen slice, by that of its dimension. */
const chosen = new Map();
/** Told that others are chosen now, and whether one was added. */
let changed = () => {};
/** The buttons of the slices: [dimensions][slices]. */
let buttons = [];

/** Draws a task's scores by slice; what they are made by where it has none. */
export function begin(predictions, whenChanged) {
  [stored, changed, buttons] = [predictions, whenChanged, []];
  chosen.clear();
  const slices = stored.slices;
  byID('no-slices').hidden = Boolean(slices);
  byID('with-slices').hidden = !slices;
  byID('slice-tables').replaceChildren();
  byID('turns').replaceChildren();
  if (slices) {
    const scale = scaleOf(slices);
    byID('slices-about').textContent = about(slices, scale);
    slices.scores.dimensions.forEach((dimension, number) => {
      byID('slice-tables').append(...dimensionPart(dimension, number, scale));
    });
    byID('turns').append(...turns(slices));
  }
  mark();
}

/** Whether a row is in all chosen slices. */
export function holds(place) {
  for (const [dimension, slice] of chosen) if (stored.slices.places[dimension][place] !== slice) return false;
  return true;
}

/** The chosen slices, in words. */
export const names = () => [...chosen].sort(([a], [b]) => a - b).map(([dimension, slice]) => nameOf(dimension, slice));

function nameOf(dimension, slice) {
  const {name, slices} = stored.slices.scores.dimensions[dimension];
  return `${name}: ${slices[slice].name}`;
}

/** Chooses a slice, or no longer if it is chosen. */
function toggle(dimension, slice) {
  const isNew = chosen.get(dimension) !== slice;
  if (isNew) chosen.set(dimension, slice); else chosen.delete(dimension);
  mark();
  changed(isNew);
}

/** Shows which are chosen: buttons that are pressed in, and above the rows one for each that takes it back. */
function mark() {
  buttons.forEach((own, dimension) => own.forEach((button, slice) => {
    button.setAttribute('aria-pressed', String(chosen.get(dimension) === slice));
  }));
  byID('slice-choice').hidden = chosen.size === 0;
  byID('chosen-slices').replaceChildren(...[...chosen].sort(([a], [b]) => a - b).map(([dimension, slice]) => {
    const name = nameOf(dimension, slice);
    const button = make('button', {type: 'button', 'aria-label': `Remove ${name}`}, name, make('span', {'aria-hidden': 'true'}, ' ✕'));
    button.addEventListener('click', () => {
      chosen.delete(dimension);
      mark();
      // The button is gone; its rows are next.
      changed(true);
    });
    return button;
  }));
}

// MARK: Scores

const score = value => value === undefined ? 'n/a' : fixed(value, 4);
const count = value => value.toLocaleString('en-US');
const plural = (value, word) => `${count(value)} ${word}${value === 1 ? '' : 's'}`;
const metricOf = slices => slices.metric + (slices.isLowerBetter ? ' (lower is better)' : '');

/** From the least to the greatest of all scores and ends of intervals; none where no score is defined. */
function scaleOf(slices) {
  const values = slices.scores.dimensions.flatMap(dimension => dimension.slices.flatMap(slice => slice.scores.flatMap(
    ({value, interval}) => [value, interval?.low, interval?.high].filter(number => number !== undefined))));
  return values.length ? [Math.min(...values), Math.max(...values)] : undefined;
}

function about(slices, scale) {
  return `Scores on parts of the test rows by ${metricOf(slices)}, ${slices.isTested ? 'with 95% intervals from resamples of these rows' : 'which has no intervals there'}. `
    + `A score on fewer than ${count(slices.fewRows)} rows says little; such slices have a †. The best of a slice is bold. `
    + (scale ? `${slices.isTested ? 'Dots and their intervals' : 'Dots'} are drawn on one scale, from ${score(scale[0])} to ${score(scale[1])}. ` : '')
    + 'Press a slice to see its rows below.';
}

/** Whether what rows are told apart by is their length. */
const isLength = (slices, dimension) => dimension.name === 'length' && slices.scores.options.lengths.length > 0;

function dimensionPart(dimension, number, scale) {
  const ids = dimension.slices[0]?.scores.map(({id}) => id) ?? [];
  const words = isLength(stored.slices, dimension) ? ['By length in words'] : ['By ', make('code', {}, dimension.name)];
  buttons[number] = [];
  const lines = dimension.slices.map((slice, place) => {
    const button = make('button', {type: 'button'}, slice.name);
    button.addEventListener('click', () => toggle(number, place));
    buttons[number].push(button);
    const mark = slice.row_count < stored.slices.fewRows ? ' †' : '';
    return row(make('span', {}, button, mark), [
      make('td', {className: 'number'}, count(slice.row_count)), ...scoreCells(slice, scale)]);
  });
  const title = make('h4', {}, ...words);
  const place = make('div', {className: 'scroll slices', role: 'region', tabIndex: 0, 'aria-label': `Scores by ${dimension.name}`},
    table(`Every contestant's ${metricOf(stored.slices)} by ${dimension.name}`, lines, {columns: ['slice', 'rows', ...ids]}));
  return [title, place];
}

function scoreCells(slice, scale) {
  const defined = slice.scores.map(({value}) => value).filter(value => value !== undefined);
  const best = stored.slices.isLowerBetter ? Math.min(...defined) : Math.max(...defined);
  return slice.scores.map(({value, interval}) => {
    return make('td', {className: 'number'}, ...(value === undefined ? [] : [span(value, interval, scale)]),
      make(value === best ? 'strong' : 'span', {}, score(value)),
      ...(interval ? [' ', make('span', {className: 'interval'}, `[${score(interval.low)}, ${score(interval.high)}]`)] : []));
  });
}

// MARK: Where the order turns round

/** The report's words: those by more than chance in a table, the others counted. */
function turns(slices) {
  const all = slices.scores.dimensions.flatMap(dimension => dimension.slices.flatMap(
    slice => slice.turns.map(turn => ({dimension, slice, turn}))));
  const sure = all.filter(({turn}) => (turn.adjusted_p_value ?? 1) < slices.level);
  const times = plural(all.length, 'time');
  const comparisons = plural(slices.scores.comparison_count, 'comparison');
  if (all.length === 0) return [make('p', {}, 'No two contestants stand the other way round on any slice.')];
  if (!slices.isTested) {
    return [make('p', {}, `${times} two contestants stand the other way round on a slice. `
      + `${metricOf(slices)} has no test, so whether that is chance is unknown.`), turnTable(all)];
  }
  const words = sure.length === 0
    ? `${times} two contestants stand the other way round on a slice, never by more than chance (approximate randomization on `
      + `the slice's rows, p corrected by Holm for all ${comparisons} on slices, level ${fixed(slices.level, 2)}).`
    : 'The order turns round by more than chance on these slices (approximate randomization on the slice\'s rows, p corrected '
      + `by Holm for all ${comparisons} on slices)${rest(all.length - sure.length)}:`;
  if (sure.length > 0) return [make('p', {}, words), turnTable(sure)];
  return [make('p', {}, words), make('details', {}, make('summary', {}, 'Where'), turnTable(all))];
}

/** Of turns that chance may explain. */
const rest = number => number === 0 ? '' : `, and ${plural(number, 'more time')} within what chance explains`;

function turnTable(found) {
  const number = words => make('td', {className: 'number'}, words);
  const lines = found.map(({dimension, slice, turn}) => row(`${dimension.name}: ${slice.name}`, [
    number(count(slice.row_count)), make('td', {}, turn.first), make('td', {}, turn.second),
    number(`+${fixed(turn.difference, 4)}`), number(chance(turn.adjusted_p_value)),
  ]));
  return make('div', {className: 'scroll', role: 'region', tabIndex: 0, 'aria-label': 'Where the order turns round'},
    table('Two contestants whose order on a slice is not that of all rows', lines,
      {columns: ['slice', 'rows', 'better on all rows', 'better here', 'by', 'adjusted p']}));
}

/** A very small one as a bound. */
const chance = p => p === undefined ? 'n/a' : p < 0.0001 ? '< 0.0001' : fixed(p, 4);
