"""What the library shows is explained: every argument, every error, and an example."""

from __future__ import annotations

import inspect

import pytest

import derivex

FUNCTIONS = [name for name in derivex.__all__ if inspect.isfunction(getattr(derivex, name))]
CLASSES = [name for name in derivex.__all__ if inspect.isclass(getattr(derivex, name))]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_explains_its_arguments_and_errors(name: str) -> None:
    function = getattr(derivex, name)
    text = inspect.getdoc(function) or ""
    parameters = inspect.signature(function).parameters
    assert [each for each in parameters if f"\n    {each}: " not in text] == []
    assert ">>> " in text
    assert "\nRaises:\n" in text or not parameters


@pytest.mark.parametrize("name", CLASSES)
def test_a_class_explains_its_members(name: str) -> None:
    kind = getattr(derivex, name)
    assert inspect.getdoc(kind)
    own = [
        member
        for member, value in inspect.getmembers(kind)
        if not member.startswith("_") and (inspect.isroutine(value) or isinstance(value, property))
    ]
    assert [member for member in own if not inspect.getdoc(getattr(kind, member))] == []
