#!/bin/bash
# Installs into a directory of its own and looks whether everything is there.
#
#   tests/install.sh BUILD BINDIR MANDIR DATADIR DOCDIR     directories as GNUInstallDirs has them
set -eu
build=$1 bin=$2 man=$3 data=$4 doc=$5
source=$(cd "$(dirname "$0")/.." && pwd)
prefix=/usr/local
root=$build/tests/installed

rm -rf "$root"
DESTDIR=$root cmake --install "$build" --prefix "$prefix" >"$build/tests/install.log" ||
    { cat "$build/tests/install.log" >&2; exit 1; }

# where DIRECTORY: an absolute one stands for itself.
where() {
    case $1 in /*) echo "$root$1" ;; *) echo "$root$prefix/$1" ;; esac
}
status=0
require() {
    test "$@" || { echo "missing after installation: $2" >&2; status=1; }
}
same() {  # SOURCE INSTALLED
    cmp "$source/$1" "$2" || status=1
}

require -x "$(where "$bin")/ndr-triage"
"$(where "$bin")/ndr-triage" --version || status=1
require -x "$(where "$bin")/ndr-triage-fetch"
"$(where "$bin")/ndr-triage-fetch" --version || status=1
require -s "$(where "$man")/man1/ndr-triage.1"
require -s "$(where "$man")/man1/ndr-triage-fetch.1"
share=$(where "$data")/ndr-triage
same src/triage/standard.rules "$share/rules/standard.rules"
same src/triage/standard.forms "$share/rules/standard.forms"
cd "$source"
for file in schema/*.sql sieve/*; do
    [ ! -e "$file" ] || same "$file" "$share/$file"
done
require -s "$(where "$doc")/README.md"
find examples -type f | while read -r file; do
    same "$file" "$(where "$doc")/$file"
done
exit "$status"
