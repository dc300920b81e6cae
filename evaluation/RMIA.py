"""RMIA, a membership attack calibrated by models that never saw the sample (arXiv 2312.03262).

Its offline form. p(x) is a model's probability of x's own label, p_out(x) its mean over reference
models that were not trained on x: here retrained models of other seeds.
"""

import numpy as np

A, GAMMA = 0.3, 2  # Zarifzadeh et al.: offline calibration, how much likelier than a stranger
FALSE_POSITIVES = 0.01


def ratio(own, out):
    """p(x) / (½((1 + a) p_out(x) + 1 - a)): (N,), (N,) to (N,)."""
    own, out = np.asarray(own, dtype=np.float64), np.asarray(out, dtype=np.float64)
    return own / (0.5 * ((1 + A) * out + 1 - A))


def scores(ratios, population):
    """Share of the population's ratios r(z) with r(x) ≥ γ r(z), for each r(x): in [0, 1]."""
    return np.searchsorted(np.sort(GAMMA * population), ratios, side='right') / len(population)


def RMIA(forget, population, others):
    """(AUC from 0 to 1, percent of true positives at 1 % false ones) of D_f against others.

    Each argument is a pair (p, p_out) of arrays (N,), of D_f and of two sets that nobody was
    trained on. A model that never saw D_f has about 0.5, and 1 or, where p ties, less. NaN where a
    set is empty; the second too where there are fewer than 100 others, of which 1 % is none.
    """
    from sklearn.metrics import roc_auc_score, roc_curve  # takes seconds to import

    ratios = [ratio(*pair) for pair in (forget, population, others)]
    if not all(map(len, ratios)):
        return float('nan'), float('nan')
    found = np.concatenate([scores(r, ratios[1]) for r in (ratios[0], ratios[2])])
    member = np.repeat([1, 0], [len(ratios[0]), len(ratios[2])])
    false, true, _ = roc_curve(member, found, drop_intermediate=False)
    enough = len(others[0]) * FALSE_POSITIVES >= 1
    caught = true[false <= FALSE_POSITIVES].max() if enough else float('nan')
    return float(roc_auc_score(member, found)), 100 * float(caught)


def split_unseen(count):
    """Indices of the two halves of the unseen samples, always the same: population and others.

    The others have the odd one, so 199 unseen samples are the fewest with 100 others."""
    order = np.random.default_rng(0).permutation(count)
    return order[: count // 2], order[count // 2 :]
