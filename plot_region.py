"""Draw the effective unlearning region of every pathway that eval_curve.py evaluated in a folder.

    python3 plot_region.py --dir=runs

writes PDFs and PNGs beside each .npz: accuracies on D_r, D_f and the test set against t with the
alignment bases, the region and t*; the losses (-losses); UA against TA with the models of the same
split that are found under the folder (-spectrum). Every run under it gets its training curves
(training.pdf, .png). Prints the region's intervals. The region needs nothing but the .npz.
"""

from pathlib import Path

from arg_parser import parse_args
from errors import InputError, script
from evaluation import figures
from evaluation.npz import meta_of, read_log
from evaluation.records import SEARCHED, read_records, rows_of
from evaluation.region import described, read_path


@script
def main(argv=None):
    args = parse_args('plot_region', argv)
    folder = Path(args.dir)
    files = sorted(folder.glob('*.npz')) if folder.is_dir() else []
    paths = {file: path for file in files if (path := read_path(file)) is not None}
    if not paths:
        raise InputError(f'--dir={args.dir}: no .npz of eval_curve.py there.', 'evaluate a curve.')
    regions = {file: described(path, file) for file, path in paths.items()}
    records = [pair for pair in read_records(folder) if 'row_name' not in pair[1]]
    rows = rows_of([pair for pair in records if pair[0]['method'] not in SEARCHED])
    for file, path in paths.items():
        stem, split = file.with_suffix(''), meta_of(path).get('forget_fingerprint')
        made = figures.draw_region(path, file, stem)
        if 'tr_nll' in path:
            made += figures.draw_losses(path, stem.with_name(f'{stem.name}-losses'))
        if 'te_acc' in path:
            marks = [row for row in rows if row.split == split]
            made += figures.draw_spectrum(
                path, file, marks, stem.with_name(f'{stem.name}-spectrum')
            )
        print(regions[file], *made, sep='\n')
    for log in sorted(folder.rglob('log.jsonl')):
        if lines := read_log(log):
            print(*figures.draw_training(lines, log.parent.name, log.parent / 'training'), sep='\n')


if __name__ == '__main__':
    main()
