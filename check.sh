#!/usr/bin/env bash
# Everything that CI runs, installing what is missing. All steps run, also after one that failed; the summary tells.
#
#   ./check.sh                  format, lints, tests, documents, rule sets, the npm package in Node and Chromium
#   ./check.sh peers [ROUNDS]   the same decision in Leidraad and in other engines, measured (slow to build)
#   ./check.sh fuzz [SECONDS]   each fuzz target for so long (default 120)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

readonly CRATE_BUDGET=40    # crates that a user of the library compiles with default features

export INSTA_UPDATE=no # a changed snapshot is a failure, not a new file

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
touch "$scratch/log" "$scratch/cases"
failed=()
timings=()

# step NAME COMMAND… runs one step, and keeps its output for the counts in the summary.
step() {
  local name=$1 start=$SECONDS result=ok
  shift
  printf '\n== %s\n' "$name"
  if ! "$@" 2>&1 | tee -a "$scratch/log"; then
    result=FAILED
    failed+=("$name")
  fi
  timings+=("$(printf '%-6s %4d s  %s' "$result" $((SECONDS - start)) "$name")")
  printf '== %s: %s, %d s\n' "$name" "$result" $((SECONDS - start))
}

fail() {
  printf 'check.sh: %s\n' "$1" >&2
  exit 2
}

# --- steps -----------------------------------------------------------------------------------------------------

install_missing() {
  local tool
  for tool in fmt clippy; do
    cargo "$tool" --version >/dev/null 2>&1 || rustup component add "${tool/fmt/rustfmt}" || return
  done
  [ -d "$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown" ] || rustup target add wasm32-unknown-unknown || return
  if ! { command -v node && command -v npm; } >/dev/null; then install_debian nodejs npm || return; fi
  if [ ! -x "${CHROMIUM:-/usr/bin/chromium}" ]; then install_debian chromium || return; fi
  rustc --version
  echo "node $(node --version), $("${CHROMIUM:-/usr/bin/chromium}" --version)"
}

install_debian() {
  apt-get install -y "$@" >/dev/null || { apt-get update && apt-get install -y "$@" >/dev/null; }
}

format() {
  cargo fmt --all --check &&
    cargo fmt --check --manifest-path benches/peers/Cargo.toml &&
    cargo fmt --check --manifest-path bindings/wasm/pack/Cargo.toml &&
    cargo fmt --check --manifest-path fuzz/Cargo.toml
}

lint() {
  cargo clippy --locked --workspace --all-targets --all-features -- -D warnings &&
    cargo clippy --locked -p leidraad-wasm --target wasm32-unknown-unknown -- -D warnings &&
    cargo clippy --locked -p leidraad-wasm-dossier --target wasm32-unknown-unknown -- -D warnings
}

# JSON only: what the browser gets.
smallest_build() {
  cargo clippy --locked -p leidraad --no-default-features -- -D warnings
}

few_crates() {
  local count
  count=$(cargo tree --locked -p leidraad -e normal --prefix none --no-dedupe --format '{p}' | sort -u | wc -l)
  echo "$count crates in the default tree, at most $CRATE_BUDGET"
  [ "$count" -le "$CRATE_BUDGET" ]
}

tests() {
  cargo test --locked --workspace --all-features --lib --bins --tests --no-fail-fast
}

doc_tests() {
  cargo test --locked -p leidraad --all-features --doc
}

documents() {
  RUSTDOCFLAGS='-D warnings' cargo doc --locked --workspace --all-features --no-deps --lib
}

rules_check() {
  cargo run --quiet --locked -p leidraad-cli -- check rules --deny-warnings
}

rules_test() {
  cargo run --quiet --locked -p leidraad-cli -- test rules | tee "$scratch/cases"
}

# Builds dist/ and tests it in Node and in Chromium; the sizes and their ceilings stand in bindings/wasm/sizes.json.
npm_package() {
  (cd bindings/wasm && npm ci --no-audit --no-fund && npm run build && npm test)
}

# With the profile of the tests: this is a compile check, and takes seconds instead of minutes.
benches_compile() {
  cargo bench --locked --workspace --all-features --bench '*' --profile dev --no-run
}

clean_tree() {
  if [ "$(tree_state)" != "$tree_before" ]; then
    echo 'the checks changed files:'
    git status --short
    return 1
  fi
  echo 'no file changed'
}

tree_state() {
  { git status --porcelain && git diff | cksum; } 2>/dev/null || true
}

# --- the summary -----------------------------------------------------------------------------------------------

# Adds up the `test result:` lines of all test binaries, the `pass`, `fail` and `skipped` lines of Node's, and the
# `N passed, N failed` line of the rule cases.
summary() {
  local tests cases
  tests=$(awk '/^test result:/ { for (i = 2; i <= NF; i++) { if ($i ~ /^passed/) p += $(i-1); if ($i ~ /^failed/) f += $(i-1)
                                 if ($i ~ /^ignored/) s += $(i-1) } }
               $1 == "ℹ" { if ($2 == "pass") p += $3; if ($2 == "fail") f += $3; if ($2 == "skipped") s += $3 } END { print p+0, f+0, s+0 }' "$scratch/log")
  cases=$(sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed.*/\1 \2/p' "$scratch/cases" | tail -n 1)
  read -r passed failures skipped <<<"$tests"
  read -r cases_passed cases_failed <<<"${cases:-0 0}"

  printf '\n== summary\n'
  printf '%s\n' "${timings[@]}"
  printf 'tests: %d passed, %d failed, %d ignored; rule cases: %d passed, %d failed; %d s in all\n' \
    "$passed" "$failures" "$skipped" "$cases_passed" "$cases_failed" "$SECONDS"
  if [ ${#failed[@]} -gt 0 ]; then
    printf 'failed step: %s\n' "${failed[@]}"
  fi
  failures=$((failures + cases_failed))
  # A step may fail without a failed test: what does not compile has none.
  if [ "$failures" -eq 0 ]; then failures=${#failed[@]}; fi
  printf '%d passed, %d failed\n' $((passed + cases_passed)) "$failures"
  [ ${#failed[@]} -eq 0 ]
}

check() {
  tree_before=$(tree_state)
  step 'install what is missing' install_missing
  step 'format' format
  step 'lints' lint
  step 'library without features' smallest_build
  step 'few crates' few_crates
  step 'tests' tests
  step 'doc tests' doc_tests
  step 'documents' documents
  step 'rule sets: check' rules_check
  step 'rule sets: cases' rules_test
  step 'npm package' npm_package
  step 'benches compile' benches_compile
  step 'clean tree' clean_tree
  summary
}

# --- on request ------------------------------------------------------------------------------------------------

peers() {
  cd benches/peers
  cargo run --release -- "$@"
}

# Sanitizer none: the library forbids unsafe code, and the stable toolchain suffices.
fuzz() {
  local seconds=${1:-120} target seeds
  cargo fuzz --version >/dev/null 2>&1 || cargo install cargo-fuzz --locked
  for target in parse_check evaluate; do
    printf '\n== fuzz %s, %s s\n' "$target" "$seconds"
    mkdir -p "fuzz/corpus/$target"
    case $target in
      parse_check) seeds=(rules tests) ;;
      evaluate) seeds=(fuzz/seeds/evaluate) ;;
    esac
    cargo fuzz run --sanitizer none "$target" "fuzz/corpus/$target" "${seeds[@]}" -- -dict="fuzz/$target.dict" \
      -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=65536
  done
}

command -v cargo >/dev/null || fail 'cargo is not installed; see https://rustup.rs'
case "${1:-}" in
  '') check ;;
  peers | fuzz) "$@" ;;
  -h | --help) sed -n '2,/^set /{/^#/s/^# \{0,1\}//p}' "$0" ;;
  *) fail "unknown command '$1'; try --help" ;;
esac
