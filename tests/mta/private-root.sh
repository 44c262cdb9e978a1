#!/bin/bash
# Runs a test on a Debian system of its own, as an administrator would set it up: this host's files
# below an overlay in memory, with packages unpacked on top, in private namespaces whose network is
# nothing but `lo`. Nothing on the host is installed, configured or started; all ends with the test.
#
#   tests/mta/private-root.sh PROGRAM TEST PACKAGE...
#
# TEST is a Python file below tests/mta, which finds the program in /usr/local/bin and this tree in
# /mnt. Packages are kept in NDR_TEST_CACHE, else ~/.cache/ndr-triage-tests. Status 77: this host
# gives no namespaces or no packages, and why; 1 instead where NDR_MTA_TESTS=required.
set -euo pipefail
umask 022

skip() {
    echo "not run: $*" >&2
    [ "${NDR_MTA_TESTS:-}" != required ] || exit 1
    exit 77
}

# PACKAGE=VERSION lines: what of the packages, and of all they need, this host has not.
missing() {
    apt-get -s "${apt_options[@]}" --no-install-recommends install "$@" 2>"$cache/apt.log" |
        sed -n 's/^Inst \([^ ]*\) \(\[[^]]*\] \)\{0,1\}(\([^ ]*\) .*/\1=\3/p'
}

# Unpacks the lines of "$cache/wanted" into a directory named after them. In Debian 12 /lib is a
# link, and stays one.
unpack() {
    local new=$1.new package directory
    rm -rf "$new"
    mkdir -p "$new/debs" "$new/root/usr"
    (cd "$new/debs" && xargs -r apt-get "${apt_options[@]}" download <"$cache/wanted") \
        >"$cache/apt.log" 2>&1 || return 1
    for directory in bin sbin lib lib64; do
        mkdir -p "$new/root/usr/$directory"
        [ ! -L "/$directory" ] || ln -s "usr/$directory" "$new/root/$directory"
    done
    for package in "$new"/debs/*.deb; do
        [ -e "$package" ] || continue
        dpkg-deb --fsys-tarfile "$package" | tar -xp -C "$new/root" --keep-directory-symlink ||
            return 1
    done
    mv "$new" "$1"
}

# Sets `root` to where the packages are unpacked, fetched unless they are there.
fetch() {
    missing "$@" >"$cache/wanted" || return 1
    root=$cache/roots/$(sha256sum <"$cache/wanted" | cut -c 1-16)
    [ -d "$root" ] || unpack "$root" || return 1
    root=$root/root
}

fetch_or_skip() {
    mkdir -p "$cache/roots" "$cache/lists/partial" "$cache/archives/partial" "$cache/mount"
    exec 9>"$cache/lock"
    flock 9
    apt_options=(-o "Dir::Cache=$cache" -o Dir::Log::Planner=)  # and nothing of this host's
    if ! fetch "$@"; then
        # This host's lists are old or were removed: lists of our own.
        apt_options+=(-o "Dir::State::Lists=$cache/lists")
        apt-get "${apt_options[@]}" update >"$cache/apt.log" 2>&1 && fetch "$@" ||
            skip "cannot fetch $*: $(tail -n 1 "$cache/apt.log")"
    fi
    exec 9>&-
}

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
cache=$(realpath -m "${NDR_TEST_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/ndr-triage-tests}")
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
