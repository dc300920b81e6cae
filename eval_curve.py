"""Evaluate a pathway: accuracy and loss along t, the optimum t*, and the rows to compare.

    python3 eval_curve.py --dir=runs --ckpt=runs/dynamic --num_points=20

writes a .npz under --dir, from which plot_region.py and the table draw. --export_t=best (or 0.83)
also writes that point as an ordinary checkpoint. That is what is handed out: the curve's own
checkpoint contains the original model.
"""

from errors import script
from inputs import begin
from pathway import evaluate


@script
def main(argv=None):
    for path in filter(None, evaluate(begin('eval_curve', argv))):
        print(path)


if __name__ == '__main__':
    main()
