"""SalUn's mask: the elements of the original that its method may move (arXiv 2310.12508).

    python3 generate_mask.py --dir=runs --original_pth=runs/original --unlearn_type=class

writes mask_salun{share}.pt into a folder under --dir. The cost is one pass over the forget set.
"""

from errors import script
from inputs import begin
from masking import make_salun_mask


@script
def main(argv=None):
    make_salun_mask(begin('generate_mask', argv))


if __name__ == '__main__':
    main()
