# Everything that a developer does, one word each. What a command needs is set up the first time,
# and again when pyproject.toml or constraints.txt change.

PYTHON ?= python3
WORKERS ?= 2
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
HOUSEHOLDS := examples/households.yaml
INDEX := examples/index/seoul/index.yaml
POLICY := examples/policy/safety_income_85.yaml
PEOPLE := examples/population/tiny
# What sets type for documents, and Korean letters.
LETTERS := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-noto-cjk
# What long tests compare with: measures of inequality in R.
ORACLES := r-cran-laeken
BENCHMARKS := $(sort $(wildcard benchmarks/*.py))

.DEFAULT_GOAL := help
.PHONY: help setup run test soak lint format docs docs-check docs-update benchmarks clean

help: ## show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

setup: .venv/.ready ## prepare .venv (the other commands do it by themselves)

# Debian ships Python without the part that makes an environment.
.venv/.ready: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo 'Python 3.11 or newer is needed' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq python3-venv; }
	@{ ldconfig -p | grep -q libpangoft2-1.0.so.0 && ldconfig -p | grep -q libharfbuzz-subset.so.0 && fc-list :lang=ko 2>/dev/null | grep -q .; } \
		|| { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq $(LETTERS); }
	@[ -x $(BIN)/pip ] || $(PYTHON) -m venv .venv
	@echo 'Setting up .venv (once; about a minute) ...'
	@$(PIP) install -c constraints.txt -e '.[all]'
	@touch $@

run: .venv/.ready ## assess households, try a policy and audit Seoul's index, in Korean and in English
	$(BIN)/donghaeng household assess $(HOUSEHOLDS) --date 2024-07 --lang ko
	$(BIN)/donghaeng household assess $(HOUSEHOLDS) --date 2024-07 --lang en
	$(BIN)/donghaeng policy simulate $(POLICY) --population $(PEOPLE) --date 2024-07 --lang ko
	$(BIN)/donghaeng index trace $(INDEX) 2024.composite --lang ko
	$(BIN)/donghaeng index audit $(INDEX) --lang en

test: .venv/.ready ## every test but the long ones
	$(BIN)/pytest -n $(WORKERS) --dist worksteal

soak: .venv/.ready ## the long tests: many generated cases, large tables, R as an oracle
	@Rscript -e 'stopifnot(requireNamespace("laeken"))' >/dev/null 2>&1 \
		|| { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq --no-install-recommends $(ORACLES); }
	$(BIN)/pytest -n $(WORKERS) --dist worksteal -m soak --hypothesis-profile=soak

lint: .venv/.ready ## style, types and the floors of the house
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: .venv/.ready ## put the code in order
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

docs: .venv/.ready ## build the documentation into site/
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

docs-check: .venv/.ready ## run every command in the documentation and compare
	$(BIN)/python tools/benefit_pages.py --check
	$(BIN)/python tools/law_tables.py --into docs/law.md docs/law.ko.md --check
	$(BIN)/python tools/docs_check.py

docs-update: .venv/.ready ## write the real output of every command into the documentation
	$(BIN)/python tools/benefit_pages.py
	$(BIN)/python tools/law_tables.py --into docs/law.md docs/law.ko.md
	$(BIN)/python tools/docs_check.py --update

benchmarks: .venv/.ready ## print the table of every benchmark
	@set -e; for script in $(BENCHMARKS); do echo "$$script"; $(BIN)/python "$$script"; done

clean: ## remove everything that can be made again
	rm -rf .venv site build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
