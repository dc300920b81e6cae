"""Task arithmetic on state dicts (Ilharco et al., ICLR 2023, arXiv 2212.04089)."""

# BatchNorm's statistics: measured, not weights to compute with
STATISTICS = ('running_mean', 'running_var', 'num_batches_tracked')


class TaskVector:
    """The way from one set of weights to another: end - start, by name.

    Integer tensors and BatchNorm's running statistics are not part of it: negating a variance
    would make it negative. Raises ValueError where the two states differ in names or shapes.
    """

    def __init__(self, start_state=None, end_state=None, vector=None):
        if vector is None:
            _same_names(start_state, end_state)
            vector = {
                name: end_state[name] - start
                for name, start in start_state.items()
                if start.is_floating_point() and not name.endswith(STATISTICS)
            }
        self.vector = vector

    def __neg__(self):
        return TaskVector(vector={name: -delta for name, delta in self.vector.items()})

    def __add__(self, other):
        _same_names(self.vector, other.vector)
        total = {name: delta + other.vector[name] for name, delta in self.vector.items()}
        return TaskVector(vector=total)

    def apply_to(self, state, scaling_coef=1.0):
        """A new state: state + scaling_coef · vector; what the vector lacks is carried over."""
        if missing := self.vector.keys() - state.keys():
            raise ValueError(f'the state has no {sorted(missing)[0]}')
        moved = {name: state[name] + scaling_coef * delta for name, delta in self.vector.items()}
        return {name: moved.get(name, tensor) for name, tensor in state.items()}


def _same_names(left, right):
    if odd := left.keys() ^ right.keys():
        raise ValueError(f'the two states differ in {sorted(odd)[0]}')
    for name, tensor in left.items():
        if tensor.shape != right[name].shape:
            raise ValueError(f'{name} has two shapes: {tensor.shape} and {right[name].shape}')
