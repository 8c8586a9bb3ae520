#!/usr/bin/env bash
# Runs an experiment under a real Slurm: installs Debian's slurm-wlm and munge if they are missing, starts one controller
# and one node on loopback, submits what `bakeoff plan --format slurm` prints, and compares the bytes with those of an
# undisturbed run. Needs root. Everything that it starts ends with it.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/setup.sh
source scripts/run-bytes.sh
program=${BAKEOFF:-$PWD/.build/release/bakeoff}
export BAKEOFF_RECIPES=$PWD/datasets
[ "$(id -u)" = 0 ] || { echo "a controller and a node of Slurm need root" >&2; exit 1; }
command -v slurmctld slurmd munged > /dev/null || install_packages slurm-wlm munge

work=$(mktemp -d)
chmod 755 "$work"
trap 'kill $daemons 2>/dev/null; wait 2>/dev/null; rm -rf "$work"' EXIT
daemons=
cd "$work"

# A munge of our own: the host's may be there and in use.
mkdir -m 700 munge
head -c 1024 /dev/urandom > munge/key
chmod 400 munge/key
mkdir -m 755 socket
munged --foreground --force --key-file=munge/key --socket="$work/socket/munge" --pid-file="$work/munge/pid" \
    --log-file="$work/munge/log" --seed-file="$work/munge/seed" \
    > munged.out 2>&1 &
daemons="$daemons $!"

node=$(hostname -s)
mkdir state spool
cat > slurm.conf <<CONF
ClusterName=loopback
SlurmctldHost=$node(127.0.0.1)
SlurmctldPort=26817
SlurmdPort=26818
AuthType=auth/munge
AuthInfo=socket=$work/socket/munge
SlurmUser=root
SlurmdUser=root
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
ReturnToService=2
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SchedulerParameters=sched_interval=2
MinJobAge=600
NodeName=$node NodeAddr=127.0.0.1 CPUs=$(nproc) RealMemory=2000 State=UNKNOWN
PartitionName=all Nodes=$node Default=YES MaxTime=INFINITE State=UP
CONF
export SLURM_CONF=$work/slurm.conf
slurmctld -D > slurmctld.out 2>&1 &
daemons="$daemons $!"
slurmd -D > slurmd.out 2>&1 &
daemons="$daemons $!"
for _ in $(seq 60); do
    [ "$(sinfo --noheader --format=%T 2> /dev/null)" != idle ] || break
    sleep 1
done
sinfo || { tail -5 slurmctld.out slurmd.out; exit 1; }

cat > e.yaml <<'YAML'
name: front desk
dataset: {recipe: front-desk}
contestants:
  - {id: majority, model: dummy}
  - {id: vader, model: vader}
  - {id: lr, model: tfidf-logreg, search: {C: [0.1, 1, 10]}}
  - {id: bayes, model: naive-bayes}
YAML
"$program" run e.yaml --seeds 5 --output whole --models whole-models > /dev/null 2>&1

# The first seed's items alone are done before, and tell what the others will need.
echo '$ bakeoff run e.yaml; bakeoff plan e.yaml --seeds 5 --jobs 4 --format slurm > job.sh'
"$program" run e.yaml > /dev/null 2>&1
"$program" plan e.yaml --seeds 5 --jobs 4 --format slurm > job.sh
sed 's/^/    /' job.sh
echo '$ bash job.sh'
bash job.sh
squeue
for _ in $(seq 300); do
    [ -n "$(squeue --noheader)" ] || break
    sleep 1
done
[ -z "$(squeue --noheader)" ] || { echo "the jobs do not end"; squeue; exit 1; }
echo '$ scontrol show job'
scontrol show job --oneliner | tr ' ' '\n' | awk -F = '
    $1 == "JobId" { if (line) print line; line = "" }
    $1 ~ /^(JobId|ArrayTaskId|JobName|Dependency|JobState|ExitCode|RunTime|NumCPUs|TRES)$/ { line = line $0 " " }
    END { print line }'
for log in slurm-*.log; do
    echo "\$ cat $log"
    cat "$log"
done
# Without -q, at whose first match scontrol would be ended by a signal, which pipefail takes for a failure.
scontrol show job --oneliner | grep 'JobName=front-desk-assemble .*JobState=COMPLETED' > /dev/null ||
    { echo "not assembled"; exit 1; }
diff <(run_bytes whole) <(run_bytes "reports/front desk") || { echo "other bytes than an undisturbed run's"; exit 1; }
"$program" report "reports/front desk" --verify
echo "the same bytes as an undisturbed run's: $(run_bytes whole | wc -l) files"
