"""run_notebook.py NOTEBOOK: executes it in this folder and writes it back with its outputs, even if a cell fails.
Before each code cell it prints "cell INDEX"."""

import sys

import nbformat
from nbclient import NotebookClient

PATH = sys.argv[1]

notebook = nbformat.read(PATH, as_version=4)
client = NotebookClient(
    notebook,
    kernel_name="python3",
    timeout=None,
    on_cell_execute=lambda cell, cell_index: print(f"cell {cell_index}", flush=True),
)
try:
    client.execute()
finally:
    nbformat.write(notebook, PATH)
