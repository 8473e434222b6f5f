"""Keeps the libraries from reaching out: each has a switch that must be set before it is imported."""

import os

_SWITCHES = {"GRADIO_ANALYTICS_ENABLED": "False", "ANONYMIZED_TELEMETRY": "False", "HF_HUB_OFFLINE": "1",
             "TRANSFORMERS_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1", "DO_NOT_TRACK": "1",
             "TOKENIZERS_PARALLELISM": "false"}


def stay_offline() -> None:
    """Set every switch, whatever the environment says: that nothing leaves the machine is not a matter of settings."""
    os.environ.update(_SWITCHES)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # see index/__init__.py; this comes before numpy
