"""The record of a deletion request: a dict, and one HTML page by the template report.html.j2."""

import hashlib
import platform
import subprocess
from base64 import b64encode
from dataclasses import replace
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from deletion.verdict import HARMED, THRESHOLDS
from evaluation.figures import draw_request
from lib.checkpoint import FORMAT, RESULT, digest_state, save, save_weights
from lib.errors import InputError
from lib.files import atomic_write, hash_file, read_json, replace_nan

PACKAGES = ('torch', 'torchvision', 'numpy', 'scipy', 'scikit-learn')  # versions in the record
ROOT = Path(__file__).parent.parent


# ---------------------------------------------------------------- the record as a dict


def describe_request(data, split, fields, hashes):
    """What was asked for, as the record says it. hashes: of the samples; for the others see
    `make_report`."""
    samples, source = data.list_samples(), data.sources[0]
    request = fields | {key: value for key, value in split.items() if key != 'forget_index'}
    request |= {'samples': len(samples), 'of': len(data.parts['train']), 'list': samples}
    request['kept_copies'] = data.list_samples(data.copies)
    request['list_sha256'] = hash_lines(sample['index'] for sample in samples)
    request['contents_sha256'] = hash_lines(hashes)
    kind = 'files' if source.names else 'memory' if source.images is not None else 'given'
    prints = {'data_fingerprint': data.fingerprint, 'forget_fingerprint': data.forget_fingerprint}
    return request | prints | {'data_kind': kind}


def hash_lines(values):
    """The SHA-256 of a text of one value a line."""
    return hashlib.sha256(''.join(f'{value}\n' for value in values).encode()).hexdigest()


def describe_files(outcome, original):
    """The models before and after, and the record of the request before this one."""
    run, file = original.get('run', {}), original.get('file')
    networks = outcome.original, outcome.search_result.progress.unlearned
    weights = [digest_state(net.state_dict()) for net in networks]
    origin = {'file': file, 'sha256': file and hash_file(file), 'weights': weights[0]}
    origin['run'] = run.get('name')
    origin['same_data'] = run.get('data_fingerprint') == outcome.trainer.data.fingerprint
    parent = None
    if run.get('method') == 'forget':
        path = Path(file).with_name('report.json')
        parent = {'file': str(path), 'sha256': hash_file(path) if path.exists() else None}
    unlearned = {'file': None, 'sha256': None, 'weights': weights[1]}
    return {'original': origin, 'parent': parent, 'unlearned': unlearned}


def describe_model(scores):
    """The scores of a model in the words of a record."""
    names = {'retain': 'retain_acc', 'forget': 'forget_acc', 'test': 'test_acc'}
    names |= {'test forgotten': 'test_forget_acc', 'forget loss': 'forget_nll', 'auc': 'auc'}
    return {name: scores.get(key) for name, key in names.items()}


def make_report(
    outcome, split, fields, settings, *, original=None, command=None, preprocessing=None
):
    """The record as a dict of plain types, None where there is no number. outcome: a
    `deletion.request.Outcome`; split: the flags of the split; fields: {flag: text or None} of what
    the command takes for the record alone; original: the content of its checkpoint, None for a
    model in memory; command: the line that was typed."""
    original, data, progress = original or {}, outcome.trainer.data, outcome.search_result.progress
    hashes = data.hash_samples()
    request = describe_request(data, split, fields, hashes)
    hashes = {sample['index']: value for sample, value in zip(request['list'], hashes)}
    request['original'] = original.get('file')
    request['finished'] = datetime.now().astimezone().isoformat(' ', 'minutes')
    minutes = {stage: seconds / 60 for stage, seconds in outcome.budget.clock.seconds.items()}
    total, retraining = sum(minutes.values()), outcome.retraining
    settings = settings | {'batch_size': outcome.trainer.batch_size}
    report = {
        'request': request,
        'preprocessing': preprocessing,
        'verdict': outcome.judgement.verdict,
        'goal': outcome.goal._asdict(),
        'thresholds': THRESHOLDS,
        'audits': outcome.judgement.audits,
        'harm': outcome.judgement.harm,
        'samples': [s | {'sha256': hashes[s['index']]} for s in outcome.judgement.samples],
        'reference': outcome.references.describe(),
        'models': {name: describe_model(scores) for name, scores in outcome.scores.items()},
        'files': describe_files(outcome, original),
        'action': {'command': command, 'commit': find_commit(), 'seed': outcome.trainer.seed},
        'end': progress.end_name,
        't': progress.best.t,
        'rounds': list(progress.rounds),
        'stopped': outcome.search_result.stopped,
        'retraining': {
            'epochs': retraining.epochs,
            'known': retraining.is_known,
            'minutes': retraining.seconds / 60,
            'cheaper': retraining.seconds / 60 <= total,
        },
        'minutes': minutes | {'total': total, 'budget': outcome.budget.seconds / 60},
        'settings': {name: value for name, value in settings.items() if value is not None},
        'versions': {'python': platform.python_version()} | {p: version(p) for p in PACKAGES},
    }
    return replace_nan(report)


def hide_samples(report):
    """The record without what tells one sample from another; hashes of all of them stay."""
    hidden = ('list', 'kept_copies')
    request = {key: value for key, value in report['request'].items() if key not in hidden}
    return {k: v for k, v in report.items() if k != 'samples'} | {'request': request}


def find_commit():
    """The commit of this code, with -dirty where files were changed since; unknown where git does
    not say it."""
    command = ['git', '--no-optional-locks', 'describe', '--always', '--dirty', '--abbrev=40']
    command.append('--exclude=*')  # tags
    options = {'cwd': ROOT, 'capture_output': True, 'text': True, 'check': True, 'timeout': 20}
    if not (ROOT / '.git').exists():  # a copy, which may lie in the checkout of something else
        return 'unknown'
    try:
        return subprocess.run(command, **options).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return 'unknown'


# ---------------------------------------------------------------- what is read from it


def read_finished(file, is_private):
    """The record of a request that is finished. Raises InputError where a private one is wanted and
    this names the samples."""
    print('this request is finished already; --overwrite would carry it out again')
    report = read_json(file)
    if is_private and 'list' in report['request']:
        raise InputError(f'{file}: names the samples.', 'add --overwrite for a private report.')
    return report


def format_summary(report):
    """What became of a request, on less than a screen."""
    request, decimals = report['request'], '{:10.2f}'.format
    models = pd.DataFrame(report['models']).T[['retain', 'forget', 'test', 'auc']]
    audits = pd.DataFrame(report['audits'])
    audits['name'] = audits.earlier.map({True: 'earlier: ', False: ''}) + audits.name
    audits = audits[['name', 'samples', 'unseen', 'auc', 'low', 'high', 'decision']]
    minutes, retraining = report['minutes']['total'], report['retraining']['minutes']
    head = f'\n{request["samples"]} of {request["of"]} samples; right answers in %'
    models = models.astype(float).to_string(float_format=decimals, na_rep='')
    audits = audits.to_string(index=False, float_format='{:.2f}'.format, na_rep='')
    end = f'{report["stopped"]}, {minutes:.1f} minutes; retraining: {retraining:.1f}'
    return '\n'.join([head, models, '', audits, end])


def describe_duration(minutes):
    return f'{minutes:.1f} minutes' if minutes >= 1 else f'{60 * minutes:.0f} seconds'


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
    environment.filters['duration'] = describe_duration
    template = environment.get_template('report.html.j2')
    return template.render(report, picture=b64encode(picture).decode())


# ---------------------------------------------------------------- the files


def write_files(folder, outcome, report):
    """The weights of the unlearned model, whose hash the report gets, the figure and the page."""
    progress = outcome.search_result.progress
    file = save_weights(folder / 'unlearned_state_dict', progress.unlearned.state_dict())
    report['files']['unlearned'] |= {'file': file.name, 'sha256': hash_file(file)}
    _, picture = draw_request(outcome.region, progress.best.t, folder / 'region')
    atomic_write(folder / 'report.html', format_html(report, picture.read_bytes()).encode())


def write_model(folder, outcome, info):
    """The unlearned model as a checkpoint, from which the next request begins. info: the `RunInfo`
    of the request."""
    progress, seconds = outcome.search_result.progress, outcome.budget.clock.seconds
    end = replace(info, method=progress.end_name, config={'lr': progress.end_rate}, name='')
    seconds = {'pre': seconds['ends'], 'search': seconds['search']}
    info = replace(info, end=end.to_dict(), seconds=seconds)
    state = {name: tensor.cpu() for name, tensor in progress.unlearned.state_dict().items()}
    content = {'format': FORMAT, 'kind': 'model', 'flags': {}, 'run': info.to_dict()}
    content |= {'epoch': len(progress.rounds), 'model_state': state, 'optimizer_state': {}}
    epochs = outcome.retraining.epochs if outcome.retraining.is_known else None
    harm = outcome.judgement.harm
    lost = {name: max(harm[name]['lost'], 0.0) for name in HARMED}  # gains pay for nothing
    content |= {'t': progress.best.t, 'retrain_epochs': epochs, 'lost': lost}
    content['deletions'] = outcome.trainer.data.record_deletions()
    save(folder / RESULT, content)
