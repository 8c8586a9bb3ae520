#!/usr/bin/env bash
# Reading CSV and Parquet into strings beside pandas, in alternation on one core, with a check that both sides agree.
#
#   Benchmarks/reading.sh TABLE.tsv [options of peers/reading.py]
#
# PYTHON is a Python with pandas and pyarrow (default: python3).
set -euo pipefail
cd "$(dirname "$0")"
if [ $# -lt 1 ]; then
    sed -n '2,6s/^# \{0,1\}//p' "$0" >&2
    exit 2
fi
table=$(realpath "$1")
shift
swift build -c release --product ReadBench
program=$(swift build -c release --show-bin-path)/ReadBench
exec "${PYTHON:-python3}" peers/reading.py --program "$program" "$table" "$@"
