"""The paper's claim as one list of the project's own commands, in several sizes.

small: CIFAR-10 with 6,000 training and 3,000 test images, PreResNet20; hours on two CPU cores.
medium: all of CIFAR-10, PreResNet20, 12 epochs: 100 minutes a seed.
memorised: small, to forget what the network had to memorise most, and what least.
screen: small with PreResNet8, a third of the time; for forms of the search (`list_searches`).
digits: fifty models of each kind on scikit-learn's digits; for KLOM, which compares distributions.
full: the paper's size, for a GPU. Nothing here is carried out: experiments.py does that.
"""

import json
import re
import shlex
from itertools import chain, product
from pathlib import Path
from typing import NamedTuple

CIFAR = '--dataset=CIFAR10 --transform=ResNet'
ROOT = Path(__file__).parent.parent
RECIPES = ROOT / 'reproduce' / 'recipes.json'  # {size: {scenario: {method: {OF: flags}}}}
TUNING = 100  # seeds from here on are for tuning, and are never reported
GROUPS = ('plain', 'best', 'outputs', 'tuned', 'told', 'guided', 'longer', 'control', 'faster')
GROUPS += ('masks', 'ablations')
OF = ('method', 'MCU')  # whose Avg. Gap flags are chosen for: the method's, or MCU's from there


SCENARIOS = {  # one split for all seeds: each retrained model is the floor under the others
    'random': '--unlearn_type=random --forget_ratio=0.1 --split_seed=42',
    'class': '--unlearn_type=class --split_seed=42',
    'hardest': '--forget_index={lists}/hardest.txt',
    'easiest': '--forget_index={lists}/easiest.txt',
}
LISTED = ('hardest', 'easiest')  # the scenarios whose D_f an original chose
GOALS = {  # A_f of a search: the accuracy in percent on D_f of models of seeds 4 to 6
    'told': {'hardest': 10, 'easiest': 99},  # after retraining
    'guided': {'hardest': 11, 'easiest': 100},  # after fine-tuning
}
FROM_SCRATCH = '--lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50'
SEARCH = '--unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end'
FASTER = '--unlearn_method=dynamic --epochs=6 --lr=0.08 --retain_ratio=1.0 --fix_start --fix_end'
BEST = '--preset=best --fix_start --fix_end'
ONE_POINT = '--start_t=0.75 --num_points=1'  # of a walk that nobody looks at
EVALUATION = (  # t = 14/19, and the five points that the search for t* begins with
    '--start_t=0.7368421052631579 --num_points=6'
)
COMMANDS = {  # by what they do: the script and its flags; `Chain` and its steps fill in the braces
    'original': 'train {new}',
    'observed original': 'train {new} --save_freq=2',
    'lists': 'evaluation.memorisation {original} {data}',
    'retrain': 'train --unlearn_method=retrain {new} {scenario}',
    'method': 'train --unlearn_method={method} --original_pth={original} {mask} {split}'
    ' --eval_freq=50 {recipe}',
    'task vector': 'main_tv --init_start={original} --init_end={to}-expert {split}',
    "SalUn's mask": 'generate_mask --original_pth={original} {split}',
    "SFRon's mask": 'generate_mask --original_pth={original} {split} --kind=sfron',
    'mask': 'generate_weight_mask --original_pth={original} {split} {more}',
    'search': 'train --init_start={original} --init_end={home}/{model} {split}'
    ' --eval_freq=20 {search} {more}',
    'evaluation': 'eval_curve --ckpt={home}/{curve} {split} {evaluation} --no_line {more}',
    'evaluation with the line': 'eval_curve --ckpt={home}/{curve} {split} {evaluation}'
    ' --align=base,self',
}
MASK = 'mask_k0.5_kr0.1'  # the paper's
OWN_MASKS = {  # of the methods that need one: what makes it, its file
    'salun': ("SalUn's mask", 'mask_salun0.5'),
    'sfron': ("SFRon's mask", 'mask_sfron'),
}
GRIDS = {  # of each method: epochs and β; the rates tried on tuning seeds, for each scenario
    'finetune': ('--epochs=8', (0.04, 0.08, 0.16, 0.32), (0.04, 0.08, 0.16)),
    'randomlabel': ('--epochs=5', (0.01, 0.02, 0.04, 0.08), (0.01, 0.02, 0.04)),
    'salun': ('--epochs=5', (0.01, 0.02, 0.04, 0.08), (0.02, 0.04, 0.08)),
    'ga': ('--epochs=5', (0.002, 0.004, 0.008, 0.016), (0.00025, 0.0005, 0.001, 0.002, 0.004)),
    'ga_plus': ('--epochs=5 --beta=0.2', (0.0025, 0.005, 0.01, 0.02), (0.0005, 0.001, 0.002)),
    'scrub': ('--epochs=5', (0.005, 0.01, 0.014, 0.02, 0.04), (0.0025, 0.005, 0.01, 0.02)),
    'delete': (
        '--epochs=5',
        (0.0005, 0.001, 0.0014, 0.002, 0.004, 0.008),
        (0.0005, 0.001, 0.002, 0.004, 0.008, 0.016),
    ),
    'sfron': ('--epochs=5', (0.01, 0.02, 0.03, 0.04), (0.01, 0.02, 0.04)),
    'negtv': ('--epochs=5', (0.01, 0.02, 0.04, 0.08), (0.0025, 0.005, 0.01, 0.02, 0.04)),
}
LONGER = {  # epochs of a method that cost as much as it and MCU-best: so many times its own
    'finetune': 2.1,
    'randomlabel': 2.6,
    'salun': 2.6,
    'ga_plus': 2.6,
    'scrub': 2.4,
    'sfron': 2.4,
}
TWO_EPOCHS = '--epochs=2 --milestones=1'  # cosine over two would end at half the rate


class Size(NamedTuple):
    """One size of the experiments; flags are text, as they are typed.

    network: flags of data and network; evaluation: more flags of eval_curve.py; epochs: of original
    and retrained models; floor: further seeds, only retrained; groups, scenarios: those to run;
    rows: how the name of the task that evaluates the paper's search ends; search, best, faster:
    flags of MCU, of MCU-best, of the paper's loss at a higher rate; walk: flags of the points of a
    path; grids: {method: (epochs and β, rates to try on tuning seeds, one tuple a scenario)}."""

    network: str
    evaluation: str
    epochs: int
    seeds: tuple
    floor: tuple = ()
    groups: tuple = GROUPS
    scenarios: tuple = ('random', 'class')
    rows: str = ' with the line'
    search: str = SEARCH
    best: str = BEST
    faster: str = FASTER
    walk: str = EVALUATION
    grids: dict = GRIDS


SMALL = Size(
    f'{CIFAR} --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3',
    '--bn_samples=2000',
    epochs=50,
    seeds=(1, 2, 3),
)
SIZES = {
    'small': SMALL,
    'screen': SMALL._replace(network=SMALL.network.replace('PreResNet20', 'PreResNet8')),
    'medium': Size(  # epochs of methods and searches: those of small, times 12/50, rounded up
        f'{CIFAR} --model=PreResNet20',
        '--bn_samples=2000',
        epochs=12,
        seeds=(1, 2, 3),
        groups=('plain', 'best'),
        scenarios=('random',),
        rows='',
        search=SEARCH.replace('--epochs=10', '--epochs=3'),
        best=f'{BEST} {TWO_EPOCHS}',
        faster=FASTER.replace('--epochs=6', TWO_EPOCHS),
        walk=ONE_POINT,
        grids={
            'finetune': (TWO_EPOCHS, (0.02, 0.08, 0.16)),
            'randomlabel': (TWO_EPOCHS, (0.01, 0.04, 0.08)),
            'salun': (TWO_EPOCHS, (0.01, 0.04, 0.08)),
            'ga_plus': (f'{TWO_EPOCHS} --beta=0.2', (0.0025, 0.01, 0.02)),
        },
    ),
    'memorised': SMALL._replace(
        seeds=(4, 5, 6),
        scenarios=('hardest', 'easiest'),
        groups=('plain', 'best', 'told', 'guided'),
        rows='',
    ),
    'digits': Size(
        '--dataset=Digits --transform=ResNet --model=PreResNet8 --image_size=16 --batch_size=64',
        '',
        epochs=12,
        seeds=tuple(range(50)),
        floor=tuple(range(50, 100)),
        groups=('plain', 'best'),
        scenarios=('random',),
        rows='',
    ),
    'full': Size(f'{CIFAR} --model=PreResNet110', '--precision=bf16', epochs=200, seeds=(1, 2, 3)),
}
ABLATED = {'random': ('finetune', 'randomlabel'), 'class': ('ga_plus',)}  # on top of which methods
ABLATIONS = {  # {scenario: {name: what is changed in the search}}; {masks}: where the masks are
    'random': {
        **{f'beta{b}': f'--unlearn_method=curve --beta={b}' for b in (0.05, 0.1, 0.2, 0.3, 0.5)},
        **{f'share{share}': f'--retain_ratio={share}' for share in (0.1, 0.25, 1.0)},
        'PolyChain': '--curve=PolyChain',
        'PolyChain-share1.0': '--curve=PolyChain --retain_ratio=1.0',
        **{f'bends{bends}': f'--num_bends={bends}' for bends in (4, 5)},
        **{f'epochs{epochs}': f'--epochs={epochs}' for epochs in (5, 20)},
        **{f't{t}': f'--start_t={t}' for t in (0.5, 0.75)},
        **{
            f'k{k}-kr{kr}': f'--mask_path={{masks}}/*/mask_k{k}_kr{kr}.pt'
            for k, kr in ((0.25, 0.1), (0.75, 0.1), (0.5, 0.0), (0.5, 0.3))
        },
    },
    'class': {  # where the search makes the method worse
        **{f'lr{lr}': f'--lr={lr}' for lr in (0.003, 0.03)},
        **{f'beta{beta}': f'--unlearn_method=curve --beta={beta}' for beta in (0.01, 0.1)},
        'share1.0': '--retain_ratio=1.0',
        'epochs20': '--epochs=20',
        't0.5': '--start_t=0.5',
        't0.5-share1.0': '--start_t=0.5 --retain_ratio=1.0',
    },
}
OTHER_ENDS = {  # {scenario: {method: {name: a setting that is not its best, to search from}}}
    'random': {'finetune': {f'from{lr}': f'--epochs=8 --lr={lr}' for lr in (0.04, 0.08)}},
    'class': {},
}


FINETUNED = {
    'gentle': ('finetune', '--epochs=8 --lr=0.04'),
    'strong': ('finetune', '--epochs=8 --lr=0.16'),
}
ENDS = {  # that the forms of the search are tried on: {scenario: {name: (method, recipe)}}
    'random': FINETUNED
    | {
        'randomlabel': ('randomlabel', '--epochs=5 --lr=0.04'),
        'ga': ('ga', '--epochs=5 --lr=0.004'),
        'ga_plus': ('ga_plus', '--epochs=5 --beta=0.2 --lr=0.01'),
    },
    'class': FINETUNED
    | {
        'randomlabel': ('randomlabel', '--epochs=5 --lr=0.02'),
        'ga': ('ga', '--epochs=5 --lr=0.001'),
        'ga_plus': ('ga_plus', '--epochs=5 --beta=0.2 --lr=0.001'),
    },
}
LOSSES = {  # of the search
    'ce': '--unlearn_method=dynamic',
    'hinge': '--unlearn_method=curve --beta=0.5 --forget_loss=hinge',
    'right': '--unlearn_method=dynamic --forget_loss=right',
    'delete': '--unlearn_method=curve --beta=0.1 --forget_loss=delete',
}
RATES = (0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64)  # of a Bezier curve
SCALES = {'Bezier': 1.0, 'PolyChain': 0.4}  # of a rate, for the same effective rate
SHARES = {0.5: 10, 1.0: 6}  # of D_r: the epochs of about the same cost
POINT = '--num_bends=2 --start_t=1 --end_t=1'  # the end itself is trained, and no curve
POINT_RATES = (0.005, 0.01, 0.02, 0.04)


class Step(NamedTuple):
    """One command. about: scenario, seed, method, setting (what differs from the paper's defaults),
    end (the setting of the model that a search starts from), task (what kind of command)."""

    name: str
    folder: Path
    script: str
    flags: list
    about: dict

    def fill_in(self):
        """The words to call the script with, `*` filled in as a shell would; StopIteration where
        nothing matches."""
        words = [f'--dir={self.folder}']
        for word in self.flags:
            flag, _, value = word.partition('=')
            if '*' in value:
                folder, _, pattern = value.partition('/*/')
                word = f'{flag}={next(Path(folder).glob(f"*/{pattern}"))}'
            words.append(word)
        return words + ([f'--resume={self.folder}'] if self.script == 'train' else ['--overwrite'])

    def line(self):
        """The command as it is typed, with `*` left to the shell."""
        words = [word.replace('=', ' ', 1) if '*' in word else word for word in self.flags]
        return f'{self.program()} --dir={self.folder} {" ".join(words)}'

    def program(self):
        """What is typed before the flags."""
        return f'python3 -m {self.script}' if '.' in self.script else f'python3 {self.script}.py'

    def done_file(self):
        """The file that says that the command has ended."""
        return self.folder / f'{self.name}.done'


class Chain:
    """The commands of one seed in one scenario (kind, of SCENARIOS)."""

    def __init__(self, size, seed, kind, out, data_path, walk=''):
        self.seed, self.kind, self.base = seed, kind, f'{out}/seed{seed}'
        data = f'--data_path={data_path}' if data_path else ''
        scenario = SCENARIOS[kind].format(lists=f'{out}/seed{TUNING}/lists')
        self.rows, self.best, self.faster = size.rows, size.best, size.faster
        self.words = {
            'original': f'{self.base}/original',
            'home': f'{self.base}/{kind}',
            'data': data,
            'scenario': scenario,
            'new': f'--seed={seed} {FROM_SCRATCH} --epochs={size.epochs} {size.network} {data}',
            'split': f'{data} {scenario} --seed={seed}',
            'search': size.search,
            'evaluation': f'{walk or size.walk} {size.evaluation}',
        }

    def make_step(self, task, name, folder, method='', setting='', end='', **words):
        """A step of COMMANDS[task]; words: what else its flags name."""
        to = f'{self.base}/{folder}'
        words = {**self.words, 'method': method, 'to': to, **words}
        script, *flags = shlex.split(COMMANDS[task].format(**words))
        about = {'scenario': self.kind, 'seed': self.seed, 'method': method}
        rest = {'setting': setting, 'end': end, 'task': task}
        return Step(name, Path(to), script, flags, about | rest)

    def list_references(self):
        """The original, and the retrained model."""
        yield self.make_step('original', 'original', 'original', 'original')
        yield self.retrain()

    def list_observed(self):
        """An original of another seed, and from it the lists of what to forget."""
        yield self.make_step('observed original', 'original', 'original', 'original')
        yield self.make_step('lists', 'lists', 'lists')

    def retrain(self):
        """The step of the retrained model."""
        return self.make_step('retrain', 'retrain', f'{self.kind}/retrain', 'retrain')

    def list_method(self, method, folder, recipe, setting=''):
        """One existing method into a folder; recipe: its epochs, rate and β."""
        to, about = f'{self.kind}/{folder}', {'setting': setting, 'end': setting, 'recipe': recipe}
        name, mask, task = Path(folder).name, '', 'method'
        if method == 'negtv':
            task = 'task vector'
            yield self.make_step('method', 'expert', f'{to}-expert', 'finetune2', mask='', **about)
        if method in OWN_MASKS:
            maker, file = OWN_MASKS[method]
            mask = f'--mask_path={self.words["home"]}/masks/*/{file}.pt'
            yield self.make_step(maker, method, f'{self.kind}/masks')
        yield self.make_step(task, name, to, method, mask=mask, **about)

    def list_search(self, method, model, folder, more='', rows='', **about):
        """The search from a method's model in a folder into another, and its evaluation."""
        to = f'{self.kind}/{folder}'
        yield self.make_step('search', 'search', to, method, model=model, more=more, **about)
        task = f'evaluation{rows}'
        yield self.make_step(task, 'path', f'{to}-path', method, curve=folder, more='', **about)

    def list_both(self, method, model, folder, recipe, setting, **words):
        """One existing method by a recipe, and the search from its model."""
        yield from self.list_method(method, model, recipe, setting)
        about = {'setting': setting, 'end': setting}
        yield from self.list_search(method, model, folder, **about, **words)

    def list_control(self, method, model, folder, search, setting, **about):
        """The model itself is trained in the place of a curve: the point that comes of it, and the
        best of the straight line from there back to the original."""
        to = f'{self.kind}/{folder}'
        words = {'model': model, 'more': '', 'search': search, 'setting': setting}
        yield self.make_step('search', 'search', to, method, **words, **about)
        for place, bounds in (('back', ''), ('itself', '--t_min=1 --t_max=1')):
            words = {'curve': folder, 'more': bounds, 'setting': f'{setting}-{place}'}
            yield self.make_step('evaluation', 'path', f'{to}-{place}', method, **words, **about)

    def list_form(self, method, name, flags, end):
        """The search of one form from an end."""
        model, to, about = f'end-{end}', f'{end}/{name}', {'end': end, 'setting': name}
        if POINT not in flags:
            return self.list_search(method, model, to, flags, **about)
        search = f'{SEARCH.replace(" --fix_end", "")} {flags}'
        return self.list_control(method, model, to, search, **about)

    def list_group(self, group, method, recipe, changes):
        """The searches of one group on top of a method; recipe: {one of OF: flags}; changes: the
        ablations that are wanted."""
        if group == 'plain':
            yield from self.list_search(method, method, f'mcu-{method}', rows=self.rows)
        elif group == 'best':
            about = {'setting': 'best', 'search': self.best}
            yield from self.list_search(method, method, f'mcu-{method}-best', **about)
        elif group == 'outputs' and self.kind == 'class':
            yield from self.list_group('best', method, recipe, changes)
            about = {'setting': 'outputs', 'more': '--align=outputs'}
            to, about['curve'] = f'{self.kind}/mcu-{method}-outputs', f'mcu-{method}-best'
            yield self.make_step('evaluation', 'path', to, method, **about)
        elif group == 'tuned' and recipe.get('MCU', recipe['method']) != recipe['method']:
            folders, setting = (f'{method}-end', f'mcu-{method}-tuned'), 'tuned'
            yield from self.list_both(method, *folders, recipe['MCU'], setting, search=self.best)
        elif self.kind in GOALS.get(group, ()):
            search = f'{self.best} --forget_base={GOALS[group][self.kind]}'
            about = {'setting': group, 'search': search}
            yield from self.list_search(method, method, f'mcu-{method}-{group}', **about)
        elif group == 'longer' and method in LONGER:
            recipe = lengthen(recipe['method'], LONGER[method])
            yield from self.list_method(method, f'{method}-longer', recipe, 'longer')
        elif group == 'control':
            search = make_control(self.best)
            yield from self.list_control(method, method, f'point-{method}', search, 'point')
        elif group == 'faster':
            about = {'setting': 'faster', 'search': self.faster}
            yield from self.list_search(method, method, f'mcu-{method}-faster', **about)
        elif group == 'masks':
            yield self.make_step('mask', 'mask', f'{self.kind}/masks', more='--kr=0.1')
            flag = f'--mask_path={self.words["home"]}/masks/*/{MASK}.pt'
            yield from self.list_search(method, method, f'mcu-{method}-mask', flag, setting=MASK)
            about = {'setting': f'best-{MASK}', 'search': self.best}
            yield from self.list_search(method, method, f'mcu-{method}-best-mask', flag, **about)
        elif group == 'ablations' and method in ABLATED.get(self.kind, ()):
            yield from self.list_ablations(method, changes)

    def list_ablations(self, method, changes):
        """The searches with one thing changed, with their masks, and those from other ends."""
        ablations, masks = ABLATIONS[self.kind], f'{self.kind}/ablations/masks'
        wanted = {name: change for name, change in ablations.items() if name in changes}
        if any('{masks}' in change for change in wanted.values()):
            for k, kr in ((0.25, '0.1'), (0.75, '0.1'), (0.5, '0.0,0.3')):
                yield self.make_step('mask', f'mask{k}', masks, more=f'--mask_ratio={k} --kr={kr}')
        for name, change in wanted.items():
            more, folder = change.format(masks=f'{self.base}/{masks}'), f'ablations/{method}-{name}'
            yield from self.list_search(method, method, folder, more, setting=name)
        for name, recipe in OTHER_ENDS[self.kind].get(method, {}).items():
            if name in changes:
                folder = f'ablations/{method}-{name}'
                yield from self.list_both(method, f'{folder}-end', folder, recipe, name)


def lengthen(recipe, times):
    """A recipe with so many times its epochs."""
    number = re.compile(r'(--epochs=|--milestones=)(\d+)')
    return number.sub(lambda found: f'{found[1]}{round(times * int(found[2]))}', recipe)


def make_control(best):
    """The flags of a search as those that train its end alone: the same cost, without a curve."""
    best = best.replace(' --fix_end', '')
    return best.replace('--preset=best', f'--preset=best --lr=0.02 {POINT}')


def list_changes():
    """The names of all ablations."""
    ends = chain.from_iterable(recipes.values() for recipes in OTHER_ENDS.values())
    return list(dict.fromkeys(chain.from_iterable([*ABLATIONS.values(), *ends])))


def read_recipes(size):
    """{scenario: {method: {one of OF: flags}}} as the tuning chose them; those of small where it
    has none."""
    recipes = json.loads(RECIPES.read_text())
    name = next(name for name, other in SIZES.items() if other is size)
    return recipes.get(name, recipes['small'])


def list_reported(size, out, data_path, seeds, kinds, groups=GROUPS, methods=(), changes=()):
    """All steps, or those of some groups with what they start from: group by group both scenarios,
    in each method by method, so that what is finished has all its seeds."""
    chains = {kind: [Chain(size, seed, kind, out, data_path) for seed in seeds] for kind in kinds}
    steps, changes = [], changes or list_changes()
    if set(LISTED) & set(kinds):
        steps += Chain(size, TUNING, kinds[0], out, data_path).list_observed()
    for group, kind in product(groups, kinds):
        each = [one for one in chains[kind] if one.seed not in size.floor]
        steps += chain.from_iterable(one.list_references() for one in each)
        for method, recipe in read_recipes(size).get(kind, {}).items():
            searches = [list(one.list_group(group, method, recipe, changes)) for one in each]
            if any(searches) and method in (methods or size.grids):
                ends = [list(one.list_method(method, method, recipe['method'])) for one in each]
                rows = zip(*([*end, *found] for end, found in zip(ends, searches)))
                steps += chain.from_iterable(rows)
    steps += [one.retrain() for kind in kinds for one in chains[kind] if one.seed in size.floor]
    return keep_first(steps)


def list_tuning(size, out, data_path, seeds, kinds, methods=()):
    """The grid of every method, or of some, on tuning seeds, and MCU's search from each of its
    models; a step's setting is the recipe."""
    steps = []
    chains = [(size, seed, kind, out, data_path, ONE_POINT) for kind in kinds for seed in seeds]
    for one in (Chain(*words) for words in chains):
        steps += one.list_references()
        for method in methods or size.grids:
            flags, *rates = size.grids[method]
            for rate in dict(zip(SCENARIOS, rates)).get(one.kind, ()):
                recipe, folder = f'{flags} --lr={rate}', f'{method}-{rate}'
                folders = folder, f'mcu-{folder}'
                steps += one.list_both(method, *folders, recipe, recipe, search=size.best)
    return keep_first(steps)


def list_forms():
    """{name: flags} of every form of the search: the paper's is ce-0.01-0.5-Bezier."""
    forms = {}
    for loss, rate, share, curve in product(LOSSES, RATES, SHARES, SCALES):
        lr = round(rate * SCALES[curve], 6)
        flags = f'{LOSSES[loss]} --lr={lr:g} --retain_ratio={share} --epochs={SHARES[share]}'
        forms[f'{loss}-{lr:g}-{share}-{curve}'] = f'{flags} --curve={curve}'
    for loss, lr in product(LOSSES, POINT_RATES):
        flags = f'{LOSSES[loss]} --lr={lr:g} --retain_ratio=1.0 --epochs=6'
        forms[f'{loss}-{lr:g}-1.0-point'] = f'{flags} {POINT}'
    return forms


def list_searches(size, out, data_path, seeds, kinds, forms, ends):
    """The searches of some forms from some ends, on tuning seeds."""
    steps, flags = [], list_forms()
    chains = [(size, seed, kind, out, data_path, ONE_POINT) for seed in seeds for kind in kinds]
    for one in (Chain(*words) for words in chains):
        steps += one.list_references()
        for end in ends:
            method, recipe = ENDS[one.kind][end]
            steps += one.list_method(method, f'end-{end}', recipe, end)
            for name in forms:
                if one.kind == 'class' and name.startswith('hinge'):
                    continue  # a forgotten class has no loss to reach
                steps += one.list_form(method, name, flags[name], end)
    return keep_first(steps)


def keep_first(steps):
    """Each step once: an original is in both scenarios."""
    first = {}
    for step in steps:
        first.setdefault(step.done_file(), step)
    return list(first.values())
