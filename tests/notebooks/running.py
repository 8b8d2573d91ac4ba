"""A notebook, run against a service."""

import json
import os
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
KANSAS = ROOT.parent / "shared" / "data" / "kansas" / "kansas.gpkg"


def named(start):
    """The notebook whose name begins so."""
    return next(path for path in NOTEBOOKS if path.name.startswith(start))


def run(path, folder, service, ask="", **more):
    """The notebook after running it in a folder; `ask` is a last cell whose JSON is returned."""
    notebook = nbformat.read(path, as_version=4)
    if ask:
        notebook.cells.append(nbformat.v4.new_code_cell(ask))
    client = NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    )
    env = {**os.environ, "GIS_URL": service.url, "GIS_TOKEN": service.token,
           "GIS_OUT": str(folder / "out"), "GIS_KANSAS": str(KANSAS),
           "GIS_WELLS": "2000", **more}  # fmt: skip
    client.execute(env=env)
    told = json.loads(notebook.cells[-1].outputs[0]["text"]) if ask else None
    return notebook, told
