"""The record of a deletion request: whole, in plain words, and no name becomes HTML."""

import copy
import hashlib
import re
import subprocess
from xml.etree import ElementTree

import numpy as np
import pytest
import torch

from data import open_data
from deletion.report import find_commit, format_html, hide_samples
from deletion.samples import RequestData
from deletion.user_data import UserData

PNG = b'\x89PNG and some bytes'
HOSTILE = '<script src="http://evil.example/x.js">alert("&")</script>'
JARGON = r'randomlabel|finetune|ImageFolder|\bD_|\bnats\b|\bt\b|class 1\b|None|index'
MODEL = {'retain': 98.1, 'forget': 92.5, 'test': 70.2, 'test forgotten': None, 'forget loss': 0.3}
MODEL |= {'auc': 0.71}
UNLEARNED = MODEL | {'forget': 72.5, 'auc': 0.53}
AUDIT = {'name': 'list', 'earlier': False, 'samples': 40, 'unseen': 200, 'auc': 0.53}
AUDIT |= {'low': 0.45, 'high': 0.61, 'decision': 'passed', 'needed': None, 'original_auc': 0.71}
AUDIT |= {'retrained_auc': None, 'answered': None}
HARM = {'before': 98.5, 'after': 98.1, 'lost': 0.4, 'low': -0.2, 'high': 1.0, 'decision': 'passed'}
LIST = [{'index': i, 'path': f'airplane/{2816 + i}.jpg'} for i in range(40)]
SAMPLE = {'right_before': True, 'right_after': False, 'confidence_before': 0.98}
SAMPLE |= {'confidence_after': 0.44, 'confidence_expected': 0.41, 'sha256': 'c0' * 32}
REPORT = {
    'request': {
        'request_id': '2026-117',
        'received': '2 March 2026',
        'asked': 'my photographs',
        'carried_out_by': 'A. Operator',
        'finished': '2026-03-04 10:00+00:00',
        'unlearn_type': 'index',
        'samples': 40,
        'of': 600,
        'list': LIST,
        'list_sha256': '5f' * 32,
        'contents_sha256': 'a7' * 32,
        'data_fingerprint': '0123456789abcdef',
        'forget_fingerprint': 'fedcba9876543210',
        'data_kind': 'files',
        'original': 'runs/original/checkpoint-50.pt',
    },
    'preprocessing': '32 pixels, normalised as imagenet, augmented by crop and flip',
    'verdict': {'decision': 'passed', 'usable': True, 'text': 'The tests say so.'},
    'thresholds': {'auc': [0.4, 0.6], 'level': 0.05, 'harm': 2.0},
    'audits': [
        AUDIT,
        AUDIT | {'name': 'class bee', 'earlier': True, 'answered': {'count': 3, 'of': 50}},
    ],
    'harm': {
        'kept': HARM,
        'unseen': HARM | {'decision': 'failed'},
        'classes': {name: {'before': 71.0, 'after': 70.5} for name in ('ant', 'bee', 'cat')},
    },
    'samples': [sample | SAMPLE for sample in LIST],
    'reference': {'name': 'a model that was fine-tuned without the samples', 'test': 69.5},
    'models': {'original': MODEL, 'unlearned': UNLEARNED},
    'files': {
        'original': {
            'file': 'runs/original/checkpoint-50.pt',
            'sha256': '0a' * 32,
            'weights': 'b' * 16,
            'run': 'baseline-random0.1-seed42-123abc',
            'same_data': True,
        },
        'parent': None,
        'unlearned': {'file': 'unlearned_state_dict.pt', 'sha256': '0b' * 32, 'weights': 'c' * 16},
    },
    'action': {'command': 'python3 forget.py --dir=runs', 'commit': '8' * 40, 'seed': 42},
    'goal': {'retain': 99.8, 'forget': 71.0},
    'end': 'randomlabel',
    't': 0.62,
    'rounds': [{'rate': 0.01, 'steps': 60, 'retain': 98.0, 'forget': 78.4, 't': 0.7}],
    'stopped': 'the tests were passed',
    'retraining': {'epochs': 50, 'known': True, 'minutes': 2.1, 'cheaper': False},
    'minutes': {'budget': 1.0, 'ends': 0.2, 'search': 0.5, 'scores': 0.1, 'total': 0.8},
    'settings': {'dataset': 'ImageFolder', 'model': 'PreResNet20', 'seed': 42},
    'versions': {'python': '3.11.2', 'torch': '2.8.0'},
}
REPORT['reference'] |= {'count': 2}
BOXES = {
    'passed': ('can be used', 'take the place of the original'),
    'failed': ('is NOT to be used', 'is not to be used'),
    'undecided': ('is not to be used yet', 'decide nothing'),
}


def render(report):
    """(the page, its root element, its text); the parser refuses tags that do not match."""
    html = format_html(report, PNG)
    root = ElementTree.fromstring(html.replace('&nbsp;', ' '))
    body = root.find('body')
    return html, root, ' '.join(' '.join(body.itertext()).split())


def test_a_record_says_what_was_asked_done_and_measured():
    html, root, text = render(REPORT)
    assert html.startswith('<!DOCTYPE html>') and not re.search('{{|{%|{#|url[(]', html)
    assert not {'script', 'link'} & {element.tag for element in root.iter()}
    assert root.find('.//img').get('src') == 'data:image/png;base64,iVBORyBhbmQgc29tZSBieXRlcw=='
    assert not re.search(JARGON, text)
    order = '1. Request', '2. Data', '3. Model', '4. Action', '5. Tests', '6. What', '7. Decision'
    assert sorted(order, key=text.index) == list(order)
    for value in ('2026-117', '2 March 2026', 'my photographs', 'A. Operator', '10:00+00:00'):
        assert value in text
    assert 'To be forgotten 40 samples named in a list 2. Data' in text
    for digits in ('0a' * 32, '0b' * 32, '5f' * 32, 'a7' * 32, '8' * 40, '0123456789abcdef'):
        assert digits in text
    assert text.count('c0' * 32) == 40 and '17 airplane/2833.jpg' in text
    assert f'{"c0" * 32} right wrong 0.98 0.44 0.41' in text
    assert root.find('.//details[@open]/summary').text == 'The classes, on unseen samples'
    assert '40 samples named in a list 200 0.71 0.53 (0.45 to 0.61) – passed' in text
    assert 'earlier: 40 samples of the class bee' in text and '3 of 50 passed' in text
    assert 'unseen samples 98.5 98.1 0.4 (-0.2 to 1.0) failed' in text
    assert '(2 in number, 69.5 % right on unseen samples)' in text and '95 % intervals' in text
    assert 'No retrained model was compared.' in text and '>retrained' not in html
    assert 'with wrong answers for the deleted samples' in text and 'cheaper' not in text
    assert 'a mixture of the original and of what was trained' in text  # t is 0.62
    assert len(root.findall(".//*[@class='line']")) == 4  # what is destroyed


@pytest.mark.parametrize('decision', BOXES)
def test_the_three_decisions_are_told_apart(decision):
    report = copy.deepcopy(REPORT)
    report['verdict'] = {'decision': decision, 'usable': decision == 'passed', 'text': 'Why.'}
    report['audits'][0] |= {
        'samples': 1,
        'decision': 'undecided',
        'needed': 80,
        'retrained_auc': 0.5,
    }
    report['retraining'] |= {'cheaper': True, 'known': False}
    report['models']['retrained'] = report['models']['original']
    html, _, text = render(report)
    title, sentence = BOXES[decision]
    assert f'class="box {decision}"' in html and sum(f'box {name}' in html for name in BOXES) == 1
    assert title in text.partition('1. Request')[0] and sentence in text.partition('7. ')[2]
    assert 'To be forgotten 1 sample named in a list' in text
    assert 'undecided: needs 80 samples' in text and 'A retrained model was compared.' in text
    assert 'Retraining is cheaper here' in text and '(an assumption)' in text


def test_what_is_not_given_is_an_empty_line():
    report = copy.deepcopy(REPORT)
    report['request'] |= dict.fromkeys(('request_id', 'received', 'asked', 'carried_out_by'))
    report['request']['data_kind'] = 'given'
    report['files']['original'] |= {'file': None, 'sha256': None, 'run': None, 'same_data': False}
    report['files']['parent'] = {'file': 'runs/first/report.json', 'sha256': None}
    report['action']['command'] = report['reference'] = report['preprocessing'] = None
    _, root, text = render(report)
    assert len(root.findall(".//*[@class='line']")) == 7 and 'None' not in text
    assert 'a call from Python' in text and 'No file confirms that' in text
    assert f'not in a file; digest of its weights {"b" * 16}' in text
    assert 'runs/first/report.json no longer there' in text


def poison(value, key=None):
    """The record with hostile texts, except for those that the page compares."""
    if isinstance(value, dict):
        extra = {HOSTILE: value['ant']} if key == 'classes' else {}
        extra |= {HOSTILE: HOSTILE} if key in ('settings', 'versions') else {}
        return {key: poison(item, key) for key, item in value.items()} | extra
    if isinstance(value, list):
        return [poison(item) for item in value]
    return HOSTILE if isinstance(value, str) and key != 'decision' else value


def test_no_text_of_a_record_becomes_html():
    report = poison(REPORT)
    report['audits'][0]['name'] = f'class {HOSTILE}'
    html, root, text = render(report)
    assert root.find('.//script') is None and len(root.findall('.//*[@src]')) == 1
    assert text.count(HOSTILE) > 100  # 40 paths and hashes, and all the others
    assert 'of the class &lt;script' in html


def test_a_private_record_has_the_hashes_of_the_lists_alone():
    report = hide_samples(REPORT)
    text = render(report)[2]
    assert 'airplane' not in text + str(report) and 'c0' * 32 not in text + str(report)
    assert 'The list of the samples is left out' in text and '5f' * 32 in text
    assert len(REPORT['samples']) == 40


class Embeddings(torch.utils.data.Dataset):
    """Two numbers and a label; training draws noise, from the global generator."""

    def __init__(self, noise=0.0):
        self.x, self.noise = torch.arange(12.0).view(6, 2), noise

    def __len__(self):
        return 6

    def __getitem__(self, index):
        return self.x[index] + self.noise * torch.randn(2), index % 2


def test_the_content_of_samples_in_memory_is_hashed():
    pairs = {}
    for name, plain in (('plain', Embeddings()), ('noisy', None)):
        data = UserData(Embeddings(1.0), Embeddings(), plain)
        data.divide(unlearn_type='index', forget_index=[1, 4])
        data.load(torch.device('cpu'))
        pairs[name] = data.hash_samples()
        assert pairs[name] == data.hash_samples()  # noise has an address
    contents = [np.float32([2, 3]).tobytes() + b'1', np.float32([8, 9]).tobytes() + b'0']
    assert pairs['plain'] == [hashlib.sha256(content).hexdigest() for content in contents]
    digits = open_data('Digits', 'ResNet', image_size=8, train_fraction=0.1, kind=RequestData)
    digits.divide(unlearn_type='index', forget_index=[int(digits.rows[0][5])])
    digits.load(torch.device('cpu'))
    pixels, label = digits.sources[0].images[digits.rows[0][5]], int(digits.targets[0][5])
    content = pixels.contiguous().numpy().tobytes() + str(label).encode()
    assert digits.hash_samples() == [hashlib.sha256(content).hexdigest()]


def test_the_commit_is_said_where_there_is_one(tmp_path, monkeypatch):
    monkeypatch.setattr('deletion.report.ROOT', tmp_path)
    assert find_commit() == 'unknown'
    (tmp_path / '.git').mkdir()  # of no repository
    assert find_commit() == 'unknown'
    git = ['git', '-C', str(tmp_path), '-c', 'user.name=a', '-c', 'user.email=a@b']
    subprocess.run([*git, 'init', '-q'], check=True)
    subprocess.run([*git, 'commit', '-q', '--allow-empty', '-m', 'first'], check=True)
    assert re.fullmatch('[0-9a-f]{40}', find_commit())
    monkeypatch.setenv('PATH', '')
    assert find_commit() == 'unknown'
