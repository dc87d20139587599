# Works with python3.11 or later, make, and pip as it is set up on the machine.
#
#   make run     set up, run the first scenario, write its report
#   make test    set up, run all tests: the fast ones, then the slow ones

PYTHON ?= python3
VENV ?= .venv
JOBS ?= 2
BIN := $(VENV)/bin
SCENARIO ?= iss-russia-leaves
AS_OF ?= 2022-07-26
RUNS ?= runs

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run test test-fast lint types bench docs validate fuzz lock clean

help:
	@sed -n 's/^# \{0,2\}//p' Makefile | head -n 5
	@echo "Others: lint types bench docs validate fuzz lock clean. SCENARIO=$(SCENARIO) AS_OF=$(AS_OF)"

# The build tools are in the lock too, so nothing unpinned is fetched. The environment is made anew when the lock or the package's description is newer than it. The stamp is written
# last, so that an interrupted set-up is done again.
$(VENV)/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed; say which with: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@rm -f $(VENV)/.ready-dev
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

setup: $(VENV)/.ready
setup-dev: $(VENV)/.ready-dev

run: setup
	$(BIN)/cupola run $(SCENARIO) --as-of $(AS_OF) --out $(RUNS)
	@$(BIN)/cupola report --runs $(RUNS)

# One run, so that there is one closing line: the fast tests come first, the slow ones after them.
test: setup-dev
	$(BIN)/python -m pytest -n $(JOBS)

test-fast: setup-dev
	$(BIN)/python -m pytest -n $(JOBS) -m "not slow"

lint: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check src tests tools

types: setup-dev
	$(BIN)/mypy

bench: setup-dev
	$(BIN)/python benchmarks/station.py $(SCENARIO) --as-of $(AS_OF)

docs: setup
	$(BIN)/python tools/make_docs.py
	$(BIN)/python tools/make_notebook.py
	$(BIN)/python tools/make_programmes.py

validate: setup
	$(BIN)/python tools/validate.py

# Mutated scenarios, and mutated ephemerides and element sets, each of which must load or be refused; two processes take some
# three minutes for the first and five for the second.
MUTANTS ?= 20000
FILE_MUTANTS ?= 1000000
fuzz: setup-dev
	$(BIN)/python tools/fuzz.py --count $(MUTANTS) --jobs $(JOBS)
	$(BIN)/python tools/fuzz_files.py --count $(FILE_MUTANTS) --jobs $(JOBS)

# Needs uv (from the package registry). The index's address and local paths are kept out of the files.
UV_COMPILE = uv pip compile --universal --generate-hashes --python-version 3.11 --no-header --no-annotate \
	--no-emit-index-url --quiet pyproject.toml
lock:
	$(UV_COMPILE) --extra build -o requirements.lock
	$(UV_COMPILE) --extra build --extra dev -o requirements-dev.lock

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find src tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
