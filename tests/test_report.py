"""The page of a deletion request: whole, closed in itself, and no name becomes HTML."""

import copy
import re
from xml.etree import ElementTree

from evaluation.report import format_html

PNG = b'\x89PNG and some bytes'
HOSTILE = '<script src="http://evil.example/x.js">alert("&")</script>'
ATTACKS = ('confidence', 'entropy', 'modified_entropy', 'correctness', 'prob')
ROUND = {'rate': 0.01, 'steps': 60, 'gap': 4.2, 'retain': 98.0, 'forget': 78.4, 't': 0.7}
MINUTES = {'budget': 1.0, 'ends': 0.2, 'search': 0.5, 'scores': 0.1, 'total': 0.8}
PRINTS = {'data_fingerprint': '0123456789abcdef', 'forget_fingerprint': 'fedcba9876543210'}
MODEL = {'retain': 98.1, 'forget': 92.5, 'test': 70.2, 'test forgotten': None, 'forget loss': 0.3}
MODEL |= {'gap': 11.6, 'mia': dict.fromkeys(ATTACKS, 10.0)}
UNLEARNED = {'retain': 99.1, 'forget': 72.5, 'test': 70.9, 'test forgotten': None}
UNLEARNED |= {'forget loss': 1.234, 'gap': 1.1, 'mia': dict.fromkeys(ATTACKS, 37.25)}
REPORT = {
    'request': {
        'unlearn_type': 'index',
        'samples': 40,
        'of': 600,
        'list': [{'index': i, 'path': f'airplane/{2816 + i}.jpg'} for i in range(40)],
        'list_sha256': '5f' * 32,
        'original': 'runs/original/checkpoint-50.pt',
        **PRINTS,
    },
    'preprocessing': '32 pixels, normalised as imagenet, augmented by crop and flip',
    'goal': {'retain': 99.8, 'forget': 71.0, 'tolerance': 3.1},
    'models': dict.fromkeys(('original', 'end', 'straight line'), MODEL) | {'unlearned': UNLEARNED},
    'verdict': {'usable': True, 'nearest': 'unlearned', 'text': 'It is 1.1 points from the goal.'},
    'end': 'randomlabel',
    't': 0.62,
    'rounds': [ROUND, {'rate': 0.02, 'steps': 60}],  # the second diverged
    'stopped': 'the goal was reached',
    'retraining': {'epochs': 50, 'known': True, 'minutes': 2.1, 'cheaper': False},
    'minutes': MINUTES,
    'settings': {'dataset': 'ImageFolder', 'model': 'PreResNet20', 'seed': 42, 'lr': 0.32},
    'versions': {'python': '3.11.2', 'torch': '2.8.0'},
}


def render(report):
    """(the page, its root element, its text); the parser refuses tags that do not match."""
    html = format_html(report, PNG)
    root = ElementTree.fromstring(html.replace('&nbsp;', ' '))
    return html, root, ' '.join(' '.join(root.itertext()).split())


def test_a_page_says_what_was_asked_done_and_measured():
    html, root, text = render(REPORT)
    assert html.startswith('<!DOCTYPE html>') and not re.search('{{|{%|{#|url[(]', html)
    assert not {'script', 'link'} & {element.tag for element in root.iter()}
    assert root.find('.//img').get('src') == 'data:image/png;base64,iVBORyBhbmQgc29tZSBieXRlcw=='
    assert text.index('Verdict: the unlearned model can be used') < text.index('1. What')
    assert 'class="box good"' in html and 'class="box bad"' not in html
    assert text.count('airplane/') == 40 and '17 airplane/2833.jpg' in text
    assert root.find('.//details[@open]') is None  # 40 samples, rounds, settings, versions
    assert 'forget 40 of them, named in a list.' in text
    assert 'wrong labels on the forgotten samples' in text
    assert 'The point t = 0.620 was chosen' in text and 'the goal was reached' in text
    assert '1 0.01 60 4.2 98.0 78.4 0.70 2 0.02 60 – – – – A step' in text
    assert 'cheaper' not in text and 'about 2.1 minutes' in text and '50 passes' in text
    assert 'unlearned.pt 99.1 72.5 70.9 1.23 1.1 goal 99.8 71.0 – – –' in text
    assert 'unseen samples of the class' not in text and 'None' not in text
    assert 'modified entropy' in text and '37.2' in text
    assert 'It does not show that every trace is gone.' in text


def test_a_model_that_is_not_to_be_used_is_called_so_in_words():
    report = copy.deepcopy(REPORT)
    report['verdict'] |= {'usable': False, 'nearest': 'end'}
    report['models']['unlearned']['gap'] = None
    report['retraining'] |= {'cheaper': True, 'known': False}
    html, _, text = render(report)
    assert 'Verdict: the unlearned model is NOT to be used' in text and 'None' not in text
    assert 'class="box bad"' in html and 'class="box"' in html and 'class="box good"' not in html
    assert 'the pre-unlearning model is the nearest to the goal' in text
    assert 'Retraining is cheaper here' in text and 'is assumed' in text


def poison(value, key=None):
    """The report with hostile texts, except for the two that the page compares."""
    if isinstance(value, dict):
        extra = {HOSTILE: HOSTILE} if key in ('settings', 'versions') else {}
        return {key: poison(item, key) for key, item in value.items()} | extra
    if isinstance(value, list):
        return [poison(item) for item in value]
    return HOSTILE if isinstance(value, str) and key not in ('unlearn_type', 'nearest') else value


def test_no_text_of_a_report_becomes_html():
    report = poison(REPORT)
    report['request'] |= {'unlearn_type': 'class', 'name': HOSTILE}
    html, root, text = render(report)
    assert root.find('.//script') is None and len(root.findall('.//*[@src]')) == 1
    assert text.count(HOSTILE) > 55  # 40 paths and all the others
    assert 'the class &lt;script' in html and 'does not name it' in text


def test_a_private_report_has_the_check_sum_alone():
    report = copy.deepcopy(REPORT)
    samples = report['request'].pop('list')
    text = render(report)[2]
    assert 'airplane' not in text and 'The list is left out' in text and '5f' * 32 in text
    report['request']['list'] = samples[:12]
    assert render(report)[1].find('.//details[@open]') is not None
