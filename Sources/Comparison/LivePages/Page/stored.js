// The stored predictions of a task, and what is counted of them.

/** Bins of a calibration curve, as many as the report has. */
const binCount = 15;

export class Stored {
  /** about: what the server says of the rows. buffer: the numbers, in the layout of StoredRows. */
  constructor(about, labels, buffer) {
    Object.assign(this, about);
    this.labels = labels;
    const cells = about.ids.length * labels.length;
    this.gold = new Uint8Array(buffer, 0, cells);
    let place = cells;
    for (const contestant of this.contestants) {
      place = 4 * Math.ceil(place / 4);
      contestant.probabilities = new Float32Array(buffer, place, cells);
      contestant.predicted = new Uint8Array(buffer, place + 4 * cells, cells);
      place += 5 * cells;
      contestant.sorted = labels.map(() => null);
    }
  }

  static async load(task, labels) {
    const [about, numbers] = await Promise.all([fetch(`stored/${task}.json`), fetch(`stored/${task}.bin`)]);
    if (!about.ok || !numbers.ok) throw new Error('The stored predictions cannot be had.');
    return new Stored(await about.json(), labels, await numbers.arrayBuffer());
  }

  get rowCount() { return this.ids.length; }

  /** The probabilities of a label, ascending, of rows that have it and of rows that have not. */
  sortedOf(contestant, label) {
    const K = this.labels.length;
    return contestant.sorted[label] ??= [1, 0].map(gold => {
      const values = [];
      for (let cell = label; cell < this.gold.length; cell += K) {
        if (this.gold[cell] === gold) values.push(contestant.probabilities[cell]);
      }
      return Float32Array.from(values).sort();
    });
  }

  /** What a threshold makes of one label: right and wrong ones among those given, and how many rows have it. */
  counts(contestant, label, threshold) {
    const [have, lack] = this.sortedOf(contestant, label);
    return {right: atLeast(have, threshold), wrong: atLeast(lack, threshold), have: have.length};
  }

  /** The same of all labels together. */
  allCounts(contestant, threshold) {
    const sum = {right: 0, wrong: 0, have: 0};
    this.labels.forEach((_, label) => {
      const counts = this.counts(contestant, label, threshold);
      for (const name in sum) sum[name] += counts[name];
    });
    return sum;
  }

  /** The mean F1 of labels; one that is not defined counts as 0. */
  macroF1(contestant, threshold) {
    return this.labels.reduce((sum, _, label) => sum + (scores(this.counts(contestant, label, threshold)).f1 ?? 0), 0)
      / this.labels.length;
  }

  /** The same as was decided when the predictions were stored. */
  storedCounts(contestant, label) {
    const counts = {right: 0, wrong: 0, have: 0};
    const K = this.labels.length;
    for (let cell = label ?? 0; cell < this.gold.length; cell += label === undefined ? 1 : K) {
      counts.have += this.gold[cell];
      if (contestant.predicted[cell]) counts[this.gold[cell] ? 'right' : 'wrong'] += 1;
    }
    return counts;
  }

  /** The labels that a row has in an array of cells. */
  labelsOf(cells, row) {
    const K = this.labels.length;
    const names = [];
    for (let label = 0; label < K; label++) if (cells[row * K + label]) names.push(this.labels[label]);
    return names;
  }

  /** Whether a contestant gives a row exactly the labels that it has. */
  isRight(contestant, row) {
    const K = this.labels.length;
    for (let cell = row * K; cell < (row + 1) * K; cell++) if (contestant.predicted[cell] !== this.gold[cell]) return false;
    return true;
  }

  /** How often a row that has one label was given another; on the diagonal, how often it was given its own.
   *
   *  Of several labels a row, only labels that were missed are set against labels that were wrongly given. */
  confusion(contestant) {
    const K = this.labels.length;
    const counts = new Uint32Array(K * K);
    for (let row = 0; row < this.rowCount; row++) {
      for (let gold = 0; gold < K; gold++) {
        if (!this.gold[row * K + gold]) continue;
        for (let given = 0; given < K; given++) if (this.isConfused(contestant, row, gold, given)) counts[gold * K + given] += 1;
      }
    }
    return counts;
  }

  isConfused(contestant, row, gold, given) {
    const K = this.labels.length;
    const [hasGold, isGiven] = [this.gold[row * K + gold], contestant.predicted[row * K + given]];
    if (gold === given) return Boolean(hasGold && isGiven);
    return Boolean(hasGold && isGiven && !contestant.predicted[row * K + gold] && !this.gold[row * K + given]);
  }

  /** Bins of probabilities, and the mean distance of what was stated and what happened. An edge belongs to the bin below. */
  calibration(contestant, label) {
    const bins = Array.from({length: binCount}, () => ({count: 0, hits: 0, sum: 0}));
    const K = this.labels.length;
    for (let cell = label ?? 0; cell < this.gold.length; cell += label === undefined ? 1 : K) {
      const p = contestant.probabilities[cell];
      const bin = bins[Math.min(binCount - 1, Math.max(0, Math.ceil(p * binCount) - 1))];
      bin.count += 1;
      bin.hits += this.gold[cell];
      bin.sum += p;
    }
    const total = bins.reduce((sum, bin) => sum + bin.count, 0);
    return {bins, error: bins.reduce((sum, bin) => sum + Math.abs(bin.sum - bin.hits), 0) / total};
  }
}

/** How many of ascending values are at least the threshold. */
function atLeast(values, threshold) {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] >= threshold) high = middle; else low = middle + 1;
  }
  return values.length - low;
}

/** Precision, recall and F1; undefined where there is nothing to divide by. */
export function scores({right, wrong, have}) {
  const ratio = (part, whole) => whole ? part / whole : undefined;
  return {
    precision: ratio(right, right + wrong), recall: ratio(right, have), f1: ratio(2 * right, right + wrong + have),
  };
}
