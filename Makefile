.DEFAULT_GOAL := help
.PHONY: help setup lock run run-force build site format lint types test test-fast coverage mutants faults translations dictionary spark producers readers bench screens
PYTHON ?= python3
BIN := .venv/bin
COMPILE = $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
  --no-annotate --no-emit-index-url --custom-compile-command "make lock" $(UPGRADE)
PYTEST := $(BIN)/python -m pytest -n 2

help:  ## Show these lines
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

setup: .venv/ready  ## Make the virtual environment from the lock; every file is checked against its hash

.venv/ready: requirements-dev.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

lock: setup  ## Write requirements*.txt from pyproject.toml; UPGRADE=--upgrade also moves what they bring in
	$(COMPILE) -o requirements.txt
	$(COMPILE) --extra dev -c requirements.txt -o requirements-dev.txt
	$(COMPILE) --extra geography -c requirements-dev.txt -o requirements-geography.txt
	$(COMPILE) --extra spark -c requirements-dev.txt -o requirements-spark.txt
	sed -n 's/.*"pyspark-client\(==[0-9.]*\)".*/pyspark\1/p' pyproject.toml | $(BIN)/uv pip compile - --quiet \
	  --python-version 3.11 --generate-hashes --no-deps --no-annotate --no-emit-index-url \
	  --custom-compile-command "make lock" $(UPGRADE) -o requirements-spark-server.txt

run: build  ## Build the data and open the dashboard at http://localhost:8501
	$(BIN)/python -m dashboard.server

run-force: setup  ## Open the signed-in site for forces at http://localhost:8502 (docs/force-site.md)
	$(BIN)/python -m dashboard.force_site

build: setup  ## Build the warehouse from the kept cells and check it
	$(BIN)/python -m etl build

site: build  ## Write the release that serves as a folder of pages, in data/sites
	$(BIN)/python -m etl site

format: setup  ## Format the code and mend what the linter can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: setup  ## Check style and the import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports

types: setup  ## Check types
	$(BIN)/mypy

test: setup  ## Run every test
	$(PYTEST)

test-fast: setup  ## Run the tests that need no browser, no server process and no killed build
	$(PYTEST) -m "not browser and not slow"

coverage: setup  ## Run every test and measure lines and branches; report in build/coverage
	rm -f build/coverage/data*
	$(PYTEST) --cov --cov-report=
	$(BIN)/coverage html --quiet
	$(BIN)/coverage report --skip-covered --skip-empty
	$(BIN)/coverage json --quiet -o build/coverage/coverage.json
	$(BIN)/python scripts/line_coverage.py build/coverage/coverage.json --at-least 93

mutants: setup  ## Change the statistics and the disclosure control; their tests have to notice
	$(BIN)/python scripts/mutants.py $(MUTANTS)

faults: setup  ## Damage every file of a release in turn; what readers get, and what repair makes of it
	LFR_ALL_FAULTS=1 $(PYTEST) tests/releases/test_damage.py

translations: setup  ## Collect the texts of the site into dashboard/locale
	$(BIN)/python -m scripts.translations.catalogues

dictionary: setup  ## Write docs/dictionary.md and docs/measures.md from the model
	$(BIN)/python -m etl dictionary

spark: setup  ## Install the client of Spark Connect, and in build/spark-server the server that tests start
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-spark.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --target build/spark-server \
	  --require-hashes -r requirements-spark-server.txt

producers: setup  ## Print one register by many producers and see that what is printed is read: docs/producers.md
	bash scripts/producers/make.sh

readers: build  ## Open the public files with many programs and compare every value: docs/readers.md
	bash scripts/readers/open.sh

bench: setup  ## Measure: ratios against a baseline in the same run
	$(BIN)/python -m tests.benchmarks

screens: build  ## Pictures of every page at phone and desktop width, in build/screens
	$(BIN)/python -m tests.browser.screens
