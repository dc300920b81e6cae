"""A data set opened and divided: the split into what is forgotten and what is kept."""

import hashlib
import random
from typing import NamedTuple

import torch

from lib.checkpoint import forgets_others, refuse_other_data
from lib.datasets import DATASETS
from lib.errors import InputError, warn
from lib.flags import PREPROCESSING, network_label
from lib.loaders import Loader, make_generator, open_images
from lib.request import find_classes, read_request
from lib.run_info import digest_text
from lib.transforms import make_recipe

FRACTION_SEED = 0  # of the draws of --train_fraction and --test_fraction
NOT_MEASURED = ('train', 'search', 'earlier')  # parts of the data
BN_SEED, BN_BATCH = 'statistics', 128  # of the pass that recomputes BatchNorm statistics


class Split(NamedTuple):
    """What is kept and what is forgotten, as sorted indices into the training set."""

    retain: torch.Tensor
    forget: torch.Tensor
    forget_class: int | list | None = None  # a label, or several


def make_split(
    targets,
    unlearn_type='random',
    forget_ratio=0.1,
    forget_class=None,
    forget_index=None,
    split_seed=42,
    num_classes=None,
):
    """Divide the training set; the same arguments give the same split everywhere.

    targets: (N,) labels. random: the last ⌊N·forget_ratio⌋ indices of a permutation seeded with
    split_seed. class: forget_class, a label or a list of labels, or one label drawn by
    random.Random(split_seed) out of num_classes. index: the indices in forget_index, and
    forget_class where it is given too.
    Raises ValueError for a class or indices that do not exist, and for an empty part.
    """
    targets = torch.as_tensor(targets)
    total, classes = len(targets), num_classes or int(targets.max()) + 1
    forget = torch.zeros(total, dtype=torch.bool)
    if unlearn_type == 'random':
        count = int(total * forget_ratio + 1e-9)  # 1e-9: 0.29 · 100 is 28.999…
        order = torch.randperm(total, generator=torch.Generator().manual_seed(split_seed))
        forget[order[total - count :]] = True
        forget_class = None
    elif unlearn_type == 'class' and forget_class is None:
        forget_class = random.Random(split_seed).randrange(classes)
    for label in list_labels(forget_class):
        if not 0 <= label < classes:
            raise ValueError(f'--forget_class={label} is outside 0 to {classes - 1}')
        forget |= targets == label
    if unlearn_type == 'index':
        indices = torch.as_tensor(forget_index, dtype=torch.int64)
        if len(absent := indices[(indices < 0) | (indices >= total)]):
            raise ValueError(f'--forget_index: {absent[0]} is outside 0 to {total - 1}')
        forget[indices] = True
    if forget.all() or not forget.any():
        flag = '--forget_ratio' if unlearn_type == 'random' else f'--forget_{unlearn_type}'
        raise ValueError(f'{flag}: forgetting {int(forget.sum())} of {total} leaves a part empty')
    retained, forgotten = (~forget).nonzero().flatten(), forget.nonzero().flatten()
    return Split(retained, forgotten, forget_class)


def list_labels(forget_class):
    """The labels in what may be none, one label or a list of them."""
    if forget_class is None:
        return []
    return [forget_class] if isinstance(forget_class, int) else list(forget_class)


class Data:
    """A data set opened and divided: labels and fingerprints at once, images when `load` is called.

    `parts` holds the indices of train, train_retain, train_forget, search (D_f and the share of
    D_r that MCU trains on), test_retain and, for class forgetting, test_forget.
    """

    bn_samples = None  # of the BatchNorm pass; None: all
    gone_classes = ()  # labels whose samples are in no part

    def __init__(self, train, test, recipe, train_fraction=1.0, test_fraction=1.0):
        self.classes, self.recipe, self.sources = train.classes, recipe, (train, test)
        shares = zip(self.sources, (train_fraction, test_fraction))
        self.rows = [draw_share(half.targets, share) for half, share in shares]
        self.targets = [half.targets[rows] for half, rows in zip(self.sources, self.rows)]
        used = self.rows[0].numpy().tobytes() + self.targets[0].numpy().tobytes()
        self.fingerprint = hashlib.sha256(train.identity + used).hexdigest()[:16]

    def divide(self, retain_ratio=1.0, seed=0, forget_index=None, **settings):
        """Split by the arguments of `make_split`; seed draws the share of D_r for the search.
        forget_index counts in the whole training set, whatever share of it is used."""
        train, test = self.targets
        self.bn_loaders = {}
        if forget_index is not None:
            forget_index = self.find_positions(forget_index)
        settings |= {'forget_index': forget_index, 'num_classes': len(self.classes)}
        try:
            self.split = self.make_split(settings)
        except ValueError as error:
            raise InputError(f'{error}.', 'choose other samples to forget.') from None
        retain, forget, forget_class = self.split
        order = torch.randperm(len(retain), generator=make_generator('search', seed))
        share = retain[order[: max(1, round(len(retain) * retain_ratio))]]
        in_class = is_any(test, list_labels(forget_class))
        is_retained = ~in_class & ~is_any(test, self.gone_classes)
        self.parts = {
            'train': torch.cat([retain, forget]).sort().values,
            'train_retain': retain,
            'train_forget': forget,
            'search': torch.cat([forget, share]).sort().values,
            'test_retain': is_retained.nonzero().flatten(),
        }
        if in_class.any():
            self.parts['test_forget'] = in_class.nonzero().flatten()
        if not is_retained.any():
            raise InputError('the test set holds only forgotten classes.', 'add the others.')
        self.forget = [torch.zeros(len(train), dtype=torch.bool), in_class]
        self.forget[0][forget] = True
        self.forget_fingerprint = digest_text(f'{self.fingerprint} {forget.tolist()}')

    def make_split(self, settings):
        """The `Split` by the arguments of `make_split`."""
        return make_split(self.targets[0], **settings)

    def find_positions(self, indices):
        """Where samples of the whole training set stand among those that are used."""
        if len(self.rows[0]) == len(self.sources[0].targets):
            return indices
        positions = {row: i for i, row in enumerate(self.rows[0].tolist())}
        if absent := [index for index in indices if index not in positions]:
            problem = f'--forget_index: sample {absent[0]} is left out by --train_fraction.'
            raise InputError(problem, 'choose other samples to forget.')
        return [positions[index] for index in indices]

    def load(self, device, workers=4):
        """Open the images, and take labels and flags to the device."""
        self.images = self.open_images(device, workers)
        self.targets = [values.to(device) for values in self.targets]
        self.forget = [values.to(device) for values in self.forget]
        self.parts = {part: indices.to(device) for part, indices in self.parts.items()}

    def open_images(self, device, workers):
        """The images of the training and of the test half."""
        pairs = zip(self.sources, self.rows)
        return [open_images(*pair, self.recipe, device, workers) for pair in pairs]

    def loader(self, part, train=False, batch_size=128, seed=0, epoch=0, indices=None, **more):
        """A `Loader` of one part, or of some of its indices; more: its `keep` and `shared`."""
        half = int(part.startswith('test'))
        indices = self.parts[part] if indices is None else indices.to(self.targets[half].device)
        tensors = self.images[half], self.targets[half], self.forget[half], indices
        return Loader(*tensors, self.recipe, train, batch_size, seed, epoch, **more)

    def passes(self, parts, batch_size, seed=0, epoch=0):
        """The `Loader` of a training pass over each of some parts; processes share each batch."""
        return [self.loader(part, True, batch_size, seed, epoch, shared=True) for part in parts]

    def loaders(self, batch_size=128):
        """The parts to be measured: train_retain, train_forget, test_retain[, test_forget]."""
        parts = [part for part in self.parts if part not in NOT_MEASURED]
        return {part: self.loader(part, batch_size=batch_size) for part in parts}

    def sample(self, part, count, address='bn samples'):
        """Indices of `count` random samples of a part; all of them where count is None or too
        large. address: of the draw; a smaller sample of one address is contained in a larger."""
        return self.draw(self.parts[part], count, address)

    def draw(self, indices, count, address='bn samples'):
        """`sample` of any indices."""
        if count is None or count >= len(indices):
            return indices
        order = torch.randperm(len(indices), generator=make_generator(address))
        return indices[order[:count].sort().values.to(indices.device)]

    def bn_loader(self, part='train_retain', max_samples=None):
        """The pass that recomputes BatchNorm statistics: the training transform, always alike; over
        a sample of the part, where `bn_samples` or max_samples bounds it."""
        bounds = filter(None, (self.bn_samples, max_samples))
        indices = self.sample(part, min(bounds, default=None))
        key = part, len(indices)
        if key not in self.bn_loaders:
            address = {'seed': BN_SEED, 'indices': indices}
            self.bn_loaders[key] = self.loader(part, True, BN_BATCH, keep=True, **address)
        return self.bn_loaders[key]


def is_any(values, labels):
    """Which of the values (n,) are one of a list of labels, as booleans."""
    return torch.isin(values, torch.tensor(labels, dtype=torch.int64))


def draw_share(targets, fraction):
    """Sorted indices (n,) of the same random share of each class, at least one sample of each."""
    order = torch.randperm(len(targets), generator=make_generator('fraction', FRACTION_SEED))
    shuffled = [order[targets[order] == label] for label in targets.unique()]
    chosen = [rows[: max(1, int(len(rows) * fraction + 1e-9))] for rows in shuffled]
    return torch.cat(chosen).sort().values


def open_data(
    dataset,
    transform,
    data_path=None,
    image_size=None,
    train_fraction=1.0,
    test_fraction=1.0,
    normalize=None,
    augment=None,
    deleted=(),
    kind=Data,
):
    """Open a data set by name, as a `Data` or another kind of it; no pixel of an image folder is
    decoded yet. transform, image_size, normalize, augment: as in `lib.transforms.make_recipe`;
    deleted: as in `lib.datasets.Dataset`."""
    spec = DATASETS[dataset]
    if data_path is not None and not spec.on_disk:
        problem = f'--data_path is of no use here: {dataset} reads no files.'
        raise InputError(problem, 'leave it out, or name the --dataset that lies there.')
    train, test = spec.read(data_path, deleted) if deleted else spec.read(data_path)
    if train.classes != test.classes:
        odd = sorted(set(train.classes) ^ set(test.classes))
        fix = 'give both halves the same class folders.'
        raise InputError(f'--data_path={data_path}: train and test differ in {odd[:3]}.', fix)
    recipe = make_recipe(dataset, transform, image_size, normalize, augment)
    return kind(train, test, recipe, train_fraction, test_fraction)


def open_split(
    data_flags,
    split_flags,
    data_path=None,
    seed=42,
    retain_ratio=1.0,
    bn_samples=None,
    originals=(),
    dependents=(),
    masks=(),
):
    """The data set that the flags describe, divided, and compared with what files were made on.

    data_flags, split_flags: {flag: value} of these two roles (`lib.flags.select`), completed by
    `lib.flags.inherit`. seed draws the share retain_ratio of D_r for the search.
    originals, dependents, masks: contents of checkpoints and masks; a None is passed over. Another
    D is an error; another D_f is one for dependents, and a warning for masks.
    """
    names = {name: value for name, value in data_flags.items() if name != 'model'}
    data = open_data(**names, data_path=data_path)
    for content in filter(None, (*originals, *dependents, *masks)):
        refuse_other_data(content, data)
    split = read_split(split_flags, data)
    data.divide(retain_ratio, seed, **split)
    data.bn_samples = bn_samples
    describe_data(data, data_flags, split, [x for x in (*originals, *dependents) if x])
    for content in filter(None, dependents):
        if forgets_others(content, data):
            problem = f'{content["source"]}: was made to forget other samples.'
            raise InputError(problem, 'give the split flags, or the file, of that split.')
    for content in filter(None, masks):
        if forgets_others(content, data):
            warn(f'{content["source"]}: is the mask of another split.')
    return data


def read_split(split_flags, data):
    """The flags of the split with what they name: indices in place of a file, labels in place of
    names."""
    split = dict(split_flags)
    if isinstance(split['forget_index'], str):  # typed: a file that is inherited has the indices
        split['forget_index'] = read_request(split['forget_index'], *data.sources)
    if isinstance(split['forget_class'], str):
        split['forget_class'] = find_classes(split['forget_class'], data.classes)
    return split


def describe_data(data, data_flags, split, files):
    """Give the data their record, and whether flags or files say how images are normalised."""
    data.record = make_record(data_flags, split, data)
    is_given = data_flags['normalize'] is not None  # a file of ours says it, if by its silence
    data.is_normalization_known = is_given or any('format' in content for content in files)


def make_record(flags, split, data):
    """The fields of a `lib.run_info.RunInfo` that say what data, network and split are; of
    preprocessing, only what was given."""
    shown = {k: v for k, v in flags.items() if k not in PREPROCESSING or v is not None}
    shown |= {'num_classes': len(data.classes), 'image_size': data.recipe.size}
    record = {'data': shown | {'model': network_label(flags['model'])}}
    record |= {'data_fingerprint': data.fingerprint, 'forget_fingerprint': data.forget_fingerprint}
    kind, forget_class = split['unlearn_type'], data.split.forget_class
    fields = {'unlearn_type': kind}
    if kind == 'random':
        fields |= {'forget_ratio': split['forget_ratio'], 'split_seed': split['split_seed']}
        scenario = f'random{split["forget_ratio"]}'
    elif kind == 'class':
        fields['forget_class'] = forget_class
        if random.Random(split['split_seed']).randrange(len(data.classes)) == forget_class:
            fields['split_seed'] = split['split_seed']  # it may have drawn the class
        scenario = f'class{forget_class}'
        if not isinstance(forget_class, int):
            scenario = f'classes{digest_text(str(forget_class))[:6]}'
    else:
        indices = data.rows[0][data.split.forget].tolist()
        fields |= {'forget_index': indices}
        fields |= {} if forget_class is None else {'forget_class': forget_class}
        scenario = f'index{digest_text(str(indices))[:6]}'
    return record | {'split': fields, 'scenario': scenario}
