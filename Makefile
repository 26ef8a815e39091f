# make serve   build the site and serve it, with live reload
# make quick   run the tests that take seconds, as plain pytest does
# make test    run all tests
# make build   check everything and write the site to site/
# make check   lint, format, docstrings
# make oracles compare with PyTorch, Keras, scikit-learn and mpmath, which it installs
# make properties  try the package on more than 10,000 generated inputs
# make mutants  break the code in 200 small ways; name the breaks that no fast test notices
# make cats DATA=<folder>   check the page on images with the course's files
# make frameworks  check the pages on PyTorch and Keras with these, which it installs
# make faults  kill builds, damage the cache, edit while serving: often, at random
# make machines  compute every record with other kernels, instructions and packages
# make bench   measure how fast it is, against what others use; ONLY="planar wide" for some rows
# What oracles, properties, mutants, faults, machines and bench find stands in snippets/checked and
# snippets/bench; pages show it. A part of a command writes nothing there, but ONLY replaces its rows.
# make release  build the site and the wheel, and try both in fresh environments; PYTHONS="python3.12 ..."
# make audit   look up known faults of the locked dependencies; needs the advisories of PyPI and npm
# make record  rewrite the records that differ; read the diff before you commit it

PYTHON ?= python3
export PATH := $(CURDIR)/.venv/bin:$(PATH)
export NO_MKDOCS_2_WARNING = 1  # Material reports its end of life at every build
MACHINE = snippets/*.py snippets/machine snippets/mkdocs_site
EXAMPLES = $(filter-out snippets/machine/% snippets/mkdocs_site/%, $(wildcard snippets/*/*.py))

.PHONY: serve quick test build check oracles properties mutants cats frameworks faults machines bench release audit record install lock
serve: install
	mkdocs serve

quick: install
	pytest --numprocesses 2 tests/unit

test: install
	pytest tests --numprocesses 2 --dist loadfile --no-loadscope-reorder

build: install
	mkdocs build --strict

check: install
	ruff check symbreak $(MACHINE) tests
	ruff format --check symbreak $(MACHINE) tests
	# Examples are read on pages: shorter lines, and the plain Python a learner knows.
	@ruff check --extend-ignore B,N816,RUF,SIM --line-length 80 $(EXAMPLES)
	@ruff format --check --line-length 80 $(EXAMPLES)
	numpydoc lint $$(find symbreak -name "*.py")

oracles: .venv/oracles
	pytest tests/oracles

properties: install
	pytest --hypothesis-profile many tests/unit/test_bad_input.py tests/unit/test_properties*.py

mutants: install
	python tests/mutate.py

# DATA is a folder with train_catvnoncat.h5 and test_catvnoncat.h5 of the course.
cats: install
	SYMBREAK_CATS="$(abspath $(DATA))" python -m snippets --data
	SYMBREAK_CATS="$(abspath $(DATA))" pytest --numprocesses 2 --dist worksteal tests/site/test_course_images.py

frameworks: .venv/oracles
	python -m snippets --needs

faults: install
	SYMBREAK_FAULTS=full pytest -s tests/machine/test_faults.py

machines: install
	python tests/machines.py

# As a machine is found: its own kernels, one thread.
bench: .venv/oracles
	env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE OPENBLAS_NUM_THREADS=1 python tests/bench.py $(ONLY)

PYTHONS ?= $(PYTHON)
release: build
	python tests/release.py site --python $(PYTHONS)

# Strict: what could not be looked up fails too.
audit: install
	$(PYTHON) -m venv .venv/audit
	.venv/audit/bin/pip install --quiet pip-audit==2.10.1
	.venv/audit/bin/pip-audit --strict --disable-pip --require-hashes -r requirements.lock
	npm audit

record: install
	python -m snippets --update

install: .venv/installed

# The stamp names the folder: a checkout that was copied or moved has to be installed anew, since its
# commands would run the code of the old one.
MOVED = $(filter-out $(CURDIR), $(or $(shell cat .venv/installed 2>/dev/null), nowhere))
.venv/installed: requirements.lock package-lock.json pyproject.toml $(if $(MOVED), anew)
	@$(PYTHON) -c "import sys; sys.version_info >= (3, 11) or sys.exit('symbreak needs Python 3.11 or newer, got ' + sys.version)"
	@echo "Installing the packages of requirements.lock into .venv (a minute or two)"
	@rm -f $@
	$(PYTHON) -m venv $(if $(MOVED), --clear) .venv
	pip install --require-hashes -r requirements.lock
	pip install --no-deps --no-build-isolation -e .
	npm ci --no-audit --no-fund
	@echo "$(CURDIR)" > $@

.PHONY: anew
anew:

# Pinned by version, not locked by hash: torch's CPU build has another hash than its default build.
.venv/oracles: .venv/installed
	pip install $$(python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['dependency-groups']['oracles'])")
	@touch $@

# After a change of the dependencies in pyproject.toml (needs uv).
lock:
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
		--extra plots --extra cats --group docs --group test pyproject.toml -o requirements.lock
