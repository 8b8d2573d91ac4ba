"""`gis-app serve`: the service and its map."""

import os
import socket
from typing import Annotated

import typer
import uvicorn

from gis_app.accounts import managing
from gis_app.cli import deps, users
from gis_app.cli.console import out
from gis_app.errors import SetupError


def register(app: typer.Typer) -> None:
    """Add this command."""
    app.command("serve")(serve)


def serve(
    host: Annotated[str, typer.Option(help="监听地址 / address")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="端口 / port")] = 8000,
    workers: Annotated[int, typer.Option(min=1, max=64, help="进程数 / processes")] = 1,
) -> None:
    """启动服务和地图（需要时先启动数据库）/ Serve the API and the map."""
    _refuse_taken(host, port)
    settings = deps.settings()
    deps.needs_rasters("gis_app.rasters.record")  # said here, not by a traceback of each process
    engine = deps.engine(settings, migrate=True, making=True)
    password = managing.first(engine)
    engine.dispose()
    if password is not None:
        users.tell(managing.FIRST, password)
    # the worker processes read their settings from the environment
    os.environ["GIS_DATABASE_URL"] = deps.database_url(settings)
    shown = "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104
    out.print(f"地图 / map:  http://{shown}:{port}/map/")
    out.print(f"接口 / API:  http://{shown}:{port}/   （Ctrl-C 停止 / stops）")
    uvicorn.run(
        "api.main:from_environment",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        log_level="warning",
        access_log=False,  # a line that nobody sees would still be made
        proxy_headers=True,
        forwarded_allow_ips=settings.proxies,
    )


def _refuse_taken(host: str, port: int) -> None:
    """Raise `SetupError` where the address cannot be listened on: before anything is started."""
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        socket.create_server(address, family=family).close()
    except OSError as error:
        raise SetupError(
            f"不能监听 {host}:{port}（{error.strerror}）。若端口已被占用（本服务或许已在运行），"
            "请停止占用者，或用 --port 另选一个。",
            f"Cannot listen on {host}:{port} ({error.strerror}). Where the port is in use (by this "
            "service already?), stop what uses it, or choose another with --port.",
        ) from error
