#!/bin/bash
# What README.md says is so: runs its ```sh blocks, in order and in one shell, in a scratch copy,
# and compares what they print with the ```text block right under each; then checks the man page.
#
#   tests/readme.sh DIRECTORY-OF-THE-PROGRAM
#
# A block is left out only if the line above it says "<!-- not run by tests/readme.sh: WHY -->".
# In a ```text block a line "..." stands for any lines, and " ..." at the end of a line for the rest
# of it; blank lines do not count.
set -eu
programs=$(cd "$1" && pwd)
cd "$(dirname "$0")/.."
[ -x "$programs/ndr-triage" ] || { echo "readme.sh: no ndr-triage in $programs" >&2; exit 1; }

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/home" "$scratch/tree" "$scratch/blocks" "$scratch/tmp"
cp -r examples README.md "$scratch/tree"

# Blocks become NNN.sh, named after their line, and NNN.text beside the block that they belong to.
awk -v to="$scratch/blocks" '
    BEGIN { fence = sprintf("%c%c%c", 96, 96, 96) }
    inside && $0 == fence { inside = 0; close(file); next }
    inside { if (file != "") print > file; next }
    substr($0, 1, 3) == fence {
        inside = 1; file = ""
        if ($0 == fence "sh" && skip == "") {
            block = sprintf("%s/%04d", to, NR); file = block ".sh"; last = block; count++
        } else if ($0 == fence "sh") {
            last = ""; skipped++
        } else if ($0 == fence "text" && last != "") {
            file = last ".text"; last = ""
        } else if ($0 == fence "text") {
            print "README.md:" NR ": output without its command above" > "/dev/stderr"; exit 1
        }
        if (file != "") printf "" > file
        skip = ""; next
    }
    /^<!-- not run by tests\/readme.sh: .+ -->$/ { skip = $0; next }
    NF > 0 { skip = ""; last = "" }
    END { if (inside || count == 0) exit 1; print count " blocks, " skipped " not run" }
' README.md

# One session, as a reader would type it, that knows nothing of a configuration on this host.
{
    echo 'set -eu'
    for block in "$scratch"/blocks/*.sh; do
        printf 'echo %q >&3\n' "$(basename "$block" .sh)"
        printf '{ %s\n} >%q.out 2>&1 </dev/null\n' "$(cat "$block")" "${block%.sh}"
    done
} >"$scratch/session.sh"
if ! (cd "$scratch/tree" && env -u NDR_TRIAGE_CONFIG -u XDG_CONFIG_HOME -u XDG_STATE_HOME \
    -u RECIPIENT -u ORIGINAL_RECIPIENT -u ORIG_RECIPIENT -u SENDER PATH="$programs:/usr/bin:/bin" \
    HOME="$scratch/home" TMPDIR="$scratch/tmp" TZ=UTC \
    bash "$scratch/session.sh" 3>"$scratch/begun"); then
    block=$(tail -n 1 "$scratch/begun")
    echo "README.md:$((10#$block)): this block fails:" >&2
    cat "$scratch/blocks/$block.sh" "$scratch/blocks/$block.out" >&2
    exit 1
fi

# Each expected line follows the one before it; after "..." it may come later.
failed=0
for expected in "$scratch"/blocks/*.text; do
    awk '
        function differs(wanted, line) {
            if (wanted !~ / \.\.\.$/) return line != wanted
            return index(line, substr(wanted, 1, length(wanted) - 3)) != 1
        }
        NF == 0 { next }
        FILENAME == ARGV[1] { expected[++n] = $0; next }
        { actual[++m] = $0 }
        END {
            at = 1; loose = 0
            for (i = 1; i <= n; ++i) {
                if (expected[i] == "...") { loose = 1; continue }
                while (loose && at <= m && differs(expected[i], actual[at])) ++at
                if (at > m || differs(expected[i], actual[at])) { print expected[i]; exit 1 }
                ++at; loose = 0
            }
            if (!loose && at <= m) { print "(more output follows) " actual[at]; exit 1 }
        }
    ' "$expected" "${expected%.text}.out" >"$scratch/missing" && continue
    line=$((10#$(basename "$expected" .text)))
    echo "README.md:$line: the output is not as shown, from here on:" >&2
    cat "$scratch/missing" >&2
    failed=1
done
[ "$failed" = 0 ] || exit 1

"$programs/ndr-triage" --config examples/ndr-triage.conf config check
"$programs/ndr-triage" --config examples/ndr-triage.conf rules check

# The man page names each command and each key of the configuration, and is well made.
page=src/ndr-triage.1
mandoc -T lint -W warning "$page" src/ndr-triage-fetch.1
for command in $("$programs/ndr-triage" --help | sed -n 's/^  \([a-z]\{1,\}\)  .*/\1/p'); do
    grep -q "^\.It Cm $command\b" "$page" || { echo "$page: no command $command" >&2; failed=1; }
done
for key in $("$programs/ndr-triage" --config examples/quickstart.conf config show |
    sed -n 's/^\([a-z][a-z0-9_.-]*\) = .*/\1/p'); do
    grep -q "^\.It Cm $key\b" "$page" || { echo "$page: no key $key" >&2; failed=1; }
    grep -q "^#\{0,1\}${key#*.} = " examples/ndr-triage.conf ||
        { echo "examples/ndr-triage.conf: no key $key" >&2; failed=1; }
done
[ "$failed" = 0 ] && echo "README.md, $page and examples/ndr-triage.conf are true"
