#!/bin/bash
# Runs a command where firewalls may be changed: in namespaces of its own, whose network is nothing
# but `lo`, with Debian packages unpacked over this host's /usr and /etc. Nothing on the host is
# installed, configured or started; all ends with the command.
#
#   tests/block/with-tools.sh [--unprivileged] PACKAGE... -- COMMAND...
#
# With --unprivileged, and for everybody but root, in a user namespace: the kernel then takes no
# large netlink messages. Packages are kept in NDR_TEST_CACHE, else ~/.cache/ndr-triage-tests.
# Status 77: this host gives no namespaces or no packages, and why; 1 instead where
# NDR_REAL_TESTS=required.
set -euo pipefail
umask 022

. "$(dirname "$0")/../packages.sh"

# Within the namespaces: what is mounted here nobody else sees.
inside() {
    local root=$1
    shift
    mount -t overlay overlay -o "lowerdir=$root/usr:/usr" /usr
    [ ! -d "$root/etc" ] || mount -t overlay overlay -o "lowerdir=$root/etc:/etc" /etc
    mount -t tmpfs -o mode=755 tmpfs /run
    ip link set lo up
    export NDR_PRIVATE_NETWORK=1
    "$@"  # this shell stays: as the first process it reaps what daemons leave
}

if [ "$1" = --inside ]; then
    shift
    inside "$@"
    exit
fi

spaces=(unshare --net --mount --pid --fork --kill-child --mount-proc --propagation private)
[ "$1" != --unprivileged ] && [ "$(id -u)" = 0 ] || spaces+=(--user --map-root-user)
[ "$1" != --unprivileged ] || shift
packages=()
while [ "$1" != -- ]; do packages+=("$1"); shift; done
shift
command -v apt-get >/dev/null || skip "no apt-get here, so no packages"
"${spaces[@]}" true 2>/dev/null || skip "this host allows no namespaces"
fetch_or_skip "${packages[@]}"
"${spaces[@]}" mount -t overlay overlay -o "lowerdir=$root/usr:/usr" /usr 2>/dev/null ||
    skip "this kernel lays nothing over /usr in a namespace"
exec "${spaces[@]}" "$0" --inside "$root" "$@"
