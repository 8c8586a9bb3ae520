#!/usr/bin/env bash
# Whether fine-tuning learns as PyTorch's does: the mean training loss of each epoch, over seeds.
#
#   Benchmarks/learning.sh MODEL TABLE [options of peers/learning.py]
#
# MODEL is a Hugging Face folder of a BERT, TABLE a file without header: text and class joined by a semicolon, or, ending
# in .tsv, text and label numbers joined by commas. PYTHON is a Python with torch and transformers (default: python3).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
if [ $# -lt 2 ]; then
    sed -n '2,7s/^# \{0,1\}//p' "$here/learning.sh" >&2
    exit 2
fi
model=$(realpath "$1")
table=$(realpath "$2")
shift 2
source "$here/programs.sh"
exec "${PYTHON:-python3}" "$here/peers/learning.py" --program "$programs/bakeoff" --model "$model" --table "$table" "$@"
