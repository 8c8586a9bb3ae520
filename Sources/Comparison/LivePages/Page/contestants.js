// What the contestants say of the sentence: a card each, with bars.

import {make, table, row, listed, percent} from './dom.js';
import {explanation} from './explanations.js';

/** Labels that are shown of many, unless all are asked for. */
const most = 5;

/** Draws every card anew. */
export function draw(place, task, answers, explained, options) {
  const cards = answers.contestants.map((answer, i) => {
    const contestant = task.contestants[i];
    const card = make('article', {'aria-label': contestant.id}, make('h3', {}, contestant.id));
    if (answer.problem) {
      card.append(make('p', {className: 'says'}, `It failed: ${answer.problem}`));
      return card;
    }
    card.append(says(answer, contestant), bars(task, contestant, answer, options.allLabels));
    const told = explained?.contestants[i];
    if (told) card.append(explanation(told, wanted(options.label, task, answer)));
    return card;
  });
  place.replaceChildren(...cards);
}

/** The label to explain: the one that was chosen, else what the contestant says, else what it finds most probable. */
function wanted(label, task, answer) {
  if (label) return label;
  return answer.said.labels[0] ?? task.labels[order(answer.said.probabilities)[0]];
}

/** Places of labels, the most probable first. */
function order(probabilities) {
  return probabilities.map((_, i) => i).sort((a, b) => probabilities[b] - probabilities[a] || a - b);
}

function says(answer, contestant) {
  const line = make('p', {className: 'says'}, 'says ', make('strong', {}, listed(answer.said.labels)));
  if (!contestant.isProbabilistic) line.append(' (without probabilities)');
  if (answer.typed && listed(answer.typed.labels) !== listed(answer.said.labels)) {
    line.append(' ', make('span', {className: 'flips'}, `flipped from ${listed(answer.typed.labels)}`));
  }
  return line;
}

function bars(task, contestant, answer, allLabels) {
  const {labels, probabilities} = answer.said;
  const many = task.labels.length > most;
  let shown = many ? order(probabilities) : task.labels.map((_, i) => i);
  if (many && !allLabels) {
    shown = shown.filter((label, place) => place < most || labels.includes(task.labels[label]));
  }
  const rows = shown.map(i => {
    const track = make('div', {className: 'track', 'aria-hidden': 'true'});
    const fill = make('div', {className: 'fill'});
    fill.style.width = percent(probabilities[i]);
    track.append(fill);
    const threshold = contestant.thresholds?.[i];
    if (threshold !== undefined) {
      const mark = make('div', {className: 'threshold', title: `threshold ${threshold.toFixed(3)}`});
      mark.style.left = `min(${percent(threshold)}, 100% - 2px)`;
      track.append(mark);
    }
    const isGiven = labels.includes(task.labels[i]);
    const name = make('span', {}, task.labels[i]);
    if (isGiven) name.append(make('span', {className: 'unseen'}, ' (given)'));
    const number = make('td', {className: 'number'}, percent(probabilities[i]));
    if (threshold !== undefined) {
      number.append(make('span', {className: 'unseen'}, `, threshold ${percent(threshold)}`));
    }
    return row(name, [make('td', {}, track), number], isGiven ? 'given' : '');
  });
  const rest = task.labels.length - shown.length;
  const body = table(`Probabilities by ${contestant.id}`, rows, {className: 'bars'});
  return rest ? make('div', {}, body, make('p', {className: 'soft'}, `and ${rest} less probable`)) : body;
}
