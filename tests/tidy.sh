#!/bin/bash
# clang-tidy over the translation units of src that changed since their last clean run.
#
#   tests/tidy.sh BUILD JOBS     BUILD holds the compile database, and the stamps in BUILD/clean
#
# A stamp is the hash of all that the clean run read of ours: the unit, its headers, .clang-tidy.
set -eu
cd "$(dirname "$0")/.."

# tidy.sh --one BUILD FILE KEY
if [ "${1:-}" = --one ]; then
    build=$2 file=$3 key=$4
    echo "clang-tidy $file"
    clang-tidy-14 --quiet -p "$build" "$file" 2>/dev/null || exit 1
    mkdir -p "$build/clean/${file%/*}"
    echo "$key" >"$build/clean/$file"
    exit 0
fi

build=$1 jobs=$2

# One line a unit: its file and our headers that it includes, as paths from here. Generated units
# are not there yet and make the scanner complain.
clang-scan-deps-14 -j "$jobs" -compilation-database "$build/compile_commands.json" 2>/dev/null |
    awk -v here="$PWD/" '
        { for (i = 1; i <= NF; ++i) {
              if ($i ~ /:$/) { if (line != "") print line; line = "" }
              else if (index($i, here) == 1) line = line " " substr($i, length(here) + 1)
          } }
        END { if (line != "") print line }' >"$build/includes"

common=$({ cat .clang-tidy; clang-tidy-14 --version; } | sha256sum)
find src -name '*.cpp' | sort | while read -r file; do
    headers=$(awk -v file="$file" '$1 == file { $1 = ""; print; exit }' "$build/includes")
    # shellcheck disable=SC2086 # a list of files
    key=$({ echo "$common"; cat "$file" $headers; } | sha256sum)
    key=${key%% *}
    [ "$(cat "$build/clean/$file" 2>/dev/null)" = "$key" ] || echo "$file $key"
done >"$build/stale"
xargs -r -L 1 -P "$jobs" "$0" --one "$build" <"$build/stale"
