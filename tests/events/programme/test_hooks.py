"""Where the higher apps hang their pieces."""

from events.programme.hooks import Hook


def first():
    return "first"


def second():
    return "second"


def test_hook_gives_its_providers_in_order():
    hook = Hook()

    hook.register(second, order=20)
    hook.register(first, order=10)

    assert [provider() for provider in hook] == ["first", "second"]


def test_hook_keeps_those_of_one_order_as_they_came():
    hook = Hook()

    hook.register(second)
    hook.register(first)

    assert list(hook) == [second, first]


def test_hook_takes_a_provider_once_and_lets_it_go():
    hook = Hook()

    hook.register(first)
    hook.register(first, order=1)
    assert list(hook) == [first]

    hook.unregister(first)
    assert list(hook) == []
