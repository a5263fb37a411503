#!/bin/sh
# Copies the front-end packages locked in tools/vendor/package-lock.json into static/ and tests/vendor/,
# with their licences, and writes static/vendor/SHA256SUMS. Run it only to update them; the result is committed.
# "tools/vendor.sh --check" only compares the committed files with SHA256SUMS.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
files() { find static/vendor static/fonts static/icons.svg tests/vendor -type f ! -name SHA256SUMS | LC_ALL=C sort; }
if [ "${1:-}" = "--check" ]; then
    sha256sum --quiet --check static/vendor/SHA256SUMS
    exit
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp tools/vendor/package.json tools/vendor/package-lock.json "$work/"
(cd "$work" && npm ci --ignore-scripts --no-audit --no-fund --silent)
modules=$work/node_modules

mkdir -p static/vendor/bootstrap static/vendor/bootstrap-icons static/fonts tests/vendor
cp "$modules/bootstrap/dist/css/bootstrap.min.css" "$modules/bootstrap/dist/css/bootstrap.min.css.map" \
   "$modules/bootstrap/LICENSE" static/vendor/bootstrap/
cp "$modules/bootstrap-icons/LICENSE" static/vendor/bootstrap-icons/
node tools/vendor/sprite.mjs tools/vendor/icons.txt "$modules/bootstrap-icons/icons" > static/icons.svg
for range in latin latin-ext vietnamese; do
    for weight in 400 600; do
        cp "$modules/@fontsource/be-vietnam-pro/files/be-vietnam-pro-$range-$weight-normal.woff2" static/fonts/
    done
    [ "$range" = latin-ext ] && continue
    for style in 400-normal 400-italic 700-normal 700-italic; do
        cp "$modules/@fontsource/tinos/files/tinos-$range-$style.woff2" static/fonts/
    done
done
cp "$modules/@fontsource/be-vietnam-pro/LICENSE" static/fonts/LICENSE-be-vietnam-pro.txt
cp "$modules/@fontsource/tinos/LICENSE" static/fonts/LICENSE-tinos.txt
cp "$modules/axe-core/axe.min.js" tests/vendor/axe.min.js
cp "$modules/axe-core/LICENSE" tests/vendor/LICENSE-axe-core.txt
files | xargs sha256sum > static/vendor/SHA256SUMS
