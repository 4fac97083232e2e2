# Everything runs in a virtual environment of its own; nothing but Python 3.11+ and make has to be there.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
JS_TESTS = $(wildcard tests/js/*.test.mjs)
# What depends most on the releases of others: reading, checking, geocoding, counting, packing.
CORE = $(foreach name,classify constraints engine geocode locate payload places provinces readers_dates \
  readers_encoding readers_geojson readers_numbers readers_table roundtrip summarise topology validate,tests/test_$(name).py)

.PHONY: maps test test-minimum test-minimum-core test-core audit lint mutants bench docs clean
.DELETE_ON_ERROR:

maps: $(VENV)/.installed
	$(BIN)/geo build --out maps

test: $(VENV)/.chromium $(VENV)/.node
	GEO_CHROMIUM="$$(cat $(VENV)/.chromium)" $(BIN)/python -m pytest
ifneq ($(JS_TESTS),)
	node --test $(JS_TESTS)
endif

# The oldest releases that pyproject.toml allows.
OLD = $(VENV)-minimum/bin/python -m pytest -m "not browser" -W ignore::DeprecationWarning -W ignore::FutureWarning \
  --deselect tests/test_gazetteer.py::test_the_same_input_gives_the_same_bytes_as_shipped  # made with a newer Babel

test-minimum: $(VENV)-minimum/.installed
	$(OLD)

test-minimum-core: $(VENV)-minimum/.installed
	$(OLD) --quiet $(CORE)

# For another Python: make PYTHON=python3.13 VENV=.venv-3.13 test-core
test-core: $(VENV)/.test
	$(BIN)/python -m pytest --quiet -m "not browser" $(CORE)

# Known vulnerabilities of what is installed; see docs/security.md.
audit: $(VENV)/.installed
	$(PYTHON) -m venv $(VENV)-audit
	$(VENV)-audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit
	$(BIN)/python -m pip freeze --exclude-editable > $(VENV)-audit/installed.txt
	$(VENV)-audit/bin/pip-audit --strict --disable-pip --no-deps --requirement $(VENV)-audit/installed.txt

lint: $(VENV)/.lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# How many small faults the tests without a browser notice; make mutants MUTANTS='geo/stats --all' for one package.
mutants: $(VENV)/.test
	PYTHONHASHSEED=0 $(BIN)/python -m tools.mutants $(MUTANTS)

# Takes about half an hour; make bench BENCH=--resume goes on where an interrupted run stopped.
bench: $(VENV)/.chromium $(VENV)/.bench
	GEO_CHROMIUM="$$(cat $(VENV)/.chromium)" $(BIN)/python -m benchmarks.run $(BENCH)

docs: $(VENV)/.test
	$(BIN)/python -m mkdocs build --strict

clean:
	rm -rf $(VENV) $(VENV)-minimum $(VENV)-audit .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist maps/*.html

# Stamps: a second run finds them and goes straight to work.
$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "geo needs Python 3.11 or newer; name one: make PYTHON=python3.12 $(MAKECMDGOALS)")'
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "python3 -m venv failed; on Debian or Ubuntu: apt-get install python3-venv"; exit 1; }
	@touch $@

$(VENV)/.installed: pyproject.toml $(VENV)/.made
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.test: pyproject.toml $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@

$(VENV)-minimum/.installed: pyproject.toml constraints/minimum.txt
	$(PYTHON) -m venv $(VENV)-minimum
	$(VENV)-minimum/bin/python -m pip install --quiet --disable-pip-version-check \
	  --constraint constraints/minimum.txt --editable '.[test]'
	@touch $@

$(VENV)/.lint: pyproject.toml $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

$(VENV)/.bench: pyproject.toml $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	@touch $@

$(VENV)/.chromium: $(VENV)/.test
	$(BIN)/python tools/find_chromium.py --install > $@

$(VENV)/.node: $(VENV)/.made
	@command -v node > /dev/null || { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq --no-install-recommends nodejs; } \
	  || { echo "Node.js 18 or newer is needed for the scripts' own tests; install it"; exit 1; }
	@touch $@
