"""The names that flags take: methods, masks, precisions. Each list stands here alone.

Nothing here imports torch, so that --help answers at once. `unlearn.py` has the functions that the
rows name.
"""

from typing import NamedTuple


class Method(NamedTuple):
    """A method: the data that it trains on, the model that it starts from, its loss, its flags."""

    trains_on: tuple  # parts of the data; each epoch passes once over each part, in this order
    starts_from: str  # scratch, original, end (the pre-unlearning model) or ends (of a curve)
    loss: str  # the name of a function of unlearn.py; in unlearn.METHODS the function itself
    mask: str | None = None  # the kind that it needs (salun, sfron) or may have (parameter)
    forget_epochs: int | None = None  # the first epochs, which alone pass over train_forget
    prepare: str | None = None  # a function of unlearn.py that changes the model before training
    takes_beta: bool = False
    adapts_beta: bool = False  # by the alignment bases

    @property
    def is_curve(self):
        """Whether it searches a curve between two models."""
        return self.starts_from == 'ends'

    @property
    def begins_at_end(self):
        """Whether it goes on from a pre-unlearning model, alone or as an end of a curve."""
        return self.starts_from in ('end', 'ends')

    def list_passes(self, epoch):
        """The parts of the data that an epoch (from 0) passes over."""
        if self.forget_epochs is None or epoch < self.forget_epochs:
            return [*self.trains_on]
        return [part for part in self.trains_on if part != 'train_forget']


ALL, FORGET, RETAIN, SEARCH = ('train',), ('train_forget',), ('train_retain',), ('search',)
METHODS = {
    'baseline': Method(ALL, 'scratch', 'cross_entropy'),
    'retrain': Method(RETAIN, 'scratch', 'cross_entropy'),
    'finetune': Method(RETAIN, 'original', 'cross_entropy'),
    'finetune2': Method(FORGET, 'original', 'cross_entropy'),
    'ga': Method(FORGET, 'original', 'gradient_ascent'),
    'ga_plus': Method(ALL, 'original', 'negative_gradient', takes_beta=True),
    'randomlabel': Method(ALL, 'original', 'random_label'),
    'salun': Method(ALL, 'original', 'random_label', mask='salun'),
    'scrub': Method((*FORGET, *RETAIN), 'original', 'scrub', forget_epochs=2),  # arXiv 2302.09880
    'delete': Method(FORGET, 'original', 'delete'),
    'sfron': Method((*FORGET, *RETAIN), 'original', 'sfron', mask='sfron'),
    'l1_sparse': Method(RETAIN, 'original', 'l1_sparse'),
    'msg': Method(RETAIN, 'original', 'cross_entropy', prepare='reinitialise_small_gradients'),
    'ct': Method(RETAIN, 'original', 'cross_entropy', prepare='transpose_kernels'),
    'curve': Method(SEARCH, 'ends', 'curve', mask='parameter', takes_beta=True),
    'dynamic': Method(
        SEARCH, 'ends', 'dynamic', mask='parameter', takes_beta=True, adapts_beta=True
    ),
    'align': Method(SEARCH, 'end', 'align', adapts_beta=True),
}
MASKS = {  # {kind: what makes it}
    'parameter': 'generate_weight_mask.py',
    'salun': 'generate_mask.py',
    'sfron': 'generate_mask.py --kind=sfron',
}
PRECISIONS = ('fp32', 'bf16')
