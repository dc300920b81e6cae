"""The methods of unlearning: each a row of `METHODS` and a loss; one loop trains them all.

A loss takes (model, batch, context) and returns a scalar and what to log: {name: (sum, count)},
tensors on the device, so that no step waits for the device (SFRon's does). Losses are computed in
float32, whatever the precision of the network's products. A new method is a loss, a row of METHODS,
and its name in arg_parser.METHODS.
"""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import torch
from torch.nn import functional as F

from lib.distributed import mean_over, rank, sum_over, world_size
from lib.errors import Diverged

BETA_EASY, BETA_HARD = 0.01, 0.5  # MCU, adaptive β: forgetting is ahead of retaining, or behind
SCRUB_CE, SCRUB_KL, SCRUB_TEMPERATURE, SCRUB_EPOCHS = 0.99, 0.001, 4, 2  # arXiv 2302.09880
SFRON_ALPHA, SFRON_LAMBDA, SFRON_NORM = 25, 0.5, 7  # arXiv 2409.19732, its code for CIFAR-10
LEAST_LOSS = 2**-23  # of a sample in SFRon's weights: float32 knows no smaller one but 0


class Context(NamedTuple):
    """What the losses need to know besides the batch; `draws` is new each epoch."""

    draws: torch.Generator  # on the CPU: t, and random labels
    beta: float = 0.0
    retain_base: float = 100.0  # alignment bases A_r, A_f in percent
    forget_base: float = 0.0
    original: torch.nn.Module | None = None  # θ_o in eval mode, for methods that distil from it
    t_range: tuple = (0.0, 1.0)  # where t is drawn
    forget_loss: str = 'ce'  # a row of FORGET_LOSSES
    base_loss: float | None = None  # hinge: mean loss of θ_o on samples that it has not seen
    mask: list | None = None  # SFRon's: a bool tensor of each parameter, in the model's order


class Halves(NamedTuple):
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


def average(values, chosen, count):
    """Mean of values (B,) where chosen (B,) is true; exactly 0, gradient too, where none is.

    count: how many the whole batch chooses, of which this process may have a part only.
    """
    return torch.where(chosen, values, 0).sum() * world_size() / count.clamp(min=1)


def average_batch(values, halves):
    """Mean of values (B,) over the whole batch."""
    return values.sum() * world_size() / (halves.retained + halves.forgotten)


def predict(model, *inputs):
    """Logits (B, C) in float32, whatever the precision that the network computed them in."""
    return model(*inputs).float()


@torch.no_grad()
def ask_original(context, x):
    """Logits of θ_o in eval mode: the teacher of SCRUB and DELETE."""
    return predict(context.original.eval(), x)


def split_batch(logits, y, forget, values=None):
    """The `Halves` of a batch; values (B,): the loss of each sample, cross-entropy unless given."""
    values = F.cross_entropy(logits, y, reduction='none') if values is None else values
    hits, chosen = logits.detach().argmax(1) == y, (~forget, forget)
    sizes = [half.sum() for half in chosen]
    *counts, right_r, right_f = sum_over(torch.stack(sizes + [(hits & h).sum() for h in chosen]))
    losses = [average(values, half, count) for half, count in zip(chosen, counts)]
    accuracies = [100 * n / count.clamp(min=1) for n, count in zip((right_r, right_f), counts)]
    return Halves(*losses, *accuracies, *counts)


def log_halves(halves):
    """Sums and counts of a batch's halves, for the means of an epoch."""
    means, counts = halves._asdict(), {'retain': halves.retained, 'forget': halves.forgotten}
    return {
        f'{half}_{what}': (means[f'{half}_{what}'].detach() * count, count)
        for half, count in counts.items()
        for what in ('loss', 'acc')
    }


def balance(logits, batch, context, choose=None):
    """L_r + β·F, and the log with β in it. F is a row of FORGET_LOSSES, exactly 0 where the batch
    has no forget sample; β is choose(halves), or the context's without `choose`."""
    _, y, forget = batch
    halves = split_batch(logits, y, forget)
    beta = choose(halves) if choose else torch.tensor(context.beta, device=logits.device)
    logs = log_halves(halves) | {'beta': (beta, torch.ones_like(beta))}
    pushed = FORGET_LOSSES[context.forget_loss](logits, batch, halves, context)
    return halves.retain_loss + beta * pushed, logs


# ---------------------------------------------------------------- forget losses


def ascend(logits, batch, halves, context):
    """-L_f, the paper's: without a bound."""
    return -halves.forget_loss


def reach_loss(logits, batch, halves, context):
    """max(0, ℓ - L_f): L_f rises to the mean loss ℓ of θ_o on samples that it has not seen. At
    most ℓ; no gradient once it is there."""
    short = (mean_over(halves.forget_loss.detach()) < context.base_loss) & (halves.forgotten > 0)
    return torch.where(short, context.base_loss - halves.forget_loss, 0.0)


def unlearn_right(logits, batch, halves, context):
    """-L_f of the samples that are still right, over all forget samples. At least -ln C, for what
    is right has a probability of at least 1/C; no gradient from a sample that is wrong."""
    _, y, forget = batch
    right = forget & (logits.detach().argmax(1) == y)
    return -average(F.cross_entropy(logits, y, reduction='none'), right, halves.forgotten)


def remove_label(logits, batch, halves, context):
    """DELETE's divergence on the forget samples: they get θ_o's answer without the true label. At
    least 0, and without a gradient where they have it. (arXiv 2503.23751)"""
    x, y, forget = batch
    taught = ask_original(context, x)
    return average(diverge(logits, taught, y), forget, halves.forgotten)


def diverge(logits, taught, y):
    """KL(q ‖ softmax(logits)) of each sample, (B,): q is the softmax of taught (B, C) over the
    classes other than the label y (B,). The label's own term, 0·log 0, is 0."""
    q = taught.scatter(1, y[:, None], -torch.inf).softmax(1)
    return F.kl_div(F.log_softmax(logits, 1), q, reduction='none').sum(1)


FORGET_LOSSES = {
    'ce': ascend,
    'hinge': reach_loss,
    'right': unlearn_right,
    'delete': remove_label,
}


# ---------------------------------------------------------------- losses


def cross_entropy(model, batch, context):
    """Mean cross-entropy of the batch."""
    x, y, forget = batch
    logits = predict(model, x)
    values = F.cross_entropy(logits, y, reduction='none')
    halves = split_batch(logits, y, forget, values)
    return average_batch(values, halves), log_halves(halves)


def ascent(model, batch, context):
    """Minus the mean cross-entropy: gradient ascent."""
    loss, logs = cross_entropy(model, batch, context)
    return -loss, logs


def negative_gradient(model, batch, context):
    """NegGrad+: cross-entropy on retain plus β times the forget loss."""
    return balance(predict(model, batch[0]), batch, context)


def random_label(model, batch, context):
    """Cross-entropy; each forget sample carries a wrong label, drawn anew for every batch."""
    x, y, forget = batch
    logits = predict(model, x)
    classes = logits.shape[1]
    seed = int(torch.randint(2**62, (), generator=context.draws))  # the same in every process
    draws = torch.Generator().manual_seed(seed)
    shift = torch.randint(1, classes, (len(y) * world_size(),), generator=draws)
    shift = shift[rank() :: world_size()].to(y.device, non_blocking=True)
    wrong = torch.where(forget, (y + shift) % classes, y)
    halves = split_batch(logits, y, forget)
    values = F.cross_entropy(logits, wrong, reduction='none')
    return average_batch(values, halves), log_halves(halves)


def scrub(model, batch, context):
    """SCRUB: away from θ_o on forget samples, near it and the labels on retain samples."""
    x, y, forget = batch
    logits = predict(model, x)
    taught = F.log_softmax(ask_original(context, x) / SCRUB_TEMPERATURE, dim=1)
    student = F.log_softmax(logits / SCRUB_TEMPERATURE, dim=1)
    kl = F.kl_div(student, taught, reduction='none', log_target=True).sum(1)  # KL(θ_o ‖ θ)
    kl = kl * SCRUB_TEMPERATURE**2
    halves = split_batch(logits, y, forget)
    near = SCRUB_CE * halves.retain_loss + SCRUB_KL * average(kl, ~forget, halves.retained)
    return near - average(kl, forget, halves.forgotten), log_halves(halves)


def delete(model, batch, context):
    """DELETE: θ_o's answer without the true label, on forget samples; others count nothing."""
    x, y, forget = batch
    logits = predict(model, x)
    halves = split_batch(logits, y, forget)
    return remove_label(logits, batch, halves, context), log_halves(halves)


def sfron(model, batch, context):
    """SFRon: cross-entropy on a batch of D_r; on one with forget samples, a forgetting step.

    That is ascent on them, -α·Σ w_i ℓ_i / Σ w_i with w_i = ℓ_i^-λ held constant; only the elements
    of the mask get its gradient, clipped to a norm of 7. (arXiv 2409.19732; slow weights at rate 1)
    """
    x, y, forget = batch
    logits = predict(model, x)
    values = F.cross_entropy(logits, y, reduction='none')
    halves = split_batch(logits, y, forget, values)
    if halves.forgotten == 0:  # of the whole batch: all processes go the same way
        return halves.retain_loss, log_halves(halves)
    weights = values.detach().clamp(min=LEAST_LOSS) ** -SFRON_LAMBDA * forget
    mean = (weights * values).sum() * world_size() / sum_over(weights.sum())
    return mask_gradient(-SFRON_ALPHA * mean, model, context.mask), log_halves(halves)


def mask_gradient(loss, model, mask):
    """The same value with another gradient: that of the loss where the mask is true, 0 elsewhere,
    clipped to SFRON_NORM. The gradient is averaged over the processes before it is clipped."""
    free = [(p, chosen) for p, chosen in zip(model.parameters(), mask) if p.requires_grad]
    gradient = torch.autograd.grad(loss, [p for p, _ in free], allow_unused=True)
    rows = [(p, mean_over(g) * chosen) for (p, chosen), g in zip(free, gradient) if g is not None]
    norm = torch.stack([g.norm() for _, g in rows]).norm()
    scale = (SFRON_NORM / norm).clamp(max=1)
    surrogate = sum((p * (g * scale)).sum() for p, g in rows)
    return surrogate - surrogate.detach() + loss.detach()


def predict_at_random_t(model, batch, context):
    """Logits of a batch at one φ(t), t ~ U(0, 1), or of the range that was asked for."""
    start, end = context.t_range
    t = start + (end - start) * torch.rand((), generator=context.draws)
    return predict(model, batch[0], t)


def curve(model, batch, context):
    """MCU_β: L_r(φ(t)) + β·F(φ(t)) with a constant β; F = -L_f in the paper."""
    return balance(predict_at_random_t(model, batch, context), batch, context)


def dynamic(model, batch, context):
    """MCU: the same with β from the batch's own accuracies and the alignment bases."""
    choose = partial(choose_beta, retain_base=context.retain_base, forget_base=context.forget_base)
    loss, logs = balance(predict_at_random_t(model, batch, context), batch, context, choose)
    beta, one = logs['beta']
    for name, value in (('off', 0.0), ('easy', BETA_EASY), ('hard', BETA_HARD)):
        logs[f'beta_{name}'] = ((beta == value).float(), one)
    return loss, logs


def choose_beta(halves, retain_base, forget_base):
    """β of MCU, computed on the device: 0 where the batch has no forget sample or is forgotten
    enough, 0.01 where (a_f - A_f)/A_f < (a_r - A_r)/A_r, otherwise 0.5. The distances are signed:
    the middle case needs a batch whose retain accuracy lies above A_r.

    With forget_base 0 (class forgetting) the relative distance is infinite: 0 or 0.5.
    """
    acc_f = halves.forget_acc
    acc_r = torch.where(halves.retained > 0, halves.retain_acc, retain_base)
    easy = (acc_f - forget_base) / forget_base < (acc_r - retain_base) / retain_base
    done = (halves.forgotten == 0) | (acc_f <= forget_base)
    hard = torch.full_like(acc_f, BETA_HARD)
    return hard.masked_fill(easy, BETA_EASY).masked_fill(done, 0.0)


# ---------------------------------------------------------------- methods


class Method(NamedTuple):
    """What a method trains on, by which loss, and which flags it takes."""

    trains_on: tuple  # parts of the data: one pass over each an epoch, in this order
    starts_from: str  # scratch, original or ends (of a curve)
    loss: Callable  # loss(model, batch, context) → (scalar, what to log)
    mask: str | None = None  # the kind that it needs (salun, sfron) or may have (parameter)
    forget_epochs: int | None = None  # how many epochs have the pass over train_forget; None: all
    suspects: str = '--lr'  # the flags that are too high where it diverges
    takes_forget_loss: bool = False  # and --beta
    adapts_beta: bool = False  # by the alignment bases
    is_expert: bool = False  # made to be taken away: what it knows of D_r does not matter

    def list_passes(self, epoch):
        """The parts of the data that an epoch (from 0) passes over."""
        over = self.forget_epochs is not None and epoch >= self.forget_epochs
        return [part for part in self.trains_on if not (over and part == 'train_forget')]


METHODS = {
    'baseline': Method(('train',), 'scratch', cross_entropy),
    'retrain': Method(('train_retain',), 'scratch', cross_entropy),
    'finetune': Method(('train_retain',), 'original', cross_entropy),
    'finetune2': Method(('train_forget',), 'original', cross_entropy, is_expert=True),
    'ga': Method(('train_forget',), 'original', ascent, suspects='--lr or --epochs'),
    'ga_plus': Method(
        ('train',), 'original', negative_gradient, suspects='--lr or --beta', takes_forget_loss=True
    ),
    'randomlabel': Method(('train',), 'original', random_label),
    'salun': Method(('train',), 'original', random_label, mask='salun'),
    'scrub': Method(
        ('train_forget', 'train_retain'), 'original', scrub, forget_epochs=SCRUB_EPOCHS
    ),
    'delete': Method(('train_forget',), 'original', delete, suspects='--lr or --epochs'),
    'sfron': Method(('train_forget', 'train_retain'), 'original', sfron, mask='sfron'),
    'curve': Method(
        ('search',),
        'ends',
        curve,
        mask='parameter',
        suspects='--lr or --beta',
        takes_forget_loss=True,
    ),
    'dynamic': Method(
        ('search',), 'ends', dynamic, mask='parameter', takes_forget_loss=True, adapts_beta=True
    ),
}


def freeze_unselected(optimizer, model, mask):
    """Let only the elements in mask {name: bool tensor} move: the rest is put back after each step,
    whatever gradient, momentum or weight decay did to it (SalUn, arXiv 2310.12508)."""
    kept = [
        (p, mask[name].to(p.device), p.detach().clone()) for name, p in model.named_parameters()
    ]

    @torch.no_grad()
    def put_back(*_):
        for p, moves, start in kept:
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
    suspects='--lr',
):
    """One pass over batches; loss(model, batch) as above. Returns {name: mean of the epoch}.

    precision: of the products; weights, statistics and losses stay float32. scaler: fp16's
    `torch.amp.GradScaler`. `first_loss` among the means is the loss of the first batch: of its
    retained samples where it has some. Raises Diverged, with the name, the first bad batch (from
    1) and the flags that are suspected to be too high, where a loss is not finite.
    """
    model.train()
    losses, sums, first_retain, kind = [], {}, None, PRECISIONS[precision]
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
        first_retain = first_retain or logs.get('retain_loss', (0, 0))
        for key, pair in logs.items():
            sums[key] = [a + b for a, b in zip(sums.get(key, (0, 0)), pair)]
    losses = mean_over(torch.stack(losses)).cpu()
    if not losses.isfinite().all():
        bad = int((~losses.isfinite()).nonzero()[0]) + 1
        problem = f'{name}: the loss is not finite from batch {bad} on.'
        raise Diverged(problem, f'lower {suspects}.')
    means = {key: float(mean_over(s) / n) if n else None for key, (s, n) in sums.items()}
    total, count = first_retain
    first = float(mean_over(total) / count) if count else float(losses[0])
    return {'loss': float(losses.mean()), 'first_loss': first, **means}
