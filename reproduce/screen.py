"""Which form of the search is recommended? A study with an end; its code goes when it has ended.

    python3 -m reproduce.screen OUT --data_path=data random:ga:100 class:ga:100 …

reads OUT/seedS/{original,random/retrain,class/retrain} and adds to OUT/forms.csv. A cell is a
scenario, an end and a seed.

Candidates, 24 of them: the paper's loss (`ce`) and `right`, both with the adaptive β; effective
rates .005, .01, .02; all of D_r; a Bezier curve from the original to the end (`curve`), or the end
itself trained by the same loss (`point`); and
- plain: six epochs of search, then t* by the alignment gap;
- settled: two rounds, each of two epochs of search, t*, and one epoch of SGD 0.005 on D_r alone.
  The goal of the second round is lower by three times what the accuracy on D_f exceeded A_f after
  the first: on seed 31 a goal that was lower by a point lowered the settled accuracy by 0.3.
  The settled point of the less alignment gap is taken. A curve is searched on from its own weights,
  a point from the settled ones.
Both cost six epochs.

Cells of the screen: CIFAR-10, 6,000 images, PreResNet8 in bf16, seeds 100 to 102; a random tenth
from fine-tuning (0.04), gradient ascent and random labels, a class from gradient ascent and
NegGrad+. The ends are fewer than they might be so that the seeds need not be. The cells of seed 100
come first. Of the 24 forms the eight with the least mean there go on to seeds 101 and 102. (This
was added for lack of time, when nine runs of the first cell had ended.)

Criterion: each model is trained for one further epoch of SGD 0.005 on D_r (*relearnt*). Its Avg.
Gap then, to the retrained model of its seed, divided by the floor of the scenario (the mean gap
between retrained models of the three seeds), is averaged over all cells. The three forms of the
least mean go on to PreResNet20 (the same images, seed 100) and to all of CIFAR-10 (PreResNet8, 25
epochs, seed 100), both on a random tenth from gradient ascent and random labels, and a class from
gradient ascent on the first. The form of the least mean over the three settings, each a mean over
its cells in floors of the screen, is the recommended one. Forms within a tenth of it are tied;
KLOM over 32 models decides, and without a difference there the cheaper form.
"""

import argparse
import copy
import csv
import time
from functools import partial
from itertools import product
from pathlib import Path

import torch

import train as trainer
from arg_parser import parse_args as parse_flags
from curves import CurveNet, compute_lr_ratio
from data import make_generator, open_split
from evaluation.metrics import alignment_gap, average_gap
from lib.checkpoint import load
from lib.flags import inherit, select
from models import load_network
from unlearn import FORGET_LOSSES, METHODS, Context
from utils import best_point, build_point, choose_bases, measure

ENDS = {
    'random': {
        'gentle': 'finetune --epochs=8 --lr=0.04',
        'ga': 'ga --epochs=5 --lr=0.004',
        'randomlabel': 'randomlabel --epochs=5 --lr=0.04',
    },
    'class': {
        'ga': 'ga --epochs=5 --lr=0.001',
        'ga_plus': 'ga_plus --epochs=5 --beta=0.2 --lr=0.001',
    },
}
LOSSES, RATES, FORMS, SETTLED = ('ce', 'right'), (0.005, 0.01, 0.02), ('curve', 'point'), (0, 1)
SETTLE_LR, GAIN, BATCH = 0.005, 3, 128
FIELDS = [
    'scenario',
    'end',
    'seed',
    'form',
    'loss',
    'rate',
    'settled',
    'stage',
    't',
    'ua',
    'ra',
    'ta',
    'mia',
    'gap',
    'goal',
    'seconds',
]


class Cell:
    """A scenario, an end and a seed: the data, the original, the end, the retrained model."""

    def __init__(self, out, data_path, scenario, end, seed):
        home = Path(out) / f'seed{seed}'
        self.about = {'scenario': scenario, 'end': end, 'seed': seed}
        self.seed, self.out = seed, Path(out)
        original = load(home / 'original', 'original_pth')
        reference = load(home / scenario / 'retrain', 'retrain')
        folder = home / scenario / end
        if not list(folder.glob('*/*.npz')):
            method, *flags = ENDS[scenario][end].split()
            line = [f'--dir={folder}', f'--original_pth={home}/original', f'--seed={seed}', *flags]
            line += [f'--data_path={data_path}', f'--unlearn_type={scenario}', '--split_seed=42']
            line += ['--precision=bf16', '--eval_freq=50', f'--unlearn_method={method}']
            trainer.main([*line, '--overwrite'])
        typed = [f'--unlearn_type={scenario}', '--split_seed=42', f'--data_path={data_path}']
        flags = inherit(parse_flags('train', typed), [original])
        split = select(flags, 'data'), select(flags, 'split'), data_path
        self.data = open_split(*split, seed, originals=[original])
        self.data.load(torch.device('cpu'))
        shape = flags.model, len(self.data.classes), self.data.recipe.size
        nets = (load_network(content, *shape) for content in (original, load(folder, 'init_end')))
        self.original, self.end = nets
        self.retrained = load_network(reference, *shape)
        accuracies = {key: original[key] for key in ('train_acc', 'test_acc')}
        self.bases = choose_bases(accuracies, scenario)
        self.loaders = self.data.loaders(BATCH)
        self.reference = self.score(self.retrained)

    def score(self, net):
        """UA, RA, TA, MIA of a network."""
        scores = measure(net, self.loaders, seed=self.seed)
        row = {'ua': 100 - scores['forget_acc'], 'ra': scores['retain_acc']}
        return row | {'ta': scores['test_acc'], 'mia': scores['mia']}

    def pass_over(self, model, part, loss, optimizer, epoch):
        """One epoch over a part of the data."""
        batches = self.data.passes([part], BATCH, self.seed, epoch)[0]
        trainer.train_epoch(model, batches, loss, optimizer, 'bf16')

    def settle(self, net, epoch):
        """A copy of a network after one epoch on D_r."""
        net = copy.deepcopy(net)
        loss = partial(METHODS['finetune'].loss, context=Context())
        optimizer = torch.optim.SGD(net.parameters(), SETTLE_LR, 0.9, weight_decay=1e-4)
        self.pass_over(net, 'train_retain', loss, optimizer, epoch)
        return net.eval()

    def search(self, model, loss, lr, t_range, goal, first, epochs):
        """Some epochs of search, at a rate that falls as a cosine."""
        optimizer, schedule = trainer.build_optimizer(model, lr, 0.9, 0.0, None, epochs)
        context = Context(t_range=t_range, retain_base=self.bases[0], forget_base=goal)
        context = context._replace(forget_loss=FORGET_LOSSES[loss])
        for epoch in range(first, first + epochs):
            drawn = context._replace(generator=make_generator('draws', self.seed, epoch))
            step = partial(METHODS['dynamic'].loss, context=drawn)
            self.pass_over(model, 'train', step, optimizer, epoch)
            schedule.step()

    def choose(self, model, form, goal):
        """(the point, its t)."""
        t = 1.0
        if form == 'curve':
            t = best_point(model, self.data, (self.bases[0], goal), precision='bf16').t
        return build_point(model, t, self.data.bn_loader()), t

    def run(self, form, loss, rate, settled):
        """(network, t, goal) of a candidate."""
        bends, t_range = (3, (0.0, 1.0)) if form == 'curve' else (2, (1.0, 1.0))
        model = CurveNet(copy.deepcopy(self.original), 'Bezier', bends, True, form == 'curve')
        trainer.lay_curve(model, self.end)
        free = [point.requires_grad for point in model.points]
        lr = rate / compute_lr_ratio(model.curve, free, *t_range)
        goal, candidates = self.bases[1], []
        if not settled:
            self.search(model, loss, lr, t_range, goal, 0, 6)
            return *self.choose(model, form, goal), goal
        for number in (0, 1):
            self.search(model, loss, lr, t_range, goal, 2 * number, 2)
            point, t = self.choose(model, form, goal)
            net = self.settle(point, 100 + number)
            scores = measure(net, self.loaders, mia=False)
            accuracies = scores['retain_acc'], scores['forget_acc']
            candidates.append((alignment_gap(*accuracies, *self.bases), number, net, t, goal))
            goal = min(100.0, max(0.0, goal - GAIN * (accuracies[1] - self.bases[1])))
            if form == 'point':
                model.set_point(-1, net)
        return min(candidates, key=lambda c: c[:2])[2:]

    def record(self, net, about):
        """Add the rows of a network, as it is and relearnt, to the file."""
        file = self.out / 'forms.csv'
        is_new = not file.exists()
        with file.open('a') as stream:
            writer = csv.DictWriter(stream, FIELDS)
            if is_new:
                writer.writeheader()
            for stage in ('done', 'relearnt'):
                row = self.score(net)
                row['gap'] = average_gap(row, self.reference)
                writer.writerow(self.about | about | {'stage': stage} | row)
                net = self.settle(net, 200)


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('out')
    parser.add_argument('cells', nargs='+')
    parser.add_argument('--data_path', required=True)
    parser.add_argument('--only', nargs='*', help='form:loss:rate:settled')
    args = parser.parse_args(argv)
    every = [f'{f}:{x}:{r}:{s}' for f, x, r, s in product(FORMS, LOSSES, RATES, SETTLED)]
    for name in args.cells:
        scenario, end, seed = name.split(':')
        cell = Cell(args.out, args.data_path, scenario, end, int(seed))
        for form, net in (
            ('end', cell.end),
            ('original', cell.original),
            ('retrain', cell.retrained),
        ):
            cell.record(net, {'form': form})
        for candidate in args.only or every:
            form, loss, rate, settled = candidate.split(':')
            began = time.monotonic()
            net, t, goal = cell.run(form, loss, float(rate), int(settled))
            about = {'form': form, 'loss': loss, 'rate': rate, 'settled': settled, 't': t}
            seconds = round(time.monotonic() - began, 1)
            cell.record(net, about | {'goal': goal, 'seconds': seconds})
            print(name, candidate, f'{seconds} s', flush=True)


if __name__ == '__main__':
    main()
