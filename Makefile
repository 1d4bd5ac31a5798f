# make help says what there is. PYTHON=/path/to/python chooses the Python (3.11 or newer).

PYTHON ?=
UV ?= uv
UPGRADE ?=

VENV := .venv
export PYTHON

.DEFAULT_GOAL := help
.PHONY: help install course lab test bench lint bones views lock clean

help: ## Say what each command does
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

install: ## Set up the course in .venv (does nothing when it is up to date)
	@python="$$(sh tools/find_python.sh)" && "$$python" tools/bootstrap.py install

course: install ## Start the course and show its address
	@exec $(VENV)/bin/l3s1 serve

lab: install ## Open the same lessons in JupyterLab
	@exec $(VENV)/bin/l3s1 lab

test: ## Check everything: style, types, front end, lessons, pages in a browser
	@python="$$(sh tools/find_python.sh)" && "$$python" tools/bootstrap.py test
	@exec $(VENV)/bin/python tools/run_tests.py

bench: ## Time the course beside a stock page, and the 3D scene beside a Plotly mesh
	@python="$$(sh tools/find_python.sh)" && "$$python" tools/bootstrap.py test
	@$(VENV)/bin/python benchmarks/run.py
	@exec $(VENV)/bin/python benchmarks/scene.py

lint: ## Check style and types only
	@python="$$(sh tools/find_python.sh)" && "$$python" tools/bootstrap.py test
	@exec $(VENV)/bin/python tools/run_tests.py ruff mypy

bones: ## Rebuild the anatomy from its numbers
	@python="$$(sh tools/find_python.sh)" && "$$python" tools/bootstrap.py test
	@$(VENV)/bin/python tools/build_anatomy.py
	@$(VENV)/bin/python tools/build_construct.py
	@$(VENV)/bin/python tools/build_lateral.py
	@exec $(VENV)/bin/python tools/build_spots.py

views: ## Render the anatomy's still pictures anew, for pages without WebGL
	@python="$$(sh tools/find_python.sh)" && "$$python" tools/bootstrap.py test
	@exec $(VENV)/bin/python tools/render_views.py

# Keeps the versions that are locked as far as it can; UPGRADE=--upgrade takes the newest.
lock: ## Resolve pyproject.toml into requirements*.lock (needs uv)
	@UV="$(UV)" sh tools/lock.sh $(UPGRADE)

clean: ## Remove everything that was installed or built
	rm -rf $(VENV) dist artefacts widgets/l3s1/static
	rm -rf widgets/frontend/node_modules widgets/frontend/.npm-cache
	rm -rf .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
