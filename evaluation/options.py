"""The command line of the table, apart from it: a wrong call is answered at once."""

import argparse

ABOUT = """Compare the finished runs under a folder: one row a model, each measured against
retraining. Prints the tables and writes them there as table.md, table.csv, table.tex, with
runs.csv (one row a model and seed) and a figure of the gaps for each scenario."""


def parse_args(argv=None):
    """The folder, and whether a summary is enough."""
    parser = argparse.ArgumentParser('python3 -m evaluation.table', description=ABOUT)
    parser.add_argument('dir', help='folder with the runs')
    parser.add_argument('--short', action='store_true', help='print what fits on a screen instead')
    return parser.parse_args(argv)
