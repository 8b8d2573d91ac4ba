"""HTTP with patience: retries, bilingual errors, and a progress bar for what takes long."""

import sys
import time
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from ipaddress import ip_address
from typing import IO, Any, Protocol

import httpx

from gis_app.errors import BadInput, GisError, Unavailable

TRIES = 4
PATIENCE_S = 3600.0  # an audit of a province, an import of a million rows
_MOST_S = 30.0


class Progress(Protocol):
    """What a progress bar is asked for."""

    def update(self, n: int) -> object:
        """Go on by n."""


class Transport:
    """A connection to the service that answers with JSON or raises one of our errors."""

    def __init__(self, url: str, timeout: float, token: str | None = None) -> None:
        self.url = url.rstrip("/")
        parsed = httpx.URL(self.url)
        if parsed.scheme not in {"http", "https"} or not parsed.host:
            raise BadInput(
                f"服务地址应像 http://127.0.0.1:8000，不是“{url}”。",
                f"The service's address is like http://127.0.0.1:8000, not {url!r}.",
            )
        self._timeout = timeout
        self._http = httpx.Client(
            base_url=self.url,
            timeout=timeout,
            headers={"Authorization": f"Bearer {token}"} if token else None,
            follow_redirects=True,
            # an office's proxy cannot reach this machine
            trust_env=not _is_local(parsed.host),
        )
        weakref.finalize(self, self._http.close)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def get(self, path: str, params: Mapping[str, Any] | None = None) -> Any:
        """The JSON answer to a question; parameters that are None are left out."""
        known = {k: v for k, v in (params or {}).items() if v is not None}
        return self._send("GET", path, params=known).json()

    def download(self, path: str) -> bytes:
        """The bytes of a file."""
        return self._send("GET", path).content

    def post(self, path: str, body: Mapping[str, Any]) -> Any:
        """The JSON answer to a request that may take long."""
        return self._send("POST", path, json=dict(body), timeout=self._patient()).json()

    def upload(
        self, path: str, file: IO[bytes], name: str, form: Mapping[str, str | list[str]]
    ) -> Any:
        """The JSON answer to a file with a form."""
        files = {"file": (name, file)}
        return self._send(
            "POST", path, files=files, data=dict(form), timeout=self._patient()
        ).json()

    def _patient(self) -> httpx.Timeout:
        return httpx.Timeout(self._timeout, read=max(self._timeout, PATIENCE_S))

    def _send(self, method: str, path: str, **how: Any) -> httpx.Response:
        """One request, tried again when the service says "not just now" (503).

        That is safe for every request of ours: an audit rerun changes nothing, a commit is
        refused the second time.
        """
        for left in reversed(range(TRIES)):
            for _, file in how.get("files", {}).values():
                file.seek(0)
            try:
                response = self._http.request(method, path, **how)
            except (httpx.ReadError, httpx.RemoteProtocolError) as error:
                if method == "GET" and left:  # a kept connection that the service had closed
                    continue
                raise self._broken(error) from error
            except httpx.TransportError as error:
                raise self._broken(error) from error
            if response.status_code != 503 or not left:
                break
            time.sleep(_retry_after(response))
        if response.is_error:
            raise error_of(response)
        return response

    def _broken(self, error: httpx.TransportError) -> Unavailable:
        if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
            port = httpx.URL(self.url).port or 8000
            return Unavailable(
                f"连不上服务 {self.url}。请先启动：gis-app serve --port {port}"
                "（示例数据：make demo），或核对地址。",
                f"Cannot reach the service at {self.url}. Start it with gis-app serve --port "
                f"{port} (sample city: make demo), or check the address.",
            )
        if isinstance(error, httpx.TimeoutException):
            return Unavailable(
                f"服务 {self.url} 在 {self._timeout:g} 秒内没有答复。可缩小范围，"
                "或用 Client(…, timeout=秒) 放宽。",
                f"The service at {self.url} did not answer within {self._timeout:g} s. Ask for "
                "less, or allow more with Client(…, timeout=seconds).",
            )
        return Unavailable(
            f"与服务 {self.url} 的连接中断（{error}）。请重试；如仍如此，请查看服务日志。",
            f"The connection to {self.url} broke ({error}). Try again; if it stays so, see the "
            "service's log.",
        )


def error_of(response: httpx.Response) -> GisError:
    """The error that a response tells of: our own class where the title names it."""
    try:
        told = response.json()
    except ValueError:
        told = {}
    told = told if isinstance(told, dict) else {}
    status = response.status_code
    zh = told.get("detail_zh") or f"服务答复 {status} {response.reason_phrase}（{response.url}）。"
    en = told.get("detail_en") or f"The service answered {status} {response.reason_phrase}."
    kind = _kind(status, str(told.get("title", "")))
    return kind(zh, en, told.get("problems") or ())


def _kind(status: int, title: str) -> type[GisError]:
    alike = [c for c in _classes(GisError) if c.status == status]
    named = [c for c in alike if c.title == title]
    if named:
        return named[0]
    if status in {502, 504}:  # of a proxy between us: the service itself names what it means
        return Unavailable
    return alike[0] if alike else GisError


def _classes(root: type[GisError]) -> Iterator[type[GisError]]:
    """The tree of errors, the general before the special."""
    yield root
    for each in root.__subclasses__():
        yield from _classes(each)


def _retry_after(response: httpx.Response) -> float:
    try:
        seconds = float(response.headers.get("retry-after", "2"))
    except ValueError:  # a date
        seconds = 2.0
    return min(max(seconds, 0.0), _MOST_S)


def _is_local(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class _Silent:
    """No bar."""

    def update(self, n: int) -> None:
        """Do nothing."""


@contextmanager
def progress(what: str, total: int | None) -> Iterator[Progress]:
    """A bar that appears after a second, in a notebook or a terminal, if tqdm is there."""
    notebook = "ipykernel" in sys.modules
    try:
        from tqdm.auto import tqdm  # noqa: PLC0415 – optional
    except ImportError:
        tqdm = None
    if tqdm is None or not (notebook or sys.stderr.isatty()):
        yield _Silent()
        return
    with tqdm(total=total, desc=what, delay=1, leave=False, unit_scale=True) as bar:
        yield bar
