"""Membership inference by a support vector classifier: was a forgotten sample trained on?

L. Song, P. Mittal, USENIX Security 2021 (arXiv 2003.10595); J. Jia et al., NeurIPS 2023
(arXiv 2304.04934). Every result is the percent of D_f that the attack calls *non-member*.
"""

from concurrent.futures import ThreadPoolExecutor
from itertools import product

import numpy as np

TINY = 1e-30  # probabilities are clipped at it inside a logarithm
ATTACKS = ('confidence', 'entropy', 'modified_entropy', 'correctness', 'prob')
MAX_SETS = 5  # that the larger part is cut into, each with attacks of its own


def entropy(probs):
    """-Σ p_i log p_i of each row of probs (N, C), in nats."""
    return -(probs * np.log(np.maximum(probs, TINY))).sum(1)


def modified_entropy(probs, labels):
    """-(1-p_y) log p_y - Σ_{i≠y} p_i log(1-p_i) of each row: (N, C), (N,) to (N,), in nats.

    It is small where a row is sure of its label. (Song & Mittal, section 3.2)
    """
    probs = np.asarray(probs, dtype=np.float64)
    rows = np.arange(len(labels))
    true = probs[rows, labels]
    others = probs * np.log(np.maximum(1 - probs, TINY))
    others[rows, labels] = 0
    return -(1 - true) * np.log(np.maximum(true, TINY)) - others.sum(1)


def features(probs, labels):
    """The features of samples for each attack: {attack: (N, 1)}, for prob (N, C)."""
    probs = np.asarray(probs, dtype=np.float64)
    columns = {
        'confidence': probs[np.arange(len(labels)), labels],
        'entropy': entropy(probs),
        'modified_entropy': modified_entropy(probs, labels),
        'correctness': (probs.argmax(1) == labels).astype(np.float64),
    }
    return {name: column[:, None] for name, column in columns.items()} | {'prob': probs}


def SVC_MIA(retain, test, forget, seed=0):
    """Five attacks, each an RBF SVC (C = 3, gamma auto), asked about the forgotten samples.

    retain, test, forget: pairs (probs N×C, labels N). Members are retain samples, non-members as
    many test samples. The larger part is cut at random (by seed) into as many sets of the smaller
    one's size as it holds, at most MAX_SETS, and each set makes an attack of its own. Returns
    {attack: percent of forget called non-member}, the mean over the sets.
    """
    from joblib import cpu_count  # of this process, where several share a machine
    from sklearn.svm import SVC  # takes seconds to import: only who attacks pays

    count = min(len(retain[1]), len(test[1]))
    rng, sets = np.random.default_rng(seed), []
    for probs, labels in (retain, test):
        number = min(len(labels) // count, MAX_SETS)  # 1 of the smaller part
        rows = rng.permutation(len(labels))[: number * count].reshape(number, count)
        sets.append([features(probs[i], labels[i]) for i in rows])
    queries, is_member = features(*forget), np.repeat([1, 0], count)

    def attack(name, members, others):
        samples = np.concatenate([members[name], others[name]])
        # equal samples are one sample of their weight: the same problem, and a smaller one
        samples = np.column_stack([is_member, samples])
        samples, weights = np.unique(samples, axis=0, return_counts=True)
        # cache_size: MiB a thread, more is slower; random_state: None draws from NumPy's global one
        svc = SVC(C=3, kernel='rbf', gamma='auto', cache_size=40, random_state=0)
        svc.fit(samples[:, 1:], samples[:, 0], sample_weight=weights)
        return 100 * float((svc.predict(queries[name]) == 0).mean())

    with ThreadPoolExecutor(cpu_count()) as pool:  # an SVC leaves the interpreter free
        percents = list(pool.map(attack, *zip(*product(ATTACKS, *sets))))
    return dict(zip(ATTACKS, np.reshape(percents, (len(ATTACKS), -1)).mean(axis=1).tolist()))
