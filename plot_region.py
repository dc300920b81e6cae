"""Draw the effective unlearning region of every pathway that eval_curve.py evaluated in a folder.

    python3 plot_region.py --dir=runs

writes PDFs and PNGs beside each .npz under the folder: accuracies on D_r, D_f and the test set
against t with the alignment bases, the region and t* (-region); the losses (-losses); UA against TA
with the models of the same split (-spectrum). Every run under the folder gets its training curves
(training.pdf, .png). Prints the region's intervals and t*. The region needs nothing but the .npz.
It takes a few seconds.
"""

from arg_parser import parse_args

if __name__ == '__main__':
    parse_args('plot_region')  # a wrong call is answered before matplotlib is imported

from pathlib import Path

from evaluation import figures
from evaluation.region import describe_region, read_path
from evaluation.rows import name_dataset, read_models
from lib.errors import InputError, script
from lib.files import read_json, read_log, read_run


@script
def main(argv=None):
    args = parse_args('plot_region', argv)
    folder = Path(args.dir)
    files = sorted(folder.rglob('*.npz')) if folder.is_dir() else []
    paths = {file: path for file in files if (path := read_path(file)) is not None}
    if not paths:
        problem = f'--dir={args.dir}: no .npz of eval_curve.py there.'
        raise InputError(problem, 'evaluate a curve.')
    words = {file: describe_region(path) for file, path in paths.items()}  # all, or none is drawn
    models = read_models(folder)

    for file, path in paths.items():
        drawn = figures.draw_region(path, name_figure(file, 'region'))
        if 'tr_nll' in path:
            drawn += figures.draw_losses(path, name_figure(file, 'losses'))
        if 'te_acc' in path:
            marks = select_marks(models, read_run(path))
            drawn += figures.draw_spectrum(path, marks, name_figure(file, 'spectrum'))
        print(f'{file.stem}: {words[file]}', *drawn, sep='\n')

    for log in sorted(folder.rglob('log.jsonl')):
        if lines := read_log(log):
            record = log.with_name('run.json')
            run = read_json(record).get('run') if record.exists() else None
            title = figures.make_title(run)
            print(*figures.draw_training(lines, title, log.with_name('training')), sep='\n')


def name_figure(file, word):
    """Where a figure of an evaluated path goes, without its suffix."""
    return file.with_name(f'{file.stem}-{word}')


def select_marks(models, run):
    """The models that the path of a run is compared with: of the same split, data and network."""
    if models.empty or not run:
        return models[:0]
    same = models.split.eq(run['forget_fingerprint']) & models.network.eq(run['data']['model'])
    same &= models.dataset.eq(name_dataset(run['data']))
    return models[same & models['row'].eq('')]


if __name__ == '__main__':
    main()
