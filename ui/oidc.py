"""Signing in with another provider: OpenID Connect through Authlib, with PKCE, for users that the users file knows."""

import logging
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ui.accounts import Account
from ui.settings import Settings
from ui.sign_in import SignIn

LOG = logging.getLogger("bronvast.oidc")
START, BACK = "/sign-in/outside", "/sign-in/outside/back"
_LONGEST_WAY_S = 600  # from leaving for the provider to coming back


def outside_routes(settings: Settings, signing: SignIn) -> list[Route]:
    """GET /sign-in/outside, which leads to the provider, and the address that it leads back to.

    Only a user who is in the users file comes in: the provider says who it is, the file says what that user may see.
    """
    client = _client(settings)
    back = settings.public_url.rstrip("/") + BACK if settings.public_url else ""

    async def start(request: Request) -> Response:
        from httpx2 import HTTPError

        try:
            response: Response = await client.authorize_redirect(request, back or str(request.url_for("outside_back")))
        except (HTTPError, ValueError) as error:
            LOG.warning("the provider cannot be reached: %s", type(error).__name__)
            return JSONResponse({"error": "The sign-in provider cannot be reached. / De aanbieder is niet bereikbaar."}, 503)
        return response

    async def outside_back(request: Request) -> Response:
        from authlib.common.errors import AuthlibBaseError
        from httpx2 import HTTPError
        from joserfc.errors import JoseError

        try:
            token = await client.authorize_access_token(request)
        except (AuthlibBaseError, JoseError, HTTPError, ValueError, KeyError) as error:
            LOG.warning("a sign-in from the provider was refused: %s", type(error).__name__)
            return JSONResponse({"error": "Signing in did not succeed. / Aanmelden is niet gelukt."}, 401)
        account = await run_in_threadpool(_account, signing, token.get("userinfo") or {})
        if account is None:
            return JSONResponse({"error": "You have no account here: ask the beheerder."}, 403)
        return await run_in_threadpool(signing.welcome, account)

    session = [Middleware(SessionMiddleware, secret_key=signing.secret.hex(), session_cookie="bronvast_outside",
                          max_age=_LONGEST_WAY_S, https_only=signing.secure, same_site="lax", path="/sign-in")]
    return [Route(START, start, middleware=session), Route(BACK, outside_back, name="outside_back", middleware=session)]


def _client(settings: Settings) -> Any:  # noqa: ANN401 - Authlib has no type for it
    from authlib.integrations.starlette_client import OAuth

    registry = OAuth()
    registry.register(
        "provider", client_id=settings.oidc_client_id, client_secret=settings.oidc_client_secret.get_secret_value() or None,
        server_metadata_url=settings.oidc_issuer.rstrip("/") + "/.well-known/openid-configuration",
        client_kwargs={"scope": "openid profile email", "code_challenge_method": "S256"})
    return registry.provider


def _account(signing: SignIn, said: dict[str, object]) -> Account | None:
    """The account that the provider's words point to: its subject, else a mail address that the provider has checked."""
    names = [said.get("sub"), said.get("email") if said.get("email_verified") is True else None]
    for name in names:
        if isinstance(name, str) and (account := signing.accounts.outside(name.lower())):
            return account
    return None
