"""The report of a deletion request: what forget.py measured, and what that does not prove."""

import platform
from importlib.metadata import version

from evaluation.metrics import alignment_gap
from evaluation.region import find_path_row, find_region, lies_on_bound
from lib.files import replace_nan

PACKAGES = ('torch', 'torchvision', 'numpy', 'scipy', 'scikit-learn')  # whose versions count
SCORES = {'retain': 'rr_acc', 'forget': 'rf_acc', 'test': 'tr_acc', 'test forgotten': 'tf_acc'}
NOT_PROVED = (
    'Accuracies and membership attacks are tests that a model can pass while it still holds '
    'something of the forgotten samples, and no retrained model was there to compare with: this '
    'report shows what was measured, not that every trace is gone.',
    'The original, the pre-unlearning model and the curve (whose first point is the original) '
    'still lie in their folders, and whoever has them, their copies or the images has what was to '
    'be forgotten: only unlearned.pt is to be handed out.',
)


def make_report(request, settings, scores, path):
    """The report as a dict of plain types, null where there is no number.

    request: what was asked for, as it goes into the report: the flags of the split, samples, of,
    data_fingerprint, forget_fingerprint, original, and to forget a class its name. settings:
    {flag: value}. scores: the arrays of the pre-unlearning run. path: those of the evaluated curve.
    """
    bases = float(path['retain_base']), float(path['forget_base'])
    models = {
        'original': list_original_scores(scores),
        settings['pre']: list_row_scores(path, 'itself'),
        'unlearned': list_row_scores(path, 'path'),
    }
    for model in models.values():
        model['distance'] = float(alignment_gap(model['retain'], model['forget'], *bases))
    minutes = {p: float(path[f'RTE_{p}']) / 60 for p in ('pre', 'mask', 'search', 'select')}
    report = {
        'request': request,
        'settings': {name: v for name, v in settings.items() if v is not None},
        'versions': {'python': platform.python_version()} | {p: version(p) for p in PACKAGES},
        'bases': dict(zip(('retain', 'forget'), bases)),
        't': float(path['row_t'][find_path_row(path)]),
        't_on_bound': bool(lies_on_bound(path)),
        'nearest': min(models, key=lambda name: models[name]['distance']),
        'effective_region': find_region(path)[0],
        'models': models,
        'minutes': minutes | {'total': sum(minutes.values())},
        'not_proved': list(NOT_PROVED),
    }
    return replace_nan(report)


def list_original_scores(scores):
    """What the original scored, by the arrays of the run that started from it."""
    model = {name: float(scores[f'original_{key}']) for name, key in SCORES.items()}
    model['mia'] = {k[13:]: float(v) for k, v in scores.items() if k.startswith('original_mia_')}
    return model | {'ua_class': scores['original_ua_class'].tolist()}


def list_row_scores(path, kind):
    """What one of the compared rows of a path scored."""
    i = list(path['row_name']).index(kind)
    columns = {'retain': 'ra', 'test': 'ta', 'test forgotten': 'tf'}
    model = {name: float(path[f'row_{key}'][i]) for name, key in columns.items()}
    model['forget'] = 100 - float(path['row_ua'][i])
    model['mia'] = {k[8:]: float(v[i]) for k, v in path.items() if k.startswith('row_mia_')}
    return model | {'ua_class': path['row_ua_class'][i].tolist()}


def judge_report(report):
    """A sentence: whether the unlearned model is nearest to the goal."""
    nearest, models = report['nearest'], report['models']
    if nearest == 'unlearned':
        return 'The unlearned model is the nearest to it.'
    near, own = models[nearest]['distance'], models['unlearned']['distance']
    return (
        f'**The unlearned model is farther from it ({own:.2f}) than {nearest} ({near:.2f}): it is '
        'not to be used; try another --pre, --lr or --epochs.**'
    )


def format_markdown(report, region):
    """The report in Markdown; region: `describe_region` of its curve."""
    request, bases, minutes = report['request'], report['bases'], report['minutes']
    what = f'class {request["name"]}' if 'name' in request else request['unlearn_type']
    paragraphs = [
        '# Report on a deletion request',
        f'{request["samples"]} of {request["of"]} training samples '
        f'({what}, fingerprint `{request["forget_fingerprint"]}`) were to be '
        f'forgotten by `{request["original"]}`. The unlearned model is `unlearned.pt`, the point '
        f't = {report["t"]:.3f} of the curve.',
        format_scores(report['models']),
        f'The goal: {bases["retain"]:.2f} % on what is kept (the original on its training set), '
        f'{bases["forget"]:.2f} % on what is forgotten (the original on data it had not seen; 0 '
        f'for a class). {judge_report(report)} MIA: percent of the forgotten samples that an '
        'attack calls non-member, 100 as if never seen; a model that never saw them need not reach '
        '100.',
        f'![Accuracy along the curve](region.png)\n\n{region[0].upper()}{region[1:]}.',
        'Minutes: ' + ', '.join(f'{name} {value:.2f}' for name, value in minutes.items()) + '.',
        '## What this does not prove',
        ' '.join(report['not_proved']),
        '## Settings and versions',
        '\n'.join(f'- {name}: {value}' for name, value in report['settings'].items()),
        ', '.join(f'{name} {value}' for name, value in report['versions'].items()) + '.',
    ]
    return '\n\n'.join(paragraphs) + '\n'


def format_scores(models):
    """The table of the report: accuracies, distance and attacks of each model."""
    rows = [(f'accuracy, {name}', [m[name] for m in models.values()]) for name in SCORES]
    rows.append(('mean distance to the goal', [m['distance'] for m in models.values()]))
    attacks = models['unlearned']['mia']
    rows += [(f'MIA {attack}', [m['mia'][attack] for m in models.values()]) for attack in attacks]
    lines = ['| % | ' + ' | '.join(models) + ' |', '|---|' + '---:|' * len(models)]
    for name, values in rows:
        if any(value is not None for value in values):
            words = ['–' if value is None else f'{value:.2f}' for value in values]
            lines.append(f'| {name} | ' + ' | '.join(words) + ' |')
    return '\n'.join(lines)
