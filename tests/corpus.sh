#!/bin/bash
# Measures the program on labelled real mail, which is not part of the project: NDR_CORPUS names a
# directory with labels.tsv, mail/ and score.py. Without it the test is skipped (status 77).
#
#   tests/corpus.sh PROGRAM
set -eu
least_strict=0.88 # of all replies: the very label
most_harm=0       # messages that would cost a network its access without cause

program=$1
if [ -z "${NDR_CORPUS:-}" ]; then
    echo "skipped: NDR_CORPUS is not set"
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
    echo "$*" >&2
    exit 1
}

# Status 65 speaks of files that are truncated; what is in them must be answered all the same.
status=0
"$program" classify --json "$NDR_CORPUS/mail" >"$work/answers" 2>"$work/errors" || status=$?
cat "$work/errors"
[ "$status" = 0 ] || [ "$status" = 65 ] || fail "classify ended with status $status"
! grep -q parsing "$work/errors" || fail "a parsing child died or took too long"
python3 - "$NDR_CORPUS" "$work/answers" <<'PYTHON' || fail "not every message was answered"
import json, os, sys
root = os.path.join(sys.argv[1], "mail")
files = {os.path.realpath(os.path.join(d, f)) for d, _, names in os.walk(root) for f in names}
answered = {os.path.realpath(json.loads(line)["path"]) for line in open(sys.argv[2], encoding="utf8")}
for path in sorted(files - answered)[:10]:
    print("no answer for", path)
sys.exit(bool(files - answered))
PYTHON

python3 "$NDR_CORPUS/score.py" "$NDR_CORPUS/labels.tsv" "$NDR_CORPUS/mail" "$program" --replies \
    >"$work/score"
cat "$work/score"
grep -q '^n=.* no_answer=0$' "$work/score" || fail "some replies got no answer"
figures=$(tail -n 1 "$work/score")
awk -v figures="$figures" -v least="$least_strict" -v most="$most_harm" 'BEGIN {
    count = split(figures, pairs, /[ =]/)
    for (i = 1; i < count; i += 2) value[pairs[i]] = pairs[i + 1]
    exit !("strict" in value && "harm" in value && value["strict"] >= least + 0 &&
           value["harm"] <= most + 0)
}' || fail "below the floor: strict >= $least_strict and harm <= $most_harm"
