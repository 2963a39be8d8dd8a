.DEFAULT_GOAL := help
.PHONY: help setup run run-force build test lint types bench screens
PYTHON ?= python3
BIN := .venv/bin

help:  ## Show these lines
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'

setup: .venv/ready  ## Make the virtual environment with everything pinned

.venv/ready: requirements.txt requirements-dev.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

run: build  ## Build the data and open the dashboard at http://localhost:8501
	$(BIN)/python -m dashboard.server

run-force: setup  ## Open the signed-in site for forces at http://localhost:8502 (docs/force-site.md)
	$(BIN)/python -m dashboard.force_site

build: setup  ## Build the warehouse from the kept cells and check it
	$(BIN)/python -m etl build

test: setup  ## Run every test, with the import contracts
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not browser"
	$(BIN)/python -m pytest -n 2 --dist worksteal -m browser  # apart: an open browser keeps a loop running that other tests cannot share

lint: setup  ## Check style and the import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports

types: setup  ## Check types
	$(BIN)/mypy

bench: setup  ## Measure: ratios against a baseline in the same run
	$(BIN)/python -m tests.benchmarks

screens: build  ## Pictures of every page at phone and desktop width, in build/screens
	$(BIN)/python -m tests.browser.screens
