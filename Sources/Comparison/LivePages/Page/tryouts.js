// What becomes of each answer when one thing of the sentence is changed.

import {make, table, row, listed, signed} from './dom.js';

const names = {negate: 'negated', misspell: 'misspelt', 'upper-case': 'in capitals'};

/** The table of all changes. */
export function tryouts(answer) {
  const rows = answer.rows.map(change => {
    const name = change.edit ? names[change.edit] : `without “${change.dropped}”`;
    const cells = change.contestants.map(outcome => {
      const cell = make('td', {className: 'number'});
      if (!outcome) cell.append('failed');
      else cell.append(signed(outcome.change));
      if (outcome?.flips) cell.append(' ', make('strong', {className: 'flips'}, `→ ${listed(outcome.labels)}`));
      return cell;
    });
    const header = make('span', {title: change.text}, name);
    return row(header, cells);
  });
  const flips = answer.rows.filter(change => change.contestants.some(outcome => outcome?.flips)).length;
  const summary = make('p', {role: 'status'},
    `${flips} of ${answer.rows.length} changes flip at least one contestant.`
    + (answer.untried ? ` The last ${answer.untried} words were not left out.` : ''));
  const scroll = make('div', {className: 'scroll', role: 'region', tabIndex: 0, 'aria-label': 'What each change does'},
    table('What each change does to each contestant', rows, {columns: ['change', ...answer.contestants]}));
  return [summary, scroll];
}
