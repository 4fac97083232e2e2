# Everything runs in a virtual environment of its own; nothing but Python 3.11+ and make has to be there.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
JS_TESTS = $(wildcard tests/js/*.test.mjs)
# What depends most on the releases of others: reading, checking, geocoding, counting, packing.
CORE = $(foreach room,gazetteer admin readers rules importing stats dask payload,tests/$(room)) tests/project/test_constraints.py
# One test process a processor; WORKERS=0 runs everything in one. Files stay whole, so that each builds its maps once.
WORKERS ?= auto
PYTEST = -m pytest --numprocesses $(WORKERS) --maxprocesses 8 --dist loadfile --no-loadscope-reorder

.PHONY: maps test test-qgis test-tools test-minimum test-minimum-core test-core audit lint bundle mutants check bench docs wheel clean
.DELETE_ON_ERROR:

maps: $(VENV)/.installed
	$(BIN)/geo build --out maps

test: $(VENV)/.chromium $(VENV)/.node
	GEO_CHROMIUM="$$(cat $(VENV)/.chromium)" $(BIN)/python $(PYTEST)
ifneq ($(JS_TESTS),)
	node --test $(JS_TESTS)
endif

# Exports as QGIS opens them. QGIS is large, so it is not installed here; without it, make test skips these and says so.
test-qgis: $(VENV)/.test
	GEO_QGIS=required $(BIN)/python -m pytest tests/export_tables/test_qgis.py

# What the tests need, without running them.
test-tools: $(VENV)/.chromium $(VENV)/.node

# The oldest releases that pyproject.toml allows.
OLD = $(VENV)-minimum/bin/python $(PYTEST) -m "not browser" -W ignore::DeprecationWarning -W ignore::FutureWarning

test-minimum: $(VENV)-minimum/.installed
	$(OLD)

test-minimum-core: $(VENV)-minimum/.installed
	$(OLD) --quiet $(CORE)

# For another Python: make PYTHON=python3.13 VENV=.venv-3.13 test-core
test-core: $(VENV)/.test
	$(BIN)/python $(PYTEST) --quiet -m "not browser" $(CORE)

# Known vulnerabilities of what is installed; see docs/security.md.
audit: $(VENV)/.installed
	$(PYTHON) -m venv $(VENV)-audit
	$(VENV)-audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit
	$(BIN)/python -m pip freeze --exclude-editable > $(VENV)-audit/installed.txt
	$(VENV)-audit/bin/pip-audit --strict --disable-pip --no-deps --requirement $(VENV)-audit/installed.txt

lint: $(VENV)/.lint node_modules/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	npm run --silent lint
	npm run --silent types
	npm run --silent bundle:check

# The scripts of a page, after a change below geo/static; what this writes is committed.
bundle: node_modules/.installed
	npm run --silent bundle

# Before each commit: lint, and the fast tests of what differs from main.
check: lint
	$(BIN)/python tools/changed_tests.py --run

# How many small faults the tests without a browser notice; make mutants MUTANTS='geo/stats --all' for one package.
mutants: $(VENV)/.test
	PYTHONHASHSEED=0 $(BIN)/python -m tools.mutants $(MUTANTS)

# Takes about half an hour; make bench BENCH=--resume goes on where an interrupted run stopped.
bench: $(VENV)/.chromium $(VENV)/.bench
	GEO_CHROMIUM="$$(cat $(VENV)/.chromium)" $(BIN)/python -m benchmarks.run $(BENCH)

docs: $(VENV)/.test
	$(BIN)/python -m mkdocs build --strict

# Builds dist/ and tries the wheel in an environment of its own, in a folder without the sources.
wheel: $(VENV)/.lint
	rm -rf dist $(VENV)-wheel
	$(BIN)/python -m build --outdir dist
	$(PYTHON) -m venv $(VENV)-wheel
	$(VENV)-wheel/bin/python -m pip install --quiet --disable-pip-version-check dist/*.whl
	cd $(VENV)-wheel && bin/geo doctor && bin/geo build --out maps

clean:
	rm -rf $(VENV) $(VENV)-minimum $(VENV)-audit $(VENV)-wheel node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist maps/*.html

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

# The extra dev holds the extra test, so one installation serves both.
$(VENV)/.lint: pyproject.toml $(VENV)/.made
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(VENV)/.installed $(VENV)/.test $@

$(VENV)/.bench: pyproject.toml $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	@touch $@

$(VENV)/.chromium: $(VENV)/.test
	$(BIN)/python tools/find_chromium.py --install > $@

$(VENV)/.node: $(VENV)/.made
	@{ command -v node && command -v npm; } > /dev/null || { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq --no-install-recommends nodejs npm; } \
	  || { echo "Node.js 18 or newer and npm are needed to test, lint and bundle the page's scripts; install them"; exit 1; }
	@touch $@

# Nothing of what is installed needs to run at installation.
node_modules/.installed: package.json package-lock.json $(VENV)/.node
	npm ci --silent --ignore-scripts --no-audit --no-fund
	@touch $@
