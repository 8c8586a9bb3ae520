#!/usr/bin/env bash
# Runs the experiments that redo published notebooks, each from its data to its report in reports/NAME.
#
#   scripts/reproduce.sh [NAME ...] [--data DIR] [--encoder FOLDER]
#
# NAME: goemotions, goemotions-sample, goemotions-raw, goemotions-raw-quick, sms-spam, semeval-ec,
# multitask-sentiment-emotion or tweeteval; none: all of them. Fine-tuning takes most of the time: minutes to an hour each.
# tweeteval is no notebook: it asks which classifier is better over ten datasets, and compares its tasks at the end.
# --data DIR: take datasets from the folders DIR/RECIPE (such as DIR/goemotions) where they are there, else fetch them.
# --encoder FOLDER: take the encoder all-MiniLM-L6-v2 from a folder instead of fetching it.
# An experiment whose data cannot be had is said to be left out, and the exit code is then 1.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/setup.sh

all=(goemotions goemotions-sample goemotions-raw goemotions-raw-quick sms-spam semeval-ec multitask-sentiment-emotion tweeteval)
usage() { sed -n '4,11s/^# \{0,1\}//p' scripts/reproduce.sh >&2; exit 2; }

names=()
data=
encoder=
while [ $# -gt 0 ]; do
    case $1 in
    --data) [ -d "${2:-}" ] || { echo "--data: '${2:-}' is no folder" >&2; exit 2; }; data=$2; shift ;;
    --encoder) [ -d "${2:-}" ] || { echo "--encoder: '${2:-}' is no folder" >&2; exit 2; }; encoder=$2; shift ;;
    -*) usage ;;
    *) printf '%s\n' "${all[@]}" | grep -x -- "$1" > /dev/null || { echo "no experiment '$1'" >&2; usage; }; names+=("$1") ;;
    esac
    shift
done
[ "${#names[@]}" -gt 0 ] || names=("${all[@]}")

setup
step "build (release)" swift build -c release --product bakeoff
bakeoff=$(swift build -c release --show-bin-path)/bakeoff

# bring RECIPE [FOLDER]: what is here and verified already is not brought again.
bring() {
    if [ -n "${2:-}" ] && [ -d "$2" ]; then
        step "take $1 from $2" "$bakeoff" fetch "$1" --from "$2"
    else
        step "fetch $1" "$bakeoff" fetch "$1"
    fi
}

# compact_form DIR: the options that make a folder as compact as it is; none for a whole one.
compact_form() {
    [ -f "$1/compact.json" ] || return 0
    echo --compact $(grep -qrs 'validation.csv' --include compact.json "$1" && echo --without-validation)
}

step "get the encoder" bring all-MiniLM-L6-v2 "$encoder"
left_out=()
for name in "${names[@]}"; do
    recipes=$(grep -o '{recipe: [^,}]*' "experiments/$name.yaml" | sed 's/{recipe: //' | sort -u)
    ready=true
    for other in $(grep -o 'encoder: [^ ,}]*' "experiments/$name.yaml" | sed 's/encoder: //' | sort -u); do
        [ "$other" = all-MiniLM-L6-v2 ] || bring "$other" || { ready=false; break; }
    done
    for recipe in $recipes; do
        bring "$recipe" "${data:+$data/$recipe}" || { ready=false; break; }
    done
    if $ready; then
        compact=$(compact_form "reports/$name")
        step "run experiments/$name.yaml" "$bakeoff" run "experiments/$name.yaml"
        step "verify reports/$name" "$bakeoff" report "reports/$name" --verify
        # What was compact stays so.
        [ -z "$compact" ] || step "make reports/$name compact" "$bakeoff" report "reports/$name" $compact
        [ "$name" != tweeteval ] || step "rank the contestants over its datasets" \
            "$bakeoff" compare "reports/$name" --output "reports/$name-ranks"
        echo "The report is reports/$name/README.md"
    else
        left_out+=("$name")
    fi
done
if [ "${#left_out[@]}" -gt 0 ]; then
    echo "Left out, since their data is not here and could not be fetched: ${left_out[*]}" >&2
    exit 1
fi
