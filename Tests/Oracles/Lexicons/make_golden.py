"""Writes the golden files of VADER: texts of our own with what the two Python programs print for them.

Versions: Python 3.11.7, vaderSentiment 3.3.2, nltk 3.10.4 (its analyzer equals 3.9.1's). Seed 20.
Run:
    python make_golden.py ../../../datasets/front-desk/messages.csv
"""

import csv
import itertools
import json
import pathlib
import random
import sys

from oracle import NLTK, Upstream, fuzz

SEED = 20
FRONT_DESK_TEXTS = 400
FUZZ_TEXTS = 1200
ROUNDINGS = 2000

# What each text shows; named as in the Swift sources.
QUIRKS = [
    ("no text", ""),
    ("no text", " \t\n\u2003 "),
    ("no text", "!?"),
    ("plain", "The breakfast was good and the view lovely."),
    ("emoji: no space after the description", "Sunrise from the balcony 😂wow"),
    ("emoji: no space after the description", "Sunrise from the balcony 😂 wow"),
    ("emoji: a space before the description", "wow😂"),
    ("emoji: the variation selector hides heart", "love this ❤️ place"),
    ("emoji: the variation selector hides heart", "love this ❤ place"),
    ("emoji: only single code points are found", "good match 🇫🇷 👍🏽"),
    ("emoji: descriptions bring capitals and marks", "the light is bad 🔛 and 🆗"),
    ("emoji: descriptions bring capitals and marks", "© ® ㊗ fun"),
    ("punctuation: two characters keep theirs", "ok! we had :D and no, xd. XD!"),
    ("punctuation: two characters keep theirs", "«good» “good” good… (good) *good* #good"),
    ("punctuation: NLTK's list of marks", "good!! good!!! good!!!! great?!? (great) 'great' great.) .great fine?? fine???? -fine"),
    ("punctuation: NLTK's list of marks", "good-ish so-called great's fun,fun"),
    ("punctuation: NLTK drops single characters", "a good x 5 § é day"),
    ("no: upstream negates", "There was no good tea"),
    ("no: upstream negates", "There was no really good tea"),
    ("no: upstream negates", "no bed or comfort, no bed nor comfort"),
    ("no: upstream negates", "no"),
    ("no: upstream negates", "No No NO good"),
    ("no: capitals of a voided no", "NO good towels in here"),
    ("no: capitals of a voided no", "we said NO good man"),
    ("capitals", "the pool is GREAT and the staff is TERRIBLE"),
    ("capitals", "THE POOL IS GREAT"),
    ("capitals", "ÉTÉ au lac was good, Ⓐ GOOD one, ǅ GOOD"),
    ("booster", "it is VERY good, really very good, KINDA good, barely really so good"),
    ("booster", "an incredible mess, a total fraud, fuckin great"),
    ("booster: negative words", "very bad, hardly very bad, EXTREMELY bad, KINDA bad"),
    ("booster: a rated booster is none", "just enough good and kind of good, and sort of a good one"),
    ("kind of", "They were kind of late. Kind people. Kind OF nice, KIND of nice, of a kind"),
    ("negation: two of three places", "never not good, not never a good, nothing is not good"),
    ("negation: n't anywhere", "it won'T be good, xn'ty good, N'T good, ain’t good"),
    ("negation: a rated word shields", "not great good, not kind good"),
    ("never so", "never so good, never this good, never was so good, never so very good, Never So good"),
    ("never so: so and this without never", "the room is so good, we find this good, not in so good, is it So good"),
    ("never so: so shields from negation", "I do not feel this good, do not feel so bad"),
    ("without doubt", "without doubt good, without a doubt good, without doubt a good, without any good"),
    ("idiom", "I say the bomb good, this place is the bomb, now that is the shit"),
    ("idiom", "that tub was bad ass, it was a bad ass tub, badass tub, such a badass tub"),
    ("idiom: three words before", "yeah right, oh well yeah right, Oh Well Yeah Right, by the yeah right"),
    ("idiom: three words before", "it was the kiss of death, an early kiss of death for us, a view to die for"),
    ("idiom: only upstream", "wait at the bus stop, with my beating heart, it was to die for"),
    ("idiom: only NLTK", "does the soup cut the mustard, living hand to mouth"),
    ("idiom: replaces all that came before", "it is not a bad ass, was not very bad ass, is this THE BOMB good"),
    ("dampening phrase", "it was just enough good, it was sort of rather good, it was kind of a good"),
    ("dampening phrase", "really it was sort of good, Sort Of good, SORT of a good"),
    ("least", "least good, the least good, at least good, very least good, At Least good, LEAST good"),
    ("least", "Least good"),
    ("but: first equal value", "good food but good noise and good light"),
    ("but: first equal value", "bad bad bad but good good bad"),
    ("but: first equal value", "like good like but like bad like good like"),
    ("but: only the first", "good but bad but great"),
    ("but: only the first", "But good, but bad"),
    ("repetition: NLTK takes the first", "good, not good, very good, GOOD, never good."),
    ("repetition: NLTK takes the first", "kind people were kind of kind"),
    ("repetition: NLTK takes the first", "not kind, kind kind of kind"),
    ("emphasis", "good! bad"),
    ("emphasis", "good!!!! ????"),
    ("emphasis", "bad? ?"),
    ("emphasis", "bad???"),
    ("emphasis", "bad????"),
    ("emphasis", "fine !!!!!! ¡ ！"),
    ("emphasis: balanced sides get none", "good bad-tempered !!! :)"),
    ("white space", "good\x1cbad\x85good\xa0very\u2003good\u200bgood\u2028fine\u3000ok\ufeff"),
    ("case: the Kelvin sign is a k", "\u212aind of you, li\u212ae it, the \u212aILL"),
    ("case: letters that only look alike", "ſad gооd ＧＯＯＤ İll"),
    ("case: NLTK's phrases are case-sensitive", "we were Never So good, it is The Shit really, is it The Bomb"),
    ("zero", "no no"),
    ("zero", "we saw no bad no good"),
    ("lexicon: last of two ratings", "lol lmao fav sob ok xp d: o.o"),
    ("lexicon: entries that are never found", "can't stand it, fed up, screwed up, :P =D O.o"),
]

CUSTOM_LEXICON = [
    ("größe", 2.5), ("λόγος", 1.5), ("été", -1.0), ("BAD", -3.0), ("but", 1.0), ("least", -1.0), ("very", 2.0),
    ("kind", 1.0), ("good", 1.9), ("good", 2.1), ("zero", 0.0), ("at", 0.5), ("strass\u0131", 1.0),
]
CUSTOM_TEXTS = [
    "GRÖSSE", "Die GRÖßE ist good", "ΛΌΓΟΣ! λόγοσ Λόγος. ΛΌΓΟΣΑ", "ÉTÉ été, ÉTé.", "BAD bad Bad", "good but good",
    "the least good", "very good, VERY good", "kind of kind", "zero ZERO zero but good", "no good", "at least good",
    "not at good, not in good", "STRASSI strassı", "",
]


def numbers(scores):
    return " ".join(repr(scores[key]) for key in ("neg", "neu", "pos", "compound"))


def write(name, texts, upstream, nltk):
    with open(pathlib.Path(__file__).parent / name, "w", encoding="utf-8") as out:
        for label, text in texts:
            row = {"text": text, "upstream": numbers(upstream.polarity_scores(text)),
                   "nltk": numbers(nltk.polarity_scores(text))}
            if label:
                row["quirk"] = label
            # Control characters and wide white space stay visible in the file.
            out.write(json.dumps(row) + "\n")


def front_desk(file):
    with open(file, encoding="utf-8", newline="") as lines:
        texts = [row["text"] for row in csv.DictReader(lines)]
    return random.Random(SEED).sample(texts, FRONT_DESK_TEXTS)


def roundings():
    """Numbers, with `round` of them to 3 and 4 decimals: ties, near ties and random ones."""
    rng = random.Random(SEED)
    values = [0.0, -0.0, 1.0, -1.0, 0.0625, 0.1875, -0.0625, 0.03125, 0.09375, 1e-5, -1e-5, 5e-324, -5e-324, 1e-4]
    while len(values) < ROUNDINGS:
        kind = rng.random()
        value = (rng.randint(-10000, 10000) + 0.5) / rng.choice([1e3, 1e4]) if kind < 0.6 else rng.uniform(-1, 1)
        if kind < 0.3:
            value *= 1 + rng.choice([-1, 1]) * 2.0 ** -52
        if abs(value) <= 1:
            values.append(value)
    return values


def main(messages):
    upstream, nltk = Upstream(), NLTK()
    write("front-desk.jsonl", [(None, text) for text in front_desk(messages)], upstream, nltk)
    write("quirks.jsonl", QUIRKS, upstream, nltk)
    write("fuzz.jsonl", [(None, text) for text in itertools.islice(fuzz(SEED), FUZZ_TEXTS)], upstream, nltk)
    lexicon = dict(CUSTOM_LEXICON)
    write("custom-lexicon.jsonl", [(None, text) for text in CUSTOM_TEXTS], Upstream(lexicon), NLTK(lexicon))
    folder = pathlib.Path(__file__).parent
    (folder / "custom-lexicon.txt").write_text(
        "".join(f"{token}\t{valence}\n" for token, valence in CUSTOM_LEXICON), encoding="utf-8")
    # The double in hexadecimal, so that no reader of decimals can change it.
    (folder / "rounding.txt").write_text(
        "".join(f"{value.hex()} {round(value, 3)!r} {round(value, 4)!r}\n" for value in roundings()))


main(sys.argv[1])
