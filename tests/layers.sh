#!/bin/bash
# Holds the shape of the tree (README, the map): who may include whom, and how long a file may be.
#
#   tests/layers.sh [ROOT]          names each violation below ROOT and fails if there is one
#   tests/layers.sh --self-check    proves that each kind of violation is found
set -eu
export LC_ALL=C

# One line a violation: "FILE:LINE: WHAT".
violations() {
    (cd "$1" && find src include -name '*.cpp' -o -name '*.hpp' | sort | xargs -r awk '
    BEGIN {
        # The helper program stands last: nobody includes it, and it includes only two of the rest.
        count = split("base mail triage network casework ledger intake action view cli fetch", order, " ")
        for (i = 1; i <= count; ++i) rank[order[i]] = i
        # A library, and the only place below src and include/ndr_triage that may include it.
        only["^gmime/"] = "src/mail/"
        only["^(SQLiteCpp/|sqlite3)"] = "src/ledger/"
        only["^boost/"] = "src/cli/"
        only["^spdlog/"] = "src/base/log.cpp"
        only["^(linux/)?seccomp"] = "src/intake/"
        only["^gumbo"] = "src/mail/"
        only["^ytnef"] = "src/mail/"
        only["^curl/"] = "src/fetch/"
        only["^ares"] = "src/fetch/"
    }
    # The folder of a path of ours, "" for one directly below src and for any other path.
    function folder(path) {
        if (path !~ /^(src|include\/ndr_triage)\/[^\/]+\//) return ""
        sub(/^(src|include\/ndr_triage)\//, "", path)
        sub(/\/.*/, "", path)
        return path
    }
    # Where a quoted include leads, seen from the directory of the file.
    function resolved(path, from,    step, steps, i, out, depth) {
        if (path ~ /^ndr_triage\//) return "include/" path
        sub(/[^\/]*$/, "", from)
        steps = split(from path, step, "/")
        depth = 0
        for (i = 1; i <= steps; ++i) {
            if (step[i] == "..") --depth
            else if (step[i] != "." && step[i] != "") out[++depth] = step[i]
        }
        path = depth > 0 ? out[1] : ""
        for (i = 2; i <= depth; ++i) path = path "/" out[i]
        return path
    }
    function report(what) { print FILENAME ":" FNR ": " what }
    FNR == 1 {
        here = folder(FILENAME)
        if (here != "" && !(here in rank)) report("the folder " here " has no place in the order")
    }
    FNR == 401 { report("more than 400 lines") }
    /^[ \t]*#[ \t]*include[ \t]*[<"]/ {
        target = $0
        sub(/^[^<"]*[<"]/, "", target)
        sub(/[>"].*/, "", target)
        for (library in only)
            if (target ~ library && index(FILENAME, only[library]) != 1)
                report("<" target "> is included only in " only[library])
        there = folder(resolved(target, FILENAME))
        if (here != "" && there in rank && rank[there] > rank[here])
            report(here " includes " there ", which stands after it")
        if (here == "fetch" && there in rank && there !~ /^(base|network|fetch)$/)
            report("fetch includes " there ", which has no place in the helper")
    }')
}

# plant ROOT FILE LINE...: a file with these lines.
plant() {
    local file=$1/$2
    shift 2
    mkdir -p "${file%/*}"
    printf '%s\n' "$@" >"$file"
}

self_check() {
    local found expected
    root=$(mktemp -d)
    trap 'rm -rf "$root"' EXIT
    # What is allowed.
    plant "$root" src/main.cpp '#include "ndr_triage/cli/run.hpp"'
    plant "$root" src/mail/good.cpp '#include <gmime/gmime.h>' '#include <gumbo.h>' \
        '#include <ytnef.h>' \
        '#include "ndr_triage/base/text.hpp"' '#include "gref.hpp"' '#include "../base/text.hpp"' \
        '// #include "ndr_triage/cli/run.hpp"'
    plant "$root" src/action/block/good.cpp '#include "../lock.hpp"' '#include "../../base/a.hpp"'
    plant "$root" src/base/log.cpp '#include <spdlog/spdlog.h>'
    plant "$root" src/ledger/good.cpp '#include <SQLiteCpp/SQLiteCpp.h>' '#include <sqlite3.h>'
    plant "$root" src/fetch/good.cpp '#include <curl/curl.h>' '#include <ares.h>' \
        '#include "../network/a.hpp"'
    plant "$root" src/intake/good.cpp '#include <seccomp.h>'
    plant "$root" src/cli/good.cpp '#include <boost/program_options.hpp>'
    seq 400 | sed 's,^,// ,' >"$root/src/cli/long.cpp"
    plant "$root" include/ndr_triage/cli/run.hpp '#include "ndr_triage/view/table.hpp"'
    found=$(violations "$root")
    if [ -n "$found" ]; then
        printf 'found where nothing is wrong:\n%s\n' "$found" >&2
        return 1
    fi
    # What is not, one of each kind.
    plant "$root" src/base/bad.cpp '' '#include "ndr_triage/mail/message.hpp"'
    plant "$root" include/ndr_triage/triage/bad.hpp '#include <ndr_triage/network/address.hpp>'
    plant "$root" src/network/bad.cpp '  #  include "../casework/standing.hpp"'
    plant "$root" src/action/block/bad.cpp '#include "./../../view/table.hpp"'
    plant "$root" include/ndr_triage/mail/bad.hpp '#include "../../../src/ledger/statement.hpp"'
    plant "$root" include/ndr_triage/mail/gmime.hpp '#include <gmime/gmime.h>'
    plant "$root" src/view/bad.cpp '#include <SQLiteCpp/Database.h>' '#include <sqlite3.h>' \
        '#include "boost/program_options.hpp"' '#include <seccomp.h>' '#include <gumbo.h>' \
        '#include <ytnef.h>' '#include <curl/curl.h>' '#include <ares.h>'
    plant "$root" src/fetch/bad.cpp '#include "ndr_triage/ledger/ledger.hpp"'
    plant "$root" src/base/other.cpp '#include <spdlog/spdlog.h>'
    plant "$root" src/misc/bad.cpp '// no such folder'
    seq 401 | sed 's,^,// ,' >"$root/include/ndr_triage/cli/long.hpp"
    found=$(violations "$root")
    expected='include/ndr_triage/cli/long.hpp:401: more than 400 lines
include/ndr_triage/mail/bad.hpp:1: mail includes ledger, which stands after it
include/ndr_triage/mail/gmime.hpp:1: <gmime/gmime.h> is included only in src/mail/
include/ndr_triage/triage/bad.hpp:1: triage includes network, which stands after it
src/action/block/bad.cpp:1: action includes view, which stands after it
src/base/bad.cpp:2: base includes mail, which stands after it
src/base/other.cpp:1: <spdlog/spdlog.h> is included only in src/base/log.cpp
src/fetch/bad.cpp:1: fetch includes ledger, which has no place in the helper
src/misc/bad.cpp:1: the folder misc has no place in the order
src/network/bad.cpp:1: network includes casework, which stands after it
src/view/bad.cpp:1: <SQLiteCpp/Database.h> is included only in src/ledger/
src/view/bad.cpp:2: <sqlite3.h> is included only in src/ledger/
src/view/bad.cpp:3: <boost/program_options.hpp> is included only in src/cli/
src/view/bad.cpp:4: <seccomp.h> is included only in src/intake/
src/view/bad.cpp:5: <gumbo.h> is included only in src/mail/
src/view/bad.cpp:6: <ytnef.h> is included only in src/mail/
src/view/bad.cpp:7: <curl/curl.h> is included only in src/fetch/
src/view/bad.cpp:8: <ares.h> is included only in src/fetch/'
    diff <(echo "$expected") <(echo "$found") >&2 ||
        { echo "expected (<) and found (>) differ" >&2; return 1; }
    # And the mode that the test runs fails.
    if "$0" "$root" >/dev/null; then
        echo "violations were found, and the status is 0" >&2
        return 1
    fi
    echo "each violation is found"
}

if [ "${1:-}" = --self-check ]; then
    self_check
    exit
fi
found=$(violations "${1:-$(dirname "$0")/..}")
[ -z "$found" ] || { printf '%s\n' "$found"; exit 1; }
