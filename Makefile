# The project's commands; README.md tells what each is for.
# Other settings come from the environment: see config/settings.py.

PYTHON ?= python3
PORT ?= 8000
export PORT

PY := .venv/bin/python
INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes
RUNTIME := .venv/runtime.stamp
TEST := .venv/test.stamp
UVICORN := $(PY) -m uvicorn config.asgi:application --host 127.0.0.1 --port $(PORT) \
	--http config.http:BoundedHttpProtocol --no-server-header --no-access-log \
	--log-level warning --timeout-graceful-shutdown 5
# In the order of the files: the tests in tests/browser come last.
BY_FILE = -n 3 --dist loadfile --no-loadscope-reorder
PRODUCTION = DEBUG=0 SITE_NAME=Example SITE_URL=https://live.example.org \
	ALLOWED_HOSTS=live.example.org \
	SECRET_KEY=$$($(PY) -c "import secrets; print(secrets.token_urlsafe(50))")

.PHONY: run test quick rehearse check bench soak screenshots lock sbom fixture messages deploy-check

run: $(RUNTIME)
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py prepare_demo
	@exec $(UVICORN)

# A drill against the server that `make run` serves: two windows, about a minute.
rehearse: $(RUNTIME)
	@$(PY) manage.py rehearse

# PYTEST="-k some_test" narrows every run. Tests that start servers mostly wait, so three at a
# time; each file stays in one process, as its tests share a server. Those that measure seconds
# run alone.
test: $(TEST)
	@echo "== SQLite, without servers"
	@$(call pytest,sqlite,-n 2 -m "not browser and not server and not alone")
	@echo "== SQLite, servers and browsers"
	@$(call pytest,sqlite,$(BY_FILE) -m "(browser or server) and not alone")
	@echo "== SQLite, what measures seconds"
	@$(call pytest,sqlite,-m alone)
	@echo "== PostgreSQL, without servers"
	@$(call pytest,postgresql,-n 2 -m "not browser and not server and not any_database and not alone")
	@echo "== PostgreSQL, servers"
	@$(call pytest,postgresql,$(BY_FILE) -m "server and not browser and not any_database and not alone")
	@echo "== PostgreSQL, what measures seconds"
	@$(call pytest,postgresql,-m "alone and not any_database")

# What a change is tried with while it is written: no browser, server or second database.
quick: $(TEST)
	@export QUICK=1; $(call pytest,sqlite,-n 2 -m "not browser and not server and not thorough")

check: $(TEST)
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@git ls-files -co --exclude-standard 'templates/*.html' 'liveblog/*.html' | \
		xargs -r .venv/bin/djade --check --target-version 5.2
	@.venv/bin/lint-imports --no-cache
	@.venv/bin/bandit --quiet --recursive liveblog config deploy manage.py --exclude deploy/check 2>/dev/null
	@$(PY) -m mypy
	@$(PY) manage.py makemigrations --check --dry-run
	@$(PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING

# Pictures of every kind of page in .local/screenshots; PAGES="story front" takes some.
screenshots: $(TEST)
	@$(PY) -m docs.screenshots $(PAGES)

# Ours beside its limits, goal by goal, into docs/performance.md; GOALS="pages flat" measures some,
# and writes nothing. With wrk and nginx where they are: apt-get install wrk nginx-light
bench: $(TEST)
	@$(PY) -m bench $(GOALS)

# Two hours of readers and an editor; SOAK=600 takes ten minutes.
soak: $(TEST)
	@$(PY) -m bench.soak

# The steps of docs/deployment.md in a bare Debian, as root; some minutes.
deploy-check:
	@$(PYTHON) -m deploy.check

# Bring both locks in line with pyproject.toml; UPGRADE=--upgrade takes the newest of all.
lock:
	@$(CHECK_PYTHON)
	@[ -x .local/uv/bin/uv ] || $(PYTHON) -m venv .local/uv
	@.local/uv/bin/python -m pip install --quiet --disable-pip-version-check uv
	@$(call compile,-o requirements.lock)
	@$(call compile,--extra test --constraints requirements.lock -o tests/requirements.lock)

# What the lock installs, as a bill of materials (CycloneDX): make sbom > liveblog.cdx.json
sbom: $(RUNTIME)
	@$(PY) deploy/sbom.py

# The demo live blog, anew from its document.
fixture: $(RUNTIME)
	@$(PY) manage.py build_fixture fixtures/ukraine-kursk.txt --slug ukraine-kursk \
		--date 2024-10-25T10:00 --every 20 --timezone Europe/Madrid --language en \
		-o fixtures/ukraine_kursk.json

# The catalogues in line with the words in the code and templates; wants gettext.
messages: $(RUNTIME)
	@$(PY) manage.py makemessages -l es -l uk --no-location --no-obsolete -i tests -i bench -i examples -v 0
	@$(PY) manage.py makemessages -d djangojs -l es -l uk --no-location --no-obsolete -i tests -i bench -i examples -i .venv -v 0
	@sed -i '/^"POT-Creation-Date/d' liveblog/locale/*/LC_MESSAGES/django*.po
	@$(PY) manage.py compilemessages -v 0 -i .venv

$(RUNTIME): requirements.lock | $(PY)
	@echo "Installing what requirements.lock names ..."
	@$(INSTALL) -r requirements.lock
	@touch $@

# The test lock holds all of the other: one installation serves both.
$(TEST): requirements.lock tests/requirements.lock | $(PY)
	@echo "Installing what tests/requirements.lock names ..."
	@$(INSTALL) -r tests/requirements.lock
	@touch $(RUNTIME) $@

$(PY):
	@$(CHECK_PYTHON)
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
		echo "Python came without venv. On Debian or Ubuntu: apt-get install python3-venv"; exit 1; }

define CHECK_PYTHON
$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	echo "Liveblog needs Python 3.11 or newer, and $(PYTHON) is not." \
		"Name another one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
endef

# pytest's 5: nothing was selected, as where PYTEST names a test of another run. What Python has
# compiled is kept whatever the shell says: a run starts many processes.
pytest = PYTHONDONTWRITEBYTECODE= TEST_DATABASE=$(1) $(PY) -m pytest $(2) $(PYTEST) || [ $$? = 5 -a -n '$(value PYTEST)' ]

compile = .local/uv/bin/uv pip compile --quiet $(UPGRADE) --universal --generate-hashes \
	--python-version 3.11 --no-annotate --no-header --no-emit-index-url $(1) pyproject.toml
