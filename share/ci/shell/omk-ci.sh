#!/bin/sh
# Judges or verifies a change in any CI, and leaves what came of it in files. docs/ci.md says how it is used.
#
#   OMK_BASE   commit that the change is against (needed)
#   OMK_HEAD   commit of the change                                   default: HEAD
#   OMK_MODE   judge: run the gates on the change. verify: run the proof of the change again. auto: verify where there is one
#   OMK_KEY    file with public keys whose signatures are trusted, for verify          default: none, and the report says so
#   OMK_EXPECT no-regression, fix or feature, for judge
#   OMK_OUT    folder for comment.md, verdict and bundle/             default: omk-out
#   OMK        program to start                                       default: omk
#
# The exit code is omk's: 0 ready, 3 not, 4 a person must decide, others: it could not be told. No secret is needed, and none is read.
set -u
omk=${OMK:-omk}
head=${OMK_HEAD:-HEAD}
mode=${OMK_MODE:-auto}
out=${OMK_OUT:-omk-out}
proofs=refs/omk/proofs

say() { printf 'omk-ci: %s\n' "$1" >&2; }
stop() {
  say "$1"
  exit 2
}

[ -n "${OMK_BASE:-}" ] || stop 'OMK_BASE is not set: name the commit that the change is against'
mkdir -p "$out/bundle" || stop "the folder $out cannot be made"

# A shallow clone has less than a change needs.
for commit in "$OMK_BASE" "$head"; do
  git cat-file -e "$commit^{commit}" 2>/dev/null || git fetch -q --no-tags origin "$commit" 2>/dev/null ||
    stop "the commit $commit is not in this clone: check out the whole history (fetch-depth: 0)"
done
base=$(git merge-base "$OMK_BASE" "$head") ||
  stop "the history that $head shares with $OMK_BASE is not in this clone: check out the whole history (fetch-depth: 0)"

if [ "$mode" != judge ]; then
  git fetch -q --no-tags origin "+$proofs:$proofs" 2>/dev/null || say "there are no proofs at origin ($proofs)"
fi

judged() {
  "$omk" judge "$base..$head" --format md ${OMK_EXPECT:+--expect "$OMK_EXPECT"} >"$out/comment.md"
}

verified() {
  "$omk" verify --rerun "$head" --base "$base" ${OMK_KEY:+--key "$OMK_KEY"} >"$out/claims.txt"
  code=$?
  {
    printf '### omk verify: %s\n\n' "$(grep -v '^ ' "$out/claims.txt" | tail -n 1 | tr -d '`<>|')"
    printf 'The proof of %s, run again on this machine against %s.\n\n' "$(git rev-parse "$head")" "$base"
    printf '````text\n'
    sed 's/````/` ` ` `/g' "$out/claims.txt"
    printf '````\n'
  } >"$out/comment.md"
  return "$code"
}

# Whether a proof is of the commit, of its tree or of its change; nothing is run to tell.
hasProof() {
  git rev-parse -q --verify "$proofs" >/dev/null || return 1
  "$omk" verify "$head" --level V0 --json ${OMK_KEY:+--key "$OMK_KEY"} >"$out/v0.json" 2>"$out/v0.err"
  found=$?
  grep -q GOAL_NOT_FOUND "$out/v0.json" "$out/v0.err" && return 1
  [ "$found" -ne 6 ]
}

asked=$mode
case $mode in
  auto) if hasProof; then mode=verify; else mode=judge; fi ;;
  judge | verify) ;;
  *) stop "OMK_MODE is '$mode': it must be judge, verify or auto" ;;
esac
rm -f "$out/v0.json" "$out/v0.err"

if [ "$mode" = verify ]; then verified; else judged; fi
code=$?
# The proof is of the same change on another base: of this commit it shows nothing.
if [ "$asked $mode" = 'auto verify' ] && grep -q '^  found   by its change' "$out/claims.txt"; then
  mode=judge
  judged
  code=$?
fi
[ -s "$out/comment.md" ] || printf '### omk %s: could not be told (exit code %s)\n\nThe log of the job says why.\n' "$mode" "$code" >"$out/comment.md"
printf '%s %s\n' "$mode" "$code" >"$out/verdict"

# The signed bundles: of the proof that was verified, and of what was judged here.
goals=${OMK_STATE_DIR:-${XDG_STATE_HOME:-$HOME/.local/state}/omk}/goals
for proof in "$goals"/*/proof; do
  if [ -d "$proof" ]; then cp -R "$proof" "$out/bundle/$(basename "$(dirname "$proof")")"; fi
done
goal=$(sed -n 's/^.*: \(g-[a-z0-9-]*\) ended .*$/\1/p' "$out/claims.txt" 2>/dev/null | tail -n 1)
if [ "$mode" = verify ] && [ -n "$goal" ]; then git archive "$proofs" "$goal" 2>/dev/null | tar -x -C "$out/bundle" 2>/dev/null; fi
exit "$code"
