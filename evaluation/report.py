"""The report of a deletion request: a dict, and one HTML page by the template report.html.j2."""

import hashlib
import platform
from base64 import b64encode
from importlib.metadata import version
from pathlib import Path

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from evaluation.alignment import judge
from lib.files import replace_nan

PACKAGES = ('torch', 'torchvision', 'numpy', 'scipy', 'scikit-learn')  # versions in the report


def describe_request(data, split, original):
    """What was asked for, as the report says it."""
    samples = data.list_samples()
    lines = ''.join(f'{sample["index"]}\n' for sample in samples)
    request = {key: value for key, value in split.items() if key != 'forget_index'}
    if labels := [deletion.label for deletion in data.deletions if deletion.label is not None]:
        request['name'] = ', '.join(data.classes[label] for label in labels)
    request |= {'samples': len(samples), 'of': len(data.parts['train']), 'list': samples}
    request['list_sha256'] = hashlib.sha256(lines.encode()).hexdigest()
    prints = {'data_fingerprint': data.fingerprint, 'forget_fingerprint': data.forget_fingerprint}
    return request | prints | {'original': original}


def describe_model(scores, gap):
    """The scores of a model in the words of a report."""
    names = {'retain': 'retain_acc', 'forget': 'forget_acc', 'test': 'test_acc'}
    names |= {'test forgotten': 'test_forget_acc', 'forget loss': 'forget_nll'}
    attacks = {key[4:]: float(value) for key, value in scores.items() if key.startswith('mia_')}
    return {name: scores[key] for name, key in names.items()} | {'gap': gap, 'mia': attacks}


def make_report(search, request, settings, preprocessing):
    """The report as a dict of plain types, None where there is no number."""
    goal, scores, total = search.goal, search.scores, sum(search.seconds.values())
    is_usable, nearest, text = judge(goal, scores)
    minutes = {stage: seconds / 60 for stage, seconds in search.seconds.items()}
    cheaper = search.retraining['minutes'] <= total / 60
    report = {
        'request': request,
        'preprocessing': preprocessing,
        'goal': {'retain': goal.retain, 'forget': goal.forget, 'tolerance': goal.tolerance},
        'models': {name: describe_model(scores[name], goal.gap(scores[name])) for name in scores},
        'verdict': {'usable': is_usable, 'nearest': nearest, 'text': text},
        'end': search.end_name,
        't': search.best.t,
        'rounds': search.rounds,
        'stopped': search.stopped,
        'retraining': search.retraining | {'cheaper': cheaper},
        'minutes': minutes | {'total': total / 60, 'budget': search.budget / 60},
        'settings': {name: value for name, value in settings.items() if value is not None},
        'versions': {'python': platform.python_version()} | {p: version(p) for p in PACKAGES},
    }
    return replace_nan(report)


def format_summary(report):
    """What became of a request, on less than a screen."""
    request, goal = report['request'], report['goal']
    models = report['models'] | {'goal': goal | {'gap': goal['tolerance']}}
    table = pd.DataFrame(models).T.reindex(columns=['retain', 'forget', 'test', 'gap'])
    table = table.astype(float).to_string(float_format='{:10.2f}'.format, na_rep='')
    minutes, retraining = report['minutes']['total'], report['retraining']['minutes']
    head = f'\n{request["samples"]} of {request["of"]} samples; accuracies in %'
    end = f'{report["stopped"]}, {minutes:.1f} minutes; retraining: {retraining:.1f}'
    return '\n'.join([head, table, end])


def format_html(report, picture):
    """The page as text. report: what report.json holds; picture: the bytes of a PNG."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,  # no name of a file or class becomes HTML
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters['number'] = lambda x, spec='.1f': '–' if x is None else format(x, spec)
    template = environment.get_template('report.html.j2')
    return template.render(report, picture=b64encode(picture).decode())
