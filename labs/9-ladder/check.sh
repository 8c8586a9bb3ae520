#!/usr/bin/env bash
# Does the board show what a team can do, and not how often it tried?
set -euo pipefail
made=${1:-$(dirname "$0")/class.sh}
source "$(dirname "$0")/../checking.sh"

secret=runs/labs/$lab/class/secret
entries=runs/labs/$lab/entries
report=runs/labs/$lab/board
echo "running $made ..."
PATH=$(cd "$(dirname "$program")" && pwd):$PATH
quietly() { notices=$("$@" 2>&1 >/dev/null) || { echo "$notices" >&2; exit 2; }; }
quietly bash "$made"
quietly bash "$(dirname "$0")/entries.sh"
quietly bakeoff class board --secret "$secret" "$entries" --output "$report" --final

# shown TEAM: the first and the last public score that the board has shown of it. Keys stand in alphabetical order, so a
# team's entries come before its name.
shown() {
    awk -v team="$1" '
        $1 == "\"entries\"" { first = last = "" }
        $1 == "\"shown\"" && $3 + 0 > 0 { last = $3 + 0; if (first == "") first = last }
        $1 == "\"name\"" && $3 ~ "^\"" team "\"" && first != "" { print first, last; exit }' "$report/board.json"
}
final=$(awk -F, '$2 == "final" { n++ } END { print n + 0 }' "$secret/gold.csv")
holds "at least 150 rows are kept for the end: $final" "$final >= 150"
# The accuracy of the best of them. A text of gold.csv may have several lines.
best=$(awk -F, '
    NR == FNR { if ($2 == "public") { gold[$1] = $3; n++ }; next }
    FNR == 1 { right = 0 }
    $1 in gold && $2 == gold[$1] && ++right > best { best = right }
    END { printf "%.4f", n ? best / n : 0 }' "$secret/gold.csv" "$entries"/dice/*.csv)
read -r first last <<<"$(shown dice)"
echo "  the best of the dice's 500 entries has $best on the public rows; the board has shown $first first, $last last"
holds "the board does not show the dice climbing, by half a point or more" "$last - $first < 0.005"
read -r first last <<<"$(shown owls)"
holds "it shows that the owls' model is better than their guess: $first, $last" "$last - $first > 0.1"
verdict
