#!/bin/bash
# From a fresh Debian 12 machine to the first results: installs what the build needs, builds the
# program and shows its main job on the mail beside this file.
#
#   examples/quickstart.sh [--yes]
#
# Nothing outside build/quickstart and a temporary directory is written; the ledger in it goes when
# the script ends.
set -eu
cd "$(dirname "$0")/.."
. src/packages.sh
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1  # what one checkout compiled serves the next

yes=0
case ${CI:-} in 1 | true) yes=1 ;; esac
case "$#:${1:-}" in
    0:) ;;
    1:--yes) yes=1 ;;
    *) echo "usage: examples/quickstart.sh [--yes]" >&2; exit 64 ;;
esac

install_missing "$yes" "${build_packages[@]}"

echo "Building build/quickstart/src/ndr-triage"
mkdir -p build
CC=gcc CXX=g++ cmake -S . -B build/quickstart -G Ninja -DNDR_TESTS=OFF >build/quickstart.log 2>&1 ||
    { cat build/quickstart.log >&2; exit 1; }
cmake --build build/quickstart -j "$(nproc)" --target ndr-triage
PATH=$PWD/build/quickstart/src:$PATH

directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT

# The mail is of November 2026; from a reply that is older than 60 days nothing follows.
triage=(ndr-triage --config examples/quickstart.conf --ledger "$directory/ledger.sqlite3"
        --now 2026-11-24)

# Shows a command line, then runs it.
run() {
    printf '\n$'
    printf ' %q' "${triage[@]}" "$@"
    printf '\n'
    "${triage[@]}" "$@"
}

say() {
    printf '\n# %s\n' "$*"
}

say "The complaints that were sent:"
run record examples/complaints
say "What came back. Running it again would change nothing:"
run replay examples/replies
say "What a registry says of two of the networks:"
run networks import examples/networks/*
say "How the networks stand:"
run networks
say "What would be carried out, were it allowed to:"
run act --dry-run
replies=(examples/replies/*.eml)
say "Why, for one of the replies:"
run explain "${replies[0]}"
say "A complaint as it would leave, signed, with an envelope sender of its own:"
run complain --ip 198.51.100.77 --contact abuse@example.net --dry-run
