# Every target sets up what it needs. `make` alone lists them.
#
#   PYTHON=python3.13   the interpreter to use; it gets a .venv of its own, so switching costs nothing
#   PORT=8000           where `make serve` listens
#   ARGS="-k store"     passed on to pytest by `make test`

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PORT ?= 8000
VENV := .venv$(if $(PYTHON),-$(shell "$(PYTHON)" -c 'import sys; print("%d.%d" % sys.version_info[:2] + sys.abiflags)' 2>/dev/null))
# Always `python -m`: the scripts beside it stop working when somebody renames the folder.
BIN  := $(VENV)/bin
UV   := 0.13.9

# Material prints a notice about its own end of life on every build.
export NO_MKDOCS_2_WARNING := 1

# The first interpreter that really starts (a shim on PATH may only complain), is new enough and can make a .venv.
FIND_PYTHON = for name in $(or $(PYTHON),python3 python python3.15 python3.14 python3.13 python3.12 python3.11); do \
	if "$$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; \
	then echo "$$name"; exit 0; fi; done; \
	echo "No Python 3.11 or newer with venv found (tried: $(or $(PYTHON),python3, python, python3.11 to python3.15))." >&2; \
	echo "Install one, for example 'apt-get install python3 python3-venv', or name it: make $(or $(MAKECMDGOALS),help) PYTHON=/path/to/python3" >&2; \
	exit 1

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(VENV)/.ready: requirements.lock requirements-services.lock pyproject.toml
	@python=$$($(FIND_PYTHON)) && echo "Setting up $(VENV) with $$($$python --version) …" && "$$python" -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r requirements-services.lock \
		|| echo "Redis or MPI cannot be installed here: pages show the recordings in the repository instead." >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@

.PHONY: serve
serve: $(VENV)/.ready ## read the site at http://127.0.0.1:8000/ (PORT= changes it); it follows your edits
	@$(BIN)/python -m mkdocs serve --dev-addr 127.0.0.1:$(PORT)

.PHONY: build
build: $(VENV)/.ready ## build the site into site/
	@$(BIN)/python -m mkdocs build --strict

.PHONY: test
test: $(VENV)/.ready ## run the tests (ARGS="-k store" picks some)
	@$(BIN)/python -m pytest $(ARGS)

.PHONY: lighthouse
lighthouse: $(VENV)/.ready ## ask Lighthouse about some pages (needs npm); `make test` does so too from then on
	@npm ci --prefix tests/lighthouse --no-audit --no-fund --silent
	@$(BIN)/python -m pytest tests/browser/test_lighthouse.py

.PHONY: lint
lint: $(VENV)/.ready ## check code, Markdown and YAML
	@$(BIN)/python -m ruff format --check --quiet . || { echo "Mend it with: make format"; exit 1; }
	@$(BIN)/python -m ruff check --quiet .
	@$(BIN)/python -m mypy
	@$(BIN)/python -m yamllint --strict .
	@$(BIN)/python -m pymarkdown scan --recurse docs README.md README.zh.md
	@echo "lint: clean"

.PHONY: format
format: $(VENV)/.ready ## mend what can be mended by a tool
	@$(BIN)/python -m ruff check --quiet --fix . || true
	@$(BIN)/python -m ruff format --quiet .

.PHONY: bench
bench: $(VENV)/.ready ## measure cold, warm and serving builds, as ratios
	@$(BIN)/python -m tests.bench

.PHONY: record
record: $(VENV)/.ready ## renew the recordings in the repository, for machines that lack what a program needs
	@$(BIN)/python -m live record

.PHONY: lock
lock: $(VENV)/.ready ## renew requirements.lock from pyproject.toml
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV)
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--custom-compile-command "make lock" --output-file requirements.lock pyproject.toml
	@$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["services"], sep="\n")' \
		| $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --constraint requirements.lock \
		--custom-compile-command "make lock" --output-file requirements-services.lock -

.PHONY: clean
clean: ## remove everything that was made: .venv*, .cache, site
	@rm -rf .venv .venv-* .cache site .mypy_cache .ruff_cache .pytest_cache
	@find live snippets tests -name __pycache__ -type d -prune -exec rm -rf {} +
