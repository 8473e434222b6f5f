"""The page to sign in, signing in and signing out."""

import html
import threading
from dataclasses import dataclass, field
from urllib.parse import parse_qs

import anyio
import anyio.to_thread
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from ui.accounts import Account, Accounts
from ui.audit import Audit
from ui.gate import SIGN_IN, account_of
from ui.keys import COOKIE, Guesses, Sessions
from ui.strings import SIGN_IN_WORDS

_LARGEST_FORM = 4_096
# a whole office can share one address, so an address may guess wrong more often than a name
ADDRESS_FACTOR = 10
_AT_ONCE = 2  # passwords that are checked at the same time: argon2id takes 64 MiB and a whole core for each


@dataclass(frozen=True, slots=True)
class SignIn:
    """What signing in needs. `secure` marks the cookie for https; `outside` adds the way through another provider."""

    accounts: Accounts
    sessions: Sessions
    by_name: Guesses
    by_address: Guesses
    audit: Audit
    secure: bool
    secret: bytes = field(repr=False)
    outside: bool = False
    places: anyio.CapacityLimiter = field(default_factory=lambda: anyio.CapacityLimiter(_AT_ONCE), repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def welcome(self, account: Account, where: str = "/") -> Response:
        """The response that starts a session."""
        response = RedirectResponse(where, status_code=303)
        response.set_cookie(COOKIE, self.sessions.issue(account), max_age=self.sessions.seconds, httponly=True,
                            secure=self.secure, samesite="lax", path="/")
        self.audit.write(account.name, "signed in")
        return response

    def attempt(self, name: str, password: str, address: str) -> tuple[Account | None, float]:
        """The account when name and password fit and no wait holds; else None and the seconds to wait."""
        with self._lock:  # counted before it is checked, so that many at once are not many guesses more
            wait = max(self.by_name.wait(name), self.by_address.wait(address))
            if wait:
                return None, wait
            self.by_name.wrong(name)
            self.by_address.wrong(address)
        account = self.accounts.check(name, password)
        if account is None:
            self.audit.write(name[:64], "refused", what="password")
        with self._lock:
            if account is None:
                return None, max(self.by_name.wait(name), self.by_address.wait(address))
            self.by_name.right(name)
            self.by_address.taken_back(address)
        return account, 0.0


def sign_in_router(signing: SignIn) -> APIRouter:
    """GET and POST /sign-in, POST /sign-out."""
    router = APIRouter(include_in_schema=False)

    @router.get(SIGN_IN)
    def page(request: Request) -> Response:
        if account_of(request.scope) is not None:
            return RedirectResponse("/", status_code=303)
        return _page(_language(request), outside=signing.outside)

    @router.post(SIGN_IN)
    async def sign_in(request: Request) -> Response:
        body = b""
        async for piece in request.stream():
            body += piece
            if len(body) > _LARGEST_FORM:
                return _page(_language(request), outside=signing.outside, message="wrong", status=413)
        form = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
        name, password = form.get("name", [""])[0].strip().lower(), form.get("password", [""])[0]
        address = request.client.host if request.client else ""
        account, wait = await anyio.to_thread.run_sync(signing.attempt, name, password, address, limiter=signing.places)
        if account is not None:
            return await run_in_threadpool(signing.welcome, account)
        message, status = ("wait", 429) if wait else ("wrong", 401)
        response = _page(_language(request), outside=signing.outside, message=message, status=status, seconds=int(wait) + 1)
        if wait:
            response.headers["Retry-After"] = str(int(wait) + 1)
        return response

    @router.post("/sign-out")
    def sign_out(request: Request) -> Response:
        account = account_of(request.scope)
        signing.sessions.end(request.cookies.get(COOKIE, ""))
        if account is not None:
            signing.audit.write(account.name, "signed out")
        response = RedirectResponse(SIGN_IN, status_code=303)
        response.delete_cookie(COOKIE, path="/", httponly=True, secure=signing.secure, samesite="lax")
        return response

    return router


def _language(request: Request) -> str:
    """Return the language that was chosen on the page, else that of the browser."""
    chosen = request.query_params.get("language", "")
    if chosen in SIGN_IN_WORDS:
        return chosen
    return "en" if request.headers.get("accept-language", "nl").lower().startswith("en") else "nl"


def _page(language: str, *, outside: bool, message: str = "", status: int = 200, seconds: int = 0) -> HTMLResponse:
    words = SIGN_IN_WORDS[language]
    said = html.escape(words[message].format(seconds=seconds)) if message else ""
    return HTMLResponse(_TEMPLATE.format(
        language=language, other="nl" if language == "en" else "en", switch=html.escape(words["switch"]),
        title=html.escape(words["title"]), name=html.escape(words["name"]),
        password=html.escape(words["password"]), button=html.escape(words["button"]),
        message=f'<p role="alert">{said}</p>' if said else "",
        outside=f'<p><a href="/sign-in/outside">{html.escape(words["outside"])}</a></p>' if outside else ""),
        status, headers={"Cache-Control": "no-store"})


_TEMPLATE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · Bronvast</title><style>
:root {{ --accent: #1d4ed8; --ink: #1f2937; --quiet: #4b5563; --line: #828b99; --ground: #fff; --warn: #b91c1c; color-scheme: light dark }}
@media (prefers-color-scheme: dark) {{ :root {{ --accent: #93c5fd; --ink: #f3f4f6; --quiet: #cbd5e1; --line: #94a3b8; --ground: #0f172a; --warn: #fca5a5 }} }}
body {{ margin: 0; display: grid; min-height: 100vh; place-items: center; font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground) }}
main {{ width: min(22rem, 90vw); padding-bottom: 10vh }} h1 {{ font-size: 1.6rem; line-height: 1.2; margin: 0; color: var(--accent) }}
.quiet {{ margin: .2rem 0 1.4rem; color: var(--quiet) }}
form ~ p, form ~ .quiet {{ margin-top: 1.4rem }} label {{ display: block; margin-top: 1rem }} a {{ color: var(--accent) }}
input {{ width: 100%; box-sizing: border-box; padding: .6rem; font: inherit; margin-top: .25rem; border: 1px solid var(--line); border-radius: 8px;
color: inherit; background: var(--ground) }} :focus-visible {{ outline: 3px solid var(--accent); outline-offset: 2px }}
button {{ margin-top: 1.5rem; padding: .6rem 1.2rem; font: inherit; font-weight: 600; background: #1d4ed8; color: #fff; border: 0; border-radius: 8px }}
[role=alert] {{ border-left: 4px solid var(--warn); padding-left: .75rem }}
</style></head><body><main><h1>Bronvast</h1><p class="quiet">{title}</p>{message}
<form method="post" action="/sign-in?language={language}">
<label>{name}<input name="name" autocomplete="username" required autofocus maxlength="64"></label>
<label>{password}<input name="password" type="password" autocomplete="current-password" required maxlength="1024"></label>
<button>{button}</button></form>{outside}
<p class="quiet"><a href="/sign-in?language={other}" lang="{other}" hreflang="{other}">{switch}</a></p></main></body></html>"""
