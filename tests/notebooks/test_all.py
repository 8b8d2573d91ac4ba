"""Every notebook is fit for git, and runs from top to bottom."""

import nbformat
import pytest

from tests.notebooks.running import NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_in_git_a_notebook_has_no_outputs_and_says_everything_twice(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None
        elif cell.source.startswith("#"):
            title, english, *_ = cell.source.splitlines()
            assert any("\u4e00" <= c <= "\u9fff" for c in title), title
            assert english.strip("*").isascii(), english
    tags = [t for cell in notebook.cells for t in cell.metadata.get("tags", [])]
    assert tags[0] == "parameters"
    assert tags[-1] == "check"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_runs_from_top_to_bottom(path, executed):
    notebook, _, _ = executed(path)
    cells = [c for c in notebook.cells if c.cell_type == "code"]
    assert all(c.execution_count for c in cells)
    warned = [o["text"] for c in cells for o in c.outputs if o.get("name") == "stderr"]
    assert warned == []
