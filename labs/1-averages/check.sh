#!/usr/bin/env bash
# Does the ranking's first place go to a filter that finds spam, and not to one that calls everything spam?
set -euo pipefail
source "$(dirname "$0")/../checking.sh"

run_experiment
same_rows 02c99ad44c08ef634b837697b6acebda45a31d44b8dbcdd1cb246844d42105b8 \
    ea4293aa895ab58c81d32dccc2d9fbe5413d552a68e000eb1aba3b0127417247
for id in majority:dummy cautious:tfidf-logreg eager:naive-bayes; do
    holds "${id%:*} still takes part" "\"$(contestant "${id%:*}" model)\" == \"${id#*:}\""
done
holds "cautious is the filter that was installed" \
    "\"$(contestant cautious summary)\" == \"TF-IDF of 100 terms, without english stop words, one-vs-rest logistic regression, C 1.0\""
winner=$(awk -F, 'NR == 2 { print $2 }' "$report/tables/ranking.csv")
found=$(recall "$winner" spam)
right=$(precision "$winner" spam)
holds "the first place, $winner, finds at least half of the spam: $found" "$found >= 0.5"
# One message in eight is spam, so a filter that calls everything spam is right in 0.12.
holds "at least a quarter of what it calls spam is spam: $right" "$right >= 0.25"
verdict
