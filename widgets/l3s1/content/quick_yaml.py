"""YAML read in one go, for what course files are made of; PyYAML's own way is kept for the rest.

PyYAML makes a node of everything and then data of the nodes. The nodes know their lines, but a line
is wanted only where something is wrong.
"""

from __future__ import annotations

from typing import Any

import yaml

Fastest: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_LONGEST_WORD = len("false")
"""Of the words that YAML does not take as text."""

_RESOLVER: Any = yaml.resolver.Resolver()
_CONSTRUCTOR: Any = yaml.constructor.SafeConstructor()
_TEXT = "tag:yaml.org,2002:str"
_PLAIN = {f"tag:yaml.org,2002:{kind}" for kind in ("null", "bool", "int", "float", "timestamp")}


class NotPlainError(Exception):
    """The text is more than one document of texts, numbers, lists, and mappings by texts.

    Tags, aliases and a key that stands twice are among what is not plain.
    """


def read_plain(text: str) -> Any:
    """The data of a YAML text that holds a list or a mapping.

    Raises `NotPlainError`, or `yaml.YAMLError` where the text is no YAML.
    """
    parser = Fastest(text)
    try:
        _expect(parser, yaml.StreamStartEvent, yaml.DocumentStartEvent)
        data = _collection(parser)
        _expect(parser, yaml.DocumentEndEvent, yaml.StreamEndEvent)
    finally:
        parser.dispose()
    return data


def _expect(parser: Any, *kinds: type[yaml.Event]) -> None:
    for kind in kinds:
        if not isinstance(parser.get_event(), kind):
            raise NotPlainError


def _collection(parser: Any) -> Any:
    """The next list or mapping, with everything in it."""
    get = parser.get_event
    whole = container = _start(get())
    key: str | None = None
    above: list[Any] = []
    while True:
        event = get()
        kind = type(event)
        if kind is yaml.ScalarEvent:
            value = _scalar(event)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            if not above:
                return whole
            container = above.pop()
            continue
        else:
            value = _start(event)
        if type(container) is list:
            container.append(value)
        elif key is None:
            key = _key(value, container)
            continue
        else:
            container[key] = value
            key = None
        if kind is not yaml.ScalarEvent:
            above.append(container)
            container = value


def _start(event: Any) -> Any:
    kind = type(event)
    opens = kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent
    if not opens or event.anchor is not None or event.tag is not None:
        raise NotPlainError
    return {} if kind is yaml.MappingStartEvent else []


def _key(value: Any, container: Any) -> str:
    if type(value) is not str or value in container:
        raise NotPlainError
    return value


def _scalar(event: Any) -> Any:
    value: str = event.value
    if event.anchor is not None or event.tag is not None:
        raise NotPlainError
    if not event.implicit[0] or (len(value) > _LONGEST_WORD and value[0].isalpha()):
        return value
    tag = _RESOLVER.resolve(yaml.ScalarNode, value, (True, False))
    if tag == _TEXT:
        return value
    if tag not in _PLAIN:
        raise NotPlainError
    return _CONSTRUCTOR.yaml_constructors[tag](_CONSTRUCTOR, yaml.ScalarNode(tag, value))
