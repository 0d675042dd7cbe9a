"""Organisers' sessions: a signed cookie, and a token in every form that only our page can have."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from itsdangerous import BadSignature, Signer, TimestampSigner, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import Response

from conference.organisers import Organisers

COOKIE = "ciep-organiser"
SECONDS = 12 * 3600  # a working day
PATH = "/organisers"


class _Sha256(TimestampSigner):
    default_digest_method = staticmethod(hashlib.sha256)


@dataclass(frozen=True)
class SignedIn:
    """Who it is; `form` is the token that their forms carry."""

    name: str
    form: str


class OrganiserSessions:
    """Makes and checks sessions. They outlive a restart; removing the organiser ends them."""

    def __init__(self, secret: str, organisers: Organisers) -> None:
        self._organisers = organisers
        self._cookies = URLSafeTimedSerializer(secret, salt="ciep.organiser", signer=_Sha256)
        self._forms = Signer(secret, salt="ciep.organiser.form", digest_method=hashlib.sha256)

    def start(self, response: Response, request: Request, name: str, added_at: str) -> None:
        """Let the answer sign its reader in."""
        response.set_cookie(
            COOKIE,
            self._cookies.dumps([name, added_at]),
            max_age=SECONDS,
            path=PATH,
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="strict",
        )

    def end(self, response: Response) -> None:
        """Let the answer sign its reader out."""
        response.delete_cookie(COOKIE, path=PATH, httponly=True, samesite="strict")

    def read(self, request: Request) -> SignedIn | None:
        """Who asks; None for nobody, or a forged or expired cookie. Reads the database."""
        cookie = request.cookies.get(COOKIE, "")
        try:
            name, added_at = self._cookies.loads(cookie, max_age=SECONDS)
        except (BadSignature, UnicodeError):
            return None
        if not self._organisers.knows(name, added_at):
            return None
        return SignedIn(name, self._forms.get_signature(cookie.encode()).decode())

    @staticmethod
    def right_form(signed_in: SignedIn, given: str) -> bool:
        """Whether a form comes from a page that we made for this session."""
        return hmac.compare_digest(signed_in.form.encode(), given.encode())
