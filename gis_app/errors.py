"""Every error this project raises on purpose.

GisError                         500  something we promised did not happen
├── BadInput                     400  the caller can mend it: the text says where and how
│   ├── UnreadableFile           400  no reader of ours opens this file
│   ├── UnknownCrs               400  coordinates without a usable reference system
│   ├── TooFar                   400  beyond what an index can answer
│   ├── TooLarge                 413  a body of more bytes than are taken here
│   └── UnsupportedMedia         415  a body in a form that is not taken here
├── Unauthenticated              401  nobody has signed in, or not as whom he says
├── Forbidden                    403  this caller may not do it, or not there
│   └── OwnDraft                 403  an author cannot approve his own draft
├── TooMany                      429  wrong passwords: wait, `retry_after_s` says how long
├── NotFound                     404  no such layer, zone, well, audit or batch
├── ReadOnly                     405  read here, written elsewhere
├── Conflict                     409  the thing has moved on since it was read
│   ├── InForce                  409  what has been law is never changed, only ended
│   ├── IllegalTransition        409  the life of a well or a zone does not allow this status
│   ├── Outdated                 412  another editor was first: both versions are told
│   └── Unconditional            428  a change that does not say of which state
├── Refused                      409  a batch or a write with faults, each named in `problems`
├── SetupError                   500  the machine lacks something; the text names the command
├── Unfinished                   500  some parts of a long work failed; the text names them
├── ProviderFailed               502  another's service, asked for the caller, does not answer
└── Unavailable                  503  the database does not answer just now
"""

from collections.abc import Sequence
from typing import Any, ClassVar


class GisError(Exception):
    """An error with an HTTP status, a title and a message in Chinese and English."""

    status: ClassVar[int] = 500
    title: ClassVar[str] = "内部错误 / Internal error"

    def __init__(self, zh: str, en: str, problems: Sequence[object] = ()) -> None:
        super().__init__(f"{zh}\n{en}")
        self.zh = zh
        self.en = en
        self.problems = list(problems)


class BadInput(GisError):
    """The request or file is wrong in a way the caller can mend."""

    status = 400
    title = "输入有误 / Bad input"


class UnreadableFile(BadInput):
    """No allowed reader opens the file."""

    title = "无法读取的文件 / Unreadable file"


class UnknownCrs(BadInput):
    """The coordinates have no reference system that can be turned into CGCS2000."""

    title = "坐标系不明 / Unknown coordinate reference system"


class TooFar(BadInput):
    """A distance beyond which the spatial index no longer helps."""

    title = "距离过大 / Distance too large"


class TooLarge(BadInput):
    """A body of more bytes than are taken here."""

    status = 413
    title = "请求过大 / Too large"


class UnsupportedMedia(BadInput):
    """A body in a form that is not taken here."""

    status = 415
    title = "不支持的内容类型 / Unsupported media type"


class Unauthenticated(GisError):
    """Nobody has signed in, or the password or token is wrong."""

    status = 401
    title = "未登录 / Not signed in"


class TooMany(GisError):
    """Too many attempts; `retry_after_s` seconds from now the next one is heard."""

    status = 429
    title = "尝试过多 / Too many attempts"

    retry_after_s: int = 60


class Forbidden(GisError):
    """Not for this caller, or not there."""

    status = 403
    title = "不允许 / Forbidden"


class OwnDraft(Forbidden):
    """Whoever wrote a draft approves it, or declares it law without an authority."""

    title = "不能批准自己的草案 / An author cannot approve his own draft"


class NotFound(GisError):
    """No such thing."""

    status = 404
    title = "未找到 / Not found"


class ReadOnly(GisError):
    """The thing is read here; what writes it is something else."""

    status = 405
    title = "只读 / Read-only"


class Conflict(GisError):
    """The thing has changed since it was read."""

    status = 409
    title = "冲突 / Conflict"


class InForce(Conflict):
    """A zone version that has been in force cannot be changed."""

    title = "已生效，不可更改 / In force, cannot be changed"


class IllegalTransition(Conflict):
    """The status of a well or of a zone version cannot follow the one it has."""

    title = "状态不能这样变更 / Status change not allowed"


class Outdated(Conflict):
    """The thing is no longer as the editor had it; `current` is what it is now."""

    status = 412
    title = "已被他人修改 / Changed by another"

    current: dict[str, Any] | None = None


class Unconditional(Conflict):
    """A change without If-Match: it could overwrite what another has done."""

    status = 428
    title = "缺少 If-Match / Precondition required"


class Refused(GisError):
    """A write that has faults; nothing was done."""

    status = 409
    title = "未执行 / Refused"


class SetupError(GisError):
    """The machine lacks something that the message names."""

    title = "环境未就绪 / Set-up incomplete"


class Unfinished(GisError):
    """Some parts of a long work failed again and again; what is done is kept."""

    title = "部分未完成 / Unfinished"


class ProviderFailed(GisError):
    """Another's service that is asked for the caller does not answer, or not with what it should.

    The text never holds the address that was asked: a key may stand in it.
    """

    status = 502
    title = "上游服务异常 / Provider failed"


class Unavailable(GisError):
    """The database does not answer."""

    status = 503
    title = "服务暂不可用 / Unavailable"
