#!/usr/bin/env bash
# Does the ranking's first place go to a filter that finds spam?
set -euo pipefail
source "$(dirname "$0")/../checking.sh"

run_experiment
winner=$(awk -F, 'NR == 2 { print $2 }' "$report/tables/ranking.csv")
contestants=$(awk 'END { print NR - 1 }' "$report/tables/ranking.csv")
holds "all three contestants are still ranked: $contestants" "$contestants == 3"
found=$(recall "$winner" spam)
holds "the first place, $winner, finds at least half of the spam: $found" "$found >= 0.5"
verdict
