"""HTTP with patience: what is safe to repeat is tried again, errors are ours in both languages."""

import random
import time
import weakref
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from ipaddress import ip_address
from typing import IO, Any

import httpx

from gis_app.client.progress import progress
from gis_app.errors import BadInput, GisError, Unavailable

TRIES = 4
PATIENCE_S = 3600.0  # an audit of a province, an import of a million rows
_FIRST_S, _MOST_S = 0.2, 30.0
_NOT_NOW = {429, 503}  # nothing was done: any request may be repeated
_OF_A_PROXY = {502, 504}  # something may have been done
_BROKEN = (httpx.ReadError, httpx.RemoteProtocolError)


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
        return self._send("GET", path, params=_known(params)).json()

    def download(
        self, path: str, params: Mapping[str, Any] | None = None, *, what: str = ""
    ) -> bytes:
        """The bytes of a file, with a bar named `what`; one that breaks off is begun anew."""
        with progress(what, unit="B") as bar:
            return self._send(
                "GET", path, params=_known(params), timeout=self._patient(), bar=bar
            ).content

    def ask(
        self,
        path: str,
        body: Mapping[str, Any],
        params: Mapping[str, Any] | None = None,
        *,
        accept: str = "application/json",
    ) -> httpx.Response:
        """The answer to a question that is too long for an address: it changes nothing."""
        return self._send(
            "POST", path, json=dict(body), params=_known(params), headers={"Accept": accept},
            timeout=self._patient(), safe=True,
        )  # fmt: skip

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

    def _send(
        self, method: str, path: str, *, safe: bool = False, bar: Any = None, **how: Any
    ) -> httpx.Response:
        """One request, tried again where that is safe.

        "Not just now" (429, 503) says that nothing was done: every request is repeated then. Where
        the connection broke, or a proxy gave up, something may have been done: only questions are.
        """
        safe = safe or method == "GET"
        for attempt in range(1, TRIES + 1):
            for _, file in how.get("files", {}).values():
                file.seek(0)
            try:
                response = self._answer(method, path, bar, how)
            except httpx.TransportError as error:
                if isinstance(error, _BROKEN) and safe and attempt < TRIES:
                    time.sleep(_pause(attempt))
                    continue
                raise self._broken(error) from error
            again = response.status_code in (_NOT_NOW | _OF_A_PROXY if safe else _NOT_NOW)
            wait = _retry_after(response, attempt)
            if not again or attempt == TRIES or wait > _MOST_S:  # who asked should know, not wait
                break
            time.sleep(wait)
        if response.is_error:
            raise error_of(response)
        return response

    def _answer(self, method: str, path: str, bar: Any, how: Mapping[str, Any]) -> httpx.Response:
        """The whole answer; where there is a bar it goes on with the bytes."""
        if bar is None:
            return self._http.request(method, path, **how)
        with self._http.stream(method, path, **how) as response:
            parts, seen = [], 0
            for part in response.iter_raw():
                parts.append(part)
                bar.update(response.num_bytes_downloaded - seen)
                seen = response.num_bytes_downloaded
            return httpx.Response(
                response.status_code, headers=response.headers, content=b"".join(parts),
                request=response.request,
            )  # fmt: skip

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
    if status in _OF_A_PROXY:  # of a proxy between us: the service itself names what it means
        return Unavailable
    return alike[0] if alike else GisError


def _classes(root: type[GisError]) -> Iterator[type[GisError]]:
    """The tree of errors, the general before the special."""
    yield root
    for each in root.__subclasses__():
        yield from _classes(each)


def _known(params: Mapping[str, Any] | None) -> dict[str, Any]:
    return {k: v for k, v in (params or {}).items() if v is not None}


def _pause(attempt: int) -> float:
    """Seconds before another attempt: doubled each time, and never in step with other clients."""
    longest: float = min(_FIRST_S * 2.0 ** (attempt - 1), _MOST_S)
    return longest * random.uniform(0.5, 1.0)  # noqa: S311


def _retry_after(response: httpx.Response, attempt: int) -> float:
    """Seconds to wait: as the service says (RFC 9110, 10.2.3: a number or a date), else our own."""
    told = response.headers.get("retry-after")
    if told is None:
        return _pause(attempt)
    try:
        seconds = float(told)
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(told) - datetime.now(UTC)).total_seconds()
        except (ValueError, TypeError):
            return _pause(attempt)
    return max(seconds, 0.0)


def _is_local(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
