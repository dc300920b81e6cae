"""The comparison of finished runs: one row a model, each measured against retraining.

    python3 -m evaluation.table runs

reads what train.py, main_tv.py and eval_curve.py stored under a folder, prints one Markdown table
for each split of each data set, and writes table.csv into the folder. It measures nothing.
"""

import csv
import json
import sys
from pathlib import Path

import numpy as np

from errors import InputError, script
from evaluation.metrics import average_gap

COLUMNS = ('UA', 'RA', 'TA', 'Test forget', 'MIA', 'Avg. Gap', 'RTE (min)')
KEYS = ('ua', 'ra', 'ta', 'tf', 'mia', 'gap', 'rte')
ORDER = {'original': 0, 'retrain': 1}  # first in a table; the methods follow by name


def read_records(folder):
    """Every .npz under a folder that carries what a table needs, the newest of each run last."""
    records = []
    for file in sorted(Path(folder).rglob('*.npz')):
        try:
            with np.load(file) as content:
                record = dict(content)
            meta = json.loads(str(record['meta']))
        except (OSError, ValueError, KeyError):
            print(f'warning: {file} is none of ours, passed over', file=sys.stderr)
            continue
        records.append((meta, record))
    return records


def model_row(record, prefix=''):
    """A row of a run's scores, or with the prefix original_ of what its original scored."""
    take = {'ua': 'rf_acc', 'ra': 'rr_acc', 'ta': 'tr_acc', 'tf': 'tf_acc', 'mia': 'mia'}
    row = {key: float(record[prefix + name]) for key, name in take.items()}
    return row | {'ua': 100 - row['ua'], 'rte': float('nan') if prefix else minutes(record, 'RTE')}


def minutes(record, *names):
    """Sum of seconds of a record, in minutes."""
    return float(sum(record[name] for name in names)) / 60


def path_rows(meta, record):
    """(name, row) of the four rows that eval_curve.py compared."""
    pre, symbol = meta.get('pre'), 'MCU_β' if meta.get('method') == 'curve' else 'MCU'
    names = {
        'itself': pre,
        'fresh': f'{pre}, fresh statistics',
        'line': f'{pre}, straight line',
        'path': f'{symbol}({pre})',
    }
    for i, kind in enumerate(record['row_name']):
        row = {key: float(record[f'row_{key}'][i]) for key in ('ua', 'ra', 'ta', 'tf', 'mia')}
        # the endpoint's own bill; the path's has its mask, search and selection too
        parts = ('RTE_mask', 'RTE_pre', 'RTE_search') if kind == 'path' else ('RTE_pre',)
        row['rte'] = minutes(record, *parts) + float(record['row_seconds'][i]) / 60
        yield names[str(kind)], row


def rows_of(records):
    """{name: row} of one split: original, retrain, then each method with its four rows.

    Where a method has been run twice under one name, the names of the runs tell the rows apart.
    """
    rows = {}
    for meta, record in records:
        if 'row_name' in record:
            continue
        if 'original_rr_acc' in record:
            rows.setdefault(('original', ''), model_row(record, 'original_'))
        if meta['method'] not in ('baseline', 'curve', 'dynamic'):
            rows[meta['method'], meta['run']] = model_row(record)
        elif meta['method'] == 'baseline':
            rows[('original', '')] = model_row(record) | {'rte': float('nan')}
    for meta, record in records:
        if 'row_name' not in record:
            continue
        for name, row in path_rows(meta, record):
            known = [key for key in rows if key[0] == name]
            if name != meta.get('pre') or not known:  # the method's own run says it already
                rows[name, meta['run'] if name.startswith('MCU') else ''] = row
    return rows


def ordered(key):
    """Original and retrain first, then method by method: itself, fresh, line, MCU."""
    name = key[0]
    inner = name.partition('(')[2].rstrip(')')
    method = inner or name.partition(',')[0]
    place = 3 if inner else 1 + (', straight' in name) if ',' in name else 0
    return ORDER.get(name, 2), method, place, key


def compared(records):
    """The rows of one split in order, each with its gap to retraining, as (name, run, row)."""
    rows = rows_of(records)
    retrained = [row for (name, _), row in rows.items() if name == 'retrain']
    names = [name for name, _ in rows]
    result = []
    for name, run in sorted(rows, key=ordered):
        row = rows[name, run]
        row['gap'] = average_gap(row, retrained[-1]) if retrained else float('nan')
        shown = f'{name} [{run}]' if names.count(name) > 1 else name
        result.append((shown, run, row))
    return result


def number(value):
    """Two decimals, or a dash for what there is not."""
    return '–' if value != value else f'{value:.2f}'


def markdown(title, rows):
    """One table; a column that is empty in every row is left out."""
    shown = [i for i, key in enumerate(KEYS) if any(row[key] == row[key] for *_, row in rows)]
    cells = [['model', *[COLUMNS[i] for i in shown]]]
    cells += [[name, *[number(row[KEYS[i]]) for i in shown]] for name, _, row in rows]
    widths = [max(len(row[i]) for row in cells) for i in range(len(cells[0]))]
    lines = [
        '| ' + ' | '.join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) + ' |'
        for row in cells
    ]
    rule = '|' + '|'.join(['-' * (widths[0] + 2), *['-' * (w + 1) + ':' for w in widths[1:]]]) + '|'
    return '\n'.join([f'### {title}', '', lines[0], rule, *lines[1:]])


@script
def main(argv=None):
    if len(argv) != 1 or argv[0].startswith('-'):
        told = argv and argv[0] in ('-h', '--help')
        print(__doc__, file=sys.stdout if told else sys.stderr)
        raise SystemExit(0 if told else 2)
    folder = Path(argv[0])
    groups = {}
    for meta, record in read_records(folder) if folder.is_dir() else ():
        key = (meta['dataset'], meta['model'], meta['scenario'], meta['forget_fingerprint'])
        groups.setdefault(key, []).append((meta, record))
    if not groups:
        raise InputError(f'{folder}: no finished runs there.', 'give the --dir of some runs.')
    tables = {key: compared(records) for key, records in sorted(groups.items())}
    with (folder / 'table.csv').open('w', newline='') as file:
        writer = csv.writer(file)
        writer.writerow(['dataset', 'network', 'scenario', 'model', *COLUMNS, 'run'])
        for key, rows in tables.items():
            for name, run, row in rows:
                writer.writerow([*key[:3], name, *[row[k] for k in KEYS], run])
    for key, rows in tables.items():
        print(markdown(', '.join(key[:3]), rows), end='\n\n')
    print(f'{folder / "table.csv"}')


if __name__ == '__main__':
    main()
