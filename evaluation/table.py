"""The comparison of finished runs: one row a model, each measured against retraining.

    python3 -m evaluation.table runs

reads what train.py, main_tv.py and eval_curve.py stored under a folder and measures nothing. Seeds
of one configuration become mean ± standard deviation. Prints the tables in Markdown and writes them
as table.md, table.csv (runs.csv: every run), table.tex, and a figure of the gaps for each scenario.
"""

import csv
import sys
from pathlib import Path

from errors import InputError, script
from evaluation.figures import draw_gaps
from evaluation.groups import best_of, cell, grouped, mean_std, shown_names, verdicts
from evaluation.records import NAN, compare, read_records, rows_of
from evaluation.SVC_MIA import SCORES

SECTIONS = {  # key of a value: heading; a column that is empty in every row is left out
    'Metrics (%); closer to retrain is better': {
        'ua': 'UA',
        'ra': 'RA',
        'ta': 'TA',
        'tf': 'Test forget',
        'mia': 'MIA',
        'gap': 'Avg. Gap',
        't': 't',
        'rte': 'RTE (min)',
    },
    'How near to retraining, and how well forgotten': {
        'js_f': 'JS on D_f (nats)',
        'js_t': 'JS on D_t',
        'agree_f': 'Agreement on D_f (%)',
        'agree_t': 'on D_t (%)',
        'rmia_auc': 'RMIA AUC',
        'rmia_tpr': 'RMIA TPR at 1 % (%)',
        'relearn': 'Relearn (steps)',
    },
    'Cost in minutes': {
        'mask': 'Mask',
        'pre': 'Pre-unlearning',
        'search': 'Search',
        'select': 'Choice of t',
        'rte': 'RTE',
    },
}
STORED = ['retain_nll', 'forget_nll', 'test_nll']  # in the CSV files only
STORED += [f'mia_{attack}' for attack in SCORES]
COLUMNS = [*dict.fromkeys(key for section in SECTIONS.values() for key in section), *STORED]


def cells_of(groups, heads):
    """The lines of one section as lists of words, its heading first; [] where it is empty."""
    full = [key for key in heads if any(mean_std(rows, key)[2] for rows in groups.values())]
    if not full:
        return []
    names, best = shown_names(groups), best_of(groups)
    seeds = any(len(rows) > 1 for rows in groups.values())
    lines = [['model', *['n'] * seeds, *[heads[key] for key in full]]]
    for key, rows in groups.items():
        words = [cell(rows, column) for column in full]
        if all(word == '–' for word in words):
            continue
        name = f'**{names[key]}**' if key == best else names[key]
        lines.append([name, *[str(len(rows))] * seeds, *words])
    return lines


def markdown(lines):
    """A Markdown table, its columns aligned to be read as text too."""
    widths = [max(2, *map(len, column)) for column in zip(*lines)]
    rule = ['-' * widths[0], *['-' * (width - 1) + ':' for width in widths[1:]]]
    aligned = [
        [line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])]
        for line in (lines[0], rule, *lines[1:])
    ]
    return '\n'.join('| ' + ' | '.join(line) + ' |' for line in aligned)


def latex(title, lines):
    """The same as a LaTeX tabular."""

    def escape(word):
        bold = word.startswith('**')
        word = word.strip('*')
        for mark in '%_&#':
            word = word.replace(mark, '\\' + mark)
        word = word.replace('±', r'$\pm$').replace('–', '--').replace('β', r'$\beta$')
        word = word.replace('>', '$>$')
        return rf'\textbf{{{word}}}' if bold else word

    rows = [' & '.join(map(escape, line)) + r' \\' for line in lines]
    head = rf'\begin{{tabular}}{{l{"r" * (len(lines[0]) - 1)}}}'
    return '\n'.join(
        [f'% {title}', head, r'\hline', rows[0], r'\hline', *rows[1:], r'\hline', r'\end{tabular}']
    )


def read_tables(folder):
    """The tables of the runs under a folder."""
    tables = tables_of(read_records(folder) if Path(folder).is_dir() else ())
    if not tables:
        raise InputError(f'{folder}: no finished runs there.', 'give the --dir of some runs.')
    return tables


def tables_of(records):
    """{(data set, network, scenario): {(name, config): rows}} of some records."""
    groups = {}
    for meta, record in records:
        shares = [(meta.get(f'{half}_fraction', 1.0), half) for half in ('train', 'test')]
        shares = ', '.join(f'{share:g} of {half}' for share, half in shares if share != 1)
        data = meta['dataset'] + (f' ({shares})' if shares else '')
        key = data, meta['model'], meta['scenario'].partition('-')[0]
        groups.setdefault(key, []).append((meta, record))
    return {key: grouped(compare(rows_of(records))) for key, records in sorted(groups.items())}


def write_csv(folder, tables):
    """table.csv: mean, standard deviation and n of each metric; runs.csv: each run."""
    head = ['dataset', 'network', 'scenario', 'model', 'config']
    with (folder / 'table.csv').open('w', newline='') as file:
        writer = csv.writer(file)
        kinds = [f'{key}_{kind}' for key in COLUMNS for kind in ('mean', 'std', 'n')]
        writer.writerow([*head, *kinds])
        for title, groups in tables.items():
            for key, rows in groups.items():
                numbers = [number for column in COLUMNS for number in mean_std(rows, column)]
                writer.writerow([*title, *key, *numbers])
    with (folder / 'runs.csv').open('w', newline='') as file:
        writer = csv.writer(file)
        writer.writerow([*head, 'seed', 'run', *COLUMNS])
        for title, groups in tables.items():
            for key, rows in groups.items():
                for row in rows:
                    numbers = [row.values.get(column, NAN) for column in COLUMNS]
                    writer.writerow([*title, *key, row.seed, row.run, *numbers])


@script
def main(argv=None):
    if len(argv) != 1 or argv[0].startswith('-'):
        told = argv and argv[0] in ('-h', '--help')
        print(__doc__, file=sys.stdout if told else sys.stderr)
        raise SystemExit(0 if told else 2)
    folder, text, tex, figures = Path(argv[0]), [], [], []
    tables = read_tables(folder)
    for title, groups in tables.items():
        text.append(f'### {", ".join(title)}')
        for heading, heads in SECTIONS.items():
            if lines := cells_of(groups, heads):
                text += [f'{heading}:', markdown(lines)]
                tex.append(latex(f'{", ".join(title)}. {heading}', lines))
        text.append('\n'.join(verdicts(groups)))
        stem = folder / '-'.join(['gaps', *title]).replace(' ', '')
        figures += draw_gaps(groups, ', '.join(title), stem)
    (folder / 'table.md').write_text('\n\n'.join(text) + '\n')
    (folder / 'table.tex').write_text('\n\n'.join(tex) + '\n')
    write_csv(folder, tables)
    print('\n\n'.join(text), end='\n\n')
    print(*(folder / f'table.{kind}' for kind in ('md', 'csv', 'tex')), *figures, sep='\n')


if __name__ == '__main__':
    main()
