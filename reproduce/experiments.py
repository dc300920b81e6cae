"""Carry out the list of plan.py: the paper's claim, tested by the project's own commands.

    python3 -m reproduce.experiments small --data_path=data --minutes=150    # make reproduce
    python3 -m reproduce.experiments full --data_path=data                   # make reproduce-full
    python3 -m reproduce.experiments small --data_path=data --tune           # makes recipes.json
    python3 -m reproduce.experiments screen --data_path=data --tune=search   # makes docs/SEARCH.md
    python3 -m reproduce.experiments digits                                  # KLOM
    python3 -m reproduce.experiments memorised --data_path=data              # hard and easy samples
    python3 -m reproduce.experiments medium --data_path=data                 # all of CIFAR-10
    python3 -m reproduce.experiments full --data_path=data --list            # only prints it

Finished commands are skipped, and an interrupted one goes on: the same line typed again completes
what is missing. Then docs/results/*.csv and the pages are made; of screen, medium, memorised and
full in docs/SIZE/.
"""

import importlib
import json
import shlex
import sys
import time
from pathlib import Path

from tqdm import tqdm

from lib.errors import InputError, script, stop_if_asked
from lib.flags import Parser, list_of, natural, some_of
from reproduce import collect, forms, plan, results


def refuse_changed(steps):
    """Raise InputError where a step was carried out with other flags."""
    for step in steps:
        file = step.done_file()
        if file.exists() and json.loads(file.read_text())['line'] != step.line():
            problem = f'{step.folder}: {step.name} was made by another command than the list has.'
            raise InputError(problem, 'move it and what was made of it, or give another --out.')


def carry_out(steps, minutes, made):
    """Carry out what is not done; returns the steps that failed. No step begins that may end after
    so many minutes, as the longest so far would. made: where and of what, for collect.py."""
    done = [json.loads(step.done_file().read_text()) for step in steps if step.done_file().exists()]
    longest = 60 * max((about['minutes'] for about in done), default=0)
    began, failed = time.monotonic(), []
    progress = tqdm(steps, 'commands', disable=None)
    for step in progress:
        if step.done_file().exists():
            continue
        stop_if_asked()  # during the last moments of the step before
        if time.monotonic() - began + longest >= 60 * minutes:
            tqdm.write(f'{minutes:g} minutes are nearly over: type the same again to go on.')
            break
        progress.set_postfix_str(f'{step.folder.parent.name}/{step.folder.name}')
        resumed, since = step.script == 'train' and step.folder.exists(), time.monotonic()
        if not call(step):
            failed.append(step)
            continue
        took = time.monotonic() - since
        longest = max(longest, took)
        about = step.about | {'line': step.line(), 'resumed': resumed, 'made': made}
        step.done_file().write_text(json.dumps(about | {'minutes': took / 60}))
    return failed


def call(step):
    """Run a step in this process; whether it succeeded. SystemExit where a signal asked to stop."""
    try:
        words = step.fill_in()
        tqdm.write(f'\n$ {step.program()} {shlex.join(words)}')
        importlib.import_module(step.script).main(words)
    except StopIteration:  # a * that nothing matches: what makes it has failed
        return False
    except SystemExit as end:
        if end.code in (130, 143):
            raise
        return not end.code
    return True


def is_complete(size, args):
    """Whether all that a size has is done, and not some of its seeds or methods alone."""
    seeds = [*size.seeds, *size.floor]
    steps = plan.list_reported(size, args.out, args.data_path, seeds, size.scenarios, size.groups)
    return all(step.done_file().exists() for step in steps)


def choose_recipes(size, out, docs, seeds):
    """Write recipes.json and tuning.csv: of each method the setting of the least mean Avg. Gap, and
    that of the least after MCU, of those that did not fail on any of the seeds."""
    tried, file = collect.collect_tuning(out, size), docs / 'results' / 'tuning.csv'
    print(tried.to_string(index=False))
    collect.write(tried, file, collect.TUNED)
    table = results.read_csv(file)  # with what was tried before
    table = table[table['size'].eq(size) & table.seed.isin(seeds)]
    gaps = table.groupby(['scenario', 'method', 'of', 'flags']).gap
    means = gaps.mean()[gaps.count() == len(seeds)]
    recipes = json.loads(plan.RECIPES.read_text()) if plan.RECIPES.exists() else {}
    for scenario, method, of, flags in means.groupby(level=[0, 1, 2]).idxmin():
        chosen = recipes.setdefault(size, {}).setdefault(scenario, {})
        chosen.setdefault(method, {})[of] = flags
    plan.RECIPES.write_text(json.dumps(recipes, indent=1) + '\n')


def choose_from(names):
    """A type for argparse: a list of some of the names."""
    return lambda text: some_of(names)(text).split(',')


def parse_args(argv):
    """The flags, checked and completed."""
    parser = Parser('python3 -m reproduce.experiments', description=__doc__.splitlines()[0])
    parser.add_argument('size', choices=plan.SIZES)
    parser.add_argument('--data_path', help='the folder that holds cifar10/')
    parser.add_argument('--out', help='where the runs go (default: results/SIZE)')
    parser.add_argument('--docs', type=Path, help='where results/ and the page go')
    parser.add_argument('--minutes', type=float, default=1e9, help='end within them')
    parser.add_argument('--seeds', type=list_of(natural), help='only these: 1,2')
    some = {'scenarios': plan.SCENARIOS, 'methods': plan.GRIDS, 'groups': plan.GROUPS}
    some |= {
        'changes': plan.list_changes(),
        'forms': plan.list_forms(),
        'ends': plan.ENDS['random'],
    }
    for name, names in some.items():
        text = f'only some of {", ".join(names)}'
        parser.add_argument(f'--{name}', type=choose_from(names), help=text)
    text = 'choose recipes.json instead, or compare forms of the search'
    parser.add_argument(
        '--tune', nargs='?', const='methods', choices=('methods', 'search'), help=text
    )
    parser.add_argument('--list', action='store_true', help='print the commands, and do nothing')
    args = parser.parse_args(argv)
    size = plan.SIZES[args.size]
    args.seeds = args.seeds or ([plan.TUNING] if args.tune else [*size.seeds, *size.floor])
    kind = {None: '', 'methods': '-tuning', 'search': '-search'}[args.tune]
    args.out = args.out or f'results/{args.size}{kind}'
    common = args.size in ('small', 'digits') or args.tune == 'search'
    args.docs = args.docs or plan.ROOT / 'docs' / ('' if common else args.size)
    if args.tune and (args.groups or args.changes):
        parser.error('--groups, --changes: --tune carries out the methods alone')
    if args.tune != 'search' and (args.forms or args.ends):
        parser.error('--forms, --ends: only --tune=search has them')
    own = {'scenarios': size.scenarios, 'methods': size.grids, 'groups': size.groups}
    if args.tune == 'methods' and (odd := set(args.methods or ()) - {*size.grids}):
        parser.error(f'--methods: {args.size} has no rates to try for {sorted(odd)[0]}')
    for name, names in (some | own).items():
        setattr(args, name, getattr(args, name) or list(names))
    if args.tune and set(args.scenarios) - set(plan.ENDS):
        parser.error(f'--tune: knows {" and ".join(plan.ENDS)} alone')
    if odd := [seed for seed in args.seeds if (seed >= plan.TUNING) != bool(args.tune)]:
        parser.error(f'--seeds: {odd[0]}: seeds from {plan.TUNING} on are for --tune, only they')
    if not args.data_path and plan.CIFAR in size.network:
        parser.error('--data_path: the folder that holds cifar10/, please')
    if {' ', '*'} & {*args.out, *(args.data_path or '')}:
        parser.error('--out and --data_path: a folder without blanks and stars, please')
    return args


@script
def main(argv=None):
    args = parse_args(argv)
    chain = plan.SIZES[args.size], args.out, args.data_path, args.seeds, args.scenarios
    if args.tune == 'search':
        steps = plan.list_searches(*chain, args.forms, args.ends)
    elif args.tune:
        steps = plan.list_tuning(*chain, args.methods)
    else:
        steps = plan.list_reported(*chain, args.groups, args.methods, args.changes)
    if args.list:
        print('\n'.join(step.line() for step in steps))
        return 0
    refuse_changed(steps)
    failed = carry_out(steps, args.minutes, collect.describe_machine(args.data_path))
    if args.tune == 'search' and any(Path(args.out).rglob('*.npz')):
        table = forms.collect_forms(args.out, args.size)
        collect.write(table, args.docs / 'results' / 'search.csv', forms.KEY)
        forms.main([f'--docs={args.docs}'])
    elif args.tune and all(step.done_file().exists() or step in failed for step in steps):
        choose_recipes(args.size, args.out, args.docs, args.seeds)
    elif not args.tune and any(Path(args.out).rglob('*.npz')):
        if args.size != 'digits':
            collect.collect(args.out, args.docs)
        elif is_complete(plan.SIZES[args.size], args):
            collect.collect_klom(args.out, args.docs)
        if (args.docs / 'results' / 'models.csv').exists():
            results.main([f'--docs={args.docs}'])
    for step in failed:
        print(f'failed: {step.folder}, {step.name}', file=sys.stderr)
    return len(failed)


if __name__ == '__main__':
    sys.exit(min(1, main()))
