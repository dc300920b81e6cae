"""The samples of a request, and those that earlier requests took."""

import hashlib
from typing import NamedTuple

import torch

from data import Data, describe_data, is_any, list_labels, open_data, read_split
from lib.checkpoint import IF_DELETED, refuse_other_data
from lib.errors import InputError, warn
from lib.files import hash_file

MIN_RETAIN = 4  # samples that a request has to leave: references are trained on halves of them


class Deletion(NamedTuple):
    """Samples that a request forgets together, as sorted indices (n,) into the training set."""

    name: str  # 'class cat', 'list' or 'random share'
    label: int | None  # of the class
    indices: torch.Tensor


class RequestData(Data):
    """`Data` of a request: what is to be forgotten, and what earlier requests have forgotten.

    `deletions` are those of this request. `chain` are those of earlier requests, whose samples are
    in no part but `earlier`; `earlier` are the same without samples whose files are gone.
    The part `earlier` has the samples of earlier lists, which training on D_r would bring back.
    Those of earlier classes are not in it: nothing in D_r teaches them.
    `copies` are samples of D_r that are exact copies of a sample of D_f.
    """

    chain = earlier = copies = ()

    def divide(self, *args, forget_index=None, **settings):
        """`Data.divide`, and the deletions."""
        super().divide(*args, forget_index=forget_index, **settings)
        self.deletions = self.list_deletions('random share' if forget_index is None else 'list')
        lists = [deletion.indices for deletion in self.earlier if deletion.label is None]
        listed = torch.cat([torch.tensor([], dtype=torch.int64), *lists]).unique()
        self.parts['earlier'] = listed[~is_any(self.targets[0][listed], self.gone_classes)]
        self.forget[0][self.parts['earlier']] = True

    def divide_request(self, with_copies=False, **settings):
        """`divide` by what a request asks for; returns the settings that were used.

        A list with every sample of a class is that class. Exact copies of D_f in D_r are deleted
        too where with_copies, or else stay in `copies`. Raises InputError where the test set has a
        copy of a sample of D_f, and where almost nothing is kept.
        """
        flag = f'--forget_{settings["unlearn_type"]}'.replace('random', 'ratio')
        self.divide(**settings)
        if self.passed_over:
            problem = 'samples that earlier requests have forgotten are passed over'
            warn(f'{problem}: {self.passed_over}.')
        copies, unseen = self.find_copies()
        if unseen:
            problem = f'the test set has {len(unseen)} exact copies of deleted samples, such as'
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
        retained, forgotten = (set(self.targets[0][x].tolist()) for x in self.split[:2])
        labels = list_labels(self.split.forget_class)
        if covered := forgotten - retained - set(labels):
            names = ', '.join(self.classes[label] for label in sorted(covered))
            warn(f'every sample of class {names} is to be forgotten: this is done as for a class.')
            labels = sorted(covered.union(labels))
            settings |= {'unlearn_type': 'index', 'forget_index': self.list_forgotten()}
            settings |= {'forget_class': labels if len(labels) > 1 else labels[0]}
            self.divide(**settings)
        if len(self.split.retain) < MIN_RETAIN:
            problem = f'{flag}: leaves {len(self.split.retain)} samples to keep.'
            raise InputError(problem, f'keep {MIN_RETAIN} at least.')
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

    def leave_out(self, chain):
        """Keep the samples of earlier `Deletion`s out of every part that `divide` makes."""
        train, rows = self.sources[0], self.rows[0].tolist()
        images = train.images if train.names else train.targets  # in memory all are there
        self.chain, self.earlier = chain, []
        self.gone_classes = [deletion.label for deletion in chain if deletion.label is not None]
        for deletion in chain:
            present = [i for i in deletion.indices.tolist() if images[rows[i]] is not None]
            self.earlier.append(deletion._replace(indices=torch.tensor(present, dtype=torch.int64)))

    def make_split(self, settings):
        """The `Split` of a request, without the samples of the chain."""
        split = super().make_split(settings)
        is_gone = torch.zeros(len(self.targets[0]), dtype=torch.bool)
        for deletion in self.chain:
            is_gone[deletion.indices] = True
        retain, forget = (part[~is_gone[part]] for part in split[:2])
        if not len(forget):
            raise ValueError('earlier requests have forgotten each of these samples')
        if not len(retain):
            raise ValueError('no sample is left to keep')
        self.passed_over = len(split.forget) - len(forget)
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


# ---------------------------------------------------------------- the data of a request


def open_request(data_flags, split_flags, data_path, original, bn_samples=None, with_copies=False):
    """The `RequestData` that flags describe, divided. original: the content of the checkpoint that
    the request begins with. What that says it has forgotten is left out of D, and may be deleted
    from the disk. with_copies: as in `RequestData.divide_request`."""
    names = {name: value for name, value in data_flags.items() if name != 'model'}
    deleted = list_files(original)
    try:
        data = open_data(**names, data_path=data_path, deleted=deleted, kind=RequestData)
    except InputError as error:
        fix = error.fix if deleted else f'{error.fix} Or {IF_DELETED}'
        raise InputError(error.problem, fix) from None
    refuse_other_data(original, data)
    data.leave_out(read_chain(original, data))
    split = data.divide_request(with_copies, **read_split(split_flags, data))
    data.bn_samples = bn_samples
    describe_data(data, data_flags, split, [original])
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
