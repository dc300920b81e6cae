"""The comparison of finished runs: one row a model, each measured against retraining.

    python3 -m evaluation.table runs

reads what train.py, main_tv.py and eval_curve.py stored under a folder, prints one Markdown table
for each split of each data set, and writes table.csv into the folder. It measures nothing.
"""

import csv
import json
import sys
from pathlib import Path

from errors import InputError, script
from evaluation.metrics import average_gap
from evaluation.npz import read_npz

COLUMNS = ('UA', 'RA', 'TA', 'Test forget', 'MIA', 'Avg. Gap', 'RTE (min)')
KEYS = ('ua', 'ra', 'ta', 'tf', 'mia', 'gap', 'rte')
ORDER = {'original': 0, 'retrain': 1}  # first in a table; the methods follow by name


def read_records(folder):
    """(meta, arrays) of every .npz under a folder, the newest of each run last."""
    records = []
    for file in sorted(Path(folder).rglob('*.npz')):
        record = read_npz(file)
        if 'meta' in record:  # else it is none of ours
            records.append((json.loads(str(record['meta'])), record))
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
    """{(name, run): row} of one split: original, retrain, then each method with its four rows.

    What a method's own run says goes before what eval_curve.py says of it.
    """
    rows = {}
    for meta, record in sorted(records, key=lambda pair: 'row_name' not in pair[1]):
        seed = {'seed': meta['seed']}
        if 'row_name' in record:
            for name, row in path_rows(meta, record):
                run = meta['run'] if name.startswith('MCU') else str(meta.get('pre_run'))
                rows[name, run] = row | seed
            continue
        if 'original_rr_acc' in record:
            rows['original', f'seed {meta["seed"]}'] = model_row(record, 'original_') | seed
        if meta['method'] == 'baseline':
            row = model_row(record) | {'rte': float('nan')}
            rows['original', f'seed {meta["seed"]}'] = row | seed
        elif meta['method'] not in ('curve', 'dynamic'):
            rows[meta['method'], meta['run']] = model_row(record) | seed
    return rows


def ordered(key):
    """Original and retrain first, then method by method: itself, fresh, line, MCU."""
    name = key[0]
    inner = name.partition('(')[2].rstrip(')')
    method = inner or name.partition(',')[0]
    place = 3 if inner else 1 + (', straight' in name) if ',' in name else 0
    return ORDER.get(name, 2), method, place, key


def compared(records):
    """The rows of one split in order, as (name, run, row), each with its gap to the retrained model
    of its own seed. Where one name stands for several runs, these tell them apart."""
    rows = rows_of(records)
    retrained = {row['seed']: row for (name, _), row in rows.items() if name == 'retrain'}
    names = [name for name, _ in rows]
    result = []
    for name, run in sorted(rows, key=ordered):
        row = rows[name, run]
        reference = retrained.get(row['seed'])
        row['gap'] = average_gap(row, reference) if reference else float('nan')
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
        word = meta['scenario'].partition('-')[0]
        if meta.get('unlearn_type') == 'random':
            word += f' (split {meta["split_seed"]})'
        split = word, meta['forget_fingerprint']
        key = (meta['dataset'], meta['model'], *split)
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
