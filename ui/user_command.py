"""`bronvast user`: who may sign in, with which role, and tokens for programs."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from ingest.errors import UsageError
from ui.accounts import ROLES, Account, Accounts
from ui.command_options import IndexOption, JsonOption, SettingsOption
from ui.output import note, write_json, write_text
from ui.settings import load
from ui.tokens import Tokens

user_app = typer.Typer(name="user", help="Who may sign in, and tokens for programs.", no_args_is_help=False)
Name = Annotated[str, typer.Argument(metavar="NAME", help="Name of the user.")]


@user_app.command()
def add(
    name: Name, role: Annotated[str, typer.Option("--role", help=f"One of {', '.join(ROLES)}.")] = "lezer",
    audience: Annotated[list[str] | None, typer.Option(
        "--audience", metavar="NAME", help="May see only documents for this audience, and those for all; repeatable.")] = None,
    outside: Annotated[bool, typer.Option("--outside", help="Signs in with the OpenID Connect provider.")] = False,
    index: IndexOption = None, json: JsonOption = False, settings: SettingsOption = None,
) -> None:
    """Add a user. The password is asked for, or read from stdin when that is not a terminal."""
    chosen = next((one for one in ROLES if one == role), None)
    if chosen is None:
        raise UsageError(f"there is no role {role}: {', '.join(ROLES)}")
    accounts = _accounts(load(settings, index=index).values.state)
    accounts.add(Account(name, chosen, frozenset(audience) if audience else None), None if outside else _password())
    note(f"added {name}")


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


@user_app.command()
def remove(name: Name, index: IndexOption = None, json: JsonOption = False, settings: SettingsOption = None) -> None:
    """Remove a user, whose sessions and tokens end at once."""
    state = load(settings, index=index).values.state
    accounts = _accounts(state)
    accounts.remove(name)
    _tokens(state, accounts).revoke(name)
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


def _password() -> str:
    """The password, typed twice at a terminal, else the first line of stdin; never an argument, which others can see."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    from getpass import getpass

    first = getpass("Password: ")
    if first != getpass("Again: "):
        raise UsageError("the two passwords are not the same")
    return first
