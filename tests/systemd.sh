#!/bin/bash
# Whether systemd takes the units of examples/systemd: run by block/with-tools.sh, in namespaces.
#
#   tests/systemd.sh PROGRAM
#
# Nothing is started: that takes a systemd that runs. With which rights the units' commands do their
# work is shown by block/act_test.cpp.
set -euo pipefail

program=$(realpath "$1")
examples=$(realpath "$(dirname "$0")/../examples/systemd")
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT

fail() {
    echo "$*" >&2
    exit 1
}

verify() {
    systemd-analyze verify --man=no --recursive-errors=one "$@" 2>&1
}

mount -t tmpfs tmpfs /usr/local/bin
cp "$program" /usr/local/bin/
mkdir "$root/units"
cp "$examples"/ndr-triage* "$root/units"
units=("$root"/units/*)
[ "${#units[@]}" = 8 ] || fail "eight units, not ${units[*]}"
said=$(verify "${units[@]}") || fail "$said"
[ -z "$said" ] || fail "$said"

# What is wrong is found.
for wrong in s,local/bin/ndr-triage,local/bin/missing, s/^NoNewPrivileges/NoNewPrivilege/ \
             s/^Type=oneshot/Type=once/; do
    sed "$wrong" "$examples/ndr-triage-blocks.service" >"$root/units/wrong.service"
    [ -n "$(verify "$root/units/wrong.service" || true)" ] || fail "nothing is said of $wrong"
done
rm "$root/units/wrong.service"

# Of 100 points of exposure.
for service in letters:30 purge:30 blocks:35 fail2ban:40; do
    systemd-analyze security --offline=true --threshold="${service#*:}" \
        "$root/units/ndr-triage-${service%:*}.service" >"$root/security" ||
        fail "$(cat "$root/security")"
done

mkdir "$root/etc"
systemd-sysusers --root="$root" "$examples/sysusers.d/ndr-triage.conf" 2>/dev/null
systemd-tmpfiles --root="$root" --create "$examples/tmpfiles.d/ndr-triage.conf"
user=$(sed -n 's/^ndr-triage:x:\([0-9]*\):.*/\1/p' "$root/etc/passwd")
for expected in "711 $user /var/lib/ndr-triage" "755 $user /var/lib/ndr-triage/export"; do
    path=$root${expected##* }
    [ "$(stat -c '%a %u' "$path") ${expected##* }" = "$expected" ] || fail "$(stat "$path")"
done
