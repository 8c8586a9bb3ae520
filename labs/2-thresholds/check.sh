#!/usr/bin/env bash
# Does every contestant that reads the messages give nearly all of them a label, and do its labels mean something?
set -euo pipefail
source "$(dirname "$0")/../checking.sh"

run_experiment
score() {
    awk -F, -v id="$1" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "micro F1") column = i }
        $2 == id { gsub(/"[^"]*"/, "interval"); print $column }' "$report/tables/ranking.csv"
}
for contestant in tfidf-lr balanced; do
    empty=$(awk -F, 'NR > 1 { rows++; none += $3 == "" } END { printf "%.4f", none / rows }' \
        "$report/predictions/$contestant.csv")
    holds "$contestant leaves at most a tenth of the messages without a label: $empty" "$empty <= 0.1"
    ahead=$(score $contestant)
    holds "$contestant has a better micro F1 than the guess: $ahead, $(score prior)" "$ahead > $(score prior)"
done
verdict
