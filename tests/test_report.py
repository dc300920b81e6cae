"""The page of a deletion request: whole, closed in itself, and no name becomes HTML."""

import copy
from html.parser import HTMLParser

from evaluation.report import ATTACKS, NOT_PROVED, format_html

PNG = b'\x89PNG and some bytes'
VOID = {'meta', 'img'}  # elements without an end
HOSTILE = '<script src="http://evil.example/x.js">alert("&")</script>'


def make_model(retain, forget, test, gap, mia):
    """The scores of a model."""
    scores = {'retain': retain, 'forget': forget, 'test': test, 'test forgotten': None}
    attacks = dict.fromkeys(ATTACKS, mia)
    return scores | {'forget loss': 1.234, 'gap': gap, 'mia': attacks}


REPORT = {
    'request': {
        'unlearn_type': 'index',
        'samples': 40,
        'of': 600,
        'list': [{'index': i, 'path': f'airplane/{2816 + i}.jpg'} for i in range(40)],
        'list_sha256': '5f' * 32,
        'data_fingerprint': '0123456789abcdef',
        'forget_fingerprint': 'fedcba9876543210',
        'original': 'runs/original/checkpoint-50.pt',
    },
    'preprocessing': '32 pixels, normalised as imagenet, augmented by crop and flip',
    'goal': {'retain': 99.8, 'forget': 71.0, 'tolerance': 3.1},
    'models': {
        'original': make_model(99.8, 100.0, 71.0, 14.5, 2.5),
        'end': make_model(98.1, 92.5, 70.2, 11.6, 10.0),
        'straight line': make_model(98.6, 87.5, 70.4, 8.85, 15.0),
        'unlearned': make_model(99.1, 72.5, 70.9, 1.1, 37.25),
    },
    'verdict': {
        'usable': True,
        'nearest': 'unlearned',
        'words': 'The unlearned model reaches the goal: its distance is 1.1 points, and 3.1 do.',
    },
    'end': 'randomlabel',
    't': 0.62,
    'rounds': [
        {'rate': 0.01, 'steps': 60, 'gap': 4.2, 'retain': 98.0, 'forget': 78.4, 't': 0.7},
        {'rate': 0.02, 'steps': 60, 'gap': 1.1, 'retain': 99.1, 'forget': 72.5, 't': 0.62},
    ],
    'stopped': 'the goal was reached',
    'retraining': {'epochs': 50, 'known': True, 'minutes': 2.1, 'cheaper': False},
    'minutes': {
        'budget': 1.0,
        'ends': 0.2,
        'search': 0.4,
        'choice': 0.1,
        'scores': 0.1,
        'total': 0.8,
    },
    'settings': {'dataset': 'ImageFolder', 'model': 'PreResNet20', 'seed': 42, 'lr': 0.32},
    'versions': {'python': '3.11.2', 'torch': '2.8.0'},
    'not_proved': list(NOT_PROVED),
}


class Page(HTMLParser):
    """A page as it is parsed: its elements, their addresses, its words; ends must match starts."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.links, self.kinds, self.words, self.open = [], [], [], [], []
        self.feed(text)
        self.close()
        assert not self.open
        self.text = ' '.join(' '.join(self.words).split())

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name in ('src', 'href')]
        self.kinds += [value for name, value in attrs if name == 'class']
        self.open += [] if tag in VOID else [tag]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


def change(**changes):
    """The report with other values, given as request__name='…'."""
    report = copy.deepcopy(REPORT)
    for path, value in changes.items():
        *parents, last = path.split('__')
        place = report
        for key in parents:
            place = place[key]
        place[last] = value
    return report


def test_a_page_says_what_was_asked_done_and_measured():
    text = format_html(REPORT, PNG)
    page = Page(text)
    assert 'script' not in page.tags and 'link' not in page.tags
    assert page.links == ['data:image/png;base64,iVBORyBhbmQgc29tZSBieXRlcw==']
    assert 'url(' not in text and '$' not in text and 'None' not in page.text
    assert page.text.index('Verdict: the unlearned model can be used') < page.text.index('1. What')
    assert 'box good' in page.kinds and 'box bad' not in page.kinds
    assert page.text.count('airplane/') == 40 and '17 airplane/2833.jpg' in page.text
    assert '<details open>' not in text  # 40 samples, rounds, settings, versions
    assert 'that it was trained on: those of a list.' in page.text
    assert 'wrong labels on the forgotten samples' in page.text
    assert 'The point t = 0.620 was chosen' in page.text and 'the goal was reached' in page.text
    assert 'cheaper' not in page.text and '2.1 minutes here: 50 passes' in page.text
    row = page.text.partition('of the curve, unlearned.pt')[2]
    assert row.split()[:5] == ['99.1', '72.5', '70.9', '1.23', '1.1']
    assert 'unseen samples of the class' not in page.text  # there is no class
    assert 'modified entropy' in page.text and '37.2' in page.text
    assert all(' '.join(sentence.split()) in page.text for sentence in NOT_PROVED)


def test_a_model_that_is_not_to_be_used_is_called_so_in_words():
    worse = change(verdict__usable=False, verdict__nearest='end', models__unlearned__gap=None)
    worse['retraining'] |= {'cheaper': True, 'known': False}
    page = Page(format_html(worse, PNG))
    assert 'Verdict: the unlearned model is NOT to be used' in page.text
    assert 'box bad' in page.kinds and 'box' in page.kinds and 'box good' not in page.kinds
    assert 'nearest to the goal is the pre-unlearning model' in page.text
    assert 'Retraining is cheaper here' in page.text and 'which is assumed' in page.text
    assert 'None' not in page.text


def test_no_text_of_a_report_becomes_html():
    def poison(value):
        if isinstance(value, dict):
            return {key: poison(item) for key, item in value.items()} | {HOSTILE: HOSTILE}
        if isinstance(value, list):
            return [poison(item) for item in value]
        return HOSTILE if isinstance(value, str) else value

    for part in ('request', 'settings', 'versions', 'not_proved', 'end', 'preprocessing'):
        poisoned = change(**{part: poison(REPORT[part])})
        poisoned['request'] |= {'unlearn_type': 'class', 'name': HOSTILE}
        text = format_html(poisoned, PNG)
        page = Page(text)
        assert 'script' not in page.tags and len(page.links) == 1 and HOSTILE in page.text
    assert 'the class &lt;script' in text and 'does not name it' in page.text


def test_a_private_report_has_the_check_sum_alone():
    private = copy.deepcopy(REPORT)
    private['request'] |= {'forget_index': list(range(100, 140))}
    del private['request']['list']
    page = Page(format_html(private, PNG))
    assert 'airplane' not in page.text and '117' not in page.text
    assert 'The list is left out' in page.text and '5f' * 32 in page.text
    few = change(request__list=[{'index': 17, 'path': None}])
    assert '<details open>' in format_html(few, PNG)
