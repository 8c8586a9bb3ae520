#!/usr/bin/env bash
# Measures this package beside its Python peers and writes reports/benchmarks/README.md.
#
#   scripts/bench.sh [--data DIR] [--encoder FOLDER] [--rounds N]
#
# Sets up the peers in Benchmarks/.venv (versions pinned in Benchmarks/requirements.txt; PYTHON names a Python that has
# them already), builds every program once, and runs each pair in turn: some 20 minutes on two cores besides the build.
# --data DIR: take GoEmotions from DIR/goemotions instead of fetching it; --encoder FOLDER: take all-MiniLM-L6-v2 from
# there. Close other programs first: pairs are compared in turn, but a busy machine widens the spread.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/setup.sh

data=
encoder=
rounds=3
while [ $# -gt 0 ]; do
    case $1 in
    --data) data=${2:?--data needs a folder}; shift ;;
    --encoder) encoder=${2:?--encoder needs a folder}; shift ;;
    --rounds) rounds=${2:?--rounds needs a number}; shift ;;
    *) sed -n '4,9s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
    esac
    shift
done

python_peers() {
    if [ -z "${PYTHON:-}" ]; then
        [ -x Benchmarks/.venv/bin/python ] || python3 -m venv Benchmarks/.venv || return 1
        PYTHON=$PWD/Benchmarks/.venv/bin/python
        "$PYTHON" -m pip install --quiet --requirement Benchmarks/requirements.txt || return 1
    fi
    export PYTHON
    "$PYTHON" -c 'import numpy, onnx, onnxruntime, pandas, pyarrow, sklearn, tokenizers, torch, transformers, vaderSentiment'
}

build() {
    source Benchmarks/programs.sh || return 1
    export BENCH_PROGRAMS=$programs
}

setup
step "set up the Python peers" python_peers
step "build (release)" build
bakeoff=$BENCH_PROGRAMS/bakeoff
bring() { "$bakeoff" fetch "$1" ${2:+--from "$2"}; }
step "get GoEmotions" bring goemotions "${data:+$data/goemotions}"
step "get the encoder" bring all-MiniLM-L6-v2 "$encoder"
cache=${XDG_CACHE_HOME:-$HOME/.cache}/bakeoff
comments=$cache/datasets/goemotions
model=$cache/encoders/all-MiniLM-L6-v2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
records=$scratch/records.jsonl

# A BERT of the usual size with random weights: speed does not depend on what they are.
bert_base() {
    "$PYTHON" - "$model" "$scratch/bert-base" <<'PYTHON'
import shutil
import sys

import torch
from transformers import BertConfig, BertModel

source, target = sys.argv[1:]
torch.manual_seed(1)
BertModel(BertConfig()).save_pretrained(target)
for name in ("vocab.txt", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"):
    shutil.copy(f"{source}/{name}", target)
PYTHON
}

start=$SECONDS
step "reading" Benchmarks/reading.sh "$comments/train.tsv" --rounds "$rounds" --json "$records"
step "TF-IDF, fitting, VADER, growth in rows" \
    Benchmarks/classical.sh "$comments" --rounds "$rounds" --sizes 10000,100000,1000000 --json "$records"
step "WordPiece" Benchmarks/tokenize.sh "$model" "$comments/train.tsv" --rounds "$rounds" --json "$records"
step "encoding" Benchmarks/encode.sh "$model" "$comments/test.tsv" --rounds 2 --sizes 16,32,64 --json "$records"
step "heads on vectors in fewer bits" "$PYTHON" Benchmarks/peers/heads.py --program "$BENCH_PROGRAMS/EncodeBench" \
    --model "$model" --data "$comments" --json "$records"
step "stages, growth in length, threads and labels" "$PYTHON" Benchmarks/peers/scaling.py --programs "$BENCH_PROGRAMS" \
    --model "$model" --data "$comments" --json "$records"
step "fine-tuning MiniLM" Benchmarks/train.sh "$model" "$comments/train.tsv" --texts 640 --rounds 2 --json "$records"
step "make a BERT of the usual size" bert_base
step "fine-tuning the BERT-base shape" Benchmarks/train.sh "$scratch/bert-base" "$comments/train.tsv" \
    --name "the BERT-base shape" --texts 192 --rounds 1 --json "$records"

machine="$(sed -n '/^model name/{s/^[^:]*: //p;q}' /proc/cpuinfo), $(nproc) cores"
versions=$("$PYTHON" -c 'from importlib.metadata import version
names = "scikit-learn pandas pyarrow vaderSentiment tokenizers torch transformers onnx onnxruntime".split()
print(", ".join(f"{name} {version(name)}" for name in names))')
step "write reports/benchmarks" "$PYTHON" Benchmarks/peers/report.py "$records" --output reports/benchmarks \
    --page docs/performance.md --machine "$machine" --date "$(date -u +%F)" --commit "$(git rev-parse --short HEAD)" \
    --minutes "$(((SECONDS - start + 59) / 60))" --versions "$versions"
echo
echo "The report is reports/benchmarks/README.md"
