"""The comparison of finished runs: one row a model, each measured against retraining.

    python3 -m evaluation.table runs

reads what train.py, main_tv.py and eval_curve.py stored under a folder and measures nothing. Seeds
of one configuration become mean ± standard deviation. Prints the tables in Markdown and writes them
as table.md, table.csv (runs.csv: every run), table.tex, and a figure of the gaps for each scenario.
"""

import csv
import sys
from pathlib import Path

import numpy as np

from errors import InputError, script
from evaluation.figures import draw_gaps
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
ORDER = {'original': 0, 'retrain': 1, 'retrain, another seed': 1}  # first in a table
FLOOR = 'retrain, another seed'
DIGITS = {'js_f': 3, 'js_t': 3, 'rmia_auc': 3, 'relearn': 0}


def ordered(key):
    """Original and retrain first, then method by method: itself, fresh, line, MCU."""
    name = key[0]
    inner = name.partition('(')[2].rstrip(')')
    method = inner or name.partition(',')[0]
    place = 3 if inner else 1 + (', straight' in name) if ',' in name else 0
    return ORDER.get(name, 2), method, place, key


def grouped(rows):
    """{(name, config): rows, one a seed}, in the order of the table."""
    groups = {}
    for row in sorted(rows, key=lambda row: (ordered((row.name, row.config)), row.seed)):
        groups.setdefault((row.name, row.config), []).append(row)
    result = {}
    for (name, config), found in groups.items():
        places = [(row.seed, row.split) for row in found]
        for row in found:  # two runs of one seed are no two seeds: from other originals, epochs
            twice = name != FLOOR and places.count((row.seed, row.split)) > 1
            key = name, f'{config}-{row.run.rpartition("-")[2]}' if twice else config
            result.setdefault(key, []).append(row)
    return result


def mean_std(rows, key):
    """(mean, standard deviation, n) of a value over the rows that have it."""
    values = [row.values.get(key, NAN) for row in rows]
    values = [value for value in values if value == value]
    if not values or np.isinf(values).any():
        return (np.inf if values else NAN), NAN, len(values)
    return np.mean(values), np.std(values, ddof=1) if len(values) > 1 else NAN, len(values)


def cell(rows, key):
    """'mean ± std', a dash for what there is not; '> n' for what was not reached in n steps, and
    every seed's own count where some did not."""
    mean, std, _ = mean_std(rows, key)
    digits = DIGITS.get(key, 2)
    if mean != mean:
        return '–'
    if np.isinf(mean):
        most = max(row.values.get('relearn_most', 0) for row in rows)
        counts = sorted(row.values[key] for row in rows if key in row.values)
        words = [f'> {most:.0f}' if np.isinf(count) else f'{count:.0f}' for count in counts]
        return words[0] if len(set(words)) == 1 else ', '.join(words)
    return f'{mean:.{digits}f}' + (f' ± {std:.{digits}f}' if std == std else '')


def shown_names(groups):
    """{(name, config): name}, with what tells its configurations apart where it has several."""
    shown = {}
    for name, config in groups:
        others = [c.split('-') for n, c in groups if n == name and c != config]
        common = set.intersection(*map(set, others)) if others else set()
        own = [word for word in config.split('-') if word not in common]
        shown[name, config] = f'{name} [{" ".join(own) or "plain"}]' if others else name
    return shown


def best_of(groups):
    """The key of the row with the least mean Avg. Gap, retraining and the original apart."""
    gaps = {key: mean_std(rows, 'gap')[0] for key, rows in groups.items() if key[0] not in ORDER}
    gaps = {key: gap for key, gap in gaps.items() if gap == gap}
    return min(gaps, key=gaps.get, default=None)


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


def verdicts(groups):
    """Sentences: the best row, the floor, and what MCU changed, seed by seed."""
    names, best = shown_names(groups), best_of(groups)
    floors = [r.values['gap'] for (n, _), rows in groups.items() if n == FLOOR for r in rows]
    floor = np.mean(floors) if floors else NAN
    if best is None:
        return ['- no Avg. Gap: there is no retrained model of the same seed and split']
    told = [f'- nearest to retraining: {names[best]}, Avg. Gap {cell(groups[best], "gap")}']
    unknown = 'floor unknown: retrain with another --seed and the same --split_seed'
    if floor == floor:
        told.append(f'- the floor, retraining with another seed: Avg. Gap {floor:.2f}')
    for key, rows in groups.items():
        if not key[0].startswith('MCU'):
            continue
        for other, others in groups.items():
            if other[0].partition(',')[0] != key[0].partition('(')[2].rstrip(')'):
                continue
            partner = {(r.seed, r.split, r.pre_run): r.values.get('gap', NAN) for r in others}
            pairs = [
                (partner.get((r.seed, r.split, r.pre_run), NAN), r.values.get('gap', NAN))
                for r in rows
            ]
            pairs = np.array([pair for pair in pairs if np.isfinite(pair).all()])
            if not len(pairs):
                continue
            lower = pairs[:, 0] - pairs[:, 1]
            spread = f' ± {lower.std(ddof=1):.2f}' if len(lower) > 1 else ''
            direction = 'lower' if lower.mean() >= 0 else 'higher'
            error = lower.std(ddof=1) / len(lower) ** 0.5 if len(lower) > 1 else 0
            if floor != floor:
                verdict = unknown
            elif abs(lower.mean()) <= floor:
                verdict = f'within the floor of {floor:.2f}: no difference shown'
            elif abs(lower.mean()) <= error:
                verdict = 'the seeds disagree: no difference shown'
            else:
                word = 'an improvement' if lower.mean() > 0 else 'worse'
                verdict = f'{word}, beyond the floor of {floor:.2f}'
            told.append(
                f'- {names[key]} against {names[other]}: Avg. Gap {pairs[:, 0].mean():.2f} → '
                f'{pairs[:, 1].mean():.2f}, {direction} by {abs(lower.mean()):.2f}{spread} '
                f'(n {len(lower)}): {verdict}'
            )
    return told


def read_tables(folder):
    """{(data set, network, scenario): {(name, config): rows}} of the runs under a folder."""
    groups = {}
    for meta, record in read_records(folder) if Path(folder).is_dir() else ():
        share = meta.get('train_fraction', 1.0)
        data = meta['dataset'] + (f' ({share:g} of it)' if share != 1 else '')
        key = data, meta['model'], meta['scenario'].partition('-')[0]
        groups.setdefault(key, []).append((meta, record))
    if not groups:
        raise InputError(f'{folder}: no finished runs there.', 'give the --dir of some runs.')
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
