"""Measure the user's retrained model, ours or of other code, just as the runs were measured that
the model is compared with."""

from pathlib import Path

import numpy as np

from arg_parser import parse_args
from data import open_split
from evaluation.options import OF_DATA
from evaluation.rows import count_minutes, make_row, read_runs, read_scores
from lib.checkpoint import load
from lib.device import pick_device
from lib.errors import InputError
from lib.files import Arrays, read_json
from lib.flags import inherit, select
from models import load_network
from utils import digest_parameters, measure

ALIKE = {'data': 'data sets or networks', 'forget_fingerprint': 'splits'}  # one for all runs


def measure_retrained(args):
    """The row of the model that --retrain names, on the data and split of the runs under args.dir.
    Raises InputError where those are of several, and for a model that was not retrained for it."""
    runs = find_runs(args.dir)
    content = load(args.retrain, 'retrain', kind='model')
    record, source = content.get('run', {}), {'run': runs[0], 'source': args.dir}
    flags = inherit(parse_flags(args, runs), (), [source, content])
    device = pick_device(flags.device)
    split = select(flags, 'data'), select(flags, 'split')
    data = open_split(*split, flags.data_path, dependents=[source, content])
    net = load_network(content, flags.model, len(data.classes), data.recipe.size)
    digest, method = digest_parameters(net), record.get('method', 'retrain')
    originals = [run['name'] for run in runs if run['weights'].get('parameters') == digest]
    if originals or method != 'retrain':
        what = f'the original of {originals[0]}' if originals else f'a model of {method}'
        problem = f'{content["source"]}: is {what}, not a retrained one.'
        raise InputError(problem, 'give a model that never saw the forgotten samples.')

    data.load(device, flags.num_workers)
    seeds = {run['seed'] for run in runs}
    seed = record.get('seed', min(seeds))
    drawn = seed if seed in seeds else min(seeds)  # the attack's samples of D_r are those of a run
    scores = measure(net.to(device), data.loaders(), seed=drawn, name=content['source'])
    arrays = Arrays(Path(content['file']), {key: np.array(v) for key, v in scores.items()})
    ids = {'run': record.get('name', content['file']), 'seed': seed}
    row = make_row(runs[0], record, arrays, model='retrain', method='retrain', **ids)
    costs = count_minutes(record['seconds']) if record else {}
    return row | read_scores(arrays) | costs


def find_runs(folder):
    """The records of the runs under a folder, originals apart: all on one data set and split."""
    runs = [run for run, _ in read_runs(folder) if run['method'] != 'baseline']
    if not runs:
        raise InputError(f'{folder}: no finished runs to compare.', 'give the --dir of some runs.')
    for key, what in ALIKE.items():
        kinds = {str(run[key]) for run in runs}
        if len(kinds) > 1:
            problem = f'{folder}: holds runs of {len(kinds)} {what}, and --retrain is of one.'
            raise InputError(problem, 'name a folder with the runs of one.')
    return runs


def parse_flags(args, runs):
    """The flags of the data set as train.py takes them: those typed, and the --data_path in a
    run.json."""
    typed = {name: getattr(args, name) for name in OF_DATA if name in args.typed}
    names = {run['name'] for run in runs}
    for file in sorted(Path(args.dir).rglob('run.json')):
        content = read_json(file)
        if content.get('run', {}).get('name') in names and content['flags'].get('data_path'):
            typed.setdefault('data_path', content['flags']['data_path'])
    return parse_args('train', [f'--{name}={value}' for name, value in typed.items()])
