"""The ways through a case: each can be gone, none runs in a circle or back in time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from l3s1.content.cases import Time

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Place = list[str | int]
Found = tuple[Place, str, str]


def check_ways(data: Mapping[str, Any]) -> Iterator[Found]:
    """Yield what is wrong with the graph of a case: its place, the wrong, and a remedy."""
    places = {node["id"]: place for place, node in enumerate(data["nodes"])}
    broken = list(_missing(data, places))
    yield from broken
    if broken:
        return
    circle = _circle(data)
    if circle:
        shown = " → ".join(circle)
        yield ["nodes", places[circle[0]]], f"leads back to itself ({shown})", "break the circle"
        return
    order = _order(data)
    for name, place in places.items():
        if name not in order:
            wrong = f"no choice leads to {name!r}"
            yield ["nodes", place], wrong, "let one lead here or remove the node"
    yield from _clock(data, places)
    yield from _needs(data, places, order)
    yield from _expert(data)


def _onward(node: Mapping[str, Any]) -> list[str]:
    return [node["next"]] if "next" in node else [each["next"] for each in node.get("choices", ())]


def _missing(data: Mapping[str, Any], places: Mapping[str, int]) -> Iterator[Found]:
    if data["start"] not in places:
        yield ["start"], f"the case has no node {data['start']!r}", "mend the id"
    for place, node in enumerate(data["nodes"]):
        where: Place = ["nodes", place]
        steps = (
            [([*where, "next"], node["next"])]
            if "next" in node
            else [
                ([*where, "choices", index, "next"], each["next"])
                for index, each in enumerate(node.get("choices", ()))
            ]
        )
        for below, name in steps:
            if name not in places:
                yield below, f"the case has no node {name!r}", "add the node or mend the id"


def _circle(data: Mapping[str, Any]) -> list[str]:
    """The nodes of a circle, the first again at its end; empty where there is none.

    Where there is none and every node but an end leads on, every node reaches an end.
    """
    nodes = {node["id"]: node for node in data["nodes"]}
    done: set[str] = set()

    def walk(name: str, way: list[str]) -> list[str]:
        if name in way:
            return [*way[way.index(name) :], name]
        if name in done:
            return []
        for onward in _onward(nodes[name]):
            found = walk(onward, [*way, name])
            if found:
                return found
        done.add(name)
        return []

    return next((found for name in nodes if (found := walk(name, []))), [])


def _order(data: Mapping[str, Any]) -> list[str]:
    """The nodes that can be reached, each after all that lead to it."""
    nodes = {node["id"]: node for node in data["nodes"]}
    order: list[str] = []

    def walk(name: str) -> None:
        if name in order:
            return
        for onward in _onward(nodes[name]):
            walk(onward)
        order.append(name)

    walk(data["start"])
    return order[::-1]


def _clock(data: Mapping[str, Any], places: Mapping[str, int]) -> Iterator[Found]:
    days = {node["id"]: Time(**node["at"]).days for node in data["nodes"]}
    for node in data["nodes"]:
        for onward in _onward(node):
            if days[onward] < days[node["id"]]:
                at = "{amount:g} {unit}".format(**node["at"])
                wrong = f"is earlier than {node['id']!r} ({at}), which leads to it"
                where: Place = ["nodes", places[onward], "at"]
                yield where, wrong, "time can't run backwards: mend one of the two"


def _needs(data: Mapping[str, Any], places: Mapping[str, int], order: list[str]) -> Iterator[Found]:
    """A finding is needed only where it could be asked for on whatever way one came."""
    nodes = {node["id"]: node for node in data["nodes"]}
    known = {each["id"] for each in data["findings"]}
    before: dict[str, set[str] | None] = dict.fromkeys(order)
    for name in order:
        askable = (before[name] or set()) | set(nodes[name].get("findings", ()))
        for onward in _onward(nodes[name]):
            other = before[onward]
            before[onward] = set(askable) if other is None else other & askable
        for index, choice in enumerate(nodes[name].get("choices", ())):
            for number, need in enumerate(choice.get("needs", ())):
                where: Place = ["nodes", places[name], "choices", index, "needs", number]
                if need not in known:
                    yield where, f"the case has no finding {need!r}", "add it or mend the id"
                elif need not in askable:
                    wrong = f"{need!r} could not be asked for on every way to here"
                    yield where, wrong, f"list it at {name!r}, or at a decision before on each way"


def _expert(data: Mapping[str, Any]) -> Iterator[Found]:
    nodes = {node["id"]: node for node in data["nodes"]}
    here = data["start"]
    for place, (name, letter) in enumerate(data["expert"]):
        where: Place = ["expert", place]
        while nodes[here]["kind"] == "consequence":
            here = nodes[here]["next"]
        if nodes[here]["kind"] == "end":
            yield where, f"goes on after the end {here!r}", "end the path there"
            return
        if name != here:
            yield where, f"is at {name!r}, but the path has come to {here!r}", "mend the path"
            return
        choice = next((each for each in nodes[here]["choices"] if each["id"] == letter), None)
        if choice is None:
            yield where, f"{here!r} has no choice {letter!r}", "mend the choice"
            return
        if choice["rating"] != "best":
            wrong = f"takes {letter!r}, which is rated {choice['rating']}"
            yield where, wrong, "take a best choice, or rate it best"
        here = choice["next"]
    while nodes[here]["kind"] == "consequence":
        here = nodes[here]["next"]
    if nodes[here]["kind"] != "end":
        yield ["expert"], f"stops at {here!r}, which is no end", "go on to an end"
    elif nodes[here]["outcome"] == "bad":
        yield ["expert"], f"ends badly, at {here!r}", "let best choices lead to a better end"
