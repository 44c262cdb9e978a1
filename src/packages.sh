# The Debian 12 packages that ndr-triage is built and tested with; sourced by tests/run.sh and
# examples/quickstart.sh. src/dependencies.cmake names the same ones, one by one.

build_packages=(g++ cmake ninja-build pkg-config ccache
    libgmime-3.0-dev libglib2.0-dev libgumbo-dev libytnef0-dev libsqlitecpp-dev libsqlite3-dev
    libspdlog-dev libfmt-dev libboost-program-options-dev nlohmann-json3-dev libseccomp-dev
    libcurl4-openssl-dev libc-ares-dev)
# clang-tidy-14 brings clang-tidy, libclang-rt-14-dev the sanitizers and libFuzzer, llvm-14 the
# symbolizer; iproute2 and mount set up the private root in which mail servers are tried.
test_packages=(libgtest-dev clang-14 clang-format-14 clang-tidy-14 libclang-rt-14-dev llvm-14
    sqlite3 python3 mandoc iproute2 mount tzdata)

is_installed() {
    dpkg-query -W -f '${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed
}

# install_missing YES PACKAGE...: installs what is missing of the packages, after asking unless YES
# is 1. Says nothing when all are there. Recommended packages stay away: no mail server, no
# firewall, nothing that starts by itself.
install_missing() {
    local yes=$1 package answer missing=() root=()
    shift
    if ! command -v dpkg-query >/dev/null; then
        echo "This is no Debian system. ndr-triage is built on Debian 12 with: $*" >&2
        return 1
    fi
    for package in "$@"; do
        is_installed "$package" || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0

    echo "These Debian packages are missing and will be installed:"
    printf '    %s\n' "${missing[@]}"
    if [ "$(id -u)" != 0 ]; then
        if ! command -v sudo >/dev/null; then
            echo "Neither root nor sudo: install them as root, then run this again." >&2
            return 1
        fi
        root=(sudo)
    fi
    if [ "$yes" != 1 ]; then
        if [ ! -t 0 ]; then
            echo "Nobody can be asked: run this again with --yes, or with CI=1." >&2
            return 1
        fi
        read -r -p "Install them now? [y/N] " answer
        case $answer in
            [yY]*) ;;
            *) echo "Nothing was installed." >&2; return 1 ;;
        esac
    fi
    ${root[@]+"${root[@]}"} apt-get update </dev/null || return 1
    ${root[@]+"${root[@]}"} env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y --no-install-recommends "${missing[@]}" </dev/null
}
