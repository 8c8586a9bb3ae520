"""Writes VADER's lexicon and emoji table as Swift source.

Source: the sdist of vaderSentiment 3.3.2 (MIT, C.J. Hutto), SHA-256 as below. Get it with
    pip download --no-deps --no-binary :all: vaderSentiment==3.3.2
Run:
    python make_lexicon.py vaderSentiment-3.3.2.tar.gz ../../../Sources/Models/Lexicons
"""

import hashlib
import pathlib
import sys
import tarfile

SHA256 = "5d7c06e027fc8b99238edb0d53d970cf97066ef97654009890b83703849632f9"
FOLDER = "vaderSentiment-3.3.2/vaderSentiment/"

HEADER = """// Made by Tests/Oracles/Lexicons/make_lexicon.py; do not edit.
//
// Source: {file} of vaderSentiment 3.3.2, the program of C.J. Hutto and E.E. Gilbert, "VADER: A
// Parsimonious Rule-based Model for Sentiment Analysis of Social Media Text", ICWSM-14, under this licence:
//
{licence}

extension {type} {{
    /// {doc}
    static let publishedText = #\"\"\"
"""


def main(sdist, folder):
    found = hashlib.sha256(pathlib.Path(sdist).read_bytes()).hexdigest()
    if found != SHA256:
        sys.exit(f"{sdist}: SHA-256 is {found}, expected {SHA256}")
    with tarfile.open(sdist) as archive:
        def rows(name):
            text = archive.extractfile(FOLDER + name).read().decode("utf-8")
            return [line.strip().split("\t") for line in text.rstrip("\n").split("\n") if line]

        # A token that stands twice has its last rating, as in vaderSentiment's own dictionary.
        lexicon = {row[0]: row[1] for row in rows("vader_lexicon.txt")}
        # vaderSentiment looks at one code point at a time, so a sequence is never found.
        emoji = {row[0]: row[1] for row in rows("emoji_utf8_lexicon.txt") if len(row[0]) == 1}

        licence = archive.extractfile("vaderSentiment-3.3.2/LICENSE.txt").read().decode("utf-8")

    write(folder, licence, "vader_lexicon.txt", "VaderLexicon", "Token, tab, mean of ten ratings in -4...4.",
          [f"{token}\t{valence}" for token, valence in lexicon.items()])
    write(folder, licence, "emoji_utf8_lexicon.txt", "EmojiDescriptions",
          "Code point in hexadecimal, tab, description; the entries of one code point only.",
          [f"{ord(e):X}\t{description}" for e, description in sorted(emoji.items())])


def write(folder, licence, file, type, doc, lines):
    if any('"""#' in line or "\\#" in line for line in lines):
        sys.exit("a line would end the Swift literal")
    out = pathlib.Path(folder) / f"{type}+Published.swift"
    notice = "\n".join(f"// {line}".rstrip() for line in licence.strip().splitlines())
    head = HEADER.format(licence=notice, file=file, type=type, doc=doc)
    body = "".join(f"        {line}\n" for line in lines)
    out.write_text(head + body + '        """#\n}\n', encoding="utf-8")
    print(f"{out}: {len(lines)} lines")


main(*sys.argv[1:])
