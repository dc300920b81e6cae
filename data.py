"""A data set opened and divided: the split into what is forgotten and what is kept."""

import hashlib
import random
from typing import NamedTuple

import torch

from lib.checkpoint import IF_DELETED, forgets_others, refuse_other_data
from lib.datasets import DATASETS, ImageSet
from lib.device import restore_generators
from lib.errors import InputError, warn
from lib.files import hash_file
from lib.flags import PREPROCESSING, network_label
from lib.loaders import Loader, make_generator, open_images
from lib.request import find_classes, read_request
from lib.run_info import digest_text
from lib.transforms import make_recipe

FRACTION_SEED = 0  # of the draws of --train_fraction and --test_fraction
MIN_RETAIN = 4  # samples that a request has to leave: references are trained on halves of them
COMPARED = 32  # items of a set whose labels are compared
BN_SEED, BN_BATCH = 'statistics', 128  # of the pass that recomputes BatchNorm statistics


class Split(NamedTuple):
    """What is kept and what is forgotten, as sorted indices into the training set."""

    retain: torch.Tensor
    forget: torch.Tensor
    forget_class: int | list | None = None  # a label, or several


class Deletion(NamedTuple):
    """Samples that a request forgets together, as sorted indices (n,) into the training set."""

    name: str  # 'class cat', 'list' or 'random share'
    label: int | None  # of the class
    indices: torch.Tensor


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
    `deletions` are those of this request. `chain` are those of earlier requests, whose samples are
    in no part but forgotten (with D_f); `earlier` are the same without samples whose files are
    gone. `copies` are samples of D_r that are exact copies of a sample of D_f.
    """

    bn_samples = None  # of the BatchNorm pass; None: all
    chain = earlier = copies = ()

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
            self.split = self.pass_over(make_split(train, **settings))
        except ValueError as error:
            raise InputError(f'{error}.', 'choose other samples to forget.') from None
        retain, forget, forget_class = self.split
        order = torch.randperm(len(retain), generator=make_generator('search', seed))
        share = retain[order[: max(1, round(len(retain) * retain_ratio))]]
        self.deletions = self.list_deletions('random share' if forget_index is None else 'list')
        in_class = is_any(test, list_labels(forget_class))
        earlier = [deletion.label for deletion in self.chain if deletion.label is not None]
        is_retained = ~in_class & ~is_any(test, earlier)
        self.parts = {
            'train': torch.cat([retain, forget]).sort().values,
            'train_retain': retain,
            'train_forget': forget,
            'search': torch.cat([forget, share]).sort().values,
            'forgotten': torch.cat([forget, *(x.indices for x in self.earlier)]).unique(),
            'test_retain': is_retained.nonzero().flatten(),
        }
        if in_class.any():
            self.parts['test_forget'] = in_class.nonzero().flatten()
        if not is_retained.any():
            raise InputError('the test set holds only forgotten classes.', 'add the others.')
        self.forget = [torch.zeros(len(train), dtype=torch.bool), in_class]
        self.forget[0][self.parts['forgotten']] = True
        self.forget_fingerprint = digest_text(f'{self.fingerprint} {forget.tolist()}')

    def divide_request(self, with_copies=False, **settings):
        """`divide` by what a request asks for; returns the settings that were used.

        A list with every sample of a class is that class. Exact copies of D_f in D_r are deleted
        too where with_copies, or else stay in `copies`. Raises InputError where the test set has a
        copy of a sample of D_f, and where almost nothing is kept.
        """
        self.divide(**settings)
        retained, forgotten = (set(self.targets[0][x].tolist()) for x in self.split[:2])
        labels = list_labels(self.split.forget_class)
        if covered := forgotten - retained - set(labels):
            names = ', '.join(self.classes[label] for label in sorted(covered))
            warn(f'every sample of {names} is to be forgotten: this is done as for a class.')
            labels = sorted(covered.union(labels))
            settings |= {'unlearn_type': 'index', 'forget_index': self.list_forgotten()}
            settings |= {'forget_class': labels if len(labels) > 1 else labels[0]}
            self.divide(**settings)
        copies, unseen = self.find_copies()
        if unseen:
            problem = f'the test set has exact copies of deleted samples: {len(unseen)}, such as'
            fix = 'take them out of the test set; it has to be unseen.'
            raise InputError(f'{problem} {self.name_sample(1, unseen[0])}.', fix)
        if copies and with_copies:
            indices = sorted({*self.list_forgotten(), *self.rows[0][copies].tolist()})
            settings |= {'unlearn_type': 'index', 'forget_index': indices}
            settings |= {'forget_class': self.split.forget_class}
            self.divide(**settings)
        elif copies:
            problem = f'{len(copies)} exact copies of deleted samples are kept, such as'
            warn(f'{problem} {self.name_sample(0, copies[0])}; --with_copies deletes them too.')
            self.copies = copies
        if len(self.split.retain) < MIN_RETAIN:
            problem = (
                f'--forget_{settings["unlearn_type"]}: leaves {len(self.split.retain)} samples'
            )
            raise InputError(f'{problem} to keep.', f'keep {MIN_RETAIN} at least.')
        return settings

    def list_forgotten(self):
        """The samples of D_f as indices into the whole training set."""
        return self.rows[0][self.split.forget].tolist()

    def find_copies(self):
        """(indices of D_r, indices of the test set) of exact copies of samples of D_f."""
        forget, keys = self.split.forget.tolist(), [self.list_keys(half) for half in (0, 1)]
        wanted = {keys[0][i] for i in forget}
        contents = {self.hash_content(0, i) for i in forget}
        halves = (0, self.split.retain.tolist()), (1, range(len(self.targets[1])))
        pairs = [(half, [i for i in rows if keys[half][i] in wanted]) for half, rows in halves]
        return [[i for i in rows if self.hash_content(half, i) in contents] for half, rows in pairs]

    def list_keys(self, half):
        """A number of each sample of a half that its copies share: bytes, or the sum of pixels."""
        source, rows = self.sources[half], self.rows[half]
        if source.names:
            return [source.sizes[row] for row in rows.tolist()]
        return source.images[rows].sum((1, 2, 3)).tolist()

    def hash_content(self, half, index):
        """The SHA-256 of a sample's file, or of its pixels."""
        source, row = self.sources[half], int(self.rows[half][index])
        if source.names:
            return hash_file(source.images[row])
        return hashlib.sha256(source.images[row].contiguous().numpy().tobytes()).hexdigest()

    def name_sample(self, half, index):
        """The path of a sample's file, or its index."""
        source, row = self.sources[half], int(self.rows[half][index])
        return f'{source.root.name}/{source.names[row]}' if source.names else f'sample {row}'

    def find_positions(self, indices):
        """Where samples of the whole training set stand among those that are used."""
        if len(self.rows[0]) == len(self.sources[0].targets):
            return indices
        positions = {row: i for i, row in enumerate(self.rows[0].tolist())}
        if absent := [index for index in indices if index not in positions]:
            problem = f'--forget_index: sample {absent[0]} is left out by --train_fraction.'
            raise InputError(problem, 'choose other samples to forget.')
        return [positions[index] for index in indices]

    def leave_out(self, chain):
        """Keep the samples of earlier `Deletion`s out of every part that `divide` makes."""
        train, rows = self.sources[0], self.rows[0].tolist()
        images = train.images if train.names else train.targets  # in memory all are there
        self.chain, self.earlier = chain, []
        for deletion in chain:
            present = [i for i in deletion.indices.tolist() if images[rows[i]] is not None]
            self.earlier.append(deletion._replace(indices=torch.tensor(present, dtype=torch.int64)))

    def pass_over(self, split):
        """The split without the samples of the chain."""
        is_gone = torch.zeros(len(self.targets[0]), dtype=torch.bool)
        for deletion in self.chain:
            is_gone[deletion.indices] = True
        retain, forget = (part[~is_gone[part]] for part in split[:2])
        if not len(forget):
            raise ValueError('earlier requests have forgotten each of these samples')
        if not len(retain):
            raise ValueError('no sample is left to keep')
        if count := len(split.forget) - len(forget):
            warn(f'samples that earlier requests have forgotten are passed over: {count}.')
        return split._replace(retain=retain, forget=forget)

    def list_deletions(self, name):
        """The `Deletion`s of D_f: each class, and the others by this name."""
        forget, labels = self.split.forget, list_labels(self.split.forget_class)
        targets = self.targets[0][forget]
        pairs = [(f'class {self.classes[label]}', label) for label in labels]
        deletions = [Deletion(*pair, forget[targets == pair[1]]) for pair in pairs]
        deletions.append(Deletion(name, None, forget[~is_any(targets, labels)]))
        return [deletion for deletion in deletions if len(deletion.indices)]

    def record_deletions(self):
        """The chain and the deletions of this request in plain types, as a result's file holds
        them: indices into the whole training set, and (name, size) of each image file."""
        train, records = self.sources[0], []
        for deletion in (*self.chain, *self.deletions):
            indices = self.rows[0][deletion.indices].tolist()
            files = [(train.names[i], train.sizes[i]) for i in indices] if train.names else []
            records.append(deletion._asdict() | {'indices': indices, 'files': files})
        return records

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

    def list_samples(self, positions=None):
        """The samples of D_f, or those at other positions: [{'index': …, 'path': None where there
        are no files}]."""
        names = self.sources[0].names
        positions = self.split.forget if positions is None else list(positions)
        indices = self.rows[0][positions].tolist()
        return [{'index': i, 'path': names[i] if names else None} for i in indices]

    def hash_samples(self):
        """The SHA-256 of each sample of D_f: of its file's bytes, or in memory of its numbers in
        their order, followed by the label in decimal digits."""
        source, hashes = self.sources[0], []
        for index in self.split.forget.tolist():
            if source.names:
                hashes.append(hash_file(source.images[self.rows[0][index]]))
                continue
            (image,) = self.images[0].batches([torch.tensor([index])])
            content = image.cpu().contiguous().view(torch.uint8).numpy().tobytes()
            content += str(int(self.targets[0][index])).encode()
            hashes.append(hashlib.sha256(content).hexdigest())
        return hashes

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
        parts = [part for part in self.parts if part not in ('train', 'search', 'forgotten')]
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
):
    """Open a data set by name; no pixel of an image folder is decoded yet. transform, image_size,
    normalize, augment: as in `lib.transforms.make_recipe`; deleted: as in `lib.datasets.Dataset`.
    """
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
    return Data(train, test, recipe, train_fraction, test_fraction)


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
    predecessor=None,
    with_copies=False,
):
    """The data set that the flags describe, divided, and compared with what files were made on.

    data_flags, split_flags: {flag: value} of these two roles (`lib.flags.select`), completed by
    `lib.flags.inherit`. seed draws the share retain_ratio of D_r for the search.
    originals, dependents, masks: contents of checkpoints and masks; a None is passed over. Another
    D is an error; another D_f is one for dependents, and a warning for masks.
    predecessor: the content of the model that a request begins with. What its file says it has
    forgotten is left out of D, and may be deleted from the disk. with_copies: as in
    `Data.divide_request`.
    """
    names = {name: value for name, value in data_flags.items() if name != 'model'}
    split, deleted = dict(split_flags), list_files(predecessor or {})
    try:
        data = open_data(**names, data_path=data_path, deleted=deleted)
    except InputError as error:
        if predecessor and not deleted:
            error = InputError(error.problem, f'{error.fix} Or {IF_DELETED}')
        raise error from None
    for content in filter(None, (*originals, *dependents, *masks, predecessor)):
        refuse_other_data(content, data)
    if predecessor:
        data.leave_out(read_chain(predecessor, data))
    if isinstance(split['forget_index'], str):  # typed: a file that is inherited has the indices
        split['forget_index'] = read_request(split['forget_index'], *data.sources)
    if isinstance(split['forget_class'], str):
        split['forget_class'] = find_classes(split['forget_class'], data.classes)
    if predecessor:
        split = data.divide_request(with_copies, **split)
    else:
        data.divide(retain_ratio, seed, **split)
    data.bn_samples = bn_samples
    data.record = make_record(data_flags, split, data)
    files = [content for content in (*originals, *dependents, predecessor) if content]
    is_given = data_flags['normalize'] is not None  # a file of ours says it, if by its silence
    data.is_normalization_known = is_given or any('format' in content for content in files)
    for content in filter(None, dependents):
        if forgets_others(content, data):
            problem = f'{content["source"]}: was made to forget other samples.'
            raise InputError(problem, 'give the split flags, or the file, of that split.')
    for content in filter(None, masks):
        if forgets_others(content, data):
            warn(f'{content["source"]}: is the mask of another split.')
    return data


def list_files(content):
    """((index, name, size), …) of the image files that a model's file says it has forgotten."""
    pairs = [pair for x in content.get('deletions', ()) for pair in zip(x['indices'], x['files'])]
    return tuple((index, *file) for index, file in pairs)


def read_chain(content, data):
    """The `Deletion`s that a model's file says it has forgotten, the first request's first."""
    if 'deletions' in content:
        chain = [Deletion(x['name'], x['label'], x['indices']) for x in content['deletions']]
        return [x._replace(indices=torch.tensor(data.find_positions(x.indices))) for x in chain]
    record, chain = content.get('run'), []
    while record:
        if record['method'] != 'baseline':
            data.divide(**record['split'])
            chain = [*data.deletions, *chain]
        record = record.get('start')
    return chain


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


class UserImages:
    """The images of a `torch.utils.data.Dataset`, which transforms them itself."""

    def __init__(self, augmented, plain, device):
        self.augmented, self.plain, self.device = augmented, plain, device
        self.image_bytes = plain[0][0].nbytes

    def batches(self, chunks, draw=None):
        """Float images of each chunk of indices; draw: the address of a training pass's draws."""
        source = self.plain if draw is None else self.augmented
        for number, chunk in enumerate(chunks):
            seed = make_generator(*(draw or ('plain',)), number).initial_seed()
            with restore_generators(seed=seed):  # from which transforms draw
                images = [source[index][0] for index in chunk.tolist()]
            yield torch.stack(images).to(self.device)


class UserData(Data):
    """A training and a test set of (image tensor, label) pairs, divided as `Data` is. plain_set:
    the training samples without augmentation, to measure on; train_set unless given."""

    def __init__(self, train_set, test_set, plain_set=None):
        self.sets = train_set, train_set if plain_set is None else plain_set, test_set
        for name, dataset in zip(('train_set', 'plain_set', 'test_set'), self.sets):
            if isinstance(dataset, dict) or not len(dataset):
                what = 'a dict' if isinstance(dataset, dict) else 'empty'
                raise ValueError(f'{name} is {what}: give a data set of (image tensor, label)')
        if test_set is train_set or test_set is plain_set:
            raise ValueError('test_set is the training set: the model has seen it')
        if len(self.sets[0]) != len(self.sets[1]):
            raise ValueError('train_set and plain_set are not of the same samples')
        targets = [read_labels(train_set, 'train_set'), read_labels(test_set, 'test_set')]
        if plain_set is not None:
            compare_labels(plain_set, targets[0], 'plain_set', 'train_set')
        for dataset in self.sets:
            if not isinstance(image := dataset[0][0], torch.Tensor):
                raise ValueError(
                    f'an image is a {type(image).__name__}, not a tensor: transform it'
                )
        names = [str(label) for label in range(int(torch.cat(targets).max()) + 1)]
        halves = [ImageSet(names, labels, b'given', None) for labels in targets]
        super().__init__(*halves, recipe=None)

    def open_images(self, device, workers):
        augmented, plain, test = self.sets
        return [UserImages(augmented, plain, device), UserImages(test, test, device)]

    def list_keys(self, half):
        """The label of each sample: whoever reads all samples reads them for minutes."""
        return self.targets[half].tolist()

    def hash_content(self, half, index):
        content = self.sets[1 + half][index][0].cpu().contiguous().flatten().view(torch.uint8)
        return hashlib.sha256(content.numpy().tobytes()).hexdigest()


def read_labels(dataset, name):
    """The labels (N,) of a data set: its `targets`, or those of its items, one by one."""
    labels = getattr(dataset, 'targets', None)
    changed = getattr(dataset, 'target_transform', None) is not None
    if labels is None or changed or len(labels) != len(dataset):
        return torch.tensor([read_label(dataset, index, name) for index in range(len(dataset))])
    labels = torch.as_tensor(labels, dtype=torch.int64).flatten()
    compare_labels(dataset, labels, name, f'{name}.targets')
    return labels


def read_label(dataset, index, name):
    """The label of one item as an int; it may come as an array of one element."""
    item = dataset[index]
    if not isinstance(item, (tuple, list)) or len(item) < 2:
        kind = type(item).__name__
        raise ValueError(f'{name}[{index}] is a {kind}: give pairs of (image tensor, label)')
    label = torch.as_tensor(item[1])
    if label.numel() != 1:
        raise ValueError(f'{name}[{index}] has a label of {label.numel()} numbers: give an integer')
    return int(label)


def compare_labels(dataset, labels, name, source):
    """Raise ValueError where some items, spread evenly, have other labels than those (N,) that
    `source` says."""
    last = len(dataset) - 1
    for index in sorted({number * last // (COMPARED - 1) for number in range(COMPARED)}):
        label = read_label(dataset, index, name)
        if label != labels[index]:
            problem = f'{name}[{index}] has the label {label}, but {source} says {labels[index]}'
            raise ValueError(problem)
