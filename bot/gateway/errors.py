"""What the web API says when it cannot do as asked: `{"error": {"code", "message"}}`."""

from __future__ import annotations

import logging
import traceback
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

log = logging.getLogger(__name__)

AWAY = (
    "The assistant is not available at this moment. Please try again shortly. "
    "智能助手暂时无法回应，请稍后再试。"
)
"""The one error that a visitor may get to read as it stands, so it is in both languages."""


class ApiError(Exception):
    """An answer other than 200. `retry_after` is in seconds."""

    def __init__(self, status: int, code: str, message: str, *, retry_after: int = 0) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message
        self.retry_after = retry_after

    def to_json(self) -> dict[str, dict[str, str]]:
        return {"error": {"code": self.code, "message": self.message}}

    def response(self) -> JSONResponse:
        headers = {"Retry-After": str(self.retry_after)} if self.retry_after else None
        return JSONResponse(self.to_json(), self.status, headers=headers)


def malformed(message: str) -> ApiError:
    return ApiError(HTTPStatus.BAD_REQUEST, "malformed", message)


def unauthorized() -> ApiError:
    return ApiError(
        HTTPStatus.UNAUTHORIZED,
        "unauthorized",
        "The token is missing, not ours or expired. Get a new one from POST /chat/session.",
    )


def too_large() -> ApiError:
    return ApiError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", "The body is over 16 KiB.")


def too_many(seconds: int) -> ApiError:
    return ApiError(
        HTTPStatus.TOO_MANY_REQUESTS,
        "too_many",
        f"Too many requests. Please wait {seconds} s.",
        retry_after=seconds,
    )


def unavailable() -> ApiError:
    return ApiError(HTTPStatus.SERVICE_UNAVAILABLE, "unavailable", AWAY, retry_after=5)


def internal() -> ApiError:
    return ApiError(HTTPStatus.INTERNAL_SERVER_ERROR, "internal", AWAY)


async def on_api_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, ApiError)  # noqa: S101  Starlette's types cannot say so
    return error.response()


async def on_http_error(_: Request, error: Exception) -> Response:
    """Starlette's own: no such path, no such method."""
    assert isinstance(error, HTTPException)  # noqa: S101
    status = HTTPStatus(error.status_code)
    body = ApiError(status, status.name.lower(), f"{status.phrase}.").to_json()
    return JSONResponse(body, status, headers=error.headers)


async def on_bug(request: Request, error: Exception) -> Response:
    """Ours. The log says where, never what: a message may quote a visitor's words."""
    log_bug(f"{request.method} {request.url.path}", error)
    return internal().response()


def log_bug(doing: str, error: BaseException) -> None:
    """One line: what was being done, the error's type and the line of code that raised it."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "?"
    log.error("%s failed: %s at %s", doing, type(error).__name__, where)
