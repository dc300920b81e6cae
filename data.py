"""A data set opened and divided: the split into what is forgotten and what is kept."""

import hashlib
import random
from typing import NamedTuple

import torch

from lib.checkpoint import forgets_others, refuse_other_data
from lib.datasets import DATASETS, ImageSet
from lib.device import restore_generators
from lib.errors import InputError, warn
from lib.flags import DATA, PREPROCESSING, SPLIT, need, network_label
from lib.loaders import Loader, make_generator, open_images
from lib.request import check_index, find_class, read_request
from lib.run_info import digest_text
from lib.transforms import make_recipe

FRACTION_SEED = 0  # of the draws of --train_fraction and --test_fraction
BN_SEED, BN_BATCH = 'statistics', 128  # of the pass that recomputes BatchNorm statistics
COMPARED = 32  # items of a user's data set whose labels are compared


class Split(NamedTuple):
    """D = retain ∪ forget, as sorted indices into the training set."""

    retain: torch.Tensor
    forget: torch.Tensor
    forget_class: int | None = None


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
    split_seed. class: forget_class, or one drawn by random.Random(split_seed) out of num_classes.
    index: the indices in forget_index.
    Raises ValueError for a class or indices that do not exist, and for an empty part.
    """
    targets = torch.as_tensor(targets)
    total = len(targets)
    forget = torch.zeros(total, dtype=torch.bool)
    if unlearn_type == 'random':
        count = int(total * forget_ratio + 1e-9)  # 1e-9: 0.29 · 100 is 28.999…
        order = torch.randperm(total, generator=torch.Generator().manual_seed(split_seed))
        forget[order[total - count :]] = True
    elif unlearn_type == 'class':
        classes = num_classes or int(targets.max()) + 1
        if forget_class is None:
            forget_class = random.Random(split_seed).randrange(classes)
        if not 0 <= forget_class < classes:
            raise ValueError(f'--forget_class={forget_class} is outside 0 to {classes - 1}')
        forget = targets == forget_class
    elif unlearn_type == 'index':
        indices = torch.as_tensor(forget_index, dtype=torch.int64)
        if len(indices) != len(indices.unique()):
            raise ValueError('--forget_index names an index more than once')
        if len(indices) and not 0 <= indices.min() <= indices.max() < total:
            odd = indices[(indices < 0) | (indices >= total)][0]
            raise ValueError(f'--forget_index has {odd}, which is outside 0 to {total - 1}')
        forget[indices] = True
    else:
        raise ValueError(f'--unlearn_type={unlearn_type!r} is not random, class or index')
    if forget.all() or not forget.any():
        flag = {'random': f'--forget_ratio={forget_ratio}', 'index': '--forget_index'}
        flag = flag.get(unlearn_type, f'--forget_class={forget_class}')
        raise ValueError(f'{flag}: forgetting {int(forget.sum())} of {total} leaves a part empty')
    retained, forgotten = (~forget).nonzero().flatten(), forget.nonzero().flatten()
    return Split(retained, forgotten, forget_class if unlearn_type == 'class' else None)


def find_positions(indices, rows, total, fraction):
    """Positions in rows, the sorted indices of the share in use, of indices into the whole training
    set of `total` samples: (n,) int64.

    Raises ValueError for an index outside the training set, and for one that the share left out.
    """
    kept = set(rows.tolist())
    try:
        for index in indices:
            check_index(index, total, kept, fraction)
    except ValueError as error:
        raise ValueError(f'--forget_index: {error}') from None
    return torch.searchsorted(rows, torch.tensor(indices, dtype=torch.int64))


class Data:
    """A data set opened and divided: labels and fingerprints at once, images when `load` is called.

    `parts` holds the indices of train, train_retain, train_forget, search (D_f and the share of
    D_r that the curve is searched on), test_retain and, for class forgetting, test_forget.
    `open_split` adds `record`, what a run says of it (`lib.run_info.RunInfo`).
    """

    def __init__(self, train, test, recipe, train_fraction=1.0, test_fraction=1.0):
        self.bn_samples = None
        self.train_fraction = train_fraction
        self.classes, self.recipe, self.sources = train.classes, recipe, (train, test)
        shares = zip(self.sources, (train_fraction, test_fraction))
        self.rows = [draw_share(half.targets, share) for half, share in shares]
        self.targets = [half.targets[rows] for half, rows in zip(self.sources, self.rows)]
        used = self.rows[0].numpy().tobytes() + self.targets[0].numpy().tobytes()
        self.fingerprint = hashlib.sha256(train.identity + used).hexdigest()[:16]

    def divide(self, retain_ratio=1.0, seed=0, forget_index=None, **settings):
        """Split by the arguments of `make_split`; seed draws the share of D_r for the search.

        forget_index counts in the whole training set, whatever share of it is used.
        Raises InputError for a split that leaves a part empty, or names what is not there.
        """
        train, test = self.targets
        self.bn_loaders = {}
        try:
            if forget_index is not None:
                total = len(self.sources[0].targets)
                settings['forget_index'] = find_positions(
                    forget_index, self.rows[0], total, self.train_fraction
                )
            self.split = make_split(train, num_classes=len(self.classes), **settings)
        except ValueError as error:
            raise InputError(f'{error}.', 'choose other samples to forget.') from None
        retain, forget, forget_class = self.split
        order = torch.randperm(len(retain), generator=make_generator('search', seed))
        kept = retain[order[: max(1, round(len(retain) * retain_ratio))]]
        in_class = test == (-1 if forget_class is None else forget_class)
        self.parts = {
            'train': torch.arange(len(train)),
            'train_retain': retain,
            'train_forget': forget,
            'search': torch.cat([forget, kept]).sort().values,
            'test_retain': (~in_class).nonzero().flatten(),
        }
        if in_class.any():
            self.parts['test_forget'] = in_class.nonzero().flatten()
        if in_class.all():
            raise InputError('the test set holds only the forgotten class.', 'add the others.')
        self.forget = [torch.zeros(len(train), dtype=torch.bool), in_class]
        self.forget[0][forget] = True
        self.forget_fingerprint = digest_text(f'{self.fingerprint} {forget.tolist()}')

    def load(self, device, workers=4):
        """Decode the images once and keep them, with labels and flags, on the device; those of a
        large data set stay on the disk."""
        pairs = zip(self.sources, self.rows)
        self.images = [open_images(*pair, self.recipe, device, workers) for pair in pairs]
        self.move(device)

    def move(self, device):
        """Labels, flags and indices to the device."""
        self.targets = [values.to(device) for values in self.targets]
        self.forget = [values.to(device) for values in self.forget]
        self.parts = {part: indices.to(device) for part, indices in self.parts.items()}

    def list_samples(self):
        """The samples of D_f: [{'index': in the whole training set, 'path': below the training
        folder, or None where there are no files}]."""
        names = self.sources[0].names
        indices = self.rows[0][self.split.forget].tolist()
        return [{'index': i, 'path': names[i] if names else None} for i in indices]

    def loader(self, part, train=False, batch_size=128, seed=0, epoch=0, indices=None, **how):
        """A `Loader` of one part, or of some of its indices; train: shuffled and augmented as
        (seed, epoch) say; how: its `keep` and `share`."""
        half = int(part.startswith('test'))
        indices = self.parts[part] if indices is None else indices
        tensors = self.images[half], self.targets[half], self.forget[half], indices
        return Loader(*tensors, self.recipe, train, batch_size, seed, epoch, **how)

    def loaders(self, batch_size=128, share=None):
        """The parts to be measured: train_retain, train_forget, test_retain[, test_forget]."""
        parts = [part for part in self.parts if part not in ('train', 'search')]
        return {part: self.loader(part, batch_size=batch_size, share=share) for part in parts}

    def sample(self, part, count, address='bn samples'):
        """Indices of `count` random samples of a part; all of them where count is None or too
        large. address: of the draw; a smaller sample of one address is contained in a larger."""
        indices = self.parts[part]
        if count is None or count >= len(indices):
            return indices
        order = torch.randperm(len(indices), generator=make_generator(address))
        return indices[order[:count].sort().values.to(indices.device)]

    def bn_loader(self, part='train_retain', share=None, most=None):
        """The pass that recomputes BatchNorm statistics: the training transform, always alike; over
        a sample of the part, where `bn_samples` or `most` bounds it."""
        indices = self.sample(part, min(filter(None, (self.bn_samples, most)), default=None))
        key = part, share, len(indices)
        if key not in self.bn_loaders:
            settings = {'train': True, 'batch_size': BN_BATCH, 'seed': BN_SEED, 'keep': True}
            self.bn_loaders[key] = self.loader(part, indices=indices, share=share, **settings)
        return self.bn_loaders[key]


def draw_share(targets, fraction):
    """Sorted indices (n,) of the same random share of each class, at least one sample of each."""
    if fraction == 1:
        return torch.arange(len(targets))
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
):
    """Open a data set by name; no pixel of an image folder is decoded yet.

    transform, image_size, normalize, augment: as in `lib.transforms.make_recipe`.
    Raises InputError for an unknown data set, and a missing, wrong or useless --data_path.
    """
    if dataset not in DATASETS:
        problem = f'--dataset={dataset} is no data set.'
        raise InputError(problem, f'choose one of {", ".join(DATASETS)}.')
    spec = DATASETS[dataset]
    if spec.on_disk and data_path is None:
        problem = f'--data_path is missing: {dataset} is read from there.'
        raise InputError(problem, 'give its folder.')
    if data_path is not None and not spec.on_disk:
        problem = f'--data_path is of no use here: {dataset} reads no files.'
        raise InputError(problem, 'leave it out, or name the --dataset that lies there.')
    train, test = spec.read(data_path)
    if train.classes != test.classes:
        odd = sorted(set(train.classes) ^ set(test.classes))
        fix = 'give both halves the same class folders.'
        raise InputError(f'--data_path={data_path}: train and test differ in {odd[:3]}.', fix)
    recipe = make_recipe(dataset, transform, image_size, normalize, augment)
    return Data(train, test, recipe, train_fraction, test_fraction)


def open_split(args, originals=(), dependents=(), masks=()):
    """The data set that the flags describe, divided, and compared with what files were made on.

    originals, dependents, masks: contents of checkpoints and masks; a None is passed over. Another
    D is an error; another D_f is one for dependents, and a warning for masks.
    """
    reasons = {'model': 'no file given here names the network'}
    if args.dataset in DATASETS and DATASETS[args.dataset].on_disk:
        reasons['data_path'] = f'{args.dataset} is read from there'
    if args.unlearn_type == 'index':
        reasons['forget_index'] = 'it names the samples to forget'
    need(args, **reasons)
    names = (name for name in (*DATA, 'data_path') if name != 'model')
    data = open_data(**{name: getattr(args, name) for name in names})
    split = read_split(args, data)
    data.divide(getattr(args, 'retain_ratio', 1.0), args.seed, **split)
    data.bn_samples = getattr(args, 'bn_samples', None)
    data.record = record_data(args, data) | record_split(split, data)
    for content in filter(None, (*originals, *dependents, *masks)):
        refuse_other_data(content, data)
    for content in filter(None, dependents):
        if forgets_others(content, data):
            problem = f'{content["source"]}: was made to forget other samples.'
            raise InputError(problem, 'give the split flags, or the file, of that split.')
    for content in filter(None, masks):
        if forgets_others(content, data):
            warn(f'{content["source"]}: is the mask of another split.')
    return data


def read_split(args, data):
    """The flags of the split. What is typed in words becomes indices, or a label; a file that is
    inherited says these already."""
    split = {name: getattr(args, name) for name in SPLIT}
    if isinstance(args.forget_index, str):
        images = data.sources[0], data.rows[0], data.train_fraction
        split['forget_index'] = read_request(args.forget_index, *images)
    if isinstance(args.forget_class, str):
        split['forget_class'] = find_class(args.forget_class, data.classes)
    return split


def record_data(args, data):
    """What a run's record says of data and network; of preprocessing, only what was given."""
    said = {name: getattr(args, name) for name in DATA} | {'num_classes': len(data.classes)}
    said = {k: v for k, v in said.items() if k not in PREPROCESSING or v is not None}
    said |= {'image_size': data.recipe.size, 'model': network_label(args.model)}
    return {'data': said, 'data_fingerprint': data.fingerprint}


def record_split(split, data):
    """What a run's record says of the split; split: the flags of it."""
    kind, forget_class = split['unlearn_type'], data.split.forget_class
    said = {'unlearn_type': kind}
    if kind == 'random':
        said |= {'forget_ratio': split['forget_ratio'], 'split_seed': split['split_seed']}
        scenario = f'random{split["forget_ratio"]}'
    elif kind == 'class':
        said['forget_class'] = forget_class
        if random.Random(split['split_seed']).randrange(len(data.classes)) == forget_class:
            said['split_seed'] = split['split_seed']  # it may have drawn the class
        scenario = f'class{forget_class}'
    else:
        said['forget_index'] = split['forget_index']
        scenario = f'index{digest_text(str(split["forget_index"]))[:6]}'
    return {'split': said, 'scenario': scenario, 'forget_fingerprint': data.forget_fingerprint}


# ---------------------------------------------------------------- data sets of the user's own


class UserImages:
    """The images of a `torch.utils.data.Dataset`, which transforms them itself. plain: the same
    samples without augmentation."""

    def __init__(self, augmented, plain, device):
        self.augmented, self.plain, self.device = augmented, plain, device
        image = plain[0][0]
        if not isinstance(image, torch.Tensor):
            raise ValueError(f'an image is a {type(image).__name__}, not a tensor: transform it')
        self.image_bytes = image.nbytes  # of one, as `Loader` may keep it

    def batches(self, chunks, draw=None):
        """Float images of each chunk of indices; draw: the address of a training pass's draws."""
        source = self.plain if draw is None else self.augmented
        for number, chunk in enumerate(chunks):
            seed = make_generator(*(draw or ('plain',)), number).initial_seed()
            with restore_generators(seed=seed):  # from which transforms draw
                images = [source[index][0] for index in chunk.tolist()]
            yield torch.stack(images).to(self.device)


class UserData(Data):
    """A training and a test set of (image tensor, label) pairs, divided as `Data` is.

    plain_set: the training samples without augmentation, to measure on; train_set unless given.
    Raises ValueError for a set without samples, and for labels that contradict one another.
    """

    def __init__(self, train_set, test_set, plain_set=None):
        self.sets = train_set, train_set if plain_set is None else plain_set, test_set
        if not all(map(len, self.sets)):
            raise ValueError('train_set, plain_set or test_set holds no sample')
        if len(self.sets[0]) != len(self.sets[1]):
            raise ValueError('train_set and plain_set are not of the same samples')
        targets = [read_labels(train_set, 'train_set'), read_labels(test_set, 'test_set')]
        if plain_set is not None:
            compare_labels(plain_set, targets[0], 'plain_set', 'train_set')
        classes = range(int(max(labels.max() for labels in targets)) + 1)
        names = [str(label) for label in classes]
        halves = [ImageSet(names, labels, b'given', None) for labels in targets]
        super().__init__(*halves, recipe=None)

    def load(self, device, workers=0):
        """Labels and flags to the device; the images stay in their data sets."""
        augmented, plain, test = self.sets
        self.images = [UserImages(augmented, plain, device), UserImages(test, test, device)]
        self.move(device)


def read_labels(dataset, name):
    """The labels (N,) of a data set: its `targets`, or those of its items, one by one."""
    labels = getattr(dataset, 'targets', None)
    changed = getattr(dataset, 'target_transform', None) is not None
    if labels is None or changed or len(labels) != len(dataset):
        return torch.tensor([read_label(dataset, index, name) for index in range(len(dataset))])
    labels = torch.as_tensor(labels, dtype=torch.int64)
    if labels.numel() != len(dataset):
        raise ValueError(f'{name}.targets has the shape {tuple(labels.shape)}: give integers')
    labels = labels.flatten()
    compare_labels(dataset, labels, name, f'{name}.targets')
    return labels


def read_label(dataset, index, name):
    """The label of one item as an int; it may come as an array of one element."""
    label = torch.as_tensor(dataset[index][1])
    if label.numel() != 1:
        shape = tuple(label.shape)
        raise ValueError(f'{name}[{index}] has a label of the shape {shape}: give an integer')
    return int(label)


def compare_labels(dataset, labels, name, source):
    """Raise ValueError where some items, spread evenly, have other labels than those (N,) that
    `source` says."""
    last = len(labels) - 1
    for index in sorted({number * last // (COMPARED - 1) for number in range(COMPARED)}):
        label = read_label(dataset, index, name)
        if label != labels[index]:
            problem = f'{name}[{index}] has the label {label}, but {source} says {labels[index]}'
            raise ValueError(problem)
