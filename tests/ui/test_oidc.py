"""Signing in with a real provider on loopback: discovery, PKCE, code, signed id token, keys."""

import base64
import hashlib
import time
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, RedirectResponse
from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.ui.serving import listening, running
from ui.accounts import Account

CLIENT, SECRET = "bronvast", "client-secret"


class Provider:
    """Signs in whoever `subject` names, and checks what a provider has to check."""

    def __init__(self) -> None:
        self.key, self.wrong_key = (RSAKey.generate_key(2048, {"kid": "k1"}) for _ in range(2))
        self.subject, self.claims, self.forge, self.codes = "sub-anna", {}, False, {}
        self.url, self.app = "", FastAPI()
        self.app.get("/.well-known/openid-configuration")(self.discovery)
        self.app.get("/authorize")(self.authorize)
        self.app.post("/token")(self.token)
        self.app.get("/keys")(lambda: {"keys": [self.key.as_dict(private=False)]})

    def discovery(self):
        return {"issuer": self.url, "authorization_endpoint": self.url + "/authorize", "token_endpoint": self.url + "/token",
                "jwks_uri": self.url + "/keys", "id_token_signing_alg_values_supported": ["RS256"]}

    def authorize(self, request: Request):
        asked = dict(request.query_params)
        assert asked["client_id"] == CLIENT and asked["code_challenge_method"] == "S256"
        self.codes["code-1"] = asked
        return RedirectResponse(f"{asked['redirect_uri']}?code=code-1&state={asked['state']}")

    async def token(self, request: Request):
        form = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        asked = self.codes.pop(form["code"])
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        basic = base64.b64decode(request.headers["authorization"].split()[1]).decode()
        if challenge != asked["code_challenge"] or basic != f"{CLIENT}:{SECRET}":
            return JSONResponse({"error": "invalid_grant"}, 400)
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "sub": self.subject, "iat": now, "exp": now + 60, "nonce": asked["nonce"],
                  **self.claims}
        signed = jwt.encode({"alg": "RS256", "kid": "k1"}, claims, self.wrong_key if self.forge else self.key)
        return {"access_token": "a", "token_type": "Bearer", "id_token": signed}


@pytest.fixture
def provider():
    provider = Provider()
    with listening(provider.app) as provider.url:
        yield provider


@pytest.fixture
def one(provider, tmp_path):
    with running(tmp_path, page=False, oidc_issuer=provider.url, oidc_client_id=CLIENT, oidc_client_secret=SECRET) as one:
        one.accounts.add(Account("sub-anna", "lezer"), None)
        yield one


def _signed_in(one, browser: httpx.Client) -> httpx.Response:
    there = browser.get(one.url + "/sign-in/outside")
    assert there.status_code == 302, there.text
    back = browser.get(there.headers["location"])
    return browser.get(back.headers["location"])


def test_a_known_user_comes_in(one):
    with httpx.Client() as browser:
        done = _signed_in(one, browser)
        assert done.status_code == 303 and done.headers["location"] == "/"
        assert browser.get(one.url + "/metrics").status_code == 403, "signed in, but not a beheerder"


@pytest.mark.parametrize("claims", [{}, {"email": "bea", "email_verified": True}, {"email": "sub-anna"}])
def test_an_unknown_user_and_one_with_a_password_here_do_not(one, provider, claims):
    provider.subject, provider.claims = "sub-stranger", claims
    with httpx.Client() as browser:
        assert _signed_in(one, browser).status_code == 403
        assert browser.get(one.url + "/metrics").status_code == 401


def test_a_mail_address_counts_when_the_provider_has_checked_it(one, provider):
    one.accounts.add(Account("vera@voorbeeld.nl", "lezer"), None)
    provider.subject, provider.claims = "sub-vera", {"email": "Vera@voorbeeld.nl", "email_verified": True}
    with httpx.Client() as browser:
        assert _signed_in(one, browser).status_code == 303


@pytest.mark.parametrize("wrong", ["key", "audience", "issuer", "nonce", "expired"])
def test_a_token_that_is_not_right_is_refused(one, provider, wrong):
    provider.forge = wrong == "key"
    provider.claims = {"audience": {"aud": "other"}, "issuer": {"iss": "http://evil"}, "nonce": {"nonce": "x"},
                       "expired": {"exp": int(time.time()) - 600}}.get(wrong, {})
    with httpx.Client() as browser:
        said = _signed_in(one, browser)
        assert said.status_code == 401, said.text
        assert browser.get(one.url + "/metrics").status_code == 401


def test_coming_back_without_having_left_is_refused(one):
    with httpx.Client() as browser:
        there = browser.get(one.url + "/sign-in/outside")
        state = parse_qs(urlsplit(there.headers["location"]).query)["state"][0]
    with httpx.Client() as other:
        assert other.get(f"{one.url}/sign-in/outside/back?code=code-1&state={state}").status_code == 401


def test_a_provider_that_does_not_answer_is_one_line(tmp_path):
    with running(tmp_path, page=False, oidc_issuer="http://127.0.0.1:9", oidc_client_id=CLIENT) as one:
        said = httpx.get(one.url + "/sign-in/outside")
    assert said.status_code == 503 and list(said.json()) == ["error"]
