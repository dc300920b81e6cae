"""Draw the effective unlearning region of every pathway that eval_curve.py evaluated in a folder.

    python3 plot_region.py --dir=runs

writes PDFs and PNGs beside each .npz under the folder: accuracies on D_r, D_f and the test set
against t with the alignment bases, the region and t* (-region), and the losses (-losses). For each
seed and split it draws all models under the folder: what they forgot against what they kept
(plane-), and the margins of D_f before, after and after retraining (margins-). Prints the region's
intervals and t*. It needs nothing but the .npz, and takes a few seconds.
"""

from arg_parser import parse_args

if __name__ == '__main__':
    parse_args('plot_region')  # a wrong call is answered before matplotlib is imported

from pathlib import Path

import pandas as pd

from evaluation import figures
from evaluation.region import describe_region, read_path
from evaluation.rows import read_models
from evaluation.table import add_settings
from lib.errors import InputError, with_exit_codes
from lib.files import read_run


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
    draw_models(Path(args.dir), [path for path in paths.values() if path])


def draw_models(folder, paths):
    """Draw what was run of each seed and split; paths of other code belong to none."""
    models, runs = read_models(folder), [(read_run(path), path) for path in paths]
    if models.empty:
        return
    originals = models[models.model.eq('original')]
    for (split, seed), group in models[models.model.ne('original')].groupby(['split', 'seed']):
        if group.model.eq('retrain').all():
            continue  # it is there for the floor
        searched = [
            p for r, p in runs if r and (r['forget_fingerprint'], r['seed']) == (split, seed)
        ]
        group = pd.concat([originals[originals.split.eq(split) & originals.seed.eq(seed)], group])
        group = add_settings(group.reset_index(drop=True))
        name = f'{group.scenario.iloc[-1]}-{split[:6]}-seed{seed}'
        print(*figures.draw_plane(group, searched, folder / f'plane-{name}'), sep='\n')
        compared = group[group.model.isin(['original', 'retrain']) | group.row.eq('path')]
        print(*figures.draw_margins(compared, folder / f'margins-{name}'), sep='\n')


if __name__ == '__main__':
    main()
