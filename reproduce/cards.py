"""A folder of released models: the weights of every model of the experiments, each with its card.

    python3 -m reproduce.cards results/small

writes OUT/cards/NAME/: model.safetensors, model.pt, and README.md with the data, the fingerprint of
the split, the command and the scores. The folder can be uploaded to a hub of models as it is.
"""

import argparse
from pathlib import Path

import pandas as pd
from tqdm import tqdm

from evaluation.table import METRICS
from lib.checkpoint import save_weights
from lib.errors import with_exit_codes
from lib.files import atomic_write
from reproduce.experiments import MODEL, list_checkpoints
from reproduce.results import read_models

CARD = """---
license: mit
library_name: pytorch
tags: [machine-unlearning, image-classification]
datasets: [{dataset}]
---

# {name}

A {network} that serves to compare methods of machine unlearning. It is not for other use: nothing
proves that it has forgotten anything.

| | |
|---|---|
| what it is | {what} |
| data | {data} |
| forgotten | {forgotten} |
| fingerprint of the split | `{fingerprint}` |
| seed | {seed} |
| made on | {machine}, commit {commit} |

    {line}

{scores}

Scores are in percent. UA is the error on what is forgotten. RA and TA are accuracies, on what is
kept and on the test set. Avg. Gap is the mean distance to a retrained model of this seed.
`model.safetensors` is the state dict of `models.build('{network}', {classes})`.
"""


def name_model(step):
    """'random-seed32-ga-align'; an original serves every scenario."""
    parts = [step['scenario'], f'seed{step["seed"]}', step['model'], step['form']]
    parts = parts[step['model'] == 'original' :]
    return '-'.join(part for part in parts if part not in ('', 'itself'))


def write_card(step, content, row):
    """The card of a model. step: the command that made it; row: its scores, or an empty one."""
    run, is_original = content['run'], step['model'] == 'original'
    scores = {head: row[key] for key, head in METRICS.items() if key in row}
    if is_original:
        scores = {f'accuracy, {half}': content[f'{half}_acc'] for half in ('train', 'test')}
    table = pd.DataFrame([scores]).round(2).to_markdown(index=False)
    data, form = run['data'], step['form'].replace('itself', '')
    values = {'name': name_model(step), 'what': f'{step["model"]} {form}'.strip()}
    values['data'] = ', '.join(f'{key} {value}' for key, value in data.items())
    values['forgotten'] = 'nothing' if is_original else run['scenario']
    values['fingerprint'] = '–' if is_original else run['forget_fingerprint']
    values |= {'dataset': data['dataset'].lower(), 'scores': table}
    return CARD.format(**step, **values, network=data['model'], classes=data['num_classes'])


@with_exit_codes
def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('out', type=Path, help='the --out of reproduce.experiments')
    out = parser.parse_args(argv).out
    models, names = read_models(out / 'models.csv'), MODEL[:4]
    rows = {tuple(row[name] for name in names): row.dropna() for _, row in models.iterrows()}
    for step, content in tqdm(list_checkpoints(out), 'models', disable=None):
        folder = out / 'cards' / name_model(step)
        card = write_card(step, content, rows.get(tuple(step[name] for name in names), {}))
        atomic_write(folder / 'README.md', card.encode())
        save_weights(folder / 'model', content['model_state'])
    print(out / 'cards')


if __name__ == '__main__':
    main()
