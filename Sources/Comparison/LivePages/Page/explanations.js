// What drove a contestant: terms with their weights, a lexicon's rules word by word, or what each word adds to an encoder.

import {make, table, row, signed} from './dom.js';

/** What a contestant tells of a label. */
export function explanation(told, label) {
  const part = make('div', {className: 'explanation'});
  if (told.labels) part.append(...terms(told.labels, label));
  else if (told.words) part.append(...words(told.words, label));
  else if (told.lexicon) part.append(...rules(told.lexicon));
  else part.append(make('p', {className: 'soft'}, `Nothing drove it that can be told: ${told.problem}`));
  return part;
}

/** Makes rows of a name, a bar and a number; the longest bar is that of the largest value. */
function lines(values) {
  const largest = Math.max(...values.map(Math.abs), 1e-9);
  return (name, value, title = '') => row(name, [
    make('td', {title}, bar(value / largest)),
    make('td', {className: 'number'}, signed(value)),
  ]);
}

function terms(labels, wanted) {
  const label = labels.find(label => label.label === wanted);
  if (!label) return [make('p', {className: 'soft'}, `It has not learnt ${wanted}.`)];
  const line = lines([...label.terms.map(term => term.contribution), label.bias]);
  const rows = label.terms.map(term => line(
    spelled(term.term), term.contribution, `${term.value.toFixed(4)} × ${signed(term.coefficient, 4)}`));
  if (label.more) rows.push(line(`${label.more} more`, label.rest));
  rows.push(line(make('em', {}, 'bias'), label.bias));
  return [
    make('h4', {}, `What speaks for ${wanted}`),
    table(`Terms and what they add to ${wanted}`, rows, {className: 'bars'}),
    make('p', {className: 'soft'}, `score ${signed(label.score)}`),
  ];
}

/** Words in the order of the sentence. The line begins where all of them are masked. */
function words(told, wanted) {
  const label = told.labels.find(label => label.label === wanted);
  if (!label) return [make('p', {className: 'soft'}, `It does not tell what drove ${wanted}.`)];
  const line = lines([...label.words.map(word => word.contribution), label.baseline]);
  const rows = label.words.map(word => line(
    word.word, word.contribution, `characters ${word.start + 1} to ${word.end}: ${word.tokens.join(' ')}`));
  if (label.more) rows.push(line(`${label.more} more`, label.rest));
  rows.push(line(make('em', {}, 'all words masked'), label.baseline));
  rows.push(line(make('em', {}, 'missed by the steps'), label.remainder));
  return [
    make('h4', {}, `What speaks for ${wanted}`),
    table(`Words in their order and what they add to the log-odds of ${wanted}`, rows, {className: 'bars'}),
    make('p', {className: 'soft'}, `log-odds ${signed(label.score)}, by ${told.method}`),
  ];
}

/** To the right of the middle what speaks for the label, to the left what speaks against it. */
function bar(share) {
  const fill = make('div', {className: `fill ${share < 0 ? 'against' : 'for'}`});
  fill.style.width = `${50 * Math.abs(share)}%`;
  fill.style.left = share < 0 ? `${50 - 50 * Math.abs(share)}%` : '50%';
  return make('div', {className: 'track', 'aria-hidden': 'true'}, fill, make('div', {className: 'middle'}));
}

/** A term that begins or ends with a space stands in quotes. */
function spelled(term) { return term !== term.trim() ? `“${term}”` : term; }

function rules(trace) {
  const rows = trace.tokens.filter(token => token.lexiconValence !== undefined || token.sentiment !== 0).map(token => {
    const changes = token.adjustments.map(
      change => `${change.rule} (${trace.tokens[change.cause].text}) → ${signed(change.valence, 2)}`);
    return row(token.text, [
      make('td', {}, [signed(token.lexiconValence ?? 0, 2), ...changes].join(', ')),
      make('td', {className: 'number'}, signed(token.sentiment, 2)),
    ]);
  });
  if (trace.emphasis) {
    rows.push(row(make('em', {}, 'punctuation'), [
      make('td', {}, ''), make('td', {className: 'number'}, signed(trace.emphasis, 2))]));
  }
  const parts = [make('h4', {}, 'Rules of the lexicon')];
  if (rows.length) parts.push(table('Words, their ratings and rules', rows, {columns: ['word', 'rating and rules', 'adds']}));
  else parts.push(make('p', {className: 'soft'}, 'No word is in the lexicon.'));
  parts.push(make('p', {className: 'soft'}, `sum ${signed(trace.sum, 2)}, compound ${signed(trace.polarity.compound, 4)}`));
  return parts;
}
