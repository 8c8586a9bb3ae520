"""How often bands of learning curves hold the true mean, on made texts whose truth is known.

Made with Python 3.11, NumPy 2.4.6, SciPy 1.17.1, seed 21; a world takes some minutes:

    OMP_NUM_THREADS=1 python simulate_curve_bands.py WORLD [RUNS [SEED]]      # 2000 runs by default

Prints a line for each metric, number of train rows, of repeats and of test rows: the true mean, the share of its variance that
is the luck of samples, and the coverage by Satterthwaite's degrees of freedom and by the band that the program has. Both
formulas stand in `bands`; `make_curve_bands.py` makes golden values of them.

A world is a population of 1,000 rows, which test rows are drawn from with replacement, so that a score on all of it is the truth
about them. Each run draws a train part (the pool), nested stratified samples of it, and test rows. The truth of a size is the
mean score on the population over 300, 200 and 100 further samples of the same pool. These are few enough to have some luck of
their own, by which the distance of mean and truth is too large; it is shrunk by as much. The variance that samples share comes
from 500 resamples of the test rows.

The formula was chosen on gauss-low, gauss-high, gauss-4 and words-3, and then looked at on the other worlds.
"""

import sys
from typing import NamedTuple

import numpy as np
import scipy
from scipy import stats

assert (np.__version__, scipy.__version__) == ("2.4.6", "1.17.1"), (np.__version__, scipy.__version__)


class World(NamedTuple):
    learner: str  # class with the nearest mean, class of the nearest row, or multinomial naive Bayes of word counts
    priors: list
    features: int
    distance: float  # how far classes are apart
    pool: int


WORLDS = {
    "gauss-low": World("mean", [0.5, 0.5], 5, 0.5, 400),
    "gauss-high": World("mean", [0.5, 0.5], 5, 1.6, 400),
    "gauss-4": World("mean", [0.4, 0.3, 0.2, 0.1], 8, 1.6, 400),
    "words-3": World("bayes", [0.6, 0.25, 0.15], 150, 0.9, 400),
    # Its largest samples are the whole train part.
    "gauss-whole": World("mean", [0.5, 0.5], 5, 0.8, 160),
    "near-3": World("nearest", [0.5, 0.3, 0.2], 4, 1.2, 400),
    # A sample of 10 rows has one of the rare label.
    "words-2": World("bayes", [0.87, 0.13], 150, 1.3, 400),
}
SIZES, REPEATS, TESTS = [10, 40, 160], [3, 5, 10], [100, 400, 1000]
MOST = max(REPEATS)
POPULATION, RESAMPLES = 1000, 500
SAMPLES = [310, 210, 110]  # of each size: those that bands are made of, and those that the truth is the mean of


class Simulation:
    def __init__(self, world, seed):
        self.world, self.rng = world, np.random.default_rng(seed)
        self.labels = len(world.priors)
        self.classes = self.draw_classes()
        self.gold, self.texts = self.draw(POPULATION)
        self.gold_counts = self.one_hot(self.gold).sum(0)
        self.weights = []

    def one_hot(self, labels):
        return np.eye(self.labels, dtype=np.float32)[labels]

    def draw_classes(self):
        """Means of classes, or their words' probabilities and those of words that all classes have. Shape: [K, features]."""
        K, D, distance = self.labels, self.world.features, self.world.distance
        if self.world.learner != "bayes":
            means = np.zeros((K, D))
            if K == 2:
                means[:, 0] = -distance, distance
            else:
                means[np.arange(K), np.arange(K)] = distance
            return means
        common = 1 / np.arange(1, D + 1)
        common /= common.sum()
        own = common * np.exp(distance * self.rng.normal(size=(K, D)))
        return own / own.sum(1, keepdims=True), common

    def draw(self, count):
        """Labels and features of new rows."""
        rng, D = self.rng, self.world.features
        labels = rng.choice(self.labels, count, p=np.array(self.world.priors))
        if self.world.learner != "bayes":
            return labels, (rng.normal(size=(count, D)) + self.classes[labels]).astype(np.float32)
        own, common = self.classes
        lengths = rng.integers(5, 30, count)
        counts = np.zeros((count, D), np.float32)
        for label in range(self.labels):
            rows = np.where(labels == label)[0]
            # Some texts say more of their class than others.
            said = rng.beta(1.5, 1.5, size=rows.size)[:, None]
            words = (1 - said) * common + said * own[label]
            counts[rows] = rng.multinomial(lengths[rows], words / words.sum(1, keepdims=True))
        return labels, counts

    def orders(self, labels, count, longest):
        """Rows of the pool, so that the first n of an order are a stratified sample of n. Shape: [count, longest]."""
        keys = self.rng.random((count, labels.size))
        places = np.empty((count, labels.size))
        for label in range(self.labels):
            rows = np.where(labels == label)[0]
            places[:, rows] = (keys[:, rows].argsort(1).argsort(1) + 0.5 + label * 1e-3) / rows.size
        return places.argsort(1)[:, :longest]

    def predictions(self, texts, labels, samples):
        """Labels of the population as classifiers have them that are fitted on each sample. Shape: [samples, POPULATION]."""
        (S, n), K, D = samples.shape, self.labels, self.world.features
        if self.world.learner == "nearest":
            distances = (texts**2).sum(1)[:, None] - 2 * texts @ self.texts.T
            rows = distances.argsort(0)
            ranks = rows.argsort(0).astype(np.int16)
            columns = np.arange(POPULATION)
            return np.stack([labels[rows[ranks[sample].min(0), columns]] for sample in samples])
        taken = np.zeros((S, labels.size), np.float32)
        np.put_along_axis(taken, samples, 1, 1)
        taken = (taken[:, None, :] * self.one_hot(labels).T[None]).reshape(S * K, -1)
        counts, sums = taken.sum(1).reshape(S, K), (taken @ texts).reshape(S, K, D)
        if self.world.learner == "mean":
            weights = sums / np.maximum(counts, 1)[..., None]
            biases = -0.5 * (weights**2).sum(2)
        else:
            weights = np.log((sums + 1) / (sums.sum(2, keepdims=True) + D))
            biases = np.log(np.maximum(counts, 1) / n)
        biases = np.where(counts == 0, -1e9, biases).astype(np.float32)
        scores = (weights.reshape(S * K, D) @ self.texts.T).reshape(S, K, POPULATION) + biases[..., None]
        best, predicted = scores[:, 0], np.zeros((S, POPULATION), np.int8)
        for label in range(1, K):
            predicted[scores[:, label] > best] = label
            best = np.maximum(best, scores[:, label])
        return predicted

    def run(self, number):
        """Of each metric, size, number of repeats and of test rows: mean, s^2, v and the true mean."""
        labels, texts = self.draw(self.world.pool)
        orders = self.orders(labels, SAMPLES[0], max(SIZES))
        tested = self.rng.integers(0, POPULATION, max(TESTS))
        if number % 100 == 0:
            # Resamples are of places, not of rows, so that many runs may share them.
            self.weights = [
                self.rng.multinomial(N, np.full(N, 1 / N), size=RESAMPLES).astype(np.float32) for N in TESTS]
        found = np.zeros((2, len(SIZES), len(REPEATS), len(TESTS), 4))
        for s, size in enumerate(SIZES):
            predicted = self.predictions(texts, labels, orders[: SAMPLES[s], :size])
            truths = self.true_scores(predicted)
            truths = truths[:, 0] if size == self.world.pool else truths[:, MOST:].mean(1)
            for t, N in enumerate(TESTS):
                scores, drawn = self.test_scores(predicted[:MOST, tested[:N]], self.gold[tested[:N]], self.weights[t])
                for r, R in enumerate(REPEATS):
                    for metric in range(2):
                        covariance = np.cov(drawn[metric][:, :R].T)
                        v = (covariance.sum() - np.trace(covariance)) / (R * (R - 1))
                        own = scores[metric][:R]
                        found[metric, s, r, t] = own.mean(), own.var(ddof=1), max(0, v), truths[metric]
        return found

    def true_scores(self, predicted):
        """Accuracy and macro F1 on the population. Shape: [2, samples]."""
        right = predicted == self.gold
        of_label = [predicted == label for label in range(self.labels)]
        hits = np.stack([(own * right).sum(1) for own in of_label], -1)
        return np.stack([right.mean(1), macro_f1(hits, np.stack([own.sum(1) for own in of_label], -1), self.gold_counts)])

    def test_scores(self, predicted, gold, weights):
        """Accuracy and macro F1 of each sample, [MOST] each, and on each resample of the test rows, [RESAMPLES, MOST] each."""
        N, K = gold.size, self.labels
        right = predicted == gold
        own = np.stack([predicted == label for label in range(K)], -1)
        # Hits and predictions of each label. Shape: [N, MOST * 2 K].
        cells = np.concatenate([own & right[..., None], own], -1).astype(np.float32).transpose(1, 0, 2).reshape(N, -1)
        gold = self.one_hot(gold)
        whole, drawn = cells.sum(0).reshape(MOST, 2, K), (weights @ cells).reshape(RESAMPLES, MOST, 2, K)
        return (
            [right.mean(1), macro_f1(whole[:, 0], whole[:, 1], gold.sum(0))],
            [drawn[:, :, 0].sum(2) / N, macro_f1(drawn[:, :, 0], drawn[:, :, 1], (weights @ gold)[:, None])])


def macro_f1(hits, predicted, gold):
    """The mean over labels that are gold or predicted somewhere."""
    with np.errstate(invalid="ignore"):
        return np.nanmean(np.where(predicted + gold > 0, 2 * hits / (predicted + gold), np.nan), axis=-1)


def bands(mean, of_samples, v, R):
    """Low and high ends by Satterthwaite's degrees of freedom, and by the smooth step and Wilson's interval."""
    variance = of_samples + v
    share = np.divide(of_samples, variance, out=np.zeros_like(variance), where=variance > 0)
    with np.errstate(divide="ignore"):
        reach = stats.t.isf(0.025, np.minimum((R - 1) / share**2, 1e12)) * np.sqrt(variance)
    z, t = stats.norm.isf(0.025) ** 2, stats.t.isf(0.025, R - 1) ** 2
    squared = variance * (z + (t - z) * share**2 * (3 - 2 * share))
    q = np.divide(squared, mean * (1 - mean), out=np.zeros_like(mean), where=mean * (1 - mean) > 0)
    middle = q * (1 - 2 * mean) / 2
    root = np.sqrt(middle**2 + (1 + q) * squared)
    return (mean - reach, mean + reach), (mean + (middle - root) / (1 + q), mean + (middle + root) / (1 + q))


def main(name, count=2000, seed=21):
    simulation = Simulation(WORLDS[name], int(seed))
    found = np.stack([simulation.run(number) for number in range(int(count))])
    print(f"{name}, {count} runs: standard error of a coverage near 95%: {100 * np.sqrt(0.0475 / int(count)):.1f}")
    print("metric    train  repeats  test   truth  share  satterthwaite  wilson")
    for metric, own in zip(["accuracy", "macro F1"], found.transpose(1, 2, 3, 4, 0, 5)):
        for size, own in zip(SIZES, own):
            for R, own in zip(REPEATS, own):
                for N, (mean, squared, v, truth) in zip(TESTS, own.transpose(0, 2, 1)):
                    of_samples = squared / R
                    share = of_samples.mean() / (of_samples.mean() + v.mean())
                    truth = mean + (truth - mean) / np.sqrt(1 + share * R / (SAMPLES[SIZES.index(size)] - MOST))
                    covered = [100 * ((low <= truth) & (truth <= high)).mean() for low, high in bands(mean, of_samples, v, R)]
                    print(f"{metric:8} {size:6} {R:8} {N:5} {truth.mean():7.2f} {share:6.2f} {covered[0]:14.1f} {covered[1]:7.1f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
