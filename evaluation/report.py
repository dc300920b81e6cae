"""The report of a deletion request as a page: its numbers, put into the words of report.html.

The page is one file, for readers who train no networks: no script, nothing that is loaded from
elsewhere. Every text is escaped, so that no name in a report can become HTML.
"""

from base64 import b64encode
from html import escape
from pathlib import Path
from string import Template

PAGE = Path(__file__).with_name('report.html')
PACKAGES = ('torch', 'torchvision', 'numpy', 'scipy', 'scikit-learn')  # whose versions count
NOT_PROVED = (
    'Accuracies and membership attacks are tests. A model can pass them while it still holds '
    'something of the forgotten samples. No retrained model was there to compare with. This report '
    'shows what was measured, not that every trace is gone.',
    'The original still lies in its file, and where working files were kept, in them too. Whoever '
    "has these, their copies or the images has what was to be forgotten. The command's "
    'unlearned.pt holds the list of the request beside the weights; unlearned_state_dict.pt holds '
    'the weights alone.',
)
SHORT = 12  # samples: a longer list is folded

# ---------------------------------------------------------------- words

REQUESTS = {'class': 'the class {name}', 'random': 'a random share', 'index': 'those of a list'}
MODELS = {  # name in the report: its name here, what it is
    'original': ('original', 'the model as it was'),
    'end': ('pre-unlearning model', 'made of the original by {end}'),
    'straight line': ('straight line', 'the best mixture of the two above, without a search'),
    'unlearned': ('unlearned model', 'the chosen point of the curve, unlearned.pt'),
}
METHODS = {  # that make a pre-unlearning model
    'finetune': 'the original was trained on, with the kept samples alone',
    'randomlabel': 'the original was trained on, with wrong labels on the forgotten samples',
}
COLUMNS = {  # a column: its heading, its digits
    'retain': ('kept samples, %\u00a0right', 1),
    'forget': ('forgotten samples, %\u00a0right', 1),
    'test': ('unseen samples, %\u00a0right', 1),
    'test forgotten': ('unseen samples of the class, %\u00a0right', 1),
    'forget loss': ('loss on the forgotten samples', 2),
    'gap': ('distance to the goal', 1),
}
ROUNDS = {  # the same, of the rounds
    'rate': ('learning rate', None),
    'steps': ('steps', None),
    'gap': ('distance to the goal', 1),
    'retain': ('kept samples, %\u00a0right', 1),
    'forget': ('forgotten samples, %\u00a0right', 1),
    't': ('t', 2),
}
ROUNDS_NOTE = 'A step trains on one batch of samples. The learning rate is the length of a step. '
ROUNDS_NOTE += 'Here the kept samples are measured on at most 500 of them.'
ATTACKS = {  # what an attack looks at
    'confidence': 'the probability of the true answer',
    'entropy': 'how undecided the model is',
    'modified_entropy': 'how undecided the model is, and whether it is right',
    'correctness': 'whether the model is right',
    'prob': 'the probabilities of all answers',
}
MINUTES = {
    'ends': 'pre-unlearning models',
    'search': 'search of the curve',
    'choice': 'choice of the point',
    'scores': 'measurements for this report',
    'total': 'in all',
    'budget': 'budget that was set',
}
SHA256 = 'SHA-256; whoever has the list can compare it with this report'
PRINTS = {  # fingerprints, and what they are of
    'data_fingerprint': ('Fingerprint of the data', 'computed from the training set'),
    'forget_fingerprint': ('Fingerprint of the request', 'computed from the set and the samples'),
}
VERDICTS = {  # whether it is usable
    True: {'colour': 'good', 'sign': '✓', 'verdict': 'can be used'},
    False: {'colour': 'bad', 'sign': '✗', 'verdict': 'is NOT to be used'},
}
RETRAINING = {  # whether it is cheaper
    True: {
        'frame': 'box',
        'title': 'Retraining is cheaper here',
        'advice': 'Retrain instead: a retrained model never saw the forgotten samples.',
        'hint': 'Retraining would cost less here: see section 2.',
    },
    False: {'frame': 'plain', 'title': 'Compared with retraining', 'advice': '', 'hint': ''},
}
KNOWN = {  # whether it is known how long the original was trained
    True: 'as the file of the original or the request says',
    False: 'which is assumed, for nothing says how long the original was trained',
}
GOALS = {  # whether a class is forgotten
    True: {
        'kept': 'as many as the original has right if it may not answer with the class',
        'why': 'a model that never saw the class does not name it',
    },
    False: {
        'kept': 'as many as those of the original on its training data',
        'why': 'as many as those of the original on samples that it never saw',
    },
}

# ---------------------------------------------------------------- the page


def format_html(report, picture):
    """The page of a report, as text. report: what report.json holds; picture: bytes of a PNG."""
    values = {
        **describe_request(report['request'], report['preprocessing']),
        **describe_verdict(report['verdict']),
        **describe_work(report),
        **describe_time(report['minutes'], report['retraining']),
        **describe_scores(report),
        'picture': b64encode(picture).decode(),
        'not_proved': make_list(report['not_proved']),
        'settings': fold('All settings', make_terms(report['settings'])),
        'versions': fold('Versions of the software', make_terms(report['versions'])),
    }
    texts = {name: escape_text(value) for name, value in values.items()}
    return Template(PAGE.read_text(encoding='utf-8')).substitute(texts)


def describe_request(request, preprocessing):
    """The samples that were to be forgotten, or what stands for them."""
    which = REQUESTS[request['unlearn_type']].format(**request)
    terms = {'Samples': f'{request["samples"]} of {request["of"]}, {which}'}
    terms |= {'Model that was to forget': request['original']}
    terms |= {'Preparation of its images': preprocessing}
    terms |= {'Check sum of the list': explain(request['list_sha256'], SHA256)}
    terms |= {title: explain(request[key], words) for key, (title, words) in PRINTS.items()}
    counts = {key: request[key] for key in ('samples', 'of')}
    return {**counts, 'which': which, 'request': make_terms(terms), 'list': list_samples(request)}


def list_samples(request):
    """The samples by index and file, folded where they are many."""
    if 'list' not in request:
        return tag('p', 'The list is left out of this report. Its check sum stands for it.')
    lines = [f'{sample["index"]} {sample["path"] or ""}' for sample in request['list']]
    title = f'The list: place of each of the {len(lines)} in the training set, from 0, and file'
    return fold(title, make_list(lines, 'samples'), is_open=len(lines) <= SHORT)


def describe_verdict(verdict):
    """Whether the unlearned model can be used."""
    nearest, _ = MODELS[verdict['nearest']]
    return VERDICTS[verdict['usable']] | {'words': verdict['words'], 'nearest': nearest}


def describe_work(report):
    """The pre-unlearning model, the rounds, the chosen point."""
    method, rounds = report['end'], report['rounds']
    how = f': {METHODS[method]}' if method in METHODS else ''
    rows = [make_row(i, format_scores(r, ROUNDS)) for i, r in enumerate(rounds, start=1)]
    table = make_table('round', [heading for heading, _ in ROUNDS.values()], rows)
    found = {'method': method, 'how': how, 't': show(report['t'], 3), 'count': len(rounds)}
    found['rounds'] = fold('The rounds', Html(table + tag('p', ROUNDS_NOTE))) if rounds else ''
    return found | {'stopped': report['stopped']}


def describe_time(minutes, retraining):
    """The minutes of each stage, and those of retraining."""
    rows = []
    for key, words in MINUTES.items():
        kind = 'last' if key == 'total' else None
        rows.append(make_row(words, [show(minutes.get(key), 2)], kind))
    return RETRAINING[retraining['cheaper']] | {
        'minutes': make_table('time', ['minutes'], rows),
        'retraining': show(retraining['minutes']),
        'epochs': retraining['epochs'],
        'known': KNOWN[retraining['known']],
    }


def describe_scores(report):
    """The goal, and the tables of accuracies and attacks."""
    goal, models = report['goal'], report['models']
    columns = select_columns(models)
    rows = []
    for name, model in models.items():
        title, what = MODELS[name]
        first = explain(title, what.format(**report))
        kind = 'chosen' if name == 'unlearned' else None
        rows.append(make_row(first, format_scores(model, columns), kind))
    wanted = {key: goal[key] for key in ('retain', 'forget')}
    rows.append(make_row('goal', format_scores(wanted, columns), 'last'))
    return {
        **{key: show(value) for key, value in goal.items()},
        **GOALS[report['request']['unlearn_type'] == 'class'],
        **({'why': 'so it was asked for'} if 'forget_base' in report['settings'] else {}),
        'scores': make_table('model', [heading for heading, _ in columns.values()], rows),
        'attacks': list_attacks(models),
    }


def select_columns(models):
    """Those of COLUMNS that some model has."""
    present = {key for model in models.values() for key in model if model[key] is not None}
    return {key: column for key, column in COLUMNS.items() if key in present}


def list_attacks(models):
    """What each attack says of each model."""
    rows = []
    for attack, words in ATTACKS.items():
        first = explain(attack.replace('_', ' '), words)
        rows.append(make_row(first, [show(model['mia'][attack]) for model in models.values()]))
    heads = [f'{MODELS[name][0]},\u00a0%' for name in models]
    return make_table('attack, and what it looks at', heads, rows)


# ---------------------------------------------------------------- HTML


class Html(str):
    """Text that is HTML already, and is not escaped again."""


def escape_text(value):
    """A value as HTML."""
    return value if isinstance(value, Html) else escape(str(value))


def tag(name, *content, kind=None):
    """An element; content: elements, and texts, which are escaped; kind: its class."""
    inner = ''.join(map(escape_text, content))
    start = name if kind is None else f'{name} class="{kind}"'
    return Html(f'<{start}>{inner}</{name}>')


def explain(text, words):
    """A text, and in small print what it means."""
    return tag('span', text, tag('small', words))


def fold(summary, content, is_open=False):
    """Content that shows once its summary is clicked."""
    start = '<details open>' if is_open else '<details>'
    return Html(f'{start}{tag("summary", summary)}{escape_text(content)}</details>')


def make_list(lines, kind=None):
    """A list of texts."""
    return tag('ul', *(tag('li', line) for line in lines), kind=kind)


def make_terms(terms):
    """A list of {term: what it is}."""
    pairs = [(tag('dt', term), tag('dd', value)) for term, value in terms.items()]
    return tag('dl', *(part for pair in pairs for part in pair))


def make_row(first, cells, kind=None):
    """A row of a table: what heads it, and its numbers as texts."""
    return tag('tr', tag('th', first), *(tag('td', cell) for cell in cells), kind=kind)


def make_table(first, heads, rows):
    """A table; first: the heading of the column that heads its rows."""
    head = tag('tr', *(tag('th', name) for name in (first, *heads)))
    return tag('div', tag('table', tag('thead', head), tag('tbody', *rows)), kind='table')


def format_scores(values, columns):
    """The numbers of {key: number} in the order of {key: (heading, digits)}."""
    return [show(values.get(key), digits) for key, (_, digits) in columns.items()]


def show(value, digits=1):
    """A number as text, a dash where there is none; digits: None to take it as it is."""
    if value is None:
        return '–'
    return f'{value:g}' if digits is None else f'{value:.{digits}f}'
