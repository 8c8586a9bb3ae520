#!/usr/bin/env bash
# The classical baselines beside scikit-learn and vaderSentiment: whole processes in alternation, results compared.
#
#   Benchmarks/classical.sh GOEMOTIONS [options of peers/classical.py]
#
# GOEMOTIONS: the folder of train.tsv, dev.tsv, test.tsv and labels.txt (`bakeoff fetch goemotions` says where).
# PYTHON is a Python with scikit-learn and vaderSentiment (default: python3).
set -euo pipefail
cd "$(dirname "$0")/.."
if [ $# -lt 1 ]; then
    sed -n '2,7s/^# \{0,1\}//p' Benchmarks/classical.sh >&2
    exit 2
fi
data=$(realpath "$1")
shift
swift build -c release --product bakeoff
program=$(swift build -c release --show-bin-path)/bakeoff
exec "${PYTHON:-python3}" Benchmarks/peers/classical.py --program "$program" --data "$data" "$@"
