# make demo   the example, from reports to a cited briefing
# make check  all that has to hold before a change goes in
# make size   how many megabytes an installation takes, without development and extras
# make fresh  delete the environment and all that was made
#
# Both need Python 3.11 or later, make, and the package registry that pip is set to.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/ready
STAMPS := pyproject.toml $(shell find src -type f -not -name '*.pyc' -not -path '*/__pycache__/*')

.PHONY: demo check fresh format size
.DEFAULT_GOAL := check

define say
@printf '\n==> %s\n' "$(1)"
endef

$(READY): pyproject.toml
	$(call say,Making an environment in $(VENV) (about a minute))
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if v >= (3, 11) else "Python 3.11 or later is needed; this is %d.%d. Name another: make PYTHON=python3.12" % v[:2])'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --group dev
	@touch $@

# What is tested and shown is the wheel as users get it, not the source folder.
$(VENV)/installed: $(READY) $(STAMPS)
	$(call say,Building the wheel and installing it)
	@rm -rf dist
	@$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .
	@$(BIN)/python -m pip install --quiet dist/dragoman-*.whl
	@$(BIN)/python -m pip install --quiet --no-deps --force-reinstall dist/dragoman-*.whl
	@touch $@

demo: $(VENV)/installed
	@mkdir -p demo
	$(call say,Reading examples/reports into demo/example.db)
	@$(BIN)/dragoman build examples/reports -o demo/example.db --replace
	$(call say,Scoring it against examples/gold.jsonl)
	@$(BIN)/python -m benchmarks record
	$(call say,Writing the briefing)
	@$(BIN)/dragoman brief demo/example.db --format html -o demo/briefing.html
	@$(BIN)/dragoman brief demo/example.db --format markdown -o demo/briefing.md
	$(call say,Done. Open demo/briefing.html in a browser; the same is in demo/briefing.md)
	@printf '    The record is demo/example.db. Ask it more:\n'
	@printf '    %s\n' '$(BIN)/dragoman positions demo/example.db' '$(BIN)/dragoman timeline demo/example.db' '$(BIN)/dragoman --help'
	@printf '    See all of it in a browser:\n    %s\n' '$(BIN)/dragoman serve demo/example.db --open'

check: $(VENV)/installed
	$(call say,Format (ruff format))
	@$(BIN)/ruff format --check .
	$(call say,Lint (ruff check))
	@$(BIN)/ruff check .
	$(call say,Types (mypy))
	@$(BIN)/mypy
	$(call say,Import directions (lint-imports))
	@$(BIN)/lint-imports --no-cache
	$(call say,Benchmark floors)
	@$(BIN)/python -m benchmarks record --check
	$(call say,Tests of the installed wheel (pytest))
	@$(BIN)/python -m pytest -n 2
	$(call say,All checks passed)

format: $(READY)
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

size:
	@rm -rf build/size
	@$(PYTHON) -m venv build/size
	@build/size/bin/python -m pip install --quiet .
	@du -sm build/size | cut -f1

fresh:
	rm -rf $(VENV) dist build demo .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
