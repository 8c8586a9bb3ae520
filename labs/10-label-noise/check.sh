#!/usr/bin/env bash
# Are the labels, in train and in test, those that the messages have?
set -euo pipefail
source "$(dirname "$0")/../checking.sh"

run_experiment
for id in logistic:tfidf-logreg svm:linear-svm; do
    holds "${id%:*} still takes part" "\"$(contestant "${id%:*}" model)\" == \"${id#*:}\""
done
# right.csv has the right labels of the messages whose labels are wrong.
facts=$(awk -F, '
    FNR == 1 { next }
    NR == FNR { right[$1] = $2; next }
    $1 ~ /^fd-[0-9]+$/ { rows++; spam += $2 == "spam"; wrong += $1 in right && right[$1] != $2 }
    END { print rows + 0, spam + 0, wrong + 0 }' "$(dirname "$0")/right.csv" "$report/predictions/logistic.csv")
read -r rows spam wrong <<<"$facts"
holds "at least 350 messages are scored, under their own ids: $rows" "$rows >= 350"
holds "at least 40 of them are labelled spam: $spam" "$spam >= 40"
holds "at most one label in a hundred is wrong: $wrong are" "$wrong <= $rows / 100"
verdict
