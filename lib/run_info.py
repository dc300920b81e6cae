"""The record of a run: what was run, on what, from what, and the seconds it took."""

import hashlib
import json
from dataclasses import asdict, dataclass, field, fields

from lib.errors import InputError

STAGES = ('mask', 'pre', 'search', 'select')  # of making a model; RTE is the sum of their seconds


@dataclass
class RunInfo:
    """What was run. It stands in run.json, and as a dict in every file that the run writes.

    Runs that differ in nothing but `seed` are the seeds of one configuration.
    """

    method: str
    seed: int
    data: dict  # the flags of the role data (lib/flags.py), and num_classes
    split: dict  # unlearn_type, and its forget_ratio, forget_class or forget_index; split_seed
    scenario: str  # the split in a word: random0.1, class3, index5f3a1c
    data_fingerprint: str
    forget_fingerprint: str
    config: dict  # every other flag that changes the result
    weights: dict = field(default_factory=dict)  # digests of the networks and masks it starts from
    start: dict | None = None  # the record of the original; {} of a foreign one
    end: dict | None = None  # the record of a curve's pre-unlearning model, or of NegTV's expert
    seconds: dict = field(default_factory=dict)  # of compute, by stage
    name: str = ''  # of the run's folder

    def __post_init__(self):
        if not self.name:
            pre = [] if self.end is None else [self.end.get('method', 'foreign')]
            head = '-'.join([self.method, *pre])
            self.name = f'{head}-{self.scenario}-seed{self.seed}-{digest_text(self.identity())[:6]}'

    def identity(self):
        """A text that two runs share if they are the same run."""
        keys = ('method', 'seed', 'data', 'config', 'weights', 'data_fingerprint')
        keys += ('forget_fingerprint',)  # which says the split
        return json.dumps([getattr(self, key) for key in keys], sort_keys=True)

    def to_dict(self):
        """In plain types."""
        return asdict(self)

    @classmethod
    def from_dict(cls, content, source):
        """The record from a dict in a file; raises InputError where a field is missing or wrong."""
        for key in fields(cls):
            if not isinstance(content.get(key.name), key.type):
                problem = f'{source}: the {key.name} of its run is {content.get(key.name)!r:.40}.'
                raise InputError(problem, 'give a file as this software wrote it.')
        return cls(**{key.name: content[key.name] for key in fields(cls)})


def digest_text(text):
    """Sixteen hex digits of a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
