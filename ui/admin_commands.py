"""Calls for the beheerder: `bronvast remove`, `audit`, `doctor`, `settings` and `user`."""

from __future__ import annotations

import json as json_format
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ingest.errors import UsageError
from ui.accounts import ROLES, Account, Accounts
from ui.command_line import IndexOption, JsonOption, SettingsOption, audiences, note, write_json, write_text
from ui.keys import Tokens
from ui.opening import check_there, chroma_of, open_encoder, open_endpoint
from ui.settings import Settings, load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.finding import Finding

FOUND = 1
_FIRST = "the first user: a page that is being served now asks nobody to sign in until it is started again"
user_app = typer.Typer(name="user", help="Who may sign in, and tokens for programs.", no_args_is_help=False)
Name = Annotated[str, typer.Argument(metavar="NAME", help="Name of the user.")]


def remove(
    docs: Annotated[list[str], typer.Argument(metavar="DOC", help="Names of documents, as `passages` has them.")],
    index: IndexOption = None, json: JsonOption = False, settings: SettingsOption = None,
) -> None:
    """Remove documents, and every byte of their text, from the index and from what the state folder keeps of them."""
    values = load(settings, index=index).values
    check_there(values)
    from ui.source_changes import remove_everywhere

    gone = remove_everywhere(values, docs)
    if json:
        write_json({"removed": list(gone)})
    else:
        note(f"removed: {', '.join(gone)}")


def audit(
    user: Annotated[str | None, typer.Option("--user", help="Only the deeds of this user.")] = None,
    index: IndexOption = None, json: JsonOption = False, settings: SettingsOption = None,
) -> None:
    """Print who asked, opened, exported, changed or signed in, oldest first."""
    from ui.audit import Audit

    values = load(settings, index=index).values
    for line in Audit(values.state / "audit.jsonl", secret=b"", days=values.audit_days).lines():
        if user is None or line.get("user") == user:
            if json:
                write_json(dict(line))
            else:
                write_text("\t".join(_visible(line.get(name, "")) for name in ("at", "user", "deed", "what")) + "\n")


def _visible(text: str) -> str:
    return "".join(one if one.isprintable() else "?" for one in text)


def doctor(
    mend: Annotated[bool, typer.Option("--mend", help="Put right what can be put right.")] = False,
    index: IndexOption = None, json: JsonOption = False, settings: SettingsOption = None,
) -> None:
    """Look for what is wrong with the index and the models, one line each; status 1 when something is left."""
    values = load(settings, index=index).values
    check_there(values)
    from index.doctor import examine
    from index.model_check import examine_model

    found: tuple[Finding, ...] = () if values.embedding_model else examine_model(values.cache, mend=mend)
    found += examine(values.index, encoder=open_encoder(values), mend=mend, chroma=chroma_of(values))
    found += _language_model(values)
    show(found, as_json=json)
    if any(not one.mended for one in found):
        raise typer.Exit(FOUND)


def _language_model(values: Settings) -> tuple[Finding, ...]:
    """Ask the endpoint of the language model, where one is set."""
    endpoint = open_endpoint(values)
    if endpoint is None:
        return ()
    from assistant.writing.asking.endpoint_check import examine_endpoint

    wrong = examine_endpoint(endpoint, seconds=values.llm_seconds)
    return () if wrong is None else (wrong,)


def show(found: Sequence[Finding], *, as_json: bool) -> None:
    """Print each finding on a line of its own."""
    for one in found:
        if as_json:
            write_json(asdict(one))
        else:
            write_text(one.line + "\n")
    if not found:
        note("nothing is wrong")
    elif any(not one.mended for one in found):
        note(f"{sum(not one.mended for one in found)} found; `bronvast doctor --mend` mends what can be mended")


def settings(
    schema: Annotated[bool, typer.Option("--schema", help="The JSON schema of the settings file.")] = False,
    index: IndexOption = None, json: JsonOption = False, file: SettingsOption = None,
) -> None:
    """Show every setting with its value and where it came from: default, file, environment or command line."""
    if schema:
        write_json(Settings.model_json_schema())
        return
    loaded = load(file, index=index)
    listed = list(loaded.listed())
    if json:
        write_json({"file": str(loaded.file) if loaded.file else None, "hash": loaded.values.hash,
                    "settings": [{"name": one.name, "value": one.value, "from": one.origin} for one in listed]})
        return
    for one in listed:
        write_text(f"{one.name} = {json_format.dumps(one.value, ensure_ascii=False)}  # {one.origin}\n")
    write_text(f"# settings file: {loaded.file or 'none'}; hash {loaded.values.hash}\n")


@user_app.command()
def add(
    name: Name, role: Annotated[str, typer.Option("--role", help=f"One of {', '.join(ROLES)}.")] = "lezer",
    audience: Annotated[list[str] | None, typer.Option(
        "--audience", metavar="NAME", help="May see only documents for this audience, and those for all; repeatable, or names with commas.")] = None,
    outside: Annotated[bool, typer.Option("--outside", help="Signs in with the OpenID Connect provider.")] = False,
    index: IndexOption = None, json: JsonOption = False, settings: SettingsOption = None,
) -> None:
    """Add a user. The password is asked for, or read from stdin when that is not a terminal."""
    chosen = next((one for one in ROLES if one == role), None)
    if chosen is None:
        raise UsageError(f"there is no role {role}: {', '.join(ROLES)}")
    account = Account(name, chosen, audiences(audience))
    values = load(settings, index=index).values
    accounts = _accounts(values.state)
    first = not len(accounts)
    accounts.add(account, None if outside else _password())
    _forget(values, accounts, name)  # what a user of that name left who was removed by an older version, or while a question was answered
    note(f"added {name}{', ' + _FIRST if first else ''}")


@user_app.command("list")
def list_users(index: IndexOption = None, json: JsonOption = False, settings: SettingsOption = None) -> None:
    """List the users with their roles and audiences."""
    listed = [{"name": one.name, "role": one.role, "audiences": None if one.audiences is None else sorted(one.audiences)}
              for one in _accounts(load(settings, index=index).values.state).all()]
    if json:
        write_json(list(listed))
        return
    for one in listed:
        seen = "everything" if one["audiences"] is None else ", ".join(one["audiences"]) or "documents for all"
        write_text(f"{one['name']}\t{one['role']}\t{seen}\n")


@user_app.command()
def password(name: Name, index: IndexOption = None, json: JsonOption = False, settings: SettingsOption = None) -> None:
    """Give a user a new password, which ends the user's sessions."""
    _accounts(load(settings, index=index).values.state).set_password(name, _password())
    note(f"{name} has a new password")


@user_app.command("remove")
def remove_user(name: Name, index: IndexOption = None, json: JsonOption = False, settings: SettingsOption = None) -> None:
    """Remove a user, whose sessions and tokens end at once, and whose history is deleted."""
    values = load(settings, index=index).values
    accounts = _accounts(values.state)
    accounts.remove(name)
    _forget(values, accounts, name)
    note(f"removed {name}")


@user_app.command()
def token(
    name: Name, days: Annotated[int, typer.Option("--days", min=1, max=730, help="How long it counts.")] = 90,
    revoke: Annotated[bool, typer.Option("--revoke", help="Withdraw all tokens of the user instead.")] = False,
    index: IndexOption = None, json: JsonOption = False, settings: SettingsOption = None,
) -> None:
    """Print a new token for the API and MCP; it is shown this once."""
    state = load(settings, index=index).values.state
    tokens = _tokens(state, _accounts(state))
    if revoke:
        note(f"withdrawn: {tokens.revoke(name)}")
    elif json:
        write_json({"user": name, "days": days, "token": tokens.issue(name, days=days)})
    else:
        write_text(tokens.issue(name, days=days) + "\n")


def _accounts(state: Path) -> Accounts:
    return Accounts(state / "users.json")


def _tokens(state: Path, accounts: Accounts) -> Tokens:
    return Tokens(state / "tokens.json", accounts)


def _forget(values: Settings, accounts: Accounts, name: str) -> None:
    """Withdraw the tokens of that name and delete its history."""
    from ui.history import History

    _tokens(values.state, accounts).revoke(name)
    History(values.state / "history", days=values.history_days).forget(name)


def _password() -> str:
    """The password, typed twice at a terminal, else the first line of stdin; never an argument, which others can see."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    from getpass import getpass

    first = getpass("Password: ")
    if first != getpass("Again: "):
        raise UsageError("the two passwords are not the same")
    return first
