"""The methods of unlearning: each a row of `METHODS` and a loss; one loop trains them all.

A loss takes (model, batch, context) and returns a scalar and what to log: {name: (sum, count)},
tensors on the device, so that no step waits for the device (SFRon's does). Losses are computed in
float32. A new method is a loss here and a row of `lib.methods.METHODS`.
"""

from functools import partial
from typing import NamedTuple

import torch
from torch import nn
from torch.nn import functional as F

from lib import methods
from lib.distributed import mean_over, rank, sum_over, world_size
from lib.errors import InputError

BETA_EASY, BETA_HARD = 0.01, 0.5  # MCU, adaptive β: forgetting is ahead of retaining, or behind
SCRUB_CE, SCRUB_KL, SCRUB_TEMPERATURE = 0.99, 0.001, 4  # arXiv 2302.09880
SFRON_ALPHA, SFRON_LAMBDA, SFRON_NORM = 25, 0.5, 7  # arXiv 2409.19732, its code for CIFAR-10
L1_WEIGHT = 1e-4  # at first; the code of arXiv 2401.06187: the 0.2 of 2304.04934's ruins a network
MSG_SHARE, MSG_SLOW = 0.3, 0.1  # arXiv 2410.01276, its code
MIN_LOSS = 2**-23  # of a sample in SFRon's weights: float32 knows no smaller one but 0


class Context(NamedTuple):
    """What the losses need to know besides the batch; the generator is new each epoch."""

    generator: torch.Generator | None = None  # on the CPU: t, and random labels
    beta: float = 0.0
    retain_base: float = 100.0  # alignment bases A_r, A_f in percent
    forget_base: float = 0.0
    original: torch.nn.Module | None = None  # θ_o in eval mode, for methods that distil from it
    t_range: tuple = (0.0, 1.0)  # where t is drawn
    mask: list | None = None  # SFRon's: a bool tensor of each parameter, in the model's order
    progress: float = 0.0  # the share of all epochs that has been done


class Halves(NamedTuple):
    """The halves of a batch: mean losses (exactly 0 of an empty half), accuracies, counts."""

    retain_loss: torch.Tensor
    forget_loss: torch.Tensor
    retain_acc: torch.Tensor
    forget_acc: torch.Tensor
    retained: torch.Tensor
    forgotten: torch.Tensor


def average(values, weights):
    """Σ w v / Σ w of values and weights (B,); exactly 0, gradient too, where no weight is above 0.
    Σ w is that of the batch of all processes: the mean of their averages is the batch's."""
    total = sum_over(weights.sum()) / world_size()
    weighted = torch.where(weights > 0, weights * values, 0)
    return weighted.sum() / torch.where(total > 0, total, 1)


def predict(model, *inputs):
    """Logits (B, C) in float32."""
    return model(*inputs).float()


@torch.no_grad()
def ask_original(context, x):
    """Logits of θ_o in eval mode: the teacher of SCRUB and DELETE."""
    return predict(context.original.eval(), x)


def split_batch(logits, y, forget, values=None):
    """The `Halves` of a batch; values (B,): the loss of each sample, cross-entropy unless given."""
    values = F.cross_entropy(logits, y, reduction='none') if values is None else values
    right = 100.0 * (logits.detach().argmax(1) == y)
    losses = average(values, ~forget), average(values, forget)
    accuracies = mean_over(average(right, ~forget)), mean_over(average(right, forget))
    return Halves(*losses, *accuracies, sum_over((~forget).sum()), sum_over(forget.sum()))


def log_halves(halves):
    """Sums and counts of a batch's halves. batch_*_acc: of the weights before the step."""
    return {
        'retain_loss': (halves.retain_loss.detach() * halves.retained, halves.retained),
        'batch_retain_acc': (halves.retain_acc * halves.retained, halves.retained),
        'forget_loss': (halves.forget_loss.detach() * halves.forgotten, halves.forgotten),
        'batch_forget_acc': (halves.forget_acc * halves.forgotten, halves.forgotten),
    }


def balance(logits, batch, context, choose=None):
    """L_r - β·L_f, and the log with β in it. β is choose(halves), or the context's without it."""
    halves = split_batch(logits, *batch[1:])
    beta = choose(halves) if choose else torch.tensor(context.beta, device=logits.device)
    logs = log_halves(halves) | {'beta': (beta, torch.ones_like(beta))}
    return halves.retain_loss - beta * halves.forget_loss, logs


# ---------------------------------------------------------------- losses


def cross_entropy(model, batch, context):
    """Mean cross-entropy of the batch."""
    x, y, forget = batch
    logits = predict(model, x)
    values = F.cross_entropy(logits, y, reduction='none')
    return average(values, torch.ones_like(y)), log_halves(split_batch(logits, y, forget, values))


def gradient_ascent(model, batch, context):
    """Minus the mean cross-entropy: gradient ascent."""
    loss, logs = cross_entropy(model, batch, context)
    return -loss, logs


def negative_gradient(model, batch, context):
    """NegGrad+: L_r - β·L_f."""
    return balance(predict(model, batch[0]), batch, context)


def random_label(model, batch, context):
    """Cross-entropy; each forget sample carries a wrong label, drawn anew for every batch."""
    x, y, forget = batch
    logits = predict(model, x)
    classes = logits.shape[1]
    seed = int(torch.randint(2**62, (), generator=context.generator))  # the same in every process
    generator = torch.Generator().manual_seed(seed)
    shift = torch.randint(1, classes, (len(y) * world_size(),), generator=generator)
    shift = shift[rank() :: world_size()].to(y.device, non_blocking=True)
    wrong = torch.where(forget, (y + shift) % classes, y)
    values = F.cross_entropy(logits, wrong, reduction='none')
    return average(values, torch.ones_like(y)), log_halves(split_batch(logits, y, forget))


def scrub(model, batch, context):
    """SCRUB: away from θ_o on forget samples, by KL(θ_o ‖ θ); near it and the labels on others."""
    x, y, forget = batch
    logits = predict(model, x)
    taught = F.log_softmax(ask_original(context, x) / SCRUB_TEMPERATURE, dim=1)
    student = F.log_softmax(logits / SCRUB_TEMPERATURE, dim=1)
    kl = SCRUB_TEMPERATURE**2 * F.kl_div(student, taught, reduction='none', log_target=True).sum(1)
    halves = split_batch(logits, y, forget)
    near = SCRUB_CE * halves.retain_loss + SCRUB_KL * average(kl, ~forget)
    return near - average(kl, forget), log_halves(halves)


def delete(model, batch, context):
    """DELETE: KL(q ‖ softmax(logits)) on the forget samples, q being θ_o's answer without the true
    label; others count nothing. (arXiv 2503.23751)"""
    x, y, forget = batch
    logits = predict(model, x)
    q = ask_original(context, x).scatter(1, y[:, None], -torch.inf).softmax(1)
    kl = F.kl_div(F.log_softmax(logits, 1), q, reduction='none').sum(1)  # 0·log 0 is 0
    return average(kl, forget), log_halves(split_batch(logits, y, forget))


def sfron(model, batch, context):
    """SFRon: cross-entropy on a batch of D_r; on one with forget samples ascent on them,
    -α·Σ w_i ℓ_i / Σ w_i with w_i = ℓ_i^-λ held constant. (arXiv 2409.19732)"""
    x, y, forget = batch
    logits = predict(model, x)
    values = F.cross_entropy(logits, y, reduction='none')
    halves = split_batch(logits, y, forget, values)
    if halves.forgotten == 0:  # of the whole batch: all processes go the same way
        return halves.retain_loss, log_halves(halves)
    weights = values.detach().clamp(min=MIN_LOSS) ** -SFRON_LAMBDA * forget
    loss = -SFRON_ALPHA * average(values, weights)
    return mask_gradient(loss, model, context.mask), log_halves(halves)


def mask_gradient(loss, model, mask):
    """The loss with another gradient: its own where the mask is true, averaged over the processes
    and clipped to SFRON_NORM, and 0 elsewhere."""
    free = [(p, chosen) for p, chosen in zip(model.parameters(), mask) if p.requires_grad]
    gradient = torch.autograd.grad(loss, [p for p, _ in free], allow_unused=True)
    rows = [(p, mean_over(g) * chosen) for (p, chosen), g in zip(free, gradient) if g is not None]
    scale = (SFRON_NORM / torch.stack([g.norm() for _, g in rows]).norm()).clamp(max=1)
    surrogate = sum((p * (g * scale)).sum() for p, g in rows)
    return surrogate - surrogate.detach() + loss.detach()


def l1_sparse(model, batch, context):
    """Cross-entropy plus a weight times the l1 norm of all parameters; the weight falls linearly
    with the epochs. (arXiv 2304.04934)"""
    loss, logs = cross_entropy(model, batch, context)
    norm = sum(p.abs().sum() for p in model.parameters())
    return loss + L1_WEIGHT * (1 - context.progress) * norm, logs


def predict_at_random_t(model, batch, context):
    """Logits of a batch at one φ(t), with t uniform in the context's range."""
    start, end = context.t_range
    t = start + (end - start) * torch.rand((), generator=context.generator)
    return predict(model, batch[0], t)


def curve(model, batch, context):
    """MCU_β: L_r(φ(t)) - β·L_f(φ(t)) with a constant β."""
    return balance(predict_at_random_t(model, batch, context), batch, context)


def dynamic(model, batch, context):
    """MCU: the same with β from the batch's own accuracies and the alignment bases."""
    return balance_by_accuracies(predict_at_random_t(model, batch, context), batch, context)


def align(model, batch, context):
    """MCU's loss on one network, without a curve."""
    return balance_by_accuracies(predict(model, batch[0]), batch, context)


def balance_by_accuracies(logits, batch, context):
    """L_r - β·L_f with the β of MCU, and the log with the shares of its three values."""
    choose = partial(choose_beta, retain_base=context.retain_base, forget_base=context.forget_base)
    loss, logs = balance(logits, batch, context, choose)
    beta, one = logs['beta']
    for name, value in (('off', 0.0), ('easy', BETA_EASY), ('hard', BETA_HARD)):
        logs[f'beta_{name}'] = ((beta == value).float(), one)
    return loss, logs


def choose_beta(halves, retain_base, forget_base):
    """β of MCU: 0 where the batch has no forget sample or is forgotten enough, 0.01 where
    (a_f - A_f)/A_f < (a_r - A_r)/A_r, otherwise 0.5. With forget_base 0 (class forgetting) the
    relative distance is infinite: 0 or 0.5."""
    acc_f = halves.forget_acc
    acc_r = torch.where(halves.retained > 0, halves.retain_acc, retain_base)
    easy = (acc_f - forget_base) / forget_base < (acc_r - retain_base) / retain_base
    done = (halves.forgotten == 0) | (acc_f <= forget_base)
    hard = torch.full_like(acc_f, BETA_HARD)
    return hard.masked_fill(easy, BETA_EASY).masked_fill(done, 0.0)


# ---------------------------------------------------------------- before training


def list_convolutions(model):
    """[(name, weight)] of the convolutions that may move; raises InputError where there is none."""
    kernels = {module.weight for module in model.modules() if isinstance(module, nn.Conv2d)}
    free = [(name, p) for name, p in model.named_parameters() if p.requires_grad]
    rows = [(name, p) for name, p in free if p in kernels]
    if not rows:
        problem = 'the network has no convolution that may move.'
        raise InputError(problem, 'choose a method that needs none.')
    return rows


def reinitialise_small_gradients(model, compute_gradient, generator):
    """MSG: draw anew, in each convolution, the share of weights that the gradient of L_r - L_f is
    least on. In training the gradient of the others counts a tenth. (arXiv 2410.01276)"""
    convolutions = list_convolutions(model)
    retain, forget = compute_gradient('train_retain'), compute_gradient('train_forget')
    for name, weight in convolutions:
        size = (retain[name] - forget[name]).abs().flatten()
        smallest = size.topk(round(MSG_SHARE * len(size)), largest=False).indices
        fresh, speed = torch.empty(weight.shape), torch.full_like(size, MSG_SLOW)
        nn.init.kaiming_normal_(fresh, mode='fan_out', nonlinearity='relu', generator=generator)
        speed[smallest] = 1.0
        speed = speed.view_as(weight)
        weight.detach().copy_(torch.where(speed == 1, fresh.to(weight.device), weight))
        weight.register_hook(speed.mul)


def transpose_kernels(model, compute_gradient, generator):
    """CT: exchange height and width of the kernels of each convolution. (arXiv 2410.01276)"""
    for _, weight in list_convolutions(model):
        if weight.shape[2] == weight.shape[3]:
            weight.detach().copy_(weight.transpose(2, 3).clone())


METHODS = {
    name: row._replace(loss=globals()[row.loss], prepare=row.prepare and globals()[row.prepare])
    for name, row in methods.METHODS.items()
}


def freeze_unselected(optimizer, model, mask):
    """Let only the elements in mask {name: bool tensor} move: the rest is put back after each step
    (SalUn, arXiv 2310.12508)."""
    starts = {name: p.detach().clone() for name, p in model.named_parameters()}
    mask = {name: moves.to(starts[name].device) for name, moves in mask.items()}

    @torch.no_grad()
    def put_back(*_):
        for name, p in model.named_parameters():
            p.copy_(torch.where(mask[name], p, starts[name]))

    optimizer.register_step_post_hook(put_back)
