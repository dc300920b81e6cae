"""The report of a deletion request: what forget.py measured, and what that does not prove."""

import platform
from importlib.metadata import version

import numpy as np

from evaluation.metrics import alignment_gap
from evaluation.region import effective_region, searched

PACKAGES = ('torch', 'torchvision', 'numpy', 'scipy', 'scikit-learn')
SCORES = {'retain': 'rr_acc', 'forget': 'rf_acc', 'test': 'tr_acc', 'test forgotten': 'tf_acc'}
NOT_PROVED = (
    'Accuracies and membership attacks are tests that a model can pass while it still holds '
    'something of the forgotten samples, and no retrained model was there to compare with: this '
    'report shows what was measured, not that every trace is gone.',
    'The original, the pre-unlearning model and the curve (whose first point is the original) '
    'still lie in their folders, and whoever has them, their copies or the images has what was to '
    'be forgotten: only unlearned.pt is to be handed out.',
)


def report_of(settings, data, original, end, path):
    """The report as a dict of plain types. settings: {flag: value}; end: the scores of the
    pre-unlearning run; path: the evaluated curve."""

    gone = data.split.forget_class

    def row(kind):
        i = list(path['row_name']).index(kind)
        take = {'retain': 'ra', 'test': 'ta', 'test forgotten': 'tf'}
        told = {name: float(path[f'row_{key}'][i]) for name, key in take.items()}
        told['forget'] = 100 - float(path['row_ua'][i])
        attacks = {k[8:]: float(v[i]) for k, v in path.items() if k.startswith('row_mia_')}
        return told | {'mia': attacks, 'ua_class': path['row_ua_class'][i].tolist()}

    begun = {name: float(end[f'original_{key}']) for name, key in SCORES.items()}
    begun['mia'] = {k[13:]: float(v) for k, v in end.items() if k.startswith('original_mia_')}
    begun['ua_class'] = end['original_ua_class'].tolist()
    models = {'original': begun, settings['pre']: row('itself'), 'unlearned': row('path')}
    bases = float(path['retain_base']), float(path['forget_base'])
    for model in models.values():
        model['distance'] = float(alignment_gap(model['retain'], model['forget'], *bases))
    minutes = {p: float(path[f'RTE_{p}']) / 60 for p in ('pre', 'mask', 'search', 'select')}
    return {
        'request': {
            **data.described,
            **({} if gone is None else {'name': data.classes[gone]}),
            'samples': len(data.split.forget),
            'of': len(data.parts['train']),
            'data_fingerprint': data.fingerprint,
            'forget_fingerprint': data.forget_fingerprint,
            'original': original['source'].partition('=')[2],
        },
        'settings': {name: v for name, v in settings.items() if v is not None},
        'versions': {'python': platform.python_version()} | {p: version(p) for p in PACKAGES},
        'bases': dict(zip(('retain', 'forget'), bases)),
        't': float(path['row_t'][searched(path)]),
        'nearest': min(models, key=lambda name: models[name]['distance']),
        'effective_region': effective_region(path)[0],
        'models': models,
        'minutes': minutes | {'total': sum(minutes.values())},
        'not_proved': list(NOT_PROVED),
    }


def judged(report):
    """A sentence: whether the unlearned model is nearest to the goal."""
    nearest, models = report['nearest'], report['models']
    if nearest == 'unlearned':
        return 'The unlearned model is the nearest to it.'
    near, own = models[nearest]['distance'], models['unlearned']['distance']
    return (
        f'**The unlearned model is farther from it ({own:.2f}) than {nearest} ({near:.2f}): it is '
        'not to be used; try another --pre, --lr or --epochs.**'
    )


def plain(value):
    """The same for JSON, which has no NaN: null in its place."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return None if value != value else value


def written(report, told):
    """The report in Markdown; told: the region in words."""
    request, models = report['request'], report['models']
    attacks = [f'MIA {name}' for name in models['unlearned']['mia']]
    what = f'class {request["name"]}' if 'name' in request else request['unlearn_type']
    lines = [
        '# Report on a deletion request',
        f'{request["samples"]} of {request["of"]} training samples '
        f'({what}, fingerprint `{request["forget_fingerprint"]}`) were to be '
        f'forgotten by `{request["original"]}`. The unlearned model is `unlearned.pt`, the point '
        f't = {report["t"]:.3f} of the curve.',
        '| % | ' + ' | '.join(models) + ' |\n|---|' + '---:|' * len(models),
    ]
    for name in (*SCORES, 'distance', *attacks):
        kind = name.removeprefix('MIA ')
        values = [model['mia'][kind] if kind != name else model[name] for model in models.values()]
        if not all(np.isnan(values)):
            head = f'accuracy, {name}' if name in SCORES else name
            head = 'mean distance to the goal' if name == 'distance' else head
            lines[-1] += f'\n| {head} | ' + ' | '.join(f'{v:.2f}' for v in values) + ' |'
    bases, minutes = report['bases'], report['minutes']
    lines += [
        f'The goal: {bases["retain"]:.2f} % on what is kept (the original on its training set), '
        f'{bases["forget"]:.2f} % on what is forgotten (the original on data it had not seen; 0 '
        f'for a class). {judged(report)} MIA: percent of the forgotten samples that an attack '
        'calls non-member, 100 as if never seen; a model that never saw them need not reach 100.',
        f'![Accuracy along the curve](region.png)\n\n{told[0].upper()}{told[1:]}.',
        'Minutes: ' + ', '.join(f'{name} {value:.2f}' for name, value in minutes.items()) + '.',
        '## What this does not prove',
        ' '.join(report['not_proved']),
        '## Settings and versions',
        '\n'.join(f'- {name}: {value}' for name, value in report['settings'].items()),
        ', '.join(f'{name} {value}' for name, value in report['versions'].items()) + '.',
    ]
    return '\n\n'.join(lines) + '\n'
