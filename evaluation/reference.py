"""Measure a retrained model of the user, ours or of other code, in the same way as the runs that it
is compared with."""

from pathlib import Path

import numpy as np

from arg_parser import parse_args
from data import open_split
from evaluation.options import OF_DATA
from evaluation.rows import count_minutes, make_row, read_runs, read_scores
from lib.checkpoint import digest_parameters, load
from lib.device import pick_device
from lib.errors import InputError
from lib.files import Arrays
from lib.flags import inherit, select
from models import load_network
from utils import measure


def measure_retrained(args):
    """The row of the model that --retrain names, on the data and split of the runs under args.dir.
    Raises InputError where the runs have several data sets or splits, and where the model was not
    retrained."""
    runs = find_runs(args.dir)
    content = load(args.retrain, 'retrain', kind='model')
    record, source = content.get('run', {}), {'run': runs[0], 'source': args.dir}
    typed = [f'--{name}={getattr(args, name)}' for name in OF_DATA if name in args.typed]
    flags = inherit(parse_args('train', typed), (), [source, content])
    split = select(flags, 'data'), select(flags, 'split')
    data = open_split(*split, flags.data_path, dependents=[source, content])
    net = load_network(content, flags.model, len(data.classes), data.recipe.size)
    refuse_unretrained(content, net, runs)

    device = pick_device(flags.device)
    data.load(device, flags.num_workers)
    seeds = [run['seed'] for run in runs]
    seed = record['seed'] if record.get('seed') in seeds else min(seeds)  # of the attack's samples
    scores = measure(net.to(device), data.loaders(), seed=seed, name=content['source'])
    arrays = Arrays(Path(content['file']), {key: np.array(v) for key, v in scores.items()})
    ids = {'run': record.get('name', content['file']), 'seed': record.get('seed', seed)}
    row = make_row(runs[0], record, arrays, model='retrain', method='retrain', **ids)
    costs = count_minutes(record['seconds']) if record else {}
    return row | read_scores(arrays) | costs


def find_runs(folder):
    """The records of the runs under a folder, without originals: all on one data set and split."""
    runs = [run for run, _ in read_runs(folder) if run['method'] != 'baseline']
    if not runs:
        raise InputError(f'{folder}: no finished runs to compare.', 'give the --dir of some runs.')
    if len({f'{run["data"]} {run["forget_fingerprint"]}' for run in runs}) > 1:
        problem = f'{folder}: holds runs of several data sets, networks or splits.'
        raise InputError(problem, 'name a folder with the runs that --retrain belongs to.')
    return runs


def refuse_unretrained(content, net, runs):
    """Raise InputError for a model of another method, and for an original of the runs."""
    digest, method = digest_parameters(net), content.get('run', {}).get('method', 'retrain')
    if digest in [run['weights'].get('parameters') for run in runs]:
        method = 'baseline'
    if method != 'retrain':
        problem = f'{content["source"]}: is a model of {method}, not a retrained one.'
        raise InputError(problem, 'give a model that never saw the forgotten samples.')
