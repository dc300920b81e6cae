"""The comparison of finished runs: one row a model, each measured against retraining.

    python3 -m evaluation.table runs

reads what train.py, main_tv.py, eval_curve.py and forget.py stored under a folder, and measures
nothing but a retrained model of yours (--retrain=FILE). Seeds of one configuration become mean ±
standard deviation. `load` gives the same to a notebook.
"""

from evaluation.options import OF_DATA, parse_args

if __name__ == '__main__':
    parse_args()  # a wrong call is answered before pandas is imported

from pathlib import Path

import numpy as np
import pandas as pd

from evaluation import compare
from evaluation.figures import KIND_OF, draw_gaps
from evaluation.rows import LOSSES, read_models
from evaluation.SVC_MIA import ATTACKS
from lib.errors import InputError, script
from lib.flags import refuse

TABLE = ['dataset', 'network', 'scenario']  # a table for each
ROW = ['model', 'settings', 'label']  # what tells its rows apart, and their name
METRICS = 'Metrics (%); closer to retrain is better'
SECTIONS = {  # heading: {column: its heading}
    METRICS: {
        'ua': 'UA',
        'ra': 'RA',
        'ta': 'TA',
        'tf': 'Test forget',
        'mia': 'MIA',
        'gap': 'Avg. Gap',
        'tow': 'ToW',
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
        'probe': 'Class probe AUC',
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
SHORT = ('ua', 'ra', 'ta', 'mia', 'gap')  # columns of a summary
SCREEN_LINES, LETTERS = 22, 30  # of a summary, of a name in it: it fits a screen of 24 by 100
DIGITS = {'tow': 3, 'js_f': 3, 'js_t': 3, 'rmia_auc': 3, 'probe': 3}  # 2 elsewhere
STORED = [*LOSSES.values(), *(f'mia_{attack}' for attack in ATTACKS)]  # in the CSV files only
COLUMNS = [*dict.fromkeys([*(key for heads in SECTIONS.values() for key in heads), *STORED])]


def load(folder, fallback=None):
    """One row a model and seed: its scores in percent, its distances to the retrained model of its
    seed and split, its cost in minutes, and in `settings` the words in which rows of one model
    differ. fallback: the row of a retrained model that serves where there is none of a seed
    (`evaluation.reference`). Raises InputError where the folder holds no finished runs."""
    models = read_models(folder)
    if models.empty:
        raise InputError(f'{folder}: no finished runs there.', 'give the --dir of some runs.')
    if (models.model != 'original').any():  # an original alone is there for other scenarios
        models = models.groupby(TABLE).filter(lambda table: (table.model != 'original').any())
    tables = [group.to_dict('records') for _, group in models.groupby(TABLE)]
    tables = [pd.DataFrame(compare.add_distances(rows, fallback)) for rows in tables]
    models = pd.concat([sort_models(add_settings(table)) for table in tables], ignore_index=True)
    head = [*TABLE, 'split', *ROW, 'method', 'row', 'seed', 'run', 'pre_run', 'config']
    return models.reindex(columns=[*head, *COLUMNS, 'relearn_most', 'on_bound', 'folder'])


def sort_models(models):
    """Original and retrain first, then method by method: itself, fresh, line, MCU."""
    first = {name: place for place, name in enumerate(compare.REFERENCES)}
    order = {
        'first': models.model.map(first).fillna(len(first)),
        'place': models['row'].map(KIND_OF),
    }
    keys = ['first', 'method', 'place', 'model', 'settings', 'seed']
    return models.assign(**order).sort_values(keys, kind='stable')


def add_settings(models):
    """The models of one table with `settings`, the words in which rows of one model differ, and
    `label`, the name with them."""
    models['settings'] = models.groupby('model')['config'].transform(list_differences)
    # two runs of one seed are no two seeds: they start from other originals
    twice = models.duplicated(['model', 'settings', 'seed', 'split'], keep=False)
    twice &= models.model != compare.FLOOR
    digits = models.loc[twice, 'run'].str.split('-').str[-1]
    models.loc[twice, 'settings'] = (models.loc[twice, 'settings'] + ' ' + digits).str.strip()
    words = (' [' + models.settings + ']').where(models.settings != '', '')
    return models.assign(label=models.model + words)


def list_differences(configs):
    """'lr=0.1 …' of each config (dict) of a column: the flags in which they are not all alike."""
    flags = dict.fromkeys(flag for config in configs for flag in config)
    differ = [flag for flag in flags if len({str(config.get(flag)) for config in configs}) > 1]
    if not differ:
        return pd.Series('', configs.index)
    words = [[f'{flag}={c[flag]}' for flag in differ if flag in c] for c in configs]
    return pd.Series([' '.join(own) or 'plain' for own in words], configs.index)


# ---------------------------------------------------------------- tables


def show_mean(values, digits=2, count=None):
    """'mean ± std' of some numbers, and how many they are where that is not `count` (all, NaN too,
    unless given); a dash without any."""
    found = values.dropna()
    if found.empty:
        return '–'
    std = f' ± {found.std():.{digits}f}' if len(found) > 1 else ''
    few = f' (n {len(found)})' if len(found) != (len(values) if count is None else count) else ''
    return f'{found.mean():.{digits}f}{std}{few}'


def show_relearning(models):
    """'mean ± std' of the steps; '> n' for what was not reached in n steps, and every seed's own
    count where some did not."""
    measured = models.dropna(subset='relearn').sort_values('relearn')
    if not np.isinf(measured.relearn).any():
        return show_mean(measured.relearn, 0)
    pairs = zip(measured.relearn, measured.relearn_most)
    words = [f'> {most:.0f}' if np.isinf(count) else f'{count:.0f}' for count, most in pairs]
    return words[0] if len(set(words)) == 1 else ', '.join(words)


def make_section(models, heads):
    """A section as a table of words, one row a model; columns and rows of dashes are left out."""
    groups = models.groupby('label', sort=False)
    columns = {}
    for key in heads:
        if key == 'relearn':
            columns[key] = groups[['relearn', 'relearn_most']].apply(show_relearning)
        else:
            columns[key] = groups[key].agg(show_mean, digits=DIGITS.get(key, 2))
    table = pd.DataFrame(columns)
    table = table.loc[(table != '–').any(axis=1), (table != '–').any()].rename(columns=heads)
    if len(table) and (groups.size() > 1).any():
        table.insert(0, 'n', groups.size()[table.index].astype(str))
    return table.rename_axis('model').reset_index()


def to_markdown(table, bold, form='pipe'):
    """A section in Markdown, its best row in bold."""
    names = table.model.where(table.model != bold, f'**{bold}**')
    align = ('left', *['right'] * (table.shape[1] - 1))
    words = table.assign(model=names)
    return words.to_markdown(index=False, tablefmt=form, disable_numparse=True, colalign=align)


def to_latex(title, table, bold):
    """A section as a LaTeX tabular (package booktabs)."""
    style = table.style.hide(axis='index').format(escape='latex')
    style = style.format_index(escape='latex', axis=1)
    style = style.map(lambda name: 'textbf:--rwrap;' if name == bold else '', subset=['model'])
    text = style.to_latex(hrules=True, column_format='l' + 'r' * (table.shape[1] - 1))
    return f'% {title}\n{text}'.replace('β', r'$\beta$').replace('>', '$>$').replace('±', r'$\pm$')


def list_sentences(models):
    """What can be said of one table: the best row, the floor, what MCU changed, t* on a bound."""
    if models.gap[~models.model.isin(compare.REFERENCES)].isna().all():
        return ['no Avg. Gap: there is no retrained model of the same seed and split']
    sentences = ['no row is called the nearest: no seed has every row']
    if best := compare.find_best(models):
        name, gaps = best
        seeds = int(models.loc[models.label == name, 'gap'].count())
        few = f', on the {len(gaps)} of {seeds} seeds that all rows have' * (len(gaps) < seeds)
        sentences = [f'nearest to retraining: {name}, Avg. Gap {show_mean(gaps)}{few}']
    if (floor := compare.find_floor(models)) >= 0:
        sentences.append(f'the floor, retraining with another seed: Avg. Gap {floor:.2f}')
    sentences += compare.list_changes(models)
    for name, rows in models.groupby('label', sort=False):
        if rows.on_bound.any():
            count = f'in {rows.on_bound.sum()} of {len(rows)}'
            sentences.append(f'{name}: t* lies on a bound of its interval {count}')
    return sentences


def make_report(models):
    """(Markdown, LaTeX) of all tables: their sections and what can be said of them."""
    text, tex = [], []
    for title, table in models.groupby(TABLE):
        title, (best, _) = ', '.join(title), compare.find_best(table) or (None, None)
        text.append(f'### {title}')
        for heading, heads in SECTIONS.items():
            section = make_section(table, heads)
            if len(section):
                text += [f'{heading}:', to_markdown(section, best)]
                tex.append(to_latex(f'{title}. {heading}', section, best))
        text.append('\n'.join(f'- {sentence}' for sentence in list_sentences(table)))
    return '\n\n'.join(text) + '\n', '\n'.join(tex)


def summarise(models):
    """What fits a screen of 24 lines by 100 columns: the scores of each model, without the floor
    and NegTV's expert."""
    hidden = models.model.isin([compare.FLOOR, 'finetune2'])
    lines = []
    for title, table in models[~hidden].groupby(TABLE):
        section = make_section(table, {key: SECTIONS[METRICS][key] for key in SHORT})
        section['model'] = section.model.str.slice(0, LETTERS)
        lines += [', '.join(title), *to_markdown(section, None, 'plain').splitlines()]
    if len(lines) > SCREEN_LINES:
        lines[SCREEN_LINES - 1 :] = [f'… and {len(lines) - SCREEN_LINES + 1} lines more']
    return '\n'.join(line[:100] for line in lines)


def write_tables(folder, models, text, tex):
    """table.md, table.tex; table.csv: mean, deviation and n of each metric; runs.csv: each run."""
    (folder / 'table.md').write_text(text)
    (folder / 'table.tex').write_text(tex)
    runs = models[[*TABLE, *ROW, 'seed', 'run', 'folder', *COLUMNS]]
    runs.to_csv(folder / 'runs.csv', index=False)
    groups = models.groupby([*TABLE, 'model', 'settings'], sort=False)[COLUMNS]
    with np.errstate(invalid='ignore'):  # of infinitely many steps
        means = groups.agg(['mean', 'std', 'count'])
    means.columns = [f'{key}_{kind}'.replace('count', 'n') for key, kind in means.columns]
    means.to_csv(folder / 'table.csv')


def measure_fallback(args):
    """The row of the retrained model that --retrain names; None without it."""
    if not args.retrain:
        refuse(args, OF_DATA, 'without --retrain nothing is measured')
        return None
    from evaluation.reference import measure_retrained  # with torch, which takes seconds to import

    return measure_retrained(args)


@script
def main(argv=None):
    args = parse_args(argv)
    folder, models = Path(args.dir), load(args.dir, measure_fallback(args))
    text, tex = make_report(models)
    write_tables(folder, models, text, tex)
    figures = []
    for title, table in models.groupby(TABLE):
        stem = folder / '-'.join(['gaps', *title]).replace(' ', '')
        figures += draw_gaps(table, ', '.join(title), stem)
    if args.short:
        print(summarise(models), folder / 'table.md', sep='\n')
    else:
        files = [folder / f'table.{kind}' for kind in ('md', 'csv', 'tex')]
        print(text, *files, *figures, sep='\n')


if __name__ == '__main__':
    main()
