"""RMIA, a membership attack calibrated by models that never saw the sample (arXiv 2312.03262).

Its offline form. p(x) is a model's probability of x's own label, p_out(x) its mean over reference
models that were not trained on x: here retrained models of other seeds.
"""

import numpy as np

A, GAMMA = 0.3, 2  # Zarifzadeh et al.: offline calibration; how much larger a ratio must be
FALSE_POSITIVES = 0.01


def compute_ratios(prob, out):
    """p(x) / (½((1 + a) p_out(x) + 1 - a)): (N,), (N,) to (N,)."""
    return prob / (0.5 * ((1 + A) * np.asarray(out) + 1 - A))


def rank_ratios(ratios, population):
    """For each ratio r(x) the share of the population's ratios r(z) with r(x) ≥ γ r(z)."""
    return np.searchsorted(np.sort(GAMMA * population), ratios, side='right') / len(population)


def RMIA(forget, population, others):
    """(AUC from 0 to 1, percent of true positives at 1 % false positives) of D_f against others.

    Each argument is a pair (p, p_out) of arrays (N,): of D_f, and of two sets that no model was
    trained on. A model that never saw D_f has about (0.5, 1). Both are NaN where a set is empty;
    with fewer than 100 others the second is NaN.
    """
    from sklearn.metrics import roc_auc_score, roc_curve  # takes seconds to import

    forget, population, others = (compute_ratios(*pair) for pair in (forget, population, others))
    if not (len(forget) and len(population) and len(others)):
        return float('nan'), float('nan')
    ranks = rank_ratios(np.concatenate([forget, others]), population)
    is_member = np.repeat([1, 0], [len(forget), len(others)])
    false, true, _ = roc_curve(is_member, ranks, drop_intermediate=False)
    enough = len(others) * FALSE_POSITIVES >= 1
    best = true[false <= FALSE_POSITIVES].max() if enough else float('nan')
    return float(roc_auc_score(is_member, ranks)), 100 * float(best)


def split_unseen(count):
    """Indices of the two halves of the unseen samples, population and others, always the same. The
    others have the odd one: 100 others take 199 unseen samples."""
    shuffled = np.random.default_rng(0).permutation(count)
    return shuffled[: count // 2], shuffled[count // 2 :]
