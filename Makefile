# Two commands matter: `make run` and `make test`. Both need Python 3.11 or newer, and install
# what else they need into .venv from the package index. Versions: .ci/constraints.txt.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
CODE := rules connectors service tests benchmarks migrations

# `make test BROWSER=no` leaves out what needs Chromium; `make test ARGS="tests/rules -x"` narrows.
BROWSER := yes
ARGS :=
# One more than the cores of a small machine: some tests wait for processes and browsers.
WORKERS := 3

.DEFAULT_GOAL := help
.PHONY: help run test check lint types imports tests browser format constraints clean

help:  ## Show this
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/.run  ## Install what is needed and start the demo; Ctrl-C stops it
	@exec $(BIN)/groundswell demo

test: $(VENV)/.test browser check tests  ## Install what the tests need, check everything, run all tests

check: lint types imports  ## Lint, types and the contracts between rooms, without the tests

lint: $(VENV)/.test  ## Style of the code
	@$(BIN)/ruff check $(CODE)
	@$(BIN)/ruff format --check --quiet $(CODE)

types: $(VENV)/.test  ## Types, strictly
	@$(BIN)/mypy

imports: $(VENV)/.test  ## Who may import whom
	@$(BIN)/lint-imports

tests: $(VENV)/.test
	@$(BIN)/python -m pytest -n $(WORKERS) $(if $(filter no,$(BROWSER)),-m "not browser") $(ARGS)

format: $(VENV)/.test  ## Bring the code into shape
	@$(BIN)/ruff check --fix --quiet $(CODE)
	@$(BIN)/ruff format --quiet $(CODE)

constraints: $(VENV)/.test  ## Write down the versions that are installed now
	@$(BIN)/python -m pip --disable-pip-version-check freeze --exclude-editable > .ci/constraints.new
	@mv .ci/constraints.new .ci/constraints.txt

clean:  ## Remove the environment and the caches; your data in .data stays
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis *.egg-info
	@find rules connectors service tests benchmarks migrations -name __pycache__ -prune -exec rm -rf {} +

# The first Python that is new enough and can make environments. Debian keeps the latter apart.
$(BIN)/python:
	@for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	  command -v $$python >/dev/null 2>&1 || continue; \
	  $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' || continue; \
	  if ! $$python -c 'import ensurepip, venv' 2>/dev/null; then \
	    echo "$$python cannot make environments; on Debian or Ubuntu: apt-get install python3-venv" >&2; \
	    exit 1; \
	  fi; \
	  echo "making $(VENV) with $$($$python --version)"; \
	  exec $$python -m venv --clear $(VENV); \
	done; \
	echo "Groundswell needs Python 3.11 or newer, found as python3 or python3.11 and so on" >&2; \
	exit 1

$(VENV)/.run: pyproject.toml .ci/constraints.txt | $(BIN)/python
	@echo "installing Groundswell"
	@$(PIP) install --constraint .ci/constraints.txt --editable .
	@touch $@

$(VENV)/.test: pyproject.toml .ci/constraints.txt | $(BIN)/python
	@echo "installing Groundswell and what its tests need"
	@$(PIP) install --constraint .ci/constraints.txt --editable '.[test]'
	@touch $@ $(VENV)/.run

# The tests look at the pages in a real browser: the distribution's, since there is no other way to
# have one that is kept up to date.
browser:
ifneq ($(BROWSER),no)
	@command -v chromium >/dev/null 2>&1 || { \
	  as_root=; \
	  if [ "$$(id -u)" != 0 ]; then \
	    as_root="sudo -n"; \
	    sudo -n true 2>/dev/null || as_root=none; \
	  fi; \
	  if [ "$$as_root" = none ] || ! command -v apt-get >/dev/null 2>&1; then \
	    echo "the tests need Chromium as the command 'chromium': install it," >&2; \
	    echo "or leave out what needs it: make test BROWSER=no" >&2; \
	    exit 1; \
	  fi; \
	  echo "installing Chromium for the tests"; \
	  $$as_root apt-get update -qq; \
	  DEBIAN_FRONTEND=noninteractive $$as_root apt-get install -qq -y --no-install-recommends \
	    chromium fonts-noto-color-emoji >/dev/null; \
	}
endif
