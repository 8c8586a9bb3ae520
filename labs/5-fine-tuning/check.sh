#!/usr/bin/env bash
# Did the training change the encoder at all? If it did, the same text now has another vector.
set -euo pipefail
source "$(dirname "$0")/../checking.sh"

run_experiment
encoder=$(awk '$1 == "encoder:" { print $2; exit }' "$experiment")
[ -d "$(dirname "$experiment")/$encoder" ] && encoder=$(dirname "$experiment")/$encoder
# Letters, which even a toy vocabulary has.
text="a b c"
bakeoff embed --model "$encoder" --output "$report/before.npy" <<<"$text"
bakeoff embed --model "$models/finetuned" --output "$report/after.npy" <<<"$text"
different=$(cmp -s "$report/before.npy" "$report/after.npy" && echo 0 || echo 1)
holds "the fine-tuned encoder's vector of a text is another than before" "$different"
rivals=$(awk -F, '$2 == "frozen" || $2 == "finetuned" { n++ } END { print n + 0 }' "$report/tables/ranking.csv")
holds "both are still compared" "$rivals == 2"
verdict
