#!/usr/bin/env bash
# Has the model seen any message of the test part before?
set -euo pipefail
source "$(dirname "$0")/../checking.sh"

run_experiment
leaked() { awk -F, -v kind="$1" 'NR > 1 && $2 == "test" && $3 == kind { n++ } END { print n + 0 }' "$report/leaks.csv"; }
rows=$(awk -F, '$2 == "test" { n++ } END { print n + 0 }' "$report/split.csv")
holds "the test part still has at least 150 messages: $rows" "$rows >= 150"
holds "no message of test is in train: $(leaked equal)" "$(leaked equal) == 0"
holds "no message of test is nearly in train: $(leaked near)" "$(leaked near) == 0"
verdict
