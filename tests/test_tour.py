"""The notebook of docs runs from top to bottom, and shows what it keeps, kind by kind."""

import nbformat
from conftest import ROOT
from nbclient import NotebookClient


def list_outputs(notebook):
    """The kinds of what each cell shows, but for what goes to stderr."""
    cells = [cell.outputs for cell in notebook.cells if cell.cell_type == 'code']
    shown = [[x for x in outputs if x.get('name') != 'stderr'] for outputs in cells]
    return [[sorted(output.get('data', ['text'])) for output in outputs] for outputs in shown]


def test_the_tour_shows_what_it_keeps():
    notebook = nbformat.read(ROOT / 'docs' / 'tour.ipynb', 4)
    stored = list_outputs(notebook)
    assert sum('image/png' in kinds for outputs in stored for kinds in outputs) == 2
    place = {'metadata': {'path': ROOT / 'docs'}}
    NotebookClient(notebook, timeout=300, resources=place).execute()  # raises what a cell raises
    assert list_outputs(notebook) == stored
