"""The methods of unlearning: each a row of `METHODS` and a loss; one loop trains them all.

A loss takes (model, batch, run) and returns a scalar and what to log: {name: (sum, count)}, tensors
on the device, so that no step waits for another. Whatever the precision of the network's products,
losses are computed in float32. Sources of the methods: METHODS below.
"""

from collections.abc import Callable
from typing import NamedTuple

import torch
from torch.nn import functional as F

from errors import Diverged
from ranks import mean, rank, total, world

BETA_EASY, BETA_HARD = 0.01, 0.5  # MCU, adaptive β: forgetting behind or ahead of retaining
SCRUB_CE, SCRUB_KL, SCRUB_TEMPERATURE, SCRUB_EPOCHS = 0.99, 0.001, 4, 2  # arXiv 2302.09880


class Run(NamedTuple):
    """What the losses need to know of a run; `draws` is new each epoch."""

    draws: torch.Generator  # on the CPU: t, and random labels
    beta: float = 0.0
    retain_base: float = 100.0  # alignment bases A_r, A_f in percent
    forget_base: float = 0.0
    original: torch.nn.Module | None = None  # θ_o in eval mode, for methods that distil from it
    t_range: tuple = (0.0, 1.0)  # where t is drawn


class Parts(NamedTuple):
    """The two halves of a batch: mean losses (exactly 0 for an empty half), accuracies, counts.

    Of several processes each has a part of the batch: accuracies and counts are those of the whole
    batch, and the mean of the processes' losses is its loss.
    """

    retain_loss: torch.Tensor
    forget_loss: torch.Tensor
    retain_acc: torch.Tensor
    forget_acc: torch.Tensor
    retained: torch.Tensor
    forgotten: torch.Tensor


def mean_over(values, chosen, count):
    """Mean of values (B,) where chosen (B,) is true; exactly 0, gradient too, where none is.

    count: how many the whole batch chooses, of which this process may have a part only.
    """
    return torch.where(chosen, values, 0).sum() * world() / count.clamp(min=1)


def mean_of_batch(values, parts):
    """Mean of values (B,) over the whole batch."""
    return values.sum() * world() / (parts.retained + parts.forgotten)


def predict(model, *inputs):
    """Logits (B, C) in float32, whatever the precision that the network computed them in."""
    return model(*inputs).float()


def divide(logits, y, forget, values=None):
    """The `Parts` of a batch; values (B,): the loss of each sample, cross-entropy unless given."""
    values = F.cross_entropy(logits, y, reduction='none') if values is None else values
    hits, halves = logits.detach().argmax(1) == y, (~forget, forget)
    counts = [half.sum() for half in halves]
    *counts, right_r, right_f = total(torch.stack(counts + [(hits & h).sum() for h in halves]))
    losses = [mean_over(values, half, count) for half, count in zip(halves, counts)]
    accuracies = [100 * n / count.clamp(min=1) for n, count in zip((right_r, right_f), counts)]
    return Parts(*losses, *accuracies, *counts)


def logged(parts):
    """Sums and counts of a batch's parts, for the means of an epoch."""
    halves = {'retain': parts.retained, 'forget': parts.forgotten}
    means = parts._asdict()
    return {
        f'{half}_{what}': (means[f'{half}_{what}'].detach() * count, count)
        for half, count in halves.items()
        for what in ('loss', 'acc')
    }


def balance(parts, beta):
    """L_r - β·L_f, and the log with β in it."""
    logs = logged(parts)
    beta = torch.as_tensor(beta, dtype=torch.float32, device=parts.retain_loss.device)
    logs['beta'] = (beta, torch.ones_like(beta))
    return parts.retain_loss - beta * parts.forget_loss, logs


# ---------------------------------------------------------------- losses


def cross_entropy(model, batch, run):
    """Mean cross-entropy of the batch."""
    x, y, forget = batch
    logits = predict(model, x)
    values = F.cross_entropy(logits, y, reduction='none')
    parts = divide(logits, y, forget, values)
    return mean_of_batch(values, parts), logged(parts)


def ascent(model, batch, run):
    """Minus the mean cross-entropy: gradient ascent."""
    loss, logs = cross_entropy(model, batch, run)
    return -loss, logs


def negative_gradient(model, batch, run):
    """NegGrad+: cross-entropy on retain minus β times that on forget."""
    x, y, forget = batch
    return balance(divide(predict(model, x), y, forget), run.beta)


def random_label(model, batch, run):
    """Cross-entropy; each forget sample carries a wrong label, drawn anew for every batch."""
    x, y, forget = batch
    logits = predict(model, x)
    classes = logits.shape[1]
    seed = int(torch.randint(2**62, (), generator=run.draws))  # the same in every process
    draws = torch.Generator().manual_seed(seed)
    shift = torch.randint(1, classes, (len(y) * world(),), generator=draws)[rank() :: world()]
    wrong = torch.where(forget, (y + shift.to(y.device, non_blocking=True)) % classes, y)
    parts = divide(logits, y, forget)
    return mean_of_batch(F.cross_entropy(logits, wrong, reduction='none'), parts), logged(parts)


def scrub(model, batch, run):
    """SCRUB: away from θ_o on forget samples, near it and the labels on retain samples."""
    x, y, forget = batch
    logits = predict(model, x)
    with torch.no_grad():
        taught = F.log_softmax(predict(run.original, x) / SCRUB_TEMPERATURE, dim=1)
    student = F.log_softmax(logits / SCRUB_TEMPERATURE, dim=1)
    kl = F.kl_div(student, taught, reduction='none', log_target=True).sum(1)  # KL(θ_o ‖ θ)
    kl = kl * SCRUB_TEMPERATURE**2
    parts = divide(logits, y, forget)
    near = SCRUB_CE * parts.retain_loss + SCRUB_KL * mean_over(kl, ~forget, parts.retained)
    return near - mean_over(kl, forget, parts.forgotten), logged(parts)


def at_random_t(model, batch, run):
    """The parts of a batch at one φ(t), t ~ U(0, 1), or of the range that was asked for."""
    x, y, forget = batch
    start, end = run.t_range
    t = start + (end - start) * torch.rand((), generator=run.draws)
    return divide(predict(model, x, t), y, forget)


def curve(model, batch, run):
    """MCU_β: L_r(φ(t)) - β·L_f(φ(t)) with a constant β."""
    return balance(at_random_t(model, batch, run), run.beta)


def dynamic(model, batch, run):
    """MCU: the same with β from the batch's own accuracies and the alignment bases."""
    parts = at_random_t(model, batch, run)
    beta = adaptive_beta(parts, run.retain_base, run.forget_base)
    loss, logs = balance(parts, beta)
    for name, value in (('off', 0.0), ('easy', BETA_EASY), ('hard', BETA_HARD)):
        logs[f'beta_{name}'] = ((beta == value).float(), torch.ones_like(beta))
    return loss, logs


def adaptive_beta(parts, retain_base, forget_base):
    """β of MCU, computed on the device: 0 where the batch has no forget sample or is forgotten
    enough, 0.01 where forgetting is nearer its base than retaining (relatively), otherwise 0.5.

    With forget_base 0 (class forgetting) the relative distance is infinite: 0 or 0.5.
    """
    acc_f = parts.forget_acc
    acc_r = torch.where(parts.retained > 0, parts.retain_acc, retain_base)
    easy = (acc_f - forget_base) / forget_base < (acc_r - retain_base) / retain_base
    done = (parts.forgotten == 0) | (acc_f <= forget_base)
    hard = torch.full_like(acc_f, BETA_HARD)
    return hard.masked_fill(easy, BETA_EASY).masked_fill(done, 0.0)


# ---------------------------------------------------------------- methods


class Method(NamedTuple):
    """trains_on: the parts of the data, one pass over each an epoch, in this order; starts_from:
    scratch, original or ends (of a curve); mask: the kind that it needs (salun) or may have
    (parameter); forget_epochs: how many epochs have the pass over train_forget; likely: the flags
    that are too high where it diverges."""

    trains_on: tuple
    starts_from: str
    loss: Callable
    mask: str | None = None
    forget_epochs: int | None = None
    likely: str = '--lr'

    def passes(self, epoch):
        """The parts that epoch (from 0) passes over."""
        over = self.forget_epochs is not None and epoch >= self.forget_epochs
        return [part for part in self.trains_on if not (over and part == 'train_forget')]


METHODS = {
    'baseline': Method(('train',), 'scratch', cross_entropy),
    'retrain': Method(('train_retain',), 'scratch', cross_entropy),
    'finetune': Method(('train_retain',), 'original', cross_entropy),
    'finetune2': Method(('train_forget',), 'original', cross_entropy),
    'ga': Method(('train_forget',), 'original', ascent, likely='--lr or --epochs'),
    'ga_plus': Method(('train',), 'original', negative_gradient, likely='--lr or --beta'),
    'randomlabel': Method(('train',), 'original', random_label),
    'salun': Method(('train',), 'original', random_label, mask='salun'),
    'scrub': Method(
        ('train_forget', 'train_retain'), 'original', scrub, forget_epochs=SCRUB_EPOCHS
    ),
    'curve': Method(('search',), 'ends', curve, mask='parameter', likely='--lr or --beta'),
    'dynamic': Method(('search',), 'ends', dynamic, mask='parameter'),
}


RECIPES = {  # epochs, learning rate and β that forget.py starts from
    'finetune': (8, 0.04, None),
    'randomlabel': (5, 0.02, None),
    'salun': (5, 0.02, None),
    'ga_plus': (5, 0.002, 0.2),
    'ga': (3, 0.001, None),
    'scrub': (5, 0.01, None),
}


def hold_elements(optimizer, model, mask):
    """Let only the elements in mask {name: bool tensor} move: the rest is put back after each step,
    whatever gradient, momentum or weight decay did to it (SalUn, arXiv 2310.12508)."""
    held = [
        (p, mask[name].to(p.device), p.detach().clone()) for name, p in model.named_parameters()
    ]

    @torch.no_grad()
    def put_back(*_):
        for p, moves, start in held:
            p.copy_(torch.where(moves, p, start))

    optimizer.register_step_post_hook(put_back)


PRECISIONS = {'fp32': None, 'bf16': torch.bfloat16, 'fp16': torch.float16}


def train_epoch(
    model,
    batches,
    loss,
    optimizer,
    name='training',
    precision='fp32',
    scaler=None,
    likely='--lr',
):
    """One pass over batches; loss(model, batch) as above. Returns {name: mean of the epoch}.

    precision: of the products; weights, statistics and losses stay float32. scaler: fp16's
    `torch.amp.GradScaler`. `began` among the means is the loss of the first batch: of its retained
    samples where it has some. Raises Diverged, with the name, the first bad batch (from 1) and the
    flags that are likely too high, where a loss is not finite.
    """
    model.train()
    losses, sums, began, kind = [], {}, None, PRECISIONS[precision]
    for batch in batches:
        with torch.autocast(batch[0].device.type, kind, enabled=kind is not None):
            value, logs = loss(model, batch)
        optimizer.zero_grad(set_to_none=True)
        if scaler is None:
            value.backward()
            optimizer.step()
        else:
            scaler.scale(value).backward()
            scaler.step(optimizer)
            scaler.update()
        losses.append(value.detach())
        began = began or (losses[0], logs.get('retain_loss', (0, 0)))
        for key, pair in logs.items():
            sums[key] = [a + b for a, b in zip(sums.get(key, (0, 0)), pair)]
    losses = mean(torch.stack(losses)).cpu()
    if not losses.isfinite().all():
        bad = int((~losses.isfinite()).nonzero()[0]) + 1
        problem = f'{name}: the loss is not finite from batch {bad} on.'
        raise Diverged(problem, f'lower {likely}; the epochs before it are kept.')
    means = {key: float(mean(s) / n) if n else None for key, (s, n) in sums.items()}
    first, (retained, count) = began
    first = float(mean(retained) / count) if count else float(losses[0])
    return {'loss': float(losses.mean()), 'began': first, **means}
