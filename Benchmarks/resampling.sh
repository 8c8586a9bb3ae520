#!/usr/bin/env bash
# Speed of 10,000 bootstrap draws and of the paired tests, five contestants on 5,427 rows with 28 labels.
#
#   Benchmarks/resampling.sh [THREADS]
set -euo pipefail
cd "$(dirname "$0")"
swift build -c release --product ResamplingBench
exec "$(swift build -c release --show-bin-path)/ResamplingBench" "${1:-2}"
