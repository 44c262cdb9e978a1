#!/bin/bash
# Runs a test on a Debian system of its own, as an administrator would set it up: this host's files
# below an overlay in memory, with packages unpacked on top, in private namespaces whose network is
# nothing but `lo`. Nothing on the host is installed, configured or started; all ends with the test.
#
#   tests/mta/private-root.sh PROGRAM TEST PACKAGE...
#
# TEST is a Python file below tests/mta, which finds the program in /usr/local/bin and this tree in
# /mnt. Packages are kept in NDR_TEST_CACHE, else ~/.cache/ndr-triage-tests. Status 77: this host
# gives no namespaces or no packages, and why; 1 instead where NDR_REAL_TESTS=required.
set -euo pipefail
umask 022

. "$(dirname "$0")/../packages.sh"

# Within the namespaces: what is mounted here nobody else sees.
inside() {
    local root=$1 mount=$2 source=$3 program=$4 test=$5 directory
    ip link set lo up
    hostname mx.example.org
    mount -t tmpfs -o mode=755 tmpfs "$mount"
    mkdir "$mount/work" "$mount/root"
    cp -a --no-preserve=ownership "$root" "$mount/upper"
    mount -t overlay overlay "$mount/root" \
        -o "lowerdir=/,upperdir=$mount/upper,workdir=$mount/work"
    mount --bind "$source" "$mount/root/mnt"
    install -m 755 "$program" "$(dirname "$program")/ndr-triage-fetch" "$mount/root/usr/local/bin"
    cd "$mount/root"
    mount -t proc proc proc
    mount --rbind /dev dev
    for directory in tmp run var/tmp; do mount -t tmpfs -o mode=1777 tmpfs $directory; done
    rm -f etc/resolv.conf
    echo "nameserver 127.0.0.1" >etc/resolv.conf
    # The leak sanitizer cannot look into a program that left root's uid.
    exec chroot . env -i ASAN_OPTIONS=detect_leaks=0 \
        PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TZ=UTC LC_ALL=C.UTF-8 \
        PYTHONDONTWRITEBYTECODE=1 python3 "/mnt/tests/mta/$test"
}

if [ "$1" = --inside ]; then
    shift
    inside "$@"
fi

program=$(realpath "$1") test=$2
shift 2
source=$(realpath "$(dirname "$0")/../..")
command -v apt-get >/dev/null || skip "no apt-get here, so no packages"
sudo=()
if [ "$(id -u)" != 0 ]; then
    sudo -n true 2>/dev/null || skip "namespaces and mounts need root, or sudo without a password"
    sudo=(sudo -n)
fi
spaces=(unshare --net --mount --pid --ipc --uts --fork --kill-child --mount-proc
    --propagation private)
${sudo[@]+"${sudo[@]}"} "${spaces[@]}" true 2>/dev/null || skip "this host allows no namespaces"
fetch_or_skip "$@"
# No shell stays behind whose end would leave the test running.
exec ${sudo[@]+"${sudo[@]}"} "${spaces[@]}" \
    "$0" --inside "$root" "$cache/mount" "$source" "$program" "$test"
