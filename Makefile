# Every target sets up what it needs and says what it does; the second run of each is quick.
# Needs: Python >= 3.11 and make. Node >= 20 only for the VS Code client and the editor tests.

PYTHON ?= python3
VENV   := .venv
BUILD  := .build
BIN    := $(VENV)/bin
SOURCES := $(shell find server queries -type f -not -name '*.pyc' 2>/dev/null) pyproject.toml hatch_build.py README.md
SAY    := @printf '\033[1m== %s\033[0m\n'

.DEFAULT_GOAL := help
.PHONY: docs disguise help demo sessions fuzz-provenance test check unit editors setup-editors vscode bench score fuzz lock clean

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "Gifthorse needs Python 3.11 or newer: install it, or name it with 'make PYTHON=/path/to/python3.11 ...'"; exit 1; }
	$(SAY) "Creating a virtual environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing: install it (on Debian and Ubuntu: python3-venv)"; exit 1; }

$(BUILD)/runtime.stamp: requirements/runtime.lock requirements/build.lock | $(VENV)/pyvenv.cfg
	$(SAY) "Installing the pinned dependencies (hashes checked)"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/runtime.lock -r requirements/build.lock
	@mkdir -p $(BUILD) && touch $@

$(BUILD)/test.stamp: requirements/test.lock $(BUILD)/runtime.stamp
	$(SAY) "Installing what the tests need"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/test.lock
	@touch $@

$(BUILD)/installed.stamp: $(SOURCES) $(BUILD)/runtime.stamp
	$(SAY) "Building the wheel and installing it"
	@rm -rf $(BUILD)/wheel && $(BIN)/python -m pip wheel -q --disable-pip-version-check --no-deps --no-build-isolation -w $(BUILD)/wheel .
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-index --force-reinstall $(BUILD)/wheel/*.whl
	@touch $@

demo: $(BUILD)/installed.stamp ## Watch the main job in the terminal: insertion, finding, fix, review
	@$(BIN)/python demo/play.py

test: check unit editors ## Run every test (editors that are missing are named)

check: $(BUILD)/test.stamp $(BUILD)/installed.stamp
	$(SAY) "Style and types"
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --check --quiet . && $(BIN)/mypy

unit: $(BUILD)/test.stamp $(BUILD)/installed.stamp
	$(SAY) "Tests against the installed wheel"
	@mkdir -p $(BUILD)/elsewhere && cd $(BUILD)/elsewhere && ../../$(BIN)/python -P -m pytest -c ../../pyproject.toml --rootdir ../.. -q -n auto ../../tests --ignore ../../tests/editors

editors: $(BUILD)/test.stamp $(BUILD)/installed.stamp
	$(SAY) "Tests in real editors"
	@mkdir -p $(BUILD)/elsewhere && cd $(BUILD)/elsewhere && ../../$(BIN)/python -P -m pytest -c ../../pyproject.toml --rootdir ../.. -q ../../tests/editors

setup-editors: $(VENV)/pyvenv.cfg ## Fetch the editors to test in (VS Code, Neovim; about 600 MB) into .build
	@$(BIN)/python tests/editors/install.py

vscode: $(BUILD)/installed.stamp ## Build the VS Code extension and open it on the sample workspace
	@$(BIN)/python editors/vscode/open.py

bench: $(BUILD)/test.stamp $(BUILD)/installed.stamp ## Measure latency, start-up and memory; rewrites docs/benchmarks.md
	@$(BIN)/python tests/bench/run.py

CORPORA ?= $(firstword $(wildcard corpora ../corpora ../*/corpora))

score: $(BUILD)/test.stamp $(BUILD)/installed.stamp ## Measure detection on labelled corpora (CORPORA=folder); rewrites docs/detection.md
	@$(BIN)/python tests/score/run.py "$(CORPORA)"
	@$(BIN)/python tests/score/insertions.py "$(CORPORA)"

TIME ?= 300

fuzz: $(BUILD)/test.stamp $(BUILD)/installed.stamp ## Try the engine with broken code (LANGUAGE=a,b TIME=seconds SOURCES=folder); goes on where it stopped
	@$(BIN)/python tests/fuzz/run.py --languages "$(LANGUAGE)" --seconds $(TIME) --sources "$(SOURCES)"

disguise: $(BUILD)/test.stamp $(BUILD)/installed.stamp ## Disguise every rule's samples in every way; rewrites docs/disguises.md
	@$(BIN)/python tests/disguise

docs: $(BUILD)/test.stamp $(BUILD)/installed.stamp ## Write the pages that are made from the rules: docs/coverage.md, docs/rules/
	@$(BIN)/python tests/papers

sessions: $(BUILD)/test.stamp $(BUILD)/installed.stamp ## Write the generated sessions of editing anew; rewrites the tables of docs/provenance.md
	@$(BIN)/python tests/provenance/corpus.py

fuzz-provenance: $(BUILD)/test.stamp $(BUILD)/installed.stamp ## Try provenance with sessions by chance (TIME=seconds); goes on where it stopped
	@$(BIN)/python tests/provenance/fuzz.py --seconds $(TIME)

lock: $(VENV)/pyvenv.cfg ## Pin the requirements again (hashes, no index addresses)
	@$(BIN)/python -m pip install -q --disable-pip-version-check uv
	@for name in runtime build test; do $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements/$$name.in -o requirements/$$name.lock; done

clean: ## Remove everything that was built
	rm -rf $(VENV) $(BUILD) artefacts vscode-client/node_modules vscode-client/dist
