#!/usr/bin/env bash
# Measures Bida against the ceiling of its own server: `benchmarks/run.sh quick`. README.md beside this file says more.
# Starts a server of its own on ports of its own with a data directory that it removes again.
set -euo pipefail

readonly HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
readonly ROOT=$(dirname "$HERE")
readonly JAR=$HERE/target/benchmarks.jar
readonly WAR=$HERE/target/bida-ceiling.war
readonly SERVER=$ROOT/ear/target/server

usage() {
    cat <<'TEXT'
Usage: benchmarks/run.sh quick|full|profile|cluster [--OPTION VALUE]...

quick    the main ratios, disk and memory-copies, in about 3 minutes
full     every scenario, connections 1, 8 and 32, batches 1, 10 and 16, backlogs to 1 million; about 45 minutes
profile  one case for half a minute under Flight Recorder, then where time and garbage come from
cluster  the main cases against one node that stands alone, then against clusters of 3, 4 and 5 on this machine; about 15 minutes

  --durability disk|memory-copies   only this one (quick, full: both, one after the other; profile, cluster: disk)
  --nodes "1 3 4 5"                 sizes of the clusters (cluster)
  --cases CASE,CASE...              these cases instead: scenario:connections[:batch[:backlog]]
  --rounds N, --seconds N, --warm-up N, --body-bytes N
  --out DIRECTORY                   for the JSON files and recordings (benchmarks/target/results)
  --http-port N                     of the server that is started (the first free one from 28080)
  --management-port N               through which the ceiling is deployed (the first free one from 29990)
  --heap SIZE                       of the server (the launcher's default)
TEXT
}

die() {
    printf 'run.sh: %s\n' "$*" >&2
    exit 1
}

mode=${1:-}
case $mode in
    quick)
        cases=ceiling:32,produce:1,produce:8,produce:32,life:32,produce:32:16,life:32:1:100000
        rounds=2 seconds=3 warm_up=3
        ;;
    full)
        cases=ceiling:1,ceiling:8,ceiling:32
        cases=$cases,produce:1,produce:8,produce:32,produce:1:16,produce:8:16,produce:32:10,produce:32:16
        cases=$cases,consume:32,consume:32:16,mixed:32,life:1,life:8,life:32,life:32:16,life:32:1:100000,life:32:1:1000000
        rounds=5 seconds=10 warm_up=10
        ;;
    profile)
        cases=produce:32
        rounds=1 seconds=30 warm_up=30
        ;;
    cluster)
        cases=produce:32,life:32,produce:32:16
        rounds=3 seconds=5 warm_up=30
        ;;
    *)
        usage
        [ "$mode" = help ] && exit 0
        exit 2
        ;;
esac
shift

durabilities="disk memory-copies"
case $mode in profile | cluster) durabilities=disk ;; esac
sizes="1 3 4 5"
out=$HERE/target/results http_port= management_port= heap= body_bytes=1024
while [ $# -gt 0 ]; do
    [ $# -ge 2 ] || die "$1 needs a value"
    case $1 in
        --durability) durabilities=$2 ;;
        --nodes) sizes=$2 ;;
        --cases) cases=$2 ;;
        --rounds) rounds=$2 ;;
        --seconds) seconds=$2 ;;
        --warm-up) warm_up=$2 ;;
        --body-bytes) body_bytes=$2 ;;
        --out) out=$2 ;;
        --http-port) http_port=$2 ;;
        --management-port) management_port=$2 ;;
        --heap) heap=$2 ;;
        *) die "unknown option $1" ;;
    esac
    shift 2
done

free_port() { # FIRST
    local port=$1
    while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
        port=$((port + 1))
    done
    printf '%s' "$port"
}

random_hex() { od -An -tx1 -N "$1" /dev/urandom | tr -d ' \n'; }

# The driver reads the key from these, and the server makes it at its first start.
export BIDA_BOOTSTRAP_ACCOUNT_ID=1234567890123456
export BIDA_BOOTSTRAP_ACCESS_KEY_ID=Benchmark$(random_hex 6)
BIDA_BOOTSTRAP_ACCESS_KEY_SECRET=$(random_hex 20)
BIDA_BOOTSTRAP_ADMIN_PASSWORD=$(random_hex 20)
export BIDA_BOOTSTRAP_ACCESS_KEY_SECRET BIDA_BOOTSTRAP_ADMIN_PASSWORD

data= cluster=
stop_server() {
    [ -n "$data" ] || return 0
    "$ROOT/bida" $cluster stop --data "$data" >&2 || true
    rm -rf "$data"
    data=
}
trap stop_server EXIT

start_server() { # DURABILITY
    # Beside the results, not in /tmp: that may be memory, and a flush would cost nothing.
    data=$(mktemp -d "$out/data-XXXXXX")
    "$ROOT/bida" start --detach --data "$data" --http-port "$http_port" --management-port "$management_port" \
        --durability "$1" ${heap:+--heap "$heap"} >&2
    server_pid=$(cat "$data/bida.pid")
    endpoints=http://127.0.0.1:$http_port cluster=
    "$SERVER/bin/jboss-cli.sh" --connect --controller="127.0.0.1:$management_port" \
        --command="/deployment=ceiling.war:add(enabled=true,content=[{path=\"$WAR\",archive=true}])" >&2 \
        || die "the ceiling could not be deployed"
}

start_cluster() { # NODES DURABILITY
    data=$(mktemp -d "$out/data-XXXXXX")
    cluster=cluster
    "$ROOT/bida" cluster start --nodes "$1" --data "$data" --http-port "$http_port" --durability "$2" \
        ${heap:+--heap "$heap"} >&2
    endpoints= server_pid=
    local node
    for ((node = 1; node <= $1; node++)); do
        endpoints=$endpoints${endpoints:+,}http://127.0.0.1:$((http_port + node - 1))
        server_pid=$server_pid${server_pid:+,}$(cat "$data/n$node/bida.pid")
    done
}

drive() { # LABEL CASES ROUNDS SECONDS WARM-UP JSON
    # A small heap with the simplest collector: the driver shares the processors with the server.
    java -XX:+UseSerialGC -Xmx512m -cp "$JAR" io.bida.benchmark.LoadDriver \
        --endpoint "$endpoints" --pid "$server_pid" --body-bytes "$body_bytes" \
        --label "$1" --case "$2" --rounds "$3" --seconds "$4" --warm-up "$5" --json "$6" || [ $? -eq 3 ]
}

[ -f "$JAR" ] && [ -f "$WAR" ] && [ -x "$SERVER/bin/jboss-cli.sh" ] \
    || (cd "$ROOT" && mvn -B -q -DskipTests -pl ear,benchmarks -am package) >&2 || die "the build failed"
http_port=${http_port:-$(free_port 28080)}
management_port=${management_port:-$(free_port 29990)}
mkdir -p "$out"
out=$(cd "$out" && pwd -P)

if [ "$mode" = cluster ]; then
    for size in $sizes; do
        if [ "$size" = 1 ]; then start_server "$durabilities"; else start_cluster "$size" "$durabilities"; fi
        drive "$size nodes, durability $durabilities" "$cases" "$rounds" "$seconds" "$warm_up" "$out/cluster-$size.json" \
            | tee "$out/cluster-$size.txt"
        stop_server
    done
    exit 0
fi

for durability in $durabilities; do
    start_server "$durability"
    if [ "$mode" = profile ]; then
        drive "$durability, warm-up" "$cases" 1 "$warm_up" 0 "$out/profile-warm-up.json" >/dev/null
        jcmd "$server_pid" JFR.configure stackdepth=256 >&2
        jcmd "$server_pid" JFR.start name=benchmark settings=profile >&2
        drive "durability $durability, recorded" "$cases" "$rounds" "$seconds" 0 "$out/profile-$durability.json"
        jcmd "$server_pid" JFR.dump name=benchmark filename="$out/profile-$durability.jfr" >&2
        java -cp "$JAR" io.bida.benchmark.profile.ProfileReport "$out/profile-$durability.jfr" \
            | tee "$out/profile-$durability.txt"
    else
        drive "durability $durability" "$cases" "$rounds" "$seconds" "$warm_up" "$out/$mode-$durability.json" \
            | tee "$out/$mode-$durability.txt"
    fi
    stop_server
done
