# Debian packages for a test, unpacked into a directory of their own and never installed; sourced by
# tests that run real programs in namespaces.
#
# They are kept in NDR_TEST_CACHE, else ~/.cache/ndr-triage-tests. Status 77 where they, or what else
# a test needs, are not to be had, and why; 1 instead where NDR_REAL_TESTS=required.

cache=$(realpath -m "${NDR_TEST_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/ndr-triage-tests}")

skip() {
    echo "not run: $*" >&2
    [ "${NDR_REAL_TESTS:-}" != required ] || exit 1
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
