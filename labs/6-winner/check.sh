#!/usr/bin/env bash
# Does the comparison of tfidf-lr and vader answer the question?
set -euo pipefail
source "$(dirname "$0")/../checking.sh"

run_experiment
# value KEY: of the comparison of the two in results.json, where the keys of a comparison stand in alphabetical order.
value() {
    awk -v key="\"$1\"" '
        $1 == "\"adjusted_mcnemar_p_value\"" { here = "" }
        $1 == key { gsub(/,/, "", $3); here = $3 }
        $1 == "\"first\"" { gsub(/[",]/, "", $3); first = $3 }
        $1 == "\"second\"" { gsub(/[",]/, "", $3); pair = first " " $3
            if (pair == "tfidf-lr vader" || pair == "vader tfidf-lr") print here }' "$report/results.json"
}
seed=$(grep -c "seed 42" "$report/results.json" || true)
holds "the split has the seed that it had: nobody drew until it looked well" "$seed > 0"
p=$(awk -v x="$(value adjusted_p_value)" 'BEGIN { printf "%.4f", x }')
holds "chance alone would seldom show such a difference: p with Holm's correction $p" "$p < 0.05"
# Planned power: a test of 5% shows a true difference of (1.96 + 0.84) standard errors in four cases of five. What was
# found has no part in it.
least=$(awk -v se="$(value standard_error)" 'BEGIN { printf "%.4f", 2.8 * se }')
holds "the test part was large enough for the lead of 0.10 that matters: in four cases of five it shows $least" \
    "$least <= 0.10"
verdict
