#!/bin/bash
# Runs each fuzz target for a while. What a run learnt stays in BUILD/corpus for the next one; an
# input that breaks a target is kept in BUILD/found.
#
#   tests/fuzz/run.sh BUILD SECONDS
set -eu
cd "$(dirname "$0")/../.."
build=$1 seconds=$2
mkdir -p "$build/found"
for target in message registry report table values; do
    seeds=()
    for directory in "tests/fuzz/seeds/$target" examples/replies; do
        [ ! -d "$directory" ] || seeds+=("$directory")
    done
    mkdir -p "$build/corpus/$target"
    echo "-- $target"
    options=(-max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1
        -artifact_prefix="$build/found/$target-" -verbosity=0)
    if ! "$build/tests/fuzz/${target}_fuzz" "${options[@]}" "$build/corpus/$target" "${seeds[@]}" \
        >"$build/$target.log" 2>&1; then
        cat "$build/$target.log" >&2
        echo "$target: broken by the input in $build/found" >&2
        exit 1
    fi
    grep -E 'number_of_executed_units|new_units_added' "$build/$target.log"
done
