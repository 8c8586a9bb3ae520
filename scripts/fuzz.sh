#!/usr/bin/env bash
# Attacks every reader with changed inputs, and the program with kills and full disks, for a given time; fails on a trap, a
# hang, an endless allocation, output that is cut and a write outside of the folders.
#
#   scripts/fuzz.sh [--seconds N] [--seed N] [--count N] [TARGET ...]
#
# --seconds: for each target (60 by default). --count: inputs of each target at most. --seed: of the changes (1 by default).
# Without a target: all of them, see Tests/Fuzz. What was found is named by target, seed and number, and can be given again
# with --seed SEED --start NUMBER --count 1 TARGET.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/setup.sh

seconds=60
seed=1
more=()
targets=()
while [ $# -gt 0 ]; do
    case $1 in
    --seconds) seconds=${2:?--seconds needs a number}; shift ;;
    --seed) seed=${2:?--seed needs a number}; shift ;;
    --count | --start) more+=("$1" "${2:?$1 needs a number}"); shift ;;
    -*) sed -n '5,9s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
    *) targets+=("$1") ;;
    esac
    shift
done
[ -n "${FUZZ_PROGRAMS:-}" ] || { setup; step "build (release)" swift build -c release --build-tests; }
programs=${FUZZ_PROGRAMS:-$(swift build -c release --show-bin-path)}
root=$PWD
runs=${FUZZ_RUNS:-}

# Good files to begin with: runs of every family, an archive, a compressed table.
make_runs() {
    local bakeoff=$programs/bakeoff oracle=$root/Tests/Oracles/Encoders/bert-gelu
    mkdir -p encoder
    cp "$oracle/config.json" "$oracle/model.safetensors" encoder/
    local size
    size=$(sed -n 's/.*"vocab_size": *\([0-9]*\).*/\1/p' "$oracle/config.json")
    { printf '%s\n' '[PAD]' '[UNK]' '[CLS]' '[SEP]' '[MASK]' a b '##b' c; seq -f '[unused%g]' 9 "$((size - 1))"; } >encoder/vocab.txt
    echo '{"do_lower_case": true, "tokenizer_class": "BertTokenizer"}' >encoder/tokenizer_config.json
    printf 'id,text,label\n1,the room was clean,good\n2,noisy,bad\n' >data.csv
    gzip -k data.csv
    local tool
    for tool in 'bzip2 -k' 'xz -k' 'zstd -q'; do
        if command -v "${tool%% *}" >/dev/null; then $tool data.csv; fi
    done
    tar czf a.tar.gz data.csv encoder/vocab.txt
    python3 -I -c 'import zipfile; z = zipfile.ZipFile("a.zip", "w", zipfile.ZIP_DEFLATED); z.write("data.csv"); z.write("encoder/vocab.txt")'
    cat >o.yaml <<'YAML'
name: o
dataset: {recipe: front-desk}
clean: {rows: 120}
contestants:
  - {id: majority, model: dummy}
  - {id: vader, model: vader}
  - {id: lr, model: tfidf-logreg, tfidf: {max-features: 200}}
  - {id: svm, model: linear-svm, tfidf: {max-features: 200}}
  - {id: nb, model: naive-bayes, tfidf: {max-features: 200}}
  - {id: frozen, model: frozen-encoder, encoder: encoder}
  - {id: fine, model: fine-tuned, encoder: encoder, training: {epochs: 1, log-every: 1}}
report: {quotes: true}
YAML
    cat >multilabel.yaml <<'YAML'
name: multilabel
dataset: {recipe: front-desk-emotions}
clean: {rows: 120}
contestants:
  - {id: lr, model: tfidf-logreg, tfidf: {max-features: 100}}
  - {id: prior, model: dummy, strategy: prior}
thresholds: {tune: [global, per-label]}
report: {calibration: platt}
YAML
    cat >tasks.yaml <<'YAML'
name: tasks
tasks:
  - {name: sentiment, dataset: {recipe: front-desk}, clean: {rows: 120}}
  - {name: spam, dataset: {recipe: front-desk-spam}, clean: {rows: 120}}
contestants:
  - {id: lr, model: tfidf-logreg, tfidf: {max-features: 100}}
  - {id: majority, model: dummy}
  - {id: several, model: multi-task, encoder: encoder, max-length: 8, training: {epochs: 1}}
YAML
    for name in o multilabel tasks; do
        BAKEOFF_RECIPES=$root/datasets "$bakeoff" run $name.yaml --output reports/$name --models models/$name >/dev/null 2>log ||
            { cat log >&2; return 1; }
    done
}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
if [ -z "$runs" ]; then
    runs=$scratch/runs
    mkdir -p "$runs"
    (cd "$runs" && step "make runs to begin with" make_runs)
fi

attack=("$programs/Fuzz" "${targets[@]}" --runs "$runs" --seconds "$seconds" --seed "$seed" "${more[@]}")
# A disk that can be filled up needs a mount of this script's own; without one, files that may not grow stand for it.
disk=$scratch/disk
mkdir -p "$disk"
if unshare -rm --propagation private mount -t tmpfs -o size=16m none "$disk" 2>/dev/null; then
    export FUZZ_DISK=$disk
    unshare -rm --propagation private sh -c 'mount -t tmpfs -o size=16m none "$FUZZ_DISK" && exec "$@"' sh "${attack[@]}"
else
    "${attack[@]}"
fi
