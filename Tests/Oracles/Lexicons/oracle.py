"""The two Python programs that VADER must agree with, and a source of texts that try them.

Versions: vaderSentiment 3.3.2; nltk 3.9.1 or later (its analyzer is the same up to 3.10.4); Python 3.11 or earlier
(since 3.12 `sum` compensates rounding errors).
"""

import random

import nltk.sentiment.vader as nltk_vader
import vaderSentiment.vaderSentiment as upstream_vader


class Upstream(upstream_vader.SentimentIntensityAnalyzer):
    def __init__(self, lexicon=None):
        super().__init__()
        if lexicon is not None:
            self.lexicon = lexicon


class NLTK(nltk_vader.SentimentIntensityAnalyzer):
    """NLTK's analyzer on vaderSentiment's lexicon, without NLTK's own download."""

    def __init__(self, lexicon=None):
        self.lexicon = Upstream().lexicon if lexicon is None else lexicon
        self.constants = nltk_vader.VaderConstants()


EMOJI = "😂😀❤💕😡😭👍👎🔛🆙🆗🤣😍💔©®🏽🇫🇷㊙🈚"
MARKS = ["!", "!!", "!!!", "!!!!", "!!!!!!", "?", "??", "???", "????", "?!?", "!?!?", ".", "...", ",", ";", ":", "-",
         "'", '"', "''", "(", ")", "*", "#", "@", "’", "“", "”", "…", "–", "_", "~", "`", "\\", "\ufe0f", "\u200b"]
SPACES = [" "] * 30 + ["  ", "\t", "\n", "\r\n", "\x0b", "\x0c", "\x1c", "\x1f", "\x85", "\xa0", "\u1680", "\u2003",
                       "\u2009", "\u200b", "\u2028", "\u202f", "\u205f", "\u3000", "\u180e", "\ufeff"]
WIDE = ["é", "É", "ß", "ẞ", "Σ", "ς", "İ", "ı", "ǅ", "ʰ", "Ⓐ", "ⓐ", "Ａ", "中", "\u0301", "ª", "ŉ", "K", "ﬁ", "\u1d2c", "\U0001d400"]
PLAIN = ["table", "we", "a", "I", "the", "room", "keys", "it", "was", "x", "12", "u", "THE", "W", "O'clock", "n't",
         "DoN'T", "an't", "isn't,", "'tis", "café", "É", "…", "—", "ok!", "no,", ":D", ":-)", "X-D", "XD", "8D"]
RULES = ("but kind of never so this without doubt no or nor least at very the shit bomb bad ass bus stop yeah right "
         "kiss death to die for beating heart cut mustard hand mouth just enough sort badass not least but so this no").split()
PHRASES = ["kind of", "sort of", "just enough", "the shit", "the bomb", "bad ass", "bus stop", "yeah right",
           "kiss of death", "to die for", "beating heart", "cut the mustard", "hand to mouth", "never so", "never this",
           "without doubt", "without a doubt", "at least", "very least", "the least", "no or", "no good nor bad"]


def fuzz(seed):
    """An endless supply of strange texts."""
    rng = random.Random(seed)
    rated = sorted(Upstream().lexicon)
    favourites = rng.sample([word for word in rated if word.isalpha()], 12) + ["good", "great", "bad", "sad", "like"]
    boosters = sorted(upstream_vader.BOOSTER_DICT)
    negations = sorted(upstream_vader.NEGATE)

    def word():
        kind = rng.random()
        if kind < 0.16:
            return rng.choice(rated)
        if kind < 0.36:
            return rng.choice(favourites)
        if kind < 0.48:
            return rng.choice(boosters)
        if kind < 0.58:
            return rng.choice(negations)
        if kind < 0.72:
            return rng.choice(RULES)
        if kind < 0.80:
            return rng.choice(PHRASES)
        if kind < 0.84:
            return "".join(rng.choices(EMOJI, k=rng.randint(1, 3)))
        if kind < 0.86:
            return "".join(rng.choices(WIDE, k=rng.randint(1, 4)))
        return rng.choice(PLAIN)

    def dress(text, shouting):
        if rng.random() < shouting:
            text = text.upper()
        elif rng.random() < 0.06:
            text = text.capitalize()
        elif rng.random() < 0.03:
            text = "".join(rng.choice([c.upper(), c]) for c in text)
        if rng.random() < 0.03:
            text = text.replace("k", "\u212a")  # the Kelvin sign, whose lower case is k
        if rng.random() < 0.02:
            at = rng.randint(0, len(text))
            text = text[:at] + rng.choice(WIDE) + text[at:]
        if rng.random() < 0.10:
            text = rng.choice(MARKS) + text
        if rng.random() < 0.18:
            text += rng.choice(MARKS)
        if rng.random() < 0.04:
            text += rng.choice(MARKS)
        return text

    while True:
        shouting = rng.choice([0, 0, 0.1, 0.5, 1])
        words = rng.choice([0, 1, 2, 3, 4, 5, 6, 8, 12, 20, 40])
        text = "".join(dress(word(), shouting) + rng.choice(SPACES) for _ in range(words))
        if rng.random() < 0.2:
            text = rng.choice(SPACES) + text
        if rng.random() < 0.3:
            text += rng.choice(MARKS)
        yield text
