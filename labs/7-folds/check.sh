#!/usr/bin/env bash
# Are there enough messages, however often they are dealt, to find a difference that matters?
set -euo pipefail
source "$(dirname "$0")/../checking.sh"

run_experiment
# The scores of all folds of all tasks: the first contestant's minus the second's, their mean and what is said of it.
facts=$(awk '
    $1 == "\"row_count\"" && !rows { rows = $3 + 0 }
    $1 == "\"folds\"" { inside = 1 }
    inside && /" : \{$/ { id = $1; gsub(/"/, "", id) }
    inside && /" : \[$/ { values = $1 == "\"f1_macro\""; next }
    /^ *\],?$/ { values = 0 }
    values { score[id, count[id]++] = $1 + 0 }
    inside && $1 == "\"test_to_train\"" { ratio = $3 + 0; inside = 0 }
    END {
        J = count["no-stop-words"]
        if (J < 2 || count["all-words"] != J) { print 0, 0, 0, 0; exit }
        for (i = 0; i < J; i++) mean += (score["no-stop-words", i] - score["all-words", i]) / J
        for (i = 0; i < J; i++) variance += (score["no-stop-words", i] - score["all-words", i] - mean) ^ 2 / (J - 1)
        printf "%d %.4f %.4f %.4f\n", J, mean, sqrt(variance / J), sqrt(variance * (1 / J + ratio))
    }' "$report/results.json")
read -r folds mean naive error <<<"$facts"
holds "the two are compared over folds: $folds of them" "$folds > 0"
[ "$failures" -eq 0 ] || verdict
echo "  no-stop-words is ahead by $mean in the mean; its standard error by the draft is $naive, corrected $error"
holds "the messages are those of the lab" \
    "$(grep -c '"sha256" : "02c99ad44c08ef634b837697b6acebda45a31d44b8dbcdd1cb246844d42105b8"' "$report/results.json") > 0"
for summary in "TF-IDF of all terms, one-vs-rest logistic regression, C 1.0" \
    "TF-IDF of all terms, without english stop words, one-vs-rest logistic regression, C 10.0"; do
    holds "there still is: $summary" "$(grep -c "\"summary\" : \"$summary\"" "$report/results.json") > 0"
done
least=$(awk -v error="$error" 'BEGIN { printf "%.4f", (1.96 + 0.84) * error }')
holds "a difference of 0.06, the least that matters, would be found in four cases of five: $least" "$least <= 0.06"
verdict
