"""The comparison of finished runs: one row a model, each compared with retraining.

    python3 -m evaluation.table runs

reads what train.py, main_tv.py and eval_curve.py stored under a folder. It measures only
a retrained model of yours (--retrain=FILE). The seeds of one configuration become mean ± standard
deviation. In a notebook `load` gives the same.
"""

from evaluation.options import OF_DATA, parse_args

if __name__ == '__main__':
    parse_args()  # a wrong call is answered before pandas is imported

from pathlib import Path

import pandas as pd

from evaluation import compare
from evaluation.rows import read_models
from lib.errors import InputError, with_exit_codes
from lib.flags import reject_flags

TABLE = ['dataset', 'network', 'scenario']  # a table for each
ROW = ['model', 'settings', 'label']  # what tells its rows apart; label joins the two
METRICS = {'ua': 'UA', 'ra': 'RA', 'ta': 'TA', 'tf': 'Test forget', 'mia': 'MIA'}
METRICS |= {'gap': 'Avg. Gap', 'tow': 'ToW', 't': 't', 'rte': 'RTE (min)'}
OUTPUTS = {'js_f': 'JS on D_f (nats)', 'js_t': 'JS on D_t'}
OUTPUTS |= {'agree_f': 'Agreement on D_f (%)', 'agree_t': 'on D_t (%)'}
OUTPUTS |= {'rmia_auc': 'RMIA AUC', 'rmia_tpr': 'RMIA TPR at 1 % (%)'}
STAGE_HEADS = {'mask': 'Mask', 'pre': 'Pre-unlearning', 'search': 'Search', 'select': 'Choice of t'}
SECTIONS = {  # heading: {column: its heading}
    'Metrics (%); closer to retrain is better': METRICS,
    'How near to retraining, and how well forgotten': OUTPUTS,
    'Cost in minutes': STAGE_HEADS | {'rte': 'RTE'},
}
ROW_ORDER = {'': 0, 'itself': 0, 'fresh': 1, 'line': 2, 'path': 3}
SHORT = {'Scores (%)': {key: METRICS[key] for key in ('ua', 'ra', 'ta', 'mia', 'gap')}}
DIGITS = {'tow': 3, 'js_f': 3, 'js_t': 3, 'rmia_auc': 3}  # 2 elsewhere
COLUMNS = [*dict.fromkeys(key for heads in SECTIONS.values() for key in heads), *compare.DETAILS]


def load(folder, fallback=None):
    """One row a model and seed, with the columns of docs/files.md. fallback: the row of a retrained
    model (`evaluation.reference`) for seeds that have none. Raises InputError where the folder has
    no finished runs."""
    models = read_models(folder)
    if models.empty:
        raise InputError(f'{folder}: no finished runs there.', 'give the --dir of some runs.')
    tables = [table for _, table in models.groupby(TABLE)]
    # a scenario with nothing but its original is left out
    tables = [table for table in tables if (table.model != 'original').any()] or tables
    for i, table in enumerate(tables):
        rows = compare.add_distances(table.to_dict('records'), fallback)
        tables[i] = sort_models(add_settings(pd.DataFrame(rows)))
    ids = [*TABLE, 'split', *ROW, 'method', 'row', 'seed', 'other_seed', 'run', 'pre_run', 'config']
    models = pd.concat(tables, ignore_index=True)
    return models.reindex(columns=[*ids, *COLUMNS, 'on_bound', 'folder'])


def sort_models(models):
    """Original and retrain first, then method by method: itself, fresh, line, MCU."""
    first = {name: place for place, name in enumerate(compare.REFERENCES)}
    first = models.model.map(first).fillna(len(first))
    models = models.assign(first=first, place=models['row'].map(ROW_ORDER))
    keys = ['first', 'method', 'place', 'model', 'settings', 'seed']
    return models.sort_values(keys, kind='stable')


def add_settings(models):
    """The models of one table with the columns `settings`, the flags in which rows of one model
    differ, and `label`."""
    models['settings'] = models.groupby('model')['config'].transform(list_differences)
    # two runs of one seed and the same flags start from different originals
    twice = models.duplicated(['model', 'settings', 'seed', 'split'], keep=False)
    twice &= models.model != compare.FLOOR
    digits = models.loc[twice, 'run'].str.split('-').str[-1]
    models.loc[twice, 'settings'] = (models.loc[twice, 'settings'] + ' ' + digits).str.strip()
    suffix = (' [' + models.settings + ']').where(models.settings != '', '')
    return models.assign(label=models.model + suffix)


def list_differences(configs):
    """For each config (dict) of a column the flags in which the configs differ: 'lr=0.1 …'."""
    flags = dict.fromkeys(flag for config in configs for flag in config)
    differ = [flag for flag in flags if len({str(config.get(flag)) for config in configs}) > 1]
    texts = [' '.join(f'{flag}={c[flag]}' for flag in differ if flag in c) for c in configs]
    return pd.Series([text or ('plain' if differ else '') for text in texts], configs.index)


def show_mean(values, digits=2):
    """'mean ± std' of some numbers, and n where some are NaN; a dash without any."""
    known = values.dropna()
    if known.empty:
        return '–'
    std = f' ± {known.std():.{digits}f}' if len(known) > 1 else ''
    few = f' (n {len(known)})' if len(known) < len(values) else ''
    return f'{known.mean():.{digits}f}{std}{few}'


def make_section(models, heads):
    """A section as a table of texts, one row a model, without columns and rows of dashes."""
    groups = models.groupby('label', sort=False)
    columns = {key: groups[key].agg(show_mean, digits=DIGITS.get(key, 2)) for key in heads}
    table = pd.DataFrame(columns)
    table = table.loc[(table != '–').any(axis=1), (table != '–').any()].rename(columns=heads)
    if len(table) and (groups.size() > 1).any():
        table.insert(0, 'n', groups.size()[table.index].astype(str))
    return table.rename_axis('model').reset_index()


def format_sections(title, models, sections):
    """The sections of one table in Markdown."""
    blocks = [f'### {", ".join(title)}']
    for heading, heads in sections.items():
        section = make_section(models, heads)
        if len(section):
            align = ('left', *['right'] * (section.shape[1] - 1))
            text = section.to_markdown(index=False, disable_numparse=True, colalign=align)
            blocks += [f'{heading}:', text]
    return '\n\n'.join(blocks)


def list_sentences(models):
    """What can be said of one table: the floor, what MCU changed, t* on a bound."""
    if models.gap[~models.model.isin(compare.REFERENCES)].isna().all():
        return ['no Avg. Gap: there is no retrained model of the same seed and split']
    floor, sentences = compare.find_floor(models), compare.list_changes(models)
    if floor >= 0:
        sentences.insert(0, f'the floor, retraining with another seed: Avg. Gap {floor:.2f}')
    for name, bounds in models.groupby('label', sort=False).on_bound:
        if bounds.any():
            count = f'in {bounds.sum()} of {len(bounds)}'
            sentences.append(f'{name}: t* lies on a bound of its interval {count}')
    return sentences


def format_tables(models):
    """Markdown of all tables: their sections and what can be said of them."""
    blocks = []
    for title, table in models.groupby(TABLE):
        blocks.append(format_sections(title, table, SECTIONS))
        blocks.append('\n'.join(f'- {sentence}' for sentence in list_sentences(table)))
    return '\n\n'.join(blocks) + '\n'


@with_exit_codes
def main(argv=None):
    args = parse_args(argv)
    fallback = None
    if args.retrain:
        from evaluation.reference import measure_retrained  # with torch, which takes seconds

        fallback = measure_retrained(args)
    else:
        reject_flags(args, OF_DATA, 'without --retrain nothing is measured')
    folder, models = Path(args.dir), load(args.dir, fallback)
    report = format_tables(models)
    (folder / 'table.md').write_text(report)
    models.drop(columns='config').to_csv(folder / 'runs.csv', index=False)
    if args.short:  # without the floor and NegTV's expert: it fits a screen
        tables = models[~models.model.isin([compare.FLOOR, 'finetune2'])].groupby(TABLE)
        report = '\n\n'.join(format_sections(title, table, SHORT) for title, table in tables)
    print(report, folder / 'table.md', folder / 'runs.csv', sep='\n')


if __name__ == '__main__':
    main()
