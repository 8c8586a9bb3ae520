#!/usr/bin/env bash
# The classical baselines beside scikit-learn and vaderSentiment: whole processes in alternation, results compared.
#
#   Benchmarks/classical.sh GOEMOTIONS [options of peers/classical.py]
#
# GOEMOTIONS: the folder of train.tsv, dev.tsv, test.tsv and labels.txt (`bakeoff fetch goemotions` says where).
# PYTHON is a Python with scikit-learn and vaderSentiment (default: python3).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
if [ $# -lt 1 ]; then
    sed -n '2,7s/^# \{0,1\}//p' "$here/classical.sh" >&2
    exit 2
fi
data=$(realpath "$1")
shift
source "$here/programs.sh"
exec "${PYTHON:-python3}" "$here/peers/classical.py" --program "$programs/bakeoff" --data "$data" "$@"
