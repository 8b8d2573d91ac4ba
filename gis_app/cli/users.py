"""`gis-app users`: accounts, their roles and tokens, from the console of the server."""

from typing import Annotated

import typer
from rich.table import Table
from sqlalchemy import Engine

from gis_app.accounts import managing, tokens
from gis_app.cli import deps
from gis_app.cli.console import out
from gis_app.rights import ROLES, Grant, Role

app = typer.Typer(no_args_is_help=True, help="账户与角色 / accounts and roles")
Name = Annotated[str, typer.Argument(help="用户名 / account")]
RoleGiven = Annotated[Role, typer.Argument(help="角色 / role")]
Area = Annotated[
    str, typer.Option(help="行政区划代码前缀（空为全部）/ area code prefix (blank: everywhere)")
]
Actor = Annotated[str, typer.Option(help="执行人 / who")]


def register(root: typer.Typer) -> None:
    """Add these commands."""
    root.add_typer(app, name="users")


@app.command("list")
def listing() -> None:
    """列出账户 / List the accounts."""
    table = Table("用户名 / account", "姓名 / name", "角色 / roles", "状态 / state")
    engine = deps.engine(deps.settings(), migrate=True)
    for each in managing.listing(engine, "cli"):
        roles = "\n".join(f"{g.role.value} {g.area or '全部 / all'}" for g in each["grants"])
        state = "启用 / active"
        if each["disabled_at"] is not None:
            state = "已停用 / disabled"
        elif each["must_change"]:
            state = "待改密码 / password to be changed"
        table.add_row(each["name"], each["full_name"] or "", roles, state)
    out.print(table)


@app.command()
def add(
    name: Name,
    role: Annotated[list[Role] | None, typer.Option(help="角色，可重复 / role, repeatable")] = None,
    area: Area = "",
    full_name: Annotated[str | None, typer.Option(help="姓名 / full name")] = None,
    actor: Actor = "cli",
) -> None:
    """新建账户，显示一次性密码 / Make an account; prints its one-time password."""
    grants = tuple(Grant(each, area) for each in role or ())
    engine = deps.engine(deps.settings(), migrate=True, making=True)
    tell(name, managing.create(engine, actor, name, full_name, grants))
    _warn_of(engine, area)


@app.command()
def grant(name: Name, role: RoleGiven, area: Area = "", actor: Actor = "cli") -> None:
    """授予角色 / Give a role."""
    engine = deps.engine(deps.settings(), migrate=True)
    managing.grant(engine, actor, name, Grant(role, area))
    out.print(f"{name}: {ROLES[role][0]} / {role.value}  {area or '全部 / everywhere'}")
    _warn_of(engine, area)


@app.command()
def revoke(name: Name, role: RoleGiven, area: Area = "", actor: Actor = "cli") -> None:
    """收回角色 / Take a role."""
    managing.revoke(deps.engine(deps.settings(), migrate=True), actor, name, Grant(role, area))
    out.print(f"{name}: − {ROLES[role][0]} / {role.value}")


@app.command()
def disable(name: Name, actor: Actor = "cli") -> None:
    """停用账户并结束其会话 / Disable an account and end its sessions."""
    managing.disable(deps.engine(deps.settings(), migrate=True), actor, name)
    out.print(f"{name}: 已停用 / disabled")


@app.command()
def enable(name: Name, actor: Actor = "cli") -> None:
    """重新启用账户 / Open an account again."""
    managing.disable(deps.engine(deps.settings(), migrate=True), actor, name, disabled=False)
    out.print(f"{name}: 已启用 / active")


@app.command()
def reset(name: Name, actor: Actor = "cli") -> None:
    """重置密码，显示一次性密码 / Reset the password; prints a one-time password."""
    tell(name, managing.reset(deps.engine(deps.settings(), migrate=True), actor, name))


@app.command()
def token(
    name: Name,
    label: Annotated[str, typer.Option(help="用途 / what for")],
    role: Annotated[
        list[Role] | None, typer.Option(help="仅限角色 / only these of its roles")
    ] = None,
    area: Area = "",
    days: Annotated[int, typer.Option(min=1, max=3650, help="有效天数 / for so many days")] = 365,
    actor: Actor = "cli",
) -> None:
    """为程序（笔记本、QGIS）发令牌，只显示一次 / Make a token for a program; printed only now."""
    engine = deps.engine(deps.settings(), migrate=True)
    wanted = {"roles": role, "area": area, "days": days}
    token_id, secret = tokens.make(engine, actor, name, label, wanted)
    out.print(f"令牌 / token {token_id}: {secret}", soft_wrap=True, highlight=False)
    opened = tokens.opens(engine, name, wanted)
    told = "、".join(f"{each.role.value} {each.area or '全部 / all'}" for each in opened)
    out.print(f"它打开 / it opens: {told}", soft_wrap=True, highlight=False)
    lacking = sorted({each.value for each in role or ()} - {each.role.value for each in opened})
    if lacking or (area and any(each.area != area for each in opened)):
        out.print(
            f"[yellow]注意：没有更多，因为账户“{name}”所持的角色就到这里"
            f"{'（缺 ' + '、'.join(lacking) + '）' if lacking else ''}；要更宽，先用 gis-app users "
            "grant 授予 / note: no more than that, for the account holds no more; to widen it, "
            "grant the role first (gis-app users grant)[/yellow]",
            soft_wrap=True,
        )


def _warn_of(engine: Engine, area: str) -> None:
    if managing.unknown_area(engine, area):
        out.print(
            f"[yellow]注意：没有代码为 {area} 的行政区（gis-app zone list district）；写错则该角色"
            f"不起作用 / note: no district has a code like {area}; is it right?[/yellow]"
        )


def tell(name: str, password: str) -> None:
    """Show a one-time password, this once."""
    out.print(f"用户名 / account: {name}", highlight=False)
    out.print(f"一次性密码（只显示一次，首次登录须修改）/ one-time password: {password}",
              soft_wrap=True, highlight=False)  # fmt: skip
