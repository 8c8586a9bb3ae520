#!/usr/bin/env bash
# Do the weights make the filter find spam, without calling everything spam?
set -euo pipefail
source "$(dirname "$0")/../checking.sh"

run_experiment
same_rows 02c99ad44c08ef634b837697b6acebda45a31d44b8dbcdd1cb246844d42105b8 \
    ea4293aa895ab58c81d32dccc2d9fbe5413d552a68e000eb1aba3b0127417247
found=$(recall weighted spam)
right=$(precision weighted spam)
holds "weighted finds at least half of the spam: $found" "$found >= 0.5"
holds "at least half of what it calls spam is spam: $right" "$right >= 0.5"
# A low threshold finds spam with the weight on ham too. But such a model thinks less of spam than its share, 0.12.
mean=$(mean_probability weighted spam)
holds "weighted gives spam at least its share of the messages on average: $mean" "$mean >= 0.1"
verdict
