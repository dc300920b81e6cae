"""Draw the effective unlearning region of every pathway that eval_curve.py evaluated in a folder.

    python3 plot_region.py --dir=runs

writes PDFs and PNGs beside each .npz under the folder: accuracies on D_r, D_f and the test set
against t with the alignment bases, the region and t* (-region), and the losses (-losses). Prints
the region's intervals and t*. It needs nothing but the .npz, and takes a few seconds.
"""

from arg_parser import parse_args

if __name__ == '__main__':
    parse_args('plot_region')  # a wrong call is answered before matplotlib is imported

from pathlib import Path

from evaluation import figures
from evaluation.region import describe_region, read_path
from lib.errors import InputError, with_exit_codes


@with_exit_codes
def main(argv=None):
    args = parse_args('plot_region', argv)
    paths = {file: read_path(file) for file in sorted(Path(args.dir).rglob('*.npz'))}
    if not any(paths.values()):
        raise InputError(f'--dir={args.dir}: no .npz of eval_curve.py there.', 'evaluate a curve.')
    for file, path in paths.items():
        if path:
            print(f'{file.stem}: {describe_region(path)}')
            print(*figures.draw_region(path, file.with_name(f'{file.stem}-region')), sep='\n')
            if 'retain_nll' in path:
                print(*figures.draw_losses(path, file.with_name(f'{file.stem}-losses')), sep='\n')


if __name__ == '__main__':
    main()
