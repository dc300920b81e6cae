"""What is left of a forgotten class in the outputs, where its own probability is masked out.

A model that has forgotten a class gives it no probability; the other classes' probabilities may
still tell its images from others. The outputs of a retrained model, which takes a cat for a dog,
may tell them too: compare the AUC of a model with the AUC of the retrained one.
"""

import numpy as np
from scipy.special import log_softmax

FOLDS, CLIP = 5, -30  # of the cross-validation; log-probabilities are clipped at it


def probe_class(others, forgotten, classes):
    """AUC of a linear probe that tells images of the forgotten classes from others.

    others, forgotten: log-probabilities (N, C) and (M, C) of test images. The probe is a logistic
    regression on the standardised outputs without the forgotten classes; every image is ranked by a
    probe that was not fitted on it. About 0.5, or a little less, where nothing is left; NaN where
    there are fewer images than folds.
    """
    if min(len(others), len(forgotten)) < FOLDS:
        return float('nan')
    # takes seconds to import
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import roc_auc_score
    from sklearn.model_selection import StratifiedKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    log_probs = np.concatenate([others, forgotten]).astype(np.float64)
    outputs = log_softmax(np.delete(log_probs, classes, axis=1), axis=1).clip(CLIP)
    is_forgotten = np.repeat([0, 1], [len(others), len(forgotten)])
    probe = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    ranks = cross_val_predict(probe, outputs, is_forgotten, cv=folds, method='decision_function')
    return float(roc_auc_score(is_forgotten, ranks))
