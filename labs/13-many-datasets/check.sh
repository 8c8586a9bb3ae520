#!/usr/bin/env bash
# Is the question about datasets asked of datasets that have nothing in common?
set -euo pipefail
source "$(dirname "$0")/../checking.sh"

run_experiment
comparison=$(bakeoff compare "$report" --format json)
# How many datasets the comparison counts; runs on the same data are none.
datasets=$(awk '
    /^    "datasets" : \[/ { inside = 1 }
    /^    \]/ { inside = 0 }
    inside && $1 == "\"test_rows\"" { count++ }
    END { print count + 0 }' <<<"$comparison")
holds "the comparison counts six datasets or more: $datasets" "$datasets >= 6"
rows=$(awk '$1 == "\"row_count\"" && $3 + 0 > 0 { rows = $3 + 0; if (rows > most) most = rows } END { print most + 0 }' "$report/results.json")
ids=$(cat "$report"/*/predictions/words.csv | awk -F, '$1 != "id" { n++; if (!seen[$1]++) distinct++ } END { print n + 0, distinct + 0 }')
read -r tested distinct <<<"$ids"
holds "no message is in the test part of two datasets: $tested messages, $distinct of them different" "$tested == $distinct"
holds "a dataset is no more than a share of the 1,200 messages: the largest has $rows" "$rows * 6 <= 1200"
for summary in "TF-IDF of [0-9]* terms, one-vs-rest logistic regression, C 1.0" \
    "TF-IDF of [0-9]* terms, 2 to 4 characters in words, one-vs-rest logistic regression, C 1.0"; do
    holds "there still is on each: ${summary/\[0-9\]\*/N}" \
        "$(grep -c "\"summary\" : \"$summary\"" "$report/results.json") == $(grep -c '"plan" : ' "$report/results.json")"
done
verdict
