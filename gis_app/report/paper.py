"""A page that needs nothing but itself, on the screen and on paper."""

from importlib.resources import files

from gis_app.errors import SetupError
from gis_app.report.markup import Html, element


def document(title: str, *children: Html) -> str:
    """A whole page with the style of our printed pages."""
    style = Html(files("gis_app.report").joinpath("page.css").read_text(encoding="utf-8"))
    head = element(
        "head",
        Html('<meta charset="utf-8">'),
        Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        element("title", title),
        element("style", style),
    )
    body = element("body", *children)
    return "<!doctype html>\n" + element("html", head, body, lang="zh-CN")


def pdf(page: str) -> bytes:
    """A page as PDF. Raises `SetupError` where the machine lacks what sets type."""
    try:
        from weasyprint import HTML, URLFetcher  # noqa: PLC0415 – only paper needs Pango
    except ImportError as error:
        raise SetupError(
            "缺少 weasyprint，不能生成 PDF（网页可用）。请安装：pip install 'gis-app[notebook]'。",
            "weasyprint is missing, so there is no PDF (the page works). Install it: "
            "pip install 'gis-app[notebook]'.",
        ) from error
    except OSError as error:
        raise SetupError(
            "缺少排版库 Pango，不能生成 PDF（网页可用）。请运行 sh docker/install-packages.sh；"
            "macOS：brew install pango。",
            "Pango is missing, so there is no PDF (the page works). Run "
            "sh docker/install-packages.sh; on macOS: brew install pango.",
        ) from error
    nothing = URLFetcher(allowed_protocols=())  # a page has no business outside itself
    return bytes(HTML(string=page, url_fetcher=nothing).write_pdf())
