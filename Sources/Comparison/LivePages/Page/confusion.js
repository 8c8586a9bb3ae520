// A confusion matrix whose cells open their rows. The arrow keys move between cells.

import {make} from './dom.js';

/** open: called with the place of a gold and of a given label. */
export function confusion(stored, contestant, open) {
  const K = stored.labels.length;
  const counts = stored.confusion(contestant);
  const most = Math.max(1, ...counts);
  const buttons = [];
  const rows = stored.labels.map((gold, i) => make('tr', {}, make('th', {scope: 'row'}, gold),
    ...stored.labels.map((given, j) => {
      const count = counts[i * K + j];
      const button = make('button', {type: 'button', tabIndex: -1, className: i === j ? 'own' : ''}, String(count));
      button.setAttribute('aria-label', `${gold}, given ${given}: ${count} ${count === 1 ? 'row' : 'rows'}`);
      button.style.setProperty('--share', count / most);
      button.addEventListener('click', () => open(i, j));
      button.addEventListener('focus', () => enter(i * K + j));
      buttons.push(button);
      return make('td', {}, button);
    })));
  let current = 0;
  function enter(place) {
    buttons[current].tabIndex = -1;
    buttons[current = place].tabIndex = 0;
  }
  const matrix = make('table', {className: 'matrix'},
    make('caption', {className: 'unseen'}, `Confusions by ${contestant.id}: a row for each gold label, a column for each given one`),
    make('thead', {}, make('tr', {}, make('th', {scope: 'col'}, 'gold, given'),
      ...stored.labels.map(label => make('th', {scope: 'col'}, label)))),
    make('tbody', {}, ...rows));
  matrix.addEventListener('keydown', event => {
    const [i, j] = [Math.floor(current / K), current % K];
    const places = {
      ArrowRight: [i, j + 1], ArrowLeft: [i, j - 1], ArrowDown: [i + 1, j], ArrowUp: [i - 1, j], Home: [i, 0], End: [i, K - 1],
    };
    const to = places[event.key];
    if (!to) return;
    event.preventDefault();
    if (to.every(place => place >= 0 && place < K)) buttons[to[0] * K + to[1]].focus();
  });
  buttons[0].tabIndex = 0;
  return matrix;
}
