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
# NDR_BLOCK_TESTS=required.
set -euo pipefail
umask 022

skip() {
    echo "not run: $*" >&2
    [ "${NDR_BLOCK_TESTS:-}" != required ] || exit 1
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
    mkdir -p "$cache/roots" "$cache/lists/partial" "$cache/archives/partial"
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
    local root=$1
    shift
    mount -t overlay overlay -o "lowerdir=$root/usr:/usr" /usr
    [ ! -d "$root/etc" ] || mount -t overlay overlay -o "lowerdir=$root/etc:/etc" /etc
    mount -t tmpfs -o mode=755 tmpfs /run
    ip link set lo up
    exec "$@"
}

if [ "$1" = --inside ]; then
    shift
    inside "$@"
fi

spaces=(unshare --net --mount --propagation private)
[ "$1" != --unprivileged ] && [ "$(id -u)" = 0 ] || spaces+=(--user --map-root-user)
[ "$1" != --unprivileged ] || shift
packages=()
while [ "$1" != -- ]; do packages+=("$1"); shift; done
shift
cache=$(realpath -m "${NDR_TEST_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/ndr-triage-tests}")
command -v apt-get >/dev/null || skip "no apt-get here, so no packages"
"${spaces[@]}" true 2>/dev/null || skip "this host allows no namespaces"
fetch_or_skip "${packages[@]}"
"${spaces[@]}" mount -t overlay overlay -o "lowerdir=$root/usr:/usr" /usr 2>/dev/null ||
    skip "this kernel lays nothing over /usr in a namespace"
exec "${spaces[@]}" "$0" --inside "$root" "$@"
