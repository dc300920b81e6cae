"""The command line of evaluation.table, without torch and pandas: a wrong call fails at once."""

from lib.flags import Parser, network, path

ABOUT = """Compare the finished runs under a folder: one row a model, each measured against
retraining. Prints the tables and writes them there as table.md, with runs.csv (one row a model and
seed). Only the model of --retrain is measured."""
OF_DATA = {  # flags of train.py, for a model that is measured here
    'data_path': (path, 'folder of the data set'),
    'model': (network, 'FILE.py:function, where the network is of a file of your own'),
    'device': (path, 'cpu, cuda, cuda:1 or mps; the fastest unless given'),
}


def parse_args(argv=None):
    """The folder, whether a summary is enough, a retrained model; `typed` names what is given."""
    parser = Parser('python3 -m evaluation.table', description=ABOUT)
    parser.add_argument('dir', help='folder with the runs')
    parser.add_argument('--short', action='store_true', help='print the five scores alone')
    text = 'a retrained model (checkpoint, of any code): the reference where the runs have none'
    parser.add_argument('--retrain', type=path, help=text, metavar='FILE')
    for name, (kind, text) in OF_DATA.items():
        parser.add_argument(f'--{name}', type=kind, help=f'with --retrain: {text}', metavar='X')
    args = parser.parse_args(argv)
    args.typed = frozenset(name for name, value in vars(args).items() if value is not None)
    return args
