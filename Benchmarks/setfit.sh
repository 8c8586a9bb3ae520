#!/usr/bin/env bash
# SetFit here and by the setfit package: accuracy and time, mean over draws of 8 rows a class.
#
#   Benchmarks/setfit.sh MODEL TRAIN TEST [options of peers/setfit_package.py]
#
# MODEL is a folder of sentence-transformers, TRAIN and TEST are CSV files with the columns text and label. PYTHON is a
# Python with setfit 1.2.0 (default: python3).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
if [ $# -lt 3 ]; then
    sed -n '2,7s/^# \{0,1\}//p' "$here/setfit.sh" >&2
    exit 2
fi
model=$(realpath "$1")
train=$(realpath "$2")
test=$(realpath "$3")
shift 3
source "$here/programs.sh"
exec "${PYTHON:-python3}" "$here/peers/setfit_package.py" --program "$programs/bakeoff" --model "$model" \
    --train "$train" --test "$test" "$@"
