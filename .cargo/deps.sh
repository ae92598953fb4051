#!/bin/sh
# Finds what building llama.cpp needs and installs what is missing; without the right to,
# prints the line to run and stops. Quiet and quick when all is there.
set -u

if ! command -v "${CARGO:-cargo}" >/dev/null 2>&1; then
    echo "limpid needs Rust 1.95 or newer; install it from https://rustup.rs, then run make again" >&2
    exit 1
fi

has() { command -v "$1" >/dev/null 2>&1; }

has_libclang() {
    [ -n "${LIBCLANG_PATH:-}" ] && return 0
    has ldconfig && ldconfig -p 2>/dev/null | grep -q 'libclang[-.0-9]*\.so' && return 0
    # Not libclang-cpp.so, which is another library.
    for file in /usr/lib/llvm-*/lib/libclang.so* /usr/lib/llvm-*/lib/libclang-[0-9]*.so* \
        /usr/lib*/libclang.so* /usr/lib*/libclang-[0-9]*.so* \
        /usr/lib/*/libclang.so* /usr/lib/*/libclang-[0-9]*.so* \
        /opt/homebrew/opt/llvm/lib/libclang.dylib /usr/local/opt/llvm/lib/libclang.dylib \
        /Library/Developer/CommandLineTools/usr/lib/libclang.dylib; do
        [ -e "$file" ] && return 0
    done
    return 1
}

has_pip() { has pip3 || has pip || python3 -m pip --version >/dev/null 2>&1; }

need_cmake=0; need_clang=0; need_cxx=0; need_pip=0
has cmake || need_cmake=1
has_libclang || need_clang=1
has c++ || has g++ || has clang++ || need_cxx=1
has_pip || need_pip=1
[ $((need_cmake + need_clang + need_cxx + need_pip)) -eq 0 ] && exit 0

# Names of the packages, by package manager, in the order cmake, libclang, C++, pip.
if has apt-get; then install="apt-get install -y"; names="cmake libclang-dev g++ python3-pip"
elif has dnf; then install="dnf install -y"; names="cmake clang-devel gcc-c++ python3-pip"
elif has zypper; then install="zypper install -y"; names="cmake clang-devel gcc-c++ python3-pip"
elif has pacman; then install="pacman -S --noconfirm --needed"; names="cmake clang gcc python-pip"
elif has apk; then install="apk add"; names="cmake clang-dev g++ py3-pip"
elif has brew; then install="brew install"; names="cmake llvm llvm python"
else
    echo "limpid needs cmake, libclang, a C++ compiler and Python's pip; install them, then run make again" >&2
    exit 1
fi
# shellcheck disable=SC2086 # the list is split on purpose
set -- $names
packages=""
[ $need_cmake = 1 ] && packages="$packages $1"
[ $need_clang = 1 ] && packages="$packages $2"
[ $need_cxx = 1 ] && packages="$packages $3"
[ $need_pip = 1 ] && packages="$packages $4"

as_root=""
if [ "$(id -u)" != 0 ] && ! has brew; then
    if has sudo && sudo -n true 2>/dev/null; then
        as_root="sudo"
    else
        echo "limpid needs:$packages. Run this, then make again:" >&2
        echo "  sudo $install$packages" >&2
        exit 1
    fi
fi

echo "installing:$packages" >&2
if has apt-get; then
    $as_root apt-get update -qq || echo "the package lists could not be updated; trying with those at hand" >&2
fi
# shellcheck disable=SC2086
if ! DEBIAN_FRONTEND=noninteractive $as_root $install $packages; then
    echo "installing failed. Run this, then make again:" >&2
    echo "  ${as_root:+sudo }$install$packages" >&2
    exit 1
fi
