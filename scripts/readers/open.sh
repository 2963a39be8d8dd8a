#!/usr/bin/env bash
# Installs programs in a temporary folder, opens the files of the serving release with each, writes docs/readers.md.
# R comes from Debian where it is missing (as root); Node.js has to be there.
set -euo pipefail
here=$(cd "$(dirname "$0")/../.." && pwd); own="$here/scripts/readers"; d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
packages=(r-base-core r-cran-readr r-cran-readxl r-cran-jsonlite)
missing=()
for package in "${packages[@]}"; do dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package"); done
if [ ${#missing[@]} -gt 0 ]; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
released=$(ls -d "$here"/data/releases/[0-9]*.[0-9]*.[0-9]* | sort -V | tail -1)
mkdir "$d/files" "$d/npm"
"$here/.venv/bin/python" -m zipfile -e "$released/lfr.zip" "$d/files"
cp "$released/lfr.duckdb" "$d/files/"
python3 -m venv "$d/new"; python3 -m venv "$d/old"
"$d/new/bin/pip" install -q --disable-pip-version-check duckdb==2.0.1 pandas==3.1.1 polars==2.1.0 pyarrow==26.0.1 \
  fastparquet==2026.9.0 csvw==4.1.1 frictionless==5.21.0 python-calamine==0.9.1 openpyxl==3.1.5 odfpy==1.4.1
"$d/old/bin/pip" install -q --disable-pip-version-check duckdb==1.5.6
npm --prefix "$d/npm" install --silent xlsx@0.18.5 exceljs@4.4.0 hyparquet hyparquet-compressors parquet-wasm \
  apache-arrow >/dev/null
"$d/new/bin/python" "$own/read_python.py" "$d/files" >"$d/python.jsonl"
"$d/old/bin/python" "$own/read_python.py" "$d/files" --duckdb >"$d/old.jsonl"
(cd "$d/npm" && node "$own/read_node.mjs" "$d/files") >"$d/node.jsonl"
Rscript "$own/read_r.R" "$d/files" >"$d/r.jsonl"
cd "$here" && .venv/bin/python -m scripts.readers "$d"/{python,old,node,r}.jsonl
