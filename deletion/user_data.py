"""A caller's own network, data sets and numbers, checked before the work begins."""

import copy
import hashlib
import re
import tempfile
from argparse import ArgumentTypeError

import torch

from deletion.samples import RequestData
from lib.checkpoint import digest_parameters
from lib.datasets import ImageSet
from lib.device import restore_generators
from lib.distributed import world_size
from lib.errors import InputError
from lib.flags import count, natural, percent, positive, within
from lib.loaders import make_generator

COMPARED = 32  # items of a set whose labels are compared
NUMBERS = {'budget': positive, 'retrain_epochs': count, 'forget_base': percent}  # {argument: type}
OPTIONAL = ('batch_size', *NUMBERS)  # that may be None
NUMBERS |= {'audit_models': count, 'batch_size': within(int, 2), 'seed': natural}
RECORD_FILES = ('report.json', 'report.html', 'region.png', 'region.pdf')  # what a call writes
RECORD_FILES += ('unlearned_state_dict.pt', 'unlearned_state_dict.safetensors')
ARGUMENTS = {'forget_index': 'forget_indices', 'retrain': 'retrained'}  # {flag: argument}


# ---------------------------------------------------------------- data sets


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


class UserData(RequestData):
    """A training and a test set of (image tensor, label) pairs, divided as `Data` is. plain_set:
    the training samples without augmentation, to measure on; train_set unless given."""

    def __init__(self, train_set, test_set, plain_set=None):
        self.sets = train_set, train_set if plain_set is None else plain_set, test_set
        for name, dataset in zip(('train_set', 'plain_set', 'test_set'), self.sets):
            what = f'a {type(dataset).__name__}'
            has_items = hasattr(dataset, '__len__') and hasattr(dataset, '__getitem__')
            if isinstance(dataset, dict) or not (has_items and len(dataset)):
                what = 'empty' if has_items and not isinstance(dataset, dict) else what
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

    def leave_out_earlier(self, indices):
        """`leave_out` what earlier calls have forgotten; a class that has no other samples was
        forgotten as one."""
        if not indices:
            return
        settings = {'unlearn_type': 'index', 'forget_index': indices}
        try:
            self.divide(**settings)
        except InputError as error:
            raise ValueError(str(error.problem).replace('--forget_index', 'earlier')) from None
        retained, forgotten = (set(self.targets[0][part].tolist()) for part in self.split[:2])
        self.divide(**settings, forget_class=sorted(forgotten - retained))
        self.leave_out(self.deletions)

    def list_keys(self, half):
        """The label of each sample: copies are looked for among samples of the labels of D_f."""
        return self.targets[half].tolist()

    def hash_content(self, half, index):
        with restore_generators(seed=0):  # equal images draw equally
            image = self.sets[1 + half][index][0]
        content = image.cpu().contiguous().flatten().view(torch.uint8)
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
    try:
        label = torch.as_tensor(item[1])
    except (TypeError, ValueError, RuntimeError):
        raise ValueError(f'{name}[{index}] has the label {item[1]!r:.40}: give numbers') from None
    if label.numel() == 1 and label < 0:
        raise ValueError(f'{name}[{index}] has the label {int(label)}: labels begin at 0')
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


# ---------------------------------------------------------------- arguments


def read_number(name, value):
    """A number among the arguments as a plain one; raises ValueError where it is out of range."""
    if value is None and name in OPTIONAL:
        return None
    try:
        return NUMBERS[name](str(value))
    except ArgumentTypeError as error:
        raise ValueError(f'{name}: {error}') from None


def check_models(model, retrained):
    """The network that is given, without the DataParallel around it. Raises ValueError for what is
    no network that can be trained, and where several processes call."""
    if world_size() > 1:
        raise ValueError('several processes (WORLD_SIZE): call forget() in one')
    net = model.module if isinstance(model, torch.nn.DataParallel) else model
    for name, value in (('model', net), ('retrained', retrained)):
        if isinstance(value, torch.jit.ScriptModule):
            raise ValueError(f'{name} is scripted: give the nn.Module that it was made of')
        if not isinstance(value, torch.nn.Module) and (name == 'model' or value is not None):
            raise ValueError(f'{name} is a {type(value).__name__}, not an nn.Module')
    if not any(parameter.requires_grad for parameter in net.parameters()):
        raise ValueError('every parameter of the model is frozen: nothing can be trained')
    return net


def refuse_other_outputs(data, net, retrained=None):
    """Raise ValueError where a network, in eval or train mode, gives anything but logits (N, C),
    and where the retrained one is the other."""
    classes = len(data.classes)
    x, *_ = next(iter(data.loader('train', batch_size=2)))
    for given in (net, retrained):
        for mode in ('eval', 'train') if given is not None else ():
            with torch.no_grad():
                logits = copy.deepcopy(given).train(mode == 'train')(x.clone())
            shape = getattr(logits, 'shape', ())
            if len(shape) != 2 or shape[0] != len(x) or shape[1] < classes:
                problem = f'in {mode} mode the model gives a {type(logits).__name__}'
                raise ValueError(f'{problem}, not logits of {len(x)} images and {classes} classes')
    if retrained is not None and digest_parameters(retrained) == digest_parameters(net):
        raise ValueError('retrained is the model itself')


def prepare_folder(folder):
    """Make the folder of a record; raises ValueError where a file of it is there, or none can be
    written."""
    try:
        for name in RECORD_FILES:
            if (folder / name).exists():
                raise ValueError(f'dir={folder}: holds {name} already: give another dir')
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise ValueError(f'dir={folder}: cannot be written ({error.strerror})') from None


def name_arguments(text):
    """A text with the arguments of `forget` in the place of flags."""
    return re.sub(r'--(\w+)', lambda flag: ARGUMENTS.get(flag[1], flag[1]), text)


def name_kind(forget_indices, forget_class, total):
    """The flags of the split; total: how many training samples there are."""
    if forget_indices is None and forget_class is None:
        raise ValueError('give forget_indices or forget_class, or both')
    kind = {'unlearn_type': 'class'}
    if forget_class is not None:
        labels = read_tensor(forget_class, 'forget_class')
        if labels.dtype == torch.bool:
            raise ValueError('forget_class has booleans: give a label, or a list of labels')
        kind['forget_class'] = labels.unique().tolist() if labels.dim() else int(labels)
    if forget_indices is not None:
        indices = list_indices(forget_indices, total, 'forget_indices')
        kind |= {'unlearn_type': 'index', 'forget_index': indices}
    return kind


def list_indices(indices, total, name):
    """Indices, or a boolean mask (total,), as a list of indices."""
    indices = read_tensor(indices, name).flatten()
    if indices.dtype == torch.bool:
        if len(indices) != total:
            raise ValueError(f'{name} has booleans: a mask needs one for each of {total}')
        indices = indices.nonzero().flatten()
    return indices.tolist()


def read_tensor(values, name):
    """Whole numbers or booleans, in a list or alone, as a tensor."""
    try:
        tensor = torch.as_tensor(values)
    except (TypeError, ValueError, RuntimeError):
        raise ValueError(f'{name}={values!r:.40}: give whole numbers') from None
    if tensor.is_floating_point() and tensor.numel():
        raise ValueError(f'{name} has fractions: give whole numbers')
    return tensor if tensor.numel() else tensor.long()
