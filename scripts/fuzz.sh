#!/usr/bin/env bash
# Attacks every reader with changed inputs for a given time, and fails on a trap, a hang or an endless allocation.
#
#   scripts/fuzz.sh [--seconds N] [--seed N] [TARGET ...]
#
# --seconds: for each target (60 by default). --seed: of the changes (1 by default). Without a target: all of them, see
# Tests/Fuzz. An input that was not survived is named by target, seed and number, and can be given again with
# Fuzz TARGET --runs FOLDER --start NUMBER --count 1 --seed SEED.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/setup.sh

seconds=60
seed=1
targets=()
while [ $# -gt 0 ]; do
    case $1 in
    --seconds) seconds=${2:?--seconds needs a number}; shift ;;
    --seed) seed=${2:?--seed needs a number}; shift ;;
    -*) sed -n '4,8s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
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
    tar czf a.tar.gz data.csv encoder/vocab.txt
    python3 -I -c 'import zipfile; z = zipfile.ZipFile("a.zip", "w", zipfile.ZIP_DEFLATED); z.write("data.csv"); z.write("encoder/vocab.txt")'
    cat >o.yaml <<'YAML'
name: o
dataset: {recipe: front-desk}
clean: {rows: 240}
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
clean: {rows: 240}
contestants:
  - {id: lr, model: tfidf-logreg, tfidf: {max-features: 100}}
  - {id: prior, model: dummy, strategy: prior}
thresholds: {tune: [global, per-label]}
report: {calibration: platt}
YAML
    cat >tasks.yaml <<'YAML'
name: tasks
tasks:
  - {name: sentiment, dataset: {recipe: front-desk}, clean: {rows: 240}}
  - {name: spam, dataset: {recipe: front-desk-spam}, clean: {rows: 240}}
contestants:
  - {id: lr, model: tfidf-logreg, tfidf: {max-features: 100}}
  - {id: majority, model: dummy}
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
[ "${#targets[@]}" -gt 0 ] || mapfile -t targets < <("$programs/Fuzz" --list)

failures=0
for target in "${targets[@]}"; do
    start=0
    end=$((SECONDS + seconds))
    while [ "$SECONDS" -lt "$end" ]; do
        status=0
        "$programs/Fuzz" "$target" --runs "$runs" --progress "$scratch/progress" --seconds $((end - SECONDS)) \
            --start "$start" --seed "$seed" 2>"$scratch/errors" || status=$?
        [ "$status" -ne 0 ] || break
        number=$(cat "$scratch/progress" 2>/dev/null || echo -1)
        echo "FOUND: $target, seed $seed, input $number: exit code $status: $(grep -aE 'Fatal|takes more|Error' "$scratch/errors" | head -1)"
        failures=$((failures + 1))
        [ "$number" -ge "$start" ] || break
        start=$((number + 1))
    done
done
[ "$failures" -eq 0 ] || { echo "$failures inputs were not survived" >&2; exit 1; }
