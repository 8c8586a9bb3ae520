#!/usr/bin/env bash
# Does the report show, by more than chance, for which messages the order of the two models turns round?
set -euo pipefail
source "$(dirname "$0")/../checking.sh"

run_experiment
holds "the messages are those of the lab" \
    "\"$(result dataset sha256)\" == \"539007ffea1f206827f6bc3c9d73e7edb695d0c22496c7aeef6de07a0f5b99b2\""
holds "words still are words" "\"$(contestant words model)\" == \"linear-svm\""
holds "letters still are letters" "\"$(contestant letters summary)\" ~ /2 characters in words, .*logistic regression/"
# Rows of the phone's slice, and the p-value of a turn of words and letters there; 0 and 1 where the report has none.
facts=$(awk '
    function text(line) { sub(/^[^:]*: "/, "", line); sub(/",?$/, "", line); return line }
    /^  "/ { inside = /^  "slices" : / }
    !inside { next }
    $1 == "\"name\"" { name = text($0) }
    $1 == "\"row_count\"" && name == "phone" { rows = $3 + 0 }
    $1 == "\"adjusted_p_value\"" { p = $3 + 0 }
    $1 == "\"first\"" { first = text($0) }
    $1 == "\"second\"" && name == "phone" && first == "words" && text($0) == "letters" { found = p }
    END { print rows + 0, found == "" ? 1 : found }' "$report/results.json")
read -r rows p <<<"$facts"
holds "the phone has a score of its own, on 100 messages or more: $rows" "$rows >= 100"
holds "letters are better there by more than chance, though words are on all messages: p $p" "$p < 0.05"
verdict
