"""A deletion request in one command, or in one call: a trained model forgets chosen samples.

    python3 forget.py --dir=runs --original_pth=runs/original --forget_index=request.txt

makes two cheap pre-unlearning models, keeps the nearer one, and trains it further by `align` in
short rounds, until the deleted samples are not told apart from unseen ones or the budget is used
up. From Python: `forget(model, train_set, forget_indices, test_set)`.
"""

from arg_parser import parse_args

if __name__ == '__main__':
    parse_args('forget')  # --help and typing errors answer before torch is imported

import copy
import warnings
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import torch

from deletion import user_data
from deletion.references import load_retrained
from deletion.report import (
    format_summary,
    hide_samples,
    make_report,
    read_finished,
    write_files,
    write_model,
)
from deletion.request import Options, carry_out
from deletion.samples import open_request
from deletion.training import Trainer, choose_batch_size, find_epochs
from lib.check_preprocessing import check_original
from lib.checkpoint import digest_start, load, read, refuse_unlearned, save
from lib.device import borrow_device, pick_device
from lib.errors import EXIT_CODES, Diverged, InputError, with_exit_codes
from lib.files import write_json
from lib.flags import CONFIG, inherit, require_flags, select
from lib.run import lock
from lib.run_info import RunInfo
from lib.transforms import describe_recipe
from models import load_network

RECORD = ('request_id', 'received', 'asked', 'carried_out_by')  # flags for the record alone


# ---------------------------------------------------------------- from Python


class Result(NamedTuple):
    """model: the unlearned network, a new one; report: what was measured, a dict of plain types
    (`verdict` says whether the model is to be used); region: a DataFrame of points on the line from
    the given model to the trained one, along t."""

    model: torch.nn.Module
    report: dict
    region: pd.DataFrame


def forget(
    model,
    train_set,
    forget_indices,
    test_set,
    *,
    forget_class=None,
    earlier=(),
    plain_set=None,
    forget_base=None,
    budget=None,
    retrain_epochs=None,
    retrained=None,
    audit_models=2,
    with_copies=False,
    batch_size=None,
    seed=42,
    device=None,
    log=None,
    dir=None,  # noqa: A002 -- the flag's name
    request_id=None,
    received=None,
    asked=None,
    carried_out_by=None,
):
    """Let a network forget samples of its training set; returns a `Result`.

    model: any nn.Module, images to logits; it stays as it is. What is frozen in it
    (requires_grad=False) is the same in the result. Of a DataParallel its `module` is taken.
    train_set, test_set: any `torch.utils.data.Dataset` of (image tensor, label), with transforms of
    their own; plain_set: train_set without augmentation, to measure on. forget_indices: into
    train_set, or a boolean mask of it; or None. forget_class: a label, or a list of labels, that is
    to be forgotten in both sets; with forget_indices or without. earlier: the samples, in the form
    of forget_indices, that the given model has forgotten by earlier calls. retrained: a model that
    never saw the samples, as --retrain. with_copies: exact copies of the samples are forgotten too.
    batch_size: 16 to 128 by the size of train_set unless given. seed: of all draws, those of
    transforms included. log: a function that gets a line for each step, such as print. dir: the
    folder where the record, the weights and the figure are written; nothing is written without it.
    The others are the flags of the same names.
    Raises ValueError, with the name of the argument, before the work begins: where no sample is
    named, or almost every one, where the labels of the sets contradict one another, where the test
    set has a copy of a deleted sample, for a model that is frozen or whose outputs are no logits,
    for a number out of its range, for a folder that cannot be written. Later for outputs or a loss
    that are not finite, and for a `retrained` that remembers the samples. RuntimeError for a model
    that cannot be trained on.
    """
    numbers = {'budget': budget, 'retrain_epochs': retrain_epochs, 'forget_base': forget_base}
    numbers |= {'audit_models': audit_models, 'batch_size': batch_size, 'seed': seed}
    numbers = {name: user_data.read_number(name, value) for name, value in numbers.items()}
    fields = dict(zip(RECORD, (request_id, received, asked, carried_out_by)))
    fields = {name: None if value is None else str(value) for name, value in fields.items()}
    net = user_data.check_models(model, retrained)
    try:
        # inference_mode(False): gradients, also below a torch.no_grad() of the caller
        with torch.inference_mode(False), borrow_device(device) as device:
            data = user_data.UserData(train_set, test_set, plain_set)
            kind = user_data.name_kind(forget_indices, forget_class, len(train_set))
            data.leave_out_earlier(user_data.list_indices(earlier, len(train_set), 'earlier'))
            kind = data.divide_request(with_copies, **kind)
            data.load(device)
            net = copy.deepcopy(net).to(device)
            retrained = None if retrained is None else copy.deepcopy(retrained).to(device)
            user_data.refuse_other_outputs(data, net, retrained)
            if dir is not None:
                user_data.prepare_folder(Path(dir))
            size = numbers['batch_size'] or choose_batch_size(len(data.parts['train']))
            trainer = Trainer(data, device, numbers['seed'], size)
            options = Options(**{name: numbers[name] for name in Options._fields})
            outcome = carry_out(net, trainer, options, retrained, log=log or (lambda _: None))
    except Diverged as error:
        raise RuntimeError(user_data.name_arguments(str(error))) from None
    except InputError as error:
        raise ValueError(user_data.name_arguments(str(error))) from None
    settings = {name: numbers[name] for name in ('seed', 'forget_base')}
    report = make_report(outcome, kind, fields, settings)
    report['verdict']['text'] = user_data.name_arguments(report['verdict']['text'])
    if dir is not None:
        try:
            write_files(Path(dir), outcome, report)
            write_json(Path(dir) / 'report.json', report)
        except OSError as error:  # what was worked for is handed back all the same
            warnings.warn(f'the record is not written: {error}', stacklevel=2)
    return Result(outcome.search_result.progress.unlearned, report, outcome.region)


# ---------------------------------------------------------------- the command


@with_exit_codes
def main(argv=None):
    folder, report = run_request(parse_args('forget', argv))
    print(format_summary(report), folder / 'report.html', sep='\n')
    verdict = report['verdict']
    print(f'{verdict["decision"]}: {verdict["text"]}')
    if code := EXIT_CODES[verdict['decision']]:
        raise SystemExit(code)


def run_request(args):
    """Carry out a request, or what is left of it; returns (its folder, the report)."""
    # What is given. All of it is checked before an image is decoded.
    require_flags(args, original_pth='it is the model that is to forget')
    original = load(args.original_pth, 'original_pth', kind='model')
    refuse_unlearned(original, args.allow_unlearned or 'deletions' in original)
    args = inherit(args, [original], default_dataset=None)
    if args.dataset == 'ImageFolder':
        require_flags(args, image_size='the file of the original does not say it')
    device = pick_device(args.device)
    data = open_request(
        select(args, 'data'),
        select(args, 'split'),
        data_path=args.data_path,
        original=original,
        bn_samples=args.bn_samples,
        with_copies=args.with_copies,
    )
    net = load_network(original, args.model, len(data.classes), data.recipe.size)
    weights = digest_start(net)
    retrained = args.retrain and load_retrained(args.retrain, args.model, data, weights)
    settings = {'config': select(args, *CONFIG), 'start': original.get('run', {})}
    info = RunInfo('forget', args.seed, weights=weights, **settings, **data.record)
    folder = Path(args.dir) / info.name
    working, final = folder / 'working.pt', folder / 'report.json'

    with lock(folder):  # first: nobody else writes into the folder
        if final.exists() and not args.overwrite:
            return folder, read_finished(final, args.private_report)
        data.load(device, args.num_workers)
        check_original(original, net.to(device), data)
        size = args.batch_size or choose_batch_size(len(data.parts['train']))
        trainer = Trainer(data, device, args.seed, size)
        epochs = args.retrain_epochs or find_epochs(original)
        outcome = carry_out(
            net,
            trainer,
            Options(args.budget, epochs, args.forget_base, args.audit_models),
            retrained and retrained.to(device),
            lost=original.get('lost', {}),
            state=read(working, 'dir') if working.exists() else None,
            save=partial(save, working),
        )

        # The files. The old report is removed first, and the new one is written last.
        final.unlink(missing_ok=True)
        write_model(folder, outcome, info)
        fields = {name: getattr(args, name) for name in RECORD}
        settings = info.data | select(args, 'result', 'seed') | {'budget': args.budget}
        settings |= {'allow_unlearned': args.allow_unlearned}
        report = make_report(
            outcome,
            info.split,
            fields,
            settings,
            original=original,
            command=args.command,
            preprocessing=describe_recipe(data.recipe),
        )
        if args.private_report:
            report = hide_samples(report)
        write_files(folder, outcome, report)
        working.unlink()
        write_json(final, report)
    return folder, report


if __name__ == '__main__':
    main()
