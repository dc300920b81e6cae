"""What may be typed after a flag: types for argparse, each with a message that names the range."""

import argparse
import math

import models


def within(kind, low, high=math.inf, closed='both'):
    """A type for argparse: finite numbers of a kind; closed: which ends belong to it."""

    def parse(text):
        try:
            value = kind(text)
        except (ValueError, OverflowError):
            value = math.nan
        above = value >= low if closed in ('both', 'low') else value > low
        below = value <= high if closed in ('both', 'high') else value < high
        if not (math.isfinite(value) and above and below):
            ends = ('[' if closed in ('both', 'low') else '(') + f'{low}, {high}'
            ends += ']' if closed in ('both', 'high') and high != math.inf else ')'
            word = 'a whole number' if kind is int else 'a number'
            raise argparse.ArgumentTypeError(f'{text!r} is not {word} in {ends}')
        return value

    return parse


def listed(item):
    """A type for argparse: numbers separated by commas."""
    return lambda text: [item(part) for part in text.split(',')]


def one_of(names):
    """A type for argparse: one of the names."""

    def parse(text):
        if text not in names:
            raise argparse.ArgumentTypeError(f'{text!r} is not one of {", ".join(names)}')
        return text

    return parse


def network(text):
    """A type for argparse: a network's name, or FILE.py:function."""
    if not models.exists(text):
        raise argparse.ArgumentTypeError(f'{text!r} is no network; there are {models.CHOICE}')
    return text


def point(text):
    """A type for argparse: a t in [0, 1], or best."""
    return text if text == 'best' else within(float, 0, 1)(text)


def path(text):
    """A type for argparse: the path of a file or folder."""
    if not text.strip():
        raise argparse.ArgumentTypeError('an empty path')
    return text


count, whole = within(int, 1), within(int, 0)
positive, at_least_0 = within(float, 0, closed='none'), within(float, 0)
unit, share = within(float, 0, 1), within(float, 0, 1, closed='high')
below_1, between = within(float, 0, 1, closed='low'), within(float, 0, 1, closed='none')
percent = within(float, 0, 100)
