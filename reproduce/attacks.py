"""Does it come back, and is it gone from the features? Attacks on the models of the experiments.

    python3 -m reproduce.attacks results/small --data_path=data --precision=bf16

takes a minute and a half a model, goes on where it ended, and writes OUT/attacks.csv, a row a
model, attack and epoch. Each model of OUT is compared with the original and the retrained model of
its seed:
- relearning: fine-tuned on D_r alone, how much of D_f does it answer again? (arXiv 2505.22310)
  And how near is it to the retrained model after one epoch?
- distance and barrier: how far is it from the original, and how high is the loss on D_r between?
- features: a linear probe of the last layer's input, trained on D_r, asked about D_f; and CKA
  (S. Kornblith et al., arXiv 1905.00414) with the retrained model on D_f.
"""

import argparse
import copy
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import torch
from sklearn.linear_model import LogisticRegression
from torch import nn
from tqdm import tqdm

from arg_parser import parse_args as parse_flags
from curves import CurveNet
from eval_curve import describe_row
from evaluation.metrics import accuracy, average_gap, nll
from lib.checkpoint import load
from lib.errors import with_exit_codes
from lib.files import atomic_write
from reproduce.experiments import list_checkpoints
from train import train_epoch
from unlearn import METHODS, Context
from utils import build_point, measure, open_run, predict

OPTIMIZERS = {  # of relearning: their names, and how they are made
    'SGD 0.005': partial(torch.optim.SGD, lr=0.005, momentum=0.9, weight_decay=1e-4),
    'SGD 0.02': partial(torch.optim.SGD, lr=0.02, momentum=0.9, weight_decay=1e-4),
}
POINTS = (0.25, 0.5, 0.75)  # of the straight line to the original


def relearn(net, data, optimizer, epochs, seed, precision):
    """A network before and after each epoch of fine-tuning on D_r: always the same copy."""
    net = copy.deepcopy(net)
    optimizer = optimizer(net.parameters())
    loss = partial(METHODS['finetune'].loss, context=Context())
    yield net
    for epoch in range(epochs):
        (batches,) = data.passes(['train_retain'], 128, f'relearning {seed}', epoch)
        train_epoch(net, batches, loss, optimizer, precision)
        yield net


def score(net, data, seed):
    """The scores of a network, UA, RA, TA and MIA among them, in percent."""
    return describe_row('', 1.0, measure(net, data.loaders(), seed=seed))


def measure_barrier(original, net, data):
    """The largest excess, in nats, of the loss on D_r over that of its ends' mixture, on the
    straight line between two networks; every point has statistics of its own."""
    line = CurveNet(copy.deepcopy(original), 'PolyChain', num_bends=2)
    line.set_point(1, net)
    loader, statistics = data.loader('train_retain'), data.bn_loader()
    losses = {t: nll(*predict(build_point(line, t, statistics), loader)) for t in (0, *POINTS, 1)}
    return max(losses[t] - (1 - t) * losses[0] - t * losses[1] for t in POINTS)


def measure_distance(original, net):
    """The Euclidean distance of the parameters of two networks."""
    vectors = [nn.utils.parameters_to_vector(x.parameters()).detach() for x in (original, net)]
    return float((vectors[0] - vectors[1]).norm())


@torch.inference_mode()
def extract_features(net, loader):
    """The inputs (N, D) of a network's last linear layer, and labels (N,)."""
    layer = [module for module in net.modules() if isinstance(module, nn.Linear)][-1]
    features, labels = [], []
    hook = layer.register_forward_pre_hook(lambda _, inputs: features.append(inputs[0].float()))
    for x, y, _ in loader:
        net.eval()(x)
        labels.append(y)
    hook.remove()
    return torch.cat(features).cpu().numpy(), torch.cat(labels).cpu().numpy()


def compute_cka(features, others):
    """Linear centred kernel alignment of two representations (N, D), (N, E): 0 to 1."""
    x, y = (values - values.mean(0) for values in (features, others))
    cross = np.linalg.norm(x.T @ y) ** 2
    return float(cross / (np.linalg.norm(x.T @ x) * np.linalg.norm(y.T @ y)))


def probe(net, data):
    """Percent right on D_f of a linear classifier of a network's features, fitted on D_r."""
    known, asked = (extract_features(net, data.loader(f'train_{p}')) for p in ('retain', 'forget'))
    scale = known[0].std() or 1.0
    model = LogisticRegression(max_iter=500).fit(known[0] / scale, known[1])
    return 100 * float(model.score(asked[0] / scale, asked[1]))


def attack(net, references, data, epochs, seed, precision):
    """Rows {attack, epoch, value} of a network. references: the original, the retrained network and
    its scores; epochs, seed, precision: of relearning."""
    original, retrained, truth = references
    rows, loader = [], data.loader('train_forget')
    for name, optimizer in OPTIMIZERS.items():
        for epoch, again in enumerate(relearn(net, data, optimizer, epochs, seed, precision)):
            value = accuracy(*predict(again, loader))
            rows.append({'attack': name, 'epoch': epoch, 'value': value})
            if name == 'SGD 0.005' and epoch == 1:
                value = average_gap(score(again, data, seed), truth)
                rows.append({'attack': 'gap', 'epoch': epoch, 'value': value})
    features = [extract_features(x, loader)[0] for x in (net, retrained)]
    values = {'probe': probe(net, data), 'CKA': compute_cka(*features)}
    values['distance'] = measure_distance(original, net)
    values['barrier'] = measure_barrier(original, net, data)
    return rows + [{'attack': name, 'epoch': 0, 'value': value} for name, value in values.items()]


def list_models(out):
    """{(scenario, seed): {(model, form): checkpoint}} of what the experiments in OUT made."""
    groups = {}
    for step, content in list_checkpoints(out):
        if step['model'] != 'original':
            name = step['model'], step['form']
            groups.setdefault((step['scenario'], step['seed']), {})[name] = content
    return groups


def attack_group(out, seed, contents, typed, epochs):
    """Rows {model, form, attack, epoch, value} of the models of one seed and scenario."""
    original = load(out / f'seed{seed}' / 'original', 'original_pth')
    made_for = [contents['retrain', '']]  # one D_f
    opening = open_run(parse_flags('train', typed), originals=[original], dependents=made_for)
    flags, device, data = opening
    data.load(device, flags.num_workers)
    contents = {('original', 'itself'): original} | contents
    nets = {name: opening.load(content).to(device) for name, content in contents.items()}
    retrained = nets['retrain', '']
    references = nets['original', 'itself'], retrained, score(retrained, data, seed)
    rows, relearning = [], {'epochs': epochs, 'seed': seed, 'precision': flags.precision}
    for (model, form), net in tqdm(nets.items(), f'seed {seed}', disable=None):
        name = {'model': model, 'form': form}
        rows += [name | row for row in attack(net, references, data, **relearning)]
    return rows


@with_exit_codes
def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('out', type=Path, help='the --out of reproduce.experiments')
    parser.add_argument('--epochs', type=int, default=2, help='of relearning')
    args, more = parser.parse_known_args(argv)  # more: flags of train.py, such as --data_path
    file, tables = args.out / 'attacks.csv', []
    if file.exists():
        tables.append(pd.read_csv(file, keep_default_na=False))
    for (scenario, seed), contents in list_models(args.out).items():
        if tables and (tables[0].scenario.eq(scenario) & tables[0].seed.eq(seed)).any():
            continue
        rows = attack_group(args.out, seed, contents, more, args.epochs)
        tables.append(pd.DataFrame(rows).assign(scenario=scenario, seed=seed))
        tables = [pd.concat(tables)]
        atomic_write(file, tables[0].to_csv(index=False).encode())
    print(file)


if __name__ == '__main__':
    main()
