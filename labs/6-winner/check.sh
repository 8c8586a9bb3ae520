#!/usr/bin/env bash
# Can the comparison of tfidf-lr and vader answer the question, however it comes out?
set -euo pipefail
source "$(dirname "$0")/../checking.sh"

run_experiment
holds "the messages are those of the lab" "\"$(result dataset sha256)\" == \"02c99ad44c08ef634b837697b6acebda45a31d44b8dbcdd1cb246844d42105b8\""
plan=$(result split plan)
holds "the split has the seed that it had: nobody drew until it looked well" \
    "\"$plan\" ~ /, stratified by labels, seed 42\$/"
holds "the metric is the one that it was" "\"$(result experiment rank_by)\" == \"f1_macro\""
holds "vader is as it was" "\"$(contestant vader summary)\" == \"VADER (upstream), compound ±0.05\""
holds "tfidf-lr is as it was" \
    "\"$(contestant tfidf-lr summary)\" ~ /^TF-IDF of (all|[0-9]*[0-9][0-9][0-9]) terms, one-vs-rest logistic regression, C 1.0\$/"
# The comparisons of results.json, whose keys stand in alphabetical order: how many were tested together, and the standard
# error of the difference of the two.
facts=$(awk '
    $1 == "\"adjusted_mcnemar_p_value\"" { error = "" }
    $1 == "\"adjusted_p_value\"" { pairs++ }
    $1 == "\"standard_error\"" { gsub(/,/, "", $3); error = $3 }
    $1 == "\"first\"" { gsub(/[",]/, "", $3); first = $3 }
    $1 == "\"second\"" { gsub(/[",]/, "", $3); pair = first " " $3
        if (asked == "" && (pair == "tfidf-lr vader" || pair == "vader tfidf-lr")) asked = error }
    END { print pairs + 0, asked }' "$report/results.json")
pairs=${facts% *}
error=${facts#* }
if [ -z "$error" ] || [ "$pairs" -eq 0 ]; then
    holds "tfidf-lr and vader are compared" 0
    verdict
fi
# What such a test would show in four cases of five, planned with the strictest level of Holm's correction: 0.05 / pairs.
least=$(awk -v pairs="$pairs" -v error="$error" '
    # The normal quantile of 1 - p, Abramowitz and Stegun 26.2.23.
    function upper(p,   t) {
        t = sqrt(-2 * log(p))
        return t - (2.515517 + 0.802853 * t + 0.010328 * t * t) / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t)
    }
    BEGIN { printf "%.4f", (upper(0.025 / pairs) + 0.8416) * error }')
holds "a difference of 0.10, the least that matters, would be found in four cases of five: pairs $pairs, least $least" \
    "$least <= 0.10"
verdict
