#!/usr/bin/env bash
# Drill: cut the power of a node that is writing, and look whether everything it had acknowledged is there afterwards.
#
# usage: power-cut.sh [--rounds N] [--durability disk|memory-copies] [--lines N] [--work DIR]
#   --rounds      power cuts, each on a new file system, default 10
#   --durability  as bida.durability, default disk; memory-copies is the control: it must lose something
#   --lines       acknowledgements and more that the writer says before the cut, default 4000; each round adds a little
#   --work        directory for images and logs, default a new one below TMPDIR that is removed at the end
#
# How: the store is on an ext4 in a file (loop device, commit=60, so that the file system flushes nothing by itself).
# The writer is stopped in the middle of its work and the file is copied as it is: what was only in memory is not in
# the copy, as after a power cut. The copy is repaired as at boot (journal replay), mounted, and compared with what the
# writer had said. What this cannot show: a disk that says it has flushed and has not.
#
# Needs: root, loop devices, e2fsprogs, a JDK 17 and Maven. Ends with 0 if nothing was lost, 3 if something was.
set -euo pipefail

rounds=10
durability=disk
lines=4000
work=
while [ $# -gt 0 ]; do
    case $1 in
        --rounds) rounds=$2 ;;
        --durability) durability=$2 ;;
        --lines) lines=$2 ;;
        --work) work=$2 ;;
        *)
            sed -n '2,/^set /p' "$0" | sed '$d; s/^# \{0,1\}//' >&2
            exit 64
            ;;
    esac
    shift 2
done
[ "$(id -u)" -eq 0 ] || { echo "power-cut: mounting needs root" >&2; exit 77; }
for tool in mkfs.ext4 e2fsck losetup mount; do
    command -v "$tool" >/dev/null || { echo "power-cut: $tool is missing (Debian: e2fsprogs, mount)" >&2; exit 69; }
done

home=$(cd "$(dirname "$0")/../.." && pwd)
if [ -z "$work" ]; then
    work=$(mktemp -d)
    made=$work
fi
writer=
mounted=()

# Ends what this script began, and nothing else.
finish() {
    if [ -n "$writer" ]; then kill -KILL "$writer" 2>/dev/null || true; wait "$writer" 2>/dev/null || true; fi
    for directory in "${mounted[@]}"; do umount "$directory" 2>/dev/null || true; done
    if [ -n "${made:-}" ]; then rm -rf "$made"; fi
}
trap finish EXIT

classpath=${POWER_CUT_CLASSPATH:-}
if [ -z "$classpath" ]; then
    (cd "$home" && mvn -B -q -pl ejb-core -am test-compile &&
        mvn -B -q -pl ejb-core dependency:build-classpath -Dmdep.outputFile="$work/classpath" -Dmdep.includeScope=test)
    classpath=$home/ejb-core/target/test-classes:$home/ejb-core/target/classes:$(cat "$work/classpath")
fi

mount_image() { # image directory
    mkdir -p "$2"
    mount -o loop,commit=60 "$1" "$2"
    mounted+=("$2")
}

lost_rounds=0
for round in $(seq 1 "$rounds"); do
    at=$work/round-$round
    mkdir -p "$at"
    truncate -s 512M "$at/disk.img"
    mkfs.ext4 -q -E lazy_itable_init=0,lazy_journal_init=0 "$at/disk.img"
    mount_image "$at/disk.img" "$at/before"
    sync -f "$at/before"

    : >"$at/said"
    java -XX:TieredStopAtLevel=1 -Xmx256m -cp "$classpath" io.bida.message.store.WriterToBeKilled \
        "$at/before/messages" "$durability" 1 >"$at/said" 2>"$at/writer.log" &
    writer=$!
    until [ "$(wc -l <"$at/said")" -ge $((lines + round * 137)) ]; do
        kill -0 "$writer" 2>/dev/null || { cat "$at/writer.log" >&2; exit 1; }
        sleep 0.05
    done
    kill -STOP "$writer"
    cp --sparse=always "$at/disk.img" "$at/cut.img"
    cp "$at/said" "$at/said.cut"
    kill -KILL "$writer"
    wait "$writer" 2>/dev/null || true
    writer=
    umount "$at/before"

    repair=0
    e2fsck -fy "$at/cut.img" >"$at/e2fsck.log" 2>&1 || repair=$?
    [ "$repair" -le 1 ] || { echo "power-cut: the file system itself is damaged:" >&2; cat "$at/e2fsck.log" >&2; exit 1; }
    mount_image "$at/cut.img" "$at/after"
    checked=0
    java -XX:TieredStopAtLevel=1 -Xmx256m -cp "$classpath" io.bida.message.store.PromisesCheck \
        "$at/after/messages" "$at/said.cut" 1 >"$at/checked" 2>"$at/check.log" || checked=$?
    umount "$at/after"
    echo "round $round ($durability): $(cat "$at/checked")"
    case $checked in
        0) ;;
        3) lost_rounds=$((lost_rounds + 1)) ;;
        *) cat "$at/check.log" >&2; exit 1 ;;
    esac
    rm -f "$at/disk.img" "$at/cut.img"
done

echo "power cuts: $rounds, with loss: $lost_rounds"
[ "$lost_rounds" -eq 0 ] || exit 3
