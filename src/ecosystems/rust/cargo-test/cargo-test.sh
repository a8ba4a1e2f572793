#!/bin/sh
# Stands before each test program that cargo starts, and in the place of rustdoc: it says on the output which program
# the events of libtest after it come from, and asks libtest for them. Only that program is told that it may use
# libtest's JSON format, never a compiler: for crates that ask the compiler what it is, nothing is different.
rustdoc=${OMK_RUSTDOC:-rustdoc}

case "$1" in
-*)
  tests=
  taken=
  for argument in "$@"; do
    shift
    # Tests in documentation are started as they always are, not by this script again.
    if [ -n "$taken" ]; then
      taken=
      continue
    fi
    case "$argument" in
    --test) tests=yes ;;
    --test-runtool | --runtool)
      taken=yes
      continue
      ;;
    esac
    set -- "$@" "$argument"
  done
  if [ -z "$tests" ]; then exec "$rustdoc" "$@"; fi
  printf '\n{"omk":"documentation","package":"%s"}\n' "$CARGO_PKG_NAME"
  RUSTC_BOOTSTRAP=1 exec "$rustdoc" "$@" --test-args '-Zunstable-options --format=json'
  ;;
*/deps/*)
  # A program with a harness of its own knows nothing of these arguments.
  if grep -aq __RUST_TEST_INVOKE "$1"; then
    program=$1
    shift
    case "$NEXTEST $*" in
    *--list*) exec "$program" "$@" ;;
    1*)
      # Nextest takes a process that ended with 0 for a passed test: it has to be libtest that ended it.
      said=$(RUSTC_BOOTSTRAP=1 "$program" -Zunstable-options --format=json "$@")
      code=$?
      printf '%s\n' "$said"
      case "$said" in
      *'"type": "suite", "event": "ok", "passed": 1, "failed": 0,'*) exit "$code" ;;
      *) if [ "$code" = 0 ]; then exit 101; else exit "$code"; fi ;;
      esac
      ;;
    esac
    order=
    # One after the other, by chance but the same each time. Rust knows it from 1.60 on.
    if [ -n "$OMK_SHUFFLED" ] && "$program" --help 2>&1 | grep -q shuffle-seed; then
      set -- --shuffle-seed=2 --test-threads=1 "$@"
      order=',"order":"shuffled"'
    fi
    printf '\n{"omk":"program","package":"%s","program":"%s"%s}\n' "$CARGO_PKG_NAME" "${program##*/}" "$order"
    RUSTC_BOOTSTRAP=1 exec "$program" -Zunstable-options --format=json "$@"
  fi
  ;;
esac
exec "$@"
