"""MCU's parameter masks: which tensors of the inner points the curve search may move.

    python3 generate_weight_mask.py --dir=runs --original_pth=runs/original --unlearn_type=class

writes mask_k{k}_kr{kr}.pt for each protected share kr, into one folder under --dir. The cost is one
pass forward and backward over the training set.
"""

from errors import script
from inputs import begin
from masking import make_parameter_masks


@script
def main(argv=None):
    make_parameter_masks(begin('generate_weight_mask', argv))


if __name__ == '__main__':
    main()
