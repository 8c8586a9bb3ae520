#!/usr/bin/env bash
# Several processes run one experiment in one folder. They are killed at random moments and started again, until there
# were so many kills; at the end of each round the results must be the bytes of an undisturbed run, and no item may have
# been fitted twice unless its owner was killed. As root, a last round has processes on hosts of different names, with
# process numbers and networks of their own, of which one is killed.
#
#     scripts/test-processes.sh [KILLS] [SEED]
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/run-bytes.sh
kills=${1:-50}
RANDOM=${2:-1}
program=${BAKEOFF:-$PWD/.build/release/bakeoff}
export BAKEOFF_RECIPES=$PWD/datasets
work=$(mktemp -d)
trap 'kill -9 $(jobs -p) 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"

cat > e.yaml <<'YAML'
name: shared
dataset: {recipe: front-desk}
contestants:
  - {id: majority, model: dummy}
  - {id: vader, model: vader}
  - {id: lr, model: tfidf-logreg, tfidf: {ngram-range: [1, 3]}, search: {C: [0.1, 1, 10, 100]}}
  - {id: svm, model: linear-svm, search: {C: [0.1, 1, 10]}}
  - {id: bayes, model: naive-bayes}
  - {id: grid, model: naive-bayes, search: {alpha: [0.1, 1, 10], method: grid}}
  - {id: halving, model: linear-svm, search: {C: [0.1, 1, 10, 100], method: halving}}
report: {analysis: false}
YAML
seeds=8

# How often each item was fitted by who was not killed meanwhile, as the files say: NAME and whether it was killed. A trial of
# a search is told once it is stored, so nobody fits it again, whoever is killed then.
fitted_twice() {
    awk '
        FNR == 1 { seed = "seed 42"; killed = FILENAME ~ /\.killed$/ }
        /^seed [0-9]+$/ { seed = $0 }
        killed ? /: fitted in / : /: fitting$/ { count[seed " " $1]++ }
        /^[^ ]+, (trial [0-9]+ of|default of) .*, in [0-9.]+ m?s$/ { sub(/: .*/, ""); count[seed " " $0]++ }
        END { for (item in count) if (count[item] > 1) print item, count[item] }
    ' "$@"
}

"$program" run e.yaml --seeds $seeds --output whole --models whole-models > /dev/null 2>&1
run_bytes whole > whole.txt

started=0
start() { # SLOT
    started=$((started + 1))
    log[$1]=err.$started
    "$program" run e.yaml --seeds $seeds --threads 1 --output out --models models > /dev/null 2> "${log[$1]}" &
    pid[$1]=$!
}

compare() { # WHAT
    run_bytes out > out.txt
    diff whole.txt out.txt > /dev/null || { echo "$1: other bytes"; diff whole.txt out.txt | head; exit 1; }
    "$program" report out --verify > /dev/null 2>&1 || { echo "$1: does not verify"; exit 1; }
    twice=$(fitted_twice err.*)
    [ -z "$twice" ] || { echo "$1: fitted twice: $twice"; exit 1; }
    rest=$(find out models -name '.*' ! -name .bakeoff)
    [ -z "$rest" ] || { echo "$1: left behind: $rest"; exit 1; }
}

done_kills=0 round=0
while [ $done_kills -lt "$kills" ]; do
    round=$((round + 1)) here=0
    rm -rf out models err.*
    for slot in 0 1 2 3; do start $slot; done
    while :; do
        sleep 0.$((RANDOM % 60 + 10))
        slot=$((RANDOM % 4))
        kill -0 "${pid[$slot]}" 2>/dev/null || break
        kill -9 "${pid[$slot]}"
        wait "${pid[$slot]}" 2>/dev/null && true
        mv "${log[$slot]}" "${log[$slot]}.killed"
        done_kills=$((done_kills + 1)) here=$((here + 1))
        # Sometimes all die.
        if [ $((RANDOM % 8)) = 0 ]; then
            for slot in 0 1 2 3; do
                kill -9 "${pid[$slot]}" 2>/dev/null || continue
                wait "${pid[$slot]}" 2>/dev/null && true
                [ ! -e "${log[$slot]}" ] || mv "${log[$slot]}" "${log[$slot]}.killed"
                done_kills=$((done_kills + 1)) here=$((here + 1))
            done
            for slot in 0 1 2 3; do start $slot; done
        else
            start $slot
        fi
    done
    for slot in 0 1 2 3; do
        wait "${pid[$slot]}" || { echo "round $round: a process failed"; tail -3 "${log[$slot]}"; exit 1; }
    done
    compare "round $round"
    echo "round $round: $here kills, the same bytes"
done
echo "$done_kills kills"

if [ "$(id -u)" = 0 ] && unshare --uts --net --pid --fork --mount-proc true 2>/dev/null; then
    rm -rf out models err.*
    for host in 1 2 3; do
        unshare --uts --net --pid --fork --kill-child --mount-proc sh -c '
            hostname "node$0"; exec "$@"' $host "$program" run e.yaml --seeds $seeds --threads 1 \
            --output out --models models > /dev/null 2> err.$host &
        pid[$host]=$!
    done
    until grep -q 'lr: fitting' err.1 || ! kill -0 "${pid[1]}" 2>/dev/null; do sleep 0.01; done
    kill -9 "${pid[1]}"
    wait "${pid[1]}" 2>/dev/null && true
    mv err.1 err.1.killed
    for host in 2 3; do wait "${pid[$host]}" || { echo "node$host failed"; tail -3 err.$host; exit 1; }; done
    compare "hosts"
    grep -h 'node1' err.2 err.3 | sort -u
    echo "three hosts, one of them killed: the same bytes"
else
    echo "Hosts of other names were not tried, which takes root and unshare." >&2
    exit 1
fi
