#!/bin/bash
# Sets up and runs all tests on Debian 12, as root or with sudo.
#
#   tests/run.sh [--yes] [STAGE...]     stages: release sanitize format tidy fuzz (all of them)
#
# Missing packages are named, and installed after a question; --yes or CI=1 answers it. A second
# run installs nothing and builds only what changed. NDR_FUZZ_SECONDS: time for each fuzz target.
set -eu
cd "$(dirname "$0")/.."
. src/packages.sh
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1  # what one checkout compiled serves the next

usage() {
    echo "usage: tests/run.sh [--yes] [release] [sanitize] [format] [tidy] [fuzz]" >&2
    exit 64
}

yes=0
case ${CI:-} in 1 | true) yes=1 ;; esac
stages=()
for word in "$@"; do
    case $word in
        --yes) yes=1 ;;
        release | sanitize | format | tidy | fuzz) stages+=("$word") ;;
        *) usage ;;
    esac
done
[ ${#stages[@]} -gt 0 ] || stages=(release sanitize format tidy fuzz)
jobs=$(nproc)
tests_at_once=$((2 * jobs))  # real servers wait more than they work

# A GObject that leaks is hidden in GLib's own allocator otherwise. A status of its own keeps a
# finding apart from the statuses that tests expect.
export G_SLICE=always-malloc G_DEBUG=gc-friendly
export ASAN_OPTIONS=detect_leaks=1:detect_stack_use_after_return=1:strict_string_checks=1:exitcode=99
export UBSAN_OPTIONS=print_stacktrace=1:exitcode=99
export LSAN_OPTIONS=exitcode=99
if [ -x /usr/bin/llvm-symbolizer-14 ]; then
    export ASAN_SYMBOLIZER_PATH=/usr/bin/llvm-symbolizer-14
fi

# configure DIRECTORY C-COMPILER C++-COMPILER OPTION...
configure() {
    local directory=$1 cc=$2 cxx=$3
    shift 3
    CC=$cc CXX=$cxx cmake -S . -B "$directory" -G Ninja "$@" >"$directory.log" 2>&1 ||
        { cat "$directory.log" >&2; return 1; }
}

headline_of() {
    case $1 in
        release) echo "GCC build and all tests" ;;
        sanitize) echo "Clang build and all tests under the address, leak and undefined sanitizers" ;;
        format) echo "clang-format over all code" ;;
        tidy) echo "clang-tidy over src" ;;
        fuzz) echo "fuzz targets, ${NDR_FUZZ_SECONDS:-20} s each" ;;
    esac
}

run_release() {
    configure build/release gcc g++ -DNDR_TESTS=ON
    cmake --build build/release -j "$jobs"
    ctest --test-dir build/release --output-on-failure -j "$tests_at_once"
}

run_sanitize() {
    configure build/sanitize clang-14 clang++-14 -DNDR_TESTS=ON -DNDR_SANITIZE=ON
    cmake --build build/sanitize -j "$jobs"
    ctest --test-dir build/sanitize --output-on-failure -j "$tests_at_once"
}

run_format() {
    find src include tests -name '*.cpp' -print0 -o -name '*.hpp' -print0 |
        xargs -0 clang-format-14 --dry-run -Werror
}

run_tidy() {
    configure build/tidy clang-14 clang++-14 -DNDR_TESTS=OFF
    timeout 1500 tests/tidy.sh build/tidy "$jobs" || {
        [ $? != 124 ] || echo "Twenty-five minutes were not enough; units found clean are not run again." >&2
        return 1
    }
}

run_fuzz() {
    configure build/fuzz clang-14 clang++-14 -DNDR_TESTS=OFF -DNDR_FUZZ=ON
    cmake --build build/fuzz -j "$jobs" --target ndr-fuzz
    tests/fuzz/run.sh build/fuzz "${NDR_FUZZ_SECONDS:-20}"
}

# The subshell keeps `set -e` at work within a stage.
run_stage() {
    local stage=$1 begin=$SECONDS status
    echo "== $stage: $(headline_of "$stage")"
    set +e
    (set -e; "run_$stage")
    status=$?
    set -e
    if [ "$status" != 0 ]; then
        echo "== $stage: failed after $((SECONDS - begin)) s"
        echo "tests/run.sh: the stage $stage failed" >&2
        exit 1
    fi
    echo "== $stage: passed in $((SECONDS - begin)) s"
}

install_missing "$yes" "${build_packages[@]}" "${test_packages[@]}"
mkdir -p build
for stage in "${stages[@]}"; do
    run_stage "$stage"
done
echo "All stages passed in $SECONDS s: ${stages[*]}"
