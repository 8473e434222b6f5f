"""The settings: one class, read once from defaults, one TOML file, the environment and the command line."""

import hashlib
import json
import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from assistant.settings import AssistantSettings
from index.cache import cache_folder
from ingest.errors import UsageError

PREFIX = "BRONVAST_"
FILE_VARIABLE = "BRONVAST_SETTINGS"
DEFAULT_FILE = Path("bronvast.toml")

Origin = Literal["default", "file", "environment", "command line"]


class Settings(BaseSettings):
    """All that an administrator may set. Later sources win: default, file, environment, command line."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True,
                                      hide_input_in_errors=True, allow_inf_nan=False)

    index: Path = Field(Path(".bronvast/index"), description="Folder of the index")
    cache: Path = Field(default_factory=cache_folder, description="Folder of the unpacked embedding model")
    embedding_model: str = Field("", description="Name or folder of a sentence-transformers model; empty: the bundled one")
    ocr: bool = Field(False, description="Whether the text of scanned pages is recognised with tesseract (the extra ocr)")
    chroma_server: str = Field("", description="host:port or URL of a Chroma server; empty: Chroma in this process")
    chroma_token: SecretStr = Field(SecretStr(""), description="Token for the Chroma server")
    chroma_wait_s: float = Field(30.0, gt=0, le=3600, description="How long a Chroma server that is away is waited for, in seconds")

    host: str = Field("127.0.0.1", description="Address that the page listens on")
    port: int = Field(7860, ge=0, le=65535, description="Port that the page listens on")
    state: Path = Field(Path(".bronvast/state"), description="Folder of users, tokens, history and audit log")
    public_url: str = Field("", description="Address that users see, when a proxy stands in front; https sets Secure")
    session_hours: float = Field(8.0, gt=0, le=24 * 30, description="How long a sign-in lasts, in hours")
    sign_in_attempts: int = Field(5, ge=1, le=100, description="Wrong guesses before a name has to wait; an address has ten times as many")
    sign_in_wait_s: float = Field(300.0, gt=0, description="How long it then has to wait, in seconds")

    oidc_issuer: str = Field("", description="Address of an OpenID Connect provider; empty: none")
    oidc_client_id: str = Field("", description="Client id at that provider")
    oidc_client_secret: SecretStr = Field(SecretStr(""), description="Client secret at that provider")

    requests_per_minute: int = Field(120, ge=1, description="Questions that one user may ask in a minute")
    concurrent_questions: int = Field(2, ge=1, le=256, description="Questions that are worked on at the same time")
    waiting_questions: int = Field(64, ge=0, description="Questions that may wait; any further gets status 429")
    upload_mb: float = Field(50.0, gt=0, description="Largest upload, in megabytes")

    history_days: int = Field(90, ge=0, le=36_500, description="Days that a user's own history is kept; 0: not at all")
    audit_days: int = Field(365, ge=1, le=36_500, description="Days that the audit log is kept")
    audit_text: bool = Field(False, description="Whether the audit log holds the text of questions, not only the hash")

    llm_endpoint: str = Field("", description="OpenAI-compatible endpoint for optional wording; empty: none")
    llm_model: str = Field("", description="Model at that endpoint")
    llm_key: SecretStr = Field(SecretStr(""), description="Key for that endpoint")
    llm_seconds: float = Field(20.0, gt=0, le=600, description="Seconds that the model gets for one answer, in all")
    llm_tokens: int = Field(500, ge=50, le=8_000, description="Tokens that one reply of the model may have")
    llm_at_once: int = Field(4, ge=1, le=64, description="Answers that the model writes beside at once; any further gets a notice")
    llm_context: int = Field(4_096, ge=1_024, description="Tokens of context that the model has")

    answering: AssistantSettings = Field(AssistantSettings(), description="Limits and lines of the assistant")

    @classmethod
    def settings_customise_sources(cls, settings_cls: type[BaseSettings], init_settings: PydanticBaseSettingsSource,
                                   env_settings: PydanticBaseSettingsSource,
                                   dotenv_settings: PydanticBaseSettingsSource,
                                   file_secret_settings: PydanticBaseSettingsSource,
                                   ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The command line over the environment over the file; no .env file and no folder of secrets."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    @property
    def hash(self) -> str:
        """Twelve characters that change when any setting does; secrets count by being there, not by their value."""
        values = json.dumps(self.model_dump(mode="json"), sort_keys=True)
        return hashlib.sha256(values.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Setting:
    """One value with the place that it came from, as `bronvast settings` shows it."""

    name: str
    value: object
    origin: Origin


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """The settings of this run, and where each came from."""

    values: Settings
    file: Path | None
    origins: Mapping[str, Origin]

    def listed(self) -> Iterator[Setting]:
        """Every setting in the order of the class; nested ones with a dot."""
        dumped = self.values.model_dump(mode="json")
        for path in _leaves(dumped):
            value: Any = dumped
            for part in path.split("."):
                value = value[part]
            yield Setting(path, value, self.origins.get(path, "default"))


def load(file: Path | None = None, **given: object) -> LoadedSettings:
    """Read the settings. `given` holds what the command line set; a None there means "not set".

    The file is the argument, else the one that BRONVAST_SETTINGS names, else ./bronvast.toml where it exists.
    :raises UsageError: for a file that is absent or wrong, an unknown key, or a value that is not allowed.
    """
    path = _file(file)
    said = {name: value for name, value in given.items() if value is not None}
    origins: dict[str, Origin] = dict.fromkeys(_leaves(_read(path) if path else {}), "file")
    origins |= dict.fromkeys(_environment(), "environment")
    origins |= dict.fromkeys(_leaves(said), "command line")

    class FromFile(Settings):
        model_config = SettingsConfigDict(toml_file=path)

    try:
        settings = FromFile.model_validate(said)
    except (ValidationError, SettingsError) as error:
        raise UsageError(_sentence(error, origins, path)) from None
    return LoadedSettings(settings, path, origins)


def _file(given: Path | None) -> Path | None:
    named = given or (Path(os.environ[FILE_VARIABLE]) if os.environ.get(FILE_VARIABLE) else None)
    if named is None:
        return DEFAULT_FILE if DEFAULT_FILE.is_file() else None
    if not named.is_file():
        raise UsageError(f"the settings file {named} does not exist")
    return named


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"the settings file {path} is not TOML: {error}") from None
    except OSError as error:
        raise UsageError(f"the settings file {path} cannot be read: {error.strerror}") from None


def _environment() -> Iterator[str]:
    """The settings that the environment sets, as dotted names, of a group in JSON each of its own; an unknown name is an error, not a silent nothing."""
    known = set(_leaves(Settings.model_construct().model_dump()))
    for variable in sorted(os.environ):
        if not variable.upper().startswith(PREFIX) or variable == FILE_VARIABLE:
            continue
        name = variable[len(PREFIX):].lower().replace("__", ".")
        if name in known:
            yield name
        elif name in Settings.model_fields:
            yield from _leaves(_group(os.environ[variable]), f"{name}.")
        else:
            raise UsageError(f"the environment variable {variable} is not a setting; `bronvast settings` lists them")


def _group(written: str) -> Mapping[str, Any]:
    try:
        values = json.loads(written)
    except ValueError:  # refused with the name of the group where the settings are read
        return {}
    return values if isinstance(values, dict) else {}


def _leaves(values: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{prefix}{name}.")
        else:
            yield prefix + name


def _sentence(error: ValidationError | SettingsError, origins: Mapping[str, Origin], file: Path | None) -> str:
    """One line that names every wrong setting and where it was set, without the values, which may be secret."""
    if isinstance(error, SettingsError):
        return f"the settings cannot be read: {error}"
    wrong = []
    for one in error.errors(include_input=False, include_url=False):
        name = ".".join(str(part) for part in one["loc"])
        origin = origins.get(name)
        where = f" (from {file if origin == 'file' else 'the ' + origin})" if origin else ""
        reason = "is not a setting" if one["type"] in ("extra_forbidden", "unexpected_keyword_argument") else one["msg"]
        wrong.append(f"{name}: {reason}{where}")
    return "wrong settings: " + "; ".join(wrong)
