#!/usr/bin/env bash
# Do the weights make the filter find spam, without calling everything spam?
set -euo pipefail
source "$(dirname "$0")/../checking.sh"

run_experiment
found=$(recall weighted spam)
right=$(precision weighted spam)
holds "weighted finds at least half of the spam: $found" "$found >= 0.5"
holds "at least half of what it calls spam is spam: $right" "$right >= 0.5"
verdict
