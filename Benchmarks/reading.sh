#!/usr/bin/env bash
# Reading CSV and Parquet into strings beside pandas, in alternation on one core, with a check that both sides agree.
#
#   Benchmarks/reading.sh TABLE.tsv [options of peers/reading.py]
#
# PYTHON is a Python with pandas and pyarrow (default: python3).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
if [ $# -lt 1 ]; then
    sed -n '2,6s/^# \{0,1\}//p' "$here/reading.sh" >&2
    exit 2
fi
table=$(realpath "$1")
shift
source "$here/programs.sh"
exec "${PYTHON:-python3}" "$here/peers/reading.py" --program "$programs/ReadBench" "$table" "$@"
